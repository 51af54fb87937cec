/*
 * One handover (POST-3): its cases with their notes, its papers and seals, each
 * confirmed by the taker, by itself (Space) or all that are left (F10); afterwards
 * what was done of each. From here 交接单 is printed, the plan changed or cancelled,
 * the post returned early.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/handing.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_ITEMS = 1, TAG_PLAN, TAG_WRITE, TAG_SLIP, TAG_PAPER };
enum { DETAIL = 5, WIDEST = 130 };

struct handover {
	struct roll roll; /* first: the items */
	struct roll plan; /* the row of handover.list */
	int64_t id;
	const char *done;
	char note[HANDING_NOTE * 4 + 4]; /* of the case whose note is being written */
};

static bool confirmed(const struct reply *r, size_t i)
{
	return !reply_null(r, i, "confirmed_at");
}

static void what(const struct reply *r, size_t i, char *buf, size_t size)
{
	if (strcmp(reply_text(r, i, "kind"), "case") == 0)
		snprintf(buf, size, "%.60s  %.200s  %.300s", reply_text(r, i, "number"),
		    reply_text(r, i, "applicant"), reply_text(r, i, "item_name"));
	else
		snprintf(buf, size, "%.600s", reply_text(r, i, "text"));
}

static void row(const void *data, int i, const struct area *a, bool selected)
{
	const struct reply *r = ((const struct handover *)data)->roll.rows;
	size_t n = (size_t)i;
	char line[700];
	bool is_case = strcmp(reply_text(r, n, "kind"), "case") == 0, ok = confirmed(r, n);
	const char *mark = reply_null(r, n, "item") ? "" : ok ? (draw_ascii() ? "+" : "✓") : "?";
	enum face plain = selected ? FACE_SELECT : FACE_PLAIN;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, a->x + 1, 2, selected ? plain : ok ? FACE_GOOD : FACE_WARN, mark);
	what(r, n, line, sizeof line);
	int w = is_case ? (a->w - 5) * 3 / 5 : a->w - 5;
	draw_text(a->y, a->x + 4, w, plain, line);
	if (is_case)
		draw_text(a->y, a->x + 5 + w, a->w - w - 6, plain, reply_text(r, n, "text"));
	if (selected)
		draw_caret(a->y, a->x);
}

static int64_t item_id(const void *data, int i)
{
	const struct reply *r = ((const struct handover *)data)->roll.rows;
	/* A case without a note is no item. */
	return reply_int(r, (size_t)i, reply_null(r, (size_t)i, "item") ? "case_id" : "item");
}

static const struct list_ops items_list = {roll_count, item_id, NULL, row};
/* Only its row is wanted, no cursor. */
static const struct list_ops plan_list = {roll_count, roll_id, NULL, row};

static void ask(struct screen *s, struct effects *fx)
{
	struct handover *h = s->state;
	/* Keys typed ahead wait until it is known what they are about. */
	if (roll_may_ask(&h->roll))
		fx_send_id(fx, "handover.show", TAG_ITEMS, h->roll.rows == NULL ? SEND_WAIT : 0, h->id);
	if (!roll_may_ask(&h->plan))
		return;
	struct bytes_out out = fx_payload();
	op_put_bool(&out, (s->desk->class & OP_SUPERVISOR) != 0);
	fx_send(fx, "handover.list", TAG_PLAN, h->plan.rows == NULL ? SEND_WAIT : 0, &out);
}

static void handover_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct handover *h = s->state;
	roll_init(&h->roll, &items_list, "item", h);
	roll_init(&h->plan, &plan_list, "handover_id", &h->plan);
	h->id = arg->id;
	ask(s, fx);
}

static void handover_close(struct screen *s)
{
	struct handover *h = s->state;
	roll_done(&h->roll);
	roll_done(&h->plan);
}

/* The cursor of the plan stands on this handover. */
static void find_plan(struct handover *h)
{
	for (int i = 0; i < roll_count(&h->plan); i++)
		if (roll_id(&h->plan, i) == h->id) {
			list_select(&h->plan.list, i);
			return;
		}
	h->plan.list.at = -1;
}

static bool state_is(const struct handover *h, const char *state)
{
	return strcmp(roll_text(&h->plan, "state"), state) == 0;
}

static bool taker(const struct handover *h)
{
	return strcmp(roll_text(&h->plan, "role"), "taker") == 0;
}

/* The taker may still confirm something; once it runs, what was noted since. */
static bool to_confirm(const struct handover *h)
{
	return roll_at(&h->plan) >= 0 && h->roll.rows != NULL &&
	       duty_to_confirm(h->plan.rows, (size_t)roll_at(&h->plan));
}

/* A case of one that is not over, for whoever may write its note: not the taker. */
static bool may_note(const struct handover *h)
{
	bool over = !state_is(h, "planned") && !state_is(h, "confirmed") && !state_is(h, "running");
	return !taker(h) && !over && roll_int(&h->roll, "case_id") != 0;
}

