/* Drawing by columns: see draw.h. */
#include "client/ui/draw.h"

#include <curses.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "client/ui/editor.h"
#include "common/text.h"

static attr_t faces[FACES];
static bool ascii_only;
static bool caret_set;
static int caret_y, caret_x;

static void wear(enum face face)
{
	attrset((int)faces[face]);
}

enum { PAIR_GOOD = 1, PAIR_WARN, PAIR_ERROR, PAIR_BAR };

void draw_init(bool color, bool ascii)
{
	ascii_only = ascii;
	faces[FACE_PLAIN] = A_NORMAL;
	faces[FACE_DIM] = A_DIM;
	faces[FACE_BOLD] = A_BOLD;
	faces[FACE_TITLE] = A_BOLD;
	faces[FACE_BAR] = A_REVERSE;
	faces[FACE_SELECT] = A_REVERSE;
	faces[FACE_FIELD] = A_UNDERLINE;
	faces[FACE_FOCUS] = A_UNDERLINE | A_BOLD;
	faces[FACE_GOOD] = A_NORMAL;
	faces[FACE_WARN] = A_BOLD;
	faces[FACE_ERROR] = A_BOLD;
	faces[FACE_ALARM] = A_REVERSE | A_BOLD;
	if (!color)
		return;
	init_pair(PAIR_GOOD, COLOR_GREEN, -1);
	init_pair(PAIR_WARN, COLOR_YELLOW, -1);
	init_pair(PAIR_ERROR, COLOR_RED, -1);
	init_pair(PAIR_BAR, COLOR_CYAN, -1);
	faces[FACE_GOOD] |= (attr_t)COLOR_PAIR(PAIR_GOOD);
	faces[FACE_WARN] |= (attr_t)COLOR_PAIR(PAIR_WARN);
	faces[FACE_ERROR] |= (attr_t)COLOR_PAIR(PAIR_ERROR);
	faces[FACE_TITLE] |= (attr_t)COLOR_PAIR(PAIR_BAR);
}

bool draw_ascii(void)
{
	return ascii_only;
}

void draw_clear(void)
{
	erase();
	caret_set = false;
}

/* Bytes to the screen; what has no width of its own on a terminal becomes a mark, so that a
 * row never ends elsewhere than counted. */
static int put(int y, int x, int columns, const char *s, size_t len)
{
	int used = 0;
	size_t n = text_fit(s, len, columns, &used);
	if (n > 0)
		mvaddnstr(y, x, s, (int)n);
	return used;
}

static int text_n(int y, int x, int w, enum face face, const char *s, size_t len)
{
	int rows = getmaxy(stdscr), cols = getmaxx(stdscr);
	if (y < 0 || y >= rows || x < 0 || x >= cols || w <= 0)
		return 0;
	if (w > cols - x)
		w = cols - x;
	wear(face);
	int used;
	if (text_width(s, len) <= w) {
		used = put(y, x, w, s, len);
	} else {
		const char *dots = ascii_only ? "~" : "…";
		used = put(y, x, w - 1, s, len);
		used += put(y, x + used, 1, dots, strlen(dots));
	}
	attrset(A_NORMAL);
	return used;
}

int draw_text(int y, int x, int w, enum face face, const char *s)
{
	return text_n(y, x, w, face, s, strlen(s));
}

void draw_fill(int y, int x, int w, enum face face)
{
	int cols = getmaxx(stdscr);
	if (y < 0 || y >= getmaxy(stdscr) || x < 0 || x >= cols)
		return;
	if (w > cols - x)
		w = cols - x;
	wear(face);
	if (w > 0)
		mvhline(y, x, ' ' | faces[face], w);
	attrset(A_NORMAL);
}

void draw_cell(int y, int x, int w, enum face face, const char *s)
{
	draw_fill(y, x, w, face);
	draw_text(y, x, w, face, s);
}

int draw_format(int y, int x, int w, enum face face, const char *fmt, ...)
{
	char buf[1024];
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(buf, sizeof buf, fmt, ap);
	va_end(ap);
	if (n < 0)
		return 0;
	size_t len = (size_t)n < sizeof buf ? (size_t)n : text_cut(buf, strlen(buf), sizeof buf - 1);
	return text_n(y, x, w, face, buf, len);
}

void draw_right(int y, int x, int w, enum face face, const char *s)
{
	int width = text_width(s, strlen(s));
	if (width >= w)
		draw_text(y, x, w, face, s);
	else
		draw_text(y, x + w - width, width, face, s);
}

void draw_rule(int y, int x, int w, const char *title)
{
	if (y < 0 || y >= getmaxy(stdscr))
		return;
	wear(FACE_DIM);
	for (int i = 0; i < w && x + i < getmaxx(stdscr); i++)
		mvaddstr(y, x + i, ascii_only ? "-" : "─");
	attrset(A_NORMAL);
	if (title != NULL) {
		mvaddch(y, x + 2, ' ');
		int used = draw_text(y, x + 3, w - 6, FACE_TITLE, title);
		mvaddch(y, x + 3 + used, ' ');
	}
}

