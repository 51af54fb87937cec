/* UTF-8: what is allowed, how long, how wide, and masking. Knows no curses. */
#include "common/text.h"

#include <stdio.h>
#include <string.h>
#include <unictype.h>
#include <wchar.h>

size_t text_decode(const char *s, size_t left, uint32_t *ch)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const uint8_t *p = (const uint8_t *)s;
	size_t n;

	if (left == 0)
		return 0;
	if (p[0] < 0x80) {
		*ch = p[0];
		return 1;
	}
	n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || n > left)
		return 0;
	*ch = p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*ch = *ch << 6 | (p[i] & 0x3f);
	}
	if (*ch < least[n] || *ch > 0x10ffff || (*ch >= 0xd800 && *ch <= 0xdfff))
		return 0;
	return n;
}

size_t text_encode(uint32_t ch, char buf[4])
{
	static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t n = ch < 0x80 ? 1 : ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; ch >>= 6)
		buf[i] = (char)(0x80 | (ch & 0x3f));
	buf[0] = (char)(lead[n] | ch);
	return n;
}

static bool is_control(uint32_t ch)
{
	return ch < 0x20 || (ch >= 0x7f && ch < 0xa0) || ch == 0x2028 || ch == 0x2029;
}

/* Characters that change what is seen without being seen: bidirectional marks, zero-width
 * ones, tags, noncharacters. Variation selectors stay: rare names need them. */
static bool is_hidden(uint32_t ch)
{
	static const uint32_t ranges[][2] = {{0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c}, {0x115f, 0x1160},
	    {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f},
	    {0x3164, 0x3164}, {0xfdd0, 0xfdef}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb},
	    {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe00ff}, {0xe01f0, 0xe0fff}};

	if ((ch & 0xfffe) == 0xfffe)
		return true;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (ch >= ranges[i][0] && ch <= ranges[i][1])
			return true;
	return false;
}

bool text_allowed(uint32_t ch)
{
	return !is_control(ch) && !is_hidden(ch);
}

const char *text_check(const char *s, size_t len)
{
	uint32_t ch;

	for (size_t i = 0, n; i < len; i += n) {
		n = text_decode(s + i, len - i, &ch);
		if (n == 0)
			return "text.invalid";
		if (is_control(ch))
			return "text.control";
		if (is_hidden(ch))
			return "text.hidden";
	}
	return NULL;
}

size_t text_chars(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((uint8_t)s[i] & 0xc0) != 0x80;
	return n;
}

/* A variation selector leaves no mark of its own, so a name of nothing else is blank. */
static bool is_blank(uint32_t ch)
{
	static const uint32_t ranges[][2] = {{0x9, 0xd}, {' ', ' '}, {0xa0, 0xa0}, {0x1680, 0x1680},
	    {0x2000, 0x200a}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x2800, 0x2800}, {0x3000, 0x3000},
	    {0xfe00, 0xfe0f}, {0xe0100, 0xe01ef}};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (ch >= ranges[i][0] && ch <= ranges[i][1])
			return true;
	return false;
}

bool text_blank(const char *s, size_t len)
{
	uint32_t ch;

	for (size_t i = 0, n; i < len; i += n) {
		n = text_decode(s + i, len - i, &ch);
		if (n == 0 || !is_blank(ch))
			return false;
	}
	return true;
}

const char *text_name(const char *s, size_t len)
{
	uint32_t ch;

	if (text_blank(s, len))
		return "text.blank";
	for (size_t i = 0, n; i < len; i += n) {
		n = text_decode(s + i, len - i, &ch);
		/* Marks stand over, under or around a letter, and are drawn over whatever is beside them. */
		if (n == 0 || (!is_blank(ch) && !uc_is_general_category_withtable(ch, UC_CATEGORY_MASK_M)))
			return NULL;
	}
	return "text.marks";
}

int text_width(const char *s, size_t len)
{
	int used;

	text_fit(s, len, INT32_MAX, &used);
	return used;
}

size_t text_fit(const char *s, size_t len, int columns, int *used)
{
	size_t i = 0;
	uint32_t ch;

	*used = 0;
	while (i < len) {
		size_t n = text_decode(s + i, len - i, &ch);
		int w = n == 0 ? 0 : wcwidth((wchar_t)ch);

		if (n == 0)
			n = 1;
		if (w < 0)
			w = 0;
		if (w > columns - *used)
			break;
		*used += w;
		i += n;
	}
	return i;
}

size_t text_cut(const char *s, size_t len, size_t max)
{
	size_t n = len < max ? len : max;

	if (n == len)
		return n;
	while (n > 0 && ((uint8_t)s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

char *text_escape(const char *s, size_t len, char *buf, size_t size)
{
	size_t used = 0;
	uint32_t ch;

	for (size_t i = 0, n; i < len && used + 5 <= size; i += n) {
		n = text_decode(s + i, len - i, &ch);
		if (n != 0 && text_allowed(ch) && ch != '"' && ch != '\\') {
			if (used + n >= size)
				break;
			memcpy(buf + used, s + i, n);
			used += n;
			continue;
		}
		n = 1;
		used += (size_t)snprintf(buf + used, size - used, "\\x%02x", (uint8_t)s[i]);
	}
	buf[used] = '\0';
	return buf;
}

bool text_findable(const char *q)
{
	size_t chars = 0, digits = 0, plain = 0;
	uint32_t ch;
	for (size_t n; *q != '\0'; q += n) {
		n = text_decode(q, strlen(q), &ch);
		if (n == 0)
			return false;
		if (ch == ' ' || ch == '-')
			continue;
		chars++;
		digits += ch >= '0' && ch <= '9';
		plain += ch < 0x80 &&
			 ((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z'));
	}
	if (plain == chars)
		return chars >= (digits > 0 ? 4 : 3);
	return chars >= 2;
}
