/*
 * Who may stand at the door: sockets whose window is not yet known, at most so many in all
 * and from one address. When the door is full the oldest goes, but not before it had a moment
 * to say who it is. Pure: knows no sockets and no clock.
 */
#ifndef YIMEN_SERVER_CORE_ADMIT_H
#define YIMEN_SERVER_CORE_ADMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ADMIT_MAX = 64,        /* at the door in all */
	ADMIT_GRACE_MS = 1000, /* a younger one is never dropped early */
};

enum admit_verdict {
	ADMIT_ENTER,
	ADMIT_WAIT,  /* leave it in the system's queue and ask again later */
	ADMIT_DROP,  /* drop the one named first, then enter */
	ADMIT_CLOSE, /* its address has enough at the door: close it */
};

struct admit_place {
	uint64_t id; /* 0: free */
	uint64_t since;
	uint8_t address[16];
	bool loopback;
};

struct admit {
	struct admit_place place[ADMIT_MAX];
	size_t count, max;
	size_t per_source; /* of one address; this machine's own is not counted */
};

void admit_init(struct admit *a, size_t max, size_t per_source);
/* Is there room for one more? *victim is set with ADMIT_DROP. Times in ms. */
enum admit_verdict admit_room(const struct admit *a, uint64_t now, uint64_t *victim);
/* May one of this address stand there too? ADMIT_ENTER or ADMIT_CLOSE. */
enum admit_verdict admit_source(const struct admit *a, const uint8_t address[16], bool loopback);
/* It stands there now. id is not 0. */
void admit_enter(struct admit *a, uint64_t id, const uint8_t address[16], bool loopback, uint64_t now);
/* It is known, or gone. */
void admit_leave(struct admit *a, uint64_t id);

#endif
