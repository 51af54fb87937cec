/* Reading files to attach, and their names (file.h). */
#include "client/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/text.h"

enum { PDF_TAIL = 2048, JPEG_TAIL = 65536, FOLDER_MAX = 100000 };

static int fail(struct file_fault *fault, const char *code, const char *arg)
{
	size_t n = text_cut(arg, strlen(arg), sizeof fault->arg - 1);
	fault->code = code;
	memcpy(fault->arg, arg, n);
	fault->arg[n] = '\0';
	return -1;
}

const char *file_media(const uint8_t *bytes, size_t len)
{
	if (len >= 5 && memcmp(bytes, "%PDF-", 5) == 0)
		return "pdf";
	if (len >= 3 && memcmp(bytes, "\xff\xd8\xff", 3) == 0)
		return "jpeg";
	return NULL;
}

/* The mark of the end is there: as rule.paper_whole() looks for it. */
static bool has_end(const char *media, const uint8_t *bytes, size_t len)
{
	bool pdf = strcmp(media, "pdf") == 0;
	size_t tail = pdf ? PDF_TAIL : JPEG_TAIL;
	const uint8_t *from = len > tail ? bytes + len - tail : bytes;

	return memmem(from, (size_t)(bytes + len - from), pdf ? "%%EOF" : "\xff\xd9", pdf ? 5 : 2) != NULL;
}

/* Everything up to the size it had when opened. Short when it shrank. */
static size_t read_all(int fd, uint8_t *bytes, size_t size)
{
	size_t n = 0;
	ssize_t r;

	while (n < size && ((r = read(fd, bytes + n, size - n)) > 0 || (r < 0 && errno == EINTR)))
		n += r > 0 ? (size_t)r : 0;
	return n;
}

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static int load(int fd, struct file_content *f, struct file_fault *fault)
{
	struct stat before, after;
	const char *media;
	char most[16];

	if (fstat(fd, &before) < 0)
		return fail(fault, "file.read", strerror(errno));
	if (!S_ISREG(before.st_mode))
		return fail(fault, "file.kind", f->name);
	if (before.st_size == 0)
		return fail(fault, "paper.empty", "");
	snprintf(most, sizeof most, "%d", FILE_MIB);
	if (before.st_size > FILE_MAX)
		return fail(fault, "paper.large", most);
	f->len = (size_t)before.st_size;
	f->bytes = malloc(f->len);
	if (f->bytes == NULL)
		return fail(fault, "file.read", strerror(ENOMEM));
	if (read_all(fd, f->bytes, f->len) < f->len || fstat(fd, &after) < 0 || !same(&before, &after))
		return fail(fault, "file.changed", f->name);
	media = file_media(f->bytes, f->len);
	if (media == NULL)
		return fail(fault, "paper.media", "");
	if (!has_end(media, f->bytes, f->len))
		return fail(fault, "paper.cut", "");
	crypto_hash_sha256(f->sha256, f->bytes, f->len);
	return 0;
}

int file_load(const char *path, struct file_content *f, struct file_fault *fault)
{
	int fd, rc;

	*f = (struct file_content){0};
	file_name(path, f->name);
	/* Without O_NONBLOCK a pipe in the folder would be waited for for ever. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return fail(fault, "file.open", strerror(errno));
	rc = load(fd, f, fault);
	close(fd);
	if (rc < 0) {
		free(f->bytes);
		f->bytes = NULL;
		f->len = 0;
	}
	return rc;
}

void file_free(struct file_content *f)
{
	if (f->bytes != NULL)
		explicit_bzero(f->bytes, f->len);
	free(f->bytes);
	f->bytes = NULL;
}

/* The ending with its dot, "" when there is none a name would want kept. */
static const char *ending(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL && dot != name && strlen(dot) <= 6 ? dot : "";
}

/* One character of a file name; what must not stand in a name becomes _. */
static size_t put_char(const char *s, size_t left, char *to, size_t *used)
{
	uint32_t ch;
	size_t n = text_decode(s, left, &ch);

	*used = n > 0 ? n : 1;
	if (n > 0 && text_allowed(ch)) {
		memcpy(to, s, n);
		return n;
	}
	*to = '_';
	return 1;
}

char *file_name(const char *path, char buf[FILE_NAME_BYTES])
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	size_t left = strlen(name), n = 0, used;
	char clean[1024];
	const char *tail;

	while (left > 0 && n + 4 < sizeof clean) {
		n += put_char(name, left, clean + n, &used);
		name += used;
		left -= used;
	}
	clean[n] = '\0';
	tail = ending(clean);
	if (text_chars(clean, n) > FILE_NAME) {
		size_t keep = FILE_NAME - text_chars(tail, strlen(tail)) - 1, bytes = 0;
		uint32_t ch;

		for (size_t i = 0; i < keep; i++)
			bytes += text_decode(clean + bytes, n - bytes, &ch);
		snprintf(buf, FILE_NAME_BYTES, "%.*s…%s", (int)bytes, clean, tail);
	} else if (text_blank(clean, n)) {
		snprintf(buf, FILE_NAME_BYTES, "%s", "scan");
	} else {
		snprintf(buf, FILE_NAME_BYTES, "%.*s", FILE_NAME_BYTES - 1, clean); /* all of it: 120 × 4 */
	}
	return buf;
}

static bool wanted(const char *name)
{
	const char *end = ending(name);

	return strcasecmp(end, ".pdf") == 0 || strcasecmp(end, ".jpg") == 0 || strcasecmp(end, ".jpeg") == 0;
}

static int newest_first(const void *a, const void *b)
{
	const struct file_entry *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return strcmp(x->path, y->path);
}

/* Keeps the newest: once the list is full twice over, the older half goes. */
static void add(struct file_folder *f, const char *folder, int dir, const char *name)
{
	struct file_entry *e = &f->list[f->n];
	struct stat st;

	if (!wanted(name) || fstatat(dir, name, &st, 0) < 0 || !S_ISREG(st.st_mode) ||
	    snprintf(e->path, sizeof e->path, "%s/%s", folder, name) >= (int)sizeof e->path)
		return;
	file_name(name, e->name);
	e->size = st.st_size;
	e->at = st.st_mtim.tv_sec;
	if (++f->n < 2 * FILE_LISTED)
		return;
	qsort(f->list, f->n, sizeof *f->list, newest_first);
	f->left += f->n - FILE_LISTED;
	f->n = FILE_LISTED;
}

int file_list(const char *folder, struct file_folder *f, struct file_fault *fault)
{
	DIR *d = opendir(folder);
	struct dirent *entry;
	int left = FOLDER_MAX;

	*f = (struct file_folder){0};
	if (d == NULL)
		return fail(fault, "file.folder", strerror(errno));
	f->list = calloc(2 * FILE_LISTED, sizeof *f->list);
	if (f->list == NULL) {
		closedir(d);
		return fail(fault, "file.folder", strerror(ENOMEM));
	}
	/* cppcheck-suppress readdirCalled ; safe in glibc: each thread has a folder of its own open */
	while (left-- > 0 && (entry = readdir(d)) != NULL)
		add(f, folder, dirfd(d), entry->d_name);
	closedir(d);
	qsort(f->list, f->n, sizeof *f->list, newest_first);
	if (f->n > FILE_LISTED) {
		f->left += f->n - FILE_LISTED;
		f->n = FILE_LISTED;
	}
	return 0;
}

void file_list_free(struct file_folder *f)
{
	free(f->list);
	*f = (struct file_folder){0};
}
