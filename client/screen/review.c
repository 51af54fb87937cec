/*
 * One review of a joint case, for the department that answers it (PAR-2): who asks
 * what for which case, the papers at hand (PAR-7), what was answered before, the
 * other departments. Keys 1 to 5 answer, each opening its form; nothing is typed
 * here.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/facts.h"
#include "client/screen/light.h"
#include "client/screen/reviewing.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum {
	TAG_SHOW = 1,
	TAG_ALL,
	TAG_OPINIONS,
	TAG_NEEDS,
	TAG_MATERIALS,
	TAG_PAPERS,
	TAG_ORIGINALS,
	TAG_READS,
	TAG_CHECK
};
enum { CONFIRM_COMPLETE = 1, WIDEST = 110 };
enum pane { PANE_REVIEW, PANE_PAPERS, PANE_OTHERS, PANE_NEEDS, PANES };

struct review {
	int64_t case_id;
	int16_t seq;
	struct reply *got[TAG_READS]; /* answers by their tags */
	enum pane pane;
	int scroll, asking;
	bool again;
};

static void ask(struct review *v, struct effects *fx, unsigned flags)
{
	static const char *const reads[TAG_READS] = {[TAG_SHOW] = "case.show",
	    [TAG_NEEDS] = "review.needs",
	    [TAG_MATERIALS] = "case.materials",
	    [TAG_PAPERS] = "paper.list",
	    [TAG_ORIGINALS] = "paper.originals"};
	v->again = v->asking > 0;
	if (v->again)
		return;
	v->asking = TAG_READS - 1;
	/* First the opinions: with them the review is seen to be opened (PAR-3). */
	struct bytes_out out = fx_payload();
	op_put_int8(&out, v->case_id);
	op_put_int2(&out, v->seq);
	fx_send(fx, "review.show", TAG_OPINIONS, flags, &out);
	out = fx_payload();
	op_put_text(&out, "case");
	op_put_int8(&out, v->case_id);
	op_put_null(&out);
	op_put_null(&out);
	fx_send(fx, "review.list", TAG_ALL, flags, &out);
	for (int tag = 1; tag < TAG_READS; tag++)
		if (reads[tag] != NULL)
			fx_send_id(fx, reads[tag], tag, flags, v->case_id);
}

/* arg: id, the case; number, the review. */
static void review_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct review *v = s->state;
	v->case_id = arg->id;
	v->seq = (int16_t)arg->number;
	ask(v, fx, SEND_WAIT);
}

static void review_close(struct screen *s)
{
	struct review *v = s->state;
	for (int i = 0; i < TAG_READS; i++)
		reply_free(v->got[i]);
}

static int64_t review_watch(const struct screen *s)
{
	return ((const struct review *)s->state)->case_id;
}

/* Its row among those of the case; false: not read yet. */
static bool own(const struct review *v, size_t *row)
{
	const struct reply *r = v->got[TAG_ALL];
	for (size_t i = 0; r != NULL && i < r->nrows; i++)
		if (reply_int(r, i, "seq") == v->seq) {
			*row = i;
			return true;
		}
	return false;
}

static const char *text(const struct review *v, const char *column)
{
	size_t i;
	return own(v, &i) ? reply_text(v->got[TAG_ALL], i, column) : "";
}

/* The latest opinion that holds; −1. */
static int current(const struct review *v)
{
	const struct reply *r = v->got[TAG_OPINIONS];
	for (size_t i = 0; r != NULL && i < r->nrows; i++)
		if (reply_bool(r, i, "current"))
			return (int)i;
	return -1;
}

/* What the department may do now. */
enum deed { DEED_NONE, DEED_CHECK, DEED_ANSWER, DEED_SUPERSEDE, DEED_CONSENT, DEED_OBJECT };

static enum deed deed(const struct review *v)
{
	const char *waits = text(v, "waits"), *answer = text(v, "answer"), *state = text(v, "state");
	int at = current(v);
	if (strcmp(waits, "check") == 0)
		return DEED_CHECK;
	if (strcmp(waits, "consent") == 0)
		return DEED_CONSENT;
	if (strcmp(answer, "deemed") == 0)
		return DEED_OBJECT;
	if (strcmp(waits, "review") == 0 && at < 0)
		return DEED_ANSWER;
	bool open = strcmp(state, "accepted") == 0 || strcmp(state, "suspended") == 0 ||
		    strcmp(state, "forwarded") == 0;
	return at >= 0 && open ? DEED_SUPERSEDE : DEED_NONE;
}

