/* Drawing the lead's board: the case, its departments, one review in full. */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/joint.h"
#include "client/screen/light.h"
#include "client/screen/reviewing.h"
#include "client/screen/silence.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

enum { DETAIL = 7, WIDEST = 150, WIDE_ENOUGH = 110, TEXT = 24000 };

/* Who holds the post, and whether the department has looked at it. */
static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct joint *j = data;
	const struct reply *r = j->roll.rows;
	size_t n = (size_t)i;
	char said[300], silence[80], seq[8];
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	bool empty = reply_null(r, n, "holder"), round = !reply_null(r, n, "opened_at");
	bool wide = a->w >= WIDE_ENOUGH;
	int x = a->x + 1, who = wide ? 20 : 13, what = wide ? 34 : 18, end = a->x + a->w - 1;
	if (selected) {
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
		draw_caret(a->y, a->x);
	}
	snprintf(seq, sizeof seq, "%lld", (long long)reply_int(r, n, "seq"));
	draw_text(a->y, x, 2, plain, seq);
	draw_text(a->y, x + 3, who - 1, plain, reply_text(r, n, "department"));
	x += 3 + who;
	draw_text(a->y, x, what - 1, plain, reply_text(r, n, "matter"));
	x += what;
	draw_text(a->y, x, 8, selected || !empty ? plain : FACE_WARN,
	    empty ? _("empty") : reply_text(r, n, "holder"));
	draw_text(a->y, x + 9, 6, plain, !round ? "" : reply_null(r, n, "seen_at") ? _("unread") : _("read"));
	int used = draw_text(a->y, x + 16, end - x - 16, selected ? FACE_SELECT : reviewing_face(r, n),
	    reviewing_said(r, n, said, sizeof said));
	draw_text(a->y, x + 16 + used, end - x - 16 - used, selected ? FACE_SELECT : FACE_WARN,
	    reviewing_countdown(r, n, j->desk->now, silence, sizeof silence));
}

static int64_t seq_of(const void *data, int i)
{
	return reply_int(((const struct joint *)data)->roll.rows, (size_t)i, "seq");
}

const struct list_ops joint_list = {roll_count, seq_of, NULL, row};

static void add(char *buf, size_t size, const char *text)
{
	size_t len = strlen(buf);
	snprintf(buf + len, size - len, "%s", text);
}

/* One opinion in words: what, by whom, when; below it its reasons and basis. */
static void add_opinion(const struct reply *r, size_t i, char *buf, size_t size)
{
	char when[32], line[3600];
	const char *words = reply_text(r, i, "words"), *basis = reply_text(r, i, "basis"),
		   *paper = reply_text(r, i, "document_no");
	word_moment(reply_int(r, i, "at"), when, sizeof when);
	snprintf(line, sizeof line, "%s%s · %s · %s · %s%s\n", word_opinion(reply_text(r, i, "answer")),
	    strcmp(reply_text(r, i, "how"), "review") == 0 ? ""
	    : reply_bool(r, i, "current")                  ? _(" (holds)")
							   : "",
	    word_opinion_how(reply_text(r, i, "how")), reply_text(r, i, "actor"), when,
	    reply_bool(r, i, "current") ? "" : _(" · no longer holds"));
	if (strcmp(reply_text(r, i, "how"), "consent") == 0 || strcmp(reply_text(r, i, "how"), "object") == 0)
		snprintf(line, sizeof line, "%s · %s · %s\n", word_opinion_how(reply_text(r, i, "how")),
		    reply_text(r, i, "actor"), when);
	add(buf, size, line);
	if (*words != '\0') {
		snprintf(line, sizeof line, _("  Says: %s\n"), words);
		add(buf, size, line);
	}
	if (*basis != '\0') {
		snprintf(line, sizeof line, _("  Basis: %s\n"), basis);
		add(buf, size, line);
	}
	if (*paper != '\0') {
		snprintf(line, sizeof line, _("  Paper No.: %s\n"), paper);
		add(buf, size, line);
	}
}

