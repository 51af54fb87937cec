/*
 * Rows as a table for people, as JSON, as CSV. Columns are aligned by their width in
 * the terminal; JSON is valid UTF-8 whatever came.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/ctl.h"
#include "common/text.h"

enum { CELL_MAX = 40 }; /* columns of one cell on a terminal */

/* The value as text, malloc'd; NULL for NULL, and for the key that must stay in memory. */
static char *shown(const struct op_field *f, const struct op_value *v)
{
	size_t size = (size_t)v->len * 2 + 64;
	char *buf;

	if (v->null || strcmp(f->name, "journal_key") == 0)
		return NULL;
	buf = malloc(size);
	if (buf == NULL)
		abort();
	return op_show(f, v, buf, size);
}

/* What a terminal must not get (line ends, escapes, hidden characters) becomes a blank;
 * line ends stay where keep says so. In place. */
static char *clean(char *s, bool keep)
{
	size_t left = s != NULL ? strlen(s) : 0;
	char *from = s, *to = s;

	while (left > 0) {
		uint32_t ch = 0;
		size_t n = text_decode(from, left, &ch);
		bool good = n > 0 && (text_allowed(ch) || (ch == '\n' && keep));

		n = n == 0 ? 1 : n;
		if (good)
			memmove(to, from, n);
		else
			*to = ' ';
		to += good ? n : 1;
		from += n;
		left -= n;
	}
	if (s != NULL)
		*to = '\0';
	return s;
}

static void put_spaces(FILE *to, int n)
{
	while (n-- > 0)
		putc(' ', to);
}

static int width(const char *s)
{
	return text_width(s, strlen(s));
}

/* One cell, padded unless it is the last of its line. */
static void put_cell(FILE *to, const char *s, int columns, bool last)
{
	size_t len = strlen(s);
	int used = text_width(s, len);

	if (used > columns) {
		len = text_fit(s, len, columns - 1, &used);
		fwrite(s, 1, len, to);
		fputs("…", to);
		used++;
	} else {
		fwrite(s, 1, len, to);
	}
	if (!last)
		put_spaces(to, columns - used + 2);
}

static void widen(int *columns, int w, int limit)
{
	if (w > limit)
		w = limit;
	if (w > *columns)
		*columns = w;
}

static void put_row(FILE *to, const struct reply *r, size_t row, const int *columns)
{
	for (size_t c = 0; c < r->ncols; c++) {
		char *s = clean(shown(&r->fields[c], reply_at(r, row, c)), false);

		put_cell(to, s != NULL ? s : "", columns[c], c + 1 == r->ncols);
		free(s);
	}
	putc('\n', to);
}

static void put_head(FILE *to, const struct reply *r, const int *columns)
{
	for (size_t c = 0; c < r->ncols; c++)
		put_cell(to, r->fields[c].name, columns[c], c + 1 == r->ncols);
	putc('\n', to);
}

static void print_table(const struct reply *r, FILE *to)
{
	int limit = isatty(fileno(to)) ? CELL_MAX : INT32_MAX;
	int columns[OP_FIELDS_MAX] = {0};

	for (size_t c = 0; c < r->ncols; c++) {
		widen(&columns[c], width(r->fields[c].name), limit);
		for (size_t row = 0; row < r->nrows; row++) {
			char *s = clean(shown(&r->fields[c], reply_at(r, row, c)), false);

			widen(&columns[c], s != NULL ? width(s) : 0, limit);
			free(s);
		}
	}
	put_head(to, r, columns);
	for (size_t row = 0; row < r->nrows; row++)
		put_row(to, r, row, columns);
}

/* A text of several lines, all but the first moved in. */
static void put_lines(FILE *to, const char *s, int indent)
{
	for (; *s != '\0'; s++) {
		putc(*s, to);
		if (*s == '\n')
			put_spaces(to, indent);
	}
	putc('\n', to);
}

/* One thing: a line for each of its columns that is filled in. */
static void print_card(const struct reply *r, FILE *to)
{
	int columns = 0;

	for (size_t c = 0; c < r->ncols; c++)
		if (!reply_at(r, 0, c)->null)
			widen(&columns, width(r->fields[c].name), INT32_MAX);
	for (size_t c = 0; c < r->ncols; c++) {
		char *s = clean(shown(&r->fields[c], reply_at(r, 0, c)), true);

		if (s != NULL) {
			put_cell(to, r->fields[c].name, columns, false);
			put_lines(to, s, columns + 2);
		}
		free(s);
	}
}

