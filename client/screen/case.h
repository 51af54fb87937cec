/* The case view's state, shared by its two files only. */
#ifndef YIMEN_SCREEN_CASE_H
#define YIMEN_SCREEN_CASE_H

#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/ui/list.h"

enum case_pane { PANE_FACTS, PANE_MATERIALS, PANE_NOTICES, PANE_HISTORY, PANES };

struct caseview {
	int64_t case_id;
	struct reply *service;  /* agent.list: who accompanies it, newest first */
	struct reply *revealed; /* case.reveal: shown plain until the screen closes */
	struct reply *show, *materials, *notices, *history;
	struct reply *parties, *visit; /* everybody it is of or for; how it came in */
	enum case_pane pane;
	struct list notice_list, history_list;
	int scroll;    /* of facts and materials */
	int asking;    /* answers under way */
	bool again;    /* something changed meanwhile */
	bool to_print; /* opened for its notices */
	bool renewed;  /* papers were issued anew: the next answer selects the first of them */
	struct issue issue;
};

extern const struct list_ops case_notice_list, case_history_list;
void case_draw(struct screen *s, const struct area *a);

#endif
