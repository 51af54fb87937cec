/*
 * Printers by their settings, lines by their width, and what the threads that print promise: a
 * printer that is held up keeps nobody waiting but its own papers, and leaving takes seconds.
 */
#include <check.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/app_press.h"
#include "client/print/text.h"
#include "client/ui/lang.h"

static struct printers all;
static char error[512];

static bool add(const char *setting)
{
	return printers_add(&all, setting, error, sizeof error);
}

START_TEST(printers_are_what_the_settings_say)
{
	memset(&all, 0, sizeof all);
	ck_assert(add("office cups hp-3f"));
	ck_assert(add("slip raw /dev/usb/lp0"));
	ck_assert(add("box folder /var/spool/two words"));
	ck_assert_str_eq(all.list[2].where, "/var/spool/two words");
	ck_assert(printers_route(&all, " receipt slip, guide box ", error, sizeof error));
	ck_assert_str_eq(printers_for(&all, "", "receipt")->name, "slip");
	ck_assert_str_eq(printers_for(&all, "", "guide")->name, "box");
	ck_assert_str_eq(printers_for(&all, "", "acceptance")->name, "office");
	ck_assert_str_eq(printers_for(&all, "box", "receipt")->name, "box");
	ck_assert_ptr_null(printers_for(&all, "none", "receipt"));
	memset(&all, 0, sizeof all);
	ck_assert_ptr_null(printers_for(&all, "", "receipt"));
}
END_TEST

START_TEST(what_is_no_printer_is_refused_with_a_sentence)
{
	static const char *const bad[] = {"office", "office cups", "office cups ", "office fax x",
	    "slip raw dev/lp0", "slip raw lp0", "a-name-of-printers-that-is-far-too-long-for-one cups x"};
	memset(&all, 0, sizeof all);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		error[0] = '\0';
		ck_assert_msg(!add(bad[i]), "%s", bad[i]);
		ck_assert_str_ne(error, "");
	}
	ck_assert_int_eq(all.n, 0);
	ck_assert(add("office cups a"));
	ck_assert(!add("office cups b"));
	ck_assert(!printers_route(&all, "receipt slip", error, sizeof error));
	ck_assert(!printers_route(&all, "receipt", error, sizeof error));
	ck_assert(!printers_route(&all, "receipt office guide office", error, sizeof error));
	ck_assert(add("b raw /b"));
	ck_assert(add("c raw /c"));
	ck_assert(add("d raw /d"));
	ck_assert(!add("e raw /e"));
}
END_TEST

/* At any width: nothing is lost, nothing sticks out, no line begins with a closing mark. */
START_TEST(lines_are_well_broken)
{
	const char *text =
	    "你单位于2026年11月23日提出的“食品经营许可（餐饮服务）新办”申请（办件编号：5199-1）"
	    "收悉。See article 32(1) of the "
	    "Act、《许可法》，经审查：材料不齐全、不符合法定形式；现将“全部内容”"
	    "一次告知。㛃𠮷䶮　　two  blanks";

	for (int terminal = 0; terminal < 2; terminal++)
		for (int width = 4; width < 130; width++) {
			g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
			GString *back = g_string_new(NULL), *want = g_string_new(NULL);
			wrap_text(lines, text, width, width > 10 ? 4 : 0, terminal);
			for (unsigned i = 0; i < lines->len; i++) {
				const char *line = lines->pdata[i];
				int most = i == 0 && width > 10 ? width - 4 : width;
				ck_assert_int_le(wrap_columns(line, terminal), most);
				if (width > 12)
					ck_assert_ptr_null(
					    g_utf8_strchr("，。；：、）》”", -1, g_utf8_get_char(line)));
				g_string_append(back, line);
			}
			for (const char *p = text; *p; p++)
				if (*p != ' ')
					g_string_append_c(want, *p);
			for (size_t i = 0; i < back->len;)
				if (back->str[i] == ' ')
					g_string_erase(back, (gssize)i, 1);
				else
					i++;
			/* Blanks of full width at the end of a line go with it. */
			ck_assert_uint_le(want->len - back->len, 6);
			if (want->len == back->len)
				ck_assert_str_eq(back->str, want->str);
			g_string_free(back, TRUE);
			g_string_free(want, TRUE);
		}
}
END_TEST

