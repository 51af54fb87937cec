/*
 * Settings of a window or a script: the file named by YIMEN_CONF, and who is
 * to log in. Knows no link, and of printing only the printers there are.
 */
#ifndef YIMEN_CLIENT_SETTINGS_H
#define YIMEN_CLIENT_SETTINGS_H

#include <stddef.h>

#include "client/print/printer.h"
#include "common/conf.h"

struct settings {
	char *host, *port_file, *name;
	int port;
	char *ca, *cert, *key;
	char *state;
	char *print_folder;
	char *printer[PRINTERS_MAX - 1], *papers;
	int form_columns, form_lines;               /* of continuous forms */
	int patience;                               /* seconds */
	bool receipt;                               /* print the receipt with what ends an intake */
	struct printers printers;                   /* made of these */
	char *scan_folder, *viewer, *export_folder; /* of attachments */
	char *line_drawing;
	char *scan_prefix, *scan_suffix;
	int lock_after, logout_after; /* seconds */
};

extern const struct conf_row settings_rows[];

/* Reads path, or $YIMEN_CONF when NULL. 0, or −1 with a sentence in error. */
__attribute__((warn_unused_result)) int settings_load(
    const char *path, struct settings *s, char *error, size_t size);

#endif
