/*
 * The proof of a case's clocks (CLK-3): every date from the start of a limit to
 * its end, which of its days it is or why it is none, by which calendar. Tab goes
 * from clock to clock; F8 prints the one shown.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/light.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"

enum { TAG_DUE = 1, TAG_BLOCKS, TAG_PAPER };

/* What case.due calls them, in the order of the pages. */
static const struct {
	const char *clock, *name;
} clocks[] = {
    {"total", N_("Promise")}, {"statutory", N_("By law")}, {"step", N_("Step")}, {"term", N_("Term")}};
enum { CLOCKS = sizeof clocks / sizeof *clocks };

struct proof {
	int64_t case_id;
	char number[64];
	struct reply *rows;
	struct list list;
	int clock;
	bool asking, again;
	bool printing;
	bool fresh; /* another clock was asked for: keys wait for its lines */
};

static int rows_count(const void *data)
{
	const struct proof *v = data;
	return v->rows == NULL ? 0 : (int)v->rows->nrows;
}

/* A day has one line, but for the end that a change of the calendar left where it was. */
static int64_t rows_id(const void *data, int row)
{
	const struct reply *r = ((const struct proof *)data)->rows;
	bool kept = strcmp(reply_text(r, (size_t)row, "part"), "kept") == 0;
	return reply_int(r, (size_t)row, "day") * 2 + kept;
}

enum { DATE_W = 12, COUNT_W = 10, VERSION_W = 10 };

static void reason(const struct reply *r, size_t i, char *buf, size_t size)
{
	int64_t minutes = reply_int(r, i, "minutes");
	if (minutes > 0)
		snprintf(buf, size, _("%s, %lld h %lld min counted"), reply_text(r, i, "reason"),
		    (long long)(minutes / 60), (long long)(minutes % 60));
	else
		snprintf(buf, size, "%s", reply_text(r, i, "reason"));
}

static int rows_height(const void *data, int row, int width)
{
	char why[600];
	reason(((const struct proof *)data)->rows, (size_t)row, why, sizeof why);
	return draw_wrap_rows(width - DATE_W - COUNT_W - VERSION_W - 2, why);
}

static void counted(const struct reply *r, size_t i, char *buf, size_t size)
{
	if (!reply_null(r, i, "n"))
		snprintf(buf, size, _("day %lld"), (long long)reply_int(r, i, "n"));
	else
		snprintf(buf, size, "%s", reply_bool(r, i, "counted") ? _("the end") : _("skipped"));
}

static void rows_draw(const void *data, int row, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct proof *)data)->rows;
	size_t i = (size_t)row;
	char said[64], why[600];
	bool count = reply_bool(r, i, "counted");
	enum face face = selected ? FACE_SELECT : count ? FACE_PLAIN : FACE_DIM;
	if (selected)
		for (int y = 0; y < a->h; y++)
			draw_fill(a->y + y, a->x, a->w, FACE_SELECT);
	draw_text(
	    a->y, a->x + 1, DATE_W - 1, face, word_date((int32_t)reply_int(r, i, "day"), said, sizeof said));
	counted(r, i, said, sizeof said);
	draw_text(a->y, a->x + 1 + DATE_W, COUNT_W - 1, selected || !count ? face : FACE_BOLD, said);
	reason(r, i, why, sizeof why);
	struct area text = {a->y, a->x + 1 + DATE_W + COUNT_W, a->h, a->w - DATE_W - COUNT_W - VERSION_W - 2};
	draw_wrap(&text, 0, face, why);
	if (reply_null(r, i, "calendar_version"))
		snprintf(said, sizeof said, "%s", _("provisional"));
	else
		snprintf(said, sizeof said, "%lld", (long long)reply_int(r, i, "calendar_version"));
	draw_right(a->y, a->x + a->w - VERSION_W - 1, VERSION_W,
	    reply_bool(r, i, "provisional") ? FACE_WARN : face, said);
	if (selected)
		draw_caret(a->y, a->x + 1);
}

static const struct list_ops ops = {rows_count, rows_id, rows_height, rows_draw};

static struct bytes_out about(const struct proof *v)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, v->case_id);
	op_put_text(&out, clocks[v->clock].clock);
	return out;
}

static void ask(struct proof *v, struct effects *fx)
{
	v->again = v->asking;
	if (v->asking)
		return;
	struct bytes_out out = about(v);
	v->asking = true;
	fx_send(fx, "case.due", TAG_DUE, 0, &out);
}

/* Another clock; what stood there goes at once, for its lines would be read as the new one's. */
static void turn(struct proof *v, int step, struct effects *fx)
{
	v->clock = (v->clock + CLOCKS + step) % CLOCKS;
	reply_free(v->rows);
	v->rows = NULL;
	list_reset(&v->list);
	if (!v->fresh)
		fx_hold(fx);
	v->fresh = true;
	ask(v, fx);
}

static void proof_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct proof *v = s->state;
	v->case_id = arg->id;
	v->clock = arg->number > 0 && arg->number < CLOCKS ? (int)arg->number : 0;
	snprintf(v->number, sizeof v->number, "%.*s", (int)sizeof v->number - 1, arg->text);
	list_init(&v->list, &ops, v);
	turn(v, 0, fx);
}

static void proof_close(struct screen *s)
{
	reply_free(((struct proof *)s->state)->rows);
}

static int64_t proof_watch(const struct screen *s)
{
	return ((const struct proof *)s->state)->case_id;
}

static void tabs(const struct proof *v, int y, const struct area *a)
{
	int x = a->x + 1;
	draw_rule(y, a->x, a->w, NULL);
	for (int i = 0; i < CLOCKS; i++)
		x = draw_tab(y, x, a->x + a->w - 1, _(clocks[i].name), i == v->clock);
}

