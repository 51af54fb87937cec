/*
 * Settings out of an ini file into a struct, by a table of rows. Every complaint is one
 * sentence that names the file and the line. Knows no program's settings.
 */
#include "common/conf.h"

#include <assert.h>
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"

enum { ROWS_MAX = 64 };

struct load {
	const char *path;
	const struct conf_row *rows;
	char *dst;
	FILE *file;
	int line;             /* the one being read; 0: outside the file */
	bool given[ROWS_MAX]; /* by the file */
	char *error;          /* the first complaint; "" while there is none */
	size_t size;
	int wrong; /* its line */
};

/* Keeps the first complaint, with the file and line in front. */
__attribute__((format(printf, 2, 3))) static void complain(struct load *l, const char *fmt, ...)
{
	char line[16] = "";
	va_list ap;
	int n;

	if (l->error[0] != '\0')
		return;
	l->wrong = l->line;
	if (l->line > 0)
		snprintf(line, sizeof(line), "%d:", l->line);
	n = snprintf(l->error, l->size, "%s:%s ", l->path, line);
	if (n < 0 || (size_t)n >= l->size)
		return;
	va_start(ap, fmt);
	vsnprintf(l->error + n, l->size - (size_t)n, fmt, ap);
	va_end(ap);
}

/* A path beside the file, unless absolute. malloc'd. */
static char *beside(const char *file, const char *path)
{
	const char *slash = strrchr(file, '/');
	char *joined;

	if (path[0] == '/' || path[0] == '\0' || slash == NULL)
		return strdup(path);
	if (asprintf(&joined, "%.*s/%s", (int)(slash - file), file, path) < 0)
		return NULL;
	return joined;
}

static bool parse_int(const char *s, int min, int max, int *out)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(s, &end, 10);
	if (end == s || *end != '\0' || errno != 0 || n < min || n > max)
		return false;
	*out = (int)n;
	return true;
}

static bool parse_bool(const char *s, bool *out)
{
	*out = strcmp(s, "yes") == 0;
	return *out || strcmp(s, "no") == 0;
}

static void set_value(struct load *l, const struct conf_row *row, const char *value)
{
	void *to = l->dst + row->offset;
	char *text;

	switch (row->type) {
	case CONF_TEXT:
	case CONF_PATH:
		text = row->type == CONF_PATH ? beside(l->path, value) : strdup(value);
		if (text == NULL)
			complain(l, "out of memory");
		free(*(char **)to);
		*(char **)to = text;
		break;
	case CONF_INT:
		if (!parse_int(value, row->min, row->max, to))
			complain(l, "[%s] %s must be a whole number from %d to %d", row->section, row->name,
			    row->min, row->max);
		break;
	case CONF_BOOL:
		if (!parse_bool(value, to))
			complain(l, "[%s] %s must be yes or no", row->section, row->name);
		break;
	}
}

/* −1 when there is no such setting. */
static int find_row(const struct conf_row *rows, const char *section, const char *name)
{
	for (int i = 0; rows[i].name != NULL; i++)
		if (strcmp(rows[i].section, section) == 0 && strcmp(rows[i].name, name) == 0)
			return i;
	return -1;
}

/* Takes one setting from inih; 0 tells it that the line was refused. */
static int handle(void *user, const char *section, const char *name, const char *value)
{
	struct load *l = user;
	int row = find_row(l->rows, section, name);

	if (row < 0)
		complain(
		    l, "there is no setting %s in [%s]; see the manual for those there are", name, section);
	else if (l->given[row])
		complain(l, "[%s] %s is given a second time; keep one of them", section, name);
	else if (l->rows[row].type != CONF_BOOL && l->rows[row].type != CONF_INT &&
		 text_check(value, strlen(value)) != NULL)
		complain(l, "[%s] %s holds a control or invisible character, or is not UTF-8", section, name);
	else
		set_value(l, &l->rows[row], value);
	if (row >= 0)
		l->given[row] = true;
	return l->error[0] == '\0';
}

