# shellcheck shell=bash
# The archive of the cluster's log (SEC-6), in the place where the base backups are, too:
#   PLACE/system            the cluster whose place it is
#   PLACE/wal/SEGMENT.gz    its log, written by PostgreSQL as it goes, each minute at most
#   PLACE/base/STAMP/       base backups, see backup.sh
# A production hall archives always. A test or training hall, which is often thrown away with
# its tests, begins with its first backup (or `up --backups`) and until then keeps nothing:
# its segments are told to /bin/true, so that beginning needs no restart.

archive_on() {
	[ "$HALL_MODE" = production ] || [ "${HALL_ARCHIVE-}" = yes ]
}

# The identity of the cluster, which its restored copies share.
archive_system() {
	hall_as_pg "$HALL_PGBIN/pg_controldata" -D "$HALL_PG" | sed -n 's/^Database system identifier: *//p'
}

# What stands between single quotes of a shell, in a setting of postgresql.conf.
archive_word() {
	printf "''%s''" "${1//%/%%}"
}

# Chooses and makes the place, once; afterwards it is only looked for, because a disk that is
# not mounted must not be mistaken for an empty one.
archive_found() {
	local place=${HALL_BACKUPS_WANTED:-${HALL_BACKUPS-}} default=$HALL_DIR/backup
	archive_on || [ -n "${HALL_BACKUPS_WANTED-}" ] || return 0
	if [ -n "$place" ] && [ "$place" = "${HALL_BACKUPS-}" ]; then
		[ -e "$place/system" ] ||
			echo "scripts/hall: $place is not there (is its disk mounted?): nothing is archived until it is" >&2
		return 0
	fi
	[ "$HALL_PG" = "$HALL_DIR/pg" ] || default=${HALL_PG%/pg}/backup
	HALL_BACKUPS=${place:-$default}
	HALL_ARCHIVE=yes
	archive_folders "$HALL_BACKUPS"
	[ "$HALL_BACKUPS" = "$HALL_DIR/backup" ] || [ -n "$place" ] || ln -sfn "$HALL_BACKUPS" "$HALL_DIR/backup"
	archive_wal_folder
}

# archive_folders PLACE: its base/, and the mark that says whose it is.
archive_folders() {
	local place=$1 owner
	case $place in
	*[$'\n\t"\'\\;#']*) hall_die "$place: the path of backups may not hold quotes, ; # or control characters" ;;
	esac
	if [ ! -e "$place" ]; then
		mkdir -p "$place"
		# PostgreSQL's user walks through it to wal/, and reads nothing else.
		chmod "$([ -n "$HALL_OSUSER" ] && echo 711 || echo 700)" "$place"
	fi
	mkdir -p "$place/base"
	chmod 700 "$place/base"
	owner=$(cat "$place/system" 2>/dev/null || archive_system)
	[ "$owner" = "$(archive_system)" ] || hall_die "$place holds the backups of another hall"
	echo "$owner" >"$place/system"
}

archive_wal_folder() {
	local wal=$HALL_BACKUPS/wal
	[ ! -L "$wal" ] || hall_die "$wal is a symbolic link"
	mkdir -p "$wal"
	[ -z "$HALL_OSUSER" ] || chown "$HALL_OSUSER" "$wal"
	chmod 700 "$wal"
	hall_as_pg test -w "$wal" -a -x "$wal" || hall_die "$wal: PostgreSQL's user ${HALL_OSUSER:-$(id -un)} cannot write there"
}

