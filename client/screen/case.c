/*
 * The case view: facts, materials, notices, history, live. Enter or F8 prints
 * a notice (again), F10 goes on with what the case waits for. Drawing is in
 * case_draw.c and case_life.c.
 */
#include "client/screen/duty.h"
#include "client/screen/case.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/act.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/screen/silence.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum {
	TAG_SHOW = 1,
	TAG_MATERIALS,
	TAG_NOTICES,
	TAG_HISTORY,
	TAG_SERVICE,
	TAG_PARTIES,
	TAG_VISIT,
	TAG_STEPS,
	TAG_STANDS,
	TAG_FEES,
	TAG_SILENCE,
	TAG_READS, /* those before are read together */
	TAG_REVEAL
};

static void ask(struct caseview *v, struct effects *fx, unsigned flags)
{
	if (v->asking > 0) {
		v->again = true;
		return;
	}
	v->again = false;
	v->asking = TAG_READS - TAG_SHOW;
	fx_send_id(fx, "case.show", TAG_SHOW, flags, v->case_id);
	fx_send_id(fx, "case.materials", TAG_MATERIALS, 0, v->case_id);
	fx_send_id(fx, "notice.list", TAG_NOTICES, flags, v->case_id);
	fx_send_id(fx, "case.history", TAG_HISTORY, 0, v->case_id);
	fx_send_id(fx, "agent.list", TAG_SERVICE, 0, v->case_id);
	fx_send_id(fx, "case.parties", TAG_PARTIES, 0, v->case_id);
	fx_send_id(fx, "case.visit", TAG_VISIT, 0, v->case_id);
	fx_send_id(fx, "case.steps", TAG_STEPS, 0, v->case_id);
	fx_send_id(fx, "case.stands", TAG_STANDS, 0, v->case_id);
	fx_send_id(fx, "fee.list", TAG_FEES, 0, v->case_id);
	silence_ask(fx, TAG_SILENCE, 0, "case", v->case_id);
}

static void case_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct caseview *v = s->state;
	v->desk = s->desk;
	v->case_id = arg->id;
	list_init(&v->notice_list, &case_notice_list, v);
	list_init(&v->history_list, &case_history_list, v);
	v->to_print = strcmp(arg->kind, "notices") == 0;
	ask(v, fx, SEND_WAIT);
}

static void case_close(struct screen *s)
{
	struct caseview *v = s->state;
	reply_free(v->show);
	reply_free(v->materials);
	reply_free(v->notices);
	reply_free(v->history);
	reply_free(v->service);
	reply_free(v->revealed);
	reply_free(v->parties);
	reply_free(v->visit);
	reply_free(v->steps);
	reply_free(v->stands);
	reply_free(v->fees);
	reply_free(v->silence);
}

static int64_t case_watch(const struct screen *s)
{
	return ((const struct caseview *)s->state)->case_id;
}

/* A delivery, or the answer to a correction asked after acceptance, is the receiving post's, whatever
 * post the case is at; the hall knows whose that is. */
static bool may_go_on(const struct caseview *v)
{
	const char *action = reply_text(v->show, 0, "action");
	return reply_bool(v->show, 0, "mine") || strcmp(action, "deliver") == 0 ||
	       (strcmp(action, "answer") == 0 && !reply_null(v->show, 0, "accepted_at"));
}

static void go_on(const struct screen *s, struct effects *fx)
{
	struct caseview *v = s->state;
	if (v->show == NULL || v->show->nrows == 0)
		return;
	if (!may_go_on(v) && s->desk->away[0] != '\0')
		fx_refuse(fx, _("You hold no post now (%s)."), s->desk->away);
	else if (!may_go_on(v))
		fx_refuse(fx, _("This case belongs to another post: %s."), reply_text(v->show, 0, "post"));
	else if (!act_next(reply_text(v->show, 0, "action"), v->case_id, fx))
		fx_refuse(fx, "%s", _("Nothing is to be done with this case at the window."));
}

/* After acceptance a correction is no next step, but may be asked for (ONE-3). */
static void correct(const struct screen *s, struct effects *fx)
{
	struct caseview *v = s->state;
	struct screen_arg arg = {.id = v->case_id};
	if (v->show != NULL && v->show->nrows > 0 && strcmp(reply_text(v->show, 0, "state"), "accepted") == 0)
		fx_push(fx, &screen_handle, &arg);
	else
		go_on(s, fx);
}

/* The first paper that is still to come out of the printer: after the receipt, or of those that
 * were just issued anew. */
static void select_unprinted(struct caseview *v, bool anew)
{
	for (size_t i = 0; i < v->notices->nrows; i++) {
		bool wanted = anew ? !reply_null(v->notices, i, "replaces")
				   : strcmp(reply_text(v->notices, i, "kind"), "receipt") != 0;
		if (!wanted || strcmp(reply_text(v->notices, i, "state"), "printed") == 0 ||
		    !reply_null(v->notices, i, "voided_at"))
			continue;
		list_select(&v->notice_list, (int)i);
		return;
	}
}

