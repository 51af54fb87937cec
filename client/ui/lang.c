/*
 * Language and codeset. A hall's machines often run in the C locale; the
 * screens are Chinese there all the same.
 */
#include "client/ui/lang.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef YIMEN_PREFIX
#define YIMEN_PREFIX "/usr/local"
#endif
#define LOCALEDIR YIMEN_PREFIX "/share/locale"

static bool names_no_language(const char *locale)
{
	return locale == NULL || *locale == '\0' || strcmp(locale, "POSIX") == 0 ||
	       (locale[0] == 'C' && (locale[1] == '\0' || locale[1] == '.'));
}

/* The first of the three that is set decides, as setlocale would. */
static const char *locale_named(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *v = getenv(names[i]);
		if (v != NULL && *v != '\0')
			return v;
	}
	return NULL;
}

static void choose_language(void)
{
	const char *language = getenv("LANGUAGE");
	const char *named = locale_named();
	if (language == NULL || *language == '\0')
		setenv("LANGUAGE", names_no_language(named) ? "zh_CN" : named, 1);
	/* gettext looks at LANGUAGE only when the locale is not "C"; the codeset must be UTF-8. */
	if (setlocale(LC_ALL, "") == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0 ||
	    names_no_language(setlocale(LC_MESSAGES, NULL))) {
		if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
			(void)setlocale(LC_CTYPE, "C.utf8");
		if (setlocale(LC_MESSAGES, "C.UTF-8") == NULL)
			(void)setlocale(LC_MESSAGES, "C.utf8");
	}
	/* Numbers and dates are written by us. */
	(void)setlocale(LC_NUMERIC, "C");
}

/* In a build tree the catalogues lie beside the program; installed, in LOCALEDIR. */
static const char *catalogues(void)
{
	static char dir[PATH_MAX];
	static const char *const beside[] = {"locale", "../locale", "../../locale"};
	char exe[PATH_MAX - 64];
	const char *given = getenv("YIMEN_LOCALEDIR");
	if (given != NULL && *given != '\0')
		return given;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	if (n <= 0)
		return LOCALEDIR;
	exe[n] = '\0';
	char *slash = strrchr(exe, '/');
	if (slash != NULL)
		*slash = '\0';
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
		snprintf(dir, sizeof dir, "%s/%s/zh_CN/LC_MESSAGES/yimen.mo", exe, beside[i]);
		if (access(dir, R_OK) == 0) {
			snprintf(dir, sizeof dir, "%s/%s", exe, beside[i]);
			return dir;
		}
	}
	return LOCALEDIR;
}

void lang_init(void)
{
	choose_language();
	bindtextdomain("yimen", catalogues());
	bind_textdomain_codeset("yimen", "UTF-8");
	textdomain("yimen");
}
