/* Drawing the case view: its head, four pages, two side by side where wide. See case_life.c. */
#include "client/screen/case.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

enum { WIDEST = 100 };

static int notices_count(const void *data)
{
	const struct caseview *v = data;
	return v->notices == NULL ? 0 : (int)v->notices->nrows;
}

static int64_t notices_id(const void *data, int row)
{
	return reply_int(((const struct caseview *)data)->notices, (size_t)row, "notice_id");
}

static void notices_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct caseview *)data)->notices;
	size_t i = (size_t)row;
	char when[32], state[64];
	enum face face = selected ? FACE_SELECT : FACE_PLAIN;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	int tail = a->w > 70 ? 32 : 12;
	draw_text(a->y, a->x + 1, 18, face, reply_text(r, i, "title"));
	draw_text(a->y, a->x + 20, a->w - 21 - tail, face, reply_text(r, i, "number"));
	if (tail > 12)
		draw_text(a->y, a->x + a->w - tail, 17, face,
		    word_moment(reply_int(r, i, "issued_at"), when, sizeof when));
	if (reply_int(r, i, "copies") > 1 && reply_null(r, i, "voided_at"))
		snprintf(state, sizeof state, _("printed %lldx"), (long long)reply_int(r, i, "copies"));
	else
		snprintf(state, sizeof state, "%s", word_notice(reply_text(r, i, "state")));
	draw_right(a->y, a->x + a->w - 13, 12, face, state);
	if (selected)
		draw_caret(a->y, a->x + 1);
}

const struct list_ops case_notice_list = {notices_count, notices_id, NULL, notices_row};

static int history_count(const void *data)
{
	const struct caseview *v = data;
	return v->history == NULL ? 0 : (int)v->history->nrows;
}

static int64_t history_id(const void *data, int row)
{
	return reply_int(((const struct caseview *)data)->history, (size_t)row, "event_id");
}

/* Of a light that turned: which clock, from what to what. */
static void turned(const struct reply *r, size_t i, char *buf, size_t size)
{
	buf[0] = '\0';
	if (reply_null(r, i, "clock"))
		return;
	snprintf(buf, size,
	    strcmp(reply_text(r, i, "clock"), "due") == 0 ? _(" · of the case: %s → %s")
							  : _(" · of the step: %s → %s"),
	    word_light(reply_text(r, i, "light_was")), word_light(reply_text(r, i, "light")));
}

static void history_line(const struct reply *r, size_t i, char *buf, size_t size)
{
	char window[48] = "", light[120];
	const char *to = reply_text(r, i, "to_state"), *from = reply_text(r, i, "from_state");
	if (reply_int(r, i, "window_no") > 0)
		snprintf(
		    window, sizeof window, _(" at window %lld"), (long long)reply_int(r, i, "window_no"));
	turned(r, i, light, sizeof light);
	/* The note of a light says the same, in Chinese. */
	bool noted = light[0] == '\0' && !reply_null(r, i, "note");
	snprintf(buf, size, "%s%s%s%s · %s%s%s%s%s%s", word_event(reply_text(r, i, "event")),
	    strcmp(to, from) != 0 ? " → " : "", strcmp(to, from) != 0 ? word_state(to) : "", light,
	    word_actor(reply_text(r, i, "actor")), window, reply_null(r, i, "notice") ? "" : " · ",
	    reply_text(r, i, "notice"), noted ? " · " : "", noted ? reply_text(r, i, "note") : "");
}

static int history_height(const void *data, int row, int width)
{
	char line[1200];
	history_line(((const struct caseview *)data)->history, (size_t)row, line, sizeof line);
	return draw_wrap_rows(width - 19, line);
}

