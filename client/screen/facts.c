/* Labelled lines of a page: see facts.h. */
#include "client/screen/facts.h"

void facts_add(struct facts *f, const char *label, const char *value)
{
	int label_w = 11;
	if (*value == '\0')
		return;
	int rows = draw_wrap_rows(f->a.w - label_w, value);
	int hidden = f->skip > f->row ? f->skip - f->row : 0;
	int y = f->a.y + f->row - f->skip;
	if (hidden == 0 && y < f->a.y + f->a.h)
		draw_text(y, f->a.x, label_w - 1, FACE_DIM, label);
	struct area v = {y + hidden, f->a.x + label_w, 0, f->a.w - label_w};
	v.h = f->a.y + f->a.h - v.y;
	if (v.h > 0 && hidden < rows)
		draw_wrap(&v, hidden, FACE_PLAIN, value);
	f->row += rows;
}
