"""The last answer of a joint case and the moment at which silence counts, with a fault before and after COMMIT (PAR-3,
DEEM-1). Both transactions are held at COMMIT by a constraint trigger; then yimend, a backend or PostgreSQL is killed
while they wait, or when they are through and yimend, stopped, has told nobody. Afterwards each has happened once."""

import os
import signal
import subprocess

from hall import BUILD, wait_for

PATIENCE = 30
LOCK = "5199, 77"

HELD = f"""
create schema if not exists load;
create function load.held() returns trigger language plpgsql security definer as $$
begin
  perform pg_advisory_xact_lock_shared({LOCK});
  return null;
end $$;
create constraint trigger held after insert on hall.opinion deferrable initially deferred for each row execute function load.held();
"""

# An item with two reviews, of the two other posts: in the first silence counts after a working day.
JOINT = """
update hall.item_version set handling = 'joint', promised = 20, statutory = null, unit = 'workday' where item_version_id = {item};
insert into hall.item_review
select {item}, o.n, '审查' || o.n, s.post_id, case o.n when 1 then 1 else 9 end, 'workday', false, case o.n when 1 then '测试规定' end
from (values (1, {one}::int8), (2, {other})) o (n, version) join hall.item_step s on s.item_version_id = o.version and s.seq = 0;
select rule.hold(null::command.call, p.post_id, p.staff_id, 'A', 'appoint', null) from hall.post_place p
where p.place = 'A' and p.post_id in (select s.post_id from hall.item_step s where s.item_version_id in ({item}, {one}, {other}) and s.seq = 0);
insert into hall.setting values ('clock.ahead', '0', 'how far the hall runs ahead') on conflict do nothing;
create table load.joint (round int4, matter text, case_id int8);
"""

# Two cases of a round, accepted: of one the second department has answered and the first keeps silent, of the other the
# first has answered and the second is to.
READY = """
do $$
declare
  c record;
  n int8 := {round} * 2 - 2; -- a slot's writes are numbered
  who int4; -- answers beforehand
  matter text;
  epochs int4[] := array(select w.epoch from unnest('{{{windows}}}'::int8[]) with ordinality q (id, o) join hall.window w on w.window_id = q.id order by q.o);
  tokens bytea[] := array['\\x{tokens[0]}'::bytea, '\\x{tokens[1]}', '\\x{tokens[2]}'];
  seqs int2[] := array(select m.seq from hall.item_material m where m.item_version_id = {item} order by 1);
begin
  foreach matter in array '{{silent,last}}'::text[] loop
    n := n + 1;
    select * into strict c from api.case_receive(tokens[1], epochs[1], 7::int2, n, sha256('r'), {item}, 'resident', '110101199001010015',
      '欧阳小明', '13812345678', null, null, null, null, null, null, null, 'joint-' || matter, seqs, array_fill('present'::text, array[cardinality(seqs)]), null, null);
    if c.status <> 0 then
      raise exception 'not received: %', c.code;
    end if;
    for i in 1 .. 2 loop
      perform api.review_check(tokens[1 + i], epochs[1 + i], 7::int2, n, sha256('v'), c.case_id, i::int2, 'complete', null, null);
    end loop;
    perform api.case_accept(tokens[1], epochs[1], 6::int2, n, sha256('a'), c.case_id, c.version, null, null, null, null);
    who := case matter when 'silent' then 2 else 1 end;
    perform api.review_opine(tokens[1 + who], epochs[1 + who], 6::int2, {round}, sha256('o'), c.case_id, who::int2, 'agree', null, null);
    if (select string_agg(coalesce(r.answer, r.waits), ' ' order by r.seq = who) from hall.review r where r.case_id = c.case_id) is distinct from 'review agree' then
      raise exception 'not ready: %', matter;
    end if;
    insert into load.joint values ({round}, matter, c.case_id);
  end loop;
end $$;
"""

# What there must be once of the two cases of a round: an answer of each kind, its event, that the lead was told.
ONCE = """
select j.matter || ' ' || concat_ws(' ',
  (select count(*) from hall.opinion o where o.case_id = j.case_id and o.seq = case j.matter when 'silent' then 1 else 2 end),
  (select count(*) from hall.event e where e.case_id = j.case_id and e.event = case j.matter when 'silent' then 'deem_review' else 'opine' end
    and (j.matter = 'silent' or e.detail::text ~ 'opinion.2.1')),
  (select count(*) from hall.news n where n.case_id = j.case_id and n.event = 'review.all'),
  (select string_agg(coalesce(r.answer, '-'), ' ' order by r.seq) from hall.review r where r.case_id = j.case_id))
from load.joint j where j.round = {round} order by 1
"""
WANTED = ["last 1 1 1 agree agree", "silent 1 1 1 deemed agree"]