static void history_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct caseview *)data)->history;
	char when[32], line[1200];
	draw_text(a->y, a->x + 1, 16, selected ? FACE_SELECT : FACE_DIM,
	    word_moment(reply_int(r, (size_t)row, "at"), when, sizeof when));
	history_line(r, (size_t)row, line, sizeof line);
	struct area text = {a->y, a->x + 18, a->h, a->w - 19};
	draw_wrap(&text, 0, FACE_PLAIN, line);
	if (selected)
		draw_caret(a->y, a->x + 1);
}

const struct list_ops case_history_list = {history_count, history_id, history_height, history_row};

static const char *role_label(const char *role)
{
	if (strcmp(role, "agent") == 0)
		return _("Agent");
	if (strcmp(role, "guardian") == 0)
		return _("Guardian");
	return strcmp(role, "representative") == 0 ? _("Legal rep.") : _("Applicant");
}

/* Parties as they were unmasked. */
static void unmasked(struct facts *f, const struct reply *p)
{
	char buf[700];
	for (size_t i = 0; i < p->nrows; i++) {
		facts_add(f, role_label(reply_text(p, i, "role")), reply_text(p, i, "name"));
		snprintf(buf, sizeof buf, "%s %s", word_id_kind(reply_text(p, i, "id_kind")),
		    reply_text(p, i, "id_no"));
		facts_add(f, _("Document"), reply_null(p, i, "id_no") ? "" : buf);
		facts_add(f, _("Phone"), reply_text(p, i, "phone"));
		facts_add(f, _("Address"), reply_text(p, i, "address"));
		facts_add(f, _("Asks for"), reply_text(p, i, "matter"));
	}
}

/* Beside the first applicant, who has lines of his own. */
static void parties(struct facts *f, const struct reply *r)
{
	char line[2600], until[96], date[16];
	for (size_t i = 1; r != NULL && i < r->nrows; i++) {
		until[0] = '\0';
		if (!reply_null(r, i, "until"))
			snprintf(until, sizeof until, _(" · until %s%s"),
			    word_date((int32_t)reply_int(r, i, "until"), date, sizeof date),
			    reply_bool(r, i, "expired") ? _(", over") : "");
		const char *scope = reply_text(r, i, "scope"), *no = reply_text(r, i, "id_no");
		snprintf(line, sizeof line, "%s %s%s%s %s%s%s%s", reply_text(r, i, "name"),
		    *no != '\0' ? word_id_kind(reply_text(r, i, "id_kind")) : "", *no != '\0' ? " " : "", no,
		    reply_text(r, i, "phone"), *scope != '\0' ? " · " : "", scope, until);
		facts_add(f, role_label(reply_text(r, i, "role")), line);
	}
}

static void as_handled(struct facts *f, const struct reply *r, const struct reply *all)
{
	char buf[400];
	facts_add(f, _("Applicant"), reply_text(r, 0, "applicant"));
	snprintf(
	    buf, sizeof buf, "%s %s", word_id_kind(reply_text(r, 0, "id_kind")), reply_text(r, 0, "id_no"));
	facts_add(f, _("Document"), buf);
	facts_add(f, _("Phone"), reply_text(r, 0, "phone"));
	facts_add(f, _("Address"), reply_text(r, 0, "address"));
	parties(f, all);
	facts_add(f, _("Asks for"), reply_text(r, 0, "matter"));
}

/* The paper it was keyed in from, and the other cases of its visit. */
static void came_in(struct facts *f, const struct reply *r)
{
	char line[1024], when[32];
	if (r == NULL || r->nrows == 0)
		return;
	if (!reply_null(r, 0, "paper_no")) {
		snprintf(line, sizeof line, _("%.160s, keyed in %s%s · %.600s"), reply_text(r, 0, "paper_no"),
		    word_moment(reply_int(r, 0, "keyed_at"), when, sizeof when),
		    reply_bool(r, 0, "late") ? _(" (late)") : "", reply_text(r, 0, "paper_reason"));
		facts_add(f, _("By hand"), line);
	}
	for (size_t i = 1; i < r->nrows; i++) {
		snprintf(line, sizeof line, "%s %.700s · %s", reply_text(r, i, "number"),
		    reply_text(r, i, "item"), word_state(reply_text(r, i, "state")));
		facts_add(f, i == 1 ? _("Same visit") : "", line);
	}
}

