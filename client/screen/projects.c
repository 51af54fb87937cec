/*
 * Construction projects (PAR-6), live: part of the name, the code or the owner
 * finds them; each with the stage it is at. Enter opens one, F2 enters a new one.
 * Over an intake it is the choice of the project a stage is received for: what
 * the project still lacks for that stage is said here, before anything is typed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/project.h"
#include "client/screen/words.h"
#include "client/ui/editor.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_LIST = 1, TAG_STAGES, WIDEST = 150 };

struct projects {
	struct roll roll; /* first: the list's data */
	struct editor line;
	int stage;      /* to be received for the project that is chosen; 0: none is chosen */
	int64_t chosen; /* its stages are being read */
	bool opening;   /* Enter came before the rows of what was typed: keys wait for them */
	bool fresh;     /* what was typed changed: the next answer is another list */
};

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct projects *)data)->roll.rows;
	size_t n = (size_t)i;
	char line[200];
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	int end = a->x + a->w - 1, right = 34, name = (a->w - right) * 3 / 5;
	if (selected) {
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
		draw_caret(a->y, a->x);
	}
	draw_text(a->y, a->x + 1, name - 2, plain, reply_text(r, n, "name"));
	draw_text(a->y, a->x + name, end - right - a->x - name, plain, reply_text(r, n, "owner"));
	snprintf(line, sizeof line, "%lld %.180s", (long long)reply_int(r, n, "stage_no"),
	    reply_text(r, n, "stage"));
	draw_text(a->y, end - right + 1, 23, plain, line);
	draw_text(a->y, end - 9, 9, plain, project_stands(r, n));
}

static const struct list_ops projects_list = {roll_count, roll_id, NULL, row};

static void ask(struct projects *p, struct effects *fx)
{
	if (roll_may_ask(&p->roll))
		project_ask(fx, TAG_LIST, p->roll.rows == NULL ? SEND_WAIT : 0, 0,
		    p->line.len > 0 ? p->line.text : NULL);
}

/* arg: kind "choose": number is the stage to be received; else NULL. */
static void projects_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct projects *p = s->state;
	roll_init(&p->roll, &projects_list, "project_id", p);
	editor_init(&p->line, 120, false);
	if (arg != NULL && strcmp(arg->kind, "choose") == 0)
		p->stage = (int)arg->number;
	ask(p, fx);
}

static void projects_close(struct screen *s)
{
	roll_done(&((struct projects *)s->state)->roll);
}

static int facts(const struct roll *r, int y, const struct area *a)
{
	char line[700];
	const char *code = roll_text(r, "code"), *lacks = roll_text(r, "lacks");
	snprintf(line, sizeof line, "%.400s%s%.60s", roll_text(r, "name"), *code == '\0' ? "" : " · ", code);
	y = draw_fact(y, a, FACE_BOLD, _("Project:"), line);
	y = draw_fact(y, a, FACE_PLAIN, _("Who builds:"), roll_text(r, "owner"));
	snprintf(line, sizeof line, "%lld %.200s · %.100s · %.60s", (long long)roll_int(r, "stage_no"),
	    roll_text(r, "stage"), project_stands(r->rows, (size_t)roll_at(r)), roll_text(r, "number"));
	y = draw_fact(y, a, FACE_PLAIN, _("Stage:"), line);
	return draw_fact(y, a, FACE_WARN, _("Lacks:"), lacks);
}

static void projects_draw(struct screen *s, const struct area *a)
{
	struct projects *p = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, n = roll_count(p);
	int x = a->x + 1 +
		draw_text(a->y, a->x + 1, 40, FACE_TITLE,
		    p->stage != 0 ? _("For which project?") : _("Find a project:")) +
		1;
	draw_editor(a->y, x, w - x - 2, &p->line, true, FACE_FOCUS);
	if (p->line.len == 0)
		draw_text(a->y, x, w - x - 2, FACE_DIM, _("part of its name, its code, who builds"));
	draw_rule(a->y + 1, a->x, a->w, NULL);
	struct area list = {a->y + 2, a->x, a->h - 7, w};
	if (p->roll.rows != NULL && n == 0)
		draw_text(list.y + 1, list.x + 2, list.w - 3, FACE_DIM, _("No such project. F2 enters one."));
	list_draw(&p->roll.list, &list, true);
	if (roll_at(&p->roll) < 0)
		return;
	draw_rule(a->y + a->h - 5, a->x, a->w, NULL);
	struct area detail = {a->y + a->h - 4, a->x + 1, 4, w - 2};
	(void)facts(&p->roll, detail.y, &detail);
}

