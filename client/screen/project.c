/*
 * One construction project (PAR-6): its four stages with the light of every review,
 * days elapsed and charged, and which stage comes next by rule. Enter opens the
 * stage's case, F6 its board, F2 receives the next stage.
 */
#include "client/screen/project.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/light.h"
#include "client/screen/reviewing.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_STAGES = 1, TAG_REVIEWS = 100, STAGES = 8, WIDEST = 150 };

struct project {
	struct roll roll; /* first: the stages */
	int64_t id;
	struct reply *reviews[STAGES]; /* of each stage's case, or what will be reviewed there */
};

enum { LISTED = 100 };

void project_ask(struct effects *fx, int tag, unsigned flags, int64_t id, const char *q)
{
	struct bytes_out out = fx_payload();
	op_put_id(&out, id);
	op_put_text(&out, q);
	op_put_null(&out);
	op_put_int4(&out, LISTED);
	fx_send(fx, "project.show", tag, flags, &out);
}

const char *project_stands(const struct reply *r, size_t i)
{
	if (reply_bool(r, i, "may"))
		return _("to receive");
	if (reply_null(r, i, "case_id"))
		return _("waits");
	return reply_bool(r, i, "granted") ? _("granted") : word_state(reply_text(r, i, "state"));
}

void project_refuse(const struct reply *r, size_t i, struct effects *fx)
{
	if (reply_null(r, i, "case_id"))
		fx_refuse(fx, _("«%.100s» waits until this is granted: %.200s."), reply_text(r, i, "stage"),
		    reply_text(r, i, "lacks"));
	else
		fx_refuse(fx, _("«%.100s» of this project is received already: %.60s."),
		    reply_text(r, i, "stage"), reply_text(r, i, "number"));
}

/* One character a review: answered, or its light. */
static const char *mark(const struct reply *r, size_t i, enum face *face)
{
	const char *answer = reply_text(r, i, "answer"), *light = reply_text(r, i, "light");
	*face = FACE_PLAIN;
	if (reply_column(r, "answer") < 0)
		return "·";
	*face = reviewing_face(r, i);
	if (strcmp(light, "red") == 0)
		return _("R");
	if (strcmp(light, "yellow") == 0)
		return _("Y");
	if (*answer == '\0')
		return reply_null(r, i, "checked")                           ? "?"
		       : strcmp(reply_text(r, i, "checked"), "missing") == 0 ? _("M")
									     : _("C");
	return strcmp(answer, "agree") == 0         ? _("A")
	       : strcmp(answer, "conditional") == 0 ? _("B")
	       : strcmp(answer, "disagree") == 0    ? _("N")
	       : strcmp(answer, "deemed") == 0      ? _("S")
						    : _("U");
}

static void marks(const struct reply *r, int y, int x, int w)
{
	for (size_t i = 0; r != NULL && i < r->nrows && w >= 3; i++) {
		enum face face;
		const char *m = mark(r, i, &face);
		int used = draw_text(y, x, w, face, m) + 1;
		x += used;
		w -= used;
	}
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct project *p = data;
	const struct reply *r = p->roll.rows;
	size_t n = (size_t)i;
	char line[300];
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	if (selected) {
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
		draw_caret(a->y, a->x);
	}
	snprintf(line, sizeof line, "%lld %.180s", (long long)reply_int(r, n, "stage_no"),
	    reply_text(r, n, "stage"));
	draw_text(a->y, a->x + 1, 22, selected ? plain : FACE_BOLD, line);
	draw_text(a->y, a->x + 24, 8,
	    selected                      ? plain
	    : reply_bool(r, n, "may")     ? FACE_WARN
	    : reply_bool(r, n, "granted") ? FACE_GOOD
					  : FACE_PLAIN,
	    project_stands(r, n));
	if (!reply_null(r, n, "case_id"))
		snprintf(line, sizeof line, _("%.60s · %lld days, %lld charged"), reply_text(r, n, "number"),
		    (long long)reply_int(r, n, "elapsed"), (long long)reply_int(r, n, "charged"));
	else
		snprintf(line, sizeof line, "%.280s", reply_text(r, n, "department"));
	draw_text(a->y, a->x + 33, a->w - 34, plain, line);
	if (a->h < 2)
		return;
	if (reply_null(r, n, "lacks"))
		marks(n < STAGES ? p->reviews[n] : NULL, a->y + 1, a->x + 24, a->w - 25);
	else
		draw_format(
		    a->y + 1, a->x + 24, a->w - 25, FACE_DIM, _("after: %s"), reply_text(r, n, "lacks"));
}

