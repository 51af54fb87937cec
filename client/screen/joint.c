/*
 * The lead's board of one joint case (PAR-3): every department live — who has it,
 * whether it was opened, time left, answer. From here the needs of all go into the
 * one notice (PAR-2), a correction wanted is sent or rejected (PAR-4), the director
 * is asked where somebody disagrees (PAR-8), and the case goes on. Drawing is in
 * joint_draw.c.
 */
#include "client/screen/joint.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/act.h"
#include "client/screen/duty.h"
#include "client/screen/reviewing.h"
#include "client/screen/silence.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_SHOW = 1, TAG_LIST, TAG_NEEDS, TAG_EXCEPTIONS, TAG_SILENCE, TAG_READS, TAG_OPINIONS };

static void ask(struct joint *j, struct effects *fx)
{
	unsigned flags = j->roll.rows == NULL ? SEND_WAIT : 0;
	j->again = j->asking > 0;
	if (j->again)
		return;
	j->asking = TAG_READS - TAG_SHOW;
	fx_send_id(fx, "case.show", TAG_SHOW, flags, j->case_id);
	reviewing_ask(fx, TAG_LIST, flags, "case", j->case_id, 0);
	fx_send_id(fx, "review.needs", TAG_NEEDS, 0, j->case_id);
	struct bytes_out open = fx_payload();
	op_put_int8(&open, j->case_id);
	op_put_bool(&open, true);
	op_put_null(&open);
	op_put_null(&open);
	fx_send(fx, "exception.list", TAG_EXCEPTIONS, 0, &open);
	silence_ask(fx, TAG_SILENCE, 0, "case", j->case_id);
}

/* The opinions of the review at the cursor, one question at a time. */
static void ask_opinions(struct joint *j, struct effects *fx)
{
	struct bytes_out out;
	j->tell = j->telling;
	if (j->telling || roll_at(&j->roll) < 0)
		return;
	if (j->opinions_of != roll_int(&j->roll, "seq")) {
		reply_free(j->opinions);
		j->opinions = NULL;
	}
	j->telling = true;
	j->opinions_of = roll_int(&j->roll, "seq");
	out = fx_payload();
	op_put_int8(&out, j->case_id);
	op_put_int2(&out, (int16_t)j->opinions_of);
	fx_send(fx, "review.show", TAG_OPINIONS, 0, &out);
}

/* arg: id, the case. */
static void joint_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct joint *j = s->state;
	roll_init(&j->roll, &joint_list, "seq", j);
	j->case_id = arg->id;
	j->desk = s->desk;
	ask(j, fx);
}

static void joint_close(struct screen *s)
{
	struct joint *j = s->state;
	roll_done(&j->roll);
	reply_free(j->show);
	reply_free(j->needs);
	reply_free(j->exceptions);
	reply_free(j->silence);
	reply_free(j->opinions);
}

static int64_t joint_watch(const struct screen *s)
{
	return ((const struct joint *)s->state)->case_id;
}

void joint_against(const struct joint *j, int *unanswered, int *disagree)
{
	*unanswered = *disagree = 0;
	for (size_t i = 0; j->roll.rows != NULL && i < j->roll.rows->nrows; i++) {
		const char *waits = reply_text(j->roll.rows, i, "waits");
		*unanswered += strcmp(waits, "check") == 0 || strcmp(waits, "review") == 0;
		*disagree += strcmp(reply_text(j->roll.rows, i, "answer"), "disagree") == 0;
	}
}

/* seq 0: of any review. */
int joint_open_needs(const struct joint *j, int64_t seq)
{
	int n = 0;
	for (size_t i = 0; j->needs != NULL && i < j->needs->nrows; i++)
		n += strcmp(reply_text(j->needs, i, "state"), "open") == 0 &&
		     (seq == 0 || reply_int(j->needs, i, "seq") == seq);
	return n;
}

