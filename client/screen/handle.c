/*
 * The materials of a case that is here already. In correction: the applicant's
 * answer to the notice (ONE-4), listed materials to be ticked; all there, F10
 * records the answer and accepts. Received: F10 accepts, F5 tells once. Accepted:
 * F5 asks for a correction that needs an exception (ONE-3), whose answer lets the
 * clocks run on.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/conflict.h"
#include "client/screen/issue.h"
#include "client/screen/needs.h"
#include "client/screen/screen.h"
#include "client/screen/ticks.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/op.h"
#include "common/text.h"

enum { TAG_SHOW = 1, TAG_MATERIALS, TAG_ANSWER, TAG_STATE, TAG_NEEDS };
enum { CONFIRM_PARTIAL = 1 };

struct handle {
	int64_t case_id;
	int32_t version;
	bool answering; /* the case waits for the applicant's answer */
	bool later;     /* it is accepted already */
	bool mine;
	bool touched;
	bool facts, listed; /* the answers to case.show and case.materials are here, in any order */
	bool joint;         /* departments review it */
	bool asking;        /* what its departments find missing is still to come (PAR-2) */
	struct reply *needs;
	bool accept;       /* after the answer, accept */
	bool partly;       /* an answer was recorded that is not all: say what comes next */
	bool immediate;    /* F10 finishes it on the spot (CASE-4) */
	int heard;         /* weight of what others did to it, of which the heaviest is said */
	bool choosing;     /* between two versions (CASE-14) */
	bool over;         /* nothing can be done with it any more: what was typed is only shown */
	int32_t typed_on;  /* the version the ticks were made on */
	char changed[400]; /* who did what to it, as was heard */
	struct conflict conflict;
	char number[64], item[1024], applicant[1024], phone[64], state[24];
	char remark[1700];     /* of the notice, until it is issued */
	char result[ARG_TEXT]; /* of what is finished: the item's document, then the three words */
	struct issue_words words;
	struct ticks ticks;
	struct issue issue;
};

static void load(struct handle *h, struct effects *fx)
{
	h->facts = h->listed = false;
	h->heard = 0;
	fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, h->case_id);
	fx_send_id(fx, "case.materials", TAG_MATERIALS, SEND_WAIT, h->case_id);
}

static void handle_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct handle *h = s->state;
	h->case_id = arg->id;
	ticks_init(&h->ticks, word_day(s->desk->now));
	load(h, fx);
}

static void handle_close(struct screen *s)
{
	struct handle *h = s->state;
	ticks_done(&h->ticks);
	reply_free(h->needs);
	conflict_done(&h->conflict);
}

static bool handle_typed(const struct handle *h)
{
	return h->touched || h->ticks.kept != NULL;
}

static bool handle_dirty(const struct screen *s)
{
	const struct handle *h = s->state;
	/* What was issued is saved, whatever the printer still does. */
	return handle_typed(h) && !h->issue.issued;
}

/* F5 while the one notice is to be had; F10 says which of its two things it does. */
static const char *handle_label(const struct screen *s, enum request r)
{
	const struct handle *h = s->state;
	if (h->over && (r == REQ_CORRECT || r == REQ_COMMIT))
		return "";
	if (h->later && !h->answering)
		return r == REQ_COMMIT || r == REQ_DECLINE ? "" : NULL;
	if (h->later && r == REQ_DECLINE)
		return "";
	if (r == REQ_CORRECT)
		return h->answering || ticks_told(&h->ticks) ? "" : NULL;
	if (r == REQ_COMMIT && h->answering && ticks_lacking(&h->ticks) > 0)
		return _("Record answer");
	if (r == REQ_COMMIT && h->immediate && !h->answering)
		return _("Finish");
	return NULL;
}

static int64_t handle_watch(const struct screen *s)
{
	return ((const struct handle *)s->state)->case_id;
}

static void handle_draw(struct screen *s, const struct area *a)
{
	struct handle *h = s->state;
	char title[128];
	draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE,
	    h->answering ? _("Answer to the one-time notice · %s · %s")
	    : h->later   ? _("Correction after acceptance · %s · %s")
			 : _("Accept or correct · %s · %s"),
	    h->number, word_state(h->state));
	struct area item = {a->y + 1, a->x + 1, 2, a->w - 2};
	int rows = draw_wrap(&item, 0, FACE_BOLD, h->item);
	rows = rows > 2 ? 2 : rows;
	/* A name may be long; the telephone behind it is what is dialled. */
	int phone = text_width(h->phone, strlen(h->phone)) + 2;
	int used = draw_text(a->y + 1 + rows, a->x + 1, a->w - 2 - phone, FACE_PLAIN, h->applicant);
	draw_text(a->y + 1 + rows, a->x + 1 + used + 2, phone, FACE_PLAIN, h->phone);
	snprintf(title, sizeof title, _("Materials · %d of %d there, %d still open or missing"),
	    ticks_count(&h->ticks, "present"), ticks_needed(&h->ticks), ticks_lacking(&h->ticks));
	draw_rule(a->y + 2 + rows, a->x, a->w, title);
	struct area list = {a->y + 3 + rows, a->x, a->h - 3 - rows, a->w};
	ticks_draw(&h->ticks, &list, true);
}

