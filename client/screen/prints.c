/*
 * The print queue (DOC-2, DOC-3): papers of my posts that are still to come out, and this
 * window's printings of today. F8 prints or prints again, F5 and F6 say what became of one
 * whose end is unknown, F6 cancels one that is held up. Drawing is in prints_draw.c.
 */
#include "client/screen/prints.h"

#include <stdio.h>
#include <string.h>

#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { TAG_QUEUE = 1, TAG_SETTLE };
enum { CONFIRM_ELSEWHERE = 1 };

const struct paper_job *prints_job(const struct desk *d, int64_t notice_id)
{
	for (int i = 0; i < d->npapers; i++)
		if (d->papers[i].notice_id == notice_id)
			return &d->papers[i];
	return NULL;
}

bool prints_unknown(const struct desk *d, const struct reply *r, size_t row)
{
	return strcmp(reply_text(r, row, "state"), "queued") == 0 && reply_bool(r, row, "here") &&
	       prints_job(d, reply_int(r, row, "notice_id")) == NULL;
}

static void ask(struct prints *p, struct effects *fx)
{
	if (p->asking) {
		p->again = true;
		return;
	}
	p->asking = true;
	p->again = false;
	fx_send(fx, "notice.queue", TAG_QUEUE, p->rows == NULL ? SEND_WAIT : 0, NULL);
}

static void prints_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct prints *p = s->state;
	(void)arg;
	p->desk = s->desk;
	p->seek = true;
	list_init(&p->list, &prints_list, p);
	ask(p, fx);
}

static void prints_close(struct screen *s)
{
	reply_free(((struct prints *)s->state)->rows);
}

/* The row at the cursor; −1 after a word about there being none. */
static int row_of(struct prints *p, struct effects *fx)
{
	if (p->rows == NULL || p->list.at < 0)
		fx_refuse_code(fx, "find.none", NULL);
	return p->rows == NULL ? -1 : p->list.at;
}

static const char *printer(const struct prints *p)
{
	return p->printer > 0 ? p->desk->printers[p->printer - 1] : "";
}

static void start(struct prints *p, struct effects *fx)
{
	issue_print(&p->issue, fx, p->rows, (size_t)p->list.at, printer(p));
}

static void print(struct prints *p, struct effects *fx)
{
	int at = row_of(p, fx);
	struct screen_arg arg = {.number = CONFIRM_ELSEWHERE};
	if (at < 0)
		return;
	size_t row = (size_t)at;
	if (prints_job(p->desk, reply_int(p->rows, row, "notice_id")) != NULL) {
		fx_refuse(fx, "%s", _("This paper is at the printer already: F6 cancels that first."));
	} else if (strcmp(reply_text(p->rows, row, "state"), "queued") == 0 &&
		   !reply_bool(p->rows, row, "here")) {
		snprintf(arg.text, sizeof arg.text,
		    _("Window %lld sent this paper to a printer and its end is not known here. Print it "
		      "here, too?"),
		    (long long)reply_int(p->rows, row, "window_no"));
		p->elsewhere = reply_int(p->rows, row, "notice_id");
		fx_push(fx, &screen_confirm, &arg);
	} else {
		start(p, fx);
	}
}

/* It was asked about one paper; the list may be another by now, and the cursor elsewhere. */
static void confirmed(struct prints *p, struct effects *fx)
{
	if (p->list.at >= 0 && p->list.id == p->elsewhere)
		start(p, fx);
	else
		fx_refuse(fx, "%s", _("The list has changed meanwhile: choose the paper again."));
}

/* Somebody has looked: it came out, or it did not. */
static void settle(struct prints *p, bool out, struct effects *fx)
{
	struct bytes_out payload = fx_payload();
	p->settling = reply_int(p->rows, (size_t)p->list.at, "notice_id");
	op_put_int8(&payload, p->settling);
	op_put_bool(&payload, out);
	op_put_null(&payload);
	op_put_null(&payload);
	/* Words of the record, which is Chinese as all papers are. */
	op_put_text(&payload, out ? NULL : "经查看未出纸");
	fx_send(fx, "notice.printed", TAG_SETTLE, SEND_WAIT, &payload);
}

static void came_out(struct prints *p, struct effects *fx)
{
	int at = row_of(p, fx);
	if (at < 0)
		return;
	if (prints_unknown(p->desk, p->rows, (size_t)at))
		settle(p, true, fx);
	else
		fx_refuse(fx, "%s", _("Only of a paper whose end is unknown can be said that it came out."));
}

