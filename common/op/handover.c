/* Operations of planned handovers (POST-3). */
#include "common/op.h"

/* A paper as typed blocks, as in notice.preview. */
extern const struct op_field op_blocks[];

static const struct op_field start_in[] = {
    {.name = "post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the post"},
    {.name = "to_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "who takes it over: has a place in it, or is the substitute a supervisor named"},
    {.name = "from", .type = OP_MOMENT, .flags = OP_REQUIRED, .help = "from this moment, still to come"},
    {.name = "until", .type = OP_MOMENT, .flags = OP_REQUIRED, .help = "until before this one"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why"},
    {.name = "case_id", .type = OP_INT8, .flags = OP_ARRAY, .help = "open cases of the post of which there is something to know"},
    {.name = "case_note", .type = OP_TEXT, .max = 200, .flags = OP_ARRAY | OP_PERSONAL, .help = "what, one for each"},
    {.name = "thing", .type = OP_TEXT, .max = 120, .flags = OP_ARRAY, .help = "papers, seals, keys that go over"},
    {.name = "absence_id", .type = OP_INT8, .help = "the giver's absence it is for"},
    OP_DRAFT,
    {0},
};
static const struct op_field list_in[] = {
    {.name = "all", .type = OP_BOOL, .help = "the whole hall's (supervisors, auditors); absent: those of posts one has to do with"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "handover_id", .type = OP_INT8, .help = "the handover"},
    {.name = "post_id", .type = OP_INT8, .help = "the post"},
    {.name = "post", .type = OP_TEXT, .help = "its name"},
    {.name = "giver", .type = OP_TEXT, .help = "who hands over"},
    {.name = "giver_id", .type = OP_INT8, .help = "their key"},
    {.name = "taker", .type = OP_TEXT, .help = "who takes over"},
    {.name = "taker_id", .type = OP_INT8, .help = "their key"},
    {.name = "from_at", .type = OP_MOMENT, .help = "from this moment"},
    {.name = "until_at", .type = OP_MOMENT, .help = "until before this one"},
    {.name = "reason", .type = OP_TEXT, .help = "why"},
    {.name = "state", .type = OP_TEXT, .help = "planned, confirmed, running, over, cancelled, unconfirmed (by its beginning: the post was emptied)"},
    {.name = "late", .type = OP_BOOL, .help = "planned less than a working day ahead"},
    {.name = "cases", .type = OP_INT4, .help = "cases with a note"},
    {.name = "things", .type = OP_INT4, .help = "papers, seals and other things"},
    {.name = "waiting", .type = OP_INT4, .help = "items not confirmed"},
    {.name = "role", .type = OP_TEXT, .help = "one's own: giver, taker, or none"},
    {0},
};
static const struct op_field handover_in[] = {
    {.name = "handover_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the handover"},
    {0},
};
static const struct op_field show_out[] = {
    {.name = "item", .type = OP_INT2, .help = "its number; NULL: a case of the post without a note"},
    {.name = "kind", .type = OP_TEXT, .help = "case, thing"},
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "item_name", .type = OP_TEXT, .help = "what it is about"},
    {.name = "applicant", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "first applicant, masked"},
    {.name = "due_at", .type = OP_MOMENT, .help = "when it is due"},
    {.name = "text", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "of a case: what to know about it; of a thing: what it is"},
    {.name = "confirmed_at", .type = OP_MOMENT, .help = "when the taker confirmed it"},
    {.name = "confirmed_by", .type = OP_TEXT, .help = "who that is"},
    {.name = "done", .type = OP_TEXT, .help = "what was done with it as B while the handover ran: events as in case.history, in order, with a blank between"},
    {0},
};
static const struct op_field note_in[] = {
    {.name = "handover_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the handover"},
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "an open case of the post"},
    {.name = "note", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "what to know about it"},
    OP_DRAFT,
    {0},
};
static const struct op_field confirm_in[] = {
    {.name = "handover_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the handover"},
    {.name = "items", .type = OP_INT2, .flags = OP_ARRAY, .help = "items that were taken over; absent when it has none"},
    {0},
};
static const struct op_field change_in[] = {
    {.name = "handover_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the handover"},
    {.name = "to_id", .type = OP_INT8, .help = "another taker; absent: the same"},
    {.name = "from", .type = OP_MOMENT, .help = "another beginning; absent: the same"},
    {.name = "until", .type = OP_MOMENT, .help = "another end; absent: the same"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .help = "another reason; absent: the same"},
    OP_DRAFT,
    {0},
};
static const struct op_field cancel_in[] = {
    {.name = "handover_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the handover"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field finish_in[] = {
    {.name = "handover_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the handover"},
    {.name = "note", .type = OP_TEXT, .max = 400, .flags = OP_PERSONAL, .help = "a word with it"},
    OP_DRAFT,
    {0},
};

const struct op op_handover[] = {
    {.id = 0x1100, .name = "handover.start", .kind = OP_WRITE, .class = OP_HALL, .in = start_in, .out = op_outcome, .help = "plan a handover of a post; the outcome's number is its key (POST-3)"},
    {.id = 0x1101, .name = "handover.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "handovers, those to come first, the newest 200"},
    {.id = 0x1102, .name = "handover.show", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = handover_in, .out = show_out, .help = "what is handed over, and what was done meanwhile"},
    {.id = 0x1103, .name = "handover.note", .kind = OP_WRITE, .class = OP_HALL, .in = note_in, .out = op_outcome, .help = "what to know about a case, new or put right"},
    {.id = 0x1104, .name = "handover.confirm", .kind = OP_WRITE, .class = OP_HALL, .in = confirm_in, .out = op_outcome, .help = "the taker confirms items; all of them: it is confirmed"},
    {.id = 0x1105, .name = "handover.change", .kind = OP_WRITE, .class = OP_HALL, .in = change_in, .out = op_outcome, .help = "another taker or time, confirmed anew; once it runs another end only"},
    {.id = 0x1106, .name = "handover.cancel", .kind = OP_WRITE, .class = OP_HALL, .in = cancel_in, .out = op_outcome, .help = "call it off before it begins"},
    {.id = 0x1107, .name = "handover.finish", .kind = OP_WRITE, .class = OP_HALL, .in = finish_in, .out = op_outcome, .help = "an early return: the post goes back at once"},
    {.id = 0x1108, .name = "handover.paper", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = handover_in, .out = op_blocks, .help = "its 交接单, with both names"},
    {0},
};
