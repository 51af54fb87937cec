/* Attachments: what may be read from a scan folder, names made fit, chunk after chunk, files written. */
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/file.h"
#include "client/transfer.h"
#include "common/text.h"

static char folder[64];

static void setup(void)
{
	strcpy(folder, "/tmp/yimen-scan.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_ge(sodium_init(), 0);
}

static void teardown(void)
{
	char command[128];

	snprintf(command, sizeof command, "rm -rf %s", folder);
	ck_assert_int_eq(system(command), 0);
}

static const char *at(const char *name)
{
	static char path[1024];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void put_file(const char *name, const void *bytes, size_t len)
{
	FILE *f = fopen(at(name), "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, len, f), len);
	fclose(f);
}

static void put_text(const char *name, const char *text)
{
	put_file(name, text, strlen(text));
}

/* The code a file is refused with, "" when it is taken. */
static const char *code(const char *name)
{
	struct file_content f;
	struct file_fault fault;

	if (file_load(at(name), &f, &fault) < 0) {
		ck_assert_ptr_null(f.bytes);
		return fault.code;
	}
	file_free(&f);
	return "";
}

START_TEST(what_it_is_shows_in_its_content)
{
	put_text("a.txt", "%PDF-1.4 x %%EOF");
	put_text("b.pdf", "\xff\xd8\xff\xe0 x \xff\xd9");
	put_text("c.pdf", "GIF89a");
	put_text("d.pdf", "%PDF-1.4 half");
	put_text("e.jpg", "\xff\xd8\xff\xe0 half");
	put_text("f.pdf", "");
	put_text("g.pdf", "%");
	ck_assert_str_eq(code("a.txt"), "");
	ck_assert_str_eq(code("b.pdf"), "");
	ck_assert_str_eq(code("c.pdf"), "paper.media");
	ck_assert_str_eq(code("d.pdf"), "paper.cut");
	ck_assert_str_eq(code("e.jpg"), "paper.cut");
	ck_assert_str_eq(code("f.pdf"), "paper.empty");
	ck_assert_str_eq(code("g.pdf"), "paper.media");
}
END_TEST

START_TEST(an_end_far_from_the_end_is_none)
{
	size_t n = 70000;
	uint8_t *bytes = malloc(n);

	memset(bytes, 'x', n);
	memcpy(bytes, "%PDF-1.4 %%EOF", 14);
	put_file("a.pdf", bytes, n);
	memcpy(bytes, "\xff\xd8\xff\xe0 thumbnail \xff\xd9", 17);
	put_file("b.jpg", bytes, n);
	memcpy(bytes + n - 2, "\xff\xd9", 2);
	put_file("c.jpg", bytes, n);
	ck_assert_str_eq(code("a.pdf"), "paper.cut");
	ck_assert_str_eq(code("b.jpg"), "paper.cut");
	ck_assert_str_eq(code("c.jpg"), "");
	free(bytes);
}
END_TEST

START_TEST(what_is_no_file_is_refused_at_once)
{
	put_text("real.pdf", "%PDF-1.4 %%EOF");
	ck_assert_int_eq(mkfifo(at("pipe.pdf"), 0600), 0);
	ck_assert_int_eq(mkdir(at("folder.pdf"), 0700), 0);
	ck_assert_int_eq(symlink("/dev/zero", at("zero.pdf")), 0);
	ck_assert_int_eq(symlink("nowhere", at("broken.pdf")), 0);
	ck_assert_int_eq(symlink("loop.pdf", at("loop.pdf")), 0);
	ck_assert_int_eq(symlink("real.pdf", at("link.pdf")), 0);
	ck_assert_str_eq(code("pipe.pdf"), "file.kind");
	ck_assert_str_eq(code("folder.pdf"), "file.kind");
	ck_assert_str_eq(code("zero.pdf"), "file.kind");
	ck_assert_str_eq(code("broken.pdf"), "file.open");
	ck_assert_str_eq(code("loop.pdf"), "file.open");
	ck_assert_str_eq(code("nothing.pdf"), "file.open");
	ck_assert_str_eq(code("link.pdf"), "");
}
END_TEST

START_TEST(sizes_end_where_they_say)
{
	int fd = open(at("big.pdf"), O_RDWR | O_CREAT, 0600);

	ck_assert_int_eq(pwrite(fd, "%PDF-", 5, 0), 5);
	ck_assert_int_eq(pwrite(fd, "%%EOF", 5, FILE_MAX - 5), 5);
	ck_assert_str_eq(code("big.pdf"), "");
	ck_assert_int_eq(ftruncate(fd, (off_t)FILE_MAX + 1), 0);
	ck_assert_str_eq(code("big.pdf"), "paper.large");
	close(fd);
}
END_TEST

static void name_is(const char *path, const char *want)
{
	char buf[FILE_NAME_BYTES];

	ck_assert_str_eq(file_name(path, buf), want);
	ck_assert_ptr_null(text_check(buf, strlen(buf)));
	ck_assert_uint_le(text_chars(buf, strlen(buf)), FILE_NAME);
}

START_TEST(names_are_made_fit)
{
	char path[2000] = "/x/", want[2000] = "";

	name_is("/scan/身份证.pdf", "身份证.pdf");
	name_is("a\nb\tc\x1b[2J.pdf", "a_b_c_[2J.pdf");
	name_is("x/\xe2\x80\xae"
		"fdp.exe",
	    "_fdp.exe");
	name_is("\xff\xfe.jpg", "__.jpg");
	name_is("/scan/", "scan");
	name_is("   ", "scan");
	for (int i = 0; i < 200; i++)
		strcat(path, "照");
	strcat(path, ".jpeg");
	for (int i = 0; i < FILE_NAME - 6; i++)
		strcat(want, "照");
	strcat(want, "…");
	name_is(path, strcat(want, ".jpeg"));
}
END_TEST

START_TEST(the_newest_comes_first)
{
	struct file_folder f;
	struct file_fault fault;
	struct timespec when[2] = {{0}, {0}};
	char name[32];

	put_text("notes.txt", "x");
	ck_assert_int_eq(mkfifo(at("pipe.pdf"), 0600), 0);
	for (int i = 0; i < 2 * FILE_LISTED + 50; i++) {
		snprintf(name, sizeof name, "%03d.%s", i, i % 2 ? "PDF" : "jpeg");
		put_text(name, "x");
		when[0].tv_sec = when[1].tv_sec = 1000000 + (i * 7919) % 450;
		ck_assert_int_eq(utimensat(AT_FDCWD, at(name), when, 0), 0);
	}
	ck_assert_int_eq(file_list(folder, &f, &fault), 0);
	ck_assert_uint_eq(f.n, FILE_LISTED);
	ck_assert_uint_eq(f.left, FILE_LISTED + 50);
	for (size_t i = 0; i < f.n; i++)
		ck_assert_int_eq(f.list[i].at, 1000000 + 449 - (int64_t)i);
	ck_assert_int_eq(strncmp(f.list[0].path, folder, strlen(folder)), 0);
	file_list_free(&f);
	ck_assert_int_lt(file_list(at("nowhere"), &f, &fault), 0);
	ck_assert_str_eq(fault.code, "file.folder");
}
END_TEST

static void saved_as(const char *name, const char *media, const char *want)
{
	char path[FILE_PATH];
	struct file_fault fault;
	struct stat st;

	ck_assert_int_eq(file_save(folder, name, media, "12345", 5, path, &fault), 0);
	ck_assert_str_eq(path, at(want));
	ck_assert_int_eq(lstat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0600);
	ck_assert_int_eq(st.st_size, 5);
}

START_TEST(a_name_of_the_hall_stays_in_its_folder)
{
	struct file_fault fault;
	char path[FILE_PATH];

	ck_assert_int_eq(symlink("/tmp/yimen-no-such-target", at("link.pdf")), 0);
	saved_as("身份证.pdf", "pdf", "身份证.pdf");
	saved_as("身份证.pdf", "pdf", "身份证-2.pdf");
	saved_as("../../etc/passwd", "pdf", "passwd.pdf");
	saved_as("..", "pdf", "_..pdf");
	saved_as("-rf.pdf", "jpeg", "_rf.jpg");
	saved_as("a;b|c$(d).jpg", "jpeg", "a_b_c_(d).jpg");
	saved_as("link.pdf", "pdf", "link-2.pdf");
	saved_as(".pdf", "pdf", "_pdf.pdf");
	ck_assert_int_lt(file_save(at("nowhere"), "x", "pdf", "1", 1, path, &fault), 0);
	ck_assert_str_eq(fault.code, "file.write");
}
END_TEST

START_TEST(a_private_folder_goes_with_its_files)
{
	struct file_fault fault;
	char path[FILE_PATH], file[FILE_PATH];
	struct stat st;

	ck_assert_int_eq(file_private(folder, path, &fault), 0);
	ck_assert_str_eq(path, at("view"));
	ck_assert_int_eq(file_save(path, "left", "pdf", "x", 1, file, &fault), 0);
	ck_assert_int_eq(file_private(folder, path, &fault), 0); /* again, after a run that died */
	ck_assert_int_lt(stat(file, &st), 0);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0700);
	ck_assert_int_eq(file_save(path, "a", "pdf", "x", 1, file, &fault), 0);
	file_private_done(path);
	ck_assert_int_lt(stat(path, &st), 0);
	file_private_done("");
	ck_assert_int_eq(symlink("/tmp", at("view")), 0);
	ck_assert_int_lt(file_private(folder, path, &fault), 0);
	ck_assert_str_eq(path, "");
}
END_TEST

/* A hall in miniature: it keeps chunks as rule.take_chunk() does. */
struct hall {
	uint8_t bytes[4 * OP_PAPER_CHUNK];
	int32_t next;
	int lose; /* answers to lose from here */
};

static struct reply *put_row(bool whole, int32_t next, int32_t chunks)
{
	struct bytes_out out;
	struct reply *r;

	bytes_out_init(&out, 0);
	if (whole)
		op_put_int8(&out, 77);
	else
		op_put_null(&out);
	op_put_int4(&out, next);
	op_put_int4(&out, chunks);
	r = reply_new(op_by_name("paper.put"), OP_OK, out.p, out.len);
	bytes_out_done(&out);
	return r;
}

static struct reply *refusal(const char *code)
{
	return reply_local(op_by_name("paper.put"), OP_REFUSED, code);
}

static struct reply *hall_takes(struct hall *h, const struct upload *u)
{
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault = {0};
	struct bytes_out out;
	struct bytes_in in;
	struct reply *r;
	int32_t chunks = (int32_t)((u->len + OP_PAPER_CHUNK - 1) / OP_PAPER_CHUNK);

	bytes_out_init(&out, 0);
	upload_request(u, &out);
	bytes_in_init(&in, out.p, out.len);
	ck_assert_int_eq(op_decode_in(op_by_name("paper.put"), &in, v, &fault), 0);
	ck_assert_int_eq(op_int(&v[0]), 5);
	ck_assert_int_eq(op_int(&v[2]), (int64_t)u->len);
	if (!v[6].null) {
		int32_t no = (int32_t)op_int(&v[5]);

		if (no > h->next) {
			bytes_out_done(&out);
			return refusal("paper.gap");
		}
		if (no == h->next || memcmp(h->bytes + no * OP_PAPER_CHUNK, v[6].data, v[6].len) != 0) {
			memcpy(h->bytes + no * OP_PAPER_CHUNK, v[6].data, v[6].len);
			h->next = no + 1;
		}
	}
	if (h->next == chunks && memcmp(h->bytes, u->bytes, u->len) != 0) {
		h->next--;
		r = refusal("paper.hash");
	} else {
		r = put_row(h->next == chunks, h->next, chunks);
	}
	bytes_out_done(&out);
	return r;
}

/* Sends until the end; every lose-th answer is lost. */
static enum transfer_verdict send_all(struct hall *h, struct upload *u, int *sent)
{
	enum transfer_verdict v = TRANSFER_GO;

	for (*sent = 0; v == TRANSFER_GO || v == TRANSFER_WAIT; ++*sent) {
		struct reply *r = hall_takes(h, u);

		ck_assert_int_lt(*sent, 100);
		if (h->lose > 0 && *sent % h->lose == h->lose - 1) {
			reply_free(r);
			r = reply_new(op_by_name("paper.put"), REPLY_LOST, NULL, 0);
		}
		v = upload_reply(u, r);
		reply_free(r);
	}
	return v;
}

static uint8_t content[3 * OP_PAPER_CHUNK + 7];
static uint8_t hash[32];

static void make_content(void)
{
	for (size_t i = 0; i < sizeof content; i++)
		content[i] = (uint8_t)(i * 31 + i / 251);
	crypto_hash_sha256(hash, content, sizeof content);
}

START_TEST(an_upload_goes_on_from_what_is_there)
{
	static struct hall h;
	struct upload u;
	int sent;

	make_content();
	for (int there = 0; there < 4; there++)
		for (int lose = 0; lose < 5; lose++) {
			if (lose == 1)
				continue; /* nothing ever arrives */
			h = (struct hall){.next = there, .lose = lose};
			memcpy(h.bytes, content, (size_t)there * OP_PAPER_CHUNK);
			upload_init(&u, content, sizeof content, hash, "a.pdf", 5, 2);
			ck_assert_int_eq(send_all(&h, &u, &sent), TRANSFER_DONE);
			ck_assert_int_eq(u.paper_id, 77);
			ck_assert_int_eq(upload_percent(&u), 100);
			if (lose == 0)
				ck_assert_int_eq(sent, 1 + 4 - there);
		}
}
END_TEST

START_TEST(other_bytes_left_there_are_sent_over)
{
	static struct hall h;
	struct upload u;
	int sent;

	make_content();
	h = (struct hall){.next = 3};
	memcpy(h.bytes, content, 3 * OP_PAPER_CHUNK);
	h.bytes[OP_PAPER_CHUNK] ^= 1;
	upload_init(&u, content, sizeof content, hash, "a.pdf", 5, 0);
	ck_assert_int_eq(send_all(&h, &u, &sent), TRANSFER_DONE);
	ck_assert_int_eq(sent, 1 + 1 + 4); /* asked, the last, then all of them */
	/* A hash that is never right ends it: */
	content[0] ^= 1;
	h = (struct hall){.next = 0};
	upload_init(&u, content, sizeof content, hash, "a.pdf", 5, 0);
	for (int i = 0; i < 2; i++) {
		struct reply *r = refusal("paper.hash");

		ck_assert_int_eq(upload_reply(&u, r), i == 0 ? TRANSFER_GO : TRANSFER_FAILED);
		reply_free(r);
	}
}
END_TEST

START_TEST(answers_that_make_no_sense_end_it)
{
	struct upload u;
	struct reply *r;

	make_content();
	for (int i = 0; i < 3; i++) {
		upload_init(&u, content, sizeof content, hash, "a.pdf", 5, 0);
		r = put_row(false, (int32_t[]){-1, 4, INT32_MAX}[i], 4);
		ck_assert_int_eq(upload_reply(&u, r), TRANSFER_FAILED);
		reply_free(r);
	}
	r = refusal("paper.media");
	ck_assert_int_eq(upload_reply(&u, r), TRANSFER_FAILED);
	reply_free(r);
	r = reply_local(op_by_name("paper.put"), OP_BUSY, "server.busy");
	ck_assert_int_eq(upload_reply(&u, r), TRANSFER_WAIT);
	ck_assert_int_eq(u.next, -1);
	reply_free(r);
}
END_TEST

static struct reply *got(int32_t no, int32_t size, const uint8_t *sha256, size_t len)
{
	struct bytes_out out;
	struct reply *r;

	bytes_out_init(&out, 0);
	op_put_int4(&out, no);
	op_put_int4(&out, 4);
	op_put_int8(&out, 5);
	op_put_text(&out, "a.pdf");
	op_put_text(&out, "pdf");
	op_put_int4(&out, size);
	op_put_bytes(&out, sha256, 32);
	op_put_bytes(&out, content + (size_t)no * OP_PAPER_CHUNK, len);
	r = reply_new(op_by_name("paper.get"), OP_OK, out.p, out.len);
	bytes_out_done(&out);
	return r;
}

static enum transfer_verdict get_all(int32_t size, const uint8_t *sha256, int32_t wrong)
{
	struct download d;
	enum transfer_verdict v = TRANSFER_GO;

	download_init(&d, 77);
	for (int32_t no = 0; v == TRANSFER_GO; no++) {
		size_t left = sizeof content - (size_t)no * OP_PAPER_CHUNK;
		struct reply *r =
		    got(no == wrong ? 0 : no, size, sha256, left < OP_PAPER_CHUNK ? left : OP_PAPER_CHUNK);

		v = download_reply(&d, r);
		reply_free(r);
	}
	if (v == TRANSFER_DONE)
		ck_assert_mem_eq(d.bytes, content, sizeof content);
	else
		ck_assert_str_eq(d.code, "paper.hash");
	download_done(&d);
	return v;
}

START_TEST(what_is_got_has_its_hash)
{
	uint8_t other[32] = {0};

	make_content();
	ck_assert_int_eq(get_all(sizeof content, hash, -1), TRANSFER_DONE);
	ck_assert_int_eq(get_all(sizeof content, other, -1), TRANSFER_FAILED);
	ck_assert_int_eq(get_all(sizeof content, hash, 2), TRANSFER_FAILED);
	ck_assert_int_eq(get_all(sizeof content - 1, hash, -1), TRANSFER_FAILED);
	ck_assert_int_eq(get_all(0, hash, -1), TRANSFER_FAILED);
	ck_assert_int_eq(get_all(INT32_MAX, hash, -1), TRANSFER_FAILED);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("attach");
	TCase *t = tcase_create("files"), *c = tcase_create("chunks");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, what_it_is_shows_in_its_content);
	tcase_add_test(t, an_end_far_from_the_end_is_none);
	tcase_add_test(t, what_is_no_file_is_refused_at_once);
	tcase_add_test(t, sizes_end_where_they_say);
	tcase_add_test(t, names_are_made_fit);
	tcase_add_test(t, the_newest_comes_first);
	tcase_add_test(t, a_name_of_the_hall_stays_in_its_folder);
	tcase_add_test(t, a_private_folder_goes_with_its_files);
	tcase_add_test(c, an_upload_goes_on_from_what_is_there);
	tcase_add_test(c, other_bytes_left_there_are_sent_over);
	tcase_add_test(c, answers_that_make_no_sense_end_it);
	tcase_add_test(c, what_is_got_has_its_hash);
	suite_add_tcase(s, t);
	suite_add_tcase(s, c);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
