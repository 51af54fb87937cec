/*
 * Amending a case (CASE-15): typing mistakes of applicant, agent and matter are
 * put right, ticks too (F6). Only what differs is sent; papers that show it are
 * voided and issued anew by the hall.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/act.h"
#include "client/screen/conflict.h"
#include "client/screen/screen.h"
#include "client/screen/sheet.h"
#include "client/screen/ticks.h"
#include "client/screen/words.h"
#include "client/ui/date.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/ident.h"
#include "common/op.h"

enum { TAG_SHOW = 1, TAG_PARTIES, TAG_MATERIALS, TAG_BAR, TAG_AMEND };
enum {
	ID_KIND,
	ID_NO,
	NAME,
	PHONE,
	ADDRESS,
	MATTER,
	AGENT_NAME,
	AGENT_PHONE,
	AGENT_ID_KIND,
	AGENT_ID_NO,
	AGENT_SCOPE,
	AGENT_UNTIL,
	REASON,
	FIELDS
};

struct amend {
	int64_t case_id;
	int32_t version;
	char number[64], item[1024], next[24];
	struct form form;
	char was[FIELDS][1700]; /* the fields as the case has them */
	struct ticks ticks;
	bool in_ticks, ticked;
	int loading; /* answers that are still to come */
	/* What was typed is on an older version, whose fields these are (CASE-14). */
	int32_t typed_on;
	bool older, choosing;
	char before[FIELDS][1700];
	struct conflict conflict;
};

/* clang-format off */
static const struct form_field fields[FIELDS] = {
    [ID_KIND] = {.name = "id_kind", .label = N_("Document"), .kind = FORM_CHOICE, .choices = word_id_kinds, .row = 0, .weight = 2},
    [ID_NO] = {.name = "id_no", .label = N_("No."), .max = 32, .row = 0, .weight = 3, .required = true, .personal = true},
    [NAME] = {.name = "name", .label = N_("Name"), .max = 120, .row = 1, .weight = 3, .required = true, .personal = true},
    [PHONE] = {.name = "phone", .label = N_("Phone"), .max = 20, .row = 1, .weight = 2, .required = true, .personal = true},
    [ADDRESS] = {.name = "address", .label = N_("Address"), .max = 200, .row = 2, .personal = true},
    [MATTER] = {.name = "matter", .label = N_("Asks for"), .max = 200, .row = 3, .personal = true},
    [AGENT_NAME] = {.name = "agent_name", .label = N_("Agent"), .max = 60, .row = 4, .weight = 3, .personal = true},
    [AGENT_PHONE] = {.name = "agent_phone", .label = N_("Phone"), .max = 20, .row = 4, .weight = 2, .personal = true},
    [AGENT_ID_KIND] = {.name = "agent_id_kind", .label = N_("Document"), .kind = FORM_CHOICE, .choices = word_id_kinds, .row = 5, .weight = 2},
    [AGENT_ID_NO] = {.name = "agent_id_no", .label = N_("No."), .max = 32, .row = 5, .weight = 3, .required = true, .personal = true},
    [AGENT_SCOPE] = {.name = "agent_scope", .label = N_("Authority"), .max = 120, .row = 6, .weight = 3, .personal = true},
    [AGENT_UNTIL] = {.name = "agent_until", .label = N_("until"), .max = 24, .row = 6, .weight = 2, .personal = true},
    [REASON] = {.name = "reason", .label = N_("Reason"), .hint = N_("for the history; may stay empty"), .max = 200, .row = 7},
};
/* clang-format on */

static bool used(const struct form *f, int field)
{
	return field <= AGENT_NAME || field == REASON || f->line[AGENT_NAME].len > 0;
}

static const char *check_ident(const struct form *f, int kind, int no, bool done)
{
	char clean[64];
	ident_clean(form_value(f, no), clean, sizeof clean);
	if (clean[0] == '\0')
		return NULL;
	return done ? ident_check(form_value(f, kind), clean, strlen(clean))
		    : ident_check_typing(form_value(f, kind), clean, strlen(clean));
}