/* What all the lines come to. */
static void outcome(const struct reply *r, const struct area *a)
{
	const char *light = reply_text(r, 0, "light");
	char when[32], left[64] = "";
	if (!reply_null(r, 0, "days_left"))
		light_left(light, reply_int(r, 0, "days_left"), left, sizeof left);
	int x = a->x + 1;
	if (reply_null(r, 0, "due_at"))
		x += draw_text(a->y, x, a->w - 2, FACE_BOLD, _("It stands still: no end yet"));
	else
		x += draw_format(a->y, x, a->w - 2, FACE_BOLD, _("Ends %s"),
		    word_moment(reply_int(r, 0, "due_at"), when, sizeof when));
	bool provisional = false;
	for (size_t i = 0; i < r->nrows; i++)
		provisional = provisional || reply_bool(r, i, "provisional");
	if (provisional)
		x += draw_text(a->y, x, a->x + a->w - x - 1, FACE_WARN, _(" (provisional)"));
	if (*left != '\0') {
		x += draw_text(a->y, x, a->x + a->w - x - 1, FACE_PLAIN, " · ");
		draw_text(a->y, x, a->x + a->w - x - 1, light_face(light), left);
	}
}

static void proof_draw(struct screen *s, const struct area *a)
{
	struct proof *v = s->state;
	draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE, _("Proof of the limits · %s"), v->number);
	tabs(v, a->y + 1, a);
	if (v->rows == NULL || v->fresh)
		return;
	struct area line = {a->y + 2, a->x, 1, a->w}, list = {a->y + 4, a->x, a->h - 4, a->w};
	if (v->rows->nrows == 0) {
		draw_text(line.y + 1, a->x + 2, a->w - 4, FACE_DIM, _("No such limit runs for this case."));
		return;
	}
	outcome(v->rows, &line);
	draw_text(a->y + 3, a->x + 1, DATE_W - 1, FACE_DIM, _("Date"));
	draw_text(a->y + 3, a->x + 1 + DATE_W, COUNT_W - 1, FACE_DIM, _("Counts as"));
	draw_text(a->y + 3, a->x + 1 + DATE_W + COUNT_W, 30, FACE_DIM, _("Why"));
	draw_right(a->y + 3, a->x + a->w - VERSION_W - 1, VERSION_W, FACE_DIM, _("Calendar"));
	list_draw(&v->list, &list, true);
}

static bool proof_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct proof *v = s->state;
	if (r == REQ_PANE || (r == REQ_KEY && k->code == K_RIGHT)) {
		turn(v, 1, fx);
	} else if (r == REQ_KEY && (k->code == K_LEFT || k->code == K_BACKTAB)) {
		turn(v, -1, fx);
	} else if (r == REQ_PRINT) {
		struct bytes_out out = about(v);
		fx_send(fx, "case.due_paper", TAG_BLOCKS, SEND_WAIT, &out);
	} else if (r == REQ_REFRESH) {
		ask(v, fx);
		return false;
	} else {
		return r == REQ_KEY && list_key(&v->list, k);
	}
	return true;
}

static void print(struct proof *v, const struct reply *r, struct effects *fx)
{
	struct paper_order order = {.spool = true, .kind = "guide"};
	if (!reply_ok(r)) {
		fx_refuse_reply(fx, r);
		return;
	}
	snprintf(order.title, sizeof order.title, "%s", "期限计算明细");
	snprintf(order.number, sizeof order.number, "%s", v->number);
	order.blocks = reply_keep(r);
	v->printing = true;
	fx_hold(fx);
	fx_paper(fx, TAG_PAPER, &order);
}

static void replied(struct proof *v, const struct reply *r, struct effects *fx)
{
	bool fresh = v->fresh && !v->again;
	v->asking = false;
	if (!reply_ok(r)) {
		fx_warn_reply(fx, r);
	} else if (!v->again) {
		reply_free(v->rows);
		v->rows = reply_keep(r);
		if (fresh)
			list_reset(&v->list);
		else
			list_sync(&v->list);
	}
	if (fresh) {
		v->fresh = false;
		fx_release(fx);
	}
	if (v->again)
		ask(v, fx);
}

static void printed(struct proof *v, const struct paper_result *p, struct effects *fx)
{
	if (v->printing)
		fx_release(fx);
	v->printing = false;
	if (p->going)
		fx_say(fx, FACE_PLAIN, _("The proof is at printer %s."), p->printer);
	else if (p->ok)
		fx_say(
		    fx, FACE_GOOD, _("The proof was printed: %s"), p->path[0] != '\0' ? p->path : p->printer);
	else
		fx_refuse(fx, "%s", p->sentence);
}

static void proof_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct proof *v = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		if (m->tag == TAG_BLOCKS)
			print(v, m->reply, fx);
		else
			replied(v, m->reply, fx);
		return;
	case MESSAGE_PAPER:
		printed(v, m->paper, fx);
		return;
	case MESSAGE_EVENTS:
		if (reply_names(m->reply, "case_id", v->case_id))
			ask(v, fx);
		return;
	case MESSAGE_STOPPED:
		v->asking = v->fresh = v->printing = false;
		return;
	default:
		ask(v, fx);
		return;
	}
}

const struct screen_ops screen_proof = {
    .name = "proof",
    .title = N_("Proof of the limits"),
    .on = ON_PROOF,
    .size = sizeof(struct proof),
    .open = proof_open,
    .close = proof_close,
    .draw = proof_draw,
    .request = proof_request,
    .message = proof_message,
    .watch = proof_watch,
};
