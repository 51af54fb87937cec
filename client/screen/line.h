/*
 * The one-line commands of the menu: the initials (or name) of a command, then
 * what it is done to: «sl spjyxk 11010119900307109X», «cx 000123». Only the
 * grammar; who runs it is the menu.
 */
#ifndef YIMEN_SCREEN_LINE_H
#define YIMEN_SCREEN_LINE_H

#include "client/screen/command.h"
#include "client/screen/screen.h"

enum { LINE_CHARS = 120, LINE_BYTES = 4 * LINE_CHARS + 1 };

struct line {
	const struct command *command; /* NULL: there is none of that name here */
	char word[LINE_BYTES];         /* the first word, "" when nothing was typed */
	char rest[LINE_BYTES];         /* what follows it; of an item without the identity number */
	char id[LINE_BYTES];           /* of TAKES_ITEM: the identity number, as far as it was typed */
	bool more;                     /* something follows the first word, if only a blank */
};

/* Takes a line apart, for the screen with these bits. */
void line_parse(struct line *l, uint64_t on, const char *text);
/* Why it cannot be done as it stands, a sentence; NULL: it can. */
const char *line_refusal(const struct line *l, uint64_t on, char *buf, size_t size);
/* What the command's screen is opened with. */
void line_arg(const struct line *l, struct screen_arg *arg);
/* Usage of a command that takes something: «sl item ID». buf "" for others. */
char *line_usage(const struct command *c, char *buf, size_t size);
/* The usage of all that there are on this screen. */
char *line_usages(uint64_t on, char *buf, size_t size);

#endif
