"""The oracle of the clocks: CLK, ONE-2, CASE-6, 7, 9, 10 and NEG-3 worked out a second time.

It is written from the rules and the holiday files alone and must never look at the SQL that the
hall runs, nor be changed to agree with it: where the two differ, somebody reads the rule again.
It knows no database, no case states and no permissions; it is told facts and gives moments.

Moments are local seconds since the day 0 of Python's calendar, days are ordinals; moment(), day(),
show() and show_day() turn them into words. China has one zone and no summer time.

Readings. The rules leave some things open. What is done here, and what else it could have been:

 R1  Stand-stills are half-open, [from, to): at `from` the case stands still, at `to` it runs again.
     Touching ones are one, those without length are none. A closing time that is `from` lies inside
     and the limit goes on after the resume (else: it had just ended); one that is `to` lies outside
     and the limit ends at that moment (else: at the next closing).
 R2  "The first closing time after the case resumes" is strictly later than the resume, is of a
     working day, and does not itself lie inside another stand-still (else the next after that one).
     No opening hour need have run between: a resume at lunch and one at that closing will do.
 R3  A limit that was over before the case stood still stays where it was, also while it stands still.
 R4  Calendar days and months: a date during which the case stood still for all opening hours, or when
     there are none from 0:00 to 24:00, does not count, as a working day would not. N days end on the
     Nth date that counts; months are first turned into the dates up to the same day of the month (or
     that month's last), and end on as many dates that count. Then the next working day that is not
     wholly stood still, closing time, R1, R2. (Else: they run on and only R2 applies, but then CASE-6
     would stop nothing; or the exact time of the stand-still is added.)
 R5  An extension adds working days. In working days it is one limit of N + E days, counted from the
     start, also when R2 had moved the end meanwhile. In other units E working days, less those stood
     still, are counted after the day on which the limit would have ended but for R1 and R2; it then
     ends at closing time, in working hours, too (else: at the same time of the day).
 R6  An extension is in time up to and at the promise's due moment, or while there is none because the
     case stands still (CASE-7: refused *after* the due moment; else: before only, or by the statutory).
     Where nothing is promised the statutory limit is what runs out, and what is extended.
 R7  Expediting sets the promise, with an extension given before it, to n of the item's unit, counted
     from the same start; an extension given later adds to that. The statutory limit stays. If n is
     over already, the promise is overdue at once. It never gives a later end (CASE-10). Where nothing
     was promised n is less than the statutory limit, which is what would be made shorter.
 R8  Working hours run from the moment of the start itself, not from the next day, and end at the first
     moment at which they add up: at 12:00 rather than at 14:00. R1's `from` does not apply to them.
     Under ONE-2 they start at the moment of the delivery.
 R9  Days left are the working days from today to the due day, both included, without those wholly
     stood still; the day of acceptance counts as today, though it is no day of the limit (else: it
     does not, and days left never exceed N). On a Saturday they are those from Monday on. Overdue:
     minus the working days after the due day up to today, likewise.
R10  While standing still, days left (in any unit) are what they would be if the stand-still had ended
     today at 00:00, or where it began if that was today: they change at midnight only, as lights do.
     N less the days counted before today, in other words, but at least 1 for a limit not yet over.
R11  Yellow: 3 days left or fewer. For a promise in force (expedited and extended) of up to 5 days, of
     either kind, or of as many working hours as 5 days have: on the due day alone, not on the Saturday
     before a Monday. Red: from 00:00 after the due day, even when the limit ended in its morning. The
     light while standing still follows the days left (R10).
R12  Timing is that of the decision (for an immediate case of its finish): at the due moment is on time.
     Early is a day or more to spare: working days after the decision's date up to the due day. Late by
     how many: as in R9, so that time stood still after the end is not charged (CLK-6); 0 when decided
     after closing time on the due day. Against the promise, not the statutory limit.
R13  Provisional (暂定) is a date of a year for which no file with days in it was loaded, before as well
     as after the published ones; an end is provisional when its date is.
R14  A local closure takes a whole working day. Opening hours go by the date's season alone: winter
     hours on a make-up day in October.
R15  Terms of ONE-2 (5 working days; the applicant's answer, 30 calendar days), delivery (10 working
     days after the decision's date) and NEG-3 never stand still. Their last day moves and ends as any.
"""
import calendar as months
import collections
import datetime
import hashlib
import json
import pathlib

