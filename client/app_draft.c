/*
 * Typed work that outlives the program (architecture 12): every form becomes a
 * draft within a second of a key, on this disk until the server has it; after a
 * login it is offered again. What to send when is in draft.c.
 */
#include "client/app.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/draft_file.h"
#include "client/refusal.h"
#include "client/reply.h"
#include "client/settings.h"
#include "client/ui/lang.h"
#include "common/bytes.h"

enum { KEEP_MS = 500, RETRY_MS = 1000 };

static void pump(struct app *app);

static bool online(const struct app *app)
{
	return app->logged_in && app->line == BAR_UP && app->link != NULL && !app->stopping;
}

static const char *folder(const struct app *app)
{
	const char *dir = app->settings->state;
	return dir != NULL && *dir != '\0' && app->has_seal ? dir : NULL;
}

struct sync {
	uv_work_t work;
	struct app *app;
};

static void sync_work(uv_work_t *w)
{
	draft_file_sync(((struct sync *)w->data)->app->settings->state);
}

static void sync_done(uv_work_t *w, int status)
{
	struct sync *s = w->data;
	(void)status;
	s->app->syncing = false;
	free(s);
}

/* While the line is down the disk is all there is, so a power cut must not take it. */
static void sync_disk(struct app *app)
{
	if (online(app) || app->syncing || app->stopping)
		return;
	struct sync *s = calloc(1, sizeof *s);
	if (s == NULL)
		abort();
	s->app = app;
	s->work.data = s;
	app->syncing = uv_queue_work(&app->loop, &s->work, sync_work, sync_done) == 0;
	if (!app->syncing)
		free(s);
}

static void on_disk(struct app *app, const struct draft *d)
{
	const char *dir = folder(app);
	if (dir != NULL && draft_file_put(dir, app->seal, d) == 0)
		sync_disk(app);
}

/* Nothing of it is kept here any more. */
static void forget(struct app *app, const uint8_t key[OP_DRAFT_KEY])
{
	if (folder(app) != NULL)
		draft_file_drop(folder(app), key, INT32_MAX);
	drafts_remove(&app->drafts, key);
}

static void send_drop(struct app *app, const uint8_t key[OP_DRAFT_KEY])
{
	struct bytes_out out;
	if (app->link == NULL)
		return;
	bytes_out_init(&out, 0);
	op_put_bytes(&out, key, OP_DRAFT_KEY);
	(void)link_send_within(app->link, op_by_name("draft.drop"), out.p, out.len, -1, NULL, NULL);
	bytes_out_done(&out);
}

void app_draft_drop(void *ctx, struct screen *s)
{
	struct app *app = ctx;
	if (!s->drafted)
		return;
	forget(app, s->draft);
	send_drop(app, s->draft);
	s->drafted = false;
	/* It closes next, and is not to become a draft once more. */
	s->staff = 0;
}

/* The fields of draft.save behind the revision. */
static void put_body(struct bytes_out *out, const struct screen *s, const struct screen_about *about,
    const struct bytes_out *content)
{
	op_put_text(out, s->ops->name);
	op_put_id(out, about->item_id);
	op_put_id(out, about->case_id);
	op_put_text(out, about->title[0] != '\0' ? about->title : NULL);
	op_put_bytes(out, content->p, content->len);
}

/* A new revision of the form's draft, when it is another one than was kept last. */
static void keep_body(struct app *app, struct screen *s, const struct bytes_out *body)
{
	uint8_t sum[sizeof s->kept];
	crypto_generichash(sum, sizeof sum, body->p, body->len, NULL, 0);
	if (s->drafted && memcmp(sum, s->kept, sizeof sum) == 0) {
		/* Nothing was typed since its write took the draft along. */
		if (s->ended)
			forget(app, s->draft);
		return;
	}
	if (!s->drafted) {
		randombytes_buf(s->draft, sizeof s->draft);
		s->revision = 0;
		s->drafted = true;
	}
	memcpy(s->kept, sum, sizeof sum);
	s->ended = false;
	s->revision++;
	struct draft *d = drafts_put(&app->drafts, s->draft, s->staff, s->revision, body->p, body->len);
	d->hold = true;
	on_disk(app, d);
	app_draft_touch(app);
}

