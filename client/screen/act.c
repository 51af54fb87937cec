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
#include "client/screen/act_seen.h"
#include "client/screen/conflict.h"
#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/screen/sheet.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_SHOW = 1, TAG_STEPS, TAG_FEES, TAG_BAR, TAG_ACT, TAG_FORESEE };

struct act_form {
	const struct act *act;
	int64_t case_id;
	int32_t version, today;
	bool again;           /* another version: what changed is laid beside what was seen */
	bool choosing;        /* … in the dialog over this */
	struct act_seen seen; /* the case when what is here was typed */
	struct conflict conflict;
	char changed[256];              /* who changed it last */
	bool foreseeing, foresee_again; /* an answer is under way; something was typed meanwhile */
	bool opening;                   /* the case is being read, and whether it can be done */
	bool done;                      /* the hall has it: nothing typed is left here */
	const char *elsewhere;          /* its paper is printed by this post; NULL: here */
	char post[512];
	char number[64], item[1024], next[24];
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

static void read_case(struct act_form *x, struct effects *fx)
{
	x->opening = true;
	fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, x->case_id);
	fx_send_id(fx, "case.steps", TAG_STEPS, SEND_WAIT, x->case_id);
	if (strncmp(x->act->name, "fee_", 4) == 0)
		fx_send_id(fx, "fee.list", TAG_FEES, SEND_WAIT, x->case_id);
}

/* arg: id, the case; kind, the row's name; a draft tells it later. */
static void act_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct act_form *x = s->state;
	const struct act *act = act_named(arg->kind);
	x->case_id = arg->id;
	x->today = word_day(s->desk->now);
	begin(x, act != NULL ? act : act_at(0));
	/* A draft says only after this which it is. */
	if (act != NULL)
		read_case(x, fx);
}

static void act_close(struct screen *s)
{
	struct act_form *x = s->state;
	form_wipe(&x->form);
	conflict_done(&x->conflict);
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
	x->opening = false;
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
	if (reply_null(r, 0, "due_at") && !reply_null(r, 0, "statutory_at"))
		snprintf(x->more + used, sizeof x->more - used, _("The limit by law ends %s."), law);
	else if (due[0] == '\0')
		snprintf(
		    x->more + used, sizeof x->more - used, "%s", _("It stands still: no day can be told."));
	else
		snprintf(x->more + used, sizeof x->more - used, _("The promise ends %s%s, by law %s."), due,
		    reply_bool(r, 0, "provisional") ? _(" (provisional)") : "", law);
}

/* A form may stand open over midnight: what is not typed over is of the day it is sent on. */
static void renew_day(const struct screen *s)
{
	struct act_form *x = s->state;
	char text[32];
	if (x->today == word_day(s->desk->now))
		return;
	x->today = word_day(s->desk->now);
	word_date(x->today, text, sizeof text);
	give(x, "received_on", text);
	give(x, "paid_on", text);
}

static bool act_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct act_form *x = s->state;
	renew_day(s);
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
	/* The draft of a paper is refused for what others did before its command could be. */
	if (strcmp(code, "case.changed") == 0 || x->changed[0] != '\0') {
		x->again = true;
		read_case(x, fx);
	} else if (x->act->refused != NULL && strcmp(code, x->act->refused) == 0) {
		snprintf(arg.kind, sizeof arg.kind, "%s", x->act->except);
		snprintf(arg.text, sizeof arg.text, "%s", x->number);
		fx_push(fx, &screen_ask, &arg);
	}
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

static void take(struct act_form *x, const struct reply *r)
{
	x->version = (int32_t)reply_int(r, 0, "version");
	snprintf(x->number, sizeof x->number, "%s", reply_text(r, 0, "number"));
	snprintf(x->item, sizeof x->item, "%s", reply_text(r, 0, "item"));
	snprintf(x->next, sizeof x->next, "%s", reply_text(r, 0, "action"));
	snprintf(x->post, sizeof x->post, "%s", reply_text(r, 0, "post"));
	/* The applicant's data is masked for a chief representative, so is what would be printed. */
	x->elsewhere = strcmp(x->act->name, "extend") == 0 && !reply_bool(r, 0, "mine") ? x->post : NULL;
}

/* Who received it, where that was typed and another name stands in the case now. */
static void compare_receiver(struct act_form *x, const struct reply *r)
{
	int i = form_index(&x->form, "received_by");
	const char *now = reply_text(r, 0, reply_null(r, 0, "agent") ? "applicant" : "agent");
	if (i >= 0 && x->form.touched[i] && conflict_find(&x->conflict, -1 - SEEN_APPLICANT) != NULL)
		conflict_add(
		    &x->conflict, i + 1, form_label(&x->form, i), now, form_value(&x->form, i), true);
}

/* What was seen when it was typed beside what is now (CASE-14). False: nothing differs. */
static bool changed(struct act_form *x, const struct act_seen *now, const struct reply *r, struct effects *fx)
{
	struct screen_arg arg = {.lent = &x->conflict};
	conflict_begin(&x->conflict);
	act_seen_compare(&x->seen, now, &x->conflict);
	compare_receiver(x, r);
	if (x->conflict.n == 0) {
		fx_say(fx, FACE_WARN, "%s",
		    _("The case was changed, but not in what was typed here: F10 commits it."));
		return false;
	}
	if (x->changed[0] != '\0')
		snprintf(x->conflict.title, sizeof x->conflict.title, "%s", x->changed);
	else
		snprintf(x->conflict.title, sizeof x->conflict.title,
		    _("Case %.64s was changed meanwhile; it is %.64s now."), x->number,
		    word_state(reply_text(r, 0, "state")));
	x->choosing = true;
	fx_push(fx, &screen_conflict, &arg);
	return true;
}

