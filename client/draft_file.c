/*
 * Files of drafts: a plain head with whose and which draft it is, and behind it
 * the sealed body, bound to that head. See draft_file.h.
 */
#include "client/draft_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/bytes.h"

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	SEAL = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	MAGIC = 8,
	HEAD = MAGIC + 8 + OP_DRAFT_KEY + 4 + NONCE,
	FILE_MAX = 256 * 1024,
	NAME = sizeof "draft-" + 2 * OP_DRAFT_KEY + sizeof "-2147483647",
};
static const char magic[MAGIC] = "yimdraf1";

static void name_of(const uint8_t key[OP_DRAFT_KEY], int32_t revision, char name[NAME])
{
	char hex[2 * OP_DRAFT_KEY + 1];
	sodium_bin2hex(hex, sizeof hex, key, OP_DRAFT_KEY);
	snprintf(name, NAME, "draft-%s-%" PRId32, hex, revision);
}

/* A file of ours: its key and revision. */
static bool parse_name(const char *name, uint8_t key[OP_DRAFT_KEY], int32_t *revision)
{
	size_t len;
	const char *end;
	char *rest;
	if (strncmp(name, "draft-", 6) != 0 || strlen(name) < 6 + 2 * OP_DRAFT_KEY + 2)
		return false;
	if (sodium_hex2bin(key, OP_DRAFT_KEY, name + 6, 2 * OP_DRAFT_KEY, NULL, &len, &end) != 0 ||
	    len != OP_DRAFT_KEY || name[6 + 2 * OP_DRAFT_KEY] != '-')
		return false;
	errno = 0;
	long n = strtol(name + 7 + 2 * OP_DRAFT_KEY, &rest, 10);
	*revision = (int32_t)n;
	return errno == 0 && *rest == '\0' && n >= 0 && n <= INT32_MAX;
}

static int write_all(int fd, const uint8_t *p, size_t len)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = write(fd, p + done, len - done);
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			done += (size_t)n;
	}
	return 0;
}

/* Head and sealed body; out is filled. */
static void seal(const uint8_t *by, const struct draft *d, struct bytes_out *out)
{
	uint8_t nonce[NONCE], *sealed = malloc(d->len + SEAL);
	unsigned long long len;
	if (sealed == NULL)
		abort();
	randombytes_buf(nonce, NONCE);
	bytes_put(out, magic, MAGIC);
	bytes_put_u64(out, (uint64_t)d->staff);
	bytes_put(out, d->key, OP_DRAFT_KEY);
	bytes_put_u32(out, (uint32_t)d->revision);
	bytes_put(out, nonce, NONCE);
	if (!out->bad)
		crypto_aead_xchacha20poly1305_ietf_encrypt(
		    sealed, &len, d->body, d->len, out->p, out->len, NULL, nonce, by);
	bytes_put(out, sealed, d->len + SEAL);
	free(sealed);
}

/* Each name in the folder that is a draft's. */
static void each(
    const char *dir, void (*f)(void *ctx, const char *name, const uint8_t *key, int32_t revision), void *ctx)
{
	DIR *folder = opendir(dir);
	struct dirent *e;
	/* Each thread reads a folder stream of its own, which is what readdir asks for. */
	/* cppcheck-suppress readdirCalled */
	while (folder != NULL && (e = readdir(folder)) != NULL) {
		uint8_t key[OP_DRAFT_KEY];
		int32_t revision;
		if (parse_name(e->d_name, key, &revision))
			f(ctx, e->d_name, key, revision);
	}
	if (folder != NULL)
		(void)closedir(folder);
}

struct drop {
	const char *dir;
	const uint8_t *key;
	int32_t until;
};

static void drop_one(void *ctx, const char *name, const uint8_t *key, int32_t revision)
{
	const struct drop *d = ctx;
	char path[4096];
	if (memcmp(key, d->key, OP_DRAFT_KEY) != 0 || revision > d->until)
		return;
	snprintf(path, sizeof path, "%s/%s", d->dir, name);
	(void)unlink(path);
}

void draft_file_drop(const char *dir, const uint8_t key[OP_DRAFT_KEY], int32_t revision)
{
	struct drop d = {dir, key, revision};
	each(dir, drop_one, &d);
}

int draft_file_put(const char *dir, const uint8_t sealed_by[JOURNAL_KEY], const struct draft *d)
{
	char path[4096], name[NAME];
	struct bytes_out out;
	int rc = -1, fd;
	name_of(d->key, d->revision, name);
	snprintf(path, sizeof path, "%s/%s", dir, name);
	bytes_out_init(&out, FILE_MAX);
	seal(sealed_by, d, &out);
	if (out.bad)
		errno = EMSGSIZE;
	fd = out.bad ? -1 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0) {
		rc = write_all(fd, out.p, out.len);
		close(fd);
	}
	bytes_out_done(&out);
	if (rc == 0 && d->revision > 0)
		draft_file_drop(dir, d->key, d->revision - 1);
	return rc;
}

static void sync_one(void *ctx, const char *name, const uint8_t *key, int32_t revision)
{
	char path[4096];
	(void)key;
	(void)revision;
	snprintf(path, sizeof path, "%s/%s", (const char *)ctx, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	(void)fdatasync(fd);
	close(fd);
}

void draft_file_sync(const char *dir)
{
	each(dir, sync_one, (void *)dir);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}

struct load {
	const char *dir;
	const uint8_t *by;
	int64_t staff;
	struct drafts *d;
	int n;
};

static size_t read_file(const char *path, uint8_t *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	size_t len = 0;
	ssize_t n = -1;
	if (fd < 0)
		return 0;
	while (len < size && (n = read(fd, buf + len, size - len)) > 0)
		len += (size_t)n;
	close(fd);
	return n < 0 ? 0 : len;
}

static void load_one(void *ctx, const char *name, const uint8_t *key, int32_t revision)
{
	struct load *l = ctx;
	struct draft *have = drafts_find(l->d, key);
	char path[4096];
	uint8_t *file = malloc(FILE_MAX), *body = malloc(FILE_MAX);
	struct bytes_in in;
	unsigned long long len = 0;
	if (file == NULL || body == NULL)
		abort();
	snprintf(path, sizeof path, "%s/%s", l->dir, name);
	size_t size = read_file(path, file, FILE_MAX);
	bytes_in_init(&in, file, size);
	const uint8_t *mark = bytes_get(&in, MAGIC);
	int64_t staff = (int64_t)bytes_get_u64(&in);
	const uint8_t *own = bytes_get(&in, OP_DRAFT_KEY);
	uint32_t at = bytes_get_u32(&in);
	const uint8_t *nonce = bytes_get(&in, NONCE);
	bool good = !in.bad && memcmp(mark, magic, MAGIC) == 0 && memcmp(own, key, OP_DRAFT_KEY) == 0 &&
		    at == (uint32_t)revision && staff == l->staff && in.left > SEAL &&
		    (have == NULL || have->revision < revision) &&
		    crypto_aead_xchacha20poly1305_ietf_decrypt(
			body, &len, NULL, in.p, in.left, file, HEAD, nonce, l->by) == 0;
	if (good) {
		l->n += have == NULL;
		(void)drafts_put(l->d, key, staff, revision, body, (size_t)len);
	}
	sodium_memzero(body, FILE_MAX);
	free(body);
	free(file);
}

int draft_file_load(const char *dir, const uint8_t sealed_by[JOURNAL_KEY], int64_t staff, struct drafts *d)
{
	struct load l = {dir, sealed_by, staff, d, 0};
	each(dir, load_one, &l);
	return l.n;
}
