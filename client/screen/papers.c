/*
 * What belongs to a case besides its notices: attachments (PAR-7) and originals the window keeps
 * (CASE-2). One list, a line for each, what is known of the selected one below it. Files go on
 * their way while the keys go on; Esc stops those of this case.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/files.h"
#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/screen/words.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "client/ui/list.h"
#include "common/op.h"
#include "common/text.h"

enum { TAG_SHOW = 1, TAG_PAPERS, TAG_ORIGINALS, TAG_MATERIALS, TAG_NOTICES, TAG_FILE };
enum { DETAIL_ROWS = 5 };

struct papers {
	int64_t case_id;
	struct reply *show, *papers, *originals, *materials;
	struct list list;
	int going;    /* files on their way */
	int asking;   /* answers under way */
	bool again;   /* something changed meanwhile */
	int64_t from; /* what a dialog was opened for */
	size_t had;   /* originals before more were kept: those are selected */
	bool to_last;
	int64_t notice_id;  /* the paper of an original, to be printed */
	struct issue issue; /* … and its way to the printer */
	struct file_order
	    void_put; /* a file that was marked void before, and the question about it is open */
};

static int papers_of(const struct papers *p)
{
	return p->papers == NULL ? 0 : (int)p->papers->nrows;
}

static int papers_count(const void *data)
{
	const struct papers *p = data;
	return papers_of(p) + (p->originals == NULL ? 0 : (int)p->originals->nrows);
}

/* The row of an original; −1 for an attachment. */
static int original_of(const struct papers *p, int row)
{
	return row < papers_of(p) ? -1 : row - papers_of(p);
}

static int64_t papers_id(const void *data, int row)
{
	const struct papers *p = data;
	int o = original_of(p, row);
	return o < 0 ? reply_int(p->papers, (size_t)row, "paper_id")
		     : reply_int(p->originals, (size_t)o, "original_id");
}

static const char *kind_of(const struct papers *p, int row)
{
	int o = original_of(p, row);
	if (o < 0)
		return reply_null(p->papers, (size_t)row, "voided_at")
			   ? word_media(reply_text(p->papers, (size_t)row, "media"))
			   : _("void");
	return reply_null(p->originals, (size_t)o, "returned_at") ? _("original") : _("returned");
}

/* 2.9 MiB, 48 KiB. */
static char *size_text(int64_t size, char *buf, size_t n)
{
	if (size >= 1024 * 1024)
		snprintf(buf, n, "%.1f MiB", (double)size / (1024 * 1024));
	else
		snprintf(buf, n, "%lld KiB", (long long)(size + 1023) / 1024);
	return buf;
}

static void name_text(const struct papers *p, int row, char *buf, size_t n)
{
	int o = original_of(p, row);
	const struct reply *r = o < 0 ? p->papers : p->originals;
	size_t i = (size_t)(o < 0 ? row : o);
	if (o >= 0)
		snprintf(buf, n, _("%s, %lld copies"), reply_text(r, i, "name"),
		    (long long)reply_int(r, i, "copies"));
	else if (reply_null(r, i, "seq"))
		snprintf(buf, n, "%s", reply_text(r, i, "name"));
	else
		snprintf(buf, n, "%lld. %s · %s", (long long)reply_int(r, i, "seq"),
		    reply_text(r, i, "material"), reply_text(r, i, "name"));
}

static void papers_row(const void *data, int row, const struct area *a, bool selected)
{
	const struct papers *p = data;
	int o = original_of(p, row);
	const struct reply *r = o < 0 ? p->papers : p->originals;
	size_t i = (size_t)(o < 0 ? row : o);
	char name[1400], when[32], size[32] = "";
	enum face face = selected ? FACE_SELECT : FACE_PLAIN;
	if (selected)
		draw_fill(a->y, a->x, a->w, FACE_SELECT);
	draw_text(a->y, a->x + 1, 8, face, kind_of(p, row));
	name_text(p, row, name, sizeof name);
	draw_text(a->y, a->x + 10, a->w - 10 - 29, face, name);
	if (o < 0)
		size_text(reply_int(r, i, "size"), size, sizeof size);
	draw_right(a->y, a->x + a->w - 28, 9, face, size);
	draw_right(a->y, a->x + a->w - 18, 17, face,
	    word_moment(reply_int(r, i, o < 0 ? "at" : "kept_at"), when, sizeof when));
	if (selected)
		draw_caret(a->y, a->x + 1);
}

static const struct list_ops papers_list = {papers_count, papers_id, NULL, papers_row};