void app_draft_keep(void *ctx, struct screen *s)
{
	struct app *app = ctx;
	struct screen_about about;
	struct bytes_out content, body;
	/* What another person typed before is kept already, under that person's name. */
	if (s->ops->dirty == NULL || s->staff == 0 || s->staff != app->stack.desk.staff_id)
		return;
	bytes_out_init(&content, 0);
	bytes_out_init(&body, 0);
	if (stack_draft(&app->stack, s, &about, &content)) {
		put_body(&body, s, &about, &content);
		keep_body(app, s, &body);
	} else if (s->drafted) {
		/* Committed: its write took the draft along. Or all of it was deleted again. */
		forget(app, s->draft);
		if (!s->ended)
			send_drop(app, s->draft);
		s->drafted = false;
	}
	if (content.p != NULL)
		sodium_memzero(content.p, content.cap);
	if (body.p != NULL)
		sodium_memzero(body.p, body.cap);
	bytes_out_done(&content);
	bytes_out_done(&body);
}

static void keep_all(struct app *app)
{
	struct screen *s;
	for (int i = 0; (s = stack_form(&app->stack, i)) != NULL; i++)
		app_draft_keep(app, s);
}

static struct screen *form_of(struct app *app, const uint8_t key[OP_DRAFT_KEY])
{
	struct screen *s;
	for (int i = 0; (s = stack_form(&app->stack, i)) != NULL; i++)
		if (s->drafted && memcmp(s->draft, key, OP_DRAFT_KEY) == 0)
			return s;
	return NULL;
}

/* Its key is of no use any more, but the work is there: it becomes a draft of its own. */
static void rename_draft(struct app *app, struct draft *d)
{
	uint8_t key[OP_DRAFT_KEY], old[OP_DRAFT_KEY];
	struct screen *s = form_of(app, d->key);
	memcpy(old, d->key, sizeof old);
	if (s != NULL) {
		s->drafted = false;
		app_draft_keep(app, s);
	} else {
		randombytes_buf(key, sizeof key);
		on_disk(app, drafts_put(&app->drafts, key, d->staff, 1, d->body, d->len));
	}
	forget(app, old);
}

static void say_code(struct app *app, const struct reply *r)
{
	char buf[512];
	stack_say(&app->stack, FACE_WARN, refusal_reply(r, buf, sizeof buf));
}

static void list_now(struct app *app)
{
	if (!app->listing)
		return;
	app->listing = false;
	/* Esc gave it up: keys go elsewhere by now. */
	if (app->stack.held == 0)
		return;
	stack_push(&app->stack, &screen_drafts, NULL);
	stack_release(&app->stack);
}

void app_draft_list(struct app *app)
{
	if (app->listing)
		return;
	app_draft_flush(app);
	app->listing = true;
	stack_hold(&app->stack);
	if (!online(app) || app_draft_flushed(app))
		list_now(app);
}

static void saved(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	struct draft *d = app->drafts.first;
	while (d != NULL && (d->sent == 0 || d->request != request))
		d = d->next;
	if (d == NULL || app->stopping)
		return;
	app->dirty = true;
	int32_t sent = d->sent;
	switch (draft_answered(d, r->status, reply_code(r))) {
	case DRAFT_SAVED:
		forget(app, d->key);
		break;
	case DRAFT_OLDER:
		if (folder(app) != NULL)
			draft_file_drop(folder(app), d->key, sent);
		break;
	case DRAFT_ENDED:
		if (form_of(app, d->key) != NULL)
			rename_draft(app, d);
		else
			forget(app, d->key);
		break;
	case DRAFT_TAKEN:
		say_code(app, r);
		rename_draft(app, d);
		break;
	case DRAFT_STUCK:
		say_code(app, r);
		break;
	case DRAFT_AGAIN:
		app_draft_touch(app);
		list_now(app);
		return;
	}
	pump(app);
	if (app_draft_flushed(app))
		list_now(app);
	app_draft_step(app);
}

