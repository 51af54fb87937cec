/*
 * An intake of a joint item (PAR-1, PAR-6): the project a stage is received for, and
 * which of the reviews that are only sometimes needed this case needs. Both are chosen
 * before anything is typed; of an item that is not joint nothing is asked.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/intake.h"
#include "client/screen/project.h"
#include "client/screen/words.h"
#include "client/ui/dialog.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"

void intake_joint_ask(struct intake *in, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	op_put_null(&out);
	op_put_int8(&out, in->item_id);
	fx_send(fx, "project.stage", INTAKE_STAGE, SEND_WAIT, &out);
}

bool intake_joint(const struct intake *in)
{
	return in->joint.rows != NULL && in->joint.rows->nrows > 0;
}

static int stage(const struct intake *in)
{
	return (int)reply_int(in->joint.rows, 0, "stage_no");
}

static bool conditional(const struct intake_joint *j, int row)
{
	return reply_bool(j->rows, (size_t)row, "conditional");
}

static bool any_conditional(const struct intake_joint *j)
{
	for (int i = 0; i < (int)j->rows->nrows; i++)
		if (conditional(j, i))
			return true;
	return false;
}

/* What is still to be chosen; true when a screen for it opens. */
static bool next(struct intake *in, struct effects *fx)
{
	struct screen_arg arg = {.kind = "choose", .lent = &in->joint};
	if (stage(in) != 0 && in->joint.project_id == 0) {
		arg.number = stage(in);
		fx_push(fx, &screen_projects, &arg);
		return true;
	}
	if (in->joint.chosen || !any_conditional(&in->joint))
		return false;
	fx_push(fx, &screen_reviewers, &arg);
	return true;
}

void intake_joint_replied(struct intake *in, const struct message *m, struct effects *fx)
{
	if (!reply_ok(m->reply)) {
		fx_refuse_reply(fx, m->reply);
		return;
	}
	if (m->tag == INTAKE_PROJECT) {
		snprintf(in->joint.project, sizeof in->joint.project, "%s", reply_text(m->reply, 0, "name"));
		return;
	}
	reply_free(in->joint.rows);
	in->joint.rows = reply_keep(m->reply);
	if (!intake_joint(in) || in->case_id != 0)
		return;
	if (in->joint.project_id != 0 && in->joint.project[0] == '\0')
		project_ask(fx, INTAKE_PROJECT, 0, in->joint.project_id, NULL);
	/* What a draft left unchosen is asked when it matters. */
	if (!in->joint.restored)
		(void)next(in, fx);
}

bool intake_joint_request(struct intake *in, enum request r, struct effects *fx)
{
	if (r == REQ_STAGE && (!intake_joint(in) || in->case_id != 0)) {
		fx_refuse(fx, "%s",
		    in->case_id != 0 ? _("It is received already: its project and reviews stay as they are.")
				     : _("This item is not reviewed jointly."));
		return true;
	}
	if (r == REQ_STAGE) {
		in->joint.project_id = 0;
		in->joint.chosen = false;
		if (!next(in, fx))
			fx_say(fx, FACE_PLAIN, "%s", _("All its reviews are always needed."));
		return true;
	}
	/* Nothing is decided over the heads of the departments (PAR-2). */
	if (intake_joint(in) && (r == REQ_CORRECT || r == REQ_DECLINE)) {
		fx_refuse(fx, "%s",
		    _("A joint case is checked by its departments first: F10 takes it in; what is missing "
		      "goes into one notice."));
		return true;
	}
	return false;
}

bool intake_joint_result(struct intake *in, const struct screen_arg *arg, struct effects *fx)
{
	if (strcmp(arg->kind, "project") == 0) {
		in->joint.project_id = arg->id;
		snprintf(in->joint.project, sizeof in->joint.project, "%.1000s", arg->text);
		(void)next(in, fx);
		return true;
	}
	if (strcmp(arg->kind, "reviewers") != 0)
		return false;
	in->joint.chosen = true;
	return true;
}

bool intake_joint_complete(struct intake *in, struct effects *fx)
{
	if (!intake_joint(in) || in->case_id != 0 || !next(in, fx))
		return true;
	fx_refuse(fx, "%s",
	    in->joint.project_id == 0 && stage(in) != 0
		? _("A stage is received for a project: choose it first.")
		: _("Which reviews does this case need? Space ticks them, Enter goes on."));
	return false;
}

/* The project, and the reviews this case needs of those that are conditional. */
void intake_joint_put(const struct intake *in, struct bytes_out *out)
{
	const struct intake_joint *j = &in->joint;
	uint32_t n = 0;
	op_put_id(out, j->project_id);
	if (!intake_joint(in) || !any_conditional(j)) {
		op_put_null(out);
		return;
	}
	size_t begun = op_array_begin(out);
	for (int i = 0; i < (int)j->rows->nrows && i < INTAKE_REVIEWS; i++) {
		if (!conditional(j, i) || !j->wanted[i])
			continue;
		op_put_int2(out, (int16_t)reply_int(j->rows, (size_t)i, "seq"));
		n++;
	}
	op_array_end(out, begun, n);
}

