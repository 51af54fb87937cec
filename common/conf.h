/*
 * Settings of a program: an ini file read once into a table of rows, each with
 * its name, type, default and help; the manual's table is printed from it.
 */
#ifndef YIMEN_CONF_H
#define YIMEN_CONF_H

#include <stddef.h>

enum conf_type { CONF_TEXT, CONF_PATH, CONF_INT, CONF_BOOL };

struct conf_row {
	const char *section, *name;
	enum conf_type type;
	size_t offset;        /* in the program's struct: char * , int or bool */
	const char *fallback; /* as it would be written in the file; NULL: must be given */
	int min, max;         /* of an int */
	const char *help;
};

/* Fills dst from the file; relative paths are taken from the file's folder. Strings are
 * malloc'd and live as long as the program. 0, or −1 with a sentence (file, line,
 * what to do) in error. */
__attribute__((warn_unused_result)) int conf_load(
    const char *path, const struct conf_row *rows, void *dst, char *error, size_t size);
/* Prints the rows as a mdoc list for the manual. */
void conf_print_mdoc(const struct conf_row *rows);

#endif