static void answer(struct handle *h, bool accept, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	h->accept = accept;
	op_put_int8(&out, h->case_id);
	op_put_int4(&out, h->version);
	ticks_put(&h->ticks, &out);
	op_put_null(&out);
	fx_send(fx, "case.answer", TAG_ANSWER, SEND_WAIT, &out);
}

static void refuse_over(const struct handle *h, struct effects *fx)
{
	fx_refuse(fx, _("The case is %s now: nothing of this can be saved any more."), word_state(h->state));
}

/* Everything is there: accepted, or finished where that is done on the spot. */
static void decide(struct handle *h, struct effects *fx)
{
	struct screen_arg arg = {.kind = "result"};
	snprintf(arg.text, sizeof arg.text, "%s", h->result);
	if (h->immediate)
		fx_push(fx, &screen_result, &arg);
	else
		issue_start(&h->issue, fx, h->case_id, h->version, "acceptance", &h->ticks, "");
}

static void commit(struct handle *h, struct effects *fx)
{
	const char *why = ticks_check(&h->ticks);
	struct screen_arg arg = {.number = CONFIRM_PARTIAL};
	if (h->over) {
		refuse_over(h, fx);
	} else if (h->later && !h->answering) {
		fx_refuse(fx, "%s", _("It is accepted already: tick what must be corrected, then F5."));
	} else if (why != NULL) {
		fx_refuse_code(fx, why, NULL);
	} else if (ticks_lacking(&h->ticks) == 0) {
		if (h->answering)
			answer(h, true, fx);
		else
			decide(h, fx);
	} else if (h->answering) {
		snprintf(arg.text, sizeof arg.text,
		    h->later ? _("%d materials are still missing or defective. Record what was brought? The "
				 "clocks "
				 "run on, and it is decided on what is there.")
			     : _("%d materials are still missing or defective. Record what was brought? It "
				 "opens a new "
				 "term, and a second notice needs an exception."),
		    ticks_lacking(&h->ticks));
		fx_push(fx, &screen_confirm, &arg);
	} else {
		fx_refuse_code(fx, ticks_told(&h->ticks) ? "tick.still_missing" : "tick.missing", NULL);
	}
}

static void correct(struct handle *h, struct effects *fx)
{
	struct screen_arg arg = {.kind = "remark", .lent = h->remark};
	const char *why = ticks_check(&h->ticks);
	if (h->over)
		refuse_over(h, fx);
	else if (h->answering)
		fx_refuse(fx, "%s", _("The notice was issued already: record the answer with F10."));
	else if (why != NULL)
		fx_refuse_code(fx, why, NULL);
	else if (ticks_lacking(&h->ticks) == 0 && !needs_open(h->needs))
		fx_refuse_code(fx, "tick.nothing_missing", NULL);
	else {
		if (h->remark[0] == '\0')
			(void)needs_remark(h->needs, h->remark, sizeof h->remark);
		ticks_list_lacking(&h->ticks, arg.text, sizeof arg.text);
		fx_push(fx, &screen_remark, &arg);
	}
}

static void leave(struct handle *h, struct effects *fx)
{
	if (h->ticks.editing) {
		if (ticks_edit_end(&h->ticks) != NULL)
			h->ticks.editing = h->ticks.fresh = false;
	} else if (!h->touched || h->issue.issued) {
		fx_pop(fx, NULL);
	} else {
		fx_leave(fx, "");
	}
}

