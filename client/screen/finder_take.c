/*
 * What is typed into the item finder and is no item: the applicant's identity
 * number, a telephone, a case's number; and whose visit it is.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/finder.h"
#include "client/ui/lang.h"
#include "common/ident.h"
#include "common/op.h"
#include "common/text.h"

void finder_begin(struct finder *f, const struct screen_arg *arg)
{
	f->with_case = arg->other;
	f->hand = arg->hand;
	if (f->with_case != 0)
		snprintf(f->applicant, sizeof f->applicant, "%.*s",
		    (int)text_cut(arg->text, strlen(arg->text), sizeof f->applicant - 1), arg->text);
}

static void ask_applicant(struct finder *f, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	op_put_text(&out, f->id_kind);
	op_put_text(&out, f->id_no);
	fx_send(fx, "applicant.find", FINDER_APPLICANT, 0, &out);
}

/* What was typed is an identity number that can be of one kind only: it is kept. */
bool finder_take_ident(struct finder *f, struct effects *fx)
{
	char clean[64];
	ident_clean(f->line.text, clean, sizeof clean);
	const char *kind = ident_guess(clean, strlen(clean));
	if (kind == NULL)
		return false;
	snprintf(f->id_kind, sizeof f->id_kind, "%s", kind);
	snprintf(f->id_no, sizeof f->id_no, "%s", clean);
	f->applicant[0] = '\0';
	f->with_case = 0;
	editor_clear(&f->line);
	ask_applicant(f, fx);
	return true;
}

/* A number that is no item's code: a wrong identity number is said to be one, a mobile
 * telephone shows who is known by it, a case's number opens its case. True when it was one. */
bool finder_take_number(struct finder *f, struct effects *fx)
{
	struct screen_arg arg = {.number = 1};
	char clean[128];
	ident_clean(f->line.text, clean, sizeof clean);
	size_t len = strlen(clean), digits = 0, signs = 0;
	for (size_t i = 0; i < len; i++) {
		digits += clean[i] >= '0' && clean[i] <= '9';
		signs += clean[i] == '-';
	}
	if (digits >= 19 && digits + signs == len) {
		snprintf(arg.text, sizeof arg.text, "%s", clean);
		fx_replace(fx, &screen_search, &arg);
		return true;
	}
	if (len == 11 && digits == len && clean[0] == '1') {
		snprintf(arg.text, sizeof arg.text, "%s", clean);
		fx_push(fx, &screen_known, &arg);
		return true;
	}
	bool card = ident_like_card(clean, len);
	bool body = len == 18 && digits >= 8 && ident_check_typing("org", clean, 17) == NULL;
	if (!card && !body && !(len >= 15 && digits + (clean[len - 1] == 'X') == len))
		return false;
	const char *code = ident_check(body && !card ? "org" : "resident", clean, len);
	/* The next scan takes its place. */
	f->line.selected = true;
	fx_refuse_code(fx, code == NULL || strcmp(code, "ident.chars") == 0 ? "ident.check" : code, "id_no");
	return true;
}

void finder_recalled(struct finder *f, const struct reply *r)
{
	if (!reply_ok(r) || r->nrows == 0)
		snprintf(f->applicant, sizeof f->applicant, "%s", _("not seen before"));
	else if (reply_int(r, 0, "open_cases") > 0)
		snprintf(f->applicant, sizeof f->applicant,
		    ngettext("%s, %lld open case", "%s, %lld open cases",
			(unsigned long)reply_int(r, 0, "open_cases")),
		    reply_text(r, 0, "name"), (long long)reply_int(r, 0, "open_cases"));
	else
		snprintf(f->applicant, sizeof f->applicant, "%s", reply_text(r, 0, "name"));
}

bool finder_known(struct finder *f, const struct screen_arg *arg, struct effects *fx)
{
	size_t len = strcspn(arg->text, " ");
	if (arg->text[len] == '\0')
		return false;
	snprintf(f->id_kind, sizeof f->id_kind, "%.*s", (int)len, arg->text);
	snprintf(f->id_no, sizeof f->id_no, "%.60s", arg->text + len + 1);
	f->applicant[0] = '\0';
	f->with_case = 0;
	editor_clear(&f->line);
	ask_applicant(f, fx);
	return true;
}
