/* Materials and their ticks: see ticks.h. Drawing is in ticks_draw.c. */
#include "client/screen/ticks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/words.h"
#include "client/ui/date.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/undo.h"
#include "common/op.h"
#include "common/text.h"

/* In the order Space goes through them; digits 1 to 5 choose one at once. */
static const char *const states[] = {"present", "absent", "defective", "later", "unneeded"};
enum { STATES = 5 };

static bool is(const struct tick *k, const char *state)
{
	return strcmp(k->state, state) == 0;
}

void ticks_init(struct ticks *t, int32_t today)
{
	extern const struct list_ops ticks_list_ops;
	memset(t, 0, sizeof *t);
	t->today = today;
	t->tail = 30;
	list_init(&t->list, &ticks_list_ops, t);
	editor_init(&t->note, 200, false);
}

static void free_rows(struct ticks *t)
{
	undo_drop(t->rows, (size_t)t->n * sizeof *t->rows);
	free(t->rows);
}

void ticks_done(struct ticks *t)
{
	free_rows(t);
	free(t->kept);
	t->rows = t->kept = NULL;
	t->n = t->nkept = 0;
}

struct tick_mark ticks_mark(const struct tick *k)
{
	struct tick_mark m = {.later = k->later};
	memcpy(m.state, k->state, sizeof m.state);
	memcpy(m.note, k->note, sizeof m.note);
	return m;
}

void ticks_load(struct ticks *t, const struct reply *r)
{
	size_t n = r->nrows > TICKS_MAX ? TICKS_MAX : r->nrows;
	free_rows(t);
	t->rows = calloc(n > 0 ? n : 1, sizeof *t->rows);
	if (t->rows == NULL)
		abort();
	t->n = (int)n;
	for (size_t i = 0; i < n; i++) {
		struct tick *k = &t->rows[i];
		k->seq = (int16_t)reply_int(r, i, "seq");
		k->copies = (int16_t)reply_int(r, i, "copies");
		k->told = reply_bool(r, i, "told");
		k->later = (int32_t)reply_int(r, i, "later");
		const char *state = reply_text(r, i, "state");
		snprintf(k->state, sizeof k->state, "%s", strcmp(state, "open") == 0 ? "" : state);
		snprintf(k->form, sizeof k->form, "%s", reply_text(r, i, "form"));
		snprintf(k->required, sizeof k->required, "%s", reply_text(r, i, "required"));
		const char *name = reply_text(r, i, "name");
		size_t len = text_cut(name, strlen(name), sizeof k->name - 1);
		memcpy(k->name, name, len);
		/* An item's own note says what to mind; only a case's says what to do. */
		if (reply_column(r, "state") >= 0)
			snprintf(k->note, sizeof k->note, "%s", reply_text(r, i, "note"));
		k->was = ticks_mark(k);
	}
	t->editing = false;
	list_sync(&t->list);
}

void ticks_reopen_told(struct ticks *t)
{
	t->answering = true;
	for (int i = 0; i < t->n; i++)
		if (t->rows[i].told && strcmp(t->rows[i].state, "present") != 0)
			t->rows[i].state[0] = '\0';
}

void ticks_first_open(struct ticks *t)
{
	int first = t->n;
	for (int i = t->n - 1; i >= 0; i--)
		if (t->rows[i].state[0] == '\0' || is(&t->rows[i], "absent") || is(&t->rows[i], "defective"))
			first = i;
	list_reset(&t->list);
	if (first < t->n)
		list_select(&t->list, first);
}

bool ticks_told(const struct ticks *t)
{
	for (int i = 0; i < t->n; i++)
		if (t->rows[i].told)
			return true;
	return false;
}

static struct tick *at(const struct ticks *t)
{
	return t->list.at < 0 ? NULL : &t->rows[t->list.at];
}

static bool depending(const struct tick *k)
{
	return strcmp(k->required, "depending") == 0;
}

/* Why this row may not have this state; NULL: it may. Later and unneeded are for materials
 * the guide says may be so (CAT-5); the answer to a notice can be found wanting only in what
 * the notice asked for (ONE-1, ONE-4). */
static const char *impossible(const struct ticks *t, const struct tick *k, int state)
{
	if ((state == 1 || state == 2) && t->answering && !k->told)
		return "tick.not_told";
	if (state == 3 && strcmp(k->required, "later") != 0 && !is(k, "later"))
		return "tick.not_later";
	if (state == 4 && !depending(k) && !is(k, "unneeded"))
		return "tick.needed";
	return NULL;
}

static void set(struct tick *k, int state)
{
	snprintf(k->state, sizeof k->state, "%s", states[state]);
	k->touched = true;
	if (state != 3)
		k->later = 0;
}

