/*
 * Papers of this window and their record (DOC-2): that a notice goes to a printer is recorded
 * first, then the press has it, then its end is recorded, whether or not its screen is still
 * open, and again and again until the hall has it. A screen waits for a paper only as long as a
 * quick printer takes.
 */
#include "client/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/app_press.h"
#include "client/refusal.h"
#include "client/reply.h"
#include "client/screen/prints.h"
#include "client/settings.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

enum { EPOCH_2000 = 946684800, QUICK_MS = 1500, TURN_MS = 250, AGAIN_MS = 3000, DETAIL = 200 };

struct job {
	struct press_job press; /* first: the press gives back its address */
	struct job *next;
	uint32_t screen;
	int tag;
	struct paper_order *order;
	uint64_t since;   /* uv_now of the order */
	uint64_t tried;   /* … of the last try to record */
	bool told;        /* its screen goes on without it */
	bool queued;      /* the hall knows that it goes to the printer, and the press has it */
	bool ended;       /* only its record is missing */
	bool unwanted;    /* cancelled before the press had it */
	uint32_t request; /* the record under way; 0: none */
	char warned[300]; /* what was last said to hold it up */
	struct paper_result result;
};

struct papers {
	struct press *press;
	uv_timer_t timer; /* while there are jobs */
	struct job *first, **last;
	bool asked; /* about unknown ends, in this session */
	uint32_t asking;
};

/* A notice printed, of which there is a record. */
static bool kept(const struct job *j)
{
	return j->order->spool && j->order->notice_id != 0;
}

/* What screens see of it. */
static void show(struct app *app)
{
	struct desk *d = &app->stack.desk;
	static const enum paper_stage stages[] = {[PRESS_WAITING] = PAPER_WAITING,
	    [PRESS_PRINTING] = PAPER_PRINTING,
	    [PRESS_HELD] = PAPER_HELD,
	    [PRESS_ENDED] = PAPER_RECORDING};
	d->npapers = 0;
	for (struct job *j = app->papers->first; j != NULL && d->npapers < PAPERS_MAX; j = j->next) {
		struct paper_job *p = &d->papers[d->npapers];
		if (!kept(j))
			continue;
		d->npapers++;
		p->notice_id = j->order->notice_id;
		p->stage = PAPER_WAITING;
		p->sentence[0] = '\0';
		if (j->queued)
			p->stage = stages[press_stage(
			    app->papers->press, &j->press, p->sentence, sizeof p->sentence)];
		snprintf(p->printer, sizeof p->printer, "%s", j->result.printer);
	}
	app->dirty = true;
}

static void unlink_job(struct papers *p, struct job *job)
{
	for (struct job **at = &p->first; *at != NULL; at = &(*at)->next) {
		if (*at != job)
			continue;
		*at = job->next;
		if (*at == NULL)
			p->last = at;
		return;
	}
}

static void free_job(struct job *j)
{
	printer_sheet_done(&j->press.sheet);
	reply_free(j->order->blocks);
	free(j->order);
	free(j->press.blocks);
	free(j);
}

/* To its screen, or to whoever sits here when that has gone on. */
static void tell(struct app *app, struct job *j)
{
	char buf[512];
	if (app->stopping)
		return;
	if (!j->told) {
		stack_paper(&app->stack, j->screen, j->tag, &j->result);
		app->dirty = true;
		return;
	}
	if (j->result.ok)
		snprintf(buf, sizeof buf, _("Printed at %s: %s %s"), j->result.printer, j->order->title,
		    j->order->number);
	else if (kept(j))
		snprintf(buf, sizeof buf, _("%s %s was not printed: %.300s F9 dydl prints it again."),
		    j->order->title, j->order->number, j->result.sentence);
	else
		snprintf(buf, sizeof buf, _("%s %s was not printed: %.300s"), j->order->title,
		    j->order->number, j->result.sentence);
	stack_say(&app->stack, j->result.ok ? FACE_GOOD : FACE_ERROR, buf);
	if (!j->result.ok)
		app->stack.host->beep(app);
	app->dirty = true;
}

static void finish(struct app *app, struct job *j)
{
	unlink_job(app->papers, j);
	show(app);
	tell(app, j);
	free_job(j);
}

static void begin(struct app *app, struct job *j)
{
	j->queued = true;
	press_add(app->papers->press, &j->press);
	if (j->unwanted)
		press_cancel(app->papers->press, &j->press);
	show(app);
}

/* Locked, logged out, no slot free, a line lost: the hall may take it later. */
static bool later(const struct reply *r)
{
	if (r->status == OP_OK || r->status == OP_REFUSED || r->status == OP_INVALID)
		return false;
	return r->status != OP_DENIED || strncmp(reply_code(r), "session.", 8) == 0;
}

