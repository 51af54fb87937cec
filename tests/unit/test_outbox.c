/*
 * The outbox against a hall made of twenty lines: every write acknowledged is
 * there once, none twice, whatever is lost on the way (architecture 5).
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/outbox.h"
#include "common/bytes.h"

enum { EPOCH = 3 };
static const struct op *receive;

static uint32_t least(void)
{
	return 0;
}

static void setup(struct outbox *o)
{
	receive = op_by_name("case.receive");
	ck_assert_ptr_nonnull(receive);
	outbox_init(o, 0xff, least);
	outbox_online(o, EPOCH);
}

static struct outbox_step next(struct outbox *o, int64_t now)
{
	struct outbox_step step;

	outbox_next(o, now, &step);
	return step;
}

static struct op_key key_in(const struct outbox_step *step)
{
	struct op_key key;
	struct bytes_in in;

	bytes_in_init(&in, step->payload, step->len);
	ck_assert_int_eq(op_decode_key(&in, &key), 0);
	return key;
}

/* Adds a write and brings it to where it was just sent. */
static struct outbox_step sent(struct outbox *o, uint32_t *ticket)
{
	struct outbox_step step;

	*ticket = outbox_add(o, receive, "abc", 3);
	ck_assert_uint_ne(*ticket, 0);
	step = next(o, 0);
	ck_assert_int_eq(step.what, OUTBOX_JOURNAL);
	ck_assert_uint_eq(outbox_journalled(o, step.key.slot, true).ticket, 0);
	step = next(o, 0);
	ck_assert_int_eq(step.what, OUTBOX_SEND);
	return step;
}

START_TEST(nothing_is_sent_before_the_journal_has_it)
{
	struct outbox o;
	struct outbox_step step;

	setup(&o);
	ck_assert_uint_ne(outbox_add(&o, receive, "abc", 3), 0);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_JOURNAL);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_WAIT);
	ck_assert_uint_eq(step.key.epoch, EPOCH);
	ck_assert_uint_eq(step.key.seq, 1);
	ck_assert_uint_eq(step.len, OP_KEY_BYTES + 3);
	ck_assert_uint_eq(outbox_journalled(&o, step.key.slot, true).ticket, 0);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_SEND);
	ck_assert_uint_eq(key_in(&step).seq, 1);
	outbox_done(&o);
}
END_TEST

START_TEST(an_answer_frees_the_slot_and_uses_its_key)
{
	struct outbox o;
	struct outbox_step step;
	struct outbox_verdict v;
	uint32_t ticket;

	setup(&o);
	step = sent(&o, &ticket);
	v = outbox_answer(&o, &step.key, false, OP_OK, "", 0);
	ck_assert_uint_eq(v.ticket, ticket);
	ck_assert_int_eq(v.word, OUTBOX_SAVED);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_FREE);
	ck_assert_uint_eq(step.key.seq, 1);
	ck_assert(!outbox_busy(&o));
	step = sent(&o, &ticket);
	ck_assert_uint_eq(step.key.seq, 2);
	outbox_done(&o);
}
END_TEST

START_TEST(a_lost_answer_sends_the_identical_frame)
{
	struct outbox o;
	struct outbox_step first, again;
	uint8_t bytes[OP_KEY_BYTES + 3];
	uint32_t ticket;

	setup(&o);
	first = sent(&o, &ticket);
	memcpy(bytes, first.payload, sizeof(bytes));
	outbox_offline(&o);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_WAIT);
	outbox_online(&o, EPOCH);
	again = next(&o, 0);
	ck_assert_int_eq(again.what, OUTBOX_SEND);
	ck_assert_uint_eq(again.len, sizeof(bytes));
	ck_assert_mem_eq(again.payload, bytes, sizeof(bytes));
	outbox_done(&o);
}
END_TEST

