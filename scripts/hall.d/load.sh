# shellcheck shell=bash
# Loading an admin's files: they reach the database as text, where sql/admin checks every row
# before it changes anything. Runs as yimen_admin, whose role can load and nothing else.

hall_load() {
	local kind=${1-}
	[ $# -gt 0 ] && shift
	hall_known
	case $kind in
	catalogue)
		[ $# -eq 3 ] || hall_die "load catalogue wants ITEMS GUIDES MATERIALS"
		load_catalogue "$@"
		;;
	calendar)
		load_options "$@"
		shift "$LOAD_SHIFT"
		[ $# -ge 1 ] || hall_die "load calendar wants FILE..."
		load_calendar "$@"
		;;
	day)
		load_options "$@"
		shift "$LOAD_SHIFT"
		[ $# -eq 2 ] || [ $# -eq 3 ] || hall_die "load day wants DATE open|closed NAME, or DATE usual"
		load_day "$@"
		;;
	procedures)
		[ $# -eq 1 ] || hall_die "load procedures wants a FILE"
		load_procedures "$1"
		;;
	joint)
		[ $# -eq 3 ] || hall_die "load joint wants STAGES REVIEWS MATERIALS"
		load_joint "$@"
		;;
	silence)
		[ $# -eq 1 ] || hall_die "load silence wants a FILE"
		load_silence "$1"
		;;
	templates)
		[ $# -eq 1 ] || hall_die "load templates wants a FILE"
		load_templates "$1"
		;;
	floor)
		if [ $# -ne 1 ] || [ ! -d "$1" ]; then hall_die "load floor wants a FOLDER"; fi
		load_floor "$1"
		hall_lock
		cert_windows
		;;
	*) hall_die "load knows catalogue, joint, procedures, silence, calendar, day, floor and templates" ;;
	esac
}

# Every file is there and is UTF-8; what a spreadsheet saves without being told often is not.
load_readable() {
	local file bad
	for file in "$@"; do
		if [ ! -f "$file" ] || [ ! -r "$file" ]; then hall_die "$file: cannot be read"; fi
		[ "$(stat -Lc %s -- "$file")" -le 16000000 ] || hall_die "$file: larger than 16 MB"
		if bad=$(grep -naxv -m1 '.*' -- "$file" | cut -d: -f1) && [ -n "$bad" ]; then
			hall_die "$file:$bad: not UTF-8; save it as CSV UTF-8"
		fi
		! LC_ALL=C grep -qaP '\x00' -- "$file" || hall_die "$file: holds zero bytes; it is not a text"
	done
}

# load_run SQL [-v NAME=VALUE...]: one transaction; a refusal prints its list of bad rows.
load_run() {
	local sql=$1 err code=0
	shift
	err=$(mktemp)
	PGOPTIONS='-c client_min_messages=warning' "$HALL_PGBIN/psql" -h "$HALL_SOCKET" -U yimen_admin -d yimen -X -q -At -1 \
		-v ON_ERROR_STOP=1 -v SHOW_CONTEXT=never "$@" <<<"$sql" 2>"$err" || code=1
	sed -e 's/^\(psql:[^ ]* \)\?ERROR:  /scripts\/hall: /' -e 's/^psql: error: /scripts\/hall: /' -e 's/^DETAIL:  //' "$err" >&2
	rm -f "$err"
	return "$code"
}

load_catalogue() {
	load_readable "$@"
	# shellcheck disable=SC2016 # the backquotes are psql's
	load_run '\set items `cat -- :'"'items_file'"'`
\set guides `cat -- :'"'guides_file'"'`
\set materials `cat -- :'"'materials_file'"'`
select what from admin.load_catalogue(:'"'items_file'"', :'"'items'"', :'"'guides_file'"', :'"'guides'"', :'"'materials_file'"', :'"'materials'"');' \
		-v "items_file=$1" -v "guides_file=$2" -v "materials_file=$3"
}

load_joint() {
	load_readable "$@"
	# shellcheck disable=SC2016 # the backquotes are psql's
	load_run '\set stages `cat -- :'"'stages_file'"'`
\set reviews `cat -- :'"'reviews_file'"'`
\set materials `cat -- :'"'materials_file'"'`
select what from admin.load_joint(:'"'stages_file'"', :'"'stages'"', :'"'reviews_file'"', :'"'reviews'"', :'"'materials_file'"', :'"'materials'"');' \
		-v "stages_file=$1" -v "reviews_file=$2" -v "materials_file=$3"
}

load_procedures() {
	load_readable "$1"
	# shellcheck disable=SC2016 # the backquotes are psql's
	load_run '\set procedures `cat -- :'"'procedures_file'"'`
select what from admin.load_procedures(:'"'procedures_file'"', :'"'procedures'"');' -v "procedures_file=$1"
}

load_silence() {
	load_readable "$1"
	# shellcheck disable=SC2016 # the backquotes are psql's
	load_run '\set silence `cat -- :'"'silence_file'"'`
select what from admin.load_silence(:'"'silence_file'"', :'"'silence'"');' -v "silence_file=$1"
}

