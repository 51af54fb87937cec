/*
 * Pinyin initials: see initials.h. The 3755 common characters of GB 2312 stand
 * in the order of their pinyin, so the first one of each letter is enough.
 */
#include "client/ui/initials.h"

#include <ctype.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "common/text.h"

static const struct {
	unsigned code;
	char letter;
} first[] = {{0xb0a1, 'a'}, {0xb0c5, 'b'}, {0xb2c1, 'c'}, {0xb4ee, 'd'}, {0xb6ea, 'e'}, {0xb7a2, 'f'},
    {0xb8c1, 'g'}, {0xb9fe, 'h'}, {0xbbf7, 'j'}, {0xbfa6, 'k'}, {0xc0ac, 'l'}, {0xc2e8, 'm'}, {0xc4c3, 'n'},
    {0xc5b6, 'o'}, {0xc5be, 'p'}, {0xc6da, 'q'}, {0xc8bb, 'r'}, {0xc8f6, 's'}, {0xcbfa, 't'}, {0xcdda, 'w'},
    {0xcef4, 'x'}, {0xd1b9, 'y'}, {0xd4d1, 'z'}, {0xd7fa, 0}};

static char letter_of(iconv_t to, const char *s, size_t len)
{
	unsigned char gb[4];
	char *in = (char *)(uintptr_t)s, *out = (char *)gb;
	size_t left = len, room = sizeof gb;
	char letter = 0;
	if (to == (iconv_t)-1 || iconv(to, &in, &left, &out, &room) == (size_t)-1 || room != sizeof gb - 2)
		return 0;
	unsigned code = (unsigned)gb[0] << 8 | gb[1];
	for (size_t i = 0; i < sizeof first / sizeof *first && first[i].code <= code; i++)
		letter = first[i].letter;
	return letter;
}

char *initials_of(const char *text, char *buf, size_t size)
{
	iconv_t to = iconv_open("GB2312", "UTF-8");
	size_t used = 0, left = strlen(text), n;
	uint32_t ch;
	for (; left > 0 && used + 1 < size; text += n, left -= n) {
		n = text_decode(text, left, &ch);
		if (n == 0)
			break;
		char c = n > 1 ? letter_of(to, text, n) : isalnum((int)ch) ? (char)tolower((int)ch) : 0;
		if (c != 0)
			buf[used++] = c;
	}
	buf[used] = '\0';
	if (to != (iconv_t)-1)
		(void)iconv_close(to);
	return buf;
}

bool initials_fit(const char *text, const char *typed)
{
	char initials[256];
	return strcasestr(text, typed) != NULL ||
	       strcasestr(initials_of(text, initials, sizeof initials), typed) != NULL;
}
