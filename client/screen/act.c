/*
 * The form of what is done to a case after its acceptance: one screen for the
 * rows of act_table.c. A row that makes a paper shows its draft to the
 * printer's rules first (DOC-2), commits, prints; the others only commit.
 */
#include "client/screen/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/screen/sheet.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_SHOW = 1, TAG_STEPS, TAG_FEES, TAG_ACT, TAG_FORESEE };

struct act_form {
	const struct act *act;
	int64_t case_id;
	int32_t version, today;
	bool again;                     /* another version: what changed is said */
	bool foreseeing, foresee_again; /* an answer is under way; something was typed meanwhile */
	bool done;                      /* the hall has it: nothing typed is left here */
	const char *elsewhere;          /* its paper is printed by this post; NULL: here */
	char post[512];
	char number[64], item[1024], step[512], state[24];
	char more[4000]; /* what else one must know to fill it in */
	struct form form;
	struct issue issue;
};

static const struct op_field *wire(const struct act *a, const char *name)
{
	const struct op_field *in = op_by_name(a->op)->in;
	int i = op_field_index(in, name);
	return i < 0 ? NULL : &in[i];
}

static const char *check(const struct form *f, int field, bool done)
{
	const struct act_form *x = f->owner;
	const struct op_field *in = wire(x->act, f->fields[field].name);
	const char *typed = form_value(f, field);
	if (!done || *typed == '\0' || in == NULL || f->fields[field].kind == FORM_CHOICE)
		return NULL;
	return act_check(in, typed, x->today);
}

static const struct form_ops ops = {.check = check, .explain = sheet_explain};

static void begin(struct act_form *x, const struct act *act)
{
	x->act = act;
	sheet_init(&x->form, act->fields, act->n, &ops, x);
}

static void give(struct act_form *x, const char *field, const char *value)
{
	int i = form_index(&x->form, field);
	if (i >= 0 && *value != '\0')
		form_give(&x->form, i, value);
}

/* arg: id, the case; kind, the row's name; a draft tells it later. */
static void act_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct act_form *x = s->state;
	const struct act *act = act_named(arg->kind);
	x->case_id = arg->id;
	x->today = word_day(s->desk->now);
	begin(x, act != NULL ? act : act_at(0));
	fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, x->case_id);
	fx_send_id(fx, "case.steps", TAG_STEPS, SEND_WAIT, x->case_id);
	if (act == NULL || strncmp(act->name, "fee_", 4) == 0)
		fx_send_id(fx, "fee.list", TAG_FEES, SEND_WAIT, x->case_id);
}

static void act_close(struct screen *s)
{
	form_wipe(&((struct act_form *)s->state)->form);
}

static bool act_dirty(const struct screen *s)
{
	const struct act_form *x = s->state;
	bool typed = false;
	for (int i = 0; i < x->form.n; i++)
		typed |=
		    x->form.touched[i] || (x->form.fields[i].kind == FORM_CHOICE && x->form.choice[i] != 0);
	return typed && !x->done && !x->issue.issued;
}

static int64_t act_watch(const struct screen *s)
{
	return ((const struct act_form *)s->state)->case_id;
}

static void act_draw(struct screen *s, const struct area *a)
{
	struct act_form *x = s->state;
	char about[5200];
	if (x->number[0] == '\0')
		snprintf(about, sizeof about, "%s", _("Reading the case …"));
	else
		snprintf(about, sizeof about, "%s · %s%s%s", x->number, x->item,
		    x->more[0] != '\0' ? "\n" : "", x->more);
	sheet_draw(&x->form, a, _(x->act->title), about, _(x->act->foot));
}

static void commit(struct act_form *x, struct effects *fx)
{
	struct bytes_out out;
	if (x->act->paper != NULL) {
		issue_act(&x->issue, fx, x->case_id, x->version, x->act, &x->form, x->today);
		x->issue.elsewhere = x->elsewhere;
		return;
	}
	out = fx_payload();
	op_put_int8(&out, x->case_id);
	op_put_int4(&out, x->version);
	act_put(&x->form, op_by_name(x->act->op)->in + 2, x->today, &out);
	fx_send(fx, x->act->op, TAG_ACT, SEND_WAIT, &out);
}

