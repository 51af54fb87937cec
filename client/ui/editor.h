/*
 * The line editor: one line of text, edited by grapheme, shown in a window of
 * columns that follows the caret. Refuses what may not stand in a field, with
 * the refusal's code. Knows neither forms nor cases; drawing is apart.
 */
#ifndef YIMEN_UI_EDITOR_H
#define YIMEN_UI_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

struct key;

enum { EDITOR_BYTES = 1700, EDITOR_CHARS = 400 };

struct editor {
	char text[EDITOR_BYTES];
	size_t len;    /* bytes */
	size_t caret;  /* byte offset of a grapheme's begin, or len */
	size_t first;  /* first byte shown */
	size_t max;    /* characters; 0: EDITOR_CHARS */
	bool secret;   /* shown as dots */
	bool selected; /* all of it: the next text takes its place */
};

enum editor_result {
	EDITOR_UNUSED,  /* not a key of the editor */
	EDITOR_MOVED,   /* the caret only, or nothing at all */
	EDITOR_CHANGED, /* the text */
	EDITOR_REFUSED, /* nothing happened; *why is a refusal code */
};

void editor_init(struct editor *e, size_t max_chars, bool secret);
/* Replaces the text, cut at max; the caret goes to the end. */
void editor_set(struct editor *e, const char *text);
void editor_clear(struct editor *e);
/* Inserts at the caret, whole or not at all. NULL, or text.invalid, text.control,
 * text.hidden, text.newline, text.long. */
const char *editor_insert(struct editor *e, const char *s, size_t len);
enum editor_result editor_key(struct editor *e, const struct key *k, const char **why);

/* What is to be shown in this many columns. Scrolls so that the caret is in sight. */
struct editor_view {
	const char *s;      /* NULL for a secret: show dots */
	size_t len;         /* bytes */
	int dots;           /* of a secret */
	int caret;          /* column */
	bool before, after; /* more text on that side */
};
void editor_view(struct editor *e, int columns, struct editor_view *v);

#endif
