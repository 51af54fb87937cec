# shellcheck shell=bash
# Base backups (SEC-6). One is a folder PLACE/base/STAMP:
#   pg/           the cluster, as pg_basebackup took it, with its manifest and the log it needs
#   hall/         etc/ and tls/: settings, authority, certificates and keys
#   backup.env    whose it is, when it ended, where its log begins and is archived
#   SHA256SUMS    of everything outside pg/, and of pg's manifest
# It is made under another name and gets its own when it was verified and is on the disk, so
# one that was interrupted is never taken for a backup. It holds everything the hall knows, in
# clear: only its owner may read it.

# The base backups of a place, oldest first.
backup_list() {
	find "$1/base" -mindepth 1 -maxdepth 1 -type d -name '[0-9]*' 2>/dev/null | sort
}

backup_newest() {
	backup_list "$1" | tail -n 1
}

# backup_value BACKUP NAME
backup_value() {
	sed -n "s/^$2=//p" "$1/backup.env" | head -n 1
}

# When a backup ended, as the hall writes it.
backup_when() {
	TZ=Asia/Shanghai date -d "@$(backup_value "$1" ended)" '+%Y-%m-%d %H:%M:%S'
}

backup_options() {
	BACKUP_TO='' BACKUP_KEEP=''
	while [ $# -gt 0 ]; do
		case $1 in
		--to) BACKUP_TO=$(realpath -m -- "${2-}") && shift ;;
		--keep) BACKUP_KEEP=${2-} && shift ;;
		--quiet) export HALL_QUIET=yes ;;
		*) hall_die "backup: unknown option $1" ;;
		esac
		shift
	done
	[ -z "$BACKUP_KEEP" ] || [[ $BACKUP_KEEP =~ ^[1-9][0-9]{0,3}$ ]] || hall_die "backup: --keep wants a number"
}

# One at a time for each place, and for each hall; the hall's own lock stays free meanwhile.
backup_lock() {
	exec 8>"$1/.backup.lock"
	flock -n 8 || hall_die "another backup is being made in $1"
}

hall_backup() {
	local place late=''
	hall_known
	backup_options "$@"
	cluster_running || hall_die "$HALL_NAME is down; a backup is taken of a running hall"
	hall_lock
	archive_begin
	exec 9>&-
	place=$HALL_BACKUPS
	[ -e "$place/system" ] || hall_die "$place is not there: is its disk mounted?"
	if [ -n "$BACKUP_TO" ] && [ "$BACKUP_TO" != "$place" ]; then
		place=$BACKUP_TO
		archive_folders "$place"
	fi
	backup_lock "$place"
	archive_flush || late=yes
	backup_make "$place"
	[ -n "$late" ] || archive_flush || late=yes
	[ -z "$BACKUP_KEEP" ] || backup_prune "$place" "$BACKUP_KEEP"
	hall_say "$BACKUP_MADE: $(du -sh "$BACKUP_MADE" | cut -f 1), verified"
	[ -z "$late" ] || hall_die "this backup is good, but the log is not being archived; see scripts/hall status $HALL_DIR"
}

# Archiving begins with the first backup, where it has not before.
archive_begin() {
	if archive_on && [ -n "${HALL_BACKUPS-}" ]; then return 0; fi
	# shellcheck disable=SC2034 # archive.sh
	HALL_ARCHIVE=yes
	archive_found
	archive_apply
	if ! cluster_running; then # one of an older release was stopped for it
		cluster_start
		server_start
	fi
	hall_record
	hall_wait 30 archive_told || hall_die "PostgreSQL does not take the settings of the archive"
}

backup_make() {
	local place=$1 stamp new log
	stamp=$(TZ=Asia/Shanghai date +%Y%m%d-%H%M%S)
	while [ -e "$place/base/$stamp" ]; do # two within a second
		sleep 0.2
		stamp=$(TZ=Asia/Shanghai date +%Y%m%d-%H%M%S)
	done
	rm -rf "$place"/base/.new-*
	new=$place/base/.new-$stamp
	log=$HALL_DIR/log/backup.log
	(
		umask 077
		mkdir "$new"
		"$HALL_PGBIN/pg_basebackup" -h "$HALL_SOCKET" -U postgres -w -D "$new/pg" -F plain -X stream -c fast \
			--manifest-checksums=SHA256 -l "yimen $stamp" >"$log" 2>&1 ||
			hall_die "pg_basebackup failed: $(tail -n 1 "$log")"
		backup_describe "$new" >"$new/backup.env"
		"$HALL_PGBIN/pg_verifybackup" -q "$new/pg" >"$log" 2>&1 ||
			hall_die "the backup does not verify: $(head -n 1 "$log")"
		mkdir "$new/hall"
		cp -R --preserve=mode,timestamps "$HALL_DIR/etc" "$HALL_DIR/tls" "$new/hall"
		backup_stamps "$HALL_DIR/state" "$new/hall"
		cd "$new"
		find hall backup.env pg/backup_manifest -type f -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS
		sync -f "$new"
	) || exit 1
	mv -T "$new" "$place/base/$stamp"
	sync "$place/base"
	BACKUP_MADE=$place/base/$stamp
}

# What was loaded last, so that the next `up` of a restored hall does not load it again.
backup_stamps() {
	local stamp
	for stamp in pinyin.sum demo.sum; do
		[ ! -e "$1/$stamp" ] || cp "$1/$stamp" "$2/$stamp"
	done
}

backup_describe() {
	local begins
	begins=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$1/pg/backup_label")
	cat <<TXT
format=1
number=$HALL_NUMBER
mode=$HALL_MODE
name=$HALL_NAME
folder=$HALL_DIR
archive=$HALL_BACKUPS/wal
system=$(archive_system)
ended=$(HALL_DB=postgres hall_ask "select extract(epoch from clock_timestamp())")
begins=$begins
TXT
}

# Keeps the newest N; of the log what the oldest of them needs.
backup_prune() {
	local place=$1 keep=$2 oldest backup
	while read -r backup; do
		# Not half there under its good name, should this be interrupted.
		mv -T "$backup" "$place/base/.new-old"
		rm -rf "$place/base/.new-old"
	done < <(backup_list "$place" | head -n "-$keep")
	[ "$place" = "$HALL_BACKUPS" ] || return 0
	oldest=$(backup_value "$(backup_list "$place" | head -n 1)" begins)
	[[ $oldest =~ ^[0-9A-F]{24}$ ]] || hall_die "$(backup_list "$place" | head -n 1) does not say where its log begins"
	"$HALL_PGBIN/pg_archivecleanup" -x .gz "$place/wal" "$oldest"
}
