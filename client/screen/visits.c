/*
 * First contacts (首问登记): those still open of the posts held now, and those
 * other posts have handed over and that wait to be confirmed; for supervisors
 * the whole hall's, and what nobody closed by the end of its day (FST-2).
 */
#include "client/screen/visits.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_LIST, TAG_WRITE };
enum { VISITS_LIMIT = 200 };

static void put_flag(struct bytes_out *out, bool on)
{
	if (on)
		op_put_bool(out, true);
	else
		op_put_null(out);
}

static void ask(const struct screen *s, struct effects *fx)
{
	struct visits *v = s->state;
	struct bytes_out out = fx_payload();
	if (v->asking) {
		v->again = true;
		return;
	}
	put_flag(&out, v->scope >= VISITS_HALL);
	put_flag(&out, v->scope == VISITS_LATE);
	op_put_null(&out);
	if (v->today)
		op_put_date(&out, word_day(s->desk->now));
	else
		op_put_null(&out);
	op_put_null(&out);
	op_put_null(&out);
	op_put_int4(&out, VISITS_LIMIT);
	v->asking = true;
	v->again = false;
	fx_send(fx, "visit.list", TAG_LIST, v->rows == NULL ? SEND_WAIT : 0, &out);
}

static void visits_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct visits *v = s->state;
	(void)arg;
	list_init(&v->list, &visits_list, v);
	if ((s->desk->class & OP_SUPERVISOR) != 0 && s->desk->visits_late > 0)
		v->scope = VISITS_LATE;
	ask(s, fx);
}

static void visits_close(struct screen *s)
{
	reply_free(((struct visits *)s->state)->rows);
}

/* The row at the cursor; −1. */
static int at(const struct visits *v)
{
	return v->rows == NULL ? -1 : v->list.at;
}

static bool is(const struct visits *v, const char *column)
{
	return at(v) >= 0 && reply_bool(v->rows, (size_t)at(v), column);
}

static bool open_one(const struct visits *v)
{
	return at(v) >= 0 && strcmp(reply_text(v->rows, (size_t)at(v), "state"), "closed") != 0;
}

/* The key and version the person sees are those that are sent, however long a dialog is open. */
static void target(struct visits *v)
{
	v->visit_id = reply_int(v->rows, (size_t)at(v), "visit_id");
	v->version = (int32_t)reply_int(v->rows, (size_t)at(v), "version");
}

static struct bytes_out addressed(const struct visits *v)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, v->visit_id);
	op_put_int4(&out, v->version);
	return out;
}

static void confirm(struct visits *v, struct effects *fx)
{
	struct bytes_out out = addressed(v);
	v->done = _("Taken over: you answer for the visitor now.");
	fx_send(fx, "visit.confirm", TAG_WRITE, SEND_WAIT, &out);
}

static void close_one(struct visits *v, const char *reply, struct effects *fx)
{
	struct bytes_out out = addressed(v);
	op_put_null(&out);
	op_put_text(&out, reply);
	op_put_null(&out);
	op_put_null(&out);
	v->done = _("Closed: the result was told.");
	fx_send(fx, "visit.close", TAG_WRITE, SEND_WAIT, &out);
}

static void point(struct visits *v, const char *reply, struct effects *fx)
{
	struct bytes_out out = addressed(v);
	op_put_text(&out, "pointed");
	op_put_text(&out, *reply == '\0' ? NULL : reply);
	op_put_int8(&out, v->to_post_id);
	op_put_null(&out);
	v->done = _("Closed: the visitor was pointed to the window.");
	fx_send(fx, "visit.close", TAG_WRITE, SEND_WAIT, &out);
}

static void hand(struct visits *v, const char *note, struct effects *fx)
{
	struct bytes_out out = addressed(v);
	op_put_int8(&out, v->to_post_id);
	op_put_text(&out, *note == '\0' ? NULL : note);
	v->done = _("Handed over: the other post is asked to confirm.");
	fx_send(fx, "visit.hand", TAG_WRITE, SEND_WAIT, &out);
}

/* What F10 and Enter do with the row: take it, or tell the result. */
static void go_on(struct visits *v, struct effects *fx)
{
	struct screen_arg arg = {.kind = "close", .number = 1};
	if (at(v) < 0) {
		fx_warn_code(fx, "find.none", NULL);
	} else if (!open_one(v)) {
		fx_warn_code(fx, "visit.closed", NULL);
	} else if (is(v, "confirm")) {
		target(v);
		confirm(v, fx);
	} else if (is(v, "mine")) {
		target(v);
		snprintf(arg.text, sizeof arg.text, "%s", _("What was the visitor told?"));
		fx_push(fx, &screen_words, &arg);
	} else {
		fx_refuse(
		    fx, _("«%s» answers for this visitor."), reply_text(v->rows, (size_t)at(v), "post"));
	}
}

static void hand_over(const struct screen *s, struct effects *fx)
{
	struct visits *v = s->state;
	if (at(v) < 0) {
		fx_warn_code(fx, "find.none", NULL);
	} else if (!open_one(v)) {
		fx_warn_code(fx, "visit.closed", NULL);
	} else if (!is(v, "mine") && !is(v, "confirm") && (s->desk->class & OP_SUPERVISOR) == 0) {
		fx_refuse(
		    fx, _("«%s» answers for this visitor."), reply_text(v->rows, (size_t)at(v), "post"));
	} else {
		target(v);
		v->pointing = false;
		fx_push(fx, &screen_posts, NULL);
	}
}

