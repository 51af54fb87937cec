/* The threads that print: see app_press.h. */
#include "client/app_press.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUICK_NS = 1500000000 };

struct queue {
	struct press_job *first, **last;
};

struct lane {
	uv_thread_t thread;
	bool started;
	const struct printer *printer;
	struct queue todo;
	struct press *press;
	struct press_job *now;
};

struct press {
	uv_thread_t thread;
	uv_async_t news;
	struct press_calls calls;
	uv_mutex_t lock; /* over what follows */
	uv_cond_t wake, ended;
	struct queue todo, done;
	struct lane lane[PRINTERS_MAX];
	int lanes, alive;
	bool moved, closing, laid_out, deaf;
};

static void queue_add(struct queue *q, struct press_job *j)
{
	j->next = NULL;
	*q->last = j;
	q->last = &j->next;
}

/* NULL when there is none. */
static struct press_job *queue_take(struct queue *q)
{
	struct press_job *j = q->first;
	if (j != NULL)
		q->first = j->next;
	if (q->first == NULL)
		q->last = &q->first;
	return j;
}

/* The loop has something to look at. With the lock. */
static void tell(struct press *p)
{
	p->moved = true;
	if (!p->deaf)
		(void)uv_async_send(&p->news);
}

/* With the lock. */
static void end(struct press *p, struct press_job *j)
{
	j->stage = PRESS_ENDED;
	queue_add(&p->done, j);
	tell(p);
}

static void lay_out(struct press_job *j)
{
	struct print_fault fault = {0};
	char sentence[sizeof j->sentence] = "";
	int rc;
	if (j->printer != NULL)
		rc = printer_make(j->printer, &j->paper, &j->sheet, &fault);
	else
		rc = print_check(&j->paper, &j->sheet.done.pages, &fault);
	j->end = rc == 0 ? PRINTER_OUT : PRINTER_FAILED;
	if (rc != 0)
		print_say(&fault, &j->paper, sentence, sizeof sentence);
	uv_mutex_lock(&j->press->lock);
	memcpy(j->sentence, sentence, sizeof sentence);
	uv_mutex_unlock(&j->press->lock);
}

static struct lane *lane_of(struct press *p, const struct press_job *j)
{
	for (int i = 0; i < p->lanes; i++)
		if (p->lane[i].printer == j->printer)
			return &p->lane[i];
	abort();
}

static enum printer_stop stop(void *ctx)
{
	struct press_job *j = ctx;
	uv_mutex_lock(&j->press->lock);
	enum printer_stop s = j->stop;
	uv_mutex_unlock(&j->press->lock);
	return s;
}

static void held(void *ctx, const struct printer_state *state)
{
	struct press_job *j = ctx;
	char sentence[sizeof j->sentence];
	printer_say(j->printer, state, sentence, sizeof sentence);
	uv_mutex_lock(&j->press->lock);
	j->stage = state->trouble == PRINTER_FINE ? PRESS_PRINTING : PRESS_HELD;
	snprintf(j->sentence, sizeof j->sentence, "%s", j->stage == PRESS_HELD ? sentence : "");
	tell(j->press);
	uv_mutex_unlock(&j->press->lock);
}

static void put(struct press_job *j)
{
	struct printer_watch watch = {stop, held, j};
	char sentence[sizeof j->sentence] = "";
	j->end = printer_put(j->printer, &j->sheet, &watch, &j->state);
	if (j->end != PRINTER_OUT)
		printer_say(j->printer, &j->state, sentence, sizeof sentence);
	uv_mutex_lock(&j->press->lock);
	memcpy(j->sentence, sentence, sizeof sentence);
	uv_mutex_unlock(&j->press->lock);
}

/* The thread of one printer. */
static void printing(void *arg)
{
	struct lane *l = arg;
	struct press *p = l->press;
	uv_mutex_lock(&p->lock);
	for (;;) {
		while ((l->now = queue_take(&l->todo)) == NULL && !p->laid_out)
			uv_cond_wait(&p->wake, &p->lock);
		if (l->now == NULL)
			break;
		l->now->stage = PRESS_PRINTING;
		tell(p);
		uv_mutex_unlock(&p->lock);
		put(l->now);
		uv_mutex_lock(&p->lock);
		end(p, l->now);
	}
	p->alive--;
	uv_cond_broadcast(&p->ended);
	uv_mutex_unlock(&p->lock);
}

/* Hands what is laid out to its printer, whose thread begins with the first paper. */
static void hand_on(struct press *p, struct press_job *j)
{
	if (j->printer == NULL || j->end != PRINTER_OUT) {
		end(p, j);
		return;
	}
	struct lane *l = lane_of(p, j);
	queue_add(&l->todo, j);
	if (!l->started) {
		if (uv_thread_create(&l->thread, printing, l) != 0)
			abort();
		l->started = true;
		p->alive++;
	}
	uv_cond_broadcast(&p->wake);
}

/* The thread that has the fonts. */
static void laying_out(void *arg)
{
	struct press *p = arg;
	struct press_job *j;
	print_warm();
	uv_mutex_lock(&p->lock);
	for (;;) {
		while ((j = queue_take(&p->todo)) == NULL && !p->closing)
			uv_cond_wait(&p->wake, &p->lock);
		if (j == NULL)
			break;
		uv_mutex_unlock(&p->lock);
		lay_out(j);
		uv_mutex_lock(&p->lock);
		hand_on(p, j);
	}
	p->laid_out = true;
	uv_cond_broadcast(&p->wake);
	uv_mutex_unlock(&p->lock);
	print_cold();
}

