/* yimen: the window client. Arguments, language, settings; the rest is app.c's. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/app.h"
#include "client/screen/command.h"
#include "client/settings.h"
#include "client/ui/lang.h"
#include "common/conf.h"
#include "common/private.h"

enum { EXIT_USAGE = 2, EXIT_CONFIG = 78 };

static int usage(FILE *to)
{
	fprintf(to, "usage: yimen [-hV] [-c file]\n");
	return to == stderr ? EXIT_USAGE : 0;
}

int main(int argc, char **argv)
{
	static struct app app;
	static struct settings settings;
	char error[1024];
	const char *conf = NULL, *login = getenv("YIMEN_LOGIN");
	int opt;
	private_process();
	/* China has one time zone; a hall's machine may have been left on UTC. */
	setenv("TZ", "CST-8", 0);
	lang_init();
	while ((opt = getopt(argc, argv, "c:hKMV")) != -1) {
		switch (opt) {
		case 'c':
			conf = optarg;
			break;
		case 'h':
			return usage(stdout);
		/* For the manual. */
		case 'K':
			command_print_mdoc();
			return 0;
		case 'M':
			conf_print_mdoc(settings_rows);
			return 0;
		case 'V':
			puts("yimen " YIMEN_VERSION);
			return 0;
		default:
			return usage(stderr);
		}
	}
	if (optind < argc)
		return usage(stderr);
	if (settings_load(conf, &settings, error, sizeof error) != 0 ||
	    app_run(&app, &settings, login == NULL ? "" : login, error, sizeof error) != 0) {
		fprintf(stderr, "yimen: %s\n", error);
		return EXIT_CONFIG;
	}
	return 0;
}
