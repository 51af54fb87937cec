/* The stack of screens and their effects: see stack.h. */
#include "client/screen/stack.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

static void perform(struct stack *s, uint32_t id, struct effects *fx);
static void drain(struct stack *s);

void stack_init(struct stack *s, const struct stack_host *host, void *ctx)
{
	memset(s, 0, sizeof *s);
	s->host = host;
	s->ctx = ctx;
}

struct screen *stack_top(const struct stack *s)
{
	return s->n > 0 ? s->screens[s->n - 1] : NULL;
}

static struct screen *by_id(const struct stack *s, uint32_t id)
{
	for (int i = 0; i < s->n; i++)
		if (s->screens[i]->id == id)
			return s->screens[i];
	return NULL;
}

bool stack_has(const struct stack *s, const struct screen_ops *ops)
{
	for (int i = 0; i < s->n; i++)
		if (s->screens[i]->ops == ops)
			return true;
	return false;
}

bool stack_dirty(const struct stack *s)
{
	for (int i = 0; i < s->n; i++)
		if (s->screens[i]->ops->dirty != NULL && s->screens[i]->ops->dirty(s->screens[i]))
			return true;
	return false;
}

bool stack_waits(const struct stack *s)
{
	const struct screen *top = stack_top(s);
	return top != NULL && (top->waiting > 0 || top->held > 0);
}

void stack_say(struct stack *s, enum face face, const char *sentence)
{
	snprintf(s->said, sizeof s->said, "%s", sentence);
	s->said_face = face;
	/* Beside what went wrong, 已保存 would be read as being about that. */
	if (face == FACE_ERROR && s->word == WORD_SAVED)
		s->word = WORD_NONE;
}

void stack_word(struct stack *s, uint32_t request, enum stack_word word)
{
	for (int i = 0; i < STACK_OPEN; i++)
		if (request != 0 && s->open[i].request == request && s->open[i].write) {
			s->word = word;
			s->word_of = s->open[i].screen;
		}
}

const char *stack_word_said(const struct stack *s)
{
	const struct screen *top = stack_top(s);
	if (top == NULL || top->id != s->word_of)
		return "";
	return s->word == WORD_CONFIRMING ? _("being confirmed")
	       : s->word == WORD_SAVED    ? _("saved")
	       : s->word == WORD_UNSAVED  ? _("not saved")
					  : "";
}

/* The write the top screen waits for; NULL: none. */
static const struct stack_open *write_awaited(const struct stack *s)
{
	const struct screen *top = stack_top(s);
	for (int i = 0; top != NULL && i < STACK_OPEN; i++) {
		const struct stack_open *o = &s->open[i];
		if (o->request != 0 && o->screen == top->id && o->write)
			return o;
	}
	return NULL;
}

const char *stack_said(const struct stack *s, enum face *face, char *buf, size_t size)
{
	const struct stack_open *o = s->stop_asked > 0 ? write_awaited(s) : NULL;
	*face = o != NULL ? FACE_WARN : s->said_face;
	if (o == NULL)
		return s->said;
	snprintf(buf, size,
	    s->stop_asked == 1
		? _("Still being confirmed: %s. What was typed stays. Esc again gives up.")
		: _("Given up: %s. Whether it was done all the same is asked as soon as the hall answers."),
	    word_op(o->op->name));
	return buf;
}

void stack_heard(struct stack *s, const struct reply *r)
{
	if (reply_ok(r))
		s->no_database = false;
	else if (strcmp(reply_code(r), "server.unavailable") == 0)
		s->no_database = true;
}

int stack_bar(const struct stack *s, struct bar_key *keys, int max)
{
	const struct screen *top = stack_top(s);
	const struct command *c;
	int n = 0;
	for (size_t i = 0; top != NULL && (c = command_at(i)) != NULL && n < max; i++) {
		if ((c->bar & top->ops->on) == 0)
			continue;
		const char *label = top->ops->label == NULL ? NULL : top->ops->label(top, c->request);
		if (label != NULL && *label == '\0')
			continue;
		key_label(c->key, c->letter, keys[n].key, sizeof keys[n].key);
		keys[n++].label = label != NULL ? label : _(c->label);
	}
	return n;
}

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

