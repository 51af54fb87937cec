/*
 * From the bytes and codes of getch to whole keys: characters that arrived in
 * pieces, Alt-digit as F-keys, bracketed paste as one key. Pure: it is fed
 * numbers and gives keys, so tests need no terminal.
 */
#ifndef YIMEN_UI_KEY_H
#define YIMEN_UI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

enum key_code {
	K_NONE,
	K_TEXT,  /* one character in text */
	K_PASTE, /* text of len bytes, not yet judged */
	K_BAD,   /* bytes that are no UTF-8 */
	K_ENTER,
	K_ESC,
	K_TAB,
	K_BACKTAB,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PGUP,
	K_PGDN,
	K_INSERT,
	K_DELETE,
	K_BACKSPACE,
	K_F1,
	K_F2,
	K_F3,
	K_F4,
	K_F5,
	K_F6,
	K_F7,
	K_F8,
	K_F9,
	K_F10,
	K_F11,
	K_F12,
	K_CTRL, /* text[0] is the letter, lower case */
	K_SCAN, /* no key: paste is what a scanner read */
	K_OTHER /* a key nobody wants */
};

/* Codes above curses' own, given to define_key. */
enum { KEY_PASTE_BEGIN = 0x2000, KEY_PASTE_END, KEY_ALT_0, KEY_PAD_0 = 0x2100 };
/* Keys of the numeric keypad in its application mode: KEY_PAD_0 + the character. It sends
 * ESC O and that character with 0x40 added. */
#define KEY_PAD_CHARACTERS "0123456789.-,+*/"
enum { KEY_PASTE_MAX = 16 * 1024 };

struct key {
	enum key_code code;
	char text[8];
	const char *paste; /* belongs to the reader until its next key */
	size_t len;        /* bytes of text or paste */
};

struct key_reader {
	mbstate_t state;
	char part[8]; /* bytes of a character still arriving */
	size_t parts;
	bool pasting;
	char *paste;
	size_t pasted; /* bytes in paste; more than KEY_PASTE_MAX are dropped and make it bad */
};

void key_reader_init(struct key_reader *r);
void key_reader_done(struct key_reader *r);
/* Takes one value of getch (not ERR). True when it completed a key. */
bool key_feed(struct key_reader *r, int ch, struct key *out);
/* Gives up a paste whose end never came. True when there was one; what came is a K_PASTE
 * with a control character in it, so it is refused. */
bool key_paste_stuck(struct key_reader *r, struct key *out);
/* The key's name for help and bar: F10, Enter, Ctrl-P, / … Returns buf. */
char *key_label(enum key_code code, char letter, char *buf, size_t size);

#endif
