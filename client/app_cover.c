/*
 * What of posts and absences concerns the person at this window whatever is on the
 * screen: as whom one acts (line 1), an empty post one may take (the status line, and
 * one key, POST-4), requests and handovers that wait for one. Read anew with every
 * piece of news about posts; never in the way of the keys.
 */
#include "client/app.h"

#include <stdio.h>
#include <string.h>

#include "client/refusal.h"
#include "client/reply.h"
#include "client/screen/duty.h"
#include "client/screen/words.h"
#include "client/ui/lang.h"
#include "client/ui/term.h"
#include "common/bytes.h"

/* As line 1 says it: 食品许可受理 (B 王五 代 A 张三). */
static void acting(const struct desk *d, const struct reply *r, size_t i, char *buf, size_t size)
{
	if (strcmp(reply_text(r, i, "held_as"), "B") == 0)
		snprintf(buf, size, _("%.60s (B %.40s for A %.40s)"), reply_text(r, i, "name"), d->person,
		    reply_text(r, i, "a"));
	else
		snprintf(buf, size, "%.60s (%.10s %.40s)", reply_text(r, i, "name"),
		    reply_text(r, i, "held_as"), d->person);
}

/* The post held that this window serves stands in line 1, else the first one held. */
static int foremost(const struct desk *d, const struct reply *r)
{
	int first = -1;
	for (size_t i = 0; i < r->nrows; i++) {
		if (reply_int(r, i, "holder_id") != d->staff_id)
			continue;
		if (d->window_no > 0 && reply_int(r, i, "window_no") == d->window_no)
			return (int)i;
		if (first < 0)
			first = (int)i;
	}
	return first;
}

/* Holds none: one's posts, and who holds them. */
static void without(const struct reply *r, char *buf, size_t size)
{
	if (r->nrows == 0)
		return;
	if (reply_null(r, 0, "holder")) {
		snprintf(buf, size, "%.60s", reply_text(r, 0, "name"));
		return;
	}
	snprintf(
	    buf, size, _("%.60s is held by %.40s"), reply_text(r, 0, "name"), reply_text(r, 0, "holder"));
}

/* Another holds a post of which one is the A: since when, and what one can do (POST-4). */
static void back_to_a(struct desk *d, const struct reply *r, size_t i)
{
	char since[32], other[32];
	const char *post = reply_text(r, i, "name"), *holder = reply_text(r, i, "holder");
	word_moment(reply_int(r, i, "held_since"), since, sizeof since);
	if (!reply_null(r, i, "back_at")) {
		word_moment(reply_int(r, i, "back_at"), other, sizeof other);
		snprintf(d->back, sizeof d->back,
		    _("«%.60s» is handed over to %.40s until %s: F7, F7, Enter, F5 takes it back early"),
		    post, holder, other);
		return;
	}
	d->ask_back = reply_int(r, i, "post_id");
	if (reply_null(r, i, "asked_at"))
		snprintf(d->back, sizeof d->back,
		    _("«%.60s» is held by %.40s since %s: Ctrl-G asks for it back"), post, holder, since);
	else
		snprintf(d->back, sizeof d->back,
		    _("«%.60s»: %.40s was asked at %s to give it back; Ctrl-G asks again"), post, holder,
		    word_clock(reply_int(r, i, "asked_at"), other, sizeof other));
}

/* One covers a post whose A is here again. */
static void back_to_b(struct desk *d, const struct reply *r, size_t i)
{
	char when[32];
	const char *post = reply_text(r, i, "name"), *a = reply_text(r, i, "a");
	if (!reply_null(r, i, "asked_at"))
		snprintf(d->back, sizeof d->back, _("A %.40s asked at %s for «%.60s» back: %s"), a,
		    word_clock(reply_int(r, i, "asked_at"), when, sizeof when), post,
		    reply_null(r, i, "back_at") ? _("F7, then F5 gives it back")
						: _("F7, F7, Enter, F5 ends the handover early"));
	else
		snprintf(d->back, sizeof d->back, _("A %.40s is here again since %s; «%.60s»: %s"), a,
		    word_clock(reply_int(r, i, "a_here"), when, sizeof when), post,
		    reply_null(r, i, "back_at") ? _("F7, then F5 gives it back")
						: _("F7, F7, Enter, F5 ends the handover early"));
}

