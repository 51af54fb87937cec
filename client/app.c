/*
 * The loop of the window client: terminal bytes to keys, timers, signals, and
 * the one place that paints.
 */
#include "client/app.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "client/screen/desktop.h"
#include "client/screen/words.h"
#include "client/settings.h"
#include "client/ui/lang.h"
#include "client/ui/recall.h"
#include "client/ui/term.h"

enum {
	PASTE_MS = 1500,
	TICK_MS = 1000,
	SPIN_MS = 120,
	CLOCK_TICKS = 60,
	AWAY_TICKS = 3 /* while the database is away */
};

static const int signals[APP_SIGNALS] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGCONT};

static struct area work_area(void)
{
	int rows, cols;
	term_size(&rows, &cols);
	return (struct area){2, 0, rows - 5, cols};
}

static void draw_too_small(void)
{
	int rows, cols;
	term_size(&rows, &cols);
	struct area a = {rows / 2 - 1 > 0 ? rows / 2 - 1 : 0, 1, rows, cols - 2};
	char line[200];
	snprintf(line, sizeof line,
	    _("This terminal is %d×%d. Yimen needs 80×24 or more: enlarge the window. What was typed is "
	      "kept."),
	    cols, rows);
	draw_wrap(&a, 0, FACE_BOLD, line);
}

static void draw_top(struct app *app, int cols)
{
	const struct desk *d = &app->stack.desk;
	char clock[16], place[400];
	const char *who = "", *post = d->post;
	struct bar_top top = {.hall = d->hall,
	    .clock = word_clock(d->now, clock, sizeof clock),
	    .line = app->line == BAR_UP && app->stack.no_database ? BAR_DATABASE : app->line,
	    .test = d->test,
	    .training = d->training,
	    .place = place};
	if (!app->logged_in || *post == '\0')
		post = d->window;
	else if ((who = strrchr(post, '(')) == NULL)
		who = post;
	if (who == post)
		post = "";
	size_t named = *who == '\0' ? strlen(post) : (size_t)(who - d->post);
	while (named > 0 && post[named - 1] == ' ')
		named--;
	if (d->window_no > 0)
		snprintf(place, sizeof place, _("window %d %.*s"), d->window_no,
		    *post == '\0' ? 0 : (int)named, post);
	else
		place[0] = '\0';
	if (*place != '\0' && place[strlen(place) - 1] == ' ')
		place[strlen(place) - 1] = '\0';
	top.who = who;
	bar_top(0, cols, &top);
	draw_rule(1, 0, cols, NULL);
}

static void draw_bottom(struct app *app, int rows, int cols)
{
	struct stack *s = &app->stack;
	struct bar_key keys[24];
	char buf[512], right[128];
	enum face face;
	const char *said = stack_said(s, &face, buf, sizeof buf);
	draw_rule(rows - 3, 0, cols, NULL);
	stack_right_said(s, right, sizeof right);
	bar_status(rows - 2, cols, face, said, app->spinning, right);
	bar_keys(rows - 1, cols, keys, stack_bar(s, keys, 24));
}

static void paint(struct app *app)
{
	int rows, cols;
	struct area work = work_area();
	term_size(&rows, &cols);
	draw_clear();
	if (app_too_small()) {
		draw_too_small();
	} else {
		draw_top(app, cols);
		stack_draw(&app->stack, &work);
		draw_bottom(app, rows, cols);
	}
	term_paint();
	if (!app_too_small())
		stack_shown(&app->stack);
}

/* Just before the loop waits: whatever happened is painted at once. */
static void before_wait(uv_prepare_t *h)
{
	struct app *app = h->data;
	app_left(app);
	if (!app->dirty || app->stopping)
		return;
	bool waits = stack_waits(&app->stack);
	app->dirty = false;
	if (!waits)
		app->spinning = -1;
	paint(app);
	if (waits && !uv_is_active((uv_handle_t *)&app->spin))
		(void)uv_timer_start(&app->spin, app->spin.timer_cb, SPIN_MS, SPIN_MS);
}

