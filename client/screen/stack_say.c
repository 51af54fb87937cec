/* What the status line and the key bar say of the top screen. */
#include "client/screen/stack_say.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

/* Who types on is looking at the visitor: for so long what was done stays to be read. */
enum { RESULT_MS = 3000 };

void stack_say(struct stack *s, enum face face, const char *sentence)
{
	snprintf(s->said, sizeof s->said, "%s", sentence);
	s->said_face = face;
	/* The first good word after a write is what it did; later ones are hints. */
	if (face == FACE_GOOD && s->word == WORD_SAVED && s->result[0] == '\0') {
		memcpy(s->result, s->said, sizeof s->result);
		s->result_at = s->host->now(s->ctx);
	}
	/* Beside what went wrong, 已保存 would be read as being about that. */
	if (face == FACE_ERROR)
		stack_over(s);
}

void stack_over(struct stack *s)
{
	s->result[0] = '\0';
	if (s->word == WORD_SAVED)
		s->word = WORD_NONE;
}

bool stack_fade(struct stack *s)
{
	bool stands = s->result[0] != '\0' || s->word == WORD_SAVED;
	if (!stands || stack_waits(s) || s->host->now(s->ctx) < s->result_at + RESULT_MS)
		return false;
	stack_over(s);
	return true;
}

static bool write_open(const struct stack *s)
{
	for (int i = 0; i < STACK_OPEN; i++)
		if (s->open[i].request != 0 && s->open[i].write)
			return true;
	return false;
}

void stack_typed(struct stack *s)
{
	(void)stack_fade(s);
	s->said[0] = '\0';
	/* 未保存 is about the last write; under what is typed next it would be a lie. */
	if (s->word != WORD_SAVED && !write_open(s))
		s->word = WORD_NONE;
}

void stack_word_passes(struct stack *s, uint32_t closed)
{
	if (s->word == WORD_SAVED && s->word_of == closed && stack_top(s) != NULL)
		s->word_of = stack_top(s)->id;
}

void stack_say_confirming(struct stack *s, const struct reply *r)
{
	const char *code = reply_code(r);
	if (s->said_face != FACE_ERROR || s->said[0] == '\0' || !write_open(s) ||
	    (strcmp(code, "link.lost") != 0 && strcmp(code, "link.timeout") != 0))
		return;
	stack_say(s, FACE_WARN,
	    _("No answer yet: what was sent is asked for again by itself until it is certain."));
}

void stack_word(struct stack *s, uint32_t request, enum stack_word word)
{
	for (int i = 0; i < STACK_OPEN; i++)
		if (request != 0 && s->open[i].request == request && s->open[i].write) {
			s->word = word;
			s->word_of = s->open[i].screen;
			if (word == WORD_SAVED)
				s->result_at = s->host->now(s->ctx);
		}
}

const char *stack_word_said(const struct stack *s)
{
	const struct screen *top = stack_top(s);
	if (top == NULL || top->id != s->word_of || s->word == WORD_NONE)
		return s->progress;
	return s->word == WORD_CONFIRMING ? _("being confirmed")
	       : s->word == WORD_SAVED    ? _("saved")
	       : s->word == WORD_UNSAVED  ? _("not saved")
					  : "";
}

/* 3 黄 1 红: the words say what the colours would. */
static void lights_said(const struct desk *d, char *buf, size_t size)
{
	char red[48] = "";
	buf[0] = '\0';
	if (d->red > 0)
		snprintf(red, sizeof red, _("%d red"), d->red);
	if (d->yellow > 0)
		snprintf(buf, size, _("%d yellow"), d->yellow);
	size_t n = strlen(buf);
	snprintf(buf + n, size - n, "%s%s", n > 0 && *red != '\0' ? " " : "", red);
}

static void visits_said(const struct desk *d, char *buf, size_t size)
{
	buf[0] = '\0';
	if (d->visits_asked > 0)
		snprintf(buf, size,
		    ngettext("%d visitor to take over", "%d visitors to take over",
			(unsigned long)d->visits_asked),
		    d->visits_asked);
	else if (d->visits_late > 0)
		snprintf(buf, size,
		    ngettext(
			"%d first contact late", "%d first contacts late", (unsigned long)d->visits_late),
		    d->visits_late);
}

/* One more count behind the others, when there is something to count. */
static void add_said(char *buf, size_t size, const char *part)
{
	size_t len = strlen(buf);
	if (*part != '\0')
		snprintf(buf + len, size - len, "%s%s", len > 0 ? "  " : "", part);
}

