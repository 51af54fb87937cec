/*
 * An entry by hand in the register of negative decisions (NEG-1): a no that no
 * command makes. arg: text, the number of the case as far as it is known.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/sheet.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { CATEGORY, NUMBER, FACTS, BASIS, MAJOR, FIELDS };

struct negative {
	struct form form;
	bool entered;
};

static const struct form_choice categories[] = {
    {"late", N_("cannot finish in time")}, {"other", N_("other")}, {NULL, NULL}};
static const struct form_choice majors[] = {{"false", N_("no")}, {"true", N_("yes")}, {NULL, NULL}};

/* clang-format off */
static const struct form_field fields[FIELDS] = {
    [CATEGORY] = {.name = "category", .label = N_("Kind"), .kind = FORM_CHOICE, .choices = categories, .row = 0},
    [NUMBER] = {.name = "number", .label = N_("Case"), .hint = N_("its whole number"), .max = 60, .row = 1, .required = true},
    [FACTS] = {.name = "facts", .label = N_("Found"), .hint = N_("what was found"), .max = 400, .row = 2, .required = true, .personal = true},
    [BASIS] = {.name = "basis", .label = N_("Basis"), .hint = N_("law and article; empty: the usual ones"), .max = 200, .row = 3},
    [MAJOR] = {.name = "major", .label = N_("Major"), .kind = FORM_CHOICE, .choices = majors, .row = 4},
};
/* clang-format on */

static void negative_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct negative *n = s->state;
	(void)fx;
	sheet_init(&n->form, fields, FIELDS, NULL, n);
	form_give(&n->form, NUMBER, arg->text);
}

static void negative_close(struct screen *s)
{
	form_wipe(&((struct negative *)s->state)->form);
}

static bool negative_dirty(const struct screen *s)
{
	const struct negative *n = s->state;
	bool typed = false;
	for (int i = 0; i < FIELDS; i++)
		typed |= n->form.touched[i];
	return typed && !n->entered;
}

static void negative_draw(struct screen *s, const struct area *a)
{
	struct negative *n = s->state;
	sheet_draw(
	    &n->form, a, _("A no, entered by hand"), "", _("F10: enter it in the register    Esc: back"));
}

static void commit(struct negative *n, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	op_put_null(&out);
	sheet_put(&n->form, NUMBER, &out);
	sheet_put(&n->form, CATEGORY, &out);
	sheet_put(&n->form, FACTS, &out);
	sheet_put(&n->form, BASIS, &out);
	op_put_bool(&out, strcmp(form_value(&n->form, MAJOR), "true") == 0);
	fx_send(fx, "negative.enter", 0, SEND_WAIT, &out);
}

static bool negative_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct negative *n = s->state;
	switch (sheet_request(&n->form, r, k, fx)) {
	case SHEET_BACK:
		if (negative_dirty(s))
			fx_leave(fx, "");
		else
			fx_pop(fx, NULL);
		return true;
	case SHEET_COMMIT:
		commit(n, fx);
		return true;
	case SHEET_UNUSED:
		return false;
	default:
		return true;
	}
}

static void negative_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct negative *n = s->state;
	struct screen_arg arg = {.kind = "entered"};
	if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	if (m->kind != MESSAGE_REPLY)
		return;
	if (!reply_ok(m->reply)) {
		(void)sheet_blame(&n->form, m->reply);
		fx_refuse_reply(fx, m->reply);
		return;
	}
	n->entered = true;
	fx_pop(fx, &arg);
	fx_say(fx, FACE_GOOD, _("Entered in the register: %s."), reply_text(m->reply, 0, "number"));
}

static void negative_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct negative *n = s->state;
	snprintf(about->title, sizeof about->title, "%.60s %.180s", form_value(&n->form, NUMBER),
	    form_value(&n->form, FACTS));
	keep_form(out, &n->form);
}

static void negative_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct negative *n = s->state;
	(void)about;
	(void)fx;
	kept_form(in, &n->form);
}

const struct screen_ops screen_negative = {
    .name = "negative",
    .title = N_("A no, entered by hand"),
    .on = ON_DIALOG | ON_FORM,
    .size = sizeof(struct negative),
    .dialog = true,
    .open = negative_open,
    .close = negative_close,
    .draw = negative_draw,
    .request = negative_request,
    .message = negative_message,
    .dirty = negative_dirty,
    .save = negative_save,
    .restore = negative_restore,
};