static void ask(struct papers *p, struct effects *fx, unsigned flags)
{
	if (p->asking > 0) {
		p->again = true;
		return;
	}
	p->again = false;
	p->asking = 4;
	fx_send_id(fx, "case.show", TAG_SHOW, flags, p->case_id);
	fx_send_id(fx, "paper.list", TAG_PAPERS, flags, p->case_id);
	fx_send_id(fx, "paper.originals", TAG_ORIGINALS, flags, p->case_id);
	fx_send_id(fx, "case.materials", TAG_MATERIALS, flags, p->case_id);
}

static void papers_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct papers *p = s->state;
	p->case_id = arg->id;
	list_init(&p->list, &papers_list, p);
	ask(p, fx, SEND_WAIT);
}

static void papers_close(struct screen *s)
{
	struct papers *p = s->state;
	reply_free(p->show);
	reply_free(p->papers);
	reply_free(p->originals);
	reply_free(p->materials);
}

static int64_t papers_watch(const struct screen *s)
{
	return ((const struct papers *)s->state)->case_id;
}

static void detail_of_paper(const struct reply *r, size_t i, char *buf, size_t n)
{
	char when[32];
	size_t at = (size_t)snprintf(buf, n, _("%s · attached by %s at window %lld"),
	    reply_text(r, i, "name"), reply_text(r, i, "actor"), (long long)reply_int(r, i, "window_no"));
	if (!reply_null(r, i, "voided_at") && at < n)
		snprintf(buf + at, n - at, _(" · void since %s: %s"),
		    word_moment(reply_int(r, i, "voided_at"), when, sizeof when),
		    reply_text(r, i, "void_reason"));
}

static void detail_of_original(const struct reply *r, size_t i, char *buf, size_t n)
{
	char when[32];
	const char *remark = reply_text(r, i, "remark");
	size_t at = (size_t)snprintf(buf, n, _("%s · kept by %s at window %lld"), reply_text(r, i, "name"),
	    reply_text(r, i, "kept_by"), (long long)reply_int(r, i, "kept_window"));
	if (!reply_null(r, i, "returned_at") && at < n)
		snprintf(buf + at, n - at, _(" · %s: returned by %s to %s, who signed%s%s"),
		    word_moment(reply_int(r, i, "returned_at"), when, sizeof when),
		    reply_text(r, i, "returned_by"), reply_text(r, i, "receiver"),
		    *remark != '\0' ? " · " : "", remark);
}

static void detail(const struct papers *p, const struct area *a)
{
	char line[3000] = "";
	int o = p->list.at < 0 ? -1 : original_of(p, p->list.at);
	draw_rule(a->y, a->x, a->w, NULL);
	struct area text = {a->y + 1, a->x + 1, a->h - 1, a->w - 2};
	if (p->list.at < 0)
		snprintf(line, sizeof line, "%s",
		    _("F6 attaches a scan, F7 lists originals that the window keeps."));
	else if (o < 0)
		detail_of_paper(p->papers, (size_t)p->list.at, line, sizeof line);
	else
		detail_of_original(p->originals, (size_t)o, line, sizeof line);
	draw_wrap(&text, 0, p->list.at < 0 ? FACE_DIM : FACE_PLAIN, line);
}

static void papers_draw(struct screen *s, const struct area *a)
{
	struct papers *p = s->state;
	if (p->show == NULL || p->show->nrows == 0) {
		draw_text(a->y, a->x + 1, a->w - 2, FACE_DIM, _("Reading the case …"));
		return;
	}
	draw_format(a->y, a->x + 1, a->w - 2, FACE_TITLE, _("%s · %s · attachments and originals"),
	    reply_text(p->show, 0, "number"), word_state(reply_text(p->show, 0, "state")));
	draw_rule(a->y + 1, a->x, a->w, NULL);
	struct area rows = {a->y + 2, a->x, a->h - 2 - DETAIL_ROWS, a->w};
	struct area below = {a->y + a->h - DETAIL_ROWS, a->x, DETAIL_ROWS, a->w};
	if (papers_count(p) == 0)
		draw_text(
		    rows.y, rows.x + 1, rows.w - 2, FACE_DIM, _("Nothing is attached, no original is kept."));
	list_draw(&p->list, &rows, true);
	detail(p, &below);
}

/* The selected attachment; 0 with a word when it is none. */
static int64_t paper_here(const struct papers *p, struct effects *fx)
{
	if (p->list.at >= 0 && original_of(p, p->list.at) < 0)
		return p->list.id;
	fx_refuse(fx, "%s", _("Choose an attachment first."));
	return 0;
}

