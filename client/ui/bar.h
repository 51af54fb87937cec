/*
 * The three fixed lines: where one is (top), what was said last (status), what
 * the keys do (keys). Knows no case; is told everything.
 */
#ifndef YIMEN_UI_BAR_H
#define YIMEN_UI_BAR_H

#include <stdbool.h>

#include "client/ui/draw.h"

enum bar_line { BAR_CONNECTING, BAR_LOST, BAR_UP, BAR_DATABASE };

struct bar_top {
	const char *hall;  /* "" before hello */
	const char *place; /* window and post, or ""; shortened first */
	const char *who;   /* the person, as A or B of the post, or "" */
	const char *clock; /* 09:41, or "" */
	enum bar_line line;
	bool test;     /* a test hall says so in reverse video */
	bool training; /* a training hall, too (SEC-5) */
};

struct bar_key {
	char key[12];
	const char *label; /* already translated */
};

void bar_top(int y, int w, const struct bar_top *t);
/* spin: frame of the spinner, −1 for none. right: what stands at the right end, or "". */
void bar_status(int y, int w, enum face face, const char *said, int spin, const char *right);
/* As many as there is room for; without gaps where that helps, and with … where one is missing. */
void bar_keys(int y, int w, const struct bar_key *keys, int n);
/* Columns they take; tight: without gaps between key and label. */
int bar_keys_width(const struct bar_key *keys, int n, bool tight);

#endif
