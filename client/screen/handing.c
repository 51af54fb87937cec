/*
 * Handing a post over (POST-3): to whom, from when until when, why, which papers and
 * seals, and a note to any of its open cases; F10 plans it. The other one confirms
 * item by item. The same form changes the plan of one that is not over. Who may take it,
 * and for which absence it is, is in handing_choice.c.
 */
#include "client/screen/handing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/refusal.h"
#include "client/reply.h"
#include "client/screen/sheet.h"
#include "client/screen/words.h"
#include "client/ui/date.h"
#include "client/ui/keep.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/op.h"
#include "common/text.h"

enum { TAG_PEOPLE = 1, TAG_CASES, TAG_PLAN, TAG_WRITE, TAG_ABSENCES };
enum { THINGS = 40, AHEAD = 366 };

/* clang-format off */
static const struct form_field fields[HANDING_FIELDS] = {
    [HANDING_TO] = {.name = "to_id", .label = N_("Taken by"), .kind = FORM_CHOICE, .row = 0},
    [HANDING_ABSENCE] = {.name = "absence_id", .label = N_("Because of"), .kind = FORM_CHOICE, .row = 1},
    [HANDING_FROM] = {.name = "from", .label = N_("From"), .hint = N_("1400; tomorrow +1 0830"), .max = 24, .row = 2, .required = true},
    [HANDING_UNTIL] = {.name = "until", .label = N_("Ends"), .hint = N_("1400; tomorrow +1 0830"), .max = 24, .row = 2, .required = true},
    [HANDING_REASON] = {.name = "reason", .label = N_("Reason"), .max = 200, .row = 3, .required = true, .personal = true},
    [HANDING_THINGS] = {.name = "thing", .label = N_("Passed on"), .hint = N_("papers and seals, a semicolon between"), .max = 400, .row = 4},
};
/* clang-format on */

static const char *check(const struct form *f, int field, bool done)
{
	const struct handing *h = f->owner;
	const char *typed = form_value(f, field);
	int64_t from, until;
	if (!done || *typed == '\0' || (field != HANDING_FROM && field != HANDING_UNTIL))
		return NULL;
	/* Of a plan that is there already, only what is typed anew. */
	if (h->handover_id != 0 && !f->touched[field])
		return NULL;
	const char *why = date_ahead(typed, h->now, &until);
	if (why == NULL && field == HANDING_UNTIL &&
	    date_ahead(form_value(f, HANDING_FROM), h->now, &from) == NULL && until <= from)
		return "field.until";
	return why;
}

static bool absent(const struct form *f, int field)
{
	const struct handing *h = f->owner;
	return (field == HANDING_THINGS && h->handover_id != 0) ||
	       (field == HANDING_ABSENCE && h->nabsences == 0);
}

static const struct form_ops ops = {.check = check, .absent = absent, .explain = sheet_explain};

static void begin(struct handing *h)
{
	memcpy(h->fields, fields, sizeof fields);
	h->people[0] = (struct form_choice){"", N_("reading …")};
	h->fields[HANDING_TO].choices = h->people;
	h->absences[0] = (struct form_choice){"", N_("no leave")};
	h->fields[HANDING_ABSENCE].choices = h->absences;
	form_init(&h->form, h->fields, HANDING_FIELDS, &ops, h);
	editor_init(&h->line, HANDING_NOTE, false);
}

/* Keys typed ahead wait for it all: who takes it over, and of what. */
static void ask(struct handing *h, struct effects *fx)
{
	struct bytes_out out;
	if (h->post_id == 0)
		return;
	fx_send_id(fx, "post.show", TAG_PEOPLE, SEND_WAIT, h->post_id);
	out = fx_payload();
	if (h->handover_id != 0) {
		op_put_null(&out);
		fx_send(fx, "handover.list", TAG_PLAN, SEND_WAIT, &out);
		return;
	}
	op_put_int8(&out, h->post_id);
	op_put_null(&out);
	op_put_null(&out);
	op_put_int4(&out, HANDING_CASES);
	op_put_null(&out);
	op_put_null(&out);
	fx_send(fx, "case.queue", TAG_CASES, SEND_WAIT, &out);
	int32_t today = word_day(h->now);
	out = fx_payload();
	op_put_text(&out, "mine");
	op_put_date(&out, today);
	op_put_date(&out, today + AHEAD);
	fx_send(fx, "absence.list", TAG_ABSENCES, SEND_WAIT, &out);
}

