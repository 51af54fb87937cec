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
	"folder of the journal and the epoch, on a local disk"},
    {"print", "folder", CONF_PATH, AT(print_folder), "", 0, 0,
	"folder printer: where PDF files of notices go"},
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
	return 0;
}