/* Its window is told by number and place (FST-1); only who answers for the visitor ends it. */
static void point_to(struct visits *v, struct effects *fx)
{
	if (at(v) < 0) {
		fx_warn_code(fx, "find.none", NULL);
	} else if (!open_one(v)) {
		fx_warn_code(fx, "visit.closed", NULL);
	} else if (!is(v, "mine") || is(v, "confirm")) {
		fx_refuse(
		    fx, _("«%s» answers for this visitor."), reply_text(v->rows, (size_t)at(v), "post"));
	} else {
		target(v);
		v->pointing = true;
		fx_push(fx, &screen_posts, NULL);
	}
}

static void next_scope(const struct screen *s, struct effects *fx)
{
	struct visits *v = s->state;
	if ((s->desk->class & OP_SUPERVISOR) == 0) {
		fx_refuse_code(fx, "class.denied", NULL);
		return;
	}
	v->scope = (enum visits_scope)((v->scope + 1) % VISITS_SCOPES);
	v->today = v->today && v->scope != VISITS_LATE;
	ask(s, fx);
}

static bool visits_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct visits *v = s->state;
	switch (r) {
	case REQ_OPEN:
	case REQ_COMMIT:
		go_on(v, fx);
		return true;
	case REQ_HAND:
		hand_over(s, fx);
		return true;
	case REQ_POINT:
		point_to(v, fx);
		return true;
	case REQ_SCOPE:
		next_scope(s, fx);
		return true;
	case REQ_DAY:
		v->today = !v->today;
		ask(s, fx);
		return true;
	case REQ_REFRESH:
		ask(s, fx);
		return false;
	case REQ_KEY:
		return list_key(&v->list, k);
	default:
		return false;
	}
}

static const char *visits_label(const struct screen *s, enum request r)
{
	const struct visits *v = s->state;
	bool can = open_one(v) && (is(v, "confirm") || is(v, "mine"));
	bool supervises = (s->desk->class & OP_SUPERVISOR) != 0;
	switch (r) {
	case REQ_COMMIT:
		return !can ? "" : is(v, "confirm") ? _("Take over") : _("Tell and close");
	case REQ_HAND:
		return can || (supervises && open_one(v)) ? NULL : "";
	case REQ_POINT:
		return open_one(v) && is(v, "mine") && !is(v, "confirm") ? NULL : "";
	case REQ_SCOPE:
		return supervises ? NULL : "";
	case REQ_DAY:
		return v->today ? _("Open ones") : NULL;
	default:
		return NULL;
	}
}

static void replied(const struct screen *s, const struct message *m, struct effects *fx)
{
	struct visits *v = s->state;
	if (m->tag == TAG_WRITE) {
		if (!reply_ok(m->reply))
			fx_refuse_reply(fx, m->reply);
		else if (!fx_caution(fx, m->reply))
			fx_say(fx, FACE_GOOD, "%s", v->done);
		ask(s, fx);
		return;
	}
	v->asking = false;
	if (reply_ok(m->reply)) {
		reply_free(v->rows);
		v->rows = reply_keep(m->reply);
		list_sync(&v->list);
	} else {
		fx_warn_reply(fx, m->reply);
	}
	if (v->again)
		ask(s, fx);
}

/* The dialogs give back: words of the end, a post, words to it. */
static void result(struct visits *v, const struct screen_arg *arg, struct effects *fx)
{
	struct screen_arg more = {.kind = "hand"};
	if (strcmp(arg->kind, "close") == 0) {
		close_one(v, arg->text, fx);
	} else if (strcmp(arg->kind, "post") == 0) {
		v->to_post_id = arg->id;
		snprintf(more.kind, sizeof more.kind, "%s", v->pointing ? "point" : "hand");
		snprintf(more.text, sizeof more.text,
		    v->pointing ? _("Pointed to «%.200s». What else was said (may stay empty):")
				: _("A word to «%.200s» (may stay empty):"),
		    arg->text);
		fx_push(fx, &screen_words, &more);
	} else if (strcmp(arg->kind, "point") == 0) {
		point(v, arg->text, fx);
	} else if (strcmp(arg->kind, "hand") == 0) {
		hand(v, arg->text, fx);
	}
}

bool visits_concern(const struct reply *rows)
{
	for (size_t i = 0; i < rows->nrows; i++)
		if (strncmp(reply_text(rows, i, "event"), "visit.", 6) == 0)
			return true;
	return false;
}

static void visits_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct visits *v = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		replied(s, m, fx);
		return;
	case MESSAGE_EVENTS:
		if (visits_concern(m->reply))
			ask(s, fx);
		return;
	case MESSAGE_RESULT:
		if (m->arg != NULL)
			result(v, m->arg, fx);
		else
			ask(s, fx);
		return;
	case MESSAGE_STOPPED:
		v->asking = false;
		return;
	case MESSAGE_ONLINE:
		ask(s, fx);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_visits = {
    .name = "visits",
    .title = N_("First contacts"),
    .on = ON_VISITS,
    .size = sizeof(struct visits),
    .open = visits_open,
    .close = visits_close,
    .draw = visits_draw,
    .request = visits_request,
    .message = visits_message,
    .label = visits_label,
};
