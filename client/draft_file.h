/*
 * Drafts on this window's disk while the server has not confirmed them: sealed
 * with the key the hall gives at login, as the journal is (architecture 12). One
 * file a revision, mode 0600; an older one goes once the newer is whole. Knows
 * no loop and no line. What the disk refuses is not said: the server has it soon.
 */
#ifndef YIMEN_CLIENT_DRAFT_FILE_H
#define YIMEN_CLIENT_DRAFT_FILE_H

#include "client/draft.h"
#include "client/journal.h"

/* Writes the draft's newest revision and removes the older ones. 0, or −1 with errno. */
__attribute__((warn_unused_result)) int draft_file_put(
    const char *dir, const uint8_t sealed_by[JOURNAL_KEY], const struct draft *d);
/* Waits until the disk has every draft: call it in a thread. */
void draft_file_sync(const char *dir);
/* Removes every revision of a draft up to this one. */
void draft_file_drop(const char *dir, const uint8_t key[OP_DRAFT_KEY], int32_t revision);
/* Reads what is there of this person into d, newest revisions only, each once. Files that cannot
 * be read by this key, and other people's, stay. Returns how many were read. */
int draft_file_load(const char *dir, const uint8_t sealed_by[JOURNAL_KEY], int64_t staff, struct drafts *d);

#endif
