/* Labelled lines of a page, scrolled. A part of screens. */
#ifndef YIMEN_SCREEN_FACTS_H
#define YIMEN_SCREEN_FACTS_H

#include "client/ui/draw.h"

struct facts {
	struct area a;
	int row, skip; /* row: the one after the last */
};

/* A line, or several; none when there is no value. */
void facts_add(struct facts *f, const char *label, const char *value);

#endif
