/*
 * One review of a joint case, for the department that answers it (PAR-2): who asks
 * what for which case, the papers at hand (PAR-7), what was answered before, the
 * other departments. Keys 1 to 5 answer, each opening its form; nothing is typed
 * here. Drawing is in review_draw.c.
 */
#include "client/screen/review.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/reviewing.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_CHECK = REVIEW_READS };
enum { CONFIRM_COMPLETE = 1 };

static void ask(struct review *v, struct effects *fx, unsigned flags)
{
	static const char *const reads[REVIEW_READS] = {[REVIEW_CASE] = "case.show",
	    [REVIEW_NEEDS] = "review.needs",
	    [REVIEW_MATERIALS] = "case.materials",
	    [REVIEW_PAPERS] = "paper.list",
	    [REVIEW_ORIGINALS] = "paper.originals"};
	v->again = v->asking > 0;
	if (v->again)
		return;
	v->asking = REVIEW_READS - 1;
	/* First the opinions: with them the review is seen to be opened (PAR-3). */
	struct bytes_out out = fx_payload();
	op_put_int8(&out, v->case_id);
	op_put_int2(&out, v->seq);
	fx_send(fx, "review.show", REVIEW_OPINIONS, flags, &out);
	reviewing_ask(fx, REVIEW_ALL, flags, "case", v->case_id, 0);
	for (int tag = 1; tag < REVIEW_READS; tag++)
		if (reads[tag] != NULL)
			fx_send_id(fx, reads[tag], tag, flags, v->case_id);
}

/* arg: id, the case; number, the review. */
static void review_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct review *v = s->state;
	v->case_id = arg->id;
	v->seq = (int16_t)arg->number;
	ask(v, fx, SEND_WAIT);
}

static void review_close(struct screen *s)
{
	struct review *v = s->state;
	for (int i = 0; i < REVIEW_READS; i++)
		reply_free(v->got[i]);
}

static int64_t review_watch(const struct screen *s)
{
	return ((const struct review *)s->state)->case_id;
}

bool review_own(const struct review *v, size_t *row)
{
	const struct reply *r = v->got[REVIEW_ALL];
	for (size_t i = 0; r != NULL && i < r->nrows; i++)
		if (reply_int(r, i, "seq") == v->seq) {
			*row = i;
			return true;
		}
	return false;
}

const char *review_text(const struct review *v, const char *column)
{
	size_t i;
	return review_own(v, &i) ? reply_text(v->got[REVIEW_ALL], i, column) : "";
}

/* The latest opinion that holds; −1. */
static int current(const struct review *v)
{
	const struct reply *r = v->got[REVIEW_OPINIONS];
	for (size_t i = 0; r != NULL && i < r->nrows; i++)
		if (reply_bool(r, i, "current"))
			return (int)i;
	return -1;
}

/* What the department may do now. */
enum deed { DEED_NONE, DEED_CHECK, DEED_ANSWER, DEED_SUPERSEDE, DEED_CONSENT, DEED_OBJECT };

static enum deed deed(const struct review *v)
{
	const char *waits = review_text(v, "waits"), *answer = review_text(v, "answer"),
		   *state = review_text(v, "state");
	int at = current(v);
	if (strcmp(waits, "check") == 0)
		return DEED_CHECK;
	if (strcmp(waits, "consent") == 0)
		return DEED_CONSENT;
	if (strcmp(answer, "deemed") == 0)
		return DEED_OBJECT;
	if (strcmp(waits, "review") == 0 && at < 0)
		return DEED_ANSWER;
	bool open = strcmp(state, "accepted") == 0 || strcmp(state, "suspended") == 0 ||
		    strcmp(state, "forwarded") == 0;
	return at >= 0 && open ? DEED_SUPERSEDE : DEED_NONE;
}

