/* Opens and closes screens and performs their effects: see stack_perform.h. */
#include "client/screen/stack_perform.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/stack_ahead.h"
#include "client/screen/stack_say.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/op.h"

/* What is watched follows the stack: sent only when it changed. */
static void watch(struct stack *s)
{
	int64_t now[STACK_DEPTH] = {0};
	int n = 0;
	for (int i = 0; i < s->n; i++) {
		const struct screen *sc = s->screens[i];
		int64_t id = sc->ops->watch == NULL ? 0 : sc->ops->watch(sc);
		if (id != 0)
			now[n++] = id;
	}
	if (n == s->nwatched && memcmp(now, s->watched, (size_t)n * sizeof *now) == 0)
		return;
	memcpy(s->watched, now, (size_t)n * sizeof *now);
	s->nwatched = n;
	s->host->watch(s->ctx, now, n);
}

void stack_forget(struct stack *s, uint32_t screen, bool writes)
{
	for (int i = 0; i < STACK_OPEN; i++) {
		struct stack_open *o = &s->open[i];
		if (o->request == 0 || o->screen != screen || (o->write && !writes))
			continue;
		s->host->forget(s->ctx, o->request);
		o->request = 0;
	}
}

static void close_at(struct stack *s, int at)
{
	struct screen *sc = s->screens[at];
	s->n--;
	memmove(s->screens + at, s->screens + at + 1, (size_t)(s->n - at) * sizeof *s->screens);
	stack_forget(s, sc->id, true);
	if (sc->ops->close != NULL)
		sc->ops->close(sc);
	undo_drop(sc->state, sc->ops->size);
	free(sc->state);
	free(sc);
}

static void note_open(struct desk *d, const struct screen *sc)
{
	size_t n = strlen(d->open);
	bool typed = sc->ops->dirty != NULL && sc->ops->dirty(sc);
	if ((typed || sc->ops == &screen_case) && sc->ops->title != NULL)
		snprintf(d->open + n, sizeof d->open - n, "%s%.40s", n > 0 ? ", " : "", _(sc->ops->title));
}

/* The keys of the drafts that are open here, for the screen that lists drafts, and what is open, for who goes. */
static void note_drafts(struct stack *s)
{
	struct desk *d = &s->desk;
	d->ndrafts = 0;
	d->open[0] = '\0';
	for (int i = 0; i < s->n; i++) {
		note_open(d, s->screens[i]);
		if (s->screens[i]->drafted)
			memcpy(d->drafts[d->ndrafts++], s->screens[i]->draft, OP_DRAFT_KEY);
	}
}

static struct screen *open_at(
    struct stack *s, int at, const struct screen_ops *ops, const struct screen_arg *arg)
{
	struct effects fx;
	if (s->n == STACK_DEPTH) {
		stack_say(s, FACE_ERROR, _("Too many screens are open: go back with Esc first."));
		s->host->beep(s->ctx);
		return NULL;
	}
	note_drafts(s);
	struct screen *sc = calloc(1, sizeof *sc);
	if (sc == NULL || (sc->state = calloc(1, ops->size)) == NULL)
		abort();
	sc->ops = ops;
	sc->desk = &s->desk;
	sc->id = ++s->ids;
	sc->staff = s->desk.staff_id;
	memmove(s->screens + at + 1, s->screens + at, (size_t)(s->n - at) * sizeof *s->screens);
	s->screens[at] = sc;
	s->n++;
	fx_init(&fx);
	uint32_t id = sc->id;
	ops->open(sc, arg, &fx);
	watch(s); /* before it reads: no change falls between */
	stack_perform(s, id, &fx);
	return stack_by_id(s, id);
}

void stack_close(struct stack *s, struct screen *sc)
{
	for (int i = s->n - 1; i >= 0; i--)
		if (s->screens[i] == sc)
			close_at(s, i);
}

/* Somebody who goes from case to case all day never comes back to the first: the oldest
 * screen without typed work makes room. */
