/* Operations of posts: who holds one, held it, may (POST). */
#include "common/op.h"

static const struct op_field list_in[] = {
    {.name = "all", .type = OP_BOOL, .help = "every post of the hall, not only one's own"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "post_id", .type = OP_INT8, .help = "the post"},
    {.name = "code", .type = OP_TEXT, .help = "its code"},
    {.name = "name", .type = OP_TEXT, .help = "its name"},
    {.name = "department_id", .type = OP_INT8, .help = "department"},
    {.name = "department", .type = OP_TEXT, .help = "its name"},
    {.name = "window_no", .type = OP_INT4, .help = "window"},
    {.name = "place", .type = OP_TEXT, .help = "where that window is"},
    {.name = "mine", .type = OP_TEXT, .help = "one's own place in it: A, B1, B2 …"},
    {.name = "holder_id", .type = OP_INT8, .help = "who holds it now (POST-2)"},
    {.name = "holder", .type = OP_TEXT, .help = "name; NULL: 空岗"},
    {.name = "held_as", .type = OP_TEXT, .help = "A, or B for A"},
    {.name = "a", .type = OP_TEXT, .help = "A's name"},
    {.name = "open_cases", .type = OP_INT4, .help = "cases waiting for it"},
    {.name = "held_since", .type = OP_MOMENT, .help = "since when"},
    {.name = "empty_since", .type = OP_MOMENT, .help = "since when nobody holds it; NULL: held, or never was"},
    {.name = "offered", .type = OP_TEXT, .help = "first (to one B), all, alerted (nobody took it); empty: not on offer (POST-4)"},
    {.name = "back_at", .type = OP_MOMENT, .help = "end of the handover that runs"},
    {.name = "next_at", .type = OP_MOMENT, .help = "beginning of the next one"},
    {.name = "mine_now", .type = OP_BOOL, .help = "one holds it oneself"},
    {.name = "a_here", .type = OP_MOMENT, .help = "since when its A is here while somebody else holds it; NULL: is not"},
    {.name = "asked_at", .type = OP_MOMENT, .help = "when A asked for it back last; NULL: did not"},
    {0},
};

static const struct op_field show_in[] = {
    {.name = "post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the post"},
    {0},
};
static const struct op_field show_out[] = {
    {.name = "place", .type = OP_TEXT, .help = "A, B1, B2 …; NULL: holds it without a place in it"},
    {.name = "staff_id", .type = OP_INT8, .help = "the person"},
    {.name = "login", .type = OP_TEXT, .help = "login name"},
    {.name = "name", .type = OP_TEXT, .help = "name"},
    {.name = "holds", .type = OP_BOOL, .help = "holds it now"},
    {.name = "present", .type = OP_BOOL, .help = "a window of theirs is there now"},
    {.name = "whereabouts", .type = OP_TEXT, .help = "leave, meeting, trip …; NULL: not away"},
    {.name = "until", .type = OP_MOMENT, .help = "until when"},
    {0},
};

static const struct op_field history_in[] = {
    {.name = "post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the post"},
    {.name = "from", .type = OP_DATE, .help = "first day; absent: from the beginning"},
    {.name = "until", .type = OP_DATE, .help = "last day; absent: today"},
    {0},
};
static const struct op_field history_out[] = {
    {.name = "from_at", .type = OP_MOMENT, .help = "from when"},
    {.name = "until_at", .type = OP_MOMENT, .help = "until when; NULL: now"},
    {.name = "staff", .type = OP_TEXT, .help = "who held it; NULL: 空岗"},
    {.name = "held_as", .type = OP_TEXT, .help = "A, or B for A"},
    {.name = "for_name", .type = OP_TEXT, .help = "the A for whom"},
    {.name = "how", .type = OP_TEXT, .help = "found, sign_in, handover, return, unconfirmed, take, give_back, gone, appoint, assign"},
    {.name = "by_name", .type = OP_TEXT, .help = "who brought it about; NULL: the system"},
    {.name = "note", .type = OP_TEXT, .help = "reason or report"},
    {0},
};

static const struct op_field done_in[] = {
    {.name = "post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the post"},
    {.name = "from", .type = OP_MOMENT, .help = "from when; absent: today"},
    {.name = "until", .type = OP_MOMENT, .help = "until before this moment; absent: now"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field done_out[] = {
    {.name = "at", .type = OP_MOMENT, .help = "when"},
    {.name = "event", .type = OP_TEXT, .help = "what"},
    {.name = "case_id", .type = OP_INT8, .help = "case"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "item", .type = OP_TEXT, .help = "its item"},
    {.name = "actor", .type = OP_TEXT, .help = "who, as what, for whom (POST-7)"},
    {.name = "note", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "remark, masked unless one holds the post"},
    {0},
};

static const struct op_field assign_in[] = {
    {.name = "post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the post"},
    {.name = "place", .type = OP_TEXT, .max = 16, .flags = OP_REQUIRED, .help = "A, B1, B2 …; who has a place already changes with who is there"},
    {.name = "login", .type = OP_TEXT, .max = 32, .help = "who is to have it; absent: nobody"},
    OP_DRAFT,
    {0},
};
static const struct op_field appoint_in[] = {
    {.name = "post_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the post"},
    {.name = "login", .type = OP_TEXT, .max = 32, .help = "who is to hold it; absent: nobody"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why"},
    OP_DRAFT,
    {0},
};

const struct op op_post[] = {
    {.id = 0x0600, .name = "post.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "posts, who holds them, one's own place in them"},
    {.id = 0x0601, .name = "post.show", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = show_in, .out = show_out, .help = "A and Bs of a post, who of them holds it, is here, is away (POST-1)"},
    {.id = 0x0602, .name = "post.history", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = history_in, .out = history_out, .help = "who held a post when, newest first (POST-2)"},
    {.id = 0x0603, .name = "post.done", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = done_in, .out = done_out, .help = "what was done as a post in an interval, newest first (POST-7)"},
    {.id = 0x0604, .name = "post.assign", .kind = OP_WRITE, .class = OP_HALL, .in = assign_in, .out = op_outcome, .help = "who is A, B1, B2 … of a post: the chief representative says (POST-1)"},
    {.id = 0x0605, .name = "post.appoint", .kind = OP_WRITE, .class = OP_SUPERVISOR, .in = appoint_in, .out = op_outcome, .help = "a supervisor decides who holds a post, or that nobody does (POST-2)"},
    {0},
};
