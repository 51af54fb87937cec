/*
 * Drafts: what a form becomes as bytes and again as a form, hostile bytes, what
 * is sent when, and the files of a window's disk.
 */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/draft_file.h"
#include "client/reply.h"
#include "client/ui/editor.h"
#include "client/ui/keep.h"
#include "tests/unit/lib/fake_hall.h"

static const uint8_t key1[OP_DRAFT_KEY] = "key one.........", key2[OP_DRAFT_KEY] = "key two.........";

/* The reply of draft.take with this content; bound: the hall has received its case. */
static struct reply *taken(const void *content, size_t len, bool bound)
{
	struct bytes_out out;
	bytes_out_init(&out, 0);
	op_put_text(&out, "intake");
	op_put_int8(&out, 11);
	if (bound) {
		op_put_int8(&out, 77);
		op_put_text(&out, "5199-20261123-000123-7");
		op_put_int4(&out, 2);
	} else {
		op_put_null(&out);
		op_put_null(&out);
		op_put_null(&out);
	}
	op_put_int4(&out, 4);
	op_put_bytes(&out, content, len);
	struct reply *r = reply_new(op_by_name("draft.take"), OP_OK, out.p, out.len);
	ck_assert(reply_ok(r));
	bytes_out_done(&out);
	return r;
}

static struct bytes_out drafted(struct screen_about *about)
{
	struct bytes_out out;
	struct screen *form = stack_form(&st, 0);
	bytes_out_init(&out, 0);
	ck_assert_ptr_nonnull(form);
	ck_assert(stack_draft(&st, form, about, &out));
	return out;
}

static void reopen(const struct bytes_out *content, size_t len, bool bound)
{
	struct reply *r = taken(content->p, len, bound);
	stack_reopen(&st, r, key1);
	reply_free(r);
}

/* An intake form with everything in it that can be: a caret in mid-word, a bad field, a note being
 * written, the remark's dialog over it when remark is set. */
static void typed_intake(bool remark)
{
	start_intake("");
	load_intake();
	type("1");
	press(K_DOWN);
	type("3盖章不清");
	press(K_LEFT);
	if (!remark)
		return;
	press(K_F5);
	ck_assert_str_eq(top(), "remark");
	type("周五前");
	press(K_HOME);
}

static void load_again(void)
{
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
}

START_TEST(an_intake_is_opened_again_as_it_was)
{
	for (int remark = 0; remark <= 1; remark++) {
		struct screen_about about;
		begin();
		typed_intake(remark);
		struct bytes_out before = drafted(&about);
		ck_assert_int_eq(about.item_id, 11);
		ck_assert_str_eq(about.title, "张三丰");
		end();

		begin();
		reopen(&before, before.len, false);
		ck_assert_str_eq(top(), remark ? "remark" : "intake");
		/* Not yet loaded it is as whole as afterwards. */
		struct bytes_out early = drafted(&about), late;
		ck_assert_uint_eq(early.len, before.len);
		ck_assert_mem_eq(early.p, before.p, before.len);
		load_again();
		late = drafted(&about);
		ck_assert_uint_eq(late.len, before.len);
		ck_assert_mem_eq(late.p, before.p, before.len);
		const struct screen *form = stack_form(&st, 0);
		ck_assert(form->drafted && memcmp(form->draft, key1, OP_DRAFT_KEY) == 0);
		ck_assert_int_eq(form->revision, 4);
		bytes_out_done(&early);
		bytes_out_done(&late);
		bytes_out_done(&before);
		end();
	}
}
END_TEST

START_TEST(a_form_whose_case_was_received_is_not_received_again)
{
	struct screen_about about;
	begin();
	start_intake("ticks");
	load_intake();
	struct bytes_out before = drafted(&about);
	end();
	begin();
	reopen(&before, before.len, true);
	load_again();
	press(K_F10);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	ck_assert_int_eq(times_asked("notice.preview"), 1);
	ck_assert_int_eq(stack_form(&st, 0)->ops->watch(stack_form(&st, 0)), 77);
	bytes_out_done(&before);
	end();
}
END_TEST

