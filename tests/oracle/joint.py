"""The oracle of joint cases: PAR-2 to PAR-4, DEEM-1 and DEEM-3, ONE-2 and ONE-3 as far as reviews go.

Like clock.py it is written from the rules alone and must never look at the SQL the hall runs. A Joint is a
case that lives: told what somebody does and when, it first lets happen what time brings, says whether the
deed may be done, and does it; look() says how every review stands. It knows no permissions and no words.

Readings, beside those of clock.py. The rules leave some things open; what else it could have been:

J1  What is timed happens before a deed of the same second (the last section of the rules): an answer at the
    very moment of silence comes too late, and who suspends at it suspends what is already deemed. Nothing is
    timed at the due moment of a review without the switch: who suspends at that stops it (R1).
J2  Checks, like the other terms of R15, never stand still: closing time of the third working day after the
    date of the delivery that opened them; the answer to a notice opens them anew for who said what is missing.
J3  Of a promise in working days "less the days kept" is a limit of so many days fewer, with the case's own
    standing still. Of other units it is the closing time of the third working day before the due day, days
    wholly stood still not counted, moved by R2. There is none while the promise has no end.
J4  A promise that leaves nothing after the days kept, because it is so short or because the acceptance by
    silence came so late, still gives the department the next working day: the part that comes from the lead's
    due moment ends no earlier than the close of the working day after the reviews opened. (ONE-2 says so of
    silence; by hand it could be the very evening of the acceptance.) A review's own limit, say four working
    hours, is not lengthened by that, but when silence accepted.
J5  "The close of the next working day" is a limit of one working day, with standing still like any other.
J6  Expediting makes the lead's due moment earlier, and so the reviews': to the next closing time at most (it
    could be at once, over before anybody knew), nor beyond J4. An extension given before or after plays no part.
J7  What was over before a deed stays where it was (R3), whatever is done to the case afterwards; but the close
    of the next working day after a rejection is later.
J8  Deemed at closing time of the due day, also where working hours end before it; where the case stands still
    then, at the first closing time after it resumes (R2).
J9  When a correction wanted was sent and the answer came, or its term ran out, who wanted it has until the
    close of the next working day, or its due day if later, as after a rejection. (It could be nothing.)
J10 An answer takes back what its department wanted. A referral is none, and takes nothing back.
J11 The written consent is due at the close of the working day after the moment silence counted, whatever
    the case does then: a department's own task does not stand still with it.
J12 A department may answer while the case stands still.
J13 Who answered and then refers up was not silent: it waits, as before its first answer, but is not deemed.
"""
import collections

import clock
from clock import DAY, Limit

Matter = collections.namedtuple("Matter", "limit deems")
# How a review stands. waits: check, review, consent or None; check: complete, missing, silent or None;
# answer: agree, conditional, disagree, refer, deemed or None; until: of a check or a consent; due: of a
# review, None while it stands still; falls: when silence will count, None: it will not.
Seen = collections.namedtuple("Seen", "waits check answer until due falls")
DAY_OF_GRACE = Limit("workday", 1)
STANDS = {"suspend": "resume", "forward": "return", "send": "bring"}


class Review:
    def __init__(self, matter, until):
        self.limit, self.deems = matter
        self.check, self.until = None, until
        self.answer = self.deemed_at = self.consent_until = self.ended = None
        self.consented = self.wants = self.told = self.spoke = False
        self.graces = []

    def open(self):
        return self.answer in (None, "refer")


