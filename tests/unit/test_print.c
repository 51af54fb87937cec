/*
 * Papers: what the layout promises about pages, lines and faults, and what the
 * files do. Needs fonts-noto-cjk. How papers look is for tests/notice and eyes.
 */
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/print/layout.h"

static char folder[] = "/tmp/yimen-print.XXXXXX";

/* A correction notice with this many materials. */
struct sample {
	struct print_paper paper;
	struct print_block block[2200];
	GStringChunk *texts;
};

static struct sample *sample_new(int rows)
{
	struct sample *s = g_new0(struct sample, 1);
	size_t n = 0;

	s->texts = g_string_chunk_new(4096);
	s->block[n++] = (struct print_block){.kind = "title", .c1 = "一次性告知书"};
	s->block[n++] = (struct print_block){.kind = "number", .c1 = "示市监补〔2026〕00012号"};
	s->block[n++] = (struct print_block){.kind = "to", .c1 = "㛃𠮷䶮餐饮管理有限公司："};
	s->block[n++] = (struct print_block){
	    .kind = "para", .c1 = "经审查，申请材料不齐全，现将需要补正的全部内容一次告知如下："};
	s->block[n++] = (struct print_block){.kind = "head",
	    .c1 = "序号",
	    .c2 = "材料名称",
	    .c3 = "情况",
	    .c4 = "补正要求",
	    .widths = "1,5,2,6"};
	for (int i = 1; i <= rows; i++) {
		g_autofree char *no = g_strdup_printf("%d", i),
				*name = g_strdup_printf("第%d号主要设备清单及其布局", i);
		s->block[n++] = (struct print_block){.kind = "row",
		    .c1 = g_string_chunk_insert(s->texts, no),
		    .c2 = g_string_chunk_insert(s->texts, name),
		    .c3 = "缺少",
		    .c4 = "提交复印件1份，加盖公章；可共享核验的免予提交。"};
	}
	s->block[n++] = (struct print_block){.kind = "para", .c1 = "请于2026年12月23日前补正。"};
	s->block[n++] = (struct print_block){.kind = "sign", .c1 = "经办人", .c2 = "王五", .c3 = "签收"};
	s->block[n++] =
	    (struct print_block){.kind = "seal", .c1 = "示例区市场监督管理局", .c2 = "2026年11月23日"};
	s->block[n++] = (struct print_block){.kind = "qr", .c1 = "5199202611230001237", .c2 = "扫码查询"};
	s->block[n++] = (struct print_block){.kind = "small", .c1 = "一式两份。"};
	s->paper = (struct print_paper){.blocks = s->block,
	    .n = n,
	    .number = "示市监补〔2026〕00012号",
	    .case_number = "5199-20261123-000123-7",
	    .issued = 1795395600};
	return s;
}

static void sample_free(struct sample *s)
{
	g_string_chunk_free(s->texts);
	g_free(s);
}

static struct layout *laid_out(const struct sample *s)
{
	struct layout *lay = g_new0(struct layout, 1);
	struct print_fault fault;

	ck_assert_int_eq(layout_make(lay, &s->paper, &fault), 0);
	return lay;
}

static void free_layout(struct layout *lay)
{
	layout_done(lay);
	g_free(lay);
}

static double page_height(const struct layout *lay, const struct page *p)
{
	double y = layout_head_height(&lay->piece[p->from]);

	for (size_t i = p->from; i < p->to; i++)
		y += lay->piece[i].height + (i == p->from ? 0 : lay->piece[i].before);
	return y;
}

/* Whatever the number of rows: pieces come once and in order, no page is too
 * full, no head stands last, every page that begins inside the table repeats its head. */
START_TEST(pages_hold_everything)
{
	for (int rows = 0; rows <= 90; rows++) {
		struct sample *s = sample_new(rows);
		struct layout *lay = laid_out(s);
		size_t next = 0;
		for (size_t i = 0; i < lay->pages; i++) {
			const struct page *p = &lay->page[i];
			const struct piece *first = &lay->piece[p->from], *last = &lay->piece[p->to - 1];
			ck_assert_uint_eq(p->from, next);
			ck_assert_uint_gt(p->to, p->from);
			ck_assert_double_le(page_height(lay, p), LAYOUT_HEIGHT);
			if (p->to < lay->pieces)
				ck_assert(!last->keep);
			if (strcmp(s->block[first->block].kind, "row") == 0)
				ck_assert(first->head && first->head->head);
			next = p->to;
		}
		ck_assert_uint_eq(next, lay->pieces);
		free_layout(lay);
		sample_free(s);
	}
}
END_TEST