/* Where the limits would end with what is typed now (CASE-7, CASE-10). One question at a time: answers
 * may overtake one another. */
static void foresee(struct act_form *x, struct effects *fx)
{
	const struct op *op = op_by_name("case.foresee");
	struct bytes_out out;
	bool wanted = false;
	for (const struct op_field *in = op->in + 1; in->name != NULL; in++)
		wanted |= form_index(&x->form, in->name) >= 0;
	if (!wanted)
		return;
	x->foresee_again = x->foreseeing;
	if (x->foreseeing)
		return;
	x->foreseeing = true;
	out = fx_payload();
	op_put_int8(&out, x->case_id);
	act_put(&x->form, op->in + 1, x->today, &out);
	fx_send(fx, op->name, TAG_FORESEE, 0, &out);
}

static void foreseen(struct act_form *x, const struct reply *r, struct effects *fx)
{
	char due[32], law[32], limit[64];
	x->foreseeing = false;
	if (x->foresee_again)
		foresee(x, fx);
	if (!reply_ok(r) || r->nrows == 0) {
		x->more[0] = '\0';
		return;
	}
	word_limit(reply_int(r, 0, "extend_max"), "workday", limit, sizeof limit);
	word_moment(reply_int(r, 0, "due_at"), due, sizeof due);
	word_moment(reply_int(r, 0, "statutory_at"), law, sizeof law);
	size_t used = 0;
	if (form_index(&x->form, "days") >= 0)
		used = (size_t)snprintf(x->more, sizeof x->more, _("At most %s. "), limit);
	if (due[0] == '\0')
		snprintf(
		    x->more + used, sizeof x->more - used, "%s", _("It stands still: no day can be told."));
	else
		snprintf(x->more + used, sizeof x->more - used, _("The promise ends %s%s, by law %s."), due,
		    reply_bool(r, 0, "provisional") ? _(" (provisional)") : "", law);
}

static bool act_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct act_form *x = s->state;
	switch (sheet_request(&x->form, r, k, fx)) {
	case SHEET_BACK:
		if (act_dirty(s))
			fx_leave(fx, "");
		else
			fx_pop(fx, NULL);
		return true;
	case SHEET_COMMIT:
		commit(x, fx);
		return true;
	case SHEET_UNUSED:
		return false;
	case SHEET_CHANGED:
		if (strcmp(x->form.fields[x->form.focus].name, "days") == 0 ||
		    strcmp(x->form.fields[x->form.focus].name, "promised") == 0)
			foresee(x, fx);
		return true;
	default:
		return true;
	}
}

/* Refused, it stays with the sentence where it belongs; what an exception allows is asked for;
 * a newer version is read and said beside what was typed (CASE-14). */
static void refused(struct act_form *x, const char *code, struct effects *fx)
{
	struct screen_arg arg = {.id = x->case_id};
	if (strcmp(code, "case.changed") == 0) {
		x->again = true;
		fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, x->case_id);
		fx_send_id(fx, "case.steps", TAG_STEPS, SEND_WAIT, x->case_id);
	} else if (x->act->refused != NULL && strcmp(code, x->act->refused) == 0) {
		snprintf(arg.kind, sizeof arg.kind, "%s", x->act->except);
		snprintf(arg.text, sizeof arg.text, "%s", x->number);
		fx_push(fx, &screen_ask, &arg);
	}
}

static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);
	for (const char *at = words; (at = strstr(at, word)) != NULL; at += len)
		if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return true;
	return false;
}

/* What stands there from the beginning, until the person types it over. */
static void fill(struct act_form *x, const struct reply *r)
{
	char text[32];
	give(x, "document", reply_text(r, 0, "result_doc"));
	give(x, "received_by", reply_text(r, 0, reply_null(r, 0, "agent") ? "applicant" : "agent"));
	word_date(x->today, text, sizeof text);
	give(x, "received_on", text);
	give(x, "paid_on", text);
	if (strcmp(x->act->name, "fee_ask") == 0 && reply_int(r, 0, "fee") > 0) {
		int64_t fen = reply_int(r, 0, "fee");
		snprintf(text, sizeof text, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));
		give(x, "amount", text);
	}
}

