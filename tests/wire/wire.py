"""The wire as an outsider reads the manual: own encoder, raw TLS, no code of the product.

Tests use the hall in $YIMEN_HALL, or bring up one of their own. Each prints TAP lines.
"""
import atexit
import contextlib
import hashlib
import os
import re
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.environ.get("YIMEN_BIN", os.path.join(TOP, "build"))

OK, REFUSED, DENIED, NO_SESSION, BUSY, UNAVAILABLE, INVALID, FENCED = range(8)
MORE, PUSH = 0x100, 0x200
FRAME_MAX, FRAME_MAX_LOGIN = 64 * 1024, 8 * 1024
OUTCOME = "code:t arg1:t arg2:t arg3:t case_id:i8 version:i4 number:t"

TICKS = "seq:i2[] state:t16c[] note:t200[] later:d[]"
DRAFT = " draft:y16"
PARTIES = (
    "party_role:t16c[] party_id_kind:t16c[] party_id_no:t32i[] party_name:t120n[] party_phone:t20p[] "
    "party_address:t200[]"
)
HAND = "paper_no:t40 paper_at:m paper_reason:t200"
APPLICANT = (
    "applicant_id:i8 id_kind:t id_no:t name:t phone:t address:t open_cases:i4 agent_name:t agent_id_kind:t "
    "agent_id_no:t agent_phone:t agent_scope:t agent_until:d"
)
BLOCKS = "no:i2 block:t c1:t c2:t c3:t c4:t widths:t"
SESSION = (
    "token:y staff_id:i8 login:t name:t class:i4 window_id:i8 window_no:i4 window:t department:t "
    "epoch:i4 journal_key:y must_change:b locked:b"
)
EVENT = "event_id:i8 at:m event:t case_id:i8 number:t post_id:i8 version:i4 window_no:i4 actor:t"
CASES = (
    "case_id:i8 number:t item:t applicant:t id_tail:t state:t step:t post:t received_at:m term_at:m "
    "due_at:m version:i4 step_due_at:m light:t step_light:t days_left:i4 standing:t action:t step_left:i4 deliver_at:m"
)
CLOCK = "now:m test:b working:b open:b reason:t closes_at:m waiting:i4"
GUIDE = (
    "item_id:i8 code:t version:i4 name:t main_item:t department:t task_type:t handling:t legal_basis:t "
    "steps:t statutory:i4 promised:i4 unit:t fee:i8 fee_basis:t result_doc:t answer_days:i4 guide:b "
    "post_id:i8 post:t window_no:i4"
)

