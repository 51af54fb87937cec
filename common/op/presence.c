/* Operations of who is where (WHR, POST-6). */
#include "common/op.h"

/* A paper as typed blocks, as in notice.preview. */
extern const struct op_field op_blocks[];

static const struct op_field none[] = {{0}};
static const struct op_field away_in[] = {
    {.name = "kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "meeting, site, trip, training, away"},
    {.name = "destination", .type = OP_TEXT, .max = 120, .flags = OP_REQUIRED, .help = "where to, for what"},
    {.name = "contact", .type = OP_TEXT, .max = 60, .flags = OP_PERSONAL, .help = "how the person is reached"},
    {.name = "until", .type = OP_MOMENT, .flags = OP_REQUIRED, .help = "back at"},
    {.name = "watch_no", .type = OP_INT4, .help = "neighbouring window that watches this one; its sign is made then (POST-6)"},
    OP_DRAFT,
    {0},
};
static const struct op_field board_in[] = {
    {.name = "all", .type = OP_BOOL, .help = "the whole hall; absent: one's own department"},
    {0},
};
static const struct op_field board_out[] = {
    {.name = "staff_id", .type = OP_INT8, .help = "the person"},
    {.name = "name", .type = OP_TEXT, .help = "name"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "window_no", .type = OP_INT4, .help = "window logged in at"},
    {.name = "kind", .type = OP_TEXT, .help = "post, meeting, site, trip, leave, training, away, off (not here)"},
    {.name = "since", .type = OP_MOMENT, .help = "since when"},
    {.name = "until", .type = OP_MOMENT, .help = "until when"},
    {.name = "posts", .type = OP_TEXT, .help = "posts held now"},
    {.name = "covered_by", .type = OP_TEXT, .help = "who holds the posts of which the person is A"},
    {.name = "contact", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "how the person is reached"},
    {.name = "destination", .type = OP_TEXT, .help = "where to"},
    {.name = "note", .type = OP_TEXT, .help = "not back in time; which window watches"},
    {0},
};

static const struct op_field neighbours_out[] = {
    {.name = "window_no", .type = OP_INT4, .help = "the window"},
    {.name = "place", .type = OP_TEXT, .help = "where it is"},
    {.name = "people", .type = OP_TEXT, .help = "who is there"},
    {.name = "receives", .type = OP_BOOL, .help = "somebody there holds a post one's own window serves, so it can receive its matters"},
    {0},
};
static const struct op_field watched_out[] = {
    {.name = "window_no", .type = OP_INT4, .help = "the window to watch"},
    {.name = "name", .type = OP_TEXT, .help = "who left it"},
    {.name = "kind", .type = OP_TEXT, .help = "meeting, site, trip, training, away"},
    {.name = "since", .type = OP_MOMENT, .help = "since when"},
    {.name = "until", .type = OP_MOMENT, .help = "back at"},
    {.name = "contact", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "how the person is reached"},
    {.name = "receives", .type = OP_BOOL, .help = "its matters can be received here"},
    {0},
};
static const struct op_field leaving_out[] = {
    {.name = "post_id", .type = OP_INT8, .help = "a post one holds"},
    {.name = "post", .type = OP_TEXT, .help = "its name"},
    {.name = "open_cases", .type = OP_INT4, .help = "cases waiting for it"},
    {.name = "empty_at", .type = OP_MOMENT, .help = "when it falls empty if one goes now"},
    {.name = "first", .type = OP_TEXT, .help = "the B it is offered to first; NULL: none is here, to all"},
    {0},
};
static const struct op_field sheet_in[] = {
    {.name = "day", .type = OP_DATE, .help = "the day; absent: today"},
    {.name = "all", .type = OP_BOOL, .help = "the whole hall (supervisors, auditors); absent: one's own department"},
    {0},
};
static const struct op_field sheet_out[] = {
    {.name = "staff_id", .type = OP_INT8, .help = "the person"},
    {.name = "name", .type = OP_TEXT, .help = "name"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "half", .type = OP_TEXT, .help = "am, pm"},
    {.name = "in_at", .type = OP_MOMENT, .help = "first signing in"},
    {.name = "out_at", .type = OP_MOMENT, .help = "last signing out"},
    {.name = "verdict", .type = OP_TEXT, .help = "late, early, late_early, absent (the half day is over), not_in (it is not), no_out (did not sign out), leave, future; empty: in order"},
    {0},
};

const struct op op_presence[] = {
    {.id = 0x1300, .name = "presence.in", .kind = OP_WRITE, .class = OP_HALL, .in = none, .out = op_outcome, .help = "sign in for the half day and take the posts nobody holds of which one is A (WHR-1, POST-2)"},
    {.id = 0x1301, .name = "presence.out", .kind = OP_WRITE, .class = OP_HALL, .in = none, .out = op_outcome, .help = "sign out; one counts as gone from now (WHR-1, POST-4)"},
    {.id = 0x1302, .name = "presence.away", .kind = OP_WRITE, .class = OP_HALL, .in = away_in, .out = op_outcome, .help = "leave the post for a while and say where to (WHR-2, POST-6)"},
    {.id = 0x1303, .name = "presence.back", .kind = OP_WRITE, .class = OP_HALL, .in = none, .out = op_outcome, .help = "be back; what is left of an absence is given back"},
    {.id = 0x1304, .name = "presence.board", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = board_in, .out = board_out, .help = "where everybody is, until when, who covers (WHR-2)"},
    {.id = 0x1305, .name = "presence.sheet", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = sheet_in, .out = sheet_out, .help = "who signed in and out on a day; late, early, absent (WHR-1)"},
    {.id = 0x1306, .name = "presence.sign", .kind = OP_READ, .class = OP_HALL, .in = none, .out = op_blocks, .help = "the sign to put up while one is away (去向告知牌, POST-6)"},
    {.id = 0x1307, .name = "presence.neighbours", .kind = OP_READ, .class = OP_HALL, .in = none, .out = neighbours_out, .help = "windows where somebody could watch one's own (POST-6)"},
    {.id = 0x1308, .name = "presence.watched", .kind = OP_READ, .class = OP_HALL, .in = none, .out = watched_out, .help = "whose windows one's own watches, until they are back (POST-6)"},
    {.id = 0x1309, .name = "presence.leaving", .kind = OP_READ, .class = OP_HALL, .in = none, .out = leaving_out, .help = "the posts one holds, and what becomes of each if one goes now (POST-4)"},
    {0},
};
