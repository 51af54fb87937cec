#!/usr/bin/python3
"""Cases by the thousand with the oracle's answers, for a comparison with the clocks the hall runs.

    tests/oracle/generate.py --out DIR [--seed 1] [--cases 100000] [--first 1] [--proofs]

The same arguments give the same bytes; case n is the same whatever --first and --cases are. The lives are
made to touch the rules' edges: moments on and a second beside opening, closing, noon and midnight; stand-
stills over exactly the opening hours, over lunch, from Saturday, touching, of no length, across the due
moment, begun or ended on it; extensions at and a second after it; Spring Festival, National Day, the
change of hours, the last of a month, the year's end, the unpublished year. Readings R1…: clock.py.

The calendar is sql/data/calendar as it is (2022 to 2026 published, nothing known of other years: weekends
only, 暂定), default opening hours, and the closures below, as one version. Files are tab separated without
a header, for psql: \\copy TABLE from 'FILE'. \\N is null, true and false are t and f, moments are local
(Asia/Shanghai) 'YYYY-MM-DD HH:MM:SS'.

closures.tsv  days on which the hall is shut, all of them working days else
  day date, name text

cases.tsv  a row for a case: what happened, and the answers for the end of its story
   1 case_no integer
   2 unit text                 workday, day, month, hour
   3 promised integer          of that unit
   4 statutory integer         of that unit, null: none
   5 received timestamp        the only delivery of papers
   6 silence boolean           accepted by silence, else by hand
   7 accepted timestamp        when that happened
   8 start timestamp           from which the total clock runs: accepted, or received when by silence
   9 extend_at timestamp       an extension was asked for, null: never
  10 extend_days integer       by how many working days
  11 expedite_at timestamp     expedited, null: never
  12 expedite_to integer       to how many of the unit; fewer than promised, and not over already
  13 decided timestamp         null: still running or standing still
  14 upto timestamp            the moment the answers are for: decided, or the end of what is told
  -- answers
  15 silence_at timestamp      when the delivery is (or would have been) accepted by silence: ONE-2
  16 extended boolean          the extension was in time (R6), null: none asked. When f it has no effect
  17 due timestamp             the promise's, null: standing still (R1…R8)
  18 provisional boolean       due is 暂定, f when null
  19 statutory_due timestamp   null: standing still or none
  20 timing text               early, on_time, overdue; null when not decided (R12)
  21 spare integer             days to spare, negative: over; null when not decided
  22 counted integer           days of the proof of due that count; null when due is
  23 skipped integer           its days that do not: weekend, holiday, closure, still
  24 proof text                md5 of its lines 'YYYY-MM-DD token' joined by newlines, from the start's
                               date to the due date: clock.py, Row and digest()
  25 deliver_by timestamp      10 working days from the decision's date; null when not decided
  26 lapse_at timestamp        30 calendar days from received's date, as for a notice sent then: ONE-2
  27 review_until timestamp    60 calendar days from received's date, as for a decision delivered then
  28 sue_until timestamp       6 months, likewise: NEG-3

stills.tsv  stand-stills in the order of their beginning, none of them overlap
  case_no integer, serial integer, kind text (suspend, forward, correct), since timestamp,
  until timestamp (null: goes on after upto)

asks.tsv  the clock as seen at moments from the acceptance to upto, knowing only what had happened by then:
          what happened at that very moment had; a stand-still is over at its until
  case_no integer, serial integer, at timestamp
  -- answers
  promised integer, extra integer    the promise in force, and the working days of its extension (R7)
  standing boolean, due timestamp, statutory_due timestamp, provisional boolean,
  days_left integer (R9, R10), light text (green, yellow, red; yellow from 3 days: R11)

proofs.tsv  only with --proofs: the rows digested above
  case_no integer, day date, token text, name text, number integer, provisional boolean
"""
import argparse
import pathlib
import random
import sys

sys.dont_write_bytecode = True

import clock
from clock import DAY, NEVER, Calendar, Limit, day, moment, show, show_day

