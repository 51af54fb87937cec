/* The gate: what closes a peer, what is refused, what runs; every operation by every class. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/core/gate.h"

static const uint8_t token[SESSION_TOKEN];
static struct bytes_out body;
static struct gate g;

static struct session session_of(unsigned class)
{
	struct session s;

	session_init(&s);
	ck_assert(session_begin(&s, SESSION_STEP_HELLO));
	session_known(&s, 3);
	session_end(&s, SESSION_STEP_HELLO);
	if (class == 0)
		return s;
	ck_assert(session_begin(&s, SESSION_STEP_OPEN));
	session_open(&s, token, class, false, false);
	session_end(&s, SESSION_STEP_OPEN);
	return s;
}

static enum gate_verdict judge(const struct session *s, const char *op, uint32_t request, uint16_t flags)
{
	struct frame f = {.len = (uint32_t)body.len,
	    .op = op != NULL ? op_by_name(op)->id : 0x7f7f,
	    .flags = flags,
	    .request = request,
	    .payload = body.p};

	return gate_judge(s, &f, &g);
}

static void put_hello(void)
{
	bytes_out_reset(&body);
	op_put_int2(&body, 1);
	op_put_int2(&body, 1);
	op_put_text(&body, "test 1");
}

/* A key and every field of op NULL. */
static void put_nulls(const struct op *op)
{
	static const struct op_key key = {.epoch = 1, .slot = 0, .seq = 1};

	bytes_out_reset(&body);
	if (op->kind == OP_WRITE)
		op_encode_key(&body, &key);
	for (size_t i = 0; op->in[i].name != NULL; i++)
		op_put_null(&body);
}

START_TEST(the_first_frame_is_hello)
{
	struct session s;

	session_init(&s);
	put_hello();
	ck_assert_int_eq(judge(&s, "session.hello", 1, 0), GATE_RUN);
	put_nulls(op_by_name("item.find"));
	ck_assert_int_eq(judge(&s, "item.find", 1, 0), GATE_CLOSE);
	ck_assert_int_eq(judge(&s, NULL, 1, 0), GATE_CLOSE);
}
END_TEST

START_TEST(nothing_runs_while_hello_is_under_way)
{
	struct session s;

	session_init(&s);
	ck_assert(session_begin(&s, SESSION_STEP_HELLO));
	put_hello();
	ck_assert_int_eq(judge(&s, "session.hello", 2, 0), GATE_ANSWER);
	ck_assert_uint_eq(g.status, OP_NO_SESSION);
	session_end(&s, SESSION_STEP_HELLO); /* it failed: hello may be said again */
	ck_assert_int_eq(judge(&s, "session.hello", 3, 0), GATE_RUN);
}
END_TEST

START_TEST(a_header_out_of_order_closes)
{
	struct session s = session_of(OP_STAFF);

	put_nulls(op_by_name("item.find"));
	ck_assert_int_eq(judge(&s, "item.find", 0, 0), GATE_CLOSE);
	ck_assert_int_eq(judge(&s, "item.find", 1, 1), GATE_CLOSE);
	ck_assert_int_eq(judge(&s, "item.find", 1, 0), GATE_RUN);
}
END_TEST

START_TEST(an_unknown_operation_is_refused)
{
	struct session s = session_of(OP_STAFF);

	bytes_out_reset(&body);
	ck_assert_int_eq(judge(&s, NULL, 1, 0), GATE_ANSWER);
	ck_assert_uint_eq(g.status, OP_INVALID);
	ck_assert_str_eq(g.code, "op.unknown");
}
END_TEST

START_TEST(a_short_or_long_payload_closes)
{
	struct session s = session_of(OP_STAFF);
	const struct op *op = op_by_name("case.accept");
	size_t whole;

	put_nulls(op);
	whole = body.len;
	for (body.len = 0; body.len < whole; body.len++)
		ck_assert_int_eq(judge(&s, "case.accept", 1, 0), GATE_CLOSE);
	bytes_put_u8(&body, 0);
	ck_assert_int_eq(judge(&s, "case.accept", 1, 0), GATE_CLOSE);
}
END_TEST

