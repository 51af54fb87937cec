/*
 * The applicant on file, and the agent of last time: recalled by the number, filled
 * in for the clerk, never renamed silently; the cases already open. Knows the form,
 * not the materials.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/intake.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/ident.h"
#include "common/op.h"
#include "common/text.h"

bool intake_recall(struct intake *in, struct effects *fx)
{
	char clean[64];
	const char *kind = form_value(&in->form, INTAKE_ID_KIND);
	ident_clean(form_value(&in->form, INTAKE_ID_NO), clean, sizeof clean);
	if (clean[0] == '\0' || ident_check(kind, clean, strlen(clean)) != NULL ||
	    strcmp(clean, in->asked) == 0)
		return false;
	snprintf(in->asked, sizeof in->asked, "%s", clean);
	in->asking = true;
	struct bytes_out out = fx_payload();
	op_put_text(&out, kind);
	op_put_text(&out, clean);
	fx_send(fx, "applicant.find", INTAKE_APPLICANT, SEND_WAIT, &out);
	return true;
}

void intake_ask_others(struct intake *in, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	op_put_text(&out, in->asked);
	op_put_null(&out);
	op_put_int4(&out, 50);
	fx_send(fx, "case.find", INTAKE_OTHERS, 0, &out);
}

static void say(struct intake *in, bool all, struct effects *fx)
{
	if (in->open_cases > 0)
		fx_say(fx, FACE_WARN, _("Known applicant with %lld open cases."), (long long)in->open_cases);
	else if (all)
		fx_say(fx, FACE_GOOD, "%s",
		    _("Known applicant: Enter keeps what was filled in, typing replaces it."));
	else
		fx_say(fx, FACE_GOOD, "%s", _("Known applicant: name, phone and address were filled in."));
}

void intake_give(struct form *f, int field, const char *value)
{
	form_give(f, field, value);
	(void)form_check_field(f, field);
}

void intake_give_agent(struct intake *in, const char *name, const char *phone, const char *kind,
    const char *no, const char *scope, bool dated, int32_t until)
{
	char date[16];
	struct form *f = &in->form;
	if (f->touched[INTAKE_AGENT_NAME] || *name == '\0')
		return;
	form_set(f, INTAKE_AGENT_ID_KIND, kind);
	intake_give(f, INTAKE_AGENT_NAME, name);
	intake_give(f, INTAKE_AGENT_PHONE, phone);
	intake_give(f, INTAKE_AGENT_ID_NO, no);
	intake_give(f, INTAKE_AGENT_SCOPE, scope);
	if (dated && until >= in->ticks.today)
		intake_give(f, INTAKE_AGENT_UNTIL, word_date(until, date, sizeof date));
}

/* An organisation's agent of last time is filled in. */
static void usual_agent(struct intake *in, const struct reply *r, struct effects *fx)
{
	if (in->form.touched[INTAKE_AGENT_NAME])
		return;
	intake_other_agent(in);
	form_give(&in->form, INTAKE_AGENT_NAME, "");
	if (r->nrows == 0 || reply_null(r, 0, "agent_name"))
		return;
	/* Somebody else may have come, and the authority is to be looked at: not kept unseen. */
	in->keep = false;
	if (reply_null(r, 0, "agent_id_no")) { /* of others' cases: masked (SEC-1) */
		fx_say(fx, FACE_WARN,
		    _("Last time its agent was %s, whom you have not met: ask who stands here."),
		    reply_text(r, 0, "agent_name"));
		return;
	}
	intake_give_agent(in, reply_text(r, 0, "agent_name"), reply_text(r, 0, "agent_phone"),
	    reply_text(r, 0, "agent_id_kind"), reply_text(r, 0, "agent_id_no"),
	    reply_text(r, 0, "agent_scope"), !reply_null(r, 0, "agent_until"),
	    (int32_t)reply_int(r, 0, "agent_until"));
	fx_say(fx, FACE_WARN,
	    _("The agent of last time was filled in: %s. Compare with who stands here; typing replaces it."),
	    reply_text(r, 0, "agent_name"));
}

void intake_other_agent(struct intake *in)
{
	static const int of_agent[] = {
	    INTAKE_AGENT_PHONE, INTAKE_AGENT_ID_NO, INTAKE_AGENT_SCOPE, INTAKE_AGENT_UNTIL};
	for (size_t i = 0; i < sizeof of_agent / sizeof *of_agent; i++)
		if (in->form.given[of_agent[i]]) {
			form_set(&in->form, of_agent[i], "");
			in->form.given[of_agent[i]] = in->form.good[of_agent[i]] = false;
		}
}