START_TEST(ticks_of_a_case_come_back_beside_a_newer_version)
{
	static const char *const newer[] = {"77", "5199-20261123-000123-7", "3", "correcting", "受理", "5",
	    "食品许可受理", "true", "11", "511A01", "食品经营许可（新办）", "区市监局", "resident",
	    "11010119900307109X", "张三丰", "13800005199", NULL, NULL, NULL, NULL, "2026-11-23 10:00", NULL,
	    NULL, NULL, NULL, "false", "promised", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
	    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
	static const char *const theirs[] = {"1", "申请书", "original", "1", "required", "present", NULL,
	    NULL, "false", "2", "营业执照", "copy", "1", "required", "defective", "盖章", NULL, "true"};
	struct screen_arg arg = {.id = 77};
	struct screen_about about;
	for (int changed = 0; changed <= 1; changed++) {
		begin();
		stack_push(&st, &screen_queue, NULL);
		stack_push(&st, &screen_handle, &arg);
		answer("case.show", 1, case_row);
		answer("case.materials", 2, case_ticks);
		type("3字迹不清");
		struct bytes_out before = drafted(&about);
		ck_assert_int_eq(about.case_id, 77);
		end();

		begin();
		reopen(&before, before.len, true);
		answer("case.materials", 2, changed ? theirs : case_ticks);
		answer("case.show", 1, changed ? newer : case_row);
		if (changed) {
			ck_assert_str_eq(top(), "conflict");
			press(K_F10);
		}
		ck_assert_str_eq(top(), "handle");
		struct bytes_out after = drafted(&about);
		/* Only the version it is typed on differs, and what the row was before. */
		ck_assert(changed || (after.len == before.len && memcmp(after.p, before.p, after.len) == 0));
		ck_assert(memmem(after.p, after.len, "请提交字迹不清", strlen("请提交字迹不清")) != NULL);
		bytes_out_done(&after);
		bytes_out_done(&before);
		end();
	}
}
END_TEST

/* A first contact too: words still looking for their place, and a place chosen. */
START_TEST(a_first_contact_is_opened_again_as_it_was)
{
	static const char *const post[] = {"42", "ga.hj", "户籍证件受理", "2", "区公安分局", "11", "二楼",
	    NULL, NULL, NULL, NULL, NULL, "0", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
	for (int chosen = 0; chosen <= 1; chosen++) {
		struct screen_about about;
		begin();
		stack_push(&st, &screen_queue, NULL);
		stack_push(&st, &screen_visit, NULL);
		ck_assert_ptr_null(kept);
		answer("post.list", 1, post);
		type("问户口");
		press(K_ENTER);
		type("户籍");
		answer("item.find", 0, NULL);
		answer("item.find", 0, NULL);
		if (chosen) {
			press(K_ENTER);
			press(K_ENTER);
			type("请带户口簿");
			press(K_LEFT);
		}
		struct bytes_out before = drafted(&about);
		ck_assert_str_eq(about.title, "问户口");
		end();

		begin();
		stack_push(&st, &screen_queue, NULL);
		reopen(&before, before.len, false);
		ck_assert_str_eq(top(), "visit");
		answer("post.list", 1, post);
		if (!chosen)
			answer("item.find", 0, NULL);
		struct bytes_out after = drafted(&about);
		ck_assert_uint_eq(after.len, before.len);
		ck_assert_mem_eq(after.p, before.p, before.len);
		press(K_F10);
		/* Pointing needs the post's window, which only the list of now can say. */
		ck_assert_int_eq(times_asked("visit.record"), 1);
		ck_assert(kept_dirty);
		ck_assert(stack_keeps(&st));
		answer("visit.record", 1, done);
		ck_assert(!kept_dirty);
		ck_assert_str_eq(top(), "queue");
		bytes_out_done(&after);
		bytes_out_done(&before);
		end();
	}
}
END_TEST

START_TEST(a_draft_cut_at_any_byte_is_not_opened)
{
	struct screen_about about;
	begin();
	typed_intake(true);
	struct bytes_out whole = drafted(&about);
	end();
	size_t form_only = 0;
	begin();
	for (size_t len = 0; len < whole.len; len++) {
		int n = st.n;
		nsent = 0;
		reopen(&whole, len, false);
		if (st.n == n)
			continue;
		/* The form is whole and only the dialog over it is cut. */
		ck_assert_str_eq(top(), "intake");
		form_only++;
		stack_drop(&st, &screen_intake);
	}
	ck_assert_uint_gt(form_only, 0);
	ck_assert_uint_lt(form_only, 120);
	bytes_out_done(&whole);
	end();
}
END_TEST

START_TEST(hostile_bytes_open_nothing_that_breaks)
{
	struct screen_about about;
	begin();
	typed_intake(true);
	struct bytes_out whole = drafted(&about);
	end();
	begin();
	for (size_t at = 0; at < whole.len; at++) {
		for (unsigned bit = 0; bit < 3; bit++) {
			static const uint8_t flips[] = {0x01, 0x80, 0xff};
			whole.p[at] ^= flips[bit];
			nsent = 0;
			reopen(&whole, whole.len, false);
			whole.p[at] ^= flips[bit];
			/* Whatever was opened can be drawn from and saved again. */
			struct screen *form = stack_form(&st, 0);
			struct bytes_out again;
			bytes_out_init(&again, 0);
			if (form != NULL)
				(void)stack_draft(&st, form, &about, &again);
			bytes_out_done(&again);
			while (st.n > 0)
				stack_drop(&st, st.screens[st.n - 1]->ops);
		}
	}
	bytes_out_done(&whole);
	end();
}
END_TEST

START_TEST(no_other_screen_is_opened_by_a_draft)
{
	static const char *const names[] = {"login", "password", "queue", "confirm", "nothing"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct bytes_out out;
		begin();
		bytes_out_init(&out, 0);
		bytes_put_u8(&out, 1);
		keep_text(&out, names[i]);
		bytes_put_u64(&out, 1);
		bytes_put_u32(&out, 0);
		reopen(&out, out.len, false);
		ck_assert_int_eq(st.n, 0);
		ck_assert_int_eq(beeps, 1);
		bytes_out_done(&out);
		end();
	}
}
END_TEST

/* What is only shown of a form was cut to its place by bytes: that must not cost the whole draft. */
START_TEST(a_text_cut_within_a_character_is_kept_without_it)
{
	struct bytes_out out;
	struct bytes_in in;
	char back[32];
	bytes_out_init(&out, 0);
	keep_text(&out, "张\xe4\xb8 · 李\xe4");
	bytes_in_init(&in, out.p, out.len);
	kept_text(&in, back, sizeof back, false);
	ck_assert(bytes_in_done(&in));
	ck_assert_str_eq(back, "张 · 李");
	bytes_out_done(&out);
}
END_TEST

START_TEST(an_editor_keeps_its_caret_and_nothing_it_may_not_hold)
{
	struct editor e, back;
	struct bytes_out out;
	struct bytes_in in;
	editor_init(&e, 10, false);
	editor_set(&e, "张三é丰");
	e.caret = strlen("张三");
	bytes_out_init(&out, 0);
	keep_editor(&out, &e);
	bytes_in_init(&in, out.p, out.len);
	editor_init(&back, 10, false);
	kept_editor(&in, &back);
	ck_assert(bytes_in_done(&in));
	ck_assert_str_eq(back.text, e.text);
	ck_assert_uint_eq(back.caret, e.caret);
	/* Within a character no caret stands; nor is more there than the field takes. */
	out.p[2 + e.len + 1] = 4;
	bytes_in_init(&in, out.p, out.len);
	kept_editor(&in, &back);
	ck_assert(in.bad);
	out.p[2 + e.len + 1] = 6;
	editor_init(&back, 3, false);
	bytes_in_init(&in, out.p, out.len);
	kept_editor(&in, &back);
	ck_assert(in.bad);
	bytes_out_done(&out);
}
END_TEST

START_TEST(the_newest_revision_is_sent_once)
{
	struct drafts d = {NULL};
	struct draft *e = drafts_put(&d, key1, 7, 1, "one", 3);
	ck_assert_ptr_null(drafts_next(&d, 8)); /* another person's session */
	ck_assert_ptr_eq(drafts_next(&d, 7), e);
	e->sent = 1;
	ck_assert_ptr_null(drafts_next(&d, 7));
	ck_assert_ptr_eq(drafts_put(&d, key1, 7, 2, "two", 3), e);
	ck_assert_ptr_null(drafts_next(&d, 7)); /* one under way at a time: they must not overtake */
	ck_assert_int_eq(draft_answered(e, OP_OK, ""), DRAFT_OLDER);
	ck_assert_ptr_eq(drafts_next(&d, 7), e);
	e->sent = 2;
	ck_assert_int_eq(draft_answered(e, OP_OK, ""), DRAFT_SAVED);
	drafts_remove(&d, key1);
	ck_assert(!drafts_busy(&d, 7));
	drafts_done(&d);
}
END_TEST

START_TEST(what_is_not_heard_is_sent_again_and_what_is_refused_is_not)
{
	static const struct {
		unsigned status;
		const char *code;
		enum draft_verdict verdict;
	} rows[] = {
	    {REPLY_LOST, "link.lost", DRAFT_AGAIN},
	    {REPLY_TIMEOUT, "link.timeout", DRAFT_AGAIN},
	    {OP_BUSY, "server.busy", DRAFT_AGAIN},
	    {OP_UNAVAILABLE, "server.unavailable", DRAFT_AGAIN},
	    {OP_NO_SESSION, "session.none", DRAFT_AGAIN},
	    {OP_DENIED, "session.locked", DRAFT_AGAIN},
	    {OP_REFUSED, "draft.ended", DRAFT_ENDED},
	    {OP_REFUSED, "draft.taken", DRAFT_TAKEN},
	    {OP_REFUSED, "draft.many", DRAFT_STUCK},
	    {OP_INVALID, "bytes.long", DRAFT_STUCK},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct drafts d = {NULL};
		struct draft *e = drafts_put(&d, key1, 7, 1, "x", 1);
		e->sent = 1;
		ck_assert_msg(
		    draft_answered(e, rows[i].status, rows[i].code) == rows[i].verdict, "%s", rows[i].code);
		ck_assert(drafts_busy(&d, 7) == (rows[i].verdict != DRAFT_STUCK));
		drafts_done(&d);
	}
}
END_TEST

START_TEST(what_is_held_waits_on_the_disk)
{
	struct drafts d = {NULL};
	drafts_put(&d, key1, 7, 1, "x", 1)->hold = true;
	ck_assert_ptr_null(drafts_next(&d, 7));
	ck_assert(!drafts_busy(&d, 7));
	drafts_go(&d);
	ck_assert_ptr_nonnull(drafts_next(&d, 7));
	drafts_done(&d);
}
END_TEST

static char folder[] = "/tmp/yimen-draft-XXXXXX";
static const uint8_t seal[JOURNAL_KEY] = "the key of this window's journal";

static int files_there(void)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	int n = 0;
	while ((e = readdir(dir)) != NULL)
		n += e->d_name[0] != '.';
	closedir(dir);
	return n;
}

START_TEST(the_disk_has_the_newest_sealed_for_its_owner_only)
{
	uint8_t other[JOURNAL_KEY] = {1};
	struct drafts d = {NULL}, read = {NULL};
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(draft_file_put(folder, seal, drafts_put(&d, key1, 7, 1, "one", 3)), 0);
	ck_assert_int_eq(draft_file_put(folder, seal, drafts_put(&d, key1, 7, 2, "second", 6)), 0);
	ck_assert_int_eq(draft_file_put(folder, seal, drafts_put(&d, key2, 8, 1, "of another", 10)), 0);
	ck_assert_int_eq(files_there(), 2); /* the older one went */
	draft_file_sync(folder);
	ck_assert_int_eq(draft_file_load(folder, other, 7, &read), 0);
	ck_assert_int_eq(draft_file_load(folder, seal, 9, &read), 0);
	ck_assert_int_eq(draft_file_load(folder, seal, 7, &read), 1);
	struct draft *e = drafts_find(&read, key1);
	ck_assert_ptr_nonnull(e);
	ck_assert(e->revision == 2 && e->len == 6 && memcmp(e->body, "second", 6) == 0);
	ck_assert_ptr_null(drafts_find(&read, key2));
	draft_file_drop(folder, key1, 1);
	ck_assert_int_eq(files_there(), 2); /* only what the server has goes */
	draft_file_drop(folder, key1, 2);
	ck_assert_int_eq(files_there(), 1);
	draft_file_drop(folder, key2, INT32_MAX);
	drafts_done(&d);
	drafts_done(&read);
	rmdir(folder);
}
END_TEST

START_TEST(a_damaged_file_is_no_draft)
{
	static char damaged[] = "/tmp/yimen-draft-XXXXXX";
	struct drafts d = {NULL}, read = {NULL};
	char path[512];
	struct stat s;
	ck_assert_ptr_nonnull(mkdtemp(damaged));
	snprintf(path, sizeof path, "%s/draft-6b6579206f6e652e2e2e2e2e2e2e2e2e-1", damaged);
	ck_assert_int_eq(draft_file_put(damaged, seal, drafts_put(&d, key1, 7, 1, "one", 3)), 0);
	ck_assert_int_eq(stat(path, &s), 0);
	ck_assert_int_eq(s.st_mode & 0777, 0600);
	for (off_t at = s.st_size - 1; at >= 0; at--) {
		FILE *f = fopen(path, "r+");
		fseek(f, at, SEEK_SET);
		int c = fgetc(f);
		fseek(f, at, SEEK_SET);
		fputc(c ^ 0x40, f);
		fclose(f);
		ck_assert_msg(draft_file_load(damaged, seal, 7, &read) == 0, "byte %d", (int)at);
		f = fopen(path, "r+");
		fseek(f, at, SEEK_SET);
		fputc(c, f);
		fclose(f);
	}
	ck_assert_int_eq(draft_file_load(damaged, seal, 7, &read), 1);
	for (off_t len = s.st_size - 1; len >= 0; len--) {
		drafts_done(&read);
		ck_assert_int_eq(truncate(path, len), 0);
		ck_assert_int_eq(draft_file_load(damaged, seal, 7, &read), 0);
	}
	draft_file_drop(damaged, key1, 1);
	drafts_done(&d);
	drafts_done(&read);
	ck_assert_int_eq(rmdir(damaged), 0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("draft");
	TCase *t = tcase_create("draft");
	SRunner *r = srunner_create(s);
	int failed;
	setenv("LANGUAGE", "en", 1);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, an_intake_is_opened_again_as_it_was);
	tcase_add_test(t, a_form_whose_case_was_received_is_not_received_again);
	tcase_add_test(t, ticks_of_a_case_come_back_beside_a_newer_version);
	tcase_add_test(t, a_first_contact_is_opened_again_as_it_was);
	tcase_add_test(t, a_draft_cut_at_any_byte_is_not_opened);
	tcase_add_test(t, hostile_bytes_open_nothing_that_breaks);
	tcase_add_test(t, no_other_screen_is_opened_by_a_draft);
	tcase_add_test(t, a_text_cut_within_a_character_is_kept_without_it);
	tcase_add_test(t, an_editor_keeps_its_caret_and_nothing_it_may_not_hold);
	tcase_add_test(t, the_newest_revision_is_sent_once);
	tcase_add_test(t, what_is_not_heard_is_sent_again_and_what_is_refused_is_not);
	tcase_add_test(t, what_is_held_waits_on_the_disk);
	tcase_add_test(t, the_disk_has_the_newest_sealed_for_its_owner_only);
	tcase_add_test(t, a_damaged_file_is_no_draft);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