START_TEST(a_refusal_is_told_at_once_and_its_key_settled)
{
	static const unsigned statuses[] = {OP_REFUSED, OP_DENIED, OP_INVALID};
	struct outbox o;
	struct outbox_step step, cancel;
	struct outbox_verdict v;
	uint32_t ticket;

	setup(&o);
	step = sent(&o, &ticket);
	v = outbox_answer(&o, &step.key, false, statuses[_i], "", 0);
	ck_assert_uint_eq(v.ticket, ticket);
	ck_assert_int_eq(v.word, OUTBOX_UNSAVED);
	cancel = next(&o, 0);
	ck_assert_int_eq(cancel.what, OUTBOX_CANCEL);
	ck_assert_uint_eq(cancel.key.seq, step.key.seq);
	/* Told once only. */
	v = outbox_answer(&o, &cancel.key, true, OP_REFUSED, "", 0);
	ck_assert_uint_eq(v.ticket, 0);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_FREE);
	step = sent(&o, &ticket);
	ck_assert_uint_eq(step.key.seq, 2);
	outbox_done(&o);
}
END_TEST

/* A refusal at the gate after a lost answer proves nothing about the first sending. */
START_TEST(a_denial_after_a_lost_answer_asks_the_slot)
{
	struct outbox o;
	struct outbox_step step;
	struct outbox_verdict v;
	uint32_t ticket;

	setup(&o);
	step = sent(&o, &ticket);
	outbox_offline(&o);
	outbox_online(&o, EPOCH);
	step = next(&o, 0);
	v = outbox_answer(&o, &step.key, false, OP_DENIED, "", 0);
	ck_assert_uint_eq(v.ticket, 0);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_CANCEL);
	v = outbox_answer(&o, &step.key, true, OP_OK, "", 0);
	ck_assert_uint_eq(v.ticket, ticket);
	ck_assert_int_eq(v.word, OUTBOX_SAVED);
	outbox_done(&o);
}
END_TEST

/* The server fell over: before the work, or after COMMIT? Only the slot knows. */
START_TEST(a_server_that_failed_is_not_believed)
{
	struct outbox o;
	struct outbox_step step;
	struct outbox_verdict v;
	uint32_t ticket;

	setup(&o);
	step = sent(&o, &ticket);
	ck_assert_uint_eq(outbox_answer(&o, &step.key, false, OP_REFUSED, "server.other", 0).ticket, 0);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_CANCEL);
	ck_assert_uint_eq(outbox_answer(&o, &step.key, true, OP_REFUSED, "server.other", 0).ticket, 0);
	step = next(&o, 100000);
	ck_assert_int_eq(step.what, OUTBOX_CANCEL);
	v = outbox_answer(&o, &step.key, true, _i == 0 ? OP_OK : OP_REFUSED, "", 0);
	ck_assert_uint_eq(v.ticket, ticket);
	ck_assert_int_eq(v.word, _i == 0 ? OUTBOX_SAVED : OUTBOX_UNSAVED);
	outbox_done(&o);
}
END_TEST

START_TEST(a_key_out_of_step_gets_a_new_epoch)
{
	static const struct {
		unsigned status;
		const char *code;
	} answers[] = {{OP_FENCED, "slot.fenced"}, {OP_INVALID, "slot.gap"}, {OP_INVALID, "slot.hash"}};
	struct outbox o;
	struct outbox_step step;
	uint32_t ticket;

	setup(&o);
	step = sent(&o, &ticket);
	ck_assert_uint_eq(
	    outbox_answer(&o, &step.key, false, answers[_i].status, answers[_i].code, 0).ticket, 0);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_WAIT);
	outbox_online(&o, EPOCH + 1);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_JOURNAL);
	ck_assert_uint_eq(key_in(&step).epoch, EPOCH + 1);
	ck_assert_uint_eq(outbox_journalled(&o, step.key.slot, true).ticket, 0);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_SEND);
	ck_assert_int_eq(outbox_answer(&o, &step.key, false, OP_OK, "", 0).word, OUTBOX_SAVED);
	outbox_done(&o);
}
END_TEST