static int two(const void *data, int i, int w)
{
	(void)data;
	(void)i;
	(void)w;
	return 2;
}

static int64_t stage_of(const void *data, int i)
{
	return reply_int(((const struct project *)data)->roll.rows, (size_t)i, "stage_no");
}

static const struct list_ops stages_list = {roll_count, stage_of, two, row};

static void ask(struct project *p, struct effects *fx)
{
	if (roll_may_ask(&p->roll))
		project_ask(fx, TAG_STAGES, p->roll.rows == NULL ? SEND_WAIT : 0, p->id, NULL);
}

/* The reviews of each stage: of its case, or those it will have. */
static void ask_reviews(struct project *p, struct effects *fx)
{
	const struct reply *r = p->roll.rows;
	for (size_t i = 0; i < r->nrows && i < STAGES; i++) {
		int tag = TAG_REVIEWS + (int)i;
		if (!reply_null(r, i, "case_id")) {
			reviewing_ask(fx, tag, 0, "case", reply_int(r, i, "case_id"), 0);
			continue;
		}
		struct bytes_out out = fx_payload();
		op_put_int2(&out, (int16_t)reply_int(r, i, "stage_no"));
		op_put_null(&out);
		fx_send(fx, "project.stage", tag, 0, &out);
	}
}

/* arg: id, the project. */
static void project_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct project *p = s->state;
	roll_init(&p->roll, &stages_list, "stage_no", p);
	p->id = arg->id;
	ask(p, fx);
}

static void project_close(struct screen *s)
{
	struct project *p = s->state;
	roll_done(&p->roll);
	for (int i = 0; i < STAGES; i++)
		reply_free(p->reviews[i]);
}

/* The stage that runs. */
static int64_t project_watch(const struct screen *s)
{
	const struct project *p = s->state;
	const struct reply *r = p->roll.rows;
	for (size_t i = 0; r != NULL && i < r->nrows; i++)
		if (!reply_null(r, i, "case_id") && !reply_bool(r, i, "granted"))
			return reply_int(r, i, "case_id");
	return 0;
}

/* A line for each review of the stage at the cursor: who, what, how it stands. */
static void detail(const struct project *p, const struct area *a)
{
	size_t at = (size_t)roll_at(&p->roll);
	const struct reply *r = at < STAGES ? p->reviews[at] : NULL;
	char said[300];
	for (size_t i = 0; r != NULL && i < r->nrows && (int)i < a->h; i++) {
		int y = a->y + (int)i;
		bool running = reply_column(r, "answer") >= 0;
		if ((int)i == a->h - 1 && r->nrows > (size_t)a->h) {
			draw_format(y, a->x, a->w, FACE_DIM,
			    running ? _("… and %d more: F6") : _("… and %d more"), (int)(r->nrows - i));
			return;
		}
		draw_text(y, a->x, 19, FACE_PLAIN, reply_text(r, i, "department"));
		draw_text(y, a->x + 20, a->w - 50, FACE_PLAIN, reply_text(r, i, "matter"));
		if (running)
			reviewing_said(r, i, said, sizeof said);
		else
			word_limit(reply_int(r, i, "limit_n"), reply_text(r, i, "unit"), said, sizeof said);
		int used =
		    draw_text(y, a->x + a->w - 29, 29, running ? reviewing_face(r, i) : FACE_DIM, said);
		if (!running && reply_bool(r, i, "conditional"))
			draw_text(y, a->x + a->w - 29 + used, 29 - used, FACE_DIM, _(" · if it applies"));
	}
}

static void project_draw(struct screen *s, const struct area *a)
{
	struct project *p = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, stages = 2 * roll_count(p);
	char line[800];
	if (roll_at(&p->roll) < 0)
		return;
	const char *code = roll_text(&p->roll, "code");
	draw_text(a->y, a->x + 1, w - 2, FACE_TITLE, roll_text(&p->roll, "name"));
	snprintf(line, sizeof line, "%.300s%s%.60s", roll_text(&p->roll, "owner"), *code == '\0' ? "" : " · ",
	    code);
	draw_text(a->y + 1, a->x + 1, w - 2, FACE_PLAIN, line);
	draw_rule(a->y + 2, a->x, a->w,
	    _("Stages · A agrees, B conditions, N disagrees, S silence, C checked, ? open"));
	if (stages > a->h / 2)
		stages = a->h / 2;
	struct area list = {a->y + 3, a->x, stages, w};
	list_draw(&p->roll.list, &list, true);
	draw_rule(list.y + list.h, a->x, a->w, roll_text(&p->roll, "stage"));
	struct area below = {list.y + list.h + 1, a->x + 1, a->h - list.h - 4, w - 2};
	detail(p, &below);
}