const char *review_keys(const struct review *v)
{
	switch (deed(v)) {
	case DEED_CHECK:
		return _("1 complete   2 something is missing");
	case DEED_ANSWER:
		return _("1 agree  2 agree with conditions  3 disagree  4 refer up  5 want a correction");
	case DEED_SUPERSEDE:
		return strcmp(review_text(v, "waits"), "review") == 0
			   ? _("1 agree  2 agree with conditions  3 disagree  4 refer up  5 want a "
			       "correction")
			   : _("another opinion: 1 agree  2 with conditions  3 disagree  4 refer up");
	case DEED_CONSENT:
		return _("1 file the written consent   3 file an objection");
	case DEED_OBJECT:
		return _("3 file an objection");
	default:
		return _("Nothing waits for this department here.");
	}
}

/* The head of its forms: the case, the review, what was answered last. */
static void about(const struct review *v, char *buf, size_t size)
{
	int at = current(v);
	const struct reply *r = v->got[REVIEW_OPINIONS];
	size_t n = (size_t)snprintf(buf, size, "%.60s · %.300s\n%.200s · %.120s", review_text(v, "number"),
	    review_text(v, "matter"), review_text(v, "item"), review_text(v, "applicant"));
	if (at >= 0 && n < size)
		snprintf(buf + n, size - n, _("\nUntil now: %s %.300s (%.100s)"),
		    word_opinion(reply_text(r, (size_t)at, "answer")), reply_text(r, (size_t)at, "words"),
		    word_actor(reply_text(r, (size_t)at, "actor")));
}

static void push(const struct review *v, const struct screen_ops *ops, const char *kind, struct effects *fx)
{
	struct screen_arg arg = {.id = v->case_id, .number = v->seq};
	if (deed(v) == DEED_SUPERSEDE)
		arg.other = reply_int(v->got[REVIEW_OPINIONS], (size_t)current(v), "no");
	snprintf(arg.kind, sizeof arg.kind, "%s", kind);
	about(v, arg.text, 1500);
	fx_push(fx, ops, &arg);
}

static void confirm_complete(const struct review *v, struct effects *fx)
{
	struct screen_arg arg = {.number = CONFIRM_COMPLETE};
	snprintf(arg.text, sizeof arg.text,
	    _("The papers are complete for «%.300s»: this is signed and cannot be taken back."),
	    review_text(v, "matter"));
	fx_push(fx, &screen_confirm, &arg);
}

static void send_complete(const struct review *v, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, v->case_id);
	op_put_int2(&out, v->seq);
	op_put_text(&out, "complete");
	op_put_null(&out);
	op_put_null(&out);
	fx_send(fx, "review.check", TAG_CHECK, SEND_WAIT, &out);
}

bool review_mine(const struct review *v)
{
	size_t i;
	return review_own(v, &i) && reply_bool(v->got[REVIEW_ALL], i, "mine");
}

/* n: the key, 1 to 5; 0: F10, whatever is next. False: it means nothing now. */
static bool answer(const struct review *v, int n, struct effects *fx)
{
	static const char *const answers[] = {"", "agree", "conditional", "disagree", "refer"};
	bool waits = strcmp(review_text(v, "waits"), "review") == 0;
	switch (deed(v)) {
	case DEED_CHECK:
		if (n > 2)
			return false;
		if (n == 2)
			push(v, &screen_missing, "check", fx);
		else
			confirm_complete(v, fx);
		return true;
	case DEED_ANSWER:
	case DEED_SUPERSEDE:
		if (n > 5 || (n == 5 && !waits))
			return false;
		push(v, n == 5 ? &screen_missing : &screen_opinion, n == 5 ? "want" : answers[n], fx);
		return true;
	case DEED_CONSENT:
		if (n > 1 && n != 3)
			return false;
		push(v, &screen_opinion, n == 3 ? "object" : "consent", fx);
		return true;
	case DEED_OBJECT:
		if (n != 3)
			return false;
		push(v, &screen_opinion, "object", fx);
		return true;
	default:
		return false;
	}
}

