/* Words: see words.h. */
#include "client/screen/words.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "client/refusal.h"
#include "client/screen/screen.h"
#include "client/ui/lang.h"
#include "common/ident.h"
#include "common/text.h"

struct word {
	const char *value, *said;
};

static const char *look(const struct word *words, const char *value)
{
	for (; words->value != NULL; words++)
		if (strcmp(words->value, value) == 0)
			return _(words->said);
	return value;
}

const char *word_state(const char *state)
{
	return refusal_state(state);
}

int word_states_width(void)
{
	int widest = 0;
	const char *said;
	for (size_t i = 0; (said = refusal_state_at(i)) != NULL; i++) {
		int n = text_width(said, strlen(said));
		if (n > widest)
			widest = n;
	}
	return widest;
}

const char *word_tick(const char *tick)
{
	static const struct word words[] = {{"present", N_("there")}, {"absent", N_("missing")},
	    {"defective", N_("defective")}, {"later", N_("follows")}, {"unneeded", N_("not needed")},
	    {"", N_("open")}, {"open", N_("open")}, {NULL, NULL}};
	return look(words, tick);
}

const char *word_form(const char *form)
{
	static const struct word words[] = {{"original", N_("original")}, {"copy", N_("copy")},
	    {"both", N_("orig. and copy")}, {"electronic", N_("electronic")}, {NULL, NULL}};
	return look(words, form);
}

const char *word_required(const char *required)
{
	static const struct word words[] = {{"required", N_("required")}, {"later", N_("may follow")},
	    {"depending", N_("if it applies")}, {NULL, NULL}};
	return look(words, required);
}

const char *word_handling(const char *handling)
{
	static const struct word words[] = {{"immediate", N_("on the spot")},
	    {"promised", N_("within a promise")}, {"joint", N_("joint")},
	    {"forwarded", N_("sent to a higher authority")}, {NULL, NULL}};
	return look(words, handling);
}

const char *word_event(const char *event)
{
	static const struct word words[] = {{"receive", N_("Received")}, {"accept", N_("Accepted")},
	    {"correct", N_("Told once")}, {"answer", N_("Answer brought")},
	    {"silence", N_("Accepted by silence")}, {"lapse", N_("Lapsed unanswered")},
	    {"decline", N_("Declined")}, {"finish", N_("Finished on the spot")},
	    {"withdraw", N_("Withdrawn")}, {"amend", N_("Amended")}, {"void", N_("Notice voided")},
	    {"reissue", N_("Notice issued anew")}, {"exception_ask", N_("Exception asked")},
	    {"check", N_("Papers checked")}, {"check_close", N_("Check closed")},
	    {"review_seen", N_("Review opened")}, {"opine", N_("Opinion")},
	    {"supersede", N_("Opinion superseded")}, {"want", N_("Correction wanted")},
	    {"reject", N_("Correction rejected")}, {"deem_review", N_("Deemed agreed")},
	    {"consent", N_("Written consent")}, {"object", N_("Objection")},
	    {"meeting_call", N_("Meeting called")}, {"meeting_move", N_("Meeting moved")},
	    {"meeting_sign", N_("Call signed for")}, {"meeting_attend", N_("Attendance taken")},
	    {"meeting_opine", N_("Opinion in a meeting")}, {"meeting_close", N_("Minutes written")},
	    {"meeting_cancel", N_("Meeting called off")}, {"sheet", N_("Paper of the joint case")},
	    {"deem", N_("Granted by silence")}, {"follow", N_("Written decision filed")},
	    {"licence", N_("Old licence named")}, {"exception_grant", N_("Exception granted")},
	    {"exception_deny", N_("Exception denied")}, {"exception_back", N_("Exception given back")},
	    {"receipt", N_("Receipt of the visit")}, {"calendar", N_("Moved by the calendar")},
	    {"print", N_("Sent to the printer")}, {"printed", N_("Printed")},
	    {"reveal", N_("Shown unmasked")}, {"service", N_("Agent service")}, {"attach", N_("Attached")},
	    {"void_paper", N_("Attachment void")}, {"keep", N_("Originals kept")},
	    {"give_back", N_("Originals returned")}, {"advance", N_("Next step")},
	    {"send_back", N_("Sent back")}, {"suspend", N_("Clocks stopped")},
	    {"resume", N_("Clocks run on")}, {"extend", N_("Extended")}, {"expedite", N_("Expedited")},
	    {"forward", N_("Forwarded")}, {"return", N_("Answer from above")}, {"decide", N_("Granted")},
	    {"refuse", N_("Refused")}, {"close", N_("Closed")}, {"deliver", N_("Delivered")},
	    {"track", N_("News from above")}, {"light", N_("Light turned")}, {"fee_ask", N_("Fee asked")},
	    {"fee_reduce", N_("Fee reduced")}, {"fee_pay", N_("Fee paid")},
	    {"fee_cancel", N_("Fee cancelled")}, {"negative", N_("Entered in the register")}, {NULL, NULL}};
	return look(words, event);
}

