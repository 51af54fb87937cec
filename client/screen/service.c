/*
 * Agent service (代办, CASE-11) as a dialog over a case: what was done, and who
 * accompanies the case; the first entry names that person.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/dialog.h"
#include "client/ui/form.h"
#include "client/ui/keep.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

enum { SERVICE_WORDS, SERVICE_KIND, SERVICE_WHO, SERVICE_FIELDS };
enum { WIDTH = 72 };

/* clang-format off */
static const struct form_field fields[] = {
    [SERVICE_WORDS] = {.name = "words", .label = N_("Done"), .hint = N_("what was done for the applicant"), .max = 400, .row = 0, .required = true, .personal = true},
    [SERVICE_KIND] = {.name = "kind", .label = N_("As"), .kind = FORM_CHOICE, .choices = word_service_kinds, .row = 1, .weight = 2},
    [SERVICE_WHO] = {.name = "who", .label = N_("By"), .hint = N_("login or name; empty: as now, at first you"), .apart = true, .max = 60, .row = 1, .weight = 4},
};
/* clang-format on */

static void explain(const struct form *f, int field, const char *code, char *buf, size_t size)
{
	screen_sentence(code, f->fields[field].name, buf, size);
}

static const struct form_ops ops = {.explain = explain};

/* arg: id, the case; text, who accompanies it now, or "". */
struct service {
	int64_t case_id;
	char agent[128];
	struct form form;
	bool logged; /* the hall has it: nothing typed is left here */
};

static void service_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct service *v = s->state;
	(void)fx;
	v->case_id = arg->id;
	snprintf(v->agent, sizeof v->agent, "%.*s",
	    (int)text_cut(arg->text, strlen(arg->text), sizeof v->agent - 1), arg->text);
	form_init(&v->form, fields, SERVICE_FIELDS, &ops, v);
}

static void service_close(struct screen *s)
{
	form_wipe(&((struct service *)s->state)->form);
}

static void service_draw(struct screen *s, const struct area *a)
{
	struct service *v = s->state;
	char title[200];
	if (v->agent[0] != '\0')
		snprintf(title, sizeof title, _("Agent service · %s accompanies"), v->agent);
	else
		snprintf(title, sizeof title, "%s", _("Agent service · begins with this entry"));
	struct area in = dialog_box(a, form_rows(&v->form) + 4, WIDTH, title);
	struct area form = {in.y, in.x, in.h - 1, in.w};
	form_draw(&v->form, &form);
	draw_text(
	    in.y + in.h - 1, in.x, in.w, FACE_DIM, _("F10: log    Space: visit, call, other    Esc: back"));
}

static void log_it(struct service *v, struct effects *fx)
{
	struct bytes_out out;
	const char *who = form_value(&v->form, SERVICE_WHO);
	if (!form_check(&v->form)) {
		fx_refuse(fx, "%s", v->form.error[v->form.focus]);
		return;
	}
	out = fx_payload();
	op_put_int8(&out, v->case_id);
	op_put_text(&out, form_value(&v->form, SERVICE_KIND));
	op_put_text(&out, form_value(&v->form, SERVICE_WORDS));
	op_put_text(&out, text_blank(who, strlen(who)) ? NULL : who);
	fx_send(fx, "agent.log", 0, SEND_WAIT, &out);
}

static bool service_dirty(const struct screen *s)
{
	const struct service *v = s->state;
	return !v->logged && !form_empty(&v->form);
}

static bool service_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct service *v = s->state;
	if (r == REQ_BACK) {
		if (service_dirty(s))
			fx_leave(fx, "");
		else
			fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_COMMIT) {
		log_it(v, fx);
		return true;
	}
	enum form_result done = form_key(&v->form, k);
	if (done == FORM_REFUSED)
		fx_say(fx, FACE_ERROR, "%s", v->form.error[v->form.focus]);
	return done != FORM_UNUSED;
}

static void service_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct service *v = s->state;
	struct screen_arg arg = {.kind = "service", .id = v->case_id};
	if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	if (m->kind != MESSAGE_REPLY)
		return;
	if (!reply_ok(m->reply)) {
		fx_refuse_reply(fx, m->reply);
		return;
	}
	v->logged = true;
	fx_pop(fx, &arg);
	fx_say(fx, FACE_GOOD, "%s", _("Saved. It stands in the history of the case."));
}

static void service_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct service *v = s->state;
	about->id = about->case_id = v->case_id;
	snprintf(about->title, sizeof about->title, "%.240s", form_value(&v->form, SERVICE_WORDS));
	keep_text(out, v->agent);
	keep_form(out, &v->form);
}

static void service_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct service *v = s->state;
	(void)fx;
	kept_text(in, v->agent, sizeof v->agent, false);
	kept_form(in, &v->form);
	if (v->case_id != about->case_id)
		in->bad = true;
}

const struct screen_ops screen_service = {
    .name = "service",
    .title = N_("Agent service"),
    .on = ON_DIALOG | ON_FORM,
    .size = sizeof(struct service),
    .dialog = true,
    .open = service_open,
    .close = service_close,
    .draw = service_draw,
    .request = service_request,
    .message = service_message,
    .dirty = service_dirty,
    .save = service_save,
    .restore = service_restore,
};
