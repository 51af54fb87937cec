/* Drawing one review: what is asked, the papers, the other departments, what was asked for. */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/facts.h"
#include "client/screen/light.h"
#include "client/screen/review.h"
#include "client/screen/reviewing.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

enum { WIDEST = 110 };

static void opinions(struct facts *f, const struct reply *r)
{
	char line[1400], when[32], label[48];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		const char *words = reply_text(r, i, "words"), *basis = reply_text(r, i, "basis"),
			   *no = reply_text(r, i, "document_no"), *actor = reply_text(r, i, "actor");
		bool opinion = reply_bool(r, i, "current") || strcmp(reply_text(r, i, "how"), "review") == 0;
		snprintf(label, sizeof label, "%s",
		    reply_bool(r, i, "current") ? _("Holds")
		    : opinion                   ? _("Superseded")
						: _("Filed"));
		snprintf(line, sizeof line, "%s%s%s%s%s%s%s · %s · %s",
		    opinion && strcmp(reply_text(r, i, "answer"), "deemed") != 0
			? word_opinion(reply_text(r, i, "answer"))
			: word_opinion_how(reply_text(r, i, "how")),
		    *words != '\0' ? " · " : "", words, *basis != '\0' ? " · " : "", basis,
		    *no != '\0' ? " · " : "", no, *actor != '\0' ? word_actor(actor) : _("post empty"),
		    word_moment(reply_int(r, i, "at"), when, sizeof when));
		facts_add(f, label, line);
	}
}

/* PAR-7: the scans, or where the papers are. */
static void at_hand(struct facts *f, const struct review *v)
{
	char line[400];
	const struct reply *papers = v->got[REVIEW_PAPERS], *originals = v->got[REVIEW_ORIGINALS];
	size_t scans = 0, n = 0;
	int64_t window = 0;
	for (size_t i = 0; papers != NULL && i < papers->nrows; i++)
		scans += reply_null(papers, i, "voided_at");
	for (size_t i = 0; originals != NULL && i < originals->nrows; i++)
		if (reply_null(originals, i, "returned_at")) {
			n++;
			window = reply_int(originals, i, "kept_window");
		}
	if (scans > 0)
		snprintf(line, sizeof line,
		    ngettext(
			"%zu scan: F6 shows or exports it", "%zu scans: F6 shows or exports them", scans),
		    scans);
	else
		snprintf(line, sizeof line, _("no scans: the papers are with %s"), review_text(v, "lead"));
	size_t used = strlen(line);
	if (n > 0)
		snprintf(line + used, sizeof line - used,
		    ngettext(
			" · %zu original kept at window %lld", " · %zu originals kept at window %lld", n),
		    n, (long long)window);
	facts_add(f, _("Papers"), line);
}

static void facts_of(struct facts *f, const struct review *v, size_t i, int64_t now)
{
	const struct reply *r = v->got[REVIEW_ALL], *c = v->got[REVIEW_CASE];
	char line[1200], said[200], when[32];
	facts_add(f, _("Reviews"), reply_text(r, i, "matter"));
	facts_add(f, _("Item"), reply_text(r, i, "item"));
	facts_add(f, _("Project"), reviewing_project(r, i, line, sizeof line));
	snprintf(line, sizeof line, "%.200s · %s", reply_text(r, i, "applicant"),
	    word_state(reply_text(r, i, "state")));
	facts_add(f, _("Applicant"), line);
	if (c != NULL)
		facts_add(f, _("Asks for"), reply_text(c, 0, "matter"));
	snprintf(line, sizeof line, "%.200s%s%s", reply_text(r, i, "lead"),
	    reply_null(r, i, "lead_due") ? "" : _(", promised by "),
	    word_moment(reply_int(r, i, "lead_due"), when, sizeof when));
	facts_add(f, _("Led by"), line);
	snprintf(line, sizeof line, "%.200s · %.100s", reply_text(r, i, "post"),
	    reply_null(r, i, "holder") ? _("empty") : reply_text(r, i, "holder"));
	facts_add(f, _("Answers"), line);
	if (reviewing_ends(r, i) != 0) {
		reviewing_left(r, i, said, sizeof said);
		snprintf(
		    line, sizeof line, "%s · %s", word_moment(reviewing_ends(r, i), when, sizeof when), said);
		facts_add(f, _("Open until"), line);
	}
	facts_add(f, _("Silence"), reviewing_silence(r, i, now, said, sizeof said));
	if (reply_bool(r, i, "wanted"))
		facts_add(f, _("Wanted"), _("a correction: it waits for the lead"));
	at_hand(f, v);
	opinions(f, v->got[REVIEW_OPINIONS]);
}

