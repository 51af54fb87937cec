/* Building effects: see screen.h. */
#include "client/screen/screen.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/refusal.h"
#include "client/reply.h"
#include "client/screen/files.h"
#include "client/ui/editor.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

void fx_init(struct effects *fx)
{
	fx->n = 0;
}

static struct effect *add(struct effects *fx, enum effect_kind kind)
{
	assert(fx->n < EFFECTS_MAX);
	struct effect *e = &fx->list[fx->n++];
	memset(e, 0, sizeof *e);
	e->kind = kind;
	return e;
}

void fx_done(struct effects *fx)
{
	for (int i = 0; i < fx->n; i++) {
		struct effect *e = &fx->list[i];
		/* A login's payload holds a password. */
		if (e->payload.p != NULL)
			explicit_bzero(e->payload.p, e->payload.len);
		bytes_out_done(&e->payload);
		free(e->arg);
		if (e->paper != NULL)
			reply_free(e->paper->blocks);
		free(e->paper);
		free(e->file);
		reply_free(e->reply);
	}
	fx->n = 0;
}

struct bytes_out fx_payload(void)
{
	struct bytes_out out;
	bytes_out_init(&out, 0);
	return out;
}

void fx_send(struct effects *fx, const char *op, int tag, unsigned flags, struct bytes_out *payload)
{
	struct effect *e = add(fx, FX_SEND);
	e->op = op_by_name(op);
	assert(e->op != NULL);
	e->tag = tag;
	e->flags = flags;
	if (payload != NULL)
		e->payload = *payload;
}

void fx_send_id(struct effects *fx, const char *op, int tag, unsigned flags, int64_t id)
{
	struct bytes_out out = fx_payload();
	op_put_int8(&out, id);
	fx_send(fx, op, tag, flags, &out);
}

void fx_login(struct effects *fx, int tag, const char *login, const char *password)
{
	struct effect *e = add(fx, FX_LOGIN);
	e->tag = tag;
	e->flags = SEND_WAIT;
	snprintf(e->text, sizeof e->text, "%s", login);
	e->payload = fx_payload();
	bytes_put(&e->payload, password, strlen(password) + 1);
}

static struct screen_arg *copy(const struct screen_arg *arg)
{
	if (arg == NULL)
		return NULL;
	struct screen_arg *c = malloc(sizeof *c);
	if (c == NULL)
		abort();
	*c = *arg;
	return c;
}

void fx_push(struct effects *fx, const struct screen_ops *ops, const struct screen_arg *arg)
{
	struct effect *e = add(fx, FX_PUSH);
	e->screen = ops;
	e->arg = copy(arg);
}

void fx_replace(struct effects *fx, const struct screen_ops *ops, const struct screen_arg *arg)
{
	struct effect *e = add(fx, FX_REPLACE);
	e->screen = ops;
	e->arg = copy(arg);
}

void fx_pop(struct effects *fx, const struct screen_arg *arg)
{
	add(fx, FX_POP)->arg = copy(arg);
}

void fx_home(struct effects *fx)
{
	add(fx, FX_HOME);
}

static void format(struct effect *e, const char *fmt, va_list ap)
{
	char buf[1024];
	int n = vsnprintf(buf, sizeof buf, fmt, ap);
	size_t len = n < 0 ? 0 : strlen(buf);
	if (len >= sizeof e->text)
		len = text_cut(buf, len, sizeof e->text - 1);
	memcpy(e->text, buf, len);
	e->text[len] = '\0';
}

void fx_say(struct effects *fx, enum face face, const char *fmt, ...)
{
	struct effect *e = add(fx, FX_SAY);
	va_list ap;
	va_start(ap, fmt);
	format(e, fmt, ap);
	va_end(ap);
	e->face = face;
}

void fx_refuse(struct effects *fx, const char *fmt, ...)
{
	struct effect *e = add(fx, FX_REFUSE);
	va_list ap;
	va_start(ap, fmt);
	format(e, fmt, ap);
	va_end(ap);
	e->face = FACE_ERROR;
}