static const char *check(const struct form *f, int field, bool done)
{
	const char *v = form_value(f, field);
	int32_t day;
	if (field == ID_NO || field == AGENT_ID_NO)
		return check_ident(f, field - 1, field, done);
	if (field == PHONE || field == AGENT_PHONE)
		return word_phone_fault(v, done);
	return field == AGENT_UNTIL && done && *v != '\0' ? date_parse(v, 0, &day) : NULL;
}

static const struct form_ops ops = {.check = check, .used = used, .explain = sheet_explain};

static void load(struct amend *x, struct effects *fx)
{
	x->loading = 3;
	fx_send_id(fx, "case.show", TAG_SHOW, SEND_WAIT, x->case_id);
	act_ask(fx, TAG_BAR, x->case_id, "amend");
	fx_send_id(fx, "case.parties", TAG_PARTIES, SEND_WAIT, x->case_id);
	fx_send_id(fx, "case.materials", TAG_MATERIALS, SEND_WAIT, x->case_id);
}

static void amend_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct amend *x = s->state;
	x->case_id = arg->id;
	form_init(&x->form, fields, FIELDS, &ops, x);
	x->form.focus = NAME; /* the commonest mistake */
	ticks_init(&x->ticks, word_day(s->desk->now));
	load(x, fx);
}

static void amend_close(struct screen *s)
{
	struct amend *x = s->state;
	ticks_done(&x->ticks);
	conflict_done(&x->conflict);
	form_wipe(&x->form);
	memset(x->was, 0, sizeof x->was);
	memset(x->before, 0, sizeof x->before);
}

static bool differs(const struct amend *x, int field)
{
	const char *now = used(&x->form, field) ? form_value(&x->form, field) : "";
	return strcmp(now, x->was[field]) != 0;
}

static bool amend_dirty(const struct screen *s)
{
	const struct amend *x = s->state;
	if (x->older || x->ticks.kept != NULL)
		return true;
	for (int i = 0; i < FIELDS; i++)
		if (x->form.touched[i] && differs(x, i))
			return true;
	return x->ticked;
}

static int64_t amend_watch(const struct screen *s)
{
	return ((const struct amend *)s->state)->case_id;
}

static const char *amend_label(const struct screen *s, enum request r)
{
	(void)s;
	return r == REQ_POST ? _("Materials") : NULL;
}

static void amend_draw(struct screen *s, const struct area *a)
{
	struct amend *x = s->state;
	draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE, _("Amend · %s"), x->number);
	draw_text(a->y + 1, a->x + 1, a->w - 2, FACE_BOLD, x->item);
	draw_rule(a->y + 2, a->x, a->w, _("As it should be; papers that show a mistake are issued anew"));
	int rows = form_rows(&x->form) > a->h - 8 ? a->h - 8 : form_rows(&x->form);
	struct area form = {a->y + 3, a->x + 1, rows, a->w - 2};
	int focus = x->form.focus;
	if (x->in_ticks)
		x->form.focus = -1;
	int y = a->y + 3 + form_draw(&x->form, &form);
	x->form.focus = focus;
	draw_rule(y, a->x, a->w, _("Materials"));
	struct area list = {y + 1, a->x, a->y + a->h - y - 1, a->w};
	ticks_draw(&x->ticks, &list, x->in_ticks);
}

/* NULL where it is as the case has it; "" empties. */
static void put(struct bytes_out *out, const struct amend *x, int field)
{
	char clean[64];
	bool ident = field == ID_KIND || field == ID_NO || field == AGENT_ID_KIND || field == AGENT_ID_NO;
	/* A number goes with its kind, which stands before it. */
	int other = !ident ? field : field == ID_KIND || field == AGENT_ID_KIND ? field + 1 : field - 1;
	if (!used(&x->form, field) || (!differs(x, field) && !differs(x, other))) {
		op_put_null(out);
	} else if (field == ID_NO || field == AGENT_ID_NO) {
		ident_clean(form_value(&x->form, field), clean, sizeof clean);
		op_put_text(out, clean);
	} else if (field == NAME || field == PHONE || field == AGENT_NAME || field == AGENT_PHONE) {
		op_put_text(out, sheet_text(&x->form, field));
	} else {
		op_put_text(out, form_value(&x->form, field));
	}
}

