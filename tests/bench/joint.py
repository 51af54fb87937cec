"""Joint cases (PAR-1, PAR-3): how soon a case that was accepted is on the screens of twelve departments, each with a line
of its own, and the lead's board with ten thousand open reviews. One is on a screen when its line heard of it and
the list it asks for then has come; the second part is measured by itself."""

import os
import subprocess

import queues
from crowd import Crowd

HERE = os.path.dirname(os.path.realpath(__file__))
DEPARTMENTS, REVIEWS = 12, 10000

# The item becomes a joint one: a post in each of twelve departments reviews, a person at a window holds it.
TWELVE = """
with d as (select department_id, row_number() over (order by department_id) as n from hall.department limit {n}),
s as (insert into hall.staff (login, name, department_id, secret, must_change)
  select 'joint.' || d.n, '审查' || d.n, d.department_id, '$argon2id$none', false from d returning staff_id, login),
p as (insert into hall.post (code, name, department_id, duty)
  select 'joint.' || d.n, d.n || '号会审', d.department_id, 'review' from d returning post_id, code),
l as (insert into hall.post_place select p.post_id, 'A', s.staff_id from p join s on s.login = p.code),
i as (update hall.item_version set handling = 'joint', promised = 20, statutory = null, unit = 'workday' where item_version_id = {item})
insert into hall.item_review
select {item}, split_part(p.code, '.', 2)::int2, '会审' || p.code, p.post_id, 10, 'workday', false, null from p;
select rule.hold(null::command.call, p.post_id, s.staff_id, 'A', 'appoint', null)
from hall.post p join hall.staff s on s.login = p.code where p.code like 'joint.%';
update hall.item_step set post_id = (select post_id from hall.item_step where item_version_id = {item} and seq = 0)
where item_version_id = {item};
"""

# A case is taken in and checked; what is measured is the acceptance, at which all reviews open.
READY = """
do $$
declare
  e int4 := (select w.epoch from hall.window w where w.window_id = {window});
  c record;
  r record;
begin
  for n in 1 .. {count} loop
    select * into strict c from api.case_receive('\\x{token}', e, 7::int2, n, sha256('r'), {item}, 'resident', '110101199001010015',
      '欧阳小明', '13812345678', null, null, null, null, null, null, null, '测量',
      (select array_agg(m.seq order by m.seq) from hall.item_material m where m.item_version_id = {item}),
      (select array_agg('present'::text) from hall.item_material m where m.item_version_id = {item}), null, null);
    if c.status <> 0 then
      raise exception 'not received: %', c.code;
    end if;
    insert into bench.joint values (c.case_id);
    for r in select * from bench.department loop
      perform api.review_check(r.token, r.epoch, 7::int2, n, sha256('v'), c.case_id, r.seq, 'complete', null, null);
    end loop;
  end loop;
end $$;
"""


class Twelve(Crowd):
    """A window for each department, and the lead's, which does not listen."""

    def prepare(self):
        windows = self.hall.add_windows(self.first, self.count)
        numbers = sorted(windows)
        self.item, materials, self.login = self.hall.items(1)[0]
        self.hall.psql(TWELVE.format(n=DEPARTMENTS, item=self.item))
        logins = [f"joint.{n + 1}" for n in range(DEPARTMENTS)] + [self.login]
        epochs = self.hall.open_sessions([(windows[no][0], login, self.hall.token(no)) for no, login in zip(numbers, logins)])
        self.window, self.token = windows[numbers[-1]][0], self.hall.token(numbers[-1])
        values = ",".join(f"({n + 1}::int2, '\\x{self.hall.token(no)}'::bytea, {epochs[windows[no][0]]})"
                          for n, no in enumerate(numbers[:DEPARTMENTS]))
        self.hall.psql("create schema if not exists bench; create table bench.joint (case_id int8);"
                       f" create table bench.department as select * from (values {values}) d (seq, token, epoch)")
        with open(os.path.join(self.folder, "crowd.plan"), "w") as f:
            f.writelines(f"{windows[no][1]} {self.hall.token(no)} {self.item} {materials}\n" for no in numbers[:DEPARTMENTS])
        self.count = DEPARTMENTS


def screens(hall, twelve, build, count, out):
    """Accepted over a line, as a window does it: yimend knows of what it committed itself. COMMIT's moment is
    PostgreSQL's own (track_commit_timestamp), the hearing's the listener's."""
    said = subprocess.run(["bash", "-c", hall.script("env", "--as", twelve.login) + "\nenv -0"], capture_output=True, text=True, check=True).stdout
    env = dict(v.split("=", 1) for v in said.split("\0") if "=" in v)
    hall.psql(READY.format(window=twelve.window, token=twelve.token, item=twelve.item, count=count))
    twelve.start()
    twelve.tell(f"subscribe {DEPARTMENTS}")
    said = twelve.tell(f"listen {count} review.open")
    for case, version in hall.rows("select case_id, version from bench.joint join hall.case_file using (case_id) order by 1"):
        done = subprocess.run([os.path.join(build, "yimenctl"), "case.accept", f"case_id={case}", f"version={version}"], env=env,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"not accepted: {done.stderr}")
    said = twelve.process.stdout.readline().split()
    twelve.stop()
    committed = {int(news): int(at) for news, at in hall.rows(
        "select news_id, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::int8 from hall.news where event = 'review.open'")}
    with open(twelve.heard) as f:
        heard = [tuple(int(v) for v in line.split(",")) for line in f][-int(said[1]):]
    late = sorted(at - committed[news] for news, _, at in heard if news in committed)
    out("joint.departments", DEPARTMENTS, "screens")
    out("joint.unheard", DEPARTMENTS * count - len(late), "hearings")
    for name, of in (("p50", 0.5), ("p99", 0.99), ("max", 1)):
        out(f"joint.heard.{name}", queues.quantile(late, of), "ms")


def board(hall, twelve, folder, rounds, out):
    hall.psql("", "-v", f"cases={REVIEWS // DEPARTMENTS + 1}", "-v", f"item={twelve.item}", "-f", os.path.join(HERE, "../load/joint.sql"))
    hall.psql("vacuum analyze")
    out("joint.open", int(hall.ask("select count(*) from hall.review where waits = 'review'")), "reviews")
    case = hall.ask("select max(case_id) from hall.review where waits = 'review'")
    first = hall.ask("select encode(token, 'hex') from bench.department where seq = 1")
    for name, token, call in (("case", twelve.token, f"'case', {case}, null, null"), ("lead", twelve.token, "'lead', null, null, null"),
                              ("mine", first, "'mine', null, null, null")):
        call = f"api.review_list('\\x{token}'::bytea, {call})"
        queues.by_pgbench(hall, folder, "joint", call, 20)
        times = queues.by_pgbench(hall, folder, "joint_" + name, call, rounds)
        for q, of in (("p50", 0.5), ("p99", 0.99)):
            out(f"review_list.{name}.{q}", queues.quantile(times, of), "ms")


def measure(hall, folder, build, count, rounds, out):
    """track_commit_timestamp is on."""
    twelve = Twelve(hall, folder, build, 3001, DEPARTMENTS + 1)
    twelve.prepare()
    screens(hall, twelve, build, count, out)
    board(hall, twelve, folder, rounds, out)
