/*
 * Writes: does what the outbox decides, with the line for sending and a thread
 * for the journal's disk. See link_int.h.
 */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "client/link_int.h"
#include "common/frame.h"

/* A journal entry on its way to the disk. */
struct put {
	uv_work_t work;
	struct link *link;
	struct op_key key;
	uint16_t op;
	int64_t staff_id;
	uint8_t sealed_by[JOURNAL_KEY];
	uint8_t *payload;
	size_t len;
	int rc;
};

int link_open_journal(struct link *l, char *error, size_t size)
{
	int bits;

	if (l->conf.state == NULL) {
		outbox_init(&l->outbox, (1u << OP_SLOTS) - 1, randombytes_random);
		return 0;
	}
	outbox_init(&l->outbox, 0, randombytes_random);
	l->journal = journal_open(l->conf.state, error, size);
	if (l->journal == NULL)
		return -1;
	bits =
	    journal_lock(l->journal, l->conf.slots == 0, l->conf.slots > 0 ? l->conf.slots : 0, error, size);
	if (bits < 0)
		return -1;
	for (unsigned i = 0; i < OP_SLOTS; i++) {
		const struct journal_slot *s = journal_slot(l->journal, (uint16_t)i);

		if (bits >> i & 1)
			outbox_restore(&l->outbox, (uint16_t)i, s->epoch, s->seq);
	}
	l->epoch = journal_epoch(l->journal);
	return 0;
}

/* What an earlier run left: sent again first if it is the same person's, else only settled. */
void link_restore(struct link *l)
{
	if (l->journal == NULL || l->restored)
		return;
	l->restored = true;
	for (unsigned i = 0; i < OP_SLOTS; i++) {
		const struct journal_slot *s = journal_slot(l->journal, (uint16_t)i);
		struct journal_entry e = {0};
		const struct op *op = NULL;

		if (!l->outbox.slot[i].ours || !s->pending)
			continue;
		if (l->has_key && journal_get(l->journal, l->journal_key, (uint16_t)i, &e) == 0)
			op = op_by_id(e.op);
		outbox_restore_entry(&l->outbox, &s->key, op,
		    op != NULL && e.staff_id == l->staff_id ? e.payload : NULL, e.len);
		journal_entry_done(&e);
	}
}

static struct request *by_ticket(const struct link *l, uint32_t ticket)
{
	for (struct request *r = l->first; r != NULL; r = r->next)
		if (!r->done && r->ticket == ticket)
			return r;
	return NULL;
}

/* The final word of a write goes to who asked, or who took over from a dead run. */
static void tell(struct link *l, const struct outbox_verdict *v, struct reply *outcome)
{
	struct request *r = v->ticket != 0 ? by_ticket(l, v->ticket) : NULL;

	if (v->ticket != 0 && v->restored && l->calls.recovered != NULL) {
		size_t head = v->payload != NULL ? OP_KEY_BYTES : 0;

		l->calls.recovered(l->ctx, v->op, v->payload + head, v->len - head, v->word, outcome);
	}
	if (r == NULL) {
		reply_free(outcome);
		return;
	}
	if (r->failed && strcmp(reply_code(outcome), "command.cancelled") == 0) {
		reply_free(outcome);
		outcome = reply_local(r->op, OP_REFUSED, "server.other");
	}
	if (l->calls.word != NULL && !l->closing)
		l->calls.word(l->ctx, r->id, v->word);
	link_finish(l, r, outcome);
}

uint32_t link_add_write(
    struct link *l, const struct op *op, const void *payload, size_t len, link_reply_cb *cb, void *arg)
{
	struct request *r = link_add(l, op, NULL, 0, cb, arg);

	r->deadline = 0;
	if (l->outbox.epoch == 0) {
		r->local = reply_local(op, OP_NO_SESSION, "session.none");
		return r->id;
	}
	if (OP_KEY_BYTES + len > FRAME_MAX) {
		r->local = reply_local(op, OP_INVALID, "link.large");
		return r->id;
	}
	if (!op_fits(op, payload, len)) {
		r->local = reply_local(op, OP_INVALID, "frame.malformed");
		return r->id;
	}
	r->ticket = outbox_add(&l->outbox, op, payload, len);
	if (r->ticket == 0)
		r->local = reply_new(op, REPLY_FULL, NULL, 0);
	return r->id;
}

void link_give_up(struct link *l, uint32_t request)
{
	struct request *r = link_find(l, request);
	struct outbox_verdict v;

	if (r == NULL || r->ticket == 0)
		return;
	v = outbox_give_up(&l->outbox, r->ticket);
	if (v.ticket != 0) {
		r->ticket = 0;
		r->local = reply_local(r->op, OP_REFUSED, "command.cancelled");
	}
	l->dirty = true;
}

bool link_key(const struct link *l, uint32_t request, struct op_key *key)
{
	const struct request *r = link_find(l, request);

	return r != NULL && r->ticket != 0 && outbox_key(&l->outbox, r->ticket, key);
}

size_t link_confirming(const struct link *l)
{
	size_t n = 0;

	for (unsigned i = 0; i < OP_SLOTS; i++)
		n += l->outbox.slot[i].state != SLOT_FREE && !l->outbox.slot[i].told;
	return n;
}

