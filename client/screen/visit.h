/* The first-contact form's state, shared by its three files only. */
#ifndef YIMEN_SCREEN_VISIT_H
#define YIMEN_SCREEN_VISIT_H

#include "client/screen/screen.h"
#include "client/ui/form.h"
#include "client/ui/list.h"

enum visit_field {
	VISIT_MATTER,
	VISIT_WHERE, /* an item or a post: looked for while typing */
	VISIT_RESULT,
	VISIT_REPLY,
	VISIT_NAME,
	VISIT_PHONE,
	VISIT_FIELDS
};

enum { VISIT_FIND = 1, VISIT_SHOW, VISIT_POSTS, VISIT_RECORD };
enum { VISIT_HITS = 200 };

/* What fits the words typed: an item of the answer, or one of the hall's posts. */
struct visit_hit {
	bool post;
	uint16_t row;
};

struct visit {
	struct form form;
	struct reply *items, *posts, *shown; /* item.find, post.list of the hall, item.show of shown_id */
	struct visit_hit hits[VISIT_HITS];
	int nhits;
	struct list list;
	bool moved;         /* its cursor, by the person: answers to the same words leave it there */
	bool asking, stale; /* an answer is under way; what was typed has changed since */
	int64_t shown_id;
	bool showing, posting;
	enum request after; /* asked for before what was typed became a place; KEY: nothing */
	bool held;          /* keys wait for that */
	bool recorded;      /* the hall has it: nothing typed is left here */
	/* The place chosen. */
	bool chosen, decided; /* one was; the result was chosen by the person, not for them */
	int64_t item_id, post_id;
	int post; /* its row in posts; −1: none */
};

extern const struct form_field visit_fields[];
extern const struct form_ops visit_form_ops;
extern const struct list_ops visit_list;

/* Looking for the place (visit_find.c). */
void visit_search(struct visit *v, struct effects *fx);
void visit_ask_posts(struct visit *v, struct effects *fx);
void visit_found(struct visit *v, const struct reply *r);
void visit_posts(struct visit *v, const struct reply *r);
void visit_shown(struct visit *v, const struct reply *r, struct effects *fx);
void visit_detail(struct visit *v, struct effects *fx);
/* True once what was typed is a place, or nothing was typed; false: still to be answered, or
 * refused. */
bool visit_resolve(struct visit *v, struct effects *fx);
/* Words are typed and stand for no place yet. */
bool visit_seeks(const struct visit *v);
/* Row of the post in posts; −1. */
int visit_post(const struct visit *v, int64_t post_id);
/* The post of the place at the cursor, or of the one chosen: row in posts; −1. */
int visit_place(const struct visit *v);

void visit_draw(struct screen *s, const struct area *a);

#endif