static const struct form_choice asks[] = {{"open", N_("waits for the lead")},
    {"told", N_("told in the notice")}, {"rejected", N_("rejected")},
    {"dropped", N_("dropped with an answer")}, {NULL, NULL}};

/* What it finds missing, line by line, and what became of it. */
static void add_needs(const struct joint *j, int64_t seq, char *buf, size_t size)
{
	char line[3600], when[32];
	int64_t no = 0;
	for (size_t i = 0; j->needs != NULL && i < j->needs->nrows; i++) {
		if (reply_int(j->needs, i, "seq") != seq)
			continue;
		if (reply_int(j->needs, i, "no") != no) {
			no = reply_int(j->needs, i, "no");
			word_moment(reply_int(j->needs, i, "at"), when, sizeof when);
			snprintf(line, sizeof line, "%s · %s · %s · %s%s%s\n",
			    strcmp(reply_text(j->needs, i, "kind"), "want") == 0 ? _("Wants a correction")
										 : _("Finds missing"),
			    reply_text(j->needs, i, "actor"), when,
			    form_choice_said(asks, reply_text(j->needs, i, "state")),
			    reply_null(j->needs, i, "reason") ? "" : " · ",
			    reply_text(j->needs, i, "reason"));
			add(buf, size, line);
		}
		if (reply_null(j->needs, i, "material"))
			snprintf(line, sizeof line, "  %s\n", reply_text(j->needs, i, "words"));
		else
			snprintf(line, sizeof line, _("  Material %lld: %s\n"),
			    (long long)reply_int(j->needs, i, "material"), reply_text(j->needs, i, "words"));
		add(buf, size, line);
	}
}

/* All that is known of the review at the cursor, the latest opinion first. */
static void review_text(const struct screen *s, char *buf, size_t size)
{
	const struct joint *j = s->state;
	const struct reply *r = j->roll.rows;
	size_t at = (size_t)roll_at(&j->roll);
	char line[1200];
	int64_t seq = reply_int(r, at, "seq");
	snprintf(buf, size, "%s · %s · %s\n", reply_text(r, at, "matter"), reply_text(r, at, "department"),
	    reply_text(r, at, "post"));
	if (*reviewing_silence(r, at, s->desk->now, line, sizeof line) != '\0') {
		add(buf, size, line);
		add(buf, size, "\n");
	}
	if (j->opinions != NULL && j->opinions_of == seq)
		for (size_t i = j->opinions->nrows; i-- > 0;)
			add_opinion(j->opinions, i, buf, size);
	add_needs(j, seq, buf, size);
}

/* What the rules allow next, when something stands against granting it (PAR-8). */
static void allowed(const struct joint *j, char *buf, size_t size)
{
	int unanswered, disagree;
	const char *exception = joint_exception(j), *state = reply_text(j->show, 0, "state");
	bool received = strcmp(state, "received") == 0;
	joint_against(j, &unanswered, &disagree);
	buf[0] = '\0';
	if (strcmp(state, "suspended") == 0)
		snprintf(buf, size, "%s", _("It stands still, and all its reviews with it."));
	else if (joint_open_needs(j, 0) > 0)
		snprintf(buf, size, "%s",
		    received ? _("Something is missing: F5 tells the applicant once, for all departments.")
			     : _("A correction is wanted: F5 sends it as a further notice, F7 rejects it."));
	else if (strcmp(exception, "granted") == 0)
		snprintf(buf, size, "%s", _("The director allows granting it all the same."));
	else if (strcmp(exception, "asked") == 0)
		snprintf(
		    buf, size, "%s", _("The director is asked for an exception; the answer comes here."));
	else if (strcmp(state, "accepted") == 0 && unanswered == 0 && disagree > 0)
		snprintf(
		    buf, size, "%s", _("Somebody disagrees: refuse it, ask again, or F8 asks the director."));
	else if (strcmp(state, "accepted") == 0 && unanswered == 0)
		snprintf(buf, size, "%s", _("Every answer is in: combine them and decide."));
	else if (received && unanswered == 0)
		snprintf(buf, size, "%s", _("Every department has checked the papers: accept it."));
}

