/*
 * The folder printer: each paper becomes a file named after it. Names come from
 * data, so they are cleaned; a name taken by another content is left alone.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/print/pdf.h"

/* Bytes of a name before "-99.pdf" and the temporary's ending. */
enum { NAME_MAX_BYTES = 200, COPIES_MAX = 999 };

/* Appends text to name; what a file name must not hold becomes "_". */
static void append_clean(GString *name, const char *text)
{
	if (text == NULL || !g_utf8_validate(text, -1, NULL))
		return;
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar ch = g_utf8_get_char(text);
		bool good = g_unichar_isgraph(ch) && (ch >= 0x80 || !strchr("/\\:*?\"<>|&;$`'!#%~", (int)ch));
		if (good && ch == '.' && name->len == 0)
			good = false;
		if (name->len + 6 > NAME_MAX_BYTES)
			return;
		g_string_append_unichar(name, good ? ch : '_');
	}
}

char *spool_name(const struct print_paper *paper)
{
	GString *name = g_string_new(NULL);

	append_clean(name, paper->number && *paper->number ? paper->number : paper->case_number);
	if (name->len)
		g_string_append_c(name, '-');
	append_clean(name, pdf_title(paper));
	if (name->len == 0)
		g_string_append(name, "paper");
	return g_string_free(name, FALSE);
}

static bool same_content(const char *path, const GByteArray *bytes)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	g_autofree guint8 *there = NULL;
	size_t n = 0;
	ssize_t r = 0;

	if (fd < 0)
		return false;
	there = g_malloc(bytes->len + 1);
	while (n <= bytes->len && (r = read(fd, there + n, bytes->len + 1 - n)) > 0)
		n += (size_t)r;
	close(fd);
	return r >= 0 && n == bytes->len && memcmp(there, bytes->data, n) == 0;
}

/* Gives the temporary file its name unless another file has it: 0, or −1 with errno. */
static int claim(const char *temporary, const char *path)
{
	if (link(temporary, path) == 0)
		return 0;
	/* A file system without hard links. */
	if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS)
		return renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE);
	return -1;
}

static int store(const GByteArray *bytes, const char *folder, const char *name, struct print_done *done)
{
	char temporary[sizeof done->path + 8];
	int r = -1, n;

	n = snprintf(done->path, sizeof done->path, "%s/%s.pdf", folder, name);
	if (n < 0 || (size_t)n + 8 >= sizeof done->path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (pdf_temporary(bytes, done->path, temporary, sizeof temporary))
		return -1;
	for (int copy = 1; copy <= COPIES_MAX; copy++) {
		if (copy > 1)
			snprintf(done->path, sizeof done->path, "%s/%s-%d.pdf", folder, name, copy);
		r = claim(temporary, done->path);
		if (r && errno == EEXIST && same_content(done->path, bytes))
			r = 0;
		if (r == 0 || errno != EEXIST)
			break;
	}
	n = errno;
	unlink(temporary);
	errno = n;
	return r ? -1 : pdf_settle(done->path);
}

int spool_put(const GByteArray *bytes, const char *folder, const char *name, struct print_done *done)
{
	if (mkdir(folder, 0700) && errno != EEXIST)
		return -1;
	return store(bytes, folder, name, done);
}

int print_spool(
    const struct print_paper *paper, const char *folder, struct print_done *done, struct print_fault *fault)
{
	GByteArray *bytes = pdf_make(paper, done, fault);
	g_autofree char *name = NULL;
	int r = -1;

	if (bytes == NULL)
		return -1;
	name = spool_name(paper);
	if (spool_put(bytes, folder, name, done))
		pdf_fail(fault);
	else
		r = 0;
	g_byte_array_unref(bytes);
	return r;
}
