/*
 * The intake form (CASE-2): applicant, agent and materials of one item. F10
 * receives and accepts, F5 receives and asks for everything missing (ONE-1).
 * Fields are in intake_form.c, drawing in intake_draw.c.
 */
#include "client/screen/intake.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/op.h"

enum { TAG_ITEM = 1, TAG_MATERIALS, TAG_RECEIVE = 5 };
enum { CONFIRM_COMMIT = 1, CONFIRM_CORRECT, CONFIRM_RECEIPT, CONFIRM_DECLINE };

static void ask_item(const struct intake *in, struct effects *fx, unsigned flags)
{
	fx_send_id(fx, "item.show", TAG_ITEM, flags, in->item_id);
	fx_send_id(fx, "item.materials", TAG_MATERIALS, flags, in->item_id);
}

static void intake_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct intake *in = s->state;
	in->item_id = arg->id;
	ticks_init(&in->ticks, word_day(s->desk->now));
	form_init(&in->form, intake_fields, INTAKE_FIELDS, &intake_form_ops, in);
	in->form.focus = INTAKE_ID_NO;
	in->now = s->desk->now;
	in->joint.project_id = arg->number;
	intake_more_open(in, arg, fx);
	ask_item(in, fx, SEND_WAIT);
	if (arg->text[0] == '\0')
		return;
	form_set(&in->form, INTAKE_ID_KIND, arg->kind);
	form_set(&in->form, INTAKE_ID_NO, arg->text);
	(void)form_check_field(&in->form, INTAKE_ID_NO);
	(void)intake_recall(in, fx);
}

static void intake_close(struct screen *s)
{
	struct intake *in = s->state;
	ticks_done(&in->ticks);
	parties_done(&in->parties);
	reply_free(in->others);
	reply_free(in->joint.rows);
	form_wipe(&in->form);
}

static bool intake_dirty(const struct screen *s)
{
	const struct intake *in = s->state;
	/* What was issued is saved, whatever the printer still does. */
	return !in->issue.issued && (in->case_id != 0 || !form_empty(&in->form) || in->parties.n > 0 ||
					parties_typing(&in->parties) || in->ticks.kept != NULL ||
					ticks_count(&in->ticks, "") < in->ticks.n);
}

static int64_t intake_watch(const struct screen *s)
{
	return ((const struct intake *)s->state)->case_id;
}

/* F10 or F5, once everything on the form is good: the first write, or straight on when the
 * case is received already. */
static void go(struct intake *in, struct effects *fx)
{
	if (in->case_id != 0 && in->only_receipt) {
		issue_receipt(&in->issue, fx, in->case_id);
		return;
	}
	if (in->case_id != 0 && in->declining) {
		snprintf(in->decline_cut, sizeof in->decline_cut, "%s", in->declined);
		const char *remark = issue_decline_words(in->decline_cut, &in->words);
		issue_outcome(&in->issue, fx, in->case_id, in->version, "decline", NULL, remark, &in->words);
		return;
	}
	if (in->case_id != 0 && in->immediate && !in->correcting) {
		issue_outcome(
		    &in->issue, fx, in->case_id, in->version, "finish", &in->ticks, in->remark, &in->words);
		return;
	}
	if (in->case_id != 0) {
		issue_start(&in->issue, fx, in->case_id, in->version,
		    in->correcting ? "correction" : "acceptance", &in->ticks,
		    in->correcting ? in->remark : "");
		return;
	}
	struct bytes_out out = intake_payload(in);
	fx_send(fx, "case.receive", TAG_RECEIVE, SEND_WAIT, &out);
}

/* The applicant is looked up before anything is sent; then r is asked again. */
static bool complete(struct intake *in, enum request r, struct effects *fx)
{
	if (!in->listed) {
		/* Given up by Esc, or by a line that was down: with no list nothing would be missing. */
		fx_refuse(
		    fx, "%s", _("The item's materials are still being read: once more when they are here."));
		ask_item(in, fx, SEND_WAIT);
		return false;
	}
	if (in->case_id == 0 && intake_recall(in, fx)) {
		in->after = r;
		return false;
	}
	intake_tidy(in);
	if (!form_check(&in->form)) {
		in->in_ticks = false;
		fx_refuse(fx, "%s", in->form.error[in->form.focus]);
		return false;
	}
	if (!intake_more_complete(in, fx))
		return false;
	const char *why = r == REQ_DECLINE ? NULL : ticks_check(&in->ticks);
	if (why != NULL) {
		in->in_ticks = true;
		fx_refuse_code(fx, why, NULL);
		return false;
	}
	return true;
}

