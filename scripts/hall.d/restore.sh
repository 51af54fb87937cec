# shellcheck shell=bash disable=SC2034
# A new hall from a base backup and the archived log (SEC-6). The backup is checked first, then
# the log; what either lacks is said in terms of the hall: until when everything is there.
# Nothing of the backup's place is changed.

restore_options() {
	RESTORE_AT='' RESTORE_ARCHIVE='' RESTORE_LOSSY='' RESTORE_SERVE=()
	while [ $# -gt 0 ]; do
		case $1 in
		--at) RESTORE_AT=${2-} && shift ;;
		--archive) RESTORE_ARCHIVE=$(realpath -m -- "${2-}") && shift ;;
		--lossy) RESTORE_LOSSY=yes ;;
		--no-server) RESTORE_SERVE=(--no-server) ;;
		--quiet) export HALL_QUIET=yes ;;
		*) hall_die "restore: unknown option $1" ;;
		esac
		shift
	done
	[ -n "$RESTORE_AT" ] || return 0
	[[ $RESTORE_AT =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}\ [0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?$ ]] &&
		RESTORE_EPOCH=$(TZ=Asia/Shanghai date -d "$RESTORE_AT" +%s.%N 2>/dev/null) ||
		hall_die "restore: --at wants a moment, 'YYYY-MM-DD HH:MM:SS', by the hall's time"
}

# restore_before A B: moment A (seconds) is before B, to the microsecond.
restore_before() {
	awk -v a="$1" -v b="$2" 'BEGIN { exit !(sprintf("%.6f", a) + 0 < sprintf("%.6f", b) + 0) }'
}

restore_moment() {
	TZ=Asia/Shanghai date -d "@$1" '+%Y-%m-%d %H:%M:%S.%6N'
}

# Sets RESTORE_BASE: the backup named, or of a place the newest that ended before the moment.
restore_choose() {
	local from=$1 backup
	RESTORE_BASE=$from
	if [ -d "$from/base" ]; then
		RESTORE_BASE=
		while read -r backup; do
			[ -n "$RESTORE_AT" ] && restore_before "$RESTORE_EPOCH" "$(backup_value "$backup" ended)" || RESTORE_BASE=$backup
		done < <(backup_list "$from")
		[ -n "$(backup_newest "$from")" ] || hall_die "$from holds no base backup"
		[ -n "$RESTORE_BASE" ] || hall_die "every backup in $from ended after $RESTORE_AT, the first at $(backup_when "$(backup_list "$from" | head -n 1)")"
	fi
	[ -d "$RESTORE_BASE" ] || hall_die "$RESTORE_BASE: there is no such backup"
	case ${RESTORE_BASE##*/} in
	.new-*) hall_die "$RESTORE_BASE was never finished: it is no backup" ;;
	esac
	if [ ! -r "$RESTORE_BASE/backup.env" ] || [ ! -r "$RESTORE_BASE/SHA256SUMS" ]; then
		hall_die "$RESTORE_BASE is no backup, or one that was never finished"
	fi
}

restore_check() {
	local said ended version
	[ "$(backup_value "$RESTORE_BASE" format)" = 1 ] || hall_die "$RESTORE_BASE is of another release: its format is $(backup_value "$RESTORE_BASE" format)"
	said=$(cd "$RESTORE_BASE" && sha256sum --quiet -c SHA256SUMS 2>&1) ||
		hall_die "$RESTORE_BASE is damaged: $(head -n 1 <<<"$said")"
	version=$(cat "$RESTORE_BASE/pg/PG_VERSION")
	case $("$HALL_PGBIN/postgres" --version) in
	*") $version."*) ;;
	*) hall_die "$RESTORE_BASE is of PostgreSQL $version, and here is $("$HALL_PGBIN/postgres" --version)" ;;
	esac
	said=$("$HALL_PGBIN/pg_verifybackup" -q "$RESTORE_BASE/pg" 2>&1) ||
		hall_die "$RESTORE_BASE is damaged: $(sed -n '1s/^pg_verifybackup: error: //p' <<<"$said")"
	ended=$(backup_value "$RESTORE_BASE" ended)
	if [ -n "$RESTORE_AT" ] && restore_before "$RESTORE_EPOCH" "$ended"; then
		hall_die "this backup ended at $(backup_when "$RESTORE_BASE"), after $RESTORE_AT: take an earlier one"
	fi
}

