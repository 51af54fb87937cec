/*
 * Locking, logging out, leaving the program, its end: typed work goes first, and nobody
 * waits long for it.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "client/app.h"
#include "client/ui/lang.h"
#include "client/ui/recall.h"
#include "client/ui/term.h"

enum { LEAVE_MS = 1000, LOGOUT_MS = 500, HANG_MS = 5000 };

void app_login_again(struct app *app)
{
	struct screen_arg arg = {.number = 1, .id = app->stack.desk.staff_id};
	snprintf(arg.text, sizeof arg.text, "%s", app->stack.desk.login);
	app->stack.desk.post[0] = '\0';
	stack_drop(&app->stack, &screen_lock);
	if (!stack_has(&app->stack, &screen_login))
		stack_push(&app->stack, &screen_login, &arg);
}

void app_say_locked(struct app *app)
{
	(void)link_send(app->link, op_by_name("session.lock"), NULL, 0, NULL, NULL);
}

void app_lock(struct app *app)
{
	if (!app->logged_in || stack_has(&app->stack, &screen_lock) || stack_has(&app->stack, &screen_login))
		return;
	/* In this order, and on one line: what was typed goes before the lock. */
	app_draft_flush(app);
	app_say_locked(app);
	stack_say(&app->stack, FACE_PLAIN, "");
	stack_push(&app->stack, &screen_lock, NULL);
	app->dirty = true;
}

static void closing(void *handle)
{
	uv_close(handle, NULL);
}

/* A thread still waits for a share that is gone: it ends with the program. */
static void hangs(uv_timer_t *t)
{
	(void)t;
	_exit(0);
}

void app_stop(struct app *app)
{
	if (app->stopping)
		return;
	app_draft_flush(app);
	app->stopping = true;
	term_stop();
	/* It frees itself while the loop runs empty; the stack is closed after that. */
	link_close(app->link);
	app->link = NULL;
	closing(&app->tty);
	for (int i = 0; i < APP_SIGNALS; i++)
		closing(&app->signals[i]);
	closing(&app->tick);
	closing(&app->spin);
	closing(&app->paste);
	closing(&app->scan);
	closing(&app->draft);
	(void)uv_timer_start(&app->leave, hangs, HANG_MS, 0);
	uv_unref((uv_handle_t *)&app->leave);
	closing(&app->paint);
	app_paper_closing(app);
	app_attach_stop(app);
}

static void logged_out(void *arg, uint32_t id, const struct reply *r)
{
	(void)id;
	(void)r;
	app_stop(arg);
}

/* The hall hears of it first, but nobody waits long for that. */
static void quit(struct app *app)
{
	if (!app->logged_in || app->line != BAR_UP) {
		app_stop(app);
		return;
	}
	app->logged_in = false;
	(void)link_send_within(app->link, op_by_name("session.logout"), NULL, 0, LOGOUT_MS, logged_out, app);
}

/* The screens go, or stay (again) below the login. */
static void log_out(struct app *app, bool again)
{
	bool typed = stack_keeps(&app->stack);
	/* Line or no line: who comes next must not find it open. */
	link_logout(app->link);
	app_attach_drop(app);
	app->logged_in = false;
	stack_say(&app->stack, FACE_PLAIN, "");
	if (again) {
		app_login_again(app);
	} else {
		recall_clear();
		app->stack.desk.post[0] = '\0';
		stack_restart(&app->stack, &screen_login, NULL);
		if (typed)
			stack_say(&app->stack, FACE_PLAIN,
			    _("What was typed is kept as a draft and offered at the next login."));
	}
	app->dirty = true;
}

static void leave_now(struct app *app)
{
	enum app_leave how = app->leaving;
	app->leaving = LEAVE_NOT;
	(void)uv_timer_stop(&app->leave);
	if (how == LEAVE_STOP)
		app_stop(app);
	else if (how == LEAVE_QUIT)
		quit(app);
	else
		log_out(app, how == LEAVE_AGAIN);
	/* Keys typed meanwhile belong to the login. */
	if (how != LEAVE_STOP && how != LEAVE_QUIT)
		stack_release(&app->stack);
}

static void waited(uv_timer_t *t)
{
	leave_now(t->data);
}

void app_leave(struct app *app, enum app_leave how)
{
	if (app->leaving != LEAVE_NOT) {
		app->leaving = how > app->leaving ? how : app->leaving;
		return;
	}
	app_draft_flush(app);
	app->leaving = how;
	stack_hold(&app->stack);
	if (app->logged_in && app->line == BAR_UP && !app_draft_flushed(app))
		(void)uv_timer_start(&app->leave, waited, LEAVE_MS, 0);
	else
		leave_now(app);
}

void app_left(struct app *app)
{
	if (app->leaving != LEAVE_NOT && app_draft_flushed(app))
		leave_now(app);
}
