/*
 * What is chosen when a post is handed over (POST-3): who takes it, and for which of
 * the giver's absences it is. An absence that is cancelled cancels its handovers.
 */
#include "client/screen/handing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "common/op.h"

/* Whoever has a place in it and does not hold it now; at an empty post whoever is not its A. */
void handing_people(struct handing *h, const struct reply *r)
{
	int n = 0;
	bool held = false, found = false;
	char was[24], where[120];
	snprintf(was, sizeof was, "%s", form_value(&h->form, HANDING_TO));
	if (was[0] == '\0' && h->to != 0)
		snprintf(was, sizeof was, "%lld", (long long)h->to);
	for (size_t i = 0; i < r->nrows; i++)
		held |= reply_bool(r, i, "holds");
	for (size_t i = 0; i < r->nrows && n < HANDING_PEOPLE; i++) {
		const char *place = reply_text(r, i, "place");
		if (h->handover_id == 0 && (held ? reply_bool(r, i, "holds") : strcmp(place, "A") == 0))
			continue;
		snprintf(h->value[n], sizeof h->value[n], "%lld", (long long)reply_int(r, i, "staff_id"));
		duty_where(r, i, where, sizeof where);
		snprintf(h->label[n], sizeof h->label[n], "%.4s %.80s (%.60s)", place,
		    reply_text(r, i, "name"), where);
		h->people[n] = (struct form_choice){h->value[n], h->label[n]};
		found |= strcmp(h->value[n], was) == 0;
		n++;
	}
	/* Whoever was chosen and may not take it any more: nobody else is meant by that. */
	if (n == 0 || (was[0] != '\0' && !found)) {
		memmove(h->people + 1, h->people, (size_t)n * sizeof *h->people);
		h->people[0] = (struct form_choice){"", N_("nobody")};
		n++;
	}
	h->people[n] = (struct form_choice){NULL, NULL};
	h->form.choice[HANDING_TO] = 0;
	form_set(&h->form, HANDING_TO, was);
}

/* The row of the absence chosen; −1: of none. */
static int chosen(const struct handing *h)
{
	int64_t id = handing_absence(h);
	for (size_t i = 0; id != 0 && h->leaves != NULL && i < h->leaves->nrows; i++)
		if (reply_int(h->leaves, i, "absence_id") == id)
			return (int)i;
	return -1;
}

int64_t handing_absence(const struct handing *h)
{
	return h->nabsences == 0 ? h->absence_id : strtoll(form_value(&h->form, HANDING_ABSENCE), NULL, 10);
}

void handing_put_absence(const struct handing *h, struct bytes_out *out)
{
	if (chosen(h) < 0)
		op_put_null(out);
	else
		op_put_int8(out, handing_absence(h));
}

void handing_for(struct handing *h)
{
	char when[32];
	int i = chosen(h);
	if (i < 0)
		return;
	size_t n = (size_t)i;
	form_give(&h->form, HANDING_FROM, word_moment(reply_int(h->leaves, n, "from_at"), when, sizeof when));
	form_give(
	    &h->form, HANDING_UNTIL, word_moment(reply_int(h->leaves, n, "until_at"), when, sizeof when));
	form_give(&h->form, HANDING_REASON, reply_text(h->leaves, n, "reason"));
}

/* Asked for or granted, and still to come. */
static bool ahead(const struct handing *h, const struct reply *r, size_t i)
{
	const char *state = reply_text(r, i, "state");
	return (strcmp(state, "asked") == 0 || strcmp(state, "granted") == 0) &&
	       reply_int(r, i, "from_at") > h->now;
}

void handing_absences(struct handing *h, const struct reply *r)
{
	int n = 0;
	char when[80], was[24];
	if (!reply_ok(r))
		return;
	snprintf(was, sizeof was, "%lld", (long long)handing_absence(h));
	reply_free(h->leaves);
	h->leaves = reply_keep(r);
	for (size_t i = 0; i < r->nrows && n < HANDING_ABSENCES; i++) {
		if (!ahead(h, r, i))
			continue;
		snprintf(
		    h->absence[n], sizeof h->absence[n], "%lld", (long long)reply_int(r, i, "absence_id"));
		word_span(reply_int(r, i, "from_at"), reply_int(r, i, "until_at"), when, sizeof when);
		snprintf(h->leave[n], sizeof h->leave[n], "%.40s %s (%.40s)",
		    word_whereabouts(reply_text(r, i, "kind")), when,
		    word_absence(reply_text(r, i, "state")));
		n++;
		h->absences[n] = (struct form_choice){h->absence[n - 1], h->leave[n - 1]};
	}
	h->nabsences = n;
	h->absences[n + 1] = (struct form_choice){NULL, NULL};
	h->form.choice[HANDING_ABSENCE] = 0;
	form_set(&h->form, HANDING_ABSENCE, was);
	handing_for(h);
}