/* What was just issued anew goes to the printer as any new paper does. */
static void print_renewed(struct caseview *v, struct effects *fx)
{
	int64_t after = v->newest;
	v->newest = 0;
	for (size_t i = 0; i < v->notices->nrows; i++) {
		if (reply_int(v->notices, i, "notice_id") <= after ||
		    !reply_null(v->notices, i, "voided_at") ||
		    strcmp(reply_text(v->notices, i, "state"), "unprinted") != 0)
			continue;
		list_select(&v->notice_list, (int)i);
		issue_print(&v->issue, fx, v->notices, i, "");
		return;
	}
}

/* The list names what was issued anew: that is printed by itself, or by the F8 typed meanwhile. */
static void renewed(struct caseview *v, struct effects *fx)
{
	bool wanted = v->print_renewed && v->newest == 0;
	v->renewed = v->print_renewed = false;
	select_unprinted(v, true);
	if (v->newest != 0)
		print_renewed(v, fx);
	else if (wanted && v->notice_list.at >= 0)
		issue_print(&v->issue, fx, v->notices, (size_t)v->notice_list.at, "");
}

/* Only what one sees selected is printed: from another page F8 first goes to the notices. */
static void print(struct caseview *v, struct effects *fx)
{
	if (v->renewed) {
		v->print_renewed = true; /* what stands there may be void by now */
		if (v->asking == 0)
			ask(v, fx, SEND_WAIT);
	} else if (v->notices == NULL || v->notice_list.at < 0) {
		fx_refuse(fx, "%s", _("This case has no notice yet."));
	} else if (v->pane != PANE_NOTICES) {
		v->pane = PANE_NOTICES;
		select_unprinted(v, false);
		fx_say(fx, FACE_PLAIN, "%s", _("F8 or Enter prints the selected notice."));
	} else
		issue_print(&v->issue, fx, v->notices, (size_t)v->notice_list.at, "");
}

/* The paper selected, or from another page the last one: voided or issued anew. */
static void void_notice(struct caseview *v, struct effects *fx)
{
	struct screen_arg arg = {0};
	size_t row = (size_t)v->notice_list.at;
	if (v->show == NULL || v->notices == NULL || v->notice_list.at < 0) {
		fx_refuse(fx, "%s", _("This case has no notice yet."));
		return;
	}
	if (v->pane != PANE_NOTICES) {
		v->pane = PANE_NOTICES;
		list_select(&v->notice_list, (int)v->notices->nrows - 1);
		fx_say(fx, FACE_PLAIN, "%s", _("Select the notice, then void it."));
		return;
	}
	if (!reply_null(v->notices, row, "voided_at")) {
		fx_refuse_code(fx, "void.already", NULL);
		return;
	}
	arg.id = reply_int(v->notices, row, "notice_id");
	arg.other = v->case_id;
	arg.number = reply_int(v->show, 0, "version");
	snprintf(arg.text, sizeof arg.text, "%s %s", reply_text(v->notices, row, "title"),
	    reply_text(v->notices, row, "number"));
	fx_push(fx, &screen_void, &arg);
}

/* Received today at this very window: its visitor may still be here. */
static bool received_here(const struct screen *s)
{
	const struct caseview *v = s->state;
	return v->history != NULL && v->history->nrows > 0 &&
	       reply_int(v->history, 0, "window_no") == s->desk->window_no &&
	       word_day(reply_int(v->history, 0, "at")) == word_day(s->desk->now);
}

/* The same applicant and agent, another item; one receipt for all of them (CASE-2). */
static void another(const struct screen *s, struct effects *fx)
{
	const struct caseview *v = s->state;
	struct screen_arg arg = {.other = v->case_id};
	if (v->show == NULL || !received_here(s)) {
		fx_refuse(fx, "%s", _("This case was not received at this window today: F2 begins anew."));
		return;
	}
	snprintf(arg.text, sizeof arg.text, "%s", reply_text(v->show, 0, "applicant"));
	fx_push(fx, &screen_finder, &arg);
}

/* F10 is for cases the window has to do with; F5 there is in its help only, the bar is full. */
static const char *case_label(const struct screen *s, enum request r)
{
	const struct caseview *v = s->state;
	if (r == REQ_ANOTHER)
		return received_here(s) ? NULL : "";
	if (r != REQ_COMMIT)
		return NULL;
	if (v->show == NULL || v->show->nrows == 0 || !may_go_on(v))
		return "";
	const char *label = act_label(reply_text(v->show, 0, "action"));
	return label == NULL ? "" : label;
}