class Joint:
    def __init__(self, cal, promised, matters, received, keep=3):
        self.cal, self.promised, self.keep = cal, promised, keep
        self.state, self.delivered, self.changes, self.stills = "received", received, [], []
        self.reviews = [Review(m, self.check_term(received)) for m in matters]
        self.start = self.opened = self.noticed = self.kind = None
        self.silent = self.extended = self.corrected = False

    def check_term(self, at):
        return clock.term(self.cal, at // DAY, "workday", 3)

    def standing(self):
        return self.state == "accepted" and bool(self.stills) and self.stills[-1][1] is None

    # Moments.

    def next_closing(self, at):
        """The first closing time after a moment."""
        d = self.cal.next_working(at // DAY)
        return self.cal[d].closing if self.cal[d].closing > at else self.cal[self.cal.next_working(d + 1)].closing

    def grace(self, at):
        """The close of the working day after a moment: J5."""
        return clock.end(self.cal, at, DAY_OF_GRACE, self.stills)

    def less_kept(self, promise):
        """When a promise ends, less the days kept for combining: J3. 0: there is nothing left of it."""
        if promise.unit == "workday":
            if promise.n <= self.keep:
                return 0
            return clock.end(self.cal, self.start, promise._replace(n=promise.n - self.keep), self.stills)
        due = clock.end(self.cal, self.start, promise, self.stills)
        if due is None:
            return None
        still, d, rest = clock.merged(self.stills), due // DAY, self.keep
        while rest > 0:
            d -= 1
            while not self.cal[d].working:
                d -= 1
            rest -= not clock.stood(self.cal, still, d)
        return clock.settled(self.cal, still, self.cal[d].closing)

    def lead_parts(self):
        """For each promise that was in force: when the reviews must be in for it, by J4 and J6."""
        yield self.less_kept(self.promised), self.grace(self.opened)
        for at, what, n in self.changes:
            if what == "expedite":
                ends = self.grace(self.opened), clock.settled(self.cal, clock.merged(self.stills), self.next_closing(at))
                yield self.less_kept(self.promised._replace(n=n)), None if None in ends else max(ends)

    def base(self, r):
        """The earlier of the review's own limit and the lead's part; None: it stands still before either."""
        if r.ended is not None:
            return r.ended
        ends = [clock.end(self.cal, self.opened, r.limit, self.stills)]
        for end, floor in self.lead_parts():
            ends.append(None if end is None or floor is None else max(end, floor))
        ends = [e for e in ends if e is not None]
        return min(ends) if ends else None

    def due(self, r):
        ends = [self.base(r), *(self.grace(t) for t in r.graces)]
        return None if None in ends else max(ends)

    def falls(self, r):
        """When silence counts, as far as it is known: DEEM-1, J8."""
        if not r.deems or r.spoke or not r.open() or r.wants or self.state != "accepted" or self.standing():
            return None
        due = self.due(r)
        return None if due is None else clock.settled(self.cal, clock.merged(self.stills), self.cal[due // DAY].closing)

    def lead_due(self, at=clock.NEVER):
        return clock.end(self.cal, self.start, clock.promise_at(self.promised, self.changes, at), self.stills)

    # What time brings.

    def coming(self):
        """(moment, rank, what, review): the rank puts them in order at one moment."""
        if self.state == "correcting" or self.kind == "send":
            yield clock.lapse(self.cal, self.noticed), 1, self.lapse, None
        if self.state == "received":
            yield clock.silence(self.cal, self.delivered), 3, self.accept_silently, None
        for r in self.reviews:
            if self.state == "received" and r.check is None:
                yield r.until, 2, self.close_check, r
            if self.state == "accepted" and r.open():
                falls = self.falls(r)
                if falls is not None:
                    yield falls, 4, self.deem, r

    def settle(self, now):
        while True:
            next_ = min((x for x in self.coming() if x[0] <= now), key=lambda x: x[:2], default=None)
            self.end_limits(now if next_ is None else next_[0])
            if next_ is None:
                return
            at, _, what, r = next_
            what(at, r)

    def end_limits(self, at):
        """What is over before a moment stays so: J7."""
        for r in self.reviews if self.state == "accepted" else ():
            for ends in (self.base(r), self.due(r)):
                if ends is not None and ends < at and (r.ended is None or ends > r.ended):
                    r.ended = ends

    def lapse(self, at, _):
        if self.state == "correcting":
            self.state = "ended"
        else:
            self.go_on(at)

    def accept_silently(self, at, _):
        self.silent = True
        self.accept_at(at, self.delivered)

    def close_check(self, at, r):
        r.check = "silent"

    def deem(self, at, r):
        r.answer, r.deemed_at = "deemed", at
        r.consent_until = clock.term(self.cal, at // DAY, "workday", 1)

    # What somebody does.

    def do(self, at, what, who=None, n=None):
        """Whether it may be done; then it is."""
        self.settle(at)
        return bool(getattr(self, "do_" + what)(at, None if who is None else self.reviews[who], n))

    def do_check(self, at, r, missing):
        if self.state != "received" or r.check is not None:
            return False
        r.check = "missing" if missing else "complete"
        return True

    def all_checked(self):
        return self.state == "received" and all(r.check is not None for r in self.reviews)

    def accept_at(self, at, start):
        self.state, self.start, self.opened = "accepted", start, at
        for r in self.reviews:
            if self.silent:
                r.graces.append(at)

    def do_accept(self, at, *_):
        if not self.all_checked() or any(r.check == "missing" for r in self.reviews):
            return False
        self.accept_at(at, at)
        return True

    def do_correct(self, at, *_):
        if not self.all_checked() or self.corrected:
            return False
        self.state, self.noticed, self.corrected = "correcting", at, True
        return True

    def do_bring(self, at, *_):
        """The applicant's answer to a notice."""
        if self.state == "correcting":
            self.state, self.delivered = "received", at
            for r in self.reviews:
                if r.check == "missing":
                    r.check, r.until = None, self.check_term(at)
            return True
        return self.ends_still("bring", at)

    def do_opine(self, at, r, answer):
        if self.state != "accepted" or not r.open():
            return False
        r.answer = answer
        if answer != "refer":
            r.spoke = True
            r.wants = False
        return True

    def do_want(self, at, r, _):
        if self.state != "accepted" or not r.open() or r.wants:
            return False
        r.wants = True
        return True

    def do_reject(self, at, r, _):
        if self.state != "accepted" or not r.wants:
            return False
        r.wants = False
        r.graces.append(at)
        return True

    def stand(self, at, kind):
        if self.state != "accepted" or self.standing():
            return False
        self.stills.append((at, None))
        self.kind = kind
        return True

    def go_on(self, at):
        self.stills[-1] = (self.stills[-1][0], at)
        self.kind = None
        for r in self.reviews:
            if r.told and r.open():
                r.graces.append(at)
            r.told = False

    def ends_still(self, word, at):
        if not self.standing() or STANDS[self.kind] != word:
            return False
        self.go_on(at)
        return True

    def do_suspend(self, at, *_):
        return self.stand(at, "suspend")

    def do_forward(self, at, *_):
        return self.stand(at, "forward")

    def do_resume(self, at, *_):
        return self.ends_still("resume", at)

    def do_return(self, at, *_):
        return self.ends_still("return", at)

    def do_send(self, at, *_):
        """The lead sends what is wanted, a notice under ONE-3: without that it would tell nothing."""
        if not any(r.wants for r in self.reviews) or not self.stand(at, "send"):
            return False
        self.noticed = at
        for r in self.reviews:
            r.told, r.wants = r.wants, False
        return True

    def do_extend(self, at, _, days):
        due = self.lead_due() if self.state == "accepted" else None
        if self.state != "accepted" or self.extended or self.kind == "forward" or due is not None and at > due:
            return False
        self.changes.append((at, "extend", days))
        self.extended = True
        return True

    def do_expedite(self, at, _, n):
        if self.state != "accepted":
            return False
        self.changes.append((at, "expedite", n))
        return True

    def do_consent(self, at, r, _):
        if r.answer != "deemed" or r.consented:
            return False
        r.consented = True
        return True

    def do_withdraw(self, at, *_):
        if self.state == "ended":
            return False
        self.state = "ended"
        return True

    def do_look(self, at, *_):
        return True

    # How it stands.

    def look(self):
        for r in self.reviews:
            waits = until = due = falls = None
            if self.state == "received" and r.check is None:
                waits, until = "check", r.until
            elif self.state == "accepted" and r.open():
                waits, due, falls = "review", self.due(r), self.falls(r)
            elif r.answer == "deemed" and not r.consented:
                waits, until = "consent", r.consent_until
            yield Seen(waits, r.check, r.answer, until, due, falls)