static const char *keys(const struct review *v)
{
	switch (deed(v)) {
	case DEED_CHECK:
		return _("1 complete   2 something is missing");
	case DEED_ANSWER:
		return _("1 agree  2 agree with conditions  3 disagree  4 refer up  5 want a correction");
	case DEED_SUPERSEDE:
		return strcmp(text(v, "waits"), "review") == 0
			   ? _("1 agree  2 agree with conditions  3 disagree  4 refer up  5 want a "
			       "correction")
			   : _("another opinion: 1 agree  2 with conditions  3 disagree  4 refer up");
	case DEED_CONSENT:
		return _("1 file the written consent   3 file an objection");
	case DEED_OBJECT:
		return _("3 file an objection");
	default:
		return _("Nothing waits for this department here.");
	}
}

/* The head of its forms: the case, the review, what was answered last. */
static void about(const struct review *v, char *buf, size_t size)
{
	int at = current(v);
	const struct reply *r = v->got[TAG_OPINIONS];
	size_t n = (size_t)snprintf(buf, size, "%.60s · %.300s\n%.200s · %.120s", text(v, "number"),
	    text(v, "matter"), text(v, "item"), text(v, "applicant"));
	if (at >= 0 && n < size)
		snprintf(buf + n, size - n, _("\nUntil now: %s %.300s (%.100s)"),
		    word_opinion(reply_text(r, (size_t)at, "answer")), reply_text(r, (size_t)at, "words"),
		    word_actor(reply_text(r, (size_t)at, "actor")));
}

static void push(const struct review *v, const struct screen_ops *ops, const char *kind, struct effects *fx)
{
	struct screen_arg arg = {.id = v->case_id, .number = v->seq};
	if (deed(v) == DEED_SUPERSEDE)
		arg.other = reply_int(v->got[TAG_OPINIONS], (size_t)current(v), "no");
	snprintf(arg.kind, sizeof arg.kind, "%s", kind);
	about(v, arg.text, 1500);
	fx_push(fx, ops, &arg);
}

static void confirm_complete(const struct review *v, struct effects *fx)
{
	struct screen_arg arg = {.number = CONFIRM_COMPLETE};
	snprintf(arg.text, sizeof arg.text,
	    _("The papers are complete for «%.300s»: this is signed and cannot be taken back."),
	    text(v, "matter"));
	fx_push(fx, &screen_confirm, &arg);
}

static void send_complete(const struct review *v, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, v->case_id);
	op_put_int2(&out, v->seq);
	op_put_text(&out, "complete");
	op_put_null(&out);
	op_put_null(&out);
	fx_send(fx, "review.check", TAG_CHECK, SEND_WAIT, &out);
}

static bool mine(const struct review *v)
{
	size_t i;
	return own(v, &i) && reply_bool(v->got[TAG_ALL], i, "mine");
}

/* n: the key, 1 to 5; 0: F10, whatever is next. False: it means nothing now. */
static bool answer(const struct review *v, int n, struct effects *fx)
{
	static const char *const answers[] = {"", "agree", "conditional", "disagree", "refer"};
	bool waits = strcmp(text(v, "waits"), "review") == 0;
	switch (deed(v)) {
	case DEED_CHECK:
		if (n > 2)
			return false;
		if (n == 2)
			push(v, &screen_missing, "check", fx);
		else
			confirm_complete(v, fx);
		return true;
	case DEED_ANSWER:
	case DEED_SUPERSEDE:
		if (n > 5 || (n == 5 && !waits))
			return false;
		push(v, n == 5 ? &screen_missing : &screen_opinion, n == 5 ? "want" : answers[n], fx);
		return true;
	case DEED_CONSENT:
		if (n > 1 && n != 3)
			return false;
		push(v, &screen_opinion, n == 3 ? "object" : "consent", fx);
		return true;
	case DEED_OBJECT:
		if (n != 3)
			return false;
		push(v, &screen_opinion, "object", fx);
		return true;
	default:
		return false;
	}
}

static void try_answer(const struct review *v, int n, struct effects *fx)
{
	if (!mine(v))
		fx_refuse(fx, _("This review belongs to another post: %s."), text(v, "post"));
	else if (!answer(v, n, fx))
		fx_refuse(fx, "%s", keys(v));
}

static void turn(struct review *v, int step)
{
	v->pane = (enum pane)(((int)v->pane + PANES + step) % PANES);
	v->scroll = 0;
}

