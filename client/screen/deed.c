/* The form of what is done to a post, an absence or a handover: one screen for the rows of deed_table.c. */
#include "client/screen/deed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/sheet.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/op.h"

struct deed_form {
	const struct deed *deed;
	int64_t id, part;
	int64_t now; /* what a time of day is read against */
	bool done;   /* the hall has it: nothing typed is left here */
	char about[1200];
	struct form form;
};

static const struct op_field *wire(const struct deed *d, const char *name)
{
	const struct op_field *in = op_by_name(d->op)->in;
	int i = op_field_index(in, name);
	return i < 0 ? NULL : &in[i];
}

static const char *check(const struct form *f, int field, bool done)
{
	const struct deed_form *x = f->owner;
	const struct op_field *in = wire(x->deed, f->fields[field].name);
	const char *typed = form_value(f, field);
	if (!done || *typed == '\0' || in == NULL || f->fields[field].kind == FORM_CHOICE)
		return NULL;
	return deed_check(in, typed, x->now);
}

static const struct form_ops ops = {.check = check, .explain = sheet_explain};

static void begin(struct deed_form *x, const struct deed *deed)
{
	x->deed = deed;
	sheet_init(&x->form, deed->fields, deed->n, &ops, x);
}

void deed_push_part(
    struct effects *fx, const char *name, int64_t id, int64_t part, const char *about, char *given)
{
	struct screen_arg arg = {.id = id, .number = part, .lent = given};
	snprintf(arg.kind, sizeof arg.kind, "%s", name);
	snprintf(arg.text, sizeof arg.text, "%s", about);
	fx_push(fx, &screen_deed, &arg);
}

void deed_push(struct effects *fx, const char *name, int64_t id, const char *about)
{
	deed_push_part(fx, name, id, 0, about, NULL);
}

/* arg: kind, the deed's name, which a draft tells later; id, what it is done to, number, which part of that;
 * text, about it; lent, what its first field begins with. */
static void deed_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct deed_form *x = s->state;
	const struct deed *deed = deed_named(arg->kind);
	(void)fx;
	x->id = arg->id;
	x->part = arg->number;
	x->now = s->desk->now;
	snprintf(x->about, sizeof x->about, "%.1100s", arg->text);
	begin(x, deed != NULL ? deed : deed_named("leave"));
	if (arg->lent != NULL)
		form_give(&x->form, 0, arg->lent);
}

static void deed_close(struct screen *s)
{
	form_wipe(&((struct deed_form *)s->state)->form);
}

static bool deed_dirty(const struct screen *s)
{
	const struct deed_form *x = s->state;
	bool typed = false;
	for (int i = 0; i < x->form.n; i++)
		typed |=
		    x->form.touched[i] || (x->form.fields[i].kind == FORM_CHOICE && x->form.choice[i] != 0);
	return typed && !x->done;
}

static void deed_draw(struct screen *s, const struct area *a)
{
	struct deed_form *x = s->state;
	sheet_draw(&x->form, a, _(x->deed->title), x->about, _(x->deed->foot));
}

static void commit(struct screen *s, struct effects *fx)
{
	struct deed_form *x = s->state;
	const struct op *op = op_by_name(x->deed->op);
	struct bytes_out out = fx_payload();
	x->now = s->desk->now;
	if (x->deed->key != NULL)
		op_put_int8(&out, x->id);
	if (x->deed->part != NULL && op->in[1].type == OP_INT8)
		op_put_int8(&out, x->part);
	else if (x->deed->part != NULL)
		op_put_int2(&out, (int16_t)(x->part & 0x7fff));
	if (x->deed->also != NULL)
		op_put_int2(&out, (int16_t)(x->part >> 16));
	deed_put(&x->form,
	    op->in + (x->deed->key != NULL) + (x->deed->part != NULL) + (x->deed->also != NULL), x->now,
	    &out);
	fx_send(fx, op->name, 0, SEND_WAIT, &out);
}

static bool deed_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct deed_form *x = s->state;
	switch (sheet_request(&x->form, r, k, fx)) {
	case SHEET_BACK:
		if (deed_dirty(s))
			fx_leave(fx, "");
		else
			fx_pop(fx, NULL);
		return true;
	case SHEET_COMMIT:
		commit(s, fx);
		return true;
	case SHEET_UNUSED:
		return false;
	default:
		return true;
	}
}

static void deed_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct deed_form *x = s->state;
	struct screen_arg arg = {.kind = "deed", .id = x->id};
	if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	if (m->kind != MESSAGE_REPLY)
		return;
	if (!reply_ok(m->reply)) {
		(void)sheet_blame(&x->form, m->reply);
		fx_refuse_reply(fx, m->reply);
		return;
	}
	x->done = true;
	form_remember(&x->form);
	snprintf(arg.text, sizeof arg.text, "%s", x->deed->name);
	arg.number = strtoll(reply_text(m->reply, 0, "number"), NULL, 10); /* what it made */
	fx_pop(fx, &arg);
	if (!fx_caution(fx, m->reply))
		fx_say(fx, FACE_GOOD, "%s", _(x->deed->done));
}

static void deed_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct deed_form *x = s->state;
	about->id = x->id;
	snprintf(about->title, sizeof about->title, "%.60s · %.180s", _(x->deed->title), x->about);
	keep_text(out, x->deed->name);
	keep_text(out, x->about);
	keep_form(out, &x->form);
	bytes_put_u64(out, (uint64_t)x->part);
}

static void deed_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct deed_form *x = s->state;
	char name[24];
	(void)fx;
	(void)about;
	kept_text(in, name, sizeof name, false);
	const struct deed *deed = deed_named(name);
	if (deed == NULL) {
		in->bad = true;
		return;
	}
	begin(x, deed);
	kept_text(in, x->about, sizeof x->about, true);
	kept_form(in, &x->form);
	if (in->left > 4)
		x->part = (int64_t)bytes_get_u64(in);
	else if (in->left > 0) /* of an older program */
		x->part = bytes_get_u32(in);
}

const struct screen_ops screen_deed = {
    .name = "deed",
    .title = N_("Posts and whereabouts"),
    .on = ON_DIALOG | ON_FORM,
    .size = sizeof(struct deed_form),
    .dialog = true,
    .open = deed_open,
    .close = deed_close,
    .draw = deed_draw,
    .request = deed_request,
    .message = deed_message,
    .dirty = deed_dirty,
    .save = deed_save,
    .restore = deed_restore,
};
