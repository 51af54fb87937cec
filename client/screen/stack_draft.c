/*
 * Forms as drafts: see stack_draft.h. What is read is not trusted: a form that
 * cannot be read is not opened, and its draft stays where it is.
 */
#include "client/screen/stack_draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/stack_perform.h"
#include "client/screen/stack_say.h"
#include "client/ui/keep.h"
#include "client/ui/lang.h"
#include "common/text.h"

enum { FORMAT = 1, TITLE = 200 };

/* Every screen with save() and restore(): a draft opens no other. */
static const struct screen_ops *const kept_screens[] = {&screen_intake, &screen_handle, &screen_remark,
    &screen_visit, &screen_service, &screen_decline, &screen_declining, &screen_amend, &screen_withdraw,
    &screen_result, &screen_void, &screen_ask, &screen_judge, &screen_paper_ask, &screen_negative,
    &screen_act, &screen_deed, &screen_handing, &screen_opinion, &screen_missing};

static const struct screen_ops *by_name(const char *name)
{
	for (size_t i = 0; i < sizeof kept_screens / sizeof *kept_screens; i++)
		if (strcmp(kept_screens[i]->name, name) == 0)
			return kept_screens[i];
	return NULL;
}

const char *screen_title(const char *name)
{
	const struct screen_ops *ops = by_name(name);
	return ops == NULL ? name : _(ops->title);
}

struct screen *stack_form(const struct stack *s, int n)
{
	for (int i = 0; i < s->n; i++)
		if (s->screens[i]->ops->save != NULL && s->screens[i]->ops->dirty != NULL && n-- == 0)
			return s->screens[i];
	return NULL;
}

bool stack_keeps(const struct stack *s)
{
	const struct screen *form;
	for (int i = 0; (form = stack_form(s, i)) != NULL; i++)
		if (form->ops->dirty(form))
			return true;
	return false;
}

/* A title that was cut to its place may end within a character. */
static void tidy(char *title)
{
	size_t len = strlen(title);
	while (len > 0 && (text_check(title, len) != NULL || text_chars(title, len) > TITLE))
		len--;
	title[len] = '\0';
}

static void put_screen(const struct screen *sc, struct screen_about *about, struct bytes_out *out)
{
	struct bytes_out state;
	bytes_out_init(&state, 0);
	sc->ops->save(sc, about, &state);
	tidy(about->title);
	keep_text(out, sc->ops->name);
	bytes_put_u64(out, (uint64_t)about->id);
	bytes_put_u32(out, (uint32_t)state.len);
	bytes_put(out, state.p, state.len);
	out->bad |= state.bad;
	explicit_bzero(state.p, state.len);
	bytes_out_done(&state);
}

bool stack_draft(
    const struct stack *s, const struct screen *form, struct screen_about *about, struct bytes_out *out)
{
	int at = 0;
	*about = (struct screen_about){.id = 0};
	while (at < s->n && s->screens[at] != form)
		at++;
	if (at == s->n || form->ops->save == NULL || form->ops->dirty == NULL || !form->ops->dirty(form))
		return false;
	bytes_put_u8(out, FORMAT);
	put_screen(form, about, out);
	/* Help or the palette over them hold nothing; what is below those is still there. */
	for (int i = at + 1; i < s->n && s->screens[i]->ops->dialog; i++) {
		struct screen_about none = {.id = 0};
		/* A dialog that is a form itself has a draft of its own. */
		if (s->screens[i]->ops->save == NULL || s->screens[i]->ops->dirty != NULL)
			break;
		put_screen(s->screens[i], &none, out);
	}
	return !out->bad;
}

/* One screen of a draft; NULL when it cannot be opened as it was. */
static struct screen *open_screen(struct stack *s, const struct screen_about *from, struct bytes_in *in)
{
	char name[32];
	struct screen_arg arg = {.id = 0};
	struct screen_about about = *from;
	struct bytes_in state;
	struct effects fx;
	kept_text(in, name, sizeof name, false);
	about.id = arg.id = (int64_t)bytes_get_u64(in);
	uint32_t len = bytes_get_u32(in);
	const uint8_t *p = bytes_get(in, len);
	const struct screen_ops *ops = in->bad ? NULL : by_name(name);
	struct screen *sc = ops == NULL ? NULL : stack_open_top(s, ops, &arg);
	if (sc == NULL)
		return NULL;
	bytes_in_init(&state, p, len);
	fx_init(&fx);
	ops->restore(sc, &about, &state, &fx);
	if (!bytes_in_done(&state)) {
		fx_done(&fx);
		stack_close(s, sc);
		return NULL;
	}
	stack_perform(s, sc->id, &fx);
	return sc;
}

void stack_reopen(struct stack *s, const struct reply *taken, const uint8_t key[OP_DRAFT_KEY])
{
	struct screen_about from = {.item_id = reply_int(taken, 0, "item_id"),
	    .case_id = reply_int(taken, 0, "case_id"),
	    .version = (int32_t)reply_int(taken, 0, "version")};
	struct screen *form = NULL;
	struct bytes_in in;
	size_t len;
	const uint8_t *p = reply_bytes(taken, 0, "content", &len);
	snprintf(from.number, sizeof from.number, "%s", reply_text(taken, 0, "number"));
	bytes_in_init(&in, p, len);
	if (bytes_get_u8(&in) == FORMAT && !in.bad)
		form = open_screen(s, &from, &in);
	if (form == NULL || form->ops->dirty == NULL) {
		if (form != NULL)
			stack_close(s, form);
		stack_say(s, FACE_ERROR,
		    _("This draft cannot be read here: it stays in the list. A newer program may open it."));
		s->host->beep(s->ctx);
		return;
	}
	form->drafted = true;
	memcpy(form->draft, key, OP_DRAFT_KEY);
	form->revision = (int32_t)reply_int(taken, 0, "revision");
	/* A dialog over it that cannot be read leaves at least the form. */
	while (in.left > 0 && open_screen(s, &from, &in) != NULL)
		;
}