const char *word_op(const char *op)
{
	static const struct word words[] = {{"case.receive", N_("taking in")},
	    {"case.accept", N_("accepting")}, {"case.correct", N_("the one-time notice")},
	    {"case.answer", N_("recording the answer")}, {"case.decline", N_("declining")},
	    {"case.finish", N_("finishing on the spot")}, {"case.withdraw", N_("the withdrawal")},
	    {"case.amend", N_("the amendment")}, {"notice.void", N_("voiding")},
	    {"notice.reissue", N_("issuing anew")}, {"exception.ask", N_("asking for an exception")},
	    {"exception.grant", N_("granting an exception")}, {"exception.deny", N_("denying an exception")},
	    {"notice.print", N_("printing")}, {"notice.printed", N_("the record of printing")},
	    {"visit.record", N_("recording a first contact")}, {"visit.hand", N_("handing a visitor over")},
	    {"visit.confirm", N_("taking a visitor over")}, {"visit.close", N_("closing a first contact")},
	    {"agent.log", N_("the log of agent service")}, {"paper.void", N_("marking the attachment void")},
	    {"paper.keep", N_("listing the originals")}, {"paper.return", N_("returning the originals")},
	    {"case.advance", N_("advancing the case")}, {"case.send_back", N_("sending back")},
	    {"case.suspend", N_("stopping the clocks")}, {"case.resume", N_("letting the clocks run on")},
	    {"case.extend", N_("the extension")}, {"case.expedite", N_("expediting")},
	    {"case.forward", N_("forwarding")}, {"case.return", N_("the answer from above")},
	    {"case.decide", N_("granting")}, {"case.refuse", N_("refusing")}, {"case.close", N_("closing")},
	    {"case.deliver", N_("the delivery")}, {"case.track", N_("the news from above")},
	    {"fee.ask", N_("asking the fee")}, {"fee.pay", N_("entering the receipt")},
	    {"fee.reduce", N_("reducing the fee")}, {"fee.cancel", N_("cancelling the fee")},
	    {"project.open", N_("entering the project")}, {"review.check", N_("checking the papers")},
	    {"review.opine", N_("signing the opinion")}, {"review.supersede", N_("superseding the opinion")},
	    {"review.want", N_("wanting a correction")}, {"review.reject", N_("rejecting the correction")},
	    {"review.consent", N_("filing the consent")}, {"meeting.call", N_("calling the meeting")},
	    {"meeting.move", N_("moving the meeting")}, {"meeting.sign", N_("signing for the call")},
	    {"meeting.attend", N_("taking attendance")}, {"meeting.opine", N_("the opinion in the meeting")},
	    {"meeting.close", N_("writing the minutes")}, {"meeting.cancel", N_("calling the meeting off")},
	    {"meeting.sheet", N_("making the paper")}, {"deem.licence", N_("naming the old licence")},
	    {"deem.follow", N_("filing the written decision")}, {"handover.start", N_("the handover")},
	    {"handover.note", N_("the note on the case")}, {"handover.confirm", N_("taking over")},
	    {"handover.change", N_("changing the handover")},
	    {"handover.cancel", N_("calling the handover off")},
	    {"handover.finish", N_("ending the handover")}, {"absence.plan", N_("asking for an absence")},
	    {"absence.change", N_("changing the absence")}, {"absence.cancel", N_("cancelling the absence")},
	    {"absence.approve", N_("deciding about the absence")}, {"presence.away", N_("leaving the post")},
	    {"presence.back", N_("coming back")}, {"presence.in", N_("signing in")},
	    {"presence.out", N_("signing out")}, {"cover.take", N_("taking the post")},
	    {"cover.ask_back", N_("asking for the post back")},
	    {"cover.give_back", N_("giving the post back")}, {"post.assign", N_("the A/B table")},
	    {"post.appoint", N_("appointing the holder")}, {NULL, NULL}};
	return look(words, op);
}

const char *word_actor(const char *actor)
{
	return strcmp(actor, "system") == 0 ? _("the system") : actor;
}