# Written by hand from yimen-protocol(7): id, kind, fields in, fields out. A field is name:type, with
# the longest length, c code n name i identity p phone w password, ! required, [] array.
OPS = {
    "session.hello": (0x0100, "L", "version_min:i2! version_max:i2! program:t64!",
        "version:i2 program:t hall:t window_no:i4 window:t test:b now:m hall_no:t training:b"),
    "session.login": (0x0101, "L", "login:t32c! password:t128w! epoch:i4!", SESSION),
    "session.logout": (0x0102, "L", "", ""),
    "session.lock": (0x0103, "C", "", ""),
    "session.unlock": (0x0104, "L", "password:t128w!", ""),
    "session.resume": (0x0105, "L", "token:y64! epoch:i4!", SESSION),
    "session.password": (0x0106, "L", "old:t128w! new:t128w!", ""),
    "session.list": (0x0107, "R", "",
        "session_id:i8 login:t name:t window_no:i4 opened_at:m seen_at:m locked:b"),
    "session.kick": (0x0108, "C", "session_id:i8!", ""),
    "item.find": (0x0200, "R", "q:t120 department_id:i8 mine:b after:i4 limit:i4",
        "item_id:i8 code:t name:t department:t handling:t promised:i4 unit:t guide:b mine:b"),
    "item.show": (0x0201, "R", "item_id:i8!", GUIDE),
    "item.materials": (0x0202, "R", "item_id:i8!",
        "seq:i2 name:t form:t copies:i2 required:t source:t note:t"),
    "item.guide": (0x0203, "R", "item_id:i8!", BLOCKS),
    "applicant.find": (0x0300, "R", "id_kind:t16c! id_no:t32i!", APPLICANT),
    "applicant.phone": (0x0301, "R", "phone:t20p!", "applicant_id:i8 id_kind:t id_no:t name:t"),
    "applicant.show": (0x0302, "R", "applicant_id:i8! phone:t20p!", APPLICANT),
    "case.receive": (0x0400, "W",
        "item_id:i8! id_kind:t16c! id_no:t32i! name:t120n! phone:t20p! address:t200 agent_name:t60n "
        "agent_id_kind:t16c agent_id_no:t32i agent_phone:t20p agent_scope:t120 agent_until:d matter:t200 "
        + TICKS + " " + PARTIES + " " + HAND + " with_case:i8 project_id:i8 review:i2[]" + DRAFT, OUTCOME),
    "case.accept": (0x0401, "W", "case_id:i8! version:i4! " + TICKS + DRAFT, OUTCOME),
    "case.correct": (0x0402, "W", "case_id:i8! version:i4! " + TICKS + " remark:t400" + DRAFT, OUTCOME),
    "case.answer": (0x0403, "W", "case_id:i8! version:i4! " + TICKS + " remark:t400" + DRAFT, OUTCOME),
    "case.find": (0x0404, "R", "q:t120! after:i4 limit:i4", CASES),
    "case.show": (0x0405, "R", "case_id:i8!",
        "case_id:i8 number:t version:i4 state:t step:t post_id:i8 post:t mine:b item_id:i8 item_code:t item:t "
        "department:t id_kind:t id_no:t applicant:t phone:t address:t agent:t agent_phone:t matter:t "
        "received_at:m accepted_at:m term_at:m due_at:m statutory_at:m provisional:b "
        "handling:t result_doc:t light:t step_light:t step_due_at:m days_left:i4 standing:t standing_reason:t "
        "standing_since:m standing_until:m action:t unit:t promised:i4 hurried:i4 extended:i4 granted:b decided_at:m "
        "deliver_at:m handed_at:m silent:b fee:i8 no_why:t no_facts:t no_basis:t no_where:t"),
    "case.materials": (0x0406, "R", "case_id:i8!",
        "seq:i2 name:t form:t copies:i2 required:t state:t note:t later:d told:b"),
    "case.history": (0x0407, "R", "case_id:i8!",
        "event_id:i8 at:m event:t from_state:t to_state:t actor:t post:t window_no:i4 notice:t note:t version:i4 "
        "clock:t light_was:t light:t"),
    "case.due": (0x043d, "R", "case_id:i8! clock:t16c",
        "day:d n:i4 counted:b part:t reason:t minutes:i4 provisional:b calendar_version:i4 due_at:m days_left:i4 "
        "left_told:t light:t"),
    "case.days": (0x043e, "R", "post_id:i8 from:d until:d",
        "day:d working:b reason:t terms:i4 steps:i4 totals:i4 deliveries:i4 overdue:i4"),
    "case.due_paper": (0x043f, "R", "case_id:i8! clock:t16c", BLOCKS),
    "case.queue": (0x0408, "R", "post_id:i8 state:t16c after:i4 limit:i4 day:d from:d", CASES),
    "case.decline": (0x0410, "W",
        "case_id:i8! version:i4! why:t16c! facts:t400! basis:t200 major:b to_post:i8 to_where:t120 remark:t400"
        + DRAFT, OUTCOME),
    "case.finish": (0x0411, "W",
        "case_id:i8! version:i4! " + TICKS + " document:t120 document_no:t60 remark:t400 paper_at:m" + DRAFT, OUTCOME),
    "case.withdraw": (0x0412, "W", "case_id:i8! version:i4! signed_on:d! signed_by:t120n! remark:t400" + DRAFT, OUTCOME),
    "case.amend": (0x0413, "W",
        "case_id:i8! version:i4! id_kind:t16c id_no:t32i name:t120n phone:t20p address:t200 agent_name:t60n "
        "agent_id_kind:t16c agent_id_no:t32i agent_phone:t20p agent_scope:t120 agent_until:d no_agent:b matter:t200 "
        + TICKS + " reason:t200 party_seq:i2[] " + PARTIES.split(" ", 1)[1] + DRAFT, OUTCOME),
    "case.amended": (0x0414, "R", "case_id:i8!", "version:i4 at:m field:t before:t after:t actor:t note:t"),
    "case.parties": (0x0420, "R", "case_id:i8!",
        "seq:i2 role:t id_kind:t id_no:t name:t phone:t address:t scope:t until:d expired:b"),
    "case.visit": (0x0421, "R", "case_id:i8!",
        "case_id:i8 number:t item:t state:t received_at:m paper_no:t paper_reason:t keyed_at:m late:b"),
    "case.late": (0x0422, "R", "from:d until:d after:i4 limit:i4",
        "case_id:i8 number:t item:t department:t paper_no:t received_at:m keyed_at:m paper_reason:t actor:t "
        "window_no:i4"),
    "case.lights": (0x0440, "R", "", "yellow:i4 red:i4 deliver:i4 deliver_late:i4"),
    "case.advance": (0x0430, "W",
        "case_id:i8! version:i4! note:t400" + DRAFT, OUTCOME),
    "case.send_back": (0x0431, "W",
        "case_id:i8! version:i4! step:i2 reason:t200!" + DRAFT, OUTCOME),
    "case.suspend": (0x0432, "W",
        "case_id:i8! version:i4! procedure:t16c! reason:t200! expected:i4 until:d remark:t400" + DRAFT, OUTCOME),
    "case.resume": (0x0433, "W",
        "case_id:i8! version:i4! outcome:t200" + DRAFT, OUTCOME),
    "case.extend": (0x0434, "W",
        "case_id:i8! version:i4! days:i4! reason:t200! remark:t400" + DRAFT, OUTCOME),
    "case.expedite": (0x0435, "W",
        "case_id:i8! version:i4! promised:i4! reason:t200!" + DRAFT, OUTCOME),
    "case.forward": (0x0436, "W",
        "case_id:i8! version:i4! authority:t120! document_no:t60 reason:t200" + DRAFT, OUTCOME),
    "case.return": (0x0437, "W",
        "case_id:i8! version:i4! answer:t400!" + DRAFT, OUTCOME),
    "case.decide": (0x0438, "W",
        "case_id:i8! version:i4! document:t120 document_no:t60 valid_until:d remark:t400" + DRAFT, OUTCOME),
    "case.refuse": (0x0439, "W",
        "case_id:i8! version:i4! facts:t400! basis:t200! major:b remark:t400" + DRAFT, OUTCOME),
    "case.close": (0x043a, "W",
        "case_id:i8! version:i4! remark:t400" + DRAFT, OUTCOME),
    "case.deliver": (0x043b, "W",
        "case_id:i8! version:i4! how:t16c! received_by:t120n! received_on:d papers:t200 remark:t400" + DRAFT, OUTCOME),
    "case.track": (0x043c, "W",
        "case_id:i8! version:i4! note:t200!" + DRAFT, OUTCOME),
    "case.steps": (0x0423, "R",
        "case_id:i8!", 
        "seq:i2 phase:t name:t post_id:i8 post:t holder:t step_limit:i4 unit:t state:t since:m due_at:m "
        "light:t"),
    "case.stands": (0x0424, "R",
        "case_id:i8!", 
        "seq:i2 kind:t procedure:t reason:t expected:i4 ends_at:m authority:t document_no:t from_at:m "
        "until_at:m outcome:t voided_at:m"),
    "fee.ask": (0x0e00, "W",
        "case_id:i8! version:i4! amount:i8! note:t200 remark:t400" + DRAFT, OUTCOME),
    "fee.pay": (0x0e01, "W",
        "case_id:i8! version:i4! receipt_no:t40! paid_on:d" + DRAFT, OUTCOME),
    "fee.reduce": (0x0e02, "W",
        "case_id:i8! version:i4! by:i8! reason:t200!" + DRAFT, OUTCOME),
    "fee.cancel": (0x0e04, "W",
        "case_id:i8! version:i4! reason:t200!" + DRAFT, OUTCOME),
    "fee.list": (0x0e03, "R",
        "case_id:i8!", 
        "fee_id:i8 published:i8 amount:i8 basis:t note:t asked_at:m notice_id:i8 notice:t reduced:i8 "
        "reduce_reason:t receipt_no:t paid_on:d voided_at:m"),
    "notice.preview": (0x0500, "R", "case_id:i8! kind:t16c! " + TICKS + " remark:t400 why:t16c facts:t400 basis:t200 "
        "to_post:i8 to_where:t120 document:t120 document_no:t60 signed_on:d signed_by:t120n major:b", BLOCKS),
    "case.acts": (0x0445, "R", "case_id:i8! action:t16c", "action:t code:t arg1:t arg2:t except_kind:t except_state:t"),
    "case.foresee": (0x0444, "R", "case_id:i8! days:i4 promised:i4", "extend_max:i4 due_at:m statutory_at:m provisional:b"),
    "notice.preview_act": (0x0509, "R", "case_id:i8! action:t16c! remark:t400 procedure:t16c reason:t200 expected:i4 until:d "
        "days:i4 document:t120 document_no:t60 valid_until:d facts:t400 basis:t200 major:b how:t16c received_by:t120n "
        "received_on:d papers:t200 amount:i8 note:t200 by:i8", BLOCKS),
    "notice.list": (0x0501, "R", "case_id:i8",
        "notice_id:i8 case_id:i8 case_number:t kind:t title:t number:t issued_at:m state:t copies:i4 sha256:y "
        "voided_at:m void_reason:t replaces:t"),
    "notice.show": (0x0502, "R", "notice_id:i8!", BLOCKS),
    "notice.print": (0x0503, "W", "notice_id:i8! printer:t60!", OUTCOME),
    "notice.printed": (0x0504, "W", "notice_id:i8! ok:b! sha256:y32 pages:i2 detail:t200", OUTCOME),
    "notice.void": (0x0505, "W", "notice_id:i8! version:i4! reason:t200!" + DRAFT, OUTCOME),
    "notice.queue": (0x0508, "R", "",
        "notice_id:i8 case_id:i8 case_number:t applicant:t kind:t title:t number:t issued_at:m state:t copies:i4 "
        "here:b window_no:i4 printer:t queued_at:m detail:t elsewhere:b"),
    "notice.reissue": (0x0506, "W", "notice_id:i8! reason:t200! remark:t400 facts:t400 basis:t200" + DRAFT, OUTCOME),
    "exception.ask": (0x0d00, "W", "kind:t32c! case_id:i8 subject:t60 reason:t200!" + DRAFT, OUTCOME),
    "exception.grant": (0x0d01, "W", "exception_id:i8! answer:t200!" + DRAFT, OUTCOME),
    "exception.deny": (0x0d02, "W", "exception_id:i8! answer:t200!" + DRAFT, OUTCOME),
    "exception.list": (0x0d03, "R", "case_id:i8 open:b after:i4 limit:i4",
        "exception_id:i8 kind:t state:t case_id:i8 number:t item:t department:t reason:t asked_by:t asked_at:m "
        "judge:t mine:b decided_by:t decided_at:m answer:t used_at:m"),
    "negative.list": (0x0d08, "R", "department_id:i8 category:t16c after:i4 limit:i4",
        "negative_id:i8 number:t at:m category:t why:t case_id:i8 case_number:t item:t applicant:t phone:t matter:t "
        "facts:t basis:t to_where:t major:b handler:t post:t window_no:i4 notice:t voided_at:m before:t"),
    "negative.enter": (0x0d09, "W", "case_id:i8 number:t60 category:t16c! facts:t400! basis:t200 major:b" + DRAFT, OUTCOME),
    "post.list": (0x0600, "R", "all:b",
        "post_id:i8 code:t name:t department_id:i8 department:t window_no:i4 place:t mine:t holder_id:i8 holder:t "
        "held_as:t a:t open_cases:i4 held_since:m empty_since:m offered:t back_at:m next_at:m mine_now:b "
        "a_here:m asked_at:m"),
    "post.show": (0x0601, "R", "post_id:i8!",
        "place:t staff_id:i8 login:t name:t holds:b present:b whereabouts:t until:m"),
    "post.history": (0x0602, "R", "post_id:i8! from:d until:d",
        "from_at:m until_at:m staff:t held_as:t for_name:t how:t by_name:t note:t"),
    "post.done": (0x0603, "R", "post_id:i8! from:m until:m after:i4 limit:i4",
        "at:m event:t case_id:i8 number:t item:t actor:t note:t"),
    "post.assign": (0x0604, "W", "post_id:i8! place:t16! login:t32" + DRAFT, OUTCOME),
    "post.appoint": (0x0605, "W", "post_id:i8! login:t32 reason:t200!" + DRAFT, OUTCOME),
    "cover.list": (0x1000, "R", "all:b",
        "post_id:i8 post:t window_no:i4 a:t empty_since:m why:t first:t to_me:b to_all_at:m alert_at:m alerted:b "
        "open_cases:i4 due_today:i4"),
    "cover.take": (0x1001, "W", "post_id:i8!", OUTCOME),
    "cover.give_back": (0x1002, "W", "post_id:i8! note:t400" + DRAFT, OUTCOME),
    "cover.ask_back": (0x1003, "W", "post_id:i8!", OUTCOME),
    "presence.in": (0x1300, "W", "", OUTCOME),
    "presence.out": (0x1301, "W", "", OUTCOME),
    "presence.sheet": (0x1305, "R", "day:d all:b",
        "staff_id:i8 name:t department:t half:t in_at:m out_at:m verdict:t"),
    "review.check": (0x1400, "W", "case_id:i8! review:i2! answer:t16c! need:t200[] material:i2[]" + DRAFT, OUTCOME),
    "review.list": (0x1401, "R", "scope:t16c case_id:i8 after:i4 limit:i4",
        "case_id:i8 number:t item:t applicant:t state:t seq:i2 matter:t department:t post_id:i8 post:t holder:t mine:b waits:t "
        "checked:t check_until:m opened_at:m seen_at:m due_at:m days_left:i4 light:t answer:t answered_at:m opinion_no:i2 "
        "wanted:b deems_at:m consent_until:m consented_at:m lead:t lead_due:m project:t project_code:t stage_no:i2 stage:t"),
    "review.show": (0x1402, "C", "case_id:i8! review:i2!",
        "no:i2 how:t answer:t words:t basis:t document_no:t at:m actor:t department:t post:t window_no:i4 current:b"),
    "review.opine": (0x1403, "W", "case_id:i8! review:i2! answer:t16c! words:t400 basis:t200" + DRAFT, OUTCOME),
    "review.supersede": (0x1404, "W", "case_id:i8! review:i2! no:i2! answer:t16c! words:t400 basis:t200" + DRAFT, OUTCOME),
    "review.want": (0x1405, "W", "case_id:i8! review:i2! need:t200[] material:i2[]" + DRAFT, OUTCOME),
    "review.reject": (0x1406, "W", "case_id:i8! review:i2! reason:t200!" + DRAFT, OUTCOME),
    "review.consent": (0x1407, "W", "case_id:i8! review:i2! words:t400 document_no:t60 object:b" + DRAFT, OUTCOME),
    "review.needs": (0x1408, "R", "case_id:i8!",
        "no:i2 seq:i2 kind:t state:t at:m actor:t department:t line:i2 material:i2 words:t reason:t ended_at:m"),
    "meeting.call": (0x1500, "W", "case_id:i8! kind:t16c! at:m! venue:t100! agenda:t200! review:i2[]" + DRAFT, OUTCOME),
    "meeting.move": (0x1501, "W", "case_id:i8! meeting:i2! at:m! venue:t100! reason:t100!" + DRAFT, OUTCOME),
    "meeting.sign": (0x1502, "W", "case_id:i8! meeting:i2!" + DRAFT, OUTCOME),
    "meeting.attend": (0x1503, "W", "case_id:i8! meeting:i2! post:i8![] attendee:t40![]" + DRAFT, OUTCOME),
    "meeting.opine": (0x1504, "W", "case_id:i8! meeting:i2! review:i2! answer:t16c! words:t400 basis:t200" + DRAFT, OUTCOME),
    "meeting.close": (0x1505, "W", "case_id:i8! meeting:i2! words:t400!" + DRAFT, OUTCOME),
    "meeting.cancel": (0x1506, "W", "case_id:i8! meeting:i2! reason:t200!" + DRAFT, OUTCOME),
    "meeting.list": (0x1507, "R", "scope:t16c case_id:i8 after:i4 limit:i4",
        "case_id:i8 meeting:i2 number:t item:t applicant:t lead:t kind:t at:m place:t agenda:t state:t moves:i2 called:i4 signed:i4 "
        "came:i4 leads:b mine:b unsigned:b call_id:i8 call_no:t minutes_id:i8 minutes_no:t words:t"),
    "meeting.show": (0x1508, "R", "case_id:i8! meeting:i2!",
        "post_id:i8 department:t post:t holder:t mine:b signed_at:m signed_by:t in_time:b counts:b came:b who:t who_login:t deemed:b "
        "seq:i2 matter:t answer:t there:b people:t"),
    "meeting.sheet": (0x1509, "W", "case_id:i8! kind:t16c! venue:t100 remark:t200" + DRAFT, OUTCOME),
    "deem.licence": (0x150c, "W", "case_id:i8! licence_no:t60! expires:d!" + DRAFT, OUTCOME),
    "deem.follow": (0x150d, "W", "case_id:i8! document_no:t60! words:t200" + DRAFT, OUTCOME),
    "deem.list": (0x150e, "R", "scope:t16c case_id:i8 after:i4 limit:i4",
        "case_id:i8 number:t item:t applicant:t state:t post:t holder:t mine:b why:t basis:t at:m days_left:i4 light:t granted:b actor:t "
        "consent_until:m consented_at:m document_no:t licence_no:t expires:d in_time:b"),
    "project.open": (0x1600, "W", "name:t200! owner:t120n! code:t40" + DRAFT, OUTCOME),
    "project.show": (0x1601, "R", "project_id:i8 q:t120 after:i4 limit:i4",
        "project_id:i8 code:t name:t owner:t opened_at:m stage_no:i2 stage:t department:t item_id:i8 case_id:i8 number:t "
        "state:t granted:b received_at:m decided_at:m due_at:m may:b lacks:t elapsed:i4 charged:i4 post:t mine:b"),
    "project.stage": (0x1602, "R", "stage_no:i2 item_id:i8",
        "seq:i2 matter:t department:t post:t limit_n:i4 unit:t conditional:b deem_basis:t stage_no:i2 stage:t"),
    "event.subscribe": (0x0700, "L", "case_id:i8[] all:b", EVENT),
    "event.list": (0x0701, "R", "case_id:i8 after:i8 limit:i4", EVENT),
    "clock.show": (0x0800, "R", "", CLOCK),
    "clock.set": (0x0801, "C", "at:m!", CLOCK),
    "paper.put": (0x0900, "C", "case_id:i8! sha256:y32! size:i4! seq:i2 name:t120n! no:i4 bytes:y49152 void_id:i8",
        "paper_id:i8 next:i4 chunks:i4"),
    "paper.get": (0x0901, "C", "paper_id:i8! no:i4",
        "no:i4 chunks:i4 case_id:i8 name:t media:t size:i4 sha256:y bytes:y"),
    "paper.list": (0x0902, "R", "case_id:i8!",
        "paper_id:i8 seq:i2 material:t name:t media:t size:i4 sha256:y at:m actor:t window_no:i4 voided_at:m void_reason:t"),
    "paper.void": (0x0903, "W", "paper_id:i8! reason:t200n!" + DRAFT, OUTCOME),
    "paper.keep": (0x0904, "W", "case_id:i8! name:t120n![] copies:i2[] seq:i2[]" + DRAFT, OUTCOME),
    "paper.originals": (0x0905, "R", "case_id:i8!",
        "original_id:i8 seq:i2 name:t copies:i2 kept_at:m kept_by:t kept_window:i4 returned_at:m returned_by:t "
        "returned_window:i4 receiver:t remark:t notice_id:i8"),
    "paper.return": (0x0906, "W", "case_id:i8! original_id:i8![] receiver:t60n! remark:t200" + DRAFT, OUTCOME),
    "draft.save": (0x0a00, "C", "draft:y16! revision:i4! screen:t16c! item_id:i8 case_id:i8 title:t200 content:y49152!",
        "revision:i4"),
    "draft.list": (0x0a01, "C", "",
        "draft:y screen:t item:t case_id:i8 number:t state:t title:t person:t mine:b window_no:i4 saved_at:m revision:i4"),
    "draft.take": (0x0a02, "C", "draft:y16!",
        "screen:t item_id:i8 case_id:i8 number:t version:i4 revision:i4 content:y"),
    "draft.drop": (0x0a03, "C", "draft:y16!", ""),
    "visit.record": (0x0b00, "W",
        "matter:t200! result:t16c! name:t120n phone:t20p item_id:i8 to_post_id:i8 window_no:i4 reply:t400 "
        "as_post_id:i8 draft:y16", OUTCOME),
    "visit.hand": (0x0b01, "W", "visit_id:i8! version:i4! to_post_id:i8! note:t400", OUTCOME),
    "visit.confirm": (0x0b02, "W", "visit_id:i8! version:i4!", OUTCOME),
    "visit.close": (0x0b03, "W",
        "visit_id:i8! version:i4! result:t16c reply:t400 to_post_id:i8 window_no:i4", OUTCOME),
    "visit.list": (0x0b04, "R", "all:b late:b confirm:b day:d post_id:i8 after:i4 limit:i4",
        "visit_id:i8 version:i4 state:t result:t late:b mine:b confirm:b recorded_at:m ends_at:m name:t phone:t "
        "matter:t item:t reply:t note:t post_id:i8 post:t to_post_id:i8 to_post:t told_window_no:i4 told_place:t "
        "case_number:t actor:t window_no:i4 last_at:m last_actor:t closed_at:m"),
    "agent.log": (0x0c00, "W", "case_id:i8! kind:t16c! words:t400! who:t60" + DRAFT, OUTCOME),
    "agent.list": (0x0c01, "R", "case_id:i8",
        "event_id:i8 at:m case_id:i8 number:t state:t kind:t words:t agent:t actor:t window_no:i4 mine:b"),
    "case.reveal": (0x0409, "C", "case_id:i8! reason:t200!",
        "seq:i2 role:t id_kind:t id_no:t name:t phone:t address:t scope:t until:d matter:t"),
    "handover.start": (0x1100, "W", "post_id:i8! to_id:i8! from:m! until:m! reason:t200! case_id:i8[] case_note:t200[] thing:t120[] "
        "absence_id:i8" + DRAFT, OUTCOME),
    "handover.list": (0x1101, "R", "all:b",
        "handover_id:i8 post_id:i8 post:t giver:t giver_id:i8 taker:t taker_id:i8 from_at:m until_at:m reason:t state:t late:b cases:i4 "
        "things:i4 waiting:i4 role:t"),
    "handover.show": (0x1102, "R", "handover_id:i8!",
        "item:i2 kind:t case_id:i8 number:t item_name:t applicant:t due_at:m text:t confirmed_at:m confirmed_by:t done:t"),
    "handover.note": (0x1103, "W", "handover_id:i8! case_id:i8! note:t200!" + DRAFT, OUTCOME),
    "handover.confirm": (0x1104, "W", "handover_id:i8! items:i2[]", OUTCOME),
    "handover.change": (0x1105, "W", "handover_id:i8! to_id:i8 from:m until:m reason:t200" + DRAFT, OUTCOME),
    "handover.cancel": (0x1106, "W", "handover_id:i8! reason:t200!" + DRAFT, OUTCOME),
    "handover.finish": (0x1107, "W", "handover_id:i8! note:t400" + DRAFT, OUTCOME),
    "handover.paper": (0x1108, "R", "handover_id:i8!", BLOCKS),
    "absence.plan": (0x1200, "W", "kind:t16c! from:m! until:m! reason:t200! contact:t60 login:t60" + DRAFT, OUTCOME),
    "absence.change": (0x1201, "W", "absence_id:i8! from:m until:m reason:t200" + DRAFT, OUTCOME),
    "absence.cancel": (0x1202, "W", "absence_id:i8! reason:t200!" + DRAFT, OUTCOME),
    "absence.approve": (0x1203, "W", "absence_id:i8! grant:b! reason:t200 substitute:t60" + DRAFT, OUTCOME),
    "absence.list": (0x1204, "R", "scope:t16c! from:d until:d",
        "absence_id:i8 staff_id:i8 name:t department:t kind:t from_at:m until_at:m half_days:i4 reason:t state:t approver:t "
        "mine_to_decide:b decided_by:t decided_at:m note:t uncovered:t substitute:t "
        "judge_post:t judge:t judge_could:t"),
    "presence.away": (0x1302, "W", "kind:t16c! destination:t120! contact:t60 until:m! watch_no:i4" + DRAFT, OUTCOME),
    "presence.back": (0x1303, "W", "", OUTCOME),
    "presence.board": (0x1304, "R", "all:b",
        "staff_id:i8 name:t department:t window_no:i4 kind:t since:m until:m posts:t covered_by:t contact:t destination:t note:t"),
    "presence.sign": (0x1306, "R", "", BLOCKS),
    "presence.neighbours": (0x1307, "R", "", "window_no:i4 place:t people:t receives:b"),
    "presence.watched": (0x1308, "R", "", "window_no:i4 name:t kind:t since:m until:m contact:t receives:b"),
    "presence.leaving": (0x1309, "R", "", "post_id:i8 post:t open_cases:i4 empty_at:m first:t"),
    "command.cancel": (0x0f00, "C", "epoch:i4! slot:i2! seq:i8!", OUTCOME),
}
NAMES = {row[0]: name for name, row in OPS.items()}
FIELD = re.compile(r"(\w+):(b|i2|i4|i8|t|y|d|m)(\d*)([cnipw]?)(!?)(\[\])?$")
SIZES = {"b": ">?", "i2": ">h", "i4": ">i", "i8": ">q", "d": ">i", "m": ">q"}


