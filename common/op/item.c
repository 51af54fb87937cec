/* Operations of the catalogue (CAT) and of known applicants. */
#include "common/op.h"

static const struct op_field find_in[] = {
    {.name = "q", .type = OP_TEXT, .max = 120, .help = "fragment of name, pinyin initials or code; empty: all"},
    {.name = "department_id", .type = OP_INT8, .help = "only this department's"},
    {.name = "mine", .type = OP_BOOL, .help = "only items of the posts held now"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field find_out[] = {
    {.name = "item_id", .type = OP_INT8, .help = "the item's version in force"},
    {.name = "code", .type = OP_TEXT, .help = "code in the catalogue"},
    {.name = "name", .type = OP_TEXT, .help = "name"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "handling", .type = OP_TEXT, .help = "immediate, promised, joint, forwarded"},
    {.name = "promised", .type = OP_INT4, .help = "promised limit"},
    {.name = "unit", .type = OP_TEXT, .help = "workday, day, month, workhour"},
    {.name = "guide", .type = OP_BOOL, .help = "false: 指南未录入, receive is refused (CASE-17)"},
    {.name = "mine", .type = OP_BOOL, .help = "a post held now receives it"},
    {0},
};
static const struct op_field item_in[] = {
    {.name = "item_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the item's version"},
    {0},
};
static const struct op_field show_out[] = {
    {.name = "item_id", .type = OP_INT8, .help = "the item's version"},
    {.name = "code", .type = OP_TEXT, .help = "code in the catalogue"},
    {.name = "version", .type = OP_INT4, .help = "1, 2, 3 …"},
    {.name = "name", .type = OP_TEXT, .help = "name"},
    {.name = "main_item", .type = OP_TEXT, .help = "main item it belongs to"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "task_type", .type = OP_TEXT, .help = "行政许可 and so on"},
    {.name = "handling", .type = OP_TEXT, .help = "immediate, promised, joint, forwarded"},
    {.name = "legal_basis", .type = OP_TEXT, .help = "laws and articles"},
    {.name = "steps", .type = OP_TEXT, .help = "procedure: the steps in order"},
    {.name = "statutory", .type = OP_INT4, .help = "statutory limit; NULL when no law fixes one"},
    {.name = "promised", .type = OP_INT4, .help = "promised limit"},
    {.name = "unit", .type = OP_TEXT, .help = "workday, day, month, workhour"},
    {.name = "fee", .type = OP_INT8, .help = "fee standard in fen; NULL when computed"},
    {.name = "fee_basis", .type = OP_TEXT, .help = "fee basis"},
    {.name = "result_doc", .type = OP_TEXT, .help = "result document"},
    {.name = "answer_days", .type = OP_INT4, .help = "calendar days to answer a correction notice (ONE-2)"},
    {.name = "guide", .type = OP_BOOL, .help = "false: 指南未录入"},
    {.name = "post_id", .type = OP_INT8, .help = "post that receives it"},
    {.name = "post", .type = OP_TEXT, .help = "its name"},
    {.name = "window_no", .type = OP_INT4, .help = "window where it is received today"},
    {0},
};
static const struct op_field materials_out[] = {
    {.name = "seq", .type = OP_INT2, .help = "number in the guide"},
    {.name = "name", .type = OP_TEXT, .help = "material"},
    {.name = "form", .type = OP_TEXT, .help = "original, copy, both, electronic"},
    {.name = "copies", .type = OP_INT2, .help = "how many"},
    {.name = "required", .type = OP_TEXT, .help = "required, later, depending (CAT-5)"},
    {.name = "source", .type = OP_TEXT, .help = "who issues it"},
    {.name = "note", .type = OP_TEXT, .help = "what to mind"},
    {0},
};
extern const struct op_field op_blocks[]; /* notice.c */

const struct op op_item[] = {
    {.id = 0x0200, .name = "item.find", .kind = OP_READ, .class = OP_ANYONE | OP_KIOSK, .in = find_in, .out = find_out, .help = "find items by fragment, initials, code, department (CAT-6)"},
    {.id = 0x0201, .name = "item.show", .kind = OP_READ, .class = OP_ANYONE | OP_KIOSK, .in = item_in, .out = show_out, .help = "what an item publishes (CAT-1)"},
    {.id = 0x0202, .name = "item.materials", .kind = OP_READ, .class = OP_ANYONE | OP_KIOSK, .in = item_in, .out = materials_out, .help = "an item's materials (CAT-5)"},
    {.id = 0x0203, .name = "item.guide", .kind = OP_READ, .class = OP_ANYONE | OP_KIOSK, .in = item_in, .out = op_blocks, .help = "the guide (办事指南) as blocks to print"},
    {0},
};

static const struct op_field applicant_in[] = {
    {.name = "id_kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "resident, passport, hkmacao, taiwan, foreigner, org"},
    {.name = "id_no", .type = OP_TEXT, .max = 32, .meaning = OP_IDENT, .flags = OP_REQUIRED | OP_PERSONAL, .help = "the whole number"},
    {0},
};
static const struct op_field applicant_out[] = {
    {.name = "applicant_id", .type = OP_INT8, .help = "the applicant"},
    {.name = "id_kind", .type = OP_TEXT, .help = "kind of document"},
    {.name = "id_no", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "its number"},
    {.name = "name", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "name"},
    {.name = "phone", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "telephone"},
    {.name = "address", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "address"},
    {.name = "open_cases", .type = OP_INT4, .help = "cases not yet closed"},
    {.name = "agent_name", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "an organisation's agent of last time; masked, and nothing else of the agent, unless you handled a case of theirs"},
    {.name = "agent_id_kind", .type = OP_TEXT, .help = "kind of the agent's document"},
    {.name = "agent_id_no", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "its number"},
    {.name = "agent_phone", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "the agent's telephone"},
    {.name = "agent_scope", .type = OP_TEXT, .help = "what the letter of authority covered"},
    {.name = "agent_until", .type = OP_DATE, .help = "its last day"},
    {0},
};
static const struct op_field phone_in[] = {
    {.name = "phone", .type = OP_TEXT, .max = 20, .meaning = OP_PHONE, .flags = OP_REQUIRED | OP_PERSONAL, .help = "the whole telephone number"},
    {0},
};
static const struct op_field phone_out[] = {
    {.name = "applicant_id", .type = OP_INT8, .help = "the applicant"},
    {.name = "id_kind", .type = OP_TEXT, .help = "kind of document"},
    {.name = "id_no", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "its number, masked"},
    {.name = "name", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "name, masked"},
    {0},
};
static const struct op_field chosen_in[] = {
    {.name = "applicant_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "one of those with this telephone"},
    {.name = "phone", .type = OP_TEXT, .max = 20, .meaning = OP_PHONE, .flags = OP_REQUIRED | OP_PERSONAL, .help = "the telephone asked with"},
    {0},
};

const struct op op_applicant[] = {
    {.id = 0x0300, .name = "applicant.find", .kind = OP_READ, .class = OP_STAFF, .in = applicant_in, .out = applicant_out, .help = "recall a known applicant by the whole identity number"},
    {.id = 0x0301, .name = "applicant.phone", .kind = OP_READ, .class = OP_STAFF, .in = phone_in, .out = phone_out, .help = "known applicants with a telephone, masked until one is chosen (SEC-1)"},
    {.id = 0x0302, .name = "applicant.show", .kind = OP_READ, .class = OP_STAFF, .in = chosen_in, .out = applicant_out, .help = "the one of them that was chosen"},
    {0},
};
