/*
 * The item finder (CAT-6) and first step of an intake (F2): an ID scanned here
 * is kept for the form; then the item by fragment, initials or code. What the
 * item publishes (CAT-1) stands beside or below. Drawing is in finder_draw.c.
 */
#include "client/screen/finder.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

enum { TAG_FIND, TAG_SHOW, TAG_GUIDE = FINDER_APPLICANT + 1, TAG_PAPER, TAG_MATERIALS };

static void ask(struct finder *f, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	if (f->asking) {
		f->stale = true;
		return;
	}
	op_put_text(&out, f->line.len > 0 ? f->line.text : NULL);
	op_put_id(&out, f->department_id);
	op_put_bool(&out, f->mine);
	op_put_null(&out);
	op_put_int4(&out, FINDER_ROWS);
	f->asking = true;
	f->stale = false;
	fx_send(fx, "item.find", TAG_FIND, 0, &out);
}

/* The detail pane follows the cursor, one question at a time. */
static void ask_detail(struct finder *f, struct effects *fx)
{
	int64_t id = f->list.at < 0 ? 0 : f->list.id;
	if (id == 0 || f->showing > 0 || (f->shown_id == id && f->shown != NULL))
		return;
	f->showing = 2;
	f->shown_id = id;
	f->scroll = 0;
	fx_send_id(fx, "item.show", TAG_SHOW, 0, id);
	fx_send_id(fx, "item.materials", TAG_MATERIALS, 0, id);
}

/* From the menu's line: identity number, tab, item. The one item it can be is begun at once. */
static void open_line(struct finder *f, const char *text, struct effects *fx)
{
	const char *item = strchr(text, '\t');
	char id[64];
	snprintf(id, sizeof id, "%.*s", item == NULL ? 0 : (int)(item - text), text);
	if (id[0] != '\0') {
		editor_set(&f->line, id);
		(void)finder_take_ident(f, fx);
	}
	if (item == NULL || item[1] == '\0') {
		ask(f, fx);
		return;
	}
	editor_set(&f->line, item + 1);
	ask(f, fx);
	f->pending = REQ_NEW;
	fx_hold(fx);
}

static void finder_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct finder *f = s->state;
	editor_init(&f->line, 120, false);
	list_init(&f->list, &finder_list, f);
	if (arg != NULL && strcmp(arg->kind, "line") == 0) {
		open_line(f, arg->text, fx);
		return;
	}
	if (arg != NULL)
		finder_begin(f, arg);
	if (arg != NULL && arg->other == 0 && arg->text[0] != '\0') {
		editor_set(&f->line, arg->text);
		if (!finder_take_ident(f, fx))
			editor_clear(&f->line);
	}
	ask(f, fx);
}

static void finder_close(struct screen *s)
{
	struct finder *f = s->state;
	reply_free(f->items);
	reply_free(f->shown);
	reply_free(f->materials);
}

/* What is shown is of the item at the cursor, not still of the one before. */
static bool shows_item(const struct finder *f)
{
	return f->shown != NULL && reply_int(f->shown, 0, "item_id") == f->list.id;
}

/* NEG-4: the wrong window is never the end, the right one is named. */
static void refuse_foreign(const struct screen *s, size_t row, struct effects *fx)
{
	const struct finder *f = s->state;
	/* At its own window the reason is that somebody else holds the post today. */
	if (s->desk->away[0] != '\0' && shows_item(f) &&
	    reply_int(f->shown, 0, "window_no") == s->desk->window_no) {
		fx_refuse(fx, _("You hold no post now (%s)."), s->desk->away);
		return;
	}
	if (shows_item(f) && reply_int(f->shown, 0, "window_no") > 0)
		fx_refuse(fx, _("This item is received at window %lld: %s, %s."),
		    (long long)reply_int(f->shown, 0, "window_no"), reply_text(f->shown, 0, "department"),
		    reply_text(f->shown, 0, "post"));
	else
		fx_refuse(fx, _("No post held at this window receives this item: it is %s's."),
		    reply_text(f->items, row, "department"));
}

