/* The intake form's fields: their table, their judging, their encoding. */
#include "client/screen/intake.h"

#include <stdio.h>
#include <string.h>

#include "client/refusal.h"
#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/date.h"
#include "client/ui/lang.h"
#include "common/ident.h"
#include "common/op.h"
#include "common/text.h"

/* clang-format off */
const struct form_field intake_fields[] = {
    [INTAKE_HAND_NO] = {.name = "paper_no", .label = N_("Paper"), .hint = N_("number on it"), .max = 40, .row = 7, .weight = 2, .required = true},
    [INTAKE_HAND_AT] = {.name = "paper_at", .label = N_("at"), .hint = N_("1030, 1120 1030"), .max = 24, .row = 7, .weight = 2, .required = true},
    [INTAKE_HAND_REASON] = {.name = "paper_reason", .label = N_("why"), .hint = N_("no power, no line"), .max = 200, .row = 7, .weight = 2, .required = true},
    [INTAKE_ID_KIND] = {.name = "id_kind", .label = N_("Document"), .kind = FORM_CHOICE, .choices = word_id_kinds, .row = 0, .weight = 2},
    [INTAKE_ID_NO] = {.name = "id_no", .label = N_("No."), .max = 32, .row = 0, .weight = 3, .required = true, .personal = true},
    [INTAKE_NAME] = {.name = "name", .label = N_("Name"), .max = 120, .row = 1, .weight = 3, .required = true, .personal = true},
    [INTAKE_PHONE] = {.name = "phone", .label = N_("Phone"), .max = 20, .row = 1, .weight = 2, .required = true, .personal = true},
    [INTAKE_ADDRESS] = {.name = "address", .label = N_("Address"), .max = 200, .row = 2, .personal = true},
    [INTAKE_MATTER] = {.name = "matter", .label = N_("Asks for"), .max = 200, .row = 3},
    [INTAKE_AGENT_NAME] = {.name = "agent_name", .label = N_("Agent"), .max = 60, .row = 4, .weight = 3, .personal = true},
    [INTAKE_AGENT_PHONE] = {.name = "agent_phone", .label = N_("Phone"), .max = 20, .row = 4, .weight = 2, .required = true, .personal = true},
    [INTAKE_AGENT_ID_KIND] = {.name = "agent_id_kind", .label = N_("Document"), .kind = FORM_CHOICE, .choices = word_id_kinds, .row = 5, .weight = 2},
    [INTAKE_AGENT_ID_NO] = {.name = "agent_id_no", .label = N_("No."), .max = 32, .row = 5, .weight = 3, .required = true, .personal = true},
    [INTAKE_AGENT_SCOPE] = {.name = "agent_scope", .label = N_("Authority"), .hint = N_("what the agent may do"), .max = 120, .row = 6, .weight = 3},
    [INTAKE_AGENT_UNTIL] = {.name = "agent_until", .label = N_("until"), .hint = N_("last day: 20270301 or +30"), .max = 24, .row = 6, .weight = 2},
};
/* clang-format on */

static bool absent(const struct form *f, int field)
{
	return field <= INTAKE_HAND_REASON && !((const struct intake *)f->owner)->hand;
}

/* The agent's other fields mean something only when there is an agent. */
static bool used(const struct form *f, int field)
{
	return field <= INTAKE_AGENT_NAME || f->line[INTAKE_AGENT_NAME].len > 0;
}

static const char *check_date(const struct form *f, int field)
{
	const struct intake *in = f->owner;
	const char *typed = form_value(f, field);
	int32_t days;
	return *typed == '\0' ? NULL : date_parse(typed, in->ticks.today, &days);
}

static const char *check(const struct form *f, int field, bool done)
{
	switch (field) {
	case INTAKE_ID_NO:
		return word_ident_fault(form_value(f, INTAKE_ID_KIND), form_value(f, field), done);
	case INTAKE_AGENT_ID_NO:
		return word_ident_fault(form_value(f, INTAKE_AGENT_ID_KIND), form_value(f, field), done);
	case INTAKE_NAME:
	case INTAKE_AGENT_NAME:
		return word_name_fault(form_value(f, field), done);
	case INTAKE_PHONE:
	case INTAKE_AGENT_PHONE:
		return word_phone_fault(form_value(f, field), done);
	case INTAKE_HAND_NO:
	case INTAKE_HAND_AT:
	case INTAKE_HAND_REASON:
		return intake_check_hand(f, field, done);
	case INTAKE_AGENT_UNTIL:
		return done ? check_date(f, field) : NULL;
	default:
		return NULL;
	}
}

