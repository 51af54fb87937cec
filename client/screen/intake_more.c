/*
 * An intake beside the ordinary: further parties, the other items of the same
 * visit, papers received by hand, an organisation's usual agent. Knows the
 * form, not the materials.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/intake.h"
#include "client/screen/words.h"
#include "client/ui/date.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

void intake_more_open(struct intake *in, const struct screen_arg *arg, struct effects *fx)
{
	parties_init(&in->parties);
	in->visit = 1;
	in->hand = arg->hand;
	if (in->hand)
		in->form.focus = INTAKE_HAND_NO;
	in->with_case = arg->other;
	if (in->with_case == 0)
		return;
	fx_send_id(fx, "case.parties", INTAKE_BEFORE, SEND_WAIT, in->with_case);
	fx_send_id(fx, "case.visit", INTAKE_VISIT, SEND_WAIT, in->with_case);
}

/* Of the paper, where there is one: minors and authorities are judged by it. */
int32_t intake_day(const struct intake *in)
{
	int64_t at;
	if (in->hand && date_moment(form_value(&in->form, INTAKE_HAND_AT), in->now, &at) == NULL)
		return word_day(at);
	return in->ticks.today;
}

const char *intake_check_hand(const struct form *f, int field, bool done)
{
	const struct intake *in = f->owner;
	const char *typed = form_value(f, field);
	int64_t at;
	return field == INTAKE_HAND_AT && done && *typed != '\0' ? date_moment(typed, in->now, &at) : NULL;
}

static void show(struct intake *in, const char *role, const char *said)
{
	parties_show(&in->parties, form_value(&in->form, INTAKE_ID_KIND), form_value(&in->form, INTAKE_ID_NO),
	    form_value(&in->form, INTAKE_NAME), role, intake_day(in), said);
}

static bool lacks_guardian(const struct intake *in)
{
	return parties_lacks_guardian(&in->parties, form_value(&in->form, INTAKE_ID_KIND),
	    form_value(&in->form, INTAKE_ID_NO), intake_day(in));
}

static void show_guardian(struct intake *in)
{
	char said[FORM_SENTENCE];
	screen_sentence("party.no_guardian", form_value(&in->form, INTAKE_NAME), said, sizeof said);
	show(in, "guardian", said);
	in->guardian = true;
}

void intake_to_ticks(struct intake *in, struct effects *fx)
{
	in->in_ticks = true;
	if (in->guardian || in->case_id != 0 || !lacks_guardian(in))
		return;
	show_guardian(in);
	fx_say(fx, FACE_WARN, "%s", in->parties.said);
}

bool intake_more_complete(struct intake *in, struct effects *fx)
{
	if (!intake_joint_complete(in, fx))
		return false;
	if (in->case_id != 0)
		return true;
	if (parties_typing(&in->parties)) {
		show(in, NULL, NULL);
		fx_refuse_code(fx, "party.pending", NULL);
		return false;
	}
	if (lacks_guardian(in)) {
		show_guardian(in);
		fx_refuse(fx, "%s", in->parties.said);
		return false;
	}
	return true;
}

/* The paper's fields come and go; what was typed there stays. */
static void by_hand(struct intake *in, struct effects *fx)
{
	if (in->case_id != 0) {
		fx_refuse_code(fx, "field.frozen", NULL);
		return;
	}
	in->hand = !in->hand;
	in->in_ticks = false;
	form_go(&in->form, in->hand ? INTAKE_HAND_NO : INTAKE_ID_NO);
	fx_say(fx, FACE_PLAIN, "%s",
	    in->hand ? _("Keyed in from a paper: every term runs from its time.")
		     : _("Received here and now, not from a paper."));
}

static void close_parties(struct intake *in, struct effects *fx)
{
	if (!parties_add(&in->parties)) {
		fx_refuse(fx, "%s", in->parties.said);
		return;
	}
	parties_close(&in->parties);
	if (lacks_guardian(in))
		fx_warn_code(fx, "party.no_guardian", form_value(&in->form, INTAKE_NAME));
}

static void ask_party(struct intake *in, struct effects *fx)
{
	const char *kind, *no;
	if (!parties_wants(&in->parties, &kind, &no))
		return;
	struct bytes_out out = fx_payload();
	op_put_text(&out, kind);
	op_put_text(&out, no);
	fx_send(fx, "applicant.find", INTAKE_PARTY, SEND_WAIT, &out);
}

static bool parties_request(struct intake *in, enum request r, const struct key *k, struct effects *fx)
{
	struct parties *p = &in->parties;
	switch (r) {
	case REQ_BACK:
		/* What is half typed is still there when it opens again. */
		parties_close(p);
		return true;
	case REQ_COMMIT:
		close_parties(in, fx);
		return true;
	case REQ_MATERIALS:
		parties_turn(p);
		return true;
	case REQ_CORRECT:
	case REQ_NOTE:
	case REQ_PARTIES:
	case REQ_PRINT:
	case REQ_DECLINE:
	case REQ_BY_HAND:
	case REQ_STAGE:
		fx_refuse(fx, "%s", _("Close the parties first: F10 or Esc."));
		return true;
	case REQ_KEY:
		break;
	default:
		return false;
	}
	switch (parties_key(p, k)) {
	case PARTIES_REFUSED:
		fx_refuse(fx, "%s", p->said);
		break;
	case PARTIES_ADDED:
		fx_say(fx, FACE_PLAIN,
		    ngettext("%d party beside the first applicant; F10 goes on.",
			"%d parties beside the first applicant; F10 goes on.", (unsigned long)p->n),
		    p->n);
		break;
	case PARTIES_UNUSED:
		return false;
	default:
		break;
	}
	ask_party(in, fx);
	return true;
}