FIRST, LAST = day("2022-01-01"), day("2027-12-31")
# Dates around which most mistakes are made, one of them for every third case.
EDGES = [day(d) for d in (
    "2022-01-29 2022-04-24 2022-05-01 2022-10-01 2022-10-08 2022-12-31 2023-01-21 2023-01-28 2023-04-30 "
    "2023-05-06 2023-06-25 2023-09-29 2023-10-07 2023-12-31 2024-01-31 2024-02-04 2024-02-10 2024-02-18 "
    "2024-02-29 2024-04-07 2024-05-01 2024-09-14 2024-09-30 2024-10-12 2024-12-31 2025-01-26 2025-02-08 "
    "2025-02-28 2025-03-31 2025-04-30 2025-05-31 2025-08-31 2025-09-28 2025-10-01 2025-10-11 2025-12-31 "
    "2026-01-04 2026-01-31 2026-02-14 2026-02-28 2026-05-01 2026-05-09 2026-08-31 2026-09-20 2026-10-01 "
    "2026-10-10 2026-12-31 2027-01-01 2027-02-28 2027-05-01 2027-10-01 2027-12-01").split()]
CLOSURES = ((2022, 5), (2023, 4), (2024, 5), (2025, 4), (2026, 5), (2027, 3))
NAMES = ("停电", "防汛", "搬迁", "暴雪", "系统升级")


def closures(seed):
    """Closed working days, the same for every case of a seed; one of them a make-up Saturday."""
    rng, cal = random.Random(f"closures {seed}"), Calendar()
    shut = {day("2024-05-11"): "搬迁"}
    for year, n in CLOSURES:
        for _ in range(n):
            d = cal.next_working(rng.randrange(day(f"{year}-01-05"), day(f"{year}-12-15")))
            shut[d] = rng.choice(NAMES)
    return dict(sorted(shut.items()))


