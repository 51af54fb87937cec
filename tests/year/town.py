"""The people of the year at their windows: each a line of their own to yimend, several under way at
once; and the hall's clock, server and database, which are moved, killed and started again.

A write whose answer did not come is sent again as it was, under the same key: it happens once."""

import datetime
import os
import random
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
sys.path[:0] = [os.path.join(HERE, "../load"), os.path.join(HERE, "../wire")]

import wire  # noqa: E402
from hall import PASSWORD  # noqa: E402

ROLES = [f"y{n}{role}" for n in (1, 2, 3) for role in ("in", "rev", "chief")] + ["y1sup", "y1admin"]
ZONE = datetime.timezone(datetime.timedelta(hours=8))
Y2K = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)
UNAVAILABLE = (wire.BUSY, wire.UNAVAILABLE)


def micros(moment):
    return int((moment - Y2K) / datetime.timedelta(microseconds=1))


def moment(us):
    return (Y2K + datetime.timedelta(microseconds=us)).astimezone(ZONE)


def date_number(day):
    return (day - datetime.date(2000, 1, 1)).days


class At:
    """Where wire.Line finds the hall."""

    def __init__(self, hall):
        self.hall, self.dir, self.password = hall, hall.dir, PASSWORD

    def tls(self, name):
        return os.path.join(self.dir, "tls", name)

    def port(self):
        return self.hall.port()

    def login(self, who):
        return who


class Person:
    def __init__(self, at, login, certificate):
        self.at, self.login, self.certificate = at, login, certificate
        self.line, self.token, self.epoch, self.seq = None, None, 0, 0

    def connect(self):
        line = wire.Line(self.at, os.path.basename(self.certificate), timeout=60)
        line.hello()
        if self.token is None:
            r = line.call("session.login", login=self.login, password=PASSWORD, epoch=0)
        else:
            r = line.call("session.resume", token=self.token, epoch=self.epoch)
        if r.status != wire.OK:
            line.close()
            raise wire.Closed(f"{self.login}: {r}")
        self.token, self.epoch = r.row["token"], r.row["epoch"]
        self.line = line

    def back(self):
        """Connected, however long the server takes to come."""
        until = time.monotonic() + 60
        while True:
            try:
                self.connect()
                return
            except (wire.Closed, OSError, ValueError, AssertionError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def key(self, op):
        if not wire.is_write(op):
            return None
        self.seq += 1
        return (self.epoch, 0, self.seq)

    def start(self, op, values, key):
        try:
            self.line.start(op, key, **values)
        except (wire.Closed, OSError):
            pass  # the answer will not come, either

    def finish(self, op, values, key):
        """The answer; asked again until there is one."""
        for _ in range(200):
            try:
                r = self.line.reply()
                while r.push:
                    r = self.line.reply()
                if r.status not in UNAVAILABLE:
                    return r
                time.sleep(0.05)
            except (wire.Closed, OSError):
                self.back()
            self.start(op, values, key)
        raise RuntimeError(f"{self.login} {op}: no answer")


class Town:
    def __init__(self, hall, seed):
        self.hall, self.rng = hall, random.Random(seed)
        hall.psql(open(os.path.join(HERE, "town.sql"), encoding="utf-8").read())
        windows = hall.add_windows(1, len(ROLES))
        hall.psql("insert into hall.post_window select p.post_id, w.window_id, '2020-01-01' from hall.post p, hall.window w"
                  " where p.duty = 'window' and p.code like 'y_in' and w.name = 'load ' || (ascii(substr(p.code, 2, 1)) - 48) * 3 - 2")
        at = At(hall)
        self.people = {login: Person(at, login, windows[n + 1][1]) for n, login in enumerate(ROLES)}
        self.items = [
            {"id": int(i), "dept": int(d), "handling": h, "promised": int(p or 0), "limits": [int(x or 0) for x in li.split(",")],
             "closing": c == "t", "fee": int(f) if f else None}
            for i, d, h, p, li, c, f in hall.rows("""
                select v.item_version_id, right(left(d.name, 3), 1), v.handling, v.promised,
                  string_agg(coalesce(s.limit_days, 0)::text, ',' order by s.seq) filter (where s.seq > 0 and s.phase <> 'close'),
                  bool_or(s.phase = 'close'), v.fee
                from hall.item i join hall.department d using (department_id) join hall.item_version v using (item_id)
                join hall.item_step s using (item_version_id)
                where i.code like 'Y-%' group by v.item_version_id, d.name, i.code order by i.code""")]
        self.writes = self.refused = 0
        self.codes = {}
        self.disturb = None  # once, in the middle of a batch

    def connect(self):
        for person in self.people.values():
            person.back()

    def now(self):
        person = self.people["y1in"]
        person.start("clock.show", {}, None)
        return moment(person.finish("clock.show", {}, None).row["now"])

    def set_clock(self, at):
        person = self.people["y1admin"]
        values = {"at": micros(at)}
        person.start("clock.set", values, None)
        r = person.finish("clock.set", values, None)
        if r.status != wire.OK and r.code != "clock.back":
            raise RuntimeError(f"clock.set {at}: {r.code}")

    def jump(self, at):
        """Time passes while nobody serves: the server is down when its moment comes."""
        self.hall.psql(f"update hall.setting set value = (timestamptz '{at.isoformat()}' - hall.wall())::text where name = 'clock.ahead'")

    def together(self, wanted):
        """wanted: (who, op, values); each person one deed at a time, all persons side by side. Gives the answers."""
        queues, answers = {}, [None] * len(wanted)
        for n, (who, op, values) in enumerate(wanted):
            queues.setdefault(who, []).append((n, op, values))
        while queues:
            under_way = []
            for who, queue in list(queues.items()):
                n, op, values = queue.pop(0)
                person = self.people[who]
                key = person.key(op)
                person.start(op, values, key)
                under_way.append((person, n, op, values, key))
                if not queue:
                    del queues[who]
            if self.disturb:
                disturb, self.disturb = self.disturb, None
                disturb()
            for person, n, op, values, key in under_way:
                answers[n] = r = person.finish(op, values, key)
                if key:
                    self.writes += 1
                    self.refused += r.status != wire.OK
                    if r.status != wire.OK:
                        self.codes[f"{op} {r.code}"] = self.codes.get(f"{op} {r.code}", 0) + 1
        return answers
