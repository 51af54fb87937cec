/* A case as it was seen: see act_seen.h. */
#include "client/screen/act_seen.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/conflict.h"
#include "client/screen/words.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/bytes.h"

static const char *const labels[SEEN_FACTS] = {[SEEN_STATE] = N_("State"),
    [SEEN_STEP] = N_("Step"),
    [SEEN_POST] = N_("Post"),
    [SEEN_DUE] = N_("Due"),
    [SEEN_DECISION] = N_("Decision"),
    [SEEN_APPLICANT] = N_("Applicant")};

static void put(struct act_seen *s, enum seen_fact which, const char *said)
{
	snprintf(s->fact[which], sizeof s->fact[which], "%.500s", said);
}

void act_seen_take(struct act_seen *s, const struct reply *show)
{
	const char *standing = reply_text(show, 0, "standing");
	char line[600], when[32];
	snprintf(line, sizeof line, "%s%s%.400s", word_state(reply_text(show, 0, "state")),
	    *standing != '\0' ? " · " : "", word_standing(standing));
	put(s, SEEN_STATE, line);
	put(s, SEEN_STEP, reply_text(show, 0, "step"));
	put(s, SEEN_POST, reply_text(show, 0, "post"));
	put(s, SEEN_DUE, word_moment(reply_int(show, 0, "due_at"), when, sizeof when));
	put(s, SEEN_DECISION,
	    reply_null(show, 0, "granted")
		? ""
		: word_event(reply_bool(show, 0, "granted") ? "decide" : "refuse"));
	put(s, SEEN_APPLICANT, reply_text(show, 0, "applicant"));
}

void act_seen_compare(const struct act_seen *was, const struct act_seen *is, struct conflict *c)
{
	for (int i = 0; i < SEEN_FACTS; i++)
		conflict_add(c, -1 - i, _(labels[i]), is->fact[i], was->fact[i], false);
}

void act_seen_save(const struct act_seen *s, struct bytes_out *out)
{
	for (int i = 0; i < SEEN_FACTS; i++)
		keep_text(out, s->fact[i]);
}

bool act_seen_restore(struct act_seen *s, struct bytes_in *in)
{
	if (in->left == 0)
		return false;
	for (int i = 0; i < SEEN_FACTS; i++)
		kept_text(in, s->fact[i], sizeof s->fact[i], false);
	return true;
}
