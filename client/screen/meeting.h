/* What the pages of meetings share (PAR-5): questions, words for rows of meeting.list. */
#ifndef YIMEN_SCREEN_MEETING_H
#define YIMEN_SCREEN_MEETING_H

#include "client/screen/roll.h"
#include "client/ui/draw.h"
#include "client/ui/form.h"

/* review, visit, acceptance, in the order of their choice, ended by a NULL value. */
extern const struct form_choice meeting_kinds[];
/* Asks a list: mine, lead, or case with its id. */
void meeting_ask(struct effects *fx, int tag, unsigned flags, const char *scope, int64_t case_id);
/* Its kind in words. */
const char *meeting_kind(const struct reply *r, size_t i);
/* Where it stands: how many signed for the call, came, or that it is over. Returns buf. */
char *meeting_stands(const struct reply *r, size_t i, char *buf, size_t size);
/* What, when, where, about which case, what came of it; each in so many lines at most (0: in as many as it takes).
 * Returns the line below. */
int meeting_facts(const struct reply *r, size_t i, int most, const struct area *a);
/* Of a list to come, in a line: how many, the next one. True: a call is to be signed for. */
bool meeting_news(const struct reply *r, char *buf, size_t size);
/* After a deed that made a paper: the case at its notices, where it is printed. True: it made one. */
bool meeting_made_paper(const struct message *m, int64_t case_id, struct effects *fx);

#endif
