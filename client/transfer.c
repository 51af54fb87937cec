/* Attachments chunk by chunk (transfer.h). */
#include "client/transfer.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/file.h"

static int64_t chunks_of(size_t len)
{
	return (int64_t)((len + OP_PAPER_CHUNK - 1) / OP_PAPER_CHUNK);
}

/* Of what is no success: does trying again help? */
static enum transfer_verdict judge(const struct reply *r)
{
	switch (r->status) {
	case OP_BUSY:
	case OP_UNAVAILABLE:
	case REPLY_LOST:
	case REPLY_TIMEOUT:
		return TRANSFER_WAIT;
	default:
		return TRANSFER_FAILED;
	}
}

static int percent(size_t part, size_t whole)
{
	return whole == 0 ? 0 : part >= whole ? 100 : (int)(part * 100 / whole);
}

void upload_init(struct upload *u, const uint8_t *bytes, size_t len, const uint8_t sha256[32],
    const char *name, int64_t case_id, int seq)
{
	*u = (struct upload){.bytes = bytes,
	    .len = len,
	    .sha256 = sha256,
	    .name = name,
	    .case_id = case_id,
	    .seq = seq,
	    .next = -1};
}

void upload_request(const struct upload *u, struct bytes_out *out)
{
	size_t at = u->next > 0 ? (size_t)u->next * OP_PAPER_CHUNK : 0;
	size_t len = u->len - at < OP_PAPER_CHUNK ? u->len - at : OP_PAPER_CHUNK;

	op_put_int8(out, u->case_id);
	op_put_bytes(out, u->sha256, 32);
	op_put_int4(out, (int32_t)u->len);
	if (u->seq > 0)
		op_put_int2(out, (int16_t)u->seq);
	else
		op_put_null(out);
	op_put_text(out, u->name);
	if (u->next < 0) {
		op_put_null(out);
		op_put_null(out);
	} else {
		op_put_int4(out, (int32_t)u->next);
		op_put_bytes(out, u->bytes + at, len);
	}
	op_put_id(out, u->void_id);
}

enum transfer_verdict upload_reply(struct upload *u, const struct reply *r)
{
	int64_t next = reply_int(r, 0, "next");

	if (!reply_ok(r)) {
		/* Left there by a run whose file was another. */
		bool other = strcmp(reply_code(r), "paper.hash") == 0 && !u->again;
		/* Swept meanwhile, or gone on with from elsewhere: ask. */
		bool gap = strcmp(reply_code(r), "paper.gap") == 0;

		if (!other && !gap) {
			enum transfer_verdict v = judge(r);

			if (v == TRANSFER_WAIT)
				u->next = -1;
			return v;
		}
		u->again = u->again || other;
		u->next = other ? 0 : -1;
		return TRANSFER_GO;
	}
	if (!reply_null(r, 0, "paper_id")) {
		u->paper_id = reply_int(r, 0, "paper_id");
		u->next = chunks_of(u->len);
		return TRANSFER_DONE;
	}
	/* One that began anew compares chunk after chunk, whatever the hall has already. */
	if (u->again && u->next >= 0 && next > u->next + 1)
		next = u->next + 1;
	if (next < 0 || next >= chunks_of(u->len))
		return TRANSFER_FAILED;
	u->next = next;
	return TRANSFER_GO;
}

int upload_percent(const struct upload *u)
{
	return percent(u->next > 0 ? (size_t)u->next * OP_PAPER_CHUNK : 0, u->len);
}

void download_init(struct download *d, int64_t paper_id)
{
	*d = (struct download){.paper_id = paper_id};
}

void download_done(struct download *d)
{
	if (d->bytes != NULL)
		explicit_bzero(d->bytes, d->size);
	free(d->bytes);
	d->bytes = NULL;
}

void download_request(const struct download *d, struct bytes_out *out)
{
	op_put_int8(out, d->paper_id);
	op_put_int4(out, d->next);
}

static enum transfer_verdict broken(struct download *d)
{
	d->code = "paper.hash";
	return TRANSFER_FAILED;
}

/* What the first chunk tells of the whole. */
static bool begin(struct download *d, const struct reply *r)
{
	int64_t size = reply_int(r, 0, "size");
	size_t n;
	const uint8_t *hash = reply_bytes(r, 0, "sha256", &n);

	if (size < 1 || size > FILE_MAX || n != sizeof d->sha256)
		return false;
	d->bytes = malloc((size_t)size);
	if (d->bytes == NULL)
		abort();
	d->size = (size_t)size;
	d->chunks = (int32_t)chunks_of(d->size);
	memcpy(d->sha256, hash, n);
	snprintf(d->name, sizeof d->name, "%s", reply_text(r, 0, "name"));
	snprintf(d->media, sizeof d->media, "%s", reply_text(r, 0, "media"));
	return true;
}

enum transfer_verdict download_reply(struct download *d, const struct reply *r)
{
	const uint8_t *bytes;
	uint8_t hash[32];
	size_t len;

	if (!reply_ok(r))
		return judge(r);
	if (reply_int(r, 0, "no") != d->next || (d->next == 0 && d->bytes == NULL && !begin(d, r)))
		return broken(d);
	bytes = reply_bytes(r, 0, "bytes", &len);
	if (len == 0 || len > d->size - d->len)
		return broken(d);
	memcpy(d->bytes + d->len, bytes, len);
	d->len += len;
	if (++d->next < d->chunks)
		return TRANSFER_GO;
	crypto_hash_sha256(hash, d->bytes, d->len);
	return d->len == d->size && memcmp(hash, d->sha256, sizeof hash) == 0 ? TRANSFER_DONE : broken(d);
}

int download_percent(const struct download *d)
{
	return percent(d->len, d->size);
}
