/* From a decision to the paper: see issue.h. One step for each answer. */
#include "client/screen/issue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/refusal.h"
#include "client/reply.h"
#include "client/screen/act.h"
#include "client/screen/ticks.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

/* One setting of the program. */
static bool with_receipt;

void issue_with_receipt(bool receipt)
{
	with_receipt = receipt;
}

static void send(
    struct issue *i, struct effects *fx, const char *op, enum issue_stage stage, struct bytes_out *payload)
{
	i->stage = stage;
	i->tag = ISSUE_TAGS + (int)stage;
	fx_send(fx, op, i->tag, SEND_WAIT, payload);
}

static void send_id(struct issue *i, struct effects *fx, const char *op, enum issue_stage stage, int64_t id)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, id);
	send(i, fx, op, stage, &out);
}

static void put_ticks(const struct issue *i, struct bytes_out *out)
{
	if (i->ticks != NULL) {
		ticks_put(i->ticks, out);
		return;
	}
	for (int field = 0; field < 4; field++)
		op_put_null(out);
}

static void put_remark(const struct issue *i, struct bytes_out *out)
{
	op_put_text(out, i->remark[0] != '\0' ? i->remark : NULL);
}

static void put_post(const struct issue *i, struct bytes_out *out)
{
	op_put_id(out, i->words->post);
}

static void put_day(const struct issue *i, struct bytes_out *out)
{
	if (i->words->signed_by != NULL)
		op_put_date(out, i->words->signed_on);
	else
		op_put_null(out);
}

/* Every word a paper may have; which of them count is its kind's. */
static void preview(struct issue *i, struct effects *fx)
{
	const struct issue_words *w = i->words;
	struct bytes_out out = fx_payload();
	op_put_int8(&out, i->case_id);
	op_put_text(&out, i->kind);
	put_ticks(i, &out);
	put_remark(i, &out);
	op_put_text(&out, w->why);
	op_put_text(&out, w->facts);
	op_put_text(&out, w->basis);
	put_post(i, &out);
	op_put_text(&out, w->where);
	op_put_text(&out, w->document);
	op_put_text(&out, w->document_no);
	put_day(i, &out);
	op_put_text(&out, w->signed_by);
	op_put_bool(&out, w->major);
	send(i, fx, "notice.preview", ISSUE_PREVIEW, &out);
}

void issue_outcome(struct issue *i, struct effects *fx, int64_t case_id, int32_t version, const char *kind,
    const struct ticks *ticks, const char *remark, const struct issue_words *words)
{
	static const struct issue_words none;
	memset(i, 0, sizeof *i);
	i->case_id = case_id;
	i->version = version;
	i->kind = kind;
	i->ticks = ticks;
	i->words = words != NULL ? words : &none;
	snprintf(i->remark, sizeof i->remark, "%s", remark);
	preview(i, fx);
}

void issue_act(struct issue *i, struct effects *fx, int64_t case_id, int32_t version, const struct act *act,
    const struct form *form, int32_t today)
{
	struct bytes_out out = fx_payload();
	memset(i, 0, sizeof *i);
	i->case_id = case_id;
	i->version = version;
	i->kind = act->paper;
	i->act = act;
	i->form = form;
	i->today = today;
	op_put_int8(&out, case_id);
	op_put_text(&out, act->name);
	act_put(form, op_by_name("notice.preview_act")->in + 2, today, &out);
	send(i, fx, "notice.preview_act", ISSUE_PREVIEW, &out);
}

void issue_start(struct issue *i, struct effects *fx, int64_t case_id, int32_t version, const char *kind,
    const struct ticks *ticks, const char *remark)
{
	issue_outcome(i, fx, case_id, version, kind, ticks, remark, NULL);
}

/* The words up to the end of the line, which becomes their end; NULL when there are none. */
static const char *cut_line(char **at)
{
	char *words = *at, *end = strchr(words, '\n');
	*at = end == NULL ? words + strlen(words) : end + 1;
	if (end != NULL)
		*end = '\0';
	return *words != '\0' ? words : NULL;
}

char *issue_result_words(char *text, struct issue_words *words)
{
	*words = (struct issue_words){.document = cut_line(&text)};
	words->document_no = cut_line(&text);
	return text;
}

char *issue_decline_words(char *text, struct issue_words *words)
{
	*words = (struct issue_words){.why = cut_line(&text)};
	words->facts = cut_line(&text);
	words->basis = cut_line(&text);
	words->where = cut_line(&text);
	const char *major = cut_line(&text);
	char *remark = text;
	(void)cut_line(&text);
	const char *post = cut_line(&text);
	words->major = major != NULL && strcmp(major, "true") == 0;
	if (words->why != NULL && strcmp(words->why, "not_ours") == 0)
		words->post = post == NULL ? 0 : strtoll(post, NULL, 10);
	else
		words->where = NULL;
	return remark;
}

