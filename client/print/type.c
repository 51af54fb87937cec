/*
 * Typesetting of one text with pango; see type.h. Where it changes pango's
 * result it does so once, right after line breaking: glyph widths are widened
 * in place, so drawing is plain.
 */
#include "client/print/type.h"

#include <string.h>

/* A hanzi's ink reaches from 0.12 em below the baseline to 0.88 em above it. */
#define ASCENT 0.88
/* Lines that would need more space than this (in em) at every gap stay ragged. */
#define SPREAD_MAX 0.5
/* A last line shorter than this (in em) is a lone character. */
#define LONE_MAX 2.2

static const struct {
	const char *family;
	double size, pitch;
	PangoWeight weight;
} styles[TYPE_STYLES] = {
    [TYPE_TITLE] = {"Noto Serif CJK SC,Noto Sans CJK SC,serif", 22, 33, PANGO_WEIGHT_BOLD},
    [TYPE_BODY] = {"Noto Serif CJK SC,Noto Sans CJK SC,serif", 14, 25, PANGO_WEIGHT_NORMAL},
    [TYPE_TOPIC] = {"Noto Sans CJK SC,Noto Serif CJK SC,sans", 14, 25, PANGO_WEIGHT_NORMAL},
    [TYPE_VALUE] = {"Noto Serif CJK SC,Noto Sans CJK SC,serif", 12, 18, PANGO_WEIGHT_NORMAL},
    [TYPE_LABEL] = {"Noto Sans CJK SC,Noto Serif CJK SC,sans", 12, 18, PANGO_WEIGHT_NORMAL},
    [TYPE_CELL] = {"Noto Serif CJK SC,Noto Sans CJK SC,serif", 10.5, 15.5, PANGO_WEIGHT_NORMAL},
    [TYPE_HEAD] = {"Noto Sans CJK SC,Noto Serif CJK SC,sans", 10.5, 15.5, PANGO_WEIGHT_NORMAL},
    [TYPE_SMALL] = {"Noto Serif CJK SC,Noto Sans CJK SC,serif", 9, 13.5, PANGO_WEIGHT_NORMAL},
};

double type_em(enum type_style style)
{
	return styles[style].size;
}

double type_pitch(enum type_style style)
{
	return styles[style].pitch;
}

PangoContext *type_context(void)
{
	PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, o);
	cairo_font_options_destroy(o);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_language(context, pango_language_from_string("zh-cn"));
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
	return context;
}

static bool opens(gunichar ch)
{
	return ch != 0 && g_utf8_strchr("（〔【《〈「『［｛〖“‘", -1, ch) != NULL;
}

static bool closes(gunichar ch)
{
	return ch != 0 && g_utf8_strchr("）〕】》〉」』］｝〗”’，。、；：", -1, ch) != NULL;
}

/* Two marks in a row would leave a hole of one em: the half that is blank and
 * faces the other mark goes (the font's own half-width form, "halt"). */
static void halve_marks(const char *text, PangoAttrList *attrs)
{
	gunichar before = 0;

	for (const char *p = text, *next; *p; p = next) {
		next = g_utf8_next_char(p);
		gunichar ch = g_utf8_get_char(p), after = g_utf8_get_char(next);
		bool halve = (closes(ch) && (closes(after) || opens(after))) || (opens(ch) && opens(before));
		before = ch;
		if (!halve)
			continue;
		PangoAttribute *a = pango_attr_font_features_new("halt=1");
		a->start_index = (guint)(p - text);
		a->end_index = (guint)(next - text);
		pango_attr_list_insert(attrs, a);
	}
}

/* Space may be added beside it. */
static bool wide(gunichar ch)
{
	return ch == ' ' || ch == 0x3000 || (ch >= 0x2e80 && ch < 0xac00) || (ch >= 0xf900 && ch < 0xfb00) ||
	       (ch >= 0xfe30 && ch < 0xfe50) || (ch >= 0xff00 && ch < 0xff61) || ch >= 0x20000 || opens(ch) ||
	       closes(ch);
}

/* Visits the gaps of a line, adding this much (pango units) at each; returns
 * their number. A line that runs from right to left has none. */
static int line_gaps(PangoLayoutLine *line, const char *text, double add)
{
	int gaps = 0;
	double owed = 0;
	int end = line->start_index + line->length;

	while (end > line->start_index && text[end - 1] == ' ')
		end--;
	for (GSList *l = line->runs; l; l = l->next) {
		PangoGlyphItem *run = l->data;
		PangoGlyphString *g = run->glyphs;
		if (run->item->analysis.level % 2)
			return 0;
		for (int i = 0; i < g->num_glyphs; i++) {
			int at = run->item->offset + g->log_clusters[i];
			int after = i + 1 < g->num_glyphs ? run->item->offset + g->log_clusters[i + 1]
							  : run->item->offset + run->item->length;
			if (after == at || after >= end)
				continue;
			if (!wide(g_utf8_get_char(text + at)) && !wide(g_utf8_get_char(text + after)))
				continue;
			gaps++;
			owed += add;
			g->glyphs[i].geometry.width += (int)owed;
			owed -= (int)owed;
		}
	}
	return gaps;
}

static double line_span(PangoLayoutLine *line)
{
	int sum = 0;

	for (GSList *l = line->runs; l; l = l->next)
		sum += pango_glyph_string_get_width(((PangoGlyphItem *)l->data)->glyphs);
	return (double)sum / PANGO_SCALE;
}

static double line_indent(const struct type *t, int i)
{
	return t->line[i]->is_paragraph_start ? t->indent : 0;
}

