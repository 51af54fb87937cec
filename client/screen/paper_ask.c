/*
 * The small forms about attachments and originals: a line or two each. arg: kind keep, return, void
 * or export; id, the attachment or original; other, its case; text, what stands in the first line or
 * what it is about. Gives back kind "written" and its own as text, or "export"
 * and the folder.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/files.h"
#include "client/screen/screen.h"
#include "client/ui/dialog.h"
#include "client/ui/editor.h"
#include "client/ui/keep.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

enum { WIDEST = 90 };

struct question {
	const char *kind, *title, *say, *first, *second; /* msgids; second NULL: only one line */
	size_t most[2];                                  /* characters */
	bool given;                                      /* the text stands in the first line */
};

static const struct question questions[] = {
    {"keep", N_("An original is kept"),
	N_("Several at once: put ； between them. The receipt of today is issued anew and lists them; later "
	   "they get a slip."),
	N_("What it is:"), N_("Copies of each (empty: 1):"), {400, 3}, false},
    {"return", N_("An original goes back"),
	N_("Who gets it signs for it on the slip, which F5 prints afterwards."), N_("Who gets it:"),
	N_("Remark (such as by what right another than the applicant gets it):"), {60, 200}, true},
    {"void", N_("The attachment is the wrong one"), N_("It is marked void and kept:"), N_("Why:"), NULL,
	{200, 0}, false},
    {"export", N_("Write the attachment to a folder"),
	N_("Out there the hall guards it no more: delete it after use."), N_("Folder:"), NULL, {0, 0}, true},
};

struct paper_ask {
	const struct question *q;
	int64_t of, case_id; /* of: the attachment, the original */
	char about[ARG_TEXT];
	struct editor line[2];
	int at;
	bool alone; /* opened from a draft: the list is not below it */
	bool done;  /* nothing typed is left here */
};

static void begin(struct paper_ask *p, const char *kind)
{
	p->q = &questions[0];
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		if (strcmp(questions[i].kind, kind) == 0)
			p->q = &questions[i];
	for (int i = 0; i < 2; i++)
		editor_init(&p->line[i], p->q->most[i], false);
}

static void paper_ask_open(struct screen *s, const struct screen_arg *arg, struct effects *fx)
{
	struct paper_ask *p = s->state;
	(void)fx;
	begin(p, arg->kind);
	p->of = arg->id;
	p->case_id = arg->other;
	snprintf(p->about, sizeof p->about, "%s", arg->text);
	if (p->q->given)
		editor_set(&p->line[0], arg->text);
}

static int lines(const struct paper_ask *p)
{
	return p->q->second == NULL ? 1 : 2;
}

static void paper_ask_draw(struct screen *s, const struct area *a)
{
	struct paper_ask *p = s->state;
	int w = a->w - 12 > WIDEST ? WIDEST : a->w - 12;
	char say[1200] = "";
	if (p->q->say != NULL)
		snprintf(say, sizeof say, "%s %.1000s", _(p->q->say), p->q->given ? "" : p->about);
	int said = *say == '\0' ? 0 : draw_wrap_rows(w, say);
	struct area in = dialog_box(a, said + 3 * lines(p) + 1, w, _(p->q->title));
	struct area text = {in.y, in.x, said, in.w};
	if (said > 0)
		draw_wrap(&text, 0, FACE_PLAIN, say);
	int y = in.y + said;
	for (int i = 0; i < lines(p); i++, y += 3)
		draw_text(y, in.x, in.w, FACE_DIM, _(i == 0 ? p->q->first : p->q->second));
	y = in.y + said + 1;
	for (int i = 0; i < lines(p); i++)
		if (i != p->at)
			draw_editor(y + 3 * i, in.x, in.w - 1, &p->line[i], false, FACE_FIELD);
	draw_editor(y + 3 * p->at, in.x, in.w - 1, &p->line[p->at], true, FACE_FOCUS);
	draw_text(in.y + in.h - 1, in.x, in.w, FACE_DIM,
	    lines(p) > 1 ? _("Enter: next, then send    F10: send    Esc: back")
			 : _("Enter: send    Esc: back"));
}

