/*
 * The state folder of a window or script: the epoch, and for each slot the last
 * key used up and the write under way, sealed with the key the hall gives at
 * login (architecture 12). One file a slot, locked while in use, mode 0600. Knows
 * no loop and no line; journal_put() waits for the disk, so call it in a thread.
 */
#ifndef YIMEN_CLIENT_JOURNAL_H
#define YIMEN_CLIENT_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/op.h"

enum { JOURNAL_KEY = 32 };

struct journal;

/* What the plain part of a slot's file says. */
struct journal_slot {
	uint32_t epoch;
	uint64_t seq;      /* last key used up in epoch */
	bool pending;      /* an entry waits: a run died with it */
	struct op_key key; /* of the entry */
};

/* An opened entry. payload has its key in front; journal_entry_done() frees it. */
struct journal_entry {
	uint16_t op;
	int64_t staff_id; /* who sent it; only that person's session may send it again */
	uint8_t *payload;
	size_t len;
};

/* Opens (makes) the folder. NULL with a sentence in error. */
struct journal *journal_open(const char *dir, char *error, size_t size);
/* Unlocks and frees; what is pending stays. */
void journal_close(struct journal *j);
/* Locks slots. all: every slot, or none when another program has one. Else `wanted`
 * free ones (waiting for one when all are taken) and beside them every slot left
 * with an entry. The bits of those locked, or −1 with a sentence in error. */
__attribute__((warn_unused_result)) int journal_lock(
    struct journal *j, bool all, int wanted, char *error, size_t size);
const struct journal_slot *journal_slot(const struct journal *j, uint16_t slot);

/* 0 when none is known: ask the hall for a new one. */
uint32_t journal_epoch(const struct journal *j);
__attribute__((warn_unused_result)) int journal_set_epoch(struct journal *j, uint32_t epoch);

/* Seals an entry into its slot and waits until the disk has it. Safe in a thread, one at a
 * time for each slot. 0, or −1 with errno. */
__attribute__((warn_unused_result)) int journal_put(struct journal *j, const uint8_t sealed_by[JOURNAL_KEY],
    const struct op_key *key, uint16_t op, int64_t staff_id, const void *payload, size_t len);
/* Reads the pending entry of a slot. 0, −1 when it cannot be read (another key, damage). */
__attribute__((warn_unused_result)) int journal_get(
    struct journal *j, const uint8_t sealed_by[JOURNAL_KEY], uint16_t slot, struct journal_entry *e);
void journal_entry_done(struct journal_entry *e);
/* The entry goes; last: the last key used up in its slot. */
__attribute__((warn_unused_result)) int journal_drop(struct journal *j, const struct op_key *last);

#endif
