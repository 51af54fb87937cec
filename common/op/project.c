/* Operations of projects and their stages (PAR-6). */
#include "common/op.h"

static const struct op_field open_in[] = {
    {.name = "name", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "name of the construction project"},
    {.name = "owner", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_REQUIRED, .help = "who builds (建设单位)"},
    {.name = "code", .type = OP_TEXT, .max = 40, .help = "its code elsewhere (项目代码)"},
    OP_DRAFT,
    {0},
};
static const struct op_field show_in[] = {
    {.name = "project_id", .type = OP_INT8, .help = "one project, all its stages; absent: every project, the stage it is at"},
    {.name = "q", .type = OP_TEXT, .max = 120, .help = "only those with this in name, code or owner"},
    {.name = "after", .type = OP_INT4, .help = "projects to skip"},
    {.name = "limit", .type = OP_INT4, .help = "projects wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field show_out[] = {
    {.name = "project_id", .type = OP_INT8, .help = "the project"},
    {.name = "code", .type = OP_TEXT, .help = "its code elsewhere"},
    {.name = "name", .type = OP_TEXT, .help = "its name"},
    {.name = "owner", .type = OP_TEXT, .help = "who builds"},
    {.name = "opened_at", .type = OP_MOMENT, .help = "when it was entered"},
    {.name = "stage_no", .type = OP_INT2, .help = "stage"},
    {.name = "stage", .type = OP_TEXT, .help = "its name"},
    {.name = "department", .type = OP_TEXT, .help = "lead department"},
    {.name = "item_id", .type = OP_INT8, .help = "the joint item it is received as, version in force"},
    {.name = "case_id", .type = OP_INT8, .help = "the stage's case; NULL: not received, or came to nothing"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "state", .type = OP_TEXT, .help = "its state"},
    {.name = "granted", .type = OP_BOOL, .help = "what was decided; NULL: nothing yet"},
    {.name = "received_at", .type = OP_MOMENT, .help = "receipt"},
    {.name = "decided_at", .type = OP_MOMENT, .help = "decision"},
    {.name = "due_at", .type = OP_MOMENT, .help = "end of the promise"},
    {.name = "may", .type = OP_BOOL, .help = "it may be received now"},
    {.name = "lacks", .type = OP_TEXT, .help = "earlier stages that must be granted first"},
    {.name = "elapsed", .type = OP_INT4, .help = "working days since receipt, until the decision"},
    {.name = "charged", .type = OP_INT4, .help = "of these, without those it stood still"},
    {.name = "post", .type = OP_TEXT, .help = "post that receives it"},
    {.name = "mine", .type = OP_BOOL, .help = "one holds that post"},
    {0},
};
static const struct op_field stage_in[] = {
    {.name = "stage_no", .type = OP_INT2, .help = "a stage, as it is in force"},
    {.name = "item_id", .type = OP_INT8, .help = "instead: a version of a joint item"},
    {0},
};
static const struct op_field stage_out[] = {
    {.name = "seq", .type = OP_INT2, .help = "number of the review"},
    {.name = "matter", .type = OP_TEXT, .help = "what is reviewed"},
    {.name = "department", .type = OP_TEXT, .help = "co-reviewing department (协办)"},
    {.name = "post", .type = OP_TEXT, .help = "its post"},
    {.name = "limit_n", .type = OP_INT4, .help = "limit of its own"},
    {.name = "unit", .type = OP_TEXT, .help = "workday, day, month, workhour"},
    {.name = "conditional", .type = OP_BOOL, .help = "only where the case needs it"},
    {.name = "deem_basis", .type = OP_TEXT, .help = "legal basis by which silence counts as agreement; NULL: it does not (DEEM-1)"},
    {.name = "stage_no", .type = OP_INT2, .help = "the stage of projects that the item is; NULL: none"},
    {.name = "stage", .type = OP_TEXT, .help = "its name"},
    {0},
};

const struct op op_project[] = {
    {.id = 0x1600, .name = "project.open", .kind = OP_WRITE, .class = OP_STAFF, .in = open_in, .out = op_outcome, .help = "enter a construction project (PAR-6); its id is the number"},
    {.id = 0x1601, .name = "project.show", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = show_in, .out = show_out, .help = "a project's stages, or projects and where they are"},
    {.id = 0x1602, .name = "project.stage", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = stage_in, .out = stage_out, .help = "the reviews of a stage or joint item: who reviews what in which limit (PAR-1)"},
    {0},
};