/* The hall has what was recorded, or will never take it. */
static void recorded(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	struct job *j = app->papers->first;
	char buf[300];
	while (j != NULL && j->request != request)
		j = j->next;
	if (j == NULL || app->stopping)
		return;
	j->request = 0;
	stack_heard(&app->stack, r);
	if (later(r))
		return;
	if (r->status == OP_OK && !j->ended) {
		begin(app, j);
		return;
	}
	refusal_reply(r, buf, sizeof buf);
	if (r->status != OP_OK && !j->ended)
		snprintf(j->result.sentence, sizeof j->result.sentence, "%s", buf);
	else if (r->status != OP_OK && j->result.ok)
		snprintf(j->result.sentence, sizeof j->result.sentence,
		    _("It is printed, but not recorded: %s"), buf);
	j->result.ok = j->result.ok && r->status == OP_OK;
	finish(app, j);
}

static bool may_record(const struct app *app)
{
	return app->link != NULL && app->logged_in && !stack_has(&app->stack, &screen_lock) &&
	       !stack_has(&app->stack, &screen_login) && !stack_has(&app->stack, &screen_password);
}

/* How it ended. */
static void put_end(struct bytes_out *out, const struct job *j)
{
	const struct paper_result *p = &j->result;
	char detail[DETAIL + 1];
	op_put_bool(out, p->ok);
	if (p->ok)
		op_put_bytes(out, p->sha256, sizeof p->sha256);
	else
		op_put_null(out);
	op_put_int2(out, (int16_t)p->pages);
	snprintf(detail, sizeof detail, "%.*s", (int)text_cut(p->sentence, strlen(p->sentence), DETAIL),
	    p->sentence);
	op_put_text(out, p->ok ? NULL : detail);
}

/* What is to be recorded next of this paper. */
static void record(struct app *app, struct job *j)
{
	const char *op = j->ended ? "notice.printed" : "notice.print";
	struct bytes_out out;
	j->tried = uv_now(&app->loop);
	if (j->request != 0 || !may_record(app))
		return;
	bytes_out_init(&out, 0);
	op_put_int8(&out, j->order->notice_id);
	if (j->ended)
		put_end(&out, j);
	else
		op_put_text(&out, j->result.printer);
	j->request = link_send(app->link, op_by_name(op), out.p, out.len, recorded, app);
	bytes_out_done(&out);
}

static void ended(void *ctx, struct press_job *job)
{
	struct app *app = ctx;
	struct job *j = (struct job *)(void *)job;
	struct paper_result *r = &j->result;
	if (app->stopping) {
		unlink_job(app->papers, j);
		free_job(j);
		return;
	}
	r->ok = job->end == PRINTER_OUT;
	r->pages = job->sheet.done.pages;
	memcpy(r->sha256, job->sheet.done.sha256, sizeof r->sha256);
	snprintf(r->path, sizeof r->path, "%s", job->sheet.done.path);
	snprintf(r->sentence, sizeof r->sentence, "%s", job->sentence);
	j->ended = true;
	if (!kept(j) || !j->queued) {
		finish(app, j);
	} else if (job->end == PRINTER_LOST) {
		/* Nobody knows: it stays queued in the record, and somebody is asked. */
		j->told = true;
		snprintf(r->sentence, sizeof r->sentence, _("%s Look whether it came out."), job->sentence);
		finish(app, j);
	} else {
		show(app);
		record(app, j);
	}
}

/* Something holds a printer up: said once. */
static void moved(void *ctx)
{
	struct app *app = ctx;
	char sentence[300];
	if (app->stopping)
		return;
	show(app);
	for (struct job *j = app->papers->first; j != NULL; j = j->next) {
		if (!j->queued)
			continue;
		enum press_stage stage =
		    press_stage(app->papers->press, &j->press, sentence, sizeof sentence);
		if (stage == PRESS_HELD && strcmp(sentence, j->warned) != 0) {
			stack_say(&app->stack, FACE_WARN, sentence);
			app->stack.host->beep(app);
		}
		snprintf(j->warned, sizeof j->warned, "%s", stage == PRESS_HELD ? sentence : "");
	}
}

/* Its screen need not wait any longer. */
static void let_go(struct app *app, struct job *j)
{
	struct paper_result r = j->result;
	r.going = true;
	j->told = true;
	stack_paper(&app->stack, j->screen, j->tag, &r);
	app->dirty = true;
}

static void turn(uv_timer_t *t)
{
	struct app *app = t->data;
	uint64_t now = uv_now(&app->loop);
	struct job *j = app->papers->first, *next;
	if (j == NULL)
		(void)uv_timer_stop(t);
	for (; j != NULL; j = next) {
		next = j->next;
		if (kept(j) && (j->ended || !j->queued) && now - j->tried >= AGAIN_MS)
			record(app, j);
		/* A guide, too, once it is at its printer; its layout alone is always waited for. */
		if ((kept(j) || (j->order->spool && j->queued)) && !j->told && now - j->since >= QUICK_MS)
			let_go(app, j);
	}
}

static void collect(struct job *j)
{
	const struct reply *r = j->order->blocks;
	struct press_job *p = &j->press;
	p->n = r->nrows;
	p->blocks = calloc(p->n > 0 ? p->n : 1, sizeof *p->blocks);
	if (p->blocks == NULL)
		abort();
	for (size_t i = 0; i < p->n; i++)
		p->blocks[i] = (struct print_block){reply_text(r, i, "block"), reply_text(r, i, "c1"),
		    reply_text(r, i, "c2"), reply_text(r, i, "c3"), reply_text(r, i, "c4"),
		    reply_text(r, i, "widths")};
}