/* What cannot be decided at once is only taken in; the term to decide begins (ONE-2). */
static void receive(struct intake *in, struct effects *fx)
{
	if (!complete(in, REQ_PRINT, fx) || intake_rename(in, CONFIRM_RECEIPT, fx))
		return;
	in->only_receipt = true;
	in->declining = false;
	go(in, fx);
}

static void commit(struct intake *in, struct effects *fx)
{
	struct screen_arg arg = {.kind = "result"};
	/* A joint case waits for its departments, whatever is missing (PAR-2). */
	if (intake_joint(in)) {
		receive(in, fx);
		return;
	}
	if (!complete(in, REQ_COMMIT, fx))
		return;
	if (ticks_lacking(&in->ticks) > 0) {
		in->in_ticks = true;
		fx_refuse_code(fx, "tick.missing", NULL);
		return;
	}
	if (intake_rename(in, CONFIRM_COMMIT, fx))
		return;
	in->correcting = in->only_receipt = in->declining = false;
	if (in->immediate) {
		snprintf(arg.text, sizeof arg.text, "%s", in->result);
		fx_push(fx, &screen_result, &arg);
		return;
	}
	go(in, fx);
}

static void decline_received(struct intake *in, struct effects *fx)
{
	struct screen_arg arg = {.id = in->case_id};
	snprintf(arg.text, sizeof arg.text, "%s", in->declined);
	fx_push(fx, &screen_decline, &arg);
}

/* What is declined is received, too: everything else of it is on record (NEG-2). But only once its
 * words are there: who goes back has received nothing. */
static void decline(struct intake *in, struct effects *fx)
{
	struct screen_arg arg = {.lent = in->item};
	if (!complete(in, REQ_DECLINE, fx) || intake_rename(in, CONFIRM_DECLINE, fx))
		return;
	snprintf(arg.text, sizeof arg.text, "%s", in->declined);
	if (in->case_id != 0)
		decline_received(in, fx);
	else
		fx_push(fx, &screen_declining, &arg);
}

static void correct(struct intake *in, struct effects *fx)
{
	struct screen_arg arg = {.kind = "remark", .lent = in->remark};
	if (!complete(in, REQ_CORRECT, fx))
		return;
	if (ticks_lacking(&in->ticks) == 0) {
		fx_refuse_code(fx, "tick.nothing_missing", NULL);
		return;
	}
	if (intake_rename(in, CONFIRM_CORRECT, fx))
		return;
	ticks_list_lacking(&in->ticks, arg.text, sizeof arg.text);
	fx_push(fx, &screen_remark, &arg);
}

static void leave(struct screen *s, struct effects *fx)
{
	if (!intake_dirty(s))
		fx_pop(fx, NULL);
	else
		fx_leave(
		    fx, ((struct intake *)s->state)->case_id == 0
			    ? ""
			    : _("The case is received but neither accepted nor corrected: it stays in the "
				"queue."));
}

static void form_typed(struct intake *in, enum form_result done, struct effects *fx)
{
	if (done == FORM_CHANGED && in->form.focus == INTAKE_ID_NO)
		intake_guess(in, INTAKE_ID_KIND, INTAKE_ID_NO, fx);
	if (done == FORM_CHANGED && in->form.focus == INTAKE_AGENT_ID_NO)
		intake_guess(in, INTAKE_AGENT_ID_KIND, INTAKE_AGENT_ID_NO, fx);
	if (done == FORM_CHANGED && in->form.focus == INTAKE_NAME)
		in->renamed = false;
	if (done == FORM_CHANGED && in->form.focus == INTAKE_AGENT_NAME)
		intake_other_agent(in);
	if (done == FORM_LEFT || done == FORM_END) {
		intake_tidy(in);
		if (!intake_recall(in, fx))
			(void)intake_ask_phone(in, fx);
	}
	/* From here the last field would be out of sight with its sentence. */
	bool bad = in->form.error[in->form.focus][0] != '\0';
	if (done == FORM_END && !bad)
		intake_to_ticks(in, fx);
	if (done == FORM_REFUSED || (done == FORM_END && bad))
		fx_say(fx, FACE_ERROR, "%s", in->form.error[in->form.focus]);
}

