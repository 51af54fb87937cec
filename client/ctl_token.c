/*
 * The session token between two calls of yimenctl: a file in the state folder, mode 0600,
 * so that not every call hashes a password. A lock lets one call at a time log in.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/ctl.h"

static int open_in(const char *state, const char *name, int flags)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", state, name);
	return open(path, flags | O_CLOEXEC, 0600);
}

/* "login hex\n" of the login wanted, or of any when none is. */
static void parse(struct ctl_token *t, char *line, const char *login)
{
	char *hex = strchr(line, ' ');

	if (hex == NULL)
		return;
	*hex++ = '\0';
	hex[strcspn(hex, "\n")] = '\0';
	if (*login != '\0' && strcmp(line, login) != 0)
		return;
	if (sodium_hex2bin(t->token, sizeof(t->token), hex, strlen(hex), NULL, &t->len, NULL) != 0)
		t->len = 0;
}

void ctl_token_open(struct ctl_token *t, const char *state, const char *login)
{
	char line[256];
	ssize_t n;
	int fd;

	*t = (struct ctl_token){.lock = -1};
	(void)mkdir(state, 0700);
	t->lock = open_in(state, "login.lock", O_RDWR | O_CREAT);
	if (t->lock >= 0)
		while (flock(t->lock, LOCK_EX) < 0 && errno == EINTR)
			;
	fd = open_in(state, "session", O_RDONLY);
	if (fd < 0)
		return;
	n = read(fd, line, sizeof(line) - 1);
	close(fd);
	if (n <= 0)
		return;
	line[n] = '\0';
	parse(t, line, login);
	sodium_memzero(line, sizeof(line));
}

void ctl_token_save(struct ctl_token *t, const char *state, const struct reply *session)
{
	char hex[2 * sizeof(t->token) + 1], line[256], from[4096], to[4096];
	const unsigned char *token;
	size_t len;
	int fd, n;

	token = reply_bytes(session, 0, "token", &len);
	if (len == 0 || len > sizeof(t->token))
		return;
	if (len == t->len && memcmp(token, t->token, len) == 0)
		return;
	sodium_bin2hex(hex, sizeof(hex), token, len);
	n = snprintf(line, sizeof(line), "%s %s\n", reply_text(session, 0, "login"), hex);
	fd = open_in(state, "session.new", O_WRONLY | O_CREAT | O_TRUNC);
	if (fd < 0)
		return;
	snprintf(from, sizeof(from), "%s/session.new", state);
	snprintf(to, sizeof(to), "%s/session", state);
	/* Should it be lost, the next call logs in again. */
	if (write(fd, line, (size_t)n) == n)
		(void)!rename(from, to);
	close(fd);
	sodium_memzero(line, sizeof(line));
	sodium_memzero(hex, sizeof(hex));
}

void ctl_token_forget(struct ctl_token *t, const char *state)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/session", state);
	(void)unlink(path);
	t->len = 0;
}

void ctl_token_release(struct ctl_token *t)
{
	if (t->lock >= 0)
		close(t->lock);
	t->lock = -1;
}
