/*
 * Paints one page of a layout on any cairo surface.
 */
#ifndef YIMEN_PRINT_DRAW_H
#define YIMEN_PRINT_DRAW_H

#include "client/print/layout.h"

/* page counts from 0. Does not end the page. */
void draw_page(const struct layout *lay, cairo_t *cr, size_t page);

#endif
