/* Who logs in without being asked; see identity.h. */
#include "client/identity.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file's first line. 0, −1 with a sentence. */
static int read_line(const char *path, char *buf, size_t size, char *error, size_t error_size)
{
	struct stat st;
	ssize_t n = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		snprintf(error, error_size, "YIMEN_PASSWORD_FILE %s: %s", path, strerror(errno));
		return -1;
	}
	if (fstat(fd, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		snprintf(error, error_size, "YIMEN_PASSWORD_FILE %s: others may read it; chmod 600 it", path);
		close(fd);
		return -1;
	}
	n = read(fd, buf, size - 1);
	close(fd);
	if (n < 0) {
		snprintf(error, error_size, "YIMEN_PASSWORD_FILE %s: %s", path, strerror(errno));
		return -1;
	}
	buf[n] = '\0';
	buf[strcspn(buf, "\r\n")] = '\0';
	return 0;
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
	return read_line(file, id->password, sizeof(id->password), error, size);
}

void identity_done(struct identity *id)
{
	explicit_bzero(id, sizeof(*id));
}
