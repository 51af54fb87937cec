/* One review of a joint case: what its two files share. */
#ifndef YIMEN_SCREEN_REVIEW_H
#define YIMEN_SCREEN_REVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/screen/screen.h"

/* What is read of it, by tags. */
enum {
	REVIEW_CASE = 1,
	REVIEW_ALL, /* every review of the case */
	REVIEW_OPINIONS,
	REVIEW_NEEDS,
	REVIEW_MATERIALS,
	REVIEW_PAPERS,
	REVIEW_ORIGINALS,
	REVIEW_READS
};
enum pane { PANE_REVIEW, PANE_PAPERS, PANE_OTHERS, PANE_NEEDS, PANES };

struct review {
	int64_t case_id;
	int16_t seq;
	struct reply *got[REVIEW_READS]; /* answers by their tags */
	enum pane pane;
	int scroll, asking;
	bool again;
};

/* Its row among those of the case; false: not read yet. */
bool review_own(const struct review *v, size_t *row);
/* A cell of that row; "". */
const char *review_text(const struct review *v, const char *column);
/* One holds the post that answers it. */
bool review_mine(const struct review *v);
/* Which keys mean something now, in words. */
const char *review_keys(const struct review *v);

/* review_draw.c */
void review_draw(struct screen *s, const struct area *a);

#endif