class Life:
    """One case, invented in the order in which it happens."""

    def __init__(self, cal, rng):
        self.cal, self.rng, self.stills, self.kinds, self.changes = cal, rng, [], [], []
        self.extend = self.expedite = self.extended = self.decided = None
        self.limits()
        d = rng.choice(EDGES) + rng.randint(-8, 3) if rng.random() < 0.35 else rng.randint(FIRST, LAST - 30)
        self.received = self.somewhen(d)
        self.silence_at = clock.silence(cal, self.received)
        self.silence = rng.random() < 0.12
        wait = rng.choice((0, 0, 0, 1, 60, 3600, DAY, 3 * DAY)) + rng.choice((0, rng.randrange(DAY)))
        self.accepted = self.silence_at if self.silence else min(self.received + wait, self.silence_at - 1)
        self.start = self.received if self.silence else self.accepted
        self.live()
        self.questions()

    def limits(self):
        rng = self.rng
        self.unit = rng.choices(clock.UNITS, (60, 16, 10, 14))[0]
        n = {"workday": rng.choice((1, 2, 3, 4, 5, 5, 6, 7, 10, 15, 20, 30, 45, 60)),
             "day": rng.choice((1, 3, 5, 6, 7, 10, 15, 20, 30, 60)), "month": rng.choice((1, 1, 2, 3, 6)),
             "hour": rng.choice((1, 2, 3, 4, 6, 7, 8, 13, 16, 24, 32, 33, 40))}[self.unit]
        self.promised = Limit(self.unit, n)
        more = rng.choice((None, 0, 0, 1, n, 10 if self.unit != "month" else 1))
        self.statutory = None if more is None else Limit(self.unit, n + more)

    def somewhen(self, d):
        """A moment of a day, as often as not on or beside one that matters."""
        rng = self.rng
        hours = self.cal[d].hours or ((d * DAY + 30600, d * DAY + 43200), (d * DAY + 50400, d * DAY + 61200))
        if rng.random() < 0.45:
            t = rng.choice((d * DAY, d * DAY + DAY - 1, *hours[0], *hours[1], d * DAY + 61200, d * DAY + 63000))
            return t + rng.choice((0, 0, 0, 0, -60, 60, -1, 1))
        if rng.random() < 0.75:
            f, t = rng.choice(hours)
            return rng.randrange(f // 60, t // 60) * 60
        return d * DAY + rng.randrange(1440) * 60 + rng.choice((0, 0, rng.randrange(60)))

    def promise(self, at=NEVER):
        return clock.promise_at(self.promised, self.changes, at)

    def due(self, at=NEVER):
        return clock.end(self.cal, self.start, self.promise(at), clock.known(self.stills, at))

    def live(self):
        """Runs and stands still in turn, and is decided, or not yet."""
        rng, now = self.rng, self.accepted
        for _ in range(rng.choices((0, 1, 2, 3, 4), (25, 35, 22, 12, 6))[0]):
            if rng.random() < 0.09:
                now = self.around_lunch(now)
                continue
            since = self.next_beginning(now)
            self.between(now, since)
            until = max(since, self.next_end(since))
            kind = rng.choices(("suspend", "forward", "correct"), (5, 3, 2))[0]
            if kind == "correct":  # the answer term is its latest end
                until = min(until, clock.lapse(self.cal, since))
            if until > (LAST + 1) * DAY:
                until = None
            elif rng.random() < 0.06:
                until = None
            self.stills.append((since, until))
            self.kinds.append(kind)
            if until is None:
                self.upto = since + rng.choice((0, 1, 3600, DAY, rng.randrange(40 * DAY)))
                self.between(since, self.upto)
                return
            self.between(since, until)
            now = until
        self.finish(now)

    def around_lunch(self, now):
        """Stands still in the morning and in the afternoon of one of the next days, or over lunch alone."""
        d = now // DAY + self.rng.randint(1, 4)
        if self.rng.random() < 0.4:
            d = max(d, self.due() // DAY)
        pieces = self.cal[self.cal.next_working(d)].hours
        if self.rng.random() < 0.3:
            pieces = ((pieces[0][1], pieces[1][0]),)
        self.between(now, pieces[0][0])
        self.stills += pieces
        self.kinds += ("suspend", "forward")[:len(pieces)]
        return pieces[-1][1]

    def finish(self, now):
        rng, due = self.rng, self.due()
        late = (due // DAY + rng.randint(0, 12)) * DAY
        then = rng.choice((due, due, due - 1, due + 1, due - 60, due // DAY * DAY, (due // DAY + 1) * DAY,
                           self.somewhen(max(now, due) // DAY - rng.randint(0, 6)), self.somewhen(late // DAY),
                           rng.randint(now, max(now, due))))
        self.upto = max(now, then)
        self.between(now, self.upto)
        if rng.random() < 0.85:
            self.decided = self.upto

    def next_beginning(self, now):
        """When the case stands still next: soon, on an edge, or around the due moment."""
        rng, due = self.rng, self.due()
        how = rng.random()
        if how < 0.12:
            return now
        if how < 0.40 and due > now:
            c = rng.choice((due, due, due - 1, due + 1, due - rng.randrange(8 * 3600), due // DAY * DAY,
                            due - rng.randrange(3 * DAY), self.opening(due // DAY)))
            return max(now, c)
        d = now // DAY + rng.choice((0, 0, 1, 1, 2, 3, rng.randint(0, 15)))
        if how < 0.55:
            d += (5 - (d - 1) % 7) % 7  # the Saturday: ordinal 1 is a Monday
            return max(now, self.somewhen(d))
        if how < 0.70:
            return max(now, self.opening(d))
        if how < 0.76:
            return max(now, self.noon(d)[0])
        return max(now, self.somewhen(d))

    def next_end(self, since):
        rng, cal, d = self.rng, self.cal, since // DAY
        how = rng.random()
        if how < 0.05:
            return since
        if how < 0.25:  # the closing of that day or of one soon after
            return cal[cal.next_working(d + rng.choice((0, 0, 0, 1, 2, 3, 7)))].closing + rng.choice((0, 0, 0, -1, 1, -60))
        if how < 0.33:
            return self.noon(d)[1]
        if how < 0.45:
            return self.opening(cal.next_working(d + rng.randint(0, 4)))
        if how < 0.52:
            return (d + rng.randint(0, 9)) * DAY
        if how < 0.62:
            return since + rng.choice((1, 60, 3600, 4 * 3600, DAY))
        return self.somewhen(d + rng.choice((0, 1, 2, 3, 5, 8, 14, rng.randint(0, 45))))

    def opening(self, d):
        return self.cal[self.cal.next_working(d)].hours[0][0]

    def noon(self, d):
        hours = self.cal[self.cal.next_working(d)].hours
        return hours[0][1], hours[1][0]

    def between(self, since, until):
        """What the supervisors do to it from one moment (included) to another (not included)."""
        rng = self.rng
        if until - since < 2:
            return
        if self.extend is None and rng.random() < 0.14:
            at = rng.randrange(since, until)
            due = self.due(at)
            if due is not None and rng.random() < 0.6:
                at = min(max(rng.choice((due, due, due + 1, due - 1, due - 60)), since), until - 1)
            days = rng.choice((1, 2, 3, 5, 10, 10, 15))
            self.extend = (at, days)
            self.extended = clock.extendable(self.cal, self.start, self.promise(at), self.stills, at)
            if self.extended:
                self.changes.append((at, "extend", days))
            since = at + 1
        if self.expedite is None and self.promised.n > 1 and since < until and rng.random() < 0.08:
            at, n = rng.randrange(since, until), rng.randrange(1, self.promised.n)
            due = clock.end(self.cal, self.start, Limit(self.unit, n), clock.known(self.stills, at))
            if due is None or due > at:  # nobody expedites into the past: the command may refuse it
                self.expedite = (at, n)
                self.changes.append((at, "expedite", n))

    def questions(self):
        """Moments at which somebody looks, from the acceptance to the end of what is told."""
        rng, due = self.rng, self.due()
        some = [self.accepted, self.upto, rng.randint(self.accepted, self.upto)]
        for a, b in self.stills:
            some += (a, a - 1, self.upto if b is None else b, b or a + 1, rng.randint(a, b or max(a, self.upto)))
            some.append((a // DAY + rng.randint(0, 3)) * DAY)
        if due is not None:
            d = due // DAY
            some += (due, due + 1, d * DAY, (d + 1) * DAY, (d + 1) * DAY - 1, (d - rng.randint(1, 7)) * DAY,
                     (d - rng.randint(0, 5)) * DAY - 1, (d + rng.randint(0, 4)) * DAY + 36000)
        some = [t for t in some if self.accepted <= t <= self.upto and (self.decided is None or t < self.decided)]
        self.asked = sorted(rng.sample(sorted(set(some)), min(3, len(set(some)))))


def field(value):
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def at(t):
    return None if t is None else show(t)


def line(*values):
    return "\t".join(map(field, values)) + "\n"


def write_case(cal, no, life, files, proofs):
    changes, upto = life.changes, life.upto
    seen = clock.known(life.stills, upto)
    promise = life.promise(upto)
    due = clock.end(cal, life.start, promise, seen)

    def lawful(t):
        if life.statutory is None:
            return None
        limit = clock.statutory_at(life.statutory, changes, t)
        return clock.end(cal, life.start, limit, clock.known(life.stills, t))

    rows = clock.proof(cal, life.start, promise, seen)
    if due is not None:
        assert rows[-1].day == due // DAY, (no, "end and proof differ")
    timing, spare = (None, None) if life.decided is None else clock.timing(cal, due, seen, life.decided)
    d = life.decided
    files["cases"].write(line(
        no, life.unit, life.promised.n, life.statutory and life.statutory.n, at(life.received), life.silence,
        at(life.accepted), at(life.start), *((at(life.extend[0]), life.extend[1]) if life.extend else (None, None)),
        *((at(life.expedite[0]), life.expedite[1]) if life.expedite else (None, None)), at(d), at(upto),
        at(life.silence_at), life.extended, at(due), due is not None and cal[due // DAY].provisional,
        at(lawful(upto)), timing, spare, sum(r.token in clock.COUNTED for r in rows) if rows else None,
        sum(r.token in ("weekend", "holiday", "closure", "still") for r in rows) if rows else None,
        clock.digest(rows) if rows else None, at(d and clock.deliver_by(cal, d)),
        at(clock.lapse(cal, life.received)), at(clock.review_until(cal, life.received)),
        at(clock.sue_until(cal, life.received))))
    for n, (a, b) in enumerate(life.stills, 1):
        files["stills"].write(line(no, n, life.kinds[n - 1], at(a), at(b)))
    for n, t in enumerate(life.asked, 1):
        limit = life.promise(t)
        s = clock.state(cal, life.start, limit, life.stills, t)
        files["asks"].write(line(no, n, at(t), limit.n, limit.extra, s.standing, at(s.due), at(lawful(t)),
                                 s.provisional, s.left, s.light))
    if proofs:
        for r in rows:
            files["proofs"].write(line(no, show_day(r.day), r.token, r.name or None, r.number, r.provisional))


def write(out, seed, first, cases, proofs=False):
    shut = closures(seed)
    cal = Calendar(closures=shut)
    out.mkdir(parents=True, exist_ok=True)
    names = ["cases", "stills", "asks"] + ["proofs"] * proofs
    files = {n: open(out / f"{n}.tsv", "w", encoding="utf-8", newline="\n") for n in names}
    with open(out / "closures.tsv", "w", encoding="utf-8", newline="\n") as f:
        f.writelines(line(show_day(d), name) for d, name in shut.items())
    for no in range(first, first + cases):
        write_case(cal, no, Life(cal, random.Random(f"{seed} {no}")), files, proofs)
    for f in files.values():
        f.close()


def main():
    p = argparse.ArgumentParser(description="cases with the oracle's answers; see the head of this file")
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--first", type=int, default=1)
    p.add_argument("--cases", type=int, default=100000)
    p.add_argument("--proofs", action="store_true")
    a = p.parse_args()
    write(a.out, a.seed, a.first, a.cases, a.proofs)


if __name__ == "__main__":
    main()
