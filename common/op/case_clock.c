/* The clocks of a case: their proof (CLK-3), and what falls due on which day. */
#include "common/op.h"

static const struct op_field due_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "clock", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "total, statutory, step, or term: the one of receiving or answering; total when absent"},
    {0},
};
static const struct op_field due_out[] = {
    {.name = "day", .type = OP_DATE, .help = "the date"},
    {.name = "n", .type = OP_INT4, .help = "which of the days counted it is; NULL: it is not counted, or the end was moved to it"},
    {.name = "counted", .type = OP_BOOL, .help = "whether it counts; true on the last line"},
    {.name = "part", .type = OP_TEXT, .help = "start, limit, moved (on to a working day), extension, resumed (after standing still over the last closing), kept (the calendar changed since)"},
    {.name = "reason", .type = OP_TEXT, .help = "why: 周末, the holiday's name, 停表（检验） …"},
    {.name = "minutes", .type = OP_INT4, .help = "opening time counted, of a limit in working hours"},
    {.name = "provisional", .type = OP_BOOL, .help = "its year is not published: 暂定 (CLK-1)"},
    {.name = "calendar_version", .type = OP_INT4, .help = "version of the calendar of its year"},
    {.name = "due_at", .type = OP_MOMENT, .help = "when the limit ends; the same on every line; NULL: it stands still"},
    {.name = "days_left", .type = OP_INT4, .help = "working days left, today and the due day counted, negative when over; of a limit that stands still in its own unit; NULL: it runs no more"},
    {.name = "left_told", .type = OP_TEXT, .help = "the same in words: 停表，余 7 个工作日"},
    {.name = "light", .type = OP_TEXT, .help = "green, yellow, red (CLK-5)"},
    {0},
};

static const struct op_field days_in[] = {
    {.name = "post_id", .type = OP_INT8, .help = "one post; those held now when absent"},
    {.name = "from", .type = OP_DATE, .help = "first day, today when absent"},
    {.name = "until", .type = OP_DATE, .help = "last day, two weeks when absent, at most a hundred days"},
    {0},
};
static const struct op_field days_out[] = {
    {.name = "day", .type = OP_DATE, .help = "the day; the first has with it what was due before and is over"},
    {.name = "working", .type = OP_BOOL, .help = "a working day"},
    {.name = "reason", .type = OP_TEXT, .help = "why it is one, or not"},
    {.name = "terms", .type = OP_INT4, .help = "terms of receiving and answering that end"},
    {.name = "steps", .type = OP_INT4, .help = "limits of steps that end"},
    {.name = "totals", .type = OP_INT4, .help = "promised limits that end"},
    {.name = "deliveries", .type = OP_INT4, .help = "results to be delivered by then (CASE-8)"},
    {.name = "overdue", .type = OP_INT4, .help = "how many of these are over"},
    {0},
};

static const struct op_field nothing_in[] = {{0}};
static const struct op_field lights_out[] = {
    {.name = "yellow", .type = OP_INT4, .help = "open cases whose worst light is yellow (CLK-5)"},
    {.name = "red", .type = OP_INT4, .help = "those with a red one"},
    {.name = "deliver", .type = OP_INT4, .help = "results to deliver (CASE-8)"},
    {.name = "deliver_late", .type = OP_INT4, .help = "of these, those that should have been"},
    {0},
};

extern const struct op_field op_blocks[];
static const struct op_field foresee_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "days", .type = OP_INT4, .help = "working days it would be extended by"},
    {.name = "promised", .type = OP_INT4, .help = "a shorter promise, in the item's unit"},
    {0},
};
static const struct op_field foresee_out[] = {
    {.name = "extend_max", .type = OP_INT4, .help = "working days it may be extended by without an exception"},
    {.name = "due_at", .type = OP_MOMENT, .help = "end of the promised limit then; absent: it stands still"},
    {.name = "statutory_at", .type = OP_MOMENT, .help = "end of the statutory limit then"},
    {.name = "provisional", .type = OP_BOOL, .help = "暂定 (CLK-1)"},
    {0},
};

static const struct op_field acts_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "action", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "only this one: advance, decide, fee_ask …"},
    {0},
};
static const struct op_field acts_out[] = {
    {.name = "action", .type = OP_TEXT, .help = "what a person does to a case: accept, advance, decide, fee_ask …"},
    {.name = "code", .type = OP_TEXT, .help = "why one cannot do it now; absent: nothing is in the way"},
    {.name = "arg1", .type = OP_TEXT, .help = "what its sentence names"},
    {.name = "arg2", .type = OP_TEXT, .help = "what else"},
    {.name = "except_kind", .type = OP_TEXT, .help = "exception that would let it be done (CASE-16)"},
    {.name = "except_state", .type = OP_TEXT, .help = "asked: it waits for its answer; absent: nobody asked for it"},
    {0},
};

const struct op op_case_clock[] = {
    {.id = 0x043d, .name = "case.due", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = due_in, .out = due_out, .help = "the proof of a due moment: every date counted or skipped, and why (CLK-3)"},
    {.id = 0x043e, .name = "case.days", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = days_in, .out = days_out, .help = "what falls due on which day for the posts held now, or for one"},
    {.id = 0x043f, .name = "case.due_paper", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = due_in, .out = op_blocks, .help = "the proof of a due moment as blocks to print"},
    {.id = 0x0440, .name = "case.lights", .kind = OP_READ, .class = OP_HALL, .in = nothing_in, .out = lights_out, .help = "how many cases of the posts held now are yellow or red, and results to deliver"},
    {.id = 0x0444, .name = "case.foresee", .kind = OP_READ, .class = OP_HALL, .in = foresee_in, .out = foresee_out, .help = "where its limits would end, were it extended or expedited (CASE-7, CASE-10)"},
    {.id = 0x0445, .name = "case.acts", .kind = OP_READ, .class = OP_HALL, .in = acts_in, .out = acts_out, .help = "what one can do to a case now, and of the rest why not"},
    {0},
};
