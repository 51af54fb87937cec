"""A midnight with a hundred thousand running cases (CLK-5, issue 4): how much of the server's time a thousand
lights take that turn, and how long commands take while they do, against how long without."""

import os
import time

from hall import cpu_of_cluster

HERE = os.path.dirname(os.path.realpath(__file__))
ROUND = 6  # seconds of commands


def set_clock(hall, at):
    hall.psql("insert into hall.setting values ('clock.ahead', (timestamptz '" + at + "' - hall.wall())::text, 'bench')"
              " on conflict (name) do update set value = excluded.value")


def midnights(hall, least):
    """Those on which the most lights turn, in their order."""
    got = hall.rows(f"select at, count(*) from hall.due where kind in ('light', 'step_light') and at > hall.clock()"
                    f" group by at having count(*) >= {least} order by at")
    if len(got) < 2:
        raise RuntimeError(f"too few midnights with {least} lights: {got}")
    return [at for at, _ in got]


ALL_DUE = """
do $$
declare
  n int4;
begin
  loop
    select t.fired into n from api.tick(50) t;
    commit;
    exit when n = 0;
  end loop;
end $$;
"""


def alone(hall):
    """Seconds, and of those a processor's, for all that is due now, in the pages yimend asks for; how many they were."""
    n, began, used = due(hall), time.monotonic(), cpu_of_cluster(hall.postmaster())
    hall.psql(ALL_DUE)
    return time.monotonic() - began, cpu_of_cluster(hall.postmaster()) - used, n - due(hall)


def due(hall):
    return int(hall.ask("select count(*) from hall.due where at <= hall.clock()"))


def measure(hall, crew, cases, out):
    hall.stop_server()
    set_clock(hall, "2026-11-25 22:00+08")
    hall.psql("", "-v", f"cases={cases}", "-f", os.path.join(HERE, "../load/running.sql"))
    hall.psql("vacuum analyze")
    first, second, *_ = midnights(hall, cases // 40)
    set_clock(hall, first)
    alone(hall)  # what else was due
    set_clock(hall, second)
    seconds, used, fired = alone(hall)
    out("sweep.cases", cases, "cases")
    out("sweep.facts", fired, "facts")
    out("sweep.server", seconds / fired * 1000, "s_per_1000_facts")
    out("sweep.processor", used / fired * 1000, "s_per_1000_facts")
    hall.psql("vacuum analyze")
    hall.start_server()
    crew.tell("go 3")
    without = [crew.tell(f"go {ROUND}")]
    third = midnights(hall, cases // 40)[0]
    set_clock(hall, third)
    before = due(hall)
    began = time.monotonic()
    during = crew.tell(f"go {ROUND}")
    left = due(hall)
    out("sweep.during.facts", before - left, "facts")
    out("sweep.during.seconds", time.monotonic() - began, "s")
    hall.psql(ALL_DUE)
    without.append(crew.tell(f"go {ROUND}"))
    for op in ("receive", "accept"):
        for q in ("p50", "p99"):
            usual = sum(w[f"{op}_{q}"] for w in without) / len(without)  # before and after
            out(f"sweep.{op}.{q}.without", usual / 1000, "ms")
            out(f"sweep.{op}.{q}.during", during[f"{op}_{q}"] / 1000, "ms")
            out(f"sweep.{op}.{q}.ratio", during[f"{op}_{q}"] / usual, "of_without")