/* A locked session may not settle keys: that waits until it is unlocked. */
START_TEST(a_locked_session_settles_later)
{
	struct outbox o;
	struct outbox_step step;
	uint32_t ticket;

	setup(&o);
	step = sent(&o, &ticket);
	ck_assert_uint_eq(outbox_answer(&o, &step.key, false, OP_DENIED, "session.locked", 0).ticket, ticket);
	for (int i = 1; i < 5; i++) {
		step = next(&o, i * 10000);
		ck_assert_int_eq(step.what, OUTBOX_CANCEL);
		ck_assert_uint_eq(
		    outbox_answer(&o, &step.key, true, OP_DENIED, "session.locked", i * 10000).ticket, 0);
	}
	step = next(&o, 100000);
	ck_assert_int_eq(step.what, OUTBOX_CANCEL);
	ck_assert_uint_eq(outbox_answer(&o, &step.key, true, OP_REFUSED, "command.cancelled", 0).ticket, 0);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_FREE);
	outbox_done(&o);
}
END_TEST

START_TEST(an_unknown_outcome_waits_and_asks_again)
{
	struct outbox o;
	struct outbox_step step;
	uint32_t ticket;

	setup(&o);
	step = sent(&o, &ticket);
	ck_assert_uint_eq(outbox_answer(&o, &step.key, false, OP_UNAVAILABLE, "", 1000).ticket, 0);
	step = next(&o, 1000);
	ck_assert_int_eq(step.what, OUTBOX_WAIT);
	ck_assert_int_gt(step.at, 1000);
	step = next(&o, step.at);
	ck_assert_int_eq(step.what, OUTBOX_SEND);
	outbox_done(&o);
}
END_TEST

START_TEST(busy_gives_up_only_what_surely_was_not_done)
{
	struct outbox o;
	struct outbox_step step;
	struct outbox_verdict v = {0};
	uint32_t ticket;
	int tries = 0;

	setup(&o);
	step = sent(&o, &ticket);
	while (v.ticket == 0 && tries++ < 10) {
		v = outbox_answer(&o, &step.key, false, OP_BUSY, "", 0);
		if (v.ticket == 0)
			step = next(&o, 100000);
	}
	ck_assert_uint_eq(v.ticket, ticket);
	ck_assert_int_eq(v.word, OUTBOX_UNSAVED);
	ck_assert_int_eq(tries, 4);
	outbox_done(&o);

	setup(&o);
	step = sent(&o, &ticket);
	outbox_offline(&o);
	outbox_online(&o, EPOCH);
	for (int i = 0; i < 20; i++) {
		step = next(&o, 100000);
		ck_assert_int_eq(step.what, OUTBOX_SEND);
		ck_assert_uint_eq(outbox_answer(&o, &step.key, false, OP_BUSY, "", 0).ticket, 0);
	}
	outbox_done(&o);
}
END_TEST

START_TEST(giving_up_cancels_the_key)
{
	struct outbox o;
	struct outbox_step step, cancel;
	struct outbox_verdict v;
	uint32_t ticket;

	setup(&o);
	step = sent(&o, &ticket);
	ck_assert_uint_eq(outbox_give_up(&o, ticket).ticket, 0);
	cancel = next(&o, 0);
	ck_assert_int_eq(cancel.what, OUTBOX_CANCEL);
	/* The write's own answer comes first after all. */
	v = outbox_answer(&o, &step.key, false, OP_OK, "", 0);
	ck_assert_int_eq(v.word, OUTBOX_SAVED);
	ck_assert_uint_eq(v.ticket, ticket);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_FREE);
	ck_assert_uint_eq(outbox_answer(&o, &cancel.key, true, OP_OK, "", 0).ticket, 0);
	outbox_done(&o);
}
END_TEST

START_TEST(giving_up_what_was_never_sent_needs_no_line)
{
	struct outbox o;
	struct outbox_step step;
	struct outbox_verdict v;
	uint32_t ticket;

	setup(&o);
	outbox_offline(&o);
	ticket = outbox_add(&o, receive, "abc", 3);
	step = next(&o, 0);
	ck_assert_uint_eq(outbox_journalled(&o, step.key.slot, true).ticket, 0);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_WAIT);
	v = outbox_give_up(&o, ticket);
	ck_assert_uint_eq(v.ticket, ticket);
	ck_assert_int_eq(v.word, OUTBOX_UNSAVED);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_FREE);
	ck_assert_uint_eq(step.key.seq, 0); /* not used up */
	outbox_online(&o, EPOCH);
	ck_assert_uint_eq(sent(&o, &ticket).key.seq, 1);
	outbox_done(&o);
}
END_TEST