/* Title, number and moment of a notice, for the paper and its file. */
static void describe(struct paper_order *o, const struct reply *list, size_t row)
{
	o->notice_id = reply_int(list, row, "notice_id");
	snprintf(o->kind, sizeof o->kind, "%s", reply_text(list, row, "kind"));
	snprintf(o->title, sizeof o->title, "%s", reply_text(list, row, "title"));
	snprintf(o->number, sizeof o->number, "%s", reply_text(list, row, "number"));
	snprintf(o->case_number, sizeof o->case_number, "%s", reply_text(list, row, "case_number"));
	o->issued = reply_int(list, row, "issued_at");
	o->reprint = (int)reply_int(list, row, "copies");
	o->voided = !reply_null(list, row, "voided_at");
}

static void show(struct issue *i, struct effects *fx)
{
	i->notice_id = i->order.notice_id;
	send_id(i, fx, "notice.show", ISSUE_SHOW, i->notice_id);
}

void issue_print(
    struct issue *i, struct effects *fx, const struct reply *list, size_t row, const char *printer)
{
	memset(i, 0, sizeof *i);
	i->case_id = reply_int(list, row, "case_id");
	describe(&i->order, list, row);
	snprintf(i->order.printer, sizeof i->order.printer, "%s", printer);
	i->issued = true;
	show(i, fx);
}

void issue_receipt(struct issue *i, struct effects *fx, int64_t case_id)
{
	memset(i, 0, sizeof *i);
	i->case_id = case_id;
	i->kind = "receipt";
	i->issued = true;
	send_id(i, fx, "notice.list", ISSUE_LIST, case_id);
}

static void put_decline(const struct issue *i, struct bytes_out *out)
{
	op_put_text(out, i->words->why);
	op_put_text(out, i->words->facts);
	op_put_text(out, i->words->basis);
	op_put_bool(out, i->words->major);
	put_post(i, out);
	op_put_text(out, i->words->where);
	put_remark(i, out);
}

static void put_finish(const struct issue *i, struct bytes_out *out)
{
	put_ticks(i, out);
	op_put_text(out, i->words->document);
	op_put_text(out, i->words->document_no);
	put_remark(i, out);
	op_put_null(out); /* not by hand */
}

static void put_withdraw(const struct issue *i, struct bytes_out *out)
{
	put_day(i, out);
	op_put_text(out, i->words->signed_by);
	put_remark(i, out);
}

static void put_correct(const struct issue *i, struct bytes_out *out)
{
	put_ticks(i, out);
	put_remark(i, out);
}

/* What the command that makes a paper takes after case and version. */
static const struct {
	const char *kind, *op;
	void (*put)(const struct issue *i, struct bytes_out *out);
} commands[] = {{"acceptance", "case.accept", put_ticks}, {"correction", "case.correct", put_correct},
    {"decline", "case.decline", put_decline}, {"finish", "case.finish", put_finish},
    {"withdraw", "case.withdraw", put_withdraw}};

static void command(struct issue *i, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	size_t c = 0;
	op_put_int8(&out, i->case_id);
	op_put_int4(&out, i->version);
	if (i->act != NULL) {
		act_put(i->form, op_by_name(i->act->op)->in + 2, i->today, &out);
		send(i, fx, i->act->op, ISSUE_COMMAND, &out);
		return;
	}
	while (strcmp(commands[c].kind, i->kind) != 0)
		c++;
	commands[c].put(i, &out);
	send(i, fx, commands[c].op, ISSUE_COMMAND, &out);
}

static enum issue_result end(struct issue *i, enum issue_result result)
{
	i->stage = ISSUE_IDLE;
	return result;
}

/* Issued, yet not on paper: nothing is lost, the case view prints it again. */
static enum issue_result unprinted(struct issue *i, const char *why)
{
	snprintf(i->problem, sizeof i->problem, "%s", why);
	return end(i, ISSUE_PRINTER);
}

/* Why the receipt did not come out, or ""; the paper it went before is printed all the same. */
static void after_receipt(struct issue *i, const char *why, struct effects *fx)
{
	snprintf(i->receipt, sizeof i->receipt, "%s", why);
	i->order = i->then;
	i->then.notice_id = 0;
	show(i, fx);
}

static enum issue_result failed(struct issue *i, const struct reply *r, struct effects *fx)
{
	char buf[512];
	if (i->then.notice_id != 0) {
		after_receipt(i, refusal_reply(r, buf, sizeof buf), fx);
		return ISSUE_GOING;
	}
	if (i->issued)
		return unprinted(i, refusal_reply(r, buf, sizeof buf));
	fx_refuse_reply(fx, r);
	snprintf(i->code, sizeof i->code, "%s", reply_code(r));
	return end(i, ISSUE_REFUSED);
}

/* The newest notice of this kind; its row, or −1. */
static int newest(const struct reply *r, const char *kind)
{
	int found = -1;
	for (size_t row = 0; row < r->nrows; row++)
		if (strcmp(reply_text(r, row, "kind"), kind) == 0 && reply_null(r, row, "voided_at") &&
		    (found < 0 || reply_int(r, row, "notice_id") > reply_int(r, (size_t)found, "notice_id")))
			found = (int)row;
	return found;
}