static void papers(struct facts *f, const struct review *v)
{
	const struct reply *r = v->got[REVIEW_MATERIALS], *p = v->got[REVIEW_PAPERS],
			   *o = v->got[REVIEW_ORIGINALS];
	char line[1800];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		size_t scans = 0, kept = 0;
		int64_t seq = reply_int(r, i, "seq");
		for (size_t j = 0; p != NULL && j < p->nrows; j++)
			scans += reply_int(p, j, "seq") == seq && reply_null(p, j, "voided_at");
		for (size_t j = 0; o != NULL && j < o->nrows; j++)
			kept += reply_int(o, j, "seq") == seq && reply_null(o, j, "returned_at");
		const char *note = reply_text(r, i, "note");
		snprintf(line, sizeof line, "%lld. %s%s%s%s%s", (long long)seq, reply_text(r, i, "name"),
		    *note != '\0' ? " → " : "", note, scans > 0 ? _(" · scanned") : "",
		    kept > 0 ? _(" · original kept") : "");
		facts_add(f, word_tick(reply_text(r, i, "state")), line);
	}
}

static void others(struct facts *f, const struct review *v)
{
	const struct reply *r = v->got[REVIEW_ALL];
	char line[900], said[200], label[64];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		bool unseen = reply_null(r, i, "seen_at") && strcmp(reply_text(r, i, "waits"), "review") == 0;
		snprintf(label, sizeof label, "%s%lld", reply_int(r, i, "seq") == v->seq ? "* " : "",
		    (long long)reply_int(r, i, "seq"));
		snprintf(line, sizeof line, "%.60s · %.400s · %s%s", reply_text(r, i, "department"),
		    reply_text(r, i, "matter"), reviewing_said(r, i, said, sizeof said),
		    unseen ? _(" · not opened yet") : "");
		facts_add(f, label, line);
	}
}

static void needs(struct facts *f, const struct review *v)
{
	const struct reply *r = v->got[REVIEW_NEEDS];
	static const struct form_choice states[] = {{"open", N_("waits")}, {"told", N_("told")},
	    {"rejected", N_("rejected")}, {"dropped", N_("dropped")}, {NULL, NULL}};
	char line[1400], material[24];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		const char *reason = reply_text(r, i, "reason");
		material[0] = '\0';
		if (!reply_null(r, i, "material"))
			snprintf(material, sizeof material, "%lld. ", (long long)reply_int(r, i, "material"));
		snprintf(line, sizeof line, "%s%s · %s%s%s", material, reply_text(r, i, "words"),
		    reply_text(r, i, "department"), *reason != '\0' ? _(" · rejected: ") : "", reason);
		facts_add(f, form_choice_said(states, reply_text(r, i, "state")), line);
	}
	if (f->row == 0)
		facts_add(f, "", _("No department asked for anything."));
}

void review_draw(struct screen *s, const struct area *a)
{
	static const char *const names[PANES] = {
	    N_("Review"), N_("Materials"), N_("Departments"), N_("Asked for")};
	struct review *v = s->state;
	char left[64];
	size_t i;
	int x = a->x + 1, w = a->w > WIDEST ? WIDEST : a->w;
	if (!review_own(v, &i)) {
		draw_text(a->y, x, a->w - 2, FACE_DIM, _("Reading the case …"));
		return;
	}
	const struct reply *r = v->got[REVIEW_ALL];
	reviewing_left(r, i, left, sizeof left);
	int used = draw_format(a->y, x, a->w - 2, FACE_TITLE, "%s · %s", reply_text(r, i, "number"),
	    reply_null(r, i, "waits") ? _("nothing to do") : word_waits(reply_text(r, i, "waits")));
	used += draw_format(a->y, x + used, a->w - 2 - used, light_face(reply_text(r, i, "light")), "%s%s",
	    left[0] != '\0' ? " · " : "", left);
	if (reviewing_falls(r, i))
		used += draw_text(a->y, x + used, a->w - 2 - used, FACE_WARN, _(" · silence agrees"));
	if (!reply_bool(r, i, "mine"))
		draw_text(a->y, x + used, a->w - 2 - used, FACE_PLAIN, _(" · another post's"));
	draw_rule(a->y + 1, a->x, a->w, NULL);
	for (int p = 0; p < PANES; p++)
		x = draw_tab(a->y + 1, x, a->x + a->w - 1, _(names[p]), p == (int)v->pane);
	struct facts f = {{a->y + 2, a->x + 1, a->h - 4, w - 2}, 0, v->scroll};
	if (v->pane == PANE_REVIEW)
		facts_of(&f, v, i, s->desk->now);
	else if (v->pane == PANE_PAPERS)
		papers(&f, v);
	else if (v->pane == PANE_OTHERS)
		others(&f, v);
	else
		needs(&f, v);
	if (v->scroll > f.row - 1)
		v->scroll = f.row > 0 ? f.row - 1 : 0;
	if (f.row - f.skip > f.a.h)
		draw_text(f.a.y + f.a.h - 1, a->x + a->w - 1, 1, FACE_WARN, draw_ascii() ? "v" : "↓");
	draw_rule(a->y + a->h - 2, a->x, a->w, NULL);
	draw_text(a->y + a->h - 1, a->x + 1, a->w - 2, FACE_BOLD, review_mine(v) ? review_keys(v) : "");
}