static bool intake_key(struct intake *in, const struct key *k, struct effects *fx)
{
	const char *why = NULL;
	undo_keep(&in->keep, sizeof in->keep);
	undo_keep(&in->renamed, sizeof in->renamed);
	if (!in->in_ticks) {
		bool keep = in->keep && in->form.focus == INTAKE_NAME;
		in->keep = false;
		if (keep && k->code == K_ENTER) {
			intake_to_ticks(in, fx);
			return true;
		}
		enum form_result done = form_key(&in->form, k);
		if (done == FORM_UNUSED && k->code == K_PGDN)
			intake_to_ticks(in, fx);
		form_typed(in, done, fx);
		return done != FORM_UNUSED || k->code == K_PGDN;
	}
	switch (ticks_key(&in->ticks, k, &why)) {
	case TICKS_UP:
		in->in_ticks = false;
		return true;
	case TICKS_ALL:
		fx_say(fx, FACE_PLAIN, "%s",
		    intake_joint(in)                 ? _("F10 takes it in; all departments check it at once.")
		    : ticks_lacking(&in->ticks) != 0 ? _("Something is missing: F5 tells the applicant once.")
		    : in->immediate                  ? _("Everything is there: F10 finishes it on the spot.")
						     : _("Everything is there: F10 accepts and prints."));
		return true;
	case TICKS_REFUSED:
		fx_warn_code(fx, why, NULL);
		return true;
	case TICKS_UNUSED:
		return false;
	default:
		return true;
	}
}

static bool intake_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct intake *in = s->state;
	const char *why = NULL;
	in->now = s->desk->now;
	if (intake_more_request(in, r, k, fx))
		return true;
	switch (r) {
	case REQ_BACK:
		if (!in->ticks.editing)
			leave(s, fx);
		else if (ticks_edit_end(&in->ticks) != NULL)
			in->ticks.editing = false; /* a date that is none: dropped */
		return true;
	case REQ_COMMIT:
		commit(in, fx);
		return true;
	case REQ_CORRECT:
		correct(in, fx);
		return true;
	case REQ_PRINT:
		receive(in, fx);
		return true;
	case REQ_DECLINE:
		decline(in, fx);
		return true;
	case REQ_MATERIALS:
		if (in->in_ticks)
			why = ticks_edit_end(&in->ticks);
		else
			(void)intake_recall(in, fx);
		if (in->in_ticks)
			in->in_ticks = false;
		else
			intake_to_ticks(in, fx);
		break;
	case REQ_NOTE:
		in->in_ticks = true;
		why = ticks_edit(&in->ticks);
		break;
	case REQ_KEY:
		return intake_key(in, k, fx);
	default:
		return false;
	}
	if (why != NULL)
		fx_warn_code(fx, why, NULL);
	return true;
}

static void item_shown(struct intake *in, const struct reply *r, struct effects *fx)
{
	char limit[64];
	snprintf(in->item, sizeof in->item, "%s", reply_text(r, 0, "name"));
	in->immediate = strcmp(reply_text(r, 0, "handling"), "immediate") == 0;
	snprintf(in->result, sizeof in->result, "%s", reply_text(r, 0, "result_doc"));
	word_limit(reply_int(r, 0, "promised"), reply_text(r, 0, "unit"), limit, sizeof limit);
	snprintf(in->facts, sizeof in->facts, "%.90s · %s · %s", reply_text(r, 0, "department"),
	    word_handling(reply_text(r, 0, "handling")), limit);
	if (strcmp(reply_text(r, 0, "handling"), "joint") == 0)
		intake_joint_ask(in, fx);
}

/* The paper's term was over: what time did is done already (CASE-18). */
static void overtaken(struct intake *in, struct effects *fx)
{
	struct screen_arg arg = {.id = in->case_id};
	fx_replace(fx, &screen_case, &arg);
	fx_say(fx, FACE_WARN,
	    _("Saved. Its term was over: accepted by silence as of the paper's date; F8 prints its papers."));
}

static void received(struct intake *in, const struct reply *r, struct effects *fx)
{
	if (!reply_ok(r)) {
		(void)intake_blame(in, r);
		fx_refuse_reply(fx, r);
		return;
	}
	in->case_id = reply_int(r, 0, "case_id");
	in->version = (int32_t)reply_int(r, 0, "version");
	snprintf(in->number, sizeof in->number, "%s", reply_text(r, 0, "number"));
	in->form.frozen = true;
	form_remember(&in->form);
	if (in->version > 1)
		overtaken(in, fx);
	else
		go(in, fx);
}

static void looked_up(struct intake *in, const struct reply *r, struct effects *fx)
{
	enum request after = in->after;
	in->after = REQ_KEY;
	intake_recalled(in, r, fx);
	if (after == REQ_COMMIT)
		commit(in, fx);
	else if (after == REQ_CORRECT)
		correct(in, fx);
	else if (after == REQ_PRINT)
		receive(in, fx);
	else if (after == REQ_DECLINE)
		decline(in, fx);
}

/* The applicant was not found out: asked again when it matters. */
static void intake_forget(struct intake *in)
{
	in->after = REQ_KEY;
	if (in->asking)
		in->asked[0] = '\0';
	in->asking = false;
}