static void explain(const struct form *f, int field, const char *code, char *buf, size_t size)
{
	char said[FORM_SENTENCE];
	screen_sentence(code, f->fields[field].name, said, sizeof said);
	/* Two fields share a row: the sentence names its own. */
	if (strncmp(code, "field.", 6) == 0)
		snprintf(buf, size, _("%s: %.200s"), form_label(f, field), said);
	else
		snprintf(buf, size, "%s", said);
}

static const char *label(const struct form *f, int field)
{
	bool org = strcmp(form_value(f, INTAKE_ID_KIND), "org") == 0;
	return field == INTAKE_NAME && org ? N_("Organisation") : NULL;
}

const struct form_ops intake_form_ops = {
    .check = check, .used = used, .absent = absent, .label = label, .explain = explain};

void intake_tidy(struct intake *in)
{
	struct form *f = &in->form;
	int32_t days;
	char date[16];
	if (f->frozen || date_parse(form_value(f, INTAKE_AGENT_UNTIL), in->ticks.today, &days) != NULL)
		return;
	word_date(days, date, sizeof date);
	if (strcmp(date, form_value(f, INTAKE_AGENT_UNTIL)) != 0)
		form_set(f, INTAKE_AGENT_UNTIL, date);
}

static void put_text(struct bytes_out *out, const struct form *f, int field)
{
	const char *v = form_value(f, field);
	op_put_text(out, used(f, field) && *v != '\0' ? v : NULL);
}

static void put_ident(struct bytes_out *out, const struct form *f, int field)
{
	char clean[64];
	ident_clean(form_value(f, field), clean, sizeof clean);
	op_put_text(out, used(f, field) && clean[0] != '\0' ? clean : NULL);
}

struct bytes_out intake_payload(const struct intake *in)
{
	struct bytes_out out = fx_payload();
	int32_t until;
	const struct form *f = &in->form;
	op_put_int8(&out, in->item_id);
	put_text(&out, f, INTAKE_ID_KIND);
	put_ident(&out, f, INTAKE_ID_NO);
	put_text(&out, f, INTAKE_NAME);
	put_text(&out, f, INTAKE_PHONE);
	put_text(&out, f, INTAKE_ADDRESS);
	put_text(&out, f, INTAKE_AGENT_NAME);
	put_text(&out, f, INTAKE_AGENT_ID_KIND);
	put_ident(&out, f, INTAKE_AGENT_ID_NO);
	put_text(&out, f, INTAKE_AGENT_PHONE);
	put_text(&out, f, INTAKE_AGENT_SCOPE);
	if (used(f, INTAKE_AGENT_UNTIL) &&
	    date_parse(form_value(f, INTAKE_AGENT_UNTIL), in->ticks.today, &until) == NULL)
		op_put_date(&out, until);
	else
		op_put_null(&out);
	put_text(&out, f, INTAKE_MATTER);
	if (in->declining)
		ticks_put_open(&in->ticks, &out);
	else
		ticks_put(&in->ticks, &out);
	intake_more_put(in, &out);
	return out;
}

/* The field a refusal is about: the one it names, or the one its rule looks at. */
static int blamed(const struct intake *in, const struct reply *r)
{
	static const struct {
		const char *code;
		int field;
	} rules[] = {{"hand.twice", INTAKE_HAND_NO}, {"hand.month_closed", INTAKE_HAND_AT},
	    {"agent.expired", INTAKE_AGENT_UNTIL}};
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (strcmp(rules[i].code, reply_code(r)) == 0)
			return rules[i].field;
	return form_index(&in->form, reply_arg(r, 1));
}

bool intake_blame(struct intake *in, const struct reply *r)
{
	char buf[FORM_SENTENCE];
	int field = blamed(in, r);
	if (field < 0 || !form_present(&in->form, field))
		return false;
	form_blame_text(&in->form, field, refusal_reply(r, buf, sizeof buf));
	form_go(&in->form, field);
	in->in_ticks = false;
	return true;
}