static void start(const struct screen *s, struct effects *fx)
{
	struct finder *f = s->state;
	if (f->list.at < 0) {
		fx_refuse_code(fx, "find.none", NULL);
		return;
	}
	size_t row = (size_t)f->list.at;
	if (!reply_bool(f->items, row, "guide")) {
		fx_refuse_code(fx, "item.no_guide", reply_text(f->items, row, "name"));
		return;
	}
	if (!reply_bool(f->items, row, "mine")) {
		refuse_foreign(s, row, fx);
		return;
	}
	struct screen_arg arg = {.id = f->list.id, .other = f->with_case, .hand = f->hand};
	snprintf(arg.kind, sizeof arg.kind, "%s", f->id_kind);
	snprintf(arg.text, sizeof arg.text, "%s", f->id_no);
	fx_replace(fx, &screen_intake, &arg);
}

/* Begins the one item here that the window can receive; where several fit, the eye decides. */
static void start_only(const struct screen *s, struct effects *fx)
{
	struct finder *f = s->state;
	int fit = 0, first = 0;
	for (size_t i = f->items->nrows; i-- > 0;)
		if (reply_bool(f->items, i, "mine") && reply_bool(f->items, i, "guide")) {
			first = (int)i;
			fit++;
		}
	list_select(&f->list, first);
	if (fit > 1) {
		ask_detail(f, fx);
		fx_refuse(fx, _("%d items fit: choose with the arrows, Enter opens."), fit);
	} else {
		start(s, fx);
	}
}

static void print_guide(struct finder *f, struct effects *fx)
{
	if (f->list.at < 0)
		fx_refuse_code(fx, "find.none", NULL);
	else if (!reply_bool(f->items, (size_t)f->list.at, "guide"))
		fx_refuse_code(fx, "item.no_guide", reply_text(f->items, (size_t)f->list.at, "name"));
	else
		fx_send_id(fx, "item.guide", TAG_GUIDE, SEND_WAIT, f->list.id);
}

/* What is asked of the item at the cursor, once the answer to what was typed is here. */
static void act(const struct screen *s, enum request r, struct effects *fx)
{
	struct finder *f = s->state;
	if (f->asking || f->items == NULL) {
		if (f->pending == REQ_KEY)
			fx_hold(fx);
		f->pending = r;
	} else if (r == REQ_PRINT) {
		print_guide(f, fx);
	} else if (r == REQ_NEW) {
		start_only(s, fx);
	} else {
		start(s, fx);
	}
}

static bool typed(struct finder *f, const struct key *k, struct effects *fx)
{
	const char *why;
	switch (editor_key(&f->line, k, &why)) {
	case EDITOR_CHANGED:
		ask(f, fx);
		return true;
	case EDITOR_REFUSED:
		fx_warn_editor(fx, &f->line, why);
		return true;
	case EDITOR_MOVED:
		return true;
	default:
		return false;
	}
}

static bool finder_key(struct finder *f, const struct key *k, struct effects *fx)
{
	if (k->code == K_TAB || k->code == K_BACKTAB) {
		f->reading = !f->reading;
		return true;
	}
	bool page = k->code == K_PGUP || k->code == K_PGDN;
	if (page || (f->reading && (k->code == K_UP || k->code == K_DOWN))) {
		int step = page && f->pane > 2 ? f->pane - 1 : 1;
		f->scroll += k->code == K_UP || k->code == K_PGUP ? -step : step;
		if (f->scroll < 0)
			f->scroll = 0;
		return true;
	}
	if (k->code != K_HOME && k->code != K_END && list_key(&f->list, k)) {
		ask_detail(f, fx);
		return true;
	}
	f->reading = false;
	return typed(f, k, fx);
}

static bool finder_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct finder *f = s->state;
	switch (r) {
	case REQ_OPEN:
		if (finder_take_ident(f, fx))
			ask(f, fx);
		else if (!finder_take_number(f, fx))
			act(s, r, fx);
		return true;
	case REQ_DEPARTMENT:
		fx_push(fx, &screen_departments, NULL);
		return true;
	case REQ_MINE:
		f->mine = !f->mine;
		ask(f, fx);
		return true;
	case REQ_PRINT:
		act(s, r, fx);
		return true;
	case REQ_NEW:
		editor_clear(&f->line);
		f->id_no[0] = f->id_kind[0] = f->applicant[0] = '\0';
		f->with_case = 0;
		f->hand = false;
		ask(f, fx);
		return true;
	case REQ_BY_HAND:
		f->hand = !f->hand;
		return true;
	case REQ_KEY:
		return finder_key(f, k, fx);
	default:
		return false;
	}
}

