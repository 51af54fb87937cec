/*
 * What the screens of parallel review share (PAR, DEEM): how review.list is asked,
 * words for its rows, who answered what, when silence counts.
 */
#ifndef YIMEN_SCREEN_REVIEWING_H
#define YIMEN_SCREEN_REVIEWING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/screen/screen.h"
#include "client/ui/draw.h"
#include "client/ui/form.h"

struct reply;

/* agree, conditional, disagree, refer, in the order of their keys, ended by a NULL value. */
extern const struct form_choice word_opinions[];
/* The translated word of one of these, or deemed. */
const char *word_opinion(const char *answer);
/* complete, missing, silent. */
const char *word_checked(const char *checked);
/* What a review waits for: check, review, consent. */
const char *word_waits(const char *waits);
/* What an entry of review.show is: an opinion, deemed, the written consent, an objection. */
const char *word_opinion_how(const char *how);

/* Asks review.list: mine, lead, tonight, or all of one case. case_id, limit: 0 for none. */
void reviewing_ask(
    struct effects *fx, int tag, unsigned flags, const char *scope, int64_t case_id, int limit);

/* Of a row of it. */

/* By when what it waits for is to be done; 0: nothing, or it stands still. */
int64_t reviewing_ends(const struct reply *r, size_t i);
/* Its light in words with the days left, "" when nothing runs. Returns buf. */
char *reviewing_left(const struct reply *r, size_t i, char *buf, size_t size);
/* Silence will count, and it is announced: yellow or red (DEEM-2). */
bool reviewing_falls(const struct reply *r, size_t i);
/* When silence counts as agreement, and how long until then. "": it does not. Returns buf. */
char *reviewing_silence(const struct reply *r, size_t i, int64_t now, char *buf, size_t size);
/* The same in a few columns, for a line of a list: how long, or from when it is announced the day. */
char *reviewing_countdown(const struct reply *r, size_t i, int64_t now, char *buf, size_t size);
/* The construction project its case is a stage of: name, code, stage (PAR-6). "": of none. Returns buf. */
char *reviewing_project(const struct reply *r, size_t i, char *buf, size_t size);
/* Where it stands: its answer, or what it waits for and how long. Returns buf. */
char *reviewing_said(const struct reply *r, size_t i, char *buf, size_t size);
enum face reviewing_face(const struct reply *r, size_t i);

#endif
