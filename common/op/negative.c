/* The register of negative decisions (NEG-1). */
#include "common/op.h"

static const struct op_field negative_in[] = {
    {.name = "department_id", .type = OP_INT8, .help = "one department"},
    {.name = "category", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "correction, declined, refused, late, other"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field negative_out[] = {
    {.name = "negative_id", .type = OP_INT8, .help = "the entry"},
    {.name = "number", .type = OP_TEXT, .help = "such as 示市监否〔2026〕00012号"},
    {.name = "at", .type = OP_MOMENT, .help = "business time"},
    {.name = "category", .type = OP_TEXT, .help = "correction, declined, refused, late, other"},
    {.name = "why", .type = OP_TEXT, .help = "of a declined one: not_required, not_ours, not_permitted"},
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "case_number", .type = OP_TEXT, .help = "its number"},
    {.name = "item", .type = OP_TEXT, .help = "item"},
    {.name = "applicant", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "first applicant, masked unless one handles it (SEC-1)"},
    {.name = "phone", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "telephone, masked unless one handles it"},
    {.name = "matter", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what was asked for"},
    {.name = "facts", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "facts"},
    {.name = "basis", .type = OP_TEXT, .help = "legal basis"},
    {.name = "to_where", .type = OP_TEXT, .help = "not_ours: where the visitor was sent (NEG-4)"},
    {.name = "major", .type = OP_BOOL, .help = "a major matter"},
    {.name = "handler", .type = OP_TEXT, .help = "person, acting as what, for whom (CASE-13)"},
    {.name = "post", .type = OP_TEXT, .help = "post"},
    {.name = "window_no", .type = OP_INT4, .help = "window"},
    {.name = "notice", .type = OP_TEXT, .help = "number of its paper"},
    {.name = "voided_at", .type = OP_MOMENT, .help = "when the decision was voided"},
    {.name = "before", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "facts and basis it told before it was worded anew (SEC-2)"},
    {0},
};
static const struct op_field enter_in[] = {
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "number", .type = OP_TEXT, .max = 60, .help = "its whole number, when its key is absent"},
    {.name = "category", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "late (cannot finish in time), other"},
    {.name = "facts", .type = OP_TEXT, .max = 400, .flags = OP_REQUIRED | OP_PERSONAL, .help = "facts"},
    {.name = "basis", .type = OP_TEXT, .max = 200, .help = "legal basis; absent: the item's"},
    {.name = "major", .type = OP_BOOL, .help = "a major matter, beside those whose item is one"},
    OP_DRAFT,
    {0},
};

const struct op op_negative[] = {
    {.id = 0x0d08, .name = "negative.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = negative_in, .out = negative_out, .help = "the register of negative decisions of one's department (NEG-1)"},
    {.id = 0x0d09, .name = "negative.enter", .kind = OP_WRITE, .class = OP_STAFF, .in = enter_in, .out = op_outcome, .help = "enter a no by hand that no command makes: cannot finish in time, other (NEG-1)"},
    {0},
};
