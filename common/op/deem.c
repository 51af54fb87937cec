/* Operations of silence that grants (DEEM-5). */
#include "common/op.h"

/* clang-format off */
#define CASE {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"}
/* clang-format on */

static const struct op_field licence_in[] = {
    CASE,
    {.name = "licence_no", .type = OP_TEXT, .max = 60, .flags = OP_REQUIRED, .help = "number of the licence it renews"},
    {.name = "expires", .type = OP_DATE, .flags = OP_REQUIRED, .help = "its last day"},
    OP_DRAFT,
    {0},
};
static const struct op_field follow_in[] = {
    CASE,
    {.name = "document_no", .type = OP_TEXT, .max = 60, .flags = OP_REQUIRED, .help = "number of the written decision"},
    {.name = "words", .type = OP_TEXT, .max = 200, .help = "what it says beside"},
    OP_DRAFT,
    {0},
};
static const struct op_field list_in[] = {
    {.name = "scope", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "mine: of the posts held; tonight: all that silence would grant today (DEEM-2); case: one"},
    {.name = "case_id", .type = OP_INT8, .help = "scope case: the case"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "item", .type = OP_TEXT, .help = "item"},
    {.name = "applicant", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "applicant, masked unless one handles it"},
    {.name = "state", .type = OP_TEXT, .help = "state of the case"},
    {.name = "post", .type = OP_TEXT, .help = "post that holds it"},
    {.name = "holder", .type = OP_TEXT, .help = "who holds that; NULL: 空岗"},
    {.name = "mine", .type = OP_BOOL, .help = "one holds it oneself"},
    {.name = "why", .type = OP_TEXT, .help = "promise: it passes undecided; renewal: the old licence expires; NULL: silence does not count now"},
    {.name = "basis", .type = OP_TEXT, .help = "legal basis"},
    {.name = "at", .type = OP_MOMENT, .help = "when silence grants, or did"},
    {.name = "days_left", .type = OP_INT4, .help = "working days left until then, or until the written decision is due, today counted"},
    {.name = "light", .type = OP_TEXT, .help = "green, yellow, red"},
    {.name = "granted", .type = OP_BOOL, .help = "silence granted it"},
    {.name = "actor", .type = OP_TEXT, .help = "against whom that is recorded (DEEM-4)"},
    {.name = "consent_until", .type = OP_MOMENT, .help = "by when the written decision follows (DEEM-3)"},
    {.name = "consented_at", .type = OP_MOMENT, .help = "when it came"},
    {.name = "document_no", .type = OP_TEXT, .help = "its number"},
    {.name = "licence_no", .type = OP_TEXT, .help = "licence it renews"},
    {.name = "expires", .type = OP_DATE, .help = "last day of that"},
    {.name = "in_time", .type = OP_BOOL, .help = "the renewal was asked for in time"},
    {0},
};

const struct op op_deem[] = {
    {.id = 0x150c, .name = "deem.licence", .kind = OP_WRITE, .class = OP_STAFF, .in = licence_in, .out = op_outcome, .help = "name the licence a renewal renews: when it expires undecided silence grants (DEEM-5)"},
    {.id = 0x150d, .name = "deem.follow", .kind = OP_WRITE, .class = OP_STAFF, .in = follow_in, .out = op_outcome, .help = "file the written decision to what silence granted (DEEM-3, DEEM-5)"},
    {.id = 0x150e, .name = "deem.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "what silence will grant, and what decision is to follow (DEEM-2, DEEM-5)"},
    {0},
};
