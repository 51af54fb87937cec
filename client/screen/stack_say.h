/* What the status line and the key bar say of the top screen, and how long. */
#ifndef YIMEN_SCREEN_STACK_SAY_H
#define YIMEN_SCREEN_STACK_SAY_H

#include "client/screen/stack_look.h"

void stack_say(struct stack *s, enum face face, const char *sentence);
/* The next thing is done: what was done before it is over. */
void stack_over(struct stack *s);
/* A key was typed: what was said goes, what was done stays until it could be read. */
void stack_typed(struct stack *s);
/* What was done last has stood long enough. True when something on the screen goes with it. */
bool stack_fade(struct stack *s);
/* How the write with this handle stands; shown on the screen that sent it. */
void stack_word(struct stack *s, uint32_t request, enum stack_word word);
/* Where an act closes its own dialog, 已保存 stands on what comes after it. */
void stack_word_passes(struct stack *s, uint32_t closed);
/* That word, translated; "" when the top screen has none. */
const char *stack_word_said(const struct stack *s);
/* What stands at the right end of the status line: that word, else what waits elsewhere. */
void stack_right_said(const struct stack *s, char *buf, size_t size);
/* What stands in the status line: while a write was told to stop, that. */
const char *stack_said(const struct stack *s, enum face *face, char *buf, size_t size);
/* The write the top screen waits for; NULL: none. */
const struct stack_open *stack_write_awaited(const struct stack *s);
/* A read got no answer while a write is still being confirmed, which nobody is to send again. */
void stack_say_confirming(struct stack *s, const struct reply *r);
void stack_say_cancelled(struct stack *s, const struct op *op);
/* Any answer of the server, also one no screen waits for: is its database there? */
void stack_heard(struct stack *s, const struct reply *r);
/* The key bar of the top screen: what works there now. Returns the number of keys. */
int stack_bar(const struct stack *s, struct bar_key *keys, int max);

#endif