static void turn(struct caseview *v, int step)
{
	v->pane = (enum case_pane)(((int)v->pane + PANES + step) % PANES);
	v->scroll = 0;
}

static bool scroll(struct caseview *v, const struct key *k)
{
	int step = k->code == K_UP     ? -1
		   : k->code == K_DOWN ? 1
		   : k->code == K_PGUP ? -10
		   : k->code == K_PGDN ? 10
				       : 0;
	if (step == 0)
		return false;
	v->scroll += step;
	if (v->scroll < 0)
		v->scroll = 0;
	return true;
}

static bool case_key(struct caseview *v, const struct key *k, struct effects *fx)
{
	switch (k->code) {
	case K_RIGHT:
		turn(v, 1);
		return true;
	case K_LEFT:
	case K_BACKTAB:
		turn(v, -1);
		return true;
	case K_ENTER:
		if (v->pane == PANE_NOTICES)
			print(v, fx);
		else
			turn(v, 1);
		return true;
	default:
		break;
	}
	if (v->pane == PANE_NOTICES)
		return list_key(&v->notice_list, k);
	if (v->pane == PANE_HISTORY)
		return list_key(&v->history_list, k);
	return scroll(v, k);
}

/* Who handles it sees it plain (SEC-1): there is nothing to unmask and nothing to put on record. */
static bool plain(const struct caseview *v)
{
	return v->show != NULL && v->show->nrows > 0 && !reply_null(v->show, 0, "id_no") &&
	       strchr(reply_text(v->show, 0, "id_no"), '*') == NULL;
}

static void ask_reason(struct caseview *v, struct effects *fx)
{
	struct screen_arg arg = {.kind = "reveal", .number = 1};
	if (v->revealed != NULL || plain(v)) {
		fx_say(fx, FACE_PLAIN, "%s", _("It is shown plain already."));
		return;
	}
	snprintf(arg.text, sizeof arg.text, "%s",
	    _("Why must this case be shown plain? The reason stays in its history, with your name:"));
	fx_push(fx, &screen_words, &arg);
}

static void reveal(struct caseview *v, const char *reason, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, v->case_id);
	op_put_text(&out, reason);
	fx_send(fx, "case.reveal", TAG_REVEAL, SEND_WAIT, &out);
}

static void revealed(struct caseview *v, const struct reply *r, struct effects *fx)
{
	if (!reply_ok(r)) {
		fx_refuse_reply(fx, r);
		return;
	}
	reply_free(v->revealed);
	v->revealed = reply_keep(r);
	v->pane = PANE_FACTS;
	v->scroll = 0;
	ask(v, fx, 0); /* its history has one entry more */
}

static void serve(struct caseview *v, struct effects *fx)
{
	struct screen_arg arg = {.id = v->case_id};
	if (v->service != NULL && v->service->nrows > 0)
		snprintf(arg.text, sizeof arg.text, "%s", reply_text(v->service, 0, "agent"));
	fx_push(fx, &screen_service, &arg);
}

/* The limit that runs first: the term before acceptance. */
static void prove(const struct caseview *v, struct effects *fx)
{
	struct screen_arg arg = {.id = v->case_id};
	if (v->show == NULL)
		return;
	arg.number = reply_null(v->show, 0, "term_at") ? 0 : 3;
	snprintf(arg.text, sizeof arg.text, "%s", reply_text(v->show, 0, "number"));
	fx_push(fx, &screen_proof, &arg);
}

static bool case_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct caseview *v = s->state;
	struct screen_arg arg = {.id = v->case_id};
	const struct act *act = act_of_request(r);
	if (act != NULL)
		return act_next(act->name, v->case_id, fx);
	switch (r) {
	case REQ_DECLINE:
	case REQ_WITHDRAW:
	case REQ_AMEND:
		fx_push(fx,
		    r == REQ_DECLINE    ? &screen_decline
		    : r == REQ_WITHDRAW ? &screen_withdraw
					: &screen_amend,
		    &arg);
		return true;
	case REQ_VOID:
		void_notice(v, fx);
		return true;
	case REQ_CORRECT:
		correct(s, fx);
		return true;
	case REQ_COMMIT:
		go_on(s, fx);
		return true;
	case REQ_ANOTHER:
		another(s, fx);
		return true;
	case REQ_PROOF:
		prove(v, fx);
		return true;
	case REQ_PRINT:
		print(v, fx);
		return true;
	case REQ_PAPERS:
		fx_push(fx, &screen_papers, &arg);
		return true;
	case REQ_JOINT:
		fx_push(fx, &screen_joint, &arg);
		return true;
	case REQ_MEETINGS:
		fx_push(fx, &screen_meetings, &arg);
		return true;
	case REQ_LICENCE:
	case REQ_FOLLOW:
		deed_push(fx, r == REQ_LICENCE ? "licence" : "follow", v->case_id,
		    v->show != NULL ? reply_text(v->show, 0, "number") : "");
		return true;
	case REQ_REVEAL:
		ask_reason(v, fx);
		return true;
	case REQ_NEGATIVE:
		if (v->show != NULL)
			snprintf(arg.text, sizeof arg.text, "%s", reply_text(v->show, 0, "number"));
		fx_push(fx, &screen_negative, &arg);
		return true;
	case REQ_SERVICE:
		serve(v, fx);
		return true;
	case REQ_PANE:
		turn(v, 1);
		return true;
	case REQ_REFRESH:
		ask(v, fx, 0);
		return false;
	case REQ_KEY:
		return case_key(v, k, fx);
	default:
		return false;
	}
}

