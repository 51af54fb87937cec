/* Words and rows of reviews: see reviewing.h. */
#include "client/screen/reviewing.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/light.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/op.h"

const struct form_choice word_opinions[] = {{"agree", N_("agree")}, {"conditional", N_("agree, conditions")},
    {"disagree", N_("disagree")}, {"refer", N_("refer up")}, {NULL, NULL}};

const char *word_opinion(const char *answer)
{
	return strcmp(answer, "deemed") == 0 ? _("deemed agreed") : form_choice_said(word_opinions, answer);
}

const char *word_checked(const char *checked)
{
	static const struct form_choice words[] = {{"complete", N_("complete")},
	    {"missing", N_("something missing")}, {"silent", N_("no answer: complete")}, {NULL, NULL}};
	return form_choice_said(words, checked);
}

const char *word_waits(const char *waits)
{
	static const struct form_choice words[] = {{"check", N_("papers check")},
	    {"review", N_("opinion due")}, {"consent", N_("consent due")}, {NULL, NULL}};
	return form_choice_said(words, waits);
}

const char *word_opinion_how(const char *how)
{
	static const struct form_choice words[] = {{"review", N_("opinion")}, {"meeting", N_("at a meeting")},
	    {"deem", N_("by silence")}, {"consent", N_("written consent")},
	    {"object", N_("objection, of no effect")}, {NULL, NULL}};
	return form_choice_said(words, how);
}

void reviewing_ask(struct effects *fx, int tag, unsigned flags, const char *scope, int64_t case_id, int limit)
{
	struct bytes_out out = fx_payload();
	op_put_text(&out, scope);
	op_put_id(&out, case_id);
	op_put_null(&out);
	if (limit != 0)
		op_put_int4(&out, limit);
	else
		op_put_null(&out);
	fx_send(fx, "review.list", tag, flags, &out);
}

int64_t reviewing_ends(const struct reply *r, size_t i)
{
	const char *waits = reply_text(r, i, "waits");
	if (strcmp(waits, "check") == 0)
		return reply_int(r, i, "check_until");
	if (strcmp(waits, "consent") == 0)
		return reply_int(r, i, "consent_until");
	return strcmp(waits, "review") == 0 ? reply_int(r, i, "due_at") : 0;
}

char *reviewing_left(const struct reply *r, size_t i, char *buf, size_t size)
{
	buf[0] = '\0';
	if (!reply_null(r, i, "days_left"))
		light_left(reply_text(r, i, "light"), reply_int(r, i, "days_left"), buf, size);
	else if (strcmp(reply_text(r, i, "waits"), "review") == 0)
		snprintf(buf, size, "%s", _("stopped"));
	return buf;
}

bool reviewing_falls(const struct reply *r, size_t i)
{
	const char *light = reply_text(r, i, "light");
	return !reply_null(r, i, "deems_at") && *light != '\0' && strcmp(light, "green") != 0;
}

char *reviewing_silence(const struct reply *r, size_t i, int64_t now, char *buf, size_t size)
{
	char when[32], left[48];
	int64_t at = reply_int(r, i, "deems_at");
	buf[0] = '\0';
	if (reply_null(r, i, "deems_at"))
		return buf;
	word_moment(at, when, sizeof when);
	light_until(at - now, left, sizeof left);
	if (reviewing_falls(r, i))
		snprintf(buf, size, _("Unanswered by %s it is deemed agreed: %s left"), when, left);
	else
		snprintf(buf, size, _("Unanswered by %s it is deemed agreed"), when);
	return buf;
}

char *reviewing_countdown(const struct reply *r, size_t i, int64_t now, char *buf, size_t size)
{
	char left[48];
	int64_t at = reply_int(r, i, "deems_at");
	buf[0] = '\0';
	if (reply_null(r, i, "deems_at"))
		return buf;
	if (reviewing_falls(r, i)) {
		light_until(at - now, left, sizeof left);
		snprintf(buf, size, _(" · silence in %s"), left);
	} else {
		word_moment(at, left, sizeof left);
		snprintf(buf, size, _(" · silence %.5s"), left + 5);
	}
	return buf;
}

char *reviewing_project(const struct reply *r, size_t i, char *buf, size_t size)
{
	const char *code = reply_text(r, i, "project_code");
	buf[0] = '\0';
	if (!reply_null(r, i, "project"))
		snprintf(buf, size, "%s%s%s · %lld %s", reply_text(r, i, "project"),
		    *code == '\0' ? "" : " · ", code, (long long)reply_int(r, i, "stage_no"),
		    reply_text(r, i, "stage"));
	return buf;
}

char *reviewing_said(const struct reply *r, size_t i, char *buf, size_t size)
{
	char left[64];
	const char *answer = reply_text(r, i, "answer"), *waits = reply_text(r, i, "waits");
	const char *wanted = reply_bool(r, i, "wanted") ? _(", wants a correction") : "";
	reviewing_left(r, i, left, sizeof left);
	if (*waits != '\0')
		snprintf(buf, size, "%s%s%s%s%s%s", *answer != '\0' ? word_opinion(answer) : "",
		    *answer != '\0' ? " · " : "", word_waits(waits), *left != '\0' ? " " : "", left, wanted);
	else if (*answer != '\0')
		snprintf(buf, size, "%s", word_opinion(answer));
	else
		snprintf(buf, size, "%s%s", word_checked(reply_text(r, i, "checked")), wanted);
	return buf;
}

enum face reviewing_face(const struct reply *r, size_t i)
{
	const char *answer = reply_text(r, i, "answer");
	if (!reply_null(r, i, "waits"))
		return light_face(reply_text(r, i, "light"));
	if (strcmp(answer, "disagree") == 0 || strcmp(reply_text(r, i, "checked"), "missing") == 0)
		return FACE_ERROR;
	return strcmp(answer, "agree") == 0    ? FACE_GOOD
	       : strcmp(answer, "deemed") == 0 ? FACE_WARN
					       : FACE_PLAIN;
}
