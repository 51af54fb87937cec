/*
 * The commands that belong to no single screen: open the finder, the queue,
 * the find box, help, palette; go back. Knows the stack, not the link.
 */
#ifndef YIMEN_SCREEN_DESKTOP_H
#define YIMEN_SCREEN_DESKTOP_H

#include "client/screen/stack.h"

/* True when it was one of these. arg: what follows it in the menu's line, or NULL. */
bool desktop_request(struct stack *s, enum request r, const struct screen_arg *arg);
/* What a scanner read: a case is opened over what is there, an identity number begins an
 * intake. */
void desktop_scan(struct stack *s, const char *text);
/* Asks before papers are left behind: true when now may be asked for at once, else a question
 * was pushed that asks for it after Enter. What is typed stays as drafts. */
bool desktop_may_leave(struct stack *s, enum request now);

#endif
