/*
 * The first-contact form (Ctrl-T, FST-1): what a visitor asked, and whether it
 * was answered, pointed to the right window, handed over or kept. Looking for
 * the place is in visit_find.c, drawing in visit_draw.c.
 */
#include "client/screen/visit.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

/* clang-format off */
const struct form_field visit_fields[] = {
    [VISIT_MATTER] = {.name = "matter", .label = N_("Asks"), .hint = N_("what the visitor wants, in words"), .max = 200, .row = 0, .required = true, .personal = true},
    [VISIT_WHERE] = {.name = "where", .label = N_("Where to"), .hint = N_("item or post: part of a name, initials, window number"), .max = 120, .row = 1},
    [VISIT_RESULT] = {.name = "result", .label = N_("Ends as"), .kind = FORM_CHOICE, .choices = word_visit_results, .row = 2, .weight = 2},
    [VISIT_REPLY] = {.name = "reply", .label = N_("Words"), .hint = N_("what was answered, or a word to the other post"), .max = 400, .row = 2, .weight = 5, .personal = true},
    [VISIT_NAME] = {.name = "name", .label = N_("Name"), .hint = N_("may stay empty"), .max = 120, .row = 3, .weight = 3, .personal = true},
    [VISIT_PHONE] = {.name = "phone", .label = N_("Phone"), .max = 20, .row = 3, .weight = 2, .personal = true},
};
/* clang-format on */

static bool result_is(const struct form *f, const char *result)
{
	return strcmp(form_value(f, VISIT_RESULT), result) == 0;
}

static const char *check_place(const struct visit *v)
{
	bool pointed = result_is(&v->form, "pointed");
	if (!pointed && !result_is(&v->form, "handed"))
		return NULL;
	if (v->post < 0)
		return "visit.nowhere";
	return pointed && reply_null(v->posts, (size_t)v->post, "window_no") ? "visit.windowless" : NULL;
}

static const char *check(const struct form *f, int field, bool done)
{
	const char *typed = form_value(f, field);
	switch (field) {
	case VISIT_WHERE:
		return done && visit_seeks(f->owner) ? "visit.nowhere" : NULL;
	case VISIT_PHONE:
		return word_phone_fault(typed, done);
	case VISIT_REPLY:
		return done && result_is(f, "answered") && text_blank(typed, strlen(typed)) ? "visit.no_words"
											    : NULL;
	default:
		return NULL;
	}
}

static void explain(const struct form *f, int field, const char *code, char *buf, size_t size)
{
	screen_sentence(code, f->fields[field].name, buf, size);
}

const struct form_ops visit_form_ops = {.check = check, .explain = explain};

static void visit_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct visit *v = s->state;
	(void)arg;
	form_init(&v->form, visit_fields, VISIT_FIELDS, &visit_form_ops, v);
	list_init(&v->list, &visit_list, v);
	v->post = -1;
	visit_ask_posts(v, fx);
}

static void visit_close(struct screen *s)
{
	struct visit *v = s->state;
	reply_free(v->items);
	reply_free(v->posts);
	reply_free(v->shown);
	form_wipe(&v->form);
}

static bool visit_dirty(const struct screen *s)
{
	const struct visit *v = s->state;
	return !v->recorded && !form_empty(&v->form);
}

static void put(struct bytes_out *out, const char *text)
{
	op_put_text(out, text_blank(text, strlen(text)) ? NULL : text);
}

static void record(struct visit *v, struct effects *fx)
{
	const struct form *f = &v->form;
	struct bytes_out out = fx_payload();
	put(&out, form_value(f, VISIT_MATTER));
	op_put_text(&out, form_value(f, VISIT_RESULT));
	put(&out, form_value(f, VISIT_NAME));
	put(&out, form_value(f, VISIT_PHONE));
	op_put_id(&out, v->item_id);
	op_put_id(&out, result_is(f, "pointed") || result_is(f, "handed") ? v->post_id : 0);
	op_put_null(&out);
	put(&out, form_value(f, VISIT_REPLY));
	op_put_null(&out);
	fx_send(fx, "visit.record", VISIT_RECORD, SEND_WAIT, &out);
}

