/* Rows of cases: see caselist.h. */
#include "client/screen/caselist.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/light.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

static int count(const void *data)
{
	const struct caselist *c = data;
	return c->rows == NULL ? 0 : (int)c->rows->nrows;
}

static int64_t id(const void *data, int row)
{
	const struct caselist *c = data;
	return reply_int(c->rows, (size_t)row, "case_id");
}

static enum face state_face(const char *state)
{
	if (strcmp(state, "correcting") == 0 || strcmp(state, "suspended") == 0)
		return FACE_WARN;
	return strcmp(state, "received") == 0 ? FACE_BOLD : FACE_PLAIN;
}

enum {
	NUMBER_W = 24,
	STATE_LEAST = 9,
	NAME_W = 13,
	NARROW_NAME = 9,
	WIDE = 100,
	WIDEST = 124,
	STEP_NAME = 9
};
/* Beside a list of full width stands what a row has no room for; below that, under it. */
enum { SIDE = 38, WIDE_ENOUGH = WIDE + SIDE };

static int state_w(void)
{
	int w = word_states_width() + 1;
	return w < STATE_LEAST ? STATE_LEAST : w;
}

/* Where the columns begin. A narrow list has room for the month and day of an end only, and none for
 * the name of a step. */
struct columns {
	int state, name, item, at, step, until, date, left, end;
	bool wide;
};

static struct columns columns(const struct area *a)
{
	struct columns c = {.wide = a->w >= WIDE, .state = a->x + NUMBER_W, .end = a->x + a->w};
	c.name = c.state + state_w();
	c.item = c.name + (c.wide ? NAME_W : NARROW_NAME);
	c.left = c.end - LIGHT_LEFT;
	c.date = c.left - (c.wide ? 11 : 6);
	c.until = c.end - LIGHT_CASE < c.date ? c.end - LIGHT_CASE : c.date;
	c.step = c.until - LIGHT_LEFT;
	c.at = c.step - (c.wide ? STEP_NAME : 0);
	return c;
}

static void draw_until(const struct caselist *c, size_t i, int y, const struct columns *x, bool selected)
{
	const struct reply *r = c->rows;
	char said[64], when[32];
	int64_t ends = light_ends(r, i);
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	light_step(r, i, said, sizeof said);
	draw_text(
	    y, x->step, LIGHT_LEFT - 1, selected ? plain : light_face(reply_text(r, i, "step_light")), said);
	light_case(r, i, said, sizeof said);
	if (strcmp(reply_text(r, i, "state"), "suspended") == 0 || ends == 0) {
		draw_text(y, x->until, x->end - x->until, plain, said);
		return;
	}
	word_date(word_day(ends), when, sizeof when);
	draw_text(y, x->date, x->left - x->date, plain, when + (x->wide ? 0 : 5));
	draw_text(y, x->left, LIGHT_LEFT, selected ? plain : light_face(reply_text(r, i, "light")), said);
}

static void draw(const void *data, int row, const struct area *a, bool selected)
{
	const struct caselist *c = data;
	size_t i = (size_t)row;
	struct columns x = columns(a);
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	const char *state = reply_text(c->rows, i, "state");
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, a->x, NUMBER_W - 1, plain, reply_text(c->rows, i, "number"));
	draw_text(a->y, x.state, state_w() - 1, selected ? plain : state_face(state), word_state(state));
	draw_text(a->y, x.name, x.item - x.name - 1, plain, reply_text(c->rows, i, "applicant"));
	draw_text(a->y, x.item, x.at - x.item - 1, plain, reply_text(c->rows, i, "item"));
	if (x.wide)
		draw_text(a->y, x.at, x.step - x.at - 1, plain, reply_text(c->rows, i, "step"));
	draw_until(c, i, a->y, &x, selected);
	if (selected)
		draw_caret(a->y, a->x);
}

static const struct list_ops ops = {count, id, NULL, draw};

void caselist_init(struct caselist *c)
{
	c->rows = NULL;
	list_init(&c->list, &ops, c);
}

void caselist_done(struct caselist *c)
{
	reply_free(c->rows);
	c->rows = NULL;
}

void caselist_load(struct caselist *c, const struct reply *rows, bool fresh)
{
	reply_free(c->rows);
	c->rows = reply_keep(rows);
	if (fresh)
		list_reset(&c->list);
	else
		list_sync(&c->list);
}

