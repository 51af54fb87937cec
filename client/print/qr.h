/*
 * A QR code as a square of modules, and how it is drawn so that it scans from
 * paper. Knows nothing of cases.
 */
#ifndef YIMEN_PRINT_QR_H
#define YIMEN_PRINT_QR_H

#include <cairo.h>
#include <stdint.h>

struct qr {
	int width;     /* modules a side, without the quiet zone */
	uint8_t *dark; /* width × width, 0 or 1 */
};

/* Level M; digits alone are packed as digits. 0; −1 when content is empty or its modules
 * would be finer than a window's scanner reads (0.5 mm at this size in points); −2 out of
 * memory. */
__attribute__((warn_unused_result)) int qr_make(struct qr *qr, const char *content, double size);
void qr_done(struct qr *qr);
/* Draws it size points wide; the caller leaves four modules free around it. */
void qr_draw(const struct qr *qr, cairo_t *cr, double x, double y, double size);

#endif
