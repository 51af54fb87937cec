/* The line and the session of the window client: what the link tells becomes messages. */
#include "client/app.h"

#include <stdio.h>
#include <string.h>

#include "client/refusal.h"
#include "client/reply.h"
#include "client/screen/visits.h"
#include "client/screen/words.h"
#include "client/settings.h"
#include "client/ui/lang.h"
#include "client/ui/recall.h"
#include "common/bytes.h"
#include "common/text.h"

enum { CLOCK_MOVED = 90 * 1000000 /* microseconds an event is ahead of this clock */ };

/* Any text of the wire into a fixed place, cut at a character. */
static void keep(char *dst, size_t size, const char *s)
{
	size_t n = text_cut(s, strlen(s), size - 1);
	memcpy(dst, s, n);
	dst[n] = '\0';
}

static void replied(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	if (app->stopping)
		return;
	stack_reply(&app->stack, request, r);
	app_draft_touch(app);
	app->dirty = true;
}

uint32_t app_login(void *ctx, const char *login, const char *password)
{
	struct app *app = ctx;
	if (app->link == NULL)
		return 1;
	return link_login(app->link, login, password, replied, app);
}

void app_forget(void *ctx, uint32_t request)
{
	struct app *app = ctx;
	if (app->link != NULL)
		link_forget(app->link, request);
}

void app_give_up(void *ctx, uint32_t request)
{
	struct app *app = ctx;
	if (app->link != NULL)
		link_give_up(app->link, request);
}

static void watch(struct app *app, const int64_t *cases, int n, link_reply_cb *cb)
{
	struct bytes_out out;
	if (!app->logged_in || app->link == NULL)
		return;
	bytes_out_init(&out, 0);
	size_t begun = op_array_begin(&out);
	for (int i = 0; i < n; i++)
		op_put_int8(&out, cases[i]);
	op_array_end(&out, begun, (uint32_t)n);
	op_put_null(&out);
	(void)link_subscribe(app->link, out.p, out.len, cb, app);
	bytes_out_done(&out);
}

void app_watch(void *ctx, const int64_t *cases, int n)
{
	watch(ctx, cases, n, NULL);
}

/* From here on every change is told: what was read before may have missed one. */
static void listening(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	(void)request;
	if (!app->stopping && reply_ok(r))
		stack_tell(&app->stack, MESSAGE_ONLINE, NULL);
	app->dirty = true;
}

static bool of_a_case(const struct reply *rows)
{
	for (size_t i = 0; i < rows->nrows; i++)
		if (!reply_null(rows, i, "case_id"))
			return true;
	return false;
}

/* The day is another: what is left of every limit is one day less. */
void app_new_day(struct app *app)
{
	if (!app->logged_in || app->line != BAR_UP)
		return;
	stack_tell(&app->stack, MESSAGE_ONLINE, NULL);
	app_ask_lights(app);
}

static void set_clock(struct app *app, int64_t us)
{
	app->hall_at = us;
	app->hall_since = uv_now(&app->loop);
	app->stack.desk.now = us;
}

static void clock_shown(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	(void)request;
	stack_heard(&app->stack, r);
	app->dirty = true;
	if (!reply_ok(r) || r->nrows == 0)
		return;
	int32_t day = word_day(app->stack.desk.now);
	set_clock(app, reply_int(r, 0, "now"));
	if (word_day(app->stack.desk.now) != day)
		app_new_day(app);
}

void app_ask_clock(struct app *app)
{
	(void)link_send(app->link, op_by_name("clock.show"), NULL, 0, clock_shown, app);
}

static void take_hello(struct app *app)
{
	const struct reply *h = link_hello(app->link);
	struct desk *d = &app->stack.desk;
	if (h == NULL || h->nrows == 0)
		return;
	keep(d->hall, sizeof d->hall, reply_text(h, 0, "hall"));
	keep(d->hall_no, sizeof d->hall_no, reply_text(h, 0, "hall_no"));
	keep(d->window, sizeof d->window, reply_text(h, 0, "window"));
	d->window_no = (int)reply_int(h, 0, "window_no");
	d->test = reply_bool(h, 0, "test");
	d->training = reply_bool(h, 0, "training");
	set_clock(app, reply_int(h, 0, "now"));
}

/* Why the line is down. This program tries again by itself: nobody is told to. */
static const char *line_sentence(const char *why, const char *detail, char *buf, size_t size)
{
	if (strcmp(why, "link.lost") == 0)
		return _("The line to the hall was cut; it is being tried again by itself.");
	if (strcmp(why, "link.timeout") == 0)
		return _("The hall does not answer; it is being tried again by itself.");
	if (strcmp(why, "server.busy") == 0)
		return _("The hall is busy; it is being tried again by itself.");
	return refusal_say(why, detail, NULL, NULL, buf, size);
}

/* Every try that fails tells why. The same again must not wipe out what answered a key meanwhile. */
static void say_lost(struct app *app, const char *sentence)
{
	if (strcmp(sentence, app->line_said) == 0 && app->stack.said[0] != '\0')
		return;
	keep(app->line_said, sizeof app->line_said, sentence);
	stack_say(&app->stack, FACE_ERROR, sentence);
}

static void state(void *ctx, enum link_state now, const char *why, const char *detail)
{
	struct app *app = ctx;
	bool was_down = app->line == BAR_LOST;
	char buf[512];
	app->dirty = true;
	if (app->stopping)
		return;
	bool failed = now < LINK_CONNECTED && why != NULL && *why != '\0';
	app->line = now >= LINK_CONNECTED ? BAR_UP : now == LINK_LOST || failed ? BAR_LOST : BAR_CONNECTING;
	if (now >= LINK_CONNECTED) {
		take_hello(app);
		app->line_said[0] = '\0';
	}
	if (failed) {
		say_lost(app, line_sentence(why, detail, buf, sizeof buf));
	} else if (now >= LINK_CONNECTED && was_down) {
		stack_say(&app->stack, FACE_GOOD, _("The line is back."));
	}
}

