/*
 * Forms as drafts: a form and the dialogs over it become bytes, and the bytes
 * screens again.
 */
#ifndef YIMEN_SCREEN_STACK_DRAFT_H
#define YIMEN_SCREEN_STACK_DRAFT_H

#include "client/screen/stack_look.h"

/* Some form holds typed work that goes on as a draft; others lose it when they close. */
bool stack_keeps(const struct stack *s);
/* What is typed on a form and in the dialogs over it, and what it is about. False when nothing
 * is there to be kept. */
bool stack_draft(
    const struct stack *s, const struct screen *form, struct screen_about *about, struct bytes_out *out);
/* Opens the form of a draft again, with the reply of draft.take; says so when it cannot. */
void stack_reopen(struct stack *s, const struct reply *taken, const uint8_t key[OP_DRAFT_KEY]);
/* The nth screen with a form that is kept as a draft; NULL after the last. */
struct screen *stack_form(const struct stack *s, int n);

#endif
