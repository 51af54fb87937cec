/*
 * What of joint cases rings at the lead's window, whatever is on its screen (PAR-2 …
 * PAR-4): the last answer of the check or of the reviews, a correction wanted, silence
 * that counted. A bell and a word, once; not under a lock, where nothing of cases is said.
 */
#include "client/app.h"

#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/ui/lang.h"
#include "client/ui/term.h"

static const char *word_of(const char *event)
{
	static const struct {
		const char *event, *word;
	} words[] = {{"review.all", N_("every answer is in. F6 shows them; combine and decide.")},
	    {"review.checked", N_("every department has checked the papers. F6 shows what they say.")},
	    {"review.want", N_("a department wants a correction. F6 shows it; send it or reject it.")},
	    {"review.deemed", N_("a review was not answered in time and is deemed agreed.")},
	    {"review.object", N_("an objection came after silence had counted. It changes nothing.")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].event, event) == 0)
			return _(words[i].word);
	return NULL;
}

static bool holds(const struct app *app, int64_t post_id)
{
	for (int i = 0; i < app->nheld; i++)
		if (app->held[i] == post_id)
			return true;
	return false;
}

/* Of what comes together the last is said: that all are in, not that silence made it so. */
void app_review_news(struct app *app, const struct reply *rows)
{
	char said[400] = "";
	for (size_t i = 0; i < rows->nrows; i++) {
		const char *word = word_of(reply_text(rows, i, "event"));
		if (word == NULL || !holds(app, reply_int(rows, i, "post_id")))
			continue;
		snprintf(said, sizeof said, _("%s: %s"), reply_text(rows, i, "number"), word);
	}
	if (said[0] == '\0' || stack_has(&app->stack, &screen_lock) || stack_has(&app->stack, &screen_login))
		return;
	stack_say(&app->stack, FACE_WARN, said);
	term_beep();
}
