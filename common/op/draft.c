/* Operations of drafts: typed work kept on the server until its case commits (architecture 12). */
#include "common/op.h"

static const struct op_field none[] = {{0}};
static const struct op_field save_in[] = {
    {.name = "draft", .type = OP_BYTES, .max = OP_DRAFT_KEY, .flags = OP_REQUIRED, .help = "random key, 16 bytes, made once for a form"},
    {.name = "revision", .type = OP_INT4, .flags = OP_REQUIRED, .help = "goes only forward; an older one is answered and not taken"},
    {.name = "screen", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "screen it was typed in"},
    {.name = "item_id", .type = OP_INT8, .help = "item to be received"},
    {.name = "case_id", .type = OP_INT8, .help = "case it is about"},
    {.name = "title", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "what a list shows of it"},
    {.name = "content", .type = OP_BYTES, .max = 48 * 1024, .flags = OP_REQUIRED | OP_PERSONAL, .help = "fields, ticks and caret, as the client encodes them"},
    {0},
};
static const struct op_field save_out[] = {
    {.name = "revision", .type = OP_INT4, .help = "newest one kept"},
    {0},
};
static const struct op_field key_in[] = {
    {.name = "draft", .type = OP_BYTES, .max = OP_DRAFT_KEY, .flags = OP_REQUIRED, .help = "its key"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "draft", .type = OP_BYTES, .help = "its key"},
    {.name = "screen", .type = OP_TEXT, .help = "screen it was typed in"},
    {.name = "item", .type = OP_TEXT, .help = "item"},
    {.name = "case_id", .type = OP_INT8, .help = "case it is about"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "state", .type = OP_TEXT, .help = "its state now"},
    {.name = "title", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what its screen says of it"},
    {.name = "person", .type = OP_TEXT, .help = "who typed it"},
    {.name = "mine", .type = OP_BOOL, .help = "one typed it oneself"},
    {.name = "window_no", .type = OP_INT4, .help = "window where it was typed"},
    {.name = "saved_at", .type = OP_MOMENT, .help = "last save"},
    {.name = "revision", .type = OP_INT4, .help = "newest one kept"},
    {0},
};
static const struct op_field take_out[] = {
    {.name = "screen", .type = OP_TEXT, .help = "screen it was typed in"},
    {.name = "item_id", .type = OP_INT8, .help = "item to be received"},
    {.name = "case_id", .type = OP_INT8, .help = "case it is about"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "version", .type = OP_INT4, .help = "its version now"},
    {.name = "revision", .type = OP_INT4, .help = "newest one kept"},
    {.name = "content", .type = OP_BYTES, .flags = OP_PERSONAL, .help = "as it was saved"},
    {0},
};

const struct op op_draft[] = {
    {.id = 0x0a00, .name = "draft.save", .kind = OP_CALL, .class = OP_HALL, .in = save_in, .out = save_out, .help = "keep what was typed so far"},
    {.id = 0x0a01, .name = "draft.list", .kind = OP_CALL, .class = OP_HALL, .in = none, .out = list_out, .help = "open drafts: one's own, and of the posts held now"},
    {.id = 0x0a02, .name = "draft.take", .kind = OP_CALL, .class = OP_HALL, .in = key_in, .out = take_out, .help = "go on with a draft here: it is one's own from now on"},
    {.id = 0x0a03, .name = "draft.drop", .kind = OP_CALL, .class = OP_HALL, .in = key_in, .out = none, .help = "throw a draft away"},
    {0},
};