/* Of covered posts whose A is here: whoever holds one hears of it at once, both see it until it is given back. */
static void backs(struct app *app, const struct reply *r)
{
	struct desk *d = &app->stack.desk;
	bool news = false;
	d->back[0] = '\0';
	d->ask_back = 0;
	for (size_t i = 0; i < r->nrows && d->back[0] == '\0'; i++) {
		bool mine = reply_int(r, i, "holder_id") == d->staff_id;
		if (reply_null(r, i, "holder") || reply_null(r, i, "a_here"))
			continue;
		if (!mine && strcmp(reply_text(r, i, "mine"), "A") == 0) {
			back_to_a(d, r, i);
			app->was_mine = reply_int(r, i, "post_id");
		} else if (mine) {
			back_to_b(d, r, i);
			news = true;
		}
	}
	if (news && strcmp(d->back, app->back_said) != 0) {
		stack_say(&app->stack, FACE_WARN, d->back);
		term_beep();
	}
	snprintf(app->back_said, sizeof app->back_said, "%s", news ? d->back : "");
}

/* POST-8: whoever types hears at once that the post has gone to somebody else; what was typed is
 * a draft the new holder is given. */
static void gone(struct app *app, const struct reply *r, size_t i)
{
	char buf[400];
	bool typed = stack_keeps(&app->stack);
	if (reply_null(r, i, "holder"))
		snprintf(buf, sizeof buf,
		    typed ? _("«%.80s» is empty now: the draft of what was typed went with the post.")
			  : _("«%.80s» is empty now."),
		    reply_text(r, i, "name"));
	else
		snprintf(buf, sizeof buf,
		    typed ? _("«%.80s» is held by %.70s now: the draft of what was typed went with the post.")
			  : _("«%.80s» is held by %.70s now."),
		    reply_text(r, i, "name"), reply_text(r, i, "holder"));
	if (typed)
		app_draft_flush(app);
	stack_say(&app->stack, FACE_WARN, buf);
	term_beep();
}

static void come(struct app *app, const struct reply *r, size_t i)
{
	char buf[400];
	bool cover = strcmp(reply_text(r, i, "held_as"), "B") == 0;
	/* POST-3: what was done meanwhile is one key away. */
	bool again = !cover && app->was_mine == reply_int(r, i, "post_id");
	if (again)
		app->was_mine = 0;
	snprintf(buf, sizeof buf,
	    again   ? _("You hold «%.80s» again: F7, then Tab shows what was done meanwhile.")
	    : cover ? _("You hold «%.80s» now, as B for A %.70s.")
		    : _("You hold «%.80s» now."),
	    reply_text(r, i, "name"), reply_text(r, i, "a"));
	stack_say(&app->stack, FACE_GOOD, buf);
}

bool app_holds(const struct app *app, int64_t post_id)
{
	for (int i = 0; i < app->nheld; i++)
		if (app->held[i] == post_id)
			return true;
	return false;
}

/* What changed hands since it was read last. */
static void compare(struct app *app, const struct reply *r)
{
	int64_t now[APP_HELD] = {0};
	int n = 0;
	bool quiet = stack_has(&app->stack, &screen_lock) || stack_has(&app->stack, &screen_login);
	for (size_t i = 0; i < r->nrows; i++) {
		int64_t id = reply_int(r, i, "post_id");
		bool mine = reply_int(r, i, "holder_id") == app->stack.desk.staff_id;
		if (mine && n < APP_HELD)
			now[n++] = id;
		if (app->nheld < 0 || quiet || mine == app_holds(app, id))
			continue;
		if (mine)
			come(app, r, i);
		else
			gone(app, r, i);
	}
	memcpy(app->held, now, (size_t)n * sizeof *now);
	app->nheld = n;
}

static void posts(struct app *app, const struct reply *r)
{
	struct desk *d = &app->stack.desk;
	int held = 0, at = foremost(d, r);
	compare(app, r);
	backs(app, r);
	char first[200] = "", was[sizeof d->post];
	snprintf(was, sizeof was, "%s", d->post);
	for (size_t i = 0; i < r->nrows; i++)
		held += reply_int(r, i, "holder_id") == d->staff_id;
	if (at >= 0)
		acting(d, r, (size_t)at, first, sizeof first);
	if (held > 1)
		snprintf(d->post, sizeof d->post, _("%s and %d more"), first, held - 1);
	else
		snprintf(d->post, sizeof d->post, "%s", held == 1 ? first : d->person);
	d->away[0] = '\0';
	if (held == 0)
		without(r, d->away, sizeof d->away);
	/* Of what came to the window or left it, its cases tell. */
	if (strcmp(was, d->post) != 0)
		app_ask_lights(app);
	app_paper_ask(app);
}