class Field:
    def __init__(self, text):
        name, kind, most, meaning, required, array = FIELD.match(text).groups()
        self.name, self.kind, self.meaning = name, kind, meaning
        self.max = int(most or 0)
        self.required, self.array = bool(required), bool(array)


def fields(text):
    return [Field(word) for word in text.split()]


def op_fields(op):
    return fields(OPS[op][2])


def is_write(op):
    return OPS[op][1] == "W"


def raw(data):
    """Any bytes as one value."""
    return b"\xff\xff\xff\xff" if data is None else struct.pack(">I", len(data)) + data


def scalar(kind, value):
    if value is None or isinstance(value, bytes):
        return raw(value)
    if kind == "t":
        return raw(value.encode())
    return raw(struct.pack(SIZES[kind], value))


def array(kind, values):
    if values is None:
        return raw(None)
    return raw(struct.pack(">I", len(values)) + b"".join(scalar(kind, v) for v in values))


def key(epoch, slot, seq):
    return struct.pack(">IHQ", epoch, slot, seq)


def payload(op, values, write_key=None):
    """The fields of op by name; what is not named is NULL. Bytes stand for a value as it is."""
    out = [key(*write_key)] if write_key else []
    left = dict(values)
    for f in op_fields(op):
        v = left.pop(f.name, None)
        out.append(array(f.kind, v) if f.array and not isinstance(v, bytes) else scalar(f.kind, v))
    assert not left, f"{op} has no field {sorted(left)}"
    return b"".join(out)