static void commit(struct visit *v, struct effects *fx)
{
	const char *why = check_place(v);
	if (!form_check(&v->form)) {
		fx_refuse(fx, "%s", v->form.error[v->form.focus]);
		return;
	}
	form_blame(&v->form, VISIT_WHERE, why);
	if (why != NULL) {
		form_go(&v->form, VISIT_WHERE);
		fx_refuse_code(fx, why, NULL);
		return;
	}
	record(v, fx);
}

/* Carries r out, once what was typed as the place has become one; keys wait until then. */
static void act(struct visit *v, enum request r, struct effects *fx)
{
	v->after = r;
	if (!visit_resolve(v, fx)) {
		if (v->after != REQ_KEY && !v->held) {
			v->held = true;
			fx_hold(fx);
		}
		return;
	}
	v->after = REQ_KEY;
	if (r == REQ_OPEN) {
		form_go(&v->form, VISIT_RESULT);
		return;
	}
	if (r == REQ_HAND) {
		form_set(&v->form, VISIT_RESULT, "handed");
		v->decided = true;
	}
	commit(v, fx);
}

/* An answer came: what waited for it goes on. */
static void go_on(struct visit *v, struct effects *fx)
{
	enum request r = v->after;
	if (v->held)
		fx_release(fx);
	v->held = false;
	if (r != REQ_KEY)
		act(v, r, fx);
}

static void leave(const struct screen *s, struct effects *fx)
{
	if (!visit_dirty(s))
		fx_pop(fx, NULL);
	else
		fx_leave(fx, "");
}

/* The person has said what becomes of it: what was missing belongs to the former result. */
static void decided(struct visit *v)
{
	form_blame(&v->form, VISIT_REPLY, NULL);
	form_blame(&v->form, VISIT_WHERE, NULL);
	v->decided = true;
}

/* 1 to 4 choose the result; other letters are the beginning of the words beside it. */
static bool choose_result(struct visit *v, const struct key *k)
{
	if (v->form.focus != VISIT_RESULT || k->code != K_TEXT || k->text[0] < '1' || k->text[0] > '4')
		return false;
	form_set(&v->form, VISIT_RESULT, word_visit_results[k->text[0] - '1'].value);
	decided(v);
	return true;
}

static bool seek_key(struct visit *v, const struct key *k, struct effects *fx)
{
	if (v->form.focus != VISIT_WHERE || !visit_seeks(v))
		return false;
	if (k->code == K_ENTER || k->code == K_TAB) {
		act(v, REQ_OPEN, fx);
		return true;
	}
	if (k->code == K_HOME || k->code == K_END || !list_key(&v->list, k))
		return false;
	v->moved = true;
	visit_detail(v, fx);
	return true;
}

static bool visit_key(struct visit *v, const struct key *k, struct effects *fx)
{
	if (seek_key(v, k, fx) || choose_result(v, k))
		return true;
	enum form_result done = form_key(&v->form, k);
	if (done == FORM_CHANGED && v->form.focus == VISIT_WHERE) {
		v->moved = false; /* other words */
		visit_search(v, fx);
	} else if (done == FORM_CHANGED && v->form.focus == VISIT_RESULT) {
		decided(v);
	}
	if (done == FORM_REFUSED)
		fx_say(fx, FACE_ERROR, "%s", v->form.error[v->form.focus]);
	return done != FORM_UNUSED;
}

static bool visit_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct visit *v = s->state;
	switch (r) {
	case REQ_BACK:
		leave(s, fx);
		return true;
	case REQ_COMMIT:
	case REQ_HAND:
		act(v, r, fx);
		return true;
	case REQ_KEY:
		return visit_key(v, k, fx);
	default:
		return false;
	}
}