void fx_refuse_reply(struct effects *fx, const struct reply *r)
{
	char buf[512];
	fx_refuse(fx, "%s", refusal_reply(r, buf, sizeof buf));
}

void fx_refuse_code(struct effects *fx, const char *code, const char *arg1)
{
	char buf[512];
	fx_refuse(fx, "%s", screen_sentence(code, arg1, buf, sizeof buf));
}

bool fx_caution(struct effects *fx, const struct reply *r)
{
	char buf[512];
	if (!reply_ok(r) || r->nrows == 0 || reply_null(r, 0, "code"))
		return false;
	fx_say(fx, FACE_WARN, "%s",
	    screen_sentence(reply_text(r, 0, "code"), reply_text(r, 0, "arg1"), buf, sizeof buf));
	return true;
}

void fx_warn_reply(struct effects *fx, const struct reply *r)
{
	char buf[512];
	fx_say(fx, FACE_ERROR, "%s", refusal_reply(r, buf, sizeof buf));
}

void fx_warn_code(struct effects *fx, const char *code, const char *arg1)
{
	char buf[512];
	fx_say(fx, FACE_ERROR, "%s", screen_sentence(code, arg1, buf, sizeof buf));
}

void fx_warn_editor(struct effects *fx, const struct editor *e, const char *code)
{
	if (strcmp(code, "text.long") == 0)
		fx_say(fx, FACE_ERROR, _("At most %d characters."), (int)e->max);
	else
		fx_warn_code(fx, code, NULL);
}

void fx_hold(struct effects *fx)
{
	add(fx, FX_HOLD);
}

void fx_release(struct effects *fx)
{
	add(fx, FX_RELEASE);
}

void fx_paper(struct effects *fx, int tag, const struct paper_order *order)
{
	struct effect *e = add(fx, FX_PAPER);
	e->tag = tag;
	e->paper = malloc(sizeof *order);
	if (e->paper == NULL)
		abort();
	*e->paper = *order;
}

void fx_paper_stop(struct effects *fx, int64_t notice_id)
{
	add(fx, FX_PAPER_STOP)->id = notice_id;
}

void fx_file(struct effects *fx, int tag, const struct file_order *order)
{
	struct effect *e = add(fx, FX_FILE);
	e->tag = tag;
	e->file = malloc(sizeof *e->file);
	if (e->file == NULL)
		abort();
	*e->file = *order;
}

void fx_ask(struct effects *fx, enum request r)
{
	add(fx, FX_ASK)->request = r;
}

void fx_ask_arg(struct effects *fx, enum request r, const struct screen_arg *arg)
{
	struct effect *e = add(fx, FX_ASK);
	e->request = r;
	e->arg = copy(arg);
}

void fx_reopen(struct effects *fx, const struct reply *taken, const uint8_t key[OP_DRAFT_KEY])
{
	struct effect *e = add(fx, FX_REOPEN);
	e->reply = reply_keep(taken);
	memcpy(e->draft, key, OP_DRAFT_KEY);
}

void fx_drop(struct effects *fx)
{
	add(fx, FX_DROP);
}

enum { LEAVE_KEEP = 1, LEAVE_DROP };

void fx_leave(struct effects *fx, const char *note)
{
	struct screen_arg arg = {.kind = "leave"};
	snprintf(arg.text, sizeof arg.text, "%s", note);
	fx_push(fx, &screen_leave, &arg);
}

bool fx_left(struct effects *fx, const struct screen_arg *arg)
{
	if (arg == NULL || strcmp(arg->kind, "leave") != 0)
		return false;
	if (arg->number == LEAVE_DROP)
		fx_drop(fx);
	fx_pop(fx, NULL);
	if (arg->number == LEAVE_DROP)
		fx_say(fx, FACE_WARN, "%s", _("What was typed was dropped."));
	else
		fx_say(fx, FACE_GOOD, "%s",
		    _("What was typed is kept as a draft: F9, Drafts, goes on with it."));
	return true;
}