static void make_room(struct stack *s)
{
	for (int i = 1; i < s->n - 1; i++) {
		const struct screen *sc = s->screens[i];
		if (sc->waiting > 0 || sc->held > 0 || sc->ops->dialog || s->screens[i + 1]->ops->dialog ||
		    (sc->ops->dirty != NULL && sc->ops->dirty(sc)))
			continue;
		close_at(s, i);
		return;
	}
}

void stack_push(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg)
{
	(void)stack_open_top(s, ops, arg);
}

struct screen *stack_open_top(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg)
{
	if (s->n > STACK_DEPTH / 2)
		make_room(s);
	return open_at(s, s->n, ops, arg);
}

void stack_drop(struct stack *s, const struct screen_ops *ops)
{
	for (int i = s->n - 1; i >= 0; i--)
		if (s->screens[i]->ops == ops)
			close_at(s, i);
}

void stack_keep(struct stack *s, struct screen *sc)
{
	if (sc->ops->save != NULL)
		s->host->keep(s->ctx, sc);
}

void stack_restart(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg)
{
	for (int i = 0; i < s->n; i++)
		stack_keep(s, s->screens[i]);
	while (s->n > 0)
		close_at(s, s->n - 1);
	stack_push(s, ops, arg);
}

static void remember(struct stack *s, uint32_t request, struct screen *sc, const struct effect *e)
{
	for (int i = 0; i < STACK_OPEN; i++) {
		if (s->open[i].request != 0)
			continue;
		bool write = e->kind == FX_SEND && e->op->kind == OP_WRITE;
		s->open[i] =
		    (struct stack_open){request, sc->id, e->tag, (e->flags & SEND_WAIT) != 0, write, e->op};
		if (e->flags & SEND_WAIT)
			sc->waiting++;
		return;
	}
	/* Screens send a handful at a time; a full table is a bug of theirs. */
	assert(false);
}

bool stack_takes_draft(const struct op *op)
{
	size_t n = op_width(op->in);
	return op->kind == OP_WRITE && n > 0 && strcmp(op->in[n - 1].name, "draft") == 0;
}

static void put_draft(struct stack *s, struct screen *sc, struct effect *e)
{
	if (!stack_takes_draft(e->op))
		return;
	stack_keep(s, sc);
	if (sc->drafted)
		op_put_bytes(&e->payload, sc->draft, sizeof sc->draft);
	else
		op_put_null(&e->payload);
}

static void send(struct stack *s, struct screen *sc, struct effect *e)
{
	uint32_t request;
	if (e->kind == FX_SEND)
		put_draft(s, sc, e);
	assert(!e->payload.bad);
	if (e->kind == FX_LOGIN)
		request = s->host->login(s->ctx, e->text, (const char *)e->payload.p);
	else
		request = s->host->send(s->ctx, e->op, e->payload.p, e->payload.len);
	remember(s, request, sc, e);
	if (e->kind == FX_SEND && e->op->kind == OP_WRITE && (e->flags & SEND_WAIT) != 0)
		stack_committing(s);
}

/* The screen at this height hears that the one above has closed. */
static void result(struct stack *s, int at, const struct screen_arg *arg)
{
	struct effects fx;
	if (at < 0)
		return;
	struct screen *sc = s->screens[at];
	struct message m = {.kind = MESSAGE_RESULT, .arg = arg};
	uint32_t id = sc->id;
	fx_init(&fx);
	sc->ops->message(sc, &m, &fx);
	stack_perform(s, id, &fx);
}

/* A command chosen in the palette: as if its key had been pressed. */
static void ask(struct stack *s, enum request r, const struct screen_arg *arg)
{
	static const struct key none = {.code = K_NONE};
	struct screen *top = stack_top(s);
	struct effects fx;
	if (top == NULL)
		return;
	if (arg != NULL) {
		(void)s->host->request(s->ctx, r, arg);
		return;
	}
	uint32_t id = top->id;
	fx_init(&fx);
	bool taken = top->ops->request(top, r, &none, &fx);
	stack_perform(s, id, &fx);
	if (!taken)
		(void)s->host->request(s->ctx, r, NULL);
}