static void cycle(const struct ticks *t, struct tick *k)
{
	int now = -1;
	for (int i = 0; i < STATES; i++)
		if (is(k, states[i]))
			now = i;
	for (int i = 1; i <= STATES; i++) {
		int next = (now + i) % STATES;
		if (impossible(t, k, next) == NULL) {
			set(k, next);
			return;
		}
	}
}

static bool wants_note(const struct tick *k)
{
	return is(k, "absent") || is(k, "defective") || is(k, "later");
}

const char *ticks_edit(struct ticks *t)
{
	struct tick *k = at(t);
	char date[16];
	if (k == NULL || !wants_note(k))
		return "tick.no_note";
	t->editing = true;
	t->fresh = false;
	if (!is(k, "later"))
		editor_set(&t->note, k->note);
	else
		editor_set(&t->note, k->later == 0 ? "" : word_date(k->later, date, sizeof date));
	return NULL;
}

const char *ticks_edit_end(struct ticks *t)
{
	struct tick *k = at(t);
	const char *why = NULL;
	if (!t->editing || k == NULL)
		return NULL;
	if (is(k, "later")) {
		if (t->note.len > 0)
			why = date_parse(t->note.text, t->today, &k->later);
		k->touched = true;
	} else if (strcmp(k->note, t->note.text) != 0) {
		k->touched = true;
		/* The editor holds at most 200 characters: they fit. */
		size_t len = text_cut(t->note.text, t->note.len, sizeof k->note - 1);
		memcpy(k->note, t->note.text, len);
		k->note[len] = '\0';
	}
	if (why == NULL)
		t->editing = t->fresh = false;
	return why;
}

/* A tick was set: what wants a note or a date gets its editor at once, so that whatever is
 * typed next, digits too, belongs to it. */
static enum ticks_result ticked(struct ticks *t)
{
	t->editing = false;
	if (ticks_edit(t) == NULL)
		t->fresh = true;
	return TICKS_CHANGED;
}

static bool is_space(const struct key *k)
{
	return k->code == K_TEXT && k->text[0] == ' ';
}

/* Enter goes on with the next material, the arrows leave for where they point. */
static enum ticks_result edit_leave(struct ticks *t, const struct key *k, const char **why)
{
	*why = ticks_edit_end(t);
	if (*why != NULL)
		return TICKS_REFUSED;
	if (k->code == K_BACKTAB || (k->code == K_UP && t->list.at == 0))
		return TICKS_UP;
	list_select(&t->list, t->list.at + (k->code == K_UP ? -1 : 1));
	return TICKS_CHANGED;
}

static enum ticks_result edit_key(struct ticks *t, const struct key *k, const char **why)
{
	if (k->code == K_ENTER || k->code == K_TAB || k->code == K_DOWN || k->code == K_UP ||
	    k->code == K_BACKTAB)
		return edit_leave(t, k, why);
	/* Nothing was typed yet: Space goes on to the next tick. */
	struct tick *row = at(t);
	if (row != NULL && t->fresh && is_space(k)) {
		cycle(t, row);
		return ticked(t);
	}
	switch (editor_key(&t->note, k, why)) {
	case EDITOR_CHANGED:
		t->fresh = false;
		return TICKS_CHANGED;
	case EDITOR_MOVED:
		return TICKS_MOVED;
	case EDITOR_REFUSED:
		return TICKS_REFUSED;
	default:
		return TICKS_UNUSED;
	}
}

/* What applies only in some cases is there only when somebody says so: a paper nobody
 * brought must not stand in the file as received (CASE-2). */
static enum ticks_result all_there(struct ticks *t)
{
	for (int i = 0; i < t->n; i++)
		if (t->rows[i].state[0] == '\0')
			set(&t->rows[i], depending(&t->rows[i]) && !t->rows[i].told ? 4 : 0);
	return TICKS_ALL;
}

/* Digits and Space tick; a letter on a row that wants a note begins the note. */
static enum ticks_result text_key(struct ticks *t, struct tick *row, const struct key *k, const char **why)
{
	if (is_space(k)) {
		cycle(t, row);
		return ticked(t);
	}
	bool digit = k->code == K_TEXT && k->text[0] >= '1' && k->text[0] <= '0' + STATES;
	if (digit) {
		*why = impossible(t, row, k->text[0] - '1');
		if (*why != NULL)
			return TICKS_REFUSED;
		set(row, k->text[0] - '1');
		return ticked(t);
	}
	if (ticks_edit(t) != NULL) {
		*why = "tick.space";
		return TICKS_REFUSED;
	}
	return edit_key(t, k, why);
}