static void ahead_clear(struct stack *s)
{
	while (s->waiting > 0) {
		free((char *)s->ahead[s->first].paste);
		s->first = (s->first + 1) % STACK_AHEAD;
		s->waiting--;
	}
}

static void forget(struct stack *s, uint32_t screen, bool writes)
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
	forget(s, sc->id, true);
	if (sc->ops->close != NULL)
		sc->ops->close(sc);
	free(sc->state);
	free(sc);
}

void stack_done(struct stack *s)
{
	while (s->n > 0)
		close_at(s, s->n - 1);
	ahead_clear(s);
}

static void open_at(struct stack *s, int at, const struct screen_ops *ops, const struct screen_arg *arg)
{
	struct effects fx;
	if (s->n == STACK_DEPTH) {
		stack_say(s, FACE_ERROR, _("Too many screens are open: go back with Esc first."));
		s->host->beep(s->ctx);
		return;
	}
	struct screen *sc = calloc(1, sizeof *sc);
	if (sc == NULL || (sc->state = calloc(1, ops->size)) == NULL)
		abort();
	sc->ops = ops;
	sc->desk = &s->desk;
	sc->id = ++s->ids;
	memmove(s->screens + at + 1, s->screens + at, (size_t)(s->n - at) * sizeof *s->screens);
	s->screens[at] = sc;
	s->n++;
	fx_init(&fx);
	ops->open(sc, arg, &fx);
	perform(s, sc->id, &fx);
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
	if (s->n > STACK_DEPTH / 2)
		make_room(s);
	open_at(s, s->n, ops, arg);
}

void stack_drop(struct stack *s, const struct screen_ops *ops)
{
	for (int i = s->n - 1; i >= 0; i--)
		if (s->screens[i]->ops == ops)
			close_at(s, i);
}

void stack_restart(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg)
{
	while (s->n > 0)
		close_at(s, s->n - 1);
	stack_push(s, ops, arg);
}

static bool commits(const struct stack *s, const struct key *k)
{
	const struct screen *top = stack_top(s);
	enum request r = top == NULL ? REQ_KEY : command_of(top->ops->on, k);
	return k->code == K_F5 || k->code == K_F10 || r == REQ_COMMIT || r == REQ_CORRECT;
}

/* Something is being committed. An F5 or F10 typed from before the end of that was meant for
 * it, not for the screen it leads to: those that wait are dropped, the other keys stay. */
