/* Breaking a text into lines of so many columns: see text.h. */
#include <string.h>
#include <wchar.h>

#include "client/print/text.h"

int wrap_width(gunichar ch, bool terminal)
{
	int w;

	if (!terminal)
		return ch < 0x80 ? 1 : 2;
	w = wcwidth((wchar_t)ch);
	return w < 0 ? 0 : w;
}

int wrap_columns(const char *text, bool terminal)
{
	int columns = 0;

	for (; *text; text = g_utf8_next_char(text))
		columns += wrap_width(g_utf8_get_char(text), terminal);
	return columns;
}

static bool one_of(gunichar ch, const char *set)
{
	return g_utf8_strchr(set, -1, ch) != NULL;
}

/* A line may end between these two. */
static bool breaks(gunichar before, gunichar after)
{
	if (before == ' ')
		return true;
	if (after == ' ' || one_of(after, "，。；：、）》”’！？】〉」』〕…—％,.;:!?)]}%") ||
	    g_unichar_ismark(after))
		return false;
	if (one_of(before, "（《“‘【〈「『〔([{"))
		return false;
	return before >= 0x80 || after >= 0x80;
}

/* The end of the line that begins at text, at most width columns; at least one character. */
static const char *line_end(const char *text, int width, bool terminal)
{
	const char *good = NULL, *p = text;
	int used = 0;

	while (*p && *p != '\n') {
		gunichar ch = g_utf8_get_char(p);
		used += wrap_width(ch, terminal);
		if (used > width && ch != ' ')
			return good ? good : p > text ? p : g_utf8_next_char(p);
		p = g_utf8_next_char(p);
		if (*p && *p != '\n' && breaks(ch, g_utf8_get_char(p)))
			good = p;
	}
	return p;
}

void wrap_text(GPtrArray *lines, const char *text, int width, int indent, bool terminal)
{
	bool more = true;

	while (more) {
		const char *end = line_end(text, width - indent, terminal);
		char *line = g_strndup(text, (gsize)(end - text));
		g_ptr_array_add(lines, g_strchomp(line));
		indent = 0;
		more = *end != '\0';
		text = *end == '\n' ? end + 1 : end;
		while (more && *text == ' ')
			text++;
	}
}
