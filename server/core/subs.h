/*
 * Subscriptions: who hears of which event. A subscriber hears of the posts one has a place
 * in, of the cases on screen, or of everything. Pure: knows no sockets and no database.
 */
#ifndef YIMEN_SERVER_CORE_SUBS_H
#define YIMEN_SERVER_CORE_SUBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sub {
	uint64_t peer;
	uint32_t request; /* pushes carry it */
	bool all;
	size_t nposts, ncases;
	int64_t *ids; /* posts, then cases, each sorted */
};

struct subs {
	struct sub *list;
	size_t count, cap;
};

void subs_init(struct subs *s);
void subs_done(struct subs *s);
/* Replaces the peer's subscription; the ids are copied. −1 when out of memory. */
__attribute__((warn_unused_result)) int subs_set(struct subs *s, uint64_t peer, uint32_t request, bool all,
    const int64_t *posts, size_t nposts, const int64_t *cases, size_t ncases);
/* What is asked for, at once: the posts stay as they are, none at first, until subs_set. −1 when out of memory. */
__attribute__((warn_unused_result)) int subs_watch(
    struct subs *s, uint64_t peer, uint32_t request, bool all, const int64_t *cases, size_t ncases);
/* New posts for a subscription that still stands; its cases stay. −1 when out of memory. */
__attribute__((warn_unused_result)) int subs_renew(
    struct subs *s, uint64_t peer, const int64_t *posts, size_t nposts);
/* Hears of everything no more, only of its posts and cases. */
void subs_narrow(struct subs *s, uint64_t peer);
/* Does it hear of this post as one of its own? One without a subscription may. */
bool subs_concerned(const struct subs *s, uint64_t peer, int64_t post_id);
void subs_drop(struct subs *s, uint64_t peer);
/* Is the event for this one? A case or post of 0 is none. */
bool sub_hears(const struct sub *sub, int64_t case_id, int64_t post_id);

#endif