static bool handle_key(struct handle *h, const struct key *k, struct effects *fx)
{
	const char *why = NULL;
	undo_keep(&h->touched, sizeof h->touched);
	switch (ticks_key(&h->ticks, k, &why)) {
	case TICKS_ALL:
		h->touched = true;
		fx_say(fx, FACE_PLAIN, "%s",
		    ticks_lacking(&h->ticks) != 0 ? _("Something is still missing.")
		    : h->immediate                ? _("Everything is there: F10 finishes it on the spot.")
						  : _("Everything is there: F10 accepts and prints."));
		return true;
	case TICKS_CHANGED:
		h->touched = true;
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

static bool handle_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct handle *h = s->state;
	struct screen_arg arg = {0};
	switch (r) {
	case REQ_BACK:
		leave(h, fx);
		return true;
	case REQ_COMMIT:
		commit(h, fx);
		return true;
	case REQ_CORRECT:
		correct(h, fx);
		return true;
	case REQ_DECLINE:
		arg.id = h->case_id;
		fx_push(fx, &screen_decline, &arg);
		return true;
	case REQ_NOTE: {
		const char *why = ticks_edit(&h->ticks);
		if (why != NULL)
			fx_warn_code(fx, why, NULL);
		return true;
	}
	case REQ_KEY:
		return handle_key(h, k, fx);
	default:
		return false;
	}
}

/* After an answer that is not all: what happens now, and until when (ONE-2, ONE-3). */
static void say_partly(const struct handle *h, const struct reply *r, struct effects *fx)
{
	char when[32];
	word_moment(reply_int(r, 0, "term_at"), when, sizeof when);
	fx_say(fx, FACE_GOOD,
	    _("Saved; %d still missing. When they come by %s, tick them and F10 accepts; untouched it counts "
	      "as "
	      "accepted then."),
	    ticks_lacking(&h->ticks), when);
}

static void shown(struct handle *h, const struct reply *r, struct effects *fx)
{
	if (r->nrows == 0) {
		fx_pop(fx, NULL);
		return;
	}
	h->version = (int32_t)reply_int(r, 0, "version");
	if (h->ticks.kept == NULL)
		h->typed_on = h->version;
	h->mine = reply_bool(r, 0, "mine");
	h->immediate = strcmp(reply_text(r, 0, "handling"), "immediate") == 0;
	snprintf(h->result, sizeof h->result, "%s", reply_text(r, 0, "result_doc"));
	snprintf(h->number, sizeof h->number, "%s", reply_text(r, 0, "number"));
	snprintf(h->state, sizeof h->state, "%s", reply_text(r, 0, "state"));
	snprintf(h->item, sizeof h->item, "%s", reply_text(r, 0, "item"));
	snprintf(h->applicant, sizeof h->applicant, "%s", reply_text(r, 0, "applicant"));
	snprintf(h->phone, sizeof h->phone, "%s", reply_text(r, 0, "phone"));
	bool stands =
	    strcmp(h->state, "suspended") == 0 && strcmp(reply_text(r, 0, "standing"), "correction") == 0;
	h->later = stands || strcmp(h->state, "accepted") == 0;
	h->answering = stands || strcmp(h->state, "correcting") == 0;
	h->mine = h->mine || stands; /* its answer is the receiving post's, whatever post it is at */
	bool over = !h->answering && !h->later && strcmp(h->state, "received") != 0;
	h->joint = strcmp(reply_text(r, 0, "handling"), "joint") == 0;
	h->asking = h->joint && !h->answering;
	if (h->asking)
		fx_send_id(fx, "review.needs", TAG_NEEDS, SEND_WAIT, h->case_id);
	if (handle_typed(h) && (over || !h->mine)) {
		/* What was typed is not thrown away: it stands beside what became of the case. */
		h->over = true;
	} else if (over) {
		fx_pop(fx, NULL);
		fx_say(fx, FACE_ERROR, "%s", _("This case has no open materials."));
	} else if (!h->mine) {
		fx_pop(fx, NULL);
		fx_say(fx, FACE_ERROR, _("This case belongs to another post: %s."), reply_text(r, 0, "post"));
	} else if (h->partly) {
		say_partly(h, r, fx);
	}
	h->partly = false;
}

/* A version that is no longer the newest: what was ticked stays, what changed is read beside it
 * (CASE-14). */
static void look_again(struct handle *h, const struct reply *r, struct effects *fx)
{
	if (strcmp(reply_code(r), "case.changed") == 0) {
		ticks_set_aside(&h->ticks);
		load(h, fx);
	}
}

/* Both versions side by side; nothing differs: only the version is a newer one. */
static void choose(struct handle *h, struct effects *fx)
{
	struct screen_arg arg = {.lent = &h->conflict};
	conflict_begin(&h->conflict);
	ticks_compare(&h->ticks, &h->conflict);
	if (h->conflict.n == 0) {
		ticks_take_kept(&h->ticks);
		h->typed_on = h->version;
		if (h->over)
			refuse_over(h, fx);
		else
			fx_say(fx, FACE_WARN, "%s",
			    _("The case was changed, but not in what was typed here: F10 commits it."));
		return;
	}
	if (h->changed[0] != '\0')
		snprintf(h->conflict.title, sizeof h->conflict.title, "%.250s", h->changed);
	else
		snprintf(h->conflict.title, sizeof h->conflict.title,
		    _("Case %.64s was changed meanwhile; it is %.64s now."), h->number, word_state(h->state));
	h->choosing = true;
	fx_push(fx, &screen_conflict, &arg);
}

static void chosen(struct handle *h, struct effects *fx)
{
	h->choosing = false;
	ticks_choose(&h->ticks, &h->conflict);
	conflict_done(&h->conflict);
	h->typed_on = h->version;
	h->touched = true;
	if (h->over)
		refuse_over(h, fx);
	else
		fx_say(fx, FACE_PLAIN, "%s", _("This is on the newest version now: F10 commits it."));
}

/* Both are here: the materials the notice asked for are open again (ONE-4); what was typed in a
 * draft, or over an older version, is there again. */
static void ready(struct handle *h, struct effects *fx)
{
	if (!h->facts || !h->listed || h->asking)
		return;
	if (!h->answering)
		needs_tick(h->needs, &h->ticks);
	h->ticks.answering = ticks_told(&h->ticks) && (!h->later || h->answering);
	if (h->answering)
		ticks_reopen_told(&h->ticks);
	if (h->ticks.kept == NULL) {
		ticks_first_open(&h->ticks);
		return;
	}
	h->touched = true;
	if (h->version != h->typed_on || h->over)
		choose(h, fx);
	else
		ticks_take_kept(&h->ticks);
}

/* Read or not: without them the hall itself puts them into the notice. */
static void needs_came(struct handle *h, const struct reply *r, struct effects *fx)
{
	h->asking = false;
	reply_free(h->needs);
	h->needs = reply_keep(r);
	ready(h, fx);
}

static void replied(struct handle *h, const struct message *m, struct effects *fx)
{
	if (!reply_ok(m->reply)) {
		if (m->tag == TAG_STATE)
			return;
		if (m->tag == TAG_NEEDS)
			needs_came(h, m->reply, fx);
		fx_refuse_reply(fx, m->reply);
		look_again(h, m->reply, fx);
		return;
	}
	if (m->tag == TAG_STATE) {
		if (m->reply->nrows > 0)
			snprintf(h->state, sizeof h->state, "%s", reply_text(m->reply, 0, "state"));
	} else if (m->tag == TAG_SHOW) {
		h->facts = true;
		shown(h, m->reply, fx);
		ready(h, fx);
	} else if (m->tag == TAG_MATERIALS) {
		h->listed = true;
		ticks_load(&h->ticks, m->reply);
		ready(h, fx);
	} else if (m->tag == TAG_NEEDS) {
		needs_came(h, m->reply, fx);
	} else if (m->tag == TAG_ANSWER) {
		h->version = h->typed_on = (int32_t)reply_int(m->reply, 0, "version");
		h->answering = false;
		h->touched = false;
		ticks_settle(&h->ticks);
		snprintf(h->state, sizeof h->state, "received");
		if (h->later) {
			fx_pop(fx, NULL);
			fx_say(fx, FACE_GOOD, "%s",
			    _("Saved: the answer is here, the clocks run on. F9 dydl prints its receipt."));
		} else if (h->joint) {
			fx_pop(fx, NULL);
			fx_say(fx, FACE_GOOD, "%s",
			    _("Saved: the departments that asked check it again; then F10 accepts."));
		} else if (h->accept) {
			decide(h, fx);
		} else {
			h->partly = true;
			fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, h->case_id);
		}
	}
}

