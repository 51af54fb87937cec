/* The print queue's state, shared by its two files only; and what is unknown, for the application. */
#ifndef YIMEN_SCREEN_PRINTS_H
#define YIMEN_SCREEN_PRINTS_H

#include "client/reply.h"
#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/ui/list.h"

struct prints {
	const struct desk *desk;
	struct reply *rows;
	struct list list;
	struct issue issue;
	int64_t settling;  /* the notice whose end is being recorded */
	int64_t elsewhere; /* the one another window has, and that is asked about */
	int printer;       /* of the desk's, where F8 prints; 0: each paper's own */
	bool asking, again;
	bool seek; /* the cursor goes to the first unknown end */
};

/* The paper's printing at this window now; NULL when there is none. */
const struct paper_job *prints_job(const struct desk *d, int64_t notice_id);
/* This window sent the paper of this row of notice.queue to a printer and does not know its end. */
bool prints_unknown(const struct desk *d, const struct reply *r, size_t row);
extern const struct list_ops prints_list;
void prints_draw(struct screen *s, const struct area *a);

#endif