static void pump(struct app *app)
{
	struct draft *d;
	while (online(app) && (d = drafts_next(&app->drafts, app->stack.desk.staff_id)) != NULL) {
		struct bytes_out out = draft_payload(d);
		d->sent = d->revision;
		d->request = link_send(app->link, op_by_name("draft.save"), out.p, out.len, saved, app);
		if (out.p != NULL)
			sodium_memzero(out.p, out.cap);
		bytes_out_done(&out);
	}
}

static void on_time(uv_timer_t *t)
{
	struct app *app = t->data;
	keep_all(app);
	drafts_go(&app->drafts);
	pump(app);
	if (drafts_busy(&app->drafts, app->stack.desk.staff_id) && online(app))
		(void)uv_timer_start(&app->draft, on_time, RETRY_MS, 0);
}

void app_draft_open(struct app *app)
{
	(void)uv_timer_init(&app->loop, &app->draft);
	(void)uv_timer_init(&app->loop, &app->leave);
	app->draft.data = app->leave.data = app;
}

void app_draft_touch(struct app *app)
{
	/* From the first key that is not kept yet: later ones do not put it off. */
	if (!app->stopping && !uv_is_active((uv_handle_t *)&app->draft))
		(void)uv_timer_start(&app->draft, on_time, KEEP_MS, 0);
}

void app_draft_flush(struct app *app)
{
	if (app->stopping)
		return;
	keep_all(app);
	drafts_go(&app->drafts);
	pump(app);
}

bool app_draft_flushed(const struct app *app)
{
	return !drafts_busy(&app->drafts, app->stack.desk.staff_id);
}

/* Those that are not open here already. */
static int offered(const struct app *app, const struct reply *r)
{
	int n = 0;
	for (size_t i = 0; i < r->nrows; i++) {
		size_t len;
		const uint8_t *key = reply_bytes(r, i, "draft", &len);
		n += len == OP_DRAFT_KEY && form_of((struct app *)app, key) == NULL;
	}
	return n;
}

static void listed(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	struct screen_arg offer = {.number = 1};
	(void)request;
	if (app->stopping)
		return;
	app->dirty = true;
	/* Who pressed Esc meanwhile and began something else has them under F9. */
	const struct screen *top = stack_top(&app->stack);
	bool idle = app->stack.held > 0 || (top != NULL && top->ops == &screen_queue);
	if (reply_ok(r) && offered(app, r) > 0 && idle)
		stack_push(&app->stack, &screen_drafts, &offer);
	stack_release(&app->stack);
}

/* After a login, in this order: writes of an earlier run are settled, for they may take their
 * drafts along; what only this disk has goes up; then the list says what is left. */
void app_draft_step(struct app *app)
{
	if (!app->offering || !online(app) || link_unsettled(app->link) > 0 ||
	    stack_has(&app->stack, &screen_password))
		return;
	if (!app_draft_flushed(app))
		return;
	app->offering = false;
	(void)link_send(app->link, op_by_name("draft.list"), NULL, 0, listed, app);
}

void app_draft_session(struct app *app, const struct reply *row, bool fresh)
{
	size_t len;
	const uint8_t *key = reply_bytes(row, 0, "journal_key", &len);
	app->has_seal = len == sizeof app->seal;
	if (app->has_seal)
		memcpy(app->seal, key, len);
	if (fresh && folder(app) != NULL)
		(void)draft_file_load(folder(app), app->seal, app->stack.desk.staff_id, &app->drafts);
	drafts_go(&app->drafts);
	pump(app);
	if (!fresh)
		return;
	if (!app->offering && !reply_bool(row, 0, "must_change"))
		stack_hold(&app->stack);
	app->offering = true;
	app_draft_step(app);
}

void app_draft_over(struct app *app)
{
	if (!app->offering)
		return;
	app->offering = false;
	stack_release(&app->stack);
}

void app_draft_close(struct app *app)
{
	drafts_done(&app->drafts);
	sodium_memzero(app->seal, sizeof app->seal);
}
