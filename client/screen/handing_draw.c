/* Drawing the handing over of a post: the plan above, below it the cases with a note each. */
#include "client/screen/handing.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"

enum { WIDEST = 120 };

const char *handing_note(const struct handing *h, int64_t case_id)
{
	for (int i = 0; i < h->nnotes; i++)
		if (h->notes[i].case_id == case_id)
			return h->notes[i].text;
	return "";
}

static int height(const void *data, int i, int width)
{
	(void)data;
	(void)i;
	(void)width;
	return 2;
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct handing *h = data;
	const struct reply *r = h->roll.rows;
	size_t n = (size_t)i;
	char line[900];
	snprintf(line, sizeof line, "%.60s  %.60s  %.300s  %.300s", reply_text(r, n, "number"),
	    word_state(reply_text(r, n, "state")), reply_text(r, n, "applicant"), reply_text(r, n, "item"));
	draw_text(a->y, a->x + 1, a->w - 2, selected ? FACE_BOLD : FACE_PLAIN, line);
	if (a->h < 2)
		return;
	int used = draw_text(a->y + 1, a->x + 3, 10, FACE_DIM, _("A note")) + 1;
	if (selected)
		draw_editor(
		    a->y + 1, a->x + 3 + used, a->w - used - 5, (struct editor *)&h->line, true, FACE_FOCUS);
	else
		draw_text(a->y + 1, a->x + 3 + used, a->w - used - 5, FACE_PLAIN,
		    handing_note(h, reply_int(r, n, "case_id")));
}

const struct list_ops handing_list = {roll_count, roll_id, height, row};

void handing_draw(struct screen *s, const struct area *a)
{
	struct handing *h = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w;
	draw_format(a->y, a->x + 1, w - 2, FACE_TITLE,
	    h->handover_id == 0 ? _("Hand over «%s»") : _("Change the handover of «%s»"), h->post);
	struct area form = {a->y + 1, a->x + 1, 8, w - 2};
	int used = form_draw(&h->form, &form);
	if (h->handover_id != 0)
		return;
	int y = a->y + 1 + used;
	draw_rule(y, a->x, a->w, _("Open cases: what is typed on one is its note"));
	struct area list = {y + 1, a->x, a->y + a->h - y - 1, w};
	if (h->roll.rows != NULL && h->roll.rows->nrows == 0)
		draw_text(list.y + 1, list.x + 2, list.w - 3, FACE_DIM, _("No case is open at this post."));
	list_draw(&h->roll.list, &list, h->form.focus < 0);
}
