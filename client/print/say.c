/*
 * Faults of papers as sentences that say where and what to do.
 */
#include <glib.h>
#include <libintl.h>
#include <stdio.h>
#include <string.h>

#include "client/print/print.h"

#define _(msgid) gettext(msgid)

char *print_say(const struct print_fault *f, const struct print_paper *paper, char *buf, size_t size)
{
	const char *kind =
	    f->block < paper->n && paper->blocks[f->block].kind ? paper->blocks[f->block].kind : "";
	size_t no = f->block + 1;
	char ch[8] = "";

	if (f->ch && g_unichar_isgraph(f->ch))
		ch[g_unichar_to_utf8(f->ch, ch)] = '\0';
	switch (f->kind) {
	case PRINT_FINE:
		snprintf(buf, size, "%s", _("The paper can be printed."));
		break;
	case PRINT_GLYPH:
		snprintf(buf, size,
		    _("No font can print the character U+%04X %s in block %zu (%s) \"%s\"; write it another "
		      "way."),
		    f->ch, ch, no, kind, f->excerpt);
		break;
	case PRINT_TEXT:
		snprintf(buf, size,
		    _("Block %zu (%s) holds a character that must not be in a paper (U+%04X): \"%s\"."), no,
		    kind, f->ch, f->excerpt);
		break;
	case PRINT_OVERFLOW:
		snprintf(buf, size, _("Block %zu (%s) does not fit its place on the page: \"%s\"."), no, kind,
		    f->excerpt);
		break;
	case PRINT_PAGES:
		snprintf(
		    buf, size, _("The paper is longer than %d pages; shorten it."), (int)PRINT_PAGES_MAX);
		break;
	case PRINT_BLOCK:
		snprintf(buf, size, _("The template is wrong at block %zu (%s): %s; tell the administrator."),
		    no, kind, f->excerpt);
		break;
	case PRINT_QR:
		snprintf(buf, size, _("Block %zu: this is empty or too long for a QR code: \"%s\"."), no,
		    f->excerpt);
		break;
	case PRINT_FONT:
		snprintf(
		    buf, size, "%s", _("No Chinese font is installed on this computer (fonts-noto-cjk)."));
		break;
	case PRINT_IO:
		snprintf(buf, size, _("The paper could not be written: %s."), strerror(f->error));
		break;
	case PRINT_MEMORY:
		snprintf(buf, size, "%s", _("Out of memory while laying out the paper."));
		break;
	case PRINT_CODE:
		snprintf(buf, size,
		    _("The paper could not be written in GB18030 (%s): tell the administrator."),
		    strerror(f->error));
		break;
	}
	return buf;
}
