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

struct bytes_in;
struct bytes_out;

struct conflict_row {
	int64_t id; /* the form's own: a material's number, a field */
	char label[256];
	char theirs[1024], mine[1024]; /* as people read them; "" shows as nothing there */
	bool touched;                  /* the person here changed it, too */
	bool keep;                     /* the choice: mine */
};

/* A choice made before, in a draft: it counts while both texts are what was chosen between. */
struct conflict_choice {
	int64_t id;
	uint8_t texts[16]; /* fingerprint */
	bool keep;
};

struct conflict {
	char title[256]; /* who changed what */
	struct conflict_row *rows;
	int n;
	int64_t at; /* id of the row at the cursor; 0: the first */
	struct conflict_choice *made;
	int nmade;
};

/* Empties it; what a draft had chosen stays, for the rows to come. */
void conflict_begin(struct conflict *c);
/* Empties it, choices too. */
void conflict_done(struct conflict *c);
/* A row more; where the person typed, mine is chosen to begin with. Texts are cut to their places.
 * What reads the same on both sides is no row: there is nothing to choose. */
void conflict_add(
    struct conflict *c, int64_t id, const char *label, const char *theirs, const char *mine, bool touched);
/* The row with this id; NULL. */
const struct conflict_row *conflict_find(const struct conflict *c, int64_t id);
/* The choices and the cursor, as a part of the form's draft. */
void conflict_save(const struct conflict *c, struct bytes_out *out);
/* Before the rows are added. A draft of an older program ends here: no choices. */
void conflict_restore(struct conflict *c, struct bytes_in *in);

#endif
