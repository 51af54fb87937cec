/*
 * The form of an opinion in a parallel review (PAR-2): agree, with conditions,
 * disagree, refer up, with what the rule demands of each; another one in place of
 * the latest, which is kept. Once silence counted: the written consent, or an
 * objection that changes nothing (DEEM-1, DEEM-3).
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/conflict.h"
#include "client/screen/reviewing.h"
#include "client/screen/sheet.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/op.h"
#include "common/text.h"

enum { TAG_WRITE = 1, TAG_SHOW };
enum { ANSWER, WORDS, BASIS, OPINION_FIELDS };

struct opinion {
	int64_t case_id;
	int16_t seq, no; /* the review; the opinion it takes the place of, 0: none */
	char kind[16];   /* opinion, consent, object */
	bool done;       /* the hall has it: nothing typed is left here */
	bool choosing;   /* between what another one signed and what is typed here (CASE-14) */
	char about[1600];
	struct conflict conflict;
	struct form form;
};

static const struct form_field opinion_fields[OPINION_FIELDS] = {
    {.name = "answer", .label = N_("Opinion"), .kind = FORM_CHOICE, .choices = word_opinions, .row = 0},
    {.name = "words", .label = N_("Words"), .max = 400, .row = 1, .personal = true},
    {.name = "basis", .label = N_("Legal basis"), .hint = N_("law and article"), .max = 200, .row = 2},
};
static const struct form_field consent_fields[] = {
    {.name = "document_no",
	.label = N_("Document no."),
	.hint = N_("number of the written consent"),
	.max = 60,
	.row = 0},
    {.name = "words", .label = N_("Words"), .max = 400, .row = 1, .personal = true},
};
static const struct form_field object_fields[] = {
    {.name = "words", .label = N_("Objection"), .max = 400, .row = 0, .required = true, .personal = true},
};

/* What is written most often, one after another by F7. */
static const struct {
	const char *answer, *words;
} phrases[] = {{"agree", N_("Examined, it meets the requirements: agreed.")},
    {"agree", N_("Agreed within this department's duties.")},
    {"conditional", N_("Agreed on condition that it is put right and checked before completion.")},
    {"conditional", N_("Agreed on condition that the design is followed and changes are submitted again.")},
    {"disagree", N_("It does not meet the conditions laid down; reasons: ")},
    {"disagree", N_("It conflicts with the plan in force; reasons: ")},
    {"refer", N_("Beyond the competence of this department: referred to the higher authority, ")},
    {"consent", N_("Agreed; filed after silence counted.")}};

static bool is_opinion(const struct opinion *o)
{
	return strcmp(o->kind, "opinion") == 0;
}

static int words_field(const struct opinion *o)
{
	return form_index(&o->form, "words");
}

static const char *answer(const struct form *f)
{
	return form_value(f, ANSWER);
}

static const char *check(const struct form *f, int field, bool done)
{
	const char *v = form_value(f, field);
	if (f->fields != opinion_fields || !done || !text_blank(v, strlen(v)))
		return NULL;
	if (field == WORDS && strcmp(answer(f), "agree") != 0)
		return "opinion.words";
	return field == BASIS && strcmp(answer(f), "disagree") == 0 ? "opinion.basis" : NULL;
}

static bool used(const struct form *f, int field)
{
	return f->fields != opinion_fields || field != BASIS || strcmp(answer(f), "disagree") == 0;
}

static const char *label(const struct form *f, int field)
{
	if (f->fields != opinion_fields || field != WORDS)
		return NULL;
	const char *a = answer(f);
	return strcmp(a, "conditional") == 0 ? N_("Conditions")
	       : strcmp(a, "disagree") == 0  ? N_("Reasons")
	       : strcmp(a, "refer") == 0     ? N_("To whom, why")
					     : NULL;
}

static const struct form_ops ops = {.check = check, .used = used, .label = label, .explain = sheet_explain};

static bool begin(struct opinion *o)
{
	if (is_opinion(o))
		sheet_init(&o->form, opinion_fields, OPINION_FIELDS, &ops, o);
	else if (strcmp(o->kind, "consent") == 0)
		sheet_init(&o->form, consent_fields, sizeof consent_fields / sizeof *consent_fields, &ops, o);
	else if (strcmp(o->kind, "object") == 0)
		sheet_init(&o->form, object_fields, 1, &ops, o);
	else
		return false;
	return true;
}

/* arg: id, the case; number, the review; other, the opinion it supersedes; kind, the answer, or consent or
 * object; text, about it. A draft tells all but the case later. */
static void opinion_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct opinion *o = s->state;
	(void)fx;
	o->case_id = arg->id;
	o->seq = (int16_t)arg->number;
	o->no = (int16_t)arg->other;
	snprintf(o->about, sizeof o->about, "%.1500s", arg->text);
	snprintf(o->kind, sizeof o->kind, "%.15s", arg->kind);
	if (begin(o))
		return;
	snprintf(o->kind, sizeof o->kind, "opinion");
	(void)begin(o);
	form_set(&o->form, ANSWER, arg->kind);
	form_go(&o->form, arg->kind[0] != '\0' ? WORDS : ANSWER);
}

