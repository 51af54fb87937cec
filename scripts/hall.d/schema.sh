# shellcheck shell=bash
# Tables and functions: sql/base replayed forward once each, rule, api, admin and report
# installed anew whenever one of their files changed. All in one transaction.

schema_roles() {
	HALL_DB=postgres hall_sql <<'SQL'
select format('create role %I %s', name, options)
from (values ('yimen_owner', 'nologin'), ('yimen_server', 'login'), ('yimen_admin', 'login')) as r(name, options)
where not exists (select from pg_roles where rolname = name)
\gexec
select 'create database yimen owner yimen_owner template template0 encoding ''UTF8'' locale ''C.UTF-8'''
where not exists (select from pg_database where datname = 'yimen')
\gexec
revoke all on database yimen from public;
grant connect on database yimen to yimen_server, yimen_admin;
-- Temporary tables only inside the loaders, which run as the owner: a table of the caller's own
-- could carry a trigger into them.
revoke temporary on database yimen from yimen_admin;
SQL
}

# The files that are replaced, in order; sql/rule/ORDER (names, one a line) goes first.
schema_replaced() {
	local folder
	if [ -r "$TOP/sql/rule/ORDER" ]; then
		sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' -e "s|^|$TOP/sql/rule/|" "$TOP/sql/rule/ORDER"
	fi
	for folder in rule api admin report; do
		[ ! -d "$TOP/sql/$folder" ] || find "$TOP/sql/$folder" -maxdepth 1 -name '*.sql' | sort
	done
}

schema_install() {
	local hash known files=() file applied name count=0
	hash=$({ find "$TOP/sql/base" -name '*.sql' | sort && schema_replaced; } | xargs -d '\n' cat | sha256sum | cut -c1-64)
	hall_sql <<'SQL'
create schema if not exists install;
comment on schema install is 'what scripts/hall has installed here';
create table if not exists install.file (
  name text primary key,
  sha256 text not null,
  at timestamptz not null default clock_timestamp()
);
comment on table install.file is 'the files of sql/base replayed, and one row for all that is replaced';
SQL
	known=$(hall_ask "select sha256 from install.file where name = 'replaced'")
	[ "$hash" != "$known" ] || return 0
	applied=" $(hall_ask "select string_agg(name, ' ') from install.file") "
	for file in "$TOP"/sql/base/*.sql; do
		name=base/${file##*/}
		case $applied in
		*" $name "*) ;;
		*)
			files+=(-c 'reset role' -f "$file" -c 'reset role' -c "insert into install.file (name, sha256) values ('$name', '$(sha256sum <"$file" | cut -c1-64)')")
			count=$((count + 1))
			;;
		esac
	done
	while read -r file; do
		files+=(-c 'reset role' -f "$file")
		count=$((count + 1))
	done < <(schema_replaced | awk '!seen[$0]++')
	# yimend compares the functions with its tables when it starts, and only then.
	server_stop
	hall_sql -1 "${files[@]}" -c 'reset role' -c "insert into install.file (name, sha256) values ('replaced', '$hash')
		on conflict (name) do update set sha256 = excluded.sha256, at = clock_timestamp()" >/dev/null ||
		hall_die "the schema could not be installed; nothing of it was changed"
	hall_say "schema: $count files installed"
}
