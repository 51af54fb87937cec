/* The state folder: what is on disk before a write is sent, and after a run died (architecture 12). */
#include <check.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/journal.h"
#include "common/bytes.h"

static char dir[64];
static char error[256];
static const uint8_t secret[JOURNAL_KEY] = "a key the hall gives at login..";
static const uint8_t other[JOURNAL_KEY] = "another key that opens nothing.";

static void make_dir(void)
{
	snprintf(dir, sizeof(dir), "/tmp/yimen-journal.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void remove_dir(void)
{
	(void)nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static struct journal *opened(void)
{
	struct journal *j = journal_open(dir, error, sizeof(error));

	ck_assert_msg(j != NULL, "%s", error);
	ck_assert_int_eq(journal_lock(j, true, 0, error, sizeof(error)), 0xff);
	return j;
}

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

/* A payload as the outbox makes it: its key in front. */
static void put(struct journal *j, const struct op_key *key, const char *text)
{
	struct bytes_out out;

	bytes_out_init(&out, 0);
	op_encode_key(&out, key);
	bytes_put(&out, text, strlen(text));
	ck_assert_int_eq(journal_put(j, secret, key, 0x0400, 42, out.p, out.len), 0);
	bytes_out_done(&out);
}

START_TEST(an_entry_outlives_its_run)
{
	struct op_key key = {.epoch = 9, .slot = 3, .seq = 17};
	struct journal_entry e;
	struct journal *j = opened();

	ck_assert_int_eq(journal_set_epoch(j, 9), 0);
	put(j, &key, "张三丰 13800001234");
	journal_close(j); /* as kill -9 leaves it */
	j = opened();
	ck_assert_uint_eq(journal_epoch(j), 9);
	ck_assert(journal_slot(j, 3)->pending);
	ck_assert_uint_eq(journal_slot(j, 3)->epoch, 9);
	ck_assert_uint_eq(journal_slot(j, 3)->seq, 16);
	ck_assert_uint_eq(journal_slot(j, 3)->key.seq, 17);
	ck_assert(!journal_slot(j, 2)->pending);
	ck_assert_int_eq(journal_get(j, secret, 3, &e), 0);
	ck_assert_uint_eq(e.op, 0x0400);
	ck_assert_int_eq(e.staff_id, 42);
	ck_assert_uint_eq(e.len, OP_KEY_BYTES + strlen("张三丰 13800001234"));
	ck_assert_mem_eq(e.payload + OP_KEY_BYTES, "张三丰 13800001234", e.len - OP_KEY_BYTES);
	journal_entry_done(&e);
	journal_close(j);
}
END_TEST

START_TEST(after_the_answer_nothing_is_left)
{
	struct op_key key = {.epoch = 9, .slot = 0, .seq = 1};
	struct journal *j = opened();
	struct stat st;

	put(j, &key, "secret");
	ck_assert_int_eq(journal_drop(j, &key), 0);
	journal_close(j);
	ck_assert_int_eq(stat(path_of("slot-0"), &st), 0);
	ck_assert_int_le(st.st_size, 512);
	j = opened();
	ck_assert(!journal_slot(j, 0)->pending);
	ck_assert_uint_eq(journal_slot(j, 0)->seq, 1);
	journal_close(j);
}
END_TEST

START_TEST(nothing_is_readable_without_the_key)
{
	struct op_key key = {.epoch = 9, .slot = 0, .seq = 1};
	struct journal *j = opened();
	struct journal_entry e;
	struct stat st;
	char bytes[4096];
	ssize_t n;
	int fd;

	put(j, &key, "110101199003070011");
	ck_assert_int_eq(journal_get(j, other, 0, &e), -1);
	fd = open(path_of("slot-0"), O_RDONLY);
	n = read(fd, bytes, sizeof(bytes));
	close(fd);
	ck_assert_int_gt(n, 512);
	ck_assert_ptr_null(memmem(bytes, (size_t)n, "110101199003070011", 18));
	ck_assert_int_eq(stat(path_of("slot-0"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	ck_assert_int_eq(stat(dir, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	journal_close(j);
}
END_TEST

/* Wherever a power cut left the file, it is read as before, as damaged, or not at all. */
START_TEST(a_torn_entry_is_never_taken_for_a_whole_one)
{
	struct op_key key = {.epoch = 9, .slot = 1, .seq = 5};
	struct journal *j = opened();
	struct journal_entry e;
	struct stat st;

	ck_assert_int_eq(journal_set_epoch(j, 9), 0);
	put(j, &key, "one two three");
	journal_close(j);
	ck_assert_int_eq(stat(path_of("slot-1"), &st), 0);
	for (off_t cut = st.st_size - 1; cut >= 0; cut -= 7) {
		ck_assert_int_eq(truncate(path_of("slot-1"), cut), 0);
		j = opened();
		ck_assert_int_eq(journal_get(j, secret, 1, &e), -1);
		/* A damaged header has lost its keys: the folder needs a new epoch. */
		if (cut > 0)
			ck_assert(journal_slot(j, 1)->pending || journal_epoch(j) == 0);
		journal_close(j);
	}
}
END_TEST

START_TEST(a_changed_byte_is_noticed)
{
	struct op_key key = {.epoch = 9, .slot = 1, .seq = 5};
	struct journal *j = opened();
	struct journal_entry e;
	struct stat st;

	ck_assert_int_eq(journal_set_epoch(j, 9), 0);
	put(j, &key, "one two three");
	journal_close(j);
	ck_assert_int_eq(stat(path_of("slot-1"), &st), 0);
	for (off_t at = 0; at < st.st_size; at++) {
		int fd = open(path_of("slot-1"), O_RDWR);
		uint8_t byte, bad, head[79];
		bool padding = at >= 79 && at < 512;

		ck_assert_int_eq(pread(fd, head, sizeof(head), 0), sizeof(head));
		ck_assert_int_eq(pread(fd, &byte, 1, at), 1);
		bad = byte ^ 0x10;
		ck_assert_int_eq(pwrite(fd, &bad, 1, at), 1);
		j = opened();
		if (!padding)
			ck_assert_msg(journal_get(j, secret, 1, &e) == -1, "byte %ld", (long)at);
		journal_close(j);
		/* A damaged header was made new: put the old one back as well. */
		ck_assert_int_eq(pwrite(fd, head, sizeof(head), 0), sizeof(head));
		ck_assert_int_eq(pwrite(fd, &byte, 1, at), 1);
		close(fd);
	}
}
END_TEST

START_TEST(an_entry_cannot_be_moved_to_another_slot)
{
	struct op_key key = {.epoch = 9, .slot = 1, .seq = 5};
	struct journal *j = opened();
	struct journal_entry e;
	char from[128];

	put(j, &key, "one two three");
	journal_close(j);
	snprintf(from, sizeof(from), "%s", path_of("slot-1"));
	ck_assert_int_eq(rename(from, path_of("slot-2")), 0);
	j = opened();
	ck_assert_int_eq(journal_get(j, secret, 2, &e), -1);
	ck_assert_int_eq(journal_get(j, secret, 1, &e), -1);
	journal_close(j);
}
END_TEST

START_TEST(a_lost_slot_file_costs_the_epoch)
{
	struct journal *j = opened();

	ck_assert_int_eq(journal_set_epoch(j, 9), 0);
	journal_close(j);
	ck_assert_int_eq(unlink(path_of("slot-4")), 0);
	j = opened();
	ck_assert_uint_eq(journal_epoch(j), 0);
	journal_close(j);
}
END_TEST

/* Locks are per process: a child asks. Its exit code is what journal_lock said. */
static int lock_in_child(bool all, int wanted)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct journal *j = journal_open(dir, error, sizeof(error));
		int bits = j != NULL ? journal_lock(j, all, wanted, error, sizeof(error)) : -1;

		_exit(bits & 0xff);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WEXITSTATUS(status);
}

START_TEST(slots_are_shared_out)
{
	struct op_key key = {.epoch = 9, .slot = 6, .seq = 1};
	struct journal *j = opened();

	ck_assert_int_eq(lock_in_child(true, 0), 0xff); /* −1: a window is alone with its folder */
	put(j, &key, "left by a run that died");
	journal_close(j);
	/* A reader takes only what was left; a writer a free slot besides. */
	ck_assert_int_eq(lock_in_child(false, 0), 1 << 6);
	ck_assert_int_eq(lock_in_child(false, 1), 1 << 6 | 1 << 0);
	j = journal_open(dir, error, sizeof(error));
	ck_assert_int_eq(journal_lock(j, false, 1, error, sizeof(error)), 1 << 6 | 1 << 0);
	ck_assert_int_eq(lock_in_child(false, 2), 1 << 1 | 1 << 2);
	ck_assert_int_eq(lock_in_child(false, 0), 0);
	journal_close(j);
}
END_TEST

START_TEST(a_new_epoch_starts_the_keys_afresh)
{
	struct op_key key = {.epoch = 9, .slot = 0, .seq = 12};
	struct journal *j = opened();

	put(j, &key, "x");
	ck_assert_int_eq(journal_drop(j, &key), 0);
	key = (struct op_key){.epoch = 10, .slot = 0, .seq = 1};
	put(j, &key, "y");
	journal_close(j);
	j = opened();
	ck_assert_uint_eq(journal_slot(j, 0)->epoch, 10);
	ck_assert_uint_eq(journal_slot(j, 0)->seq, 0);
	journal_close(j);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("journal");
	TCase *t = tcase_create("folder");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_checked_fixture(t, make_dir, remove_dir);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, an_entry_outlives_its_run);
	tcase_add_test(t, after_the_answer_nothing_is_left);
	tcase_add_test(t, nothing_is_readable_without_the_key);
	tcase_add_test(t, a_torn_entry_is_never_taken_for_a_whole_one);
	tcase_add_test(t, a_changed_byte_is_noticed);
	tcase_add_test(t, an_entry_cannot_be_moved_to_another_slot);
	tcase_add_test(t, a_lost_slot_file_costs_the_epoch);
	tcase_add_test(t, slots_are_shared_out);
	tcase_add_test(t, a_new_epoch_starts_the_keys_afresh);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