def frame(op, body, request=1, flags=0):
    number = OPS[op][0] if isinstance(op, str) else op
    return struct.pack(">IHHI", len(body), number, flags, request) + body


class Closed(Exception):
    """The server closed the line."""


class Reply:
    def __init__(self, op, status, push, request, rows, frames):
        self.op, self.status, self.push, self.request = op, status, push, request
        self.rows, self.frames = rows, frames

    @property
    def code(self):
        return self.rows[0]["code"] if self.status and self.rows else None

    @property
    def row(self):
        return self.rows[0]

    def __repr__(self):
        return f"<{self.op} status={self.status} code={self.code} rows={len(self.rows)}>"


def decode(kind, data):
    if kind == "t":
        return data.decode()
    return data if kind == "y" else struct.unpack(SIZES[kind], data)[0]


def decode_rows(columns, data):
    rows, at = [], 0
    while at < len(data):
        row = {}
        for f in columns:
            (size,) = struct.unpack_from(">i", data, at)
            at += 4
            row[f.name] = None if size < 0 else decode(f.kind, data[at:at + size])
            at += max(size, 0)
        assert at <= len(data), "row cut short"
        rows.append(row)
    return rows


class Line:
    """One raw line to the server."""

    def __init__(self, hall, cert="load-1", server=None, timeout=20, low=None, high=None, ca="ca"):
        self.hall, self.cert = hall, cert
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(hall.tls(ca + ".crt"))
        if low is not None:
            context.minimum_version, context.maximum_version = low, high
        if cert is not None:
            context.load_cert_chain(hall.tls(cert + ".crt"), hall.tls(cert + ".key"))
        tcp = socket.create_connection(("127.0.0.1", (server or hall).port()), timeout=timeout)
        try:
            self.s = context.wrap_socket(tcp, server_hostname="yimend", suppress_ragged_eofs=False)
        except BaseException:
            tcp.close()
            raise
        self.buf, self.waiting, self.next_id = b"", {}, 1
        self.epoch, self.seq = 0, {}
        self.token = None

    def close(self):
        self.s.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, data):
        try:
            self.s.sendall(data)
        except (ssl.SSLError, OSError) as e:
            raise Closed(str(e)) from e

    def take(self, size):
        while len(self.buf) < size:
            try:
                data = self.s.recv(65536)
            except TimeoutError:
                raise
            except (ssl.SSLError, OSError) as e:
                raise Closed(str(e)) from e
            if not data:
                raise Closed("end")
            self.buf += data
        data, self.buf = self.buf[:size], self.buf[size:]
        return data

    def frame(self):
        size, op, flags, request = struct.unpack(">IHHI", self.take(12))
        assert size <= FRAME_MAX, f"frame of {size} bytes"
        return op, flags, request, self.take(size)

    def reply(self):
        """The next whole answer, whichever request it is for."""
        while True:
            op, flags, request, data = self.frame()
            held = self.waiting.setdefault(request, [])
            held.append(data)
            if flags & MORE:
                continue
            del self.waiting[request]
            name = NAMES.get(op, op)
            status = flags & 0xff
            columns = OPS[name][3] if name in OPS and not status else OUTCOME
            rows = decode_rows(fields(columns), b"".join(held))
            return Reply(name, status, bool(flags & PUSH), request, rows, len(held))

    def start(self, op, write_key=None, body=None, **values):
        request, self.next_id = self.next_id, self.next_id + 1
        if body is None:
            body = payload(op, values, write_key)
        self.send(frame(op, body, request))
        return request

    def call(self, op, write_key=None, body=None, **values):
        request = self.start(op, write_key, body, **values)
        while True:
            r = self.reply()
            if r.request == request and not r.push:
                return r

    def write(self, op, slot=0, **values):
        """A write with the next key of its slot."""
        self.seq[slot] = self.seq.get(slot, 0) + 1
        return self.call(op, (self.epoch, slot, self.seq[slot]), **values)

    def hello(self, low=1, high=1):
        return self.call("session.hello", version_min=low, version_max=high, program="wire test")

    def login(self, who, password=None):
        r = self.call("session.login", login=self.hall.login(who), password=password or self.hall.password,
            epoch=0)
        if r.status == OK:
            self.token, self.epoch, self.seq = r.row["token"], r.row["epoch"], {}
        return r

    def ended(self):
        """The server closes the line, answering nothing more."""
        try:
            self.take(1)
        except Closed:
            return True
        return False


