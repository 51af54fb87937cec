/* Who may stand at the door (admit.h). */
#include "server/core/admit.h"

#include <string.h>

void admit_init(struct admit *a, size_t max, size_t per_source)
{
	memset(a, 0, sizeof(*a));
	a->max = max < ADMIT_MAX ? max : ADMIT_MAX;
	a->per_source = per_source;
}

enum admit_verdict admit_room(const struct admit *a, uint64_t now, uint64_t *victim)
{
	const struct admit_place *oldest = NULL;

	*victim = 0;
	if (a->count < a->max)
		return ADMIT_ENTER;
	for (size_t i = 0; i < ADMIT_MAX; i++)
		if (a->place[i].id != 0 && (oldest == NULL || a->place[i].since < oldest->since))
			oldest = &a->place[i];
	if (oldest == NULL || now - oldest->since < ADMIT_GRACE_MS)
		return ADMIT_WAIT;
	*victim = oldest->id;
	return ADMIT_DROP;
}

enum admit_verdict admit_source(const struct admit *a, const uint8_t address[16], bool loopback)
{
	size_t same = 0;

	if (loopback)
		return ADMIT_ENTER;
	for (size_t i = 0; i < ADMIT_MAX; i++)
		same += a->place[i].id != 0 && memcmp(a->place[i].address, address, 16) == 0;
	return same < a->per_source ? ADMIT_ENTER : ADMIT_CLOSE;
}

void admit_enter(struct admit *a, uint64_t id, const uint8_t address[16], bool loopback, uint64_t now)
{
	for (size_t i = 0; i < ADMIT_MAX; i++) {
		if (a->place[i].id != 0)
			continue;
		a->place[i] = (struct admit_place){.id = id, .since = now, .loopback = loopback};
		memcpy(a->place[i].address, address, 16);
		a->count++;
		return;
	}
}

void admit_leave(struct admit *a, uint64_t id)
{
	for (size_t i = 0; i < ADMIT_MAX; i++)
		if (a->place[i].id == id) {
			a->place[i].id = 0;
			a->count--;
			return;
		}
}
