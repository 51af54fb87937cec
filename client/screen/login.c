/*
 * Who sits here: login, a password that must be changed, the lock. The window
 * itself is known by its certificate.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/form.h"
#include "client/ui/lang.h"
#include "client/ui/recall.h"
#include "common/op.h"
#include "common/text.h"

static void explain(const struct form *f, int field, const char *code, char *buf, size_t size)
{
	(void)f;
	(void)field;
	screen_sentence(code, NULL, buf, size);
}

static const struct form_ops form_ops = {.explain = explain};

static const struct form_field login_fields[] = {
    {.name = "login", .label = N_("Login name"), .max = 32, .row = 0, .required = true},
    {.name = "password",
	.label = N_("Password"),
	.max = 128,
	.kind = FORM_SECRET,
	.row = 1,
	.required = true},
};
static const struct form_field lock_fields[] = {
    {.name = "password",
	.label = N_("Password"),
	.max = 128,
	.kind = FORM_SECRET,
	.row = 0,
	.required = true},
};
static const struct form_field password_fields[] = {
    {.name = "old", .label = N_("Old password"), .max = 128, .kind = FORM_SECRET, .row = 0, .required = true},
    {.name = "new", .label = N_("New password"), .max = 128, .kind = FORM_SECRET, .row = 1, .required = true},
    {.name = "again", .label = N_("Once more"), .max = 128, .kind = FORM_SECRET, .row = 2, .required = true},
};

/* The state of all three. */
struct gate {
	struct form form;
	bool again;    /* login: over a session that ended; what was typed is below */
	int64_t staff; /* login: who that was */
	bool forced;   /* password: before anything else */
};

static void draw_gate(struct gate *g, const struct area *a, const char *title, const char *hint)
{
	int w = 56, x = a->x + (a->w - w) / 2;
	int y = a->y + a->h / 2 - 5;
	draw_rule(y, x, w, title);
	struct area hint_area = {y + 2, x + 2, 2, w - 4};
	draw_wrap(&hint_area, 0, FACE_DIM, hint);
	struct area form = {y + 5, x + 2, 2 * g->form.n + 1, w - 4};
	form_draw(&g->form, &form);
	draw_rule(y + 6 + 2 * g->form.n, x, w, NULL);
}

/* Here only the password is asked for; and nobody counts seconds. */
static void gate_refused(const struct screen *s, struct effects *fx, const struct reply *r, bool locked)
{
	long seconds = strtol(reply_arg(r, 1), NULL, 10), minutes = (seconds + 59) / 60;
	char until[16];
	if (locked && strcmp(reply_code(r), "login.wrong") == 0) {
		fx_refuse(fx, "%s", _("The password is wrong."));
	} else if (strcmp(reply_code(r), "login.wait") == 0 && seconds > 90) {
		word_clock(s->desk->now + (seconds + 59) * 1000000, until, sizeof until);
		fx_refuse(fx,
		    ngettext("Too many wrong passwords: wait %ld minute, until %s, and try again.",
			"Too many wrong passwords: wait %ld minutes, until %s, and try again.",
			(unsigned long)minutes),
		    minutes, until);
	} else {
		fx_refuse_reply(fx, r);
	}
}

static void gate_close(struct screen *s)
{
	form_wipe(&((struct gate *)s->state)->form);
}

/* A key of one of these forms; true in *submit when it is to be sent. */
static bool gate_key(struct gate *g, enum request r, const struct key *k, bool *submit)
{
	enum form_result done = FORM_UNUSED;
	*submit = false;
	if (r == REQ_COMMIT)
		done = FORM_END;
	else if (r == REQ_KEY)
		done = form_key(&g->form, k);
	if (done == FORM_END)
		*submit = form_check(&g->form);
	return done != FORM_UNUSED;
}

/* Login. arg: text, a login name to begin with; number 1: over a session that ended, id its
 * person. */

static void login_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct gate *g = s->state;
	(void)fx;
	form_init(&g->form, login_fields, 2, &form_ops, NULL);
	if (arg == NULL)
		return;
	g->again = arg->number == 1;
	g->staff = arg->id;
	form_set(&g->form, 0, arg->text);
	if (arg->text[0] != '\0')
		g->form.focus = 1;
}

static void login_draw(struct screen *s, const struct area *a)
{
	struct gate *g = s->state;
	char title[160];
	if (s->desk->window_no > 0)
		snprintf(
		    title, sizeof title, _("Log in at window %d · %s"), s->desk->window_no, s->desk->window);
	else
		snprintf(title, sizeof title, "%s", _("Log in"));
	draw_gate(g, a, title,
	    g->again ? _("The session is over. Log in again: what was typed is still here.") : s->desk->hall);
}

static bool login_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct gate *g = s->state;
	bool submit;
	if (r == REQ_BACK) {
		form_wipe(&g->form);
		g->form.focus = 0;
		return true;
	}
	if (!gate_key(g, r, k, &submit))
		return false;
	if (submit)
		fx_login(fx, 0, form_value(&g->form, 0), form_value(&g->form, 1));
	return true;
}