static void issued(struct handle *h, enum issue_result how, const struct message *m, struct effects *fx)
{
	struct screen_arg arg = {.kind = "second_correction", .id = h->case_id};
	if (how == ISSUE_REFUSED && m->kind == MESSAGE_REPLY)
		look_again(h, m->reply, fx);
	if (how == ISSUE_REFUSED && strcmp(h->issue.code, "correct.second") == 0) {
		snprintf(arg.text, sizeof arg.text, "%s", h->number);
		fx_push(fx, &screen_ask, &arg); /* ONE-3 */
	}
	if (how != ISSUE_DONE && how != ISSUE_PRINTER)
		return;
	fx_pop(fx, NULL);
	issue_say(&h->issue, fx, how);
}

static void finish(struct handle *h, const char *text, struct effects *fx)
{
	snprintf(h->result, sizeof h->result, "%s", text);
	char *remark = issue_result_words(h->result, &h->words);
	issue_outcome(&h->issue, fx, h->case_id, h->version, "finish", &h->ticks, remark, &h->words);
}

static void result(struct handle *h, const struct screen_arg *arg, struct effects *fx)
{
	if (h->choosing)
		chosen(h, fx);
	if (arg == NULL || fx_left(fx, arg))
		return;
	if (strcmp(arg->kind, "remark") == 0) {
		/* The dialog's line is no longer than this. */
		snprintf(h->remark, sizeof h->remark, "%.1699s", arg->text);
		h->touched = true;
		issue_start(&h->issue, fx, h->case_id, h->version, "correction", &h->ticks, h->remark);
	} else if (strcmp(arg->kind, "result") == 0) {
		finish(h, arg->text, fx);
	} else if (strcmp(arg->kind, "ended") == 0) {
		fx_drop(fx); /* the command that ended the case was another screen's */
		fx_pop(fx, NULL);
	} else if (arg->number == CONFIRM_PARTIAL) {
		answer(h, false, fx);
	}
}

