/* From a code and its arguments to the sentence people read. See refusal.h; the words are in refusal_words.c. */
#include "client/refusal.h"

#include <libintl.h>
#include <stdio.h>
#include <string.h>

#include "client/refusal_words.h"
#include "client/reply.h"
#include "common/text.h"

#define _(msgid) gettext(msgid)
#define N_(msgid) msgid

static const struct refusal_sentence *find(const char *code)
{
	for (const struct refusal_sentence *s = refusal_sentences; s->code != NULL; s++)
		if (strcmp(s->code, code) == 0)
			return s;
	return NULL;
}

const char *refusal_code(size_t n)
{
	return refusal_sentences[n].code;
}

int refusal_known(const char *code)
{
	return find(code) != NULL;
}

static const char *field_name(const char *field)
{
	for (const struct refusal_field *f = refusal_fields; f->field != NULL; f++)
		if (strcmp(f->field, field) == 0)
			return f->name;
	return NULL;
}

int refusal_field_known(const char *field)
{
	return field_name(field) != NULL;
}

/* A field of a form as people call it, translated: "id_no" → "identity number". */
static const char *called(const char *field)
{
	const char *name = field_name(field);

	return name != NULL ? _(name) : field;
}

/* Adds text to buf, whole or cut at a character. */
static void append(char *buf, size_t size, size_t *n, const char *text, size_t len)
{
	size_t room = size - 1 - *n;

	if (len > room)
		len = text_cut(text, len, room);
	memcpy(buf + *n, text, len);
	*n += len;
}

/* Puts %1$s … %3$s into a sentence; any other % stands for itself. */
static void expand(const char *text, const char *const args[3], char *buf, size_t size)
{
	size_t n = 0;

	while (*text != '\0') {
		size_t plain = strcspn(text, "%");

		append(buf, size, &n, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		if (text[1] >= '1' && text[1] <= '3' && text[2] == '$' && text[3] == 's') {
			const char *arg = args[text[1] - '1'];

			append(buf, size, &n, arg, strlen(arg));
			text += 4;
		} else {
			append(buf, size, &n, text++, 1);
		}
	}
	buf[n] = '\0';
}

static const struct {
	const char *code, *name;
} states[] = {{"received", N_("received")}, {"correcting", N_("correcting")}, {"accepted", N_("in progress")},
    {"suspended", N_("suspended")}, {"forwarded", N_("sent up")}, {"decided", N_("decided")},
    {"closed", N_("closed")}, {"declined", N_("declined")}, {"withdrawn", N_("withdrawn")},
    {"lapsed", N_("lapsed")}};

const char *refusal_state_at(size_t n)
{
	return n < sizeof(states) / sizeof(*states) ? _(states[n].name) : NULL;
}

const char *refusal_state(const char *code)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (strcmp(states[i].code, code) == 0)
			return _(states[i].name);
	return code;
}

char *refusal_say(
    const char *code, const char *arg1, const char *arg2, const char *arg3, char *buf, size_t size)
{
	const struct refusal_sentence *s = find(code);
	const char *args[3] = {arg1 != NULL ? arg1 : "", arg2 != NULL ? arg2 : "", arg3 != NULL ? arg3 : ""};
	const char *text = s != NULL ? _(s->text) : _("The hall refused it, with the code %1$s.");

	if (s == NULL)
		args[0] = code;
	else if (s->field)
		args[0] = *args[0] != '\0' ? called(args[0]) : _("value");
	else if (strcmp(code, "case.state") == 0)
		args[0] = refusal_state(args[0]);
	else if (strcmp(code, "post.not_holder") == 0 && *args[1] == '\0')
		args[1] = _("nobody");
	expand(text, args, buf, size);
	return buf;
}

char *refusal_reply(const struct reply *r, char *buf, size_t size)
{
	return refusal_say(reply_code(r), reply_arg(r, 1), reply_arg(r, 2), reply_arg(r, 3), buf, size);
}
