/*
 * UTF-8 as this project takes it: valid, and without control, bidirectional or
 * zero-width characters; its length in characters, its width in terminal
 * columns, and escapes for logs. Knows no curses.
 */
#ifndef YIMEN_TEXT_H
#define YIMEN_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes one character of at most left bytes. Its bytes, or 0 when invalid. */
size_t text_decode(const char *s, size_t left, uint32_t *ch);
/* Encodes ch into buf[4]. Its bytes. */
size_t text_encode(uint32_t ch, char buf[4]);
/* NULL when good, else text.invalid, text.control, text.hidden (a refusal code). */
const char *text_check(const char *s, size_t len);
/* This character may stand in a field. */
bool text_allowed(uint32_t ch);
/* Characters (not bytes, not columns) of valid UTF-8. */
size_t text_chars(const char *s, size_t len);
/* Only blanks, or nothing. */
bool text_blank(const char *s, size_t len);
/* NULL, or why nobody is called that: text.blank, text.marks (accents without a letter). */
const char *text_name(const char *s, size_t len);
/* Columns in a terminal by wcwidth (needs a UTF-8 LC_CTYPE); unprintable ones count 0. */
int text_width(const char *s, size_t len);
/* The bytes of s that fit in this many columns; *used gets the columns taken. */
size_t text_fit(const char *s, size_t len, int columns, int *used);
/* The last byte index <= max that is the end of a whole character. */
size_t text_cut(const char *s, size_t len, size_t max);
/* Escapes what could break or disguise a log line, byte by byte: newline → \x0a, quote →
 * \x22. Cut when buf is full. Returns buf. */
char *text_escape(const char *s, size_t len, char *buf, size_t size);

/* Enough to look for a case (CASE-12), by the hall's own measure: 4 digits, 3 initials or 2
 * other characters; less would find half of them. */
bool text_findable(const char *q);

#endif