/* The seal never stands alone: at least two pieces of text go before it. */
START_TEST(seal_has_company)
{
	for (int rows = 0; rows <= 90; rows++) {
		struct sample *s = sample_new(rows);
		struct layout *lay = laid_out(s);
		const struct page *p = &lay->page[lay->pages - 1];
		int text = 0, tail = 0;
		for (size_t i = p->from; i < p->to; i++)
			*(lay->piece[i].tail ? &tail : &text) += 1;
		ck_assert_int_ge(text, 2);
		ck_assert_int_eq(tail, 4); /* sign, seal with its code, rule, footnote */
		free_layout(lay);
		sample_free(s);
	}
}
END_TEST

/* A row longer than a page is cut between lines and all its lines are there. */
START_TEST(tall_row_is_cut)
{
	struct sample *s = sample_new(3);
	GString *text = g_string_new(NULL);
	struct layout *lay;
	int lines = 0;

	for (int i = 0; i < 200; i++)
		g_string_append(text, "请对照办事指南逐项核对后重新填写。");
	s->block[6].c4 = text->str;
	lay = laid_out(s);
	ck_assert_uint_ge(lay->pages, 2);
	for (size_t i = 0; i < lay->pieces; i++)
		if (lay->piece[i].block == 6)
			lines += lay->piece[i].to - lay->piece[i].from;
	for (size_t i = 0; i < lay->pieces; i++)
		if (lay->piece[i].block == 6)
			ck_assert_int_eq(lay->piece[i].part->lines, lines);
	ck_assert_int_gt(lines, 100);
	free_layout(lay);
	g_string_free(text, TRUE);
	sample_free(s);
}
END_TEST

static struct layout *with_fields(struct sample *s, int fields, int rows)
{
	size_t n = 0;

	for (int i = 0; i < fields; i++)
		s->block[n++] = (struct print_block){.kind = "field", .c1 = "承诺期限", .c2 = "5个工作日"};
	for (int i = 0; i < rows; i++)
		s->block[n++] = (struct print_block){.kind = "para", .c1 = "特此通知。"};
	s->block[n++] =
	    (struct print_block){.kind = "seal", .c1 = "示例区市场监督管理局", .c2 = "2026年11月23日"};
	s->paper.n = n;
	return laid_out(s);
}

/* A tall piece of text is company enough: the row before it stays where there is room for it. */
START_TEST(tall_text_goes_alone_with_the_seal)
{
	int alone = 0;

	for (int rows = 1; rows < 60; rows++) {
		struct sample *s = sample_new(rows);
		size_t n = s->paper.n - 5; /* the paragraph behind the table, and what signs */
		s->block[n] = (struct print_block){.kind = "field",
		    .c1 = "会议结论",
		    .c2 = "原则同意各项审查意见。须在开工前落实深基坑支护专项方案并组织专家论证，临时用电、"
			  "起重机械安装方案一并报备，总平面图须标注消防车道及与高压线的距离，整改后三日内报各"
			  "部门复核；逾期未报的，由主办部门重新召集会议，并书面通知申请人。"};
		struct layout *lay = laid_out(s);
		const struct page *p = &lay->page[lay->pages - 1];
		int text = 0;
		for (size_t i = p->from; i < p->to; i++)
			text += !lay->piece[i].tail;
		ck_assert_int_ge(text, 1);
		alone += text == 1;
		free_layout(lay);
		sample_free(s);
	}
	ck_assert_int_gt(alone, 0);
}
END_TEST

/* A page is saved where that is possible, by closer lines first and by fields
 * side by side then; where it is not, and on one page, all stays as it was. */
