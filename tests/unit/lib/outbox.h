/* For the tests of the outbox: one that is on line, and the key in what it sends. */
#pragma once

#include "client/outbox.h"

enum { EPOCH = 3 };
extern const struct op *receive; /* case.receive; set by setup */

uint32_t least(void); /* the jitter there is not */
void setup(struct outbox *o);
struct op_key key_in(const struct outbox_step *step);
