/*
 * Where a visitor belongs: while words are typed, the items that fit (the hall
 * finds them) and the posts that fit (all are here). What is chosen fills in
 * department, post, window and place, and what becomes of the visitor.
 */
#include <stdio.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/visit.h"
#include "client/ui/initials.h"
#include "client/ui/lang.h"
#include "common/op.h"

enum { ITEMS_WANTED = 50 };

static const char *typed(const struct visit *v)
{
	return form_value(&v->form, VISIT_WHERE);
}

bool visit_seeks(const struct visit *v)
{
	return !v->chosen && typed(v)[0] != '\0';
}

static void hit(struct visit *v, bool post, size_t row)
{
	if (v->nhits < VISIT_HITS)
		v->hits[v->nhits++] = (struct visit_hit){post, (uint16_t)row};
}

/* A number is a window's. */
static bool post_fits(const struct visit *v, size_t row)
{
	char number[24];
	snprintf(number, sizeof number, "%lld", (long long)reply_int(v->posts, row, "window_no"));
	return strcmp(number, typed(v)) == 0 || initials_fit(reply_text(v->posts, row, "name"), typed(v)) ||
	       initials_fit(reply_text(v->posts, row, "department"), typed(v));
}

static void collect_posts(struct visit *v)
{
	for (size_t i = 0; v->posts != NULL && i < v->posts->nrows; i++)
		if (post_fits(v, i))
			hit(v, true, i);
}

/* A short number is rather a window's than part of an item's code. */
static void collect(struct visit *v)
{
	bool number = strlen(typed(v)) < 4 && strspn(typed(v), "0123456789") == strlen(typed(v));
	v->nhits = 0;
	if (typed(v)[0] == '\0')
		return;
	if (number)
		collect_posts(v);
	for (size_t i = 0; v->items != NULL && reply_ok(v->items) && i < v->items->nrows; i++)
		hit(v, false, i);
	if (!number)
		collect_posts(v);
}

/* What fits, anew: posts at once, items when their answer comes; whoever went to a row meanwhile stays on it. */
static void fresh(struct visit *v)
{
	if (v->chosen)
		return;
	collect(v);
	if (v->moved)
		list_sync(&v->list);
	else
		list_reset(&v->list);
}

void visit_search(struct visit *v, struct effects *fx)
{
	struct bytes_out out;
	v->chosen = false;
	v->item_id = v->post_id = 0;
	v->post = -1;
	fresh(v);
	if (v->asking || typed(v)[0] == '\0') {
		v->stale = v->asking;
		return;
	}
	out = fx_payload();
	op_put_text(&out, typed(v));
	op_put_null(&out);
	op_put_null(&out);
	op_put_null(&out);
	op_put_int4(&out, ITEMS_WANTED);
	v->asking = true;
	v->stale = false;
	fx_send(fx, "item.find", VISIT_FIND, 0, &out);
}

void visit_found(struct visit *v, const struct reply *r)
{
	reply_free(v->items);
	v->items = reply_keep(r);
	fresh(v);
}

void visit_posts(struct visit *v, const struct reply *r)
{
	v->posting = false;
	if (!reply_ok(r))
		return;
	reply_free(v->posts);
	v->posts = reply_keep(r);
	v->post = visit_post(v, v->post_id);
	fresh(v);
}

void visit_ask_posts(struct visit *v, struct effects *fx)
{
	struct bytes_out out;
	if (v->posting)
		return;
	out = fx_payload();
	op_put_bool(&out, true);
	v->posting = true;
	fx_send(fx, "post.list", VISIT_POSTS, 0, &out);
}

/* What item.show said of the item at the cursor, or of the one chosen. */
void visit_detail(struct visit *v, struct effects *fx)
{
	int64_t id = v->chosen ? v->item_id : v->list.at < 0 || v->list.id < 0 ? 0 : v->list.id;
	if (id == 0 || v->showing || v->shown_id == id)
		return;
	v->showing = true;
	v->shown_id = id;
	fx_send_id(fx, "item.show", VISIT_SHOW, 0, id);
}

int visit_post(const struct visit *v, int64_t post_id)
{
	for (size_t i = 0; post_id != 0 && v->posts != NULL && i < v->posts->nrows; i++)
		if (reply_int(v->posts, i, "post_id") == post_id)
			return (int)i;
	return -1;
}

static bool shows(const struct visit *v, int64_t item_id)
{
	return !v->showing && v->shown_id == item_id && v->shown != NULL && reply_ok(v->shown);
}

int visit_place(const struct visit *v)
{
	if (v->chosen)
		return v->post;
	if (v->list.at < 0)
		return -1;
	if (v->hits[v->list.at].post)
		return v->hits[v->list.at].row;
	return shows(v, v->list.id) ? visit_post(v, reply_int(v->shown, 0, "post_id")) : -1;
}

/* What becomes of the visitor, unless the person has said so already. */
static void decide(struct visit *v)
{
	if (v->decided)
		return;
	bool mine = v->post < 0 || (v->posts != NULL && !reply_null(v->posts, (size_t)v->post, "mine"));
	bool window = v->post >= 0 && !reply_null(v->posts, (size_t)v->post, "window_no");
	form_set(&v->form, VISIT_RESULT, mine ? "answered" : window ? "pointed" : "handed");
	form_blame(&v->form, VISIT_REPLY, NULL); /* what was missing belongs to the former result */
}

static void choose(struct visit *v)
{
	const struct visit_hit *h = &v->hits[v->list.at];
	const struct reply *r = h->post ? v->posts : v->items;
	char name[EDITOR_BYTES];
	v->post = visit_place(v);
	v->post_id = v->post < 0 ? 0 : reply_int(v->posts, (size_t)v->post, "post_id");
	v->item_id = h->post ? 0 : v->list.id;
	v->chosen = true;
	snprintf(name, sizeof name, "%s", reply_text(r, h->row, "name"));
	form_set(&v->form, VISIT_WHERE, name);
	(void)form_check_field(&v->form, VISIT_WHERE);
	v->form.given[VISIT_WHERE] = true; /* typing there looks for another */
	if (!h->post)
		form_give(&v->form, VISIT_MATTER, name);
	decide(v);
}

bool visit_resolve(struct visit *v, struct effects *fx)
{
	if (v->posts == NULL) {
		visit_ask_posts(v, fx);
		return false;
	}
	if (!visit_seeks(v))
		return true;
	if (v->asking)
		return false;
	if (v->list.at < 0) {
		v->after = REQ_KEY;
		fx_refuse_code(fx, "find.none", NULL);
		return false;
	}
	if (!v->hits[v->list.at].post && !shows(v, v->list.id)) {
		visit_detail(v, fx);
		return false;
	}
	choose(v);
	return true;
}

void visit_shown(struct visit *v, const struct reply *r, struct effects *fx)
{
	v->showing = false;
	reply_free(v->shown);
	v->shown = reply_keep(r);
	if (reply_ok(r))
		visit_detail(v, fx); /* the cursor may be elsewhere by now */
	else
		v->shown_id = 0;
}
