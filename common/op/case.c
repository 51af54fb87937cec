/* Operations of cases (CASE): intake, correction, acceptance, finding. */
#include "common/op.h"

/* The ticks of materials (CASE-2), parallel arrays; a material left out keeps its tick. */
/* clang-format off */
#define TICKS \
	{.name = "seq", .type = OP_INT2, .flags = OP_ARRAY, .help = "materials ticked: numbers in the guide"}, \
	{.name = "state", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_ARRAY, .help = "of each: present, absent, defective, later, unneeded; open: not looked at"}, \
	{.name = "note", .type = OP_TEXT, .max = 200, .flags = OP_ARRAY, .help = "of each: what exactly to do"}, \
	{.name = "later", .type = OP_DATE, .flags = OP_ARRAY, .help = "of each: by when, for later (容缺)"}

/* Whoever else an application is of or for, beside its first applicant and agent; parallel
 * arrays, the number's kind before it. */
#define PARTIES \
	{.name = "party_role", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_ARRAY, .help = "further parties: applicant, guardian, representative (法定代表人)"}, \
	{.name = "party_id_kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_ARRAY, .help = "of each: kind of document"}, \
	{.name = "party_id_no", .type = OP_TEXT, .max = 32, .meaning = OP_IDENT, .flags = OP_ARRAY | OP_PERSONAL, .help = "of each: its number; a representative may do without"}, \
	{.name = "party_name", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_ARRAY | OP_PERSONAL, .help = "of each: name"}, \
	{.name = "party_phone", .type = OP_TEXT, .max = 20, .meaning = OP_PHONE, .flags = OP_ARRAY | OP_PERSONAL, .help = "of each: telephone"}, \
	{.name = "party_address", .type = OP_TEXT, .max = 200, .flags = OP_ARRAY | OP_PERSONAL, .help = "of each: address"}

/* Keyed in later than it was received by hand (CASE-3, CASE-18). */
#define HAND \
	{.name = "paper_no", .type = OP_TEXT, .max = 40, .help = "number of the receipt written by hand while the line was down (CASE-3)"}, \
	{.name = "paper_at", .type = OP_MOMENT, .help = "when: every term runs from it (CASE-18)"}, \
	{.name = "paper_reason", .type = OP_TEXT, .max = 200, .help = "why it was not keyed in at once"}
/* clang-format on */

static const struct op_field receive_in[] = {
    {.name = "item_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "version of the item in force"},
    {.name = "id_kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "resident, passport, hkmacao, taiwan, foreigner, org"},
    {.name = "id_no", .type = OP_TEXT, .max = 32, .meaning = OP_IDENT, .flags = OP_REQUIRED | OP_PERSONAL, .help = "identity number"},
    {.name = "name", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_REQUIRED | OP_PERSONAL, .help = "the applicant's name"},
    {.name = "phone", .type = OP_TEXT, .max = 20, .meaning = OP_PHONE, .flags = OP_REQUIRED | OP_PERSONAL, .help = "telephone"},
    {.name = "address", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "address"},
    {.name = "agent_name", .type = OP_TEXT, .max = 60, .meaning = OP_NAME, .flags = OP_PERSONAL, .help = "agent (经办人)"},
    {.name = "agent_id_kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "kind of the agent's document"},
    {.name = "agent_id_no", .type = OP_TEXT, .max = 32, .meaning = OP_IDENT, .flags = OP_PERSONAL, .help = "its number"},
    {.name = "agent_phone", .type = OP_TEXT, .max = 20, .meaning = OP_PHONE, .flags = OP_PERSONAL, .help = "the agent's telephone"},
    {.name = "agent_scope", .type = OP_TEXT, .max = 120, .help = "what the letter of authority covers"},
    {.name = "agent_until", .type = OP_DATE, .help = "its last day"},
    {.name = "matter", .type = OP_TEXT, .max = 200, .help = "what is asked for, in the applicant's words"},
    TICKS,
    PARTIES,
    HAND,
    {.name = "with_case", .type = OP_INT8, .help = "a case received in this visit: one receipt for all (CASE-2, DOC-1)"},
    {.name = "project_id", .type = OP_INT8, .help = "of a stage: the project it is received for (PAR-6)"},
    {.name = "review", .type = OP_INT2, .flags = OP_ARRAY, .help = "of a joint item: the conditional reviews this case needs; absent: all (PAR-1)"},
    OP_DRAFT,
    {0},
};
static const struct op_field accept_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    TICKS,
    OP_DRAFT,
    {0},
};
static const struct op_field correct_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    TICKS,
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field find_in[] = {
    {.name = "q", .type = OP_TEXT, .max = 120, .flags = OP_REQUIRED | OP_PERSONAL, .help = "4 digits of number, ID or phone; 2 hanzi or 3 initials of a name"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field queue_in[] = {
    {.name = "post_id", .type = OP_INT8, .help = "one post; absent: every post held now"},
    {.name = "state", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "only this state; light: yellow or red by any clock; deliver: results and refusals to deliver of what the post received, closed cases too"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {.name = "day", .type = OP_DATE, .help = "only what falls due by the end of this day"},
    {.name = "from", .type = OP_DATE, .help = "with day: and not before this one"},
    {0},
};
static const struct op_field list_out[] = {
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "number", .type = OP_TEXT, .help = "its number (CASE-12)"},
    {.name = "item", .type = OP_TEXT, .help = "item"},
    {.name = "applicant", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "first applicant, masked unless one handles it (SEC-1)"},
    {.name = "id_tail", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "last four of the identity number"},
    {.name = "state", .type = OP_TEXT, .help = "received, correcting, accepted …"},
    {.name = "step", .type = OP_TEXT, .help = "current step"},
    {.name = "post", .type = OP_TEXT, .help = "post responsible now"},
    {.name = "received_at", .type = OP_MOMENT, .help = "receipt"},
    {.name = "term_at", .type = OP_MOMENT, .help = "end of the term running: correction or answer (ONE-2)"},
    {.name = "due_at", .type = OP_MOMENT, .help = "end of the promised limit"},
    {.name = "version", .type = OP_INT4, .help = "version"},
    {.name = "step_due_at", .type = OP_MOMENT, .help = "end of its step's own limit"},
    {.name = "light", .type = OP_TEXT, .help = "total clock, before it the correction term, after it the delivery: green, yellow, red (CLK-5)"},
    {.name = "step_light", .type = OP_TEXT, .help = "clock of its step"},
    {.name = "days_left", .type = OP_INT4, .help = "working days left of that, today and the due day counted; below zero: overdue"},
    {.name = "standing", .type = OP_TEXT, .help = "why it stands still: a special procedure, correction, forwarded"},
    {.name = "action", .type = OP_TEXT, .help = "action it waits for"},
    {.name = "step_left", .type = OP_INT4, .help = "working days left of its step"},
    {.name = "deliver_at", .type = OP_MOMENT, .help = "by when its result is to be delivered (CASE-8); absent: there is none, or it was"},
    {0},
};
static const struct op_field show_out[] = {
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "number", .type = OP_TEXT, .help = "its number (CASE-12)"},
    {.name = "version", .type = OP_INT4, .help = "goes up with every change"},
    {.name = "state", .type = OP_TEXT, .help = "received, correcting, accepted …"},
    {.name = "step", .type = OP_TEXT, .help = "current step"},
    {.name = "post_id", .type = OP_INT8, .help = "post responsible now"},
    {.name = "post", .type = OP_TEXT, .help = "its name"},
    {.name = "mine", .type = OP_BOOL, .help = "one holds that post"},
    {.name = "item_id", .type = OP_INT8, .help = "item version it was received under (CAT-4)"},
    {.name = "item_code", .type = OP_TEXT, .help = "code of the item"},
    {.name = "item", .type = OP_TEXT, .help = "item"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "id_kind", .type = OP_TEXT, .help = "kind of the applicant's document"},
    {.name = "id_no", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "its number, masked unless mine"},
    {.name = "applicant", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "first applicant, masked unless mine"},
    {.name = "phone", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "telephone, masked unless mine"},
    {.name = "address", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "address, masked unless mine"},
    {.name = "agent", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "agent, masked unless mine"},
    {.name = "agent_phone", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "the agent's telephone"},
    {.name = "matter", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what is asked for"},
    {.name = "received_at", .type = OP_MOMENT, .help = "receipt"},
    {.name = "accepted_at", .type = OP_MOMENT, .help = "acceptance"},
    {.name = "term_at", .type = OP_MOMENT, .help = "end of the term running: correction or answer (ONE-2)"},
    {.name = "due_at", .type = OP_MOMENT, .help = "end of the promised limit"},
    {.name = "statutory_at", .type = OP_MOMENT, .help = "end of the statutory limit"},
    {.name = "provisional", .type = OP_BOOL, .help = "暂定: a year in between is not yet published (CLK-1)"},
    {.name = "handling", .type = OP_TEXT, .help = "handling mode of its item: immediate, promised, joint, forwarded"},
    {.name = "result_doc", .type = OP_TEXT, .help = "result document of its item"},
    {.name = "light", .type = OP_TEXT, .help = "light of the total clock: green, yellow, red (CLK-5)"},
    {.name = "step_light", .type = OP_TEXT, .help = "light of its step's clock"},
    {.name = "step_due_at", .type = OP_MOMENT, .help = "end of the step's own limit"},
    {.name = "days_left", .type = OP_INT4, .help = "working days left, today and the due day counted; below zero: overdue"},
    {.name = "standing", .type = OP_TEXT, .help = "why it stands still: a special procedure, the authority it is with, correction"},
    {.name = "standing_reason", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "reason"},
    {.name = "standing_since", .type = OP_MOMENT, .help = "since when"},
    {.name = "standing_until", .type = OP_MOMENT, .help = "stated end, or end of the answer term"},
    {.name = "action", .type = OP_TEXT, .help = "action it waits for: accept, advance, decide …"},
    {.name = "unit", .type = OP_TEXT, .help = "unit of the limits: workday, day, month, workhour"},
    {.name = "promised", .type = OP_INT4, .help = "promised limit of its item"},
    {.name = "hurried", .type = OP_INT4, .help = "promise once expedited (CASE-10)"},
    {.name = "extended", .type = OP_INT4, .help = "working days added (CASE-7)"},
    {.name = "granted", .type = OP_BOOL, .help = "what was decided"},
    {.name = "decided_at", .type = OP_MOMENT, .help = "decision: the total clock stopped"},
    {.name = "deliver_at", .type = OP_MOMENT, .help = "by when the result is to be delivered (CASE-8)"},
    {.name = "handed_at", .type = OP_MOMENT, .help = "delivered"},
    {.name = "silent", .type = OP_BOOL, .help = "accepted by silence (ONE-2)"},
    {.name = "fee", .type = OP_INT8, .help = "fee of its item in fen; 0: free; absent: computed case by case"},
    {.name = "no_why", .type = OP_TEXT, .help = "declined: not_required, not_ours, not_permitted (NEG-2)"},
    {.name = "no_facts", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "declined or refused: facts and reasons"},
    {.name = "no_basis", .type = OP_TEXT, .help = "its legal basis"},
    {.name = "no_where", .type = OP_TEXT, .help = "not_ours: whose matter it is (NEG-4)"},
    {0},
};
static const struct op_field parties_out[] = {
    {.name = "seq", .type = OP_INT2, .help = "1: the first applicant"},
    {.name = "role", .type = OP_TEXT, .help = "applicant, agent, guardian, representative"},
    {.name = "id_kind", .type = OP_TEXT, .help = "kind of document"},
    {.name = "id_no", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "its number, masked unless mine"},
    {.name = "name", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "name, masked unless mine"},
    {.name = "phone", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "telephone, masked unless mine"},
    {.name = "address", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "address, masked unless mine"},
    {.name = "scope", .type = OP_TEXT, .help = "what an agent's letter of authority covers"},
    {.name = "until", .type = OP_DATE, .help = "its last day"},
    {.name = "expired", .type = OP_BOOL, .help = "that day has passed"},
    {0},
};
static const struct op_field visit_out[] = {
    {.name = "case_id", .type = OP_INT8, .help = "a case of the visit; the one asked for comes first"},
    {.name = "number", .type = OP_TEXT, .help = "its number (CASE-12)"},
    {.name = "item", .type = OP_TEXT, .help = "item"},
    {.name = "state", .type = OP_TEXT, .help = "received, correcting, accepted …"},
    {.name = "received_at", .type = OP_MOMENT, .help = "receipt; by hand: when that was written"},
    {.name = "paper_no", .type = OP_TEXT, .help = "number of the receipt written by hand (CASE-3)"},
    {.name = "paper_reason", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "why it was not keyed in at once"},
    {.name = "keyed_at", .type = OP_MOMENT, .help = "when it was keyed in"},
    {.name = "late", .type = OP_BOOL, .help = "later than the hall allows"},
    {0},
};
static const struct op_field late_in[] = {
    {.name = "from", .type = OP_DATE, .help = "keyed in on this day or later; absent: thirty days ago"},
    {.name = "until", .type = OP_DATE, .help = "and not after this one; absent: today"},
    {.name = "after", .type = OP_INT4, .help = "rows to skip"},
    {.name = "limit", .type = OP_INT4, .help = "rows wanted, 50 when absent, at most 200"},
    {0},
};
static const struct op_field late_out[] = {
    {.name = "case_id", .type = OP_INT8, .help = "the case"},
    {.name = "number", .type = OP_TEXT, .help = "its number (CASE-12)"},
    {.name = "item", .type = OP_TEXT, .help = "item"},
    {.name = "department", .type = OP_TEXT, .help = "department"},
    {.name = "paper_no", .type = OP_TEXT, .help = "number of the receipt written by hand"},
    {.name = "received_at", .type = OP_MOMENT, .help = "when that was written"},
    {.name = "keyed_at", .type = OP_MOMENT, .help = "when it was keyed in"},
    {.name = "paper_reason", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "why not at once, personal data masked"},
    {.name = "actor", .type = OP_TEXT, .help = "who keyed it in"},
    {.name = "window_no", .type = OP_INT4, .help = "where"},
    {0},
};
static const struct op_field materials_out[] = {
    {.name = "seq", .type = OP_INT2, .help = "number in the guide"},
    {.name = "name", .type = OP_TEXT, .help = "material"},
    {.name = "form", .type = OP_TEXT, .help = "original, copy, both, electronic"},
    {.name = "copies", .type = OP_INT2, .help = "how many"},
    {.name = "required", .type = OP_TEXT, .help = "required, later, depending (CAT-5)"},
    {.name = "state", .type = OP_TEXT, .help = "present, absent, defective, later, unneeded, open"},
    {.name = "note", .type = OP_TEXT, .help = "what exactly to do"},
    {.name = "later", .type = OP_DATE, .help = "by when, for later (容缺)"},
    {.name = "told", .type = OP_BOOL, .help = "listed in the one-time notice (ONE-1)"},
    {0},
};
static const struct op_field history_out[] = {
    {.name = "event_id", .type = OP_INT8, .help = "the event"},
    {.name = "at", .type = OP_MOMENT, .help = "business time"},
    {.name = "event", .type = OP_TEXT, .help = "what happened: receive, accept …"},
    {.name = "from_state", .type = OP_TEXT, .help = "state before"},
    {.name = "to_state", .type = OP_TEXT, .help = "state after"},
    {.name = "actor", .type = OP_TEXT, .help = "person, acting as what, for whom (CASE-13)"},
    {.name = "post", .type = OP_TEXT, .help = "post"},
    {.name = "window_no", .type = OP_INT4, .help = "window"},
    {.name = "notice", .type = OP_TEXT, .help = "number of the notice made"},
    {.name = "note", .type = OP_TEXT, .help = "remark"},
    {.name = "version", .type = OP_INT4, .help = "version after"},
    {.name = "clock", .type = OP_TEXT, .help = "of a light that turned: due or step (CLK-5)"},
    {.name = "light_was", .type = OP_TEXT, .help = "green, yellow, red before"},
    {.name = "light", .type = OP_TEXT, .help = "and since"},
    {0},
};
static const struct op_field decline_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "why", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_REQUIRED, .help = "not_required, not_ours, not_permitted (NEG-2)"},
    {.name = "facts", .type = OP_TEXT, .max = 400, .flags = OP_REQUIRED | OP_PERSONAL, .help = "facts found"},
    {.name = "basis", .type = OP_TEXT, .max = 200, .help = "legal basis; absent: 行政许可法 art. 32 or the item's, but for not_permitted"},
    {.name = "major", .type = OP_BOOL, .help = "a major matter: needs the chief representative's approval first"},
    {.name = "to_post", .type = OP_INT8, .help = "not_ours: the post of this hall whose matter it is (NEG-4)"},
    {.name = "to_where", .type = OP_TEXT, .max = 120, .help = "not_ours: department and window elsewhere, or what to add"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field finish_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    TICKS,
    {.name = "document", .type = OP_TEXT, .max = 120, .help = "result handed out; absent: the item's result document"},
    {.name = "document_no", .type = OP_TEXT, .max = 60, .help = "its number"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    {.name = "paper_at", .type = OP_MOMENT, .help = "when it was finished by hand, of a case received by hand (CASE-18)"},
    OP_DRAFT,
    {0},
};
static const struct op_field withdraw_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "signed_on", .type = OP_DATE, .flags = OP_REQUIRED, .help = "day of the signed request"},
    {.name = "signed_by", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_REQUIRED | OP_PERSONAL, .help = "who signed it"},
    {.name = "remark", .type = OP_TEXT, .max = 400, .help = "what else the applicant must know"},
    OP_DRAFT,
    {0},
};
static const struct op_field amend_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "version", .type = OP_INT4, .flags = OP_REQUIRED, .help = "version the clerk saw (CASE-14)"},
    {.name = "id_kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "kind of the first applicant's document; each field: absent, it stays"},
    {.name = "id_no", .type = OP_TEXT, .max = 32, .meaning = OP_IDENT, .flags = OP_PERSONAL, .help = "its number"},
    {.name = "name", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_PERSONAL, .help = "the applicant's name"},
    {.name = "phone", .type = OP_TEXT, .max = 20, .meaning = OP_PHONE, .flags = OP_PERSONAL, .help = "telephone"},
    {.name = "address", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "address; blank: none"},
    {.name = "agent_name", .type = OP_TEXT, .max = 60, .meaning = OP_NAME, .flags = OP_PERSONAL, .help = "agent (经办人)"},
    {.name = "agent_id_kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .help = "kind of the agent's document"},
    {.name = "agent_id_no", .type = OP_TEXT, .max = 32, .meaning = OP_IDENT, .flags = OP_PERSONAL, .help = "its number"},
    {.name = "agent_phone", .type = OP_TEXT, .max = 20, .meaning = OP_PHONE, .flags = OP_PERSONAL, .help = "the agent's telephone"},
    {.name = "agent_scope", .type = OP_TEXT, .max = 120, .help = "what the letter of authority covers; blank: nothing said"},
    {.name = "agent_until", .type = OP_DATE, .help = "its last day"},
    {.name = "no_agent", .type = OP_BOOL, .help = "there is no agent after all"},
    {.name = "matter", .type = OP_TEXT, .max = 200, .flags = OP_PERSONAL, .help = "what is asked for; blank: nothing said"},
    TICKS,
    {.name = "reason", .type = OP_TEXT, .max = 200, .help = "why, for the history and the void papers"},
    {.name = "party_seq", .type = OP_INT2, .flags = OP_ARRAY, .help = "further parties: their places in case.parties"},
    {.name = "party_id_kind", .type = OP_TEXT, .max = 16, .meaning = OP_CODE, .flags = OP_ARRAY, .help = "of each: kind of document; absent: it stays"},
    {.name = "party_id_no", .type = OP_TEXT, .max = 32, .meaning = OP_IDENT, .flags = OP_ARRAY | OP_PERSONAL, .help = "of each: its number"},
    {.name = "party_name", .type = OP_TEXT, .max = 120, .meaning = OP_NAME, .flags = OP_ARRAY | OP_PERSONAL, .help = "of each: name"},
    {.name = "party_phone", .type = OP_TEXT, .max = 20, .meaning = OP_PHONE, .flags = OP_ARRAY | OP_PERSONAL, .help = "of each: telephone"},
    {.name = "party_address", .type = OP_TEXT, .max = 200, .flags = OP_ARRAY | OP_PERSONAL, .help = "of each: address; blank: none"},
    OP_DRAFT,
    {0},
};
static const struct op_field amended_out[] = {
    {.name = "version", .type = OP_INT4, .help = "version that has the new value"},
    {.name = "at", .type = OP_MOMENT, .help = "business time"},
    {.name = "field", .type = OP_TEXT, .help = "field, as case.amend names it"},
    {.name = "before", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "before; masked unless one handles it (SEC-1)"},
    {.name = "after", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "since"},
    {.name = "actor", .type = OP_TEXT, .help = "person, acting as what, for whom (CASE-13)"},
    {.name = "note", .type = OP_TEXT, .help = "reason"},
    {0},
};

static const struct op_field reveal_in[] = {
    {.name = "case_id", .type = OP_INT8, .flags = OP_REQUIRED, .help = "the case"},
    {.name = "reason", .type = OP_TEXT, .max = 200, .flags = OP_REQUIRED, .help = "why; kept in its history"},
    {0},
};
static const struct op_field reveal_out[] = {
    {.name = "seq", .type = OP_INT2, .help = "1: the first applicant"},
    {.name = "role", .type = OP_TEXT, .help = "applicant, agent, guardian, representative"},
    {.name = "id_kind", .type = OP_TEXT, .help = "kind of document"},
    {.name = "id_no", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "its number"},
    {.name = "name", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "name"},
    {.name = "phone", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "telephone"},
    {.name = "address", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "address"},
    {.name = "scope", .type = OP_TEXT, .help = "what an agent's letter of authority covers"},
    {.name = "until", .type = OP_DATE, .help = "its last day"},
    {.name = "matter", .type = OP_TEXT, .flags = OP_PERSONAL, .help = "what is asked for; with the first applicant"},
    {0},
};

const struct op op_case[] = {
    {.id = 0x0400, .name = "case.receive", .kind = OP_WRITE, .class = OP_STAFF, .in = receive_in, .out = op_outcome, .help = "take in an application (CASE-2); opens the correction term"},
    {.id = 0x0401, .name = "case.accept", .kind = OP_WRITE, .class = OP_STAFF, .in = accept_in, .out = op_outcome, .help = "accept it: 受理通知书, the clock starts"},
    {.id = 0x0402, .name = "case.correct", .kind = OP_WRITE, .class = OP_STAFF, .in = correct_in, .out = op_outcome, .help = "ask for everything missing, once: 一次性告知书 (ONE-1)"},
    {.id = 0x0403, .name = "case.answer", .kind = OP_WRITE, .class = OP_STAFF, .in = correct_in, .out = op_outcome, .help = "the applicant brings what was asked (ONE-4)"},
    {.id = 0x0404, .name = "case.find", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = find_in, .out = list_out, .help = "find cases by any fragment (CASE-12)"},
    {.id = 0x0405, .name = "case.show", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = show_out, .help = "one case"},
    {.id = 0x0406, .name = "case.materials", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = materials_out, .help = "the materials of a case and their ticks"},
    {.id = 0x0407, .name = "case.history", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = history_out, .help = "everything that happened to a case"},
    {.id = 0x0408, .name = "case.queue", .kind = OP_READ, .class = OP_HALL, .in = queue_in, .out = list_out, .help = "open cases of the posts held now, most urgent first"},
    {.id = 0x0409, .name = "case.reveal", .kind = OP_CALL, .class = OP_HALL, .in = reveal_in, .out = reveal_out, .help = "unmask a case one does not handle, with a reason; on record (SEC-1)"},
    {.id = 0x0410, .name = "case.decline", .kind = OP_WRITE, .class = OP_STAFF, .in = decline_in, .out = op_outcome, .help = "decline it: filed in the register, then 不予受理通知书 (NEG-2)"},
    {.id = 0x0411, .name = "case.finish", .kind = OP_WRITE, .class = OP_STAFF, .in = finish_in, .out = op_outcome, .help = "an immediate item: accept, decide and close in one (CASE-4)"},
    {.id = 0x0412, .name = "case.withdraw", .kind = OP_WRITE, .class = OP_STAFF, .in = withdraw_in, .out = op_outcome, .help = "the applicant withdraws it by a signed request: 撤回通知"},
    {.id = 0x0413, .name = "case.amend", .kind = OP_WRITE, .class = OP_STAFF, .in = amend_in, .out = op_outcome, .help = "put typing mistakes right; papers that show them are issued anew (CASE-15)"},
    {.id = 0x0414, .name = "case.amended", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = amended_out, .help = "what was amended in a case, before and after"},
    {.id = 0x0420, .name = "case.parties", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = parties_out, .help = "applicants, agent, guardian, representative of a case"},
    {.id = 0x0421, .name = "case.visit", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = op_of_case, .out = visit_out, .help = "how a case came in: the cases of its visit, its receipt written by hand"},
    {.id = 0x0422, .name = "case.late", .kind = OP_READ, .class = OP_HALL | OP_AUDITOR, .in = late_in, .out = late_out, .help = "cases keyed in later than the hall allows after their receipt by hand (CASE-3): those of the posts held now; supervisors and auditors: all"},
    {0},
};