class Hall:
    def __init__(self):
        self.dir = os.environ.get("YIMEN_HALL")
        self.password = "yimen-demo"
        self.servers = []
        self._login = {}
        if not self.dir:
            self.dir = tempfile.mkdtemp(prefix="yimen-wire.")
            os.chmod(self.dir, 0o755)
            atexit.register(self.remove)
            self.run("up")
        with open(os.path.join(TOP, "sql/data/floor/who.csv"), encoding="utf-8") as f:
            for row in f.read().split()[1:]:
                who, login = row.split(",")
                self._login[who] = login
        self.run("windows", "12")

    def run(self, command, *args):
        subprocess.run([TOP + "/scripts/hall", command, self.dir, *args], check=True, stdout=subprocess.DEVNULL,
            timeout=180)

    def remove(self):
        for server in self.servers:
            server.kill()
        self.run("down")
        shutil.rmtree(self.dir, ignore_errors=True)

    def tls(self, name):
        return os.path.join(self.dir, "tls", name)

    def login(self, who):
        return self._login.get(who, who)

    def port(self):
        with open(self.dir + "/run/port", encoding="ascii") as f:
            return int(f.read())

    def sql(self, text):
        """The hall's database as its superuser."""
        r = subprocess.run([TOP + "/scripts/hall", "psql", self.dir, "-qAt", "-v", "ON_ERROR_STOP=1", "-c", text],
            check=True, capture_output=True, text=True, timeout=60)
        return r.stdout.strip()

    def psql(self):
        """A session of its own, to hold locks in."""
        return subprocess.Popen([TOP + "/scripts/hall", "psql", self.dir, "-qAt"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, bufsize=1)

    def open(self, who, cert="load-1", server=None, **kw):
        """A line with somebody logged in."""
        line = Line(self, cert, server, **kw)
        r = line.hello()
        assert r.status == OK, r
        r = line.login(who)
        assert r.status == OK, r
        return line

    def window(self, cert="load-1", server=None, **kw):
        """A line with nobody logged in."""
        line = Line(self, cert, server, **kw)
        r = line.hello()
        assert r.status == OK, r
        return line


class Server:
    """A second yimend on the same hall, with other settings."""

    def __init__(self, hall, wait=True, database=None, **limits):
        self.hall = hall
        self.dir = tempfile.mkdtemp(prefix="yimend.")
        with open(hall.dir + "/etc/yimend.conf", encoding="utf-8") as f:
            conf = f.read()
        conf = re.sub(r"port = \d+", "port = 0", conf)
        conf = re.sub(r"(port_file = ).*", rf"\1{self.dir}/port", conf, count=1)
        conf = re.sub(r"(metrics_port_file = ).*", rf"\1{self.dir}/metrics", conf)
        if database:
            conf = re.sub(r"dbname=\S+", "dbname=" + database, conf)
        conf += "\n[limits]\n" + "".join(f"{k} = {v}\n" for k, v in limits.items())
        self.conf = self.dir + "/yimend.conf"
        with open(self.conf, "w", encoding="utf-8") as f:
            f.write(conf)
        self.log = open(self.dir + "/log", "w+", encoding="utf-8")
        self.process = subprocess.Popen([BIN + "/yimend", "-c", self.conf], stderr=self.log)
        atexit.register(self.kill)
        if wait:
            until(lambda: os.path.exists(self.dir + "/port"), 30, "yimend does not start")

    def port(self):
        with open(self.dir + "/port", encoding="ascii") as f:
            return int(f.read())

    def metric(self, name):
        with open(self.dir + "/metrics", encoding="ascii") as f:
            port = int(f.read())
        return metric(port, name)

    def text(self):
        with open(self.dir + "/log", encoding="utf-8") as f:
            return f.read()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(30)

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait(30)
        self.log.close()
        shutil.rmtree(self.dir, ignore_errors=True)
        atexit.unregister(self.kill)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


def metric(port, name):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as s:
        s.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
        data = b""
        while part := s.recv(65536):
            data += part
    for text in data.decode().splitlines():
        if text.startswith("yimend_" + name + " "):
            return float(text.split()[1])
    raise AssertionError(f"no figure {name}")


def until(condition, seconds, what):
    """Waits for a condition, not for time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(what)
        time.sleep(0.01)


def unknown_cert(hall, folder, name, signed=True):
    """A certificate that is the CA's but no window's, or nobody's at all."""
    path = os.path.join(folder, name)
    command = ["openssl", "req", "-x509", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-subj", "/CN=" + name, "-days", "2", "-keyout", path + ".key", "-out", path + ".crt",
        "-addext", "basicConstraints=critical,CA:false", "-addext", "extendedKeyUsage=clientAuth"]
    if signed:
        command += ["-CA", hall.tls("ca.crt"), "-CAkey", hall.tls("ca.key")]
    subprocess.run(command, check=True, capture_output=True)
    return path


_results = []


def check(good, what, detail=""):
    _results.append(bool(good))
    print(f"{'ok' if good else 'not ok'} {len(_results)} - {what}" + (f" # {detail}" if detail and not good else ""),
        flush=True)
    return good


def run(*tests):
    """Runs each test(hall), or those named on the command line; an exception is a failure of that test."""
    hall = Hall()
    for test in tests:
        if len(sys.argv) > 1 and test.__name__ not in sys.argv:
            continue
        try:
            test(hall)
        except Exception as e:  # the next test still runs
            check(False, f"{test.__name__}: {type(e).__name__}: {e}")
    print(f"1..{len(_results)}")
    sys.exit(0 if _results and all(_results) else 1)


def good_id(serial=1, birth="19900307"):
    """A resident number with a right check digit (GB 11643)."""
    body = "110101" + birth + f"{serial % 1000:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights)) % 11]


def find_item(line):
    """An item this clerk receives, and its materials."""
    for row in line.call("item.find", mine=True, limit=50).rows:
        if row["guide"]:
            seqs = [m["seq"] for m in line.call("item.materials", item_id=row["item_id"]).rows]
            if seqs:
                return row["item_id"], seqs
    raise AssertionError("the clerk has no item with a guide")


def papers(item, seqs, serial=1, name="张三"):
    return {"item_id": item, "id_kind": "resident", "id_no": good_id(serial), "name": name,
        "phone": "13800000000", "seq": seqs, "state": ["present"] * len(seqs), "note": [None] * len(seqs),
        "later": [None] * len(seqs)}


def sha256(data):
    return hashlib.sha256(data).digest()