static const char *given(const char *s)
{
	return *s != '\0' ? s : NULL;
}

static void describe(struct app *app, struct job *j)
{
	struct paper_order *order = j->order;
	if (order->issued == 0)
		order->issued = app->stack.desk.now;
	collect(j);
	j->press.paper = (struct print_paper){.blocks = j->press.blocks,
	    .n = j->press.n,
	    .title = given(order->title),
	    .number = given(order->number),
	    .case_number = given(order->case_number),
	    .issued = order->issued / 1000000 + EPOCH_2000,
	    .reprint = order->reprint,
	    .voided = order->voided,
	    .demo = app->stack.desk.test,
	    .training = app->stack.desk.training};
}

void app_paper(void *ctx, uint32_t screen, int tag, struct paper_order *order)
{
	struct app *app = ctx;
	struct papers *p = app->papers;
	struct job *j = calloc(1, sizeof *j);
	if (j == NULL)
		abort();
	j->screen = screen;
	j->tag = tag;
	j->order = order;
	j->since = uv_now(&app->loop);
	describe(app, j);
	*p->last = j;
	p->last = &j->next;
	if (order->spool)
		j->press.printer = printers_for(&app->settings->printers, order->printer, order->kind);
	if (j->press.printer != NULL)
		snprintf(j->result.printer, sizeof j->result.printer, "%s", j->press.printer->name);
	if (order->spool && j->press.printer == NULL)
		press_refuse(
		    p->press, &j->press, _("No printer is set up at this window: tell the administrator."));
	else if (kept(j))
		record(app, j);
	else
		begin(app, j);
	if (!uv_is_active((uv_handle_t *)&p->timer))
		(void)uv_timer_start(&p->timer, turn, TURN_MS, TURN_MS);
	show(app);
}

void app_paper_stop(void *ctx, int64_t notice_id)
{
	struct app *app = ctx;
	for (struct job *j = app->papers->first; j != NULL; j = j->next)
		if (j->order->notice_id == notice_id && !j->ended) {
			/* The hall may have taken the record of its printing already: that gets its end. */
			j->unwanted = true;
			if (j->queued)
				press_cancel(app->papers->press, &j->press);
		}
}

/* A paper of this window that was at a printer when an earlier run ended. */
static int unknown(const struct app *app, const struct reply *r)
{
	int n = 0;
	for (size_t i = 0; i < r->nrows; i++)
		n += prints_unknown(&app->stack.desk, r, i);
	return n;
}

static void known(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	struct screen *top = stack_top(&app->stack);
	char buf[300];
	(void)request;
	app->papers->asking = 0;
	if (app->stopping || !reply_ok(r))
		return;
	app->papers->asked = true;
	int n = unknown(app, r);
	if (n == 0)
		return;
	snprintf(buf, sizeof buf,
	    ngettext("Of %d paper this window does not know whether it came out: F9 dydl.",
		"Of %d papers this window does not know whether they came out: F9 dydl.", (unsigned long)n),
	    n);
	/* Who is typing already is only told: keys must not go to a screen that jumped up. */
	if (top != NULL && top->ops == &screen_queue && !app->typed)
		stack_push(&app->stack, &screen_prints, NULL);
	else
		stack_say(&app->stack, FACE_WARN, buf);
	app->dirty = true;
}

void app_paper_ask(struct app *app)
{
	if (app->papers->asked || app->papers->asking != 0 || !may_record(app) ||
	    link_unsettled(app->link) > 0)
		return;
	app->papers->asking = link_send(app->link, op_by_name("notice.queue"), NULL, 0, known, app);
}

void app_paper_login(struct app *app)
{
	app->papers->asked = false;
	app->typed = false;
}

void app_paper_warm(struct app *app)
{
	struct press_calls calls = {moved, ended, app};
	struct papers *p = calloc(1, sizeof *p);
	const struct printers *all = &app->settings->printers;
	struct desk *d = &app->stack.desk;
	if (p == NULL)
		abort();
	p->last = &p->first;
	app->papers = p;
	(void)uv_timer_init(&app->loop, &p->timer);
	p->timer.data = app;
	for (int i = 0; i < all->n && i < DESK_PRINTERS; i++)
		snprintf(d->printers[d->nprinters++], sizeof d->printers[0], "%s", all->list[i].name);
	issue_with_receipt(app->settings->receipt);
	p->press = press_new(&app->loop, all, &calls);
}

void app_paper_closing(struct app *app)
{
	uv_close((uv_handle_t *)&app->papers->timer, NULL);
}

void app_paper_cold(struct app *app)
{
	struct job *j;
	press_free(app->papers->press, &app->loop);
	/* Those whose end was not recorded: asked about at the next login. */
	while ((j = app->papers->first) != NULL && j->ended) {
		unlink_job(app->papers, j);
		free_job(j);
	}
	if (app->papers->first == NULL)
		free(app->papers);
}
