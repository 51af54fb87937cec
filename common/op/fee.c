/* Operations of fees (FEE-1); money is in fen. */
#include "common/op.h"

static const struct op_field ask_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "amount", .type = OP_INT8, .flags = OP_REQUIRED, .help = "in fen; a published fee as it is published"},
    {.name = "note", .type = OP_TEXT, .max = 200, .help = "how it was computed, where nothing is published"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field reduce_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "by", .type = OP_INT8, .flags = OP_REQUIRED, .help = "fen taken off"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field pay_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "receipt_no", .type = OP_TEXT, .max = 40, .flags = OP_REQUIRED, .help = "number of the bank window's receipt"},
    {.name = "paid_on", .type = OP_DATE, .help = "its day; absent: today"},
    OP_DRAFT,
    {0},
};
static const struct op_field cancel_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field list_out[] = {
    {.name = "fee_id", .type = OP_INT8, .help = "the fee"},
    {.name = "published", .type = OP_INT8, .help = "as published; absent: computed"},
    {.name = "amount", .type = OP_INT8, .help = "to be paid"},
    {.name = "basis", .type = OP_TEXT, .help = "basis"},
    {.name = "note", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "how it was computed"},
    {.name = "asked_at", .type = OP_MOMENT, .help = "when"},
    {.name = "notice_id", .type = OP_INT8, .help = "its paper"},
    {.name = "notice", .type = OP_TEXT, .help = "number of that"},
    {.name = "reduced", .type = OP_INT8, .help = "taken off"},
    {.name = "reduce_reason", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "why"},
    {.name = "receipt_no", .type = OP_TEXT, .help = "number of the receipt: it is paid"},
    {.name = "paid_on", .type = OP_DATE, .help = "day of that"},
    {.name = "voided_at", .type = OP_MOMENT, .help = "when it was cancelled, or asked anew"},
    {0},
};

const struct op op_fee[] = {
    {.id = 0x0e00, .name = "fee.ask", .kind = OP_WRITE, .class = OP_STAFF, .in = ask_in, .out = op_outcome, .help = "ask a fee as published: 缴费通知 (FEE-1)"},
    {.id = 0x0e01, .name = "fee.pay", .kind = OP_WRITE, .class = OP_STAFF, .in = pay_in, .out = op_outcome, .help = "it is paid, by the number of its receipt"},
    {.id = 0x0e02, .name = "fee.reduce", .kind = OP_WRITE, .class = OP_STAFF, .in = reduce_in, .out = op_outcome, .help = "take something off, with approval and reason"},
    {.id = 0x0e03, .name = "fee.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = list_out, .help = "fees asked of a case"},
    {.id = 0x0e04, .name = "fee.cancel", .kind = OP_WRITE, .class = OP_STAFF, .in = cancel_in, .out = op_outcome, .help = "a fee that was asked is no more; its notice is void, and kept"},
    {0},
};