load_templates() {
	load_readable "$1"
	# shellcheck disable=SC2016 # the backquotes are psql's
	load_run '\set templates `cat -- :'"'templates_file'"'`
select what from admin.load_template(:'"'templates_file'"', :'"'templates'"');' -v "templates_file=$1"
}

# What may stand before a change of the calendar: --try changes nothing, --why says why a past day is changed.
load_options() {
	LOAD_DO_CALENDAR=load_calendar LOAD_DO_DAY=set_day LOAD_WHY='' LOAD_SHIFT=0
	while [ $# -gt 0 ]; do
		case $1 in
		--try)
			LOAD_DO_CALENDAR=try_calendar LOAD_DO_DAY=try_day
			LOAD_SHIFT=$((LOAD_SHIFT + 1))
			;;
		--why)
			[ $# -gt 1 ] || hall_die "--why wants a TEXT"
			LOAD_WHY=$2 LOAD_SHIFT=$((LOAD_SHIFT + 2))
			shift
			;;
		*) return ;;
		esac
		shift
	done
}

load_day() {
	local working
	[[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || hall_die "$1: write the date as 2026-11-23"
	case $2 in
	open) working=t ;;
	closed) working=f ;;
	usual) working='' ;;
	*) hall_die "$2: a day is open, closed or as usual" ;;
	esac
	load_run "select what from admin.$LOAD_DO_DAY(:'day', nullif(:'working', '')::bool, :'name', :'why');" \
		-v "day=$1" -v "working=$working" -v "name=${3-}" -v "why=$LOAD_WHY"
}

load_calendar() {
	local file sql='' args=(-v "why=${LOAD_WHY-}") n=0
	load_readable "$@"
	for file in "$@"; do
		n=$((n + 1))
		args+=(-v "f$n=$file")
		sql+="\\set t \`cat -- :'f$n'\`
select what from admin.${LOAD_DO_CALENDAR:-load_calendar}(:'f$n', :'t', :'why');
"
	done
	load_run "$sql" "${args[@]}"
}

load_floor() {
	local name sql='' list='' args=()
	for name in departments windows staff posts places items; do
		load_readable "$1/$name.csv"
		args+=(-v "${name}_file=$1/$name.csv")
		sql+="\\set $name \`cat -- :'${name}_file'\`
"
		list+=", :'${name}_file', :'$name'"
	done
	load_run "$sql select what from admin.load_floor(${list#, });" "${args[@]}"
}

# The hall's own settings and the readings of hanzi; cheap to repeat.
load_hall() {
	local stamp readings=$HALL_DIR/state/pinyin.csv
	hall_ask "select hall.found($HALL_NUMBER, :'name', '$HALL_MODE' = 'test', '$HALL_MODE' = 'training')
		where hall.setting_text('hall.number') = '0'" -v "name=$HALL_NAME" >/dev/null
	stamp=$(cat "$TOP/scripts/pinyin" "$TOP"/sql/data/pinyin/*.csv | sha256sum | cut -c1-64)
	[ "$stamp" != "$(cat "$HALL_DIR/state/pinyin.sum" 2>/dev/null)" ] || return 0
	"$TOP/scripts/pinyin" >"$readings"
	# shellcheck disable=SC2016 # the backquotes are psql's
	load_run '\set readings `cat -- :'"'readings_file'"'`
\set phrases `cat -- :'"'phrases_file'"'`
\set surnames `cat -- :'"'surnames_file'"'`
select what from admin.load_pinyin(:'"'readings'"', :'"'phrases'"', :'"'surnames'"');' \
		-v "readings_file=$readings" -v "phrases_file=$TOP/sql/data/pinyin/phrases.csv" \
		-v "surnames_file=$TOP/sql/data/pinyin/surnames.csv" >/dev/null
	rm -f "$readings"
	echo "$stamp" >"$HALL_DIR/state/pinyin.sum"
}

# The demo hall's own files, again only when they changed.
load_demo() {
	local stamp data=$TOP/sql/data
	stamp=$(cat "$data"/catalogue/*.csv "$data"/projects/*.csv "$data"/floor/*.csv "$data"/calendar/*.json "$TOP"/sql/admin/*.sql | sha256sum | cut -c1-64)
	[ "$stamp" != "$(cat "$HALL_DIR/state/demo.sum" 2>/dev/null)" ] || return 0
	{
		load_calendar "$data"/calendar/*.json
		load_floor "$data/floor"
		load_catalogue "$data/catalogue/items.csv" "$data/catalogue/guides.csv" "$data/catalogue/materials.csv"
		load_joint "$data/projects/stages.csv" "$data/projects/reviews.csv" "$data/projects/materials.csv"
		load_procedures "$data/catalogue/procedures.csv"
		load_silence "$data/catalogue/silence.csv"
	} >"$HALL_DIR/log/load.log"
	echo "$stamp" >"$HALL_DIR/state/demo.sum"
}
