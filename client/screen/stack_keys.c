/* Keys of the stack: to the top screen, kept while it waits, given up by Esc. */
#include "client/screen/stack_keys.h"

#include <stdlib.h>
#include <string.h>

#include "client/screen/stack_ahead.h"
#include "client/screen/stack_perform.h"
#include "client/screen/stack_say.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"

/* A held key begins to repeat after a quarter to two thirds of a second and goes on every 30 ms; who
 * strikes twice by mistake does it faster; nobody reads a page and answers it in less. */
enum { REPEAT_MS = 700 };

/* A key a screen did not want, as a command of the whole program. */
static void unwanted(struct stack *s, enum request r, const struct key *k)
{
	if (r != REQ_KEY && s->host->request(s->ctx, r, NULL))
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
	stack_ahead_clear(s);
	const struct stack_open *o = stack_write_awaited(s);
	if (o != NULL) {
		if (s->stop_asked++ == 1)
			s->host->give_up(s->ctx, o->request);
		return;
	}
	stack_forget(s, top->id, false);
	top->waiting = top->held = s->held = 0;
	struct message m = {.kind = MESSAGE_STOPPED};
	struct effects fx;
	fx_init(&fx);
	stack_say(s, FACE_WARN, _("Stopped waiting."));
	top->ops->message(top, &m, &fx);
	stack_perform(s, top->id, &fx);
}

void stack_shown(struct stack *s)
{
	const struct screen *top = stack_top(s);
	if (top == NULL || s->committing || s->shown == top->id)
		return;
	s->shown = top->id;
	s->shown_at = s->host->now(s->ctx);
}

/* F10 opens a page and F10 commits it: held, or struck twice, it would send a form nobody has seen,
 * or take a case one step too far. So an F10 right after one that led somewhere is taken for its
 * repeat until the page it led to has stood there long enough to be read, and always when it
 * waited for that page. Any key in between says that it is meant: who types a whole intake ahead
 * gets what slow typing gives. Where the first one only drew a refusal the second draws it again. */
static bool repeats(const struct stack *s, const struct key *k, bool ahead)
{
	const struct screen *top = stack_top(s);
	if (top == NULL || s->commit_at == 0 || command_of(top->ops->on, k) != REQ_COMMIT)
		return false;
	if (top->id == s->commit_on && s->shown == top->id && s->shown_at <= s->commit_at)
		return false;
	uint64_t now = s->host->now(s->ctx);
	return ahead || s->shown != top->id || now < s->shown_at + REPEAT_MS ||
	       now < s->commit_at + REPEAT_MS;
}

/* What became of the first one stays said. */
static void refuse_repeat(struct stack *s)
{
	s->commit_at = s->host->now(s->ctx);
	if (s->said[0] == '\0' || s->said_face == FACE_PLAIN)
		stack_say(s, FACE_WARN,
		    _("F10 came twice: nothing was done the second time. Read this page, then F10 again."));
	s->host->beep(s->ctx);
}

/* ahead: it was typed while the page it comes to was still awaited. */
static void deliver(struct stack *s, const struct key *k, bool ahead)
{
	struct screen *top = stack_top(s);
	struct effects fx;
	if (top == NULL)
		return;
	if (repeats(s, k, ahead)) {
		refuse_repeat(s);
		return;
	}
	s->commit_at = 0;
	if (k->code == K_SCAN) {
		s->host->scan(s->ctx, k->paste);
		return;
	}
	enum request r = command_of(top->ops->on, k);
	if (r == REQ_COMMIT) {
		s->commit_at = s->host->now(s->ctx);
		s->commit_on = top->id;
	}
	/* Wherever the keys are, it leaves screen, field and caret as they stand. */
	if (r == REQ_TAKE) {
		(void)s->host->request(s->ctx, r, NULL);
		return;
	}
	uint32_t id = top->id;
	fx_init(&fx);
	bool taken = top->ops->request(top, r, k, &fx);
	stack_perform(s, id, &fx);
	/* By its id: what was opened in its stead may lie at the same address. */
	top = stack_top(s);
	if (!taken)
		unwanted(s, r, k);
	else if ((r == REQ_COMMIT || r == REQ_CORRECT) && top != NULL && top->id == id && stack_waits(s))
		stack_committing(s);
}

/* Keys typed ahead go to whatever screen is open by then. */
void stack_drain(struct stack *s)
{
	if (!stack_waits(s)) {
		s->committing = false;
		s->stop_asked = 0;
	}
	while (s->waiting > 0 && !stack_waits(s)) {
		struct key k = stack_ahead_next(s);
		deliver(s, &k, true);
		free((char *)k.paste);
	}
}

void stack_key(struct stack *s, const struct key *k)
{
	if (!stack_waits(s) && repeats(s, k, false)) {
		refuse_repeat(s);
		return;
	}
	if (!stack_waits(s)) {
		stack_typed(s);
		s->stop_asked = 0;
		s->committing = false;
		deliver(s, k, false);
		stack_drain(s);
		return;
	}
	if (k->code == K_ESC) {
		s->commit_at = 0;
		stop(s, stack_top(s));
		return;
	}
	if (s->committing && stack_commits(s, k)) {
		if (s->commit_at != 0)
			s->commit_at = s->host->now(s->ctx);
		s->host->beep(s->ctx);
		return;
	}
	stack_ahead_put(s, k);
}

void stack_mark(struct stack *s)
{
	const struct screen *top = stack_top(s);
	s->marked = top == NULL ? 0 : top->id;
	s->marked_ids = s->ids;
	undo_begin();
}

void stack_settle(struct stack *s)
{
	s->marked = 0;
	undo_end();
}

const struct screen *stack_marked(const struct stack *s)
{
	for (int i = 0; i < s->n; i++)
		if (s->screens[i]->id == s->marked)
			return s->screens[i];
	return NULL;
}

void stack_take_back(struct stack *s, int n)
{
	int waited = n < s->waiting ? n : s->waiting;
	s->waiting -= waited;
	undo_back();
	if (waited == n)
		return;
	s->said[0] = '\0';
	while (stack_marked(s) != NULL && stack_top(s)->id > s->marked_ids)
		stack_close_top(s);
}
