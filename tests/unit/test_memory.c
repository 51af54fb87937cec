/*
 * Memory that runs out: every way of growing fails as a value, keeps what it had
 * and leaks nothing. The sanitizer's allocator refuses blocks above 1 MiB here.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "common/bytes.h"
#include "common/frame.h"
#include "common/op.h"

const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1:max_allocation_size_mb=1";
}

enum { MIB = 1024 * 1024 };
static uint8_t big[2 * MIB];

START_TEST(the_allocator_refuses_here)
{
	volatile size_t size = 2 * MIB; /* or the compiler answers instead */
	void *p = malloc(size);

	ck_assert_ptr_null(p);
	free(p);
}
END_TEST

START_TEST(bytes_that_cannot_grow_keep_what_they_had)
{
	struct bytes_out out;

	bytes_out_init(&out, 0);
	bytes_put_u32(&out, 0xdeadbeef);
	bytes_put(&out, big, sizeof(big));
	ck_assert(out.bad);
	ck_assert_uint_eq(out.len, 4);
	ck_assert_uint_eq(bytes_load_u32(out.p), 0xdeadbeef);
	bytes_put_u8(&out, 1);
	ck_assert_uint_eq(out.len, 4);
	bytes_out_reset(&out);
	bytes_put_u8(&out, 1);
	ck_assert(!out.bad && out.len == 1);
	bytes_out_done(&out);

	bytes_out_init(&out, 0); /* refused at the very first */
	bytes_put(&out, big, sizeof(big));
	ck_assert(out.bad && out.p == NULL && out.len == 0);
	bytes_set_u32(&out, 0, 1);
	bytes_out_done(&out);
}
END_TEST

START_TEST(lengths_are_compared_before_arithmetic)
{
	struct bytes_out out;
	struct bytes_in in;

	bytes_out_init(&out, 0);
	bytes_put_u8(&out, 1);
	bytes_put(&out, big, SIZE_MAX);
	ck_assert(out.bad && out.len == 1);
	bytes_out_done(&out);
	bytes_out_init(&out, 16);
	bytes_put_u8(&out, 1);
	bytes_put(&out, big, SIZE_MAX - 1);
	ck_assert(out.bad && out.len == 1);
	bytes_out_reset(&out);
	op_put_bytes(&out, big, (size_t)UINT32_MAX);
	ck_assert(out.bad);
	bytes_out_done(&out);
	bytes_in_init(&in, big, 8);
	ck_assert_ptr_nonnull(bytes_get(&in, 1));
	ck_assert_ptr_null(bytes_get(&in, SIZE_MAX));
	ck_assert(in.bad);
}
END_TEST

START_TEST(a_stream_that_cannot_be_held_is_refused)
{
	struct frame_in in;
	struct frame f;
	struct bytes_out one;
	size_t begun;

	frame_in_init(&in, FRAME_MAX);
	bytes_out_init(&one, 0);
	begun = frame_begin(&one, 1, 0, 9);
	frame_end(&one, begun);
	ck_assert_int_eq(frame_in_feed(&in, one.p, one.len), 0);
	ck_assert_int_eq(frame_in_feed(&in, big, sizeof(big)), -1);
	/* What was whole before is still there. */
	ck_assert_int_eq(frame_in_next(&in, &f), 1);
	ck_assert_uint_eq(f.request, 9);
	frame_in_done(&in);
	bytes_out_done(&one);
}
END_TEST

START_TEST(a_half_frame_that_cannot_be_encoded_ends_quietly)
{
	struct bytes_out out;
	size_t begun, array;

	bytes_out_init(&out, 0);
	begun = frame_begin(&out, 1, 0, 9);
	array = op_array_begin(&out);
	op_put_bytes(&out, big, sizeof(big));
	op_array_end(&out, array, 1);
	frame_end(&out, begun);
	ck_assert(out.bad);
	ck_assert_uint_le(out.len, FRAME_HEADER + 12);
	bytes_out_done(&out);
}
END_TEST

START_TEST(a_handed_out_buffer_is_given_back)
{
	struct frame_in in;
	struct frame f;
	uint8_t head[FRAME_HEADER] = {0, 0, 0, 1};

	frame_in_init(&in, FRAME_MAX);
	for (int i = 0; i < 1000; i++) {
		ck_assert_int_eq(frame_in_feed(&in, head, sizeof(head)), 0);
		ck_assert_int_eq(frame_in_next(&in, &f), 0);
		ck_assert_int_eq(frame_in_feed(&in, "x", 1), 0);
		ck_assert_int_eq(frame_in_next(&in, &f), 1);
		ck_assert_int_eq(f.payload[0], 'x');
		ck_assert_int_eq(frame_in_next(&in, &f), 0);
		ck_assert_ptr_null(in.buf.p); /* an idle window holds no buffer */
	}
	frame_in_done(&in);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("memory");
	TCase *t = tcase_create("memory");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, t);
	tcase_add_test(t, the_allocator_refuses_here);
	tcase_add_test(t, bytes_that_cannot_grow_keep_what_they_had);
	tcase_add_test(t, lengths_are_compared_before_arithmetic);
	tcase_add_test(t, a_stream_that_cannot_be_held_is_refused);
	tcase_add_test(t, a_half_frame_that_cannot_be_encoded_ends_quietly);
	tcase_add_test(t, a_handed_out_buffer_is_given_back);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