START_TEST(a_disk_that_fails_sends_nothing)
{
	struct outbox o;
	struct outbox_step step;
	struct outbox_verdict v;
	uint32_t ticket;

	setup(&o);
	ticket = outbox_add(&o, receive, "abc", 3);
	step = next(&o, 0);
	v = outbox_journalled(&o, step.key.slot, false);
	ck_assert_uint_eq(v.ticket, ticket);
	ck_assert_int_eq(v.word, OUTBOX_UNSAVED);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_FREE);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_WAIT);
	outbox_done(&o);
}
END_TEST

START_TEST(eight_at_once_and_no_more)
{
	struct outbox o;

	setup(&o);
	for (int i = 0; i < OP_SLOTS; i++)
		ck_assert_uint_ne(outbox_add(&o, receive, "", 0), 0);
	ck_assert_uint_eq(outbox_add(&o, receive, "", 0), 0);
	outbox_done(&o);
}
END_TEST

START_TEST(no_epoch_no_write)
{
	struct outbox o;

	setup(&o);
	outbox_done(&o);
	outbox_init(&o, 0xff, least);
	ck_assert_uint_eq(outbox_add(&o, receive, "", 0), 0);
	outbox_done(&o);
}
END_TEST

START_TEST(what_a_dead_run_left_goes_first)
{
	struct outbox o;
	struct outbox_step step;
	struct outbox_verdict v;
	struct op_key old = {.epoch = EPOCH, .slot = 5, .seq = 8};
	uint8_t payload[OP_KEY_BYTES + 1] = {0};
	struct bytes_out out;

	receive = op_by_name("case.receive");
	outbox_init(&o, 0xff, least);
	outbox_restore(&o, 5, EPOCH, 7);
	bytes_out_init(&out, 0);
	op_encode_key(&out, &old);
	memcpy(payload, out.p, OP_KEY_BYTES);
	bytes_out_done(&out);
	outbox_restore_entry(&o, &old, receive, payload, sizeof(payload));
	outbox_online(&o, EPOCH);
	ck_assert_uint_ne(outbox_add(&o, receive, "new", 3), 0);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_SEND);
	ck_assert_uint_eq(step.key.slot, 5);
	ck_assert_uint_eq(key_in(&step).seq, 8);
	v = outbox_answer(&o, &step.key, false, OP_OK, "", 0);
	ck_assert(v.restored);
	ck_assert_int_eq(v.word, OUTBOX_SAVED);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_FREE);
	ck_assert_uint_eq(o.slot[5].seq, 8);
	outbox_done(&o);
}
END_TEST

START_TEST(another_persons_or_unreadable_entry_is_only_settled)
{
	struct outbox o;
	struct outbox_step step;
	struct op_key old = {.epoch = EPOCH, .slot = 2, .seq = 4};

	setup(&o);
	outbox_restore(&o, 2, EPOCH, 3);
	outbox_restore_entry(&o, &old, NULL, NULL, 0);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_CANCEL);
	ck_assert_uint_eq(step.key.seq, 4);
	ck_assert_int_eq(outbox_answer(&o, &step.key, true, OP_REFUSED, "", 0).word, OUTBOX_UNSAVED);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_FREE);
	ck_assert_uint_eq(o.slot[2].seq, 4);
	outbox_done(&o);
}
END_TEST

START_TEST(anothers_login_settles_what_is_open)
{
	struct outbox o;
	struct outbox_step step;
	struct outbox_verdict v;
	uint32_t first, second;

	setup(&o);
	(void)sent(&o, &first);
	outbox_offline(&o);
	second = outbox_add(&o, receive, "def", 3);
	outbox_disown(&o);
	outbox_online(&o, EPOCH);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_CANCEL);
	v = outbox_answer(&o, &step.key, true, OP_OK, "", 0);
	ck_assert_uint_eq(v.ticket, first);
	ck_assert_int_eq(v.word, OUTBOX_SAVED);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_FREE);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_JOURNAL);
	v = outbox_journalled(&o, step.key.slot, true);
	ck_assert_uint_eq(v.ticket, second);
	ck_assert_int_eq(v.word, OUTBOX_UNSAVED);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_FREE);
	ck_assert_int_eq(next(&o, 0).what, OUTBOX_WAIT);
	ck_assert(!outbox_busy(&o));
	outbox_done(&o);
}
END_TEST

