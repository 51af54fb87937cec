"""A thousand windows: what an idle one costs yimend, and how soon an event reaches 500 of them
while another database holds a write transaction open."""

import os
import subprocess

WRITERS = 4


class Crowd:
    """One process with many windows, each with a certificate and a session of its own, resumed by
    its token: a thousand passwords need not be hashed to measure memory."""

    def __init__(self, hall, folder, build, first, count):
        self.hall = hall
        self.folder = folder
        self.build = build
        self.first = first
        self.count = count
        self.heard = os.path.join(folder, "heard.csv")
        self.process = None

    def prepare(self):
        windows = self.hall.add_windows(self.first, self.count)
        item, materials, login = self.hall.items(1)[0]
        wanted, lines = [], []
        for n in sorted(windows):
            window, certificate = windows[n]
            token = self.hall.token(n)
            wanted.append((window, login, token))
            lines.append(f"{certificate} {token} {item} {materials}\n")
        self.hall.open_sessions(wanted)
        with open(os.path.join(self.folder, "crowd.plan"), "w") as f:
            f.writelines(lines)

    def start(self):
        self.process = subprocess.Popen(
            [os.path.join(self.build, "bench_crowd"), self.hall.dir, os.path.join(self.folder, "crowd.plan"),
             self.heard, str(WRITERS)], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        words = self.process.stdout.readline().split()
        if words[:1] != ["ready"] or int(words[1]) != self.count:
            raise RuntimeError(f"bench_crowd: {words}")

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        words = self.process.stdout.readline().split()
        if not words:
            raise RuntimeError("bench_crowd ended")
        return words

    def stop(self):
        self.process.stdin.close()
        self.process.wait(20)


def memory(hall, crowd, out):
    from hall import memory_kib
    before = memory_kib(hall.server.pid)
    crowd.start()
    after = memory_kib(hall.server.pid)
    out("memory.windows", crowd.count, "windows")
    out("memory.server", after, "KiB")
    out("memory.window", (after - before) / crowd.count, "KiB/window")


class IdleWriter:
    """A write transaction that stays open in another database of the cluster."""

    def __init__(self, hall):
        if hall.ask("select count(*) from pg_database where datname = 'other'") == "0":
            hall.psql("create database other")
        self.psql = subprocess.Popen(hall.psql_command("-At", database="other"), stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, text=True)
        self.psql.stdin.write("begin; create table if not exists idle (n int); insert into idle values (1);"
                              " select pg_current_xact_id();\n")
        self.psql.stdin.flush()
        self.xact = int(self.psql.stdout.readline())

    def end(self):
        self.psql.stdin.close()
        self.psql.wait(10)


def events(hall, crowd, listeners, rate, count, out):
    """COMMIT's moment is PostgreSQL's own (track_commit_timestamp), the hearing's the listener's."""
    crowd.tell(f"subscribe {listeners}")
    idle = IdleWriter(hall)
    try:
        crowd.tell(f"write {rate} {rate}")  # once, to warm up
        said = crowd.tell(f"write {rate} {count}")
    finally:
        idle.end()
    committed = {int(event): int(at) for event, at in hall.rows(
        "select event_id, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::int8 from hall.event"
        " where pg_xact_commit_timestamp(xmin) is not null")}
    late, heard = [], {}
    with open(crowd.heard) as f:
        for line in f:
            event, window, at = (int(v) for v in line.split(","))
            heard.setdefault(event, set()).add(window)
            late.append(at - committed[event])
    late = sorted(late[-int(said[1]):])
    missing = sum(1 for windows in heard.values() if len(windows) != listeners)
    out("event.listeners", listeners, "windows")
    out("event.heard", int(said[1]), "hearings")
    out("event.unheard", int(said[3]) - int(said[1]), "hearings")
    out("event.partly_heard", missing, "events")
    for name, part in (("p50", 500), ("p99", 990), ("max", 1000)):
        out(f"event.{name}", late[(len(late) - 1) * part // 1000] / 1000, "ms")