/* Gives inih one line, counted, without the blanks in front: to inih an indented line
 * would continue the setting above it. */
static char *next_line(char *to, int size, void *user)
{
	struct load *l = user;
	char *line = NULL;
	size_t cap = 0, blanks;
	ssize_t len;

	errno = 0;
	len = l->error[0] == '\0' ? getline(&line, &cap, l->file) : -1;
	if (len < 0) {
		if (ferror(l->file) && l->error[0] == '\0')
			complain(l, "cannot be read: %s", strerror(errno));
		free(line);
		return NULL;
	}
	l->line++;
	blanks = strspn(line, " \t");
	len -= (ssize_t)blanks;
	if (memchr(line, '\0', blanks + (size_t)len) != NULL)
		complain(l, "holds a zero byte; this is no file of settings");
	else if (len >= size) /* inih would take it for two lines */
		complain(l, "the line is longer than %d bytes; a path may be relative to the file's folder",
		    size - 2);
	else
		memcpy(to, line + blanks, (size_t)len + 1);
	free(line);
	return l->error[0] == '\0' ? to : NULL;
}

static void read_file(struct load *l)
{
	int bad;

	l->file = fopen(l->path, "re");
	if (l->file == NULL) {
		complain(l, "cannot be read: %s", strerror(errno));
		return;
	}
	bad = ini_parse_stream(next_line, l, handle, l);
	if (bad > 0) {
		/* inih goes on after a line it cannot read, and tells of it only now. */
		if (bad < l->wrong)
			l->error[0] = '\0';
		l->line = bad;
		complain(l, "is neither [section] nor name = value");
	} else if (bad < 0) {
		complain(l, "out of memory");
	}
	l->line = 0;
	fclose(l->file);
}

/* Texts are the program's only when everything was good. */
static void drop_texts(struct load *l)
{
	for (const struct conf_row *row = l->rows; row->name != NULL; row++) {
		char **text = (char **)(void *)(l->dst + row->offset);

		if (row->type != CONF_TEXT && row->type != CONF_PATH)
			continue;
		free(*text);
		*text = NULL;
	}
}

int conf_load(const char *path, const struct conf_row *rows, void *dst, char *error, size_t size)
{
	struct load l = {.path = path, .rows = rows, .dst = dst, .error = error, .size = size};

	error[0] = '\0';
	for (size_t i = 0; rows[i].name != NULL; i++) {
		assert(i < ROWS_MAX);
		if (rows[i].type == CONF_TEXT || rows[i].type == CONF_PATH)
			*(char **)(void *)(l.dst + rows[i].offset) = NULL;
	}
	for (const struct conf_row *row = rows; row->name != NULL; row++)
		if (row->fallback != NULL)
			set_value(&l, row, row->fallback);
	read_file(&l);
	for (size_t i = 0; rows[i].name != NULL; i++)
		if (rows[i].fallback == NULL && !l.given[i])
			complain(&l, "[%s] %s is missing: %s", rows[i].section, rows[i].name, rows[i].help);
	if (error[0] == '\0')
		return 0;
	drop_texts(&l);
	return -1;
}

void conf_print_mdoc(const struct conf_row *rows)
{
	const char *section = "";

	for (; rows->name != NULL; rows++) {
		if (strcmp(section, rows->section) != 0) {
			if (*section != '\0')
				puts(".El");
			section = rows->section;
			printf(".Ss [%s]\n.Bl -tag -width Ds\n", section);
		}
		printf(".It Ic %s\n%s.\n", rows->name, rows->help);
		if (rows->type == CONF_INT)
			printf("From %d to %d.\n", rows->min, rows->max);
		if (rows->fallback != NULL && rows->fallback[0] != '\0')
			printf("The default is\n.Ql %s .\n", rows->fallback);
		else
			puts(rows->fallback == NULL ? "Must be given." : "Not set by default.");
	}
	puts(".El");
}