# archive_settings [RECOVERY]: the text of archive.conf.
archive_settings() {
	local command=/bin/true timeout=0
	if archive_on; then
		command="$(archive_word "$HALL_PG/yimen-wal") put \"%p\" \"%f\" $(archive_word "$HALL_BACKUPS/wal")"
		timeout=60
	fi
	cat <<TXT
# written by scripts/hall at each up
archive_mode = on
archive_command = '$command'
archive_timeout = $timeout
TXT
	[ $# -eq 0 ] || printf '%s\n' "$1"
}

# Puts a text where PostgreSQL's user may, as that user: archive_put FILE MODE
archive_put() {
	# shellcheck disable=SC2016
	hall_as_pg sh -c 'umask 077 && cat >"$1.new" && chmod "$2" "$1.new" && mv -T "$1.new" "$1"' sh "$HALL_PG/$1" "$2"
}

# archive_apply [RECOVERY]: the settings as they should be, also in a cluster of an older release.
archive_apply() {
	local text changed=no
	archive_put yimen-wal 700 <"$TOP/scripts/hall.d/yimen-wal"
	text=$(archive_settings "$@")
	if [ "$text" != "$(cat "$HALL_PG/archive.conf" 2>/dev/null)" ]; then
		archive_put archive.conf 600 <<<"$text"
		changed=yes
	fi
	if ! grep -qs "^include_if_exists = 'archive.conf'" "$HALL_PG/postgresql.conf"; then
		{ cat "$HALL_PG/postgresql.conf" && echo "include_if_exists = 'archive.conf'"; } | archive_put postgresql.conf 600
		changed=yes
	fi
	if ! grep -qs '^local replication' "$HALL_PG/pg_hba.conf"; then
		{ cat "$HALL_PG/pg_hba.conf" && echo 'local replication postgres peer map=hall'; } | archive_put pg_hba.conf 600
		changed=yes
	fi
	if [ $changed = no ] || ! cluster_running; then return 0; fi
	if [ "$(HALL_DB=postgres hall_ask 'show archive_mode')" = off ]; then
		server_stop
		cluster_stop
	else
		hall_as_pg "$HALL_PGBIN/pg_ctl" -D "$HALL_PG" reload >/dev/null
	fi
}

archive_has() {
	[ -e "$HALL_BACKUPS/wal/$1.gz" ]
}

# Whatever was committed before this is in the archive: ends the segment under way and waits.
archive_flush() {
	local segment
	segment=$(HALL_DB=postgres hall_ask "select pg_create_restore_point('yimen') is null; select pg_walfile_name(pg_switch_wal())" | tail -n 1)
	hall_wait "${1-60}" archive_has "$segment"
}

# The archiver has heard of its settings: a session that sees them was started after it was told.
archive_told() {
	[ "$(HALL_DB=postgres hall_ask 'show archive_timeout')" != 0 ]
}

# For `status`: 1 when the archive fails.
archive_status() {
	local last failed wal wait newest count
	if ! archive_on; then
		echo "backup   none; this $HALL_MODE hall archives from its first backup on"
		return 0
	fi
	newest=$(backup_newest "$HALL_BACKUPS")
	count=$(backup_list "$HALL_BACKUPS" | wc -l)
	if [ -z "$newest" ]; then
		echo "backup   NONE YET: run scripts/hall backup $HALL_DIR"
	else
		echo "backup   last base $(backup_when "$newest") $(archive_ago "$(backup_value "$newest" ended)"), $count kept in $HALL_BACKUPS"
	fi
	if [ "$HALL_MODE" = production ] && [ "$(stat -c %d "$HALL_BACKUPS" 2>/dev/null)" = "$(stat -Lc %d "$HALL_PG")" ]; then
		echo "backup   ON THE DISK OF THE DATABASE: whoever loses one loses both (up --backups FOLDER)"
	fi
	IFS='|' read -r last failed wal wait < <(HALL_DB=postgres hall_ask "select coalesce(extract(epoch from last_archived_time)::int8, 0),
		coalesce(extract(epoch from last_failed_time)::int8, 0), last_failed_wal,
		(select count(*) from pg_ls_archive_statusdir() where name like '%.ready') from pg_stat_archiver")
	if [ "$failed" -gt "$last" ] || [ ! -e "$HALL_BACKUPS/system" ]; then
		echo "archive  FAILING: $wait segments of the log wait${wal:+, the first is $wal, tried $(archive_ago "$failed")}; see $HALL_DIR/log/postgresql.log"
		echo "archive  until it works, what is done now is on this machine's disk only"
		return 1
	fi
	if [ "$last" = 0 ]; then
		echo "archive  nothing yet"
	else
		echo "archive  last segment $(archive_ago "$last"), $wait wait"
	fi
}

# archive_ago EPOCH: how long ago, in the unit that says most; OLD beyond a day and two hours.
archive_ago() {
	local seconds=$(($(date +%s) - ${1%.*}))
	if [ $seconds -lt 120 ]; then
		echo "($seconds seconds ago)"
	elif [ $seconds -lt 7200 ]; then
		echo "($((seconds / 60)) minutes ago)"
	elif [ $seconds -lt 93600 ]; then
		echo "($((seconds / 3600)) hours ago)"
	else
		echo "(OLD: $((seconds / 86400)) days ago)"
	fi
}