/* Whether this can be done at all is said before anything is typed. */
static bool barred(const struct act_form *x, const struct reply *r, struct effects *fx)
{
	const char *name = x->act->name;
	char days[24];
	snprintf(days, sizeof days, "%lld", (long long)reply_int(r, 0, "extended"));
	if (!has_word(x->act->states, x->state))
		fx_refuse_code(fx, "case.state", x->state);
	else if (x->act->holder && !reply_bool(r, 0, "mine"))
		fx_refuse(fx, _("This case belongs to another post: %s."), reply_text(r, 0, "post"));
	else if (strcmp(name, "fee_ask") == 0 && !reply_null(r, 0, "fee") && reply_int(r, 0, "fee") == 0)
		fx_refuse_code(fx, "fee.free", x->item);
	else if (strcmp(name, "extend") == 0 && !reply_null(r, 0, "extended"))
		fx_refuse_code(fx, "extend.once", days);
	else
		return false;
	return true;
}

static void take(struct act_form *x, const struct reply *r)
{
	x->version = (int32_t)reply_int(r, 0, "version");
	snprintf(x->number, sizeof x->number, "%s", reply_text(r, 0, "number"));
	snprintf(x->item, sizeof x->item, "%s", reply_text(r, 0, "item"));
	snprintf(x->state, sizeof x->state, "%s", reply_text(r, 0, "state"));
	snprintf(x->step, sizeof x->step, "%s", reply_text(r, 0, "step"));
	snprintf(x->post, sizeof x->post, "%s", reply_text(r, 0, "post"));
	/* The applicant's data is masked for a chief representative, so is what would be printed. */
	x->elsewhere = strcmp(x->act->name, "extend") == 0 && !reply_bool(r, 0, "mine") ? x->post : NULL;
}

static void shown(struct screen *s, const struct reply *r, struct effects *fx)
{
	struct act_form *x = s->state;
	char was[600], is[600];
	if (!reply_ok(r) || r->nrows == 0) {
		fx_pop(fx, NULL);
		if (!reply_ok(r))
			fx_refuse_reply(fx, r);
		return;
	}
	snprintf(was, sizeof was, "%.60s · %.500s", word_state(x->state), x->step);
	take(x, r);
	snprintf(is, sizeof is, "%.60s · %.500s", word_state(x->state), x->step);
	fill(x, r);
	if (barred(x, r, fx)) {
		/* What was typed is not thrown away unseen. */
		if (!act_dirty(s))
			fx_pop(fx, NULL);
		return;
	}
	if (x->again && strcmp(was, is) != 0)
		fx_refuse(fx, _("Changed meanwhile: %s, now %s. F10 does it all the same."), was, is);
	x->again = false;
	foresee(x, fx);
}

/* The steps there are, for who chooses among them or leaves one; the one it is at is named. */
static void steps(struct act_form *x, const struct reply *r)
{
	bool back = strcmp(x->act->name, "send_back") == 0, on = strcmp(x->act->name, "advance") == 0;
	size_t used = 0;
	char last[16] = "";
	if ((!back && !on) || !reply_ok(r))
		return;
	x->more[0] = '\0';
	for (size_t i = 0; i < r->nrows; i++) {
		const char *state = reply_text(r, i, "state");
		bool now = strcmp(state, "now") == 0;
		if (reply_int(r, i, "seq") < 1 || used + 1600 > sizeof x->more)
			continue;
		if (back ? strcmp(state, "past") != 0 : strcmp(state, "past") == 0)
			continue;
		used +=
		    (size_t)snprintf(x->more + used, sizeof x->more - used, "%s%lld %.500s · %.500s%s%.500s",
			used == 0 ? ""
			: on      ? " → "
				  : "   ",
			(long long)reply_int(r, i, "seq"), reply_text(r, i, "name"), reply_text(r, i, "post"),
			reply_null(r, i, "holder") ? "" : " · ", reply_text(r, i, "holder"));
		snprintf(last, sizeof last, "%lld", (long long)reply_int(r, i, "seq"));
		if (on && !now)
			break;
	}
	give(x, "step", last);
}

