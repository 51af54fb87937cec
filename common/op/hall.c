/* Operations of events and the hall's clock. */
#include "common/op.h"

static const struct op_field none[] = {{0}};

static const struct op_field subscribe_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_ARRAY, .help = "cases to hear of, beside the posts held"},
    {.name = "all", .type = OP_BOOL, .help = "every event of the hall (supervisors)"},
    {0},
};
static const struct op_field event_in[] = {
    {.name = "case_id", .type = OP_INT8, .help = "one case; absent: the hall"},
    {.name = "after", .type = OP_INT8, .help = "events after this one"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field event_out[] = {
    {.name = "event_id", .type = OP_INT8, .help = "the event"},
    {.name = "at", .type = OP_MOMENT, .help = "business time"},
    {.name = "event", .type = OP_TEXT, .help = "of a case: receive, accept, correct …; news: noun.verb, such as visit.hand"},
    {.name = "case_id", .type = OP_INT8, .help = "case; NULL: news about none"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "post_id", .type = OP_INT8, .help = "post it now belongs to, or that is told the news"},
    {.name = "version", .type = OP_INT4, .help = "version after; NULL: news"},
    {.name = "window_no", .type = OP_INT4, .help = "window it was done at; NULL: the system"},
    {.name = "actor", .type = OP_TEXT, .help = "person, or system"},
    {0},
};
const struct op op_event[] = {
    {.id = 0x0700, .name = "event.subscribe", .kind = OP_LOCAL, .class = OP_HALL, .in = subscribe_in, .out = event_out, .help = "hear of changes as they are committed"},
    {.id = 0x0701, .name = "event.list", .kind = OP_READ, .class = OP_SUPERVISOR | OP_AUDITOR, .in = event_in, .out = event_out, .help = "events in order of their number"},
    {0},
};

static const struct op_field clock_out[] = {
    {.name = "now", .type = OP_MOMENT, .help = "business time"},
    {.name = "test", .type = OP_BOOL, .help = "a test hall, whose clock can be moved"},
    {.name = "working", .type = OP_BOOL, .help = "today is a working day"},
    {.name = "open", .type = OP_BOOL, .help = "the hall is open now"},
    {.name = "reason", .type = OP_TEXT, .help = "why today counts or not: weekend, 春节, 调休 …"},
    {.name = "closes_at", .type = OP_MOMENT, .help = "closing time of today, or of the next working day"},
    {.name = "waiting", .type = OP_INT4, .help = "timed facts due and not yet fired"},
    {0},
};
static const struct op_field clock_in[] = {
    {.name = "at", .type = OP_MOMENT, .flags = OP_REQUIRED, .help = "business time to go to; only forward"},
    {0},
};
const struct op op_clock[] = {
    {.id = 0x0800, .name = "clock.show", .kind = OP_READ, .class = OP_ANYONE | OP_KIOSK, .in = none, .out = clock_out, .help = "the hall's clock"},
    {.id = 0x0801, .name = "clock.set", .kind = OP_CALL, .class = OP_ADMIN, .in = clock_in, .out = clock_out, .help = "move the clock of a test hall; everything due fires in order first"},
    {0},
};
