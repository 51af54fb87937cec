/*
 * The stack of screens: gives keys and messages to the right one, performs
 * their effects, keeps keys typed ahead. Knows no uv and no curses.
 *
 * From the ground up: stack_look (what it is), stack_say (the status line), stack_ahead
 * (keys that wait), stack_perform (screens and their effects), stack_keys and stack_draft,
 * and here what comes from outside: answers, papers, files, events.
 */
#ifndef YIMEN_SCREEN_STACK_H
#define YIMEN_SCREEN_STACK_H

#include "client/screen/stack_draft.h"
#include "client/screen/stack_keys.h"
#include "client/screen/stack_perform.h"
#include "client/screen/stack_say.h"

void stack_init(struct stack *s, const struct stack_host *host, void *ctx);
void stack_done(struct stack *s);
void stack_reply(struct stack *s, uint32_t request, const struct reply *r);
void stack_paper(struct stack *s, uint32_t screen, int tag, const struct paper_result *paper);
/* How a file order ended; said on any screen when the one that gave it has gone. */
void stack_file(struct stack *s, uint32_t screen, int tag, const struct file_result *file);
/* To every screen: EVENTS with its rows, or ONLINE. */
void stack_tell(struct stack *s, enum message_kind kind, const struct reply *rows);
/* Keys wait until the same number of releases. */
void stack_hold(struct stack *s);
void stack_release(struct stack *s);
void stack_draw(struct stack *s, const struct area *work);
void stack_resize(struct stack *s, const struct area *work);

#endif