void draw_column(int y, int x, int h)
{
	wear(FACE_DIM);
	for (int i = 0; i < h; i++)
		mvaddstr(y + i, x, ascii_only ? "|" : "│");
	attrset(A_NORMAL);
}

static bool is_one_of(uint32_t ch, const char *marks)
{
	uint32_t m;
	for (const char *p = marks; *p != '\0';) {
		size_t n = text_decode(p, strlen(p), &m);
		if (n == 0)
			return false;
		if (m == ch)
			return true;
		p += n;
	}
	return false;
}

/* May not begin a row. */
static bool closes(uint32_t ch)
{
	return is_one_of(ch, ",.;:!?)]}%，。；：！？）》」』】〕、”’");
}

/* May not end one. */
static bool opens(uint32_t ch)
{
	return is_one_of(ch, "([{（《「『【〔“‘");
}

static bool word_letter(uint32_t ch)
{
	return ch > ' ' && ch < 0x2e80;
}

/* Bytes of s that make its first row of w columns. */
static size_t row_length(const char *s, size_t len, int w)
{
	int used;
	size_t n = text_fit(s, len, w, &used);
	const char *line = memchr(s, '\n', n < len ? n + 1 : n);
	if (line != NULL)
		return (size_t)(line - s);
	if (n >= len || n == 0)
		return n;
	/* Break earlier rather than inside a word or before a closing mark. */
	size_t at = n;
	for (int tries = 0; tries < 24 && at > 0; tries++) {
		uint32_t next, last;
		size_t p = text_cut(s, len, at - 1);
		if (text_decode(s + at, len - at, &next) == 0 || text_decode(s + p, at - p, &last) == 0)
			break;
		if (!closes(next) && !opens(last) && !(word_letter(next) && word_letter(last)))
			return at;
		at = p;
	}
	return n;
}

int draw_wrap(const struct area *a, int skip, enum face face, const char *s)
{
	size_t left = strlen(s);
	int row = 0;
	if (a->w < 2)
		return 0;
	do {
		size_t n = row_length(s, left, a->w);
		if (row >= skip && row - skip < a->h)
			text_n(a->y + row - skip, a->x, a->w, face, s, n);
		row++;
		if (n == 0 && left > 0 && *s != '\n')
			n = 1; /* cannot happen with two columns; never loop */
		s += n;
		left -= n;
		while (left > 0 && *s == ' ') {
			s++;
			left--;
		}
		if (left > 0 && *s == '\n') {
			s++;
			left--;
		}
	} while (left > 0);
	return row;
}

int draw_wrap_rows(int w, const char *s)
{
	struct area none = {0, 0, 0, w};
	return draw_wrap(&none, 0, FACE_PLAIN, s);
}

void draw_editor(int y, int x, int w, struct editor *e, bool focus, enum face face)
{
	struct editor_view v;
	editor_view(e, w, &v);
	draw_fill(y, x, w, face);
	if (v.s == NULL) {
		for (int i = 0; i < v.dots; i++)
			draw_text(y, x + i, 1, face, "*");
	} else {
		int used;
		wear(face);
		size_t n = text_fit(v.s, v.len, w, &used);
		mvaddnstr(y, x, v.s, (int)n);
		attrset(A_NORMAL);
	}
	if (v.before)
		draw_text(y, x - 1, 1, FACE_DIM, "<");
	if (v.after)
		draw_text(y, x + w, 1, FACE_DIM, ">");
	if (focus)
		draw_caret(y, x + (v.caret < w ? v.caret : w - 1));
}

void draw_caret(int y, int x)
{
	caret_set = true;
	caret_y = y;
	caret_x = x;
}

void draw_caret_none(void)
{
	caret_set = false;
}

bool draw_caret_get(int *y, int *x)
{
	*y = caret_y;
	*x = caret_x;
	return caret_set;
}

int draw_tab(int y, int x, int end, const char *name, bool on)
{
	if (x >= end - 1)
		return x;
	x += draw_text(y, x, 1, FACE_PLAIN, " ");
	x += draw_text(y, x, end - x, on ? FACE_SELECT : FACE_PLAIN, name);
	return x + draw_text(y, x, 1, FACE_PLAIN, " ") + 1;
}

int draw_fact(int y, const struct area *a, enum face face, const char *label, const char *value)
{
	if (*value == '\0' || y >= a->y + a->h)
		return y;
	int used = draw_text(y, a->x, a->w, FACE_DIM, label) + 1;
	struct area v = {y, a->x + used, a->y + a->h - y, a->w - used};
	return y + draw_wrap(&v, 0, face, value);
}
