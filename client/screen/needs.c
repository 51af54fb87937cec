/* Needs of departments in the one notice: see needs.h. */
#include "client/screen/needs.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/ticks.h"
#include "client/ui/lang.h"
#include "common/text.h"

enum { NOTE_MAX = 200, REMARK_MAX = 400, WORDS = 4000 };

static bool open_row(const struct reply *r, size_t i)
{
	return strcmp(reply_text(r, i, "state"), "open") == 0;
}

bool needs_open(const struct reply *needs)
{
	for (size_t i = 0; needs != NULL && i < needs->nrows; i++)
		if (open_row(needs, i))
			return true;
	return false;
}

static bool same_place(const struct reply *r, size_t i, bool other, int64_t material)
{
	return open_row(r, i) && reply_null(r, i, "material") == other &&
	       (other || reply_int(r, i, "material") == material);
}

/* An earlier row began the words of this department there. */
static bool begun(const struct reply *r, size_t i, bool other, int64_t material)
{
	for (size_t j = 0; j < i; j++)
		if (same_place(r, j, other, material) &&
		    strcmp(reply_text(r, j, "department"), reply_text(r, i, "department")) == 0)
			return true;
	return false;
}

/* All that the department of row i asks for there, its name behind it. */
static void department(const struct reply *r, size_t i, bool other, int64_t material, char *buf, size_t size)
{
	size_t used = 0;
	const char *name = reply_text(r, i, "department");
	for (size_t j = i; j < r->nrows && used + 1 < size; j++)
		if (same_place(r, j, other, material) && strcmp(reply_text(r, j, "department"), name) == 0)
			used += (size_t)snprintf(
			    buf + used, size - used, "%s%s", used > 0 ? "；" : "", reply_text(r, j, "words"));
	if (used < size)
		snprintf(buf + used, size - used, "（%s）", name);
}

/* Behind what stands there, when it fits. */
static bool join(char *to, size_t size, size_t max, const char *words)
{
	char all[2 * WORDS];
	snprintf(all, sizeof all, "%s%s%s", to, *to != '\0' ? "；" : "", words);
	if (strstr(to, words) != NULL || strlen(all) >= size || text_chars(all, strlen(all)) > max)
		return false;
	memcpy(to, all, strlen(all) + 1);
	return true;
}

void needs_tick(const struct reply *needs, struct ticks *t)
{
	char words[WORDS];
	for (size_t i = 0; needs != NULL && i < needs->nrows; i++) {
		int64_t material = reply_int(needs, i, "material");
		if (!open_row(needs, i) || reply_null(needs, i, "material") ||
		    begun(needs, i, false, material))
			continue;
		department(needs, i, false, material, words, sizeof words);
		for (int k = 0; k < t->n; k++) {
			struct tick *row = &t->rows[k];
			if (row->seq != material)
				continue;
			if (strcmp(row->state, "absent") != 0)
				snprintf(row->state, sizeof row->state, "defective");
			row->later = 0;
			(void)join(row->note, sizeof row->note, NOTE_MAX, words);
		}
	}
}

char *needs_remark(const struct reply *needs, char *buf, size_t size)
{
	char words[WORDS];
	buf[0] = '\0';
	for (size_t i = 0; needs != NULL && i < needs->nrows; i++) {
		if (!same_place(needs, i, true, 0) || begun(needs, i, true, 0))
			continue;
		department(needs, i, true, 0, words, sizeof words);
		(void)join(buf, size, REMARK_MAX, words);
	}
	return buf;
}
