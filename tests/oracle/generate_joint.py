#!/usr/bin/python3
"""Joint cases by the thousand with the oracle's answers, to be lived a second time by the hall's own commands.

    tests/oracle/generate_joint.py --out DIR [--seed 1] [--cases 20000] [--first 1]
    tests/oracle/generate_joint.py --out DIR --orders

The second makes 120 cases instead: the last two answers, a withdrawal, a correction sent and the moment at which
silence counts, in all orders.

As with generate.py the same arguments give the same bytes, and case n is the same whatever --first and --cases
are. What departments, the lead, the applicant and the director do falls on and beside the moments that matter:
those at which a check closes, silence accepts, a review is due, silence counts, opening and closing times. Also
what may not be done is tried. Calendar and form of the files are those of generate.py.

closures.tsv  as there

items.tsv     the joint items there are
  item integer, unit text, promised integer

matters.tsv   their reviews
  item integer, seq integer, unit text, n integer, deems boolean

deeds.tsv     what is done, in order
  case_no integer, item integer, serial integer, at timestamp, what text (receive, check, accept, correct, bring,
  opine, want, reject, send, suspend, resume, forward, return, extend, expedite, consent, withdraw, look),
  seq integer (of the review), n integer (days; check: 1 something is missing), answer text
  -- answers
  done boolean, lead_due timestamp (of the total clock, null: before acceptance, while it stands still, at the end)

looks.tsv     how every review stands after that deed: joint.py, Seen
  case_no integer, serial integer, seq integer,
  -- answers
  waits text, checked text, answer text, until timestamp, due timestamp, falls timestamp
"""
import argparse
import itertools
import pathlib
import random
import sys

sys.dont_write_bytecode = True

import clock
from clock import DAY, Calendar, Limit, moment
from generate import EDGES, FIRST, LAST, at, closures, line
from joint import STANDS, Joint, Matter

ITEMS = 120


def a_limit(rng, days):
    unit = rng.choices(clock.UNITS, (80, 9, 3, 8))[0]
    return Limit(unit, {"workday": rng.choice(days), "day": rng.choice((3, 5, 7, 10, 15, 30)), "month": 1,
                        "hour": rng.choice((3, 4, 7, 8, 13, 20))}[unit])


def items(seed):
    """(promise, matters) of every item: a stage's promise is its longest review and three days, often."""
    rng, out = random.Random(f"joint items {seed}"), []
    for _ in range(ITEMS):
        matters = [Matter(a_limit(rng, (1, 2, 3, 3, 5, 5, 7, 8, 10, 15, 20)), rng.random() < 0.6)
                   for _ in range(rng.choice((1, 2, 2, 3, 3, 4)))]
        longest = max((m.limit.n for m in matters if m.limit.unit == "workday"), default=5)
        promised = Limit("workday", longest + 3) if rng.random() < 0.5 else \
            Limit("workday", rng.choice((2, 3, 4, 5, 7, 10, 20, 45))) if rng.random() < 0.7 else a_limit(rng, (10,))
        out.append((promised, matters))
    return out