static void open_case(const struct project *p, const struct screen_ops *ops, struct effects *fx)
{
	struct screen_arg arg = {.id = roll_int(&p->roll, "case_id")};
	if (arg.id != 0)
		fx_push(fx, ops, &arg);
	else if (roll_is(&p->roll, "may"))
		fx_refuse(fx, "%s", _("This stage is not received yet: F2 receives it."));
	else if (roll_at(&p->roll) >= 0)
		project_refuse(p->roll.rows, (size_t)roll_at(&p->roll), fx);
}

/* The stage at the cursor when it may come now, else the first that may (PAR-6); −1: none. */
static int next_stage(const struct project *p)
{
	const struct reply *r = p->roll.rows;
	if (roll_is(&p->roll, "may"))
		return roll_at(&p->roll);
	for (size_t i = 0; r != NULL && i < r->nrows; i++)
		if (reply_bool(r, i, "may"))
			return (int)i;
	return -1;
}

static void receive(const struct project *p, struct effects *fx)
{
	struct screen_arg arg = {.number = p->id};
	int next = next_stage(p);
	if (next < 0) {
		fx_refuse(fx, "%s", _("No stage of this project may be received now."));
		return;
	}
	if (!reply_bool(p->roll.rows, (size_t)next, "mine")) {
		fx_refuse(fx, _("«%.100s» is received by another post: %.100s."),
		    reply_text(p->roll.rows, (size_t)next, "stage"),
		    reply_text(p->roll.rows, (size_t)next, "post"));
		return;
	}
	arg.id = reply_int(p->roll.rows, (size_t)next, "item_id");
	fx_push(fx, &screen_intake, &arg);
}

static bool project_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct project *p = s->state;
	switch (r) {
	case REQ_OPEN:
		open_case(p, &screen_case, fx);
		return true;
	case REQ_JOINT:
		open_case(p, &screen_joint, fx);
		return true;
	case REQ_STAGE:
		receive(p, fx);
		return true;
	case REQ_REFRESH:
		ask(p, fx);
		return false;
	case REQ_KEY:
		return list_key(&p->roll.list, k);
	default:
		return false;
	}
}

/* The stage that runs or comes next; else the last one. */
static int at_stage(const struct project *p)
{
	const struct reply *r = p->roll.rows;
	for (size_t i = 0; i < r->nrows; i++)
		if (!reply_bool(r, i, "granted"))
			return (int)i;
	return (int)r->nrows - 1;
}

static void project_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct project *p = s->state;
	if (m->kind == MESSAGE_REPLY && m->tag >= TAG_REVIEWS) {
		if (!reply_ok(m->reply))
			return;
		reply_free(p->reviews[m->tag - TAG_REVIEWS]);
		p->reviews[m->tag - TAG_REVIEWS] = reply_keep(m->reply);
		return;
	}
	if (m->kind == MESSAGE_REPLY) {
		bool first = p->roll.rows == NULL, again = roll_take(&p->roll, m->reply, false, fx);
		if (first && p->roll.rows != NULL)
			list_select(&p->roll.list, at_stage(p));
		if (p->roll.rows != NULL)
			ask_reviews(p, fx);
		if (again)
			ask(p, fx);
		return;
	}
	if (m->kind == MESSAGE_STOPPED)
		p->roll.asking = false;
	if (m->kind == MESSAGE_ONLINE || m->kind == MESSAGE_RESULT || m->kind == MESSAGE_EVENTS)
		ask(p, fx);
}

static const char *project_label(const struct screen *s, enum request r)
{
	const struct project *p = s->state;
	if (r == REQ_STAGE)
		return next_stage(p) >= 0 ? NULL : "";
	return (r == REQ_JOINT || r == REQ_OPEN) && roll_int(&p->roll, "case_id") == 0 ? "" : NULL;
}

const struct screen_ops screen_project = {
    .name = "project",
    .title = N_("A construction project"),
    .on = ON_PROJECT,
    .size = sizeof(struct project),
    .open = project_open,
    .close = project_close,
    .draw = project_draw,
    .request = project_request,
    .message = project_message,
    .label = project_label,
    .watch = project_watch,
};
