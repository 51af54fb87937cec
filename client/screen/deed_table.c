/* The table of deeds: see deed.h. */
#include "client/screen/deed.h"

#include <stdlib.h>
#include <string.h>

#include "client/screen/meeting.h"
#include "client/screen/reviewing.h"
#include "client/screen/screen.h"
#include "client/screen/sheet.h"
#include "client/ui/date.h"
#include "client/ui/lang.h"
#include "common/ident.h"
#include "common/op.h"

const struct form_choice deed_kinds[] = {{"away", N_("away for a while")}, {"meeting", N_("meeting")},
    {"site", N_("site visit")}, {"trip", N_("trip")}, {"training", N_("training")}, {NULL, NULL}};
static const struct form_choice planned[] = {{"leave", N_("leave")}, {"trip", N_("trip")},
    {"training", N_("training")}, {"meeting", N_("meeting")}, {"site", N_("site visit")}, {NULL, NULL}};
static const struct form_choice answers[] = {{"true", N_("grant")}, {"false", N_("deny")}, {NULL, NULL}};

/* clang-format off */
#define WHEN N_("1400; tomorrow +1 0830")
static const struct form_field give_back[] = {
    {.name = "note", .label = N_("A word"), .hint = N_("what A must know; may be empty"), .max = 200, .personal = true},
};
static const struct form_field assign[] = {
    {.name = "place", .label = N_("Place"), .hint = N_("A, B1, B2 …"), .max = 2, .row = 0, .required = true},
    {.name = "login", .label = N_("Login name"), .hint = N_("empty: takes the place away"), .max = 32, .row = 0, .weight = 3},
};
static const struct form_field appoint[] = {
    {.name = "login", .label = N_("Login name"), .hint = N_("empty: empties the post"), .max = 32, .row = 0},
    {.name = "reason", .label = N_("Reason"), .max = 200, .row = 1, .required = true, .personal = true},
};
static const struct form_field away[] = {
    {.name = "kind", .label = N_("What"), .kind = FORM_CHOICE, .choices = deed_kinds, .row = 0},
    {.name = "until", .label = N_("Back at"), .hint = WHEN, .max = 24, .row = 0, .weight = 2, .required = true},
    {.name = "destination", .label = N_("Where to"), .hint = N_("where to, for what"), .max = 120, .row = 1, .required = true},
    {.name = "watch_no", .label = N_("Watched by window"), .hint = N_("its number: the sign is printed"), .max = 4, .row = 2, .weight = 2},
    {.name = "contact", .label = N_("Reached by"), .hint = N_("telephone, or a colleague"), .max = 60, .row = 2, .weight = 2},
};
static const struct form_field leave[] = {
    {.name = "kind", .label = N_("What"), .kind = FORM_CHOICE, .choices = planned, .row = 0},
    {.name = "from", .label = N_("From"), .hint = WHEN, .max = 24, .row = 1, .required = true},
    {.name = "until", .label = N_("Ends"), .hint = WHEN, .max = 24, .row = 1, .required = true},
    {.name = "reason", .label = N_("Reason"), .max = 200, .row = 2, .required = true, .personal = true},
    {.name = "contact", .label = N_("Reached by"), .max = 60, .row = 3},
    {.name = "login", .label = N_("For"), .hint = N_("login name; empty: oneself"), .max = 32, .row = 3},
};
static const struct form_field leave_change[] = {
    {.name = "from", .label = N_("From"), .hint = WHEN, .max = 24, .row = 0, .required = true},
    {.name = "until", .label = N_("Ends"), .hint = WHEN, .max = 24, .row = 0, .required = true},
    {.name = "reason", .label = N_("Reason"), .max = 200, .row = 1, .required = true, .personal = true},
};
static const struct form_field reason[] = {
    {.name = "reason", .label = N_("Reason"), .max = 200, .required = true, .personal = true},
};
static const struct form_field decide[] = {
    {.name = "grant", .label = N_("Answer"), .kind = FORM_CHOICE, .choices = answers, .row = 0},
    {.name = "reason", .label = N_("Reason"), .hint = N_("needed to deny, or against POST-5"), .max = 200, .row = 1, .personal = true},
    {.name = "substitute", .label = N_("Substitute"), .hint = N_("login name: only where nobody of a post would be left"), .max = 32, .row = 2},
};
static const struct form_field finish[] = {
    {.name = "note", .label = N_("Report"), .hint = N_("what A must know; may be empty"), .max = 400, .personal = true},
};
static const struct form_field note[] = {
    {.name = "note", .label = N_("A note"), .max = 200, .required = true, .personal = true},
};
static const struct form_field project[] = {
    {.name = "name", .label = N_("Project"), .hint = N_("the construction project's name"), .max = 200, .row = 0, .required = true},
    {.name = "owner", .label = N_("Who builds"), .max = 120, .row = 1, .required = true},
    {.name = "code", .label = N_("Its code"), .hint = N_("of the project elsewhere; may be empty"), .max = 40, .row = 2},
};
static const struct form_field meeting[] = {
    {.name = "kind", .label = N_("Meeting"), .kind = FORM_CHOICE, .choices = meeting_kinds, .row = 0, .weight = 2},
    {.name = "at", .label = N_("When"), .hint = N_("+1 0900 tomorrow; 20261130 0900"), .max = 24, .row = 0, .weight = 2, .required = true},
    {.name = "venue", .label = N_("Venue"), .max = 100, .row = 1, .required = true},
    {.name = "agenda", .label = N_("Agenda"), .max = 200, .row = 2, .required = true, .personal = true},
};
static const struct form_field meeting_move[] = {
    {.name = "at", .label = N_("When"), .hint = N_("+1 0900 tomorrow; 20261130 0900"), .max = 24, .row = 0, .required = true},
    {.name = "venue", .label = N_("Venue"), .max = 100, .row = 1, .required = true},
    {.name = "reason", .label = N_("Reason"), .max = 100, .row = 2, .required = true, .personal = true},
};
static const struct form_field minutes[] = {
    {.name = "words", .label = N_("What came of it"), .hint = N_("as the minutes say it"), .max = 400, .required = true, .personal = true},
};
static const struct form_field speak[] = {
    {.name = "answer", .label = N_("Answer"), .kind = FORM_CHOICE, .choices = word_opinions, .row = 0},
    {.name = "words", .label = N_("Words"), .hint = N_("conditions, reasons, to whom it is referred"), .max = 400, .row = 1, .personal = true},
    {.name = "basis", .label = N_("Legal basis"), .hint = N_("needed to disagree"), .max = 200, .row = 2},
};
static const struct form_choice sheets[] = {{"opinions", N_("all opinions")}, {"slip", N_("circulation slip")}, {NULL, NULL}};
static const struct form_field sheet[] = {
    {.name = "kind", .label = N_("Paper"), .kind = FORM_CHOICE, .choices = sheets, .row = 0},
    {.name = "venue", .label = N_("Papers are at"), .hint = N_("circulation slip: where the papers are"), .max = 100, .row = 1},
    {.name = "remark", .label = N_("Remark"), .hint = N_("may be empty"), .max = 200, .row = 2, .personal = true},
};
static const struct form_field licence[] = {
    {.name = "licence_no", .label = N_("Its number"), .max = 60, .row = 0, .required = true},
    {.name = "expires", .label = N_("Its last day"), .hint = N_("20270301; when it passes undecided silence grants"), .max = 24, .row = 1, .required = true},
};
static const struct form_field follow[] = {
    {.name = "document_no", .label = N_("Document no."), .max = 60, .row = 0, .required = true},
    {.name = "words", .label = N_("Words"), .hint = N_("may be empty"), .max = 200, .row = 1, .personal = true},
};
#define FIELDS(of) .fields = (of), .n = sizeof(of) / sizeof *(of)