/* Looked at; what was typed is on the newest version now, if it can be done at all still. */
static void chosen(struct act_form *x, struct effects *fx)
{
	x->choosing = false;
	for (int i = 0; i < x->form.n; i++) {
		const struct conflict_row *row = conflict_find(&x->conflict, i + 1);
		if (row != NULL && !row->keep)
			form_set(&x->form, i, row->theirs);
	}
	conflict_done(&x->conflict);
	fx_say(fx, FACE_PLAIN, "%s", _("This is on the newest version now: F10 commits it."));
	act_ask(fx, TAG_BAR, x->case_id, x->act->name);
}

static void shown(const struct screen *s, const struct reply *r, struct effects *fx)
{
	struct act_form *x = s->state;
	struct act_seen now;
	if (!reply_ok(r) || r->nrows == 0) {
		if (!act_dirty(s))
			fx_pop(fx, NULL);
		if (!reply_ok(r))
			fx_refuse_reply(fx, r);
		return;
	}
	take(x, r);
	act_seen_take(&now, r);
	bool looking = x->again && changed(x, &now, r, fx);
	x->again = false;
	x->changed[0] = '\0';
	x->seen = now;
	fill(x, r);
	/* Whether it can be done at all is said before anything is typed. */
	if (!looking)
		act_ask(fx, TAG_BAR, x->case_id, x->act->name);
	foresee(x, fx);
}

/* What was typed is not thrown away unseen. */
static void barred(const struct screen *s, const struct reply *r, struct effects *fx)
{
	struct act_form *x = s->state;
	x->opening = false;
	if (act_barred(r, x->case_id, x->number, x->next, fx) == ACT_BARRED && !act_dirty(s))
		fx_pop(fx, NULL);
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
	if (reply_ok(r))
		x->more[0] = '\0';
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
		if (!fx_caution(fx, r))
			fx_say(fx, FACE_GOOD, _("%s: %s."), _(x->act->title), x->number);
		return;
	}
	snprintf(code, sizeof code, "%s", reply_code(r));
	(void)sheet_blame(&x->form, r);
	fx_refuse_reply(fx, r);
	refused(x, code, fx);
}

/* The answer to what was asked comes by itself; and who else does something to this case. */
static void events(struct act_form *x, const struct reply *r, struct effects *fx)
{
	for (size_t i = 0; i < r->nrows; i++) {
		const char *event = reply_text(r, i, "event");
		if (reply_int(r, i, "case_id") != x->case_id)
			continue;
		if (strcmp(event, "exception_grant") == 0 || strcmp(event, "exception_deny") == 0)
			fx_say(fx, FACE_WARN, _("%s: %s."), word_actor(reply_text(r, i, "actor")),
			    word_event(event));
		else if (reply_int(r, i, "version") > x->version && x->issue.stage == ISSUE_IDLE &&
			 !x->done) {
			snprintf(x->changed, sizeof x->changed, _("%.60s changed this case just now: %.60s."),
			    word_actor(reply_text(r, i, "actor")), word_event(event));
			fx_say(fx, FACE_WARN, "%s", x->changed);
		}
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

/* No answer of before comes any more. */
static void stopped(const struct screen *s, struct effects *fx)
{
	struct act_form *x = s->state;
	x->foreseeing = false;
	if (x->opening && !act_dirty(s))
		fx_pop(fx, NULL); /* Esc while it opens leaves it */
	x->opening = false;
}

static void act_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct act_form *x = s->state;
	enum issue_result how = issue_message(&x->issue, m, fx);
	if (how != ISSUE_OTHER)
		issued(x, how, m, fx);
	else if (m->kind == MESSAGE_RESULT && x->choosing)
		chosen(x, fx);
	else if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	else if (m->kind == MESSAGE_STOPPED)
		stopped(s, fx);
	else if (m->kind == MESSAGE_ONLINE)
		renew_day(s);
	else if (m->kind == MESSAGE_EVENTS)
		events(x, m->reply, fx);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_SHOW)
		shown(s, m->reply, fx);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_BAR)
		barred(s, m->reply, fx);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_STEPS)
		steps(x, m->reply);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_FEES)
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
	keep_text(out, ""); /* where older programs kept what was seen of the case */
	keep_text(out, "");
	keep_form(out, &x->form);
	act_seen_save(&x->seen, out);
	conflict_save(&x->conflict, out);
}

static void act_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct act_form *x = s->state;
	char name[24], old[512];
	kept_text(in, name, sizeof name, false);
	const struct act *act = act_named(name);
	if (act == NULL || x->case_id != about->case_id) {
		in->bad = true;
		return;
	}
	begin(x, act);
	kept_text(in, old, sizeof old, false);
	kept_text(in, old, sizeof old, false);
	kept_form(in, &x->form);
	x->again = act_seen_restore(&x->seen, in); /* it may have gone on since */
	conflict_restore(&x->conflict, in);
	read_case(x, fx);
}

const struct screen_ops screen_act = {
    .name = "act",
    .title = N_("A step of a case"),
    .on = ON_DIALOG | ON_FORM,
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
