/* Keys typed ahead, kept in a ring until the screen they are for is open. */
#ifndef YIMEN_SCREEN_STACK_AHEAD_H
#define YIMEN_SCREEN_STACK_AHEAD_H

#include "client/screen/stack_look.h"

/* A copy of it waits, its paste too; when no more fit, that is said. */
void stack_ahead_put(struct stack *s, const struct key *k);
/* The one that waited longest, with its paste, which is the caller's now. There must be one. */
struct key stack_ahead_next(struct stack *s);
void stack_ahead_clear(struct stack *s);
/* It is F5 or F10, whatever they are called on the top screen. */
bool stack_commits(const struct stack *s, const struct key *k);
/* A write is under way that F5 or F10 began. */
void stack_committing(struct stack *s);

#endif
