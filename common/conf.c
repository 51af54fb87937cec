/* Settings out of an ini file into a struct, by a table of rows. */
#include "common/conf.h"

#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct load {
	const char *path;
	const struct conf_row *rows;
	char *dst;
	char *error; /* the first complaint; "" while there is none */
	size_t size;
};

#define COMPLAIN(l, ...) \
	do { \
		if ((l)->error[0] == '\0') \
			snprintf((l)->error, (l)->size, __VA_ARGS__); \
	} while (0)

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

/* where: what to say in front of a complaint. */
static void set_value(struct load *l, const struct conf_row *row, const char *value, const char *where)
{
	void *to = l->dst + row->offset;
	char *text;

	switch (row->type) {
	case CONF_TEXT:
	case CONF_PATH:
		text = row->type == CONF_PATH ? beside(l->path, value) : strdup(value);
		if (text == NULL)
			COMPLAIN(l, "%s: out of memory", where);
		free(*(char **)to);
		*(char **)to = text;
		break;
	case CONF_INT:
		if (!parse_int(value, row->min, row->max, to))
			COMPLAIN(l, "%s: [%s] %s must be a whole number from %d to %d", where, row->section,
			    row->name, row->min, row->max);
		break;
	case CONF_BOOL:
		if (!parse_bool(value, to))
			COMPLAIN(l, "%s: [%s] %s must be yes or no", where, row->section, row->name);
		break;
	}
}

static const struct conf_row *find_row(const struct conf_row *rows, const char *section, const char *name)
{
	for (; rows->name != NULL; rows++)
		if (strcmp(rows->section, section) == 0 && strcmp(rows->name, name) == 0)
			return rows;
	return NULL;
}

static int handle(void *user, const char *section, const char *name, const char *value)
{
	struct load *l = user;
	const struct conf_row *row = find_row(l->rows, section, name);

	if (row == NULL)
		COMPLAIN(l, "%s: there is no setting %s in [%s]; see the manual for those there are", l->path,
		    name, section);
	else
		set_value(l, row, value, l->path);
	return l->error[0] == '\0'; /* inih counts the line of a refusal */
}

/* Says the line, which inih knows only after it stopped. */
static void add_line(struct load *l, int line)
{
	size_t head = strlen(l->path);
	char rest[512];

	if (strncmp(l->error, l->path, head) != 0)
		return;
	snprintf(rest, sizeof(rest), "%s", l->error + head);
	snprintf(l->error, l->size, "%s:%d%s", l->path, line, rest);
}

int conf_load(const char *path, const struct conf_row *rows, void *dst, char *error, size_t size)
{
	struct load l = {.path = path, .rows = rows, .dst = dst, .error = error, .size = size};
	int line;

	error[0] = '\0';
	for (const struct conf_row *row = rows; row->name != NULL; row++) {
		if (row->type == CONF_TEXT || row->type == CONF_PATH)
			*(char **)(l.dst + row->offset) = NULL;
		if (row->fallback != NULL)
			set_value(&l, row, row->fallback, "built in");
	}
	line = ini_parse(path, handle, &l);
	if (line < 0)
		COMPLAIN(&l, "%s: cannot be read: %s", path, strerror(errno));
	if (line > 0) {
		COMPLAIN(&l, "%s: is neither [section] nor name = value", path);
		add_line(&l, line);
	}
	for (const struct conf_row *row = rows; row->name != NULL && error[0] == '\0'; row++)
		if (row->fallback == NULL && (row->type == CONF_TEXT || row->type == CONF_PATH) &&
		    *(char **)(l.dst + row->offset) == NULL)
			COMPLAIN(&l, "%s: [%s] %s is missing: %s", path, row->section, row->name, row->help);
	return error[0] == '\0' ? 0 : -1;
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