START_TEST(a_new_epoch_settles_what_was_sent_and_rekeys_the_rest)
{
	struct outbox o;
	struct outbox_step step, old;
	uint32_t ticket, second;

	setup(&o);
	old = sent(&o, &ticket);
	second = outbox_add(&o, receive, "def", 3);
	step = next(&o, 0);
	ck_assert_uint_eq(outbox_journalled(&o, step.key.slot, true).ticket, 0);
	outbox_offline(&o);
	outbox_online(&o, EPOCH + 1);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_CANCEL);
	ck_assert_uint_eq(step.key.epoch, EPOCH);
	ck_assert_uint_eq(step.key.seq, old.key.seq);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_JOURNAL);
	ck_assert_uint_eq(step.key.epoch, EPOCH + 1);
	ck_assert_uint_eq(step.key.seq, 1);
	ck_assert_uint_eq(key_in(&step).epoch, EPOCH + 1);
	ck_assert(outbox_key(&o, second, &step.key));
	ck_assert_int_eq(outbox_answer(&o, &old.key, true, OP_OK, "", 0).word, OUTBOX_SAVED);
	step = next(&o, 0);
	ck_assert_int_eq(step.what, OUTBOX_FREE);
	ck_assert_uint_eq(step.key.epoch, EPOCH + 1);
	ck_assert_uint_eq(step.key.seq, 0);
	outbox_done(&o);
}
END_TEST

/* ---- a hall of one window, and a line that loses frames in both directions ---- */

struct model_slot {
	uint64_t seq;
	unsigned outcome;
	uint32_t hash;
};
struct model {
	struct model_slot slot[OP_SLOTS];
	unsigned count[4096]; /* times each write was carried out */
	unsigned hash_errors, gaps;
};

static unsigned model_write(struct model *m, const struct outbox_step *step)
{
	struct op_key key = key_in(step);
	struct model_slot *s = &m->slot[key.slot];
	uint32_t what;

	memcpy(&what, step->payload + OP_KEY_BYTES, sizeof(what));
	if (key.seq == s->seq) {
		m->hash_errors += s->hash != what;
		return s->hash == what ? s->outcome : OP_INVALID;
	}
	if (key.seq != s->seq + 1) {
		m->gaps++;
		return OP_INVALID;
	}
	if (what % 11 == 0)
		return OP_DENIED; /* by the gate: the key stays unused */
	s->seq = key.seq;
	s->hash = what;
	s->outcome = what % 7 == 0 ? OP_REFUSED : OP_OK;
	if (s->outcome == OP_OK)
		m->count[what]++;
	return s->outcome;
}

static unsigned model_cancel(struct model *m, const struct op_key *key)
{
	struct model_slot *s = &m->slot[key->slot];

	if (key->seq == s->seq)
		return s->outcome;
	if (key->seq != s->seq + 1)
		return OP_INVALID;
	*s = (struct model_slot){.seq = key->seq, .outcome = OP_REFUSED, .hash = UINT32_MAX};
	return OP_REFUSED;
}

struct world {
	struct outbox o;
	struct model m;
	uint32_t ticket_of[4096];
	int word[4096]; /* −1: not told yet */
	uint32_t writes;
	int64_t now;
};

static void hear(struct world *w, struct outbox_verdict v)
{
	if (v.ticket == 0)
		return;
	for (uint32_t i = 0; i < w->writes; i++)
		if (w->ticket_of[i] == v.ticket) {
			ck_assert_int_eq(w->word[i], -1);
			w->word[i] = v.word;
			return;
		}
	ck_abort_msg("a verdict of nobody's write");
}

