/* Operations of the reviews of joint cases (PAR, DEEM). */
#include "common/op.h"

/* clang-format off */
#define REVIEW \
	{.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"}, \
	{.name = "review", .type = OP_INT2, .flags = OP_REQUIRED, .help = "number of the review in it"}
#define NEEDS \
	{.name = "need", .type = OP_TEXT, .max = 200, .flags = OP_ARRAY, .help = "what exactly to do, one a line"}, \
	{.name = "material", .type = OP_INT2, .flags = OP_ARRAY, .help = "of each line: the material of the item; NULL or absent: something else"}
#define OPINION \
	{.name = "answer", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "agree, conditional, disagree, refer"}, \
	{.name = "words", .type = OP_TEXT, .max = 400, .help = "conditions, reasons, to whom it is referred; demanded but for agree"}, \
	{.name = "basis", .type = OP_TEXT, .max = 200, .help = "legal basis, demanded to disagree"}
/* clang-format on */

static const struct op_field check_in[] = {
    REVIEW,
    {.name = "answer", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "complete, missing"},
    NEEDS,
    OP_DRAFT,
    {0},
};
static const struct op_field list_in[] = {
    {.name = "scope", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "mine: waiting for the posts held; lead: of cases one leads, pages of cases; case: of one; tonight: silence would decide them today (DEEM-2)"},
    {.name = "case_id", .type = OP_INT8, .help = "scope case: the case"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip, of lead cases"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200; of lead cases at most 50"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "number", .type = OP_TEXT, .help = "its number"},
    {.name = "item", .type = OP_TEXT, .help = "joint item"},
    {.name = "applicant", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "applicant, masked unless one handles it"},
    {.name = "state", .type = OP_TEXT, .help = "state of the case"},
    {.name = "seq", .type = OP_INT2, .help = "number of the review"},
    {.name = "matter", .type = OP_TEXT, .help = "what is reviewed"},
    {.name = "department", .type = OP_TEXT, .help = "department (协办)"},
    {.name = "post_id", .type = OP_INT8, .help = "its post"},
    {.name = "post", .type = OP_TEXT, .help = "name of that"},
    {.name = "holder", .type = OP_TEXT, .help = "who holds it now; NULL: 空岗"},
    {.name = "mine", .type = OP_BOOL, .help = "one holds it oneself"},
    {.name = "waits", .type = OP_TEXT, .help = "check, review, consent; NULL: nothing"},
    {.name = "checked", .type = OP_TEXT, .help = "complete, missing, silent; NULL: no answer yet"},
    {.name = "check_until", .type = OP_MOMENT, .help = "when the check closes"},
    {.name = "opened_at", .type = OP_MOMENT, .help = "when the review opened"},
    {.name = "seen_at", .type = OP_MOMENT, .help = "when the department first looked at it"},
    {.name = "due_at", .type = OP_MOMENT, .help = "when it is due; NULL: stands still, or not open"},
    {.name = "days_left", .type = OP_INT4, .help = "working days left of what it waits for, today counted"},
    {.name = "light", .type = OP_TEXT, .help = "green, yellow, red"},
    {.name = "answer", .type = OP_TEXT, .help = "agree, conditional, disagree, refer, deemed"},
    {.name = "answered_at", .type = OP_MOMENT, .help = "when"},
    {.name = "opinion_no", .type = OP_INT2, .help = "number of that opinion"},
    {.name = "wanted", .type = OP_BOOL, .help = "what it asks for waits for the lead"},
    {.name = "deems_at", .type = OP_MOMENT, .help = "when silence counts; NULL: it does not"},
    {.name = "consent_until", .type = OP_MOMENT, .help = "by when the written consent follows (DEEM-3)"},
    {.name = "consented_at", .type = OP_MOMENT, .help = "when it came"},
    {.name = "lead", .type = OP_TEXT, .help = "post that holds the case"},
    {.name = "lead_due", .type = OP_MOMENT, .help = "end of the promise"},
    {.name = "project", .type = OP_TEXT, .help = "the construction project it is for (PAR-6); NULL: none"},
    {.name = "project_code", .type = OP_TEXT, .help = "its code elsewhere"},
    {.name = "stage_no", .type = OP_INT2, .help = "the stage of it"},
    {.name = "stage", .type = OP_TEXT, .help = "its name"},
    {0},
};
static const struct op_field show_in[] = {
    REVIEW,
    {0},
};
static const struct op_field show_out[] = {
    {.name = "no", .type = OP_INT2, .help = "number of the opinion"},
    {.name = "how", .type = OP_TEXT, .help = "review, deem, consent, object"},
    {.name = "answer", .type = OP_TEXT, .help = "agree, conditional, disagree, refer, deemed"},
    {.name = "words", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "conditions, reasons"},
    {.name = "basis", .type = OP_TEXT, .help = "legal basis"},
    {.name = "document_no", .type = OP_TEXT, .help = "number of the written consent"},
    {.name = "at", .type = OP_MOMENT, .help = "when"},
    {.name = "actor", .type = OP_TEXT, .help = "who signed; deemed: against whom it is recorded (DEEM-4)"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "post", .type = OP_TEXT, .help = "post"},
    {.name = "window_no", .type = OP_INT4, .help = "window"},
    {.name = "current", .type = OP_BOOL, .help = "the one that holds"},
    {0},
};
static const struct op_field opine_in[] = {
    REVIEW,
    OPINION,
    OP_DRAFT,
    {0},
};
static const struct op_field supersede_in[] = {
    REVIEW,
    {.name = "no", .type = OP_INT2, .flags = OP_REQUIRED, .help = "number of the opinion it supersedes, the latest"},
    OPINION,
    OP_DRAFT,
    {0},
};
static const struct op_field want_in[] = {
    REVIEW,
    NEEDS,
    OP_DRAFT,
    {0},
};
static const struct op_field reject_in[] = {
    REVIEW,
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why"},
    OP_DRAFT,
    {0},
};
static const struct op_field consent_in[] = {
    REVIEW,
    {.name = "words", .type = OP_TEXT, .max = 400, .help = "what it says; demanded to object"},
    {.name = "document_no", .type = OP_TEXT, .max = 60, .help = "number of the written consent"},
    {.name = "object", .type = OP_BOOL, .help = "an objection instead: it changes nothing (DEEM-1)"},
    OP_DRAFT,
    {0},
};
static const struct op_field needs_out[] = {
    {.name = "no", .type = OP_INT2, .help = "number of the asking"},
    {.name = "seq", .type = OP_INT2, .help = "the review"},
    {.name = "kind", .type = OP_TEXT, .help = "check, want"},
    {.name = "state", .type = OP_TEXT, .help = "open, told, rejected, dropped"},
    {.name = "at", .type = OP_MOMENT, .help = "when"},
    {.name = "actor", .type = OP_TEXT, .help = "who asked"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "line", .type = OP_INT2, .help = "line"},
    {.name = "material", .type = OP_INT2, .help = "material of the item; NULL: something else"},
    {.name = "words", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what exactly to do"},
    {.name = "reason", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "why the lead rejected it"},
    {.name = "ended_at", .type = OP_MOMENT, .help = "when it was told, rejected or dropped"},
    {0},
};

const struct op op_review[] = {
    {.id = 0x1400, .name = "review.check", .kind = OP_WRITE, .class = OP_STAFF, .in = check_in, .out = op_outcome, .help = "say that the papers of a joint case are complete, or exactly what is missing (PAR-2)"},
    {.id = 0x1401, .name = "review.list", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = list_in, .out = list_out, .help = "reviews waiting for one, the lead's board, tonight's list: who has it, opened or not, time left, answer (PAR-3, DEEM-2)"},
    {.id = 0x1402, .name = "review.show", .kind = OP_CALL, .class = OP_HALL | OP_AUDITOR, .in = show_in, .out = show_out, .help = "the opinions of a review, the first ones kept; its department is seen to have opened it"},
    {.id = 0x1403, .name = "review.opine", .kind = OP_WRITE, .class = OP_STAFF, .in = opine_in, .out = op_outcome, .help = "sign an opinion: agree, agree with conditions, disagree, refer up (PAR-2)"},
    {.id = 0x1404, .name = "review.supersede", .kind = OP_WRITE, .class = OP_STAFF, .in = supersede_in, .out = op_outcome, .help = "sign another in place of the latest, which is kept"},
    {.id = 0x1405, .name = "review.want", .kind = OP_WRITE, .class = OP_STAFF, .in = want_in, .out = op_outcome, .help = "want a correction during review, which the lead sends or rejects (PAR-4)"},
    {.id = 0x1406, .name = "review.reject", .kind = OP_WRITE, .class = OP_STAFF, .in = reject_in, .out = op_outcome, .help = "the lead rejects it, with reason (PAR-4)"},
    {.id = 0x1407, .name = "review.consent", .kind = OP_WRITE, .class = OP_STAFF, .in = consent_in, .out = op_outcome, .help = "file the written consent to what was deemed, or an objection (DEEM-1, DEEM-3)"},
    {.id = 0x1408, .name = "review.needs", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = needs_out, .help = "what the departments of a case find missing, and what became of it"},
    {0},
};
