/*
 * Opens and closes screens and performs their effects. Any effect may close the
 * screen it came from, so screens are named by their id.
 */
#ifndef YIMEN_SCREEN_STACK_PERFORM_H
#define YIMEN_SCREEN_STACK_PERFORM_H

#include "client/screen/stack_look.h"

/* Opens a screen on top. */
void stack_push(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg);
/* The same; NULL when too many are open, or it closed at once. */
struct screen *stack_open_top(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg);
/* Closes all screens and opens this one. */
void stack_restart(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg);
/* Closes the top screen without a result, as Esc does; the last one stays. */
void stack_close_top(struct stack *s);
/* Closes every screen with these operations, without a result. */
void stack_drop(struct stack *s, const struct screen_ops *ops);
/* Closes a screen without a word. */
void stack_close(struct stack *s, struct screen *sc);
/* Performs the effects of the screen with this id. */
void stack_perform(struct stack *s, uint32_t id, struct effects *fx);
/* Gives a screen a message and performs what follows from it. */
void stack_message(struct stack *s, struct screen *sc, const struct message *m);
/* Answers to this screen are wanted no more; those of writes too when writes is set. */
void stack_forget(struct stack *s, uint32_t screen, bool writes);
/* Typed work goes on as a draft; the dialogs over it with it, so this comes before they close. */
void stack_keep(struct stack *s, struct screen *sc);
/* A write of a form names the draft it was typed in, so that both go in one transaction. */
bool stack_takes_draft(const struct op *op);

#endif
