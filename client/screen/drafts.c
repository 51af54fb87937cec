/*
 * Drafts: forms left unfinished, one's own and those of the posts held now.
 * Enter goes on with one at the caret where it was left, Delete drops it after
 * a question, Esc leaves them all for later. Opened after login when there are
 * any, and from the palette.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/dialog.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"

enum { TAG_LIST = 1, TAG_TAKE, TAG_DROP };
enum { CONFIRM_DROP = 1, WIDEST = 110, SIDE = 34 };

struct drafts_view {
	struct reply *rows;
	struct list list;
	bool offered;              /* by the program, not asked for */
	uint8_t key[OP_DRAFT_KEY]; /* of the one being taken or dropped */
};

static int rows_count(const void *data)
{
	const struct drafts_view *v = data;
	return v->rows == NULL ? 0 : (int)v->rows->nrows;
}

static const uint8_t *key_at(const struct drafts_view *v, int row)
{
	size_t len;
	const uint8_t *p = reply_bytes(v->rows, (size_t)row, "draft", &len);
	return len == OP_DRAFT_KEY ? p : NULL;
}

/* Keys are random: some bytes of one are as good as all. */
static int64_t row_id(const void *data, int row)
{
	int64_t id = 0;
	const uint8_t *p = key_at(data, row);
	if (p != NULL)
		memcpy(&id, p, sizeof id);
	return id;
}

static int row_height(const void *data, int row, int width)
{
	(void)data;
	(void)row;
	(void)width;
	return 2;
}

/* 收件 · 钱多多 … 3号窗 张三 09:41, and the item below it. */
static void row_draw(const void *data, int row, const struct area *a, bool selected)
{
	const struct drafts_view *v = data;
	const struct reply *r = v->rows;
	size_t i = (size_t)row;
	char what[400], where[200], when[32];
	word_moment(reply_int(r, i, "saved_at"), when, sizeof when);
	snprintf(what, sizeof what, "%s · %.255s", screen_title(reply_text(r, i, "screen")),
	    reply_text(r, i, "title"));
	snprintf(where, sizeof where, _("window %d %.60s %.16s"), (int)reply_int(r, i, "window_no"),
	    reply_bool(r, i, "mine") ? "" : reply_text(r, i, "person"), when);
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, a->x + 1, a->w - SIDE - 2, selected ? FACE_SELECT : FACE_PLAIN, what);
	draw_right(a->y, a->x + a->w - SIDE, SIDE - 1, selected ? FACE_SELECT : FACE_DIM, where);
	if (selected)
		draw_caret(a->y, a->x + 1);
	if (a->h < 2)
		return;
	int x = a->x + 3;
	if (!reply_null(r, i, "number"))
		x += draw_format(a->y + 1, x, a->w - 5, FACE_DIM, "%s %s  ", reply_text(r, i, "number"),
		    word_state(reply_text(r, i, "state")));
	draw_text(a->y + 1, x, a->x + a->w - x - 1, FACE_DIM, reply_text(r, i, "item"));
}

static const struct list_ops drafts_list = {rows_count, row_id, row_height, row_draw};

static void ask(struct effects *fx)
{
	fx_send(fx, "draft.list", TAG_LIST, SEND_WAIT, NULL);
}

/* arg: number 1: offered after login. */
static void drafts_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct drafts_view *v = s->state;
	v->offered = arg != NULL && arg->number == 1;
	list_init(&v->list, &drafts_list, v);
	ask(fx);
}

static void drafts_close(struct screen *s)
{
	reply_free(((struct drafts_view *)s->state)->rows);
}

static void drafts_draw(struct screen *s, const struct area *a)
{
	struct drafts_view *v = s->state;
	int n = rows_count(v), w = a->w - 8 > WIDEST ? WIDEST : a->w - 8;
	struct area in = dialog_box(a, n == 0 ? 3 : 2 * n + 2, w, _("Drafts: typed and not finished"));
	struct area rows = {in.y, in.x, in.h - 2, in.w};
	if (v->rows != NULL && n == 0)
		draw_text(in.y, in.x + 1, in.w - 2, FACE_DIM, _("There are no drafts."));
	list_draw(&v->list, &rows, true);
	if (n > 0)
		draw_text(in.y + in.h - 1, in.x, in.w, FACE_DIM,
		    _("Enter: go on with it    Delete: drop it    Esc: later, they stay"));
}