# Position of a segment in the log, whatever its timeline.
restore_position() {
	echo $((16#${1:8:8} * RESTORE_PER_LOG + 16#${1:16:8}))
}

restore_name() {
	printf '%s%08X%08X' "$1" $(($2 / RESTORE_PER_LOG)) $(($2 % RESTORE_PER_LOG))
}

# A copy of the archive from the backup on, for PostgreSQL's user to read. Only what is whole is
# copied; RESTORE_TROUBLE names the first segment that is missing or damaged, RESTORE_LAST the
# position of the last one that can be reached.
restore_log() {
	local wal=$1 file name at begins size ends bytes
	bytes=$(hall_as_pg "$HALL_PGBIN/pg_controldata" -D "$HALL_PG" | sed -n 's/^Bytes per WAL segment: *//p')
	RESTORE_PER_LOG=$((4294967296 / bytes))
	begins=$(backup_value "$RESTORE_BASE" begins)
	RESTORE_LINE=${begins:0:8}
	begins=$(restore_position "$begins")
	# The backup has with it what it needs itself.
	ends=$begins
	for file in "$RESTORE_BASE"/pg/pg_wal/[0-9A-F]*; do
		name=${file##*/}
		if [ ${#name} -eq 24 ] && [ "$(restore_position "$name")" -gt "$ends" ]; then ends=$(restore_position "$name"); fi
	done
	RESTORE_LAST=$ends RESTORE_TROUBLE='' RESTORE_WHY='' RESTORE_GOES_ON=''
	RESTORE_WAL=$HALL_PG.wal
	mkdir -m 700 "$RESTORE_WAL"
	for file in "$wal"/*.history.gz; do
		[ ! -e "$file" ] || cp "$file" "$RESTORE_WAL"
	done
	while read -r name; do
		at=$(restore_position "$name")
		[ "$at" -ge "$begins" ] || continue
		if [ -n "$RESTORE_TROUBLE" ]; then
			RESTORE_GOES_ON=$name
			continue
		fi
		if [ "$at" -gt $((RESTORE_LAST + 1)) ]; then
			RESTORE_TROUBLE=$(restore_name "${name:0:8}" $((RESTORE_LAST + 1)))
			RESTORE_WHY="is missing"
			RESTORE_GOES_ON=$name
			continue
		fi
		size=$(gzip -dc <"$wal/$name.gz" 2>/dev/null | wc -c) || size=damaged
		if [ "$size" != "$bytes" ]; then
			[ "$at" -gt "$ends" ] || continue
			RESTORE_TROUBLE=$name
			RESTORE_WHY="is damaged"
			continue
		fi
		cp "$wal/$name.gz" "$RESTORE_WAL"
		[ "$at" -le "$RESTORE_LAST" ] || RESTORE_LAST=$at
		RESTORE_LINE=${name:0:8}
	done < <(find "$wal" -maxdepth 1 -name '*.gz' -printf '%f\n' 2>/dev/null | sed -n 's/^\([0-9A-F]\{24\}\)\.gz$/\1/p' | sort -k 1.9)
	[ -z "$HALL_OSUSER" ] || chown -R "$HALL_OSUSER" "$RESTORE_WAL"
}

# The moment of the last commit in what can be reached, in seconds: pg_waldump reads from there back.
restore_last_commit() {
	local at=$RESTORE_LAST begins name found look=$RESTORE_WAL/look
	begins=$(restore_position "$(backup_value "$RESTORE_BASE" begins)")
	mkdir -m 700 "$look"
	while [ "$at" -ge "$begins" ]; do
		name=$(find "$RESTORE_WAL" "$RESTORE_BASE/pg/pg_wal" -maxdepth 1 -name "????????$(restore_name '' "$at")*" -printf '%f\n' |
			sed 's/\.gz$//' | sort | tail -n 1)
		if [ -e "$RESTORE_WAL/$name.gz" ]; then
			gzip -dc <"$RESTORE_WAL/$name.gz" >"$look/$name"
		else
			cp "$RESTORE_BASE/pg/pg_wal/$name" "$look/$name"
		fi
		# It always ends with an error, where the log does.
		found=$(TZ=UTC "$HALL_PGBIN/pg_waldump" -r Transaction "$look/$name" 2>/dev/null |
			grep -oE 'COMMIT(_PREPARED)? [0-9]{4}-[0-9-]+ [0-9:.]+ UTC' | tail -n 1 | sed 's/^[A-Z_]* //') || true
		rm -f "$look/$name"
		[ -z "$found" ] || break
		at=$((at - 1))
	done
	rmdir "$look"
	if [ -n "$found" ]; then date -d "$found" +%s.%N; else backup_value "$RESTORE_BASE" ended; fi
}

# What the archive cannot give is said before anything is done.
restore_reach() {
	local last trouble=
	last=$(restore_last_commit)
	RESTORE_LAST_COMMIT=$last
	if [ -n "$RESTORE_TROUBLE" ]; then
		trouble="segment $RESTORE_TROUBLE of the log $RESTORE_WHY${RESTORE_GOES_ON:+, though later ones are there}"
		trouble+=": whatever was committed after $(restore_moment "$last") is lost"
	fi
	if [ -n "$RESTORE_AT" ] && restore_before "$last" "$RESTORE_EPOCH"; then
		[ -z "$trouble" ] || [ -n "$RESTORE_LOSSY" ] || hall_die "$trouble, and $RESTORE_AT cannot be reached; --lossy restores what was before"
		[ -n "$RESTORE_LOSSY" ] ||
			hall_die "the archive ends with a commit at $(restore_moment "$last"), before $RESTORE_AT (a hall that runs sends more each minute); without --at all of it is restored"
		RESTORE_AT=
	elif [ -n "$RESTORE_AT" ]; then
		# All that was committed by then is everything there is: no later commit would stop it there.
		restore_before "$RESTORE_EPOCH" "$last" || RESTORE_AT=
	elif [ -n "$trouble" ] && [ -z "$RESTORE_LOSSY" ]; then
		hall_die "$trouble; --lossy restores what was before"
	fi
	[ -z "$trouble" ] || [ -n "$RESTORE_AT" ] || hall_say "$trouble"
}

# The backup's settings as they suit this folder and this machine.
restore_settings() {
	{
		grep -v '^unix_socket_directories' "$HALL_PG/postgresql.conf"
		echo "unix_socket_directories = '$HALL_SOCKET'"
	} >"$HALL_PG/postgresql.conf.new"
	mv "$HALL_PG/postgresql.conf.new" "$HALL_PG/postgresql.conf"
	if [ -e "$HALL_PG/postgresql.auto.conf" ]; then
		sed -i -E '/^ *(restore_command|recovery_|archive_|primary_|unix_socket_directories|listen_addresses|port|hba_file|ident_file|data_directory)/d' \
			"$HALL_PG/postgresql.auto.conf"
	fi
	cluster_access "$HALL_PG"
	rm -f "$HALL_PG/server.log" "$HALL_PG/postmaster.pid" "$HALL_PG/standby.signal"
	touch "$HALL_PG/recovery.signal"
}

restore_recovery() {
	echo "restore_command = '$(archive_word "$HALL_PG/yimen-wal") get \"%f\" \"%p\" $(archive_word "$RESTORE_WAL")'"
	echo "hot_standby = off"
	echo "recovery_target_timeline = 'latest'"
	if [ -n "$RESTORE_AT" ]; then
		echo "recovery_target_time = '$RESTORE_AT+08'"
		echo "recovery_target_action = promote"
	fi
}

# Recovery has ended, one way or the other.
restore_settled() {
	! cluster_running || [[ $(sed -n 8p "$HALL_PG/postmaster.pid" 2>/dev/null) == ready* ]]
}

# The cluster recovers and is started anew without what only that needed.
restore_recover() {
	local log=$HALL_DIR/log/postgresql.log
	[ "$HALL_PG" = "$HALL_DIR/pg" ] || log=$HALL_PG/server.log
	touch "$log"
	[ -z "$HALL_OSUSER" ] || chown -R "$HALL_OSUSER" "$HALL_PG" "$log"
	archive_apply "$(restore_recovery)"
	# -w ends when the log is being read, which may take long.
	hall_as_pg "$HALL_PGBIN/pg_ctl" -D "$HALL_PG" -l "$log" -w -t 86400 start >/dev/null 2>&1 || true
	until restore_settled; do sleep 0.1; done
	cluster_running || hall_die "PostgreSQL could not recover: $(grep -E 'FATAL|PANIC|yimen-wal' "$log" | head -n 1)"
	hall_as_pg "$HALL_PGBIN/pg_ctl" -D "$HALL_PG" -m fast -w -t 600 stop >/dev/null
	restore_ended "$log"
	archive_apply
	cluster_start
}

# Without a moment all of the log was used: where it ends is in its last segment. A record that
# cannot be read looks like the end of the log.
restore_ended() {
	local history ends at segment last
	[ -z "$RESTORE_AT" ] || return 0
	last=$(sed -n 's/.*last completed transaction was at log time //p' "$1" | tail -n 1)
	[ -z "$last" ] || RESTORE_LAST_COMMIT=$(date -d "$last" +%s.%N)
	history=$(find "$HALL_PG/pg_wal" -name '*.history' | sort | tail -n 1)
	ends=$(awk 'NF > 1 && $2 ~ /^[0-9A-F]+\/[0-9A-F]+$/ { last = $2 } END { print last }' "$history")
	at=$((16#${ends%/*} * RESTORE_PER_LOG + 16#${ends#*/} / (4294967296 / RESTORE_PER_LOG)))
	[ "$at" -lt "$RESTORE_LAST" ] || return 0
	segment="segment $(restore_name "$RESTORE_LINE" "$at") of the log is damaged inside, though later ones are there"
	segment+=": whatever was committed after $(restore_moment "$RESTORE_LAST_COMMIT") is lost"
	[ -n "$RESTORE_LOSSY" ] || hall_die "$segment; --lossy restores what was before"
	hall_say "$segment"
}

# etc/ and tls/, the folder's own path put right; the rest `up` makes.
restore_beside() {
	local old file text
	old=$(backup_value "$RESTORE_BASE" folder)
	mkdir -p "$HALL_DIR"/{etc,log,run,state,print,tls}
	chmod 700 "$HALL_DIR"/{state,print,tls}
	cp -R --preserve=mode "$RESTORE_BASE/hall/tls/." "$HALL_DIR/tls"
	cp -R --preserve=mode "$RESTORE_BASE/hall/etc/." "$HALL_DIR/etc"
	rm -f "$HALL_DIR"/etc/hall.env*
	for file in "$HALL_DIR"/etc/*.conf; do
		[ -f "$file" ] || continue
		text=$(cat "$file")
		printf '%s\n' "${text//"$old/"/"$HALL_DIR/"}" >"$file"
	done
	find "$HALL_DIR/tls" -name '*.key' -exec chmod 600 {} +
	backup_stamps "$RESTORE_BASE/hall" "$HALL_DIR/state"
}

# A window registered since the backup has a certificate that is not in it.
restore_strangers() {
	local no sum name
	while IFS='|' read -r no sum; do
		name=window-$(printf %02d "$no")
		[ -s "$HALL_DIR/tls/$name.crt" ] && [ "$(cert_sha256 "$name")" = "$sum" ] ||
			echo "window $no has a certificate newer than this backup; a new one was issued: give it $HALL_DIR/tls/$name.crt and .key"
	done < <(hall_ask "select no, encode(cert_sha256, 'hex') from hall.window where kind <> 'script' and cert_sha256 is not null order by no")
}

# The last number of every series: papers with a later one belong to cases that are lost, and
# their numbers are given again.
restore_series() {
	echo "Last numbers at the moment of the restore; a paper with a later one is of a case to be keyed in again."
	hall_sql -P footer=off -c "select d.name as department, k.kind, k.year, k.last from hall.notice_counter k
		join hall.department d on d.department_id = k.department_id order by d.department_id, k.kind, k.year"
}

# Whatever was begun is taken away again, unless it was finished.
restore_undo() {
	local code=$?
	trap - EXIT
	[ -e "$HALL_DIR/.restoring" ] || exit "$code"
	set +e
	if [ -n "${HALL_PG-}" ]; then
		[ ! -e "$HALL_PG/PG_VERSION" ] || hall_as_pg "$HALL_PGBIN/pg_ctl" -D "$HALL_PG" -m immediate -w stop >/dev/null 2>&1
		rm -rf "$HALL_PG" "$HALL_PG.wal"
		[ "$HALL_PG" = "$HALL_DIR/pg" ] || rmdir "${HALL_PG%/pg}" 2>/dev/null
	fi
	[ -z "${HALL_SOCKET-}" ] || rm -rf "$HALL_SOCKET"
	rm -rf "$HALL_DIR"
	exit "$code"
}

hall_restore() {
	local wal strangers faults moment
	restore_options "$@"
	[ ! -e "$HALL_DIR" ] || hall_die "$HALL_DIR is there already; a restore makes a new folder"
	restore_choose "$(realpath -m -- "$RESTORE_FROM")"
	restore_check
	HALL_NUMBER=$(backup_value "$RESTORE_BASE" number)
	HALL_MODE=$(backup_value "$RESTORE_BASE" mode)
	HALL_NAME=$(backup_value "$RESTORE_BASE" name)
	wal=${RESTORE_ARCHIVE:-$(realpath -m "$RESTORE_BASE/../../wal")}
	[ -n "$RESTORE_ARCHIVE" ] || [ -d "$wal" ] || wal=$(backup_value "$RESTORE_BASE" archive)
	[ -z "$RESTORE_ARCHIVE" ] || [ -d "$wal" ] || hall_die "$wal: there is no such archive"
	[ -d "$wal" ] || hall_say "no archive at $wal: restored is what this backup holds, and nothing after it"

	trap restore_undo EXIT
	mkdir -p "$HALL_DIR"
	touch "$HALL_DIR/.restoring"
	hall_lock
	cluster_place
	cluster_folders
	restore_beside
	cp -R --preserve=mode "$RESTORE_BASE/pg/." "$HALL_PG"
	[ -z "$HALL_OSUSER" ] || chown -R "$HALL_OSUSER" "$HALL_PG"
	restore_log "$wal"
	restore_reach
	restore_settings
	archive_found
	restore_recover
	schema_roles
	schema_install
	strangers=$(restore_strangers)
	moment=$(hall_ask "select hall.restored(:'source', coalesce(nullif(:'at', '')::timestamptz, to_timestamp(:'last'::float8)))" \
		-v "source=$RESTORE_BASE" -v "at=$RESTORE_AT" -v "last=$RESTORE_LAST_COMMIT")
	faults=$(hall_ask 'select * from hall.verify() limit 20')
	[ -z "$faults" ] || hall_die "the restored hall is not sound:"$'\n'"$faults"
	rm -rf "$RESTORE_WAL"
	hall_record
	rm "$HALL_DIR/.restoring"
	trap - EXIT
	hall_say "restored from $RESTORE_BASE: everything committed by $moment is here"
	restore_series >"$HALL_DIR/log/restore.txt"
	hall_say "what was done later is on paper only; the last numbers known here are in $HALL_DIR/log/restore.txt"
	hall_say "it has no backup of its own yet: scripts/hall backup $HALL_DIR"
	[ -z "$strangers" ] || hall_say "$strangers"
	hall_up "${RESTORE_SERVE[@]}"
}