/* Every character that may stand in a field has a place in GB18030, and comes back. */
START_TEST(gb18030_holds_every_character)
{
	GString *text = g_string_new(NULL);
	struct print_fault fault;
	GByteArray *gb;
	gsize n;
	char *back;

	for (gunichar ch = 0x20; ch < 0x110000; ch++)
		if ((ch < 0xd800 || ch > 0xf8ff) && (ch & 0xfffe) != 0xfffe) /* no surrogates, none private */
			g_string_append_unichar(text, ch);
	gb = text_gb18030(text->str, &fault);
	ck_assert_ptr_nonnull(gb);
	back = g_convert((char *)gb->data, gb->len, "UTF-8", "GB18030", NULL, &n, NULL);
	ck_assert_ptr_nonnull(back);
	ck_assert_uint_eq(n, text->len);
	ck_assert_int_eq(memcmp(back, text->str, n), 0);
	g_free(back);
	g_byte_array_unref(gb);
	ck_assert_ptr_null(text_gb18030("a\xff", &fault));
	ck_assert_int_eq(fault.kind, PRINT_CODE);
	ck_assert_ptr_null(text_gb18030("\ue78d", &fault));
	ck_assert_int_eq(fault.kind, PRINT_CODE);
	g_string_free(text, TRUE);
}
END_TEST

/* The press: one printer that is stuck, one that is not. */

static char dir[] = "/tmp/yimen-press.XXXXXX";
static uv_loop_t loop;
static uv_timer_t alive; /* as the window's clock keeps its loop */
static struct press *press;
static int ends, moves;
static struct press_job *last;

static void ended(void *ctx, struct press_job *job)
{
	(void)ctx;
	ends++;
	last = job;
}

static void moved(void *ctx)
{
	(void)ctx;
	moves++;
}

static void tick(uv_timer_t *t)
{
	(void)t;
}

static struct print_block block = {.kind = "title", .c1 = "受理通知书"};

static void job(struct press_job *j, const struct printer *printer)
{
	*j = (struct press_job){.printer = printer, .blocks = &block, .n = 1};
	j->paper = (struct print_paper){.blocks = &block, .n = 1, .number = "1号"};
	press_add(press, j);
}

static void turn_until(int *counter, int wanted, int seconds)
{
	uint64_t until = uv_hrtime() + (uint64_t)seconds * 1000000000;

	while (*counter < wanted && uv_hrtime() < until)
		(void)uv_run(&loop, UV_RUN_ONCE);
	ck_assert_int_ge(*counter, wanted);
}