void intake_joint_said(const struct intake *in, char *buf, size_t size)
{
	const struct intake_joint *j = &in->joint;
	int n = 0;
	for (int i = 0; i < (int)j->rows->nrows; i++)
		n += !conditional(j, i) || (i < INTAKE_REVIEWS && j->wanted[i]);
	if (stage(in) == 0)
		snprintf(buf, size, _("joint · %d reviews"), n);
	else
		snprintf(buf, size, _("joint · %s · %d reviews"),
		    j->project_id == 0 ? _("no project chosen (Ctrl-B)") : j->project, n);
}

/* Which of the reviews this case needs. arg: lent, the joint part of the intake. */

struct reviewers {
	struct intake_joint *joint;
	bool wanted[INTAKE_REVIEWS]; /* taken over by Enter only */
	struct list list;
};

static int reviewers_count(const void *data)
{
	return (int)((const struct reviewers *)data)->joint->rows->nrows;
}

static int64_t reviewers_id(const void *data, int i)
{
	return reply_int(((const struct reviewers *)data)->joint->rows, (size_t)i, "seq");
}

static void reviewers_row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reviewers *v = data;
	const struct reply *r = v->joint->rows;
	size_t n = (size_t)i;
	char limit[64];
	bool may = conditional(v->joint, i);
	enum face face = selected ? FACE_SELECT : may ? FACE_PLAIN : FACE_DIM;
	if (selected) {
		draw_fill(a->y, a->x, a->w, face);
		draw_caret(a->y, a->x + 1);
	}
	draw_text(a->y, a->x, 6, face,
	    !may                                 ? _("always")
	    : i < INTAKE_REVIEWS && v->wanted[i] ? "[x]"
						 : "[ ]");
	draw_text(a->y, a->x + 7, a->w - 40, face, reply_text(r, n, "matter"));
	draw_text(a->y, a->x + a->w - 32, 19, face, reply_text(r, n, "department"));
	word_limit(reply_int(r, n, "limit_n"), reply_text(r, n, "unit"), limit, sizeof limit);
	draw_text(a->y, a->x + a->w - 12, 12, face, limit);
}

static const struct list_ops reviewers_list = {reviewers_count, reviewers_id, NULL, reviewers_row};

static void reviewers_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct reviewers *v = s->state;
	(void)fx;
	v->joint = arg->lent;
	memcpy(v->wanted, v->joint->wanted, sizeof v->wanted);
	list_init(&v->list, &reviewers_list, v);
	list_reset(&v->list);
	for (int i = 0; i < reviewers_count(v); i++)
		if (conditional(v->joint, i)) {
			list_select(&v->list, i);
			return;
		}
}

static void reviewers_draw(struct screen *s, const struct area *a)
{
	struct reviewers *v = s->state;
	struct area in = dialog_box(
	    a, reviewers_count(v) + 2, a->w > 110 ? 100 : a->w - 8, _("Which reviews does this case need?"));
	struct area rows = {in.y, in.x, in.h - 2, in.w};
	list_draw(&v->list, &rows, true);
	draw_text(
	    in.y + in.h - 1, in.x, in.w, FACE_DIM, _("Space: needed or not    Enter: go on    Esc: back"));
}

static bool reviewers_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct reviewers *v = s->state;
	struct screen_arg arg = {.kind = "reviewers"};
	int at = v->list.at;
	if (r == REQ_BACK) {
		fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_OPEN) {
		memcpy(v->joint->wanted, v->wanted, sizeof v->wanted);
		fx_pop(fx, &arg);
		return true;
	}
	if (k->code == K_TEXT && k->text[0] == ' ') {
		if (at >= 0 && at < INTAKE_REVIEWS && conditional(v->joint, at))
			v->wanted[at] = !v->wanted[at];
		else
			fx_say(fx, FACE_ERROR, "%s", _("This review is always needed."));
		return true;
	}
	return list_key(&v->list, k);
}

static void reviewers_message(struct screen *s, const struct message *m, struct effects *fx)
{
	(void)s;
	(void)m;
	(void)fx;
}

const struct screen_ops screen_reviewers = {
    .name = "reviewers",
    .title = N_("Which reviews does this case need?"),
    .on = ON_LIST_DIALOG,
    .size = sizeof(struct reviewers),
    .dialog = true,
    .open = reviewers_open,
    .draw = reviewers_draw,
    .request = reviewers_request,
    .message = reviewers_message,
};
