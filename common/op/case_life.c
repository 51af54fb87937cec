/* Operations of a case after its acceptance (CASE-5 … CASE-10): steps, clocks, decision, delivery. */
#include "common/op.h"

static const struct op_field advance_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "note", .type = OP_TEXT, .max = 400, .flags = OP_PERSONAL, .help = "opinion of this step"},
    OP_DRAFT,
    {0},
};
static const struct op_field send_back_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "step", .type = OP_INT2, .help = "number of the earlier step; absent: the one before"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field suspend_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "procedure", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "hearing, tender, auction, inspection, testing, quarantine, appraisal, expert_review (CASE-6)"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "why"},
    {.name = "expected", .type = OP_INT4, .help = "working days expected; absent: up to until"},
    {.name = "until", .type = OP_DATE, .help = "stated last day: the case goes on by itself after it"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field resume_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "outcome", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "what came of it"},
    OP_DRAFT,
    {0},
};
static const struct op_field extend_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "days", .type = OP_INT4, .flags = OP_REQUIRED, .help = "working days to add (CASE-7)"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "why, as told in writing"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field expedite_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "promised", .type = OP_INT4, .flags = OP_REQUIRED, .help = "the shorter promise, in the item's unit"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field forward_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "authority", .type = OP_TEXT, .max = 120, .flags = OP_REQUIRED, .help = "higher authority"},
    {.name = "document_no", .type = OP_TEXT, .max = 60, .help = "number of the paper sent up"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "what for"},
    OP_DRAFT,
    {0},
};
static const struct op_field track_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "note", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "how it stands there"},
    OP_DRAFT,
    {0},
};
static const struct op_field return_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "answer", .type = OP_TEXT, .max = 400, .flags = OP_REQUIRED | OP_PERSONAL, .help = "the higher authority's answer"},
    OP_DRAFT,
    {0},
};
static const struct op_field decide_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "document", .type = OP_TEXT, .max = 120, .help = "result document; absent: the item's"},
    {.name = "document_no", .type = OP_TEXT, .max = 60, .help = "its number"},
    {.name = "valid_until", .type = OP_DATE, .help = "its last day; absent: not limited"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field refuse_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "facts", .type = OP_TEXT, .max = 400, .flags = OP_REQUIRED | OP_PERSONAL, .help = "facts and reasons (NEG-3)"},
    {.name = "basis", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "legal basis"},
    {.name = "major", .type = OP_BOOL, .help = "a major matter: needs the chief representative's approval first"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field close_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field deliver_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "how", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "window, post, agent, public, electronic"},
    {.name = "received_by", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_REQUIRED | OP_PERSONAL, .help = "who received and signed"},
    {.name = "received_on", .type = OP_DATE, .help = "day of the signature; absent: today"},
    {.name = "papers", .type = OP_TEXT, .max = 200, .help = "what else was handed over"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field steps_out[] = {
    {.name = "seq", .type = OP_INT2, .help = "order; 0 receives"},
    {.name = "phase", .type = OP_TEXT, .help = "accept, handle, review, decide, close"},
    {.name = "name", .type = OP_TEXT, .help = "name of the step"},
    {.name = "post_id", .type = OP_INT8, .help = "post responsible"},
    {.name = "post", .type = OP_TEXT, .help = "its name"},
    {.name = "holder", .type = OP_TEXT, .help = "who holds it now"},
    {.name = "step_limit", .type = OP_INT4, .help = "limit of its own"},
    {.name = "unit", .type = OP_TEXT, .help = "unit of that"},
    {.name = "state", .type = OP_TEXT, .help = "past, now, to_come"},
    {.name = "since", .type = OP_MOMENT, .help = "now: since when"},
    {.name = "due_at", .type = OP_MOMENT, .help = "now: end of its limit"},
    {.name = "light", .type = OP_TEXT, .help = "now: its light"},
    {0},
};
static const struct op_field stands_out[] = {
    {.name = "seq", .type = OP_INT2, .help = "order"},
    {.name = "kind", .type = OP_TEXT, .help = "special, correction, forwarded"},
    {.name = "procedure", .type = OP_TEXT, .help = "special procedure"},
    {.name = "reason", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "why; masked unless one handles it"},
    {.name = "expected", .type = OP_INT4, .help = "working days expected"},
    {.name = "ends_at", .type = OP_MOMENT, .help = "stated end"},
    {.name = "authority", .type = OP_TEXT, .help = "forwarded: to whom"},
    {.name = "document_no", .type = OP_TEXT, .help = "number of the paper sent up"},
    {.name = "from_at", .type = OP_MOMENT, .help = "since"},
    {.name = "until_at", .type = OP_MOMENT, .help = "until; absent: still"},
    {.name = "outcome", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what came of it"},
    {.name = "voided_at", .type = OP_MOMENT, .help = "voided"},
    {0},
};

const struct op op_case_life[] = {
    {.id = 0x0423, .name = "case.steps", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = steps_out, .help = "the procedure of a case, and where it is now"},
    {.id = 0x0424, .name = "case.stands", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = stands_out, .help = "when and why a case stood still"},
    {.id = 0x0430, .name = "case.advance", .kind = OP_WRITE, .class = OP_STAFF, .in = advance_in, .out = op_outcome, .help = "the next step of the procedure (CASE-5)"},
    {.id = 0x0431, .name = "case.send_back", .kind = OP_WRITE, .class = OP_STAFF, .in = send_back_in, .out = op_outcome, .help = "an earlier step, with reason"},
    {.id = 0x0432, .name = "case.suspend", .kind = OP_WRITE, .class = OP_STAFF, .in = suspend_in, .out = op_outcome, .help = "a lawful special procedure stops the clocks: 特别程序告知书 (CASE-6)"},
    {.id = 0x0433, .name = "case.resume", .kind = OP_WRITE, .class = OP_STAFF, .in = resume_in, .out = op_outcome, .help = "it is over, the clocks run on"},
    {.id = 0x0434, .name = "case.extend", .kind = OP_WRITE, .class = OP_HALL, .in = extend_in, .out = op_outcome, .help = "longer, once, by the chief representative: 延期通知书 (CASE-7)"},
    {.id = 0x0435, .name = "case.expedite", .kind = OP_WRITE, .class = OP_HALL, .in = expedite_in, .out = op_outcome, .help = "a shorter promise, by a supervisor or with a granted exception (CASE-10)"},
    {.id = 0x0436, .name = "case.forward", .kind = OP_WRITE, .class = OP_STAFF, .in = forward_in, .out = op_outcome, .help = "up to a higher authority (CASE-9)"},
    {.id = 0x0437, .name = "case.return", .kind = OP_WRITE, .class = OP_STAFF, .in = return_in, .out = op_outcome, .help = "the higher authority's answer"},
    {.id = 0x0438, .name = "case.decide", .kind = OP_WRITE, .class = OP_STAFF, .in = decide_in, .out = op_outcome, .help = "grant it, at the deciding step: 准予决定书 (CASE-8)"},
    {.id = 0x0439, .name = "case.refuse", .kind = OP_WRITE, .class = OP_STAFF, .in = refuse_in, .out = op_outcome, .help = "refuse it: filed in the register, then 不予许可决定书 (NEG-2)"},
    {.id = 0x043a, .name = "case.close", .kind = OP_WRITE, .class = OP_STAFF, .in = close_in, .out = op_outcome, .help = "办结, with its timing: 办结通知书 (CLK-6)"},
    {.id = 0x043b, .name = "case.deliver", .kind = OP_WRITE, .class = OP_STAFF, .in = deliver_in, .out = op_outcome, .help = "hand the result over: 送达回证 (CASE-8)"},
    {.id = 0x043c, .name = "case.track", .kind = OP_WRITE, .class = OP_STAFF, .in = track_in, .out = op_outcome, .help = "news of a forwarded case (CASE-9)"},
    {0},
};
