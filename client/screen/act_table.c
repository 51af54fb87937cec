/* The table of what may be done to a case after acceptance: see act.h. */
#include "client/screen/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/screen.h"
#include "client/screen/sheet.h"
#include "client/ui/date.h"
#include "client/ui/lang.h"
#include "common/ident.h"
#include "common/op.h"

/* In the order of their keys; the names are those of hall.special_procedure (CASE-6). */
static const struct form_choice procedures[] = {{"hearing", N_("hearing")}, {"tender", N_("tender")},
    {"auction", N_("auction")}, {"inspection", N_("inspection")}, {"testing", N_("testing")},
    {"quarantine", N_("quarantine")}, {"appraisal", N_("appraisal")}, {"expert_review", N_("expert review")},
    {NULL, NULL}};
static const struct form_choice ways[] = {{"window", N_("at the window")}, {"post", N_("by post")},
    {"agent", N_("received by another for them")}, {"public", N_("by public notice")},
    {"electronic", N_("electronically")}, {NULL, NULL}};
static const struct form_choice majors[] = {{"false", N_("no")}, {"true", N_("yes")}, {NULL, NULL}};

/* clang-format off */
#define REMARK(at) {.name = "remark", .label = N_("Remark"), .max = 400, .row = (at)}
#define REASON(at) {.name = "reason", .label = N_("Reason"), .max = 200, .row = (at), .required = true, .personal = true}
static const struct form_field advance[] = {
    {.name = "note", .label = N_("Opinion"), .hint = N_("of this step; may be empty"), .max = 400, .personal = true},
};
static const struct form_field send_back[] = {
    {.name = "step", .label = N_("To step"), .hint = N_("number of the step"), .max = 2, .row = 0, .required = true},
    REASON(1),
};
static const struct form_field suspend[] = {
    {.name = "procedure", .label = N_("Special"), .kind = FORM_CHOICE, .choices = procedures, .row = 0},
    REASON(1),
    {.name = "expected", .label = N_("Expected"), .hint = N_("working days"), .max = 3, .row = 2},
    {.name = "until", .label = N_("or until"), .hint = N_("last day: it goes on by itself"), .max = 24, .row = 2, .weight = 2},
    REMARK(3),
};
static const struct form_field resume[] = {
    {.name = "outcome", .label = N_("Outcome"), .hint = N_("what came of it; may be empty"), .max = 200, .personal = true},
};
static const struct form_field extend[] = {
    {.name = "days", .label = N_("Days"), .hint = N_("working days to add"), .max = 3, .row = 0, .required = true},
    REASON(1),
    REMARK(2),
};
static const struct form_field expedite[] = {
    {.name = "promised", .label = N_("Promise"), .hint = N_("the shorter one, in the item's unit"), .max = 4, .row = 0, .required = true},
    REASON(1),
};
static const struct form_field forward[] = {
    {.name = "authority", .label = N_("To whom"), .hint = N_("the higher authority"), .max = 120, .row = 0, .required = true},
    {.name = "document_no", .label = N_("Paper No."), .hint = N_("of what is sent up"), .max = 60, .row = 1},
    {.name = "reason", .label = N_("What for"), .max = 200, .row = 2, .personal = true},
};
static const struct form_field track[] = {
    {.name = "note", .label = N_("News"), .hint = N_("how it stands there"), .max = 200, .required = true, .personal = true},
};
static const struct form_field back[] = {
    {.name = "answer", .label = N_("Answer"), .hint = N_("of the higher authority"), .max = 400, .required = true, .personal = true},
};
static const struct form_field decide[] = {
    {.name = "document", .label = N_("Result"), .max = 120, .row = 0, .required = true},
    {.name = "document_no", .label = N_("Its No."), .max = 60, .row = 1},
    {.name = "valid_until", .label = N_("Valid until"), .hint = N_("empty: not limited"), .max = 24, .row = 2},
    REMARK(3),
};
static const struct form_field refuse[] = {
    {.name = "facts", .label = N_("Found"), .hint = N_("facts and reasons"), .max = 400, .row = 0, .required = true, .personal = true},
    {.name = "basis", .label = N_("Basis"), .hint = N_("law and article"), .max = 200, .row = 1, .required = true},
    {.name = "major", .label = N_("Major"), .kind = FORM_CHOICE, .choices = majors, .row = 2},
    REMARK(3),
};
static const struct form_field close[] = {
    REMARK(0),
};
static const struct form_field deliver[] = {
    {.name = "how", .label = N_("How"), .kind = FORM_CHOICE, .choices = ways, .row = 0},
    {.name = "received_by", .label = N_("Received by"), .max = 120, .row = 1, .weight = 3, .required = true, .personal = true},
    {.name = "received_on", .label = N_("on"), .hint = N_("day: 20261123"), .max = 24, .row = 1, .weight = 2},
    {.name = "papers", .label = N_("Also"), .hint = N_("what else was handed over"), .max = 200, .row = 2},
    REMARK(3),
};
static const struct form_field fee_ask[] = {
    {.name = "amount", .label = N_("Yuan"), .max = 16, .row = 0, .required = true},
    {.name = "note", .label = N_("Computed"), .hint = N_("how, where nothing is published"), .max = 200, .row = 1},
    REMARK(2),
};
static const struct form_field fee_reduce[] = {
    {.name = "by", .label = N_("Less yuan"), .max = 16, .row = 0, .required = true},
    REASON(1),
};
static const struct form_field fee_pay[] = {
    {.name = "receipt_no", .label = N_("Receipt No."), .hint = N_("of the bank window"), .max = 40, .row = 0, .weight = 3, .required = true},
    {.name = "paid_on", .label = N_("on"), .hint = N_("day: 20261123"), .max = 24, .row = 0, .weight = 2},
};
static const struct form_field fee_cancel[] = {
    REASON(0),
};
#define FIELDS(of) .fields = (of), .n = sizeof(of) / sizeof *(of)

