/* Rows of deem.list in words: see silence.h. */
#include "client/screen/silence.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/light.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/op.h"

void silence_ask(struct effects *fx, int tag, unsigned flags, const char *scope, int64_t case_id)
{
	struct bytes_out out = fx_payload();
	op_put_text(&out, scope);
	op_put_id(&out, case_id);
	op_put_null(&out);
	op_put_int4(&out, 200);
	fx_send(fx, "deem.list", tag, flags, &out);
}

bool silence_near(const struct reply *r, size_t i)
{
	const char *light = reply_text(r, i, "light");
	return reply_bool(r, i, "granted") ||
	       (!reply_null(r, i, "why") && *light != '\0' && strcmp(light, "green") != 0);
}

int silence_count(const struct reply *r)
{
	int n = 0;
	for (size_t i = 0; i < r->nrows; i++)
		n += silence_near(r, i);
	return n;
}

char *silence_said(const struct reply *r, size_t i, int64_t now, char *buf, size_t size)
{
	char when[32], left[48];
	int64_t at = reply_int(r, i, "at");
	buf[0] = '\0';
	if (reply_null(r, i, "why"))
		return buf;
	word_moment(at, when, sizeof when);
	light_until(at - now, left, sizeof left);
	if (reply_bool(r, i, "granted"))
		snprintf(buf, size, _("Granted by silence at %s, against %s"), when,
		    reply_null(r, i, "actor") ? _("an empty post") : reply_text(r, i, "actor"));
	else if (silence_near(r, i))
		snprintf(buf, size, _("Undecided by %s silence grants it: %s left"), when, left);
	else
		snprintf(buf, size, _("Undecided by %s silence grants it"), when);
	return buf;
}

char *silence_follows(const struct reply *r, size_t i, char *buf, size_t size)
{
	char when[32];
	buf[0] = '\0';
	if (!reply_bool(r, i, "granted"))
		return buf;
	if (reply_null(r, i, "consented_at"))
		snprintf(buf, size, _("due by %s"),
		    word_moment(reply_int(r, i, "consent_until"), when, sizeof when));
	else
		snprintf(buf, size, "%s · %s", reply_text(r, i, "document_no"),
		    word_moment(reply_int(r, i, "consented_at"), when, sizeof when));
	return buf;
}

char *silence_licence(const struct reply *r, size_t i, char *buf, size_t size)
{
	char day[16];
	buf[0] = '\0';
	if (reply_null(r, i, "licence_no"))
		return buf;
	snprintf(buf, size, _("%s · until %s · %s"), reply_text(r, i, "licence_no"),
	    word_date((int32_t)reply_int(r, i, "expires"), day, sizeof day),
	    reply_bool(r, i, "in_time") ? _("asked for in time")
					: _("not asked for in time: silence does not count"));
	return buf;
}
