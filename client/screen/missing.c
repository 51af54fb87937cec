/*
 * What exactly is missing, line by line with the material (PAR-2, PAR-4): in the
 * check it goes into the lead's one notice, during the review it is a correction
 * wanted. Every material is a row to be typed on; below them stands what belongs
 * to none.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/editor.h"
#include "client/ui/keep.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "client/ui/undo.h"
#include "common/op.h"
#include "common/text.h"

enum { TAG_MATERIALS = 1, TAG_WRITE };
enum { OTHERS = 8, NEEDS_MAX = 200 + OTHERS, NEED_CHARS = 200, NEED_BYTES = NEED_CHARS * 4 + 1 };

struct need {
	int16_t material; /* 0: something else */
	char name[400];
	char text[NEED_BYTES];
};

struct missing {
	int64_t case_id;
	int16_t seq;
	bool check, done; /* check: else a correction wanted; done: the hall has it */
	bool touched;
	char about[1600];
	struct need rows[NEEDS_MAX];
	int n;
	struct list list;
	struct editor line;          /* of the row at the cursor */
	struct need kept[NEEDS_MAX]; /* of a draft, until the materials are here */
	int nkept;
	int64_t kept_at;
};

static int missing_count(const void *data)
{
	return ((const struct missing *)data)->n;
}

static int64_t missing_id(const void *data, int row)
{
	(void)data;
	return row + 1;
}

static int missing_height(const void *data, int row, int width)
{
	const struct missing *v = data;
	(void)width;
	return v->rows[row].text[0] != '\0' || row == v->list.at ? 2 : 1;
}

static void missing_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct missing *v = data;
	const struct need *n = &v->rows[row];
	char name[440];
	if (n->material > 0)
		snprintf(name, sizeof name, "%d. %s", n->material, n->name);
	else
		snprintf(name, sizeof name, "%s", _("something else"));
	draw_text(a->y, a->x + 1, a->w - 2, n->text[0] != '\0' ? FACE_WARN : FACE_PLAIN, name);
	if (selected && a->h > 1)
		draw_editor(a->y + 1, a->x + 5, a->w - 7, (struct editor *)&v->line, true, FACE_FOCUS);
	else if (a->h > 1)
		draw_text(a->y + 1, a->x + 5, a->w - 7, FACE_BOLD, n->text);
}

static const struct list_ops missing_list = {missing_count, missing_id, missing_height, missing_row};

static void add(struct missing *v, int16_t material, const char *name)
{
	if (v->n == NEEDS_MAX)
		return;
	struct need *n = &v->rows[v->n++];
	n->material = material;
	snprintf(n->name, sizeof n->name, "%.399s", name);
	n->text[0] = '\0';
}

/* The row's text and the editor's are one while the cursor stands on it. */
static void put_line(struct missing *v)
{
	if (v->list.at >= 0)
		snprintf(v->rows[v->list.at].text, NEED_BYTES, "%.800s", v->line.text);
}

static void take_line(struct missing *v)
{
	editor_set(&v->line, v->list.at < 0 ? "" : v->rows[v->list.at].text);
}

static void ask(struct missing *v, struct effects *fx)
{
	fx_send_id(fx, "case.materials", TAG_MATERIALS, SEND_WAIT, v->case_id);
}

/* arg: id, the case; number, the review; kind, check or want; text, about it. A draft tells all but the case
 * later. */
static void missing_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct missing *v = s->state;
	v->case_id = arg->id;
	v->seq = (int16_t)arg->number;
	v->check = strcmp(arg->kind, "check") == 0;
	snprintf(v->about, sizeof v->about, "%.1500s", arg->text);
	editor_init(&v->line, NEED_CHARS, false);
	list_init(&v->list, &missing_list, v);
	ask(v, fx);
}

static bool missing_dirty(const struct screen *s)
{
	const struct missing *v = s->state;
	return (v->touched || v->nkept > 0) && !v->done;
}

static int64_t missing_watch(const struct screen *s)
{
	return ((const struct missing *)s->state)->case_id;
}

