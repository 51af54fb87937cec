/* The list of first contacts: its state, shared by its two files; which events concern it. */
#ifndef YIMEN_SCREEN_VISITS_H
#define YIMEN_SCREEN_VISITS_H

#include "client/screen/screen.h"
#include "client/ui/list.h"

enum visits_scope { VISITS_MINE, VISITS_HALL, VISITS_LATE, VISITS_SCOPES };

struct visits {
	struct reply *rows;
	struct list list;
	enum visits_scope scope;
	bool today;         /* all of the day, closed ones too */
	bool asking, again; /* an answer is under way; something changed meanwhile */
	int64_t visit_id;   /* what is being handed over or closed, as it was seen */
	int32_t version;
	int64_t to_post_id;
	bool pointing;    /* the post asked for is where the visitor goes, not who takes it */
	const char *done; /* what to say when the write is done */
};

extern const struct list_ops visits_list;
void visits_draw(struct screen *s, const struct area *a);
/* Rows of events: one of them is about first contacts. */
bool visits_concern(const struct reply *rows);

#endif