size_t link_unsettled(const struct link *l)
{
	size_t n = 0;

	for (unsigned i = 0; i < OP_SLOTS; i++)
		n += l->outbox.slot[i].state != SLOT_FREE;
	return n;
}

static void journalled(struct link *l, uint16_t slot, bool ok)
{
	struct outbox_verdict v = outbox_journalled(&l->outbox, slot, ok);

	l->dirty = true;
	if (v.ticket == 0)
		return;
	tell(l, &v,
	    ok ? reply_local(v.op, OP_REFUSED, "command.cancelled")
	       : reply_new(v.op, REPLY_JOURNAL, NULL, 0));
}

static void put_work(uv_work_t *w)
{
	struct put *p = w->data;

	p->rc = journal_put(p->link->journal, p->sealed_by, &p->key, p->op, p->staff_id, p->payload, p->len);
}

static void put_done(uv_work_t *w, int status)
{
	struct put *p = w->data;
	struct link *l = p->link;

	sodium_memzero(p->payload, p->len);
	free(p->payload);
	if (!l->closing)
		journalled(l, p->key.slot, status == 0 && p->rc == 0);
	sodium_memzero(p, sizeof(*p));
	free(p);
	link_release(l);
}

static void put_in_journal(struct link *l, const struct outbox_step *step)
{
	struct put *p;

	if (l->journal == NULL || !l->has_key) {
		journalled(l, step->key.slot, l->journal == NULL);
		return;
	}
	p = calloc(1, sizeof(*p));
	if (p == NULL || (p->payload = malloc(step->len)) == NULL)
		abort();
	memcpy(p->payload, step->payload, step->len);
	memcpy(p->sealed_by, l->journal_key, JOURNAL_KEY);
	p->len = step->len;
	p->key = step->key;
	p->op = step->op->id;
	p->staff_id = l->staff_id;
	p->link = l;
	p->work.data = p;
	l->holds++;
	if (uv_queue_work(l->loop, &p->work, put_work, put_done) != 0)
		abort(); /* only without a work function */
}

/* Someone else uses our keys, or our folder is older than the hall's memory of it: only a
 * new epoch helps. */
static bool keys_are_stale(const struct link *l, const struct op_key *key, unsigned status, const char *code)
{
	if (status == OP_FENCED)
		return key->epoch == l->outbox.epoch;
	return status == OP_INVALID && (strcmp(code, "slot.gap") == 0 || strcmp(code, "slot.hash") == 0 ||
					   strcmp(code, "slot.epoch") == 0);
}

/* The server failed on it: should it prove not done, that is what its user is told. */
static void mark_failed(struct link *l, const struct op_key *key)
{
	struct request *r = by_ticket(l, l->outbox.slot[key->slot].ticket);

	if (r != NULL)
		r->failed = true;
}

/* One sending has its answer. */
static void carried(struct link *l, struct request *r, struct reply **reply)
{
	unsigned status = (*reply)->status;
	const char *code = reply_code(*reply);
	struct outbox_verdict v;

	if (keys_are_stale(l, &r->key, status, code))
		l->stale = true;
	if (!r->cancel && strcmp(code, "server.other") == 0)
		mark_failed(l, &r->key);
	v = outbox_answer(&l->outbox, &r->key, r->cancel, status, code, link_now(l));
	if (v.ticket == 0)
		return;
	/* The answer to command.cancel is the write's own outcome. */
	if (v.op != NULL)
		(*reply)->op = v.op;
	tell(l, &v, reply_keep(*reply));
}

static void carry(struct link *l, const struct outbox_step *step, bool cancel)
{
	const struct op *op = cancel ? op_by_name("command.cancel") : step->op;
	struct bytes_out out;
	struct request *r;

	bytes_out_init(&out, 0);
	op_put_int4(&out, (int32_t)step->key.epoch);
	op_put_int2(&out, (int16_t)step->key.slot);
	op_put_int8(&out, (int64_t)step->key.seq);
	r = link_add(l, op, cancel ? out.p : step->payload, cancel ? out.len : step->len, NULL, NULL);
	r->key = step->key;
	r->cancel = cancel;
	r->again = false;
	r->own = carried;
	bytes_out_done(&out);
}

static void confirming(struct link *l, const struct op_key *key)
{
	const struct outbox_slot *s = &l->outbox.slot[key->slot];
	struct request *r = by_ticket(l, s->ticket);

	if (r != NULL && l->calls.word != NULL)
		l->calls.word(l->ctx, r->id, OUTBOX_CONFIRMING);
}

int64_t link_step_outbox(struct link *l)
{
	struct outbox_step step;

	for (;;) {
		outbox_next(&l->outbox, link_now(l), &step);
		switch (step.what) {
		case OUTBOX_WAIT:
			return step.at;
		case OUTBOX_JOURNAL:
			put_in_journal(l, &step);
			confirming(l, &step.key);
			break;
		case OUTBOX_SEND:
			carry(l, &step, false);
			break;
		case OUTBOX_CANCEL:
			carry(l, &step, true);
			break;
		case OUTBOX_FREE:
			/* Should it stay, it is answered once more by its stored outcome. */
			if (l->journal != NULL && journal_drop(l->journal, &step.key) < 0)
				l->dirty = true;
			if (l->calls.settled != NULL && !outbox_busy(&l->outbox))
				l->calls.settled(l->ctx);
			break;
		}
		if (l->closing)
			return 0;
	}
}