static void order(
    struct papers *p, struct effects *fx, enum file_task task, int64_t paper, int seq, const char *path)
{
	struct file_order o = {.task = task, .case_id = p->case_id, .paper_id = paper, .seq = seq};
	snprintf(o.path, sizeof o.path, "%s", path);
	if (task != FILE_STOP)
		p->going++;
	fx_file(fx, TAG_FILE, &o);
}

static void pick(struct papers *p, struct effects *fx)
{
	struct screen_arg arg = {.id = p->case_id};
	size_t at = 0;
	for (size_t i = 0; p->materials != NULL && i < p->materials->nrows && at < sizeof arg.text; i++)
		at += (size_t)snprintf(arg.text + at, sizeof arg.text - at, "%lld %s\n",
		    (long long)reply_int(p->materials, i, "seq"), reply_text(p->materials, i, "name"));
	fx_push(fx, &screen_attach, &arg);
}

static void dialog(struct papers *p, struct effects *fx, const char *kind, int64_t of, const char *text)
{
	struct screen_arg arg = {.id = of, .other = p->case_id};
	snprintf(arg.kind, sizeof arg.kind, "%s", kind);
	snprintf(arg.text, sizeof arg.text, "%s", text);
	p->from = of;
	p->had = p->originals == NULL ? 0 : p->originals->nrows;
	fx_push(fx, &screen_paper_ask, &arg);
}

static void give_back(struct papers *p, struct effects *fx)
{
	int o = p->list.at < 0 ? -1 : original_of(p, p->list.at);
	if (o < 0)
		fx_refuse(fx, "%s", _("Choose an original first."));
	else if (!reply_null(p->originals, (size_t)o, "returned_at"))
		fx_refuse_code(fx, "original.returned", reply_text(p->originals, (size_t)o, "name"));
	else
		dialog(p, fx, "return", p->list.id, reply_text(p->show, 0, "applicant"));
}

/* Keeping and giving back made a paper each: the receipt anew, a slip. */
static void print_paper(struct papers *p, struct effects *fx)
{
	int o = p->list.at < 0 ? -1 : original_of(p, p->list.at);
	if (o < 0) {
		fx_refuse(fx, "%s", _("Choose an original first."));
	} else if (reply_null(p->originals, (size_t)o, "notice_id")) {
		fx_refuse(fx, "%s", _("No paper tells of this original: it was kept before they did."));
	} else {
		p->notice_id = reply_int(p->originals, (size_t)o, "notice_id");
		fx_send_id(fx, "notice.list", TAG_NOTICES, SEND_WAIT, p->case_id);
	}
}

static void void_paper(struct papers *p, struct effects *fx)
{
	int64_t id = paper_here(p, fx);
	if (id == 0)
		return;
	if (!reply_null(p->papers, (size_t)p->list.at, "voided_at"))
		fx_refuse_code(fx, "paper.void", NULL);
	else
		dialog(p, fx, "void", id, reply_text(p->papers, (size_t)p->list.at, "name"));
}

static bool papers_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct papers *p = s->state;
	int64_t id;
	if (p->show == NULL && r != REQ_BACK)
		return false;
	switch (r) {
	case REQ_ATTACH:
		pick(p, fx);
		return true;
	case REQ_OPEN:
		if ((id = paper_here(p, fx)) != 0)
			order(p, fx, FILE_VIEW, id, 0, "");
		return true;
	case REQ_EXPORT:
		if ((id = paper_here(p, fx)) != 0)
			dialog(p, fx, "export", id, s->desk->export_folder);
		return true;
	case REQ_VOID_PAPER:
		void_paper(p, fx);
		return true;
	case REQ_KEEP:
		dialog(p, fx, "keep", p->case_id, "");
		return true;
	case REQ_GIVE_BACK:
		give_back(p, fx);
		return true;
	case REQ_PRINT:
		print_paper(p, fx);
		return true;
	case REQ_REFRESH:
		ask(p, fx, 0);
		return false;
	case REQ_BACK:
		if (p->going == 0)
			return false;
		/* Those of a session that ended never say so: the next Esc leaves in any case. */
		p->going = 0;
		order(p, fx, FILE_STOP, 0, 0, "");
		return true;
	case REQ_KEY:
		return list_key(&p->list, k);
	default:
		return false;
	}
}

