/* Operations of empty posts (POST-4). */
#include "common/op.h"

static const struct op_field list_in[] = {
    {.name = "all", .type = OP_BOOL, .help = "every post of the hall on offer; absent: those that concern oneself"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "post_id", .type = OP_INT8, .help = "the post"},
    {.name = "post", .type = OP_TEXT, .help = "its name"},
    {.name = "window_no", .type = OP_INT4, .help = "window"},
    {.name = "a", .type = OP_TEXT, .help = "A's name"},
    {.name = "empty_since", .type = OP_MOMENT, .help = "since when nobody holds it; NULL: nobody ever did"},
    {.name = "why", .type = OP_TEXT, .help = "gone, give_back, unconfirmed, appoint, assign"},
    {.name = "first", .type = OP_TEXT, .help = "the B it is offered to first"},
    {.name = "to_me", .type = OP_BOOL, .help = "one may take it now"},
    {.name = "to_all_at", .type = OP_MOMENT, .help = "from when all may; NULL: the hall is not open yet"},
    {.name = "alert_at", .type = OP_MOMENT, .help = "when chief representative and supervisors are told"},
    {.name = "alerted", .type = OP_BOOL, .help = "they were"},
    {.name = "open_cases", .type = OP_INT4, .help = "cases waiting for it"},
    {.name = "due_today", .type = OP_INT4, .help = "of these with a limit that ends today, or ended"},
    {0},
};
static const struct op_field take_in[] = {
    {.name = "post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the post"},
    {0},
};
static const struct op_field ask_back_in[] = {
    {.name = "post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the post one is the A of"},
    {0},
};
static const struct op_field give_back_in[] = {
    {.name = "post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the post"},
    {.name = "note", .type = OP_TEXT, .max = 400, .help = "what the next one should know"},
    OP_DRAFT,
    {0},
};

const struct op op_cover[] = {
    {.id = 0x1000, .name = "cover.list", .kind = OP_READ, .class = OP_HALL, .in = list_in, .out = list_out, .help = "empty posts, to whom they are offered (POST-4)"},
    {.id = 0x1001, .name = "cover.take", .kind = OP_WRITE, .class = OP_HALL, .in = take_in, .out = op_outcome, .help = "take an empty post that is offered (主动顶岗)"},
    {.id = 0x1002, .name = "cover.give_back", .kind = OP_WRITE, .class = OP_HALL, .in = give_back_in, .out = op_outcome, .help = "give back a post one covers: to its A who is here, else to whoever takes it"},
    {.id = 0x1003, .name = "cover.ask_back", .kind = OP_WRITE, .class = OP_HALL, .in = ask_back_in, .out = op_outcome, .help = "the A of a post, back again, asks who covers it to give it back (POST-4)"},
    {0},
};