/* Several are typed with ； between them. Returns how many; 0 when one of them is nothing. */
static uint32_t put_names(struct bytes_out *out, const char *typed)
{
	uint32_t n = 0;
	for (const char *at = typed; at != NULL;) {
		char name[1024];
		const char *wide = strstr(at, "；"), *half = strchr(at, ';');
		const char *end = wide == NULL || (half != NULL && half < wide) ? half : wide;
		size_t len = end != NULL ? (size_t)(end - at) : strlen(at);
		if (end == NULL && n > 0 && len == 0)
			break; /* one behind the last */
		if (text_blank(at, len) || len >= sizeof name)
			return 0;
		snprintf(name, sizeof name, "%.*s", (int)len, at);
		op_put_text(out, name);
		n++;
		at = end == NULL ? NULL : end + (end == wide ? strlen("；") : 1);
	}
	return n;
}

static void send_keep(struct paper_ask *p, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	const char *copies = p->line[1].len > 0 ? p->line[1].text : "1", *bad = NULL;
	size_t begun;
	uint32_t n;
	op_put_int8(&out, p->case_id);
	begun = op_array_begin(&out);
	n = put_names(&out, p->line[0].text);
	op_array_end(&out, begun, n);
	begun = op_array_begin(&out);
	for (uint32_t i = 0; i < n && bad == NULL; i++)
		bad = op_put_typed(&out, &(struct op_field){.name = "copies", .type = OP_INT2}, copies);
	if (n == 0 || bad != NULL) {
		bytes_out_done(&out);
		p->at = n == 0 ? 0 : 1;
		if (n == 0)
			fx_refuse(fx, "%s", _("Between two ； stands what the original is."));
		else
			fx_refuse_code(fx, "original.copies", "copies");
		return;
	}
	op_array_end(&out, begun, n);
	op_put_null(&out);
	fx_send(fx, "paper.keep", 0, SEND_WAIT, &out);
}

static void send_return(const struct paper_ask *p, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	size_t begun;
	op_put_int8(&out, p->case_id);
	begun = op_array_begin(&out);
	op_put_int8(&out, p->of);
	op_array_end(&out, begun, 1);
	op_put_text(&out, p->line[0].text);
	op_put_text(&out, p->line[1].len > 0 ? p->line[1].text : NULL);
	fx_send(fx, "paper.return", 0, SEND_WAIT, &out);
}

static void send_void(const struct paper_ask *p, struct effects *fx)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, p->of);
	op_put_text(&out, p->line[0].text);
	fx_send(fx, "paper.void", 0, SEND_WAIT, &out);
}

/* The list below stops what it gave the order for; without it how it ended is said anywhere. */
static void send_export(struct paper_ask *p, struct effects *fx)
{
	struct screen_arg arg = {.kind = "export"};
	struct file_order o = {.task = FILE_EXPORT, .case_id = p->case_id, .paper_id = p->of};
	snprintf(arg.text, sizeof arg.text, "%s", p->line[0].text);
	snprintf(o.path, sizeof o.path, "%s", p->line[0].text);
	p->done = true;
	if (p->alone)
		fx_file(fx, 0, &o);
	fx_pop(fx, p->alone ? NULL : &arg);
}

static void send(struct paper_ask *p, struct effects *fx)
{
	if (text_blank(p->line[0].text, p->line[0].len)) {
		p->at = 0;
		fx_refuse(fx, "%s", _("Fill in the first line."));
	} else if (strcmp(p->q->kind, "keep") == 0) {
		send_keep(p, fx);
	} else if (strcmp(p->q->kind, "return") == 0) {
		send_return(p, fx);
	} else if (strcmp(p->q->kind, "void") == 0) {
		send_void(p, fx);
	} else {
		send_export(p, fx);
	}
}