static void put_until(struct bytes_out *out, const struct amend *x)
{
	int32_t day;
	if (used(&x->form, AGENT_UNTIL) && differs(x, AGENT_UNTIL) &&
	    date_parse(form_value(&x->form, AGENT_UNTIL), 0, &day) == NULL)
		op_put_date(out, day);
	else
		op_put_null(out);
}

static void commit(struct amend *x, struct effects *fx)
{
	static const int order[] = {ID_KIND, ID_NO, NAME, PHONE, ADDRESS, AGENT_NAME, AGENT_ID_KIND,
	    AGENT_ID_NO, AGENT_PHONE, AGENT_SCOPE};
	const char *why = ticks_check(&x->ticks);
	struct bytes_out out = fx_payload();
	if (!form_check(&x->form) || why != NULL) {
		x->in_ticks = why != NULL;
		bytes_out_done(&out);
		if (why != NULL)
			fx_refuse_code(fx, why, NULL);
		else
			fx_refuse(fx, "%s", x->form.error[x->form.focus]);
		return;
	}
	op_put_int8(&out, x->case_id);
	op_put_int4(&out, x->version);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		put(&out, x, order[i]);
	put_until(&out, x);
	op_put_bool(&out, x->was[AGENT_NAME][0] != '\0' && x->form.line[AGENT_NAME].len == 0);
	put(&out, x, MATTER);
	if (x->ticked)
		ticks_put(&x->ticks, &out);
	for (int i = x->ticked ? 4 : 0; i < 4; i++)
		op_put_null(&out);
	sheet_put(&x->form, REASON, &out);
	for (int i = 0; i < 6; i++) /* further parties are put right by scripts */
		op_put_null(&out);
	fx_send(fx, "case.amend", TAG_AMEND, SEND_WAIT, &out);
}

static void leave(struct screen *s, struct effects *fx)
{
	struct amend *x = s->state;
	if (x->ticks.editing) {
		(void)ticks_edit_end(&x->ticks);
		x->ticks.editing = false;
	} else if (!amend_dirty(s)) {
		fx_pop(fx, NULL);
	} else {
		fx_leave(fx, "");
	}
}

