# shellcheck shell=bash
# Who may act as what: settings files, certificates and passwords for scripts, and the lists.

# The word everyone in a test hall logs in with; documented, and worth nothing elsewhere.
PEOPLE_PASSWORD=yimen-demo

# The login that a role's name stands for in the demo hall.
people_login() {
	case $1 in
	clerk | chief | reviewer | supervisor | admin | auditor)
		awk -F, -v who="$1" '$1 == who { print $2 }' "$TOP/sql/data/floor/who.csv"
		;;
	*) echo "$1" ;;
	esac
}

# A script's settings, certificate and window, made when missing: people_client WHO
people_client() {
	local who=$1 known
	known=$HALL_DIR/state/$who/window
	cert_signed "script-$who" window
	if [ ! -s "$known" ] || [ "$HALL_DIR/tls/script-$who.crt" -nt "$known" ]; then
		mkdir -p "$HALL_DIR/state/$who"
		hall_ask "select admin.script_window('yimenctl $who', '$(cert_sha256 "script-$who")')" >"$known.new"
		mv "$known.new" "$known"
	fi
	[ -s "$HALL_DIR/etc/yimenctl-$who.conf" ] || conf_client "yimenctl-$who" "script-$who" "$who"
	people_password "$who"
}

# In a test or training hall the password is known and may lie in a file.
people_password() {
	local file=$HALL_DIR/state/$1/password
	hall_practice || return 0
	[ -s "$file" ] || (umask 077 && printf '%s\n' "$PEOPLE_PASSWORD" >"$file")
}

# Everyone who has no password yet gets the test hall's; yimend does the hashing, and as long
# as it is not built nobody can log in.
people_passwords() {
	local secret=''
	[ "$(hall_ask "select count(*) from hall.staff where secret is null")" != 0 ] || return 0
	if [ -x "$HALL_BIN/yimend" ]; then
		secret=$(printf '%s\n' "$PEOPLE_PASSWORD" | "$HALL_BIN/yimend" --hash-password) ||
			hall_die "yimend --hash-password failed"
	fi
	hall_ask "select admin.set_test_passwords(nullif(:'secret', ''))" -v "secret=$secret" >/dev/null
}

# hall password DIR LOGIN: a new one-time password, shown once, to be changed at next login (SEC-4).
hall_password() {
	local login=${1-} word secret
	hall_known
	[[ $login =~ ^[a-z0-9_.-]{1,32}$ ]] || hall_die "password wants a login name"
	[ -x "$HALL_BIN/yimend" ] || hall_die "no yimend in $HALL_BIN: run make"
	word=$(openssl rand -hex 6)
	secret=$(printf '%s\n' "$word" | "$HALL_BIN/yimend" --hash-password)
	load_run "select admin.set_password(:'login', :'secret', true)" -v "login=$login" -v "secret=$secret" >/dev/null
	echo "$login: $word (to be changed at the next login)"
}

# hall unlock DIR LOGIN: ends the wait after wrong passwords, at every window (SEC-4).
hall_unlock() {
	local login=${1-} windows
	hall_known
	[[ $login =~ ^[a-z0-9_.-]{1,32}$ ]] || hall_die "unlock wants a login name"
	windows=$(load_run "select admin.unlock(:'login')" -v "login=$login")
	echo "$login: waited at $windows windows, waits no more"
}

hall_env() {
	local who=clerk window='' login conf
	hall_known
	while [ $# -gt 0 ]; do
		case $1 in
		--as) who=${2-} && shift ;;
		--window) window=${2-} && shift ;;
		--db)
			printf 'export PGHOST=%q PGUSER=postgres PGDATABASE=yimen\n' "$HALL_SOCKET"
			return 0
			;;
		*) hall_die "env: unknown option $1" ;;
		esac
		shift
	done
	[[ $who =~ ^[a-z0-9_.-]{1,32}$ ]] || hall_die "env: $who is no login name"
	[[ $window =~ ^[0-9]*$ ]] || hall_die "env: --window wants a number"
	login=$(people_login "$who")
	[ "$(hall_ask "select count(*) from hall.staff where login = '$login' and active")" = 1 ] ||
		hall_die "env: nobody here logs in as $login; see scripts/hall staff"
	if [ -n "$window" ]; then
		conf=$HALL_DIR/etc/yimen-$window.conf
		[ -s "$conf" ] || hall_die "env: there is no window $window"
		mkdir -p "$HALL_DIR/state/$who"
		people_password "$who"
	else
		conf=$HALL_DIR/etc/yimenctl-$who.conf
		hall_lock
		people_client "$who"
	fi
	# shellcheck disable=SC2016 # $PATH is the reader's
	printf 'export PATH=%q:"$PATH"\n' "$HALL_BIN"
	printf 'export YIMEN_CONF=%q\n' "$conf"
	printf 'export YIMEN_LOGIN=%q\n' "$login"
	if hall_practice; then
		printf 'export YIMEN_PASSWORD_FILE=%q\n' "$HALL_DIR/state/$who/password"
	fi
	printf 'export TZ=Asia/Shanghai\n'
}

hall_staff() {
	hall_known
	echo "roles:"
	sed -e 1d -e 's/,/	/' -e 's/^/  /' "$TOP/sql/data/floor/who.csv"
	echo
	hall_sql -P footer=off -c 'select * from admin.people'
	echo
	hall_sql -P footer=off -c 'select * from admin.posts'
	echo
	hall_sql -P footer=off -c "select no, name, place, kind from hall.window where kind <> 'script' order by no"
}
