# shellcheck shell=bash
# TAP for the tests of scripts/hall: a folder of their own, thrown away when all went well.
# Sourced; the test says `plan_done` last.
set -u
TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
WORK=$(mktemp -d "${TMPDIR:-/tmp}/yimen-hall.XXXXXX")
chmod 755 "$WORK"
TESTS=0
FAILED=0
HALLS=()

tap_end() {
	local hall
	for hall in "${HALLS[@]}"; do
		"$TOP/scripts/hall" down "$hall" >/dev/null 2>&1
	done
	[ "$FAILED" -gt 0 ] || rm -rf "$WORK"
}
trap tap_end EXIT

# A hall of this test, stopped at its end: hall_made DIR [OPTION...]
hall_made() {
	HALLS+=("$1")
	"$TOP/scripts/hall" up "$@" --no-server >"$WORK/up.log" 2>&1
}

# check NAME COMMAND...: passes when the command succeeds.
check() {
	local name=$1
	shift
	TESTS=$((TESTS + 1))
	if "$@"; then
		echo "ok $TESTS - $name"
	else
		FAILED=$((FAILED + 1))
		echo "not ok $TESTS - $name"
	fi
}

# is NAME GOT WANTED
is() {
	TESTS=$((TESTS + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $TESTS - $1"
	else
		FAILED=$((FAILED + 1))
		echo "not ok $TESTS - $1"
		echo "#      got: $2" | head -n 20
		echo "# expected: $3" | head -n 20
	fi
}

# has NAME TEXT PIECE: the piece stands in the text.
has() {
	case $2 in
	*"$3"*) check "$1" true ;;
	*)
		check "$1" false
		printf '%s\n' "$2" | head -n 12 | sed 's/^/#   /'
		echo "# wanted: $3"
		;;
	esac
}

plan_done() {
	echo "1..$TESTS"
	[ "$FAILED" -eq 0 ]
}
