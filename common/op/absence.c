/* Operations of planned absences (WHR-3, POST-5). */
#include "common/op.h"

static const struct op_field plan_in[] = {
    {.name = "kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "leave, trip, training, meeting, site"},
    {.name = "from", .type = OP_MOMENT, .flags = OP_REQUIRED, .help = "away from this moment"},
    {.name = "until", .type = OP_MOMENT, .flags = OP_REQUIRED, .help = "until before this one"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "why"},
    {.name = "contact", .type = OP_TEXT, .max = 60, .flags = OP_PERSONAL, .help = "how the person is reached"},
    {.name = "login", .type = OP_TEXT, .max = 60, .help = "somebody else, by login or name, for their chief representative; absent: oneself"},
    OP_DRAFT,
    {0},
};
static const struct op_field change_in[] = {
    {.name = "absence_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the absence"},
    {.name = "from", .type = OP_MOMENT, .help = "its new beginning; absent: as it is"},
    {.name = "until", .type = OP_MOMENT, .help = "its new end; absent: as it is"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "why; absent: as it is"},
    OP_DRAFT,
    {0},
};
static const struct op_field cancel_in[] = {
    {.name = "absence_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the absence"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED | OP_PERSONAL, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field approve_in[] = {
    {.name = "absence_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the absence"},
    {.name = "grant", .type = OP_BOOL, .flags = OP_REQUIRED, .help = "it is granted; false: denied"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "why; needed to deny it and to name a substitute"},
    {.name = "substitute", .type = OP_TEXT, .max = 60, .help = "a supervisor: who of the department stands in where nobody would be left (POST-5), by login or name"},
    OP_DRAFT,
    {0},
};
static const struct op_field list_in[] = {
    {.name = "scope", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "mine, approve (to be decided by a post held now), department, all (supervisors, auditors)"},
    {.name = "from", .type = OP_DATE, .help = "not over before this day"},
    {.name = "until", .type = OP_DATE, .help = "begun on this day or before"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "absence_id", .type = OP_INT8, .help = "the absence"},
    {.name = "staff_id", .type = OP_INT8, .help = "who is away"},
    {.name = "name", .type = OP_TEXT, .help = "name"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "kind", .type = OP_TEXT, .help = "leave, trip, training, meeting, site"},
    {.name = "from_at", .type = OP_MOMENT, .help = "away from this moment"},
    {.name = "until_at", .type = OP_MOMENT, .help = "until before this one"},
    {.name = "half_days", .type = OP_INT4, .help = "half working days it takes from"},
    {.name = "reason", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "why; only for the person, who asked, who decides and supervisors"},
    {.name = "state", .type = OP_TEXT, .help = "asked, granted, denied, cancelled, over"},
    {.name = "approver", .type = OP_TEXT, .help = "who decides (WHR-3): chief, supervisor2 (分管副主任), supervisor3 (主任)"},
    {.name = "mine_to_decide", .type = OP_BOOL, .help = "one may decide it now"},
    {.name = "decided_by", .type = OP_TEXT, .help = "who did"},
    {.name = "decided_at", .type = OP_MOMENT, .help = "when"},
    {.name = "note", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "with which words, shown as the reason is"},
    {.name = "uncovered", .type = OP_TEXT, .help = "asked: posts it would leave to nobody at some instant (POST-5)"},
    {.name = "substitute", .type = OP_TEXT, .help = "who stands in there by a supervisor's exception"},
    {.name = "judge_post", .type = OP_TEXT, .help = "asked for: the posts that decide"},
    {.name = "judge", .type = OP_TEXT, .help = "who holds one of them now; NULL: nobody does"},
    {.name = "judge_could", .type = OP_TEXT, .help = "who has a place in them and could take one, where nobody holds any"},
    {0},
};

const struct op op_absence[] = {
    {.id = 0x1200, .name = "absence.plan", .kind = OP_WRITE, .class = OP_HALL, .in = plan_in, .out = op_outcome, .help = "ask for an absence (WHR-3); the outcome's number is its key"},
    {.id = 0x1201, .name = "absence.change", .kind = OP_WRITE, .class = OP_HALL, .in = change_in, .out = op_outcome, .help = "another time for an absence; more than was granted is asked for again"},
    {.id = 0x1202, .name = "absence.cancel", .kind = OP_WRITE, .class = OP_HALL, .in = cancel_in, .out = op_outcome, .help = "an absence that has not begun is not wanted any more"},
    {.id = 0x1203, .name = "absence.approve", .kind = OP_WRITE, .class = OP_HALL, .in = approve_in, .out = op_outcome, .help = "grant or deny an absence, for the post of its rank (WHR-3, POST-5)"},
    {.id = 0x1204, .name = "absence.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "absences asked for and decided, the newest 200"},
    {0},
};