/* arg: id, the post; text, its name; other, the handover whose plan changes; number, the absence it is for. A
 * draft tells them later. */
static void handing_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct handing *h = s->state;
	roll_init(&h->roll, &handing_list, "case_id", h);
	h->post_id = arg->id;
	h->handover_id = arg->other;
	h->absence_id = arg->number;
	h->now = s->desk->now;
	snprintf(h->post, sizeof h->post, "%.200s", arg->text);
	begin(h);
	ask(h, fx);
}

static void handing_close(struct screen *s)
{
	struct handing *h = s->state;
	roll_done(&h->roll);
	reply_free(h->leaves);
	form_wipe(&h->form);
}

static int64_t case_at(const struct handing *h)
{
	return roll_at(&h->roll) < 0 ? 0 : h->roll.list.id;
}

/* What stands in the line goes to its case. */
static void put_note(struct handing *h)
{
	int64_t id = case_at(h);
	int at = 0;
	if (h->form.focus >= 0 || id == 0)
		return;
	while (at < h->nnotes && h->notes[at].case_id != id)
		at++;
	if (at == HANDING_CASES || (at == h->nnotes && h->line.len == 0))
		return;
	h->notes[at].case_id = id;
	memcpy(h->notes[at].text, h->line.text, h->line.len + 1);
	h->nnotes += at == h->nnotes;
}

static void take_note(struct handing *h)
{
	editor_set(&h->line, handing_note(h, case_at(h)));
}

static bool handing_dirty(const struct screen *s)
{
	const struct handing *h = s->state;
	bool typed = h->nnotes > 0;
	for (int i = 0; i < HANDING_FIELDS; i++)
		typed |= h->form.touched[i];
	return typed && !h->done;
}

/* Each thing by itself: 印章；登记簿. */
static void put_things(const struct handing *h, struct bytes_out *out)
{
	static const char wide[] = "；";
	char copy[EDITOR_BYTES];
	uint32_t n = 0;
	size_t begun = op_array_begin(out);
	snprintf(copy, sizeof copy, "%s", form_value(&h->form, HANDING_THINGS));
	for (char *at; (at = strstr(copy, wide)) != NULL;) {
		memmove(at + 1, at + strlen(wide), strlen(at + strlen(wide)) + 1);
		*at = ';';
	}
	for (char *save = NULL, *t = strtok_r(copy, ";", &save); t != NULL && n < THINGS;
	     t = strtok_r(NULL, ";", &save)) {
		if (text_blank(t, strlen(t)))
			continue;
		op_put_text(out, t);
		n++;
	}
	op_array_end(out, begun, n);
}

static void put_cases(const struct handing *h, struct bytes_out *out)
{
	uint32_t n = 0;
	size_t begun = op_array_begin(out);
	for (int i = 0; i < h->nnotes; i++)
		if (h->notes[i].text[0] != '\0' && ++n > 0)
			op_put_int8(out, h->notes[i].case_id);
	op_array_end(out, begun, n);
	begun = op_array_begin(out);
	for (int i = 0; i < h->nnotes; i++)
		if (h->notes[i].text[0] != '\0')
			op_put_text(out, h->notes[i].text);
	op_array_end(out, begun, n);
}

/* Of a plan that changes, what was not typed anew stays as it is. */
static void put_plan(const struct handing *h, struct bytes_out *out)
{
	int64_t us;
	bool as_is = h->handover_id != 0;
	if (as_is && !h->form.touched[HANDING_TO])
		op_put_null(out);
	else
		op_put_int8(out, strtoll(form_value(&h->form, HANDING_TO), NULL, 10));
	for (int i = HANDING_FROM; i <= HANDING_UNTIL; i++)
		if ((!as_is || h->form.touched[i]) &&
		    date_ahead(form_value(&h->form, i), h->now, &us) == NULL)
			op_put_moment(out, us);
		else
			op_put_null(out);
	op_put_text(
	    out, as_is && !h->form.touched[HANDING_REASON] ? NULL : form_value(&h->form, HANDING_REASON));
}

