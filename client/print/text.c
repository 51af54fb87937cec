/*
 * Blocks → lines → pages of plain text. What a block may hold is checked by the layout's own
 * rules, so that a paper is good in both forms or in none. Rules are ASCII: box characters are
 * two columns wide on a printer and one in a terminal.
 */
#include "client/print/text.h"

#include <stdio.h>
#include <string.h>

#include "client/print/layout.h"

enum {
	TOP = 3,     /* perforation, marks, a blank */
	BOTTOM = 4,  /* a blank, the foot, perforation */
	INDENT = 4,  /* of a paragraph: two hanzi */
	SHORT = 12,  /* a column whose texts are all this short never wraps */
	NARROW = 8,  /* no column is made narrower than this to widen another */
	LABEL = 20,  /* the widest label of a field that keeps its value beside it */
	ROW_MAX = 12 /* rows of more lines may be cut between lines */
};

/* The head of a table: its lines are printed again when a page begins inside it. */
struct text_head {
	GPtrArray *lines;
	char *rule;
};

struct text_line {
	char *text;
	const struct text_head *head; /* of the table it is in */
	bool keep;                    /* the next line stays on its page */
	bool blank;                   /* only for distance: not at the top of a page */
	bool tail;                    /* signing and sealing: stays together, never alone */
	bool cell;                    /* of a row, not a rule */
};

struct text {
	struct layout lay; /* for its rules about blocks only */
	struct print_form form;
	GPtrArray *lines; /* struct text_line */
	GPtrArray *heads;
	GString *out;
	int pages;
};

static void free_line(void *p)
{
	struct text_line *line = p;

	g_free(line->text);
	g_free(line);
}

static void free_head(void *p)
{
	struct text_head *head = p;

	g_ptr_array_unref(head->lines);
	g_free(head->rule);
	g_free(head);
}

static const char *cell(const struct text *t, size_t block, int n)
{
	return layout_cell(&t->lay.paper->blocks[block], n);
}

static int columns(const struct text *t, const char *s)
{
	return wrap_columns(s, t->form.terminal);
}

/* Takes text over. */
static struct text_line *put(struct text *t, char *text)
{
	struct text_line *line = g_new0(struct text_line, 1);

	line->text = g_strchomp(text);
	g_ptr_array_add(t->lines, line);
	return line;
}

static struct text_line *last(struct text *t)
{
	return t->lines->len ? t->lines->pdata[t->lines->len - 1] : NULL;
}

static void blank(struct text *t)
{
	struct text_line *before = last(t), *line;

	if (before == NULL || before->blank)
		return;
	line = put(t, g_strdup(""));
	line->blank = true;
	line->keep = before->keep;
	line->tail = before->tail;
}

/* A blank that stays, such as a seal's place. */
static void room(struct text *t, int lines)
{
	while (lines-- > 0)
		put(t, g_strdup(""));
}

static char *padded(const struct text *t, const char *s, int width)
{
	int left = width - columns(t, s);

	return g_strdup_printf("%s%*s", s, left > 0 ? left : 0, "");
}

enum side { LEFT, MIDDLE, RIGHT };

static void put_wrapped(struct text *t, const char *s, int indent, enum side side)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	unsigned n;

	wrap_text(lines, s, t->form.columns, indent, t->form.terminal);
	n = lines->len;
	for (unsigned i = 0; i < n; i++) {
		const char *line = lines->pdata[i];
		int left = t->form.columns - columns(t, line);
		int pad = side == MIDDLE ? left / 2 : side == RIGHT ? left : i == 0 ? indent : 0;
		/* A paragraph leaves no single line behind or ahead. */
		put(t, g_strdup_printf("%*s%s", pad > 0 ? pad : 0, "", line))->keep =
		    n > 1 && (i == 0 || i == n - 2);
	}
}

static size_t title(struct text *t, size_t block)
{
	blank(t);
	put_wrapped(t, cell(t, block, 1), 0, MIDDLE);
	last(t)->keep = true;
	blank(t);
	return block + 1;
}

static size_t number(struct text *t, size_t block)
{
	put_wrapped(t, cell(t, block, 1), 0, RIGHT);
	last(t)->keep = true;
	blank(t);
	return block + 1;
}

static size_t addressee(struct text *t, size_t block)
{
	blank(t);
	put_wrapped(t, cell(t, block, 1), 0, LEFT);
	last(t)->keep = true;
	return block + 1;
}

static size_t paragraph(struct text *t, size_t block)
{
	const char *s = cell(t, block, 1);

	if (block && (layout_is(&t->lay, block - 1, "row") || layout_is(&t->lay, block - 1, "field")))
		blank(t);
	put_wrapped(t, s, INDENT, LEFT);
	if (g_str_has_suffix(s, "：") || g_str_has_suffix(s, ":"))
		last(t)->keep = true;
	return block + 1;
}