static int typed(const struct missing *v)
{
	int n = 0;
	for (int i = 0; i < v->n; i++)
		n += !text_blank(v->rows[i].text, strlen(v->rows[i].text));
	return n;
}

static void missing_draw(struct screen *s, const struct area *a)
{
	struct missing *v = s->state;
	int lines = typed(v);
	draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE,
	    v->check ? _("What is missing · %d") : _("Correction wanted · %d"), lines);
	struct area about = {a->y + 1, a->x + 1, 3, a->w - 2};
	int used = draw_wrap(&about, 0, FACE_DIM, v->about);
	used = used > 3 ? 3 : used;
	draw_rule(a->y + 1 + used, a->x, a->w, _("say on each material exactly what to do"));
	struct area list = {a->y + 2 + used, a->x, a->h - 3 - used, a->w};
	list_draw(&v->list, &list, true);
	draw_text(a->y + a->h - 1, a->x + 1, a->w - 2, FACE_DIM,
	    v->check ? _("F10: it goes into the lead's one notice    Esc: back")
		     : _("F10: the lead sends or rejects it    Esc: back"));
}

static void put_lines(const struct missing *v, struct bytes_out *out)
{
	size_t begun = op_array_begin(out);
	for (int i = 0; i < v->n; i++)
		if (!text_blank(v->rows[i].text, strlen(v->rows[i].text)))
			op_put_text(out, v->rows[i].text);
	op_array_end(out, begun, (uint32_t)typed(v));
	begun = op_array_begin(out);
	for (int i = 0; i < v->n; i++) {
		if (text_blank(v->rows[i].text, strlen(v->rows[i].text)))
			continue;
		if (v->rows[i].material > 0)
			op_put_int2(out, v->rows[i].material);
		else
			op_put_null(out);
	}
	op_array_end(out, begun, (uint32_t)typed(v));
}

static void commit(struct missing *v, struct effects *fx)
{
	put_line(v);
	if (typed(v) == 0) {
		fx_refuse_code(fx, "check.needs", NULL);
		return;
	}
	struct bytes_out out = fx_payload();
	op_put_int8(&out, v->case_id);
	op_put_int2(&out, v->seq);
	if (v->check)
		op_put_text(&out, "missing");
	put_lines(v, &out);
	fx_send(fx, v->check ? "review.check" : "review.want", TAG_WRITE, SEND_WAIT, &out);
}

/* One row more for what belongs to no material, while there is room. */
static void grow(struct missing *v)
{
	if (v->n > 0 && v->rows[v->n - 1].text[0] != '\0' && v->rows[v->n - 1].material == 0)
		add(v, 0, "");
}

static bool move(struct missing *v, const struct key *k)
{
	struct key down = {.code = K_DOWN};
	put_line(v);
	grow(v);
	bool moved = list_key(&v->list, k->code == K_ENTER || k->code == K_TAB ? &down : k);
	take_line(v);
	return moved;
}

static bool missing_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct missing *v = s->state;
	const char *why;
	if (r == REQ_BACK) {
		if (missing_dirty(s))
			fx_leave(fx, "");
		else
			fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_COMMIT) {
		commit(v, fx);
		return true;
	}
	if (r != REQ_KEY || v->list.at < 0)
		return false;
	undo_keep(&v->line, sizeof v->line);
	undo_keep(v->rows, sizeof v->rows);
	undo_keep(&v->touched, sizeof v->touched);
	if (k->code == K_UP || k->code == K_DOWN || k->code == K_ENTER || k->code == K_TAB ||
	    k->code == K_PGUP || k->code == K_PGDN)
		return move(v, k);
	enum editor_result how = editor_key(&v->line, k, &why);
	if (how == EDITOR_REFUSED)
		fx_warn_editor(fx, &v->line, why);
	if (how == EDITOR_CHANGED)
		v->touched = true;
	put_line(v);
	return how != EDITOR_UNUSED;
}