const char *joint_exception(const struct joint *j)
{
	for (size_t i = 0; j->exceptions != NULL && i < j->exceptions->nrows; i++)
		if (strcmp(reply_text(j->exceptions, i, "kind"), "against_review") == 0)
			return reply_text(j->exceptions, i, "state");
	return "";
}

static const char *state(const struct joint *j)
{
	return j->show == NULL ? "" : reply_text(j->show, 0, "state");
}

/* Only what the department at the cursor wants during its review can be rejected (PAR-4). */
static bool may_reject(const struct joint *j)
{
	return strcmp(state(j), "accepted") == 0 && roll_is(&j->roll, "wanted");
}

/* The exception is of use while somebody is silent or disagrees, and none was asked yet (PAR-8). */
static bool may_except(const struct joint *j)
{
	int unanswered, disagree;
	joint_against(j, &unanswered, &disagree);
	return strcmp(state(j), "accepted") == 0 && unanswered + disagree > 0 && *joint_exception(j) == '\0';
}

/* A notice is to be had while the case is received, and during review once something is wanted. */
static bool may_correct(const struct joint *j)
{
	return strcmp(state(j), "received") == 0 ||
	       (strcmp(state(j), "accepted") == 0 && joint_open_needs(j, 0) > 0);
}

static void reject(const struct joint *j, struct effects *fx)
{
	struct screen_arg arg = {.kind = "reject", .id = j->case_id, .number = roll_int(&j->roll, "seq")};
	size_t used = 0;
	if (!may_reject(j)) {
		fx_refuse(fx, "%s", _("The department at the cursor wants no correction that waits."));
		return;
	}
	for (size_t i = 0; j->needs != NULL && i < j->needs->nrows && used < 1000; i++)
		if (reply_int(j->needs, i, "seq") == arg.number &&
		    strcmp(reply_text(j->needs, i, "state"), "open") == 0)
			used += (size_t)snprintf(arg.text + used, sizeof arg.text - used, "%s%.600s",
			    used == 0 ? "" : "；", reply_text(j->needs, i, "words"));
	fx_push(fx, &screen_deed, &arg);
}

static void except(const struct joint *j, struct effects *fx)
{
	struct screen_arg arg = {.kind = "against_review", .id = j->case_id};
	if (!may_except(j)) {
		fx_refuse(fx, "%s",
		    *joint_exception(j) != '\0' ? _("The director was asked already.")
						: _("No review stands against granting it."));
		return;
	}
	snprintf(arg.text, sizeof arg.text, "%s", reply_text(j->show, 0, "number"));
	fx_push(fx, &screen_ask, &arg);
}

static void correct(const struct joint *j, struct effects *fx)
{
	struct screen_arg arg = {.id = j->case_id};
	if (may_correct(j))
		fx_push(fx, &screen_handle, &arg);
	else
		fx_refuse(fx, "%s", _("No department asks for anything."));
}

static void go_on(const struct joint *j, struct effects *fx)
{
	if (j->show == NULL || j->show->nrows == 0)
		return;
	if (!reply_bool(j->show, 0, "mine"))
		fx_refuse(fx, _("This case belongs to another post: %s."), reply_text(j->show, 0, "post"));
	else if (!act_next(reply_text(j->show, 0, "action"), j->case_id, fx))
		fx_refuse(fx, "%s", _("Nothing is to be done with this case at the window."));
}

static bool scroll(struct joint *j, const struct key *k)
{
	int step = k->code == K_UP     ? -1
		   : k->code == K_DOWN ? 1
		   : k->code == K_PGUP ? -j->page
		   : k->code == K_PGDN ? j->page
				       : 0;
	if (step == 0)
		return false;
	j->skip += step;
	if (j->skip > j->rows - j->page)
		j->skip = j->rows - j->page;
	if (j->skip < 0)
		j->skip = 0;
	return true;
}

