"""post.list and presence.board of a hall of 500 posts, by pgbench on one connection."""

import queues

POSTS = 500
CALLS = {"post_list": "api.post_list('\\x{0}'::bytea, true)", "presence_board": "api.presence_board('\\x{0}'::bytea, true)"}


def fill(hall):
    """As many more posts as there are to be, each with an A and a B of its own, most of them at work; some away."""
    hall.psql(f"""
        with d as (select department_id, row_number() over (order by department_id) - 1 as n from hall.department),
        s as (
          insert into hall.staff (login, name, department_id, must_change)
          select 'bench.' || g, '人员' || g, d.department_id, false
          from generate_series(1, 2 * ({POSTS} - (select count(*) from hall.post))) g
          join d on d.n = g % (select count(*) from d)
          returning staff_id, login, department_id
        ), p as (
          insert into hall.post (code, name, department_id, duty)
          select 'bench.' || g, '岗位' || g, d.department_id, 'window'
          from generate_series(1, {POSTS} - (select count(*) from hall.post)) g
          join d on d.n = (2 * g) % (select count(*) from d)
          returning post_id, code
        ), w as (
          insert into hall.post_window select p.post_id, (select window_id from hall.window where no = 1 + split_part(p.code, '.', 2)::int % 12), '2020-01-01' from p
        )
        insert into hall.post_place
        select p.post_id, l.place, s.staff_id
        from p cross join (values ('A', 0), ('B1', 1)) l (place, n)
        join s on split_part(s.login, '.', 2)::int = 2 * split_part(p.code, '.', 2)::int - l.n""")
    hall.psql("""
        do $$ declare p record; begin
          for p in select l.post_id, l.staff_id from hall.post_place l where l.place = 'A' order by 1 loop
            perform rule.hold(null::command.call, p.post_id, p.staff_id, 'A', 'appoint', null);
          end loop;
        end $$""")
    hall.psql("""
        insert into hall.window (no, name, kind) values (99999, '脚本', 'script'); -- whose sessions count as there without a line
        insert into hall.session (token_sha256, staff_id, window_id, opened_at, seen_at, expires_at)
        select sha256(('bench ' || s.staff_id)::bytea), s.staff_id, (select window_id from hall.window where no = 99999), hall.clock(), hall.clock(), hall.wall() + interval '1 day'
        from hall.staff s where s.role is null and s.staff_id % 10 < 8;
        insert into hall.whereabouts (staff_id, window_id, kind, destination, since, until_at)
        select s.staff_id, (select min(window_id) from hall.window), 'meeting', '三楼会议室', hall.clock(), hall.clock() + interval '2 hours'
        from hall.staff s where s.login ~ '^bench' and s.staff_id % 10 = 0""")
    hall.psql("vacuum analyze")


def measure(hall, crew, folder, rounds, out):
    fill(hall)
    out("boards.posts", int(hall.ask("select count(*) from hall.post")), "posts")
    out("boards.people", int(hall.ask("select count(*) from hall.staff where role is null")), "people")
    token = hall.token(crew.first)
    for name, call in CALLS.items():
        queues.by_pgbench(hall, folder, name, call.format(token), 50)
        times = queues.by_pgbench(hall, folder, name, call.format(token), rounds)
        for q, of in (("p50", 0.5), ("p99", 0.99), ("max", 1)):
            out(f"{name}.{q}", queues.quantile(times, of), "ms")
