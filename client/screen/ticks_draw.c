/* Drawing the materials: the row at the cursor shows its whole name, and what to do. */
#include "client/screen/ticks.h"

#include <stdio.h>
#include <string.h>

#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/text.h"

enum { TICK_LEAST = 8, SEQ = 4, TAIL_LEAST = 30, WIDEST = 104, HINT_FROM = 5 };

/* Columns of the widest tick, so that none is cut in any language. */
static int tick_column(void)
{
	static const char *const ticks[] = {"", "present", "absent", "defective", "later", "unneeded"};
	int widest = TICK_LEAST;
	for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
		int w = text_width(word_tick(ticks[i]), strlen(word_tick(ticks[i]))) + 1;
		if (w > widest)
			widest = w;
	}
	return widest + 1;
}

static int name_column(void)
{
	return tick_column() + SEQ;
}

/* What the guide wants of a material, at the right end of its row. */
static char *tail(const struct tick *k, char *buf, size_t size)
{
	snprintf(buf, size, _("%s %dx %s%s"), word_form(k->form), k->copies, word_required(k->required),
	    k->told ? _(" (told)") : "");
	return buf;
}

static int tail_width(const struct ticks *t)
{
	char buf[96];
	int widest = TAIL_LEAST;
	for (int i = 0; i < t->n; i++) {
		tail(&t->rows[i], buf, sizeof buf);
		int w = text_width(buf, strlen(buf)) + 2;
		if (w > widest)
			widest = w;
	}
	return widest;
}

static bool has_note(const struct ticks *t, const struct tick *k)
{
	return k->note[0] != '\0' || k->later != 0 || strcmp(k->state, "absent") == 0 ||
	       strcmp(k->state, "defective") == 0 || strcmp(k->state, "later") == 0 ||
	       (t->editing && k == &t->rows[t->list.at]);
}

static int name_width(const struct ticks *t, int width)
{
	return width - name_column() - t->tail;
}

static int count(const void *data)
{
	return ((const struct ticks *)data)->n;
}

static int64_t id(const void *data, int row)
{
	return ((const struct ticks *)data)->rows[row].seq;
}

static int height(const void *data, int row, int width)
{
	const struct ticks *t = data;
	int rows = row == t->list.at ? draw_wrap_rows(name_width(t, width), t->rows[row].name) : 1;
	return rows + (has_note(t, &t->rows[row]) ? 1 : 0);
}

static enum face tick_face(const struct tick *k)
{
	if (strcmp(k->state, "present") == 0)
		return FACE_GOOD;
	if (strcmp(k->state, "absent") == 0 || strcmp(k->state, "defective") == 0)
		return FACE_ERROR;
	return k->state[0] == '\0' ? FACE_DIM : FACE_WARN;
}

static void draw_note(const struct ticks *t, const struct tick *k, int y, int x, int w, bool editing)
{
	char date[16];
	bool later = strcmp(k->state, "later") == 0;
	const char *label = later ? _("by when:") : _("what to do:");
	x += draw_text(y, x, w, FACE_DIM, label) + 1;
	if (editing)
		draw_editor(y, x, w - 14, (struct editor *)&t->note, true, FACE_FOCUS);
	else if (later)
		draw_text(
		    y, x, w - 14, FACE_PLAIN, k->later == 0 ? "" : word_date(k->later, date, sizeof date));
	else
		draw_text(y, x, w - 14, FACE_PLAIN, k->note);
}

static void draw(const void *data, int row, const struct area *a, bool selected)
{
	const struct ticks *t = data;
	const struct tick *k = &t->rows[row];
	char buf[96];
	bool note = has_note(t, k);
	struct area name = {
	    a->y, a->x + name_column(), a->h - (note && a->h > 1 ? 1 : 0), name_width(t, a->w)};
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_cell(
	    a->y, a->x + 1, tick_column() - 1, selected ? FACE_SELECT : tick_face(k), word_tick(k->state));
	draw_format(a->y, a->x + tick_column(), 3, selected ? FACE_SELECT : FACE_DIM, "%2d", k->seq);
	if (row == t->list.at)
		draw_wrap(&name, 0, FACE_PLAIN, k->name);
	else
		draw_text(a->y, name.x, name.w, FACE_PLAIN, k->name);
	draw_right(a->y, a->x + a->w - t->tail + 1, t->tail - 2, selected ? FACE_SELECT : FACE_DIM,
	    tail(k, buf, sizeof buf));
	if (selected && !t->editing)
		draw_caret(a->y, a->x + 1);
	if (note && a->h > 1)
		draw_note(t, k, a->y + a->h - 1, a->x + name_column(), a->w - name_column(),
		    selected && t->editing);
}

extern const struct list_ops ticks_list_ops;
const struct list_ops ticks_list_ops = {.count = count, .id = id, .height = height, .draw = draw};

/* What the keys mean just now: it depends on whether a note is being written. */
static const char *hint(const struct ticks *t)
{
	const struct tick *k = &t->rows[t->list.at];
	if (!t->editing)
		return _("1 there 2 missing 3 defective 4 follows 5 unneeded · Space · Enter rest there");
	if (strcmp(k->state, "later") == 0)
		return _("By when: a date such as 2026-12-31, or days from today · Enter next material");
	return t->fresh ? _("Type what exactly to do · Enter next material · Space another tick")
			: _("What exactly to do · Enter next material · arrows leave");
}

void ticks_draw(struct ticks *t, const struct area *a, bool focus)
{
	/* On a wide screen a row's end stays near its begin. */
	struct area list = {a->y, a->x, a->h, a->w > WIDEST ? WIDEST : a->w};
	t->tail = tail_width(t);
	if (t->n == 0)
		draw_text(a->y, a->x + 1, a->w - 2, FACE_DIM, _("No materials."));
	if (t->list.at >= 0 && focus && a->h >= HINT_FROM) {
		list.h--;
		draw_text(a->y + list.h, a->x + 1, a->w - 2, FACE_DIM, hint(t));
	}
	list_draw(&t->list, &list, focus);
}
