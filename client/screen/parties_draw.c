/* Drawing the further parties over the intake form: those that are there, the one being typed. */
#include <stdio.h>
#include <string.h>

#include "client/screen/parties.h"
#include "client/screen/words.h"
#include "client/ui/dialog.h"
#include "client/ui/lang.h"

static void row(const struct parties *p, int i, int y, const struct area *in)
{
	const struct party *q = &p->list[i];
	bool at = p->inlist && i == p->at;
	enum face face = at ? FACE_SELECT : i == p->edited ? FACE_DIM : FACE_PLAIN;
	char line[2048], kind[96] = "";
	if (q->value[PARTY_ID_NO][0] != '\0')
		snprintf(kind, sizeof kind, "%s ", word_id_kind(q->value[PARTY_ID_KIND]));
	snprintf(line, sizeof line, "%s  %s%s  %s", q->value[PARTY_NAME], kind, q->value[PARTY_ID_NO],
	    q->value[PARTY_PHONE]);
	if (at)
		draw_fill(y, in->x, in->w, face);
	draw_text(y, in->x, 12, face, word_role(q->value[PARTY_ROLE]));
	draw_text(y, in->x + 13, in->w - 13, face, line);
	if (at)
		draw_caret(y, in->x);
}

void parties_draw(struct parties *p, const struct area *a)
{
	char title[600];
	int form = form_rows(&p->form), rows = p->n > 0 ? p->n : 1;
	int most = a->h - 2 - form - 4;
	if (rows > most)
		rows = most > 1 ? most : 1;
	snprintf(title, sizeof title, _("Parties beside the first applicant %.400s"), p->first);
	struct area in = dialog_box(a, rows + form + 4, a->w - 8, title);
	/* The cursor, or the last one added, stays in sight. */
	int last = p->inlist ? p->at : p->n - 1;
	int top = last >= rows ? last - rows + 1 : 0;
	if (p->n == 0)
		draw_text(in.y, in.x, in.w, FACE_DIM, _("nobody yet"));
	for (int i = 0; i < rows && top + i < p->n; i++)
		row(p, top + i, in.y + i, &in);
	draw_rule(in.y + rows, in.x, in.w, p->edited >= 0 ? _("change this one") : _("add one"));
	struct area f = {in.y + rows + 1, in.x, form, in.w};
	int focus = p->form.focus;
	if (p->inlist)
		p->form.focus = -1;
	form_draw(&p->form, &f);
	p->form.focus = focus;
	int y = in.y + rows + 1 + form;
	draw_text(y + 1, in.x, in.w, p->said[0] != '\0' ? FACE_ERROR : FACE_DIM,
	    p->said[0] != '\0' ? p->said
	    : p->inlist        ? _("Enter changes this one, Delete takes it out, Tab: back to the form")
			       : _("Enter at the last field adds; F6: the list; F10: done; Esc: back"));
}