static bool tick_key(struct amend *x, const struct key *k, struct effects *fx)
{
	const char *why = NULL;
	undo_keep(&x->ticked, sizeof x->ticked);
	switch (ticks_key(&x->ticks, k, &why)) {
	case TICKS_UP:
		x->in_ticks = false;
		return true;
	case TICKS_CHANGED:
	case TICKS_ALL:
		x->ticked = true;
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

static bool form_request(struct amend *x, enum request r, const struct key *k, struct effects *fx)
{
	undo_keep(&x->form, sizeof x->form);
	enum form_result done = r == REQ_KEY ? form_key(&x->form, k) : FORM_UNUSED;
	if (done == FORM_END)
		x->in_ticks = true;
	if (done == FORM_REFUSED)
		fx_say(fx, FACE_ERROR, "%s", x->form.error[x->form.focus]);
	return done != FORM_UNUSED;
}

static bool amend_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct amend *x = s->state;
	const char *why;
	switch (r) {
	case REQ_BACK:
		leave(s, fx);
		return true;
	case REQ_COMMIT:
		commit(x, fx);
		return true;
	case REQ_POST:
		x->in_ticks = !x->in_ticks;
		return true;
	case REQ_NOTE:
		x->in_ticks = x->ticked = true;
		why = ticks_edit(&x->ticks);
		if (why != NULL)
			fx_warn_code(fx, why, NULL);
		return true;
	default:
		return x->in_ticks && r == REQ_KEY ? tick_key(x, k, fx) : form_request(x, r, k, fx);
	}
}

/* What the person typed stays; everything else is as the case has it now (CASE-14). */
static void know(struct amend *x, int field, const char *value)
{
	snprintf(x->was[field], sizeof x->was[field], "%s", value);
	/* Where nothing changes the caret stays. */
	if (strcmp(form_value(&x->form, field), value) != 0)
		form_give(&x->form, field, value);
}

static void parties(struct amend *x, const struct reply *r)
{
	static const char *const columns[] = {[ID_KIND] = "id_kind",
	    [ID_NO] = "id_no",
	    [NAME] = "name",
	    [PHONE] = "phone",
	    [ADDRESS] = "address"};
	char date[16];
	for (size_t i = 0; i < r->nrows; i++) {
		if (reply_int(r, i, "seq") == 1) {
			for (int f = ID_KIND; f <= ADDRESS; f++)
				know(x, f, reply_text(r, i, columns[f]));
		} else if (strcmp(reply_text(r, i, "role"), "agent") == 0) {
			know(x, AGENT_NAME, reply_text(r, i, "name"));
			know(x, AGENT_PHONE, reply_text(r, i, "phone"));
			know(x, AGENT_ID_KIND, reply_text(r, i, "id_kind"));
			know(x, AGENT_ID_NO, reply_text(r, i, "id_no"));
			know(x, AGENT_SCOPE, reply_text(r, i, "scope"));
			if (!reply_null(r, i, "until"))
				know(x, AGENT_UNTIL,
				    word_date((int32_t)reply_int(r, i, "until"), date, sizeof date));
		}
	}
	form_go(&x->form, x->form.focus < 0 ? ID_NO : x->form.focus);
}

static void shown(struct amend *x, const struct reply *r, struct effects *fx)
{
	if (!reply_bool(r, 0, "mine")) {
		fx_pop(fx, NULL);
		fx_say(fx, FACE_ERROR, _("This case belongs to another post: %s."), reply_text(r, 0, "post"));
		return;
	}
	x->version = (int32_t)reply_int(r, 0, "version");
	snprintf(x->number, sizeof x->number, "%s", reply_text(r, 0, "number"));
	snprintf(x->item, sizeof x->item, "%s", reply_text(r, 0, "item"));
	snprintf(x->next, sizeof x->next, "%s", reply_text(r, 0, "action"));
	know(x, MATTER, reply_text(r, 0, "matter"));
}

/* What was typed is not thrown away unseen. */
static void barred(const struct screen *s, const struct reply *r, struct effects *fx)
{
	const struct amend *x = s->state;
	if (act_barred(r, x->case_id, x->number, x->next, fx) != ACT_FREE && !amend_dirty(s))
		fx_pop(fx, NULL);
}

static void refused(struct amend *x, const struct message *m, struct effects *fx)
{
	if (m->tag == TAG_AMEND && sheet_blame(&x->form, m->reply))
		x->in_ticks = false;
	fx_refuse_reply(fx, m->reply);
	if (strcmp(reply_code(m->reply), "case.changed") != 0 || x->loading > 0)
		return;
	memcpy(x->before, x->was, sizeof x->before);
	x->older = true;
	ticks_set_aside(&x->ticks);
	load(x, fx);
}

/* What people read of a field. */
static const char *words(int field, const char *value)
{
	return field == ID_KIND || field == AGENT_ID_KIND ? word_id_kind(value) : value;
}

/* Both versions side by side; nothing differs: only the version is a newer one. Fields have ids
 * behind those of materials. */
static void choose(struct amend *x, struct effects *fx)
{
	struct screen_arg arg = {.lent = &x->conflict};
	conflict_begin(&x->conflict);
	for (int i = 0; i < REASON; i++) {
		bool typed = x->form.touched[i];
		const char *mine = typed ? form_value(&x->form, i) : x->before[i];
		if (strcmp(x->before[i], x->was[i]) != 0 && strcmp(mine, x->was[i]) != 0)
			conflict_add(&x->conflict, TICKS_MAX + 1 + i, form_label(&x->form, i),
			    words(i, x->was[i]), words(i, mine), typed);
	}
	if (x->ticked)
		ticks_compare(&x->ticks, &x->conflict);
	x->older = false;
	if (x->conflict.n == 0) {
		ticks_take_kept(&x->ticks);
		fx_say(fx, FACE_WARN, "%s",
		    _("The case was changed, but not in what was typed here: F10 commits it."));
		return;
	}
	snprintf(
	    x->conflict.title, sizeof x->conflict.title, _("Case %.64s was changed meanwhile."), x->number);
	x->choosing = true;
	fx_push(fx, &screen_conflict, &arg);
}

static void chosen(struct amend *x, struct effects *fx)
{
	x->choosing = false;
	x->typed_on = x->version;
	for (int i = 0; i < REASON; i++) {
		const struct conflict_row *r = conflict_find(&x->conflict, TICKS_MAX + 1 + i);
		if (r == NULL || r->keep == r->touched)
			continue; /* it stands there already */
		form_set(&x->form, i, r->keep ? x->before[i] : x->was[i]);
		x->form.touched[i] = r->keep;
		x->form.given[i] = !r->keep && x->was[i][0] != '\0';
		form_blame(&x->form, i, NULL);
	}
	ticks_choose(&x->ticks, &x->conflict);
	conflict_done(&x->conflict);
	fx_say(fx, FACE_PLAIN, "%s", _("This is on the newest version now: F10 commits it."));
}

/* All three answers are here. */
static void ready(struct amend *x, struct effects *fx)
{
	if (x->typed_on != 0 && x->typed_on != x->version)
		x->older = true;
	if (x->older)
		choose(x, fx);
	else
		ticks_take_kept(&x->ticks);
	/* While it is being chosen what was typed is still on the older one. */
	if (!x->choosing)
		x->typed_on = x->version;
}

static void amend_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct amend *x = s->state;
	struct screen_arg arg = {.kind = "amended"};
	if (m->kind == MESSAGE_RESULT && x->choosing)
		chosen(x, fx);
	else if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	if (m->kind != MESSAGE_REPLY)
		return;
	if (m->tag == TAG_BAR) {
		barred(s, m->reply, fx);
		return;
	}
	if (!reply_ok(m->reply)) {
		refused(x, m, fx);
	} else if (m->tag == TAG_SHOW) {
		shown(x, m->reply, fx);
	} else if (m->tag == TAG_PARTIES) {
		parties(x, m->reply);
	} else if (m->tag == TAG_MATERIALS) {
		x->ticked = x->ticked && x->ticks.kept != NULL;
		ticks_load(&x->ticks, m->reply);
	} else {
		fx_pop(fx, &arg);
		fx_say(fx, FACE_GOOD, "%s",
		    _("Amended. Papers that showed it are void and issued anew: print them."));
	}
	if (reply_ok(m->reply) && m->tag != TAG_AMEND && --x->loading == 0)
		ready(x, fx);
}

