/*
 * The menu (F9, Ctrl-P): every command by name or initials; and a whole line,
 * initials and what they are done to (line.h), with what it would be as it is
 * typed. arg: number, the bits of the screen below.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/line.h"
#include "client/screen/words.h"
#include "client/ui/dialog.h"
#include "client/ui/editor.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"
#include "common/text.h"

enum { ROWS_MAX = 64, LABEL = 20 };

struct palette {
	uint64_t on;
	struct editor line;
	struct line parsed;
	const struct command *rows[ROWS_MAX];
	int n;
	struct list list;
	bool asking, stale;
	struct reply *found; /* items or cases that fit what was typed, at most two */
	char asked[LINE_BYTES];
};

static int64_t palette_id(const void *data, int row)
{
	(void)data;
	return row + 1;
}

static int palette_count(const void *data)
{
	return ((const struct palette *)data)->n;
}

static void palette_row(const void *data, int row, const struct area *a, bool selected)
{
	command_draw(((const struct palette *)data)->rows[row], a, selected);
}

static const struct list_ops palette_list = {palette_count, palette_id, NULL, palette_row};

/* What the line names is looked for while it is typed. */
static void look(struct palette *p, struct effects *fx)
{
	const struct line *l = &p->parsed;
	bool item = l->command != NULL && l->command->takes == TAKES_ITEM;
	bool file = l->command != NULL && l->command->takes == TAKES_CASE && text_findable(l->rest);
	char now[sizeof p->asked];
	snprintf(now, sizeof now, "%.4s\t%.400s", item ? "item" : "case", l->rest);
	if (l->rest[0] == '\0' || (!item && !file)) {
		reply_free(p->found);
		p->found = NULL;
		p->asked[0] = '\0';
		return;
	}
	p->stale = p->asking;
	if (p->asking || strcmp(now, p->asked) == 0)
		return;
	memcpy(p->asked, now, sizeof now);
	struct bytes_out out = fx_payload();
	op_put_text(&out, l->rest);
	if (item) {
		op_put_null(&out);
		op_put_bool(&out, true);
	}
	op_put_null(&out);
	op_put_int4(&out, 2);
	p->asking = true;
	fx_send(fx, item ? "item.find" : "case.find", 0, 0, &out);
}

static void search(struct palette *p, struct effects *fx)
{
	line_parse(&p->parsed, p->on, p->line.text);
	if (p->parsed.more && p->parsed.command != NULL) {
		p->rows[0] = p->parsed.command;
		p->n = 1;
	} else {
		p->n = command_search(p->on, p->parsed.word, p->rows, ROWS_MAX);
	}
	list_reset(&p->list);
	look(p, fx);
}

static void palette_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct palette *p = s->state;
	p->on = (uint64_t)arg->number;
	editor_init(&p->line, LINE_CHARS, false);
	list_init(&p->list, &palette_list, p);
	search(p, fx);
}

static void palette_close(struct screen *s)
{
	reply_free(((struct palette *)s->state)->found);
}

/* What the line comes to. */
static void hint(const struct palette *p, char *buf, size_t size)
{
	const struct line *l = &p->parsed;
	const char *more = p->found != NULL && p->found->nrows > 1 ? _(" and others") : "";
	char usage[80] = "";
	buf[0] = '\0';
	if (l->word[0] == '\0') {
		snprintf(buf, size, "%s", _("or a line: sl spjyxk 1101…, cx 000123, dy 000123"));
		return;
	}
	const struct command *elsewhere = command_elsewhere(p->on, l->word);
	if (elsewhere != NULL)
		snprintf(buf, size, _("%s: open its case first (F4)"), _(elsewhere->label));
	else if (l->command == NULL && p->n == 0)
		line_usages(p->on, buf, size);
	if (l->command == NULL || l->command->takes == TAKES_NOTHING)
		return;
	if (l->rest[0] == '\0')
		snprintf(buf, size, "%s", line_usage(l->command, usage, sizeof usage));
	else if (p->found == NULL)
		return;
	else if (p->found->nrows == 0)
		snprintf(buf, size, "%s",
		    l->command->takes == TAKES_ITEM ? _("none that is received at this window")
						    : _("Nothing found."));
	else if (l->command->takes == TAKES_ITEM)
		snprintf(buf, size, "%s%s%s%s", reply_text(p->found, 0, "name"), more,
		    l->id[0] == '\0' ? "" : " · ", l->id);
	else
		snprintf(buf, size, "%s %s · %s%s", reply_text(p->found, 0, "number"),
		    reply_text(p->found, 0, "applicant"), word_state(reply_text(p->found, 0, "state")), more);
}

