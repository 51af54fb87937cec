/* Help (F1, ?) and palette (F9, Ctrl-P): both read the table of commands. */
#include <stdio.h>
#include <string.h>

#include "client/screen/screen.h"
#include "client/ui/dialog.h"
#include "client/ui/editor.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"

enum { ROWS_MAX = 64 };

/* One row of either: a command. */
static void command_row(const struct command *c, const struct area *a, bool selected)
{
	char key[16] = "";
	enum face face = selected ? FACE_SELECT : FACE_PLAIN;
	if (selected)
		draw_fill(a->y, a->x, a->w, face);
	if (c->key != K_NONE)
		key_label(c->key, c->letter, key, sizeof key);
	draw_text(a->y, a->x, 8, selected ? face : FACE_BOLD, key);
	draw_text(a->y, a->x + 8, 14, face, _(c->label));
	if (c->initials != NULL)
		draw_text(a->y, a->x + 22, 5, selected ? face : FACE_DIM, c->initials);
	draw_text(a->y, a->x + 28, a->w - 28, face, _(c->help));
}

/* Help. arg: number, the bits of the screen below; text, its title. */

struct help {
	const struct command *rows[ROWS_MAX];
	int n;
	struct list list;
	char title[128];
};

static int help_count(const void *data)
{
	return ((const struct help *)data)->n;
}

static int64_t help_id(const void *data, int row)
{
	(void)data;
	return row + 1;
}

static void help_row(const void *data, int row, const struct area *a, bool selected)
{
	command_row(((const struct help *)data)->rows[row], a, selected);
}

static const struct list_ops help_list = {help_count, help_id, NULL, help_row};

static void help_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct help *h = s->state;
	(void)fx;
	for (size_t i = 0; command_at(i) != NULL && h->n < ROWS_MAX; i++)
		if ((command_at(i)->on & (unsigned)arg->number) != 0)
			h->rows[h->n++] = command_at(i);
	snprintf(h->title, sizeof h->title, "%.120s", arg->text);
	list_init(&h->list, &help_list, h);
}

static const char *const editing[] = {
    N_("Tab, Enter next field · Shift-Tab back · Ctrl-R the field's last value"),
    N_("Ctrl-A begin · Ctrl-E end · Ctrl-U, Ctrl-K delete to begin, end · Ctrl-W delete a word"),
    N_("Every F-key is also Alt and its digit: Alt-1 is F1, Alt-0 is F10"),
    N_("Materials: Space or 1…5 ticks, Enter ticks the rest as there, typing writes what to do"),
};

static void help_draw(struct screen *s, const struct area *a)
{
	struct help *h = s->state;
	char title[200];
	snprintf(title, sizeof title, "%s · %s", _("Keys"), h->title);
	draw_rule(a->y, a->x, a->w, title);
	struct area list = {a->y + 1, a->x + 1, a->h - 6, a->w - 2};
	list_draw(&h->list, &list, true);
	draw_rule(a->y + a->h - 5, a->x, a->w, NULL);
	for (int i = 0; i < 4; i++)
		draw_text(a->y + a->h - 4 + i, a->x + 1, a->w - 2, FACE_PLAIN, _(editing[i]));
}

static bool help_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct help *h = s->state;
	if (r == REQ_BACK || k->code == K_ENTER || k->code == K_F1) {
		fx_pop(fx, NULL);
		return true;
	}
	return list_key(&h->list, k);
}

static void no_message(struct screen *s, const struct message *m, struct effects *fx)
{
	(void)s;
	(void)m;
	(void)fx;
}

const struct screen_ops screen_help = {
    .name = "help",
    .title = N_("Keys"),
    .on = ON_HELP,
    .size = sizeof(struct help),
    .open = help_open,
    .draw = help_draw,
    .request = help_request,
    .message = no_message,
};

/* Palette. arg: number, the bits of the screen below. Asks for the command chosen. */

struct palette {
	unsigned on;
	struct editor line;
	const struct command *rows[ROWS_MAX];
	int n;
	struct list list;
};

static int palette_count(const void *data)
{
	return ((const struct palette *)data)->n;
}

static void palette_row(const void *data, int row, const struct area *a, bool selected)
{
	command_row(((const struct palette *)data)->rows[row], a, selected);
}

static const struct list_ops palette_list = {palette_count, help_id, NULL, palette_row};

static void palette_search(struct palette *p)
{
	p->n = command_search(p->on, p->line.text, p->rows, ROWS_MAX);
	list_reset(&p->list);
}

static void palette_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct palette *p = s->state;
	(void)fx;
	p->on = (unsigned)arg->number;
	editor_init(&p->line, 40, false);
	list_init(&p->list, &palette_list, p);
	palette_search(p);
}

static void palette_draw(struct screen *s, const struct area *a)
{
	struct palette *p = s->state;
	struct area in = dialog_box(a, a->h - 4, a->w - 10, _("Menu"));
	struct area list = {in.y + 2, in.x, in.h - 2, in.w};
	draw_text(in.y, in.x, 20, FACE_DIM, _("name or initials:"));
	list_draw(&p->list, &list, true);
	draw_editor(in.y, in.x + 20, 30, &p->line, true, FACE_FOCUS);
}

static bool palette_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct palette *p = s->state;
	const char *why;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (k->code == K_ENTER) {
		if (p->list.at < 0)
			fx_warn_code(fx, "find.none", NULL);
		else
			fx_ask(fx, p->rows[p->list.at]->request);
		return true;
	}
	if (list_key(&p->list, k) && k->code != K_HOME && k->code != K_END)
		return true;
	enum editor_result done = editor_key(&p->line, k, &why);
	if (done == EDITOR_CHANGED)
		palette_search(p);
	else if (done == EDITOR_REFUSED)
		fx_warn_code(fx, why, NULL);
	return done != EDITOR_UNUSED;
}

const struct screen_ops screen_palette = {
    .name = "palette",
    .title = N_("Menu"),
    .on = ON_DIALOG,
    .size = sizeof(struct palette),
    .dialog = true,
    .open = palette_open,
    .draw = palette_draw,
    .request = palette_request,
    .message = no_message,
};
