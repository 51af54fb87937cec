/* Operations of exceptions (CASE-16). */
#include "common/op.h"

static const struct op_field ask_in[] = {
    {.name = "kind", .type = OP_TEXT, .max = 32, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "major_decline, major_refuse, second_correction, late_month, extend_beyond, urgent, fee_reduce, against_review"},
    {.name = "case_id", .type = OP_INT8, .help = "the case it is for"},
    {.name = "subject", .type = OP_TEXT, .max = 60, .help = "what it is for while there is no case: a paper receipt number"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field judge_in[] = {
    {.name = "exception_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the exception"},
    {.name = "answer", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field list_in[] = {
    {.name = "case_id", .type = OP_INT8, .help = "one case"},
    {.name = "open", .type = OP_BOOL, .help = "only those asked, or granted and not used"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "exception_id", .type = OP_INT8, .help = "the exception"},
    {.name = "kind", .type = OP_TEXT, .help = "major_decline, major_refuse, second_correction, late_month, extend_beyond, urgent, fee_reduce, against_review"},
    {.name = "state", .type = OP_TEXT, .help = "asked, granted, denied, used"},
    {.name = "case_id", .type = OP_INT8, .help = "its case"},
    {.name = "number", .type = OP_TEXT, .help = "number of the case, or the subject"},
    {.name = "item", .type = OP_TEXT, .help = "item"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "reason", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "why it was asked"},
    {.name = "asked_by", .type = OP_TEXT, .help = "who asked"},
    {.name = "asked_at", .type = OP_MOMENT, .help = "when"},
    {.name = "judge", .type = OP_TEXT, .help = "chief, supervisor, director"},
    {.name = "mine", .type = OP_BOOL, .help = "it waits for one's own word"},
    {.name = "decided_by", .type = OP_TEXT, .help = "who granted or denied it"},
    {.name = "decided_at", .type = OP_MOMENT, .help = "when"},
    {.name = "answer", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "why"},
    {.name = "used_at", .type = OP_MOMENT, .help = "when a command used it"},
    {0},
};

const struct op op_exception[] = {
    {.id = 0x0d00, .name = "exception.ask", .kind = OP_WRITE, .class = OP_STAFF, .in = ask_in, .out = op_outcome, .help = "ask for an exception, for one case and one action (CASE-16)"},
    {.id = 0x0d01, .name = "exception.grant", .kind = OP_WRITE, .class = OP_HALL, .in = judge_in, .out = op_outcome, .help = "grant it, with reason"},
    {.id = 0x0d02, .name = "exception.deny", .kind = OP_WRITE, .class = OP_HALL, .in = judge_in, .out = op_outcome, .help = "deny it, with reason"},
    {.id = 0x0d03, .name = "exception.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "exceptions of one's department; of all for supervisors"},
    {0},
};