static const struct deed deeds[] = {
    {.name = "give_back", .title = N_("Give back a post"), .foot = N_("F10: give it back    Esc: back"), .done = N_("Given back."), .op = "cover.give_back", .key = "post_id", FIELDS(give_back)},
    {.name = "assign", .title = N_("Places in a post"), .foot = N_("F10: set the place    Esc: back"), .done = N_("The place is set."), .op = "post.assign", .key = "post_id", FIELDS(assign)},
    {.name = "appoint", .title = N_("Appoint to a post"), .foot = N_("F10: appoint, whoever holds it now    Esc: back"), .done = N_("Appointed."), .op = "post.appoint", .key = "post_id", FIELDS(appoint)},
    {.name = "away", .title = N_("Leave the window"), .foot = N_("F10: leave, print the sign    Esc: back"), .done = N_("You are away; the board shows it."), .op = "presence.away", FIELDS(away)},
    {.name = "leave", .title = N_("Ask for leave"), .foot = N_("F10: ask; who decides sees it at once    Esc: back"), .done = N_("Asked for; the answer comes by itself."), .op = "absence.plan", FIELDS(leave)},
    {.name = "leave_change", .title = N_("Change a request"), .foot = N_("F10: change it    Esc: back"), .done = N_("Changed."), .op = "absence.change", .key = "absence_id", FIELDS(leave_change)},
    {.name = "leave_cancel", .title = N_("Cancel a request"), .foot = N_("F10: cancel it    Esc: back"), .done = N_("Cancelled."), .op = "absence.cancel", .key = "absence_id", FIELDS(reason)},
    {.name = "decide", .title = N_("Decide a request"), .foot = N_("F10: answer    Esc: back"), .done = N_("Answered."), .op = "absence.approve", .key = "absence_id", FIELDS(decide)},
    {.name = "handover_cancel", .title = N_("Cancel a handover"), .foot = N_("F10: cancel it    Esc: back"), .done = N_("Cancelled."), .op = "handover.cancel", .key = "handover_id", FIELDS(reason)},
    {.name = "handover_finish", .title = N_("Return the post early"), .foot = N_("F10: the post goes back now    Esc: back"), .done = N_("Returned: the report is in the handover."), .op = "handover.finish", .key = "handover_id", FIELDS(finish)},
    {.name = "handover_note", .title = N_("A note to a case"), .foot = N_("F10: keep it, the other one confirms it    Esc: back"), .done = N_("Kept: the other one is asked to confirm it."), .op = "handover.note", .key = "handover_id", .part = "case_id", FIELDS(note)},
    {.name = "project", .title = N_("Enter a construction project"), .foot = N_("F10: enter it    Esc: back"), .done = N_("The project is entered."), .op = "project.open", FIELDS(project)},
    {.name = "reject", .title = N_("Reject the correction wanted"), .foot = N_("F10: reject it, its department is told    Esc: back"), .done = N_("Rejected: the department gives its opinion on what is there."), .op = "review.reject", .key = "case_id", .part = "review", FIELDS(reason)},
    {.name = "meeting", .title = N_("Call a meeting"), .foot = N_("F10: call it, the departments see it at once    Esc: back"), .done = N_("Called: the departments sign for it."), .op = "meeting.call", .key = "case_id", FIELDS(meeting)},
    {.name = "meeting_move", .title = N_("Move the meeting"), .foot = N_("F10: move it, call anew    Esc: back"), .done = N_("Moved: it is signed for anew."), .op = "meeting.move", .key = "case_id", .part = "meeting", FIELDS(meeting_move)},
    {.name = "meeting_off", .title = N_("Call the meeting off"), .foot = N_("F10: call it off    Esc: back"), .done = N_("Called off."), .op = "meeting.cancel", .key = "case_id", .part = "meeting", FIELDS(reason)},
    {.name = "meeting_close", .title = N_("Minutes of the meeting"), .foot = N_("F10: write the minutes, the meeting is over    Esc: back"), .done = N_("The minutes are written."), .op = "meeting.close", .key = "case_id", .part = "meeting", FIELDS(minutes)},
    {.name = "speak", .title = N_("Opinion given in the meeting"), .foot = N_("F10: write it down    Esc: back"), .done = N_("Written down: earlier opinions are superseded."), .op = "meeting.opine", .key = "case_id", .part = "meeting", .also = "review", FIELDS(speak)},
    {.name = "sheet", .title = N_("Paper of the joint case"), .foot = N_("F10: make it    Esc: back"), .done = N_("Made: print it here."), .op = "meeting.sheet", .key = "case_id", FIELDS(sheet)},
    {.name = "licence", .title = N_("Licence this case renews"), .foot = N_("F10: name it    Esc: back"), .done = N_("Named: the countdown runs where it was asked for in time."), .op = "deem.licence", .key = "case_id", FIELDS(licence)},
    {.name = "follow", .title = N_("Written decision to what silence granted"), .foot = N_("F10: file it    Esc: back"), .done = N_("Filed."), .op = "deem.follow", .key = "case_id", FIELDS(follow)},
};
/* clang-format on */

