/*
 * What a window under faults meant to do and what it was told, each line on disk before the next
 * step. Lines of the record, each ended by " ." so that a torn one shows:
 *   B run                          a run begins
 *   I tag op payload               about to be sent: fields in hex, as link_send gets them
 *   K tag epoch slot seq           the key it got
 *   A tag status code case version number
 *   T tag op microseconds          from link_send to that answer
 *   R op payload word status code case version number     settled for an earlier run
 *   E run                          ended with nothing open
 */
#pragma once

#include "client/link.h"
#include "client/reply.h"
#include "common/bytes.h"
#include "common/op.h"

/* To add to; below zero: it cannot be opened. */
int record_open(const char *path);
void record_run(int fd, char kind, unsigned run);
void record_intent(int fd, const char *tag, const struct op *op, const struct bytes_out *payload);
void record_key(int fd, const char *tag, struct link *link, uint32_t request);
void record_answer(int fd, const char *tag, const struct op *op, const struct reply *r, int64_t microseconds);
void record_recovered(int fd, const struct op *op, const void *payload, size_t len, enum outbox_word word,
    const struct reply *outcome);
