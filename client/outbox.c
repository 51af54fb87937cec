/*
 * The writes under way and what to do next with each; see outbox.h. Knows
 * neither the loop, nor the line, nor the disk.
 */
#include "client/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "common/bytes.h"

enum {
	BACKOFF_MS = 200,
	BACKOFF_MAX_MS = 5000,
	KEY_TRIES = 3,
	BUSY_TRIES = 4, /* then a write that surely was not done is given back */
};

/* Nothing new for anyone. */
static const struct outbox_verdict nothing;

void outbox_init(struct outbox *o, unsigned slots, uint32_t (*random)(void))
{
	*o = (struct outbox){.random = random};
	for (unsigned i = 0; i < OP_SLOTS; i++) {
		o->slot[i].ours = (slots >> i & 1) != 0;
		o->slot[i].key.slot = (uint16_t)i;
	}
}

static void drop_payload(struct outbox_slot *s)
{
	free(s->payload);
	s->payload = NULL;
	s->len = 0;
}

void outbox_done(struct outbox *o)
{
	for (unsigned i = 0; i < OP_SLOTS; i++)
		drop_payload(&o->slot[i]);
}

void outbox_restore(struct outbox *o, uint16_t slot, uint32_t epoch, uint64_t seq)
{
	struct outbox_slot *s = &o->slot[slot];

	s->ours = true;
	s->epoch = epoch;
	s->seq = seq;
	s->key.seq = seq;
	s->key.epoch = epoch;
}

static uint32_t next_ticket(struct outbox *o)
{
	if (++o->ticket == 0)
		o->ticket = 1;
	return o->ticket;
}

uint32_t outbox_restore_entry(
    struct outbox *o, const struct op_key *key, const struct op *op, const void *payload, size_t len)
{
	struct outbox_slot *s = &o->slot[key->slot];

	s->state = SLOT_DOUBT;
	s->ours = s->restored = s->maybe = true;
	s->told = s->given_up = false;
	s->op = op;
	s->key = *key;
	s->ticket = next_ticket(o);
	s->tries = 1;
	s->wake = 0;
	if (op != NULL && payload != NULL) {
		s->payload = malloc(len);
		if (s->payload == NULL)
			abort();
		memcpy(s->payload, payload, len);
		s->len = len;
		/* Under another epoch it would only be fenced. */
		if (!o->online || key->epoch == o->epoch)
			s->state = SLOT_READY;
	}
	return s->ticket;
}

/* Gives the next key of its slot to a write that was never sent. */
static void rekey(struct outbox_slot *s)
{
	struct bytes_out out;

	s->key.epoch = s->epoch;
	s->key.seq = s->seq + 1;
	bytes_out_init(&out, 0);
	op_encode_key(&out, &s->key);
	if (out.bad)
		abort();
	memcpy(s->payload, out.p, OP_KEY_BYTES);
	bytes_out_done(&out);
}

static void new_epoch(struct outbox_slot *s, uint32_t epoch)
{
	s->epoch = epoch;
	s->seq = 0;
	if (s->state == SLOT_FREE || s->key.epoch == epoch)
		return;
	if (s->state == SLOT_READY && s->maybe) {
		s->state = SLOT_DOUBT;
	} else if (s->state == SLOT_READY || s->state == SLOT_JOURNAL) {
		rekey(s);
		s->state = SLOT_JOURNAL;
	}
	/* One the disk is at gets its new key when that is over. */
}

void outbox_online(struct outbox *o, uint32_t epoch)
{
	outbox_offline(o);
	for (unsigned i = 0; i < OP_SLOTS; i++) {
		o->slot[i].wake = 0;
		if (o->slot[i].epoch != epoch)
			new_epoch(&o->slot[i], epoch);
	}
	o->epoch = epoch;
	o->online = true;
}

void outbox_offline(struct outbox *o)
{
	o->online = false;
	for (unsigned i = 0; i < OP_SLOTS; i++) {
		struct outbox_slot *s = &o->slot[i];

		if (s->state == SLOT_SENT) {
			s->state = SLOT_READY;
			s->maybe = true;
		} else if (s->state == SLOT_DOUBT_SENT) {
			s->state = SLOT_DOUBT;
		}
	}
}

void outbox_disown(struct outbox *o)
{
	outbox_offline(o);
	for (unsigned i = 0; i < OP_SLOTS; i++) {
		struct outbox_slot *s = &o->slot[i];

		s->given_up = true;
		if (s->state != SLOT_READY)
			continue;
		s->state = SLOT_DOUBT;
		s->maybe = true;
	}
}