static void replied(struct caseview *v, const struct message *m, struct effects *fx)
{
	struct reply **const slots[TAG_READS] = {[TAG_SHOW] = &v->show,
	    [TAG_MATERIALS] = &v->materials,
	    [TAG_NOTICES] = &v->notices,
	    [TAG_HISTORY] = &v->history,
	    [TAG_SERVICE] = &v->service,
	    [TAG_PARTIES] = &v->parties,
	    [TAG_VISIT] = &v->visit,
	    [TAG_STEPS] = &v->steps,
	    [TAG_STANDS] = &v->stands,
	    [TAG_FEES] = &v->fees,
	    [TAG_SILENCE] = &v->silence};
	if (m->tag >= TAG_READS)
		return;
	struct reply **slot = slots[m->tag];
	if (v->asking > 0)
		v->asking--;
	if (!reply_ok(m->reply)) {
		if (m->tag == TAG_SHOW)
			fx_refuse_reply(fx, m->reply);
	} else {
		/* What was shown plain is of the version then. */
		if (m->tag == TAG_SHOW && v->show != NULL &&
		    reply_int(v->show, 0, "version") != reply_int(m->reply, 0, "version")) {
			reply_free(v->revealed);
			v->revealed = NULL;
		}
		reply_free(*slot);
		*slot = reply_keep(m->reply);
		if (m->tag == TAG_NOTICES)
			list_sync(&v->notice_list);
		/* While another reading is to follow, these are the papers of before. */
		if (m->tag == TAG_NOTICES && v->renewed && !v->again)
			renewed(v, fx);
		if (m->tag == TAG_NOTICES && v->to_print) {
			v->to_print = false;
			print(v, fx);
		} else if (m->tag == TAG_HISTORY)
			list_sync(&v->history_list);
	}
	if (v->asking == 0 && v->again)
		ask(v, fx, 0);
}

/* What was issued anew is to be printed. */
static void came_back(struct caseview *v, const struct screen_arg *arg, struct effects *fx)
{
	size_t n = v->notices == NULL ? 0 : v->notices->nrows;
	if (arg != NULL && strcmp(arg->kind, "reissued") == 0)
		for (size_t i = 0; i < n; i++)
			if (reply_int(v->notices, i, "notice_id") > v->newest)
				v->newest = reply_int(v->notices, i, "notice_id");
	if (arg != NULL && (strcmp(arg->kind, "amended") == 0 || strcmp(arg->kind, "reissued") == 0)) {
		v->pane = PANE_NOTICES;
		v->renewed = true;
	}
	ask(v, fx, v->renewed ? SEND_WAIT : 0);
}

static void case_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct caseview *v = s->state;
	enum issue_result how = issue_message(&v->issue, m, fx);
	if (m->kind == MESSAGE_STOPPED)
		v->asking = v->renewed = v->print_renewed =
		    0; /* given up, too: no answer of these comes any more */
	if (how != ISSUE_OTHER) {
		issue_say(&v->issue, fx, how);
		if (how != ISSUE_GOING)
			ask(v, fx, 0);
		return;
	}
	switch (m->kind) {
	case MESSAGE_REPLY:
		if (m->tag == TAG_REVEAL)
			revealed(v, m->reply, fx);
		else
			replied(v, m, fx);
		return;
	case MESSAGE_RESULT:
		if (m->arg != NULL && strcmp(m->arg->kind, "reveal") == 0)
			reveal(v, m->arg->text, fx);
		else
			came_back(v, m->arg, fx);
		return;
	case MESSAGE_EVENTS:
		if (reply_names(m->reply, "case_id", v->case_id))
			ask(v, fx, 0);
		return;
	case MESSAGE_STOPPED:
		return;
	default:
		ask(v, fx, 0);
		return;
	}
}

const struct screen_ops screen_case = {
    .name = "case",
    .title = N_("A case"),
    .on = ON_CASE,
    .size = sizeof(struct caseview),
    .open = case_open,
    .close = case_close,
    .draw = case_draw,
    .request = case_request,
    .message = case_message,
    .label = case_label,
    .watch = case_watch,
};
