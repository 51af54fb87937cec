/*
 * The find box (CASE-12): as typed, by 4 digits of a number, ID or phone, by 2
 * characters or 3 initials of a name. A whole case number opens its case.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/caselist.h"
#include "client/screen/screen.h"
#include "client/ui/editor.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

struct search {
	struct editor line;
	struct caselist cases;
	bool asking;   /* an answer is under way */
	bool stale;    /* the text changed since it was asked */
	bool opening;  /* Enter was pressed before the answer */
	bool whole;    /* it was opened for one case, which takes its place */
	char page[24]; /* "notices": the case opens there */
};

static void ask(struct search *q, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	if (!text_findable(q->line.text)) {
		q->stale = false;
		return;
	}
	if (q->asking) {
		q->stale = true;
		return;
	}
	op_put_text(&out, q->line.text);
	op_put_null(&out);
	op_put_int4(&out, 100);
	q->asking = true;
	q->stale = false;
	fx_send(fx, "case.find", 0, 0, &out);
}

static void search_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct search *q = s->state;
	editor_init(&q->line, 120, false);
	caselist_init(&q->cases);
	if (arg == NULL || arg->text[0] == '\0')
		return;
	const char *why = editor_insert(&q->line, arg->text, strlen(arg->text));
	if (why != NULL) {
		fx_warn_editor(fx, &q->line, why);
		return;
	}
	snprintf(q->page, sizeof q->page, "%s", arg->kind);
	ask(q, fx);
	if (arg->number == 1 && !q->asking)
		fx_refuse_code(fx, "find.short", NULL);
	/* From a scan or a line: the one case it finds is opened. */
	if (arg->number == 1 && q->asking) {
		q->opening = q->whole = true;
		fx_hold(fx);
	}
}

static void search_close(struct screen *s)
{
	caselist_done(&((struct search *)s->state)->cases);
}

static void search_draw(struct screen *s, const struct area *a)
{
	struct search *q = s->state;
	int x = a->x + 1 + draw_text(a->y, a->x + 1, 20, FACE_TITLE, _("Find a case:")) + 1;
	struct area list = {a->y + 2, a->x, a->h - 2, a->w}, hint = {a->y + 3, a->x + 2, 2, a->w - 4};
	if (!text_findable(q->line.text))
		draw_wrap(&hint, 0, FACE_DIM,
		    _("4 digits of its number, of an ID or phone; 2 characters or 3 initials of a name."));
	else
		caselist_draw(&q->cases, &list, _("Nothing found."));
	draw_editor(a->y, x, a->w - x - 2, &q->line, true, FACE_FOCUS);
}

static void open_case(struct search *q, struct effects *fx)
{
	struct screen_arg arg = {.id = caselist_case(&q->cases)};
	size_t hits = q->cases.rows == NULL ? 0 : q->cases.rows->nrows;
	bool whole = q->whole;
	q->whole = false;
	snprintf(arg.kind, sizeof arg.kind, "%s", q->page);
	if (arg.id == 0)
		fx_refuse_code(fx, "find.none", NULL);
	else if (whole && hits > 1)
		fx_refuse(fx, _("%d cases fit: choose with the arrows, Enter opens."), (int)hits);
	else if (whole)
		fx_replace(fx, &screen_case, &arg);
	else
		fx_push(fx, &screen_case, &arg);
}

/* Enter: opens what is meant, once the answer to what was typed is here. */
static void enter(struct search *q, struct effects *fx)
{
	if (!text_findable(q->line.text)) {
		fx_refuse_code(fx, "find.short", NULL);
	} else if (q->asking) {
		q->opening = true;
		fx_hold(fx);
	} else {
		open_case(q, fx);
	}
}

static bool search_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct search *q = s->state;
	const char *why;
	if (r == REQ_OPEN) {
		enter(q, fx);
		return true;
	}
	if (r == REQ_FIND) {
		editor_clear(&q->line);
		return true;
	}
	if (r != REQ_KEY)
		return false;
	if (k->code != K_HOME && k->code != K_END && list_key(&q->cases.list, k))
		return true;
	switch (editor_key(&q->line, k, &why)) {
	case EDITOR_CHANGED:
		q->whole = false;
		ask(q, fx);
		return true;
	case EDITOR_REFUSED:
		fx_warn_editor(fx, &q->line, why);
		return true;
	case EDITOR_MOVED:
		return true;
	default:
		return false;
	}
}

static void answered(struct search *q, const struct reply *r, struct effects *fx)
{
	q->asking = false;
	if (q->stale) {
		ask(q, fx);
		return;
	}
	if (reply_ok(r))
		caselist_load(&q->cases, r, true);
	if (q->opening)
		fx_release(fx);
	if (!reply_ok(r) && !q->opening)
		fx_warn_reply(fx, r);
	else if (!reply_ok(r))
		fx_refuse_reply(fx, r);
	else if (q->opening)
		open_case(q, fx);
	q->opening = false;
}

static void search_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct search *q = s->state;
	if (m->kind == MESSAGE_REPLY)
		answered(q, m->reply, fx);
	else if (m->kind == MESSAGE_STOPPED)
		q->opening = q->asking = q->stale = false;
	else if (m->kind != MESSAGE_EVENTS)
		ask(q, fx);
}

const struct screen_ops screen_search = {
    .name = "search",
    .title = N_("Find a case"),
    .on = ON_SEARCH,
    .size = sizeof(struct search),
    .open = search_open,
    .close = search_close,
    .draw = search_draw,
    .request = search_request,
    .message = search_message,
};
