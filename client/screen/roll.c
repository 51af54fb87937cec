/* A live list: see roll.h. */
#include "client/screen/roll.h"

#include <string.h>

#include "client/reply.h"
#include "client/ui/editor.h"
#include "client/ui/initials.h"
#include "client/ui/key.h"
#include "client/ui/lang.h"
#include "common/op.h"

int roll_count(const void *data)
{
	const struct roll *r = data;
	return r->rows == NULL ? 0 : (int)r->rows->nrows;
}

int64_t roll_id(const void *data, int row)
{
	const struct roll *r = data;
	return reply_int(r->rows, (size_t)row, r->id);
}

void roll_init(struct roll *r, const struct list_ops *ops, const char *id, const void *data)
{
	memset(r, 0, sizeof *r);
	r->id = id;
	list_init(&r->list, ops, data);
}

void roll_done(struct roll *r)
{
	reply_free(r->rows);
	r->rows = NULL;
}

bool roll_may_ask(struct roll *r)
{
	r->again = r->asking;
	if (r->asking)
		return false;
	r->asking = true;
	return true;
}

void roll_ask_all(struct roll *r, const char *op, int tag, bool all, bool *fresh, struct effects *fx)
{
	if (!roll_may_ask(r))
		return;
	struct bytes_out out = fx_payload();
	op_put_bool(&out, all);
	fx_send(fx, op, tag, r->rows == NULL || *fresh ? SEND_WAIT : 0, &out);
	*fresh = false;
}

bool roll_take(struct roll *r, const struct reply *rows, bool fresh, struct effects *fx)
{
	r->asking = false;
	if (reply_ok(rows)) {
		reply_free(r->rows);
		r->rows = reply_keep(rows);
		if (fresh)
			list_reset(&r->list);
		else
			list_sync(&r->list);
	} else {
		fx_warn_reply(fx, rows);
	}
	return r->again;
}

void roll_turn(struct roll_pages *p, int wanted, struct effects *fx)
{
	p->wanted = wanted;
	if (!p->fresh)
		fx_hold(fx);
	p->fresh = true;
}

bool roll_take_page(struct roll *r, struct roll_pages *p, const struct reply *rows, struct effects *fx)
{
	if (r->again && p->fresh) {
		r->asking = false;
		return true;
	}
	if (reply_ok(rows))
		p->shown = p->wanted;
	else
		p->wanted = p->shown;
	bool again = roll_take(r, rows, p->fresh, fx);
	if (p->fresh)
		fx_release(fx);
	p->fresh = false;
	return again;
}

void roll_stopped(struct roll *r, struct roll_pages *p)
{
	r->asking = p->fresh = false;
	p->wanted = p->shown;
}

int roll_at(const struct roll *r)
{
	return r->rows == NULL ? -1 : r->list.at;
}

const char *roll_text(const struct roll *r, const char *column)
{
	return roll_at(r) < 0 ? "" : reply_text(r->rows, (size_t)roll_at(r), column);
}

int64_t roll_int(const struct roll *r, const char *column)
{
	return roll_at(r) < 0 ? 0 : reply_int(r->rows, (size_t)roll_at(r), column);
}

bool roll_is(const struct roll *r, const char *column)
{
	return roll_at(r) >= 0 && reply_bool(r->rows, (size_t)roll_at(r), column);
}

bool roll_find(struct roll *r, struct editor *line, const struct key *k, roll_fits *fits, struct effects *fx)
{
	const char *why;
	/* Who comes from a list that / filters presses it first. */
	if (line->len == 0 && k->code == K_TEXT && strcmp(k->text, "/") == 0) {
		fx_say(fx, FACE_PLAIN, "%s", _("Type part of the name, or its initials."));
		return true;
	}
	switch (editor_key(line, k, &why)) {
	case EDITOR_CHANGED:
		break;
	case EDITOR_REFUSED:
		fx_warn_editor(fx, line, why);
		return true;
	default:
		return false;
	}
	for (int i = 0; line->len > 0 && i < roll_count(r); i++)
		if (fits(r->rows, (size_t)i, line->text)) {
			list_select(&r->list, i);
			return true;
		}
	if (line->len > 0)
		fx_warn_code(fx, "find.none", NULL);
	return true;
}

bool roll_fits_person(const struct reply *r, size_t i, const char *typed)
{
	return initials_fit(reply_text(r, i, "name"), typed);
}

bool roll_concern(const struct reply *events, const char *beginnings)
{
	for (const char *word = beginnings; *word != '\0';) {
		size_t len = strcspn(word, " ");
		for (size_t i = 0; i < events->nrows; i++)
			if (strncmp(reply_text(events, i, "event"), word, len) == 0)
				return true;
		word += len + (word[len] == ' ');
	}
	return false;
}