/* Labels of one list are as wide as each other; values hang beside them. */
static size_t fields(struct text *t, size_t block)
{
	int label = 0;
	size_t b;

	for (b = block; layout_is(&t->lay, b, "field"); b++)
		label = MAX(label, columns(t, cell(t, b, 1)));
	label = MIN(label, LABEL);
	blank(t);
	for (b = block; layout_is(&t->lay, b, "field"); b++) {
		g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
		g_autofree char *name = padded(t, cell(t, b, 1), label);
		int hang = MAX(columns(t, name), label) + 2 + columns(t, "：");
		wrap_text(lines, cell(t, b, 2), t->form.columns - hang, 0, t->form.terminal);
		for (unsigned i = 0; i < lines->len; i++)
			put(t, i == 0 ? g_strdup_printf("  %s：%s", name, (char *)lines->pdata[i])
				      : g_strdup_printf("%*s%s", hang, "", (char *)lines->pdata[i]))
			    ->keep = lines->len <= ROW_MAX && i + 1 < lines->len;
	}
	return b;
}

struct table {
	int n;
	int width[LAYOUT_CELLS];
	struct text_head *head;
};

/* A column too narrow for its short texts takes what it needs from the widest. */
static void widen(struct table *table, const int longest[LAYOUT_CELLS])
{
	for (int i = 0; i < table->n; i++) {
		int need = MIN(MAX(longest[i], 4), SHORT), widest = 0;
		for (int k = 1; k < table->n; k++)
			if (table->width[k] > table->width[widest])
				widest = k;
		need = MIN(need, table->width[i] + table->width[widest] - NARROW);
		if (widest == i || table->width[i] >= need)
			continue;
		table->width[widest] -= need - table->width[i];
		table->width[i] = need;
	}
}

/* −1 after a fault. */
static int measure(struct text *t, size_t block, struct table *table)
{
	double share[LAYOUT_CELLS], sum = 0;
	int longest[LAYOUT_CELLS] = {0}, room_for, left;

	table->n = layout_columns(&t->lay, block, share);
	if (table->n < 0)
		return -1;
	room_for = left = t->form.columns - (3 * table->n + 1);
	for (int i = 0; i < table->n; i++)
		sum += share[i];
	for (int i = 0; i < table->n; i++) {
		table->width[i] = i + 1 < table->n ? (int)(room_for * share[i] / sum) : left;
		left -= table->width[i];
		for (size_t b = block; b == block || layout_is(&t->lay, b, "row"); b++)
			longest[i] = MAX(longest[i], columns(t, cell(t, b, i + 1)));
	}
	widen(table, longest);
	return 0;
}

static char *table_rule(const struct table *table)
{
	GString *rule = g_string_new("+");

	for (int i = 0; i < table->n; i++) {
		for (int k = 0; k < table->width[i] + 2; k++)
			g_string_append_c(rule, '-');
		g_string_append_c(rule, '+');
	}
	return g_string_free(rule, FALSE);
}

/* The lines of one row, its rules apart. */
static GPtrArray *table_row(const struct text *t, const struct table *table, size_t block)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free), *part[LAYOUT_CELLS];
	unsigned tall = 1;

	for (int i = 0; i < table->n; i++) {
		part[i] = g_ptr_array_new_with_free_func(g_free);
		wrap_text(part[i], cell(t, block, i + 1), table->width[i], 0, t->form.terminal);
		tall = MAX(tall, part[i]->len);
	}
	for (unsigned k = 0; k < tall; k++) {
		GString *line = g_string_new("|");
		for (int i = 0; i < table->n; i++) {
			g_autofree char *text =
			    padded(t, k < part[i]->len ? part[i]->pdata[k] : "", table->width[i]);
			g_string_append_printf(line, " %s |", text);
		}
		g_ptr_array_add(lines, g_string_free(line, FALSE));
	}
	for (int i = 0; i < table->n; i++)
		g_ptr_array_unref(part[i]);
	return lines;
}

static void put_rows(struct text *t, const struct table *table, GPtrArray *rows, bool head)
{
	for (unsigned i = 0; i < rows->len; i++) {
		struct text_line *line = put(t, g_strdup(rows->pdata[i]));
		line->head = head ? NULL : table->head;
		line->cell = !head;
		line->keep = head || rows->len <= ROW_MAX || i + 1 == rows->len;
	}
	put(t, g_strdup(table->head->rule))->head = head ? NULL : table->head;
	last(t)->keep = head;
}