static void recorded(struct visit *v, const struct reply *r, struct effects *fx)
{
	const struct reply *p = v->posts;
	size_t row = v->post < 0 ? 0 : (size_t)v->post;
	if (!reply_ok(r)) {
		fx_refuse_reply(fx, r);
		return;
	}
	v->recorded = true;
	fx_pop(fx, NULL);
	if (result_is(&v->form, "pointed"))
		fx_say(fx, FACE_GOOD, _("Saved. The visitor goes to window %lld (%s): %s."),
		    (long long)reply_int(p, row, "window_no"), reply_text(p, row, "place"),
		    reply_text(p, row, "name"));
	else if (result_is(&v->form, "handed") && fx_caution(fx, r))
		return; /* nobody is there */
	else if (result_is(&v->form, "handed"))
		fx_say(fx, FACE_GOOD, _("Saved. «%s» is asked to confirm; until then you answer for it."),
		    reply_text(p, row, "name"));
	else if (result_is(&v->form, "kept"))
		fx_say(fx, FACE_GOOD, "%s", _("Saved. It stays open until the result is told."));
	else
		fx_say(fx, FACE_GOOD, "%s", _("Saved. The first contact is answered and closed."));
}

static void replied(struct visit *v, const struct message *m, struct effects *fx)
{
	switch (m->tag) {
	case VISIT_FIND:
		v->asking = false;
		if (v->stale) {
			visit_search(v, fx);
			return;
		}
		visit_found(v, m->reply);
		visit_detail(v, fx);
		break;
	case VISIT_SHOW:
		visit_shown(v, m->reply, fx);
		break;
	case VISIT_POSTS:
		visit_posts(v, m->reply);
		break;
	default:
		recorded(v, m->reply, fx);
		return;
	}
	if (!reply_ok(m->reply)) {
		v->after = REQ_KEY;
		fx_warn_reply(fx, m->reply);
	}
	go_on(v, fx);
}

static void visit_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct visit *v = s->state;
	if (m->kind == MESSAGE_REPLY) {
		replied(v, m, fx);
	} else if (m->kind == MESSAGE_RESULT) {
		(void)fx_left(fx, m->arg);
	} else if (m->kind == MESSAGE_STOPPED) {
		v->asking = v->stale = v->showing = v->posting = v->held = false;
		v->shown_id = 0;
		v->after = REQ_KEY;
	}
}

static void visit_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct visit *v = s->state;
	snprintf(about->title, sizeof about->title, "%.240s", form_value(&v->form, VISIT_MATTER));
	keep_form(out, &v->form);
	bytes_put_u8(out, v->chosen);
	bytes_put_u8(out, v->decided);
	bytes_put_u64(out, (uint64_t)v->item_id);
	bytes_put_u64(out, (uint64_t)v->post_id);
}

/* The posts are asked for already; words that were no place yet are looked for again. */
static void visit_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct visit *v = s->state;
	(void)about;
	kept_form(in, &v->form);
	bool chosen = kept_bool(in);
	v->decided = kept_bool(in);
	int64_t item_id = (int64_t)bytes_get_u64(in), post_id = (int64_t)bytes_get_u64(in);
	if (in->bad)
		return;
	if (!chosen) {
		visit_search(v, fx);
		return;
	}
	v->chosen = true;
	v->item_id = item_id;
	v->post_id = post_id;
	visit_detail(v, fx);
}

const struct screen_ops screen_visit = {
    .name = "visit",
    .title = N_("First contact"),
    .on = ON_VISIT,
    .size = sizeof(struct visit),
    .open = visit_open,
    .close = visit_close,
    .draw = visit_draw,
    .request = visit_request,
    .message = visit_message,
    .dirty = visit_dirty,
    .save = visit_save,
    .restore = visit_restore,
};