static void replied(struct intake *in, const struct message *m, struct effects *fx)
{
	if (m->tag == TAG_RECEIVE) {
		received(in, m->reply, fx);
		return;
	}
	if (m->tag >= INTAKE_PARTY && m->tag <= INTAKE_BEFORE) {
		intake_more_replied(in, m, fx);
		return;
	}
	if (m->tag == INTAKE_STAGE || m->tag == INTAKE_PROJECT) {
		intake_joint_replied(in, m, fx);
		return;
	}
	if (!reply_ok(m->reply)) {
		in->after = REQ_KEY;
		if (m->tag == INTAKE_APPLICANT)
			intake_forget(in);
		if (m->tag != INTAKE_OTHERS)
			fx_refuse_reply(fx, m->reply);
		return;
	}
	if (m->tag == TAG_ITEM)
		item_shown(in, m->reply, fx);
	else if (m->tag == TAG_MATERIALS) {
		in->listed = true;
		ticks_load(&in->ticks, m->reply);
		ticks_take_kept(&in->ticks);
	} else if (m->tag == INTAKE_APPLICANT)
		looked_up(in, m->reply, fx);
	else if (m->tag == INTAKE_OTHERS)
		intake_others(in, m->reply, fx);
}

/* The dialogs give back: leave, or the remark of the notice. */
static void result(struct intake *in, const struct screen_arg *arg, struct effects *fx)
{
	if (arg == NULL || fx_left(fx, arg) || intake_joint_result(in, arg, fx))
		return;
	if (strcmp(arg->kind, "known") == 0) {
		intake_known(in, arg, fx);
	} else if (strcmp(arg->kind, "remark") == 0) {
		snprintf(in->remark, sizeof in->remark, "%s", arg->text);
		in->correcting = true;
		in->declining = in->only_receipt = false;
		go(in, fx);
	} else if (strcmp(arg->kind, "result") == 0) {
		char *remark;
		snprintf(in->result, sizeof in->result, "%s", arg->text);
		remark = issue_result_words(in->result, &in->words);
		snprintf(in->remark, sizeof in->remark, "%s", remark);
		go(in, fx);
	} else if (strcmp(arg->kind, "declining") == 0) {
		snprintf(in->declined, sizeof in->declined, "%s", arg->text);
		in->declining = arg->number != 0;
		in->only_receipt = in->correcting = false;
		if (in->declining)
			go(in, fx);
	} else if (strcmp(arg->kind, "ended") == 0) {
		struct screen_arg ended = {.id = in->case_id};
		fx_drop(fx); /* the command that ended the case was another screen's */
		fx_replace(fx, &screen_case, &ended);
	} else {
		in->renamed = true;
		if (arg->number == CONFIRM_COMMIT)
			commit(in, fx);
		else if (arg->number == CONFIRM_CORRECT)
			correct(in, fx);
		else if (arg->number == CONFIRM_RECEIPT)
			receive(in, fx);
		else if (arg->number == CONFIRM_DECLINE)
			decline(in, fx);
	}
}

static void issued(struct intake *in, enum issue_result how, struct effects *fx)
{
	struct screen_arg arg = {.id = in->case_id};
	if (how == ISSUE_REFUSED && in->declining) {
		/* Received by now: the same words once more, over its case. */
		in->declining = false;
		decline_received(in, fx);
		if (strcmp(in->issue.code, "decline.major") == 0) {
			snprintf(arg.kind, sizeof arg.kind, "major_decline");
			snprintf(arg.text, sizeof arg.text, "%s", in->number);
			fx_push(fx, &screen_ask, &arg);
		}
	}
	if (how != ISSUE_DONE && how != ISSUE_PRINTER)
		return;
	fx_replace(fx, intake_joint(in) ? &screen_joint : &screen_case, &arg);
	issue_say(&in->issue, fx, how);
}

static void intake_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct intake *in = s->state;
	enum issue_result how = issue_message(&in->issue, m, fx);
	if (how != ISSUE_OTHER)
		issued(in, how, fx);
	else if (m->kind == MESSAGE_REPLY)
		replied(in, m, fx);
	else if (m->kind == MESSAGE_RESULT)
		result(in, m->arg, fx);
	else if (m->kind == MESSAGE_STOPPED)
		intake_forget(in);
	/* Esc gave up waiting for them, not the materials themselves. */
	if ((m->kind == MESSAGE_STOPPED || m->kind == MESSAGE_ONLINE) && !in->listed)
		ask_item(in, fx, 0);
}

const struct screen_ops screen_intake = {
    .name = "intake",
    .title = N_("Take in an application"),
    .on = ON_INTAKE,
    .size = sizeof(struct intake),
    .open = intake_open,
    .close = intake_close,
    .draw = intake_draw,
    .request = intake_request,
    .message = intake_message,
    .dirty = intake_dirty,
    .label = intake_label,
    .watch = intake_watch,
    .save = intake_save,
    .restore = intake_restore,
};