static const struct act acts[] = {
    {.name = "advance", .request = REQ_ADVANCE, .title = N_("Next step"), .foot = N_("F10: on to the next step    Esc: back"), .op = "case.advance", FIELDS(advance)},
    {.name = "send_back", .request = REQ_SEND_BACK, .title = N_("Send back"), .foot = N_("F10: back to that step    Esc: back"), .op = "case.send_back", FIELDS(send_back)},
    {.name = "suspend", .request = REQ_SUSPEND, .title = N_("Stop the clocks"), .foot = N_("F10: stop the clocks, print the notice    Esc: back"), .op = "case.suspend", .paper = "special", FIELDS(suspend)},
    {.name = "resume", .request = REQ_RESUME, .title = N_("Run the clocks on"), .foot = N_("F10: the procedure is over, the clocks run on    Esc: back"), .op = "case.resume", FIELDS(resume)},
    {.name = "extend", .request = REQ_EXTEND, .title = N_("Extend"), .foot = N_("F10: extend, print the notice    Esc: back"), .op = "case.extend", .paper = "extend", .refused = "extend.beyond", .except = "extend_beyond", FIELDS(extend)},
    {.name = "expedite", .request = REQ_EXPEDITE, .title = N_("Expedite"), .foot = N_("F10: promise it sooner    Esc: back"), .op = "case.expedite", .refused = "post.not_holder", .except = "urgent", FIELDS(expedite)},
    {.name = "forward", .request = REQ_FORWARD, .title = N_("Send up"), .foot = N_("F10: send up; its time is not charged    Esc: back"), .op = "case.forward", FIELDS(forward)},
    {.name = "track", .request = REQ_TRACK, .title = N_("News from above"), .foot = N_("F10: keep it in the history    Esc: back"), .op = "case.track", FIELDS(track)},
    {.name = "return", .request = REQ_RETURN, .title = N_("Answer from above"), .foot = N_("F10: the answer is here, the clocks run on    Esc: back"), .op = "case.return", FIELDS(back)},
    {.name = "decide", .request = REQ_GRANT, .title = N_("Grant"), .foot = N_("F10: grant, print the decision    Esc: back"), .op = "case.decide", .paper = "grant", FIELDS(decide)},
    {.name = "refuse", .request = REQ_REFUSE, .title = N_("Refuse"), .foot = N_("F10: file it, print the decision    Esc: back"), .op = "case.refuse", .paper = "refuse", .refused = "refuse.major", .except = "major_refuse", FIELDS(refuse)},
    {.name = "close", .request = REQ_CLOSE, .title = N_("Close the case"), .foot = N_("F10: close, print the notice    Esc: back"), .op = "case.close", .paper = "finish", FIELDS(close)},
    {.name = "deliver", .request = REQ_DELIVER, .title = N_("Hand the result over"), .foot = N_("F10: print the receipt of delivery    Esc: back"), .op = "case.deliver", .paper = "deliver", FIELDS(deliver)},
    {.name = "fee_ask", .request = REQ_FEE_ASK, .title = N_("Ask the fee"), .foot = N_("F10: ask it, print the payment notice    Esc: back"), .op = "fee.ask", .paper = "fee", FIELDS(fee_ask)},
    {.name = "fee_reduce", .request = REQ_FEE_REDUCE, .title = N_("Reduce the fee"), .foot = N_("F10: reduce it, print a new payment notice    Esc: back"), .op = "fee.reduce", .paper = "fee", .refused = "fee.approval", .except = "fee_reduce", FIELDS(fee_reduce)},
    {.name = "fee_pay", .request = REQ_FEE_PAY, .title = N_("The fee is paid"), .foot = N_("F10: enter the receipt    Esc: back"), .op = "fee.pay", FIELDS(fee_pay)},
    {.name = "fee_cancel", .request = REQ_FEE_CANCEL, .title = N_("Cancel the fee"), .foot = N_("F10: it is asked no more, its notice is void    Esc: back"), .op = "fee.cancel", FIELDS(fee_cancel)},
};
/* clang-format on */

