/* Rows of deem.list in words (DEEM-2, DEEM-3, DEEM-5): what silence will grant, or granted, and what follows. */
#ifndef YIMEN_SCREEN_SILENCE_H
#define YIMEN_SCREEN_SILENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct effects;
struct reply;

/* Asks a list: mine, tonight, or case with its id. */
void silence_ask(struct effects *fx, int tag, unsigned flags, const char *scope, int64_t case_id);
/* Silence granted it, or is announced to (from yellow on). */
bool silence_near(const struct reply *r, size_t i);
/* How many of a list are. */
int silence_count(const struct reply *r);
/* Undecided by when it is granted, and how long until then; or when it was, against whom. "": neither. Returns buf. */
char *silence_said(const struct reply *r, size_t i, int64_t now, char *buf, size_t size);
/* Of what silence granted: the written decision, or by when it is due. Returns buf. */
char *silence_follows(const struct reply *r, size_t i, char *buf, size_t size);
/* The licence a renewal renews; "": none is named. Returns buf. */
char *silence_licence(const struct reply *r, size_t i, char *buf, size_t size);

#endif