/* A pipe that nobody empties stands for the printer without paper. */
static int open_press(int *fill)
{
	struct press_calls calls = {moved, ended, NULL};
	char pipe_path[64], setting[128];
	int reader;

	ends = moves = 0;
	last = NULL;
	memset(&all, 0, sizeof all);
	snprintf(pipe_path, sizeof pipe_path, "%s/lp", dir);
	unlink(pipe_path);
	ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
	reader = open(pipe_path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	*fill = open(pipe_path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	while (write(*fill, "........", 8) > 0)
		;
	snprintf(setting, sizeof setting, "slip raw %s", pipe_path);
	ck_assert(add(setting));
	snprintf(setting, sizeof setting, "box folder %s/box", dir);
	ck_assert(add(setting));
	all.list[0].patience = 60;
	ck_assert_int_eq(uv_loop_init(&loop), 0);
	(void)uv_timer_init(&loop, &alive);
	(void)uv_timer_start(&alive, tick, 20, 20);
	press = press_new(&loop, &all, &calls);
	return reader;
}

static void close_press(int reader, int fill)
{
	uint64_t began = uv_hrtime();

	uv_close((uv_handle_t *)&alive, NULL);
	press_free(press, &loop);
	ck_assert_uint_lt(uv_hrtime() - began, UINT64_C(5000000000));
	ck_assert_int_eq(uv_loop_close(&loop), 0);
	close(reader);
	close(fill);
}

static enum press_stage stage(struct press_job *j, char *sentence, size_t size)
{
	return press_stage(press, j, sentence, size);
}

START_TEST(a_stuck_printer_keeps_only_its_own_papers)
{
	struct press_job stuck, behind, other;
	char sentence[300];
	int fill, reader = open_press(&fill);

	job(&stuck, &all.list[0]);
	job(&behind, &all.list[0]);
	job(&other, &all.list[1]);
	turn_until(&ends, 1, 10);
	ck_assert_ptr_eq(last, &other);
	ck_assert_int_eq(other.end, PRINTER_OUT);
	while (stage(&stuck, sentence, sizeof sentence) != PRESS_HELD) {
		moves = 0;
		turn_until(&moves, 1, 10);
	}
	ck_assert_ptr_nonnull(strstr(sentence, "slip"));
	ck_assert_int_eq(stage(&behind, sentence, sizeof sentence), PRESS_WAITING);
	/* What waits behind it can be taken back at once, and it itself too. */
	press_cancel(press, &behind);
	turn_until(&ends, 2, 2);
	ck_assert_ptr_eq(last, &behind);
	ck_assert_int_eq(behind.end, PRINTER_FAILED);
	press_cancel(press, &stuck);
	turn_until(&ends, 3, 5);
	ck_assert_int_eq(stuck.end, PRINTER_FAILED);
	ck_assert_int_eq(stuck.state.trouble, PRINTER_STOPPED);
	close_press(reader, fill);
	printer_sheet_done(&stuck.sheet);
	printer_sheet_done(&behind.sheet);
	printer_sheet_done(&other.sheet);
}
END_TEST

START_TEST(leaving_takes_seconds_whatever_is_stuck)
{
	struct press_job stuck, behind;
	int fill, reader = open_press(&fill);

	job(&stuck, &all.list[0]);
	job(&behind, &all.list[0]);
	turn_until(&moves, 1, 10);
	close_press(reader, fill);
	ck_assert_int_eq(ends, 2);
	ck_assert_int_ne(stuck.end, PRINTER_OUT);
	ck_assert_int_ne(behind.end, PRINTER_OUT);
	printer_sheet_done(&stuck.sheet);
	printer_sheet_done(&behind.sheet);
}
END_TEST

START_TEST(what_cannot_be_laid_out_ends_with_its_sentence)
{
	struct press_job bad, none;
	struct print_block hostile = {.kind = "title", .c1 = "a\033b"};
	char sentence[300];
	int fill, reader = open_press(&fill);

	bad = (struct press_job){.printer = &all.list[1]};
	bad.paper = (struct print_paper){.blocks = &hostile, .n = 1};
	press_add(press, &bad);
	turn_until(&ends, 1, 10);
	ck_assert_int_eq(bad.end, PRINTER_FAILED);
	ck_assert_int_eq(stage(&bad, sentence, sizeof sentence), PRESS_ENDED);
	ck_assert_str_ne(sentence, "");
	none = (struct press_job){.printer = NULL};
	press_refuse(press, &none, "no printer");
	turn_until(&ends, 2, 2);
	ck_assert_str_eq(none.sentence, "no printer");
	close_press(reader, fill);
	printer_sheet_done(&bad.sheet);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("printers");
	TCase *t = tcase_create("printers");
	SRunner *r;
	int failed;

	lang_init();
	if (mkdtemp(dir) == NULL)
		return EXIT_FAILURE;
	tcase_set_timeout(t, 60);
	tcase_add_test(t, printers_are_what_the_settings_say);
	tcase_add_test(t, what_is_no_printer_is_refused_with_a_sentence);
	tcase_add_test(t, lines_are_well_broken);
	tcase_add_test(t, gb18030_holds_every_character);
	tcase_add_test(t, a_stuck_printer_keeps_only_its_own_papers);
	tcase_add_test(t, leaving_takes_seconds_whatever_is_stuck);
	tcase_add_test(t, what_cannot_be_laid_out_ends_with_its_sentence);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	/* Only what the tests made. */
	g_autofree char *clear = g_strdup_printf("rm -rf %s", dir);
	if (system(clear) != 0)
		return EXIT_FAILURE;
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
