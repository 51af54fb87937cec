/* Last values: see recall.h. */
#include "client/ui/recall.h"

#include <stdio.h>
#include <string.h>

#include "common/text.h"

enum { RECALL_FIELDS = 32, RECALL_BYTES = 900 };

static struct {
	char name[24];
	char value[RECALL_BYTES];
} kept[RECALL_FIELDS];

static int slot_of(const char *field)
{
	for (int i = 0; i < RECALL_FIELDS; i++)
		if (kept[i].name[0] == '\0' || strcmp(kept[i].name, field) == 0)
			return i;
	return -1;
}

void recall_put(const char *field, const char *value)
{
	int i = slot_of(field);
	size_t len = strlen(value);
	if (i < 0 || len == 0 || strlen(field) >= sizeof kept[i].name)
		return;
	if (len >= RECALL_BYTES)
		len = text_cut(value, len, RECALL_BYTES - 1);
	snprintf(kept[i].name, sizeof kept[i].name, "%s", field);
	memcpy(kept[i].value, value, len);
	kept[i].value[len] = '\0';
}

const char *recall_get(const char *field)
{
	int i = slot_of(field);
	return i >= 0 && kept[i].name[0] != '\0' ? kept[i].value : NULL;
}

void recall_clear(void)
{
	explicit_bzero(kept, sizeof kept);
}
