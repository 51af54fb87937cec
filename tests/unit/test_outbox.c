/* The outbox step by step: what it sends, keeps and tells after each answer (architecture 5). */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/outbox.h"
#include "common/bytes.h"
#include "tests/unit/lib/outbox.h"

static struct outbox_step next(struct outbox *o, int64_t now)
{
	struct outbox_step step;

	outbox_next(o, now, &step);
	return step;
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

int main(void)
{
	Suite *s = suite_create("outbox");
	TCase *t = tcase_create("rules");
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
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
