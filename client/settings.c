/* The file named by YIMEN_CONF; see settings.h. */
#include "client/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define AT(member) offsetof(struct settings, member)
const struct conf_row settings_rows[] = {
    {"server", "host", CONF_TEXT, AT(host), "127.0.0.1", 0, 0, "name or address of the hall's server"},
    {"server", "port", CONF_INT, AT(port), "0", 0, 65535, "its port; 0: the one in port_file"},
    {"server", "port_file", CONF_PATH, AT(port_file), "", 0, 0,
	"file in which a server on this machine writes its port"},
    {"server", "name", CONF_TEXT, AT(name), "yimend", 0, 0,
	"name that must stand in the server's certificate"},
    {"tls", "ca", CONF_PATH, AT(ca), NULL, 0, 0,
	"certificate of the hall's own authority; no other is trusted"},
    {"tls", "cert", CONF_PATH, AT(cert), NULL, 0, 0, "certificate of this window or script"},
    {"tls", "key", CONF_PATH, AT(key), NULL, 0, 0, "its key; nobody else may read it"},
    {"state", "dir", CONF_PATH, AT(state), NULL, 0, 0,
	"folder of the journal, of drafts and of the epoch, on a local disk"},
    {"print", "folder", CONF_PATH, AT(print_folder), "", 0, 0,
	"folder printer: where PDF files of notices go, when no other printer is named"},
    {"print", "printer", CONF_TEXT, AT(printer[0]), "", 0, 0,
	"the printer of this window: its name, its kind (cups, raw or folder) and where it is, such as "
	"office cups hp-3f; one called folder is there already when folder is set"},
    {"print", "printer2", CONF_TEXT, AT(printer[1]), "", 0, 0, "another one, such as slip raw /dev/usb/lp0"},
    {"print", "printer3", CONF_TEXT, AT(printer[2]), "", 0, 0, "another one"},
    {"print", "papers", CONF_TEXT, AT(papers), "", 0, 0,
	"kinds of paper that go to another printer than the first, such as receipt slip, guide office"},
    {"print", "receipt", CONF_BOOL, AT(receipt), "no", 0, 0,
	"whether what ends an intake prints the receipt, too"},
    {"print", "columns", CONF_INT, AT(form_columns), "80", TEXT_COLUMNS_MIN, TEXT_COLUMNS_MAX,
	"characters in a line of continuous forms; a hanzi is two"},
    {"print", "lines", CONF_INT, AT(form_lines), "66", TEXT_LINES_MIN, TEXT_LINES_MAX,
	"lines of a page of continuous forms"},
    {"print", "patience", CONF_INT, AT(patience), "60", 2, 3600,
	"seconds a printer may take nothing, or its server be silent, until the printing has failed"},
    {"attach", "folder", CONF_PATH, AT(scan_folder), "", 0, 0,
	"folder into which the scanner of this window writes; its newest file is offered first"},
    {"attach", "viewer", CONF_TEXT, AT(viewer), "xdg-open", 0, 0,
	"command that shows an attachment, whose path becomes its last word; no shell reads it"},
    {"attach", "export", CONF_PATH, AT(export_folder), "", 0, 0,
	"folder offered for attachments that are written out"},
    {"screen", "line-drawing", CONF_TEXT, AT(line_drawing), "utf8", 0, 0,
	"utf8, or ascii for terminals without line drawing (PuTTY)"},
    {"screen", "lock_after", CONF_INT, AT(lock_after), "600", 5, 86400,
	"seconds without a key after which the screen locks"},
    {"screen", "logout_after", CONF_INT, AT(logout_after), "1800", 5, 86400,
	"seconds without a key after which the session ends"},
    {"scanner", "prefix", CONF_TEXT, AT(scan_prefix), "", 0, 0,
	"what the scanner sends before each code: characters, or ^B for a control character; without one a "
	"scan is told by its speed"},
    {"scanner", "suffix", CONF_TEXT, AT(scan_suffix), "^M", 0, 0,
	"what it sends after it: ^M is Enter, ^I Tab"},
    {.section = NULL},
};

/* The printers named, first of them the one papers go to; the folder printer is the last. */
static int printers(const char *path, struct settings *s, char *error, size_t size)
{
	char why[512], folder[1100];
	g_autofree char *whole = g_canonicalize_filename(s->print_folder, NULL);

	for (int i = 0; i < PRINTERS_MAX - 1; i++)
		if (s->printer[i][0] != '\0' && !printers_add(&s->printers, s->printer[i], why, sizeof why))
			goto bad;
	snprintf(folder, sizeof folder, "folder folder %s", whole);
	if (s->print_folder[0] != '\0' && !printers_add(&s->printers, folder, why, sizeof why))
		goto bad;
	if (!printers_route(&s->printers, s->papers, why, sizeof why))
		goto bad;
	for (int i = 0; i < s->printers.n; i++) {
		s->printers.list[i].form.columns = s->form_columns;
		s->printers.list[i].form.lines = s->form_lines;
		s->printers.list[i].patience = s->patience;
	}
	return 0;
bad:
	snprintf(error, size, "%s: [print] %s", path, why);
	return -1;
}

int settings_load(const char *path, struct settings *s, char *error, size_t size)
{
	struct stat key;

	if (path == NULL)
		path = getenv("YIMEN_CONF");
	if (path == NULL || *path == '\0') {
		snprintf(error, size,
		    "YIMEN_CONF is not set: name the settings file of this window, or run "
		    "eval \"$(scripts/hall env DIR --as clerk)\"");
		return -1;
	}
	*s = (struct settings){0};
	if (conf_load(path, settings_rows, s, error, size) < 0)
		return -1;
	if (stat(s->key, &key) == 0 && (key.st_mode & S_IRWXO) != 0) {
		snprintf(error, size, "%s: everybody may read this private key; chmod 600 it", s->key);
		return -1;
	}
	return printers(path, s, error, size);
}
