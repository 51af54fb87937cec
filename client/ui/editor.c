/* The line editor: see editor.h. */
#include "client/ui/editor.h"

#include <string.h>
#include <unigbrk.h>

#include "client/ui/key.h"
#include "client/ui/undo.h"
#include "common/text.h"

void editor_init(struct editor *e, size_t max_chars, bool secret)
{
	memset(e, 0, sizeof *e);
	e->max = max_chars == 0 || max_chars > EDITOR_CHARS ? EDITOR_CHARS : max_chars;
	e->secret = secret;
}

void editor_clear(struct editor *e)
{
	/* All of it: it may have been a password. */
	explicit_bzero(e->text, sizeof e->text);
	e->len = e->caret = e->first = 0;
	e->selected = false;
}

void editor_set(struct editor *e, const char *text)
{
	editor_clear(e);
	size_t len = strlen(text);
	if (len > EDITOR_BYTES - 1)
		len = text_cut(text, len, EDITOR_BYTES - 1);
	while (len > 0 && text_chars(text, len) > e->max)
		len = text_cut(text, len, len - 1);
	memcpy(e->text, text, len);
	e->text[len] = '\0';
	e->len = e->caret = len;
}

const char *editor_insert(struct editor *e, const char *s, size_t len)
{
	/* A paste that was cut is no valid text either; that it is too long says more. */
	if (len > KEY_PASTE_MAX)
		return "text.long";
	const char *why = text_check(s, len);
	if (why != NULL && (memchr(s, '\n', len) != NULL || memchr(s, '\r', len) != NULL))
		why = "text.newline";
	if (why != NULL)
		return why;
	if (e->len + len >= EDITOR_BYTES || text_chars(e->text, e->len) + text_chars(s, len) > e->max)
		return "text.long";
	memmove(e->text + e->caret + len, e->text + e->caret, e->len - e->caret + 1);
	memcpy(e->text + e->caret, s, len);
	e->len += len;
	e->caret += len;
	return NULL;
}

static size_t grapheme_before(const struct editor *e, size_t at)
{
	if (at == 0)
		return 0;
	const uint8_t *begin = (const uint8_t *)e->text;
	const uint8_t *p = u8_grapheme_prev(begin + at, begin);
	return p == NULL ? 0 : (size_t)(p - begin);
}

static size_t grapheme_after(const struct editor *e, size_t at)
{
	if (at >= e->len)
		return e->len;
	const uint8_t *begin = (const uint8_t *)e->text;
	const uint8_t *p = u8_grapheme_next(begin + at, begin + e->len);
	return p == NULL ? e->len : (size_t)(p - begin);
}

static enum editor_result cut(struct editor *e, size_t from, size_t to)
{
	if (from == to)
		return EDITOR_MOVED;
	memmove(e->text + from, e->text + to, e->len - to + 1);
	e->len -= to - from;
	e->caret = from;
	return EDITOR_CHANGED;
}

/* Back over blanks, then over what is not blank. */
static size_t word_before(const struct editor *e)
{
	size_t at = e->caret;
	while (at > 0 && e->text[at - 1] == ' ')
		at--;
	while (at > 0 && e->text[at - 1] != ' ')
		at--;
	return at;
}

static enum editor_result control(struct editor *e, char letter)
{
	switch (letter) {
	case 'a':
		e->caret = 0;
		return EDITOR_MOVED;
	case 'e':
		e->caret = e->len;
		return EDITOR_MOVED;
	case 'u':
		return cut(e, 0, e->caret);
	case 'k':
		return cut(e, e->caret, e->len);
	case 'w':
		return cut(e, word_before(e), e->caret);
	default:
		return EDITOR_UNUSED;
	}
}

static enum editor_result typed(struct editor *e, const char *s, size_t len, const char **why)
{
	if (len == 0)
		return EDITOR_MOVED;
	if (e->selected) {
		struct editor old = *e;
		editor_clear(e);
		*why = editor_insert(e, s, len);
		if (*why != NULL)
			*e = old;
		explicit_bzero(&old, sizeof old);
	} else {
		*why = editor_insert(e, s, len);
	}
	return *why == NULL ? EDITOR_CHANGED : EDITOR_REFUSED;
}

enum editor_result editor_key(struct editor *e, const struct key *k, const char **why)
{
	bool all = e->selected;
	*why = NULL;
	undo_keep(e, sizeof *e);
	if (all && (k->code == K_BACKSPACE || k->code == K_DELETE)) {
		editor_clear(e);
		return EDITOR_CHANGED;
	}
	e->selected = all && (k->code == K_TEXT || k->code == K_PASTE);
	switch (k->code) {
	case K_TEXT:
		return typed(e, k->text, k->len, why);
	case K_PASTE:
		return typed(e, k->paste, k->len, why);
	case K_LEFT:
		e->caret = grapheme_before(e, e->caret);
		return EDITOR_MOVED;
	case K_RIGHT:
		e->caret = grapheme_after(e, e->caret);
		return EDITOR_MOVED;
	case K_HOME:
		e->caret = 0;
		return EDITOR_MOVED;
	case K_END:
		e->caret = e->len;
		return EDITOR_MOVED;
	case K_BACKSPACE:
		return cut(e, grapheme_before(e, e->caret), e->caret);
	case K_DELETE:
		return cut(e, e->caret, grapheme_after(e, e->caret));
	case K_CTRL:
		return control(e, k->text[0]);
	default:
		return EDITOR_UNUSED;
	}
}

static int columns_between(const struct editor *e, size_t from, size_t to)
{
	return text_width(e->text + from, to - from);
}

static void secret_view(struct editor *e, int columns, struct editor_view *v)
{
	int all = (int)text_chars(e->text, e->len);
	int caret = (int)text_chars(e->text, e->caret);
	int skip = caret >= columns ? caret - columns + 1 : 0;
	v->s = NULL;
	v->len = 0;
	v->dots = all - skip < columns ? all - skip : columns;
	v->caret = caret - skip;
	v->before = skip > 0;
	v->after = all - skip > columns;
}

void editor_view(struct editor *e, int columns, struct editor_view *v)
{
	memset(v, 0, sizeof *v);
	if (columns < 1)
		columns = 1;
	if (e->secret) {
		secret_view(e, columns, v);
		return;
	}
	if (e->first > e->caret)
		e->first = e->caret;
	if (e->first >= e->len && e->caret == e->len)
		e->first = grapheme_before(e, e->len);
	/* The caret needs a column of its own behind the text. */
	while (e->first < e->caret && columns_between(e, e->first, e->caret) > columns - 1)
		e->first = grapheme_after(e, e->first);
	/* Room that became free by deleting is filled from the left again. */
	while (e->first > 0) {
		size_t p = grapheme_before(e, e->first);
		if (columns_between(e, p, e->len) > columns - 1)
			break;
		e->first = p;
	}
	v->s = e->text + e->first;
	int used;
	v->len = text_fit(v->s, e->len - e->first, columns, &used);
	v->caret = columns_between(e, e->first, e->caret);
	v->before = e->first > 0;
	v->after = e->first + v->len < e->len;
}