/* What of posts and absences waits for one's own word. */
static void waiting_said(const struct desk *d, char *buf, size_t size)
{
	char part[64];
	snprintf(part, sizeof part, _("%d to decide"), d->leaves_asked);
	add_said(buf, size, d->leaves_asked > 0 ? part : "");
	snprintf(part, sizeof part, _("%d handover to confirm"), d->handovers_asked);
	add_said(buf, size, d->handovers_asked > 0 ? part : "");
	snprintf(part, sizeof part, _("watching %d"), d->watches);
	add_said(buf, size, d->watches > 0 ? part : "");
}

void stack_right_said(const struct stack *s, char *buf, size_t size)
{
	const char *word = stack_word_said(s);
	const struct screen *top = stack_top(s);
	char lights[96], visits[128], papers[96] = "";
	snprintf(buf, size, "%s", word);
	/* On a locked screen stands nothing of what others do. */
	if (*word != '\0' || top == NULL || (top->ops->on & (ON_LOCK | ON_LOGIN)) != 0)
		return;
	lights_said(&s->desk, lights, sizeof lights);
	visits_said(&s->desk, visits, sizeof visits);
	if (s->desk.to_print > 0)
		snprintf(papers, sizeof papers,
		    ngettext("%d paper to print", "%d papers to print", (unsigned long)s->desk.to_print),
		    s->desk.to_print);
	snprintf(buf, size, "%s%s%s%s%s", lights, *lights != '\0' && *papers != '\0' ? "  " : "", papers,
	    (*lights != '\0' || *papers != '\0') && *visits != '\0' ? "  " : "", visits);
	waiting_said(&s->desk, buf, size);
}

/* The write the top screen waits for; NULL: none. */
const struct stack_open *stack_write_awaited(const struct stack *s)
{
	const struct screen *top = stack_top(s);
	for (int i = 0; top != NULL && i < STACK_OPEN; i++) {
		const struct stack_open *o = &s->open[i];
		if (o->request != 0 && o->screen == top->id && o->write)
			return o;
	}
	return NULL;
}

static bool offer_shown(const struct stack *s)
{
	const struct screen *top = stack_top(s);
	return (s->desk.offer[0] != '\0' || s->desk.back[0] != '\0') && top != NULL &&
	       (top->ops->on & (ON_LOCK | ON_LOGIN)) == 0;
}

/* Under a lock or a login it is somebody else's. */
static bool result_shown(const struct stack *s)
{
	const struct screen *top = stack_top(s);
	return s->result[0] != '\0' && top != NULL && (top->ops->on & (ON_LOCK | ON_LOGIN)) == 0;
}

const char *stack_said(const struct stack *s, enum face *face, char *buf, size_t size)
{
	const struct stack_open *o = s->stop_asked > 0 ? stack_write_awaited(s) : NULL;
	*face = o != NULL ? FACE_WARN : s->said_face;
	if (o == NULL && s->said[0] == '\0' && result_shown(s)) {
		*face = FACE_GOOD;
		return s->result;
	}
	/* An offer stands where nothing else was said, and comes back with the next key (POST-4). */
	if (o == NULL && s->said[0] == '\0' && offer_shown(s)) {
		*face = FACE_WARN;
		return s->desk.offer[0] != '\0' ? s->desk.offer : s->desk.back;
	}
	if (o == NULL)
		return s->said;
	snprintf(buf, size,
	    s->stop_asked == 1
		? _("Still being confirmed: %s. What was typed stays. Esc again gives up.")
		: _("Given up: %s. Whether it was done all the same is asked as soon as the hall answers."),
	    word_op(o->op->name));
	return buf;
}

void stack_heard(struct stack *s, const struct reply *r)
{
	if (reply_ok(r))
		s->no_database = false;
	else if (strcmp(reply_code(r), "server.unavailable") == 0)
		s->no_database = true;
}

int stack_bar(const struct stack *s, struct bar_key *keys, int max)
{
	const struct screen *top = stack_top(s);
	const struct command *c;
	int n = 0;
	for (size_t i = 0; top != NULL && (c = command_at(i)) != NULL && n < max; i++) {
		if ((c->bar & top->ops->on) == 0)
			continue;
		const char *label = top->ops->label == NULL ? NULL : top->ops->label(top, c->request);
		if (label != NULL && *label == '\0')
			continue;
		key_label(c->key, c->letter, keys[n].key, sizeof keys[n].key);
		keys[n++].label = label != NULL ? label : _(c->label);
	}
	return n;
}

void stack_say_cancelled(struct stack *s, const struct op *op)
{
	char buf[512];
	snprintf(buf, sizeof buf, _("Given up: %s. Nothing was saved; what was typed is still here."),
	    word_op(op->name));
	stack_say(s, FACE_ERROR, buf);
}
