/*
 * The materials of a case with their ticks (CASE-2, CAT-5): there, missing,
 * defective, follows later, not needed; and what exactly to do about each.
 * A part of the intake and handling screens; sends nothing itself.
 */
#ifndef YIMEN_SCREEN_TICKS_H
#define YIMEN_SCREEN_TICKS_H

#include <stdbool.h>
#include <stdint.h>

#include "client/ui/editor.h"
#include "client/ui/list.h"

struct reply;
struct bytes_in;
struct bytes_out;
struct conflict;
struct key;

enum { TICKS_MAX = 200 };

/* How a row stands: state "" while open; later in days since 2000-01-01, 0: none. */
struct tick_mark {
	char state[12];
	int32_t later;
	char note[820];
};

struct tick {
	int16_t seq, copies;
	bool told;      /* listed in the one-time notice */
	bool touched;   /* ticked or written by the person here */
	char state[12]; /* "" while open */
	char form[16], required[12];
	int32_t later; /* days since 2000-01-01; 0: none */
	char name[1024];
	char note[820];
	struct tick_mark was; /* as it was loaded */
};

struct ticks {
	struct tick *rows;
	int n;
	struct list list;
	bool editing;   /* the note or date of the row at the cursor */
	bool fresh;     /* … opened by a tick, nothing typed yet: Space still ticks */
	bool answering; /* the applicant's answer: only what was told can be missing */
	struct editor note;
	int32_t today; /* days since 2000-01-01 */
	int tail;      /* columns at a row's end, as drawn last */
	/* Of a draft or of a version that is not the newest any more, until ticks_take_kept: */
	struct tick *kept;
	int nkept;
	int16_t kept_at; /* number of the row at the cursor; 0: none */
	uint16_t kept_top;
	bool kept_editing, kept_fresh;
};

enum ticks_result {
	TICKS_UNUSED,
	TICKS_MOVED,
	TICKS_CHANGED,
	TICKS_ALL,    /* Enter: all open ones were ticked as there, or as not needed */
	TICKS_UP,     /* went up from the first row */
	TICKS_REFUSED /* *why: a code */
};

void ticks_init(struct ticks *t, int32_t today);
void ticks_done(struct ticks *t);
/* How a row stands now. */
struct tick_mark ticks_mark(const struct tick *k);
/* From item.materials (all open) or case.materials. Keeps the cursor. */
void ticks_load(struct ticks *t, const struct reply *r);
/* Ticks what the notice asked for as open again, for the answer (ONE-4); from then on only
 * that can be found missing or defective. */
void ticks_reopen_told(struct ticks *t);
/* The cursor goes to the first row open, missing or defective, else to the first one. */
void ticks_first_open(struct ticks *t);
/* Some row was listed in a one-time notice: there was one. */
bool ticks_told(const struct ticks *t);
/* Ticking a row as missing, defective or following opens the editor of its note or date: all
 * that is typed from then on, digits too, belongs to it. Enter ends it and goes to the next
 * row, the arrows leave it; while it is closed (and Space until something was typed), digits
 * and Space tick. */
enum ticks_result ticks_key(struct ticks *t, const struct key *k, const char **why);
/* Begins writing the note of the row at the cursor; NULL or a code. */
const char *ticks_edit(struct ticks *t);
/* Ends writing; NULL or the code of a bad date, and goes on writing. */
const char *ticks_edit_end(struct ticks *t);
/* Everything ticked, notes and dates where they must be: NULL, or a code, the cursor on
 * the row it is about. */
const char *ticks_check(struct ticks *t);
/* Rows but those not needed. */
int ticks_needed(const struct ticks *t);
/* Rows missing, defective or still open; what only may apply is not needed until ticked. */
int ticks_lacking(const struct ticks *t);
/* Rows with this state. */
int ticks_count(const struct ticks *t, const char *state);
/* What is missing or defective and what to do about it, one a line, for the eye; cut with
 * a mark when it does not fit. */
void ticks_list_lacking(const struct ticks *t, char *buf, size_t size);
/* The four arrays seq, state, note, later, in this order; open rows are left out. */
void ticks_put(const struct ticks *t, struct bytes_out *out);
/* The same for a case that is received only to be declined: open rows are said to be open, but for
 * what only may apply. */
void ticks_put_open(const struct ticks *t, struct bytes_out *out);
void ticks_draw(struct ticks *t, const struct area *a, bool focus);

/* ticks_keep.c: what was ticked, as a draft keeps it and beside a newer version (CASE-14). */

/* What is ticked is saved as it stands. */
void ticks_settle(struct ticks *t);
/* Rows the person touched, the cursor, the note being written. */
void ticks_save(const struct ticks *t, struct bytes_out *out);
/* Puts them aside for ticks_take_kept; marks in as bad when they are none. */
void ticks_restore(struct ticks *t, struct bytes_in *in);
/* Puts all rows aside: they are to be loaded anew. */
void ticks_set_aside(struct ticks *t);
/* After ticks_load: what was put aside is ticked again, the cursor stands where it stood. */
void ticks_take_kept(struct ticks *t);
/* After ticks_load: rows others changed since those put aside were loaded, beside what the person
 * ticked there, if anything. What only the person changed is no row. */
void ticks_compare(const struct ticks *t, struct conflict *c);
/* What was put aside is ticked again, but where the choice is theirs. */
void ticks_choose(struct ticks *t, const struct conflict *c);

#endif
