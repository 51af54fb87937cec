/* One-line commands: see line.h. */
#include "client/screen/line.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "client/ui/lang.h"
#include "common/ident.h"
#include "common/text.h"

/* Bytes of a blank at s, also the wide one an input method types; 0: it is none. */
static size_t blank(const char *s)
{
	static const char wide[] = "\xe3\x80\x80"; /* U+3000 */
	if (*s == ' ')
		return 1;
	return strncmp(s, wide, sizeof wide - 1) == 0 ? sizeof wide - 1 : 0;
}

/* The next word into buf; what follows it. */
static const char *word(const char *s, char *buf, size_t size)
{
	size_t n = 0;
	while (blank(s) > 0)
		s += blank(s);
	while (s[n] != '\0' && blank(s + n) == 0)
		n++;
	snprintf(buf, size, "%.*s", (int)n, s);
	return s + n;
}

static bool named(const struct command *c, const char *w)
{
	return (c->initials != NULL && strcasecmp(c->initials, w) == 0) ||
	       (c->also != NULL && strcasecmp(c->also, w) == 0) ||
	       (c->initials != NULL && strcmp(_(c->label), w) == 0);
}

/* One key may have two commands of a name: what follows tells which was meant. */
static const struct command *find(uint64_t on, const char *w, bool more)
{
	const struct command *c, *other = NULL;
	for (size_t i = 0; (c = command_at(i)) != NULL; i++) {
		if ((c->on & on) == 0 || !named(c, w))
			continue;
		if ((c->takes != TAKES_NOTHING) == more)
			return c;
		if (other == NULL)
			other = c;
	}
	return other;
}

/* A word of digits behind the item is the identity number, whole or not yet. */
static bool like_id(const char *w)
{
	size_t n = strlen(w), digits = 0;
	if (ident_guess(w, n) != NULL)
		return true;
	while (digits < n && w[digits] >= '0' && w[digits] <= '9')
		digits++;
	return n >= 2 && (digits == n || (digits == 17 && n == 18 && w[17] == 'X'));
}

static void split_item(struct line *l)
{
	char w[LINE_BYTES], clean[LINE_BYTES], item[LINE_BYTES] = "";
	const char *s = l->rest;
	size_t used = 0;
	while (*(s = word(s, w, sizeof w)) != '\0' || w[0] != '\0') {
		ident_clean(w, clean, sizeof clean);
		if (l->id[0] == '\0' && (used > 0 || ident_guess(clean, strlen(clean)) != NULL) &&
		    like_id(clean))
			snprintf(l->id, sizeof l->id, "%s", clean);
		else
			used +=
			    (size_t)snprintf(item + used, sizeof item - used, "%s%s", used > 0 ? " " : "", w);
		if (*s == '\0')
			break;
	}
	memcpy(l->rest, item, sizeof item);
}

void line_parse(struct line *l, uint64_t on, const char *text)
{
	memset(l, 0, sizeof *l);
	const char *s = word(text, l->word, sizeof l->word);
	l->more = blank(s) > 0;
	while (blank(s) > 0)
		s += blank(s);
	size_t len = strlen(s);
	memcpy(l->rest, s, len < sizeof l->rest ? len : 0);
	while (l->rest[0] != '\0' && l->rest[strlen(l->rest) - 1] == ' ')
		l->rest[strlen(l->rest) - 1] = '\0';
	l->command = l->word[0] == '\0' ? NULL : find(on, l->word, l->rest[0] != '\0');
	if (l->command != NULL && l->command->takes == TAKES_ITEM)
		split_item(l);
}

char *line_usage(const struct command *c, char *buf, size_t size)
{
	static const char *const what[] = {
	    [TAKES_ITEM] = N_("item, ID number"), [TAKES_CASE] = N_("case"), [TAKES_TEXT] = N_("text")};
	const char *word = c->also != NULL ? c->also : c->initials;
	if (c->takes == TAKES_NOTHING || word == NULL)
		buf[0] = '\0';
	else
		snprintf(buf, size, "%s <%s>", word, _(what[c->takes]));
	return buf;
}

char *line_usages(uint64_t on, char *buf, size_t size)
{
	char usage[80];
	const struct command *c;
	size_t used = 0;
	buf[0] = '\0';
	for (size_t i = 0; (c = command_at(i)) != NULL; i++)
		if ((c->on & on) != 0 && *line_usage(c, usage, sizeof usage) != '\0' &&
		    used + strlen(usage) + 3 < size)
			used +=
			    (size_t)snprintf(buf + used, size - used, "%s%s", used > 0 ? ", " : "", usage);
	return buf;
}

static char *unknown(const struct line *l, uint64_t on, char *buf, size_t size)
{
	char all[256];
	snprintf(buf, size, _("There is no command %.*s here. There are: %s; the menu lists the others."),
	    (int)text_cut(l->word, strlen(l->word), 40), l->word, line_usages(on, all, sizeof all));
	return buf;
}

const char *line_refusal(const struct line *l, uint64_t on, char *buf, size_t size)
{
	if (l->command == NULL)
		return unknown(l, on, buf, size);
	if (l->command->takes == TAKES_NOTHING && l->rest[0] != '\0') {
		snprintf(buf, size, _("%s is done to what is on the screen: nothing follows it."),
		    _(l->command->label));
		return buf;
	}
	if (l->id[0] != '\0' && ident_guess(l->id, strlen(l->id)) == NULL) {
		const char *code = ident_check("resident", l->id, strlen(l->id));
		return screen_sentence(code == NULL ? "ident.check" : code, "id_no", buf, size);
	}
	return NULL;
}

void line_arg(const struct line *l, struct screen_arg *arg)
{
	memset(arg, 0, sizeof *arg);
	arg->number = 1;
	snprintf(arg->kind, sizeof arg->kind, "%s", l->command->request == REQ_NOTICES ? "notices" : "line");
	if (l->command->takes == TAKES_ITEM)
		snprintf(arg->text, sizeof arg->text, "%s\t%s", l->id, l->rest);
	else
		snprintf(arg->text, sizeof arg->text, "%s", l->rest);
}