static size_t table(struct text *t, size_t block)
{
	struct table table;
	g_autoptr(GPtrArray) first = NULL;
	size_t b;

	if (measure(t, block, &table) < 0)
		return 0;
	table.head = g_new0(struct text_head, 1);
	table.head->rule = table_rule(&table);
	table.head->lines = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(t->heads, table.head);
	blank(t);
	first = table_row(t, &table, block);
	put(t, g_strdup(table.head->rule))->keep = true;
	put_rows(t, &table, first, true);
	g_ptr_array_add(table.head->lines, g_strdup(table.head->rule));
	for (unsigned i = 0; i < first->len; i++)
		g_ptr_array_add(table.head->lines, g_strdup(first->pdata[i]));
	g_ptr_array_add(table.head->lines, g_strdup(table.head->rule));
	for (b = block + 1; layout_is(&t->lay, b, "row"); b++) {
		g_autoptr(GPtrArray) rows = table_row(t, &table, b);
		put_rows(t, &table, rows, false);
	}
	return b;
}

/* Two names side by side; where there is none yet, a line to write it on. */
static size_t sign(struct text *t, size_t block)
{
	GString *line = g_string_new(NULL);

	for (int i = 1; i <= 3; i += 2) {
		const char *label = cell(t, block, i), *name = cell(t, block, i + 1);
		g_autofree char *half =
		    *label ? g_strdup_printf("%s：%s", label, *name ? name : "________________")
			   : g_strdup("");
		g_autofree char *wide = padded(t, half, t->form.columns / 2);
		g_string_append(line, wide);
	}
	blank(t);
	put_wrapped(t, g_strchomp(line->str), 0, LEFT);
	g_string_free(line, TRUE);
	return block + 1;
}

static void put_centred(struct text *t, const char *s, int from, int width)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

	wrap_text(lines, s, width, 0, t->form.terminal);
	for (unsigned i = 0; i < lines->len; i++) {
		int pad = from + (width - columns(t, lines->pdata[i])) / 2;
		put(t, g_strdup_printf("%*s%s", pad > 0 ? pad : 0, "", (char *)lines->pdata[i]));
	}
}

/* A round seal is 42 mm across: ten lines at six an inch. */
static size_t seal(struct text *t, size_t block)
{
	int from = t->form.columns / 2, width = t->form.columns - from;

	room(t, 3);
	put_centred(t, cell(t, block, 1), from, width);
	put_centred(t, "（盖章处）", from, width);
	put_centred(t, cell(t, block, 2), from, width);
	room(t, 3);
	return block + 1;
}

/* A dot-matrix printer prints no code that scans: the digits, with what they are for. */
static size_t code(struct text *t, size_t block)
{
	g_autofree char *words =
	    g_strdup_printf("%s%s%s", cell(t, block, 2), *cell(t, block, 2) ? "：" : "", cell(t, block, 1));

	if (*cell(t, block, 1) == '\0') {
		layout_fail(&t->lay, PRINT_QR, block, 1, 0);
		return 0;
	}
	blank(t);
	put_wrapped(t, words, 0, LEFT);
	return block + 1;
}

static size_t footnote(struct text *t, size_t block)
{
	if (block == 0 || !layout_is(&t->lay, block - 1, "small"))
		put(t, g_strnfill((gsize)t->form.columns / 3, '-'))->keep = true;
	put_wrapped(t, cell(t, block, 1), 0, LEFT);
	return block + 1;
}

static const struct {
	const char *kind;
	bool tail;
	/* The next block, 0 after a fault. */
	size_t (*lay_out)(struct text *t, size_t block);
} kinds[] = {
    {"title", false, title},
    {"number", false, number},
    {"to", false, addressee},
    {"para", false, paragraph},
    {"field", false, fields},
    {"head", false, table},
    {"sign", true, sign},
    {"seal", true, seal},
    {"qr", true, code},
    {"small", true, footnote},
};

static int one_block(struct text *t, size_t *block)
{
	for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
		unsigned from = t->lines->len;
		if (!layout_is(&t->lay, *block, kinds[k].kind))
			continue;
		*block = kinds[k].lay_out(t, *block);
		for (unsigned i = from; kinds[k].tail && i < t->lines->len; i++)
			((struct text_line *)t->lines->pdata[i])->tail = true;
		return t->lay.fault->kind == PRINT_FINE ? 0 : -1;
	}
	return layout_fail(&t->lay, PRINT_BLOCK, *block, 0, 0); /* a row without its head */
}

static int all_blocks(struct text *t)
{
	for (size_t i = 0; i < t->lay.paper->n; i++)
		if (layout_valid(&t->lay, i) < 0)
			return -1;
	for (size_t i = 0; i < t->lay.paper->n;)
		if (one_block(t, &i))
			return -1;
	return 0;
}

static const struct text_line *line_at(const struct text *t, unsigned i)
{
	return t->lines->pdata[i];
}

/* Where the next page begins; blanks for distance are not its first line. */
static unsigned skip_blanks(const struct text *t, unsigned i)
{
	while (i < t->lines->len && line_at(t, i)->blank)
		i++;
	return i;
}