/* One post to take, and the alerts of who supervises: the one that waits longest stands there. */
static void covers(struct app *app, const struct reply *r)
{
	struct desk *d = &app->stack.desk;
	char since[16];
	int mine = 0, alerted = 0, at = -1;
	int64_t was = d->offered;
	for (size_t i = 0; i < r->nrows; i++) {
		bool to_me = reply_bool(r, i, "to_me"), alert = reply_bool(r, i, "alerted");
		/* One that nobody ever held has not become empty: the list of posts has it. */
		if (reply_null(r, i, "empty_since"))
			continue;
		mine += to_me;
		alerted += alert && !to_me;
		if ((to_me && (at < 0 || !reply_bool(r, (size_t)at, "to_me"))) || (alert && at < 0))
			at = (int)i;
	}
	d->offered = mine > 0 ? reply_int(r, (size_t)at, "post_id") : 0;
	d->offer[0] = '\0';
	if (at < 0)
		return;
	const char *post = reply_text(r, (size_t)at, "post"), *a = reply_text(r, (size_t)at, "a");
	word_clock(reply_int(r, (size_t)at, "empty_since"), since, sizeof since);
	if (mine > 1)
		snprintf(d->offer, sizeof d->offer,
		    _("Ctrl-G takes over «%.60s» (A %.40s), empty since %s; %d more are empty"), post, a,
		    since, mine - 1);
	else if (mine > 0)
		snprintf(d->offer, sizeof d->offer, _("Ctrl-G takes over «%.60s» (A %.40s), empty since %s"),
		    post, a, since);
	else
		snprintf(d->offer, sizeof d->offer,
		    _("«%.60s» is empty since %s and nobody takes it over (%d such posts)"), post, since,
		    alerted);
	if (d->offered != 0 && d->offered != was)
		term_beep();
}

static void leaves(struct app *app, const struct reply *r)
{
	struct desk *d = &app->stack.desk;
	int was = d->leaves_asked;
	d->leaves_asked = 0;
	for (size_t i = 0; i < r->nrows; i++)
		d->leaves_asked += reply_bool(r, i, "mine_to_decide");
	if (d->leaves_asked > was)
		term_beep();
}

static void handovers(struct app *app, const struct reply *r)
{
	struct desk *d = &app->stack.desk;
	int was = d->handovers_asked;
	d->handovers_asked = 0;
	for (size_t i = 0; i < r->nrows; i++)
		d->handovers_asked += duty_to_confirm(r, i);
	if (d->handovers_asked > was)
		term_beep();
}

static void put_all(struct app *app, struct bytes_out *out)
{
	(void)app;
	op_put_null(out);
}

static void put_leaves(struct app *app, struct bytes_out *out)
{
	int32_t today = word_day(app->stack.desk.now);
	op_put_text(out, "approve");
	op_put_date(out, today - 31);
	op_put_date(out, today + 366);
}

/* POST-6: whoever watches a window hears of it at once, and sees it until the other one is back. */
static void watched(struct app *app, const struct reply *r)
{
	struct desk *d = &app->stack.desk;
	char until[32], buf[400];
	int was = d->watches;
	d->watches = (int)r->nrows;
	d->watch[0] = '\0';
	for (size_t i = r->nrows; i-- > 0;)
		snprintf(d->watch, sizeof d->watch, _("window %lld %.40s, %s until %s"),
		    (long long)reply_int(r, i, "window_no"), reply_text(r, i, "name"),
		    word_whereabouts(reply_text(r, i, "kind")),
		    word_clock(reply_int(r, i, "until"), until, sizeof until));
	if (d->watches <= was)
		return;
	size_t last = r->nrows - 1;
	snprintf(buf, sizeof buf,
	    reply_bool(r, last, "receives")
		? _("Please watch window %lld (%.40s, %s until %s): its matters can be taken in here.")
		: _("Please watch window %lld (%.40s, %s until %s): answer who comes; its matters cannot be "
		    "taken in here."),
	    (long long)reply_int(r, last, "window_no"), reply_text(r, last, "name"),
	    word_whereabouts(reply_text(r, last, "kind")),
	    word_clock(reply_int(r, last, "until"), until, sizeof until));
	stack_say(&app->stack, FACE_WARN, buf);
	term_beep();
}

static void put_nothing(struct app *app, struct bytes_out *out)
{
	(void)app;
	(void)out;
}

