/*
 * Rows of cases as the queue and the find box show them. A part of screens;
 * sends nothing.
 */
#ifndef YIMEN_SCREEN_CASELIST_H
#define YIMEN_SCREEN_CASELIST_H

#include "client/ui/list.h"

struct reply;

struct caselist {
	struct reply *rows; /* of case.queue or case.find; NULL before the first answer */
	struct list list;
};

void caselist_init(struct caselist *c);
void caselist_done(struct caselist *c);
/* Takes a new answer; the cursor stays on its case, or goes to the first when fresh. */
void caselist_load(struct caselist *c, const struct reply *rows, bool fresh);
/* The case at the cursor; 0: none. */
int64_t caselist_case(const struct caselist *c);
/* What that waits for; "": nothing. */
const char *caselist_action(const struct caselist *c);
/* With the head line, and the selected case's details below or, where wide, on the right. */
void caselist_draw(struct caselist *c, const struct area *a, const char *empty);

#endif
