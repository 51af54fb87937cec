"""One case's life as its people live it: a generator that yields what they do and wait for.

do(op, who, …) gives the reply; wait(hours) lets that many hours pass. A story knows what a clerk
knows: the state and version it was told last; when it was told that the case changed, it looks."""

MATERIALS = [1, 2, 3, 4, 5]


class Story:
    def __init__(self, rng, item, n):
        self.rng, self.item, self.n = rng, item, n
        self.case_id = self.version = None
        self.state, self.step, self.kind = "none", 0, None
        self.asked_fee = self.paid = self.handed = self.granted = False
        self.told = 0

    def who(self, role):
        return "y1sup" if role == "sup" else f"y{self.item['dept']}{role}"

    def holder(self):
        """Who holds the case's step: the receiving post on odd ones before the last."""
        n, s = len(self.item["limits"]), self.step
        if s == 0 or s > n:
            return self.who("in")
        return self.who("in" if s % 2 == 1 and s < n else "rev")

    def chance(self, p):
        return self.rng.random() < p

    def wait(self, low, high):
        yield ("wait", self.rng.uniform(low, high))

    def do(self, op, who, **values):
        """A write on this case; when it had changed the story looks anew and gives up this deed."""
        given = {"case_id": self.case_id, "version": self.version, **values}  # None: has no such field
        if op.startswith(("exception", "notice.reissue")):
            del given["version"]
        r = yield (who, op, {k: v for k, v in given.items() if v is not None})
        if r.status == 0:
            if r.row["version"]:
                self.version = r.row["version"]
            return True
        yield from self.look()
        return False

    def look(self):
        r = yield (self.who("in"), "case.show", {"case_id": self.case_id})
        row = r.row
        if row["state"] != self.state:
            self.kind = None
        self.state, self.version = row["state"], row["version"]
        if self.state in ("accepted", "suspended", "forwarded", "decided"):
            steps = yield (self.who("in"), "case.steps", {"case_id": self.case_id})
            self.step = max([s["seq"] for s in steps.rows if s["state"] == "now"] or [self.step or 1])
        if self.state == "suspended":
            stands = yield (self.who("in"), "case.stands", {"case_id": self.case_id})
            self.kind = [s["kind"] for s in stands.rows if s["until_at"] is None and s["voided_at"] is None][-1]

    def except_for(self, kind):
        """An exception asked by who handles it and granted (mostly) by who judges it."""
        asker = self.who("in") if self.state in ("received", "correcting") else self.holder()
        judge = self.who("chief") if kind in ("major_refuse", "fee_reduce", "major_decline") else self.who("sup")
        if not (yield from self.do("exception.ask", asker, kind=kind, reason="确有必要")):
            return False
        r = yield (judge, "exception.list", {"case_id": self.case_id, "open": True, "limit": 20})
        asked = [x["exception_id"] for x in r.rows if x["kind"] == kind and x["state"] == "asked"]
        if not asked:
            return False
        grant = self.chance(0.85)
        r = yield (judge, "exception.grant" if grant else "exception.deny", {"exception_id": asked[0], "answer": "情况属实"})
        return grant and r.status == 0

    def void_last(self, kind, back):
        """The paper just issued was wrong: void within the day."""
        r = yield (self.who("in"), "notice.list", {"case_id": self.case_id})
        papers = [x for x in r.rows if x["kind"] == kind and x["voided_at"] is None]
        if papers:
            yield from self.wait(0.1, 1.5)
            maker = self.who("chief") if kind == "extend" else self.who("in") if back == "received" else self.voider
            if (yield from self.do("notice.void", maker, notice_id=papers[0]["notice_id"], reason="文书有误", case_id=None)):
                yield from self.look()

    def live(self):
        ticks = ["present", "present", "present", "present", "unneeded"]
        r = yield (self.who("in"), "case.receive", {
            "item_id": self.item["id"], "id_kind": "resident", "id_no": self.id_no, "name": self.name, "phone": "13812345678",
            "matter": f"全年第{self.n}件", "seq": MATERIALS, "state": ticks})
        if r.status != 0:
            raise RuntimeError(f"case.receive: {r.code} {r.row}")
        self.case_id, self.version, self.state = r.row["case_id"], r.row["version"], "received"
        for _ in range(60):
            if self.state in ("declined", "withdrawn", "lapsed") or self.state == "closed" and (self.handed or not self.granted):
                return
            yield from getattr(self, self.state)()

    def withdraw(self):
        yield from self.wait(0, 0.2)
        day = yield ("today",)
        if (yield from self.do("case.withdraw", self.who("in"), signed_on=day, signed_by=self.name)):
            was, self.state = self.state, "withdrawn"
            if self.chance(0.1):
                self.voider = self.who("in")
                yield from self.void_last("withdraw", was)

    def side(self):
        """What may be done in any open state."""
        lot = self.rng.random()
        if lot < 0.02:
            yield from self.do("case.amend", self.holder(), name=self.name + "明", reason="录入错误")
        elif lot < 0.035 and self.item["promised"]:
            yield from self.do("case.expedite", self.who("sup"), promised=max(1, self.item["promised"] - self.rng.randint(1, 6)), reason="绿色通道")
        elif lot < 0.045:
            r = yield (self.who("in"), "notice.list", {"case_id": self.case_id})
            papers = [x["notice_id"] for x in r.rows if x["voided_at"] is None]
            if papers:
                yield from self.do("notice.reissue", self.holder(), notice_id=papers[0], reason="卡纸损坏", case_id=None)

    def correct(self, who):
        good = yield from self.do("case.correct", who, seq=[3], state=["defective"], note=["请补盖章"])
        if good:
            self.told += 1
        return good

    REVIEWERS = {1: "y2rev", 2: "y3rev", 3: "y2in"}

    def reviews(self, waits, op, **how):
        """Some of the departments of a joint case do what waits for them."""
        r = yield (self.who("in"), "review.list", {"scope": "case", "case_id": self.case_id})
        for row in r.rows:
            if row["waits"] == waits and self.chance(0.6):
                yield (self.REVIEWERS[row["seq"]], op, {"case_id": self.case_id, "review": row["seq"], **how})

    def review_round(self):
        if self.item["handling"] != "joint":
            return
        if self.state == "received":
            yield from self.wait(0, 30)
            missing = self.chance(0.15)
            yield from self.reviews("check", "review.check", **({"answer": "missing", "need": ["请补图"]} if missing else {"answer": "complete"}))
        elif self.chance(0.4):
            yield from self.reviews("review", "review.opine", **(
                {"answer": "refer", "words": "提请市局"} if self.chance(0.15) else {"answer": "agree"}))
        else:
            yield from self.reviews("consent", "review.consent", words="同意")

    def received(self):
        yield from self.side()
        yield from self.review_round()
        lot = self.rng.random()
        if self.state != "received":
            return
        if lot < 0.04:  # nobody does anything: ONE-2
            yield from self.wait(24 * 7, 24 * 20)
            yield from self.look()
        elif lot < 0.2:
            yield from self.wait(0, 70)
            if self.told and not (yield from self.except_for("second_correction")):
                return
            if self.state == "received" and (yield from self.correct(self.who("in"))):
                self.state = "correcting"
                if self.chance(0.05):
                    self.voider = self.who("in")
                    yield from self.void_last("correction", "received")
        elif lot < 0.24:
            yield from self.wait(0, 30)
            if (yield from self.do("case.decline", self.who("in"), why="not_required", facts="自用，不对外经营")):
                self.state = "declined"
                if self.chance(0.1):
                    self.voider = self.who("in")
                    yield from self.void_last("decline", "received")
        elif lot < 0.26:
            yield from self.withdraw()
        elif self.item["handling"] == "immediate" and lot < 0.95:
            yield from self.wait(0, 0.5)
            if (yield from self.do("case.finish", self.who("in"), document_no=f"年{self.n}")):
                self.state = "closed"
                self.granted = False  # handed over with it
        else:
            yield from self.wait(0, 60)
            if (yield from self.do("case.accept", self.who("in"))):
                self.state, self.step = "accepted", 1
                if self.chance(0.02):
                    self.voider = self.who("in")
                    yield from self.void_last("acceptance", "received")

    def correcting(self):
        yield from self.side()
        lot = self.rng.random()
        if self.state != "correcting":
            return
        if lot < 0.12:
            yield from self.wait(24 * 25, 24 * 50)
            yield from self.look()
        elif lot < 0.16:
            yield from self.wait(1, 100)
            if (yield from self.do("case.decline", self.who("in"), why="not_permitted", facts="属于禁止事项", basis="某法第九条")):
                self.state = "declined"
        elif lot < 0.19:
            yield from self.wait(1, 200)
            yield from self.withdraw()
        else:
            yield from self.wait(2, 24 * self.rng.choice((2, 5, 15, 33)))
            if (yield from self.do("case.answer", self.who("in"), seq=[3], state=["present" if self.chance(0.85) else "defective"])):
                self.state = "received"

    def fee(self):
        if self.item["fee"] == 0 or self.paid:
            return
        if not self.asked_fee:
            amount, note = (self.item["fee"], None) if self.item["fee"] else (self.rng.randint(100, 90000), "按面积计算")
            self.asked_fee = yield from self.do("fee.ask", self.who("in"), amount=amount, note=note)
            return
        if self.chance(0.1) and (yield from self.except_for("fee_reduce")):
            yield from self.do("fee.reduce", self.who("in"), by=100, reason="困难群众")
        self.paid = yield from self.do("fee.pay", self.who("in"), receipt_no=f"GK{self.n}")

    def accepted(self):
        yield from self.side()
        yield from self.review_round()
        if self.chance(0.2):
            yield from self.fee()
        if self.state != "accepted":
            return
        lot = self.rng.random()
        if lot < 0.03:
            yield from self.wait(24 * 10, 24 * 60)  # neglected
            yield from self.look()
        elif lot < 0.12:
            yield from self.suspend()
        elif lot < 0.17 and self.item["promised"]:
            days = self.rng.randint(1, 10)
            if days > 5 and self.chance(0.3):
                yield from self.except_for("extend_beyond")
            if (yield from self.do("case.extend", self.who("chief"), days=days, reason="案情复杂")) and self.chance(0.1):
                yield from self.void_last("extend", "accepted")
        elif lot < (0.4 if self.item["handling"] == "forwarded" and self.step == 1 else 0.18):
            if (yield from self.do("case.forward", self.holder(), authority="市某局", document_no=f"年呈{self.n}")):
                self.state = "forwarded"
        elif lot < 0.43 and self.chance(0.15):
            if (yield from self.except_for("second_correction")) and self.state == "accepted" \
                    and (yield from self.correct(self.holder())):
                self.state, self.kind = "suspended", "correction"
        elif lot < 0.445:
            yield from self.withdraw()
        elif lot < 0.5 and self.step > 1:
            if (yield from self.do("case.send_back", self.holder(), reason="材料须再核")):
                self.step -= 1
        else:
            yield from self.wait(0, self.rng.choice((1, 5, 30, 80)))
            yield from self.forth()

    def suspend(self):
        until = None
        if self.chance(0.5):
            until = (yield ("today",)) + self.rng.randint(0, 25)
        if (yield from self.do("case.suspend", self.holder(), procedure=self.rng.choice(("hearing", "testing", "expert_review")),
                               reason="依法进行", expected=None if until else self.rng.randint(1, 30), until=until)):
            self.state, self.kind = "suspended", "special"
            if self.chance(0.05):
                self.voider = self.holder()
                yield from self.void_last("special", "accepted")

    def forth(self):
        last = len(self.item["limits"])
        if self.step < last:
            if (yield from self.do("case.advance", self.holder())):
                self.step += 1
            return
        maker, grant = self.holder(), self.chance(0.87)
        if grant:
            good = yield from self.do("case.decide", maker, document_no=f"年许{self.n}")
        else:
            major = self.chance(0.2) and (yield from self.except_for("major_refuse"))
            good = yield from self.do("case.refuse", maker, facts="场所不符合要求", basis="某条例第九条", major=bool(major))
        if good:
            self.state, self.step, self.granted = "decided", last + 1 if self.item["closing"] else last, grant
            if self.chance(0.03):
                self.voider = maker
                yield from self.void_last("grant" if grant else "refuse", "accepted")

    def suspended(self):
        yield from self.side()
        if self.kind is None:
            yield from self.look()
        if self.state != "suspended":
            return
        lot = self.rng.random()
        if lot < 0.05:
            yield from self.withdraw()
        elif lot < 0.12 and self.item["promised"]:
            yield from self.do("case.extend", self.who("chief"), days=self.rng.randint(1, 5), reason="案情复杂")
        elif self.kind == "correction":
            if lot < 0.3:
                yield from self.wait(24 * 20, 24 * 45)
                yield from self.look()
                return
            yield from self.wait(1, 24 * 20)
            if (yield from self.do("case.answer", self.who("in"), seq=[3], state=["present"])):
                self.state = "accepted"
        else:
            yield from self.wait(0.2, 24 * self.rng.choice((0.2, 1, 4, 15)))
            if (yield from self.do("case.resume", self.holder(), outcome="程序结束")):
                self.state = "accepted"

    def forwarded(self):
        yield from self.side()
        if self.state != "forwarded":
            return
        if self.chance(0.05):
            yield from self.withdraw()
            return
        yield from self.wait(1, 24 * self.rng.choice((1, 5, 20)))
        if self.chance(0.3):
            yield from self.do("case.track", self.holder(), note="仍在审查")
        elif (yield from self.do("case.return", self.holder(), answer="同意")):
            self.state = "accepted"

    def decided(self):
        if self.asked_fee and not self.paid:
            yield from self.fee()
        yield from self.wait(0, self.rng.choice((1, 10, 60)))
        maker = self.holder() if self.item["closing"] else self.who("rev")
        if (yield from self.do("case.close", maker)):
            self.state = "closed"
            if self.chance(0.02):
                self.voider = maker
                yield from self.void_last("finish", "decided")

    def closed(self):
        yield from self.wait(0, 24 * self.rng.choice((1, 5, 14)))
        if self.asked_fee and not self.paid:
            yield from self.fee()
        self.handed = yield from self.do("case.deliver", self.who("in"), how=self.rng.choice(("window", "post", "electronic")),
                                         received_by=self.name)
        if not self.handed:
            self.handed = self.state == "closed"