static void spin(uv_timer_t *t)
{
	struct app *app = t->data;
	app->dirty = true;
	if (stack_waits(&app->stack)) {
		app->spinning++;
		return;
	}
	app->spinning = -1;
	(void)uv_timer_stop(t);
}

static void paste_stuck(uv_timer_t *t)
{
	struct app *app = t->data;
	struct key k;
	if (key_paste_stuck(&app->keys, &k))
		app_keys_take(app, &k);
}

static void readable(uv_poll_t *h, int status, int events)
{
	struct app *app = h->data;
	int n = app_keys_read(app);
	(void)events;
	if (app->stopping)
		return;
	app_keys_arm(app);
	if (app->keys.pasting)
		(void)uv_timer_start(&app->paste, paste_stuck, PASTE_MS, 0);
	else
		(void)uv_timer_stop(&app->paste);
	/* Readable without anything to read: the terminal has gone. */
	if (status < 0 || (n == 0 && term_gone()))
		app_stop(app);
}

static void resized(struct app *app)
{
	struct area work;
	term_resize();
	work = work_area();
	if (!app_too_small())
		stack_resize(&app->stack, &work);
	app->dirty = true;
}

static void signalled(uv_signal_t *h, int signum)
{
	struct app *app = h->data;
	if (signum == SIGWINCH) {
		resized(app);
	} else if (signum == SIGCONT) {
		term_repaint();
		app->dirty = true;
	} else {
		app_leave(app, LEAVE_STOP);
	}
}

/* Once a second: the clock of line 1, and how long nobody has pressed a key. */
static void tick(uv_timer_t *t)
{
	struct app *app = t->data;
	uint64_t now = uv_now(&app->loop), idle = (now - app->last_key) / 1000;
	if (app->hall_since != 0) {
		int64_t before = app->stack.desk.now;
		app->stack.desk.now = app->hall_at + (int64_t)(now - app->hall_since) * 1000;
		if (app->stack.desk.now / 60000000 != before / 60000000)
			app->dirty = true;
		if (word_day(app->stack.desk.now) != word_day(before))
			app_new_day(app);
	}
	if (stack_fade(&app->stack))
		app->dirty = true;
	if (!app->logged_in)
		return;
	app->ticks++;
	app_paper_ask(app);
	if (app->ticks % (app->stack.no_database ? AWAY_TICKS : CLOCK_TICKS) == 0 && app->line == BAR_UP) {
		app_ask_clock(app);
		app_ask_visits(app); /* closing time makes them late */
	}
	app_draft_step(app);
	if (idle >= (uint64_t)app->settings->logout_after)
		app_leave(app, LEAVE_AGAIN);
	else if (idle >= (uint64_t)app->settings->lock_after)
		app_lock(app);
}

static void beep(void *ctx)
{
	(void)ctx;
	term_beep();
}

static uint64_t now(void *ctx)
{
	(void)ctx;
	return uv_hrtime() / 1000000;
}

static bool request(void *ctx, enum request r, const struct screen_arg *arg)
{
	struct app *app = ctx;
	app->dirty = true;
	switch (r) {
	case REQ_REFRESH:
		if (app->logged_in && app->line == BAR_UP) {
			app_ask_clock(app);
			app_ask_lights(app);
		}
		term_repaint();
		return true;
	case REQ_TAKE:
		app_cover_take(app);
		return true;
	case REQ_LOCK:
		app_lock(app);
		return true;
	case REQ_DRAFTS:
		app_draft_list(app);
		return true;
	case REQ_LOGOUT:
		if (desktop_may_leave(&app->stack, REQ_LOGOUT_NOW))
			app_leave(app, LEAVE_LOGOUT);
		return true;
	case REQ_LOGOUT_NOW:
		app_leave(app, LEAVE_LOGOUT);
		return true;
	case REQ_QUIT:
		if (desktop_may_leave(&app->stack, REQ_QUIT_NOW))
			app_leave(app, LEAVE_QUIT);
		return true;
	case REQ_QUIT_NOW:
		app_leave(app, LEAVE_QUIT);
		return true;
	default:
		return desktop_request(&app->stack, r, arg);
	}
}

