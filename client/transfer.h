/*
 * An attachment on its way (paper.put, paper.get): which chunk next, what an answer means.
 * Whoever holds the line sends what these say and hands the replies back; cut anywhere, asking
 * the hall what it has goes on from there. Pure: knows no link, no file, no uv.
 */
#ifndef YIMEN_CLIENT_TRANSFER_H
#define YIMEN_CLIENT_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/reply.h"
#include "common/bytes.h"

enum transfer_verdict {
	TRANSFER_GO,     /* send the next request */
	TRANSFER_DONE,   /* whole, and its hash is right */
	TRANSFER_WAIT,   /* the hall is busy or away: the same again in a while */
	TRANSFER_FAILED, /* the reply says why; or, were it OK, code does */
};

/* What is sent stays the caller's. */
struct upload {
	const uint8_t *bytes;
	size_t len;
	const uint8_t *sha256;
	const char *name;
	int64_t case_id;
	int seq;         /* material; 0: none */
	int64_t void_id; /* attached once more though this one was marked void; 0: none was */
	int64_t next;    /* chunk; −1: ask first which one the hall wants */
	bool again;      /* the hall had other bytes of it; sent anew from the first, once */
	int64_t paper_id;
};
void upload_init(struct upload *u, const uint8_t *bytes, size_t len, const uint8_t sha256[32],
    const char *name, int64_t case_id, int seq);
/* The fields of the next paper.put. */
void upload_request(const struct upload *u, struct bytes_out *out);
enum transfer_verdict upload_reply(struct upload *u, const struct reply *r);
/* Of a hundred. */
int upload_percent(const struct upload *u);

struct download {
	int64_t paper_id;
	int32_t next, chunks;
	uint8_t *bytes;
	size_t len, size;
	uint8_t sha256[32];
	char name[481], media[8];
	const char *code; /* why it failed though the hall answered */
};
void download_init(struct download *d, int64_t paper_id);
void download_done(struct download *d);
void download_request(const struct download *d, struct bytes_out *out);
enum transfer_verdict download_reply(struct download *d, const struct reply *r);
int download_percent(const struct download *d);

#endif