static void heading(const struct joint *j, const struct area *a)
{
	char said[64], project[1200] = "", line[2200];
	const struct reply *r = j->show;
	if (roll_count(j) > 0)
		reviewing_project(j->roll.rows, 0, project, sizeof project);
	light_case(r, 0, said, sizeof said);
	snprintf(line, sizeof line, _("Joint review · %s · %s · %s%s%s"), reply_text(r, 0, "number"),
	    word_state(reply_text(r, 0, "state")), reply_text(r, 0, "step"), *said == '\0' ? "" : " · ",
	    said);
	draw_text(a->y, a->x + 1, a->w - 2, FACE_TITLE, line);
	snprintf(line, sizeof line, "%s · %s%s%s", reply_text(r, 0, "item"), reply_text(r, 0, "applicant"),
	    *project == '\0' ? "" : " · ", project);
	draw_text(a->y + 1, a->x + 1, a->w - 2, FACE_BOLD, line);
	allowed(j, line, sizeof line);
	if (j->silence != NULL && j->silence->nrows > 0 && silence_near(j->silence, 0)) {
		size_t len = strlen(line);
		if (len > 0)
			len += (size_t)snprintf(line + len, sizeof line - len, " · ");
		silence_said(j->silence, 0, j->desk->now, line + len, sizeof line - len);
	}
	draw_text(a->y + 2, a->x + 1, a->w - 2, FACE_WARN, line);
}

static void rule(const struct joint *j, int y, const struct area *a)
{
	int unanswered, disagree, n = roll_count(j);
	char line[200];
	bool check = reply_null(j->show, 0, "accepted_at");
	joint_against(j, &unanswered, &disagree);
	snprintf(line, sizeof line, check ? _("Papers check · %d of %d in") : _("Reviews · %d of %d in"),
	    n - unanswered, n);
	if (disagree > 0) {
		size_t len = strlen(line);
		snprintf(line + len, sizeof line - len, _(", %d disagree"), disagree);
	}
	draw_rule(y, a->x, a->w, line);
}

static void whole(struct screen *s, const struct area *a)
{
	struct joint *j = s->state;
	char text[TEXT];
	review_text(s, text, sizeof text);
	j->page = a->h;
	j->rows = draw_wrap(a, j->skip, FACE_PLAIN, text);
}

void joint_draw(struct screen *s, const struct area *a)
{
	struct joint *j = s->state;
	char text[TEXT];
	struct area in = {a->y, a->x, a->h, a->w > WIDEST ? WIDEST : a->w};
	if (j->show == NULL || j->show->nrows == 0)
		return;
	heading(j, &in);
	rule(j, a->y + 3, a);
	struct area below = {a->y + 4, a->x + 1, a->h - 4, in.w - 2};
	if (j->roll.rows != NULL && roll_count(j) == 0)
		draw_text(
		    below.y + 1, below.x + 1, below.w, FACE_DIM, _("No other department reviews this case."));
	if (roll_at(&j->roll) < 0)
		return;
	if (j->whole) {
		whole(s, &below);
		return;
	}
	struct area list = {a->y + 4, a->x, a->h - 4 - DETAIL, in.w};
	list_draw(&j->roll.list, &list, true);
	draw_rule(a->y + a->h - DETAIL, a->x, a->w, NULL);
	review_text(s, text, sizeof text);
	struct area detail = {a->y + a->h - DETAIL + 1, a->x + 1, DETAIL - 1, in.w - 2};
	if (draw_wrap(&detail, 0, FACE_PLAIN, text) > detail.h)
		draw_right(detail.y + detail.h - 1, detail.x, detail.w, FACE_DIM, _("… Enter: all of it"));
}