void stack_close_top(struct stack *s)
{
	if (s->n < 2)
		return;
	stack_keep(s, s->screens[s->n - 1]);
	close_at(s, s->n - 1);
	result(s, s->n - 1, NULL);
	watch(s);
}

/* What a screen under a lock opens is found there after it. */
static void push_over(struct stack *s, const struct screen *sc, const struct effect *e)
{
	if (!stack_covered(s, sc)) {
		stack_push(s, e->screen, e->arg);
		return;
	}
	int at = 0;
	while (s->screens[at] != sc)
		at++;
	open_at(s, at + 1, e->screen, e->arg);
}

static void refuse(struct stack *s, const struct effect *e)
{
	if (e->text[0] != '\0')
		stack_say(s, FACE_ERROR, e->text);
	s->host->beep(s->ctx);
	stack_ahead_clear(s);
}

static void perform_one(struct stack *s, struct screen *sc, struct effect *e)
{
	switch (e->kind) {
	case FX_SEND:
	case FX_LOGIN:
		send(s, sc, e);
		return;
	case FX_SAY:
		if (stack_covered(s, sc))
			return;
		stack_say(s, e->face, e->text);
		if (e->face == FACE_ERROR)
			s->host->beep(s->ctx);
		return;
	case FX_REFUSE:
		if (!stack_covered(s, sc))
			refuse(s, e);
		return;
	case FX_HOLD:
		sc->held++;
		return;
	case FX_RELEASE:
		if (sc->held > 0)
			sc->held--;
		return;
	case FX_PAPER:
		s->host->paper(s->ctx, sc->id, e->tag, e->paper);
		e->paper = NULL;
		return;
	case FX_PAPER_STOP:
		s->host->paper_stop(s->ctx, e->id);
		return;
	case FX_FILE:
		s->host->file(s->ctx, sc->id, e->tag, e->file);
		e->file = NULL;
		return;
	case FX_PUSH:
		push_over(s, sc, e);
		return;
	case FX_DROP:
		s->host->drop(s->ctx, sc);
		return;
	default:
		break;
	}
	/* The rest closes the screen. Usually it is the top one; a lock or a login may be over it. */
	if (e->kind == FX_HOME) {
		stack_restart(s, &screen_queue, NULL);
		return;
	}
	int at = s->n - 1;
	while (s->screens[at] != sc)
		at--;
	uint32_t id = sc->id;
	stack_keep(s, sc);
	close_at(s, at);
	if (e->kind == FX_REPLACE)
		open_at(s, at, e->screen, e->arg);
	else if (e->kind == FX_POP)
		result(s, at - 1, e->arg);
	else if (e->kind == FX_ASK)
		ask(s, e->request, e->arg);
	else if (e->kind == FX_REOPEN)
		s->host->reopen(s->ctx, e->reply, e->draft);
	stack_word_passes(s, id);
}

void stack_perform(struct stack *s, uint32_t id, struct effects *fx)
{
	const struct screen *from = stack_by_id(s, id);
	bool under = from != NULL && stack_covered(s, from);
	for (int i = 0; i < fx->n; i++) {
		/* Any effect may have closed it; a word said on the way out is still said. */
		struct screen *sc = stack_by_id(s, id);
		if (sc != NULL)
			perform_one(s, sc, &fx->list[i]);
		else if (under)
			continue;
		else if (fx->list[i].kind == FX_SAY)
			stack_say(s, fx->list[i].face, fx->list[i].text);
		else if (fx->list[i].kind == FX_REFUSE)
			refuse(s, &fx->list[i]);
	}
	fx_done(fx);
	watch(s);
}

void stack_message(struct stack *s, struct screen *sc, const struct message *m)
{
	struct effects fx;
	fx_init(&fx);
	uint32_t id = sc->id;
	sc->ops->message(sc, m, &fx);
	stack_perform(s, id, &fx);
}
