# shellcheck shell=bash
# Templates of papers (DOC-4): taken out, loaded as a draft, tried over past cases, released.

# template_run SQL [-v NAME=VALUE...]: as yimen_admin, printed as a table.
template_run() {
	load_run "$@" -P format=aligned -P tuples_only=off -P footer=off -P null=
}

hall_template() {
	local what=${1-}
	[ $# -gt 0 ] && shift
	hall_known
	case $what in
	list)
		template_run 'select * from admin.template_list()'
		;;
	export)
		[ $# -eq 1 ] || [ $# -eq 2 ] || hall_die "template export wants KIND [VERSION]"
		template_version "${2-1}"
		load_run "select * from admin.template_csv(:'kind', nullif(:'version', '')::int)" -v "kind=$1" -v "version=${2-}"
		;;
	try)
		[ $# -ge 1 ] && [ $# -le 3 ] || hall_die "template try wants KIND [VERSION [PAPERS]]"
		template_version "${2-0}" "${3-1}"
		template_run "select * from admin.try_template(:'kind', :'version', :'papers')" \
			-v "kind=$1" -v "version=${2-0}" -v "papers=${3-50}"
		;;
	show)
		[ $# -eq 2 ] || [ $# -eq 3 ] || hall_die "template show wants KIND NUMBER [VERSION]"
		template_version "${3-0}"
		template_run "select * from admin.show_template(:'kind', :'version', :'number')" \
			-v "kind=$1" -v "version=${3-0}" -v "number=$2"
		;;
	release)
		[ $# -eq 1 ] || { [ $# -eq 2 ] && [ "$2" = --despite-faults ]; } || hall_die "template release wants KIND [--despite-faults]"
		load_run "select 'in force: ' || :'kind' || ' version ' || admin.release_template(:'kind', :'despite')" \
			-v "kind=$1" -v "despite=$([ $# -eq 2 ] && echo yes || echo no)"
		;;
	*) hall_die "template knows list, export, try, show and release" ;;
	esac
}

template_version() {
	local n
	for n in "$@"; do
		[[ $n =~ ^[0-9]{1,6}$ ]] || hall_die "template: $n is not a number"
	done
}