START_TEST(a_key_out_of_range_is_invalid)
{
	static const struct op_key bad[] = {
	    {.epoch = 1, .slot = OP_SLOTS, .seq = 1},
	    {.epoch = 1, .slot = 0, .seq = 0},
	    {.epoch = 0x80000000u, .slot = 0, .seq = 1},
	    {.epoch = 1, .slot = 0, .seq = UINT64_C(1) << 63},
	};
	struct session s = session_of(OP_STAFF);

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		bytes_out_reset(&body);
		op_encode_key(&body, &bad[i]);
		for (size_t n = 0; n < op_width(op_by_name("case.accept")->in); n++)
			op_put_null(&body);
		ck_assert_int_eq(judge(&s, "case.accept", 1, 0), GATE_ANSWER);
		ck_assert_uint_eq(g.status, OP_INVALID);
		ck_assert_str_eq(g.field, "key");
	}
}
END_TEST

START_TEST(a_bad_value_names_its_field)
{
	struct session s = session_of(OP_STAFF);

	bytes_out_reset(&body);
	op_put_text(&body, "spjy");
	op_put_int4(&body, 1); /* department_id is an int8 */
	op_put_null(&body);
	op_put_null(&body);
	op_put_null(&body);
	ck_assert_int_eq(judge(&s, "item.find", 1, 0), GATE_ANSWER);
	ck_assert_uint_eq(g.status, OP_INVALID);
	ck_assert_str_eq(g.field, "department_id");
}
END_TEST

START_TEST(what_is_hashed_is_what_follows_the_key)
{
	struct session s = session_of(OP_STAFF);
	const struct op *op = op_by_name("notice.printed");

	put_nulls(op);
	(void)judge(&s, op->name, 1, 0);
	ck_assert_ptr_eq(g.body, body.p + OP_KEY_BYTES);
	ck_assert_uint_eq(g.body_len, body.len - OP_KEY_BYTES);
	ck_assert_uint_eq(g.key.seq, 1);
}
END_TEST

START_TEST(a_locked_session_only_unlocks_or_ends)
{
	struct session s = session_of(OP_STAFF);
	size_t n;
	const struct op *const *all = op_all(&n);

	s.locked = true;
	for (size_t i = 0; i < n; i++) {
		bool may = strcmp(all[i]->name, "session.unlock") == 0 ||
			   strcmp(all[i]->name, "session.logout") == 0 ||
			   strcmp(all[i]->name, "session.hello") == 0;
		const char *code;

		if (!(all[i]->class & OP_STAFF))
			continue;
		ck_assert_msg((session_may(&s, all[i], &code) == OP_OK) == may, "%s", all[i]->name);
	}
	s.locked = false;
	s.must_change = true;
	for (size_t i = 0; i < n; i++) {
		bool may = strcmp(all[i]->name, "session.password") == 0 ||
			   strcmp(all[i]->name, "session.logout") == 0 ||
			   strcmp(all[i]->name, "session.hello") == 0;
		const char *code;

		if (!(all[i]->class & OP_STAFF))
			continue;
		ck_assert_msg((session_may(&s, all[i], &code) == OP_OK) == may, "%s", all[i]->name);
	}
}
END_TEST

/* One line of the handwritten table against the gate. Returns whether it was a line. */
static bool check_line(char *line)
{
	static const unsigned classes[] = {0, OP_STAFF, OP_SUPERVISOR, OP_ADMIN, OP_AUDITOR, OP_KIOSK};
	char *save = NULL, *name = strtok_r(line, ",\n", &save);
	const struct op *op = name != NULL ? op_by_name(name) : NULL;

	ck_assert_msg(op != NULL, "no operation %s", name);
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		struct session s = session_of(classes[i]);
		char *want = strtok_r(NULL, ",\n", &save);
		bool denied;

		ck_assert(want != NULL && (strcmp(want, "yes") == 0 || strcmp(want, "no") == 0));
		put_nulls(op);
		denied = judge(&s, op->name, 1, 0) == GATE_ANSWER &&
			 (g.status == OP_DENIED || g.status == OP_NO_SESSION);
		ck_assert_msg(denied == (strcmp(want, "no") == 0), "%s by class %u", name, classes[i]);
	}
	return true;
}

