/*
 * The small dialogs: a question answered by Enter or Esc, and the remark of
 * the one-time notice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/ui/dialog.h"
#include "client/ui/editor.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

enum { WIDEST = 100 };

/* Confirm. arg: text, the question; number, what to give back or, with kind "ask", the
 * request to make. Only Enter says yes, which never opens this dialog. */

static void confirm_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	(void)fx;
	*(struct screen_arg *)s->state = *arg;
}

static void confirm_draw(struct screen *s, const struct area *a)
{
	const struct screen_arg *arg = s->state;
	int w = a->w > 70 ? 62 : a->w - 8;
	int rows = draw_wrap_rows(w, arg->text);
	struct area in = dialog_box(a, rows + 2, w, _("Please confirm"));
	struct area text = {in.y, in.x, rows, in.w};
	draw_wrap(&text, 0, FACE_BOLD, arg->text);
	draw_text(in.y + in.h - 1, in.x, in.w, FACE_DIM, _("Enter: yes    Esc: no, back"));
	draw_caret(in.y + in.h - 1, in.x);
}

static bool confirm_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct screen_arg *arg = s->state;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (k->code != K_ENTER)
		return false;
	if (strcmp(arg->kind, "ask") == 0)
		fx_ask(fx, (enum request)arg->number);
	else
		fx_pop(fx, arg);
	return true;
}

static void no_message(struct screen *s, const struct message *m, struct effects *fx)
{
	(void)s;
	(void)m;
	(void)fx;
}

const struct screen_ops screen_confirm = {
    .name = "confirm",
    .title = N_("Please confirm"),
    .on = ON_QUESTION,
    .size = sizeof(struct screen_arg),
    .dialog = true,
    .open = confirm_open,
    .draw = confirm_draw,
    .request = confirm_request,
    .message = no_message,
};

/* Leave. Over a form with typed work; arg: text, what else to know. Gives back kind "leave", number 1: its draft stays, 2: it is
 * dropped, which is the one that cannot be undone and has a key of its own. */

static void leave_draw(struct screen *s, const struct area *a)
{
	const struct screen_arg *arg = s->state;
	int w = a->w > 70 ? 62 : a->w - 8;
	int rows = arg->text[0] == '\0' ? 0 : draw_wrap_rows(w, arg->text) + 1;
	struct area in = dialog_box(a, rows + 4, w, _("Leave this form"));
	if (rows > 0)
		draw_wrap(&in, 0, FACE_WARN, arg->text);
	int y = in.y + rows;
	draw_text(y, in.x, in.w, FACE_BOLD, _("Enter: leave, what was typed is kept as a draft"));
	draw_text(y + 1, in.x, in.w, FACE_PLAIN, _("Delete: throw away what was typed"));
	draw_text(y + 3, in.x, in.w, FACE_DIM, _("Esc: back to the form"));
	draw_caret(y, in.x);
}

static bool leave_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct screen_arg arg = {.kind = "leave", .number = k->code == K_DELETE ? 2 : 1};
	(void)s;
	if (r == REQ_BACK)
		fx_pop(fx, NULL);
	else if (k->code == K_ENTER || k->code == K_DELETE)
		fx_pop(fx, &arg);
	else
		return false;
	return true;
}

const struct screen_ops screen_leave = {
    .name = "leave",
    .title = N_("Leave this form"),
    .on = ON_QUESTION,
    .size = sizeof(struct screen_arg),
    .dialog = true,
    .open = confirm_open,
    .draw = leave_draw,
    .request = leave_request,
    .message = no_message,
};

/* Remark. arg: text, what the notice will list; lent, what was written there before, or NULL. Gives
 * back the remark. */

struct remark {
	char lists[ARG_TEXT];
	struct editor line;
	int skip, page, rows; /* of what is listed: rows above, rows in sight, all */
};

static void remark_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct remark *r = s->state;
	(void)fx;
	snprintf(r->lists, sizeof r->lists, "%s", arg->text);
	editor_init(&r->line, 400, false);
	if (arg->lent != NULL)
		editor_set(&r->line, arg->lent);
}

