/*
 * What rings at the window of a post, whatever is on its screen. Of joint cases, for the
 * lead (PAR-2 … PAR-4): the last answer of the check or of the reviews, a correction
 * wanted, silence that counted; for a department: that it is called to a meeting, or not any more
 * (PAR-5). Papers that others made and are printed here. A bell and a word, once.
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
	    {"review.object", N_("an objection came after silence had counted. It changes nothing.")},
	    {"meeting.call", N_("called to a meeting. F6, then F2: sign for the call.")},
	    {"meeting.move", N_("the meeting is moved. F6, then F2: sign for the call anew.")},
	    {"meeting.cancel", N_("the meeting is called off.")},
	    {"case.deem", N_("granted by silence. Its written decision is to follow within a working day.")}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].event, event) == 0)
			return _(words[i].word);
	return NULL;
}

/* Whoever calls a meeting is told of it as lead, too, and knows. */
static bool own_call(const struct app *app, const struct reply *rows, size_t i)
{
	return strncmp(reply_text(rows, i, "event"), "meeting.", 8) == 0 &&
	       reply_int(rows, i, "window_no") == app->stack.desk.window_no;
}

/* Of what comes together the last is said: that all are in, not that silence made it so. Not under a
 * lock, where nothing of cases is said. */
static void reviews(struct app *app, const struct reply *rows)
{
	char said[400] = "";
	for (size_t i = 0; i < rows->nrows; i++) {
		const char *word = word_of(reply_text(rows, i, "event"));
		if (word == NULL || !app_holds(app, reply_int(rows, i, "post_id")) || own_call(app, rows, i))
			continue;
		snprintf(said, sizeof said, _("%s: %s"), reply_text(rows, i, "number"), word);
	}
	if (said[0] == '\0' || stack_has(&app->stack, &screen_lock) || stack_has(&app->stack, &screen_login))
		return;
	stack_say(&app->stack, FACE_WARN, said);
	term_beep();
}

/* Papers come to be printed here without anybody here having made them: by the chief representative,
 * by time alone. While there are some, any printing may be theirs. */
static void papers(struct app *app, const struct reply *rows)
{
	static const char *const made[] = {"paper.waits", "silence", "lapse"}, *const gone[] = {"print",
										   "printed", "void",
										   "reissue", "amend"};
	bool look = false;
	char buf[300];
	for (size_t i = 0; i < rows->nrows; i++) {
		const char *event = reply_text(rows, i, "event");
		for (size_t j = 0; j < sizeof made / sizeof *made; j++)
			look |= strcmp(event, made[j]) == 0;
		for (size_t j = 0; j < sizeof gone / sizeof *gone; j++)
			look |= app->stack.desk.to_print > 0 && strcmp(event, gone[j]) == 0;
		/* Who only looks at the case hears of it, too. */
		if (strcmp(event, "paper.waits") != 0 || !app_holds(app, reply_int(rows, i, "post_id")))
			continue;
		snprintf(buf, sizeof buf,
		    _("%.60s made a paper of case %.64s: it is to be printed here, F9 dydl."),
		    reply_text(rows, i, "actor"), reply_text(rows, i, "number"));
		stack_say(&app->stack, FACE_WARN, buf);
		term_beep();
	}
	if (look)
		app_ask_to_print(app);
}

void app_news(struct app *app, const struct reply *rows)
{
	reviews(app, rows);
	papers(app, rows);
}