uint32_t outbox_add(struct outbox *o, const struct op *op, const void *payload, size_t len)
{
	struct outbox_slot *s = NULL;

	if (o->epoch == 0)
		return 0;
	for (unsigned i = 0; i < OP_SLOTS && s == NULL; i++)
		if (o->slot[i].ours && o->slot[i].state == SLOT_FREE)
			s = &o->slot[i];
	if (s == NULL)
		return 0;
	s->payload = malloc(OP_KEY_BYTES + len);
	if (s->payload == NULL)
		abort();
	if (len > 0)
		memcpy(s->payload + OP_KEY_BYTES, payload, len);
	s->len = OP_KEY_BYTES + len;
	rekey(s);
	s->op = op;
	s->state = SLOT_JOURNAL;
	s->restored = s->told = s->maybe = s->given_up = false;
	s->tries = 0;
	s->wake = 0;
	s->ticket = next_ticket(o);
	return s->ticket;
}

/* The slot of a ticket; OP_SLOTS when it has none any more. */
static unsigned by_ticket(const struct outbox *o, uint32_t ticket)
{
	unsigned i = 0;

	while (i < OP_SLOTS && (o->slot[i].state == SLOT_FREE || o->slot[i].ticket != ticket))
		i++;
	return i;
}

bool outbox_key(const struct outbox *o, uint32_t ticket, struct op_key *key)
{
	unsigned i = by_ticket(o, ticket);

	if (i == OP_SLOTS)
		return false;
	*key = o->slot[i].key;
	return true;
}

bool outbox_busy(const struct outbox *o)
{
	for (unsigned i = 0; i < OP_SLOTS; i++)
		if (o->slot[i].state != SLOT_FREE)
			return true;
	return false;
}

/* The final word, once. */
static struct outbox_verdict tell(struct outbox_slot *s, enum outbox_word word)
{
	struct outbox_verdict v = {0};

	if (s->told)
		return v;
	s->told = true;
	v.ticket = s->ticket;
	v.word = word;
	v.restored = s->restored;
	v.op = s->op;
	v.payload = s->payload;
	v.len = s->len;
	return v;
}

/* Its key was not used at the server, and will not be. */
static void settle_unused(struct outbox_slot *s)
{
	s->state = SLOT_SETTLED;
	s->key.epoch = s->epoch;
	s->key.seq = s->seq;
}

/* Its key is used up at the server. */
static void settle_used(struct outbox_slot *s)
{
	s->state = SLOT_SETTLED;
	if (s->key.epoch == s->epoch && s->key.seq > s->seq)
		s->seq = s->key.seq;
	s->key.epoch = s->epoch;
	s->key.seq = s->seq;
}

struct outbox_verdict outbox_give_up(struct outbox *o, uint32_t ticket)
{
	unsigned i = by_ticket(o, ticket);
	struct outbox_slot *s = i < OP_SLOTS ? &o->slot[i] : NULL;

	if (s == NULL || s->told)
		return nothing;
	s->given_up = true;
	if ((s->state == SLOT_JOURNAL || s->state == SLOT_READY) && s->tries == 0) {
		settle_unused(s);
		return tell(s, OUTBOX_UNSAVED);
	}
	if (s->state == SLOT_READY || s->state == SLOT_SENT) {
		s->maybe = true;
		s->state = SLOT_DOUBT;
		s->wake = 0;
	}
	return nothing;
}

struct outbox_verdict outbox_journalled(struct outbox *o, uint16_t slot, bool ok)
{
	struct outbox_slot *s = &o->slot[slot];

	if (s->state != SLOT_JOURNALLING)
		return nothing;
	if (!ok || s->given_up) {
		settle_unused(s);
		return tell(s, OUTBOX_UNSAVED);
	}
	s->state = SLOT_READY;
	if (s->key.epoch != s->epoch) {
		rekey(s);
		s->state = SLOT_JOURNAL;
	}
	return nothing;
}

static void fill(struct outbox_step *step, enum outbox_do what, const struct outbox_slot *s)
{
	*step = (struct outbox_step){
	    .what = what, .key = s->key, .op = s->op, .payload = s->payload, .len = s->len};
}

/* The step one slot wants now; false when none. */
static bool slot_step(struct outbox *o, struct outbox_slot *s, int64_t now, struct outbox_step *step)
{
	switch (s->state) {
	case SLOT_JOURNAL:
		s->state = SLOT_JOURNALLING;
		fill(step, OUTBOX_JOURNAL, s);
		return true;
	case SLOT_SETTLED:
		s->state = SLOT_FREE;
		drop_payload(s);
		fill(step, OUTBOX_FREE, s);
		return true;
	case SLOT_READY:
		if (!o->online || s->wake > now)
			return false;
		s->state = SLOT_SENT;
		s->tries++;
		fill(step, OUTBOX_SEND, s);
		return true;
	case SLOT_DOUBT:
		if (!o->online || s->wake > now)
			return false;
		s->state = SLOT_DOUBT_SENT;
		s->tries++;
		fill(step, OUTBOX_CANCEL, s);
		return true;
	case SLOT_FREE:
	case SLOT_JOURNALLING:
	case SLOT_SENT:
	case SLOT_DOUBT_SENT:
		break;
	}
	return false;
}

