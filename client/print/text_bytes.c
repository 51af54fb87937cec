/* Plain text as a printer for continuous forms takes it: GB18030, its codes, its line ends. */
#include "client/print/text.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

GByteArray *text_gb18030(const char *utf8, struct print_fault *fault)
{
	iconv_t cd = iconv_open("GB18030", "UTF-8");
	GByteArray *bytes = g_byte_array_new();
	char *in = (char *)utf8, buf[4096];
	size_t left = strlen(utf8), n = 0;

	do {
		char *out = buf;
		size_t room_left = sizeof buf;
		n = cd == (iconv_t)-1 ? (size_t)-1 : iconv(cd, &in, &left, &out, &room_left);
		g_byte_array_append(bytes, (guint8 *)buf, (guint)(out - buf));
	} while (n == (size_t)-1 && cd != (iconv_t)-1 && errno == E2BIG);
	if (n == (size_t)-1) {
		*fault = (struct print_fault){.kind = PRINT_CODE, .error = errno};
		g_clear_pointer(&bytes, g_byte_array_unref);
	}
	if (cd != (iconv_t)-1)
		iconv_close(cd);
	return bytes;
}

GByteArray *text_printer(
    const struct print_paper *paper, const struct print_form *form, int *pages, struct print_fault *fault)
{
	g_autofree char *text = text_make(paper, form, pages, fault);
	GByteArray *bytes = NULL, *gb = text ? text_gb18030(text, fault) : NULL;
	/* ESC @: as switched on; ESC C n: lines of a page, which the form feed counts. */
	guint8 start[] = {0x1b, '@', 0x1b, 'C', (guint8)form->lines};

	if (gb == NULL)
		return NULL;
	bytes = g_byte_array_new();
	g_byte_array_append(bytes, start, sizeof start);
	/* No byte of a GB18030 character is a line end. */
	for (guint i = 0; i < gb->len; i++) {
		if (gb->data[i] == '\n')
			g_byte_array_append(bytes, (const guint8 *)"\r", 1);
		g_byte_array_append(bytes, gb->data + i, 1);
	}
	g_byte_array_unref(gb);
	return bytes;
}