/* What is asked of the case now. */
static void fees(struct act_form *x, const struct reply *r)
{
	char money[48];
	for (size_t i = 0; reply_ok(r) && i < r->nrows; i++)
		if (reply_null(r, i, "voided_at"))
			snprintf(x->more, sizeof x->more, _("Asked: %s %s%s%s"),
			    word_money(reply_int(r, i, "amount"), money, sizeof money),
			    reply_text(r, i, "notice"),
			    reply_null(r, i, "receipt_no") ? "" : _(" · paid by receipt "),
			    reply_text(r, i, "receipt_no"));
}

static void did(struct act_form *x, const struct reply *r, struct effects *fx)
{
	struct screen_arg arg = {.kind = "acted", .id = x->case_id};
	char code[48];
	if (reply_ok(r)) {
		x->done = true;
		fx_pop(fx, &arg);
		fx_say(fx, FACE_GOOD, _("%s: %s."), _(x->act->title), x->number);
		return;
	}
	snprintf(code, sizeof code, "%s", reply_code(r));
	(void)sheet_blame(&x->form, r);
	fx_refuse_reply(fx, r);
	refused(x, code, fx);
}

/* The answer to what was asked comes by itself. */
static void events(const struct act_form *x, const struct reply *r, struct effects *fx)
{
	for (size_t i = 0; i < r->nrows; i++) {
		const char *event = reply_text(r, i, "event");
		if (reply_int(r, i, "case_id") == x->case_id &&
		    (strcmp(event, "exception_grant") == 0 || strcmp(event, "exception_deny") == 0))
			fx_say(fx, FACE_WARN, _("%s: %s."), reply_text(r, i, "actor"), word_event(event));
	}
}

static void issued(struct act_form *x, enum issue_result how, const struct message *m, struct effects *fx)
{
	struct screen_arg arg = {.kind = "acted", .id = x->case_id};
	if (how == ISSUE_DONE || how == ISSUE_PRINTER) {
		fx_pop(fx, &arg);
		issue_say(&x->issue, fx, how);
	} else if (how == ISSUE_REFUSED) {
		if (m->kind == MESSAGE_REPLY)
			(void)sheet_blame(&x->form, m->reply);
		refused(x, x->issue.code, fx);
	}
}

static void act_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct act_form *x = s->state;
	enum issue_result how = issue_message(&x->issue, m, fx);
	if (how != ISSUE_OTHER)
		issued(x, how, m, fx);
	else if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	else if (m->kind == MESSAGE_STOPPED || m->kind == MESSAGE_ONLINE)
		x->foreseeing = false; /* no answer of before comes any more */
	else if (m->kind == MESSAGE_EVENTS)
		events(x, m->reply, fx);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_SHOW)
		shown(s, m->reply, fx);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_STEPS)
		steps(x, m->reply);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_FEES && strncmp(x->act->name, "fee_", 4) == 0)
		fees(x, m->reply);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_FORESEE)
		foreseen(x, m->reply, fx);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_ACT)
		did(x, m->reply, fx);
}

static void act_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct act_form *x = s->state;
	about->id = about->case_id = x->case_id;
	snprintf(about->title, sizeof about->title, "%.60s · %.64s", _(x->act->title), x->number);
	keep_text(out, x->act->name);
	keep_text(out, x->state);
	keep_text(out, x->step);
	keep_form(out, &x->form);
}

static void act_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct act_form *x = s->state;
	char name[24];
	(void)fx;
	kept_text(in, name, sizeof name, false);
	const struct act *act = act_named(name);
	if (act == NULL || x->case_id != about->case_id) {
		in->bad = true;
		return;
	}
	begin(x, act);
	kept_text(in, x->state, sizeof x->state, false);
	kept_text(in, x->step, sizeof x->step, false);
	kept_form(in, &x->form);
	x->again = x->state[0] != '\0'; /* it may have gone on since */
}

const struct screen_ops screen_act = {
    .name = "act",
    .title = N_("A step of a case"),
    .on = ON_DIALOG,
    .size = sizeof(struct act_form),
    .dialog = true,
    .open = act_open,
    .close = act_close,
    .draw = act_draw,
    .request = act_request,
    .message = act_message,
    .dirty = act_dirty,
    .watch = act_watch,
    .save = act_save,
    .restore = act_restore,
};
