/* Whether something can be done to a case now, asked of the hall before a form is filled in: see act.h. */
#include <stdio.h>
#include <string.h>

#include "client/refusal.h"
#include "client/reply.h"
#include "client/screen/act.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/op.h"

void act_ask(struct effects *fx, int tag, int64_t case_id, const char *action)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, case_id);
	op_put_text(&out, action);
	fx_send(fx, "case.acts", tag, SEND_WAIT, &out);
}

/* What it waits for, beside why this is not it. */
static void refuse_state(const char *state, const char *next, struct effects *fx)
{
	const char *label = act_label(next);
	if (label == NULL)
		fx_refuse_code(fx, "case.state", state);
	else
		fx_refuse(
		    fx, _("The case is %s now; what it waits for: %s (F10)."), word_state(state), label);
}

enum act_bar act_barred(
    const struct reply *r, int64_t case_id, const char *number, const char *next, struct effects *fx)
{
	struct screen_arg arg = {.id = case_id};
	char said[512];
	if (!reply_ok(r)) {
		fx_refuse_reply(fx, r);
		return ACT_BARRED;
	}
	if (r->nrows == 0 || reply_null(r, 0, "code"))
		return ACT_FREE;
	const char *code = reply_text(r, 0, "code"), *kind = reply_text(r, 0, "except_kind");
	if (strcmp(reply_text(r, 0, "except_state"), "asked") == 0) {
		fx_refuse(fx, _("The exception (%s) was asked already: its answer comes here by itself."),
		    word_exception(kind));
		return ACT_BARRED;
	}
	if (strcmp(code, "case.state") == 0)
		refuse_state(reply_text(r, 0, "arg1"), next, fx);
	else
		fx_refuse(fx, "%s",
		    refusal_say(
			code, reply_text(r, 0, "arg1"), reply_text(r, 0, "arg2"), NULL, said, sizeof said));
	if (*kind == '\0')
		return ACT_BARRED;
	snprintf(arg.kind, sizeof arg.kind, "%s", kind);
	snprintf(arg.text, sizeof arg.text, "%s", number);
	fx_push(fx, &screen_ask, &arg);
	return ACT_EXCEPT;
}
