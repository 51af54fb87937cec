# shellcheck shell=bash
# `up`, `down`, `status`: the order in which a hall is brought up and stopped.

# shellcheck disable=SC2034 # some are read in other files
up_options() {
	HALL_SERVE=yes
	while [ $# -gt 0 ]; do
		case $1 in
		--test) up_mode test ;;
		--training) up_mode training ;;
		--production) up_mode production ;;
		--number) HALL_NUMBER=${2-} && shift ;;
		--name) HALL_NAME=${2-} && shift ;;
		--bin) HALL_BIN=$(realpath -- "${2-}") && shift ;;
		--backups) HALL_BACKUPS_WANTED=$(realpath -m -- "${2-}") && shift ;;
		--no-server) HALL_SERVE=no ;;
		--quiet) export HALL_QUIET=yes ;;
		*) hall_die "up: unknown option $1" ;;
		esac
		shift
	done
	HALL_MODE=${HALL_MODE:-test}
	if hall_practice; then
		# Its numbers are its own (SEC-5).
		HALL_NUMBER=${HALL_NUMBER:-$([ "$HALL_MODE" = training ] && echo 5198 || echo 5199)}
		HALL_NAME=${HALL_NAME:-示例区政务服务中心}
	fi
	[[ ${HALL_NUMBER-} =~ ^[1-9][0-9]{3}$ ]] || hall_die "up: --number wants the hall's four digits"
	[ -n "${HALL_NAME-}" ] || hall_die "up: --name wants the hall's name"
}

# A hall stays what it was made: a test hall's clock and numbers are worth nothing outside.
up_mode() {
	# shellcheck disable=SC2153
	[ -z "${HALL_MODE-}" ] || [ "$HALL_MODE" = "$1" ] || hall_die "up: $HALL_DIR is a $HALL_MODE hall"
	HALL_MODE=$1
}

hall_up() {
	[ ! -e "$HALL_DIR/.restoring" ] || hall_die "a restore into $HALL_DIR was not finished; remove the folder and restore again"
	hall_lock
	up_options "$@"
	mkdir -p "$HALL_DIR"/{etc,log,run,state,print}
	chmod 700 "$HALL_DIR"/{state,print}
	[ -n "${HALL_SOCKET-}" ] || cluster_place
	cluster_folders
	hall_record
	cluster_seed "$HALL_MODE $HALL_NUMBER $HALL_NAME"
	cert_base &
	local certs=$!
	cluster_make
	archive_found
	archive_apply
	cluster_start
	schema_roles
	schema_install
	wait "$certs" || hall_die "the certificates could not be made"
	load_hall
	if hall_practice; then
		load_demo
		people_passwords
	fi
	cert_windows
	! hall_practice || up_scripts
	[ "$HALL_SERVE" = no ] || server_start
	hall_record
	up_summary
}

# The roles of the demo hall, ready for `env`.
up_scripts() {
	local who
	while IFS=, read -r who _; do
		[ "$who" = role ] || people_client "$who"
	done <"$TOP/sql/data/floor/who.csv"
}

up_summary() {
	local served="the server is not running"
	[ -z "${HALL_PORT-}" ] || ! server_running || served="yimend on 127.0.0.1:$HALL_PORT"
	[ "$HALL_SERVE" = no ] || [ -x "$HALL_BIN/yimend" ] || served="no yimend in $HALL_BIN yet: run make"
	hall_say "$HALL_NAME ($HALL_NUMBER, $HALL_MODE) is up: $served"
	hall_say "  $(hall_ask "select admin.summary()")"
	! hall_practice || hall_say "  eval \"\$(scripts/hall env ${HALL_DIR/#$PWD\//} --as clerk)\""
}

hall_down() {
	if [ -z "${HALL_SOCKET-}" ]; then
		hall_say "$HALL_DIR is not a hall: nothing to stop"
		return 0
	fi
	hall_lock
	server_stop
	cluster_stop
	hall_say "$HALL_NAME ($HALL_NUMBER, $HALL_MODE) is down"
}

hall_status() {
	hall_known
	echo "hall     $HALL_NAME ($HALL_NUMBER, $HALL_MODE)"
	if server_running; then
		echo "server   up, pid $(cat "$HALL_DIR/run/yimend.pid"), 127.0.0.1:$(cat "$HALL_DIR/run/port" 2>/dev/null || echo '?')"
		echo "metrics  http://127.0.0.1:$(cat "$HALL_DIR/run/metrics_port" 2>/dev/null || echo '?')/metrics"
	else
		echo "server   down"
	fi
	if cluster_running; then
		echo "cluster  up, $HALL_SOCKET"
		echo "loaded   $(hall_ask "select admin.summary()")"
		archive_status || return 1
	else
		echo "cluster  down"
		return 1
	fi
}