DAY = 86400
NEVER = 1 << 60
HOLIDAYS = pathlib.Path(__file__).resolve().parents[2] / "sql/data/calendar"

# The hall's hours, from the first of a month on: CLK-1.
SUMMER = ((8 * 3600 + 1800, 12 * 3600), (14 * 3600 + 1800, 17 * 3600 + 1800))
WINTER = ((8 * 3600 + 1800, 12 * 3600), (14 * 3600, 17 * 3600))
SEASONS = (((5, 1), SUMMER), ((10, 1), WINTER))

UNITS = ("workday", "day", "month", "hour")

# What a day is: kind is workday, weekend, holiday, makeup or closure; hours are pairs of moments.
Day = collections.namedtuple("Day", "working kind name hours closing provisional")
# A limit: n of unit, and the working days of an extension.
Limit = collections.namedtuple("Limit", "unit n extra", defaults=(0,))
# One day of a proof. token: start, workday, makeup, date, hours (these count), weekend, holiday,
# closure, still (skipped), moved (after the last day counted, the end has moved to or past it).
# number: how many days count so far; of working hours the seconds.
Row = collections.namedtuple("Row", "day token name number provisional version")
COUNTED = ("workday", "makeup", "date", "hours")
# What is known of a clock at a moment. due is None while there is none.
State = collections.namedtuple("State", "due standing left light provisional")


def moment(text):
    """'2026-02-13 17:00[:59]' as a moment."""
    t = datetime.datetime.fromisoformat(text)
    return t.toordinal() * DAY + t.hour * 3600 + t.minute * 60 + t.second


def day(text):
    return datetime.date.fromisoformat(text).toordinal()


def show_day(d):
    return datetime.date.fromordinal(d).isoformat()


def show(t):
    d, s = divmod(t, DAY)
    return f"{show_day(d)} {s // 3600:02}:{s % 3600 // 60:02}:{s % 60:02}"


class Calendar(dict):
    """The hall's days by ordinal: cal[d] is a Day. Days not in a file are worked out when asked for."""

    def __init__(self, folder=HOLIDAYS, closures=None, years=None, version="1"):
        """closures: {day: name}. years: only these files, as if the others were not yet published."""
        super().__init__()
        self.version, self.rows, self.published, self.closures = version, {}, set(), dict(closures or {})
        for path in sorted(pathlib.Path(folder).glob("[0-9]*.json")):
            file = json.loads(path.read_text(encoding="utf-8"))
            if years is not None and file["year"] not in years:
                continue
            if file["days"]:
                self.published.add(file["year"])
            for row in file["days"]:
                self.rows[day(row["date"])] = (not row["isOffDay"], row["name"])

    def __missing__(self, d):
        date = datetime.date.fromordinal(d)
        weekend, kind, name = date.weekday() >= 5, "workday", ""
        working = not weekend
        if d in self.rows:
            working, name = self.rows[d]
            kind = "holiday" if not working else "makeup" if weekend else "workday"
        elif weekend:
            kind = "weekend"
        if working and d in self.closures:
            working, kind, name = False, "closure", self.closures[d]
        hours = SEASONS[-1][1]
        for first, those in SEASONS:
            if (date.month, date.day) >= first:
                hours = those
        hours = tuple((d * DAY + a, d * DAY + b) for a, b in hours) if working else ()
        it = Day(working, kind, name, hours, hours[-1][1] if working else None, date.year not in self.published)
        self[d] = it
        return it

    def next_working(self, d):
        """The day itself or the first working day after it."""
        while not self[d].working:
            d += 1
        return d

    def nth_workday(self, d, n):
        """The nth working day after the date d."""
        for _ in range(n):
            d = self.next_working(d + 1)
        return d

    def workdays(self, after, upto, still=()):
        """How many working days lie in (after, upto], without those wholly stood still."""
        return sum(self[d].working and not stood(self, still, d) for d in range(after + 1, upto + 1))


def merged(segments):
    """Segments (from, to or None for an open one), in order and apart; those of no length left out."""
    out = []
    for a, b in sorted((a, NEVER if b is None else b) for a, b in segments):
        if b <= a:
            continue
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def known(segments, at):
    """The merged stand-stills as far as they are known at a moment: what ends later is open."""
    return merged((a, None if b is None or b > at else b) for a, b in segments if a <= at)


def inside(still, t):
    """The stand-still a moment lies in, or None: R1."""
    for a, b in still:
        if a <= t < b:
            return a, b
    return None


