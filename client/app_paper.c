/*
 * Laying out and printing in a thread of its own: a page takes a millisecond,
 * the first one a hundred, a folder on a share perhaps for ever, and neither the
 * keyboard nor the journal waits for that. Fonts belong to the thread that
 * loaded them, so there is one, and it does one paper after another.
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
	struct job *next;
	struct app *app;
	uint32_t screen;
	int tag;
	struct paper_order *order;
	bool demo, training;
	struct print_block *blocks;
	size_t n;
	struct paper_result result;
};

struct jobs {
	struct job *first, **last;
};

struct printer {
	uv_thread_t thread;
	uv_async_t ended; /* something is in done */
	uv_mutex_t lock;  /* over what follows */
	uv_cond_t wake;
	struct jobs todo, done;
	bool closing;
};

static void jobs_add(struct jobs *q, struct job *j)
{
	j->next = NULL;
	*q->last = j;
	q->last = &j->next;
}

/* NULL when there is none. */
static struct job *jobs_take(struct jobs *q)
{
	struct job *j = q->first;
	if (j != NULL)
		q->first = j->next;
	if (q->first == NULL)
		q->last = &q->first;
	return j;
}

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

static void work(struct job *j)
{
	struct print_done done = {0};
	struct print_fault fault = {0};
	int rc;
	struct print_paper paper = {.blocks = j->blocks,
	    .n = j->n,
	    .title = given(j->order->title),
	    .number = given(j->order->number),
	    .case_number = given(j->order->case_number),
	    .issued = j->order->issued / 1000000 + EPOCH_2000,
	    .reprint = j->order->reprint,
	    .demo = j->demo,
	    .training = j->training};
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

/* The thread: what it was given before the end is still printed. */
static void printing(void *arg)
{
	struct printer *p = arg;
	struct job *j;
	print_warm();
	uv_mutex_lock(&p->lock);
	for (;;) {
		while ((j = jobs_take(&p->todo)) == NULL && !p->closing)
			uv_cond_wait(&p->wake, &p->lock);
		if (j == NULL)
			break;
		uv_mutex_unlock(&p->lock);
		work(j);
		uv_mutex_lock(&p->lock);
		jobs_add(&p->done, j);
		(void)uv_async_send(&p->ended);
	}
	uv_mutex_unlock(&p->lock);
	print_cold();
}

static void tell(struct job *j)
{
	if (!j->app->stopping) {
		stack_paper(&j->app->stack, j->screen, j->tag, &j->result);
		j->app->dirty = true;
	}
	reply_free(j->order->blocks);
	free(j->order);
	free(j->blocks);
	free(j);
}

static void ended(uv_async_t *a)
{
	struct printer *p = a->data;
	struct job *j;
	do {
		uv_mutex_lock(&p->lock);
		j = jobs_take(&p->done);
		uv_mutex_unlock(&p->lock);
		if (j != NULL)
			tell(j);
	} while (j != NULL);
}

void app_paper(void *ctx, uint32_t screen, int tag, struct paper_order *order)
{
	struct app *app = ctx;
	struct printer *p = app->printer;
	struct job *j = calloc(1, sizeof *j);
	if (j == NULL)
		abort();
	j->app = app;
	j->screen = screen;
	j->tag = tag;
	j->order = order;
	j->demo = app->stack.desk.test;
	j->training = app->stack.desk.training;
	if (order->issued == 0)
		order->issued = app->stack.desk.now;
	collect(j);
	uv_mutex_lock(&p->lock);
	jobs_add(&p->todo, j);
	uv_cond_signal(&p->wake);
	uv_mutex_unlock(&p->lock);
}

void app_paper_warm(struct app *app)
{
	struct printer *p = calloc(1, sizeof *p);
	if (p == NULL || uv_mutex_init(&p->lock) != 0 || uv_cond_init(&p->wake) != 0 ||
	    uv_async_init(&app->loop, &p->ended, ended) != 0)
		abort();
	p->todo.last = &p->todo.first;
	p->done.last = &p->done.first;
	p->ended.data = p;
	/* Of itself it does not keep the program running. */
	uv_unref((uv_handle_t *)&p->ended);
	app->printer = p;
	if (uv_thread_create(&p->thread, printing, p) != 0)
		abort();
}

void app_paper_cold(struct app *app)
{
	struct printer *p = app->printer;
	uv_mutex_lock(&p->lock);
	p->closing = true;
	uv_cond_signal(&p->wake);
	uv_mutex_unlock(&p->lock);
	(void)uv_thread_join(&p->thread);
	ended(&p->ended);
	uv_close((uv_handle_t *)&p->ended, NULL);
	(void)uv_run(&app->loop, UV_RUN_DEFAULT);
	uv_cond_destroy(&p->wake);
	uv_mutex_destroy(&p->lock);
	free(p);
}
