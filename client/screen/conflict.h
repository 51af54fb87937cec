/*
 * Two versions of a case side by side, row by row (CASE-14): what stands there
 * now, and what was typed here over an older version. A form fills a struct
 * conflict of its own, pushes screen_conflict with it as arg.lent and gets it
 * back with a choice for every row, kind "conflict"; NULL: left by Esc.
 */
#ifndef YIMEN_SCREEN_CONFLICT_H
#define YIMEN_SCREEN_CONFLICT_H

#include <stdbool.h>
#include <stdint.h>

struct conflict_row {
	int64_t id; /* the form's own: a material's number, a field */
	char label[256];
	char theirs[1024], mine[1024]; /* as people read them; "" shows as nothing there */
	bool touched;                  /* the person here changed it, too */
	bool keep;                     /* the choice: mine */
};

struct conflict {
	char title[256]; /* who changed what */
	struct conflict_row *rows;
	int n;
};

/* Empties it. */
void conflict_done(struct conflict *c);
/* A row more; where the person typed, mine is chosen to begin with. Texts are cut to their places. */
void conflict_add(
    struct conflict *c, int64_t id, const char *label, const char *theirs, const char *mine, bool touched);
/* The row with this id; NULL. */
const struct conflict_row *conflict_find(const struct conflict *c, int64_t id);

#endif
