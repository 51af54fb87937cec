/* yimend: arguments, signals, the loop. */
#include <getopt.h>
#include <malloc.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "common/log.h"
#include "common/private.h"
#include "server/server.h"

enum { CHECK_CONFIG = 256, HASH_PASSWORD, MANUAL, DESCRIPTORS_SPARE = 64 };

static const char usage[] = "usage: yimend -c FILE [--check-config]\n"
			    "       yimend --hash-password < PASSWORD\n"
			    "       yimend --manual | --version\n";

/* argon2id of the first line of stdin, as the database keeps it. */
static int hash_password(void)
{
	char line[AUTH_PASSWORD_MAX], hash[AUTH_HASH_MAX];
	size_t len;

	if (fgets(line, sizeof(line), stdin) == NULL)
		line[0] = '\0';
	len = strcspn(line, "\r\n");
	if (len == 0) {
		fprintf(stderr, "yimend: --hash-password wants a password on standard input\n");
		return EX_USAGE;
	}
	if (auth_hash_now(line, len, hash) != 0) {
		fprintf(stderr, "yimend: not enough memory to hash a password\n");
		return EX_OSERR;
	}
	sodium_memzero(line, sizeof(line));
	puts(hash);
	return EX_OK;
}

static bool log_level(const char *name, enum log_level *level)
{
	static const char *const names[] = {"debug", "info", "warn", "error"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0) {
			*level = (enum log_level)i;
			return true;
		}
	return false;
}

/* Reads the settings and what they name, without touching the network. */
static int load(const char *path, struct options *o, char *error, size_t size)
{
	struct net_tls_files *tls;
	enum log_level level;
	struct stat key;

	if (conf_load(path, options_rows, o, error, size) < 0)
		return -1;
	if (!log_level(o->log_level, &level)) {
		snprintf(error, size, "%s: [log] level must be debug, info, warn or error", path);
		return -1;
	}
	log_init(level);
	if (stat(o->key, &key) == 0 && (key.st_mode & (S_IROTH | S_IWOTH)) != 0) {
		snprintf(error, size, "%s: everybody may read the server's key; chmod 600 it", o->key);
		return -1;
	}
	tls = net_tls_files_new(o->ca, o->cert, o->key, error, size);
	if (tls == NULL)
		return -1;
	net_tls_files_free(tls);
	return 0;
}

/* Our own limit, so that a flood of connections ends at us and not at the system. */
static void limit_descriptors(const struct options *o)
{
	rlim_t want = (rlim_t)o->connections + (rlim_t)o->db_connections * 2 + DESCRIPTORS_SPARE;
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) != 0)
		return;
	r.rlim_cur = want < r.rlim_max ? want : r.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur < want)
		log_line(LOG_WARN_, "descriptors", "want=%lu have=%lu", (unsigned long)want,
		    (unsigned long)r.rlim_cur);
}

static void on_signal(uv_signal_t *h, int number)
{
	(void)number;
	server_drain(h->data);
}

static int run(const struct options *o)
{
	static struct server server;
	uv_signal_t term, interrupt;
	uv_loop_t *loop = uv_default_loop();
	char error[512];

	signal(SIGPIPE, SIG_IGN);
	limit_descriptors(o);
	if (server_start(&server, loop, o, error, sizeof(error)) < 0) {
		fprintf(stderr, "yimend: %s\n", error);
		return EX_CONFIG;
	}
	uv_signal_init(loop, &term);
	uv_signal_init(loop, &interrupt);
	term.data = interrupt.data = &server;
	uv_signal_start(&term, on_signal, SIGTERM);
	uv_signal_start(&interrupt, on_signal, SIGINT);
	/* They must not keep the loop alive once everything else has ended. */
	uv_unref((uv_handle_t *)&term);
	uv_unref((uv_handle_t *)&interrupt);
	uv_run(loop, UV_RUN_DEFAULT);
	uv_close((uv_handle_t *)&term, NULL);
	uv_close((uv_handle_t *)&interrupt, NULL);
	uv_run(loop, UV_RUN_DEFAULT);
	uv_loop_close(loop);
	server_done(&server);
	return server.exit_code;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
	    {"config", required_argument, NULL, 'c'},
	    {"check-config", no_argument, NULL, CHECK_CONFIG},
	    {"hash-password", no_argument, NULL, HASH_PASSWORD},
	    {"manual", no_argument, NULL, MANUAL},
	    {"version", no_argument, NULL, 'V'},
	    {"help", no_argument, NULL, 'h'},
	    {0},
	};
	static struct options options;
	const char *path = NULL;
	bool check = false;
	char error[512];
	int c;

	private_process();
	/* Passwords are all that threads do; each takes 64 MiB while it does. */
	setenv("UV_THREADPOOL_SIZE", "2", 1);
	mallopt(M_ARENA_MAX, 1);
	if (sodium_init() < 0)
		return EX_OSERR;
	while ((c = getopt_long(argc, argv, "c:hV", longs, NULL)) != -1) {
		switch (c) {
		case 'c':
			path = optarg;
			break;
		case CHECK_CONFIG:
			check = true;
			break;
		case HASH_PASSWORD:
			return hash_password();
		case MANUAL:
			conf_print_mdoc(options_rows);
			return EX_OK;
		case 'V':
			puts("yimend " YIMEN_VERSION);
			return EX_OK;
		case 'h':
			fputs(usage, stdout);
			return EX_OK;
		default:
			fputs(usage, stderr);
			return EX_USAGE;
		}
	}
	if (path == NULL || optind != argc) {
		fputs(usage, stderr);
		return EX_USAGE;
	}
	if (load(path, &options, error, sizeof(error)) < 0) {
		fprintf(stderr, "yimend: %s\n", error);
		return EX_CONFIG;
	}
	if (check)
		return EX_OK;
	return run(&options);
}
