/* The life of a case in the case view: its step, its clocks, standing still, what was decided. */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/case.h"
#include "client/screen/light.h"
#include "client/screen/silence.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

int case_light(const struct caseview *v, const struct area *a, int used)
{
	const struct reply *r = v->show;
	const char *light = reply_text(r, 0, "light");
	char words[80];
	if (reply_null(r, 0, "days_left"))
		return 0;
	light_left(light, reply_int(r, 0, "days_left"), words, sizeof words);
	return draw_format(a->y, a->x + 1 + used, a->w - 2 - used, light_face(light), " · %s", words);
}

/* The row of the step it is at; −1. */
static int now(const struct reply *steps)
{
	for (size_t i = 0; steps != NULL && i < steps->nrows; i++)
		if (strcmp(reply_text(steps, i, "state"), "now") == 0)
			return (int)i;
	return -1;
}

/* Which of how many, whose it is, who holds it, until when. Receiving is no step of these. */
static void step(struct facts *f, const struct caseview *v)
{
	const struct reply *r = v->show, *all = v->steps;
	char line[2000], place[32] = "", when[32], until[120] = "", holder[600] = "", light[80];
	int at = now(all);
	if (at >= 0) {
		snprintf(place, sizeof place, "%lld/%lld ", (long long)reply_int(all, (size_t)at, "seq"),
		    (long long)reply_int(all, all->nrows - 1, "seq"));
		if (!reply_null(all, (size_t)at, "holder"))
			snprintf(holder, sizeof holder, " · %.590s", reply_text(all, (size_t)at, "holder"));
	}
	if (!reply_null(r, 0, "step_due_at"))
		snprintf(until, sizeof until, _(" · by %s %s"),
		    word_moment(reply_int(r, 0, "step_due_at"), when, sizeof when),
		    light_step(r, 0, light, sizeof light));
	const char *step = reply_text(r, 0, "step"), *state = reply_text(r, 0, "state");
	/* What was finished on the spot never came to the steps of its item. */
	if (strcmp(state, "closed") == 0)
		step = word_state(state);
	snprintf(
	    line, sizeof line, "%s%.500s · %.500s%s%s", place, step, reply_text(r, 0, "post"), holder, until);
	facts_add(f, _("Step"), line);
}

/* The procedure in one line: what is behind, where it is, what is to come, with limits of their own. */
static void procedure(struct facts *f, const struct reply *all)
{
	char line[4000], limit[64];
	size_t used = 0;
	for (size_t i = 0; all != NULL && i < all->nrows && used + 700 < sizeof line; i++) {
		const char *state = reply_text(all, i, "state");
		if (reply_int(all, i, "seq") == 0)
			continue;
		limit[0] = '\0';
		if (!reply_null(all, i, "step_limit")) {
			limit[0] = ' ';
			word_limit(reply_int(all, i, "step_limit"), reply_text(all, i, "unit"), limit + 1,
			    sizeof limit - 1);
		}
		used +=
		    (size_t)snprintf(line + used, sizeof line - used, "%s%s%.500s%s%s", used > 0 ? " → " : "",
			strcmp(state, "now") == 0 ? "[" : "", reply_text(all, i, "name"), limit,
			strcmp(state, "now") == 0    ? "]"
			: strcmp(state, "past") == 0 ? " ✓"
						     : "");
	}
	if (used > 0)
		facts_add(f, _("Procedure"), line);
}

static void standing(struct facts *f, const struct reply *r)
{
	char line[1700], since[32], until[32];
	/* What silence granted is no standing still, and has lines of its own. */
	if (reply_null(r, 0, "standing") || strcmp(reply_text(r, 0, "standing"), "deemed") == 0)
		return;
	word_moment(reply_int(r, 0, "standing_until"), until, sizeof until);
	snprintf(line, sizeof line, _("%.500s · since %s%s%s · %.800s"),
	    word_standing(reply_text(r, 0, "standing")),
	    word_moment(reply_int(r, 0, "standing_since"), since, sizeof since),
	    until[0] != '\0' ? _(" · until ") : "", until, reply_text(r, 0, "standing_reason"));
	facts_add(f, _("Standing"), line);
}

