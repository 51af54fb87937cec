/*
 * Laying out and printing in the thread pool: a page takes a millisecond, the
 * first one a hundred, and the keyboard waits for neither.
 */
#include "client/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/print/print.h"
#include "client/reply.h"
#include "client/settings.h"

enum { EPOCH_2000 = 946684800 };

struct job {
	uv_work_t work;
	struct app *app;
	uint32_t screen;
	int tag;
	void (*fonts)(void); /* only this: print_warm or print_cold */
	struct paper_order *order;
	bool demo;
	struct print_block *blocks;
	size_t n;
	struct paper_result result;
};

static void collect(struct job *j)
{
	const struct reply *r = j->order->blocks;
	j->n = r->nrows;
	j->blocks = calloc(j->n > 0 ? j->n : 1, sizeof *j->blocks);
	if (j->blocks == NULL)
		abort();
	for (size_t i = 0; i < j->n; i++)
		j->blocks[i] = (struct print_block){reply_text(r, i, "block"), reply_text(r, i, "c1"),
		    reply_text(r, i, "c2"), reply_text(r, i, "c3"), reply_text(r, i, "c4"),
		    reply_text(r, i, "widths")};
}

static const char *given(const char *s)
{
	return *s != '\0' ? s : NULL;
}

/* In the pool's one thread, to which the fonts belong. */
static void work(uv_work_t *req)
{
	struct job *j = req->data;
	struct print_done done = {0};
	struct print_fault fault = {0};
	int rc;
	if (j->fonts != NULL) {
		j->fonts();
		return;
	}
	struct print_paper paper = {.blocks = j->blocks,
	    .n = j->n,
	    .title = given(j->order->title),
	    .number = given(j->order->number),
	    .case_number = given(j->order->case_number),
	    .issued = j->order->issued / 1000000 + EPOCH_2000,
	    .reprint = j->order->reprint,
	    .demo = j->demo};
	if (j->order->spool)
		rc = print_spool(&paper, j->app->settings->print_folder, &done, &fault);
	else
		rc = print_check(&paper, &done.pages, &fault);
	j->result.ok = rc == 0;
	j->result.pages = done.pages;
	memcpy(j->result.sha256, done.sha256, sizeof j->result.sha256);
	snprintf(j->result.path, sizeof j->result.path, "%s", done.path);
	if (rc != 0)
		print_say(&fault, &paper, j->result.sentence, sizeof j->result.sentence);
}

static void ended(uv_work_t *req, int status)
{
	struct job *j = req->data;
	if (j->fonts == NULL) {
		if (status == 0 && !j->app->stopping) {
			stack_paper(&j->app->stack, j->screen, j->tag, &j->result);
			j->app->dirty = true;
		}
		reply_free(j->order->blocks);
		free(j->order);
		free(j->blocks);
	}
	free(j);
}

static struct job *job_new(struct app *app)
{
	struct job *j = calloc(1, sizeof *j);
	if (j == NULL)
		abort();
	j->work.data = j;
	j->app = app;
	return j;
}

void app_paper(void *ctx, uint32_t screen, int tag, struct paper_order *order)
{
	struct app *app = ctx;
	struct job *j = job_new(app);
	j->screen = screen;
	j->tag = tag;
	j->order = order;
	j->demo = app->stack.desk.test;
	if (order->issued == 0)
		order->issued = app->stack.desk.now;
	collect(j);
	(void)uv_queue_work(&app->loop, &j->work, work, ended);
}

static void fonts(struct app *app, void (*what)(void))
{
	struct job *j = job_new(app);
	j->fonts = what;
	(void)uv_queue_work(&app->loop, &j->work, work, ended);
}

void app_paper_warm(struct app *app)
{
	fonts(app, print_warm);
}

void app_paper_cold(struct app *app)
{
	fonts(app, print_cold);
	(void)uv_run(&app->loop, UV_RUN_DEFAULT);
}