static bool review_key(struct review *v, const struct key *k, struct effects *fx)
{
	switch (k->code) {
	case K_RIGHT:
	case K_ENTER:
		turn(v, 1);
		return true;
	case K_LEFT:
	case K_BACKTAB:
		turn(v, -1);
		return true;
	case K_UP:
	case K_DOWN:
	case K_PGUP:
	case K_PGDN:
		v->scroll += (k->code == K_UP || k->code == K_PGUP ? -1 : 1) *
			     (k->code == K_PGUP || k->code == K_PGDN ? 10 : 1);
		if (v->scroll < 0)
			v->scroll = 0;
		return true;
	default:
		break;
	}
	if (k->code != K_TEXT || k->text[0] < '1' || k->text[0] > '5')
		return false;
	try_answer(v, k->text[0] - '0', fx);
	return true;
}

static bool review_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct review *v = s->state;
	struct screen_arg arg = {.id = v->case_id};
	switch (r) {
	case REQ_COMMIT:
		try_answer(v, 0, fx);
		return true;
	case REQ_PAPERS:
		fx_push(fx, &screen_papers, &arg);
		return true;
	case REQ_PANE:
		turn(v, 1);
		return true;
	case REQ_REFRESH:
		ask(v, fx, 0);
		return false;
	case REQ_KEY:
		return review_key(v, k, fx);
	default:
		return false;
	}
}

/* What F10 opens now. */
static const char *review_label(const struct screen *s, enum request r)
{
	const struct review *v = s->state;
	if (r != REQ_COMMIT)
		return NULL;
	if (!mine(v))
		return "";
	switch (deed(v)) {
	case DEED_CHECK:
		return _("Complete");
	case DEED_CONSENT:
		return _("Consent");
	case DEED_ANSWER:
	case DEED_SUPERSEDE:
		return NULL;
	default:
		return "";
	}
}

static void opinions(struct facts *f, const struct reply *r)
{
	char line[1400], when[32], label[48];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		const char *words = reply_text(r, i, "words"), *basis = reply_text(r, i, "basis"),
			   *no = reply_text(r, i, "document_no"), *actor = reply_text(r, i, "actor");
		bool opinion = reply_bool(r, i, "current") || strcmp(reply_text(r, i, "how"), "review") == 0;
		snprintf(label, sizeof label, "%s",
		    reply_bool(r, i, "current") ? _("Holds")
		    : opinion                   ? _("Superseded")
						: _("Filed"));
		snprintf(line, sizeof line, "%s%s%s%s%s%s%s · %s · %s",
		    opinion && strcmp(reply_text(r, i, "answer"), "deemed") != 0
			? word_opinion(reply_text(r, i, "answer"))
			: word_opinion_how(reply_text(r, i, "how")),
		    *words != '\0' ? " · " : "", words, *basis != '\0' ? " · " : "", basis,
		    *no != '\0' ? " · " : "", no, *actor != '\0' ? word_actor(actor) : _("post empty"),
		    word_moment(reply_int(r, i, "at"), when, sizeof when));
		case_fact(f, label, line);
	}
}

/* PAR-7: the scans, or where the papers are. */
static void at_hand(struct facts *f, const struct review *v)
{
	char line[400];
	const struct reply *papers = v->got[TAG_PAPERS], *originals = v->got[TAG_ORIGINALS];
	size_t scans = 0, n = 0;
	int64_t window = 0;
	for (size_t i = 0; papers != NULL && i < papers->nrows; i++)
		scans += reply_null(papers, i, "voided_at");
	for (size_t i = 0; originals != NULL && i < originals->nrows; i++)
		if (reply_null(originals, i, "returned_at")) {
			n++;
			window = reply_int(originals, i, "kept_window");
		}
	if (scans > 0)
		snprintf(line, sizeof line,
		    ngettext(
			"%zu scan: F6 shows or exports it", "%zu scans: F6 shows or exports them", scans),
		    scans);
	else
		snprintf(line, sizeof line, _("no scans: the papers are with %s"), text(v, "lead"));
	size_t used = strlen(line);
	if (n > 0)
		snprintf(line + used, sizeof line - used,
		    ngettext(
			" · %zu original kept at window %lld", " · %zu originals kept at window %lld", n),
		    n, (long long)window);
	case_fact(f, _("Papers"), line);
}

