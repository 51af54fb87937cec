# shellcheck shell=bash
# The hall's own PostgreSQL cluster: made once, started, stopped. PostgreSQL refuses root,
# so root's halls run it as postgres (or nobody), which must be able to reach the folder.

cluster_user() {
	[ "$(id -u)" -eq 0 ] || return 0
	if id -u postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi
}

# Decides where the cluster and its socket are: in the hall's folder, unless the cluster's
# user cannot walk to it (a hall under /root) or the socket's path would be too long.
cluster_place() {
	local id
	HALL_OSUSER=$(cluster_user)
	id=$(printf %s "$HALL_DIR" | sha256sum | cut -c1-12)
	HALL_PG=$HALL_DIR/pg
	mkdir -p "$HALL_DIR"
	if [ -n "$HALL_OSUSER" ]; then
		hall_as_pg test -x "$HALL_DIR" || chmod go+x "$HALL_DIR"
		hall_as_pg test -x "$HALL_DIR" || HALL_PG=/var/lib/yimen/$id/pg
	fi
	HALL_SOCKET=$HALL_DIR/run
	if [ "${#HALL_SOCKET}" -gt 80 ] || [ "$HALL_PG" != "$HALL_DIR/pg" ]; then
		HALL_SOCKET=/tmp/yimen-$id-$(id -u)
	fi
}

cluster_folders() {
	local folder
	for folder in "$HALL_PG" "$HALL_SOCKET"; do
		[ ! -L "$folder" ] || hall_die "$folder is a symbolic link"
		mkdir -p "$folder"
		if [ -n "$HALL_OSUSER" ]; then
			chown "$HALL_OSUSER" "$folder"
		else
			[ -O "$folder" ] || hall_die "$folder belongs to someone else"
		fi
	done
	chmod 700 "$HALL_PG"
	chmod 755 "$HALL_SOCKET"
	[ "$HALL_PG" = "$HALL_DIR/pg" ] || ln -sfn "$HALL_PG" "$HALL_DIR/pg"
}

# Tests bring up many halls of one kind: YIMEN_HALL_SEED names one that was made the long way and
# stopped, whose cluster, certificates and record of what is loaded a new hall begins with.
cluster_seed() {
	local seed=${YIMEN_HALL_SEED-} made
	if [ -z "$seed" ] || [ -e "$HALL_PG/PG_VERSION" ]; then return 0; fi
	# shellcheck source=/dev/null
	made=$(. "$seed/etc/hall.env" && [ "$HALL_MODE $HALL_NUMBER $HALL_NAME" = "$1" ] && echo "$HALL_PG") || return 0
	[ ! -e "$made/postmaster.pid" ] || hall_die "$seed is up: no seed"
	cp -a "$seed/state" "$seed/tls" "$HALL_DIR"
	cp -a "$made" "$HALL_PG.new"
	echo "unix_socket_directories = '$HALL_SOCKET'" >>"$HALL_PG.new/postgresql.conf"
	rmdir "$HALL_PG"
	mv "$HALL_PG.new" "$HALL_PG"
}

cluster_make() {
	local sync=
	[ ! -e "$HALL_PG/PG_VERSION" ] || return 0
	# Made beside its place and then moved there: what was interrupted is made again.
	rm -rf "$HALL_PG.new"
	mkdir -m 700 "$HALL_PG.new"
	[ -z "$HALL_OSUSER" ] || chown "$HALL_OSUSER" "$HALL_PG.new"
	[ "$HALL_MODE" = production ] || sync=--no-sync
	hall_as_pg "$HALL_PGBIN/initdb" -D "$HALL_PG.new" -U postgres -E UTF8 --locale=C.UTF-8 \
		--data-checksums --auth=peer --no-instructions $sync >"$HALL_DIR/log/initdb.log" 2>&1 ||
		hall_die "initdb failed, see $HALL_DIR/log/initdb.log"
	cluster_settings "$HALL_PG.new"
	rmdir "$HALL_PG"
	mv "$HALL_PG.new" "$HALL_PG"
}

# Written once; an administrator's own changes belong in the cluster's postgresql.auto.conf.
cluster_settings() {
	cat >>"$1/postgresql.conf" <<TXT
# yimen: this cluster serves one hall, over one unix socket
cluster_name = 'yimen $HALL_NUMBER'
listen_addresses = ''
unix_socket_directories = '$HALL_SOCKET'
max_connections = 100
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
shared_buffers = 128MB
work_mem = 8MB
maintenance_work_mem = 64MB
random_page_cost = 1.1
jit = off
fsync = on
full_page_writes = on
synchronous_commit = on
wal_buffers = 4MB
checkpoint_timeout = 15min
max_wal_size = 1GB
log_line_prefix = '%m [%p] %u@%d '
log_min_duration_statement = 500
# values of applicants stay out of the log (SEC-1)
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
idle_in_transaction_session_timeout = 10min
# where the log is archived (archive.sh)
include_if_exists = 'archive.conf'
TXT
	cluster_access "$1"
}

cluster_access() {
	local role user
	# Who may be which role: the system's user behind the socket decides, no passwords.
	printf '%s\n' 'local all all peer map=hall' 'local replication postgres peer map=hall' >"$1/pg_hba.conf"
	for user in "$(id -un)" ${HALL_OSUSER:+"$HALL_OSUSER"}; do
		for role in postgres yimen_owner yimen_server yimen_admin; do
			echo "hall \"$user\" $role"
		done
	done >"$1/pg_ident.conf"
}

cluster_running() {
	hall_as_pg "$HALL_PGBIN/pg_ctl" -D "$HALL_PG" status >/dev/null 2>&1
}

cluster_start() {
	local log=$HALL_DIR/log/postgresql.log
	cluster_running && return 0
	touch "$log"
	if [ -n "$HALL_OSUSER" ]; then
		[ "$HALL_PG" = "$HALL_DIR/pg" ] || log=$HALL_PG/server.log
		[ ! -e "$log" ] || chown "$HALL_OSUSER" "$log"
	fi
	hall_as_pg "$HALL_PGBIN/pg_ctl" -D "$HALL_PG" -l "$log" -w -t 60 start >/dev/null 2>&1 ||
		hall_die "PostgreSQL does not start, see $log"
}

cluster_stop() {
	[ -e "$HALL_PG/PG_VERSION" ] && cluster_running || return 0
	# The archiver ends what it has before the cluster does; so the archive holds everything.
	! archive_on || hall_ask 'select pg_switch_wal()' >/dev/null 2>&1 || true
	hall_as_pg "$HALL_PGBIN/pg_ctl" -D "$HALL_PG" -m fast -w -t 60 stop >/dev/null ||
		hall_die "PostgreSQL does not stop"
}