const char *word_whereabouts(const char *kind)
{
	static const struct word words[] = {{"post", N_("at post")}, {"meeting", N_("meeting")},
	    {"site", N_("site visit")}, {"trip", N_("trip")}, {"leave", N_("leave")},
	    {"training", N_("training")}, {"away", N_("away for a while")}, {"off", N_("off duty")},
	    {NULL, NULL}};
	return look(words, kind);
}

const char *word_absence(const char *state)
{
	static const struct word words[] = {{"asked", N_("asked for")}, {"granted", N_("granted")},
	    {"denied", N_("denied")}, {"cancelled", N_("cancelled")}, {"over", N_("over")}, {NULL, NULL}};
	return look(words, state);
}

const char *word_handover(const char *state)
{
	static const struct word words[] = {{"planned", N_("planned")}, {"confirmed", N_("confirmed")},
	    {"running", N_("running")}, {"over", N_("over")}, {"cancelled", N_("cancelled")},
	    {"unconfirmed", N_("never confirmed")}, {NULL, NULL}};
	return look(words, state);
}

const char *word_rank(const char *approver)
{
	static const struct word words[] = {{"chief", N_("chief representative")},
	    {"supervisor2", N_("deputy director")}, {"supervisor3", N_("director")}, {NULL, NULL}};
	return look(words, approver);
}

const char *word_how(const char *how)
{
	static const struct word words[] = {{"sign_in", N_("signed in")}, {"handover", N_("by a handover")},
	    {"return", N_("end of a handover")}, {"take", N_("taken over")}, {"give_back", N_("given back")},
	    {"appoint", N_("appointed")}, {"gone", N_("gone: line silent")},
	    {"unconfirmed", N_("handover not confirmed")}, {"sign_out", N_("signed out")},
	    {"assign", N_("A/B table changed")}, {"found", N_("found so")}, {NULL, NULL}};
	return look(words, how);
}

const char *word_verdict(const char *verdict)
{
	static const struct word words[] = {{"late", N_("came late")}, {"early", N_("left early")},
	    {"absent", N_("absent")}, {"late_early", N_("late and left early")}, {"leave", N_("leave")},
	    {"not_in", N_("not signed in yet")}, {"future", N_("still to come")},
	    {"no_out", N_("did not sign out")}, {NULL, NULL}};
	return look(words, verdict);
}

const char *word_light(const char *light)
{
	static const struct word words[] = {
	    {"green", N_("green")}, {"yellow", N_("yellow")}, {"red", N_("red")}, {NULL, NULL}};
	return look(words, light);
}

const char *word_why(const char *why)
{
	static const struct word words[] = {{"not_required", N_("needs no permission")},
	    {"not_ours", N_("not our competence")}, {"not_permitted", N_("not permitted by law")},
	    {NULL, NULL}};
	return look(words, why);
}

const char *word_media(const char *media)
{
	static const struct word words[] = {{"pdf", N_("PDF")}, {"jpeg", N_("JPEG")}, {NULL, NULL}};
	return look(words, media);
}

const char *word_standing(const char *standing)
{
	static const struct word words[] = {{"correction", N_("correction")}, {"forwarded", N_("forwarded")},
	    {"deemed", N_("granted by silence")}, {NULL, NULL}};
	return look(words, standing);
}

const char *word_exception(const char *kind)
{
	static const struct word words[] = {{"major_decline", N_("major-matter decline")},
	    {"second_correction", N_("second notice")}, {"late_month", N_("into a closed month")},
	    {"major_refuse", N_("major-matter refusal")}, {"extend_beyond", N_("longer extension")},
	    {"urgent", N_("expediting")}, {"fee_reduce", N_("fee reduction")},
	    {"against_review", N_("granting against a review")}, {"uncovered", N_("nobody left")},
	    {NULL, NULL}};
	return look(words, kind);
}

const char *word_exception_state(const char *state)
{
	static const struct word words[] = {{"asked", N_("asked")}, {"granted", N_("granted")},
	    {"denied", N_("denied")}, {"used", N_("used")}, {NULL, NULL}};
	return look(words, state);
}

const char *word_negative(const char *category)
{
	static const struct word words[] = {{"correction", N_("correction")}, {"declined", N_("declined")},
	    {"refused", N_("refused")}, {"late", N_("late")}, {"other", N_("other")}, {NULL, NULL}};
	return look(words, category);
}

const char *word_notice(const char *state)
{
	static const struct word words[] = {{"unprinted", N_("not printed")}, {"queued", N_("at printer")},
	    {"printed", N_("printed")}, {"failed", N_("printing failed")}, {"void", N_("void")},
	    {NULL, NULL}};
	return look(words, state);
}

