/* Drawing the list of first contacts: rows, and all of the one at the cursor. */
#include "client/screen/visits.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

enum { STATE_W = 9, WHEN_W = 12, NAME_W = 9, DETAIL = 7, WIDEST = 130 };

static int count(const void *data)
{
	const struct visits *v = data;
	return v->rows == NULL ? 0 : (int)v->rows->nrows;
}

static int64_t id(const void *data, int row)
{
	return reply_int(((const struct visits *)data)->rows, (size_t)row, "visit_id");
}

/* What it asks of the person at this window. */
static const char *standing(const struct reply *r, size_t i, enum face *face)
{
	const char *state = reply_text(r, i, "state");
	*face = FACE_PLAIN;
	if (strcmp(state, "closed") == 0)
		return _("closed");
	*face = FACE_WARN;
	if (reply_bool(r, i, "late"))
		return _("late");
	if (reply_bool(r, i, "confirm"))
		return _("to confirm");
	*face = reply_bool(r, i, "mine") ? FACE_BOLD : FACE_PLAIN;
	return strcmp(state, "handed") == 0 ? _("handed") : _("unanswered");
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct visits *)data)->rows;
	size_t n = (size_t)i;
	char when[32];
	enum face face, plain = selected ? FACE_SELECT : FACE_PLAIN;
	const char *state = standing(r, n, &face);
	int x = a->x, post_w = a->w > 70 ? 22 : 14;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, x, STATE_W - 1, selected ? plain : face, state);
	x += STATE_W;
	word_moment(reply_int(r, n, "recorded_at"), when, sizeof when);
	draw_text(a->y, x, WHEN_W - 1, plain, strlen(when) > 5 ? when + 5 : when);
	x += WHEN_W;
	draw_text(a->y, x, NAME_W - 1, plain, reply_text(r, n, "name"));
	x += NAME_W;
	draw_text(a->y, x, a->x + a->w - post_w - x - 1, plain, reply_text(r, n, "matter"));
	draw_text(a->y, a->x + a->w - post_w, post_w - 1, plain,
	    reply_text(r, n, reply_null(r, n, "to_post") ? "post" : "to_post"));
	if (selected)
		draw_caret(a->y, a->x);
}

const struct list_ops visits_list = {count, id, NULL, row};

static void detail(const struct visits *v, const struct area *a)
{
	const struct reply *r = v->rows;
	size_t i = (size_t)v->list.at;
	char line[700], when[32], until[32];
	int y = a->y;
	snprintf(line, sizeof line, "%s%s%s", reply_text(r, i, "matter"),
	    reply_null(r, i, "item") ? "" : " · ", reply_text(r, i, "item"));
	y = draw_fact(y, a, FACE_PLAIN, _("Asked:"), line);
	snprintf(line, sizeof line, "%s %s", reply_text(r, i, "name"), reply_text(r, i, "phone"));
	y = draw_fact(y, a, FACE_PLAIN, _("Visitor:"), line[0] == ' ' && line[1] == '\0' ? "" : line);
	y = draw_fact(y, a, FACE_PLAIN, _("Told:"), reply_text(r, i, "reply"));
	snprintf(line, sizeof line, _("window %lld %s"), (long long)reply_int(r, i, "told_window_no"),
	    reply_text(r, i, "told_place"));
	y = draw_fact(y, a, FACE_PLAIN, _("Pointed to:"), reply_null(r, i, "told_window_no") ? "" : line);
	y = draw_fact(y, a, FACE_PLAIN, _("A word:"), reply_text(r, i, "note"));
	snprintf(line, sizeof line, "%s%s%s", reply_text(r, i, "post"),
	    reply_null(r, i, "to_post") ? "" : " → ", reply_text(r, i, "to_post"));
	y = draw_fact(y, a, FACE_PLAIN, _("Post:"), line);
	snprintf(line, sizeof line, _("%s, window %lld, %s"), reply_text(r, i, "actor"),
	    (long long)reply_int(r, i, "window_no"),
	    word_moment(reply_int(r, i, "recorded_at"), when, sizeof when));
	y = draw_fact(y, a, FACE_PLAIN, _("Asked first:"), line);
	snprintf(line, sizeof line, "%s %s", reply_text(r, i, "last_actor"),
	    word_moment(reply_int(r, i, "last_at"), until, sizeof until));
	y = draw_fact(y, a, FACE_PLAIN, _("Last:"), reply_int(r, i, "version") > 1 ? line : "");
	draw_fact(y, a, FACE_PLAIN, _("From case:"), reply_text(r, i, "case_number"));
}

static const char *heading(const struct visits *v)
{
	if (v->scope == VISITS_LATE)
		return _("First contacts · not closed by the end of their day");
	if (v->scope == VISITS_HALL)
		return v->today ? _("First contacts · the whole hall, today")
				: _("First contacts · the whole hall, open");
	return v->today ? _("First contacts · today") : _("First contacts · open");
}

void visits_draw(struct screen *s, const struct area *a)
{
	struct visits *v = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w;
	int used = draw_text(a->y, a->x + 1, w - 2, FACE_TITLE, heading(v));
	if (v->rows == NULL)
		return;
	draw_format(a->y, a->x + 1 + used, w - 2 - used, FACE_PLAIN, " · %zu", v->rows->nrows);
	if (v->list.at < 0) {
		draw_text(
		    a->y + 2, a->x + 2, w - 4, FACE_DIM, _("None. Ctrl-T records a visitor from anywhere."));
		return;
	}
	int below = a->h > DETAIL + 6 ? DETAIL : 0;
	struct area list = {a->y + 1, a->x, a->h - 1 - (below > 0 ? below + 1 : 0), w};
	list_draw(&v->list, &list, true);
	if (below == 0)
		return;
	struct area side = {a->y + a->h - below, a->x + 1, below, w - 2};
	draw_rule(side.y - 1, a->x, a->w, NULL);
	detail(v, &side);
}
