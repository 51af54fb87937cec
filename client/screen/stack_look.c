/* Questions to the stack of screens. */
#include "client/screen/stack_look.h"

struct screen *stack_top(const struct stack *s)
{
	return s->n > 0 ? s->screens[s->n - 1] : NULL;
}

struct screen *stack_by_id(const struct stack *s, uint32_t id)
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
	return s->held > 0 || (top != NULL && (top->waiting > 0 || top->held > 0));
}

bool stack_covered(const struct stack *s, const struct screen *sc)
{
	for (int i = s->n - 1; i >= 0 && s->screens[i] != sc; i--)
		if ((s->screens[i]->ops->on & (ON_LOCK | ON_LOGIN)) != 0)
			return true;
	return false;
}