static void found(const struct screen *s, const struct reply *r, struct effects *fx)
{
	struct finder *f = s->state;
	f->asking = false;
	if (f->stale) {
		ask(f, fx);
		return;
	}
	if (reply_ok(r)) {
		reply_free(f->items);
		f->items = reply_keep(r);
		list_reset(&f->list);
		ask_detail(f, fx);
	}
	enum request pending = f->pending;
	f->pending = REQ_KEY;
	if (pending != REQ_KEY)
		fx_release(fx);
	if (!reply_ok(r) && pending == REQ_KEY)
		fx_warn_reply(fx, r);
	else if (!reply_ok(r))
		fx_refuse_reply(fx, r);
	else if (pending != REQ_KEY)
		act(s, pending, fx);
}

static void guide(struct finder *f, const struct reply *r, struct effects *fx)
{
	struct paper_order order = {.spool = true, .kind = "guide"};
	if (!reply_ok(r)) {
		fx_refuse_reply(fx, r);
		return;
	}
	if (f->list.at >= 0) {
		snprintf(order.number, sizeof order.number, "%s",
		    reply_text(f->items, (size_t)f->list.at, "code"));
		snprintf(order.title, sizeof order.title, "%s", "办事指南");
	}
	order.blocks = reply_keep(r);
	fx_hold(fx);
	fx_paper(fx, TAG_PAPER, &order);
}

/* One of the two answers about an item; after both the cursor may be elsewhere. */
static void detailed(struct finder *f, struct effects *fx)
{
	if (f->showing > 0)
		f->showing--;
	if (f->showing == 0 && f->list.at >= 0 && f->list.id != f->shown_id)
		ask_detail(f, fx);
}

static void replied(const struct screen *s, const struct message *m, struct effects *fx)
{
	struct finder *f = s->state;
	switch (m->tag) {
	case TAG_FIND:
		found(s, m->reply, fx);
		return;
	case TAG_SHOW:
		reply_free(f->shown);
		f->shown = reply_keep(m->reply);
		detailed(f, fx);
		return;
	case TAG_MATERIALS:
		reply_free(f->materials);
		f->materials = reply_keep(m->reply);
		detailed(f, fx);
		return;
	case FINDER_APPLICANT:
		finder_recalled(f, m->reply);
		return;
	case TAG_GUIDE:
		guide(f, m->reply, fx);
		return;
	default:
		return;
	}
}

static void finder_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct finder *f = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		replied(s, m, fx);
		return;
	case MESSAGE_PAPER:
		fx_release(fx);
		if (m->paper->going)
			fx_say(fx, FACE_PLAIN, _("The guide is at printer %s."), m->paper->printer);
		else if (m->paper->ok)
			fx_say(fx, FACE_GOOD, _("The guide was printed: %s"),
			    m->paper->path[0] != '\0' ? m->paper->path : m->paper->printer);
		else
			fx_refuse(fx, "%s", m->paper->sentence);
		return;
	case MESSAGE_RESULT:
		if (m->arg != NULL && strcmp(m->arg->kind, "known") == 0) {
			if (finder_known(f, m->arg, fx))
				ask(f, fx);
		} else if (m->arg != NULL && strcmp(m->arg->kind, "department") == 0) {
			f->department_id = m->arg->id;
			snprintf(f->department, sizeof f->department, "%.*s",
			    (int)text_cut(m->arg->text, strlen(m->arg->text), sizeof f->department - 1),
			    m->arg->text);
			ask(f, fx);
		}
		return;
	case MESSAGE_STOPPED:
		f->asking = f->stale = false;
		f->pending = REQ_KEY;
		f->showing = 0;
		return;
	case MESSAGE_ONLINE:
		ask(f, fx);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_finder = {
    .name = "finder",
    .title = N_("Find an item"),
    .on = ON_FINDER,
    .size = sizeof(struct finder),
    .open = finder_open,
    .close = finder_close,
    .draw = finder_draw,
    .request = finder_request,
    .message = finder_message,
};