static void opinion_close(struct screen *s)
{
	struct opinion *o = s->state;
	form_wipe(&o->form);
	conflict_done(&o->conflict);
}

static bool opinion_dirty(const struct screen *s)
{
	const struct opinion *o = s->state;
	bool typed = false;
	for (int i = 0; i < o->form.n; i++)
		typed |= o->form.touched[i];
	return typed && !o->done;
}

static int64_t opinion_watch(const struct screen *s)
{
	return ((const struct opinion *)s->state)->case_id;
}

static const char *title(const struct opinion *o)
{
	if (!is_opinion(o))
		return strcmp(o->kind, "consent") == 0 ? _("Written consent") : _("Objection");
	return o->no > 0 ? _("Another opinion in place of the latest") : _("Opinion");
}

static void opinion_draw(struct screen *s, const struct area *a)
{
	struct opinion *o = s->state;
	sheet_draw(&o->form, a, title(o), o->about,
	    is_opinion(o)                     ? _("F10: sign it    F7: phrases    Esc: back")
	    : strcmp(o->kind, "consent") == 0 ? _("F10: file it    F7: phrases    Esc: back")
					      : _("F10: file it; it changes nothing    Esc: back"));
}

static void put_review(const struct opinion *o, struct bytes_out *out)
{
	op_put_int8(out, o->case_id);
	op_put_int2(out, o->seq);
}

static void commit(const struct opinion *o, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	put_review(o, &out);
	if (!is_opinion(o)) {
		bool object = strcmp(o->kind, "object") == 0;
		sheet_put(&o->form, words_field(o), &out);
		op_put_text(&out, object ? NULL : sheet_text(&o->form, 0));
		op_put_bool(&out, object);
		fx_send(fx, "review.consent", TAG_WRITE, SEND_WAIT, &out);
		return;
	}
	if (o->no > 0)
		op_put_int2(&out, o->no);
	op_put_text(&out, answer(&o->form));
	sheet_put(&o->form, WORDS, &out);
	sheet_put(&o->form, BASIS, &out);
	fx_send(fx, o->no > 0 ? "review.supersede" : "review.opine", TAG_WRITE, SEND_WAIT, &out);
}

/* The next phrase of this answer; never over words that are none. */
static void phrase(struct opinion *o, struct effects *fx)
{
	const char *of = is_opinion(o) ? answer(&o->form) : o->kind, *next = NULL;
	int field = words_field(o);
	const char *now = form_value(&o->form, field);
	bool mine = !text_blank(now, strlen(now));
	for (size_t i = sizeof phrases / sizeof *phrases; i-- > 0;) {
		if (strcmp(phrases[i].answer, of) != 0)
			continue;
		if (strcmp(_(phrases[i].words), now) == 0) {
			mine = false;
			if (next != NULL)
				break;
		}
		next = _(phrases[i].words);
	}
	if (next == NULL) {
		fx_warn_code(fx, "find.none", NULL);
		return;
	}
	form_go(&o->form, field);
	if (mine) {
		fx_say(fx, FACE_WARN, "%s", _("Words stand there already: empty the field for a phrase."));
		return;
	}
	undo_keep(&o->form, sizeof o->form);
	form_set(&o->form, field, next);
	o->form.touched[field] = true;
	form_blame(&o->form, field, NULL);
}

static bool opinion_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct opinion *o = s->state;
	if (r == REQ_PHRASE) {
		phrase(o, fx);
		return true;
	}
	switch (sheet_request(&o->form, r, k, fx)) {
	case SHEET_BACK:
		if (opinion_dirty(s))
			fx_leave(fx, "");
		else
			fx_pop(fx, NULL);
		return true;
	case SHEET_COMMIT:
		commit(o, fx);
		return true;
	case SHEET_UNUSED:
		return false;
	default:
		return true;
	}
}

/* Somebody of the same post has signed meanwhile: both side by side (CASE-14); what is kept takes the place
 * of that one. */
static void beside(struct opinion *o, const struct reply *r, struct effects *fx)
{
	struct screen_arg arg = {.lent = &o->conflict};
	size_t at = r->nrows;
	for (size_t i = 0; reply_ok(r) && i < r->nrows; i++)
		if (reply_bool(r, i, "current"))
			at = i;
	if (!reply_ok(r) || at == r->nrows)
		return;
	conflict_begin(&o->conflict);
	conflict_add(&o->conflict, ANSWER + 1, form_label(&o->form, ANSWER),
	    word_opinion(reply_text(r, at, "answer")), word_opinion(answer(&o->form)), true);
	conflict_add(&o->conflict, WORDS + 1, form_label(&o->form, WORDS), reply_text(r, at, "words"),
	    form_value(&o->form, WORDS), true);
	conflict_add(&o->conflict, BASIS + 1, form_label(&o->form, BASIS), reply_text(r, at, "basis"),
	    form_value(&o->form, BASIS), true);
	o->no = (int16_t)reply_int(r, at, "no");
	if (o->conflict.n == 0)
		return;
	snprintf(o->conflict.title, sizeof o->conflict.title, _("%.80s has signed already: %.60s."),
	    word_actor(reply_text(r, at, "actor")), word_opinion(reply_text(r, at, "answer")));
	o->choosing = true;
	fx_push(fx, &screen_conflict, &arg);
}

