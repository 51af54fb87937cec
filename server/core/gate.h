/*
 * The gate: a frame and its session become a decision — close the peer, answer at once, or
 * run it. Everything a peer can send wrong is found here. Pure: bytes in, decision out.
 */
#ifndef YIMEN_SERVER_CORE_GATE_H
#define YIMEN_SERVER_CORE_GATE_H

#include <stddef.h>
#include <stdint.h>

#include "common/frame.h"
#include "common/op.h"
#include "server/core/session.h"

enum gate_verdict {
	GATE_CLOSE,  /* malformed: no answer is owed */
	GATE_ANSWER, /* refused with status, code and perhaps a field */
	GATE_RUN,
};

struct gate {
	const struct op *op; /* NULL when unknown */
	unsigned status;     /* GATE_ANSWER */
	const char *code;    /* GATE_ANSWER, or why GATE_CLOSE */
	const char *field;   /* OP_INVALID: whose value; else NULL */
	struct op_key key;   /* of an OP_WRITE */
	const uint8_t *body; /* the fields as sent, without the key: what is hashed */
	size_t body_len;
	struct op_value v[OP_FIELDS_MAX]; /* point into the frame */
};

/* A known operation need not be permitted, nor a permitted one well-formed: the first
 * that fails decides. */
enum gate_verdict gate_judge(const struct session *s, const struct frame *f, struct gate *g);

#endif