/* What was just issued, and before it the receipt if that is wanted and still to be printed. */
static enum issue_result listed(struct issue *i, const struct reply *r, struct effects *fx)
{
	int row = newest(r, i->kind), receipt = with_receipt ? newest(r, "receipt") : -1;
	if (receipt == row)
		receipt = -1;
	if (row < 0)
		return unprinted(i, _("The notice was not found."));
	describe(&i->order, r, (size_t)row);
	if (i->elsewhere != NULL) {
		snprintf(i->path, sizeof i->path, _("printed by the post %s"), i->elsewhere);
		return end(i, ISSUE_DONE);
	}
	if (receipt >= 0 && strcmp(reply_text(r, (size_t)receipt, "state"), "unprinted") == 0) {
		i->then = i->order;
		describe(&i->order, r, (size_t)receipt);
	}
	show(i, fx);
	return ISSUE_GOING;
}

/* A tag of its own for every paper: one that was left to itself still tells how it ended. */
static void layout(struct issue *i, struct effects *fx, enum issue_stage stage, struct reply *blocks)
{
	static int papers;
	struct paper_order order = i->order;
	order.blocks = blocks;
	order.spool = stage == ISSUE_SPOOL;
	i->stage = stage;
	papers = (papers + 1) % 1000000;
	i->tag = ISSUE_TAGS + ISSUE_STAGES * papers + (int)stage;
	fx_hold(fx);
	fx_paper(fx, i->tag, &order);
}

static enum issue_result printed(struct issue *i, const struct paper_result *p, struct effects *fx)
{
	if (i->then.notice_id != 0) {
		after_receipt(i, p->ok || p->going ? "" : p->sentence, fx);
		return ISSUE_GOING;
	}
	if (p->going)
		snprintf(i->path, sizeof i->path, _("at printer %s"), p->printer);
	else
		snprintf(i->path, sizeof i->path, "%.1000s", p->path[0] != '\0' ? p->path : p->printer);
	if (p->ok || p->going)
		return end(i, ISSUE_DONE);
	return unprinted(i, p->sentence);
}

static enum issue_result paper(struct issue *i, const struct message *m, struct effects *fx)
{
	fx_release(fx);
	if (i->stage == ISSUE_SPOOL)
		return printed(i, m->paper, fx);
	if (!m->paper->ok) {
		/* DOC-2: a missing glyph or an overflow stops it before anything is issued. */
		fx_refuse(fx, "%s", m->paper->sentence);
		return end(i, ISSUE_REFUSED);
	}
	command(i, fx);
	return ISSUE_GOING;
}

static enum issue_result reply(struct issue *i, const struct message *m, struct effects *fx)
{
	if (!reply_ok(m->reply))
		return failed(i, m->reply, fx);
	switch (i->stage) {
	case ISSUE_PREVIEW:
		layout(i, fx, ISSUE_LAYOUT, reply_keep(m->reply));
		return ISSUE_GOING;
	case ISSUE_COMMAND:
		i->issued = true;
		i->version = (int32_t)reply_int(m->reply, 0, "version");
		send_id(i, fx, "notice.list", ISSUE_LIST, i->case_id);
		return ISSUE_GOING;
	case ISSUE_LIST:
		return listed(i, m->reply, fx);
	case ISSUE_SHOW:
		layout(i, fx, ISSUE_SPOOL, reply_keep(m->reply));
		return ISSUE_GOING;
	default:
		return ISSUE_OTHER;
	}
}

enum issue_result issue_message(struct issue *i, const struct message *m, struct effects *fx)
{
	if (i->stage == ISSUE_IDLE)
		return ISSUE_OTHER;
	if (m->kind == MESSAGE_STOPPED && i->then.notice_id != 0)
		i->order = i->then; /* the receipt went before it */
	else if (m->kind == MESSAGE_STOPPED && i->stage == ISSUE_SPOOL) {
		/* What the printer has, it goes on with. */
		snprintf(i->path, sizeof i->path, "%s", _("at printer"));
		return end(i, ISSUE_DONE);
	}
	if (m->kind == MESSAGE_STOPPED)
		return i->issued ? unprinted(i, _("Stopped before it was printed.")) : end(i, ISSUE_REFUSED);
	if (m->tag != i->tag)
		return ISSUE_OTHER;
	if (m->kind == MESSAGE_PAPER)
		return paper(i, m, fx);
	return m->kind == MESSAGE_REPLY ? reply(i, m, fx) : ISSUE_OTHER;
}

void issue_say(const struct issue *i, struct effects *fx, enum issue_result result)
{
	if (i->receipt[0] != '\0' && (result == ISSUE_DONE || result == ISSUE_PRINTER))
		fx_say(fx, FACE_ERROR,
		    _("Saved, but the receipt was not printed: %s F9 dydl prints it again."), i->receipt);
	else if (result == ISSUE_DONE)
		fx_say(fx, FACE_GOOD, _("Saved. %s %s: %s"), i->order.title, i->order.number, i->path);
	else if (result == ISSUE_PRINTER)
		fx_say(fx, FACE_ERROR, _("Saved, but %s %s was not printed: %s F9 dydl prints it."),
		    i->order.title, i->order.number, i->problem);
}
