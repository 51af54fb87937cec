/* The scanner of the window client: what it types becomes scans, what a person types, keys. */
#include "client/app.h"

#include <stdio.h>
#include <string.h>

#include "client/screen/desktop.h"
#include "client/settings.h"
#include "client/ui/lang.h"
#include "common/ident.h"

static void scan_give(void *ctx, const struct key *k)
{
	app_key(ctx, k);
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
	app_key(app, &k);
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

void app_scan_arm(struct app *app)
{
	int wait = app->stopping ? -1 : scan_wait(&app->scanner, now_ms());
	uv_update_time(&app->loop);
	if (wait >= 0)
		(void)uv_timer_start(&app->scan, scan_later, (uint64_t)wait, 0);
	else if (!app->stopping)
		(void)uv_timer_stop(&app->scan);
}

static void scan_later(uv_timer_t *t)
{
	struct app *app = t->data;
	/* On a busy machine the next key came in time and was not read yet. */
	app_read_keys(app);
	scan_tick(&app->scanner, now_ms());
	app_scan_arm(app);
}

void app_scan_key(struct app *app, const struct key *k)
{
	scan_key(&app->scanner, k, now_ms());
}

void app_scanned(void *ctx, const char *text)
{
	desktop_scan(&((struct app *)ctx)->stack, text);
}

int app_scan_open(struct app *app, char *error, size_t size)
{
	static const struct scan_host host = {scan_give, scan_mark, scan_settle, scanned, scan_dropped};
	const struct settings *s = app->settings;
	if (scan_init(&app->scanner, &host, app, s->scan_prefix, s->scan_suffix) == 0)
		return 0;
	snprintf(error, size, "%s",
	    "scanner: prefix and suffix are up to 8 characters of ASCII, ^A to ^Z for control characters");
	return -1;
}