static void facts_of(struct facts *f, const struct review *v, size_t i, int64_t now)
{
	const struct reply *r = v->got[TAG_ALL], *c = v->got[TAG_SHOW];
	char line[600], said[200], when[32];
	case_fact(f, _("Reviews"), reply_text(r, i, "matter"));
	case_fact(f, _("Item"), reply_text(r, i, "item"));
	snprintf(line, sizeof line, "%.200s · %s", reply_text(r, i, "applicant"),
	    word_state(reply_text(r, i, "state")));
	case_fact(f, _("Applicant"), line);
	if (c != NULL)
		case_fact(f, _("Asks for"), reply_text(c, 0, "matter"));
	snprintf(line, sizeof line, "%.200s%s%s", reply_text(r, i, "lead"),
	    reply_null(r, i, "lead_due") ? "" : _(", promised by "),
	    word_moment(reply_int(r, i, "lead_due"), when, sizeof when));
	case_fact(f, _("Led by"), line);
	snprintf(line, sizeof line, "%.200s · %.100s", reply_text(r, i, "post"),
	    reply_null(r, i, "holder") ? _("empty") : reply_text(r, i, "holder"));
	case_fact(f, _("Answers"), line);
	if (reviewing_ends(r, i) != 0) {
		reviewing_left(r, i, said, sizeof said);
		snprintf(
		    line, sizeof line, "%s · %s", word_moment(reviewing_ends(r, i), when, sizeof when), said);
		case_fact(f, _("Open until"), line);
	}
	case_fact(f, _("Silence"), reviewing_silence(r, i, now, said, sizeof said));
	if (reply_bool(r, i, "wanted"))
		case_fact(f, _("Wanted"), _("a correction: it waits for the lead"));
	at_hand(f, v);
	opinions(f, v->got[TAG_OPINIONS]);
}

static void papers(struct facts *f, const struct review *v)
{
	const struct reply *r = v->got[TAG_MATERIALS], *p = v->got[TAG_PAPERS], *o = v->got[TAG_ORIGINALS];
	char line[1800];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		size_t scans = 0, kept = 0;
		int64_t seq = reply_int(r, i, "seq");
		for (size_t j = 0; p != NULL && j < p->nrows; j++)
			scans += reply_int(p, j, "seq") == seq && reply_null(p, j, "voided_at");
		for (size_t j = 0; o != NULL && j < o->nrows; j++)
			kept += reply_int(o, j, "seq") == seq && reply_null(o, j, "returned_at");
		const char *note = reply_text(r, i, "note");
		snprintf(line, sizeof line, "%lld. %s%s%s%s%s", (long long)seq, reply_text(r, i, "name"),
		    *note != '\0' ? " → " : "", note, scans > 0 ? _(" · scanned") : "",
		    kept > 0 ? _(" · original kept") : "");
		case_fact(f, word_tick(reply_text(r, i, "state")), line);
	}
}

static void others(struct facts *f, const struct review *v)
{
	const struct reply *r = v->got[TAG_ALL];
	char line[900], said[200], label[64];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		bool unseen = reply_null(r, i, "seen_at") && strcmp(reply_text(r, i, "waits"), "review") == 0;
		snprintf(label, sizeof label, "%s%lld", reply_int(r, i, "seq") == v->seq ? "* " : "",
		    (long long)reply_int(r, i, "seq"));
		snprintf(line, sizeof line, "%.60s · %.400s · %s%s", reply_text(r, i, "department"),
		    reply_text(r, i, "matter"), reviewing_said(r, i, said, sizeof said),
		    unseen ? _(" · not opened yet") : "");
		case_fact(f, label, line);
	}
}

static void needs(struct facts *f, const struct review *v)
{
	const struct reply *r = v->got[TAG_NEEDS];
	static const struct {
		const char *state, *label;
	} states[] = {{"open", N_("waits")}, {"told", N_("told")}, {"rejected", N_("rejected")},
	    {"dropped", N_("dropped")}};
	char line[1400], material[24];
	for (size_t i = 0; r != NULL && i < r->nrows; i++) {
		const char *label = reply_text(r, i, "state"), *reason = reply_text(r, i, "reason");
		for (size_t j = 0; j < sizeof states / sizeof *states; j++)
			if (strcmp(states[j].state, label) == 0)
				label = _(states[j].label);
		material[0] = '\0';
		if (!reply_null(r, i, "material"))
			snprintf(material, sizeof material, "%lld. ", (long long)reply_int(r, i, "material"));
		snprintf(line, sizeof line, "%s%s · %s%s%s", material, reply_text(r, i, "words"),
		    reply_text(r, i, "department"), *reason != '\0' ? _(" · rejected: ") : "", reason);
		case_fact(f, label, line);
	}
	if (f->row == 0)
		case_fact(f, "", _("No department asked for anything."));
}