static void event(void *ctx, const struct reply *rows)
{
	struct app *app = ctx;
	app->dirty = true;
	if (app->stopping)
		return;
	stack_tell(&app->stack, MESSAGE_EVENTS, rows);
	if (visits_concern(rows))
		app_ask_visits(app);
	if (of_a_case(rows))
		app_ask_lights(app);
	app_cover_news(app, rows);
	app_news(app, rows);
	/* A test hall's clock was moved. */
	if (rows->nrows > 0 && reply_int(rows, rows->nrows - 1, "at") > app->stack.desk.now + CLOCK_MOVED)
		app_ask_clock(app);
}

/* All that a session may hear and read from now on: refused while it is locked, or must change its password. */
static void take_up(struct app *app)
{
	struct desk *d = &app->stack.desk;
	app->lights_asked = app->lights_again = app->to_print_asked = app->to_print_again = false;
	d->visits_asked = d->visits_late = d->yellow = d->red = d->to_print = 0;
	watch(app, app->stack.watched, app->stack.nwatched, listening);
	app_cover_ask(app);
	app_ask_visits(app);
	app_ask_lights(app);
	app_ask_to_print(app);
}

static void let_in(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	replied(app, request, r);
	if (!app->stopping && app->logged_in && reply_ok(r))
		take_up(app);
}

/* After the end nothing is sent any more, and nothing answered: any handle will do. */
uint32_t app_send(void *ctx, const struct op *op, const void *payload, size_t len)
{
	struct app *app = ctx;
	if (app->link == NULL)
		return 1;
	bool lets_in = strcmp(op->name, "session.unlock") == 0 || strcmp(op->name, "session.password") == 0;
	return link_send(app->link, op, payload, len, lets_in ? let_in : replied, app);
}

static void session(void *ctx, const struct reply *row)
{
	struct app *app = ctx;
	struct desk *d = &app->stack.desk;
	app->dirty = true;
	if (app->stopping)
		return;
	if (row == NULL) {
		app_draft_flush(app);
		app_draft_over(app);
		if (app->logged_in)
			app_login_again(app);
		app_attach_drop(app);
		app->logged_in = false;
		return;
	}
	bool fresh = !app->logged_in;
	if (fresh)
		app_paper_login(app);
	app->logged_in = true;
	d->staff_id = reply_int(row, 0, "staff_id");
	d->class = (unsigned)reply_int(row, 0, "class");
	keep(d->login, sizeof d->login, reply_text(row, 0, "login"));
	keep(d->person, sizeof d->person, reply_text(row, 0, "name"));
	keep(d->department, sizeof d->department, reply_text(row, 0, "department"));
	app_cover_session(app, fresh);
	app_draft_session(app, row, fresh);
	if (!reply_bool(row, 0, "must_change") && !reply_bool(row, 0, "locked"))
		take_up(app);
	bool locked = stack_has(&app->stack, &screen_lock);
	if (reply_bool(row, 0, "locked") && !locked && !stack_has(&app->stack, &screen_login)) {
		stack_say(&app->stack, FACE_PLAIN, "");
		stack_push(&app->stack, &screen_lock, NULL);
	}
	/* Locked while the line was down; a password on its way opens both anyway. */
	else if (locked && !reply_bool(row, 0, "locked") && !stack_waits(&app->stack))
		app_say_locked(app);
}

static void word(void *ctx, uint32_t request, enum outbox_word w)
{
	struct app *app = ctx;
	app->dirty = true;
	stack_word(&app->stack, request,
	    w == OUTBOX_SAVED     ? WORD_SAVED
	    : w == OUTBOX_UNSAVED ? WORD_UNSAVED
				  : WORD_CONFIRMING);
}

/* What a run that died had sent is settled now: the person hears how it ended. */
static void recovered(void *ctx, const struct op *op, const void *payload, size_t len, enum outbox_word w,
    const struct reply *outcome)
{
	struct app *app = ctx;
	char buf[400];
	const char *what = op == NULL ? _("something") : word_op(op->name);
	const char *number = outcome == NULL ? "" : reply_text(outcome, 0, "number");
	(void)payload;
	(void)len;
	if (w == OUTBOX_CONFIRMING)
		return;
	snprintf(buf, sizeof buf,
	    w == OUTBOX_SAVED ? _("Sent before this program was restarted, and saved: %s %s")
			      : _("Sent before this program was restarted, but not saved: %s %s"),
	    what, number);
	stack_say(&app->stack, w == OUTBOX_SAVED ? FACE_GOOD : FACE_WARN, buf);
	app->dirty = true;
}

static void settled(void *ctx)
{
	struct app *app = ctx;
	if (!app->stopping)
		app_draft_step(app);
}

int app_link_open(struct app *app, char *error, size_t size)
{
	static const struct link_calls calls = {.state = state,
	    .event = event,
	    .session = session,
	    .word = word,
	    .settled = settled,
	    .recovered = recovered};
	const struct settings *s = app->settings;
	struct link_conf conf = {.host = s->host,
	    .port = s->port,
	    .port_file = s->port_file != NULL && s->port_file[0] != '\0' ? s->port_file : NULL,
	    .name = s->name,
	    .ca = s->ca,
	    .cert = s->cert,
	    .key = s->key,
	    .state = s->state,
	    .program = "yimen " YIMEN_VERSION};
	app->link = link_open(&app->loop, &conf, &calls, app, error, size);
	return app->link == NULL ? -1 : 0;
}
