"""case.queue of a post with 5,000 open cases: 200 rows at a time, through yimend at one window, and the
same function by pgbench on one connection."""

import os
import re
import subprocess

HERE = os.path.dirname(os.path.realpath(__file__))
OPEN = 5000
LISTS = ["all", "light", "suspended", "deliver"]


def fill(hall, item):
    post = hall.ask(f"select post_id from hall.item_step where item_version_id = {item} and seq = 0")
    hall.psql("", "-v", f"cases={OPEN}", "-v", f"post={post}", "-f", os.path.join(HERE, "../load/queue.sql"))
    hall.psql("vacuum analyze")
    return post


def quantile(times, q):
    return times[min(len(times) - 1, int(len(times) * q))] / 1000


def by_pgbench(hall, folder, name, call, rounds):
    """Sorted microseconds of each call of an api function."""
    script, log = os.path.join(folder, name + ".sql"), f"{name}-log-{rounds}"
    with open(script, "w") as f:
        f.write(f"select * from {call};\n")
    done = subprocess.run([os.path.join(hall.env["HALL_PGBIN"], "pgbench"), "-n", "-M", "prepared", "-h", hall.socket(),
                           "-U", "yimen_server", "-c", "1", "-t", str(rounds), "-f", script, "-l",
                           "--log-prefix", os.path.join(folder, log), "yimen"], capture_output=True, text=True, check=False)
    if done.returncode != 0 or "aborted" in done.stderr:
        raise RuntimeError(f"pgbench: {done.stderr[-2000:]}")
    times = []
    for name in os.listdir(folder):
        if re.fullmatch(re.escape(log) + r"\.\d+(\.\d+)?", name):
            with open(os.path.join(folder, name)) as f:
                times += [int(line.split()[2]) for line in f]
    return sorted(times)


def measure(hall, crew, folder, rounds, out):
    fill(hall, crew.items[0][0])
    out("case_queue.open", int(hall.ask("select count(*) from hall.case_file c join hall.item_step s on s.post_id = c.post_id"
                                        f" and s.item_version_id = {crew.items[0][0]} and s.seq = 0 where c.state not in"
                                        " ('closed', 'declined', 'withdrawn', 'lapsed')")), "cases")
    for name in LISTS:
        crew.tell(f"queue 50 {name}")
        said = crew.tell(f"queue {rounds} {name}")
        for q in ("p50", "p99", "max"):
            out(f"case_queue.{name}.{q}", said[q] / 1000, "ms")
    token = hall.token(crew.first)
    call = f"api.case_queue('\\x{token}'::bytea, null, null, null, 200, null, null)"
    by_pgbench(hall, folder, "queue", call, 50)
    times = by_pgbench(hall, folder, "queue", call, rounds)
    for q, of in (("p50", 0.5), ("p99", 0.99)):
        out(f"case_queue.all.{q}.pgbench", quantile(times, of), "ms")
