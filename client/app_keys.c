/* What the terminal sends to the window client: what a scanner types becomes scans, what a person types, keys. */
#include "client/app.h"

#include <stdio.h>
#include <string.h>

#include "client/screen/desktop.h"
#include "client/settings.h"
#include "client/ui/lang.h"
#include "client/ui/term.h"
#include "common/ident.h"

enum { ROWS_LEAST = 24, COLS_LEAST = 80 };

bool app_too_small(void)
{
	int rows, cols;
	term_size(&rows, &cols);
	return rows < ROWS_LEAST || cols < COLS_LEAST;
}

/* One that a person pressed, or a whole scan. */
static void take_key(struct app *app, const struct key *k)
{
	/* One of several that were held may have been the last: the terminal has gone. */
	if (app->stopping)
		return;
	app->last_key = uv_now(&app->loop);
	app->dirty = app->typed = true;
	if (app_too_small()) {
		term_beep();
		return;
	}
	if (k->code == K_CTRL && k->text[0] == 'c') {
		stack_say(&app->stack, FACE_PLAIN, _("Ctrl-Q logs out and leaves."));
		return;
	}
	stack_key(&app->stack, k);
	app_draft_touch(app);
}

static void scan_give(void *ctx, const struct key *k)
{
	take_key(ctx, k);
}

static void scan_mark(void *ctx)
{
	stack_mark(&((struct app *)ctx)->stack);
}

static void scan_settle(void *ctx)
{
	stack_settle(&((struct app *)ctx)->stack);
}

/* A case number opens its case from anywhere; an identity number begins an intake where no
 * field waits for it. Anything else was typed. */
static bool scanned(void *ctx, const char *text, int given)
{
	struct app *app = ctx;
	struct stack *s = &app->stack;
	const struct screen *at = given > 0 ? stack_marked(s) : stack_top(s);
	struct key k = {.code = K_SCAN, .paste = text, .len = strlen(text)};
	bool person = at != NULL && at->ops == &screen_queue && !stack_waits(s) &&
		      ident_guess(text, strlen(text)) != NULL;
	if (!person && !scan_case_number(text, s->desk.hall_no))
		return false;
	stack_take_back(s, given);
	take_key(app, &k);
	return true;
}

static void scan_dropped(void *ctx)
{
	struct stack *s = &((struct app *)ctx)->stack;
	stack_say(s, FACE_ERROR,
	    _("The code that was scanned holds keys instead of text: nothing of it was taken."));
	s->host->beep(s->ctx);
	((struct app *)ctx)->dirty = true;
}

static uint64_t now_ms(void)
{
	return uv_hrtime() / 1000000;
}

static void scan_later(uv_timer_t *t);

void app_keys_arm(struct app *app)
{
	int wait = app->stopping ? -1 : scan_wait(&app->scanner, now_ms());
	uv_update_time(&app->loop);
	if (wait >= 0)
		(void)uv_timer_start(&app->scan, scan_later, (uint64_t)wait, 0);
	else if (!app->stopping)
		(void)uv_timer_stop(&app->scan);
}

void app_keys_take(struct app *app, const struct key *k)
{
	scan_key(&app->scanner, k, now_ms());
}

int app_keys_read(struct app *app)
{
	struct key k;
	int ch, n = 0;
	while (!app->stopping && (ch = term_getch()) >= 0) {
		n++;
		if (key_feed(&app->keys, ch, &k))
			app_keys_take(app, &k);
	}
	return n;
}

static void scan_later(uv_timer_t *t)
{
	struct app *app = t->data;
	/* On a busy machine the next key came in time and was not read yet. */
	app_keys_read(app);
	scan_tick(&app->scanner, now_ms());
	app_keys_arm(app);
}

void app_scanned(void *ctx, const char *text)
{
	desktop_scan(&((struct app *)ctx)->stack, text);
}

int app_keys_open(struct app *app, char *error, size_t size)
{
	static const struct scan_host host = {scan_give, scan_mark, scan_settle, scanned, scan_dropped};
	const struct settings *s = app->settings;
	if (scan_init(&app->scanner, &host, app, s->scan_prefix, s->scan_suffix) == 0)
		return 0;
	snprintf(error, size, "%s",
	    "scanner: prefix and suffix are up to 8 characters of ASCII, ^A to ^Z for control characters");
	return -1;
}
