/* Ticks of a draft, and ticks beside those of a newer version (CASE-14): see ticks.h. */
#include "client/screen/ticks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/screen/conflict.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/bytes.h"

/* Days of the years 1 to 9999. */
enum { DAY_MIN = -730119, DAY_MAX = 2921939 };
static const char *const states[] = {"", "present", "absent", "defective", "later", "unneeded"};
enum { STATES = sizeof states / sizeof *states };

static struct tick *by_seq(struct tick *rows, int n, int16_t seq)
{
	for (int i = 0; i < n; i++)
		if (rows[i].seq == seq)
			return &rows[i];
	return NULL;
}

static void save_mark(const struct tick_mark *m, struct bytes_out *out)
{
	int state = 0;
	for (int i = 0; i < STATES; i++)
		if (strcmp(m->state, states[i]) == 0)
			state = i;
	bytes_put_u8(out, (uint8_t)state);
	bytes_put_u32(out, (uint32_t)m->later);
	keep_text(out, m->note);
}

static void save_row(const struct tick *k, struct bytes_out *out)
{
	struct tick_mark now = ticks_mark(k);
	bytes_put_u16(out, (uint16_t)k->seq);
	save_mark(&now, out);
	save_mark(&k->was, out);
}

void ticks_settle(struct ticks *t)
{
	for (int i = 0; i < t->n; i++) {
		t->rows[i].was = ticks_mark(&t->rows[i]);
		t->rows[i].touched = false;
	}
}

void ticks_save(const struct ticks *t, struct bytes_out *out)
{
	const struct tick *rows = t->kept != NULL ? t->kept : t->rows;
	int n = t->kept != NULL ? t->nkept : t->n;
	uint8_t touched = 0;
	for (int i = 0; i < n; i++)
		touched = (uint8_t)(touched + rows[i].touched);
	bytes_put_u8(out, touched);
	for (int i = 0; i < n; i++)
		if (rows[i].touched)
			save_row(&rows[i], out);
	bool kept = t->kept != NULL, none = !kept && t->list.at < 0;
	bytes_put_u16(out, (uint16_t)(kept ? t->kept_at : none ? 0 : rows[t->list.at].seq));
	bytes_put_u16(out, kept ? t->kept_top : (uint16_t)t->list.top);
	bytes_put_u8(out, kept ? t->kept_editing : t->editing);
	bytes_put_u8(out, kept ? t->kept_fresh : t->fresh);
	keep_editor(out, &t->note);
}

static void restore_mark(struct tick_mark *m, struct bytes_in *in)
{
	uint8_t state = bytes_get_u8(in);
	m->later = (int32_t)bytes_get_u32(in);
	kept_text(in, m->note, sizeof m->note, false);
	if (state >= STATES || m->later < DAY_MIN || m->later > DAY_MAX)
		in->bad = true;
	else
		snprintf(m->state, sizeof m->state, "%s", states[state]);
}

static void put_mark(struct tick *k, const struct tick_mark *m)
{
	memcpy(k->state, m->state, sizeof k->state);
	memcpy(k->note, m->note, sizeof k->note);
	k->later = m->later;
}

static void restore_row(struct tick *k, struct bytes_in *in)
{
	struct tick_mark now = {.later = 0};
	k->seq = (int16_t)bytes_get_u16(in);
	restore_mark(&now, in);
	restore_mark(&k->was, in);
	put_mark(k, &now);
	k->touched = true;
}

static void new_kept(struct ticks *t, int n)
{
	free(t->kept);
	t->kept = calloc(n > 0 ? (size_t)n : 1, sizeof *t->kept);
	if (t->kept == NULL)
		abort();
	t->nkept = n;
}

void ticks_restore(struct ticks *t, struct bytes_in *in)
{
	uint8_t n = bytes_get_u8(in);
	if (n > TICKS_MAX)
		in->bad = true;
	if (in->bad)
		return;
	new_kept(t, n);
	for (int i = 0; i < n; i++)
		restore_row(&t->kept[i], in);
	t->kept_at = (int16_t)bytes_get_u16(in);
	t->kept_top = bytes_get_u16(in);
	t->kept_editing = kept_bool(in);
	t->kept_fresh = kept_bool(in);
	kept_editor(in, &t->note);
}

void ticks_set_aside(struct ticks *t)
{
	if (t->kept != NULL)
		return; /* it was not taken back yet */
	new_kept(t, t->n);
	if (t->n > 0)
		memcpy(t->kept, t->rows, (size_t)t->n * sizeof *t->rows);
	t->kept_at = t->list.at < 0 ? 0 : t->rows[t->list.at].seq;
	t->kept_top = (uint16_t)t->list.top;
	t->kept_editing = t->editing;
	t->kept_fresh = t->fresh;
}

/* The cursor where it stood, the note being written. */
static void take_place(struct ticks *t)
{
	for (int i = 0; i < t->n; i++) {
		if (t->rows[i].seq != t->kept_at)
			continue;
		list_select(&t->list, i);
		t->list.top = t->kept_top < t->n ? t->kept_top : 0;
		t->editing = t->kept_editing;
		t->fresh = t->kept_fresh;
	}
	free(t->kept);
	t->kept = NULL;
	t->nkept = 0;
}

static void take_row(struct ticks *t, const struct tick *k)
{
	struct tick *row = by_seq(t->rows, t->n, k->seq);
	struct tick_mark now = ticks_mark(k);
	if (row == NULL)
		return;
	put_mark(row, &now);
	row->touched = true;
}

void ticks_take_kept(struct ticks *t)
{
	if (t->kept == NULL)
		return;
	for (int i = 0; i < t->nkept; i++)
		if (t->kept[i].touched)
			take_row(t, &t->kept[i]);
	take_place(t);
}

static bool same(const struct tick_mark *a, const struct tick_mark *b)
{
	return strcmp(a->state, b->state) == 0 && strcmp(a->note, b->note) == 0 && a->later == b->later;
}

/* 缺少：请提交复印件 */
static void mark_words(const struct tick_mark *k, char *buf, size_t size)
{
	char date[16];
	const char *more = strcmp(k->state, "later") == 0 && k->later != 0
			       ? word_date(k->later, date, sizeof date)
			       : k->note;
	if (strcmp(k->state, "present") == 0 || strcmp(k->state, "unneeded") == 0)
		more = "";
	snprintf(buf, size, *more == '\0' ? "%s" : _("%s: %s"), word_tick(k->state), more);
}

void ticks_compare(const struct ticks *t, struct conflict *c)
{
	char label[256], theirs[1024], mine[1024];
	for (int i = 0; i < t->n; i++) {
		const struct tick *now = &t->rows[i], *kept = by_seq(t->kept, t->nkept, now->seq);
		struct tick_mark typed;
		if (kept == NULL || same(&now->was, &kept->was))
			continue;
		typed = ticks_mark(kept);
		if (kept->touched && same(&now->was, &typed))
			continue;
		snprintf(label, sizeof label, "%d. %.200s", now->seq, now->name);
		mark_words(&now->was, theirs, sizeof theirs);
		mark_words(&typed, mine, sizeof mine);
		conflict_add(c, now->seq, label, theirs, mine, kept->touched);
	}
}

void ticks_choose(struct ticks *t, const struct conflict *c)
{
	for (int i = 0; i < t->nkept; i++) {
		const struct conflict_row *r = conflict_find(c, t->kept[i].seq);
		if (r != NULL ? r->keep : t->kept[i].touched)
			take_row(t, &t->kept[i]);
	}
	take_place(t);
}