static bool paper_ask_dirty(const struct screen *s)
{
	const struct paper_ask *p = s->state;
	return !p->done &&
	       (p->line[1].len > 0 ||
		   (p->line[0].len > 0 && (!p->q->given || strcmp(p->line[0].text, p->about) != 0)));
}

static bool paper_ask_request(struct screen *s, enum request r, const struct key *k, struct effects *fx)
{
	struct paper_ask *p = s->state;
	const char *why;
	if (r == REQ_BACK) {
		if (paper_ask_dirty(s))
			fx_leave(fx, "");
		else
			fx_pop(fx, NULL);
		return true;
	}
	if (r == REQ_COMMIT || (k->code == K_ENTER && p->at == lines(p) - 1)) {
		send(p, fx);
		return true;
	}
	if (k->code == K_ENTER || k->code == K_TAB || k->code == K_BACKTAB || k->code == K_DOWN ||
	    k->code == K_UP) {
		p->at = (p->at + 1) % lines(p);
		return true;
	}
	enum editor_result done = editor_key(&p->line[p->at], k, &why);
	if (done == EDITOR_REFUSED)
		fx_warn_editor(fx, &p->line[p->at], why);
	return done != EDITOR_UNUSED;
}

static void paper_ask_message(struct screen *s, const struct message *m, struct effects *fx)
{
	struct paper_ask *p = s->state;
	struct screen_arg arg = {.kind = "written"};
	if (m->kind == MESSAGE_RESULT)
		(void)fx_left(fx, m->arg);
	if (m->kind != MESSAGE_REPLY)
		return;
	if (!reply_ok(m->reply)) {
		fx_refuse_reply(fx, m->reply);
		return;
	}
	p->done = true;
	snprintf(arg.text, sizeof arg.text, "%s", p->q->kind);
	fx_pop(fx, &arg);
	if (strcmp(p->q->kind, "keep") == 0)
		fx_say(
		    fx, FACE_GOOD, "%s", _("Listed. F5 at the originals prints the paper for the citizen."));
	else if (strcmp(p->q->kind, "return") == 0)
		fx_say(
		    fx, FACE_GOOD, "%s", _("Given back. F5 at the originals prints the slip to be signed."));
	else
		fx_say(fx, FACE_GOOD, _("Saved: case %s."), reply_text(m->reply, 0, "number"));
}

static void paper_ask_save(const struct screen *s, struct screen_about *about, struct bytes_out *out)
{
	const struct paper_ask *p = s->state;
	about->id = p->of;
	about->case_id = p->case_id;
	snprintf(about->title, sizeof about->title, "%.240s", p->line[0].text);
	keep_text(out, p->q->kind);
	keep_text(out, p->about);
	keep_editor(out, &p->line[0]);
	keep_editor(out, &p->line[1]);
	bytes_put_u8(out, (uint8_t)p->at);
}

static void paper_ask_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx)
{
	struct paper_ask *p = s->state;
	char kind[16];
	(void)fx;
	kept_text(in, kind, sizeof kind, false);
	begin(p, kind);
	kept_text(in, p->about, sizeof p->about, false);
	kept_editor(in, &p->line[0]);
	kept_editor(in, &p->line[1]);
	p->at = bytes_get_u8(in);
	p->case_id = about->case_id;
	p->alone = true;
	if (strcmp(p->q->kind, kind) != 0 || p->at >= lines(p) || p->case_id == 0)
		in->bad = true;
}

const struct screen_ops screen_paper_ask = {
    .name = "paper_ask",
    .title = N_("Attachments and originals"),
    .on = ON_DIALOG | ON_FORM,
    .size = sizeof(struct paper_ask),
    .dialog = true,
    .open = paper_ask_open,
    .draw = paper_ask_draw,
    .request = paper_ask_request,
    .message = paper_ask_message,
    .dirty = paper_ask_dirty,
    .save = paper_ask_save,
    .restore = paper_ask_restore,
};