static void login_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct gate *g = s->state;
	if (m->kind != MESSAGE_REPLY)
		return;
	form_set(&g->form, 1, "");
	g->form.good[1] = false;
	if (!reply_ok(m->reply)) {
		g->form.focus = 1;
		gate_refused(s, fx, m->reply, false);
		return;
	}
	struct screen_arg arg = {.number = 1};
	if (reply_bool(m->reply, 0, "must_change"))
		fx_replace(fx, &screen_password, &arg);
	else if (g->again && reply_int(m->reply, 0, "staff_id") == g->staff)
		fx_pop(fx, NULL);
	else {
		/* Another person: what the one before typed is not theirs to see. */
		recall_clear();
		fx_home(fx);
	}
}

const struct screen_ops screen_login = {
    .name = "login",
    .title = N_("Log in"),
    .on = ON_LOGIN,
    .size = sizeof(struct gate),
    .open = login_open,
    .close = gate_close,
    .draw = login_draw,
    .request = login_request,
    .message = login_message,
};

/* Password. arg: number 1: it must be changed before anything else (SEC-4). */

static void password_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct gate *g = s->state;
	(void)fx;
	form_init(&g->form, password_fields, 3, &form_ops, NULL);
	g->forced = arg != NULL && arg->number == 1;
}

static void password_draw(struct screen *s, const struct area *a)
{
	struct gate *g = s->state;
	draw_gate(g, a, _("Change the password"),
	    g->forced
		? _("This password was given by an administrator: choose your own, of 8 characters or more.")
		: _("8 characters or more."));
}

static bool password_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct gate *g = s->state;
	bool submit;
	if (r == REQ_BACK) {
		if (g->forced)
			fx_ask(fx, REQ_LOGOUT_NOW);
		else
			fx_pop(fx, NULL);
		return true;
	}
	if (!gate_key(g, r, k, &submit))
		return false;
	if (!submit)
		return true;
	const char *fresh = form_value(&g->form, 1);
	if (text_chars(fresh, strlen(fresh)) < 8) {
		form_blame_text(&g->form, 1, _("8 characters or more."));
		g->form.focus = 1;
	} else if (strcmp(fresh, form_value(&g->form, 2)) != 0) {
		form_blame_text(&g->form, 2, _("This is not the same as above."));
		g->form.focus = 2;
	} else {
		struct bytes_out out = fx_payload();
		op_put_text(&out, form_value(&g->form, 0));
		op_put_text(&out, fresh);
		fx_send(fx, "session.password", 0, SEND_WAIT, &out);
	}
	return true;
}

static void password_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct gate *g = s->state;
	if (m->kind != MESSAGE_REPLY)
		return;
	if (!reply_ok(m->reply)) {
		g->form.focus = 0;
		gate_refused(s, fx, m->reply, true);
		return;
	}
	if (g->forced)
		fx_home(fx);
	else
		fx_pop(fx, NULL);
	fx_say(fx, FACE_GOOD, "%s", _("The password was changed."));
}

const struct screen_ops screen_password = {
    .name = "password",
    .title = N_("Change the password"),
    .on = ON_DIALOG,
    .size = sizeof(struct gate),
    .open = password_open,
    .close = gate_close,
    .draw = password_draw,
    .request = password_request,
    .message = password_message,
};

/* Lock: over whatever was open; only the password of who is logged in opens it. */

static void lock_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct gate *g = s->state;
	(void)arg;
	(void)fx;
	form_init(&g->form, lock_fields, 1, &form_ops, NULL);
}

static void lock_draw(struct screen *s, const struct area *a)
{
	char title[200];
	snprintf(title, sizeof title, _("Locked · %s"), s->desk->person);
	draw_gate(s->state, a, title, _("What was typed is kept. The password opens the screen again."));
}

static bool lock_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct gate *g = s->state;
	bool submit;
	if (r == REQ_BACK) {
		form_wipe(&g->form);
		return true;
	}
	if (!gate_key(g, r, k, &submit))
		return false;
	if (submit) {
		struct bytes_out out = fx_payload();
		op_put_text(&out, form_value(&g->form, 0));
		fx_send(fx, "session.unlock", 0, SEND_WAIT, &out);
		form_wipe(&g->form);
	}
	return true;
}

static void lock_message(struct screen *s, const struct message *m, struct effects *fx)
{
	if (m->kind != MESSAGE_REPLY)
		return;
	if (reply_ok(m->reply))
		fx_pop(fx, NULL);
	else
		gate_refused(s, fx, m->reply, true);
}

const struct screen_ops screen_lock = {
    .name = "lock",
    .title = N_("Locked"),
    .on = ON_LOCK,
    .size = sizeof(struct gate),
    .open = lock_open,
    .close = gate_close,
    .draw = lock_draw,
    .request = lock_request,
    .message = lock_message,
};