/* By what paper it ended, and when: what is asked first about a case that is over. */
static void ended(struct facts *f, const struct caseview *v)
{
	static const char *const states[] = {"closed", "declined", "withdrawn", "lapsed"};
	const char *state = reply_text(v->show, 0, "state");
	const struct reply *r = v->notices;
	char line[800], when[32];
	bool over = false;
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		over = over || strcmp(states[i], state) == 0;
	for (size_t i = over && r != NULL ? r->nrows : 0; i-- > 0;) {
		const char *kind = reply_text(r, i, "kind");
		if (!reply_null(r, i, "voided_at") || strcmp(kind, "receipt") == 0 ||
		    strcmp(kind, "deliver") == 0 || strcmp(kind, "fee") == 0)
			continue;
		snprintf(line, sizeof line, "%.200s %.200s · %s", reply_text(r, i, "title"),
		    reply_text(r, i, "number"), word_moment(reply_int(r, i, "issued_at"), when, sizeof when));
		facts_add(f, _("Ended by"), line);
		return;
	}
}

/* Why not: of what was declined or refused (NEG-2, NEG-3), whose matter it is (NEG-4). */
static void no(struct facts *f, const struct reply *r)
{
	char line[700];
	const char *why = reply_text(r, 0, "no_why"), *facts = reply_text(r, 0, "no_facts");
	snprintf(line, sizeof line, "%s%s%.600s", word_why(why), *why != '\0' && *facts != '\0' ? " · " : "",
	    facts);
	facts_add(f, _("Why not"), line);
	facts_add(f, _("Basis"), reply_text(r, 0, "no_basis"));
	facts_add(f, _("Whose"), reply_text(r, 0, "no_where"));
}

static void facts(struct caseview *v, const struct area *a)
{
	struct facts f = {*a, 0, v->pane == PANE_FACTS ? v->scroll : 0};
	const struct reply *r = v->show;
	char buf[400], when[32];
	facts_add(&f, _("Item"), reply_text(r, 0, "item"));
	facts_add(&f, _("Department"), reply_text(r, 0, "department"));
	if (v->revealed != NULL)
		unmasked(&f, v->revealed);
	else
		as_handled(&f, r, v->parties);
	if (reply_null(r, 0, "accepted_at")) {
		facts_add(&f, _("Post"), reply_text(r, 0, "post"));
		facts_add(&f, _("Step"), reply_text(r, 0, "step"));
	}
	facts_add(&f, _("Received"), word_moment(reply_int(r, 0, "received_at"), when, sizeof when));
	came_in(&f, v->visit);
	facts_add(&f, _("Accepted"), word_moment(reply_int(r, 0, "accepted_at"), when, sizeof when));
	facts_add(&f, strcmp(reply_text(r, 0, "state"), "correcting") == 0 ? _("Answer by") : _("Term ends"),
	    word_moment(reply_int(r, 0, "term_at"), when, sizeof when));
	snprintf(buf, sizeof buf, "%s%s", word_moment(reply_int(r, 0, "due_at"), when, sizeof when),
	    reply_bool(r, 0, "provisional") ? _(" (provisional)") : "");
	facts_add(&f, _("Due"), reply_null(r, 0, "due_at") ? "" : buf);
	facts_add(&f, _("By law"), word_moment(reply_int(r, 0, "statutory_at"), when, sizeof when));
	if (!reply_null(r, 0, "accepted_at"))
		case_life(&f, v);
	case_silence(&f, v->silence, v->desk->now);
	ended(&f, v);
	no(&f, r);
	if (v->pane == PANE_FACTS && v->scroll > f.row - 1)
		v->scroll = f.row - 1;
	if (f.row - f.skip > a->h)
		draw_text(a->y + a->h - 1, a->x + a->w - 1, 1, FACE_WARN, draw_ascii() ? "v" : "↓");
}