void outbox_next(struct outbox *o, int64_t now, struct outbox_step *step)
{
	int64_t at = 0;

	/* What an earlier run left goes first. */
	for (int restored = 1; restored >= 0; restored--)
		for (unsigned i = 0; i < OP_SLOTS; i++) {
			struct outbox_slot *s = &o->slot[i];

			if (s->restored == (restored != 0) && slot_step(o, s, now, step))
				return;
		}
	for (unsigned i = 0; i < OP_SLOTS; i++) {
		const struct outbox_slot *s = &o->slot[i];

		if (o->online && (s->state == SLOT_READY || s->state == SLOT_DOUBT) &&
		    (at == 0 || s->wake < at))
			at = s->wake;
	}
	*step = (struct outbox_step){.what = OUTBOX_WAIT, .at = at};
}

/* Full jitter: anywhere up to a bound that doubles with each try. */
static int64_t backoff(const struct outbox *o, unsigned tries)
{
	int64_t bound = BACKOFF_MS;

	while (tries-- > 1 && bound < BACKOFF_MAX_MS)
		bound *= 2;
	if (bound > BACKOFF_MAX_MS)
		bound = BACKOFF_MAX_MS;
	return 1 + o->random() % bound;
}

static struct outbox_verdict again(
    struct outbox *o, struct outbox_slot *s, enum outbox_state state, int64_t now)
{
	s->state = state;
	s->wake = now + backoff(o, s->tries);
	return nothing;
}

/* Said by the server without the slot's consent: of a locked session, or when it failed. */
static bool at_the_gate(unsigned status, const char *code)
{
	if (strncmp(code, "server.", 7) == 0)
		return true;
	return status == OP_DENIED && (strncmp(code, "session.", 8) == 0 || strncmp(code, "op.", 3) == 0);
}

/* The answer to command.cancel. */
static struct outbox_verdict cancel_answer(
    struct outbox *o, struct outbox_slot *s, unsigned status, const char *code, int64_t now)
{
	if (status != OP_OK && at_the_gate(status, code))
		return again(o, s, SLOT_DOUBT, now);
	switch (status) {
	case OP_BUSY:
	case OP_UNAVAILABLE:
		return again(o, s, SLOT_DOUBT, now);
	case OP_NO_SESSION:
		outbox_offline(o);
		return nothing;
	default:
		/* Its stored outcome; or the key is refused for good, then it was never carried out. */
		settle_used(s);
		return tell(s, status == OP_OK ? OUTBOX_SAVED : OUTBOX_UNSAVED);
	}
}

/* The key itself was refused: nothing was carried out under it, now or before. */
static bool key_refused(unsigned status, const char *code)
{
	return status == OP_FENCED || (status == OP_INVALID && strncmp(code, "slot.", 5) == 0);
}

static struct outbox_verdict write_answer(
    struct outbox *o, struct outbox_slot *s, unsigned status, const char *code, int64_t now)
{
	if (key_refused(status, code) && !s->maybe && s->tries < KEY_TRIES) {
		/* The next epoch brings a good one. */
		s->state = SLOT_READY;
		o->online = false;
		return nothing;
	}
	switch (status) {
	case OP_OK:
		settle_used(s);
		return tell(s, OUTBOX_SAVED);
	case OP_BUSY:
		if (s->maybe || s->tries < BUSY_TRIES)
			return again(o, s, SLOT_READY, now);
		break;
	case OP_UNAVAILABLE:
		s->maybe = true;
		return again(o, s, SLOT_READY, now);
	case OP_NO_SESSION:
		s->state = SLOT_READY;
		o->online = false;
		return nothing;
	case OP_REFUSED:
		/* By the rules, or the stored outcome: either way it holds. Not so when the
		 * server only failed: perhaps after COMMIT. */
		if (at_the_gate(status, code)) {
			s->maybe = true;
			break;
		}
		s->state = SLOT_DOUBT;
		s->wake = 0;
		return tell(s, OUTBOX_UNSAVED);
	default:
		break;
	}
	/* Refused before the slot was asked: an earlier sending may have been carried out. */
	s->state = SLOT_DOUBT;
	s->wake = 0;
	return s->maybe ? nothing : tell(s, OUTBOX_UNSAVED);
}

struct outbox_verdict outbox_answer(
    struct outbox *o, const struct op_key *key, bool cancel, unsigned status, const char *code, int64_t now)
{
	struct outbox_slot *s = &o->slot[key->slot];
	bool waits = s->state == SLOT_SENT || s->state == SLOT_DOUBT || s->state == SLOT_DOUBT_SENT;

	/* An answer to a key long settled, or to one given up since: only OK still counts. */
	if (!waits || s->key.epoch != key->epoch || s->key.seq != key->seq)
		return nothing;
	if (cancel)
		return s->state == SLOT_DOUBT_SENT ? cancel_answer(o, s, status, code, now) : nothing;
	if (s->state != SLOT_SENT && status != OP_OK)
		return nothing;
	return write_answer(o, s, status, code, now);
}
