/*
 * The language of the screens: English msgids, Chinese unless the locale names
 * another language. Knows nothing of what is said.
 */
#ifndef YIMEN_UI_LANG_H
#define YIMEN_UI_LANG_H

#include <libintl.h>

#define _(msgid) gettext(msgid)
/* Marks a msgid in a table; translated where it is shown. */
#define N_(msgid) msgid

/* Sets a UTF-8 LC_CTYPE and the language; once, before anything else. LANGUAGE, then
 * LC_ALL, LC_MESSAGES and LANG decide; "", C, POSIX and C.UTF-8 name no language and
 * mean Chinese. */
void lang_init(void);

#endif
