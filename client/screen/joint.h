/* The lead's board of one joint case: its state, shared by its files only. */
#ifndef YIMEN_SCREEN_JOINT_H
#define YIMEN_SCREEN_JOINT_H

#include "client/screen/roll.h"
#include "client/screen/screen.h"

struct joint {
	struct roll roll;        /* first: the reviews of the case, a row each */
	const struct desk *desk; /* its clock */
	int64_t case_id;
	struct reply *show, *needs, *exceptions;
	struct reply *silence;  /* deem.list: whether silence grants the case (DEEM-5) */
	struct reply *opinions; /* of the review at the cursor */
	int64_t opinions_of;    /* … its number; 0: none was read yet */
	int asking;             /* answers of one reading under way */
	bool again;             /* something changed meanwhile */
	bool telling, tell;     /* the opinions are being read; of another row by now */
	bool whole;             /* all that is known of the review at the cursor, over the list */
	int skip, page, rows;   /* of that: rows above, in sight, all */
};

extern const struct list_ops joint_list;

/* What stands against granting it (PAR-8): reviews unanswered, reviews that disagree. */
void joint_against(const struct joint *j, int *unanswered, int *disagree);
/* What departments want and what waits for the lead: lines of asks that are open. */
int joint_open_needs(const struct joint *j, int64_t seq);
/* The exception of PAR-8, the latest one: asked, granted; "" when there is none. */
const char *joint_exception(const struct joint *j);
void joint_draw(struct screen *s, const struct area *a);

#endif
