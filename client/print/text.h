/*
 * Paper as plain lines: the same blocks as the PDF, for 241 mm continuous forms on a
 * dot-matrix printer and for terminals. Knows kinds of blocks, no kinds of notices.
 */
#ifndef YIMEN_PRINT_TEXT_H
#define YIMEN_PRINT_TEXT_H

#include <glib.h>

#include "client/print/print.h"

/* A form of lines. On a printer everything but ASCII is two columns wide, as its Chinese
 * font is; a terminal has widths of its own. */
struct print_form {
	int columns; /* 80: 241 mm at 10 characters an inch */
	int lines;   /* 66: 11 inches at 6 lines an inch */
	bool terminal;
};
enum { TEXT_COLUMNS_MIN = 60, TEXT_COLUMNS_MAX = 136, TEXT_LINES_MIN = 24, TEXT_LINES_MAX = 127 };

/* The pages in UTF-8: each line ends in \n, each page in \f. g_free it. NULL with the fault. */
char *text_make(
    const struct print_paper *paper, const struct print_form *form, int *pages, struct print_fault *fault);
/* The bytes a dot-matrix printer gets: GB18030, lines ended by CR LF, before them its start
 * state and the length of a page (ESC/P). NULL with the fault. */
GByteArray *text_printer(
    const struct print_paper *paper, const struct print_form *form, int *pages, struct print_fault *fault);
/* UTF-8 as GB18030, which holds every character of Unicode but some private ones whose places
 * later editions gave to others. NULL with PRINT_CODE. */
GByteArray *text_gb18030(const char *utf8, struct print_fault *fault);

/* wrap.c */

/* Columns of a character, and of a text. */
int wrap_width(gunichar ch, bool terminal);
int wrap_columns(const char *text, bool terminal);
/* Appends the lines of text in this width to lines (g_free'd strings); the first one is
 * indent columns narrower. Chinese breaks anywhere but before closing and after opening
 * marks; Latin words stay whole when they fit. At least one line. */
void wrap_text(GPtrArray *lines, const char *text, int width, int indent, bool terminal);

#endif