bool intake_more_request(struct intake *in, enum request r, const struct key *k, struct effects *fx)
{
	if (in->parties.open)
		return parties_request(in, r, k, fx);
	if (intake_joint_request(in, r, fx))
		return true;
	if (r == REQ_BY_HAND) {
		by_hand(in, fx);
		return true;
	}
	if (r != REQ_PARTIES)
		return false;
	if (in->case_id != 0)
		fx_refuse_code(fx, "field.frozen", NULL);
	else
		show(in, lacks_guardian(in) ? "guardian" : NULL, NULL);
	return true;
}

void intake_more_put(const struct intake *in, struct bytes_out *out)
{
	const struct form *f = &in->form;
	int64_t at;
	parties_put(&in->parties, out);
	op_put_text(out, in->hand ? form_value(f, INTAKE_HAND_NO) : NULL);
	if (in->hand && date_moment(form_value(f, INTAKE_HAND_AT), in->now, &at) == NULL)
		op_put_moment(out, at);
	else
		op_put_null(out);
	op_put_text(out, in->hand ? form_value(f, INTAKE_HAND_REASON) : NULL);
	op_put_id(out, in->with_case);
	intake_joint_put(in, out);
}

/* The parties of the case before, all of them: the same people stand at the window. */
static void before(struct intake *in, const struct reply *r, struct effects *fx)
{
	struct form *f = &in->form;
	for (size_t i = 0; i < r->nrows; i++) {
		const char *role = reply_text(r, i, "role");
		if (reply_int(r, i, "seq") == 1) {
			form_set(f, INTAKE_ID_KIND, reply_text(r, i, "id_kind"));
			intake_give(f, INTAKE_ID_NO, reply_text(r, i, "id_no"));
			intake_give(f, INTAKE_NAME, reply_text(r, i, "name"));
			intake_give(f, INTAKE_PHONE, reply_text(r, i, "phone"));
			intake_give(f, INTAKE_ADDRESS, reply_text(r, i, "address"));
		} else if (strcmp(role, "agent") == 0) {
			intake_give_agent(in, reply_text(r, i, "name"), reply_text(r, i, "phone"),
			    reply_text(r, i, "id_kind"), reply_text(r, i, "id_no"), reply_text(r, i, "scope"),
			    !reply_null(r, i, "until"), (int32_t)reply_int(r, i, "until"));
		} else {
			const char *value[PARTY_FIELDS] = {[PARTY_ROLE] = role,
			    [PARTY_ID_KIND] = reply_text(r, i, "id_kind"),
			    [PARTY_ID_NO] = reply_text(r, i, "id_no"),
			    [PARTY_NAME] = reply_text(r, i, "name"),
			    [PARTY_PHONE] = reply_text(r, i, "phone"),
			    [PARTY_ADDRESS] = reply_text(r, i, "address")};
			parties_take(&in->parties, value);
		}
	}
	/* Its own recall would only ask the hall the same again. */
	snprintf(in->asked, sizeof in->asked, "%s", form_value(f, INTAKE_ID_NO));
	in->known = true;
	snprintf(in->known_name, sizeof in->known_name, "%s", form_value(f, INTAKE_NAME));
	intake_ask_others(in, fx);
	form_go(f, INTAKE_NAME);
	in->keep = true;
}

void intake_more_replied(struct intake *in, const struct message *m, struct effects *fx)
{
	if (!reply_ok(m->reply)) {
		if (m->tag == INTAKE_PARTY)
			fx_warn_reply(fx, m->reply);
		else
			fx_refuse_reply(fx, m->reply);
		return;
	}
	if (m->tag == INTAKE_PARTY)
		parties_recalled(&in->parties, m->reply);
	else if (m->tag == INTAKE_VISIT)
		in->visit = (int)m->reply->nrows + 1;
	else
		before(in, m->reply, fx);
}

/* While the part of the parties is open, F10 closes it and most others wait. */
const char *intake_label(const struct screen *s, enum request r)
{
	const struct intake *in = s->state;
	const struct parties *p = &in->parties;
	bool joint = intake_joint(in);
	if (!p->open && joint && (r == REQ_CORRECT || r == REQ_DECLINE))
		return "";
	if (!p->open && r == REQ_COMMIT)
		return joint ? _("To check") : in->immediate ? _("Finish") : NULL;
	if (!p->open)
		return NULL;
	if (r == REQ_COMMIT)
		return _("OK");
	if (r == REQ_MATERIALS)
		return p->n > 0 ? _("List") : "";
	return r == REQ_CORRECT || r == REQ_NOTE || r == REQ_PARTIES || r == REQ_DECLINE ? "" : NULL;
}