static void spread(struct type *t, int i)
{
	const char *text = pango_layout_get_text(t->layout);
	bool last = i + 1 == t->lines || t->line[i + 1]->is_paragraph_start;
	double slack = t->width - line_indent(t, i) - t->span[i];
	int gaps;

	if (last || slack <= 0 || (gaps = line_gaps(t->line[i], text, 0)) == 0)
		return;
	if (slack / gaps < SPREAD_MAX * type_em(t->style))
		line_gaps(t->line[i], text, slack * PANGO_SCALE / gaps);
}

static void tighten(PangoLayout *layout, int units)
{
	PangoAttrList *attrs = pango_attr_list_copy(pango_layout_get_attributes(layout));

	pango_attr_list_change(attrs, pango_attr_letter_spacing_new(-units));
	pango_layout_set_attributes(layout, attrs);
	pango_attr_list_unref(attrs);
}

/* A lone character on the last line is drawn into the line above by setting the
 * text a little tighter, if 5 % of an em suffices. */
static void pull_lone(struct type *t)
{
	int lines = pango_layout_get_line_count(t->layout);
	double em = type_em(t->style);

	if (lines < 2 || line_span(pango_layout_get_line_readonly(t->layout, lines - 1)) > LONE_MAX * em)
		return;
	for (int percent = 1; percent <= 5; percent += 2) {
		tighten(t->layout, pango_units_from_double(em * percent / 100));
		if (pango_layout_get_line_count(t->layout) < lines)
			return;
	}
	tighten(t->layout, 0);
}

static void drop_lines(struct type *t)
{
	for (int i = 0; i < t->lines; i++)
		pango_layout_line_unref(t->line[i]);
	g_free(t->line);
	g_free(t->span);
}

static void take_lines(struct type *t)
{
	if (t->align == TYPE_SPREAD)
		pull_lone(t);
	t->lines = pango_layout_get_line_count(t->layout);
	t->line = g_new0(PangoLayoutLine *, (size_t)t->lines);
	t->span = g_new0(double, (size_t)t->lines);
	for (int i = 0; i < t->lines; i++) {
		t->line[i] = pango_layout_line_ref(pango_layout_get_line(t->layout, i));
		t->span[i] = line_span(t->line[i]);
	}
	for (int i = 0; i < t->lines && t->align == TYPE_SPREAD; i++)
		spread(t, i);
}

struct type *type_new(PangoContext *context, enum type_style style, enum type_align align, const char *text,
    double width, double indent)
{
	struct type *t = g_new0(struct type, 1);
	PangoFontDescription *font = pango_font_description_new();
	PangoAttrList *attrs = pango_attr_list_new();

	t->style = style;
	t->align = align;
	t->width = width;
	t->indent = indent;
	t->pitch = styles[style].pitch;
	t->layout = pango_layout_new(context);
	pango_font_description_set_family_static(font, styles[style].family);
	pango_font_description_set_size(font, pango_units_from_double(styles[style].size));
	pango_font_description_set_weight(font, styles[style].weight);
	pango_layout_set_font_description(t->layout, font);
	pango_font_description_free(font);
	halve_marks(text, attrs);
	pango_layout_set_attributes(t->layout, attrs);
	pango_attr_list_unref(attrs);
	pango_layout_set_auto_dir(t->layout, FALSE);
	pango_layout_set_wrap(t->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(t->layout, pango_units_from_double(width));
	pango_layout_set_indent(t->layout, pango_units_from_double(indent));
	pango_layout_set_text(t->layout, text, -1);
	take_lines(t);
	return t;
}

void type_free(struct type *t)
{
	if (t == NULL)
		return;
	drop_lines(t);
	g_object_unref(t->layout);
	g_free(t);
}

uint32_t type_missing(const struct type *t)
{
	if (pango_layout_get_unknown_glyphs_count(t->layout) == 0)
		return 0;
	for (int i = 0; i < t->lines; i++)
		for (GSList *l = t->line[i]->runs; l; l = l->next) {
			PangoGlyphString *g = ((PangoGlyphItem *)l->data)->glyphs;
			for (int k = 0; k < g->num_glyphs; k++)
				if (g->glyphs[k].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
					return g->glyphs[k].glyph & ~(uint32_t)PANGO_GLYPH_UNKNOWN_FLAG;
		}
	return 0xfffd;
}

bool type_overflows(const struct type *t)
{
	for (int i = 0; i < t->lines; i++)
		if (t->span[i] + line_indent(t, i) > t->width + 0.5)
			return true;
	return false;
}

double type_span(const struct type *t)
{
	double widest = 0;

	for (int i = 0; i < t->lines; i++)
		widest = MAX(widest, t->span[i]);
	return widest;
}

void type_balance(struct type *t)
{
	double narrow = t->width / t->lines / 2, wide_enough = t->width;

	if (t->lines < 2)
		return;
	while (wide_enough - narrow > 1) {
		double half = (narrow + wide_enough) / 2;
		pango_layout_set_width(t->layout, pango_units_from_double(half));
		if (pango_layout_get_line_count(t->layout) > t->lines)
			narrow = half;
		else
			wide_enough = half;
	}
	pango_layout_set_width(t->layout, pango_units_from_double(wide_enough));
	drop_lines(t);
	take_lines(t);
}

void type_draw(const struct type *t, cairo_t *cr, double x, double y, int from, int to)
{
	double size = styles[t->style].size, pitch = t->pitch;
	double baseline = y + (pitch - size) / 2 + ASCENT * size;

	for (int i = from; i < to && i < t->lines; i++, baseline += pitch) {
		double left = x + line_indent(t, i);
		if (t->align == TYPE_CENTRE)
			left = x + (t->width - t->span[i]) / 2;
		else if (t->align == TYPE_RIGHT)
			left = x + t->width - t->span[i];
		cairo_move_to(cr, left, baseline);
		pango_cairo_show_layout_line(cr, t->line[i]);
	}
}
