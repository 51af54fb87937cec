/*
 * Pinyin initials of a Chinese text, for filtering short lists while typing.
 * The catalogue's own search has the hall's table; this one needs none.
 */
#ifndef YIMEN_UI_INITIALS_H
#define YIMEN_UI_INITIALS_H

#include <stdbool.h>
#include <stddef.h>

/* 区公安分局 → qgafj; ASCII letters and digits stay, lower case; what is not known is left
 * out. Returns buf. */
char *initials_of(const char *text, char *buf, size_t size);
/* The text or its initials hold what was typed; an empty word fits everything. */
bool initials_fit(const char *text, const char *typed);

#endif
