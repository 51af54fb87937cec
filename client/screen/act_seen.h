/*
 * A case as it was when somebody began to fill in a form about it, to be laid
 * beside what it is now (CASE-14).
 */
#ifndef YIMEN_SCREEN_ACT_SEEN_H
#define YIMEN_SCREEN_ACT_SEEN_H

#include <stdbool.h>

struct bytes_in;
struct bytes_out;
struct conflict;
struct reply;

enum seen_fact { SEEN_STATE, SEEN_STEP, SEEN_POST, SEEN_DUE, SEEN_DECISION, SEEN_APPLICANT, SEEN_FACTS };

struct act_seen {
	char fact[SEEN_FACTS][512]; /* as people read it */
};

/* Out of a reply of case.show with a row. */
void act_seen_take(struct act_seen *s, const struct reply *show);
/* A row for every fact that is another now. */
void act_seen_compare(const struct act_seen *was, const struct act_seen *is, struct conflict *c);
/* As the last part of a draft. False: the draft of an older program ends here. */
void act_seen_save(const struct act_seen *s, struct bytes_out *out);
bool act_seen_restore(struct act_seen *s, struct bytes_in *in);

#endif
