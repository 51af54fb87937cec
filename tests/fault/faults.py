"""Windows at work and the faults that befall them. Each fault strikes while a request is under
way, is put right at once, and counts only when every window was told of something new after it."""

import os
import random
import signal
import subprocess
import time

from hall import BUILD, PASSWORD, children, kill_quietly, wait_for
from proxy import Cut, Proxy

PATIENCE = 60  # seconds until a hall must be at work again
TURN = 5  # seconds a window is waited for before another one is tried
# Of a hundred faults.
SHARES = {"answer cut": 50, "request cut": 6, "greeting cut": 5, "yimend killed": 11, "backend terminated": 8, "backend killed": 5,
          "PostgreSQL stopped": 5, "COMMIT refused": 4, "window killed": 7}

# A constraint that is looked at by COMMIT alone: everything the function did and answered was
# right, and then it is undone. Whoever acknowledges before COMMIT has returned is found out.
REFUSAL = """
create schema load;
create table load.weather (refusal text, at_number bool);
insert into load.weather values (null, false);
create function load.at_commit() returns trigger language plpgsql security definer as $$
declare
  state text := (select refusal from load.weather where not at_number);
begin
  if state is not null and random() < 0.7 then
    raise exception 'COMMIT refused' using errcode = state;
  end if;
  return null;
end $$;
create constraint trigger at_commit after update on hall.command deferrable initially deferred
  for each row execute function load.at_commit();
-- And a number was just taken: it goes back with everything else.
create function load.at_number() returns trigger language plpgsql security definer as $$
declare
  state text := (select refusal from load.weather where at_number);
begin
  if state is not null and random() < 0.7 then
    raise exception 'no paper after its number' using errcode = state;
  end if;
  return new;
end $$;
create trigger at_number before insert on hall.notice for each row execute function load.at_number();
"""

# A whole life at one window: an item of two steps, and who takes it in is its chief representative and a
# supervisor, too. A fee, a promise that can be made longer and shorter.
LIFE = """
update hall.item_version v set promised = 10, statutory = 20, unit = 'workday', fee = 1250, fee_basis = '某办法第三条'
where v.item_version_id = {item};
delete from hall.item_step s where s.item_version_id = {item} and s.seq > 0;
insert into hall.item_step
select s.item_version_id, n, case n when 1 then 'handle' else 'decide' end, '环节' || n, s.post_id, n * 2
from hall.item_step s, generate_series(1, 2) n where s.item_version_id = {item} and s.seq = 0;
select rule.hold(null::command.call, p.post_id, t.staff_id, 'A', 'appoint', null)
from hall.staff t, hall.post p
where t.login = '{login}' and p.post_id in (
  (select c.post_id from hall.post c join hall.item i using (department_id) join hall.item_version v using (item_id)
    where v.item_version_id = {item} and c.duty = 'chief' order by c.post_id limit 1),
  (select s.post_id from hall.post s where s.duty in ('supervisor1', 'supervisor2', 'supervisor3', 'duty') and s.holder_id is null
    order by s.post_id limit 1));
"""


class Window:
    """A process that plays one window, behind a proxy of its own."""

    def __init__(self, hall, folder, no, certificate, item, materials, login, cases=0, pace=0, finish=False,
                 life=False):
        self.name = f"load-{no}"
        self.record = os.path.join(folder, "records", self.name + ".record")
        self.proxy = Proxy(hall.port)
        os.makedirs(os.path.dirname(self.record), exist_ok=True)
        self.command = [os.path.join(BUILD, "fault_window"), hall.dir, certificate,
                        os.path.join(folder, "state-" + self.name), self.record, self.name,
                        str(self.proxy.port), str(item), str(materials)] + ([str(cases)] if cases else [])
        self.env = {**os.environ, "LOGIN": login, "PASSWORD": PASSWORD}
        if pace:
            self.env["PACE"] = str(pace)
        if finish:
            self.env["FINISH"] = "1"
        if life:
            self.env["LIFE"] = "1"
        self.log = open(os.path.join(folder, self.name + ".log"), "a")
        self.process = None
        self.read_to, self.answers = 0, 0

    def start(self):
        self.process = subprocess.Popen(self.command, env=self.env, stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)

    def kill(self):
        kill_quietly(self.process)

    def told(self):
        """Answers in its record so far."""
        try:
            with open(self.record, "rb") as f:
                f.seek(self.read_to)
                new = f.read()
        except FileNotFoundError:
            return 0
        whole = new.rfind(b"\n") + 1
        self.read_to += whole
        self.answers += sum(1 for line in new[:whole].split(b"\n") if line[:2] == b"A ")
        if self.process.poll() is not None and self.process.returncode != 0:
            raise RuntimeError(f"{self.name} ended with {self.process.returncode}, see {self.log.name}")
        return self.answers

    def ask_to_end(self):
        """It settles what is under way and begins nothing more."""
        self.process.send_signal(signal.SIGTERM)

    def finish(self):
        """Everything settled and nothing begun; it must end by itself."""
        self.ask_to_end()
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise RuntimeError(f"{self.name} could not settle its writes in {PATIENCE} s") from None
        if code != 0:
            raise RuntimeError(f"{self.name} ended with {code}")


def crew(hall, folder, first, count, cases=0, pace=0):
    windows = hall.add_windows(first, count)
    items = hall.items(count)
    for item, _, login in items:
        hall.psql(LIFE.format(item=item, login=login))
    return [Window(hall, folder, no, windows[no][1], *items[i % len(items)], cases=cases, pace=pace, life=True)
            for i, no in enumerate(sorted(windows))]