static void about(const struct handover *h, char *buf, size_t size)
{
	char from[32], until[32];
	word_moment(roll_int(&h->plan, "from_at"), from, sizeof from);
	word_moment(roll_int(&h->plan, "until_at"), until, sizeof until);
	snprintf(buf, size, "%.120s · %.80s → %.80s · %s – %s · %.60s", roll_text(&h->plan, "post"),
	    roll_text(&h->plan, "giver"), roll_text(&h->plan, "taker"), from, until,
	    word_handover(roll_text(&h->plan, "state")));
}

/* Events with a blank between, in words. */
static char *deeds(const char *events, char *buf, size_t size)
{
	char copy[600], *save = NULL;
	size_t used = 0;
	snprintf(copy, sizeof copy, "%s", events);
	buf[0] = '\0';
	for (char *e = strtok_r(copy, " ", &save); e != NULL && used + 1 < size;
	     e = strtok_r(NULL, " ", &save))
		used +=
		    (size_t)snprintf(buf + used, size - used, "%s%s", used > 0 ? " → " : "", word_event(e));
	return buf;
}

static void detail(const struct handover *h, const struct area *a)
{
	const struct reply *r = h->roll.rows;
	size_t i = (size_t)h->roll.list.at;
	char line[700], when[32], deed[600];
	int y = a->y;
	bool is_case = strcmp(reply_text(r, i, "kind"), "case") == 0;
	what(r, i, line, sizeof line);
	draw_text(y++, a->x, a->w, FACE_BOLD, line);
	y = draw_fact(y, a, FACE_PLAIN, _("Note:"), is_case ? reply_text(r, i, "text") : "");
	y = draw_fact(y, a, FACE_PLAIN, _("Due:"), word_moment(reply_int(r, i, "due_at"), when, sizeof when));
	y = draw_fact(y, a, FACE_PLAIN, _("Done:"), deeds(reply_text(r, i, "done"), deed, sizeof deed));
	snprintf(line, sizeof line, "%.200s %s", reply_text(r, i, "confirmed_by"),
	    word_moment(reply_int(r, i, "confirmed_at"), when, sizeof when));
	(void)draw_fact(y, a, FACE_PLAIN, _("Confirmed:"), confirmed(r, i) ? line : "");
}

static void handover_draw(struct screen *s, const struct area *a)
{
	struct handover *h = s->state;
	int w = a->w > WIDEST ? WIDEST : a->w, n = roll_count(&h->roll), items = 0, done = 0;
	char line[700];
	for (int i = 0; i < n; i++) {
		items += !reply_null(h->roll.rows, (size_t)i, "item");
		done += confirmed(h->roll.rows, (size_t)i);
	}
	about(h, line, sizeof line);
	struct area head = {a->y, a->x + 1, 2, w - 2};
	int used = roll_at(&h->plan) < 0 ? draw_text(a->y, a->x + 1, w - 2, FACE_TITLE, _("Handover")),
	    1                            : draw_wrap(&head, 0, FACE_TITLE, line);
	if (used > 2)
		used = 2;
	snprintf(line, sizeof line, _("%.200s · confirmed %d of %d%s"), roll_text(&h->plan, "reason"), done,
	    items, roll_is(&h->plan, "late") ? _(" · handed over late") : "");
	draw_text(a->y + used, a->x + 1, w - 2, FACE_PLAIN, line);
	int y = a->y + used + 1;
	draw_rule(y, a->x, a->w, NULL);
	struct area list = {y + 1, a->x, a->h - used - 3 - DETAIL, w};
	if (h->roll.rows != NULL && n == 0)
		draw_text(list.y, list.x + 2, list.w - 3, FACE_DIM, _("Neither cases nor things are named."));
	list_draw(&h->roll.list, &list, true);
	if (roll_at(&h->roll) < 0)
		return;
	draw_rule(a->y + a->h - DETAIL - 1, a->x, a->w, NULL);
	struct area side = {a->y + a->h - DETAIL, a->x + 1, DETAIL, w - 2};
	detail(h, &side);
}

/* The item at the cursor, or with all everything that is left. */
static void confirm(struct handover *h, bool all, struct effects *fx)
{
	uint32_t n = 0, items = 0;
	if (!to_confirm(h)) {
		fx_refuse(fx, "%s",
		    taker(h) ? _("Nothing waits to be confirmed here.") : _("The taker confirms this."));
		return;
	}
	struct bytes_out out = fx_payload();
	op_put_int8(&out, h->id);
	size_t begun = op_array_begin(&out);
	for (int i = 0; i < roll_count(&h->roll) && n < OP_ARRAY_MAX; i++) {
		size_t row_no = (size_t)i;
		items += !reply_null(h->roll.rows, row_no, "item");
		if (reply_null(h->roll.rows, row_no, "item") || confirmed(h->roll.rows, row_no) ||
		    (!all && i != h->roll.list.at))
			continue;
		op_put_int2(&out, (int16_t)reply_int(h->roll.rows, row_no, "item"));
		n++;
	}
	op_array_end(&out, begun, n);
	/* Where neither case nor thing is named, there is only the whole to confirm. */
	if (n == 0 && (!all || items > 0)) {
		bytes_out_done(&out);
		fx_say(fx, FACE_PLAIN, "%s", _("That is confirmed."));
		return;
	}
	h->done = all ? _("Confirmed.") : "";
	fx_send(fx, "handover.confirm", TAG_WRITE, SEND_WAIT, &out);
}

