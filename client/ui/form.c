/* The form's fields, keys and judging: see form.h. Drawing is in form_draw.c. */
#include "client/ui/form.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "client/ui/initials.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/recall.h"
#include "client/ui/undo.h"
#include "common/text.h"

void form_init(
    struct form *f, const struct form_field *fields, int n, const struct form_ops *ops, const void *owner)
{
	memset(f, 0, sizeof *f);
	f->fields = fields;
	f->n = n;
	f->ops = ops;
	f->owner = owner;
	for (int i = 0; i < n; i++)
		editor_init(&f->line[i], fields[i].max, fields[i].kind == FORM_SECRET);
}

void form_wipe(struct form *f)
{
	for (int i = 0; i < f->n; i++)
		editor_clear(&f->line[i]);
}

bool form_present(const struct form *f, int field)
{
	return f->ops->absent == NULL || !f->ops->absent(f, field);
}

static bool used(const struct form *f, int field)
{
	return form_present(f, field) && (f->ops->used == NULL || f->ops->used(f, field));
}

/* The first used field at or after from (step 1) or before (step −1); −1. */
static int form_next(const struct form *f, int from, int step)
{
	for (int i = from; i >= 0 && i < f->n; i += step)
		if (used(f, i))
			return i;
	return -1;
}

int form_index(const struct form *f, const char *name)
{
	for (int i = 0; i < f->n; i++)
		if (strcmp(f->fields[i].name, name) == 0)
			return i;
	return -1;
}

const char *form_value(const struct form *f, int field)
{
	if (f->fields[field].kind == FORM_CHOICE)
		return f->fields[field].choices[f->choice[field]].value;
	return f->line[field].text;
}

void form_set(struct form *f, int field, const char *value)
{
	if (f->fields[field].kind != FORM_CHOICE) {
		editor_set(&f->line[field], value);
		return;
	}
	const struct form_choice *c = f->fields[field].choices;
	for (int i = 0; c[i].value != NULL; i++)
		if (strcmp(c[i].value, value) == 0)
			f->choice[field] = i;
}

void form_give(struct form *f, int field, const char *value)
{
	if (f->touched[field])
		return;
	form_set(f, field, value);
	f->given[field] = *value != '\0';
}

void form_go(struct form *f, int field)
{
	if (f->focus >= 0)
		f->line[f->focus].selected = false;
	f->digit = f->sought[0] = '\0';
	f->focus = field;
	f->line[field].selected = f->given[field] && !f->frozen && f->line[field].len > 0;
}

const char *form_label(const struct form *f, int field)
{
	const char *label = f->ops->label == NULL ? NULL : f->ops->label(f, field);
	return _(label == NULL ? f->fields[field].label : label);
}

const char *form_choice_said(const struct form_choice *choices, const char *value)
{
	for (; choices->value != NULL; choices++)
		if (strcmp(choices->value, value) == 0)
			return _(choices->label);
	return value;
}

void form_blame_text(struct form *f, int field, const char *sentence)
{
	snprintf(f->error[field], FORM_SENTENCE, "%s", sentence == NULL ? "" : sentence);
	/* A mark beside what was refused would take its side. */
	f->good[field] = f->good[field] && f->error[field][0] == '\0';
}

void form_blame(struct form *f, int field, const char *code)
{
	if (code == NULL)
		f->error[field][0] = '\0';
	else
		f->ops->explain(f, field, code, f->error[field], FORM_SENTENCE);
	f->good[field] = f->good[field] && code == NULL;
}

static const char *judge(const struct form *f, int field, bool done)
{
	if (!used(f, field))
		return NULL;
	const char *v = form_value(f, field);
	if (done && f->fields[field].required && text_blank(v, strlen(v)))
		return "field.required";
	return f->ops->check == NULL ? NULL : f->ops->check(f, field, done);
}

