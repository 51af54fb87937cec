/*
 * A frame: u32 length of what follows the header, u16 operation, u16 flags (in
 * a request) or status and flags (in a reply), u32 request id; then the
 * payload. Assembles frames from a stream of bytes; knows no sockets.
 */
#ifndef YIMEN_FRAME_H
#define YIMEN_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "common/bytes.h"

enum {
	FRAME_HEADER = 12,
	FRAME_MAX = 64 * 1024,      /* payload after login */
	FRAME_MAX_LOGIN = 8 * 1024, /* payload before login */
	FRAME_VERSION_MIN = 1,
	FRAME_VERSION_MAX = 1,
};

/* In a reply's second u16: the low byte is enum op_status. */
enum {
	FRAME_STATUS = 0x00ff,
	FRAME_MORE = 0x0100, /* the next frame with this request id continues the rows */
	FRAME_PUSH = 0x0200, /* not an answer: rows of a subscription */
};

struct frame {
	uint32_t len; /* of the payload */
	uint16_t op;
	uint16_t flags;
	uint32_t request;
	const uint8_t *payload; /* belongs to the assembler, until its next call */
};

struct frame_in {
	struct bytes_out buf;
	size_t used;  /* bytes of buf already handed out */
	uint32_t max; /* payload limit in force */
};

void frame_in_init(struct frame_in *in, uint32_t max);
void frame_in_done(struct frame_in *in);
/* The payload limit for the frames to come. */
void frame_in_limit(struct frame_in *in, uint32_t max);
/* Takes bytes from the stream. −1 when out of memory. */
__attribute__((warn_unused_result)) int frame_in_feed(struct frame_in *in, const void *p, size_t len);
/* The next whole frame: 1; 0 when more bytes are needed; −1 when its length is
 * over the limit: the peer must be closed. */
__attribute__((warn_unused_result)) int frame_in_next(struct frame_in *in, struct frame *f);
/* Bytes held that are not yet a frame. */
size_t frame_in_pending(const struct frame_in *in);

/* Writes a header with length 0; returns where it began, for frame_end. */
size_t frame_begin(struct bytes_out *out, uint16_t op, uint16_t flags, uint32_t request);
/* Sets the length to what was written since. */
void frame_end(struct bytes_out *out, size_t begun);

#endif
