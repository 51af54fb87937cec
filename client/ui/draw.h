/*
 * Drawing on curses' screen: texts by columns, never by bytes, cut with an
 * ellipsis or wrapped; rules; faces instead of colours. Only this file and
 * term.c know curses.
 */
#ifndef YIMEN_UI_DRAW_H
#define YIMEN_UI_DRAW_H

#include <stdbool.h>
#include <stddef.h>

struct editor;

struct area {
	int y, x, h, w;
};

enum face {
	FACE_PLAIN,
	FACE_DIM,
	FACE_BOLD,
	FACE_TITLE,
	FACE_BAR,
	FACE_SELECT, /* the row the cursor is on, in a list that has the keys */
	FACE_FIELD,
	FACE_FOCUS, /* the field that has the keys */
	FACE_GOOD,
	FACE_WARN,
	FACE_ERROR,
	FACE_ALARM, /* reverse: the test hall, a lost line */
	FACES
};

/* color: false under NO_COLOR or on a terminal without; ascii: no line or other symbols
 * beyond ASCII of our own. */
void draw_init(bool color, bool ascii);
bool draw_ascii(void);
void draw_clear(void);
/* Writes s into w columns, cut with … when it is longer. Returns the columns written. */
int draw_text(int y, int x, int w, enum face face, const char *s);
/* The same, the rest of the w columns filled with blanks of the face. */
void draw_cell(int y, int x, int w, enum face face, const char *s);
__attribute__((format(printf, 5, 6))) int draw_format(
    int y, int x, int w, enum face face, const char *fmt, ...);
/* Writes s flush right. */
void draw_right(int y, int x, int w, enum face face, const char *s);
void draw_fill(int y, int x, int w, enum face face);
/* A horizontal rule, with a word in it when title is not NULL. */
void draw_rule(int y, int x, int w, const char *title);
void draw_column(int y, int x, int h);
/* The name of a page of a screen, on its rule; on: the page shown. Returns where the next one begins. */
int draw_tab(int y, int x, int end, const char *name, bool on);
/* A line of detail: a label and its value, wrapped below the area's top y. Returns the row after; an empty value
 * takes none. */
int draw_fact(int y, const struct area *a, enum face face, const char *label, const char *value);
/* Wraps s into the area from its row skip on; returns the rows all of it takes. Chinese
 * breaks anywhere but before closing punctuation, Latin words stay whole when they fit. */
int draw_wrap(const struct area *a, int skip, enum face face, const char *s);
/* Rows s takes in w columns. */
int draw_wrap_rows(int w, const char *s);
/* An editor in w columns; when it has the focus the caret is put there. */
void draw_editor(int y, int x, int w, struct editor *e, bool focus, enum face face);
/* Where the hardware cursor must be after this repaint: an input method's window follows it. */
void draw_caret(int y, int x);
/* Forgets the caret of the last repaint; false when none was set since. */
void draw_caret_none(void);
bool draw_caret_get(int *y, int *x);

#endif