/* What is asked, in the order of app->cover. */
static const struct question {
	const char *op, *news; /* beginnings of the events it changes with */
	void (*put)(struct app *app, struct bytes_out *out);
	void (*take)(struct app *app, const struct reply *r);
} questions[APP_COVER] = {
    {"post.list", "post. cover. handover.", put_all, posts},
    {"cover.list", "post. cover. presence. absence.", put_all, covers},
    {"absence.list", "absence. post.", put_leaves, leaves},
    {"handover.list", "handover. post.", put_all, handovers},
    {"presence.watched", "presence.watch", put_nothing, watched},
};

static void ask_one(struct app *app, int n);

static void replied(struct app *app, int n, const struct reply *r)
{
	app->cover[n].asked = false;
	if (app->stopping)
		return;
	if (reply_ok(r) && app->logged_in) {
		questions[n].take(app, r);
		app->dirty = true;
	}
	if (app->cover[n].again)
		ask_one(app, n);
}

static void answered(void *arg, uint32_t request, const struct reply *r)
{
	struct app *app = arg;
	(void)request;
	for (int n = 0; n < APP_COVER; n++)
		if (r->op != NULL && strcmp(r->op->name, questions[n].op) == 0)
			replied(app, n, r);
}

/* One of each at a time: when much happens at once, the last answer tells it all. */
static void ask_one(struct app *app, int n)
{
	struct bytes_out out;
	const struct op *op = op_by_name(questions[n].op);
	app->cover[n].again = app->cover[n].asked;
	if (app->cover[n].asked || (app->stack.desk.class & (OP_STAFF | OP_SUPERVISOR)) == 0)
		return;
	bytes_out_init(&out, 0);
	questions[n].put(app, &out);
	app->cover[n].asked = true;
	(void)link_send(app->link, op, out.p, out.len, answered, app);
	bytes_out_done(&out);
}

void app_cover_session(struct app *app, bool fresh)
{
	struct desk *d = &app->stack.desk;
	memset(app->cover, 0, sizeof app->cover);
	if (fresh) {
		app->nheld = -1;
		app->was_mine = 0;
		app->back_said[0] = '\0';
		d->watches = 0;
	}
	d->offer[0] = d->back[0] = d->watch[0] = '\0';
	d->offered = d->ask_back = 0;
	d->leaves_asked = d->handovers_asked = 0;
}

void app_cover_ask(struct app *app)
{
	for (int n = 0; n < APP_COVER; n++)
		ask_one(app, n);
}

void app_cover_news(struct app *app, const struct reply *rows)
{
	for (int n = 0; n < APP_COVER; n++)
		if (roll_concern(rows, questions[n].news))
			ask_one(app, n);
}

static void answer(struct app *app, const struct reply *r, const char *done)
{
	char buf[512];
	if (app->stopping)
		return;
	app->dirty = true;
	if (reply_ok(r)) {
		stack_say(&app->stack, FACE_GOOD, done);
	} else {
		stack_say(&app->stack, FACE_ERROR, refusal_reply(r, buf, sizeof buf));
		term_beep();
	}
	app_cover_ask(app);
}

static void taken(void *arg, uint32_t request, const struct reply *r)
{
	(void)request;
	answer(arg, r, _("Taken over: you hold this post now; line 1 says as whom you act."));
}

static void asked(void *arg, uint32_t request, const struct reply *r)
{
	(void)request;
	answer(arg, r, _("Asked for: whoever holds it reads that now."));
}

static void send_post(struct app *app, const char *op, int64_t post_id, link_reply_cb *then)
{
	struct bytes_out out;
	bytes_out_init(&out, 0);
	op_put_int8(&out, post_id);
	(void)link_send(app->link, op_by_name(op), out.p, out.len, then, app);
	bytes_out_done(&out);
}

void app_cover_take(struct app *app)
{
	struct desk *d = &app->stack.desk;
	if (app->logged_in && d->offered != 0) {
		stack_say(&app->stack, FACE_PLAIN, _("Taking it over …"));
		send_post(app, "cover.take", d->offered, taken);
		d->offered = 0;
		d->offer[0] = '\0';
	} else if (app->logged_in && d->ask_back != 0) {
		stack_say(&app->stack, FACE_PLAIN, _("Asking for it back …"));
		send_post(app, "cover.ask_back", d->ask_back, asked);
	} else {
		stack_say(&app->stack, FACE_PLAIN, _("No empty post is offered to you now."));
	}
}
