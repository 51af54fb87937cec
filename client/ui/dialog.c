/* The box of a dialog: see dialog.h. */
#include "client/ui/dialog.h"

struct area dialog_box(const struct area *work, int rows, int cols, const char *title)
{
	if (rows > work->h - 2)
		rows = work->h - 2;
	if (cols > work->w - 6)
		cols = work->w - 6;
	struct area in = {work->y + (work->h - rows) / 2, work->x + (work->w - cols) / 2, rows, cols};
	for (int y = in.y - 1; y <= in.y + rows; y++)
		draw_fill(y, in.x - 3, cols + 6, FACE_PLAIN);
	draw_rule(in.y - 1, in.x - 2, cols + 4, title);
	draw_rule(in.y + rows, in.x - 2, cols + 4, NULL);
	draw_column(in.y, in.x - 2, rows);
	draw_column(in.y, in.x + cols + 1, rows);
	return in;
}