static void review_draw(struct screen *s, const struct area *a)
{
	static const char *const names[PANES] = {
	    N_("Review"), N_("Materials"), N_("Departments"), N_("Asked for")};
	struct review *v = s->state;
	char left[64];
	size_t i;
	int x = a->x + 1, w = a->w > WIDEST ? WIDEST : a->w;
	if (!own(v, &i)) {
		draw_text(a->y, x, a->w - 2, FACE_DIM, _("Reading the case …"));
		return;
	}
	const struct reply *r = v->got[TAG_ALL];
	reviewing_left(r, i, left, sizeof left);
	int used = draw_format(a->y, x, a->w - 2, FACE_TITLE, "%s · %s", reply_text(r, i, "number"),
	    reply_null(r, i, "waits") ? _("nothing to do") : word_waits(reply_text(r, i, "waits")));
	used += draw_format(a->y, x + used, a->w - 2 - used, light_face(reply_text(r, i, "light")), "%s%s",
	    left[0] != '\0' ? " · " : "", left);
	if (reviewing_falls(r, i))
		used += draw_text(a->y, x + used, a->w - 2 - used, FACE_WARN, _(" · silence agrees"));
	if (!reply_bool(r, i, "mine"))
		draw_text(a->y, x + used, a->w - 2 - used, FACE_PLAIN, _(" · another post's"));
	draw_rule(a->y + 1, a->x, a->w, NULL);
	for (int p = 0; p < PANES; p++)
		x = draw_tab(a->y + 1, x, a->x + a->w - 1, _(names[p]), p == (int)v->pane);
	struct facts f = {{a->y + 2, a->x + 1, a->h - 4, w - 2}, 0, v->scroll};
	if (v->pane == PANE_REVIEW)
		facts_of(&f, v, i, s->desk->now);
	else if (v->pane == PANE_PAPERS)
		papers(&f, v);
	else if (v->pane == PANE_OTHERS)
		others(&f, v);
	else
		needs(&f, v);
	if (v->scroll > f.row - 1)
		v->scroll = f.row > 0 ? f.row - 1 : 0;
	if (f.row - f.skip > f.a.h)
		draw_text(f.a.y + f.a.h - 1, a->x + a->w - 1, 1, FACE_WARN, draw_ascii() ? "v" : "↓");
	draw_rule(a->y + a->h - 2, a->x, a->w, NULL);
	draw_text(a->y + a->h - 1, a->x + 1, a->w - 2, FACE_BOLD, mine(v) ? keys(v) : "");
}

static void replied(struct review *v, const struct message *m, struct effects *fx)
{
	if (m->tag == TAG_CHECK) {
		if (reply_ok(m->reply))
			fx_say(
			    fx, FACE_GOOD, _("Checked: complete · %s."), reply_text(m->reply, 0, "number"));
		else
			fx_refuse_reply(fx, m->reply);
		ask(v, fx, 0);
		return;
	}
	if (v->asking > 0)
		v->asking--;
	if (reply_ok(m->reply)) {
		reply_free(v->got[m->tag]);
		v->got[m->tag] = reply_keep(m->reply);
	} else if (m->tag == TAG_ALL || m->tag == TAG_OPINIONS) {
		fx_refuse_reply(fx, m->reply);
	}
	if (v->asking == 0 && v->again)
		ask(v, fx, 0);
}

static void review_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct review *v = s->state;
	switch (m->kind) {
	case MESSAGE_REPLY:
		replied(v, m, fx);
		return;
	case MESSAGE_RESULT:
		if (m->arg != NULL && m->arg->number == CONFIRM_COMPLETE && m->arg->kind[0] == '\0')
			send_complete(v, fx);
		else
			ask(v, fx, m->arg != NULL ? SEND_WAIT : 0);
		return;
	case MESSAGE_EVENTS:
		if (reply_names(m->reply, "case_id", v->case_id))
			ask(v, fx, 0);
		return;
	case MESSAGE_STOPPED:
		v->asking = 0;
		return;
	case MESSAGE_ONLINE:
		v->asking = 0;
		ask(v, fx, 0);
		return;
	default:
		return;
	}
}

const struct screen_ops screen_review = {
    .name = "review",
    .title = N_("A review"),
    .on = ON_REVIEW,
    .size = sizeof(struct review),
    .open = review_open,
    .close = review_close,
    .draw = review_draw,
    .request = review_request,
    .message = review_message,
    .label = review_label,
    .watch = review_watch,
};
