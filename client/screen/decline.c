/*
 * Declining a case (NEG-2): which of the three kinds, facts, legal basis; whose
 * matter it is, and where (NEG-4). F10 shows the draft to the printer's rules
 * first (DOC-2), then files it and prints. A major matter is asked for here. Over
 * an intake that is not received yet (screen_declining) it only gives the words
 * back: the intake receives and declines in one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/act.h"
#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/screen/sheet.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/op.h"

enum { TAG_SHOW = 1, TAG_BAR };
enum { WHY, FACTS, BASIS, WHERE, MAJOR, REMARK, FIELDS };

struct decline {
	int64_t case_id, post; /* post: whose matter it is, 0: none chosen; case_id 0: not received */
	int32_t version;
	char number[64], item[1024], next[24], post_name[200];
	bool just_received; /* by the intake it was begun in */
	struct form form;
	struct issue_words words;
	struct issue issue;
};

static const struct form_choice whys[] = {{"not_required", N_("needs no permission")},
    {"not_ours", N_("not our competence")}, {"not_permitted", N_("not permitted by law")}, {NULL, NULL}};
static const struct form_choice majors[] = {{"false", N_("no")}, {"true", N_("yes")}, {NULL, NULL}};

/* clang-format off */
static const struct form_field fields[FIELDS] = {
    [WHY] = {.name = "why", .label = N_("Reason"), .kind = FORM_CHOICE, .choices = whys, .row = 0},
    [FACTS] = {.name = "facts", .label = N_("Found"), .hint = N_("what was found"), .max = 400, .row = 1, .required = true, .personal = true},
    [BASIS] = {.name = "basis", .label = N_("Basis"), .hint = N_("law and article; empty: the usual ones"), .max = 200, .row = 2},
    [WHERE] = {.name = "to_where", .label = N_("Whose"), .hint = N_("F6: a post of the hall; or where else, at which window"), .max = 120, .row = 3},
    [MAJOR] = {.name = "major", .label = N_("Major"), .kind = FORM_CHOICE, .choices = majors, .row = 4},
    [REMARK] = {.name = "remark", .label = N_("Remark"), .max = 400, .row = 5},
};
/* clang-format on */

static bool is_why(const struct form *f, const char *why)
{
	return strcmp(form_value(f, WHY), why) == 0;
}

static bool used(const struct form *f, int field)
{
	return field != WHERE || is_why(f, "not_ours");
}

static const char *check(const struct form *f, int field, bool done)
{
	const struct decline *d = f->owner;
	if (!done || *form_value(f, field) != '\0')
		return NULL;
	if (field == BASIS && is_why(f, "not_permitted"))
		return "decline.basis";
	return field == WHERE && is_why(f, "not_ours") && d->post == 0 ? "decline.where" : NULL;
}

static const struct form_ops ops = {.check = check, .used = used, .explain = sheet_explain};

/* All that is typed, a line each in the order of the fields, then the post. */
static void give_text(const struct decline *d, char *buf, size_t size)
{
	size_t at = 0;
	for (int i = 0; i < FIELDS; i++)
		at += (size_t)snprintf(buf + at, size - at, "%s\n", form_value(&d->form, i));
	snprintf(buf + at, size - at, "%lld\n%s", (long long)d->post, d->post_name);
}

static void take_text(struct decline *d, const char *text)
{
	char line[2048];
	for (int i = 0; i < FIELDS + 2 && *text != '\0'; i++) {
		size_t len = strcspn(text, "\n");
		snprintf(line, sizeof line, "%.*s", (int)len, text);
		if (i < FIELDS)
			form_set(&d->form, i, line);
		else if (i == FIELDS)
			d->post = strtoll(line, NULL, 10);
		else
			snprintf(d->post_name, sizeof d->post_name, "%.190s", line);
		text += len + (text[len] == '\n');
	}
}

/* arg: id, the case; text, what was typed before it was received. */
static void decline_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct decline *d = s->state;
	d->case_id = arg->id;
	d->just_received = arg->text[0] != '\0';
	sheet_init(&d->form, fields, FIELDS, &ops, d);
	take_text(d, arg->text);
	fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, d->case_id);
}

static void decline_close(struct screen *s)
{
	struct decline *d = s->state;
	form_wipe(&d->form);
}