bool form_check_field(struct form *f, int field)
{
	const char *code = judge(f, field, true);
	form_blame(f, field, code);
	f->good[field] = f->ops->check != NULL && code == NULL && form_value(f, field)[0] != '\0';
	return code == NULL;
}

bool form_check(struct form *f)
{
	int bad = -1;
	for (int i = f->n - 1; i >= 0; i--)
		if (!form_check_field(f, i))
			bad = i;
	if (bad >= 0)
		form_go(f, bad);
	return bad < 0;
}

/* What a changed value means for its mark and its sentence. */
static enum form_result changed(struct form *f)
{
	int i = f->focus;
	const char *code = judge(f, i, false);
	f->touched[i] = true;
	f->given[i] = false;
	form_blame(f, i, code);
	f->good[i] =
	    f->ops->check != NULL && code == NULL && form_value(f, i)[0] != '\0' && judge(f, i, true) == NULL;
	return FORM_CHANGED;
}

static enum form_result refused(struct form *f, const char *code)
{
	char buf[FORM_SENTENCE];
	form_blame(f, f->focus, code);
	if (strcmp(code, "text.long") == 0) {
		snprintf(buf, sizeof buf, _("%s: at most %d characters."), form_label(f, f->focus),
		    f->fields[f->focus].max);
		form_blame_text(f, f->focus, buf);
	}
	return FORM_REFUSED;
}

static enum form_result choose(struct form *f, int step)
{
	const struct form_choice *c = f->fields[f->focus].choices;
	int n = 0;
	while (c[n].value != NULL)
		n++;
	assert(n > 0);
	f->choice[f->focus] = (f->choice[f->focus] + n + step) % n;
	return changed(f);
}

/* The line beside a choice, which is what a number typed on the choice is meant for; −1. */
static int line_beside(const struct form *f)
{
	int next = f->focus + 1;
	bool beside = next < f->n && f->fields[next].kind == FORM_LINE &&
		      f->fields[next].row == f->fields[f->focus].row && !f->fields[next].apart &&
		      used(f, next);
	return beside ? next : -1;
}

/* A digit chooses; two in a row are the beginning of the number beside. */
static bool choose_by_digit(struct form *f, const struct key *k)
{
	const struct form_choice *c = f->fields[f->focus].choices;
	int n = 0, nth = k->text[0] - '1';
	while (c[n].value != NULL)
		n++;
	if (k->code != K_TEXT || k->len != 1 || f->digit != '\0' || nth < 0 || nth >= n)
		return false;
	f->digit = line_beside(f) < 0 ? '\0' : k->text[0];
	f->chosen_from = f->choice[f->focus];
	f->choice[f->focus] = nth;
	return true;
}

static bool begins(const char *text, const char *typed)
{
	return strncasecmp(text, typed, strlen(typed)) == 0;
}

/* The choice whose name, or its initials, begin so: from this one on, then from the first; −1. */
static int choice_named(const struct form_choice *c, int from, const char *typed)
{
	char initials[64];
	int n = 0;
	while (c[n].value != NULL)
		n++;
	for (int i = 0; i < n; i++) {
		const char *label = _(c[(from + i) % n].label);
		if (begins(label, typed) || begins(initials_of(label, initials, sizeof initials), typed))
			return (from + i) % n;
	}
	return -1;
}

/* Letters go on with those before them, or begin anew behind what stands there. */
static enum form_result choose_by_name(struct form *f, const struct key *k)
{
	const struct form_choice *c = f->fields[f->focus].choices;
	const char *typed = k->code == K_PASTE ? k->paste : k->text;
	size_t had = strlen(f->sought), len = k->len;
	int nth = -1;
	if (len > 0 && had + len < sizeof f->sought && memchr(typed, '\0', len) == NULL) {
		snprintf(f->sought + had, sizeof f->sought - had, "%.*s", (int)len, typed);
		nth = choice_named(c, f->choice[f->focus], f->sought);
		if (nth < 0 && had > 0) {
			snprintf(f->sought, sizeof f->sought, "%.*s", (int)len, typed);
			nth = choice_named(c, f->choice[f->focus] + 1, f->sought);
		}
	}
	if (nth < 0) {
		f->sought[0] = '\0';
		return refused(f, "field.choice");
	}
	f->choice[f->focus] = nth;
	return changed(f);
}

