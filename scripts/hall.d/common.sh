# shellcheck shell=bash
# What every command of scripts/hall shares: messages, the hall's folder and its record,
# running as PostgreSQL's user, and talking to the hall's database.

hall_die() {
	echo "scripts/hall: $*" >&2
	exit 1
}

hall_say() {
	[ -n "${HALL_QUIET-}" ] || echo "$*"
}

# The hall's folder, absolute, and what an earlier `up` recorded about it.
hall_open() {
	HALL_DIR=$(realpath -m -- "$1")
	case $HALL_DIR in
	*[$'\n\t"\'\\;#']*) hall_die "$HALL_DIR: a hall's path may not hold quotes, ; # or control characters" ;;
	esac
	HALL_RECORD=$HALL_DIR/etc/hall.env
	# shellcheck source=/dev/null
	[ ! -r "$HALL_RECORD" ] || . "$HALL_RECORD"
	HALL_BIN=${YIMEN_BIN:-${HALL_BIN:-$TOP/build}}
	HALL_PGBIN=${HALL_PGBIN:-$(hall_pgbin)}
}

hall_pgbin() {
	local found
	for found in /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin; do
		[ -x "$found/initdb" ] && break
	done
	[ -x "$found/initdb" ] || hall_die "no PostgreSQL server here; run scripts/deps run"
	echo "$found"
}

# Keeps two commands from changing one hall at once; held until this script ends, and not
# inherited by what it starts (those close descriptor 9).
hall_lock() {
	mkdir -p "$HALL_DIR"
	exec 9>"$HALL_DIR/.lock"
	flock -w 120 9 || hall_die "$HALL_DIR: another scripts/hall has been at it for two minutes"
}

# Must be up, or at least have been.
hall_known() {
	[ -n "${HALL_SOCKET-}" ] || hall_die "$HALL_DIR is not a hall; run scripts/hall up $HALL_DIR"
}

# Nothing done in it counts: a test hall, or one for people who learn (SEC-5).
hall_practice() {
	[ "$HALL_MODE" != production ]
}

hall_record() {
	local name
	for name in HALL_BIN HALL_PGBIN HALL_MODE HALL_NUMBER HALL_NAME HALL_OSUSER HALL_PG HALL_SOCKET HALL_PORT \
		HALL_ARCHIVE HALL_BACKUPS; do
		printf '%s=%q\n' "$name" "${!name-}"
	done >"$HALL_RECORD.new"
	mv "$HALL_RECORD.new" "$HALL_RECORD"
}

# Runs a program of PostgreSQL as the user that owns the cluster.
hall_as_pg() {
	if [ -n "$HALL_OSUSER" ]; then
		(cd / && exec setpriv --reuid="$HALL_OSUSER" --regid="$(id -g "$HALL_OSUSER")" --init-groups "$@" 9>&-)
	else
		"$@" 9>&-
	fi
}

# psql on the hall's database as its superuser, quiet and strict.
hall_sql() {
	PGOPTIONS='-c client_min_messages=warning' "$HALL_PGBIN/psql" -h "$HALL_SOCKET" -U postgres \
		-d "${HALL_DB:-yimen}" -X -q -v ON_ERROR_STOP=1 "$@"
}

# The value of one query; further arguments are psql's (-v name=value for :'name').
hall_ask() {
	local query=$1
	shift
	hall_sql -At "$@" <<<"$query"
}

hall_psql() {
	hall_known
	"$HALL_PGBIN/psql" -h "$HALL_SOCKET" -U postgres -d yimen -X "$@"
}

# Waits up to $1 seconds until the command after it succeeds.
hall_wait() {
	local until=$((SECONDS + $1))
	shift
	until "$@"; do
		[ "$SECONDS" -lt "$until" ] || return 1
		sleep 0.03
	done
}
