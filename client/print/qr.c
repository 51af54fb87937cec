/*
 * QR codes by libqrencode; see qr.h.
 */
#include "client/print/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

/* 0.5 mm in points. */
#define MODULE_MIN (0.5 * 72 / 25.4)

int qr_make(struct qr *qr, const char *content, double size)
{
	QRcode *code;
	size_t n;

	memset(qr, 0, sizeof *qr);
	if (content[0] == '\0')
		return -1;
	code = QRcode_encodeString(content, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (code == NULL)
		return errno == ENOMEM ? -2 : -1;
	if (size / code->width < MODULE_MIN) {
		QRcode_free(code);
		return -1;
	}
	n = (size_t)code->width * (size_t)code->width;
	qr->dark = malloc(n);
	if (qr->dark == NULL) {
		QRcode_free(code);
		return -2;
	}
	qr->width = code->width;
	for (size_t i = 0; i < n; i++)
		qr->dark[i] = code->data[i] & 1;
	QRcode_free(code);
	return 0;
}

void qr_done(struct qr *qr)
{
	free(qr->dark);
	memset(qr, 0, sizeof *qr);
}

/* One path for all, filled at once: drawn one by one, neighbours would show
 * hairlines between them. */
void qr_draw(const struct qr *qr, cairo_t *cr, double x, double y, double size)
{
	double module = size / qr->width;

	for (int row = 0; row < qr->width; row++)
		for (int from = 0, to; from < qr->width; from = to + 1) {
			const uint8_t *d = qr->dark + (size_t)row * (size_t)qr->width;
			for (to = from; to < qr->width && d[to]; to++)
				;
			if (to > from)
				cairo_rectangle(
				    cr, x + from * module, y + row * module, (to - from) * module, module);
		}
	cairo_fill(cr);
}
