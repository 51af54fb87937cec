/* Writing attachments got back from the hall (file.h). */
#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/file.h"
#include "common/text.h"

enum { NAME_BYTES = 200, COPIES_MAX = 999 };

static int fail(struct file_fault *fault, const char *code, int error)
{
	fault->code = code;
	snprintf(fault->arg, sizeof fault->arg, "%s", strerror(error));
	return -1;
}

/* A name of the hall as one of this disk: no folder in it, not hidden, no option of a viewer,
 * and the ending its content has. Without the ending; that is appended last. */
static void stem(const char *name, char buf[NAME_BYTES + 1])
{
	char clean[FILE_NAME_BYTES];
	const char *dot;
	size_t n;

	file_name(name, clean);
	for (char *c = clean; *c != '\0'; c++)
		if (strchr("/\\:*?\"<>|&;$`'!#%~", *c) != NULL || (c == clean && (*c == '.' || *c == '-')))
			*c = '_';
	dot = strrchr(clean, '.');
	if (dot != NULL &&
	    (strcasecmp(dot, ".pdf") == 0 || strcasecmp(dot, ".jpg") == 0 || strcasecmp(dot, ".jpeg") == 0))
		clean[dot - clean] = '\0';
	n = text_cut(clean, strlen(clean), NAME_BYTES);
	snprintf(buf, NAME_BYTES + 1, "%.*s", (int)n, n > 0 ? clean : "");
	if (*buf == '\0')
		snprintf(buf, NAME_BYTES + 1, "%s", "scan");
}

static bool write_all(int fd, const uint8_t *p, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

/* A file nobody had, at path; −1 with errno. */
static int create(const char *folder, const char *name, const char *end, char path[FILE_PATH])
{
	int fd = -1;

	errno = EEXIST;
	for (int copy = 1; fd < 0 && errno == EEXIST && copy <= COPIES_MAX; copy++) {
		int n = copy == 1 ? snprintf(path, FILE_PATH, "%s/%s%s", folder, name, end)
				  : snprintf(path, FILE_PATH, "%s/%s-%d%s", folder, name, copy, end);

		if (n < 0 || n >= FILE_PATH) {
			errno = ENAMETOOLONG;
			return -1;
		}
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	}
	return fd;
}

int file_save(const char *folder, const char *name, const char *media, const void *bytes, size_t len,
    char path[FILE_PATH], struct file_fault *fault)
{
	char clean[NAME_BYTES + 1];
	int fd, error = 0;

	stem(name, clean);
	fd = create(folder, clean, strcmp(media, "jpeg") == 0 ? ".jpg" : ".pdf", path);
	if (fd < 0)
		return fail(fault, "file.write", errno);
	if (!write_all(fd, bytes, len) || fsync(fd) < 0)
		error = errno;
	if (close(fd) < 0 && error == 0)
		error = errno;
	if (error == 0)
		return 0;
	unlink(path); /* half a file would be taken for a whole one */
	return fail(fault, "file.write", error);
}

static bool ours(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
	       (st.st_mode & 07777) == 0700;
}

int file_private(const char *state, char path[FILE_PATH], struct file_fault *fault)
{
	if (snprintf(path, FILE_PATH, "%s/view", state) >= FILE_PATH) {
		*path = '\0';
		return fail(fault, "file.write", ENAMETOOLONG);
	}
	if (ours(path))
		file_private_done(path);
	if (mkdir(path, 0700) == 0 && ours(path))
		return 0;
	*path = '\0';
	return fail(fault, "file.write", errno);
}

void file_private_done(const char *path)
{
	DIR *d = *path != '\0' ? opendir(path) : NULL;
	struct dirent *entry;

	if (d == NULL)
		return;
	/* cppcheck-suppress readdirCalled ; safe in glibc: each thread has a folder of its own open */
	while ((entry = readdir(d)) != NULL)
		(void)unlinkat(dirfd(d), entry->d_name, 0);
	closedir(d);
	(void)rmdir(path);
}