def stood(cal, still, d):
    """Whether the case stood still during all opening hours of a day; of a day without, all its hours."""
    if not still or still[-1][1] < d * DAY or still[0][0] > (d + 1) * DAY:
        return False
    hours = cal[d].hours or ((d * DAY, (d + 1) * DAY),)
    return all(any(a <= f and t <= b for a, b in still) for f, t in hours)


def standing_forever(cal, still, d):
    """No later day can count: an open stand-still covers it and all that follow."""
    return bool(still) and still[-1][1] == NEVER and still[-1][0] <= d * DAY


def settled(cal, still, closing):
    """The end of a limit that would end at this closing time: R1, R2. None when nobody knows yet."""
    while (at := inside(still, closing)) is not None:
        if at[1] == NEVER:
            return None
        d = cal.next_working(at[1] // DAY)
        closing = cal[d].closing
        if closing <= at[1]:
            closing = cal[cal.next_working(d + 1)].closing
    return closing


def add_months(d, n):
    """The same day n months on, or that month's last."""
    date = datetime.date.fromordinal(d)
    year, month = divmod(date.year * 12 + date.month - 1 + n, 12)
    return datetime.date(year, month + 1, min(date.day, months.monthrange(year, month + 1)[1])).toordinal()


def dates(limit, d):
    """How many dates a limit in calendar days or months has from a date on."""
    return limit.n if limit.unit == "day" else add_months(d, limit.n) - d


def count_days(cal, still, d, n, counts):
    """The nth day after d for which counts(day) and which did not wholly stand still, or None."""
    while n > 0:
        d += 1
        if standing_forever(cal, still, d):
            return None
        if counts(d) and not stood(cal, still, d):
            n -= 1
    return d


def running(cal, still, d, since):
    """The pieces of a day's opening hours after a moment during which the case ran."""
    for f, t in cal[d].hours:
        f = max(f, since)
        for a, b in still:
            if b <= f or a >= t:
                continue
            if a > f:
                yield f, a
            f = b
        if f < t:
            yield f, t


def count_hours(cal, still, start, hours):
    """The moment at which so many running opening hours have gone by, or None: R8."""
    rest, d = hours * 3600, start // DAY
    while True:
        if standing_forever(cal, still, d):
            return None
        for f, t in running(cal, still, d, start):
            if t - f >= rest:
                return f + rest
            rest -= t - f
        d += 1


def end(cal, start, limit, segments=()):
    """When a limit ends that started at a moment, with these stand-stills; None when it cannot be said
    because the case stands still. CLK-2, R1 to R5."""
    still = merged(segments)

    def working(d):
        return cal[d].working

    d = start // DAY
    if limit.unit == "workday":
        d = count_days(cal, still, d, limit.n + limit.extra, working)
        return None if d is None else settled(cal, still, cal[d].closing)
    if limit.unit == "hour":
        t = count_hours(cal, still, start, limit.n)
        if t is None or not limit.extra:
            return t
        d = t // DAY
    else:
        d = count_days(cal, still, d, dates(limit, d), lambda _: True)
        if d is None:
            return None
        if not working(d) and (d := count_days(cal, still, d, 1, working)) is None:
            return None
    d = count_days(cal, still, d, limit.extra, working)
    return None if d is None else settled(cal, still, cal[d].closing)


def left(cal, segments, due, at):
    """Days left (or, negative, over) at a moment before or after a due moment that is known: R9."""
    still, today, last = merged(segments), at // DAY, due // DAY
    if last < today:
        return -cal.workdays(last, today, still)
    return cal.workdays(today - 1, last, still)


def short(limit):
    """Whether a promise is one of 5 days or fewer: R11."""
    day_hours = sum(t - f for f, t in SUMMER)
    if limit.unit == "month":
        return False
    if limit.unit == "hour":
        return limit.n * 3600 + limit.extra * day_hours <= 5 * day_hours
    return limit.n + limit.extra <= 5


def state(cal, start, limit, segments, at, yellow=3):
    """What screen and light say of a clock at a moment: CLK-2, CLK-5, R3, R9 to R11."""
    still, today = known(segments, at), at // DAY
    standing = inside(still, at) is not None
    due = goal = end(cal, start, limit, still)
    if due is None:  # as if it went on this midnight: R10
        still = merged(still[:-1] + [(still[-1][0], max(still[-1][0], today * DAY))])
        goal = end(cal, start, limit, still)
    elif standing:  # over before it stood still; what stands still now is not late
        still = merged(still[:-1] + [(still[-1][0], max(still[-1][0], today * DAY))])
    days = left(cal, still, goal, at)
    if goal // DAY < today:
        light = "red"
    elif short(limit):
        light = "yellow" if goal // DAY == today else "green"
    else:
        light = "yellow" if days <= yellow else "green"
    return State(due, standing, days, light, due is not None and cal[due // DAY].provisional)


def timing(cal, due, segments, decided):
    """('early' | 'on_time' | 'overdue', days to spare or, negative, over): CLK-6, R12."""
    if decided > due:
        return "overdue", -cal.workdays(due // DAY, decided // DAY, merged(segments))
    spare = cal.workdays(decided // DAY, due // DAY)
    return ("early" if spare > 0 else "on_time"), spare


# Changes of a limit while it runs: (moment, 'extend' | 'expedite', n), in the order of their key-in.

def promise_at(promised, changes, at):
    """The promise in force at a moment: R5, R7."""
    limit = promised
    for t, what, n in changes:
        if t > at:
            break
        if what == "extend":
            limit = limit._replace(extra=limit.extra + n)
        elif n < limit.n + (limit.extra if limit.unit == "workday" else bool(limit.extra)):
            limit = Limit(limit.unit, n)
    return limit


def statutory_at(statutory, changes, at):
    """The statutory limit in force: an extension adds to it, expediting does not touch it."""
    return statutory._replace(extra=sum(n for t, what, n in changes if what == "extend" and t <= at))


def extendable(cal, start, promise, segments, at):
    """Whether an extension asked at a moment is in time: CASE-7, R6."""
    due = end(cal, start, promise, known(segments, at))
    return due is None or at <= due


# Terms that never stand still: R15.

def term(cal, from_day, unit, n):
    return end(cal, from_day * DAY, Limit(unit, n))


def silence(cal, delivered, n=5):
    """When a delivery of papers is accepted by silence: closing of the 5th working day, ONE-2."""
    return term(cal, delivered // DAY, "workday", n)


def lapse(cal, noticed, n=30):
    """When a notice that nobody answers lapses: the item's answer term in calendar days, ONE-2."""
    return term(cal, noticed // DAY, "day", n)


def deliver_by(cal, decided):
    return term(cal, decided // DAY, "workday", 10)


def review_until(cal, delivered):
    return term(cal, delivered // DAY, "day", 60)


def sue_until(cal, delivered):
    return term(cal, delivered // DAY, "month", 6)


def proof(cal, start, limit, segments=()):
    """A row for each day from the start to the due day, or nothing while there is none: CLK-3.
    It walks on its own, day by day, and finds the end by counting, so that end() can be held to it."""
    still, first, rows = merged(segments), start // DAY, []
    due = end(cal, start, limit, segments)
    if due is None:
        return rows
    need = limit.n + limit.extra if limit.unit == "workday" else dates(limit, first) \
        if limit.unit in ("day", "month") else limit.n * 3600
    unit, number, more, landed = limit.unit, 0, limit.extra if limit.unit != "workday" else 0, False
    for d in range(first, due // DAY + 1):
        it = cal[d]
        token = it.kind
        wholly = stood(cal, still, d)
        if unit == "hour" and number < need:
            ran = min(need - number, sum(t - f for f, t in running(cal, still, d, start)))
            number += ran
            token = "hours" if ran else "start" if d == first else "still" if it.working else it.kind
            landed = number == need
        elif d == first:
            token = "start"
        elif unit in ("day", "month") and number < need:
            token = "still" if wholly else "date"
            number += not wholly
            landed = number == need and it.working
        elif unit == "workday" and number < need:
            token = "still" if it.working and wholly else it.kind
            number += it.working and not wholly
        elif it.working and wholly:
            token = "still"
        elif it.working and unit != "workday" and not landed:
            landed, token = True, "moved"
        elif it.working and more:
            more -= 1
            if unit != "hour":
                number += 1
        elif it.working:
            token = "moved"
        name = it.name if token in ("holiday", "makeup", "closure") else ""
        rows.append(Row(d, token, name, number, it.provisional, cal.version))
    return rows


def digest(rows):
    """md5 of the lines 'YYYY-MM-DD token', joined by newlines without a last one."""
    return hashlib.md5("\n".join(f"{show_day(r.day)} {r.token}" for r in rows).encode()).hexdigest()