static void start_handles(struct app *app)
{
	(void)uv_poll_init(&app->loop, &app->tty, 0);
	/* Polling made it non-blocking, for curses' output and for the shell too: on a slow
	 * line a screen would lose what the terminal does not take at once. */
	(void)fcntl(0, F_SETFL, fcntl(0, F_GETFL) & ~O_NONBLOCK);
	app->tty.data = app;
	(void)uv_poll_start(&app->tty, UV_READABLE, readable);
	for (int i = 0; i < APP_SIGNALS; i++) {
		(void)uv_signal_init(&app->loop, &app->signals[i]);
		app->signals[i].data = app;
		(void)uv_signal_start(&app->signals[i], signalled, signals[i]);
	}
	(void)uv_timer_init(&app->loop, &app->tick);
	(void)uv_timer_init(&app->loop, &app->spin);
	(void)uv_timer_init(&app->loop, &app->paste);
	(void)uv_timer_init(&app->loop, &app->scan);
	app->tick.data = app->spin.data = app->paste.data = app->scan.data = app;
	(void)uv_timer_start(&app->tick, tick, TICK_MS, TICK_MS);
	app->spin.timer_cb = spin;
	app_draft_open(app);
	(void)uv_prepare_init(&app->loop, &app->paint);
	app->paint.data = app;
	(void)uv_prepare_start(&app->paint, before_wait);
}

static void reopen(void *ctx, const struct reply *taken, const uint8_t key[OP_DRAFT_KEY])
{
	struct app *app = ctx;
	stack_reopen(&app->stack, taken, key);
}

static const struct stack_host host = {.send = app_send,
    .login = app_login,
    .forget = app_forget,
    .give_up = app_give_up,
    .paper = app_paper,
    .paper_stop = app_paper_stop,
    .file = app_file,
    .request = request,
    .watch = app_watch,
    .beep = beep,
    .scan = app_scanned,
    .keep = app_draft_keep,
    .drop = app_draft_drop,
    .reopen = reopen,
    .now = now};

int app_run(struct app *app, const struct settings *settings, const char *login, char *error, size_t size)
{
	const char *why;
	struct screen_arg arg = {.id = 0};
	memset(app, 0, sizeof *app);
	app->settings = settings;
	app->spinning = -1;
	if (uv_loop_init(&app->loop) != 0) {
		snprintf(error, size, "%s", "the event loop cannot be started");
		return -1;
	}
	stack_init(&app->stack, &host, app);
	snprintf(
	    app->stack.desk.scan_folder, sizeof app->stack.desk.scan_folder, "%s", settings->scan_folder);
	snprintf(app->stack.desk.export_folder, sizeof app->stack.desk.export_folder, "%s",
	    settings->export_folder);
	key_reader_init(&app->keys);
	if (app_keys_open(app, error, size) != 0)
		return -1;
	if (app_link_open(app, error, size) != 0)
		return -1;
	if (term_start(strcmp(settings->line_drawing, "ascii") == 0, &why) != 0) {
		snprintf(error, size, "%s", why);
		link_close(app->link);
		(void)uv_run(&app->loop, UV_RUN_DEFAULT);
		return -1;
	}
	start_handles(app);
	app->last_key = uv_now(&app->loop);
	snprintf(arg.text, sizeof arg.text, "%s", login);
	stack_push(&app->stack, &screen_login, &arg);
	paint(app);
	app_paper_warm(app);
	app_attach_start(app);
	(void)uv_run(&app->loop, UV_RUN_DEFAULT);
	uv_close((uv_handle_t *)&app->leave, NULL);
	stack_done(&app->stack);
	app_draft_close(app);
	key_reader_done(&app->keys);
	recall_clear();
	app_attach_done(app);
	app_paper_cold(app);
	(void)uv_loop_close(&app->loop);
	return 0;
}