const struct deed *deed_named(const char *name)
{
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (strcmp(deeds[i].name, name) == 0)
			return &deeds[i];
	return NULL;
}

static bool number(const char *typed)
{
	return *typed != '\0' && strlen(typed) < 10 && strspn(typed, "0123456789") == strlen(typed);
}

const char *deed_check(const struct op_field *in, const char *typed, int64_t now)
{
	char clean[64];
	int32_t day;
	int64_t us;
	switch (in->type) {
	case OP_DATE:
		return date_parse(typed, 0, &day);
	case OP_MOMENT:
		return date_ahead(typed, now, &us);
	case OP_INT4:
	case OP_INT8:
		return number(ident_clean(typed, clean, sizeof clean)) ? NULL : "field.number";
	default:
		return NULL;
	}
}

static void put(const char *v, const struct op_field *in, int64_t now, struct bytes_out *out)
{
	char clean[64];
	int32_t day;
	int64_t us;
	if (v == NULL || deed_check(in, v, now) != NULL)
		op_put_null(out);
	else if (in->type == OP_TEXT)
		op_put_text(out, v);
	else if (in->type == OP_BOOL)
		op_put_bool(out, strcmp(v, "true") == 0);
	else if (in->type == OP_INT4)
		op_put_int4(out, (int32_t)strtol(ident_clean(v, clean, sizeof clean), NULL, 10));
	else if (in->type == OP_INT8)
		op_put_int8(out, strtoll(ident_clean(v, clean, sizeof clean), NULL, 10));
	else if (in->type == OP_DATE && date_parse(v, 0, &day) == NULL)
		op_put_date(out, day);
	else if (in->type == OP_MOMENT && date_ahead(v, now, &us) == NULL)
		op_put_moment(out, us);
	else
		op_put_null(out);
}

void deed_put(const struct form *f, const struct op_field *in, int64_t now, struct bytes_out *out)
{
	for (; in->name != NULL && in->type != OP_BYTES; in++) {
		int field = form_index(f, in->name);
		put(field < 0 ? NULL : sheet_text(f, field), in, now, out);
	}
}
