/*
 * The short forms about a paper or an exception: the result of what is finished
 * on the spot (CASE-4), voiding a paper or issuing it anew (DOC-3), asking for
 * an exception and answering one (CASE-16).
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/sheet.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/op.h"

struct sheet {
	struct screen_arg arg; /* what it was opened with */
	struct form form;
	bool done; /* the hall has it: nothing typed is left here */
};

static void sheet_open(struct screen *s, const struct screen_arg *arg, const struct form_field *fields, int n,
    const struct form_ops *ops)
{
	struct sheet *x = s->state;
	x->arg = *arg;
	sheet_init(&x->form, fields, n, ops, x);
}

static void sheet_close(struct screen *s)
{
	form_wipe(&((struct sheet *)s->state)->form);
}

/* True when it is to be sent; *used: the key was the form's. */
static bool sheet_done(struct screen *s, enum request r, const struct key *k, struct effects *fx, bool *used)
{
	struct sheet *x = s->state;
	enum sheet_result done = sheet_request(&x->form, r, k, fx);
	*used = done != SHEET_UNUSED;
	if (done == SHEET_BACK && s->ops->dirty != NULL && s->ops->dirty(s))
		fx_leave(fx, "");
	else if (done == SHEET_BACK)
		fx_pop(fx, NULL);
	return done == SHEET_COMMIT;
}

/* A write was answered: refused, it stays with the sentence where it belongs. */
static bool sheet_saved(struct screen *s, const struct message *m, struct effects *fx)
{
	struct sheet *x = s->state;
	if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	if (m->kind != MESSAGE_REPLY)
		return false;
	if (reply_ok(m->reply)) {
		x->done = true;
		return true;
	}
	(void)sheet_blame(&x->form, m->reply);
	fx_refuse_reply(fx, m->reply);
	return false;
}

/* Something was typed, or chosen that was not there from the beginning. */
static bool sheet_dirty(const struct screen *s)
{
	const struct sheet *x = s->state;
	bool typed = !form_empty(&x->form);
	for (int i = 0; i < x->form.n; i++)
		typed |= x->form.choice[i] != 0;
	return typed && !x->done;
}

/* What it was opened with but its id, and the form. */
static void keep_sheet(const struct sheet *x, struct bytes_out *out)
{
	keep_text(out, x->arg.kind);
	keep_text(out, x->arg.text);
	bytes_put_u64(out, (uint64_t)x->arg.number);
	keep_form(out, &x->form);
}

static void kept_sheet(struct bytes_in *in, struct sheet *x)
{
	kept_text(in, x->arg.kind, sizeof x->arg.kind, false);
	kept_text(in, x->arg.text, sizeof x->arg.text, true);
	x->arg.number = (int64_t)bytes_get_u64(in);
	kept_form(in, &x->form);
}

static void no_message(struct screen *s, const struct message *m, struct effects *fx)
{
	(void)s;
	(void)m;
	(void)fx;
}

/* Result. arg: text, the item's result document. Gives back the document, its number and the
 * remark, a line each. */

enum { DOCUMENT, DOCUMENT_NO, RESULT_REMARK, RESULT_FIELDS };

static const struct form_field result_fields[RESULT_FIELDS] = {
    [DOCUMENT] = {.name = "document", .label = N_("Result"), .max = 120, .row = 0, .required = true},
    [DOCUMENT_NO] = {.name = "document_no", .label = N_("Its No."), .max = 60, .row = 1},
    [RESULT_REMARK] = {.name = "remark", .label = N_("Remark"), .max = 400, .row = 2},
};

static void result_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct sheet *x = s->state;
	(void)fx;
	sheet_open(s, arg, result_fields, RESULT_FIELDS, NULL);
	form_give(&x->form, DOCUMENT, arg->text);
	form_go(&x->form, DOCUMENT_NO);
}

static void result_draw(struct screen *s, const struct area *a)
{
	struct sheet *x = s->state;
	sheet_draw(&x->form, a, _("Finish on the spot"), "",
	    _("F10: accept, decide and close in one, print    Esc: back"));
}

static bool result_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct sheet *x = s->state;
	bool used;
	if (sheet_done(s, r, k, fx, &used)) {
		struct screen_arg arg = {.kind = "result"};
		snprintf(arg.text, sizeof arg.text, "%s\n%s\n%s", form_value(&x->form, DOCUMENT),
		    form_value(&x->form, DOCUMENT_NO), form_value(&x->form, RESULT_REMARK));
		fx_pop(fx, &arg);
	}
	return used;
}

/* A part of the draft of the form it stands over. */
static void result_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	(void)about;
	keep_form(out, &((const struct sheet *)s->state)->form);
}

static void result_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	(void)about;
	(void)fx;
	kept_form(in, &((struct sheet *)s->state)->form);
}

