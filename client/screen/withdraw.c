/*
 * Withdrawing a case: the applicant's signed request, its day and who signed.
 * F10 ends the case and prints the notice, once the clerk has said that the
 * request is there: all the rest may stand there from the beginning.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/act.h"
#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/screen/sheet.h"
#include "client/screen/words.h"
#include "client/ui/date.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_SHOW = 1, TAG_BAR };
enum { REQUESTED, SIGNED_BY, SIGNED_ON, REMARK, FIELDS };

struct withdraw {
	int64_t case_id;
	int32_t version;
	char about[1200], number[64], next[24];
	struct form form;
	struct issue_words words;
	struct issue issue;
};

static const struct form_choice requests[] = {
    {"", N_("not here yet")}, {"signed", N_("here, with a signature")}, {NULL, NULL}};

/* clang-format off */
static const struct form_field fields[FIELDS] = {
    [REQUESTED] = {.name = "requested", .label = N_("Signed request"), .kind = FORM_CHOICE, .choices = requests, .row = 0},
    [SIGNED_BY] = {.name = "signed_by", .label = N_("Signed by"), .hint = N_("applicant or agent"), .max = 120, .row = 1, .weight = 3, .required = true, .personal = true},
    [SIGNED_ON] = {.name = "signed_on", .label = N_("on"), .hint = N_("day: 20261123"), .max = 24, .row = 1, .weight = 2, .required = true},
    [REMARK] = {.name = "remark", .label = N_("Remark"), .max = 400, .row = 2},
};
/* clang-format on */

/* A request is signed today or before: no day is too early to be read. */
static const char *check(const struct form *f, int field, bool done)
{
	int32_t day;
	const char *typed = form_value(f, field);
	if (field == REQUESTED)
		return done && *typed == '\0' ? "withdraw.unsigned" : NULL;
	return field == SIGNED_ON && done && *typed != '\0' ? date_parse(typed, 0, &day) : NULL;
}

static const struct form_ops ops = {.check = check, .explain = sheet_explain};

static void withdraw_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct withdraw *w = s->state;
	char today[16];
	w->case_id = arg->id;
	sheet_init(&w->form, fields, FIELDS, &ops, w);
	form_give(&w->form, SIGNED_ON, word_date(word_day(s->desk->now), today, sizeof today));
	fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, w->case_id);
	act_ask(fx, TAG_BAR, w->case_id, "withdraw");
}

static void withdraw_close(struct screen *s)
{
	struct withdraw *w = s->state;
	form_wipe(&w->form);
}

static bool withdraw_dirty(const struct screen *s)
{
	const struct withdraw *w = s->state;
	bool typed = w->form.choice[REQUESTED] != 0;
	for (int i = 0; i < FIELDS; i++)
		typed |= w->form.touched[i];
	return typed && !w->issue.issued;
}

static int64_t withdraw_watch(const struct screen *s)
{
	return ((const struct withdraw *)s->state)->case_id;
}

static void withdraw_draw(struct screen *s, const struct area *a)
{
	struct withdraw *w = s->state;
	sheet_draw(&w->form, a, _("Withdraw, by the applicant's signed request"), w->about,
	    _("F10: end the case and print the notice    Esc: back"));
}

static void commit(struct withdraw *w, struct effects *fx)
{
	w->words = (struct issue_words){.signed_by = sheet_text(&w->form, SIGNED_BY)};
	if (date_parse(form_value(&w->form, SIGNED_ON), 0, &w->words.signed_on) == NULL)
		issue_outcome(&w->issue, fx, w->case_id, w->version, "withdraw", NULL,
		    form_value(&w->form, REMARK), &w->words);
}

static bool withdraw_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct withdraw *w = s->state;
	switch (sheet_request(&w->form, r, k, fx)) {
	case SHEET_BACK:
		if (withdraw_dirty(s))
			fx_leave(fx, "");
		else
			fx_pop(fx, NULL);
		return true;
	case SHEET_COMMIT:
		commit(w, fx);
		return true;
	case SHEET_UNUSED:
		return false;
	default:
		return true;
	}
}

static void shown(struct withdraw *w, const struct reply *r, struct effects *fx)
{
	if (!reply_ok(r) || r->nrows == 0) {
		fx_pop(fx, NULL);
		if (!reply_ok(r))
			fx_refuse_reply(fx, r);
		return;
	}
	w->version = (int32_t)reply_int(r, 0, "version");
	snprintf(w->about, sizeof w->about, "%.60s · %.1000s", reply_text(r, 0, "number"),
	    reply_text(r, 0, "item"));
	snprintf(w->number, sizeof w->number, "%s", reply_text(r, 0, "number"));
	snprintf(w->next, sizeof w->next, "%s", reply_text(r, 0, "action"));
	form_give(&w->form, SIGNED_BY, reply_text(r, 0, reply_null(r, 0, "agent") ? "applicant" : "agent"));
}

/* What was typed is not thrown away unseen. */
static void barred(const struct screen *s, const struct reply *r, struct effects *fx)
{
	const struct withdraw *w = s->state;
	if (act_barred(r, w->case_id, w->number, w->next, fx) != ACT_FREE && !withdraw_dirty(s))
		fx_pop(fx, NULL);
}

static void withdraw_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct withdraw *w = s->state;
	struct screen_arg arg = {.kind = "ended", .id = w->case_id};
	enum issue_result how = issue_message(&w->issue, m, fx);
	if (how == ISSUE_DONE || how == ISSUE_PRINTER) {
		fx_pop(fx, &arg);
		issue_say(&w->issue, fx, how);
	} else if (how == ISSUE_REFUSED && strcmp(w->issue.code, "case.changed") == 0) {
		fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, w->case_id);
	} else if (how == ISSUE_OTHER && m->kind == MESSAGE_REPLY && m->tag == TAG_SHOW) {
		shown(w, m->reply, fx);
	} else if (how == ISSUE_OTHER && m->kind == MESSAGE_REPLY && m->tag == TAG_BAR) {
		barred(s, m->reply, fx);
	} else if (m->kind == MESSAGE_RESULT) {
		(void)fx_left(fx, m->arg);
	}
}

static void withdraw_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct withdraw *w = s->state;
	about->id = about->case_id = w->case_id;
	snprintf(about->title, sizeof about->title, "%.240s", form_value(&w->form, SIGNED_BY));
	keep_form(out, &w->form);
}

static void withdraw_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct withdraw *w = s->state;
	(void)fx;
	kept_form(in, &w->form);
	if (w->case_id != about->case_id)
		in->bad = true;
}

const struct screen_ops screen_withdraw = {
    .name = "withdraw",
    .title = N_("Withdraw, by the applicant's signed request"),
    .on = ON_DIALOG | ON_FORM,
    .size = sizeof(struct withdraw),
    .dialog = true,
    .open = withdraw_open,
    .close = withdraw_close,
    .draw = withdraw_draw,
    .request = withdraw_request,
    .message = withdraw_message,
    .dirty = withdraw_dirty,
    .watch = withdraw_watch,
    .save = withdraw_save,
    .restore = withdraw_restore,
};