static void change(const struct handover *h, struct effects *fx)
{
	struct screen_arg arg = {.id = roll_int(&h->plan, "post_id"), .other = h->id};
	if (arg.id == 0) {
		fx_refuse(fx, "%s", _("The plan is still being read."));
		return;
	}
	snprintf(arg.text, sizeof arg.text, "%s", roll_text(&h->plan, "post"));
	fx_push(fx, &screen_handing, &arg);
}

static void open_case(const struct handover *h, struct effects *fx)
{
	struct screen_arg arg = {.id = roll_int(&h->roll, "case_id")};
	if (arg.id != 0)
		fx_push(fx, &screen_case, &arg);
}

/* What the taker must know about the case at the cursor, new or put right. */
static void note(struct handover *h, struct effects *fx)
{
	char line[700];
	if (!may_note(h)) {
		fx_refuse(
		    fx, "%s", _("A note goes to a case, by who hands it over, until the handover ends."));
		return;
	}
	what(h->roll.rows, (size_t)h->roll.list.at, line, sizeof line);
	snprintf(h->note, sizeof h->note, "%s", roll_text(&h->roll, "text"));
	deed_push_part(fx, "handover_note", h->id, roll_int(&h->roll, "case_id"), line, h->note);
}

static const char *handover_label(const struct screen *s, enum request r)
{
	const struct handover *h = s->state;
	bool begun = state_is(h, "running"), planned = state_is(h, "planned") || state_is(h, "confirmed");
	switch (r) {
	case REQ_COMMIT:
		return to_confirm(h) ? NULL : "";
	case REQ_GIVE_POST:
		return begun ? _("Return early") : "";
	case REQ_NOTE:
		return may_note(h) ? NULL : "";
	case REQ_CHANGE:
		return begun || planned ? NULL : "";
	case REQ_DROP:
		return planned ? NULL : "";
	default:
		return NULL;
	}
}

/* A form that could only be refused is not opened. */
static bool may(const struct screen *s, enum request r, struct effects *fx)
{
	const char *label = handover_label(s, r);
	if (label == NULL || *label != '\0')
		return true;
	fx_refuse(fx, _("The handover is «%s»: that cannot be done now."),
	    word_handover(roll_text(&((const struct handover *)s->state)->plan, "state")));
	return false;
}

static bool handover_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct handover *h = s->state;
	char line[700];
	about(h, line, sizeof line);
	switch (r) {
	case REQ_COMMIT:
		confirm(h, true, fx);
		return true;
	case REQ_OPEN:
		open_case(h, fx);
		return true;
	case REQ_PRINT:
		fx_send_id(fx, "handover.paper", TAG_SLIP, SEND_WAIT, h->id);
		return true;
	case REQ_CHANGE:
		if (may(s, r, fx))
			change(h, fx);
		return true;
	case REQ_NOTE:
		note(h, fx);
		return true;
	case REQ_GIVE_POST:
		if (may(s, r, fx))
			deed_push(fx, "handover_finish", h->id, line);
		return true;
	case REQ_DROP:
		if (may(s, r, fx))
			deed_push(fx, "handover_cancel", h->id, line);
		return true;
	case REQ_REFRESH:
		ask(s, fx);
		return false;
	case REQ_KEY:
		if (k->code == K_TEXT && k->text[0] == ' ') {
			confirm(h, false, fx);
			return true;
		}
		return list_key(&h->roll.list, k);
	default:
		return false;
	}
}

static void replied(struct screen *s, const struct message *m, struct effects *fx)
{
	struct handover *h = s->state;
	bool again;
	switch (m->tag) {
	case TAG_ITEMS:
		again = roll_take(&h->roll, m->reply, false, fx);
		break;
	case TAG_PLAN:
		again = roll_take(&h->plan, m->reply, false, fx);
		find_plan(h);
		break;
	case TAG_SLIP:
		duty_print(m->reply, TAG_PAPER, _("Handover slip"), fx);
		return;
	default:
		if (!reply_ok(m->reply))
			fx_refuse_reply(fx, m->reply);
		else if (*h->done != '\0')
			fx_say(fx, FACE_GOOD, "%s", h->done);
		else
			list_select(&h->roll.list, h->roll.list.at + 1);
		again = true;
	}
	if (again)
		ask(s, fx);
}

static void handover_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct handover *h = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		replied(s, m, fx);
		return;
	case MESSAGE_PAPER:
		duty_printed(m->paper, fx);
		return;
	case MESSAGE_STOPPED:
		h->roll.asking = h->plan.asking = false;
		return;
	case MESSAGE_ONLINE:
	case MESSAGE_RESULT:
	case MESSAGE_EVENTS:
		ask(s, fx);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_handover = {
    .name = "handover",
    .title = N_("Handover"),
    .on = ON_HANDOVER,
    .size = sizeof(struct handover),
    .open = handover_open,
    .close = handover_close,
    .draw = handover_draw,
    .request = handover_request,
    .message = handover_message,
    .label = handover_label,
};