static void json_string(FILE *to, const char *s)
{
	size_t left = strlen(s);

	putc('"', to);
	while (left > 0) {
		uint32_t ch = 0;
		size_t n = text_decode(s, left, &ch);

		if (n == 0)
			fputs("\\ufffd", to);
		else if (ch == '"' || ch == '\\')
			fprintf(to, "\\%c", (int)ch);
		else if (ch < 0x20 || ch == 0x7f)
			fprintf(to, "\\u%04x", (unsigned)ch);
		else
			fwrite(s, 1, n, to);
		n = n == 0 ? 1 : n;
		s += n;
		left -= n;
	}
	putc('"', to);
}

static void json_value(FILE *to, const struct op_field *f, const struct op_value *v)
{
	char *s = shown(f, v);

	if (s == NULL)
		fputs("null", to);
	else if (f->type <= OP_INT8)
		fputs(s, to);
	else
		json_string(to, s);
	free(s);
}

static void json_row(FILE *to, const struct reply *r, size_t row)
{
	putc('{', to);
	for (size_t c = 0; c < r->ncols; c++) {
		fprintf(to, "%s\"%s\": ", c > 0 ? ", " : "", r->fields[c].name);
		json_value(to, &r->fields[c], reply_at(r, row, c));
	}
	putc('}', to);
}

static void print_json(const struct reply *r, FILE *to)
{
	/* A write has one outcome; everything else has rows. */
	if (r->fields == op_outcome) {
		if (r->nrows > 0)
			json_row(to, r, 0);
		else
			fputs("{}", to);
		putc('\n', to);
		return;
	}
	putc('[', to);
	for (size_t row = 0; row < r->nrows; row++) {
		fputs(row > 0 ? ",\n " : "", to);
		json_row(to, r, row);
	}
	fputs("]\n", to);
}

static void csv_cell(FILE *to, const char *s)
{
	if (s[strcspn(s, ",\"\r\n")] == '\0') {
		fputs(s, to);
		return;
	}
	putc('"', to);
	for (; *s != '\0'; s++) {
		if (*s == '"')
			putc('"', to);
		putc(*s, to);
	}
	putc('"', to);
}

static void csv_head(FILE *to, const struct reply *r)
{
	for (size_t c = 0; c < r->ncols; c++)
		fprintf(to, "%s%s", c > 0 ? "," : "", r->fields[c].name);
	fputs("\r\n", to);
}

static void csv_rows(FILE *to, const struct reply *r)
{
	for (size_t row = 0; row < r->nrows; row++) {
		for (size_t c = 0; c < r->ncols; c++) {
			char *s = shown(&r->fields[c], reply_at(r, row, c));

			if (c > 0)
				putc(',', to);
			csv_cell(to, s != NULL ? s : "");
			free(s);
		}
		fputs("\r\n", to);
	}
}

/* One thing rather than a list: a write's outcome, or what show, hello … return. */
static bool one_thing(const struct reply *r)
{
	const char *verb = strchr(r->op->name, '.') + 1;

	if (r->nrows != 1)
		return false;
	return r->fields == op_outcome || strcmp(verb, "show") == 0 || strcmp(verb, "set") == 0 ||
	       strncmp(r->op->name, "session.", 8) == 0;
}

void ctl_print(const struct ctl_options *opt, const struct reply *r, FILE *to)
{
	if (r->ncols == 0)
		return;
	switch (opt->format) {
	case CTL_JSON:
		print_json(r, to);
		return;
	case CTL_CSV:
		csv_head(to, r);
		csv_rows(to, r);
		return;
	case CTL_TABLE:
		if (one_thing(r))
			print_card(r, to);
		else
			print_table(r, to);
		return;
	}
}

/* Widths that suit events, as nothing is known of the rows to come. */
static void stream_table(const struct reply *r, bool first, FILE *to)
{
	int columns[OP_FIELDS_MAX];

	for (size_t c = 0; c < r->ncols; c++) {
		uint8_t type = r->fields[c].type;
		int w = type == OP_MOMENT ? 19 : type == OP_INT8 ? 16 : type == OP_TEXT ? 22 : 7;

		columns[c] = width(r->fields[c].name) > w ? width(r->fields[c].name) : w;
	}
	if (first)
		put_head(to, r, columns);
	for (size_t row = 0; row < r->nrows; row++)
		put_row(to, r, row, columns);
}

void ctl_print_stream(const struct ctl_options *opt, const struct reply *r, bool first, FILE *to)
{
	switch (opt->format) {
	case CTL_JSON:
		for (size_t row = 0; row < r->nrows; row++) {
			json_row(to, r, row);
			putc('\n', to);
		}
		break;
	case CTL_CSV:
		if (first)
			csv_head(to, r);
		csv_rows(to, r);
		break;
	case CTL_TABLE:
		stream_table(r, first, to);
		break;
	}
	fflush(to);
}