/* Those that are over; the one that is not has its own line. */
static void stands(struct facts *f, const struct reply *r)
{
	char line[2000], from[32], until[32];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		const char *what = reply_null(r, i, "procedure") ? reply_text(r, i, "authority")
								 : reply_text(r, i, "procedure");
		const char *outcome = reply_text(r, i, "outcome");
		if (reply_null(r, i, "until_at") && reply_null(r, i, "voided_at"))
			continue;
		snprintf(line, sizeof line, "%.500s · %s — %s%s%.1000s%s",
		    *what != '\0' ? what : word_standing("correction"),
		    word_moment(reply_int(r, i, "from_at"), from, sizeof from),
		    word_moment(reply_int(r, i, "until_at"), until, sizeof until),
		    *outcome != '\0' ? " · " : "", outcome,
		    reply_null(r, i, "voided_at") ? "" : _(" · void"));
		facts_add(f, i == 0 ? _("Stood") : "", line);
	}
}

/* 特办 and 延期 (CASE-7, CASE-10). */
static void marks(struct facts *f, const struct reply *r)
{
	char limit[64], line[240];
	if (!reply_null(r, 0, "hurried")) {
		word_limit(reply_int(r, 0, "hurried"), reply_text(r, 0, "unit"), limit, sizeof limit);
		snprintf(line, sizeof line, _("promised in %s"), limit);
		facts_add(f, _("Expedited"), line);
	}
	if (!reply_null(r, 0, "extended")) {
		word_limit(reply_int(r, 0, "extended"), "workday", limit, sizeof limit);
		snprintf(line, sizeof line, _("by %s"), limit);
		facts_add(f, _("Extended"), line);
	}
}

static void decision(struct facts *f, const struct reply *r)
{
	char line[200], when[32];
	if (reply_null(r, 0, "granted"))
		return;
	snprintf(line, sizeof line, "%s · %s", word_event(reply_bool(r, 0, "granted") ? "decide" : "refuse"),
	    word_moment(reply_int(r, 0, "decided_at"), when, sizeof when));
	facts_add(f, _("Decision"), line);
	if (!reply_null(r, 0, "handed_at"))
		facts_add(f, _("Delivered"), word_moment(reply_int(r, 0, "handed_at"), when, sizeof when));
	else if (!reply_bool(r, 0, "granted"))
		facts_add(f, _("Delivered"), _("not yet"));
	else
		facts_add(f, _("Deliver by"), word_moment(reply_int(r, 0, "deliver_at"), when, sizeof when));
}

static void fee(struct facts *f, const struct reply *r)
{
	char line[700], money[48], less[48], day[16];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		if (!reply_null(r, i, "voided_at"))
			continue;
		size_t used = (size_t)snprintf(line, sizeof line, "%s · %.240s",
		    word_money(reply_int(r, i, "amount"), money, sizeof money), reply_text(r, i, "notice"));
		if (!reply_null(r, i, "reduced"))
			used += (size_t)snprintf(line + used, sizeof line - used, _(" · reduced by %s"),
			    word_money(reply_int(r, i, "reduced"), less, sizeof less));
		if (reply_null(r, i, "receipt_no"))
			snprintf(line + used, sizeof line - used, "%s", _(" · not paid yet"));
		else
			snprintf(line + used, sizeof line - used, _(" · paid %s by receipt %.160s"),
			    word_date((int32_t)reply_int(r, i, "paid_on"), day, sizeof day),
			    reply_text(r, i, "receipt_no"));
		facts_add(f, _("To pay"), line);
	}
}

void case_silence(struct facts *f, const struct reply *r, int64_t now)
{
	char said[300], line[1200];
	if (r == NULL || r->nrows == 0)
		return;
	const char *basis = reply_text(r, 0, "basis");
	silence_said(r, 0, now, said, sizeof said);
	if (*said == '\0' && strcmp(reply_text(r, 0, "state"), "accepted") == 0 && *basis != '\0')
		snprintf(said, sizeof said, "%s", _("it does not count as things stand"));
	if (*said != '\0') {
		snprintf(line, sizeof line, "%s · %.800s", said, basis);
		facts_add(f, _("Silence"), line);
	}
	facts_add(f, _("Follows"), silence_follows(r, 0, line, sizeof line));
	facts_add(f, _("Old licence"), silence_licence(r, 0, line, sizeof line));
}

void case_life(struct facts *f, const struct caseview *v)
{
	step(f, v);
	procedure(f, v->steps);
	standing(f, v->show);
	stands(f, v->stands);
	marks(f, v->show);
	fee(f, v->fees);
	decision(f, v->show);
}
