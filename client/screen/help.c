/* Help (F1, ?): the keys of a screen, from the table of commands. */
#include <stdio.h>
#include <string.h>

#include "client/screen/screen.h"
#include "client/ui/lang.h"
#include "common/text.h"

enum { HELP_COLUMN = 28, WIDEST = 110, HELP_END = 1 << 16 };

void command_draw(const struct command *c, const struct area *a, bool selected)
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
	struct area text = {a->y, a->x + HELP_COLUMN, a->h, a->w - HELP_COLUMN};
	if (a->h == 1)
		draw_text(a->y, text.x, text.w, face, _(c->help));
	else
		draw_wrap(&text, 0, FACE_PLAIN, _(c->help));
}

/* Help. arg: number, the bits of the screen below; text, its title and on a second line of each
 * command − when it does nothing there. All of it is one text
 * that scrolls by rows: commands, then what keys do inside fields and on materials. */

/* Screens whose help is one page: their own keys, what they are for, the keys every screen has in one line. */
enum { ONE_PAGE = ON_FLOOR | ON_HANDING };

static const struct {
	uint64_t on;
	const char *text;
} notes[] = {
    {ON_DUTY | ON_POST,
	N_("A is whose post it is. B1, B2 … stand in while A is away, in this order: with all A may do, "
	   "answering for it; it reads «B Wang for A Zhang»")},
    {ON_DUTY,
	N_("A leaves: F2 hands the post over first. A is gone without: the post is empty, B1 is asked, then "
	   "every B; Ctrl-G takes it over, whatever is on the screen")},
    {ON_DUTY, N_("A coming back changes nothing by itself: B gives the post back (F5) or the handover ends; "
		 "F10 asks "
		 "B for it. Then Tab shows what was done meanwhile")},
    {ON_POST, N_("Every post has an A and a B1, nobody two places in it. The chief representative sets them; "
		 "a supervisor may appoint whoever is there")},
    {ON_POST, N_("Who held it tells since when, as A or B, and how: signed in, handed over, took it over, "
		 "gave it back, gone too long")},
    {ON_HANDING,
	N_("Times: 1400 today; +1 0830 tomorrow; 20261130 0830. A working day ahead; later is allowed, "
	   "and recorded")},
    {ON_HANDING, N_("The cursor on a case: what is typed is its note. Whatever has none goes over, too: it "
		    "belongs to the post")},
    {ON_HANDING,
	N_("B confirms each item before it begins, else the post is empty then and offered. At the end "
	   "it is A's again, with a report")},
    {ON_HANDOVER,
	N_("✓ confirmed, ? not yet: Space confirms one. Without a mark: a case of the post that has "
	   "no note")},
    {ON_HANDOVER,
	N_("When it begins B holds the post; at the end it is A's again by itself. Then each case says "
	   "what B did with it")},
    {ON_HANDOVERS,
	N_("Planned: waits for B. Confirmed: begins at its time. Not confirmed: by its beginning B had "
	   "not, so the post was offered")},
    {ON_BOARD,
	N_("Everybody signs in and out, mornings and afternoons; the first login of a half day signs in "
	   "by itself")},
    {ON_BOARD,
	N_("F2 is for a while: alone at the window, name one that watches it, and its sign is printed. "
	   "Longer: F8 asks for leave")},
    {ON_BOARD,
	N_("Away or signed out, the post stays with its holder until the client was gone too long; then "
	   "it is empty and offered")},
    {ON_LEAVES,
	N_("Up to half a day the chief representative decides, up to a day the deputy director, longer "
	   "the director; each sees it at once")},
    {ON_LEAVES, N_("Granted leave hands nothing over by itself: F5 on it does, with its times and reason. F6 "
		   "changes it, Del cancels it")},
    {ON_ATTENDANCE,
	N_("Not signed in: the half day still runs. Absent: it is over. Nobody is late who was away "
	   "by leave")},
    {ON_INTAKE | ON_HANDLE,
	N_("On a material: 1 there, 2 missing, 3 defective, 4 follows later, 5 not needed")},
    {ON_INTAKE | ON_HANDLE,
	N_("After 2, 3 or 4 what is typed is the note, or the date: Enter next material, arrows leave")},
    {ON_INTAKE | ON_HANDLE,
	N_("Space goes through the ticks · Enter: the rest is there, what only may apply is not needed")},
    {ON_INTAKE | ON_HANDLE,
	N_("open: not looked at yet · missing: was not brought · defective: brought, must be changed")},
    {ON_INTAKE | ON_HANDLE,
	N_("follows: accepted without it, brought by a date, only «may follow» · not needed: only «if it "
	   "applies»")},
    {ON_ANY & ~(uint64_t)(ON_QUESTION | ON_FLOOR),
	N_("Tab, Enter next field · Shift-Tab back · Ctrl-R the field's last value")},
    {ON_FORM, N_("On a choice its number, Space, arrows, or the first letters of its name or their initials "
		 "choose")},
    {ON_ANY & ~(uint64_t)(ON_QUESTION | ON_FLOOR),
	N_("Ctrl-A begin · Ctrl-E end · Ctrl-U, Ctrl-K delete to begin, end · Ctrl-W delete a word")},
    {ON_WORK & ~(uint64_t)ONE_PAGE,
	N_("A whole line in the menu (F9): sl spjyxk 1101… takes in an item for an ID number, cx "
	   "000123 finds "
	   "a case, dy 000123 opens its notices; Tab writes a command out")},
    {ON_ANY & ~(uint64_t)ONE_PAGE, N_("Every F-key is also Alt and its digit: Alt-1 is F1, Alt-0 is F10")},
};

enum { NOTES = sizeof notes / sizeof *notes };

