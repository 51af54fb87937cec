/*
 * Typesetting of one text: Chinese in a given style and width, as lines on a
 * fixed pitch. Does what pango leaves out: adjoining punctuation is halved and
 * full lines are spread evenly between hanzi, not at the rare blank only.
 * Knows no blocks and no pages. Lengths are points.
 */
#ifndef YIMEN_PRINT_TYPE_H
#define YIMEN_PRINT_TYPE_H

#include <stdbool.h>
#include <stdint.h>
#include <pango/pangocairo.h>

/* Sizes are the Chinese 字号: 二号 22, 四号 14, 小四 12, 五号 10.5, 小五 9. */
enum type_style {
	TYPE_TITLE, /* 二号 bold */
	TYPE_BODY,  /* 四号 */
	TYPE_TOPIC, /* 四号 黑体, the heading of a section */
	TYPE_VALUE, /* 小四, values of a ruled list */
	TYPE_LABEL, /* 小四 黑体 */
	TYPE_CELL,  /* 五号 */
	TYPE_HEAD,  /* 五号 黑体 */
	TYPE_SMALL, /* 小五 */
	TYPE_STYLES
};
enum type_align { TYPE_LEFT, TYPE_SPREAD /* justified, its last line left */, TYPE_CENTRE, TYPE_RIGHT };

struct type {
	PangoLayout *layout;
	PangoLayoutLine **line; /* referenced */
	double *span;           /* natural width of each line, its indent apart */
	int lines;
	enum type_style style;
	enum type_align align;
	double width, indent; /* indent: of a paragraph's first line */
	double pitch;         /* between two baselines; may be changed */
};

/* Fonts without hinting at 72 units an inch, in the way of printing simplified
 * Chinese. The caller unrefs it. */
PangoContext *type_context(void);
/* One em, and the distance between two baselines. */
double type_em(enum type_style style);
double type_pitch(enum type_style style);
/* Lays text (valid UTF-8) out in this width. */
struct type *type_new(PangoContext *context, enum type_style style, enum type_align align, const char *text,
    double width, double indent);
/* NULL is allowed. */
void type_free(struct type *t);
/* The first character no font can show; 0 when all can be. */
uint32_t type_missing(const struct type *t);
/* A line is wider than the width, which happens where not even one character fits. */
bool type_overflows(const struct type *t);
/* The widest line. */
double type_span(const struct type *t);
/* Breaks a centred text anew so that its lines are about as long as each other. */
void type_balance(struct type *t);
/* Draws lines [from, to); y is the top of the first. */
void type_draw(const struct type *t, cairo_t *cr, double x, double y, int from, int to);

#endif
