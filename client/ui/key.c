/* Keys from bytes: see key.h. */
#include "client/ui/key.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void key_reader_init(struct key_reader *r)
{
	memset(r, 0, sizeof *r);
}

void key_reader_done(struct key_reader *r)
{
	free(r->paste);
	r->paste = NULL;
}

static void paste_byte(struct key_reader *r, int ch)
{
	if (r->paste == NULL)
		r->paste = malloc(KEY_PASTE_MAX + 2);
	if (r->paste == NULL || r->pasted > KEY_PASTE_MAX)
		return;
	/* A key inside a paste is an escape sequence: keep a trace that gets it refused. What
	 * no longer fits leaves the same trace, for half a text is worse than none. */
	char c = (ch < 0 || ch > 0xff) ? '\033' : (char)ch;
	r->paste[r->pasted] = r->pasted == KEY_PASTE_MAX ? '\033' : c;
	r->pasted++;
}

static void paste_key(struct key_reader *r, struct key *out)
{
	r->pasting = false;
	out->code = K_PASTE;
	out->paste = r->paste != NULL ? r->paste : "";
	out->len = r->pasted;
	/* Copied lines bring their line end with them. */
	while (out->len > 0 && (out->paste[out->len - 1] == '\r' || out->paste[out->len - 1] == '\n'))
		out->len--;
}

bool key_paste_stuck(struct key_reader *r, struct key *out)
{
	if (!r->pasting)
		return false;
	paste_byte(r, 27);
	memset(out, 0, sizeof *out);
	paste_key(r, out);
	return true;
}

static const struct {
	int ch;
	enum key_code code;
} codes[] = {
    {'\r', K_ENTER},
    {'\n', K_ENTER},
    {KEY_ENTER, K_ENTER},
    {27, K_ESC},
    {'\t', K_TAB},
    {KEY_BTAB, K_BACKTAB},
    {KEY_UP, K_UP},
    {KEY_DOWN, K_DOWN},
    {KEY_LEFT, K_LEFT},
    {KEY_RIGHT, K_RIGHT},
    {KEY_HOME, K_HOME},
    {KEY_FIND, K_HOME},
    {KEY_END, K_END},
    {KEY_SELECT, K_END},
    {KEY_PPAGE, K_PGUP},
    {KEY_NPAGE, K_PGDN},
    {KEY_IC, K_INSERT},
    {KEY_DC, K_DELETE},
    {KEY_BACKSPACE, K_BACKSPACE},
    {127, K_BACKSPACE},
    {8, K_BACKSPACE},
};

static enum key_code function_key(int ch)
{
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].ch == ch)
			return codes[i].code;
	if (ch >= KEY_F(1) && ch <= KEY_F(12))
		return (enum key_code)(K_F1 + (ch - KEY_F(1)));
	if (ch == KEY_ALT_0)
		return K_F10;
	if (ch > KEY_ALT_0 && ch <= KEY_ALT_0 + 9)
		return (enum key_code)(K_F1 + (ch - KEY_ALT_0 - 1));
	return ch > 0xff ? K_OTHER : K_NONE;
}

/* One more byte of a character; characters may arrive in several reads. */
static bool text_byte(struct key_reader *r, int ch, struct key *out)
{
	wchar_t wc;
	char byte = (char)ch;
	size_t n = mbrtowc(&wc, &byte, 1, &r->state);
	if (n == (size_t)-1) {
		/* A new character may begin where the broken one was left. */
		bool had = r->parts > 0;
		memset(&r->state, 0, sizeof r->state);
		r->parts = 0;
		if (had && mbrtowc(&wc, &byte, 1, &r->state) == (size_t)-2)
			r->part[r->parts++] = byte;
		else
			memset(&r->state, 0, sizeof r->state);
		out->code = K_BAD;
		return true;
	}
	if (r->parts < sizeof r->part)
		r->part[r->parts++] = byte;
	if (n == (size_t)-2)
		return false;
	out->code = K_TEXT;
	memcpy(out->text, r->part, r->parts);
	out->len = r->parts;
	r->parts = 0;
	return true;
}

bool key_feed(struct key_reader *r, int ch, struct key *out)
{
	memset(out, 0, sizeof *out);
	if (r->pasting) {
		if (ch == KEY_PASTE_END) {
			paste_key(r, out);
			return true;
		}
		/* Within a paste there are no function keys: its end was lost. */
		if (function_key(ch) >= K_F1 && function_key(ch) <= K_F12)
			return key_paste_stuck(r, out);
		paste_byte(r, ch);
		return false;
	}
	if (ch == KEY_PASTE_BEGIN) {
		r->pasting = true;
		r->pasted = 0;
		return false;
	}
	if (ch == KEY_PASTE_END || ch == KEY_RESIZE)
		return false;
	/* As if the keypad were in its numeric mode. */
	if (ch > KEY_PAD_0 && ch <= KEY_PAD_0 + 0x7f)
		ch -= KEY_PAD_0;
	out->code = function_key(ch);
	if (out->code != K_NONE)
		return true;
	if (ch == 0) {
		out->code = K_OTHER;
		return true;
	}
	if (ch < 27) {
		out->code = K_CTRL;
		out->text[0] = (char)('a' + ch - 1);
		out->len = 1;
		return true;
	}
	if (ch < 32) {
		out->code = K_OTHER;
		return true;
	}
	return text_byte(r, ch, out);
}

char *key_label(enum key_code code, char letter, char *buf, size_t size)
{
	static const char *const names[] = {[K_ENTER] = "Enter",
	    [K_ESC] = "Esc",
	    [K_TAB] = "Tab",
	    [K_BACKTAB] = "S-Tab",
	    [K_UP] = "↑",
	    [K_DOWN] = "↓",
	    [K_LEFT] = "←",
	    [K_RIGHT] = "→",
	    [K_HOME] = "Home",
	    [K_END] = "End",
	    [K_PGUP] = "PgUp",
	    [K_PGDN] = "PgDn",
	    [K_INSERT] = "Ins",
	    [K_DELETE] = "Del",
	    [K_BACKSPACE] = "BkSp"};
	if (code >= K_F1 && code <= K_F12)
		snprintf(buf, size, "F%d", (int)(code - K_F1 + 1));
	else if (code == K_CTRL)
		snprintf(buf, size, "Ctrl-%c", letter - 'a' + 'A');
	else if (code == K_TEXT && letter == ' ')
		snprintf(buf, size, "Space");
	else if (code == K_TEXT)
		snprintf(buf, size, "%c", letter);
	else if ((size_t)code < sizeof names / sizeof *names && names[code] != NULL)
		snprintf(buf, size, "%s", names[code]);
	else
		snprintf(buf, size, "?");
	return buf;
}