static void news(uv_async_t *a)
{
	struct press *p = a->data;
	struct press_job *j;
	bool moved;
	uv_mutex_lock(&p->lock);
	moved = p->moved;
	p->moved = false;
	uv_mutex_unlock(&p->lock);
	do {
		uv_mutex_lock(&p->lock);
		j = queue_take(&p->done);
		uv_mutex_unlock(&p->lock);
		if (j != NULL)
			p->calls.ended(p->calls.ctx, j);
	} while (j != NULL);
	if (moved)
		p->calls.moved(p->calls.ctx);
}

struct press *press_new(uv_loop_t *loop, const struct printers *printers, const struct press_calls *calls)
{
	struct press *p = calloc(1, sizeof *p);
	if (p == NULL || uv_mutex_init(&p->lock) != 0 || uv_cond_init(&p->wake) != 0 ||
	    uv_cond_init(&p->ended) != 0 || uv_async_init(loop, &p->news, news) != 0)
		abort();
	p->calls = *calls;
	p->todo.last = &p->todo.first;
	p->done.last = &p->done.first;
	p->news.data = p;
	/* Of itself it does not keep the program running. */
	uv_unref((uv_handle_t *)&p->news);
	p->lanes = printers->n;
	for (int i = 0; i < p->lanes; i++) {
		p->lane[i].printer = &printers->list[i];
		p->lane[i].press = p;
		p->lane[i].todo.last = &p->lane[i].todo.first;
	}
	if (uv_thread_create(&p->thread, laying_out, p) != 0)
		abort();
	return p;
}

void press_add(struct press *p, struct press_job *job)
{
	uv_mutex_lock(&p->lock);
	job->press = p;
	job->stage = PRESS_WAITING;
	queue_add(&p->todo, job);
	uv_cond_broadcast(&p->wake);
	uv_mutex_unlock(&p->lock);
}

void press_refuse(struct press *p, struct press_job *job, const char *sentence)
{
	uv_mutex_lock(&p->lock);
	job->press = p;
	job->end = PRINTER_FAILED;
	snprintf(job->sentence, sizeof job->sentence, "%s", sentence);
	end(p, job);
	uv_mutex_unlock(&p->lock);
}

/* Takes it out of the queue; false when it is not in there. */
static bool queue_drop(struct queue *q, const struct press_job *job)
{
	for (struct press_job **at = &q->first; *at != NULL; at = &(*at)->next) {
		if (*at != job)
			continue;
		*at = job->next;
		if (*at == NULL)
			q->last = at;
		return true;
	}
	return false;
}

void press_cancel(struct press *p, struct press_job *job)
{
	uv_mutex_lock(&p->lock);
	if (job->stop == PRINTER_GO_ON)
		job->stop = PRINTER_CANCEL;
	/* One that waits behind another ends at once. */
	if (job->printer != NULL && queue_drop(&lane_of(p, job)->todo, job)) {
		job->end = PRINTER_FAILED;
		job->state.trouble = PRINTER_STOPPED;
		printer_say(job->printer, &job->state, job->sentence, sizeof job->sentence);
		end(p, job);
	}
	uv_mutex_unlock(&p->lock);
}

enum press_stage press_stage(struct press *p, struct press_job *job, char *sentence, size_t size)
{
	uv_mutex_lock(&p->lock);
	enum press_stage stage = job->stage;
	snprintf(sentence, size, "%s", job->sentence);
	uv_mutex_unlock(&p->lock);
	return stage;
}

/* Until no printer's thread runs any more, or the time is over. With the lock. */
static void wait_quick(struct press *p)
{
	uint64_t until = uv_hrtime() + QUICK_NS, now;
	while (p->alive > 0 && (now = uv_hrtime()) < until)
		(void)uv_cond_timedwait(&p->ended, &p->lock, until - now);
}

static void leave(struct press *p)
{
	for (int i = 0; i < p->lanes; i++) {
		if (p->lane[i].now != NULL)
			p->lane[i].now->stop = PRINTER_LEAVE;
		for (struct press_job *j = p->lane[i].todo.first; j != NULL; j = j->next)
			j->stop = PRINTER_LEAVE;
	}
}

static void give_back(struct press *p)
{
	struct press_job *j;
	while ((j = queue_take(&p->done)) != NULL)
		p->calls.ended(p->calls.ctx, j);
}

void press_free(struct press *p, uv_loop_t *loop)
{
	static struct press *hanging; /* still reachable, for who looks for leaks */
	uv_mutex_lock(&p->lock);
	p->closing = p->deaf = true;
	uv_cond_broadcast(&p->wake);
	uv_mutex_unlock(&p->lock);
	(void)uv_thread_join(&p->thread);
	uv_mutex_lock(&p->lock);
	wait_quick(p);
	leave(p);
	wait_quick(p);
	hanging = p->alive > 0 ? p : NULL;
	uv_mutex_unlock(&p->lock);
	uv_close((uv_handle_t *)&p->news, NULL);
	(void)uv_run(loop, UV_RUN_DEFAULT);
	give_back(p);
	/* A folder on a share that is gone: its thread ends with the program. */
	if (hanging != NULL)
		return;
	for (int i = 0; i < p->lanes; i++)
		if (p->lane[i].started)
			(void)uv_thread_join(&p->lane[i].thread);
	uv_cond_destroy(&p->wake);
	uv_cond_destroy(&p->ended);
	uv_mutex_destroy(&p->lock);
	free(p);
}
