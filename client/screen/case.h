/* The case view's state, shared by its three files only. */
#ifndef YIMEN_SCREEN_CASE_H
#define YIMEN_SCREEN_CASE_H

#include "client/screen/facts.h"
#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/ui/list.h"

enum case_pane { PANE_FACTS, PANE_MATERIALS, PANE_NOTICES, PANE_HISTORY, PANES };

struct caseview {
	const struct desk *desk; /* its clock */
	int64_t case_id;
	struct reply *service;  /* agent.list: who accompanies it, newest first */
	struct reply *revealed; /* case.reveal: shown plain until the screen closes */
	struct reply *show, *materials, *notices, *history;
	struct reply *parties, *visit; /* everybody it is of or for; how it came in */
	struct reply *steps, *stands, *fees;
	struct reply *silence; /* deem.list: whether silence grants it (DEEM-5) */
	enum case_pane pane;
	struct list notice_list, history_list;
	int scroll;     /* of facts and materials */
	int asking;     /* answers under way */
	bool again;     /* something changed meanwhile */
	bool to_print;  /* opened for its notices */
	int64_t newest; /* notice before one was issued anew: what comes after it is printed; 0: nothing */
	bool renewed;   /* papers were issued anew: the next answer selects the first of them */
	bool print_renewed; /* … and prints it */
	struct issue issue;
};

/* Where it is, what its clocks do, what was decided: case_life.c. */
void case_life(struct facts *f, const struct caseview *v);
/* DEEM-2 … DEEM-5: when silence grants it and by what, or that it did and what follows; of a renewal the old licence. */
void case_silence(struct facts *f, const struct reply *r, int64_t now);
/* Its light in words with days left, behind what used columns of the head line; columns used. */
int case_light(const struct caseview *v, const struct area *a, int used);

extern const struct list_ops case_notice_list, case_history_list;
void case_draw(struct screen *s, const struct area *a);

#endif