START_TEST(page_is_saved)
{
	static const struct {
		int rows;
		size_t pages;
		bool closer, pairs;
	} wanted[] = {
	    {5, 1, false, false}, {12, 1, true, false}, {15, 1, false, true}, {30, 2, false, false}};

	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
		struct sample *s = sample_new(0);
		struct layout *lay = with_fields(s, 10, wanted[i].rows);
		ck_assert_uint_eq(lay->pages, wanted[i].pages);
		ck_assert_int_eq(lay->scale < 1, wanted[i].closer);
		ck_assert_int_eq(lay->pairs, wanted[i].pairs);
		free_layout(lay);
		sample_free(s);
	}
}
END_TEST

/* At any width: no line begins with a closing mark or ends with an opening one,
 * full lines reach the margin, nothing sticks out. */
START_TEST(lines_are_well_broken)
{
	const char *text =
	    "你单位于2026年11月23日提出的“食品经营许可（餐饮服务）新办”申请（办件编号：5199-1）收悉。"
	    "根据《中华人民共和国行政许可法》（《许可法》）第三十二条第一款第（四）项的规定，经审查：材料不齐"
	    "全、"
	    "不符合法定形式；现将需要补正的“全部内容”一次告知。";
	PangoContext *context = type_context();

	for (double width = 80; width < 448; width += 3.7) {
		struct type *t = type_new(context, TYPE_BODY, TYPE_SPREAD, text, width, 28);
		int length = 0;
		ck_assert(!type_overflows(t));
		for (int i = 0; i < t->lines; i++) {
			const char *from = text + t->line[i]->start_index, *to = from + t->line[i]->length;
			double span = 0;
			length += t->line[i]->length;
			for (GSList *l = t->line[i]->runs; l; l = l->next)
				span += pango_glyph_string_get_width(((PangoGlyphItem *)l->data)->glyphs);
			span = span / PANGO_SCALE + (i ? 0 : 28);
			ck_assert_double_le(span, width + 0.5);
			if (i + 1 < t->lines && width > 150)
				ck_assert_double_ge(span, width - 0.5);
			ck_assert_ptr_null(g_utf8_strchr("，。；：、）》”", -1, g_utf8_get_char(from)));
			ck_assert_ptr_null(g_utf8_strchr("（《“", -1, g_utf8_get_char(g_utf8_prev_char(to))));
		}
		ck_assert_int_eq(length, (int)strlen(text));
		type_free(t);
	}
	g_object_unref(context);
}
END_TEST

/* Adjoining marks lose the blank between them. */
START_TEST(marks_are_halved)
{
	PangoContext *context = type_context();
	struct type *two = type_new(context, TYPE_BODY, TYPE_LEFT, "》（", 400, 0);
	struct type *apart = type_new(context, TYPE_BODY, TYPE_LEFT, "》门（", 400, 0);

	ck_assert_double_eq_tol(two->span[0], 1.5 * 14, 0.1);
	ck_assert_double_eq_tol(apart->span[0], 3 * 14, 0.1);
	type_free(two);
	type_free(apart);
	g_object_unref(context);
}
END_TEST

static void refused(struct sample *s, enum print_fault_kind kind, size_t block, int cell, uint32_t ch)
{
	struct print_fault fault;
	char why[512];

	ck_assert_int_eq(print_check(&s->paper, NULL, &fault), -1);
	ck_assert_int_eq(fault.kind, kind);
	ck_assert_uint_eq(fault.block, block);
	ck_assert_int_eq(fault.cell, cell);
	ck_assert_uint_eq(fault.ch, ch);
	ck_assert(*print_say(&fault, &s->paper, why, sizeof why));
	sample_free(s);
}

/* DOC-2: a missing glyph stops it, and it is said which and where. */
START_TEST(missing_glyph)
{
	struct sample *s = sample_new(9);

	s->block[8].c2 = "材料\xf3\xb0\x80\x80";
	refused(s, PRINT_GLYPH, 8, 2, 0xf0000);
	s = sample_new(1);
	s->block[2].c1 = "\xcd\xb8公司：";
	refused(s, PRINT_GLYPH, 2, 1, 0x378);
	s = sample_new(1);
	s->block[0].c1 = "通\xee\x80\x80知";
	refused(s, PRINT_GLYPH, 0, 1, 0xe000);
	s = sample_new(1);
	s->paper.number = "\xf3\xb0\x80\x80";
	refused(s, PRINT_GLYPH, 0, 0, 0xf0000);
}
END_TEST

