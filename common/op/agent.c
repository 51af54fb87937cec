/* Operations of agent service (代办, CASE-11). */
#include "common/op.h"

static const struct op_field log_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "visit, call, other"},
    {.name = "words", .type = OP_TEXT, .max = 400, .flags = OP_REQUIRED | OP_PERSONAL, .help = "what was done"},
    {.name = "who", .type = OP_TEXT, .max = 60, .help = "who accompanies the case, by login or name; absent: as before, at first oneself"},
    OP_DRAFT,
    {0},
};
static const struct op_field list_in[] = {
    {.name = "case_id", .type = OP_INT8, .help = "the case; absent: the last entry of each open case one accompanies"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "event_id", .type = OP_INT8, .help = "the entry"},
    {.name = "at", .type = OP_MOMENT, .help = "business time"},
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "state", .type = OP_TEXT, .help = "its state now"},
    {.name = "kind", .type = OP_TEXT, .help = "visit, call, other"},
    {.name = "words", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what was done, masked unless mine (SEC-1)"},
    {.name = "agent", .type = OP_TEXT, .help = "who accompanied the case from then on"},
    {.name = "actor", .type = OP_TEXT, .help = "who wrote it, as what, for whom (CASE-13)"},
    {.name = "window_no", .type = OP_INT4, .help = "at which window"},
    {.name = "mine", .type = OP_BOOL, .help = "one accompanies the case now"},
    {0},
};

const struct op op_agent[] = {
    {.id = 0x0c00, .name = "agent.log", .kind = OP_WRITE, .class = OP_HALL, .in = log_in, .out = op_outcome, .help = "log a visit or call of agent service; the first names who accompanies the case"},
    {.id = 0x0c01, .name = "agent.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "the log of a case, or the cases one accompanies"},
    {0},
};
