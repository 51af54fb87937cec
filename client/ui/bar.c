/* Top, status and key line: see bar.h. */
#include "client/ui/bar.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "client/ui/lang.h"
#include "common/text.h"

enum { STATUS_ABOVE = 3, PLACE_LEAST = 24 };

static int width(const char *s)
{
	return text_width(s, strlen(s));
}

static const char *line_word(enum bar_line line)
{
	switch (line) {
	case BAR_UP:
		return _("connected");
	case BAR_LOST:
		return _("line down, trying again");
	case BAR_DATABASE:
		return _("database away");
	default:
		return _("connecting");
	}
}

void bar_top(int y, int w, const struct bar_top *t)
{
	char right[96];
	const char *dot = draw_ascii() ? "*" : "●";
	snprintf(right, sizeof right, "%s%s%s %s ", t->clock, *t->clock != '\0' ? "  " : "", dot,
	    line_word(t->line));
	int rw = width(right);
	int x = 1, room = w - rw - 1;
	x += draw_text(y, x, room, FACE_TITLE, _("Yimen"));
	if (t->test || t->training) {
		x++;
		x += draw_text(
		    y, x, room - x, FACE_ALARM, t->training ? _("[TRAINING HALL]") : _("[TEST HALL]"));
	}
	/* The clerk's name stays, then as much of the place as is worth it, then the hall. */
	int who = *t->who != '\0' ? width(t->who) + 1 : 0, place = width(t->place);
	int least = place < PLACE_LEAST ? place : PLACE_LEAST;
	if (*t->hall != '\0')
		x += draw_format(
		    y, x, room - x - who - least - 2, FACE_PLAIN, draw_ascii() ? " - %s" : " · %s", t->hall);
	if (place > 0)
		x += 2 + draw_text(y, x + 2, room - x - 2 - who, FACE_PLAIN, t->place);
	if (who > 0)
		draw_text(y, x + 1, room - x - 1, FACE_PLAIN, t->who);
	draw_text(
	    y, w - rw, rw, t->line == BAR_LOST || t->line == BAR_DATABASE ? FACE_ALARM : FACE_PLAIN, right);
}

void bar_status(int y, int w, enum face face, const char *said, int spin, const char *right)
{
	static const char *const round[] = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴"};
	static const char *const plain[] = {"|", "/", "-", "\\", "|", "/"};
	int rw = width(right), room = w - rw - 4;
	if (rw > 0)
		draw_text(y, w - rw - 1, rw, FACE_PLAIN, right);
	if (spin >= 0)
		draw_text(y, 0, 1, FACE_WARN, draw_ascii() ? plain[spin % 6] : round[spin % 6]);
	/* A long sentence takes the place of the rule above, and of what stands over that. */
	int above = draw_wrap_rows(room, said) - 1;
	if (above > STATUS_ABOVE)
		above = STATUS_ABOVE;
	struct area a = {y - above, 2, 1 + above, room};
	for (int i = 1; i <= above; i++)
		draw_fill(y - i, 0, w, FACE_PLAIN);
	draw_wrap(&a, 0, face, said);
}

/* F1帮助, but F1 Help. */
static int gap_of(const struct bar_key *k)
{
	return isalnum((unsigned char)k->label[0]) ? 1 : 0;
}

int bar_keys_width(const struct bar_key *keys, int n, bool tight)
{
	int w = n - 1;
	for (int i = 0; i < n; i++)
		w += width(keys[i].key) + width(keys[i].label) + (tight ? 0 : gap_of(&keys[i]));
	return w;
}

void bar_keys(int y, int w, const struct bar_key *keys, int n)
{
	int x = 0;
	/* The labels stand out by themselves, so the gaps are what goes first. */
	bool tight = bar_keys_width(keys, n, false) > w;
	for (int i = 0; i < n; i++) {
		int kw = width(keys[i].key), lw = width(keys[i].label), gap = tight ? 0 : gap_of(&keys[i]);
		if (x + kw + gap + lw + (i < n - 1 ? 2 : 0) > w) {
			draw_text(y, x, 1, FACE_DIM, draw_ascii() ? "~" : "…");
			break;
		}
		x += draw_text(y, x, kw, FACE_BOLD, keys[i].key) + gap;
		draw_text(y, x, lw, FACE_BAR, keys[i].label);
		x += lw + 1;
	}
}
