/* Keys typed ahead, kept in a ring until the screen they are for is open. */
#include "client/screen/stack_ahead.h"

#include <stdlib.h>
#include <string.h>

#include "client/screen/stack_say.h"
#include "client/ui/lang.h"

void stack_ahead_clear(struct stack *s)
{
	while (s->waiting > 0) {
		free((char *)s->ahead[s->first].paste);
		s->first = (s->first + 1) % STACK_AHEAD;
		s->waiting--;
	}
}

void stack_ahead_put(struct stack *s, const struct key *k)
{
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

struct key stack_ahead_next(struct stack *s)
{
	struct key k = s->ahead[s->first];
	s->first = (s->first + 1) % STACK_AHEAD;
	s->waiting--;
	return k;
}

bool stack_commits(const struct stack *s, const struct key *k)
{
	const struct screen *top = stack_top(s);
	enum request r = top == NULL ? REQ_KEY : command_of(top->ops->on, k);
	return k->code == K_F5 || k->code == K_F10 || r == REQ_COMMIT || r == REQ_CORRECT;
}

/* Something is being committed. An F5 or F10 typed from before the end of that was meant for
 * it, not for the screen it leads to: those that wait are dropped, the other keys stay. */
void stack_committing(struct stack *s)
{
	int kept = 0, n = s->waiting;
	s->committing = true;
	s->shown = 0;
	stack_over(s);
	for (int i = 0; i < n; i++) {
		struct key k = s->ahead[(s->first + i) % STACK_AHEAD];
		if (!stack_commits(s, &k))
			s->ahead[(s->first + kept++) % STACK_AHEAD] = k;
	}
	s->waiting = kept;
	if (kept < n)
		s->host->beep(s->ctx);
}