int64_t caselist_case(const struct caselist *c)
{
	return c->list.at < 0 ? 0 : c->list.id;
}

const char *caselist_action(const struct caselist *c)
{
	return c->list.at < 0 ? "" : reply_text(c->rows, (size_t)c->list.at, "action");
}

static void head(const struct area *a)
{
	struct columns x = columns(a);
	draw_text(a->y, a->x, NUMBER_W - 1, FACE_DIM, _("Number"));
	draw_text(a->y, x.state, state_w() - 1, FACE_DIM, _("State"));
	draw_text(a->y, x.name, x.item - x.name - 1, FACE_DIM, _("Who"));
	draw_text(a->y, x.item, x.at - x.item - 1, FACE_DIM, _("Item"));
	draw_text(a->y, x.at, x.until - x.at - 1, FACE_DIM, _("Step"));
	draw_text(a->y, x.date, x.end - x.date, FACE_DIM, _("Until"));
}

/* A moment with the light of its clock. */
static const char *lit(int64_t at, const char *said, char *buf, size_t size)
{
	char when[32];
	if (at == 0)
		return "";
	snprintf(buf, size, "%s%s%s", word_moment(at, when, sizeof when), *said == '\0' ? "" : " · ", said);
	return buf;
}

/* What a row has no room for, of the case at the cursor. */
static void detail(const struct caselist *c, const struct area *a)
{
	char buf[128], said[64], line[400];
	size_t i = (size_t)c->list.at;
	const struct reply *r = c->rows;
	const char *state = reply_text(r, i, "state");
	int64_t ends = light_ends(r, i);
	int y = draw_fact(a->y, a, FACE_PLAIN, _("Item:"), reply_text(r, i, "item"));
	y = draw_fact(
	    y, a, FACE_PLAIN, _("Received:"), word_moment(reply_int(r, i, "received_at"), buf, sizeof buf));
	light_case(r, i, said, sizeof said);
	if (strcmp(state, "suspended") == 0)
		y = draw_fact(
		    y, a, FACE_PLAIN, _("Standing still:"), word_standing(reply_text(r, i, "standing")));
	y = draw_fact(y, a, FACE_PLAIN,
	    reply_null(r, i, "term_at")
		? ends == reply_int(r, i, "deliver_at") ? _("Deliver by:") : _("Promised by:")
	    : strcmp(state, "correcting") == 0 ? _("Answer by:")
					       : _("Term ends:"),
	    lit(ends, said, buf, sizeof buf));
	light_step(r, i, said, sizeof said);
	if (*said == '\0')
		snprintf(line, sizeof line, "%s", reply_text(r, i, "step"));
	else
		snprintf(line, sizeof line, "%.200s · %s", reply_text(r, i, "step"),
		    lit(reply_int(r, i, "step_due_at"), said, buf, sizeof buf));
	y = draw_fact(y, a, FACE_PLAIN, _("Step:"), line);
	y = draw_fact(y, a, FACE_PLAIN, _("Post:"), reply_text(r, i, "post"));
	draw_fact(y, a, FACE_PLAIN, _("ID ends in:"), reply_text(r, i, "id_tail"));
}

void caselist_draw(struct caselist *c, const struct area *a, const char *empty)
{
	if (c->list.at < 0) {
		if (c->rows != NULL)
			draw_text(a->y + 1, a->x + 2, a->w - 4, FACE_DIM, empty);
		return;
	}
	bool wide = a->w >= WIDE_ENOUGH;
	/* On a very wide screen a row's end stays near its begin. */
	int w = a->w > WIDEST + SIDE ? WIDEST + SIDE : a->w;
	struct area list = {a->y + 1, a->x, a->h - 1, wide ? w - SIDE : w};
	struct area side = {a->y + 1, a->x + w - SIDE + 2, a->h - 1, wide && a->w - w > 30 ? 65 : 35};
	if (!wide && a->h > 14) {
		list.h = a->h - 7;
		side = (struct area){a->y + a->h - 5, a->x + 1, 5, a->w - 2};
		draw_rule(a->y + a->h - 6, a->x, a->w, NULL);
	} else if (wide) {
		draw_column(a->y, a->x + w - SIDE, a->h);
	}
	struct area top = {a->y, a->x, 1, list.w};
	head(&top);
	if (wide || a->h > 14)
		detail(c, &side);
	list_draw(&c->list, &list, true);
}