static void palette_draw(struct screen *s, const struct area *a)
{
	struct palette *p = s->state;
	struct area in = dialog_box(a, a->h - 4, a->w - 10, _("Menu"));
	struct area list = {in.y + 2, in.x, in.h - 2, in.w};
	char said[1600];
	hint(p, said, sizeof said);
	draw_text(in.y, in.x, LABEL, FACE_DIM, _("name or initials:"));
	draw_text(in.y + 1, in.x, in.w - 8, p->n == 0 ? FACE_WARN : FACE_GOOD, said);
	if (p->list.at >= 0 && p->n > list.h)
		draw_format(in.y + 1, in.x + in.w - 6, 6, FACE_WARN, "%d/%d", p->list.at + 1, p->n);
	list_draw(&p->list, &list, true);
	draw_editor(in.y, in.x + LABEL, in.w - LABEL - 1, &p->line, true, FACE_FOCUS);
}

static void run(struct palette *p, struct effects *fx)
{
	struct line *l = &p->parsed;
	struct screen_arg arg;
	char buf[512];
	const struct command *row = p->list.at < 0 ? NULL : p->rows[p->list.at];
	/* Digits alone are a case's, as on the list of cases to do. */
	if (row == NULL && l->rest[0] == '\0' && l->word[0] >= '0' && l->word[0] <= '9') {
		snprintf(buf, sizeof buf, "cx %.400s", l->word);
		line_parse(l, p->on, buf);
	}
	/* sb is to send a case up, not the list sbz that begins alike. */
	const struct command *elsewhere =
	    p->list.at <= 0 && !l->more ? command_elsewhere(p->on, l->word) : NULL;
	if (elsewhere != NULL) {
		fx_refuse(fx, _("%s: open its case first (F4)"), _(elsewhere->label));
		return;
	}
	bool line = l->rest[0] != '\0' || l->id[0] != '\0' || row == NULL;
	const char *why = line ? line_refusal(l, p->on, buf, sizeof buf) : NULL;
	if (why != NULL) {
		fx_refuse(fx, "%s", why);
	} else if (line) {
		line_arg(l, &arg);
		fx_ask_arg(fx, l->command->request, &arg);
	} else if (row->request == REQ_NOTICES) {
		fx_refuse(fx, _("Of which case? %s"), line_usage(row, buf, sizeof buf));
	} else {
		fx_ask(fx, row->request);
	}
}

/* Tab writes out the command at the cursor. */
static void complete(struct palette *p, struct effects *fx)
{
	char text[64];
	if (p->list.at < 0 || p->parsed.more)
		return;
	const struct command *c = p->rows[p->list.at];
	snprintf(text, sizeof text, "%s%s", c->initials, c->takes == TAKES_NOTHING ? "" : " ");
	editor_set(&p->line, text);
	search(p, fx);
}

static bool palette_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct palette *p = s->state;
	const char *why;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (k->code == K_ENTER || r == REQ_COMMIT) {
		run(p, fx);
		return true;
	}
	if (k->code == K_TAB) {
		complete(p, fx);
		return true;
	}
	if (k->code != K_HOME && k->code != K_END && list_key(&p->list, k))
		return true;
	enum editor_result done = editor_key(&p->line, k, &why);
	if (done == EDITOR_CHANGED)
		search(p, fx);
	else if (done == EDITOR_REFUSED)
		fx_warn_editor(fx, &p->line, why);
	return done != EDITOR_UNUSED;
}

static void palette_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct palette *p = s->state;
	if (m->kind == MESSAGE_RESULT)
		search(p, fx); /* a scan came between: the line is what it was before */
	if (m->kind != MESSAGE_REPLY)
		return;
	p->asking = false;
	if (p->stale) {
		look(p, fx);
		return;
	}
	reply_free(p->found);
	p->found = reply_ok(m->reply) && p->asked[0] != '\0' ? reply_keep(m->reply) : NULL;
}

const struct screen_ops screen_palette = {
    .name = "palette",
    .title = N_("Menu"),
    .on = ON_DIALOG,
    .size = sizeof(struct palette),
    .dialog = true,
    .open = palette_open,
    .close = palette_close,
    .draw = palette_draw,
    .request = palette_request,
    .message = palette_message,
};
