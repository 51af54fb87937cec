"""case.receive + case.accept: through yimend by 32 windows over TLS, and by pgbench calling the
same two functions with the server's role on 8 connections; rounds in turn, in one hall."""

import os
import re
import resource
import statistics
import subprocess

WINDOWS = 32
CONNECTIONS = 8
EACH = WINDOWS // CONNECTIONS  # windows one pgbench connection plays

SETUP = """
create schema bench;
create table bench.station (no int4 primary key, window_id int8, token bytea, epoch int4, item_id int8,
  seqs int2[], states text[]);
create function bench.station(p_no int4)
returns table (token text, epoch int4, item text, seqs text, states text, seq int8)
language sql security definer as $$
  select s.token::text, s.epoch, s.item_id::text, s.seqs::text, s.states::text,
    case when c.epoch = s.epoch then c.seq else 0 end
  from bench.station s join hall.command c on c.window_id = s.window_id and c.slot = 0
  where s.no = p_no $$;
grant usage on schema bench to yimen_server;
grant execute on function bench.station to yimen_server;
"""

# One of a connection's windows; K is its number. The applicant is made up as bench_pairs does.
SCRIPT = r"""
\if :seqK < 0
select token, epoch, item, seqs, states, seq from bench.station(:client_id * EACH + K) \gset K_
\set seqK :K_seq
\endif
\set y random(1950, 2004)
\set m random(1, 12)
\set d random(1, 28)
\set n random(0, 999)
\set sum 95 + 4 * (:y / 1000) + 2 * (:y / 100 % 10) + (:y / 10 % 10) + 6 * (:y % 10) + 3 * (:m / 10) + 7 * (:m % 10) + 9 * (:d / 10) + 10 * (:d % 10) + 5 * (:n / 100) + 8 * (:n / 10 % 10) + 4 * (:n % 10)
\set check (12 - :sum % 11) % 11
\set front 510107 * 100000000000 + :y * 10000000 + :m * 100000 + :d * 1000 + :n
\set a random(1, 10)
\set b random(1, 16)
\set c random(1, 16)
\set phone random(10000000, 99999999)
\set seqK :seqK + 1
select * from api.case_receive(:K_token::bytea, :K_epoch::int4, 0::int2, :seqK::int8, :hash::bytea, :K_item::int8, 'resident', :front::text || case :check::int4 when 10 then 'X' else :check::text end, substr('王李张刘陈杨赵黄周吴', :a::int4, 1) || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明', :b::int4, 1) || substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明', :c::int4, 1), '138' || :phone::text, '示例区人民路1号', null, null, null, null, null, null, 'load', :K_seqs::int2[], :K_states::text[], null, null) \gset r_
\if :r_status <> 0
select 1 / 0
\endif
\set seqK :seqK + 1
select * from api.case_accept(:K_token::bytea, :K_epoch::int4, 0::int2, :seqK::int8, :hash::bytea, :r_case_id::int8, :r_version::int4, null, null, null, null) \gset r_
\if :r_status <> 0
select 1 / 0
\endif
"""