const struct screen_ops screen_result = {
    .name = "result",
    .title = N_("Finish on the spot"),
    .on = ON_DIALOG | ON_FORM,
    .size = sizeof(struct sheet),
    .dialog = true,
    .open = result_open,
    .close = sheet_close,
    .draw = result_draw,
    .request = result_request,
    .message = no_message,
    .save = result_save,
    .restore = result_restore,
};

/* Void. arg: id, the paper; other, its case; number, the version of that; text, title and number. */

enum { TAG_SHOW = 1 };

enum { HOW, VOID_REASON, VOID_REMARK, VOID_FIELDS };

static const struct form_choice hows[] = {{"reissue", N_("issue it anew, the case stays as it is")},
    {"void", N_("take back the decision it made")}, {NULL, NULL}};

static const struct form_field void_fields[VOID_FIELDS] = {
    [HOW] = {.name = "how", .label = N_("Then"), .kind = FORM_CHOICE, .choices = hows, .row = 0},
    [VOID_REASON] = {.name = "reason",
	.label = N_("Reason"),
	.hint = N_("damaged, wrong words, decided by mistake"),
	.max = 200,
	.row = 1,
	.required = true},
    [VOID_REMARK] = {.name = "remark",
	.label = N_("Remark"),
	.hint = N_("put right; empty: as it is"),
	.max = 400,
	.row = 2},
};

static bool takes_back(const struct form *f)
{
	return strcmp(form_value(f, HOW), "void") == 0;
}

static bool void_used(const struct form *f, int field)
{
	return field != VOID_REMARK || !takes_back(f);
}

static const struct form_ops void_ops = {.used = void_used, .explain = sheet_explain};

static void void_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	(void)fx;
	sheet_open(s, arg, void_fields, VOID_FIELDS, &void_ops);
}

static void void_draw(struct screen *s, const struct area *a)
{
	struct sheet *x = s->state;
	sheet_draw(
	    &x->form, a, _("Void a notice"), x->arg.text, _("F10: void it; its number stays    Esc: back"));
}

static bool void_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct sheet *x = s->state;
	bool used;
	if (sheet_done(s, r, k, fx, &used)) {
		struct bytes_out out = fx_payload();
		op_put_int8(&out, x->arg.id);
		if (takes_back(&x->form))
			op_put_int4(&out, (int32_t)x->arg.number);
		sheet_put(&x->form, VOID_REASON, &out);
		if (!takes_back(&x->form)) {
			sheet_put(&x->form, VOID_REMARK, &out);
			op_put_null(&out); /* facts and basis are put right by scripts */
			op_put_null(&out);
		}
		fx_send(fx, takes_back(&x->form) ? "notice.void" : "notice.reissue", 0, SEND_WAIT, &out);
	}
	return used;
}

static void void_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct sheet *x = s->state;
	struct screen_arg arg = {.kind = "reissued"};
	if (m->kind == MESSAGE_REPLY && m->tag == TAG_SHOW) {
		if (reply_ok(m->reply) && m->reply->nrows > 0)
			x->arg.number = reply_int(m->reply, 0, "version");
		return;
	}
	if (!sheet_saved(s, m, fx)) {
		/* It was said; who commits once more does so on the version of now (CASE-14). */
		if (m->kind == MESSAGE_REPLY && strcmp(reply_code(m->reply), "case.changed") == 0)
			fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, x->arg.other);
		return;
	}
	if (takes_back(&x->form))
		snprintf(arg.kind, sizeof arg.kind, "voided");
	fx_pop(fx, &arg);
	fx_say(fx, FACE_GOOD,
	    takes_back(&x->form) ? _("Void: %s. The case is what it was before, its term runs on.")
				 : _("Issued anew: %s."),
	    reply_text(m->reply, 0, "number"));
}

static void void_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct sheet *x = s->state;
	about->id = x->arg.id;
	about->case_id = x->arg.other;
	snprintf(about->title, sizeof about->title, "%.240s", form_value(&x->form, VOID_REASON));
	keep_sheet(x, out);
}

static void void_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct sheet *x = s->state;
	(void)fx;
	kept_sheet(in, x);
	x->arg.other = about->case_id;
	if (about->case_id == 0)
		in->bad = true;
}

const struct screen_ops screen_void = {
    .name = "void",
    .title = N_("Void a notice"),
    .on = ON_DIALOG | ON_FORM,
    .size = sizeof(struct sheet),
    .dialog = true,
    .open = void_open,
    .close = sheet_close,
    .draw = void_draw,
    .request = void_request,
    .message = void_message,
    .dirty = sheet_dirty,
    .save = void_save,
    .restore = void_restore,
};

/* Ask. arg: id, the case; kind, of the exception; text, what it is about. */

static const struct form_field ask_fields[] = {
    {.name = "reason", .label = N_("Reason"), .max = 200, .required = true},
};