static int weight(const char *event)
{
	if (strcmp(event, "print") == 0 || strcmp(event, "printed") == 0)
		return 1;
	return strcmp(event, "receive") == 0 || strcmp(event, "amend") == 0 ? 2 : 3;
}

/* Somebody else changed this very case while it is open here. A command brings its printing
 * with it: what is said is the decision. The title follows; the version does not, so that
 * nothing is saved over it unseen (CASE-14). */
static void events(struct handle *h, const struct reply *r, struct effects *fx)
{
	bool ours = false;
	size_t said = r->nrows;
	for (size_t i = 0; i < r->nrows; i++) {
		const char *event = reply_text(r, i, "event");
		if (reply_int(r, i, "case_id") == h->case_id &&
		    (strcmp(event, "exception_grant") == 0 || strcmp(event, "exception_deny") == 0))
			fx_say(fx, FACE_WARN, _("%s: %s."), word_actor(reply_text(r, i, "actor")),
			    word_event(event));
		if (reply_int(r, i, "case_id") != h->case_id || reply_int(r, i, "version") <= h->version ||
		    h->issue.stage != ISSUE_IDLE)
			continue;
		ours = true;
		if (weight(event) < h->heard)
			continue;
		h->heard = weight(event);
		said = i;
	}
	if (said < r->nrows) {
		snprintf(h->changed, sizeof h->changed, _("%s changed this case just now: %s."),
		    word_actor(reply_text(r, said, "actor")), word_event(reply_text(r, said, "event")));
		fx_say(fx, FACE_WARN, "%s", h->changed);
	}
	if (ours)
		fx_send_id(fx, "case.show", TAG_STATE, 0, h->case_id);
}

static void handle_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct handle *h = s->state;
	enum issue_result how = issue_message(&h->issue, m, fx);
	if (how != ISSUE_OTHER)
		issued(h, how, m, fx);
	else if (m->kind == MESSAGE_REPLY)
		replied(h, m, fx);
	else if (m->kind == MESSAGE_RESULT)
		result(h, m->arg, fx);
	else if (m->kind == MESSAGE_EVENTS)
		events(h, m->reply, fx);
}

static void handle_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct handle *h = s->state;
	about->id = about->case_id = h->case_id;
	snprintf(about->title, sizeof about->title, "%.240s", h->applicant);
	bytes_put_u32(out, (uint32_t)h->typed_on);
	keep_text(out, h->remark);
	ticks_save(&h->ticks, out);
	conflict_save(&h->conflict, out);
}

/* The case may have a newer version by now: see ready(). */
static void handle_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct handle *h = s->state;
	(void)fx;
	h->typed_on = (int32_t)bytes_get_u32(in);
	kept_text(in, h->remark, sizeof h->remark, false);
	ticks_restore(&h->ticks, in);
	conflict_restore(&h->conflict, in);
	if (h->case_id != about->case_id)
		in->bad = true;
}

const struct screen_ops screen_handle = {
    .name = "handle",
    .title = N_("Materials of a case"),
    .on = ON_HANDLE,
    .size = sizeof(struct handle),
    .open = handle_open,
    .close = handle_close,
    .draw = handle_draw,
    .request = handle_request,
    .message = handle_message,
    .dirty = handle_dirty,
    .label = handle_label,
    .watch = handle_watch,
    .save = handle_save,
    .restore = handle_restore,
};