static void try_answer(const struct review *v, int n, struct effects *fx)
{
	if (!review_mine(v))
		fx_refuse(fx, _("This review belongs to another post: %s."), review_text(v, "post"));
	else if (!answer(v, n, fx))
		fx_refuse(fx, "%s", review_keys(v));
}

static void turn(struct review *v, int step)
{
	v->pane = (enum pane)(((int)v->pane + PANES + step) % PANES);
	v->scroll = 0;
}

static bool review_key(struct review *v, const struct key *k, struct effects *fx)
{
	switch (k->code) {
	case K_RIGHT:
	case K_ENTER:
		turn(v, 1);
		return true;
	case K_LEFT:
	case K_BACKTAB:
		turn(v, -1);
		return true;
	case K_UP:
	case K_DOWN:
	case K_PGUP:
	case K_PGDN:
		v->scroll += (k->code == K_UP || k->code == K_PGUP ? -1 : 1) *
			     (k->code == K_PGUP || k->code == K_PGDN ? 10 : 1);
		if (v->scroll < 0)
			v->scroll = 0;
		return true;
	default:
		break;
	}
	if (k->code != K_TEXT || k->text[0] < '1' || k->text[0] > '5')
		return false;
	try_answer(v, k->text[0] - '0', fx);
	return true;
}

static bool review_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct review *v = s->state;
	struct screen_arg arg = {.id = v->case_id};
	switch (r) {
	case REQ_COMMIT:
		try_answer(v, 0, fx);
		return true;
	case REQ_PAPERS:
		fx_push(fx, &screen_papers, &arg);
		return true;
	case REQ_PANE:
		turn(v, 1);
		return true;
	case REQ_REFRESH:
		ask(v, fx, 0);
		return false;
	case REQ_KEY:
		return review_key(v, k, fx);
	default:
		return false;
	}
}

/* What F10 opens now. */
static const char *review_label(const struct screen *s, enum request r)
{
	const struct review *v = s->state;
	if (r != REQ_COMMIT)
		return NULL;
	if (!review_mine(v))
		return "";
	switch (deed(v)) {
	case DEED_CHECK:
		return _("Complete");
	case DEED_CONSENT:
		return _("Consent");
	case DEED_ANSWER:
	case DEED_SUPERSEDE:
		return NULL;
	default:
		return "";
	}
}

static void replied(struct review *v, const struct message *m, struct effects *fx)
{
	if (m->tag == TAG_CHECK) {
		if (reply_ok(m->reply))
			fx_say(
			    fx, FACE_GOOD, _("Checked: complete · %s."), reply_text(m->reply, 0, "number"));
		else
			fx_refuse_reply(fx, m->reply);
		ask(v, fx, 0);
		return;
	}
	if (v->asking > 0)
		v->asking--;
	if (reply_ok(m->reply)) {
		reply_free(v->got[m->tag]);
		v->got[m->tag] = reply_keep(m->reply);
	} else if (m->tag == REVIEW_ALL || m->tag == REVIEW_OPINIONS) {
		fx_refuse_reply(fx, m->reply);
	}
	if (v->asking == 0 && v->again)
		ask(v, fx, 0);
}

static void review_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct review *v = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		replied(v, m, fx);
		return;
	case MESSAGE_RESULT:
		if (m->arg != NULL && m->arg->number == CONFIRM_COMPLETE && m->arg->kind[0] == '\0')
			send_complete(v, fx);
		else
			ask(v, fx, m->arg != NULL ? SEND_WAIT : 0);
		return;
	case MESSAGE_EVENTS:
		if (reply_names(m->reply, "case_id", v->case_id))
			ask(v, fx, 0);
		return;
	case MESSAGE_STOPPED:
		v->asking = 0;
		return;
	case MESSAGE_ONLINE:
		ask(v, fx, 0);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_review = {
    .name = "review",
    .title = N_("A review"),
    .on = ON_REVIEW,
    .size = sizeof(struct review),
    .open = review_open,
    .close = review_close,
    .draw = review_draw,
    .request = review_request,
    .message = review_message,
    .label = review_label,
    .watch = review_watch,
};
