/* What the files of the stack know of one another: stack.c, stack_keys.c, stack_say.c. */
#ifndef YIMEN_SCREEN_STACK_INT_H
#define YIMEN_SCREEN_STACK_INT_H

#include "client/screen/stack.h"

/* Performs the effects of the screen with this id, which any of them may close. */
void stack_perform(struct stack *s, uint32_t id, struct effects *fx);
/* Answers to this screen are wanted no more; those of writes too when writes is set. */
void stack_forget(struct stack *s, uint32_t screen, bool writes);

/* Opens a screen on top; NULL when too many are open. */
struct screen *stack_open_top(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg);
/* Closes a screen without a word. */
void stack_close(struct stack *s, struct screen *sc);

/* stack_keys.c */
void stack_ahead_clear(struct stack *s);
/* A write is under way that F5 or F10 began. */
void stack_committing(struct stack *s);
/* Gives the keys that waited to whatever screen is open by now. */
void stack_drain(struct stack *s);

/* stack_say.c */
/* The next thing is done: what was done before it is over. */
void stack_over(struct stack *s);
/* A key was typed: what was said goes, what was done stays until it could be read. */
void stack_typed(struct stack *s);
/* Where an act closes its own dialog, 已保存 stands on what comes after it. */
void stack_word_passes(struct stack *s, uint32_t closed);
/* A read got no answer while a write is still being confirmed, which nobody is to send again. */
void stack_say_confirming(struct stack *s, const struct reply *r);
/* The write the top screen waits for; NULL: none. */
const struct stack_open *stack_write_awaited(const struct stack *s);
void stack_say_cancelled(struct stack *s, const struct op *op);

#endif
