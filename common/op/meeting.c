/* Operations of joint meetings and site visits (PAR-5), the papers of joint cases. */
#include "common/op.h"

/* clang-format off */
#define CASE {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"}
#define MEETING \
	CASE, \
	{.name = "meeting", .type = OP_INT2, .flags = OP_REQUIRED, .help = "number of the meeting in it"}
#define PAGE \
	{.name = "after", .type = OP_INT4, .help = "rows to skip"}, \
	{.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"}
/* clang-format on */

static const struct op_field call_in[] = {
    CASE,
    {.name = "kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "review 联审会, visit 联合踏勘, acceptance 联合验收"},
    {.name = "at", .type = OP_MOMENT, .flags = OP_REQUIRED, .help = "when it takes place"},
    {.name = "venue", .type = OP_TEXT, .max = 100, .flags = OP_REQUIRED, .help = "where"},
    {.name = "agenda", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "what it is about"},
    {.name = "review", .type = OP_INT2, .flags = OP_ARRAY, .help = "reviews whose departments are called; absent: all"},
    OP_DRAFT,
    {0},
};
static const struct op_field move_in[] = {
    MEETING,
    {.name = "at", .type = OP_MOMENT, .flags = OP_REQUIRED, .help = "when it takes place now"},
    {.name = "venue", .type = OP_TEXT, .max = 100, .flags = OP_REQUIRED, .help = "where"},
    {.name = "reason", .type = OP_TEXT, .max = 100, .flags = OP_REQUIRED, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field sign_in[] = {
    MEETING,
    OP_DRAFT,
    {0},
};
static const struct op_field attend_in[] = {
    MEETING,
    {.name = "post", .type = OP_INT8, .flags = OP_REQUIRED | OP_ARRAY, .help = "posts called"},
    {.name = "attendee", .type = OP_TEXT, .max = 40, .flags = OP_REQUIRED | OP_ARRAY, .help = "of each: who came, by login or name; left out (NULL): nobody"},
    OP_DRAFT,
    {0},
};
static const struct op_field opine_in[] = {
    MEETING,
    {.name = "review", .type = OP_INT2, .flags = OP_REQUIRED, .help = "number of the review"},
    {.name = "answer", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "agree, conditional, disagree, refer"},
    {.name = "words", .type = OP_TEXT, .max = 400, .help = "conditions, reasons, to whom it is referred; demanded but for agree"},
    {.name = "basis", .type = OP_TEXT, .max = 200, .help = "legal basis, demanded to disagree"},
    OP_DRAFT,
    {0},
};
static const struct op_field close_in[] = {
    MEETING,
    {.name = "words", .type = OP_TEXT, .max = 400, .flags = OP_REQUIRED, .help = "what came of it, as the minutes say it"},
    OP_DRAFT,
    {0},
};
static const struct op_field cancel_in[] = {
    MEETING,
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field list_in[] = {
    {.name = "scope", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "mine: to come, the posts held are called; lead: to come, of cases one leads; case: of one"},
    {.name = "case_id", .type = OP_INT8, .help = "scope case: the case"},
    PAGE,
    {0},
};
static const struct op_field list_out[] = {
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "meeting", .type = OP_INT2, .help = "number of the meeting in it"},
    {.name = "number", .type = OP_TEXT, .help = "number of the case"},
    {.name = "item", .type = OP_TEXT, .help = "joint item"},
    {.name = "applicant", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "applicant, masked unless one handles it"},
    {.name = "lead", .type = OP_TEXT, .help = "post that leads"},
    {.name = "kind", .type = OP_TEXT, .help = "review, visit, acceptance"},
    {.name = "at", .type = OP_MOMENT, .help = "when"},
    {.name = "place", .type = OP_TEXT, .help = "where"},
    {.name = "agenda", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what it is about"},
    {.name = "state", .type = OP_TEXT, .help = "called, closed, cancelled"},
    {.name = "moves", .type = OP_INT2, .help = "times it was moved"},
    {.name = "called", .type = OP_INT4, .help = "posts called"},
    {.name = "signed", .type = OP_INT4, .help = "of these: signed for the call"},
    {.name = "came", .type = OP_INT4, .help = "attended"},
    {.name = "leads", .type = OP_BOOL, .help = "one leads the case"},
    {.name = "mine", .type = OP_BOOL, .help = "a post one holds is called"},
    {.name = "unsigned", .type = OP_BOOL, .help = "and has not signed"},
    {.name = "call_id", .type = OP_INT8, .help = "paper of the call, 会议通知"},
    {.name = "call_no", .type = OP_TEXT, .help = "its number"},
    {.name = "minutes_id", .type = OP_INT8, .help = "paper of the minutes, 会议纪要"},
    {.name = "minutes_no", .type = OP_TEXT, .help = "its number"},
    {.name = "words", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what came of it; cancelled: why"},
    {0},
};
static const struct op_field show_in[] = {
    MEETING,
    {0},
};
static const struct op_field show_out[] = {
    {.name = "post_id", .type = OP_INT8, .help = "post called, once for each of its reviews"},
    {.name = "department", .type = OP_TEXT, .help = "its department"},
    {.name = "post", .type = OP_TEXT, .help = "its name"},
    {.name = "holder", .type = OP_TEXT, .help = "who holds it now; NULL: 空岗"},
    {.name = "mine", .type = OP_BOOL, .help = "one holds it oneself"},
    {.name = "signed_at", .type = OP_MOMENT, .help = "when it signed for the call in force"},
    {.name = "signed_by", .type = OP_TEXT, .help = "who signed"},
    {.name = "in_time", .type = OP_BOOL, .help = "early enough for absence to count (DEEM-1)"},
    {.name = "counts", .type = OP_BOOL, .help = "silence counts for this review"},
    {.name = "came", .type = OP_BOOL, .help = "attended; NULL: attendance is not taken"},
    {.name = "who", .type = OP_TEXT, .help = "who came"},
    {.name = "who_login", .type = OP_TEXT, .help = "login of that"},
    {.name = "deemed", .type = OP_BOOL, .help = "stayed away and is deemed to agree (DEEM-4)"},
    {.name = "seq", .type = OP_INT2, .help = "number of the review"},
    {.name = "matter", .type = OP_TEXT, .help = "what is reviewed"},
    {.name = "answer", .type = OP_TEXT, .help = "its latest answer"},
    {.name = "there", .type = OP_BOOL, .help = "an opinion was given in this meeting"},
    {.name = "people", .type = OP_TEXT, .help = "who may come for it: login|name|A or B, separated by ;"},
    {0},
};
static const struct op_field sheet_in[] = {
    CASE,
    {.name = "kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "opinions 会签意见表, slip 流转单"},
    {.name = "venue", .type = OP_TEXT, .max = 100, .help = "slip: where the papers are"},
    {.name = "remark", .type = OP_TEXT, .max = 200, .help = "what else it says"},
    OP_DRAFT,
    {0},
};
const struct op op_meeting[] = {
    {.id = 0x1500, .name = "meeting.call", .kind = OP_WRITE, .class = OP_STAFF, .in = call_in, .out = op_outcome, .help = "the lead calls departments to a meeting, a site visit or an acceptance, in writing (PAR-5)"},
    {.id = 0x1501, .name = "meeting.move", .kind = OP_WRITE, .class = OP_STAFF, .in = move_in, .out = op_outcome, .help = "another time or place; the call is signed for anew"},
    {.id = 0x1502, .name = "meeting.sign", .kind = OP_WRITE, .class = OP_STAFF, .in = sign_in, .out = op_outcome, .help = "a department signs for the call"},
    {.id = 0x1503, .name = "meeting.attend", .kind = OP_WRITE, .class = OP_STAFF, .in = attend_in, .out = op_outcome, .help = "the lead takes attendance"},
    {.id = 0x1504, .name = "meeting.opine", .kind = OP_WRITE, .class = OP_STAFF, .in = opine_in, .out = op_outcome, .help = "an opinion given there supersedes earlier ones (PAR-8)"},
    {.id = 0x1505, .name = "meeting.close", .kind = OP_WRITE, .class = OP_STAFF, .in = close_in, .out = op_outcome, .help = "write the minutes; who was called in time and stayed away is deemed to agree where silence counts (DEEM-1)"},
    {.id = 0x1506, .name = "meeting.cancel", .kind = OP_WRITE, .class = OP_STAFF, .in = cancel_in, .out = op_outcome, .help = "call a meeting off"},
    {.id = 0x1507, .name = "meeting.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "meetings one is called to, or leads, or those of a case"},
    {.id = 0x1508, .name = "meeting.show", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = show_in, .out = show_out, .help = "whom a meeting calls, who signed and came, what they answered"},
    {.id = 0x1509, .name = "meeting.sheet", .kind = OP_WRITE, .class = OP_STAFF, .in = sheet_in, .out = op_outcome, .help = "make 会签意见表, every opinion of a joint case, or 流转单, where its papers are (PAR-7)"},
    {0},
};