static void ask_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	(void)fx;
	sheet_open(s, arg, ask_fields, 1, NULL);
}

static void ask_draw(struct screen *s, const struct area *a)
{
	struct sheet *x = s->state;
	char about[400];
	snprintf(about, sizeof about, "%s · %.300s", word_exception(x->arg.kind), x->arg.text);
	sheet_draw(&x->form, a, _("Ask for an exception"), about,
	    _("F10: ask; the answer comes here by itself    Esc: back"));
}

static bool ask_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct sheet *x = s->state;
	bool used;
	if (sheet_done(s, r, k, fx, &used)) {
		struct bytes_out out = fx_payload();
		op_put_text(&out, x->arg.kind);
		op_put_int8(&out, x->arg.id);
		op_put_null(&out);
		sheet_put(&x->form, 0, &out);
		fx_send(fx, "exception.ask", 0, SEND_WAIT, &out);
	}
	return used;
}

static void ask_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct sheet *x = s->state;
	if (!sheet_saved(s, m, fx))
		return;
	fx_pop(fx, NULL);
	fx_say(fx, FACE_GOOD,
	    strncmp(x->arg.kind, "major_", 6) == 0 || strcmp(x->arg.kind, "fee_reduce") == 0
		? _("Asked. The chief representative sees it; once granted, do it again.")
		: _("Asked. A supervisor sees it; once granted, do it again."));
}

static void ask_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct sheet *x = s->state;
	about->id = about->case_id = x->arg.id;
	snprintf(about->title, sizeof about->title, "%.240s", form_value(&x->form, 0));
	keep_sheet(x, out);
}

static void ask_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct sheet *x = s->state;
	(void)fx;
	kept_sheet(in, x);
	if (x->arg.id != about->case_id)
		in->bad = true;
}

const struct screen_ops screen_ask = {
    .name = "ask",
    .title = N_("Ask for an exception"),
    .on = ON_DIALOG | ON_FORM,
    .size = sizeof(struct sheet),
    .dialog = true,
    .open = ask_open,
    .close = sheet_close,
    .draw = ask_draw,
    .request = ask_request,
    .message = ask_message,
    .dirty = sheet_dirty,
    .save = ask_save,
    .restore = ask_restore,
};

/* Judge. arg: id, the exception; text, all about it. */

static const struct form_choice answers[] = {
    {"grant", N_("grant it")}, {"deny", N_("deny it")}, {NULL, NULL}};

static const struct form_field judge_fields[] = {
    {.name = "how", .label = N_("Answer"), .kind = FORM_CHOICE, .choices = answers, .row = 0},
    {.name = "answer", .label = N_("Reason"), .max = 200, .row = 1, .required = true},
};

static void judge_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	(void)fx;
	sheet_open(s, arg, judge_fields, 2, NULL);
}

static void judge_draw(struct screen *s, const struct area *a)
{
	struct sheet *x = s->state;
	sheet_draw(&x->form, a, _("Answer an exception"), x->arg.text, _("F10: answer    Esc: back"));
}

static bool grants(const struct sheet *x)
{
	return strcmp(form_value(&x->form, 0), "grant") == 0;
}

static bool judge_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct sheet *x = s->state;
	bool used;
	if (sheet_done(s, r, k, fx, &used)) {
		struct bytes_out out = fx_payload();
		op_put_int8(&out, x->arg.id);
		sheet_put(&x->form, 1, &out);
		fx_send(fx, grants(x) ? "exception.grant" : "exception.deny", 0, SEND_WAIT, &out);
	}
	return used;
}

static void judge_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct sheet *x = s->state;
	struct screen_arg arg = {.kind = "judged"};
	if (!sheet_saved(s, m, fx))
		return;
	fx_pop(fx, &arg);
	fx_say(fx, FACE_GOOD, grants(x) ? _("Granted: %s.") : _("Denied: %s."),
	    reply_text(m->reply, 0, "number"));
}

/* Of no case: whoever holds the case's post is not to read an answer that is not given yet. */
static void judge_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct sheet *x = s->state;
	about->id = x->arg.id;
	snprintf(about->title, sizeof about->title, "%.*s · %.100s", (int)strcspn(x->arg.text, "\n"),
	    x->arg.text, form_value(&x->form, 1));
	keep_sheet(x, out);
}

static void judge_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	(void)about;
	(void)fx;
	kept_sheet(in, s->state);
}

const struct screen_ops screen_judge = {
    .name = "judge",
    .title = N_("Answer an exception"),
    .on = ON_DIALOG | ON_FORM,
    .size = sizeof(struct sheet),
    .dialog = true,
    .open = judge_open,
    .close = sheet_close,
    .draw = judge_draw,
    .request = judge_request,
    .message = judge_message,
    .dirty = sheet_dirty,
    .save = judge_save,
    .restore = judge_restore,
};