void intake_recalled(struct intake *in, const struct reply *r, struct effects *fx)
{
	static const struct {
		int field;
		const char *column;
	} from[] = {{INTAKE_NAME, "name"}, {INTAKE_PHONE, "phone"}, {INTAKE_ADDRESS, "address"}};
	bool was_known = in->known, all = true;
	in->asking = false;
	in->known = r->nrows > 0;
	in->renamed = false;
	in->open_cases = in->known ? reply_int(r, 0, "open_cases") : 0;
	reply_free(in->others);
	in->others = NULL;
	/* What was another applicant's goes, too. */
	for (size_t i = 0; i < sizeof from / sizeof *from && (in->known || was_known); i++) {
		form_give(&in->form, from[i].field, in->known ? reply_text(r, 0, from[i].column) : "");
		form_blame(&in->form, from[i].field, NULL);
		in->form.good[from[i].field] = false;
		if (in->known && from[i].field != INTAKE_ADDRESS)
			all = form_check_field(&in->form, from[i].field) && all;
	}
	if (!in->in_ticks && (in->form.focus == INTAKE_ID_NO || in->form.focus == INTAKE_NAME))
		form_go(&in->form, INTAKE_NAME);
	in->keep = in->known && all && in->form.given[INTAKE_NAME];
	if (!in->known) {
		usual_agent(in, r, fx);
		return;
	}
	snprintf(in->known_name, sizeof in->known_name, "%s", reply_text(r, 0, "name"));
	if (in->open_cases > 0)
		intake_ask_others(in, fx);
	say(in, in->keep, fx);
	usual_agent(in, r, fx);
}

bool intake_ask_phone(struct intake *in, struct effects *fx)
{
	struct screen_arg arg = {.kind = "phone"};
	const char *phone = form_value(&in->form, INTAKE_PHONE);
	if (in->form.line[INTAKE_ID_NO].len > 0 || *phone == '\0' || word_phone_fault(phone, true) != NULL ||
	    strcmp(phone, in->asked_phone) == 0)
		return false;
	snprintf(in->asked_phone, sizeof in->asked_phone, "%s", phone);
	snprintf(arg.text, sizeof arg.text, "%s", phone);
	fx_push(fx, &screen_known, &arg);
	return true;
}

void intake_known(struct intake *in, const struct screen_arg *arg, struct effects *fx)
{
	char kind[24];
	size_t len = strcspn(arg->text, " ");
	snprintf(kind, sizeof kind, "%.*s", (int)len, arg->text);
	form_set(&in->form, INTAKE_ID_KIND, kind);
	form_set(&in->form, INTAKE_ID_NO, arg->text[len] == '\0' ? "" : arg->text + len + 1);
	(void)form_check_field(&in->form, INTAKE_ID_NO);
	form_go(&in->form, INTAKE_NAME);
	(void)intake_recall(in, fx);
}

static bool open_state(const char *state)
{
	static const char *const open[] = {"received", "correcting", "accepted", "suspended", "forwarded"};
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		if (strcmp(open[i], state) == 0)
			return true;
	return false;
}

const char *intake_twin(const struct intake *in)
{
	size_t len = strlen(in->asked);
	const char *tail = in->asked + (len > 4 ? len - 4 : 0);
	for (size_t i = 0; in->others != NULL && i < in->others->nrows; i++)
		if (strcmp(reply_text(in->others, i, "item"), in->item) == 0 &&
		    strcmp(reply_text(in->others, i, "id_tail"), tail) == 0 &&
		    open_state(reply_text(in->others, i, "state")))
			return reply_text(in->others, i, "number");
	return NULL;
}

void intake_others(struct intake *in, const struct reply *r, struct effects *fx)
{
	if (!reply_ok(r))
		return;
	reply_free(in->others);
	in->others = reply_keep(r);
	/* The heading says it, too; what was said of the agent is to be read. */
	if (intake_twin(in) != NULL && in->case_id == 0 && !in->form.given[INTAKE_AGENT_NAME])
		fx_say(fx, FACE_WARN, _("This applicant's %s about the same item is still open."),
		    intake_twin(in));
}

void intake_guess(struct intake *in, int kind, int no, struct effects *fx)
{
	char clean[64];
	ident_clean(form_value(&in->form, no), clean, sizeof clean);
	const char *now = form_value(&in->form, kind), *guess = ident_guess(clean, strlen(clean));
	if (in->form.touched[kind] || guess == NULL || strcmp(guess, now) == 0 ||
	    ident_check(now, clean, strlen(clean)) == NULL)
		return;
	form_set(&in->form, kind, guess);
	(void)form_check_field(&in->form, no);
	fx_say(fx, FACE_WARN, _("By its number the document is: %s. It was changed to that."),
	    word_id_kind(guess));
}

bool intake_rename(struct intake *in, int64_t choice, struct effects *fx)
{
	struct screen_arg arg = {.number = choice};
	const char *name = form_value(&in->form, INTAKE_NAME);
	if (!in->known || in->renamed || in->case_id != 0 || strcmp(name, in->known_name) == 0)
		return false;
	snprintf(arg.text, sizeof arg.text, _("This number is on file with the name %s. Change it to %s?"),
	    in->known_name, name);
	/* Keys typed ahead must not answer it. */
	fx_refuse(fx, "%s", _("The name differs from the one on file."));
	fx_push(fx, &screen_confirm, &arg);
	return true;
}