static bool joint_key(struct joint *j, const struct key *k, struct effects *fx)
{
	int64_t at = roll_int(&j->roll, "seq");
	if (j->whole)
		return scroll(j, k);
	if (!list_key(&j->roll.list, k))
		return false;
	if (roll_int(&j->roll, "seq") != at)
		ask_opinions(j, fx);
	return true;
}

static bool joint_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct joint *j = s->state;
	struct screen_arg arg = {.id = j->case_id};
	switch (r) {
	case REQ_BACK:
		if (!j->whole)
			return false;
		j->whole = false;
		return true;
	case REQ_OPEN:
		j->whole = !j->whole && roll_at(&j->roll) >= 0;
		j->skip = 0;
		return true;
	case REQ_CASE:
		fx_push(fx, &screen_case, &arg);
		return true;
	case REQ_MEETINGS:
		fx_push(fx, &screen_meetings, &arg);
		return true;
	case REQ_CORRECT:
		correct(j, fx);
		return true;
	case REQ_REJECT:
		reject(j, fx);
		return true;
	case REQ_EXCEPT:
		except(j, fx);
		return true;
	case REQ_COMMIT:
		go_on(j, fx);
		return true;
	case REQ_REFRESH:
		ask(j, fx);
		return false;
	case REQ_KEY:
		return joint_key(j, k, fx);
	default:
		return false;
	}
}

static const char *joint_label(const struct screen *s, enum request r)
{
	const struct joint *j = s->state;
	switch (r) {
	case REQ_CORRECT:
		return may_correct(j) ? NULL : "";
	case REQ_REJECT:
		return may_reject(j) ? NULL : "";
	case REQ_EXCEPT:
		return may_except(j) ? NULL : "";
	case REQ_COMMIT: {
		bool mine = j->show != NULL && j->show->nrows > 0 && reply_bool(j->show, 0, "mine");
		const char *label = mine ? act_label(reply_text(j->show, 0, "action")) : NULL;
		return label == NULL ? "" : label;
	}
	default:
		return NULL;
	}
}

static void keep(struct reply **slot, const struct reply *r)
{
	reply_free(*slot);
	*slot = reply_keep(r);
}

static void replied(struct joint *j, const struct message *m, struct effects *fx)
{
	struct reply **const slots[TAG_READS] = {[TAG_SHOW] = &j->show,
	    [TAG_NEEDS] = &j->needs,
	    [TAG_EXCEPTIONS] = &j->exceptions,
	    [TAG_SILENCE] = &j->silence};
	if (m->tag == TAG_OPINIONS) {
		j->telling = false;
		if (reply_ok(m->reply))
			keep(&j->opinions, m->reply);
		if (j->tell)
			ask_opinions(j, fx);
		return;
	}
	if (j->asking > 0)
		j->asking--;
	if (m->tag == TAG_LIST) {
		(void)roll_take(&j->roll, m->reply, false, fx);
		ask_opinions(j, fx);
	} else if (reply_ok(m->reply)) {
		keep(slots[m->tag], m->reply);
	} else if (m->tag == TAG_SHOW) {
		fx_refuse_reply(fx, m->reply);
	}
	if (j->asking == 0 && j->again)
		ask(j, fx);
}

static void joint_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct joint *j = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		replied(j, m, fx);
		return;
	case MESSAGE_EVENTS:
		/* Who holds a post changes with no event of the case. */
		if (reply_names(m->reply, "case_id", j->case_id) ||
		    roll_concern(m->reply, "post. cover. handover."))
			ask(j, fx);
		return;
	case MESSAGE_STOPPED:
		j->asking = 0;
		j->telling = false;
		return;
	case MESSAGE_ONLINE:
	case MESSAGE_RESULT:
		ask(j, fx);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_joint = {
    .name = "joint",
    .title = N_("Joint review of a case"),
    .on = ON_JOINT,
    .size = sizeof(struct joint),
    .open = joint_open,
    .close = joint_close,
    .draw = joint_draw,
    .request = joint_request,
    .message = joint_message,
    .label = joint_label,
    .watch = joint_watch,
};