START_TEST(bad_text)
{
	struct sample *s = sample_new(1);

	s->block[3].c1 = "前\x1b[2J后";
	refused(s, PRINT_TEXT, 3, 1, 0x1b);
	s = sample_new(1);
	s->block[3].c1 = "前\xe2\x80\xae后"; /* right-to-left override */
	refused(s, PRINT_TEXT, 3, 1, 0x202e);
	s = sample_new(1);
	s->block[5].c4 = "\xff\xfe";
	refused(s, PRINT_TEXT, 5, 4, 0);
}
END_TEST

START_TEST(overflow)
{
	struct sample *s = sample_new(1);
	GString *name = g_string_new(NULL);

	/* One glyph of three em in a column of two. */
	s->block[4].widths = "1,30,1,30";
	s->block[4].c1 = "号";
	s->block[5].c1 = "\xe2\xb8\xbb";
	refused(s, PRINT_OVERFLOW, 5, 1, 0);
	/* A department that no page can hold. */
	s = sample_new(1);
	for (int i = 0; i < 600; i++)
		g_string_append(name, "局");
	s->block[8].c1 = name->str;
	refused(s, PRINT_OVERFLOW, 8, 0, 0);
	g_string_free(name, TRUE);
}
END_TEST

START_TEST(too_many_pages)
{
	struct sample *s = sample_new(2100);
	GString *note = g_string_new(NULL);
	struct print_fault fault;

	for (int i = 0; i < 100; i++)
		g_string_append(note, "核对");
	for (size_t i = 5; i < 2105; i++)
		s->block[i].c4 = note->str;
	ck_assert_int_eq(print_check(&s->paper, NULL, &fault), -1);
	ck_assert_int_eq(fault.kind, PRINT_PAGES);
	g_string_free(note, TRUE);
	sample_free(s);
}
END_TEST

START_TEST(bad_blocks)
{
	struct sample *s = sample_new(1);

	s->block[3].kind = "poem";
	refused(s, PRINT_BLOCK, 3, 0, 0);
	s = sample_new(1);
	s->block[4] = (struct print_block){.kind = "para", .c1 = "头"};
	refused(s, PRINT_BLOCK, 5, 0, 0); /* a row without head */
	s = sample_new(1);
	s->block[3].c2 = "多余";
	refused(s, PRINT_BLOCK, 3, 2, 0); /* would be dropped in silence */
	s = sample_new(1);
	s->block[4].widths = "1,5,x";
	refused(s, PRINT_BLOCK, 4, 0, 0);
	s = sample_new(1);
	s->block[4].widths = "1,5,2";
	refused(s, PRINT_BLOCK, 4, 4, 0);
	s = sample_new(1);
	s->block[9].c1 = "";
	refused(s, PRINT_QR, 9, 1, 0);
	s = sample_new(0);
	s->paper.n = 0;
	refused(s, PRINT_BLOCK, 0, 0, 0);
}
END_TEST

START_TEST(code_too_fine)
{
	struct sample *s = sample_new(1);
	char digits[600];

	memset(digits, '7', sizeof digits - 1);
	digits[sizeof digits - 1] = '\0';
	s->block[9].c1 = digits;
	refused(s, PRINT_QR, 9, 1, 0);
}
END_TEST

