/* Drafts on their way to the server: see draft.h. */
#include "client/draft.h"

#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "common/bytes.h"

static void wipe(struct draft *d)
{
	if (d->body != NULL)
		explicit_bzero(d->body, d->len);
	free(d->body);
	d->body = NULL;
}

struct draft *drafts_find(const struct drafts *d, const uint8_t key[OP_DRAFT_KEY])
{
	for (struct draft *e = d->first; e != NULL; e = e->next)
		if (memcmp(e->key, key, OP_DRAFT_KEY) == 0)
			return e;
	return NULL;
}

struct draft *drafts_put(struct drafts *d, const uint8_t key[OP_DRAFT_KEY], int64_t staff, int32_t revision,
    const void *body, size_t len)
{
	struct draft *e = drafts_find(d, key);
	if (e == NULL) {
		e = calloc(1, sizeof *e);
		if (e == NULL)
			abort();
		memcpy(e->key, key, OP_DRAFT_KEY);
		e->next = d->first;
		d->first = e;
	}
	wipe(e);
	e->staff = staff;
	e->revision = revision;
	e->len = len;
	e->stuck = false;
	e->body = malloc(len + 1);
	if (e->body == NULL)
		abort();
	memcpy(e->body, body, len);
	return e;
}

void drafts_remove(struct drafts *d, const uint8_t key[OP_DRAFT_KEY])
{
	for (struct draft **at = &d->first; *at != NULL; at = &(*at)->next) {
		struct draft *e = *at;
		if (memcmp(e->key, key, OP_DRAFT_KEY) != 0)
			continue;
		*at = e->next;
		wipe(e);
		free(e);
		return;
	}
}

static bool waits(const struct draft *e, int64_t staff)
{
	return e->staff == staff && !e->stuck && !e->hold;
}

struct draft *drafts_next(const struct drafts *d, int64_t staff)
{
	for (struct draft *e = d->first; e != NULL; e = e->next)
		if (waits(e, staff) && e->sent == 0)
			return e;
	return NULL;
}

void drafts_go(struct drafts *d)
{
	for (struct draft *e = d->first; e != NULL; e = e->next)
		e->hold = false;
}

bool drafts_busy(const struct drafts *d, int64_t staff)
{
	for (const struct draft *e = d->first; e != NULL; e = e->next)
		if (waits(e, staff))
			return true;
	return false;
}

void drafts_done(struct drafts *d)
{
	while (d->first != NULL)
		drafts_remove(d, d->first->key);
}

struct bytes_out draft_payload(const struct draft *d)
{
	struct bytes_out out;
	bytes_out_init(&out, 0);
	op_put_bytes(&out, d->key, OP_DRAFT_KEY);
	op_put_int4(&out, d->revision);
	bytes_put(&out, d->body, d->len);
	return out;
}

/* Refused for now, or not heard at all: nothing is decided by that. */
static bool passing(unsigned status, const char *code)
{
	return status == OP_BUSY || status == OP_UNAVAILABLE || status == OP_NO_SESSION ||
	       status == OP_DENIED || (status >= REPLY_LOST && strcmp(code, "link.large") != 0);
}

enum draft_verdict draft_answered(struct draft *d, unsigned status, const char *code)
{
	int32_t sent = d->sent;
	d->sent = 0;
	if (status == OP_OK)
		return sent == d->revision ? DRAFT_SAVED : DRAFT_OLDER;
	if (strcmp(code, "draft.ended") == 0)
		return DRAFT_ENDED;
	if (strcmp(code, "draft.taken") == 0)
		return DRAFT_TAKEN;
	if (passing(status, code))
		return DRAFT_AGAIN;
	d->stuck = true;
	return DRAFT_STUCK;
}
