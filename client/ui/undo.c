/* Keeping and putting back: see undo.h. */
#include "client/ui/undo.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_MAX = 32 };

static struct kept {
	void *at;
	size_t size;
	void *copy;
} kept[KEPT_MAX];
static int n;
static bool keeping;

static void forget(struct kept *k)
{
	explicit_bzero(k->copy, k->size);
	free(k->copy);
}

void undo_end(void)
{
	while (n > 0)
		forget(&kept[--n]);
	keeping = false;
}

void undo_begin(void)
{
	undo_end();
	keeping = true;
}

void undo_keep(void *at, size_t size)
{
	if (!keeping || n == KEPT_MAX || size == 0)
		return;
	for (int i = 0; i < n; i++)
		if (kept[i].at == at && kept[i].size >= size)
			return;
	void *copy = malloc(size);
	if (copy == NULL)
		abort();
	memcpy(copy, at, size);
	kept[n++] = (struct kept){at, size, copy};
}

void undo_back(void)
{
	/* Backwards: a part kept after the whole is older in the whole. */
	for (int i = n - 1; i >= 0; i--)
		memcpy(kept[i].at, kept[i].copy, kept[i].size);
	undo_end();
}

void undo_drop(const void *at, size_t size)
{
	uintptr_t begin = (uintptr_t)at;
	for (int i = n - 1; i >= 0; i--) {
		uintptr_t p = (uintptr_t)kept[i].at;
		if (p < begin || p >= begin + size)
			continue;
		forget(&kept[i]);
		n--;
		memmove(kept + i, kept + i + 1, (size_t)(n - i) * sizeof *kept);
	}
}