static void chosen(struct opinion *o, const struct screen_arg *arg, struct effects *fx)
{
	bool kept = false;
	o->choosing = false;
	for (int i = 0; arg != NULL && i < o->form.n; i++) {
		const struct conflict_row *row = conflict_find(&o->conflict, i + 1);
		if (row != NULL && !row->keep && i != ANSWER)
			form_set(&o->form, i, row->theirs);
		for (const struct form_choice *c = word_opinions;
		     row != NULL && !row->keep && c->value != NULL; c++)
			if (i == ANSWER && strcmp(_(c->label), row->theirs) == 0)
				form_set(&o->form, i, c->value);
		kept |= row != NULL && row->keep;
	}
	conflict_done(&o->conflict);
	if (arg != NULL && !kept) {
		o->done = true; /* what is signed stays */
		fx_drop(fx);
		fx_pop(fx, NULL);
		fx_say(fx, FACE_PLAIN, "%s", _("The opinion that was signed stays."));
		return;
	}
	fx_say(fx, FACE_PLAIN, "%s", _("F10 signs this in place of the latest, which is kept."));
}

static void written(struct opinion *o, const struct reply *r, struct effects *fx)
{
	struct screen_arg arg = {.kind = "answered", .id = o->case_id};
	const char *code = reply_code(r);
	if (reply_ok(r)) {
		o->done = true;
		fx_pop(fx, &arg);
		fx_say(fx, FACE_GOOD, _("%s: %s."), is_opinion(o) ? word_opinion(answer(&o->form)) : title(o),
		    reply_text(r, 0, "number"));
		return;
	}
	(void)sheet_blame(&o->form, r);
	if (strcmp(code, "review.answered") == 0 || strcmp(code, "opinion.changed") == 0) {
		struct bytes_out out = fx_payload();
		put_review(o, &out);
		fx_send(fx, "review.show", TAG_SHOW, SEND_WAIT, &out);
	}
	fx_refuse_reply(fx, r);
}

/* Who else does something to this case meanwhile. */
static void events(const struct opinion *o, const struct reply *r, struct effects *fx)
{
	for (size_t i = 0; i < r->nrows && !o->done; i++)
		if (reply_int(r, i, "case_id") == o->case_id && !reply_null(r, i, "actor"))
			fx_say(fx, FACE_WARN, _("%.60s changed this case just now: %.60s."),
			    word_actor(reply_text(r, i, "actor")), word_event(reply_text(r, i, "event")));
}

static void opinion_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct opinion *o = s->state;
	if (m->kind == MESSAGE_RESULT && o->choosing)
		chosen(o, m->arg, fx);
	else if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	else if (m->kind == MESSAGE_EVENTS)
		events(o, m->reply, fx);
	else if (m->kind == MESSAGE_REPLY && m->tag == TAG_WRITE)
		written(o, m->reply, fx);
	else if (m->kind == MESSAGE_REPLY)
		beside(o, m->reply, fx);
}

static void opinion_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct opinion *o = s->state;
	about->id = about->case_id = o->case_id;
	snprintf(about->title, sizeof about->title, "%.60s · %.*s", title(o), (int)strcspn(o->about, "\n"),
	    o->about);
	keep_text(out, o->kind);
	bytes_put_u32(out, (uint32_t)o->seq);
	bytes_put_u32(out, (uint32_t)o->no);
	keep_text(out, o->about);
	keep_form(out, &o->form);
	conflict_save(&o->conflict, out);
}

static void opinion_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct opinion *o = s->state;
	(void)about;
	(void)fx;
	kept_text(in, o->kind, sizeof o->kind, false);
	o->seq = (int16_t)bytes_get_u32(in);
	o->no = (int16_t)bytes_get_u32(in);
	kept_text(in, o->about, sizeof o->about, true);
	if (!begin(o)) {
		in->bad = true;
		return;
	}
	kept_form(in, &o->form);
	conflict_restore(&o->conflict, in);
}

const struct screen_ops screen_opinion = {
    .name = "opinion",
    .title = N_("Opinion"),
    .on = ON_DIALOG | ON_FORM | ON_OPINION,
    .size = sizeof(struct opinion),
    .dialog = true,
    .open = opinion_open,
    .close = opinion_close,
    .draw = opinion_draw,
    .request = opinion_request,
    .message = opinion_message,
    .dirty = opinion_dirty,
    .watch = opinion_watch,
    .save = opinion_save,
    .restore = opinion_restore,
};