START_TEST(every_operation_by_every_class)
{
	FILE *f = fopen("tests/wire/permissions.csv", "r");
	char line[256];
	size_t lines = 0, n;

	ck_assert_msg(f != NULL, "run it at the repository's top");
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), f)); /* head */
	while (fgets(line, sizeof(line), f) != NULL)
		lines += check_line(line);
	fclose(f);
	(void)op_all(&n);
	ck_assert_uint_eq(lines, n);
}
END_TEST

START_TEST(eight_in_flight)
{
	struct session s = session_of(OP_STAFF);

	for (int i = 1; i < SESSION_IN_FLIGHT; i++)
		ck_assert(session_asked(&s));
	ck_assert(!session_asked(&s)); /* the eighth: read no more */
	ck_assert(session_answered(&s));
	ck_assert(!session_answered(&s));
	ck_assert_uint_eq(s.in_flight, SESSION_IN_FLIGHT - 2);
}
END_TEST

START_TEST(steps_are_taken_one_at_a_time)
{
	struct session s = session_of(0);

	ck_assert(session_begin(&s, SESSION_STEP_OPEN));
	ck_assert(!session_begin(&s, SESSION_STEP_OPEN));
	session_end(&s, SESSION_STEP_OPEN); /* a wrong password: back to the window */
	ck_assert_int_eq(s.state, SESSION_WINDOW);
	session_open(&s, token, OP_STAFF, false, false); /* too late */
	ck_assert_int_eq(s.state, SESSION_WINDOW);
	ck_assert(session_begin(&s, SESSION_STEP_OPEN));
	session_open(&s, token, OP_STAFF, true, false);
	session_end(&s, SESSION_STEP_OPEN);
	ck_assert_int_eq(s.state, SESSION_OPEN);
	ck_assert(!session_begin(&s, SESSION_STEP_OPEN));
	ck_assert(session_begin(&s, SESSION_STEP_PROVE));
	ck_assert(!session_begin(&s, SESSION_STEP_PROVE));
	session_closed(&s);
	ck_assert_int_eq(s.state, SESSION_WINDOW);
	ck_assert_uint_eq(s.class, 0);
}
END_TEST

/* A proof is one session's: nobody comes or goes while it is looked at, and whoever comes
 * after is told apart from who was there. */
START_TEST(a_proof_is_of_one_session)
{
	struct session s = session_of(OP_STAFF);
	uint32_t before = s.serial;

	ck_assert(session_begin(&s, SESSION_STEP_CLOSE));
	ck_assert(session_begin(&s, SESSION_STEP_PROVE));
	ck_assert(!session_begin(&s, SESSION_STEP_CLOSE));
	session_closed(&s); /* ended from elsewhere */
	ck_assert_uint_ne(s.serial, before);
	ck_assert(!session_begin(&s, SESSION_STEP_OPEN));
	session_end(&s, SESSION_STEP_PROVE);
	ck_assert(session_begin(&s, SESSION_STEP_OPEN));
	before = s.serial;
	session_open(&s, token, OP_STAFF, false, false);
	ck_assert_uint_ne(s.serial, before);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("gate");
	TCase *tc = tcase_create("gate");
	SRunner *run = srunner_create(suite);
	int failed;

	bytes_out_init(&body, 0);
	suite_add_tcase(suite, tc);
	tcase_add_test(tc, the_first_frame_is_hello);
	tcase_add_test(tc, nothing_runs_while_hello_is_under_way);
	tcase_add_test(tc, a_header_out_of_order_closes);
	tcase_add_test(tc, an_unknown_operation_is_refused);
	tcase_add_test(tc, a_short_or_long_payload_closes);
	tcase_add_test(tc, a_key_out_of_range_is_invalid);
	tcase_add_test(tc, a_bad_value_names_its_field);
	tcase_add_test(tc, what_is_hashed_is_what_follows_the_key);
	tcase_add_test(tc, a_locked_session_only_unlocks_or_ends);
	tcase_add_test(tc, every_operation_by_every_class);
	tcase_add_test(tc, eight_in_flight);
	tcase_add_test(tc, steps_are_taken_one_at_a_time);
	tcase_add_test(tc, a_proof_is_of_one_session);
	srunner_run_all(run, CK_NORMAL);
	failed = srunner_ntests_failed(run);
	srunner_free(run);
	bytes_out_done(&body);
	return failed != 0;
}
