/*
 * Drafts on their way to the server: what of each is the newest, what the server
 * has of it, what to send next. Pure: knows neither the line, nor the disk, nor
 * screens (architecture 12).
 */
#ifndef YIMEN_CLIENT_DRAFT_H
#define YIMEN_CLIENT_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/op.h"

/* One draft that the server does not have, or not its newest revision. */
struct draft {
	struct draft *next;
	uint8_t key[OP_DRAFT_KEY];
	int64_t staff;    /* who typed it: nobody else's session sends it */
	int32_t revision; /* of body */
	uint8_t *body;    /* the fields of draft.save behind the revision */
	size_t len;
	int32_t sent;     /* the revision under way; 0: none */
	uint32_t request; /* its caller's handle of that */
	bool hold;        /* on disk only, until drafts_go: a write under way may end it */
	bool stuck;       /* the server does not take it: kept here */
};

struct drafts {
	struct draft *first;
};

/* The newest revision of a draft. body is copied. */
struct draft *drafts_put(struct drafts *d, const uint8_t key[OP_DRAFT_KEY], int64_t staff, int32_t revision,
    const void *body, size_t len);
/* NULL when there is none. */
struct draft *drafts_find(const struct drafts *d, const uint8_t key[OP_DRAFT_KEY]);
void drafts_remove(struct drafts *d, const uint8_t key[OP_DRAFT_KEY]);
/* The next one to send in this person's session, as is to be put down in sent; NULL: none. */
struct draft *drafts_next(const struct drafts *d, int64_t staff);
/* What is held may be sent. */
void drafts_go(struct drafts *d);
/* Some draft of this person waits to be sent, or for its answer. */
bool drafts_busy(const struct drafts *d, int64_t staff);
void drafts_done(struct drafts *d);
/* The payload of draft.save. */
struct bytes_out draft_payload(const struct draft *d);

/* What the answer to a sending means. */
enum draft_verdict {
	DRAFT_SAVED, /* the server has the newest revision */
	DRAFT_OLDER, /* it has the one that was sent; a newer one waits */
	DRAFT_AGAIN, /* nothing is known: to be sent again */
	DRAFT_ENDED, /* it was committed or dropped: nothing of it is to be kept */
	DRAFT_TAKEN, /* it goes on elsewhere: what is here becomes a draft of its own */
	DRAFT_STUCK, /* not taken, and never will be */
};

/* status and code are the reply's, or one of client/reply.h. */
enum draft_verdict draft_answered(struct draft *d, unsigned status, const char *code);

#endif
