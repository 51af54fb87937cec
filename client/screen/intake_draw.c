/* Drawing the intake form: the item, the applicant, the materials. */
#include "client/screen/intake.h"

#include <stdio.h>
#include <string.h>

#include "client/ui/lang.h"
#include "common/text.h"

static void heading(const struct intake *in, const struct area *a)
{
	char title[200], more[200], facts[1400];
	if (in->case_id != 0)
		snprintf(title, sizeof title, _("Case %s, received"), in->number);
	else if (in->with_case != 0)
		snprintf(title, sizeof title, _("Item %d of the visit"), in->visit);
	else
		snprintf(title, sizeof title, "%s",
		    in->hand ? _("Key in from a paper") : _("Take in an application"));
	int used = draw_text(a->y, a->x + 1, a->w - 2, FACE_TITLE, title) + 3;
	if (intake_joint(in))
		intake_joint_said(in, facts, sizeof facts);
	else
		snprintf(facts, sizeof facts, "%s", in->facts);
	draw_text(a->y, a->x + used, a->w - used - 1, FACE_DIM, facts);
	/* Who else stands here is never pushed out of sight by a long name. */
	parties_line(&in->parties, more, sizeof more);
	int room = text_width(more, strlen(more));
	draw_text(a->y + 1, a->x + 1, a->w - 3 - room, FACE_BOLD, in->item);
	draw_right(a->y + 1, a->x + 1, a->w - 2, FACE_WARN, more);
}

/* What is on file: seen before, cases open, one of them about the same item; and that Enter
 * keeps it. */
static void known(const struct intake *in, char *buf, size_t size)
{
	const char *twin = in->case_id == 0 ? intake_twin(in) : NULL;
	const char *keep = in->keep && !in->in_ticks ? _(" · Enter keeps it") : "";
	if (!in->known)
		snprintf(buf, size, "%s", _("Applicant"));
	else if (twin != NULL)
		snprintf(buf, size, _("Applicant · known · already open: %s%s"), twin, keep);
	else if (in->open_cases > 0)
		snprintf(
		    buf, size, _("Applicant · known, %lld open cases%s"), (long long)in->open_cases, keep);
	else
		snprintf(buf, size, _("Applicant · known%s"), keep);
}

void intake_draw(struct screen *s, const struct area *a)
{
	struct intake *in = s->state;
	char title[200];
	heading(in, a);
	known(in, title, sizeof title);
	draw_rule(a->y + 2, a->x, a->w, title);
	int rows = form_rows(&in->form), room = a->h - 4;
	/* The materials keep at least five rows; with many of them the form scrolls. */
	if (rows > room - 5)
		rows = room - 5;
	/* Away from the form its lower rows may go, the materials need the room. */
	if (in->in_ticks && a->h < 26 && rows > 4)
		rows = 4;
	struct area form = {a->y + 3, a->x + 1, rows, a->w - 2};
	int focus = in->form.focus;
	if (in->in_ticks)
		in->form.focus = -1;
	int used = form_draw(&in->form, &form);
	in->form.focus = focus;
	int y = a->y + 3 + used;
	snprintf(title, sizeof title, _("Materials · %d of %d there, %d missing or defective"),
	    ticks_count(&in->ticks, "present"), ticks_needed(&in->ticks),
	    ticks_count(&in->ticks, "absent") + ticks_count(&in->ticks, "defective"));
	draw_rule(y, a->x, a->w, title);
	struct area list = {y + 1, a->x, a->y + a->h - y - 1, a->w};
	ticks_draw(&in->ticks, &list, in->in_ticks);
	if (in->parties.open)
		parties_draw(&in->parties, a);
}
