/* Operations of notices (DOC): blocks to lay out, the record of printing. */
#include "common/op.h"

/* A notice or guide as typed blocks (DOC-4), in reading order. */
extern const struct op_field op_blocks[];
const struct op_field op_blocks[] = {
    {.name = "no", .type = OP_INT2, .help = "order, from 1"},
    {.name = "block", .type = OP_TEXT, .help = "title, number, to, para, field, head, row, sign, seal, qr, small"},
    {.name = "c1", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "text, or first cell"},
    {.name = "c2", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "second cell; field: value; qr: caption; seal: date"},
    {.name = "c3", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "third cell"},
    {.name = "c4", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "fourth cell"},
    {.name = "widths", .type = OP_TEXT, .help = "head: relative column widths, such as 1,5,2,6"},
    {0},
};

static const struct op_field preview_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "acceptance, correction, decline, finish, withdraw"},
    {.name = "seq", .type = OP_INT2, .flags = OP_ARRAY, .help = "ticks, as the command will send them"},
    {.name = "state", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_ARRAY, .help = "ticks"},
    {.name = "note", .type = OP_TEXT, .max = 200, .flags = OP_ARRAY, .help = "ticks"},
    {.name = "later", .type = OP_DATE, .flags = OP_ARRAY, .help = "ticks"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "remark"},
    {.name = "why", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "decline: as case.decline"},
    {.name = "facts", .type = OP_TEXT, .max = 400, .flags = OP_PERSONAL, .help = "decline"},
    {.name = "basis", .type = OP_TEXT, .max = 200, .help = "decline"},
    {.name = "to_post", .type = OP_INT8, .help = "decline"},
    {.name = "to_where", .type = OP_TEXT, .max = 120, .help = "decline"},
    {.name = "document", .type = OP_TEXT, .max = 120, .help = "finish: as case.finish"},
    {.name = "document_no", .type = OP_TEXT, .max = 60, .help = "finish"},
    {.name = "signed_on", .type = OP_DATE, .help = "withdraw: as case.withdraw"},
    {.name = "signed_by", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_PERSONAL, .help = "withdraw"},
    {.name = "major", .type = OP_BOOL, .help = "decline: as case.decline"},
    {0},
};
static const struct op_field preview_act_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "action", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "suspend, extend, decide, refuse, close, deliver, fee_ask, fee_reduce"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "remark"},
    {.name = "procedure", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "suspend: as case.suspend"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "suspend, extend, fee_reduce"},
    {.name = "expected", .type = OP_INT4, .help = "suspend"},
    {.name = "until", .type = OP_DATE, .help = "suspend"},
    {.name = "days", .type = OP_INT4, .help = "extend: as case.extend"},
    {.name = "document", .type = OP_TEXT, .max = 120, .help = "decide: as case.decide"},
    {.name = "document_no", .type = OP_TEXT, .max = 60, .help = "decide"},
    {.name = "valid_until", .type = OP_DATE, .help = "decide"},
    {.name = "facts", .type = OP_TEXT, .max = 400, .flags = OP_PERSONAL, .help = "refuse: as case.refuse"},
    {.name = "basis", .type = OP_TEXT, .max = 200, .help = "refuse"},
    {.name = "major", .type = OP_BOOL, .help = "refuse"},
    {.name = "how", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "deliver: as case.deliver"},
    {.name = "received_by", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_PERSONAL, .help = "deliver"},
    {.name = "received_on", .type = OP_DATE, .help = "deliver"},
    {.name = "papers", .type = OP_TEXT, .max = 200, .help = "deliver"},
    {.name = "amount", .type = OP_INT8, .help = "fee_ask: as fee.ask"},
    {.name = "note", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "fee_ask"},
    {.name = "by", .type = OP_INT8, .help = "fee_reduce: as fee.reduce"},
    {0},
};
static const struct op_field list_in[] = {
    {.name = "case_id", .type = OP_INT8, .help = "one case; absent: unprinted ones of the posts held now"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "notice_id", .type = OP_INT8, .help = "the notice"},
    {.name = "case_id", .type = OP_INT8, .help = "its case"},
    {.name = "case_number", .type = OP_TEXT, .help = "number of the case"},
    {.name = "kind", .type = OP_TEXT, .help = "receipt, acceptance, correction, lapse, decline …"},
    {.name = "title", .type = OP_TEXT, .help = "title of the paper"},
    {.name = "number", .type = OP_TEXT, .help = "such as 示市监受〔2026〕00012号 (DOC-2)"},
    {.name = "issued_at", .type = OP_MOMENT, .help = "business time"},
    {.name = "state", .type = OP_TEXT, .help = "unprinted, queued, printed, failed"},
    {.name = "copies", .type = OP_INT4, .help = "confirmed prints; above 1: 补打 (DOC-3)"},
    {.name = "sha256", .type = OP_BYTES, .help = "of the first PDF"},
    {.name = "voided_at", .type = OP_MOMENT, .help = "when it was voided (DOC-3); its reprints are marked 作废"},
    {.name = "void_reason", .type = OP_TEXT, .help = "why"},
    {.name = "replaces", .type = OP_TEXT, .help = "number of the void paper it was issued for"},
    {0},
};
static const struct op_field notice_in[] = {
    {.name = "notice_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the notice"},
    {0},
};
static const struct op_field print_in[] = {
    {.name = "notice_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the notice"},
    {.name = "printer", .type = OP_TEXT, .max = 60, .flags = OP_REQUIRED, .help = "where it goes"},
    {0},
};
static const struct op_field printed_in[] = {
    {.name = "notice_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the notice"},
    {.name = "ok", .type = OP_BOOL, .flags = OP_REQUIRED, .help = "the paper came out"},
    {.name = "sha256", .type = OP_BYTES, .max = 32, .help = "of the PDF"},
    {.name = "pages", .type = OP_INT2, .help = "pages"},
    {.name = "detail", .type = OP_TEXT, .max = 200, .help = "why it failed"},
    {0},
};
static const struct op_field void_in[] = {
    {.name = "notice_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the notice that made the state"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version of the case the clerk saw (CASE-14)"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field reissue_in[] = {
    {.name = "notice_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the wrong notice"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why: damaged, wrong words"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "its remark put right; absent: as it is"},
    {.name = "facts", .type = OP_TEXT, .max = 400, .flags = OP_PERSONAL, .help = "facts of a negative decision put right"},
    {.name = "basis", .type = OP_TEXT, .max = 200, .help = "its legal basis put right"},
    OP_DRAFT,
    {0},
};
static const struct op_field none[] = {{0}};
static const struct op_field queue_out[] = {
    {.name = "notice_id", .type = OP_INT8, .help = "the notice"},
    {.name = "case_id", .type = OP_INT8, .help = "its case"},
    {.name = "case_number", .type = OP_TEXT, .help = "number of the case"},
    {.name = "applicant", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "first applicant"},
    {.name = "kind", .type = OP_TEXT, .help = "kind of notice"},
    {.name = "title", .type = OP_TEXT, .help = "title of the paper"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "issued_at", .type = OP_MOMENT, .help = "business time"},
    {.name = "state", .type = OP_TEXT, .help = "unprinted, queued, printed, failed"},
    {.name = "copies", .type = OP_INT4, .help = "confirmed prints"},
    {.name = "here", .type = OP_BOOL, .help = "its last printing was begun at this window"},
    {.name = "window_no", .type = OP_INT4, .help = "window of its last printing; NULL: none yet"},
    {.name = "printer", .type = OP_TEXT, .help = "printer of it"},
    {.name = "queued_at", .type = OP_MOMENT, .help = "when it was sent there"},
    {.name = "detail", .type = OP_TEXT, .help = "why it failed"},
    {.name = "elsewhere", .type = OP_BOOL, .help = "not printed yet, made by the system or by a post that does not print it"},
    {0},
};

const struct op op_notice[] = {
    {.id = 0x0500, .name = "notice.preview", .kind = OP_READ, .class = OP_STAFF, .in = preview_in, .out = op_blocks, .help = "a notice as it would be issued, with a dummy number (DOC-2)"},
    {.id = 0x0501, .name = "notice.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "notices of a case, or those waiting to be printed"},
    {.id = 0x0502, .name = "notice.show", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = notice_in, .out = op_blocks, .help = "a notice as issued, kept exactly (DOC-3)"},
    {.id = 0x0503, .name = "notice.print", .kind = OP_WRITE, .class = OP_STAFF, .in = print_in, .out = op_outcome, .help = "record that a notice goes to a printer"},
    {.id = 0x0504, .name = "notice.printed", .kind = OP_WRITE, .class = OP_STAFF, .in = printed_in, .out = op_outcome, .help = "record how the printing ended"},
    {.id = 0x0505, .name = "notice.void", .kind = OP_WRITE, .class = OP_HALL, .in = void_in, .out = op_outcome, .help = "void a notice and take back the state it made (DOC-3)"},
    {.id = 0x0506, .name = "notice.reissue", .kind = OP_WRITE, .class = OP_STAFF, .in = reissue_in, .out = op_outcome, .help = "void a wrong notice and issue it anew; state and dates stay"},
    {.id = 0x0508, .name = "notice.queue", .kind = OP_READ, .class = OP_STAFF, .in = none, .out = queue_out, .help = "papers of the posts held now that are still to come out, and this window's printings of today"},
    {.id = 0x0509, .name = "notice.preview_act", .kind = OP_READ, .class = OP_HALL, .in = preview_act_in, .out = op_blocks, .help = "the paper that something done after acceptance would make, with a dummy number (DOC-2)"},
    {0},
};