static void commit(struct screen *s, struct effects *fx)
{
	struct handing *h = s->state;
	put_note(h);
	if (form_value(&h->form, HANDING_TO)[0] == '\0') {
		fx_refuse(
		    fx, "%s", _("Nobody else has a place in this post: the chief representative sets B."));
		return;
	}
	if (!form_check(&h->form)) {
		fx_refuse(fx, "%s", h->form.error[h->form.focus]);
		return;
	}
	struct bytes_out out = fx_payload();
	op_put_int8(&out, h->handover_id != 0 ? h->handover_id : h->post_id);
	put_plan(h, &out);
	if (h->handover_id == 0) {
		put_cases(h, &out);
		put_things(h, &out);
		handing_put_absence(h, &out);
	}
	fx_send(fx, h->handover_id != 0 ? "handover.change" : "handover.start", TAG_WRITE, SEND_WAIT, &out);
}

/* Down the cases, and back up to the form. */
static void step(struct handing *h, int by)
{
	put_note(h);
	if (h->roll.list.at + by < 0) {
		form_go(&h->form, HANDING_THINGS);
		return;
	}
	list_select(&h->roll.list, h->roll.list.at + by);
	take_note(h);
}

static bool cases_key(struct handing *h, const struct key *k, struct effects *fx)
{
	const char *why;
	undo_keep(&h->line, sizeof h->line);
	undo_keep(h->notes, sizeof h->notes);
	undo_keep(&h->nnotes, sizeof h->nnotes);
	switch (k->code) {
	case K_UP:
	case K_BACKTAB:
		step(h, -1);
		return true;
	case K_DOWN:
	case K_TAB:
	case K_ENTER:
		step(h, 1);
		return true;
	case K_PGUP:
	case K_PGDN:
		put_note(h);
		(void)list_key(&h->roll.list, k);
		take_note(h);
		return true;
	default:
		break;
	}
	enum editor_result done = editor_key(&h->line, k, &why);
	if (done == EDITOR_REFUSED)
		fx_warn_editor(fx, &h->line, why);
	put_note(h);
	return done != EDITOR_UNUSED;
}

static bool form_keys(struct handing *h, const struct key *k, struct effects *fx)
{
	switch (form_key(&h->form, k)) {
	case FORM_UNUSED:
		return false;
	case FORM_END:
		if (case_at(h) != 0) {
			h->form.focus = -1;
			list_select(&h->roll.list, 0);
			take_note(h);
		}
		return true;
	case FORM_REFUSED:
		fx_say(fx, FACE_ERROR, "%s", h->form.error[h->form.focus]);
		return true;
	case FORM_CHANGED:
		if (h->form.focus == HANDING_ABSENCE)
			handing_for(h);
		return true;
	default:
		return true;
	}
}

static bool handing_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct handing *h = s->state;
	if (r == REQ_BACK) {
		if (handing_dirty(s))
			fx_leave(fx, "");
		else
			fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_COMMIT) {
		h->now = s->desk->now;
		commit(s, fx);
		return true;
	}
	if (r != REQ_KEY)
		return false;
	return h->form.focus < 0 ? cases_key(h, k, fx) : form_keys(h, k, fx);
}

static void plan(struct handing *h, const struct reply *r)
{
	char when[32];
	for (size_t i = 0; reply_ok(r) && i < r->nrows; i++) {
		if (reply_int(r, i, "handover_id") != h->handover_id)
			continue;
		h->to = reply_int(r, i, "taker_id");
		snprintf(when, sizeof when, "%lld", (long long)h->to);
		if (!h->form.touched[HANDING_TO])
			form_set(&h->form, HANDING_TO, when);
		form_give(&h->form, HANDING_FROM, word_moment(reply_int(r, i, "from_at"), when, sizeof when));
		form_give(
		    &h->form, HANDING_UNTIL, word_moment(reply_int(r, i, "until_at"), when, sizeof when));
		form_give(&h->form, HANDING_REASON, reply_text(r, i, "reason"));
	}
}

