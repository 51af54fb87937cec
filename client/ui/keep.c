/* Pieces of a screen's state as bytes: see keep.h. */
#include "client/ui/keep.h"

#include <assert.h>
#include <string.h>
#include <unigbrk.h>

#include "client/ui/editor.h"
#include "client/ui/form.h"
#include "common/text.h"

/* A text cut to its place may hold a part of a character, which would make the whole draft unreadable: it is
 * left out. Puts the rest, when out is not NULL. Returns its length. */
static size_t whole_characters(struct bytes_out *out, const char *s)
{
	size_t len = 0, left = strlen(s);
	while (left > 0) {
		uint32_t ch;
		size_t n = text_decode(s, left, &ch);
		size_t step = n > 0 ? n : 1;
		if (n > 0 && out != NULL)
			bytes_put(out, s, n);
		len += n;
		s += step;
		left -= step;
	}
	return len;
}

void keep_text(struct bytes_out *out, const char *s)
{
	size_t len = s == NULL ? 0 : whole_characters(NULL, s);
	bytes_put_u16(out, (uint16_t)len);
	if (len > UINT16_MAX)
		out->bad = true;
	if (len > 0)
		(void)whole_characters(out, s);
}

/* Good, with line ends where they may be. */
static bool good_text(const char *s, size_t len, bool lines)
{
	const char *end;
	while (lines && (end = memchr(s, '\n', len)) != NULL) {
		if (text_check(s, (size_t)(end - s)) != NULL)
			return false;
		len -= (size_t)(end - s) + 1;
		s = end + 1;
	}
	return text_check(s, len) == NULL;
}

void kept_text(struct bytes_in *in, char *buf, size_t size, bool lines)
{
	size_t len = bytes_get_u16(in);
	const uint8_t *p = bytes_get(in, len);
	buf[0] = '\0';
	if (p == NULL || len >= size || !good_text((const char *)p, len, lines)) {
		in->bad = true;
		return;
	}
	memcpy(buf, p, len);
	buf[len] = '\0';
}

bool kept_bool(struct bytes_in *in)
{
	uint8_t v = bytes_get_u8(in);
	if (v > 1)
		in->bad = true;
	return v == 1;
}

void keep_editor(struct bytes_out *out, const struct editor *e)
{
	assert(!e->secret);
	keep_text(out, e->text);
	bytes_put_u16(out, (uint16_t)e->caret);
	bytes_put_u16(out, (uint16_t)e->first);
	bytes_put_u8(out, e->selected);
}

/* Somewhere a caret can stand. */
static bool stands(const struct editor *e, size_t at)
{
	const uint8_t *p = (const uint8_t *)e->text, *end = p + e->len;
	while (p != NULL && p < end && (size_t)(p - (const uint8_t *)e->text) < at)
		p = u8_grapheme_next(p, end);
	return p != NULL && (size_t)(p - (const uint8_t *)e->text) == at;
}

void kept_editor(struct bytes_in *in, struct editor *e)
{
	char text[EDITOR_BYTES];
	kept_text(in, text, sizeof text, false);
	size_t caret = bytes_get_u16(in), first = bytes_get_u16(in);
	bool selected = kept_bool(in);
	if (text_chars(text, strlen(text)) > e->max)
		in->bad = true;
	if (in->bad)
		return;
	editor_set(e, text);
	if (!stands(e, caret) || !stands(e, first)) {
		in->bad = true;
		editor_clear(e);
		return;
	}
	e->caret = caret;
	e->first = first;
	e->selected = selected;
}

static void keep_field(struct bytes_out *out, const struct form *f, int i)
{
	keep_text(out, f->fields[i].name);
	if (f->fields[i].kind == FORM_CHOICE)
		keep_text(out, form_value(f, i));
	else
		keep_editor(out, &f->line[i]);
	bytes_put_u8(out, f->touched[i]);
	bytes_put_u8(out, f->given[i]);
	bytes_put_u8(out, f->good[i]);
	keep_text(out, f->error[i]);
}

void keep_form(struct bytes_out *out, const struct form *f)
{
	uint8_t n = 0;
	for (int i = 0; i < f->n; i++)
		n = (uint8_t)(n + (f->fields[i].kind != FORM_SECRET));
	bytes_put_u8(out, n);
	keep_text(out, f->focus < 0 ? "" : f->fields[f->focus].name);
	bytes_put_u8(out, f->frozen);
	for (int i = 0; i < f->n; i++) {
		if (f->fields[i].kind == FORM_SECRET)
			continue;
		/* Of each its length, so that a field nobody knows any more can be passed over. */
		size_t begun = out->len;
		bytes_put_u32(out, 0);
		bytes_put_u8(out, f->fields[i].kind);
		keep_field(out, f, i);
		bytes_set_u32(out, begun, (uint32_t)(out->len - begun - 4));
	}
}

static void kept_choice(struct bytes_in *in, struct form *f, int i)
{
	char value[64];
	kept_text(in, value, sizeof value, false);
	form_set(f, i, value);
}

static void kept_field(struct bytes_in *in, struct form *f)
{
	uint8_t kind = bytes_get_u8(in);
	char name[64];
	kept_text(in, name, sizeof name, false);
	int i = in->bad ? -1 : form_index(f, name);
	if (i < 0 || f->fields[i].kind != kind || kind == FORM_SECRET)
		return;
	if (kind == FORM_CHOICE)
		kept_choice(in, f, i);
	else
		kept_editor(in, &f->line[i]);
	f->touched[i] = kept_bool(in);
	f->given[i] = kept_bool(in);
	f->good[i] = kept_bool(in);
	kept_text(in, f->error[i], sizeof f->error[i], false);
	if (in->left != 0)
		in->bad = true;
}

void kept_form(struct bytes_in *in, struct form *f)
{
	char focus[64];
	uint8_t n = bytes_get_u8(in);
	kept_text(in, focus, sizeof focus, false);
	bool frozen = kept_bool(in);
	for (uint8_t i = 0; i < n && !in->bad; i++) {
		uint32_t len = bytes_get_u32(in);
		const uint8_t *p = bytes_get(in, len);
		struct bytes_in field;
		if (p == NULL)
			break;
		bytes_in_init(&field, p, len);
		kept_field(&field, f);
		in->bad |= field.bad;
	}
	int at = form_index(f, focus);
	if (at >= 0)
		f->focus = at;
	f->frozen = frozen;
}
