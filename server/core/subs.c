/* Who hears of which event (subs.h). A hall has hundreds of windows: a list is enough. */
#include "server/core/subs.h"

#include <stdlib.h>
#include <string.h>

void subs_init(struct subs *s)
{
	memset(s, 0, sizeof(*s));
}

void subs_done(struct subs *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->list[i].ids);
	free(s->list);
	subs_init(s);
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool has(const int64_t *ids, size_t n, int64_t id)
{
	return id != 0 && n > 0 && bsearch(&id, ids, n, sizeof(*ids), compare) != NULL;
}

static struct sub *find(const struct subs *s, uint64_t peer)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->list[i].peer == peer)
			return &s->list[i];
	return NULL;
}

/* A place for one more. */
static struct sub *add(struct subs *s)
{
	if (s->count == s->cap) {
		size_t cap = s->cap == 0 ? 16 : s->cap * 2;
		struct sub *list = realloc(s->list, cap * sizeof(*list));

		if (list == NULL)
			return NULL;
		s->list = list;
		s->cap = cap;
	}
	return &s->list[s->count++];
}

int subs_set(struct subs *s, uint64_t peer, uint32_t request, bool all, const int64_t *posts, size_t nposts,
    const int64_t *cases, size_t ncases)
{
	struct sub *sub = find(s, peer);
	int64_t *ids = malloc((nposts + ncases + 1) * sizeof(*ids));

	if (ids == NULL)
		return -1;
	if (sub != NULL) {
		free(sub->ids);
	} else if ((sub = add(s)) == NULL) {
		free(ids);
		return -1;
	}
	if (nposts > 0)
		memcpy(ids, posts, nposts * sizeof(*ids));
	if (ncases > 0)
		memcpy(ids + nposts, cases, ncases * sizeof(*ids));
	qsort(ids, nposts, sizeof(*ids), compare);
	qsort(ids + nposts, ncases, sizeof(*ids), compare);
	*sub = (struct sub){
	    .peer = peer, .request = request, .all = all, .nposts = nposts, .ncases = ncases, .ids = ids};
	return 0;
}

int subs_watch(struct subs *s, uint64_t peer, uint32_t request, bool all, const int64_t *cases, size_t ncases)
{
	struct sub *sub = find(s, peer);
	struct sub old = sub != NULL ? *sub : (struct sub){0};
	int r;

	if (sub != NULL)
		sub->ids = NULL;
	r = subs_set(s, peer, request, all, old.ids, old.nposts, cases, ncases);
	if (r < 0 && sub != NULL)
		sub->ids = old.ids;
	else
		free(old.ids);
	return r;
}

int subs_renew(struct subs *s, uint64_t peer, const int64_t *posts, size_t nposts)
{
	struct sub *sub = find(s, peer);
	struct sub old;
	int r;

	if (sub == NULL)
		return 0;
	old = *sub;
	sub->ids = NULL;
	r = subs_set(s, peer, old.request, old.all, posts, nposts, old.ids + old.nposts, old.ncases);
	if (r < 0)
		sub->ids = old.ids;
	else
		free(old.ids);
	return r;
}

void subs_narrow(struct subs *s, uint64_t peer)
{
	struct sub *sub = find(s, peer);

	if (sub != NULL)
		sub->all = false;
}

bool subs_concerned(const struct subs *s, uint64_t peer, int64_t post_id)
{
	const struct sub *sub = find(s, peer);

	return sub == NULL || has(sub->ids, sub->nposts, post_id);
}

void subs_drop(struct subs *s, uint64_t peer)
{
	struct sub *sub = find(s, peer);

	if (sub == NULL)
		return;
	free(sub->ids);
	*sub = s->list[--s->count];
}

bool sub_hears(const struct sub *sub, int64_t case_id, int64_t post_id)
{
	return sub->all || has(sub->ids, sub->nposts, post_id) ||
	       has(sub->ids + sub->nposts, sub->ncases, case_id);
}
