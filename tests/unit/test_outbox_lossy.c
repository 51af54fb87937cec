/*
 * The outbox against a hall made of twenty lines: every write acknowledged is
 * there once, none twice, whatever is lost on the way (architecture 5).
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/lib/outbox.h"

/* A hall of one window, and a line that loses frames in both directions. */

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
	Suite *s = suite_create("outbox_lossy");
	TCase *t = tcase_create("random");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, whatever_is_lost_each_write_is_done_once_or_never, 1, 21);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
