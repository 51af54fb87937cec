/* Drawing the print queue: papers, and below them what is to be known of the one at the cursor. */
#include <stdio.h>
#include <string.h>

#include "client/screen/prints.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

enum { STATE_W = 13, TITLE_W = 19, NUMBER_W = 25, WHEN_W = 13, DETAIL_H = 5 };

static int count(const void *data)
{
	const struct prints *p = data;
	return p->rows == NULL ? 0 : (int)p->rows->nrows;
}

static int64_t id(const void *data, int row)
{
	return reply_int(((const struct prints *)data)->rows, (size_t)row, "notice_id");
}

static const char *stage_word(enum paper_stage stage)
{
	static const char *const words[] = {[PAPER_WAITING] = N_("waiting"),
	    [PAPER_PRINTING] = N_("being printed"),
	    [PAPER_HELD] = N_("held up"),
	    [PAPER_RECORDING] = N_("recording")};
	return _(words[stage]);
}

static const char *state_of(const struct prints *p, size_t row, enum face *face)
{
	const struct paper_job *job = prints_job(p->desk, reply_int(p->rows, row, "notice_id"));
	const char *state = reply_text(p->rows, row, "state");
	*face = FACE_PLAIN;
	if (job != NULL) {
		*face = job->stage == PAPER_HELD ? FACE_WARN : FACE_GOOD;
		return stage_word(job->stage);
	}
	if (prints_unknown(p->desk, p->rows, row)) {
		*face = FACE_WARN;
		return _("end unknown");
	}
	if (strcmp(state, "failed") == 0)
		*face = FACE_ERROR;
	else if (strcmp(state, "printed") == 0)
		*face = FACE_DIM;
	if (reply_bool(p->rows, row, "elsewhere")) {
		*face = FACE_WARN;
		return _("to print");
	}
	return word_notice(state);
}

static void draw(const void *data, int row, const struct area *a, bool selected)
{
	const struct prints *p = data;
	const struct reply *r = p->rows;
	size_t i = (size_t)row;
	char when[32];
	enum face face, plain = selected ? FACE_SELECT : FACE_PLAIN;
	const char *state = state_of(p, i, &face);
	int x = a->x + 1, name_w = a->w - 1 - STATE_W - TITLE_W - NUMBER_W - WHEN_W;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, x, STATE_W - 1, selected ? plain : face, state);
	x += STATE_W;
	draw_text(a->y, x, TITLE_W - 1, plain, reply_text(r, i, "title"));
	x += TITLE_W;
	draw_text(a->y, x, NUMBER_W - 1, plain, reply_text(r, i, "number"));
	x += NUMBER_W;
	if (name_w > 4)
		draw_text(a->y, x, name_w - 1, plain, reply_text(r, i, "applicant"));
	/* The year is the number's. */
	word_moment(reply_int(r, i, "issued_at"), when, sizeof when);
	draw_right(a->y, a->x + a->w - WHEN_W, WHEN_W - 1, plain, when[0] != '\0' ? when + 5 : "");
	if (selected)
		draw_caret(a->y, a->x + 1);
}

const struct list_ops prints_list = {count, id, NULL, draw};

/* Why it is held up or failed, or what is asked. */
static void sentence(const struct prints *p, size_t row, char *buf, size_t size)
{
	const struct paper_job *job = prints_job(p->desk, reply_int(p->rows, row, "notice_id"));
	char when[32];
	word_moment(reply_int(p->rows, row, "queued_at"), when, sizeof when);
	if (job != NULL && job->stage == PAPER_HELD)
		snprintf(buf, size, "%s", job->sentence);
	else if (job != NULL)
		snprintf(buf, size, _("At printer %s now."), job->printer);
	else if (prints_unknown(p->desk, p->rows, row))
		snprintf(buf, size,
		    _("Sent to printer %s at %s, and then this window heard no more of it. Look at the "
		      "printer: F5 "
		      "if it came out, F6 if not, F8 prints it again."),
		    reply_text(p->rows, row, "printer"), when);
	else if (strcmp(reply_text(p->rows, row, "state"), "queued") == 0)
		snprintf(buf, size, _("Sent to a printer at window %lld at %s."),
		    (long long)reply_int(p->rows, row, "window_no"), when);
	else if (strcmp(reply_text(p->rows, row, "state"), "failed") == 0)
		snprintf(buf, size, _("Not printed at %s, %s: %s"), reply_text(p->rows, row, "printer"), when,
		    reply_text(p->rows, row, "detail"));
	else if (strcmp(reply_text(p->rows, row, "state"), "printed") == 0)
		snprintf(buf, size,
		    ngettext("Printed %lld time, last at %s, %s.", "Printed %lld times, last at %s, %s.",
			(unsigned long)reply_int(p->rows, row, "copies")),
		    (long long)reply_int(p->rows, row, "copies"), reply_text(p->rows, row, "printer"), when);
	else if (reply_bool(p->rows, row, "elsewhere"))
		snprintf(buf, size, "%s",
		    _("Made by another post or by the system, and to be printed here: F8 prints it."));
	else
		snprintf(buf, size, "%s", _("Issued, and not printed yet."));
}

static void detail(const struct prints *p, const struct area *a)
{
	size_t row = (size_t)p->list.at;
	enum face face;
	char buf[900];
	(void)state_of(p, row, &face);
	snprintf(buf, sizeof buf, "%s · %s · %s", reply_text(p->rows, row, "title"),
	    reply_text(p->rows, row, "number"), reply_text(p->rows, row, "applicant"));
	struct area line = {a->y, a->x, 2, a->w};
	int used = draw_wrap(&line, 0, FACE_BOLD, buf);
	used = used > 2 ? 2 : used;
	sentence(p, row, buf, sizeof buf);
	struct area why = {a->y + used, a->x, a->h - used, a->w};
	draw_wrap(&why, 0, face == FACE_DIM ? FACE_PLAIN : face, buf);
}

void prints_draw(struct screen *s, const struct area *a)
{
	struct prints *p = s->state;
	int waiting = 0, unknown = 0;
	char title[200], end[64] = "";
	for (int i = 0; i < count(p); i++) {
		waiting += strcmp(reply_text(p->rows, (size_t)i, "state"), "printed") != 0;
		unknown += prints_unknown(p->desk, p->rows, (size_t)i);
	}
	if (unknown > 0)
		snprintf(end, sizeof end, _(", of %d the end is unknown"), unknown);
	snprintf(title, sizeof title, _("Print queue · %d to come out%s"), waiting, end);
	draw_text(a->y, a->x + 1, a->w - 2, unknown > 0 ? FACE_WARN : FACE_TITLE, title);
	if (p->printer > 0) {
		snprintf(end, sizeof end, _("F8 prints at %s"), p->desk->printers[p->printer - 1]);
		draw_right(a->y, a->x + a->w - 31, 30, FACE_WARN, end);
	}
	struct area list = {a->y + 1, a->x, a->h - DETAIL_H - 2, a->w};
	struct area below = {a->y + a->h - DETAIL_H, a->x + 1, DETAIL_H, a->w - 2};
	if (count(p) == 0) {
		if (p->rows != NULL)
			draw_text(a->y + 2, a->x + 2, a->w - 4, FACE_DIM, _("Nothing is to be printed."));
		return;
	}
	draw_rule(below.y - 1, a->x, a->w, NULL);
	list_draw(&p->list, &list, true);
	detail(p, &below);
}
