/* Subscriptions, and who may stand at the door. */
#include <check.h>
#include <string.h>

#include "server/core/admit.h"
#include "server/core/subs.h"

static struct subs subs;

/* How many hear of it. */
static size_t hear(int64_t case_id, int64_t post_id)
{
	size_t n = 0;

	for (size_t i = 0; i < subs.count; i++)
		n += sub_hears(&subs.list[i], case_id, post_id);
	return n;
}

START_TEST(posts_cases_and_all)
{
	static const int64_t posts[] = {30, 10, 20}, cases[] = {7, 5};

	subs_init(&subs);
	ck_assert_int_eq(subs_set(&subs, 1, 11, false, posts, 3, NULL, 0), 0);
	ck_assert_int_eq(subs_set(&subs, 2, 12, false, NULL, 0, cases, 2), 0);
	ck_assert_int_eq(subs_set(&subs, 3, 13, true, NULL, 0, NULL, 0), 0);
	ck_assert_uint_eq(hear(1, 99), 1);
	ck_assert_uint_eq(hear(1, 20), 2);
	ck_assert_uint_eq(hear(5, 99), 2);
	ck_assert_uint_eq(hear(7, 10), 3);
	ck_assert_uint_eq(hear(20, 5), 1); /* a case is no post */
	ck_assert_uint_eq(hear(0, 0), 1);  /* no case, no post */
	subs_done(&subs);
}
END_TEST

START_TEST(a_new_one_replaces_the_old)
{
	static const int64_t a[] = {1}, b[] = {2};

	subs_init(&subs);
	ck_assert_int_eq(subs_set(&subs, 1, 11, false, a, 1, a, 1), 0);
	ck_assert_int_eq(subs_set(&subs, 1, 12, false, b, 1, b, 1), 0);
	ck_assert_uint_eq(subs.count, 1);
	ck_assert_uint_eq(subs.list[0].request, 12);
	ck_assert_uint_eq(hear(1, 1), 0);
	ck_assert_uint_eq(hear(2, 0), 1);
	subs_done(&subs);
}
END_TEST

START_TEST(what_is_asked_for_holds_at_once)
{
	static const int64_t posts[] = {3}, a[] = {5}, b[] = {6};

	subs_init(&subs);
	ck_assert_int_eq(subs_watch(&subs, 1, 11, false, a, 1), 0); /* its posts are not known yet */
	ck_assert_uint_eq(hear(5, 0), 1);
	ck_assert_uint_eq(hear(0, 3), 0);
	ck_assert_int_eq(subs_set(&subs, 1, 11, false, posts, 1, a, 1), 0);
	ck_assert_int_eq(subs_watch(&subs, 1, 12, false, b, 1), 0);
	ck_assert_uint_eq(subs.count, 1);
	ck_assert_uint_eq(subs.list[0].request, 12);
	ck_assert_uint_eq(hear(0, 3), 1);
	ck_assert_uint_eq(hear(6, 0), 1);
	ck_assert_uint_eq(hear(5, 0), 0);
	subs_done(&subs);
}
END_TEST

START_TEST(renewing_posts_keeps_cases)
{
	static const int64_t posts[] = {1, 2}, cases[] = {5, 6}, fresh[] = {3};

	subs_init(&subs);
	ck_assert_int_eq(subs_set(&subs, 1, 11, false, posts, 2, cases, 2), 0);
	ck_assert_int_eq(subs_renew(&subs, 1, fresh, 1), 0);
	ck_assert_int_eq(subs_renew(&subs, 9, fresh, 1), 0); /* nobody's */
	ck_assert_uint_eq(subs.count, 1);
	ck_assert_uint_eq(hear(0, 1), 0);
	ck_assert_uint_eq(hear(0, 3), 1);
	ck_assert_uint_eq(hear(6, 0), 1);
	ck_assert_uint_eq(subs.list[0].request, 11);
	subs_done(&subs);
}
END_TEST