static int64_t at(const struct projects *p)
{
	return roll_at(&p->roll) < 0 ? 0 : p->roll.list.id;
}

static void take(struct projects *p, int64_t id, struct effects *fx)
{
	struct screen_arg arg = {.id = id};
	if (id == 0)
		fx_warn_code(fx, "find.none", NULL);
	else if (p->stage == 0)
		fx_push(fx, &screen_project, &arg);
	else
		project_ask(fx, TAG_STAGES, SEND_WAIT, p->chosen = id, NULL);
}

/* The stage may be received for it, or it is said what is in the way (PAR-6). */
static void judge(const struct projects *p, const struct reply *r, struct effects *fx)
{
	struct screen_arg arg = {.kind = "project", .id = p->chosen};
	if (!reply_ok(r)) {
		fx_refuse_reply(fx, r);
		return;
	}
	for (size_t i = 0; i < r->nrows; i++) {
		if (reply_int(r, i, "stage_no") != p->stage)
			continue;
		if (!reply_bool(r, i, "may")) {
			project_refuse(r, i, fx);
			return;
		}
		snprintf(arg.text, sizeof arg.text, "%.600s", reply_text(r, i, "name"));
		fx_pop(fx, &arg);
		return;
	}
	fx_refuse(fx, "%s", _("This project has no such stage."));
}

static bool typed(struct projects *p, const struct key *k, struct effects *fx)
{
	const char *why;
	if (k->code != K_HOME && k->code != K_END && list_key(&p->roll.list, k))
		return true;
	switch (editor_key(&p->line, k, &why)) {
	case EDITOR_CHANGED:
		p->fresh = true;
		ask(p, fx);
		return true;
	case EDITOR_REFUSED:
		fx_warn_editor(fx, &p->line, why);
		return true;
	case EDITOR_MOVED:
		return true;
	default:
		return false;
	}
}

/* The rows of what was typed are there, or could not be read. */
static void open_found(struct projects *p, bool found, struct effects *fx)
{
	if (!p->opening)
		return;
	p->opening = false;
	fx_release(fx);
	if (found)
		take(p, at(p), fx);
}

static bool projects_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct projects *p = s->state;
	switch (r) {
	case REQ_OPEN:
		/* Typed ahead of the list: what it will find is opened. */
		p->opening = p->fresh && p->roll.asking;
		if (p->opening)
			fx_hold(fx);
		else
			take(p, at(p), fx);
		return true;
	case REQ_NEW_PROJECT:
		deed_push(fx, "project", 0, "");
		return true;
	case REQ_REFRESH:
		ask(p, fx);
		return false;
	case REQ_KEY:
		return typed(p, k, fx);
	default:
		return false;
	}
}

static void projects_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct projects *p = s->state;
	if (m->kind == MESSAGE_REPLY && m->tag == TAG_STAGES) {
		judge(p, m->reply, fx);
		return;
	}
	if (m->kind == MESSAGE_REPLY) {
		bool again = roll_take(&p->roll, m->reply, p->fresh, fx);
		p->fresh = again && p->fresh;
		if (again)
			ask(p, fx);
		else
			open_found(p, reply_ok(m->reply), fx);
		return;
	}
	if (m->kind == MESSAGE_STOPPED)
		p->roll.asking = false;
	if (m->kind == MESSAGE_STOPPED)
		p->opening = false; /* and nothing is held any more */
	/* What was just entered is what one goes on with. */
	if (m->kind == MESSAGE_RESULT && m->arg != NULL && strcmp(m->arg->text, "project") == 0)
		take(p, m->arg->number, fx);
	if (m->kind == MESSAGE_ONLINE || m->kind == MESSAGE_RESULT || m->kind == MESSAGE_EVENTS)
		ask(p, fx);
}

const struct screen_ops screen_projects = {
    .name = "projects",
    .title = N_("Construction projects"),
    .on = ON_PROJECTS,
    .size = sizeof(struct projects),
    .open = projects_open,
    .close = projects_close,
    .draw = projects_draw,
    .request = projects_request,
    .message = projects_message,
};
