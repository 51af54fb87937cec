/*
 * The box of a dialog: a pushed screen drawn over the one below. Knows nothing
 * of what is asked.
 */
#ifndef YIMEN_UI_DIALOG_H
#define YIMEN_UI_DIALOG_H

#include "client/ui/draw.h"

/* Draws a frame with a title in the middle of the work area, for rows × cols inside (made
 * smaller when they do not fit), and clears it. Returns the inside. */
struct area dialog_box(const struct area *work, int rows, int cols, const char *title);

#endif