class Storm:
    def __init__(self, hall, windows, seed):
        self.hall = hall
        self.windows = windows
        self.random = random.Random(seed)
        self.next_byte = 0
        self.cuts = {}  # position → length of the record cut there
        self.struck = {name: 0 for name in SHARES}
        hall.psql(REFUSAL)

    def schedule(self, n):
        """n kinds of fault in the shares above, at least one of each, shuffled."""
        kinds = [name for name, share in SHARES.items() for _ in range(max(1, n * share // 100))]
        kinds = (kinds + ["answer cut"] * n)[:max(n, len(SHARES))]
        self.random.shuffle(kinds)
        return kinds

    def strike(self, kind):
        {"answer cut": self.cut_answer, "request cut": self.cut_request,
         "greeting cut": self.cut_greeting, "yimend killed": self.kill_server,
         "backend terminated": self.terminate_backend, "backend killed": self.kill_backend,
         "PostgreSQL stopped": self.stop_postgres,
         "COMMIT refused": self.refuse_commit, "window killed": self.kill_window}[kind]()
        self.struck[kind] += 1

    def under_way(self):
        """A moment at which some window has just sent something: a few tenths of a
        millisecond later or some milliseconds, so that every stage of a write is hit."""
        if Proxy.after_requests(self.random.randint(1, 8), PATIENCE) is None:
            raise RuntimeError("no window sends anything")
        time.sleep(self.random.choice((0, 0, 0.001, 0.003, 0.008)) * self.random.random())

    def calm(self, before):
        """Every window has been told something since, and nothing ended that was not killed."""
        for window, told in zip(self.windows, before):
            wait_for(f"{window.name} goes on", PATIENCE, lambda w=window, n=told: w.told() > n, 0.02)
        if self.hall.server.poll() is not None:
            raise RuntimeError(f"yimend ended by itself with {self.hall.server.returncode}")

    def counts(self):
        return [w.told() for w in self.windows]

    def until_one(self, test, or_else):
        """A window of which test holds, which is at work just now; another one each time it does not."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            busy = Proxy.after_requests(self.random.randint(1, len(self.windows)), TURN)
            window = next((w for w in self.windows if w.proxy is busy), None)
            if window is not None and test(window):
                return window
        raise RuntimeError(or_else)

    def _cut(self, window, cut, seconds=PATIENCE):
        window.proxy.arm(cut)
        return cut.done.wait(seconds) or (not window.proxy.disarm() and cut.done.wait(PATIENCE))

    def window(self):
        return self.random.choice(self.windows)

    def cut_answer(self):
        """One byte further than the last one, from before the first to after the last."""
        cut = Cut("answer", self.next_byte, self.random.random() < 0.5)
        try:
            self.until_one(lambda w: self._cut(w, cut, TURN), f"nothing came to cut at {cut.at}")
        except RuntimeError:
            if self.next_byte == 0:
                raise
            self.next_byte = 0  # answers as long as the longest are too rare to wait for
            self.cut_answer()
            return
        self.cuts[cut.at] = cut.length
        self.next_byte = cut.at + 1
        if self.next_byte > max(w.proxy.longest for w in self.windows):
            self.next_byte = 0

    def cut_request(self):
        cut = Cut("request", self.random.randrange(0, 60), self.random.random() < 0.5)
        self.until_one(lambda w: self._cut(w, cut, TURN), "no request came to be cut")

    def cut_greeting(self):
        """The line goes, and once more while hello or resume are on their way."""
        window = self.window()
        cut = Cut("answer", self.random.randrange(0, 70), True, fresh=True)
        window.proxy.arm(cut)
        window.proxy.drop()
        if not self._cut(window, cut):
            raise RuntimeError(f"{window.name}: no greeting came to cut at {cut.at}")

    def kill_server(self):
        self.under_way()
        self.hall.kill_server()
        self.hall.start_server()

    def backend(self):
        """The process id of one of yimend's connections."""
        def one():
            found = []
            for pid in children(self.hall.postmaster()):
                try:
                    with open(f"/proc/{pid}/cmdline") as f:
                        if "yimen_server" in f.read():
                            found.append(pid)
                except (FileNotFoundError, ProcessLookupError):
                    pass
            return self.random.choice(found) if found else None
        return wait_for("yimend has connections", PATIENCE, one)

    def terminate_backend(self):
        self.under_way()
        os.kill(self.backend(), signal.SIGTERM)  # what pg_terminate_backend does

    def kill_backend(self):
        self.under_way()
        os.kill(self.backend(), signal.SIGKILL)  # its postmaster starts all of them anew
        wait_for("PostgreSQL is back", PATIENCE, self.hall.answers, 0.05)

    def stop_postgres(self):
        self.under_way()
        self.hall.stop_postgres("immediate")
        self.hall.start_postgres()

    def refuse_commit(self):
        """For the next few writes; 40001 asks the server to try again, 23514 to give up."""
        state = self.random.choice(("40001", "23514"))
        number = self.random.random() < 0.5  # after a number was taken, or by COMMIT itself
        self.hall.psql(f"update load.weather set refusal = '{state}', at_number = {str(number).lower()}")
        self.under_way()
        self.hall.psql("update load.weather set refusal = null")

    def kill_window(self):
        self.under_way()
        window = self.window()
        window.kill()
        window.start()

    def report(self):
        longest = max(w.proxy.longest for w in self.windows)
        yield "faults: " + ", ".join(f"{n} × {kind}" for kind, n in self.struck.items())
        yield f"answers of up to {longest} bytes were cut at {len(self.cuts)} of {longest + 1} places"
