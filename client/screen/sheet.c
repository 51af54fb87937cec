/* A short form in a dialog: see sheet.h. */
#include "client/screen/sheet.h"

#include <stdio.h>
#include <string.h>

#include "client/refusal.h"
#include "client/reply.h"
#include "client/ui/dialog.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/op.h"

enum { WIDEST = 84 };

void sheet_explain(const struct form *f, int field, const char *code, char *buf, size_t size)
{
	char said[FORM_SENTENCE];
	screen_sentence(code, f->fields[field].name, said, sizeof said);
	/* At the foot the sentence stands by itself: it names its field. */
	if (strncmp(code, "field.", 6) == 0)
		snprintf(buf, size, _("%s: %.200s"), form_label(f, field), said);
	else
		snprintf(buf, size, "%s", said);
}

static const struct form_ops plain = {.explain = sheet_explain};

void sheet_init(
    struct form *f, const struct form_field *fields, int n, const struct form_ops *ops, const void *owner)
{
	form_init(f, fields, n, ops != NULL ? ops : &plain, owner);
}

static enum sheet_result commit(struct form *f, struct effects *fx)
{
	if (form_check(f))
		return SHEET_COMMIT;
	fx_refuse(fx, "%s", f->error[f->focus]);
	return SHEET_MOVED;
}

/* Enter never commits: who types on looks at the visitor, not at where the fields end. */
static void at_end(const struct form *f, const struct key *k, struct effects *fx)
{
	if (f->error[f->focus][0] != '\0')
		fx_say(fx, FACE_ERROR, "%s", f->error[f->focus]);
	else if (k->code == K_ENTER)
		fx_say(fx, FACE_PLAIN, "%s", _("This is the last field: F10 sends what was typed."));
}

enum sheet_result sheet_request(struct form *f, enum request r, const struct key *k, struct effects *fx)
{
	if (r == REQ_BACK)
		return SHEET_BACK;
	if (r == REQ_COMMIT)
		return commit(f, fx);
	if (r != REQ_KEY)
		return SHEET_UNUSED;
	undo_keep(f, sizeof *f);
	switch (form_key(f, k)) {
	case FORM_UNUSED:
		return SHEET_UNUSED;
	case FORM_CHANGED:
		return SHEET_CHANGED;
	case FORM_END:
		at_end(f, k, fx);
		return SHEET_MOVED;
	case FORM_REFUSED:
		fx_say(fx, FACE_ERROR, "%s", f->error[f->focus]);
		return SHEET_MOVED;
	default:
		return SHEET_MOVED;
	}
}

void sheet_draw(
    struct form *f, const struct area *work, const char *title, const char *about, const char *foot)
{
	int w = work->w - 8 > WIDEST ? WIDEST : work->w - 8;
	int words = *about == '\0' ? 0 : draw_wrap_rows(w, about), fields = form_rows(f);
	if (words > work->h - fields - 6)
		words = work->h - fields - 6;
	struct area in = dialog_box(work, words + fields + 2, w, title);
	struct area text = {in.y, in.x, words, in.w};
	draw_wrap(&text, 0, FACE_DIM, about);
	if (words > 0 && *about != '\0' && draw_wrap_rows(w, about) > words)
		draw_text(in.y + words - 1, in.x + in.w - 1, 1, FACE_DIM, "…");
	struct area rows = {in.y + words, in.x, in.h - words - 1, in.w};
	(void)form_draw(f, &rows);
	draw_text(in.y + in.h - 1, in.x, in.w, FACE_DIM, foot);
}

const char *sheet_text(const struct form *f, int field)
{
	const char *v = form_value(f, field);
	bool used = f->ops->used == NULL || f->ops->used(f, field);
	return used && *v != '\0' ? v : NULL;
}

void sheet_put(const struct form *f, int field, struct bytes_out *out)
{
	op_put_text(out, sheet_text(f, field));
}

bool sheet_blame(struct form *f, const struct reply *r)
{
	char buf[FORM_SENTENCE];
	int field = form_index(f, reply_arg(r, 1));
	if (r->status != OP_INVALID || field < 0)
		return false;
	form_blame_text(f, field, refusal_reply(r, buf, sizeof buf));
	form_go(f, field);
	return true;
}