struct help {
	uint64_t on;
	int skip, page, rows; /* rows of the screen: above, in sight, all */
	char title[128], idle[512];
	char others[400]; /* of a page: the keys every screen has */
};

static void help_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct help *h = s->state;
	(void)fx;
	h->on = (uint64_t)arg->number;
	int len = (int)strcspn(arg->text, "\n");
	snprintf(h->title, sizeof h->title, "%.*s", len > 120 ? 120 : len, arg->text);
	if (arg->text[len] == '\n')
		snprintf(h->idle, sizeof h->idle, "%s", arg->text + len + 1);
}

static bool works(const struct help *h, size_t i)
{
	return (command_at(i)->on & h->on) != 0 && (i >= strlen(h->idle) || h->idle[i] != '-');
}

/* What leads away from a form stands below its own keys. */
static bool leads_away(const struct help *h, size_t i)
{
	return (h->on & ON_FORM) != 0 && (command_at(i)->on & h->on & ~(uint64_t)ON_FORM) == 0;
}

/* Where the next line goes when rows of it are above or below the area: draws only what is
 * in sight, and counts. */
static void help_line(struct help *h, const struct area *a, const struct command *c, const char *text)
{
	int rows = c != NULL ? draw_wrap_rows(a->w - HELP_COLUMN, _(c->help)) : draw_wrap_rows(a->w, _(text));
	int y = h->rows - h->skip;
	h->rows += rows;
	if (y < 0 || y >= a->h)
		return;
	struct area row = {a->y + y, a->x, rows < a->h - y ? rows : a->h - y, a->w};
	if (c == NULL) {
		draw_wrap(&row, 0, FACE_PLAIN, _(text));
		return;
	}
	command_draw(c, &row, false);
	if (row.h < rows && row.h == 1) { /* the rest is below, not cut off */
		struct area help = {row.y, row.x + HELP_COLUMN, 1, row.w - HELP_COLUMN};
		draw_fill(help.y, help.x, help.w, FACE_PLAIN);
		draw_wrap(&help, 0, FACE_PLAIN, _(c->help));
	}
}

/* Of a page: a key of its own, which the bar shows, too. */
static bool of_page(const struct help *h, const struct command *c)
{
	bool own = (c->bar & h->on) != 0 && c->request != REQ_HELP;
	return (h->on & ONE_PAGE) == 0 || own || c->request == REQ_TAKE;
}

/* F3 To do · F4 Find · Esc Back; a key and its label stay together. */
static void other_keys(struct help *h, int w)
{
	char key[16], part[96];
	size_t used = 0;
	int x = 0;
	h->others[0] = '\0';
	for (size_t i = 0; command_at(i) != NULL && used + 1 < sizeof h->others; i++) {
		const struct command *c = command_at(i);
		if (!works(h, i) || of_page(h, c) || c->key == K_NONE || c->key == K_TEXT)
			continue;
		key_label(c->key, c->letter, key, sizeof key);
		snprintf(part, sizeof part, "%s %s", key, _(c->label));
		int cols = text_width(part, strlen(part));
		bool down = x + 3 + cols > w;
		used += (size_t)snprintf(h->others + used, sizeof h->others - used, "%s%s",
		    used == 0 ? ""
		    : down    ? "\n"
			      : " · ",
		    part);
		x = down ? cols : x + 3 + cols;
	}
}

static void help_text(struct help *h, const struct area *text)
{
	h->rows = 0;
	for (int away = 0; away < 2; away++)
		for (size_t i = 0; command_at(i) != NULL; i++)
			if (works(h, i) && of_page(h, command_at(i)) && leads_away(h, i) == (away == 1))
				help_line(h, text, command_at(i), NULL);
	if ((h->on & ONE_PAGE) != 0) {
		other_keys(h, text->w);
		help_line(h, text, NULL, h->others);
	}
	h->rows++;
	for (int i = 0; i < NOTES; i++)
		if ((notes[i].on & h->on) != 0)
			help_line(h, text, NULL, notes[i].text);
}

static void help_draw(struct screen *s, const struct area *a)
{
	struct help *h = s->state;
	char title[200];
	struct area text = {a->y + 1, a->x + 1, a->h - 2, a->w - 2 > WIDEST ? WIDEST : a->w - 2};
	snprintf(title, sizeof title, "%s · %s", _("Keys"), h->title);
	draw_rule(a->y, a->x, a->w, title);
	h->page = text.h;
	help_text(h, &text);
	if (h->skip > 0 && h->skip > h->rows - h->page) {
		for (int y = 0; y < text.h; y++)
			draw_fill(text.y + y, text.x, text.w, FACE_PLAIN);
		h->skip = h->rows > h->page ? h->rows - h->page : 0;
		help_text(h, &text);
	}
	int below = h->rows - h->skip - text.h;
	if (below > 0)
		draw_format(a->y + a->h - 1, a->x + 1, a->w - 2, FACE_WARN,
		    ngettext("%d more row: PgDn or Down", "%d more rows: PgDn or Down", (unsigned long)below),
		    below);
	draw_caret(a->y, a->x);
}

static bool help_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct help *h = s->state;
	if (r == REQ_BACK || k->code == K_ENTER || k->code == K_F1) {
		fx_pop(fx, NULL);
		return true;
	}
	switch (k->code) {
	case K_UP:
		h->skip--;
		break;
	case K_DOWN:
		h->skip++;
		break;
	case K_PGUP:
		h->skip -= h->page - 1;
		break;
	case K_PGDN:
		h->skip += h->page - 1;
		break;
	case K_HOME:
		h->skip = 0;
		break;
	case K_END:
		h->skip = HELP_END;
		break;
	default:
		return false;
	}
	/* Drawing knows where the end is. */
	if (h->skip < 0)
		h->skip = 0;
	return true;
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
