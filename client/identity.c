/* Who logs in without being asked; see identity.h. */
#include "client/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Byte for byte: what follows the line may be for somebody else. 0, or −1 with errno. */
static int read_line(int fd, char *buf, size_t size)
{
	size_t len = 0;
	ssize_t n;

	while ((n = read(fd, buf + len, 1)) != 0 && (n < 0 || buf[len] != '\n')) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (++len == size) {
			errno = EMSGSIZE;
			return -1;
		}
	}
	buf[len] = '\0';
	buf[strcspn(buf, "\r")] = '\0';
	return 0;
}

int identity_secret(
    const char *name, const char *path, char *buf, size_t size, char *error, size_t error_size)
{
	bool typed = strcmp(path, "-") == 0;
	struct stat st;
	int fd = typed ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC), rc = -1;

	if (fd < 0) {
		snprintf(error, error_size, "%s %s: %s", name, path, strerror(errno));
		return -1;
	}
	if (!typed && fstat(fd, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		snprintf(error, error_size, "%s %s: others may read it; chmod 600 it", name, path);
	else if (read_line(fd, buf, size) < 0)
		snprintf(error, error_size, "%s %s: %s", name, path, strerror(errno));
	else
		rc = 0;
	if (!typed)
		close(fd);
	return rc;
}

int identity_load(struct identity *id, char *error, size_t size)
{
	const char *login = getenv("YIMEN_LOGIN"), *file = getenv("YIMEN_PASSWORD_FILE");

	*id = (struct identity){0};
	if (login != NULL && strlen(login) >= sizeof(id->login)) {
		snprintf(error, size, "YIMEN_LOGIN is longer than a login name can be");
		return -1;
	}
	if (login != NULL)
		snprintf(id->login, sizeof(id->login), "%s", login);
	if (file == NULL || *file == '\0')
		return 0;
	return identity_secret("YIMEN_PASSWORD_FILE", file, id->password, sizeof(id->password), error, size);
}

void identity_done(struct identity *id)
{
	explicit_bzero(id, sizeof(*id));
}