/* A dialog closed: a file to send on its way, or something was written. */
static void result(struct papers *p, const struct screen_arg *arg, struct effects *fx)
{
	if (strcmp(arg->kind, "attach") == 0)
		order(p, fx, FILE_PUT, 0, (int)arg->number, arg->text);
	else if (strcmp(arg->kind, "again") == 0)
		order(p, fx, FILE_PUT, p->void_put.paper_id, p->void_put.seq, p->void_put.path);
	else if (strcmp(arg->kind, "export") == 0)
		order(p, fx, FILE_EXPORT, p->from, 0, arg->text);
	else
		ask(p, fx, 0);
	p->to_last = strcmp(arg->kind, "written") == 0 && strcmp(arg->text, "keep") == 0;
}

static void print_row(struct papers *p, const struct reply *r, struct effects *fx)
{
	for (size_t i = 0; reply_ok(r) && i < r->nrows; i++)
		if (reply_int(r, i, "notice_id") == p->notice_id) {
			issue_print(&p->issue, fx, r, i, "");
			return;
		}
	if (!reply_ok(r))
		fx_refuse_reply(fx, r);
	else
		fx_refuse_code(fx, "notice.none", NULL);
}

static void replied(struct papers *p, const struct message *m, struct effects *fx)
{
	struct reply **slot = m->tag == TAG_SHOW        ? &p->show
			      : m->tag == TAG_PAPERS    ? &p->papers
			      : m->tag == TAG_ORIGINALS ? &p->originals
							: &p->materials;
	if (m->tag == TAG_NOTICES) {
		print_row(p, m->reply, fx);
		return;
	}
	if (p->asking > 0)
		p->asking--;
	if (reply_ok(m->reply)) {
		reply_free(*slot);
		*slot = reply_keep(m->reply);
		list_sync(&p->list);
		if (m->tag == TAG_ORIGINALS && p->to_last && p->originals->nrows > p->had) {
			list_select(&p->list, papers_count(p) - 1);
			p->to_last = false;
		}
	} else if (m->tag == TAG_SHOW) {
		fx_refuse_reply(fx, m->reply);
	}
	if (p->asking == 0 && p->again)
		ask(p, fx, 0);
}

/* The same file again is mostly a slip of the hand; sometimes it was void for its place only. */
static void filed(struct papers *p, const struct file_result *f, struct effects *fx)
{
	struct screen_arg arg = {.kind = "again", .number = 1};
	if (p->going > 0)
		p->going--;
	if (f->ok || f->stopped) {
		fx_say(fx, f->ok ? FACE_GOOD : FACE_WARN, "%s", f->sentence);
	} else if (f->void_id != 0) {
		p->void_put = *f->order;
		p->void_put.paper_id = f->void_id;
		snprintf(arg.text, sizeof arg.text, _("%s Attach it again all the same?"), f->sentence);
		fx_push(fx, &screen_confirm, &arg);
	} else {
		fx_say(fx, FACE_ERROR, "%s", f->sentence);
	}
	ask(p, fx, 0);
}

static void papers_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct papers *p = s->state;
	enum issue_result how = issue_message(&p->issue, m, fx);
	if (how != ISSUE_OTHER) {
		issue_say(&p->issue, fx, how);
		if (m->kind == MESSAGE_STOPPED)
			p->asking = 0;
		return;
	}
	switch (m->kind) {
	case MESSAGE_REPLY:
		replied(p, m, fx);
		return;
	case MESSAGE_RESULT:
		if (m->arg != NULL)
			result(p, m->arg, fx);
		return;
	case MESSAGE_FILE:
		filed(p, m->file, fx);
		return;
	case MESSAGE_EVENTS:
		if (reply_names(m->reply, "case_id", p->case_id))
			ask(p, fx, 0);
		return;
	case MESSAGE_STOPPED:
		p->asking = 0;
		return;
	default:
		ask(p, fx, 0);
		return;
	}
}

/* What works depends on the row. */
static const char *papers_label(const struct screen *s, enum request r)
{
	const struct papers *p = s->state;
	int o = p->list.at < 0 ? -1 : original_of(p, p->list.at);
	if (r == REQ_OPEN)
		return p->list.at >= 0 && o < 0 ? _("Look") : "";
	if (r == REQ_PRINT)
		return o >= 0 ? NULL : "";
	if (r == REQ_GIVE_BACK)
		return o >= 0 && reply_null(p->originals, (size_t)o, "returned_at") ? NULL : "";
	if (r == REQ_BACK)
		return p->going > 0 ? _("Stop") : NULL;
	return NULL;
}

const struct screen_ops screen_papers = {
    .name = "papers",
    .title = N_("Attachments and originals"),
    .on = ON_PAPERS,
    .size = sizeof(struct papers),
    .open = papers_open,
    .close = papers_close,
    .draw = papers_draw,
    .request = papers_request,
    .message = papers_message,
    .label = papers_label,
    .watch = papers_watch,
};