class Pgbench:
    """The way without yimend."""

    def __init__(self, hall, folder):
        self.hall = hall
        self.scripts = []
        for k in range(EACH):
            path = os.path.join(folder, f"pair-{k}.sql")
            text = re.sub(r":K_(\w+)", rf":w{k}_\1", SCRIPT).replace(r"\gset K_", rf"\gset w{k}_")
            text = text.replace("seqK", f"seq{k}").replace("EACH + K)", f"{EACH} + {k})")
            with open(path, "w") as f:
                f.write(text)
            self.scripts.append(path)

    def stations(self, crew, first):
        """Its own windows, of the same items as those of yimend's."""
        wanted = [(crew.windows[n][0], crew.items[i][2], self.hall.token(n))
                  for i, n in enumerate(range(first, first + WINDOWS))]
        epochs = self.hall.open_sessions(wanted)
        self.hall.psql(SETUP)
        values = ",".join(
            f"({i}, {window}, '\\x{token}', {epochs[window]}, {crew.items[i][0]}, "
            f"array(select generate_series(1, {crew.items[i][1]})), array_fill('present'::text, array[{crew.items[i][1]}]))"
            for i, (window, _, token) in enumerate(wanted))
        self.hall.psql(f"insert into bench.station values {values}")

    def round(self, seconds):
        command = [os.path.join(self.hall.env["HALL_PGBIN"], "pgbench"), "-n", "-M", "prepared",
                   "-h", self.hall.socket(), "-U", "yimen_server", "-c", str(CONNECTIONS), "-j", "1",
                   "-T", str(seconds), "-D", "hash=\\x" + "00" * 32]
        for k, path in enumerate(self.scripts):
            command += ["-D", f"seq{k}=-1", "-f", path]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([*command, "yimen"], capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0 or "aborted" in done.stderr:
            raise RuntimeError(f"pgbench: {done.stderr[-2000:]}")
        pairs = int(re.search(r"actually processed: (\d+)", done.stdout)[1])
        rate = float(re.search(r"tps = ([\d.]+)", done.stdout)[1])
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {"pairs": pairs, "rate": rate, "client": cpu, "yimend": 0.0}


class Crew:
    """The way through yimend: one process that plays 32 windows."""

    def __init__(self, hall, folder, build, first, per_hall=WINDOWS):
        self.hall = hall
        self.items = hall.items(per_hall)
        if len(self.items) < per_hall:
            raise RuntimeError("too few items with a guide")
        self.windows = hall.add_windows(first, 2 * per_hall)
        self.first = first
        self.plan = os.path.join(folder, "pairs.plan")
        self.program = os.path.join(build, "bench_pairs")
        self.process = None

    def start(self):
        wanted, lines = [], []
        for i, n in enumerate(range(self.first, self.first + len(self.items))):
            window, certificate = self.windows[n]
            item, materials, login = self.items[i]
            wanted.append((window, login, self.hall.token(n)))
            lines.append(f"{certificate} {self.hall.token(n)} {item} {materials}\n")
        self.hall.open_sessions(wanted)
        with open(self.plan, "w") as f:
            f.writelines(lines)
        self.process = subprocess.Popen([self.program, self.hall.dir, self.plan, "1"], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.process.stdout.readline().strip() != "ready":
            raise RuntimeError("bench_pairs did not get its windows logged in")

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        words = self.process.stdout.readline().split()
        if not words:
            raise RuntimeError("bench_pairs ended")
        return {name: word if name == "slowest" else float(word) for name, word in zip(words[::2], words[1::2])}

    def round(self, seconds):
        from hall import cpu_seconds
        before = cpu_seconds(self.hall.server.pid)
        said = self.tell(f"go {seconds}")
        said["yimend"] = cpu_seconds(self.hall.server.pid) - before
        said["client"] = said["cpu"]
        said["rate"] = said["pairs"] / said["seconds"]
        return said

    def stop(self):
        self.process.stdin.close()
        self.process.wait(20)


def run_round(hall, way, seconds):
    from hall import cpu_of_cluster
    hall.psql("checkpoint")
    before = cpu_of_cluster(hall.postmaster())
    got = way.round(seconds)
    got["postgres"] = cpu_of_cluster(hall.postmaster()) - before
    return got


def measure(hall, crew, pgbench, rounds, seconds, out):
    """Rounds in turn, each pair of rounds in the other order than the one before."""
    hall.psql("vacuum analyze")
    run_round(hall, crew, min(3, seconds))
    run_round(hall, pgbench, min(3, seconds))
    hall.psql("vacuum analyze")
    through, direct = [], []
    for n in range(rounds):
        for way in ((crew, pgbench) if n % 2 == 0 else (pgbench, crew)):
            (through if way is crew else direct).append(run_round(hall, way, seconds))
    report(through, direct, out)


def report(through, direct, out):
    def median(rows, what):
        return statistics.median(what(r) for r in rows)

    ratios = sorted(a["rate"] / b["rate"] for a, b in zip(through, direct))
    out("pairs.yimend", median(through, lambda r: r["rate"]), "pairs/s")
    out("pairs.pgbench", median(direct, lambda r: r["rate"]), "pairs/s")
    out("pairs.ratio", statistics.median(ratios), "of_pgbench")
    out("pairs.ratio.least", ratios[0], "of_pgbench")
    out("pairs.ratio.most", ratios[-1], "of_pgbench")
    for name in ("receive", "accept"):
        for q in ("p50", "p99"):
            out(f"pairs.{name}.{q}", median(through, lambda r: r[f"{name}_{q}"]) / 1000, "ms")
    # Where the rest goes: processor time a pair, of each program.
    for name, rows in (("yimend", through), ("pgbench", direct)):
        for part in ("postgres", "yimend", "client"):
            if part == "yimend" and name == "pgbench":
                continue
            out(f"pairs.by_{name}.cpu.{part}", median(rows, lambda r: r[part] / r["pairs"] * 1e6), "us/pair")