static void committing(struct stack *s)
{
	int kept = 0, n = s->waiting;
	s->committing = true;
	for (int i = 0; i < n; i++) {
		struct key k = s->ahead[(s->first + i) % STACK_AHEAD];
		if (!commits(s, &k))
			s->ahead[(s->first + kept++) % STACK_AHEAD] = k;
	}
	s->waiting = kept;
	if (kept < n)
		s->host->beep(s->ctx);
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

static void send(struct stack *s, struct screen *sc, struct effect *e)
{
	uint32_t request;
	assert(!e->payload.bad);
	if (e->kind == FX_LOGIN)
		request = s->host->login(s->ctx, e->text, (const char *)e->payload.p);
	else
		request = s->host->send(s->ctx, e->op, e->payload.p, e->payload.len);
	remember(s, request, sc, e);
	if (e->kind == FX_SEND && e->op->kind == OP_WRITE && (e->flags & SEND_WAIT) != 0)
		committing(s);
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
	perform(s, id, &fx);
}

/* A command chosen in the palette: as if its key had been pressed. */
static void ask(struct stack *s, enum request r)
{
	static const struct key none = {.code = K_NONE};
	struct screen *top = stack_top(s);
	struct effects fx;
	if (top == NULL)
		return;
	uint32_t id = top->id;
	fx_init(&fx);
	bool taken = top->ops->request(top, r, &none, &fx);
	perform(s, id, &fx);
	if (!taken)
		(void)s->host->request(s->ctx, r);
}

void stack_close_top(struct stack *s)
{
	if (s->n < 2)
		return;
	close_at(s, s->n - 1);
	result(s, s->n - 1, NULL);
	watch(s);
}

static void refuse(struct stack *s, const struct effect *e)
{
	stack_say(s, FACE_ERROR, e->text);
	s->host->beep(s->ctx);
	ahead_clear(s);
}

static void perform_one(struct stack *s, struct screen *sc, struct effect *e)
{
	switch (e->kind) {
	case FX_SEND:
	case FX_LOGIN:
		send(s, sc, e);
		return;
	case FX_SAY:
		stack_say(s, e->face, e->text);
		if (e->face == FACE_ERROR)
			s->host->beep(s->ctx);
		return;
	case FX_REFUSE:
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
	case FX_PUSH:
		stack_push(s, e->screen, e->arg);
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
	close_at(s, at);
	if (e->kind == FX_REPLACE)
		open_at(s, at, e->screen, e->arg);
	else if (e->kind == FX_POP)
		result(s, at - 1, e->arg);
	else if (e->kind == FX_ASK)
		ask(s, e->request);
}

static void perform(struct stack *s, uint32_t id, struct effects *fx)
{
	for (int i = 0; i < fx->n; i++) {
		/* Any effect may have closed it; a word said on the way out is still said. */
		struct screen *sc = by_id(s, id);
		if (sc != NULL)
			perform_one(s, sc, &fx->list[i]);
		else if (fx->list[i].kind == FX_SAY)
			stack_say(s, fx->list[i].face, fx->list[i].text);
	}
	fx_done(fx);
	watch(s);
}

/* A key a screen did not want, as a command of the whole program. */
static void unwanted(struct stack *s, enum request r, const struct key *k)
{
	if (r != REQ_KEY && s->host->request(s->ctx, r))
		return;
	if (k->code == K_BAD)
		stack_say(s, FACE_ERROR, _("These bytes are no UTF-8: set the terminal to UTF-8."));
	else
		stack_say(s, FACE_ERROR, _("This key does nothing here. F1 lists the keys."));
	s->host->beep(s->ctx);
}

/* Esc while an answer is awaited: reads are given up at once; a write only when asked
 * twice, for it may be done already. */
static void stop(struct stack *s, struct screen *top)
{
	ahead_clear(s);
	const struct stack_open *o = write_awaited(s);
	if (o != NULL) {
		if (s->stop_asked++ == 1)
			s->host->give_up(s->ctx, o->request);
		return;
	}
	forget(s, top->id, false);
	top->waiting = top->held = 0;
	struct message m = {.kind = MESSAGE_STOPPED};
	struct effects fx;
	fx_init(&fx);
	stack_say(s, FACE_WARN, _("Stopped waiting."));
	top->ops->message(top, &m, &fx);
	perform(s, top->id, &fx);
}

static void deliver(struct stack *s, const struct key *k)
{
	struct screen *top = stack_top(s);
	struct effects fx;
	if (top == NULL)
		return;
	enum request r = command_of(top->ops->on, k);
	fx_init(&fx);
	bool taken = top->ops->request(top, r, k, &fx);
	uint32_t id = top->id;
	perform(s, id, &fx);
	if (!taken)
		unwanted(s, r, k);
	else if ((r == REQ_COMMIT || r == REQ_CORRECT) && stack_top(s) == top && stack_waits(s))
		committing(s);
}

/* Keys typed ahead go to whatever screen is open by then. */
static void drain(struct stack *s)
{
	if (!stack_waits(s)) {
		s->committing = false;
		s->stop_asked = 0;
	}
	while (s->waiting > 0 && !stack_waits(s)) {
		struct key k = s->ahead[s->first];
		s->first = (s->first + 1) % STACK_AHEAD;
		s->waiting--;
		deliver(s, &k);
		free((char *)k.paste);
	}
}

/* 已保存 is about the last write; under what is typed next it would be a lie. */
static void settle_word(struct stack *s)
{
	for (int i = 0; i < STACK_OPEN; i++)
		if (s->open[i].request != 0 && s->open[i].write)
			return;
	s->word = WORD_NONE;
}

void stack_key(struct stack *s, const struct key *k)
{
	if (!stack_waits(s)) {
		s->said[0] = '\0';
		settle_word(s);
		s->stop_asked = 0;
		s->committing = false;
		deliver(s, k);
		drain(s);
		return;
	}
	if (k->code == K_ESC) {
		stop(s, stack_top(s));
		return;
	}
	if (s->committing && commits(s, k)) {
		s->host->beep(s->ctx);
		return;
	}
	if (s->waiting == STACK_AHEAD) {
		stack_say(s, FACE_ERROR, _("Too much typed ahead: wait for the answer."));
		s->host->beep(s->ctx);
		return;
	}
	struct key *kept = &s->ahead[(s->first + s->waiting++) % STACK_AHEAD];
	*kept = *k;
	kept->paste = NULL;
	if (k->paste != NULL) {
		char *copy = malloc(k->len + 1);
		if (copy == NULL)
			abort();
		memcpy(copy, k->paste, k->len);
		copy[k->len] = '\0';
		kept->paste = copy;
	}
}

static void message(struct stack *s, struct screen *sc, const struct message *m)
{
	struct effects fx;
	fx_init(&fx);
	uint32_t id = sc->id;
	sc->ops->message(sc, m, &fx);
	perform(s, id, &fx);
}

static void say_cancelled(struct stack *s, const struct op *op)
{
	char buf[512];
	snprintf(buf, sizeof buf, _("Given up: %s. Nothing was saved; what was typed is still here."),
	    word_op(op->name));
	stack_say(s, FACE_ERROR, buf);
}

void stack_reply(struct stack *s, uint32_t request, const struct reply *r)
{
	stack_heard(s, r);
	for (int i = 0; i < STACK_OPEN; i++) {
		struct stack_open *o = &s->open[i];
		if (o->request != request || request == 0)
			continue;
		struct screen *sc = by_id(s, o->screen);
		struct message m = {.kind = MESSAGE_REPLY, .tag = o->tag, .reply = r};
		o->request = 0;
		if (sc == NULL)
			return;
		if (o->wait && sc->waiting > 0)
			sc->waiting--;
		/* A write given up before it was sent has had no other last word. */
		if (o->write && s->word == WORD_CONFIRMING && s->word_of == sc->id)
			s->word = reply_ok(r) ? WORD_SAVED : WORD_UNSAVED;
		message(s, sc, &m);
		if (o->write && strcmp(reply_code(r), "command.cancelled") == 0)
			say_cancelled(s, o->op);
		drain(s);
		return;
	}
}

void stack_paper(struct stack *s, uint32_t screen, int tag, const struct paper_result *paper)
{
	struct screen *sc = by_id(s, screen);
	struct message m = {.kind = MESSAGE_PAPER, .tag = tag, .paper = paper};
	if (sc == NULL)
		return;
	message(s, sc, &m);
	drain(s);
}

void stack_tell(struct stack *s, enum message_kind kind, const struct reply *rows)
{
	struct message m = {.kind = kind, .reply = rows};
	uint32_t ids[STACK_DEPTH];
	int n = s->n;
	for (int i = 0; i < n; i++)
		ids[i] = s->screens[i]->id;
	for (int i = 0; i < n; i++) {
		struct screen *sc = by_id(s, ids[i]);
		if (sc != NULL)
			message(s, sc, &m);
	}
}

void stack_draw(struct stack *s, const struct area *work)
{
	int from = s->n - 1;
	while (from > 0 && s->screens[from]->ops->dialog)
		from--;
	for (int i = from < 0 ? 0 : from; i < s->n; i++) {
		draw_caret_none();
		s->screens[i]->ops->draw(s->screens[i], work);
	}
}

void stack_resize(struct stack *s, const struct area *work)
{
	for (int i = 0; i < s->n; i++)
		if (s->screens[i]->ops->resize != NULL)
			s->screens[i]->ops->resize(s->screens[i], work);
}