static bool decline_dirty(const struct screen *s)
{
	const struct decline *d = s->state;
	return !form_empty(&d->form) && !d->issue.issued;
}

static int64_t decline_watch(const struct screen *s)
{
	return ((const struct decline *)s->state)->case_id;
}

static void decline_draw(struct screen *s, const struct area *a)
{
	struct decline *d = s->state;
	char about[1600];
	snprintf(about, sizeof about, "%s · %s%s%s%s", d->number, d->item, d->post != 0 ? "\n" : "",
	    d->post != 0 ? _("Whose matter: ") : "", d->post_name);
	sheet_draw(&d->form, a, _("Decline"), d->case_id == 0 ? about + strlen(" · ") : about,
	    d->case_id == 0 ? _("F10: receive, file, print    Esc: back, nothing received")
			    : _("F10: file it and print the notice    Esc: back"));
}

/* Over an intake: what is typed goes to it, to be declined or to be typed on later. */
static void give_back(const struct decline *d, bool done, struct effects *fx)
{
	struct screen_arg arg = {.kind = "declining", .number = done};
	give_text(d, arg.text, sizeof arg.text);
	fx_pop(fx, &arg);
}

static void commit(struct decline *d, struct effects *fx)
{
	bool ours = !is_why(&d->form, "not_ours");
	d->words = (struct issue_words){.why = form_value(&d->form, WHY),
	    .facts = sheet_text(&d->form, FACTS),
	    .basis = sheet_text(&d->form, BASIS),
	    .where = sheet_text(&d->form, WHERE),
	    .post = ours ? 0 : d->post,
	    .major = strcmp(form_value(&d->form, MAJOR), "true") == 0};
	issue_outcome(
	    &d->issue, fx, d->case_id, d->version, "decline", NULL, form_value(&d->form, REMARK), &d->words);
}

static bool decline_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct decline *d = s->state;
	if (r == REQ_POST) {
		if (is_why(&d->form, "not_ours"))
			fx_push(fx, &screen_posts, &(struct screen_arg){.kind = "whose"});
		else
			fx_refuse_code(fx, "decline.not_elsewhere", NULL);
		return true;
	}
	switch (sheet_request(&d->form, r, k, fx)) {
	case SHEET_BACK:
		if (d->case_id == 0)
			give_back(d, false, fx);
		else if (decline_dirty(s))
			fx_leave(
			    fx, d->just_received ? _("The case is received: it stays in the queue.") : "");
		else
			fx_pop(fx, NULL);
		return true;
	case SHEET_COMMIT:
		if (d->case_id == 0)
			give_back(d, true, fx);
		else
			commit(d, fx);
		return true;
	case SHEET_UNUSED:
		return false;
	default:
		return true;
	}
}

static void issued(struct decline *d, enum issue_result how, struct effects *fx)
{
	struct screen_arg arg = {.kind = "ended", .id = d->case_id};
	if (how == ISSUE_DONE || how == ISSUE_PRINTER) {
		fx_pop(fx, &arg);
		issue_say(&d->issue, fx, how);
	} else if (how == ISSUE_REFUSED && strcmp(d->issue.code, "decline.major") == 0) {
		snprintf(arg.kind, sizeof arg.kind, "major_decline");
		snprintf(arg.text, sizeof arg.text, "%s", d->number);
		fx_push(fx, &screen_ask, &arg);
	} else if (how == ISSUE_REFUSED && strcmp(d->issue.code, "case.changed") == 0) {
		fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, d->case_id);
	}
}

static void shown(struct decline *d, const struct reply *r, struct effects *fx)
{
	if (!reply_ok(r) || r->nrows == 0) {
		fx_pop(fx, NULL);
		if (!reply_ok(r))
			fx_refuse_reply(fx, r);
		return;
	}
	d->version = (int32_t)reply_int(r, 0, "version");
	snprintf(d->number, sizeof d->number, "%s", reply_text(r, 0, "number"));
	snprintf(d->item, sizeof d->item, "%s", reply_text(r, 0, "item"));
	snprintf(d->next, sizeof d->next, "%s", reply_text(r, 0, "action"));
	act_ask(fx, TAG_BAR, d->case_id, "decline");
}