const struct form_choice word_id_kinds[] = {{"resident", N_("resident ID")}, {"org", N_("organisation code")},
    {"passport", N_("passport")}, {"hkmacao", N_("HK/Macao permit")}, {"taiwan", N_("Taiwan permit")},
    {"foreigner", N_("foreigner's residence card")}, {NULL, NULL}};

const struct form_choice word_service_kinds[] = {
    {"visit", N_("visit")}, {"call", N_("call")}, {"other", N_("other deed")}, {NULL, NULL}};

const struct form_choice word_visit_results[] = {{"answered", N_("answered")},
    {"pointed", N_("pointed to a window")}, {"handed", N_("handed over")}, {"kept", N_("kept here")},
    {NULL, NULL}};

const char *word_phone_fault(const char *s, bool done)
{
	int digits = 0;
	if (done && ident_like_card(s, strlen(s)))
		return "field.phone_card";
	for (const char *p = s; *p != '\0'; p++) {
		digits += *p >= '0' && *p <= '9';
		if (strchr("0123456789 +-", *p) == NULL)
			return "field.phone";
	}
	return *s != '\0' && (digits > 20 || (done && digits < 5)) ? "field.phone" : NULL;
}

const char *word_name_fault(const char *s, bool done)
{
	int letters = 0;
	if (done && *s != '\0' && text_name(s, strlen(s)) != NULL)
		return text_name(s, strlen(s));
	for (const char *p = s; *p != '\0'; p++)
		letters +=
		    ((unsigned char)*p & 0x80) != 0 || (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z');
	return done && *s != '\0' && letters < 2 ? "field.name" : NULL;
}

const char *word_ident_fault(const char *kind, const char *typed, bool done)
{
	char clean[64];
	ident_clean(typed, clean, sizeof clean);
	size_t len = strlen(clean);
	if (len == 0)
		return NULL;
	if (!done)
		return ident_check_typing(kind, clean, len);
	const char *fault = ident_check(kind, clean, len), *guess = ident_guess(clean, len);
	return fault != NULL && guess != NULL && strcmp(guess, kind) != 0 ? "field.other_kind" : fault;
}

const char *word_id_kind(const char *kind)
{
	return form_choice_said(word_id_kinds, kind);
}

const struct form_choice word_roles[] = {{"applicant", N_("applicant")}, {"guardian", N_("guardian")},
    {"representative", N_("legal representative")}, {NULL, NULL}};

const char *word_role(const char *role)
{
	return form_choice_said(word_roles, role);
}

char *word_limit(int64_t n, const char *unit, char *buf, size_t size)
{
	unsigned long many = n < 0 ? 0 : (unsigned long)n;
	long long shown = (long long)n;
	if (strcmp(unit, "workday") == 0)
		snprintf(buf, size, ngettext("%lld working day", "%lld working days", many), shown);
	else if (strcmp(unit, "day") == 0)
		snprintf(buf, size, ngettext("%lld calendar day", "%lld calendar days", many), shown);
	else if (strcmp(unit, "month") == 0)
		snprintf(buf, size, ngettext("%lld month", "%lld months", many), shown);
	else if (strcmp(unit, "workhour") == 0)
		snprintf(buf, size, ngettext("%lld working hour", "%lld working hours", many), shown);
	else
		snprintf(buf, size, "%lld", shown);
	return buf;
}

enum { EPOCH_2000 = 946684800 };

static void local(int64_t us, struct tm *tm)
{
	int64_t s = us / 1000000 + EPOCH_2000;
	if (us % 1000000 < 0)
		s--;
	time_t t = (time_t)s;
	localtime_r(&t, tm);
}

char *word_moment(int64_t us, char *buf, size_t size)
{
	struct tm tm;
	buf[0] = '\0';
	if (us == 0)
		return buf;
	local(us, &tm);
	strftime(buf, size, "%Y-%m-%d %H:%M", &tm);
	return buf;
}

char *word_span(int64_t from, int64_t until, char *buf, size_t size)
{
	char a[32], b[32];
	word_moment(from, a, sizeof a);
	word_moment(until, b, sizeof b);
	bool same = strncmp(a, b, 10) == 0;
	snprintf(buf, size, "%s – %s", strlen(a) > 5 ? a + 5 : a, strlen(b) > 11 ? b + (same ? 11 : 5) : b);
	return buf;
}

char *word_clock(int64_t us, char *buf, size_t size)
{
	struct tm tm;
	buf[0] = '\0';
	if (us == 0)
		return buf;
	local(us, &tm);
	strftime(buf, size, "%H:%M", &tm);
	return buf;
}

int32_t word_day(int64_t us)
{
	struct tm tm;
	local(us, &tm);
	int64_t s = us / 1000000 + tm.tm_gmtoff;
	return (int32_t)(s >= 0 ? s / 86400 : -((86399 - s) / 86400));
}

char *word_date(int32_t days, char *buf, size_t size)
{
	struct tm tm;
	time_t t = (time_t)days * 86400 + EPOCH_2000;
	gmtime_r(&t, &tm);
	strftime(buf, size, "%Y-%m-%d", &tm);
	return buf;
}

char *word_money(int64_t fen, char *buf, size_t size)
{
	snprintf(buf, size, _("%lld.%02lld yuan"), (long long)(fen / 100), (long long)(fen % 100));
	return buf;
}

char *screen_sentence(const char *code, const char *arg1, char *buf, size_t size)
{
	static const struct word words[] = {{"field.required", N_("This must be filled in.")},
	    {"field.choice", N_("Space, arrows or the first letters choose; Enter goes on.")},
	    {"field.no_last", N_("This field has no last value yet.")},
	    {"field.personal", N_("What belongs to one person is not repeated for another.")},
	    {"text.newline", N_("A field is one line: line breaks cannot be entered.")},
	    {"field.frozen", N_("The case has been received: its applicant is no longer changed here.")},
	    {"text.long", N_("This is longer than the field may be.")},
	    {"text.invalid", N_("This is no valid text.")},
	    {"text.control", N_("Control characters and escape sequences cannot be entered.")},
	    {"text.hidden", N_("Invisible or direction-changing characters cannot be entered.")},
	    {"field.date", N_("A date such as 2026-12-31, or a number of days from today.")},
	    {"field.number", N_("A whole number.")}, {"field.money", N_("Yuan such as 12 or 12.50.")},
	    {"field.past", N_("This date is already over.")}, {"field.phone", N_("5 to 20 digits.")},
	    {"field.phone_card", N_("This is the number of a document, no telephone.")},
	    {"field.name", N_("This is no name, but a number; type the name.")},
	    {"field.other_kind", N_("This is the number of another kind of document; choose that kind.")},
	    {"visit.no_words", N_("Say what the visitor was answered.")},
	    {"visit.nowhere",
		N_("Say where the visitor goes: an item or a post, by name, initials or number.")},
	    {"visit.windowless", N_("No window serves that post today: F5 hands the visitor over to it.")},
	    {"find.short", N_("Type 4 digits, 2 characters or 3 initials.")},
	    {"find.none", N_("Nothing found.")},
	    {"party.full", N_("Thirty further parties is all a case can have.")},
	    {"party.pending", N_("A party is typed but not added: Enter at its last field adds it; unwanted, "
				 "empty its fields.")},
	    {"field.moment", N_("A time such as 1030 (today) or 2026-11-20 10:30.")},
	    {"field.future", N_("This time is still to come.")},
	    {"field.ahead", N_("A time such as 1400 (today), +1 0830 (tomorrow) or 20261130 0830.")},
	    {"field.until", N_("The end must lie after the beginning.")},
	    {"tick.not_told", N_("Only what the notice asked for may be found missing or defective now: "
				 "there is one notice.")},
	    {"tick.not_later",
		N_("A required material cannot follow later; only one marked «may follow» can.")},
	    {"tick.needed",
		N_("A required material is always needed; only one marked «if it applies» may be left out.")},
	    {"tick.open", N_("Every material must be ticked: Space changes it, Enter ticks all as there.")},
	    {"tick.space",
		N_("Space or 1 to 5 changes the tick; what is missing, defective or follows has a note.")},
	    {"tick.no_note", N_("Only what is missing, defective or follows later has a note.")},
	    {"tick.missing",
		N_("Something is missing or defective: F5 tells the applicant once, in writing.")},
	    {"tick.still_missing",
		N_("Something is still missing. The one notice was given; tick what is brought, then F10.")},
	    {"withdraw.unsigned",
		N_("Without the applicant's signed request nothing is withdrawn: → once it is here.")},
	    {"tick.nothing_missing", N_("Nothing is missing or defective: F10 accepts.")},
	    {"tick.note_wanted", N_("Say what exactly to do about each defective material (F7).")},
	    {"tick.later_wanted", N_("Say by when the material follows (F7).")},
	    {"tick.none", N_("This case has no open materials.")}, {NULL, NULL}};
	const char *said = look(words, code);
	if (said != code)
		snprintf(buf, size, "%s", said);
	else
		refusal_say(code, arg1, NULL, NULL, buf, size);
	return buf;
}