static void carry(struct world *w, const struct outbox_step *step)
{
	bool cancel = step->what == OUTBOX_CANCEL;
	struct op_key key = step->key;
	unsigned status;

	if (rand() % 8 == 0) { /* lost on the way there */
		outbox_offline(&w->o);
		outbox_online(&w->o, EPOCH);
		return;
	}
	status = cancel ? model_cancel(&w->m, &key) : model_write(&w->m, step);
	switch (rand() % 10) {
	case 0: /* lost on the way back */
		outbox_offline(&w->o);
		outbox_online(&w->o, EPOCH);
		return;
	case 1:
		status = OP_UNAVAILABLE;
		break;
	default:
		break;
	}
	hear(w, outbox_answer(&w->o, &key, cancel, status, "", w->now));
}

START_TEST(whatever_is_lost_each_write_is_done_once_or_never)
{
	static struct world w;
	struct outbox_step step;

	srand((unsigned)_i);
	memset(&w, 0, sizeof(w));
	setup(&w.o);
	for (int i = 0; i < 4096; i++)
		w.word[i] = -1;
	for (int turn = 0; turn < 20000 && (w.writes < 1500 || outbox_busy(&w.o)); turn++) {
		if (w.writes < 1500 && rand() % 2 == 0) {
			uint32_t ticket = outbox_add(&w.o, receive, &w.writes, sizeof(w.writes));

			if (ticket != 0)
				w.ticket_of[w.writes++] = ticket;
		}
		if (w.writes > 0 && rand() % 20 == 0)
			hear(&w, outbox_give_up(&w.o, w.ticket_of[(uint32_t)rand() % w.writes]));
		outbox_next(&w.o, w.now, &step);
		if (step.what == OUTBOX_JOURNAL)
			hear(&w, outbox_journalled(&w.o, step.key.slot, rand() % 30 != 0));
		else if (step.what == OUTBOX_SEND || step.what == OUTBOX_CANCEL)
			carry(&w, &step);
		w.now += 1000;
	}
	ck_assert(!outbox_busy(&w.o));
	ck_assert_uint_eq(w.writes, 1500);
	ck_assert_uint_eq(w.m.hash_errors, 0);
	ck_assert_uint_eq(w.m.gaps, 0);
	for (uint32_t i = 0; i < w.writes; i++) {
		ck_assert_int_ne(w.word[i], -1);
		ck_assert_msg(w.m.count[i] == (w.word[i] == OUTBOX_SAVED), "write %u: done %u times, told %d",
		    i, w.m.count[i], w.word[i]);
	}
	outbox_done(&w.o);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("outbox");
	TCase *t = tcase_create("rules"), *random = tcase_create("random");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_test(t, nothing_is_sent_before_the_journal_has_it);
	tcase_add_test(t, an_answer_frees_the_slot_and_uses_its_key);
	tcase_add_test(t, a_lost_answer_sends_the_identical_frame);
	tcase_add_loop_test(t, a_refusal_is_told_at_once_and_its_key_settled, 0, 3);
	tcase_add_test(t, a_denial_after_a_lost_answer_asks_the_slot);
	tcase_add_loop_test(t, a_server_that_failed_is_not_believed, 0, 2);
	tcase_add_loop_test(t, a_key_out_of_step_gets_a_new_epoch, 0, 3);
	tcase_add_test(t, a_locked_session_settles_later);
	tcase_add_test(t, an_unknown_outcome_waits_and_asks_again);
	tcase_add_test(t, busy_gives_up_only_what_surely_was_not_done);
	tcase_add_test(t, giving_up_cancels_the_key);
	tcase_add_test(t, giving_up_what_was_never_sent_needs_no_line);
	tcase_add_test(t, a_disk_that_fails_sends_nothing);
	tcase_add_test(t, eight_at_once_and_no_more);
	tcase_add_test(t, no_epoch_no_write);
	tcase_add_test(t, what_a_dead_run_left_goes_first);
	tcase_add_test(t, another_persons_or_unreadable_entry_is_only_settled);
	tcase_add_test(t, anothers_login_settles_what_is_open);
	tcase_add_test(t, a_new_epoch_settles_what_was_sent_and_rekeys_the_rest);
	tcase_set_timeout(random, 60);
	tcase_add_loop_test(random, whatever_is_lost_each_write_is_done_once_or_never, 1, 21);
	suite_add_tcase(s, t);
	suite_add_tcase(s, random);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