static void materials(struct caseview *v, const struct area *a)
{
	struct facts f = {*a, 0, v->pane == PANE_MATERIALS ? v->scroll : 0};
	char line[2200], date[16];
	for (size_t i = 0; v->materials != NULL && i < v->materials->nrows; i++) {
		const struct reply *r = v->materials;
		const char *note = reply_text(r, i, "note");
		snprintf(line, sizeof line, "%lld. %s%s%s%s%s", (long long)reply_int(r, i, "seq"),
		    reply_text(r, i, "name"), *note != '\0' ? " → " : "", note,
		    reply_null(r, i, "later") ? "" : _(" by "),
		    reply_null(r, i, "later")
			? ""
			: word_date((int32_t)reply_int(r, i, "later"), date, sizeof date));
		facts_add(&f, word_tick(reply_text(r, i, "state")), line);
	}
	if (v->pane == PANE_MATERIALS && v->scroll > f.row - 1)
		v->scroll = f.row > 0 ? f.row - 1 : 0;
}

static void head(struct caseview *v, const struct area *a)
{
	const struct reply *r = v->show;
	int used = draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE, "%s · %s%s", reply_text(r, 0, "number"),
	    word_state(reply_text(r, 0, "state")), reply_bool(r, 0, "mine") ? "" : _(" · another post's"));
	used += case_light(v, a, used);
	if (v->service != NULL && v->service->nrows > 0)
		used += draw_format(a->y, a->x + 1 + used, a->w - 2 - used, FACE_BOLD,
		    _(" · accompanied by %s"), reply_text(v->service, 0, "agent"));
	if (v->revealed != NULL)
		draw_text(a->y, a->x + 1 + used, a->w - 2 - used, FACE_WARN, _(" · unmasked"));
	static const char *const names[PANES] = {N_("Facts"), N_("Materials"), N_("Notices"), N_("History")};
	int x = a->x + 1;
	draw_rule(a->y + 1, a->x, a->w, NULL);
	for (int i = 0; i < PANES; i++)
		x = draw_tab(a->y + 1, x, a->x + a->w - 1, _(names[i]), i == (int)v->pane);
}

static void pane(struct caseview *v, enum case_pane which, const struct area *a)
{
	bool focus = v->pane == which;
	switch (which) {
	case PANE_FACTS:
		facts(v, a);
		return;
	case PANE_MATERIALS:
		materials(v, a);
		return;
	case PANE_NOTICES:
		if (notices_count(v) == 0)
			draw_text(a->y, a->x, a->w, FACE_DIM, _("No notice yet."));
		list_draw(&v->notice_list, a, focus);
		return;
	default:
		list_draw(&v->history_list, a, focus);
		return;
	}
}

void case_draw(struct screen *s, const struct area *a)
{
	struct caseview *v = s->state;
	if (v->show == NULL || v->show->nrows == 0) {
		draw_text(a->y, a->x + 1, a->w - 2, FACE_DIM, _("Reading the case …"));
		return;
	}
	bool wide = a->w >= 110;
	int left = wide ? a->w / 2 - 2 : a->w - 2;
	if (left > WIDEST)
		left = WIDEST;
	struct area main = {a->y + 2, a->x + 1, a->h - 2, left};
	struct area side = {a->y + 2, a->x + left + 3, a->h - 2, a->w - left - 4};
	if (side.w > WIDEST)
		side.w = WIDEST;
	head(v, a);
	if (!wide) {
		pane(v, v->pane, &main);
		return;
	}
	draw_column(a->y + 2, a->x + left + 1, a->h - 2);
	pane(v, PANE_FACTS, &main);
	pane(v, v->pane == PANE_FACTS ? PANE_MATERIALS : v->pane, &side);
}