static enum form_result choice_key(struct form *f, const struct key *k)
{
	int next = line_beside(f);
	if (next < 0 && (k->code == K_PASTE || (k->code == K_TEXT && k->text[0] != ' ' &&
						   (k->text[0] < '0' || k->text[0] > '9'))))
		return choose_by_name(f, k);
	f->sought[0] = '\0';
	if (choose_by_digit(f, k))
		return changed(f);
	char digit = f->digit;
	f->digit = '\0';
	if (k->code == K_RIGHT || (k->code == K_TEXT && k->text[0] == ' '))
		return choose(f, 1);
	if (k->code == K_LEFT)
		return choose(f, -1);
	if (k->code != K_TEXT && k->code != K_PASTE)
		return FORM_UNUSED;
	/* The line beside it was meant: a number whose kind is right already. */
	if (next < 0)
		return refused(f, "field.choice");
	if (digit != '\0' && k->text[0] >= '0' && k->text[0] <= '9') {
		f->choice[f->focus] = f->chosen_from;
		(void)changed(f);
		form_go(f, next);
		(void)form_key(f, &(struct key){.code = K_TEXT, .text = {digit}, .len = 1});
	} else {
		form_go(f, next);
	}
	return form_key(f, k);
}

/* Leaves the field. A bad one may be left too: work must not be blocked, and F10 comes
 * back to it. */
static enum form_result leave(struct form *f, int step)
{
	form_check_field(f, f->focus);
	int next = form_next(f, f->focus + step, step);
	if (next < 0)
		return step > 0 ? FORM_END : FORM_MOVED;
	form_go(f, next);
	return FORM_LEFT;
}

static enum form_result repeat_last(struct form *f)
{
	const char *last = recall_get(f->fields[f->focus].name);
	if (f->fields[f->focus].personal)
		return refused(f, "field.personal");
	if (last == NULL || f->fields[f->focus].kind == FORM_SECRET)
		return refused(f, "field.no_last");
	form_set(f, f->focus, last);
	return changed(f);
}

enum form_result form_key(struct form *f, const struct key *k)
{
	const char *why = NULL;
	if (f->focus < 0)
		return FORM_UNUSED;
	undo_keep(f, sizeof *f);
	switch (k->code) {
	case K_ENTER:
	case K_TAB:
	case K_DOWN:
		return leave(f, 1);
	case K_BACKTAB:
	case K_UP:
		return leave(f, -1);
	default:
		break;
	}
	if (f->frozen)
		return k->code == K_TEXT || k->code == K_PASTE ? refused(f, "field.frozen") : FORM_UNUSED;
	if (k->code == K_CTRL && k->text[0] == 'r')
		return repeat_last(f);
	if (f->fields[f->focus].kind == FORM_CHOICE)
		return choice_key(f, k);
	switch (editor_key(&f->line[f->focus], k, &why)) {
	case EDITOR_CHANGED:
		return changed(f);
	case EDITOR_REFUSED:
		return refused(f, why);
	case EDITOR_MOVED:
		return FORM_MOVED;
	default:
		return FORM_UNUSED;
	}
}

void form_remember(const struct form *f)
{
	for (int i = 0; i < f->n; i++)
		if (f->fields[i].kind != FORM_SECRET && !f->fields[i].personal && used(f, i))
			recall_put(f->fields[i].name, form_value(f, i));
}

bool form_empty(const struct form *f)
{
	for (int i = 0; i < f->n; i++)
		if (f->fields[i].kind != FORM_CHOICE && f->line[i].len > 0)
			return false;
	return true;
}