static int files_in(const char *path)
{
	DIR *d = opendir(path);
	int n = 0;

	ck_assert_ptr_nonnull(d);
	for (struct dirent *e; (e = readdir(d));)
		n += e->d_name[0] != '.' || (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."));
	closedir(d);
	return n;
}

/* DOC-3: the same notice gives the same bytes; what differs differs. */
START_TEST(equal_papers_equal_bytes)
{
	struct sample *s = sample_new(40);
	g_autofree char *a = g_build_filename(folder, "a.pdf", NULL),
			*b = g_build_filename(folder, "b.pdf", NULL);
	struct print_done one, two;
	struct print_fault fault;
	struct stat st;

	ck_assert_int_eq(print_pdf(&s->paper, a, &one, &fault), 0);
	print_cold(); /* as in another run of the program */
	ck_assert_int_eq(print_pdf(&s->paper, b, &two, &fault), 0);
	ck_assert_int_ge(one.pages, 2);
	ck_assert_mem_eq(one.sha256, two.sha256, PRINT_SHA);
	ck_assert_int_eq(stat(a, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	s->paper.reprint = 1;
	ck_assert_int_eq(print_pdf(&s->paper, b, &two, &fault), 0);
	ck_assert_mem_ne(one.sha256, two.sha256, PRINT_SHA);
	s->paper.reprint = 0;
	s->paper.issued++; /* only its day counts */
	ck_assert_int_eq(print_pdf(&s->paper, b, &two, &fault), 0);
	ck_assert_mem_eq(one.sha256, two.sha256, PRINT_SHA);
	s->paper.issued += 86400;
	ck_assert_int_eq(print_pdf(&s->paper, b, &two, &fault), 0);
	ck_assert_mem_ne(one.sha256, two.sha256, PRINT_SHA);
	ck_assert_int_eq(files_in(folder), 2); /* nothing temporary stays */
	unlink(a);
	unlink(b);
	sample_free(s);
}
END_TEST

START_TEST(file_fails)
{
	struct sample *s = sample_new(1);
	g_autofree char *path = g_build_filename(folder, "none", "a.pdf", NULL);
	struct print_done done;
	struct print_fault fault;

	ck_assert_int_eq(print_pdf(&s->paper, path, &done, &fault), -1);
	ck_assert_int_eq(fault.kind, PRINT_IO);
	ck_assert_int_eq(fault.error, ENOENT);
	sample_free(s);
}
END_TEST

static void spooled(const struct sample *s, const char *wanted)
{
	g_autofree char *box = g_build_filename(folder, "box", NULL),
			*path = g_build_filename(box, wanted, NULL);
	struct print_done done;
	struct print_fault fault;

	ck_assert_int_eq(print_spool(&s->paper, box, &done, &fault), 0);
	ck_assert_str_eq(done.path, path);
}

START_TEST(folder_printer)
{
	struct sample *s = sample_new(1);
	g_autofree char *box = g_build_filename(folder, "box", NULL);

	spooled(s, "示市监补〔2026〕00012号-一次性告知书.pdf");
	spooled(s, "示市监补〔2026〕00012号-一次性告知书.pdf"); /* the very same */
	ck_assert_int_eq(files_in(box), 1);
	s->block[3].c1 = "另一份内容。";
	spooled(s, "示市监补〔2026〕00012号-一次性告知书-2.pdf");
	spooled(s, "示市监补〔2026〕00012号-一次性告知书-2.pdf");
	s->paper.number = "../../../etc/passwd";
	s->paper.title = "a/b";
	spooled(s, "_._.._.._etc_passwd-a_b.pdf");
	ck_assert_int_eq(files_in(box), 3);
	sample_free(s);
}
END_TEST

static void make_folder(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void drop_folder(void)
{
	g_autofree char *box = g_build_filename(folder, "box", NULL);
	DIR *d = opendir(box);

	for (struct dirent *e; d && (e = readdir(d));) {
		g_autofree char *path = g_build_filename(box, e->d_name, NULL);
		unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(box);
	ck_assert_int_eq(rmdir(folder), 0);
	print_cold();
}

int main(void)
{
	Suite *suite = suite_create("print");
	TCase *tc = tcase_create("paper");
	SRunner *runner = srunner_create(suite);
	int failed;

	srunner_set_fork_status(runner, CK_NOFORK);
	tcase_set_timeout(tc, 60);
	tcase_add_unchecked_fixture(tc, make_folder, drop_folder);
	tcase_add_test(tc, pages_hold_everything);
	tcase_add_test(tc, seal_has_company);
	tcase_add_test(tc, tall_text_goes_alone_with_the_seal);
	tcase_add_test(tc, tall_row_is_cut);
	tcase_add_test(tc, page_is_saved);
	tcase_add_test(tc, lines_are_well_broken);
	tcase_add_test(tc, marks_are_halved);
	tcase_add_test(tc, missing_glyph);
	tcase_add_test(tc, bad_text);
	tcase_add_test(tc, overflow);
	tcase_add_test(tc, too_many_pages);
	tcase_add_test(tc, bad_blocks);
	tcase_add_test(tc, code_too_fine);
	tcase_add_test(tc, equal_papers_equal_bytes);
	tcase_add_test(tc, file_fails);
	tcase_add_test(tc, folder_printer);
	suite_add_tcase(suite, tc);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
