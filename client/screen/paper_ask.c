/*
 * The small questions about attachments and originals: a line or two each. arg: kind keep, return,
 * void or export; text, what stands in the first line or what it is about. Gives back the kind and
 * both lines as text, one after the other.
 */
#include <stdio.h>
#include <string.h>

#include "client/screen/screen.h"
#include "client/ui/dialog.h"
#include "client/ui/editor.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/text.h"

enum { WIDEST = 90 };

struct question {
	const char *kind, *title, *say, *first, *second; /* msgids; second NULL: only one line */
	size_t most[2];                                  /* characters */
	bool given;                                      /* the text stands in the first line */
};

static const struct question questions[] = {
    {"keep", N_("An original is kept"), NULL, N_("What it is:"), N_("Copies (empty: 1):"), {120, 3}, false},
    {"return", N_("An original goes back"), N_("Who gets it signs for it on the hall's copy of the receipt."),
	N_("Who gets it and has signed:"),
	N_("Remark (such as by what right another than the applicant gets it):"), {60, 200}, true},
    {"void", N_("The attachment is the wrong one"), N_("It is marked void and kept:"), N_("Why:"), NULL,
	{200, 0}, false},
    {"export", N_("Write the attachment to a folder"),
	N_("Out there the hall guards it no more: delete it after use."), N_("Folder:"), NULL, {0, 0}, true},
};

struct paper_ask {
	const struct question *q;
	char about[ARG_TEXT];
	struct editor line[2];
	int at;
};

static void paper_ask_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct paper_ask *p = s->state;
	(void)fx;
	p->q = &questions[0];
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		if (strcmp(questions[i].kind, arg->kind) == 0)
			p->q = &questions[i];
	snprintf(p->about, sizeof p->about, "%s", arg->text);
	for (int i = 0; i < 2; i++)
		editor_init(&p->line[i], p->q->most[i], false);
	if (p->q->given)
		editor_set(&p->line[0], arg->text);
}

static int lines(const struct paper_ask *p)
{
	return p->q->second == NULL ? 1 : 2;
}

static void paper_ask_draw(struct screen *s, const struct area *a)
{
	struct paper_ask *p = s->state;
	int w = a->w - 12 > WIDEST ? WIDEST : a->w - 12;
	char say[1200] = "";
	if (p->q->say != NULL)
		snprintf(say, sizeof say, "%s %.1000s", _(p->q->say), p->q->given ? "" : p->about);
	int said = *say == '\0' ? 0 : draw_wrap_rows(w, say);
	struct area in = dialog_box(a, said + 3 * lines(p) + 1, w, _(p->q->title));
	struct area text = {in.y, in.x, said, in.w};
	if (said > 0)
		draw_wrap(&text, 0, FACE_PLAIN, say);
	int y = in.y + said;
	for (int i = 0; i < lines(p); i++, y += 3)
		draw_text(y, in.x, in.w, FACE_DIM, _(i == 0 ? p->q->first : p->q->second));
	y = in.y + said + 1;
	for (int i = 0; i < lines(p); i++)
		if (i != p->at)
			draw_editor(y + 3 * i, in.x, in.w - 1, &p->line[i], false, FACE_FIELD);
	draw_editor(y + 3 * p->at, in.x, in.w - 1, &p->line[p->at], true, FACE_FOCUS);
	draw_text(in.y + in.h - 1, in.x, in.w, FACE_DIM,
	    lines(p) > 1 ? _("Enter: next, then send    F10: send    Esc: back")
			 : _("Enter: send    Esc: back"));
}

static void send(struct paper_ask *p, struct effects *fx)
{
	struct screen_arg arg = {.number = 1};
	if (text_blank(p->line[0].text, p->line[0].len)) {
		p->at = 0;
		fx_refuse(fx, "%s", _("Fill in the first line."));
		return;
	}
	snprintf(arg.kind, sizeof arg.kind, "%s", p->q->kind);
	snprintf(arg.text, sizeof arg.text, "%s\n%s", p->line[0].text, p->line[1].text);
	fx_pop(fx, &arg);
}

static bool paper_ask_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct paper_ask *p = s->state;
	const char *why;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_COMMIT || (k->code == K_ENTER && p->at == lines(p) - 1)) {
		send(p, fx);
		return true;
	}
	if (k->code == K_ENTER || k->code == K_TAB || k->code == K_BACKTAB || k->code == K_DOWN ||
	    k->code == K_UP) {
		p->at = (p->at + 1) % lines(p);
		return true;
	}
	enum editor_result done = editor_key(&p->line[p->at], k, &why);
	if (done == EDITOR_REFUSED)
		fx_warn_editor(fx, &p->line[p->at], why);
	return done != EDITOR_UNUSED;
}

static void no_message(struct screen *s, const struct message *m, struct effects *fx)
{
	(void)s;
	(void)m;
	(void)fx;
}

static bool paper_ask_dirty(const struct screen *s)
{
	const struct paper_ask *p = s->state;
	return p->line[1].len > 0 ||
	       (p->line[0].len > 0 && (!p->q->given || strcmp(p->line[0].text, p->about) != 0));
}

const struct screen_ops screen_paper_ask = {
    .name = "paper_ask",
    .title = N_("Attachments and originals"),
    .on = ON_DIALOG,
    .size = sizeof(struct paper_ask),
    .dialog = true,
    .open = paper_ask_open,
    .draw = paper_ask_draw,
    .request = paper_ask_request,
    .message = no_message,
    .dirty = paper_ask_dirty,
};