/* What a draft holds stands on its materials again. */
static void take_kept(struct missing *v)
{
	for (int i = 0; i < v->nkept; i++) {
		int at = 0;
		while (
		    at < v->n && (v->rows[at].material != v->kept[i].material || v->rows[at].text[0] != '\0'))
			at++;
		if (at == v->n)
			add(v, 0, "");
		if (at < v->n)
			snprintf(v->rows[at].text, NEED_BYTES, "%s", v->kept[i].text);
		grow(v);
	}
	v->touched |= v->nkept > 0;
	v->nkept = 0;
	if (v->kept_at > 0 && v->kept_at <= v->n)
		list_select(&v->list, (int)v->kept_at - 1);
}

static void materials(struct missing *v, const struct reply *r, struct effects *fx)
{
	if (!reply_ok(r)) {
		fx_refuse_reply(fx, r);
		return;
	}
	if (v->n > 0)
		return;
	for (size_t i = 0; i < r->nrows; i++)
		add(v, (int16_t)reply_int(r, i, "seq"), reply_text(r, i, "name"));
	add(v, 0, "");
	list_reset(&v->list);
	take_kept(v);
	take_line(v);
}

static void written(struct missing *v, const struct reply *r, struct effects *fx)
{
	struct screen_arg arg = {.kind = "answered", .id = v->case_id};
	if (!reply_ok(r)) {
		fx_refuse_reply(fx, r);
		return;
	}
	v->done = true;
	fx_pop(fx, &arg);
	fx_say(fx, FACE_GOOD,
	    v->check ? _("Told to the lead for the one notice: %s.") : _("Told to the lead: %s."),
	    reply_text(r, 0, "number"));
}

static const char *missing_label(const struct screen *s, enum request r)
{
	(void)s;
	return r == REQ_PHRASE ? "" : NULL;
}

static void missing_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct missing *v = s->state;
	if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	else if (m->kind == MESSAGE_ONLINE && v->n == 0)
		ask(v, fx);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_MATERIALS)
		materials(v, m->reply, fx);
	else if (m->kind == MESSAGE_REPLY)
		written(v, m->reply, fx);
}

static void missing_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct missing *v = s->state;
	/* What came from a draft and has no materials yet stays as it was. */
	const struct need *rows = v->nkept > 0 ? v->kept : v->rows;
	int n = v->nkept > 0 ? v->nkept : v->n;
	about->id = about->case_id = v->case_id;
	snprintf(about->title, sizeof about->title, "%s · %.*s",
	    v->check ? _("What is missing") : _("Correction wanted"), (int)strcspn(v->about, "\n"), v->about);
	bytes_put_u8(out, v->check);
	bytes_put_u32(out, (uint32_t)v->seq);
	keep_text(out, v->about);
	uint32_t typed_rows = 0;
	for (int i = 0; i < n; i++)
		typed_rows += rows[i].text[0] != '\0';
	bytes_put_u32(out, typed_rows);
	for (int i = 0; i < n; i++)
		if (rows[i].text[0] != '\0') {
			bytes_put_u32(out, (uint32_t)rows[i].material);
			keep_text(out, rows[i].text);
		}
	bytes_put_u64(out, (uint64_t)(v->nkept > 0 ? v->kept_at : v->list.at + 1));
}

static void missing_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct missing *v = s->state;
	(void)about;
	(void)fx;
	v->check = kept_bool(in);
	v->seq = (int16_t)bytes_get_u32(in);
	kept_text(in, v->about, sizeof v->about, true);
	uint32_t n = bytes_get_u32(in);
	if (n > NEEDS_MAX)
		in->bad = true;
	for (uint32_t i = 0; i < n && !in->bad; i++) {
		v->kept[i].material = (int16_t)bytes_get_u32(in);
		kept_text(in, v->kept[i].text, sizeof v->kept[i].text, false);
	}
	v->kept_at = (int64_t)bytes_get_u64(in);
	v->nkept = in->bad ? 0 : (int)n;
}

const struct screen_ops screen_missing = {
    .name = "missing",
    .title = N_("What is missing"),
    .on = ON_OPINION | ON_FORM,
    .size = sizeof(struct missing),
    .open = missing_open,
    .draw = missing_draw,
    .request = missing_request,
    .message = missing_message,
    .label = missing_label,
    .dirty = missing_dirty,
    .watch = missing_watch,
    .save = missing_save,
    .restore = missing_restore,
};