const struct act *act_at(int n)
{
	return n >= 0 && n < (int)(sizeof acts / sizeof *acts) ? &acts[n] : NULL;
}

const struct act *act_named(const char *name)
{
	for (int i = 0; act_at(i) != NULL; i++)
		if (strcmp(acts[i].name, name) == 0)
			return &acts[i];
	return NULL;
}

const struct act *act_of_request(enum request r)
{
	for (int i = 0; act_at(i) != NULL; i++)
		if (acts[i].request == r)
			return &acts[i];
	return NULL;
}

bool act_money(const char *typed, int64_t *fen)
{
	int64_t sum = 0;
	int digits = 0, after = -1;
	for (const char *s = typed; *s != '\0'; s++) {
		if (*s == '.' && after < 0 && digits > 0) {
			after = 0;
			continue;
		}
		if (*s < '0' || *s > '9' || after == 2 || digits == 14)
			return false;
		sum = sum * 10 + (*s - '0');
		digits++;
		after += after >= 0;
	}
	if (digits == 0)
		return false;
	*fen = sum * (after < 1 ? 100 : after == 1 ? 10 : 1);
	return true;
}

static bool number(const char *typed)
{
	return *typed != '\0' && strlen(typed) < 5 && strspn(typed, "0123456789") == strlen(typed);
}

/* A day something was done on may lie before today; any other is still to come. */
static int32_t earliest(const struct op_field *in, int32_t today)
{
	size_t len = strlen(in->name);
	return len > 3 && strcmp(in->name + len - 3, "_on") == 0 ? 0 : today;
}

const char *act_check(const struct op_field *in, const char *typed, int32_t today)
{
	char clean[64];
	int32_t day;
	int64_t fen;
	switch (in->type) {
	case OP_DATE:
		return date_parse(typed, earliest(in, today), &day);
	case OP_INT2:
	case OP_INT4:
		return number(ident_clean(typed, clean, sizeof clean)) ? NULL : "field.number";
	case OP_INT8:
		return act_money(ident_clean(typed, clean, sizeof clean), &fen) ? NULL : "field.money";
	default:
		return NULL;
	}
}

static void put(
    const struct form *f, int field, const struct op_field *in, int32_t today, struct bytes_out *out)
{
	const char *v = field < 0 ? NULL : sheet_text(f, field);
	char clean[64];
	int32_t day;
	int64_t fen;
	if (v != NULL && in->type == OP_TEXT) {
		op_put_text(out, v);
		return;
	}
	if (v == NULL || act_check(in, v, today) != NULL) {
		op_put_null(out);
		return;
	}
	ident_clean(v, clean, sizeof clean);
	if (in->type == OP_INT2)
		op_put_int2(out, (int16_t)strtol(clean, NULL, 10));
	else if (in->type == OP_INT4)
		op_put_int4(out, (int32_t)strtol(clean, NULL, 10));
	else if (in->type == OP_INT8 && act_money(clean, &fen))
		op_put_int8(out, fen);
	else if (in->type == OP_DATE && date_parse(v, earliest(in, today), &day) == NULL)
		op_put_date(out, day);
	else if (in->type == OP_BOOL)
		op_put_bool(out, strcmp(v, "true") == 0);
	else
		op_put_null(out);
}

void act_put(const struct form *f, const struct op_field *in, int32_t today, struct bytes_out *out)
{
	for (; in->name != NULL && in->type != OP_BYTES; in++)
		put(f, form_index(f, in->name), in, today, out);
}

bool act_next(const char *action, int64_t case_id, struct effects *fx)
{
	struct screen_arg arg = {.id = case_id};
	const struct act *a = act_named(action);
	if (a != NULL) {
		snprintf(arg.kind, sizeof arg.kind, "%s", a->name);
		fx_push(fx, &screen_act, &arg);
	} else if (strcmp(action, "accept") == 0 || strcmp(action, "answer") == 0) {
		fx_push(fx, &screen_handle, &arg);
	} else {
		return false;
	}
	return true;
}

const char *act_label(const char *action)
{
	const struct act *a = act_named(action);
	if (strcmp(action, "accept") == 0)
		return _("Go on");
	if (strcmp(action, "answer") == 0)
		return _("Brought");
	if (a == NULL)
		return NULL;
	for (size_t i = 0; command_at(i) != NULL; i++)
		if (command_at(i)->request == a->request)
			return _(command_at(i)->label);
	return NULL;
}