static void cancel(struct prints *p, struct effects *fx)
{
	int at = row_of(p, fx);
	if (at < 0)
		return;
	int64_t id = reply_int(p->rows, (size_t)at, "notice_id");
	const struct paper_job *job = prints_job(p->desk, id);
	if (job != NULL && job->stage == PAPER_RECORDING) {
		fx_refuse(fx, "%s", _("The printing has ended already; it is being recorded."));
	} else if (job != NULL) {
		fx_paper_stop(fx, id);
		fx_say(fx, FACE_PLAIN, "%s", _("The printing is being cancelled."));
	} else if (prints_unknown(p->desk, p->rows, (size_t)at)) {
		settle(p, false, fx);
	} else {
		fx_refuse(
		    fx, "%s", _("This paper is at no printer of this window: nothing is to be cancelled."));
	}
}

/* Each paper's own printer, then each of this window's by name. */
static void turn_printer(struct prints *p, struct effects *fx)
{
	p->printer = (p->printer + 1) % (p->desk->nprinters + 1);
	if (p->printer == 0)
		fx_say(fx, FACE_PLAIN, "%s", _("F8 prints each paper at the printer it belongs to."));
	else
		fx_say(fx, FACE_PLAIN, _("F8 prints at %s."), printer(p));
}

static void open_case(struct prints *p, struct effects *fx)
{
	int at = row_of(p, fx);
	if (at < 0)
		return;
	struct screen_arg arg = {.id = reply_int(p->rows, (size_t)at, "case_id")};
	fx_push(fx, &screen_case, &arg);
}

static bool prints_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct prints *p = s->state;
	switch (r) {
	case REQ_PRINT:
		print(p, fx);
		return true;
	case REQ_CAME_OUT:
		came_out(p, fx);
		return true;
	case REQ_NOT_OUT:
		cancel(p, fx);
		return true;
	case REQ_PRINTER:
		turn_printer(p, fx);
		return true;
	case REQ_OPEN:
		open_case(p, fx);
		return true;
	case REQ_PRINTS:
		return true;
	case REQ_REFRESH:
		ask(p, fx);
		return false;
	case REQ_KEY:
		return list_key(&p->list, k);
	default:
		return false;
	}
}

/* The cursor goes where an answer is wanted. */
static void seek(struct prints *p)
{
	p->seek = false;
	for (size_t i = 0; i < p->rows->nrows; i++)
		if (prints_unknown(p->desk, p->rows, i)) {
			list_select(&p->list, (int)i);
			return;
		}
}

static void listed(struct prints *p, const struct reply *r, struct effects *fx)
{
	p->asking = false;
	if (!reply_ok(r)) {
		fx_warn_reply(fx, r);
	} else {
		reply_free(p->rows);
		p->rows = reply_keep(r);
		list_sync(&p->list);
		if (p->seek)
			seek(p);
	}
	if (p->again)
		ask(p, fx);
}

static void prints_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct prints *p = s->state;
	enum issue_result how = issue_message(&p->issue, m, fx);
	if (m->kind == MESSAGE_STOPPED)
		p->asking = false; /* given up, too: its answer does not come any more */
	if (how != ISSUE_OTHER) {
		issue_say(&p->issue, fx, how);
		if (how != ISSUE_GOING)
			ask(p, fx);
		return;
	}
	switch (m->kind) {
	case MESSAGE_REPLY:
		if (m->tag == TAG_QUEUE) {
			listed(p, m->reply, fx);
			return;
		}
		if (reply_ok(m->reply))
			fx_say(fx, FACE_GOOD, _("Recorded: %s"), reply_text(m->reply, 0, "number"));
		else
			fx_refuse_reply(fx, m->reply);
		p->seek = true;
		ask(p, fx);
		return;
	case MESSAGE_RESULT:
		if (m->arg != NULL && m->arg->number == CONFIRM_ELSEWHERE)
			confirmed(p, fx);
		else
			ask(p, fx);
		return;
	case MESSAGE_STOPPED:
		return;
	default:
		ask(p, fx);
		return;
	}
}

/* What F8 and F6 do with the paper at the cursor. */
static const char *prints_label(const struct screen *s, enum request r)
{
	const struct prints *p = s->state;
	if (p->rows == NULL || p->list.at < 0)
		return r == REQ_PRINT || r == REQ_CAME_OUT || r == REQ_NOT_OUT ? "" : NULL;
	size_t row = (size_t)p->list.at;
	bool unknown = prints_unknown(p->desk, p->rows, row);
	bool here = prints_job(p->desk, reply_int(p->rows, row, "notice_id")) != NULL;
	if (r == REQ_CAME_OUT)
		return unknown ? NULL : "";
	if (r == REQ_NOT_OUT)
		return unknown ? _("Did not come out") : here ? NULL : "";
	if (r == REQ_PRINT && here)
		return "";
	if (r == REQ_PRINT && reply_int(p->rows, row, "copies") > 0)
		return _("Reprint");
	return NULL;
}

const struct screen_ops screen_prints = {
    .name = "prints",
    .title = N_("Print queue"),
    .on = ON_PRINTS,
    .size = sizeof(struct prints),
    .open = prints_open,
    .close = prints_close,
    .draw = prints_draw,
    .request = prints_request,
    .message = prints_message,
    .label = prints_label,
};
