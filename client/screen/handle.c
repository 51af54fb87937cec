/*
 * The materials of a case that is here already. In correction: the applicant's
 * answer to the notice (ONE-4), listed materials to be ticked; all there, F10
 * records the answer and accepts. Received: F10 accepts, F5 tells once.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/screen/ticks.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/op.h"
#include "common/text.h"

enum { TAG_SHOW = 1, TAG_MATERIALS, TAG_ANSWER, TAG_STATE };
enum { CONFIRM_LEAVE = 1, CONFIRM_PARTIAL };

struct handle {
	int64_t case_id;
	int32_t version;
	bool answering; /* the case waits for the applicant's answer */
	bool mine;
	bool touched;
	bool facts, listed; /* the answers to case.show and case.materials are here, in any order */
	bool accept;        /* after the answer, accept */
	bool partly;        /* an answer was recorded that is not all: say what comes next */
	int heard;          /* weight of what others did to it, of which the heaviest is said */
	char number[64], item[1024], applicant[1024], phone[64], state[24];
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
}

static bool handle_dirty(const struct screen *s)
{
	const struct handle *h = s->state;
	/* What was issued is saved, whatever the printer still does. */
	return h->touched && !h->issue.issued;
}

/* F5 while the one notice is to be had; F10 says which of its two things it does. */
static const char *handle_label(const struct screen *s, enum request r)
{
	const struct handle *h = s->state;
	if (r == REQ_CORRECT)
		return h->answering || ticks_told(&h->ticks) ? "" : NULL;
	if (r == REQ_COMMIT && h->answering && ticks_lacking(&h->ticks) > 0)
		return _("Record answer");
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
	    h->answering ? _("Answer to the one-time notice · %s · %s") : _("Accept or correct · %s · %s"),
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

static void commit(struct handle *h, struct effects *fx)
{
	const char *why = ticks_check(&h->ticks);
	struct screen_arg arg = {.number = CONFIRM_PARTIAL};
	if (why != NULL) {
		fx_refuse_code(fx, why, NULL);
	} else if (ticks_lacking(&h->ticks) == 0) {
		if (h->answering)
			answer(h, true, fx);
		else
			issue_start(&h->issue, fx, h->case_id, h->version, "acceptance", &h->ticks, "");
	} else if (h->answering) {
		snprintf(arg.text, sizeof arg.text,
		    _("%d materials are still missing or defective. Record what was brought? It opens a new "
		      "term, and a second notice needs an exception."),
		    ticks_lacking(&h->ticks));
		fx_push(fx, &screen_confirm, &arg);
	} else {
		fx_refuse_code(fx, ticks_told(&h->ticks) ? "tick.still_missing" : "tick.missing", NULL);
	}
}

static void correct(struct handle *h, struct effects *fx)
{
	struct screen_arg arg = {.kind = "remark"};
	const char *why = ticks_check(&h->ticks);
	if (h->answering)
		fx_refuse(fx, "%s", _("The notice was issued already: record the answer with F10."));
	else if (ticks_told(&h->ticks))
		fx_refuse_code(fx, "correct.second", h->number);
	else if (why != NULL)
		fx_refuse_code(fx, why, NULL);
	else if (ticks_lacking(&h->ticks) == 0)
		fx_refuse_code(fx, "tick.nothing_missing", NULL);
	else {
		ticks_list_lacking(&h->ticks, arg.text, sizeof arg.text);
		fx_push(fx, &screen_remark, &arg);
	}
}

static void leave(struct handle *h, struct effects *fx)
{
	struct screen_arg arg = {.number = CONFIRM_LEAVE};
	if (h->ticks.editing) {
		if (ticks_edit_end(&h->ticks) != NULL)
			h->ticks.editing = h->ticks.fresh = false;
		return;
	}
	if (!h->touched || h->issue.issued) {
		fx_pop(fx, NULL);
		return;
	}
	snprintf(arg.text, sizeof arg.text, "%s", _("What was ticked here will be lost. Leave?"));
	fx_push(fx, &screen_confirm, &arg);
}

static bool handle_key(struct handle *h, const struct key *k, struct effects *fx)
{
	const char *why = NULL;
	undo_keep(&h->touched, sizeof h->touched);
	switch (ticks_key(&h->ticks, k, &why)) {
	case TICKS_ALL:
		h->touched = true;
		fx_say(fx, FACE_PLAIN, "%s",
		    ticks_lacking(&h->ticks) == 0 ? _("Everything is there: F10 accepts and prints.")
						  : _("Something is still missing."));
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
	h->mine = reply_bool(r, 0, "mine");
	snprintf(h->number, sizeof h->number, "%s", reply_text(r, 0, "number"));
	snprintf(h->state, sizeof h->state, "%s", reply_text(r, 0, "state"));
	snprintf(h->item, sizeof h->item, "%s", reply_text(r, 0, "item"));
	snprintf(h->applicant, sizeof h->applicant, "%s", reply_text(r, 0, "applicant"));
	snprintf(h->phone, sizeof h->phone, "%s", reply_text(r, 0, "phone"));
	h->answering = strcmp(h->state, "correcting") == 0;
	if (!h->answering && strcmp(h->state, "received") != 0) {
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

/* A version that is no longer the newest: what changed is read, what was ticked is looked at
 * again (CASE-14). */
static void refused(struct handle *h, const struct reply *r, struct effects *fx)
{
	fx_refuse_reply(fx, r);
	if (strcmp(reply_code(r), "case.changed") == 0) {
		h->touched = false;
		load(h, fx);
	}
}

/* Both are here: the materials the notice asked for are open again (ONE-4). */
static void ready(struct handle *h)
{
	if (!h->facts || !h->listed)
		return;
	h->ticks.answering = ticks_told(&h->ticks);
	if (h->answering)
		ticks_reopen_told(&h->ticks);
	ticks_first_open(&h->ticks);
}

static void replied(struct handle *h, const struct message *m, struct effects *fx)
{
	if (!reply_ok(m->reply)) {
		if (m->tag != TAG_STATE)
			refused(h, m->reply, fx);
		return;
	}
	if (m->tag == TAG_STATE) {
		if (m->reply->nrows > 0)
			snprintf(h->state, sizeof h->state, "%s", reply_text(m->reply, 0, "state"));
	} else if (m->tag == TAG_SHOW) {
		h->facts = true;
		shown(h, m->reply, fx);
		ready(h);
	} else if (m->tag == TAG_MATERIALS) {
		h->listed = true;
		ticks_load(&h->ticks, m->reply);
		ready(h);
	} else if (m->tag == TAG_ANSWER) {
		h->version = (int32_t)reply_int(m->reply, 0, "version");
		h->answering = false;
		h->touched = false;
		snprintf(h->state, sizeof h->state, "received");
		if (h->accept) {
			issue_start(&h->issue, fx, h->case_id, h->version, "acceptance", &h->ticks, "");
		} else {
			h->partly = true;
			fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, h->case_id);
		}
	}
}

static void issued(struct handle *h, enum issue_result how, struct effects *fx)
{
	if (how != ISSUE_DONE && how != ISSUE_PRINTER)
		return;
	fx_pop(fx, NULL);
	issue_say(&h->issue, fx, how);
}

static void result(struct handle *h, const struct screen_arg *arg, struct effects *fx)
{
	if (arg == NULL)
		return;
	if (strcmp(arg->kind, "remark") == 0)
		issue_start(&h->issue, fx, h->case_id, h->version, "correction", &h->ticks, arg->text);
	else if (arg->number == CONFIRM_PARTIAL)
		answer(h, false, fx);
	else if (arg->number == CONFIRM_LEAVE)
		fx_pop(fx, NULL);
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
		if (reply_int(r, i, "case_id") != h->case_id || reply_int(r, i, "version") <= h->version ||
		    h->issue.stage != ISSUE_IDLE)
			continue;
		ours = true;
		if (weight(event) < h->heard)
			continue;
		h->heard = weight(event);
		said = i;
	}
	if (said < r->nrows)
		fx_say(fx, FACE_WARN, _("%s changed this case just now: %s."), reply_text(r, said, "actor"),
		    word_event(reply_text(r, said, "event")));
	if (ours)
		fx_send_id(fx, "case.show", TAG_STATE, 0, h->case_id);
}

static void handle_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct handle *h = s->state;
	enum issue_result how = issue_message(&h->issue, m, fx);
	if (how != ISSUE_OTHER)
		issued(h, how, fx);
	else if (m->kind == MESSAGE_REPLY)
		replied(h, m, fx);
	else if (m->kind == MESSAGE_RESULT)
		result(h, m->arg, fx);
	else if (m->kind == MESSAGE_EVENTS)
		events(h, m->reply, fx);
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
};
