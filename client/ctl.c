/*
 * yimenctl: every operation of the hall from the shell. Reads the options and hands
 * over; see client/ctl.h for its parts.
 */
#include <getopt.h>
#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#include "client/ctl.h"
#include "client/ui/lang.h"
#include "common/private.h"

enum {
	SECONDS = 15,
	COUNT_OPTION = 256,
	PAPER_OPTION,
	PRINTER_OPTION,
	TEXT_OPTION,
	MANUAL_OPTION,
	VERSION_OPTION
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"timeout", required_argument, NULL, 't'},
    {"count", required_argument, NULL, COUNT_OPTION},
    {"paper", required_argument, NULL, PAPER_OPTION},
    {"printer", required_argument, NULL, PRINTER_OPTION},
    {"text", optional_argument, NULL, TEXT_OPTION},
    {"manual", optional_argument, NULL, MANUAL_OPTION},
    {"version", no_argument, NULL, VERSION_OPTION},
    {"help", no_argument, NULL, 'h'},
    {0},
};

static void usage(FILE *to)
{
	fputs(_("usage: yimenctl [-o table|json|csv] [-t seconds] noun.verb [key=value …]\n"
		"       yimenctl [--count N] event.subscribe [key=value …]\n"
		"       yimenctl --paper DIR | --printer NAME | --text[=gb18030] notice.show notice_id=N\n"
		"       yimenctl paper.put case_id=N file=PATH [seq=N] [name=NAME]\n"
		"       yimenctl paper.get paper_id=N > FILE\n"
		"       yimenctl commands [noun]\n"),
	    to);
}

static bool number(const char *s, long max, long *n)
{
	char *end;

	*n = strtol(s, &end, 10);
	if (end != s && *end == '\0' && *n > 0 && *n <= max)
		return true;
	ctl_say(_("%s: a number from 1 to %ld is wanted here"), s, max);
	return false;
}

static bool format(const char *s, enum ctl_format *f)
{
	static const char *const names[] = {[CTL_TABLE] = "table", [CTL_JSON] = "json", [CTL_CSV] = "csv"};

	for (int i = CTL_TABLE; i <= CTL_CSV; i++)
		if (strcmp(s, names[i]) == 0) {
			*f = (enum ctl_format)i;
			return true;
		}
	ctl_say(_("-o %s: table, json or csv"), s);
	return false;
}

/* −1: go on; else the exit code. */
static int options(struct ctl_options *opt, int argc, char **argv)
{
	long n;
	int c;

	while ((c = getopt_long(argc, argv, "+o:t:h", long_options, NULL)) != -1) {
		switch (c) {
		case 'o':
			if (optarg == NULL || !format(optarg, &opt->format))
				return CTL_USAGE;
			break;
		case 't':
			if (optarg == NULL || !number(optarg, 86400, &n))
				return CTL_USAGE;
			opt->seconds = (int)n;
			break;
		case COUNT_OPTION:
			if (optarg == NULL || !number(optarg, 1000000000, &opt->count))
				return CTL_USAGE;
			break;
		case PAPER_OPTION:
			opt->paper = optarg;
			break;
		case PRINTER_OPTION:
			opt->printer = optarg;
			break;
		case TEXT_OPTION:
			opt->text = optarg != NULL ? optarg : "utf8";
			if (strcmp(opt->text, "utf8") != 0 && strcmp(opt->text, "gb18030") != 0) {
				ctl_say(_("--text=%s: utf8 or gb18030"), optarg);
				return CTL_USAGE;
			}
			break;
		case MANUAL_OPTION:
			return ctl_manual(optarg);
		case VERSION_OPTION:
			puts("yimenctl " YIMEN_VERSION);
			return CTL_DONE;
		case 'h':
			usage(stdout);
			return CTL_DONE;
		default:
			usage(stderr);
			return CTL_USAGE;
		}
	}
	return -1;
}

static int command(const struct ctl_options *opt, int argc, char **argv)
{
	extern const struct op_field op_blocks[];
	const struct op *op = op_by_name(argv[0]);

	if (op == NULL && strchr(argv[0], '.') == NULL && argc == 1)
		return ctl_list(argv[0]);
	if (op == NULL) {
		ctl_say(_("there is no operation «%s»; yimenctl commands lists them all"), argv[0]);
		return CTL_USAGE;
	}
	int papers = (opt->paper != NULL) + (opt->printer != NULL) + (opt->text != NULL);
	if (papers > 1) {
		ctl_say(_("--paper, --printer, --text: one of them"));
		return CTL_USAGE;
	}
	if (papers > 0 && op->out != op_blocks) {
		ctl_say(_("%s makes no paper; notice.show, notice.preview and item.guide do"), op->name);
		return CTL_USAGE;
	}
	return ctl_call(opt, op, argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	struct ctl_options opt = {.seconds = SECONDS};
	int exit_code;

	private_process();
	lang_init();
	exit_code = options(&opt, argc, argv);
	if (exit_code >= 0)
		return exit_code;
	argc -= optind;
	argv += optind;
	if (argc == 0) {
		usage(stderr);
		return CTL_USAGE;
	}
	if (strcmp(argv[0], "commands") == 0)
		return ctl_list(argc > 1 ? argv[1] : NULL);
	return command(&opt, argc, argv);
}