/* A post changed hands: whom it concerns, and who was a supervisor (SEC-3). */
START_TEST(a_lost_post_narrows_what_one_hears)
{
	static const int64_t posts[] = {1, 2}, cases[] = {5};

	subs_init(&subs);
	ck_assert_int_eq(subs_set(&subs, 1, 11, true, posts, 2, cases, 1), 0);
	ck_assert(subs_concerned(&subs, 1, 2));
	ck_assert(!subs_concerned(&subs, 1, 5)); /* a case, no post */
	ck_assert(!subs_concerned(&subs, 1, 3)); /* although it hears of everything */
	ck_assert(subs_concerned(&subs, 9, 3));  /* nobody knows what this one holds */
	ck_assert_uint_eq(hear(0, 3), 1);
	subs_narrow(&subs, 9);
	ck_assert_uint_eq(hear(0, 3), 1);
	subs_narrow(&subs, 1);
	ck_assert_uint_eq(hear(0, 3), 0);
	ck_assert_uint_eq(hear(0, 2), 1);
	ck_assert_uint_eq(hear(5, 0), 1);
	subs_done(&subs);
}
END_TEST

START_TEST(dropping_one_leaves_the_others)
{
	subs_init(&subs);
	for (uint64_t i = 1; i <= 100; i++) {
		int64_t post = (int64_t)i;

		ck_assert_int_eq(subs_set(&subs, i, 1, false, &post, 1, NULL, 0), 0);
	}
	for (uint64_t i = 1; i <= 100; i += 2)
		subs_drop(&subs, i);
	subs_drop(&subs, 1000);
	ck_assert_uint_eq(subs.count, 50);
	for (int64_t i = 1; i <= 100; i++)
		ck_assert_uint_eq(hear(0, i), (size_t)(i % 2 == 0));
	subs_done(&subs);
}
END_TEST

static const uint8_t here[16] = {127, 0, 0, 1}, there[16] = {10, 1, 1, 1}, yonder[16] = {10, 1, 1, 2};

START_TEST(a_full_door_drops_the_oldest_after_its_moment)
{
	struct admit a;
	uint64_t victim;

	admit_init(&a, 3, 8);
	for (uint64_t i = 1; i <= 3; i++) {
		ck_assert_int_eq(admit_room(&a, 100 * i, &victim), ADMIT_ENTER);
		admit_enter(&a, i, here, true, 100 * i);
	}
	ck_assert_int_eq(admit_room(&a, 400, &victim), ADMIT_WAIT);
	ck_assert_int_eq(admit_room(&a, 100 + ADMIT_GRACE_MS, &victim), ADMIT_DROP);
	ck_assert_uint_eq(victim, 1);
	admit_leave(&a, 2); /* became known */
	ck_assert_int_eq(admit_room(&a, 400, &victim), ADMIT_ENTER);
	admit_leave(&a, 2);
	ck_assert_uint_eq(a.count, 2);
}
END_TEST

START_TEST(one_address_cannot_fill_the_door)
{
	struct admit a;

	admit_init(&a, ADMIT_MAX, 2);
	admit_enter(&a, 1, there, false, 1);
	ck_assert_int_eq(admit_source(&a, there, false), ADMIT_ENTER);
	admit_enter(&a, 2, there, false, 2);
	ck_assert_int_eq(admit_source(&a, there, false), ADMIT_CLOSE);
	ck_assert_int_eq(admit_source(&a, yonder, false), ADMIT_ENTER);
	admit_enter(&a, 3, here, true, 3);
	admit_enter(&a, 4, here, true, 4);
	ck_assert_int_eq(admit_source(&a, here, true), ADMIT_ENTER);
	admit_leave(&a, 1);
	ck_assert_int_eq(admit_source(&a, there, false), ADMIT_ENTER);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("subs");
	TCase *tc = tcase_create("subs");
	SRunner *run = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tc);
	tcase_add_test(tc, posts_cases_and_all);
	tcase_add_test(tc, a_new_one_replaces_the_old);
	tcase_add_test(tc, what_is_asked_for_holds_at_once);
	tcase_add_test(tc, renewing_posts_keeps_cases);
	tcase_add_test(tc, a_lost_post_narrows_what_one_hears);
	tcase_add_test(tc, dropping_one_leaves_the_others);
	tcase_add_test(tc, a_full_door_drops_the_oldest_after_its_moment);
	tcase_add_test(tc, one_address_cannot_fill_the_door);
	srunner_run_all(run, CK_NORMAL);
	failed = srunner_ntests_failed(run);
	srunner_free(run);
	return failed != 0;
}
