/* What many operations share: the row every write returns, and every reply that is not a success; a
 * request that names a case and no more. */
#include "common/op.h"

const struct op_field op_outcome[] = {
    {.name = "code", .type = OP_TEXT, .help = "what was refused, a code of client/refusal.c; when done NULL, or a word of caution"},
    {.name = "arg1", .type = OP_TEXT, .help = "first word of its sentence"},
    {.name = "arg2", .type = OP_TEXT, .help = "second"},
    {.name = "arg3", .type = OP_TEXT, .help = "third"},
    {.name = "case_id", .type = OP_INT8, .help = "the case made or changed"},
    {.name = "version", .type = OP_INT4, .help = "its version now"},
    {.name = "number", .type = OP_TEXT, .help = "number of the case or notice made"},
    {0},
};

const struct op_field op_of_case[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {0},
};