static void remark_draw(struct screen *s, const struct area *a)
{
	struct remark *r = s->state;
	int w = a->w - 12 > WIDEST ? WIDEST : a->w - 12;
	r->rows = draw_wrap_rows(w, r->lists);
	int rows = r->rows > a->h - 8 ? a->h - 8 : r->rows;
	r->page = rows;
	if (r->skip > r->rows - rows)
		r->skip = r->rows - rows;
	struct area in = dialog_box(a, rows + 5, w, _("One-time notice of everything missing"));
	struct area text = {in.y, in.x, rows, in.w};
	draw_wrap(&text, r->skip, FACE_PLAIN, r->lists);
	if (r->rows > rows)
		draw_format(in.y + rows, in.x, in.w, FACE_WARN, _("rows %d to %d of %d · ↑ ↓ PgUp PgDn"),
		    r->skip + 1, r->skip + rows, r->rows);
	draw_text(
	    in.y + rows + 1, in.x, in.w, FACE_DIM, _("What else the applicant must know (may stay empty):"));
	draw_editor(in.y + rows + 2, in.x, in.w - 1, &r->line, true, FACE_FOCUS);
	draw_text(in.y + rows + 4, in.x, in.w, FACE_DIM,
	    _("Enter: issue the notice, which can be done only once    Esc: back"));
}

static bool remark_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct remark *m = s->state;
	const char *why;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (k->code == K_ENTER || r == REQ_COMMIT) {
		struct screen_arg arg = {.kind = "remark"};
		snprintf(arg.text, sizeof arg.text, "%s", m->line.text);
		fx_pop(fx, &arg);
		return true;
	}
	int step = k->code == K_UP     ? -1
		   : k->code == K_DOWN ? 1
		   : k->code == K_PGUP ? -m->page
		   : k->code == K_PGDN ? m->page
				       : 0;
	if (step != 0) {
		/* Drawing knows the end. */
		m->skip = m->skip + step < 0 ? 0 : m->skip + step;
		return true;
	}
	enum editor_result done = editor_key(&m->line, k, &why);
	if (done == EDITOR_REFUSED)
		fx_warn_code(fx, why, NULL);
	return done != EDITOR_UNUSED;
}

static void remark_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct remark *m = s->state;
	(void)about;
	keep_text(out, m->lists);
	keep_editor(out, &m->line);
	bytes_put_u16(out, (uint16_t)m->skip);
}

static void remark_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct remark *m = s->state;
	(void)about;
	(void)fx;
	kept_text(in, m->lists, sizeof m->lists, true);
	kept_editor(in, &m->line);
	m->skip = bytes_get_u16(in);
}

const struct screen_ops screen_remark = {
    .name = "remark",
    .title = N_("One-time notice of everything missing"),
    .on = ON_DIALOG,
    .size = sizeof(struct remark),
    .dialog = true,
    .open = remark_open,
    .draw = remark_draw,
    .request = remark_request,
    .message = no_message,
    .save = remark_save,
    .restore = remark_restore,
};

/* Words. arg: text, the question; kind, what to give back with them; number not 0: they may
 * not be empty. */

struct words {
	struct screen_arg arg;
	struct editor line;
};

static void words_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct words *w = s->state;
	(void)fx;
	w->arg = *arg;
	editor_init(&w->line, 400, false);
}

static void words_draw(struct screen *s, const struct area *a)
{
	struct words *w = s->state;
	int cols = a->w - 12 > WIDEST ? WIDEST : a->w - 12;
	int rows = draw_wrap_rows(cols, w->arg.text);
	struct area in = dialog_box(a, rows + 4, cols, _("In words"));
	struct area text = {in.y, in.x, rows, in.w};
	draw_wrap(&text, 0, FACE_PLAIN, w->arg.text);
	draw_editor(in.y + rows, in.x, in.w - 1, &w->line, true, FACE_FOCUS);
	draw_text(in.y + in.h - 1, in.x, in.w, FACE_DIM, _("Enter: send    Esc: back"));
}

static bool words_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct words *w = s->state;
	const char *why;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (k->code == K_ENTER || r == REQ_COMMIT) {
		if (w->arg.number != 0 && text_blank(w->line.text, w->line.len)) {
			fx_refuse_code(fx, "field.required", NULL);
			return true;
		}
		snprintf(w->arg.text, sizeof w->arg.text, "%s", w->line.text);
		fx_pop(fx, &w->arg);
		return true;
	}
	enum editor_result done = editor_key(&w->line, k, &why);
	if (done == EDITOR_REFUSED)
		fx_warn_editor(fx, &w->line, why);
	return done != EDITOR_UNUSED;
}

const struct screen_ops screen_words = {
    .name = "words",
    .title = N_("In words"),
    .on = ON_DIALOG,
    .size = sizeof(struct words),
    .dialog = true,
    .open = words_open,
    .draw = words_draw,
    .request = words_request,
    .message = no_message,
};