/* What was typed is not thrown away unseen. */
static void barred(const struct screen *s, const struct reply *r, struct effects *fx)
{
	const struct decline *d = s->state;
	if (act_barred(r, d->case_id, d->number, d->next, fx) == ACT_BARRED && !decline_dirty(s))
		fx_pop(fx, NULL);
}

/* The answer to what was asked comes by itself. */
static void events(struct decline *d, const struct reply *r, struct effects *fx)
{
	for (size_t i = 0; i < r->nrows; i++) {
		const char *event = reply_text(r, i, "event");
		if (reply_int(r, i, "case_id") == d->case_id &&
		    (strcmp(event, "exception_grant") == 0 || strcmp(event, "exception_deny") == 0))
			fx_say(fx, FACE_WARN, _("%s: %s."), word_actor(reply_text(r, i, "actor")),
			    word_event(event));
	}
}

static void decline_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct decline *d = s->state;
	enum issue_result how = issue_message(&d->issue, m, fx);
	if (how != ISSUE_OTHER) {
		issued(d, how, fx);
	} else if (m->kind == MESSAGE_REPLY && m->tag == TAG_SHOW) {
		shown(d, m->reply, fx);
	} else if (m->kind == MESSAGE_REPLY && m->tag == TAG_BAR) {
		barred(s, m->reply, fx);
	} else if (m->kind == MESSAGE_EVENTS) {
		events(d, m->reply, fx);
	} else if (m->kind == MESSAGE_RESULT && fx_left(fx, m->arg)) {
		return;
	} else if (m->kind == MESSAGE_RESULT && m->arg != NULL && strcmp(m->arg->kind, "post") == 0) {
		d->post = m->arg->id;
		snprintf(d->post_name, sizeof d->post_name, "%.190s", m->arg->text);
		form_blame(&d->form, WHERE, NULL);
	}
}

static void decline_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct decline *d = s->state;
	about->id = about->case_id = d->case_id;
	snprintf(about->title, sizeof about->title, "%.240s", form_value(&d->form, FACTS));
	keep_form(out, &d->form);
	bytes_put_u64(out, (uint64_t)d->post);
	keep_text(out, d->post_name);
}

static void decline_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct decline *d = s->state;
	(void)fx;
	kept_form(in, &d->form);
	d->post = (int64_t)bytes_get_u64(in);
	kept_text(in, d->post_name, sizeof d->post_name, false);
	if (d->case_id != about->case_id)
		in->bad = true;
}

static const char *decline_label(const struct screen *s, enum request r)
{
	const struct decline *d = s->state;
	return r == REQ_NOTE || (r == REQ_POST && !is_why(&d->form, "not_ours")) ? "" : NULL;
}

const struct screen_ops screen_decline = {
    .name = "decline",
    .title = N_("Decline"),
    .on = ON_OUTCOME | ON_FORM,
    .size = sizeof(struct decline),
    .dialog = true,
    .open = decline_open,
    .close = decline_close,
    .draw = decline_draw,
    .request = decline_request,
    .message = decline_message,
    .dirty = decline_dirty,
    .label = decline_label,
    .watch = decline_watch,
    .save = decline_save,
    .restore = decline_restore,
};

/* Declining. arg: text, what was typed before; lent, the name of the item. A part of the intake's draft. */

static void declining_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct decline *d = s->state;
	(void)fx;
	sheet_init(&d->form, fields, FIELDS, &ops, d);
	take_text(d, arg->text);
	if (arg->lent != NULL)
		snprintf(d->item, sizeof d->item, "%s", (const char *)arg->lent);
}

static void declining_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	keep_text(out, ((const struct decline *)s->state)->item);
	decline_save(s, about, out);
}

static void declining_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct decline *d = s->state;
	struct screen_about none = {.id = 0};
	(void)about; /* the intake's */
	kept_text(in, d->item, sizeof d->item, false);
	decline_restore(s, &none, in, fx);
}

const struct screen_ops screen_declining = {
    .name = "declining",
    .title = N_("Decline"),
    .on = ON_OUTCOME | ON_FORM,
    .size = sizeof(struct decline),
    .dialog = true,
    .open = declining_open,
    .close = decline_close,
    .draw = decline_draw,
    .request = decline_request,
    .message = decline_message,
    .label = decline_label,
    .save = declining_save,
    .restore = declining_restore,
};