class Life:
    """One case, invented while it is lived: what is done next follows from how it stands."""

    def __init__(self, cal, rng, promised, matters):
        self.cal, self.rng, self.deeds = cal, rng, []
        d = rng.choice(EDGES) + rng.randint(-8, 3) if rng.random() < 0.35 else rng.randint(FIRST, LAST - 60)
        self.now = self.somewhen(d)
        self.joint, self.hurried = Joint(cal, promised, matters, self.now), False
        self.note("receive", None, None, None, True)
        for _ in range(rng.randint(5, 16)):
            self.now = self.moment()
            if self.now > LAST * DAY or self.joint.state == "ended" and rng.random() < 0.7:
                break
            self.step()
        self.now = max(self.now, self.edge())
        self.do("look")

    def somewhen(self, d):
        """A moment of a day, as often as not in its opening hours or at their ends."""
        rng, hours = self.rng, self.cal[d].hours or ((d * DAY + 30600, d * DAY + 43200),)
        if rng.random() < 0.3:
            return rng.choice((hours[0][0], hours[0][1], hours[-1][1], d * DAY)) + rng.choice((0, 0, 60, 1))
        f, t = rng.choice(hours)
        return rng.randrange(f // 60, t // 60) * 60 if rng.random() < 0.9 else d * DAY + rng.randrange(1440) * 60

    def edge(self):
        """One of the moments that time will bring, or at which a review is due."""
        j = self.joint
        some = [x[0] for x in j.coming()]
        if j.state == "accepted":
            some += [t for t in (j.due(r) for r in j.reviews if r.open()) if t is not None]
        some += [r.consent_until for r in j.reviews if r.consent_until]
        return self.rng.choice(some) if some else self.now

    def moment(self):
        """When something is done next."""
        rng, how = self.rng, self.rng.random()
        if how < 0.42:
            return max(self.now, self.edge() + rng.choice((0, 0, 0, -1, 1, -60, 60, -3600, 3 * 3600)))
        if how < 0.52:
            return self.now + rng.choice((0, 1, 60, 3600))
        d = self.now // DAY + rng.choice((0, 0, 1, 1, 1, 2, 3, rng.randint(0, 12)))
        if how < 0.64:
            hours = self.cal[self.cal.next_working(d)].hours
            return max(self.now, rng.choice((hours[0][0], hours[-1][1])))
        return max(self.now, self.somewhen(d))

    def step(self):
        j = self.joint
        if j.standing():
            return self.step_standing(STANDS[j.kind])
        return {"received": self.step_received, "correcting": self.step_correcting, "accepted": self.step_accepted,
                "ended": lambda: self.do("look")}[j.state]()

    def step_received(self):
        rng, j = self.rng, self.joint
        missing = any(r.check == "missing" for r in j.reviews)
        how = rng.random()
        if how < 0.06:
            self.do("look")
        elif how < 0.14 and not j.corrected:
            self.do(rng.choice(("accept", "correct")))
        elif not j.all_checked():
            self.do("check", self.one(lambda r: r.check is None), int(rng.random() < 0.2))
        elif not j.corrected and (missing or rng.random() < 0.06):
            self.do("correct" if rng.random() < 0.85 else "accept")
        elif not missing:
            self.do("accept")
        else:
            self.do("look")

    def step_correcting(self):
        self.do("bring" if self.rng.random() < 0.8 else "look")

    def step_accepted(self):
        rng, j = self.rng, self.joint
        words = [("opine", 26), ("want", 14), ("look", 12), ("suspend", 9), ("forward", 5), ("withdraw", 2)]
        if any(r.wants for r in j.reviews):
            words += [("reject", 22), ("send", 20)]
        if any(r.answer == "deemed" for r in j.reviews):
            words.append(("consent", 12))
        words += self.of_the_lead()
        self.any_of(words)

    def step_standing(self, over):
        self.any_of([(over, 60), ("opine", 10), ("look", 12), ("consent", 3), ("withdraw", 1)] + self.of_the_lead())

    def of_the_lead(self):
        j, out = self.joint, []
        if not j.extended:
            out.append(("extend", 6))
        if not self.hurried and j.promised.n > 1:
            out.append(("expedite", 7))
        return out

    def any_of(self, words):
        rng, j = self.rng, self.joint
        what = rng.choices([w for w, _ in words], [n for _, n in words])[0]
        if what in ("opine", "want"):
            answer = rng.choice(("agree", "conditional", "disagree", "refer", "refer")) if what == "opine" else None
            self.do(what, self.one(lambda r: r.open()), answer)
        elif what == "reject":
            self.do(what, self.one(lambda r: r.wants))
        elif what == "consent":
            self.do(what, self.one(lambda r: r.answer == "deemed"))
        elif what == "extend":
            self.do(what, n=rng.choice((1, 3, 5, 10, 15)))
        elif what == "expedite":
            self.expedite(rng.randrange(1, j.promised.n))
        else:
            self.do(what)

    def expedite(self, n):
        """Nobody expedites into the past: the command may refuse that."""
        j = self.joint
        j.settle(self.now)
        due = clock.end(self.cal, j.start, Limit(j.promised.unit, n), j.stills) if j.state == "accepted" else 0
        if due is None or due > self.now:
            self.hurried = True
            self.do("expedite", n=n)

    def one(self, wanted):
        """A review, rather one of those wanted."""
        reviews = self.joint.reviews
        some = [i for i, r in enumerate(reviews) if wanted(r)]
        return self.rng.choice(some) if some and self.rng.random() < 0.93 else self.rng.randrange(len(reviews))

    def do(self, what, who=None, n=None):
        done = self.joint.do(self.now, what, who, n)
        word = isinstance(n, str)
        self.note(what, who, None if word else n, n if word else None, done)

    def note(self, what, who, n, answer, done):
        j = self.joint
        lead = j.lead_due(self.now) if j.state == "accepted" else None
        self.deeds.append((self.now, what, None if who is None else who + 1, n, answer, done, lead, list(j.look())))


TWO = Limit("workday", 20), [Matter(Limit("workday", 5), True)] * 2
LAST_DEEDS = ("opine", 0, "agree"), ("opine", 1, "disagree"), ("withdraw", None, None), ("send", None, None), None


class Ordered(Life):
    """What may happen at the end of a review, in one order; the moment of silence (None) stands where it stands."""

    def __init__(self, cal, order):
        self.cal, self.deeds = cal, []
        self.now = moment("2026-03-02 09:00")
        self.joint = Joint(cal, *TWO, self.now)
        self.note("receive", None, None, None, True)
        for when, *deed in (("03-02 10:00", "check", 0), ("03-02 10:00", "check", 1), ("03-02 10:01", "accept"), ("03-05 10:00", "want", 1)):
            self.now = moment("2026-" + when)
            self.do(*deed)
        falls = moment("2026-03-09 17:00")
        for i, deed in enumerate(order):
            self.now = falls + i - order.index(None)
            self.do(*(deed or ("look",)))


def some_lives(cal, seed, first, cases):
    """The items, and (case, item, life) of each case."""
    kinds = items(seed)
    def lives():
        for no in range(first, first + cases):
            rng = random.Random(f"joint {seed} {no}")
            item = rng.randrange(ITEMS)
            yield no, item, Life(cal, rng, *kinds[item])
    return kinds, lives()


def all_orders(cal, first, cases):
    orders = list(itertools.permutations(LAST_DEEDS))[first - 1:first - 1 + cases]
    return [TWO], ((no, 0, Ordered(cal, order)) for no, order in enumerate(orders, first))


def write(folder, seed, what):
    """what: of a calendar gives items and lives."""
    folder.mkdir(parents=True, exist_ok=True)
    shut = closures(seed)
    cal = Calendar(closures=shut)
    kinds, lives = what(cal)
    files = {name: open(folder / f"{name}.tsv", "w", encoding="utf-8", newline="\n")
             for name in ("closures", "items", "matters", "deeds", "looks")}
    for d, name in shut.items():
        files["closures"].write(line(clock.show_day(d), name))
    for i, (promised, matters) in enumerate(kinds):
        files["items"].write(line(i, promised.unit, promised.n))
        for seq, m in enumerate(matters, 1):
            files["matters"].write(line(i, seq, m.limit.unit, m.limit.n, m.deems))
    for no, item, life in lives:
        for serial, (when, word, seq, n, answer, done, lead, seen) in enumerate(life.deeds, 1):
            files["deeds"].write(line(no, item, serial, at(when), word, seq, n, answer, done, at(lead)))
            for i, s in enumerate(seen, 1):
                files["looks"].write(line(no, serial, i, s.waits, s.check, s.answer, at(s.until), at(s.due), at(s.falls)))
    for f in files.values():
        f.close()


def main():
    p = argparse.ArgumentParser(description="joint cases with the oracle's answers")
    p.add_argument("--out", type=pathlib.Path, required=True)
    p.add_argument("--seed", default="1")
    p.add_argument("--cases", type=int, default=20000)
    p.add_argument("--first", type=int, default=1)
    p.add_argument("--orders", action="store_true")
    a = p.parse_args()
    write(a.out, a.seed, lambda cal: all_orders(cal, a.first, a.cases) if a.orders else some_lives(cal, a.seed, a.first, a.cases))


if __name__ == "__main__":
    main()