class Joint:
    def __init__(self, hall, first):
        self.hall = hall
        items = hall.items(first + 2)[-3:]  # not those of the windows before, whose cases run
        self.item = items[0][0]
        self.logins = [login for _, _, login in items]
        windows = hall.add_windows(first, 3)
        numbers = sorted(windows)
        self.windows = [windows[no][0] for no in numbers]
        self.tokens = [hall.token(no) for no in numbers]
        hall.open_sessions(list(zip(self.windows, self.logins, self.tokens)))
        hall.psql(HELD + JOINT.format(item=self.item, one=items[1][0], other=items[2][0]))
        env = subprocess.run(["bash", "-c", hall.script("env", "--as", self.logins[2]) + "\nenv -0"], capture_output=True, text=True,
                             check=True).stdout
        self.env = dict(v.split("=", 1) for v in env.split("\0") if "=" in v)

    def waiting(self):
        """The backends that are held at COMMIT."""
        return [int(pid) for (pid,) in self.hall.rows("select pid from pg_locks where locktype = 'advisory' and not granted and classid = 5199 and objid = 77")]

    def hold_commits(self):
        holder = subprocess.Popen(self.hall.psql_command("-At"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        holder.stdin.write(f"select pg_advisory_lock({LOCK});\n\\echo held\n")
        holder.stdin.flush()
        while "held" not in holder.stdout.readline():
            pass
        return holder

    def answer(self, case_id):
        return subprocess.Popen([os.path.join(BUILD, "yimenctl"), "review.opine", f"case_id={case_id}", "review=2", "answer=agree"],
                                env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def strike(self, kind, victims):
        if kind == "yimend killed":
            self.hall.kill_server()
        elif kind == "backend killed":
            os.kill(victims[0], signal.SIGKILL)
        else:
            self.hall.stop_postgres("immediate")

    def mend(self, kind):
        if kind == "PostgreSQL stopped":
            self.hall.start_postgres()
        wait_for("PostgreSQL is back", PATIENCE, self.hall.answers, 0.05)
        if kind == "yimend killed":
            self.hall.start_server()

    def settled(self, number, case_id, answering):
        """The one who answered is told so, with the same words again where the hall was away too long; silence has counted."""
        said = answering.communicate(timeout=PATIENCE)[0]
        while answering.returncode == 75:
            answering = self.answer(case_id)
            said = answering.communicate(timeout=PATIENCE)[0]
        if answering.returncode != 0:
            raise RuntimeError(f"the last answer: {said.strip()}")
        wait_for("silence counts", PATIENCE, lambda: self.once(number)[1:] == WANTED[1:], 0.05)

    def once(self, number):
        return self.hall.ask(ONCE.format(round=number)).split("\n")

    def round(self, number, kind, when):
        hall = self.hall
        hall.psql(READY.format(round=number, item=self.item, windows=",".join(map(str, self.windows)), tokens=self.tokens))
        case_id = hall.ask(f"select case_id from load.joint where round = {number} and matter = 'last'")
        holder = self.hold_commits()
        hall.psql("update hall.setting set value = (r.due_at - clock_timestamp())::text from load.joint j join hall.review r using (case_id)"
                  f" where name = 'clock.ahead' and j.round = {number} and j.matter = 'silent' and r.seq = 1")
        answering = self.answer(case_id)
        victims = wait_for("both stand at COMMIT", PATIENCE, lambda: (lambda w: len(w) == 2 and w)(self.waiting()))
        if when == "after":
            hall.server.send_signal(signal.SIGSTOP)
            holder.kill()
            wait_for("both are through", PATIENCE, lambda: self.once(number) == WANTED)
            self.strike(kind, victims)
            self.mend(kind)
        else:
            self.strike(kind, victims)
            self.mend(kind)
            holder.kill()
        holder.communicate()
        if when == "after" and kind != "yimend killed":
            hall.server.send_signal(signal.SIGCONT)
        self.settled(number, case_id, answering)
        if self.once(number) != WANTED:
            raise RuntimeError(f"{kind} {when} COMMIT: {self.once(number)}")


def storm(hall, first, times):
    """Each fault before and after COMMIT, so many times; the server runs."""
    joint = Joint(hall, first)
    rounds = [(kind, when) for kind in ("yimend killed", "backend killed", "PostgreSQL stopped") for when in ("before", "after")]
    for number, (kind, when) in enumerate(rounds * times, 1):
        joint.round(number, kind, when)
    return len(rounds) * times