static void amend_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct amend *x = s->state;
	about->id = about->case_id = x->case_id;
	snprintf(about->title, sizeof about->title, "%.240s", form_value(&x->form, NAME));
	bytes_put_u32(out, (uint32_t)x->typed_on);
	keep_form(out, &x->form);
	for (int i = 0; i < FIELDS; i++)
		keep_text(out, x->loading > 0 || x->choosing ? x->before[i] : x->was[i]);
	ticks_save(&x->ticks, out);
	bytes_put_u8(out, x->in_ticks);
	bytes_put_u8(out, x->ticked);
	conflict_save(&x->conflict, out);
}

static void amend_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct amend *x = s->state;
	(void)fx;
	x->typed_on = (int32_t)bytes_get_u32(in);
	kept_form(in, &x->form);
	for (int i = 0; i < FIELDS; i++)
		kept_text(in, x->before[i], sizeof x->before[i], false);
	ticks_restore(&x->ticks, in);
	x->in_ticks = kept_bool(in);
	x->ticked = kept_bool(in);
	conflict_restore(&x->conflict, in);
	if (x->case_id != about->case_id)
		in->bad = true;
}

const struct screen_ops screen_amend = {
    .name = "amend",
    .title = N_("Amend a case"),
    .on = ON_OUTCOME | ON_FORM,
    .size = sizeof(struct amend),
    .open = amend_open,
    .close = amend_close,
    .draw = amend_draw,
    .request = amend_request,
    .message = amend_message,
    .dirty = amend_dirty,
    .label = amend_label,
    .watch = amend_watch,
    .save = amend_save,
    .restore = amend_restore,
};