enum ticks_result ticks_key(struct ticks *t, const struct key *k, const char **why)
{
	struct tick *row = at(t);
	*why = NULL;
	if (row == NULL)
		return k->code == K_UP || k->code == K_BACKTAB ? TICKS_UP : TICKS_UNUSED;
	undo_keep(row, sizeof *row);
	undo_keep(&t->editing, sizeof t->editing);
	undo_keep(&t->fresh, sizeof t->fresh);
	undo_keep(&t->note, sizeof t->note);
	if (t->editing)
		return edit_key(t, k, why);
	if (k->code == K_BACKTAB || (k->code == K_UP && t->list.at == 0))
		return TICKS_UP;
	if (k->code == K_ENTER)
		return all_there(t);
	if (k->code == K_TEXT || k->code == K_PASTE)
		return text_key(t, row, k, why);
	return list_key(&t->list, k) ? TICKS_MOVED : TICKS_UNUSED;
}

const char *ticks_check(struct ticks *t)
{
	const char *why = ticks_edit_end(t);
	for (int i = 0; i < t->n && why == NULL; i++) {
		const struct tick *k = &t->rows[i];
		if (k->state[0] == '\0' && (!depending(k) || k->told))
			why = "tick.open";
		else if (is(k, "later") && k->later == 0)
			why = "tick.later_wanted";
		else if (is(k, "defective") && text_blank(k->note, strlen(k->note)))
			why = "tick.note_wanted";
		if (why != NULL)
			list_select(&t->list, i);
	}
	return why;
}

int ticks_count(const struct ticks *t, const char *state)
{
	int n = 0;
	for (int i = 0; i < t->n; i++)
		n += is(&t->rows[i], state);
	return n;
}

int ticks_needed(const struct ticks *t)
{
	return t->n - ticks_count(t, "unneeded");
}

int ticks_lacking(const struct ticks *t)
{
	int n = ticks_count(t, "absent") + ticks_count(t, "defective");
	for (int i = 0; i < t->n; i++)
		n += is(&t->rows[i], "") && (!depending(&t->rows[i]) || t->rows[i].told);
	return n;
}

void ticks_list_lacking(const struct ticks *t, char *buf, size_t size)
{
	char line[sizeof t->rows->name + sizeof t->rows->note + 64];
	size_t used = 0;
	buf[0] = '\0';
	for (int i = 0; i < t->n; i++) {
		const struct tick *k = &t->rows[i];
		if (!is(k, "absent") && !is(k, "defective"))
			continue;
		if (k->note[0] != '\0')
			snprintf(line, sizeof line, _("%d. %s: %s, %s"), k->seq, k->name, word_tick(k->state),
			    k->note);
		else
			snprintf(line, sizeof line, _("%d. %s: %s"), k->seq, k->name, word_tick(k->state));
		size_t len = strlen(line);
		/* Room for a mark that there is more. */
		if (used + len + sizeof "\n…" > size) {
			snprintf(buf + used, size - used, "%s…", used > 0 ? "\n" : "");
			return;
		}
		used += (size_t)snprintf(buf + used, size - used, "%s%s", used > 0 ? "\n" : "", line);
	}
}

/* What is sent of a row; NULL: it is left out. */
static const char *sent(const struct tick *k, bool open)
{
	if (k->state[0] != '\0')
		return k->state;
	return open && (!depending(k) || k->told) ? "open" : NULL;
}

static void put(const struct ticks *t, struct bytes_out *out, bool open)
{
	uint32_t count = 0;
	for (int i = 0; i < t->n; i++)
		count += sent(&t->rows[i], open) != NULL;
	size_t begun = op_array_begin(out);
	for (int i = 0; i < t->n; i++)
		if (sent(&t->rows[i], open) != NULL)
			op_put_int2(out, t->rows[i].seq);
	op_array_end(out, begun, count);
	begun = op_array_begin(out);
	for (int i = 0; i < t->n; i++)
		if (sent(&t->rows[i], open) != NULL)
			op_put_text(out, sent(&t->rows[i], open));
	op_array_end(out, begun, count);
	begun = op_array_begin(out);
	for (int i = 0; i < t->n; i++)
		if (sent(&t->rows[i], open) != NULL)
			op_put_text(out,
			    wants_note(&t->rows[i]) && t->rows[i].note[0] != '\0' ? t->rows[i].note : NULL);
	op_array_end(out, begun, count);
	begun = op_array_begin(out);
	for (int i = 0; i < t->n; i++) {
		if (sent(&t->rows[i], open) == NULL)
			continue;
		if (is(&t->rows[i], "later"))
			op_put_date(out, t->rows[i].later);
		else
			op_put_null(out);
	}
	op_array_end(out, begun, count);
}

void ticks_put(const struct ticks *t, struct bytes_out *out)
{
	put(t, out, false);
}

void ticks_put_open(const struct ticks *t, struct bytes_out *out)
{
	put(t, out, true);
}
