/* Keys of the stack: to the top screen, kept while it waits, given up by Esc. */
#ifndef YIMEN_SCREEN_STACK_KEYS_H
#define YIMEN_SCREEN_STACK_KEYS_H

#include "client/screen/stack_look.h"

void stack_key(struct stack *s, const struct key *k);
/* Gives the keys that waited to whatever screen is open by now. */
void stack_drain(struct stack *s);
/* The top screen was painted just now. */
void stack_shown(struct stack *s);
/* What the next keys change can be taken back, until stack_settle. */
void stack_mark(struct stack *s);
void stack_settle(struct stack *s);
/* The last n keys were none: waiting ones are dropped, what the others changed on their
 * screen is put back, and what they opened is closed. */
void stack_take_back(struct stack *s, int n);
/* The screen that had the keys at the mark; NULL when it has gone. */
const struct screen *stack_marked(const struct stack *s);

#endif