static bool open_here(const struct desk *d, const uint8_t *key)
{
	for (int i = 0; i < d->ndrafts; i++)
		if (memcmp(d->drafts[i], key, OP_DRAFT_KEY) == 0)
			return true;
	return false;
}

static void send_key(struct drafts_view *v, const char *op, int tag, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	op_put_bytes(&out, v->key, sizeof v->key);
	fx_send(fx, op, tag, SEND_WAIT, &out);
}

static void go_on(const struct screen *s, struct effects *fx)
{
	struct drafts_view *v = s->state;
	const uint8_t *key = v->list.at < 0 ? NULL : key_at(v, v->list.at);
	if (key == NULL) {
		fx_refuse_code(fx, "find.none", NULL);
	} else if (open_here(s->desk, key)) {
		fx_refuse(fx, "%s", _("This form is open here: Esc goes back to it."));
	} else {
		memcpy(v->key, key, sizeof v->key);
		send_key(v, "draft.take", TAG_TAKE, fx);
	}
}

static void drop(const struct screen *s, struct effects *fx)
{
	struct drafts_view *v = s->state;
	struct screen_arg arg = {.number = CONFIRM_DROP};
	const uint8_t *key = v->list.at < 0 ? NULL : key_at(v, v->list.at);
	if (key == NULL) {
		fx_refuse_code(fx, "find.none", NULL);
		return;
	}
	if (open_here(s->desk, key)) {
		fx_refuse(fx, "%s", _("This form is open here: Esc goes back to it."));
		return;
	}
	memcpy(v->key, key, sizeof v->key);
	snprintf(arg.text, sizeof arg.text, _("Throw this draft away? It cannot be had back: %.255s"),
	    reply_text(v->rows, (size_t)v->list.at, "title"));
	fx_push(fx, &screen_confirm, &arg);
}

static bool drafts_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct drafts_view *v = s->state;
	switch (r) {
	case REQ_BACK:
		fx_pop(fx, NULL);
		if (rows_count(v) > 0)
			fx_say(fx, FACE_PLAIN, "%s", _("The drafts stay: F9, Drafts, goes on with them."));
		return true;
	case REQ_OPEN:
		go_on(s, fx);
		return true;
	case REQ_DROP:
		drop(s, fx);
		return true;
	case REQ_KEY:
		return list_key(&v->list, k);
	default:
		return false;
	}
}

static void listed(struct drafts_view *v, const struct reply *r, struct effects *fx)
{
	reply_free(v->rows);
	v->rows = reply_keep(r);
	list_sync(&v->list);
	if (v->offered && r->nrows > 0)
		/* Keys typed ahead were meant for the queue; what became of a write of an earlier run
		 * still stands in the status line. */
		fx_refuse(fx, "%s", "");
	v->offered = false;
}

static void drafts_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct drafts_view *v = s->state;
	if (m->kind == MESSAGE_RESULT && m->arg != NULL && m->arg->number == CONFIRM_DROP) {
		send_key(v, "draft.drop", TAG_DROP, fx);
	} else if (m->kind != MESSAGE_REPLY) {
		return;
	} else if (!reply_ok(m->reply)) {
		fx_refuse_reply(fx, m->reply);
		if (m->tag != TAG_LIST)
			ask(fx);
	} else if (m->tag == TAG_LIST) {
		listed(v, m->reply, fx);
	} else if (m->tag == TAG_DROP) {
		fx_say(fx, FACE_WARN, "%s", _("The draft was dropped."));
		ask(fx);
	} else {
		fx_reopen(fx, m->reply, v->key);
	}
}

const struct screen_ops screen_drafts = {
    .name = "drafts",
    .title = N_("Drafts: typed and not finished"),
    .on = ON_DRAFTS,
    .size = sizeof(struct drafts_view),
    .dialog = true,
    .open = drafts_open,
    .close = drafts_close,
    .draw = drafts_draw,
    .request = drafts_request,
    .message = drafts_message,
};
