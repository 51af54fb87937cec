/* What comes to the stack of screens from outside: see stack.h. */
#include "client/screen/stack.h"

#include <string.h>

#include "client/reply.h"
#include "client/screen/files.h"
#include "client/screen/stack_ahead.h"

void stack_init(struct stack *s, const struct stack_host *host, void *ctx)
{
	memset(s, 0, sizeof *s);
	s->host = host;
	s->ctx = ctx;
}

void stack_done(struct stack *s)
{
	while (s->n > 0)
		stack_close(s, stack_top(s));
	stack_ahead_clear(s);
}

void stack_reply(struct stack *s, uint32_t request, const struct reply *r)
{
	stack_heard(s, r);
	for (int i = 0; i < STACK_OPEN; i++) {
		/* A copy: what the screen sends next may stand in its place. */
		struct stack_open o = s->open[i];
		if (o.request != request || request == 0)
			continue;
		struct screen *sc = stack_by_id(s, o.screen);
		struct message m = {.kind = MESSAGE_REPLY, .tag = o.tag, .reply = r};
		s->open[i].request = 0;
		if (sc == NULL)
			return;
		if (o.wait && sc->waiting > 0)
			sc->waiting--;
		/* A write given up before it was sent has had no other last word. */
		if (o.write && s->word == WORD_CONFIRMING && s->word_of == sc->id)
			s->word = reply_ok(r) ? WORD_SAVED : WORD_UNSAVED;
		bool ended = o.op != NULL && stack_takes_draft(o.op) && reply_ok(r);
		uint32_t id = sc->id;
		sc->ended |= ended;
		stack_message(s, sc, &m);
		stack_say_confirming(s, r);
		if (ended && stack_by_id(s, id) != NULL)
			stack_keep(s, sc);
		if (o.write && strcmp(reply_code(r), "command.cancelled") == 0)
			stack_say_cancelled(s, o.op);
		stack_drain(s);
		return;
	}
}

void stack_hold(struct stack *s)
{
	s->held++;
}

void stack_release(struct stack *s)
{
	if (s->held > 0)
		s->held--;
	stack_drain(s);
}

void stack_paper(struct stack *s, uint32_t screen, int tag, const struct paper_result *paper)
{
	struct screen *sc = stack_by_id(s, screen);
	struct message m = {.kind = MESSAGE_PAPER, .tag = tag, .paper = paper};
	if (sc == NULL)
		return;
	stack_message(s, sc, &m);
	stack_drain(s);
}

void stack_file(struct stack *s, uint32_t screen, int tag, const struct file_result *file)
{
	struct screen *sc = stack_by_id(s, screen);
	struct message m = {.kind = MESSAGE_FILE, .tag = tag, .file = file};
	/* A file's name is often its owner's: not under a lock. */
	if ((sc == NULL || stack_top(s) != sc) && *file->sentence != '\0' && !stack_covered(s, sc))
		stack_say(s, file->ok ? FACE_GOOD : FACE_WARN, file->sentence);
	if (sc == NULL)
		return;
	stack_message(s, sc, &m);
	stack_drain(s);
}

void stack_tell(struct stack *s, enum message_kind kind, const struct reply *rows)
{
	struct message m = {.kind = kind, .reply = rows};
	uint32_t ids[STACK_DEPTH];
	int n = s->n;
	for (int i = 0; i < n; i++)
		ids[i] = s->screens[i]->id;
	for (int i = 0; i < n; i++) {
		struct screen *sc = stack_by_id(s, ids[i]);
		if (sc != NULL)
			stack_message(s, sc, &m);
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