/* A page may end before line i. */
static bool may_break(const struct text *t, unsigned i)
{
	unsigned first = skip_blanks(t, i), second = skip_blanks(t, first + 1);

	if (line_at(t, i - 1)->keep)
		return false;
	/* The seal never stands alone: two lines of text go before it. */
	return !(first < t->lines->len && line_at(t, first)->tail) &&
	       !(second < t->lines->len && line_at(t, second)->tail);
}

static unsigned head_lines(const struct text_line *first)
{
	return first->head && first->cell ? first->head->lines->len : 0;
}

/* The line after the last one of the page that begins with from. */
static unsigned page_end(const struct text *t, unsigned from)
{
	unsigned capacity = (unsigned)(t->form.lines - TOP - BOTTOM) - head_lines(line_at(t, from));
	unsigned most, i;

	if (t->lines->len - from <= capacity)
		return t->lines->len;
	most = from + capacity;
	/* One line is kept for the rule under a row that is cut. */
	if (line_at(t, most - 1)->cell)
		most--;
	for (i = most; i > from; i--)
		if (may_break(t, i))
			return i;
	return most;
}

static void append(GString *out, const char *line)
{
	g_string_append(out, line);
	g_string_append_c(out, '\n');
}

/* The line of marks, and the foot: something at the left and at the right. */
static void append_ends(struct text *t, const char *left, const char *right)
{
	g_autofree char *wide = padded(t, left, t->form.columns - columns(t, right));
	g_autofree char *line = g_strchomp(g_strconcat(wide, right, NULL));

	append(t->out, line);
}

static void page_top(struct text *t)
{
	const char *hall = print_hall_word(t->lay.paper);
	char again[64] = "", mark[64] = "";

	if (hall != NULL)
		snprintf(mark, sizeof mark, "【%s　不具法律效力】", hall);
	if (t->lay.paper->voided || t->lay.paper->reprint > 0)
		snprintf(again, sizeof again, t->lay.paper->reprint > 0 ? "【%s补打　第 %d 次】" : "【%s】",
		    t->lay.paper->voided ? "作废　" : "", t->lay.paper->reprint);
	append(t->out, "");
	append_ends(t, mark, again);
	append(t->out, "");
}

static void page(struct text *t, unsigned from, unsigned to, int no, int pages)
{
	const struct text_line *first = line_at(t, from), *end = line_at(t, to - 1);
	int used = TOP;
	char foot[64];

	page_top(t);
	for (unsigned i = 0; i < head_lines(first); i++, used++)
		append(t->out, first->head->lines->pdata[i]);
	for (unsigned i = from; i < to; i++, used++)
		append(t->out, line_at(t, i)->text);
	if (end->cell) {
		append(t->out, end->head->rule);
		used++;
	}
	while (used++ < t->form.lines - BOTTOM + 1)
		append(t->out, "");
	snprintf(foot, sizeof foot, "第 %d 页 共 %d 页", no, pages);
	append_ends(t, t->lay.paper->number ? t->lay.paper->number : "", foot);
	g_string_append_c(t->out, '\f');
}

static int all_pages(struct text *t)
{
	g_autoptr(GArray) cuts = g_array_new(FALSE, FALSE, sizeof(unsigned));
	unsigned from = 0;

	while (from < t->lines->len) {
		unsigned to = page_end(t, from);
		g_array_append_val(cuts, from);
		g_array_append_val(cuts, to);
		from = skip_blanks(t, to);
	}
	t->pages = (int)cuts->len / 2;
	if (t->pages > PRINT_PAGES_MAX)
		return layout_fail(&t->lay, PRINT_PAGES, 0, 0, 0);
	for (int i = 0; i < t->pages; i++)
		page(t, g_array_index(cuts, unsigned, 2 * i), g_array_index(cuts, unsigned, 2 * i + 1), i + 1,
		    t->pages);
	return 0;
}

char *text_make(
    const struct print_paper *paper, const struct print_form *form, int *pages, struct print_fault *fault)
{
	struct text t = {.form = *form};
	int r;

	*fault = (struct print_fault){0};
	t.lay = (struct layout){.paper = paper, .fault = fault};
	t.lines = g_ptr_array_new_with_free_func(free_line);
	t.heads = g_ptr_array_new_with_free_func(free_head);
	t.out = g_string_new(NULL);
	r = layout_number_valid(&t.lay);
	if (r == 0)
		r = all_blocks(&t);
	if (r == 0)
		r = all_pages(&t);
	if (r == 0 && pages)
		*pages = t.pages;
	g_ptr_array_unref(t.lines);
	g_ptr_array_unref(t.heads);
	return g_string_free(t.out, r != 0);
}