static void written(struct handing *h, const struct reply *r, struct effects *fx)
{
	struct screen_arg arg = {.kind = "deed", .text = "handover"};
	if (!reply_ok(r)) {
		int field = form_index(&h->form, reply_arg(r, 1));
		char buf[FORM_SENTENCE];
		if (r->status == OP_INVALID && field >= 0) {
			form_blame_text(&h->form, field, refusal_reply(r, buf, sizeof buf));
			form_go(&h->form, field);
		}
		fx_refuse_reply(fx, r);
		return;
	}
	h->done = true;
	arg.id = h->handover_id != 0 ? h->handover_id : strtoll(reply_text(r, 0, "number"), NULL, 10);
	if (h->handover_id != 0)
		fx_pop(fx, &arg);
	else
		fx_replace(fx, &screen_handover, &arg);
	fx_say(fx, FACE_GOOD, "%s",
	    h->handover_id != 0 ? _("The plan is changed.")
				: _("Planned: the other one is asked to confirm."));
}

/* A draft whose caret stood in a note goes on there; the case may have left the post since. */
static void go_to_kept(struct handing *h)
{
	for (int i = 0; h->go != 0 && i < roll_count(h); i++) {
		if (roll_id(h, i) != h->go)
			continue;
		list_select(&h->roll.list, i);
		h->form.focus = -1;
		h->go = 0;
		return;
	}
	h->go = 0;
	take_note(h);
}

static void handing_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct handing *h = s->state;
	if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	if (m->kind != MESSAGE_REPLY)
		return;
	switch (m->tag) {
	case TAG_WRITE:
		written(h, m->reply, fx);
		return;
	case TAG_PLAN:
		plan(h, m->reply);
		return;
	case TAG_CASES:
		if (h->handover_id != 0) /* a draft of a change: its cases stand as they were planned */
			return;
		(void)roll_take(&h->roll, m->reply, true, fx);
		go_to_kept(h);
		return;
	case TAG_ABSENCES:
		handing_absences(h, m->reply);
		return;
	default:
		if (reply_ok(m->reply))
			handing_people(h, m->reply);
		else
			fx_warn_reply(fx, m->reply);
	}
}

static void handing_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct handing *h = s->state;
	about->id = h->post_id;
	snprintf(about->title, sizeof about->title, "%.60s · %.180s", _("Handing over"), h->post);
	keep_text(out, h->post);
	bytes_put_u64(out, (uint64_t)h->handover_id);
	keep_text(out, form_value(&h->form, HANDING_TO));
	keep_form(out, &h->form);
	bytes_put_u64(out, (uint64_t)(h->form.focus < 0 ? case_at(h) : h->go));
	keep_editor(out, &h->line);
	bytes_put_u16(out, (uint16_t)h->nnotes);
	for (int i = 0; i < h->nnotes; i++) {
		bytes_put_u64(out, (uint64_t)h->notes[i].case_id);
		keep_text(out, h->notes[i].text);
	}
	bytes_put_u64(out, (uint64_t)handing_absence(h));
}

static void handing_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct handing *h = s->state;
	char to[24];
	(void)about;
	kept_text(in, h->post, sizeof h->post, false);
	h->handover_id = (int64_t)bytes_get_u64(in);
	kept_text(in, to, sizeof to, false);
	h->to = strtoll(to, NULL, 10);
	kept_form(in, &h->form);
	h->form.choice[HANDING_TO] = 0;
	if (h->form.focus < 0)
		h->form.focus = HANDING_TO;
	h->go = (int64_t)bytes_get_u64(in);
	kept_editor(in, &h->line);
	int n = bytes_get_u16(in);
	for (int i = 0; i < n && !in->bad; i++) {
		struct handing_note *to_case = &h->notes[i < HANDING_CASES ? i : HANDING_CASES - 1];
		to_case->case_id = (int64_t)bytes_get_u64(in);
		kept_text(in, to_case->text, sizeof to_case->text, false);
	}
	in->bad |= n > HANDING_CASES;
	h->nnotes = in->bad ? 0 : n;
	if (in->left > 0) /* else of an older program */
		h->absence_id = (int64_t)bytes_get_u64(in);
	if (h->handover_id != 0 && !in->bad)
		ask(h, fx);
}

const struct screen_ops screen_handing = {
    .name = "handing",
    .title = N_("Handing over"),
    .on = ON_HANDING,
    .size = sizeof(struct handing),
    .open = handing_open,
    .close = handing_close,
    .draw = handing_draw,
    .request = handing_request,
    .message = handing_message,
    .dirty = handing_dirty,
    .save = handing_save,
    .restore = handing_restore,
};
