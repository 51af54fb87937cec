/*
 * The writes under way: eight slots, the key of each, what to do next with each,
 * and which of three words its user sees. Pure: takes events, returns
 * decisions; knows neither the loop, nor the line, nor the disk. (Architecture 5, 12.)
 *
 * A key that is itself refused (fenced by a newer epoch, out of step with the hall)
 * waits for the next epoch: ask for a new session then.
 *
 * A key that was answered by anything but OK may or may not be used up at the
 * server (a gate refuses without using it, a rule uses it). It is settled by
 * command.cancel before the slot is used again, which leaves no doubt.
 */
#ifndef YIMEN_CLIENT_OUTBOX_H
#define YIMEN_CLIENT_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/op.h"

/* What the user is told of a write: 正在确认, 已保存, 未保存. */
enum outbox_word { OUTBOX_CONFIRMING, OUTBOX_SAVED, OUTBOX_UNSAVED };

enum outbox_do {
	OUTBOX_WAIT,    /* nothing now; at: when to ask again, 0: when something happens */
	OUTBOX_JOURNAL, /* put key, op and payload on disk, then outbox_journalled() */
	OUTBOX_SEND,    /* send op with this payload (its key in front), then outbox_answer() */
	OUTBOX_CANCEL,  /* send command.cancel of the key, then outbox_answer() */
	OUTBOX_FREE,    /* its journal entry can go; key: the last one used up in this slot */
};

struct outbox_step {
	enum outbox_do what;
	struct op_key key;
	const struct op *op;
	const uint8_t *payload; /* belongs to the outbox, until its next call */
	size_t len;
	int64_t at; /* milliseconds, in the caller's clock */
};

enum outbox_state {
	SLOT_FREE,
	SLOT_JOURNAL,     /* to be journalled */
	SLOT_JOURNALLING, /* the disk is at it */
	SLOT_READY,       /* to be sent */
	SLOT_SENT,        /* waiting for its answer */
	SLOT_DOUBT,       /* to be settled by command.cancel */
	SLOT_DOUBT_SENT,  /* waiting for the answer to that */
	SLOT_SETTLED,     /* its journal entry is to go */
};

struct outbox_slot {
	bool ours;
	enum outbox_state state;
	bool restored; /* from the journal of an earlier run */
	bool told;     /* the user has the final word already */
	bool maybe;    /* some earlier sending of it may have been carried out */
	bool given_up;
	uint32_t ticket;
	uint32_t epoch; /* of seq */
	uint64_t seq;   /* last one used up in that epoch */
	struct op_key key;
	const struct op *op; /* NULL: what it was cannot be read any more */
	uint8_t *payload;
	size_t len;
	unsigned tries;
	int64_t wake; /* not before */
};

struct outbox_verdict {
	uint32_t ticket;       /* 0: nothing new for anyone */
	enum outbox_word word; /* SAVED or UNSAVED is final and said once */
	bool restored;
	const struct op *op;
	const uint8_t *payload; /* with its key; as in outbox_step */
	size_t len;
};

struct outbox {
	struct outbox_slot slot[OP_SLOTS];
	bool online;
	uint32_t epoch;
	uint32_t ticket;
	uint32_t (*random)(void); /* for jitter */
};

/* slots: a bit for each slot that is ours to use (0xff: all). */
void outbox_init(struct outbox *o, unsigned slots, uint32_t (*random)(void));
void outbox_done(struct outbox *o);

/* What the state folder says of a slot: the last seq used up in epoch. */
void outbox_restore(struct outbox *o, uint16_t slot, uint32_t epoch, uint64_t seq);
/* A journal entry of an earlier run: to be resent first. payload (copied) has its key in
 * front; NULL: not to be sent again (unreadable, or another person's), only settled by
 * command.cancel. Returns its ticket. */
uint32_t outbox_restore_entry(
    struct outbox *o, const struct op_key *key, const struct op *op, const void *payload, size_t len);

/* A session is up, with this epoch: everything unanswered is sent again. What was sent
 * under another epoch is cancelled, what was not gets a new key. */
void outbox_online(struct outbox *o, uint32_t epoch);
void outbox_offline(struct outbox *o);

/* Someone else logs in: what is still open is not theirs, so it is not sent again, only
 * settled (CASE-13). */
void outbox_disown(struct outbox *o);

/* Takes a write; payload are its fields without key. Its ticket, never 0; 0 when
 * all slots are taken or no epoch is known yet. */
uint32_t outbox_add(struct outbox *o, const struct op *op, const void *payload, size_t len);
/* The key a write got. False when there is no such ticket any more. */
bool outbox_key(const struct outbox *o, uint32_t ticket, struct op_key *key);
/* Some write waits for its answer, its journal or its settling. */
bool outbox_busy(const struct outbox *o);
/* Stops trying. What was never sent is unsaved at once; else its key is cancelled, and
 * the answer to that says whether it was done before. */
struct outbox_verdict outbox_give_up(struct outbox *o, uint32_t ticket);

/* The next thing to do; call until OUTBOX_WAIT. now: milliseconds. */
void outbox_next(struct outbox *o, int64_t now, struct outbox_step *step);
/* The journal entry of this slot is on disk; ok false: it could not be written,
 * nothing was sent. */
__attribute__((warn_unused_result)) struct outbox_verdict outbox_journalled(
    struct outbox *o, uint16_t slot, bool ok);

/* An answer to a write (cancel false) or to the command.cancel of its key: the status and
 * code of the reply. now: milliseconds. */
__attribute__((warn_unused_result)) struct outbox_verdict outbox_answer(
    struct outbox *o, const struct op_key *key, bool cancel, unsigned status, const char *code, int64_t now);

#endif
