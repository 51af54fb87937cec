/*
 * The files of a state folder. A slot's file is a plain header in its first
 * sector, which the disk writes whole, and behind it the sealed entry; see journal.h.
 */
#include "client/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/bytes.h"
#include "common/frame.h"

enum {
	SECTOR = 512,
	SUM = 16, /* of the header's bytes before it */
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	SEAL = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	ENTRY_HEAD = 8 + 2, /* staff, op */
	BODY_MAX = ENTRY_HEAD + FRAME_MAX + SEAL,
};
static const char magic[8] = "yimslot1";

struct slot_file {
	int fd; /* −1: not locked by us */
	struct journal_slot head;
	uint8_t nonce[NONCE];
	uint32_t body; /* bytes of the sealed entry */
};

struct journal {
	int dir;
	uint32_t epoch;
	struct slot_file slot[OP_SLOTS];
};

static ssize_t write_at(int fd, const void *p, size_t len, off_t at)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = pwrite(fd, (const char *)p + done, len - done, at + (off_t)done);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			done += (size_t)n;
	}
	return 0;
}

static int read_file(int dir, const char *name, char *buf, size_t size)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, buf, size - 1);
	close(fd);
	if (n < 0)
		return -1;
	buf[n] = '\0';
	return 0;
}

static int open_slot(const struct journal *j, unsigned slot, int flags)
{
	char name[16];

	snprintf(name, sizeof(name), "slot-%u", slot);
	return openat(j->dir, name, O_RDWR | O_CLOEXEC | flags, 0600);
}

/* Every slot's file exists on disk before any is used: one that is missing later was lost,
 * and with it the keys it had used up. */
static int make_slots(const struct journal *j)
{
	bool made = false;

	for (unsigned i = 0; i < OP_SLOTS; i++) {
		int fd = open_slot(j, i, O_CREAT | O_EXCL);

		if (fd < 0 && errno != EEXIST)
			return -1;
		if (fd >= 0) {
			made = true;
			close(fd);
		}
	}
	if (!made)
		return 0;
	/* With it any epoch: a new one makes every key unused. */
	(void)unlinkat(j->dir, "epoch", 0);
	return fsync(j->dir);
}

struct journal *journal_open(const char *dir, char *error, size_t size)
{
	struct journal *j = calloc(1, sizeof(*j));
	char text[32];

	if (j == NULL || sodium_init() < 0) {
		snprintf(error, size, "out of memory");
		free(j);
		return NULL;
	}
	for (int i = 0; i < OP_SLOTS; i++)
		j->slot[i].fd = -1;
	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		goto fail;
	j->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (j->dir < 0)
		goto fail;
	if (make_slots(j) < 0) {
		close(j->dir);
		goto fail;
	}
	if (read_file(j->dir, "epoch", text, sizeof(text)) == 0)
		j->epoch = (uint32_t)strtoul(text, NULL, 10);
	return j;
fail:
	snprintf(error, size, "%s: %s", dir, strerror(errno));
	free(j);
	return NULL;
}

void journal_close(struct journal *j)
{
	if (j == NULL)
		return;
	for (int i = 0; i < OP_SLOTS; i++)
		if (j->slot[i].fd >= 0)
			close(j->slot[i].fd);
	close(j->dir);
	free(j);
}

/* The header as it stands in the first sector; what is sealed names it all. */
static void put_header(struct bytes_out *out, const struct slot_file *s)
{
	bytes_put(out, magic, sizeof(magic));
	bytes_put_u32(out, s->head.epoch);
	bytes_put_u64(out, s->head.seq);
	bytes_put_u8(out, s->head.pending);
	op_encode_key(out, &s->head.key);
	bytes_put_u32(out, s->body);
	bytes_put(out, s->nonce, NONCE);
}

static int write_header(const struct slot_file *s)
{
	struct bytes_out out;
	uint8_t sum[SUM];
	int rc = -1;

	bytes_out_init(&out, SECTOR);
	put_header(&out, s);
	if (!out.bad)
		crypto_generichash(sum, SUM, out.p, out.len, NULL, 0);
	bytes_put(&out, sum, SUM);
	if (!out.bad)
		rc = (int)write_at(s->fd, out.p, out.len, 0);
	bytes_out_done(&out);
	return rc;
}

/* False when the sector is not a whole header. */
static bool parse_header(struct slot_file *s, const uint8_t *p, size_t len)
{
	struct bytes_in in;
	const uint8_t *name, *nonce, *sum;
	uint8_t own[SUM];
	struct op_key key = {0};

	bytes_in_init(&in, p, len);
	name = bytes_get(&in, sizeof(magic));
	s->head.epoch = bytes_get_u32(&in);
	s->head.seq = bytes_get_u64(&in);
	s->head.pending = bytes_get_u8(&in) != 0;
	key.epoch = bytes_get_u32(&in);
	key.slot = bytes_get_u16(&in);
	key.seq = bytes_get_u64(&in);
	s->head.key = key;
	s->body = bytes_get_u32(&in);
	nonce = bytes_get(&in, NONCE);
	crypto_generichash(own, SUM, p, len - in.left, NULL, 0);
	sum = bytes_get(&in, SUM);
	if (in.bad || memcmp(name, magic, sizeof(magic)) != 0 || memcmp(sum, own, SUM) != 0 ||
	    s->body > BODY_MAX)
		return false;
	memcpy(s->nonce, nonce, NONCE);
	return true;
}

/* Reads a slot just locked. A file that is new or was cut short begins afresh; if it had a
 * past, the folder needs a new epoch, in which every key is unused. */
static void load(struct journal *j, unsigned slot)
{
	struct slot_file *s = &j->slot[slot];
	uint8_t sector[SECTOR];
	ssize_t n = pread(s->fd, sector, sizeof(sector), 0);

	s->head = (struct journal_slot){0};
	if (n > 0 && parse_header(s, sector, (size_t)n) && s->head.key.slot == slot)
		return;
	*s = (struct slot_file){.fd = s->fd};
	s->head.key.slot = (uint16_t)slot;
	if (n == 0)
		return;
	j->epoch = 0;
	/* In this order: without its epoch the folder gets a new one, whatever comes next. */
	if (unlinkat(j->dir, "epoch", 0) == 0 || errno == ENOENT)
		(void)!write_header(s);
}

/* 1 locked, 0 another has it, −1 error. */
static int lock_slot(struct journal *j, unsigned slot, bool wait)
{
	int fd = open_slot(j, slot, 0);

	if (fd < 0)
		return -1;
	if (flock(fd, LOCK_EX | (wait ? 0 : LOCK_NB)) < 0) {
		int busy = errno == EWOULDBLOCK ? 0 : -1;

		close(fd);
		return busy;
	}
	j->slot[slot].fd = fd;
	load(j, slot);
	return 1;
}

static void unlock_slot(struct journal *j, unsigned slot)
{
	close(j->slot[slot].fd);
	j->slot[slot].fd = -1;
}

static int lock_all(struct journal *j, char *error, size_t size)
{
	for (unsigned i = 0; i < OP_SLOTS; i++) {
		int got = lock_slot(j, i, false);

		if (got == 1)
			continue;
		if (got == 0)
			snprintf(error, size, "%s",
			    gettext("another program already runs with this state folder"));
		else
			snprintf(error, size, "state folder, slot %u: %s", i, strerror(errno));
		return -1;
	}
	return (1 << OP_SLOTS) - 1;
}

int journal_lock(struct journal *j, bool all, int wanted, char *error, size_t size)
{
	int bits = 0, free_ones = 0;

	if (all)
		return lock_all(j, error, size);
	for (unsigned i = 0; i < OP_SLOTS; i++) {
		int got = lock_slot(j, i, false);

		if (got < 0)
			goto fail;
		if (got == 0)
			continue;
		if (j->slot[i].head.pending) {
			bits |= 1 << i;
		} else if (free_ones < wanted) {
			bits |= 1 << i;
			free_ones++;
		} else {
			unlock_slot(j, i);
		}
	}
	if (bits == 0 && wanted > 0) {
		unsigned one = (unsigned)getpid() % OP_SLOTS;

		if (lock_slot(j, one, true) < 0)
			goto fail;
		bits = 1 << one;
	}
	return bits;
fail:
	snprintf(error, size, "state folder: %s", strerror(errno));
	return -1;
}

const struct journal_slot *journal_slot(const struct journal *j, uint16_t slot)
{
	return &j->slot[slot].head;
}

uint32_t journal_epoch(const struct journal *j)
{
	return j->epoch;
}

int journal_set_epoch(struct journal *j, uint32_t epoch)
{
	char text[16];
	int fd, n = snprintf(text, sizeof(text), "%u\n", epoch);

	if (epoch == j->epoch)
		return 0;
	fd = openat(j->dir, "epoch.new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	if (write_at(fd, text, (size_t)n, 0) < 0 || fsync(fd) < 0) {
		close(fd);
		return -1;
	}
	close(fd);
	if (renameat(j->dir, "epoch.new", j->dir, "epoch") < 0 || fsync(j->dir) < 0)
		return -1;
	j->epoch = epoch;
	return 0;
}

/* What the seal binds an entry to: its slot's file cannot be swapped for another's. */
static void bind_key(uint8_t bound[OP_KEY_BYTES], const struct op_key *key)
{
	struct bytes_out out;

	bytes_out_init(&out, 0);
	op_encode_key(&out, key);
	if (out.bad)
		abort();
	memcpy(bound, out.p, OP_KEY_BYTES);
	bytes_out_done(&out);
}

static int seal(struct slot_file *s, const uint8_t *by, const struct bytes_out *plain)
{
	uint8_t bound[OP_KEY_BYTES], *sealed = malloc(plain->len + SEAL);
	unsigned long long len;
	int rc;

	if (sealed == NULL)
		return -1;
	bind_key(bound, &s->head.key);
	randombytes_buf(s->nonce, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
	    sealed, &len, plain->p, plain->len, bound, sizeof(bound), NULL, s->nonce, by);
	s->body = (uint32_t)len;
	rc = (int)write_at(s->fd, sealed, (size_t)len, SECTOR);
	free(sealed);
	return rc;
}

int journal_put(struct journal *j, const uint8_t sealed_by[JOURNAL_KEY], const struct op_key *key,
    uint16_t op, int64_t staff_id, const void *payload, size_t len)
{
	struct slot_file *s = &j->slot[key->slot];
	struct bytes_out plain;
	int rc = -1;

	bytes_out_init(&plain, BODY_MAX - SEAL);
	bytes_put_u64(&plain, (uint64_t)staff_id);
	bytes_put_u16(&plain, op);
	bytes_put(&plain, payload, len);
	if (plain.bad)
		errno = EMSGSIZE;
	if (s->head.epoch != key->epoch) {
		s->head.epoch = key->epoch;
		s->head.seq = key->seq - 1;
	}
	s->head.key = *key;
	s->head.pending = true;
	if (!plain.bad && seal(s, sealed_by, &plain) == 0 && write_header(s) == 0 && fdatasync(s->fd) == 0)
		rc = 0;
	if (plain.p != NULL)
		sodium_memzero(plain.p, plain.cap);
	bytes_out_done(&plain);
	return rc;
}

static int unseal(const struct slot_file *s, const uint8_t *by, uint8_t *plain, unsigned long long *len)
{
	uint8_t bound[OP_KEY_BYTES], *sealed = malloc(s->body);
	int rc = -1;

	if (sealed == NULL)
		return -1;
	bind_key(bound, &s->head.key);
	if (pread(s->fd, sealed, s->body, SECTOR) == (ssize_t)s->body)
		rc = crypto_aead_xchacha20poly1305_ietf_decrypt(
		    plain, len, NULL, sealed, s->body, bound, sizeof(bound), s->nonce, by);
	free(sealed);
	return rc;
}

int journal_get(
    struct journal *j, const uint8_t sealed_by[JOURNAL_KEY], uint16_t slot, struct journal_entry *e)
{
	const struct slot_file *s = &j->slot[slot];
	unsigned long long len = 0;
	struct bytes_in in;
	uint8_t *plain;

	*e = (struct journal_entry){0};
	if (!s->head.pending || s->body < SEAL + ENTRY_HEAD + OP_KEY_BYTES)
		return -1;
	plain = malloc(s->body);
	if (plain == NULL || unseal(s, sealed_by, plain, &len) < 0) {
		free(plain);
		return -1;
	}
	bytes_in_init(&in, plain, (size_t)len);
	e->staff_id = (int64_t)bytes_get_u64(&in);
	e->op = bytes_get_u16(&in);
	e->len = in.left;
	memmove(plain, in.p, in.left);
	e->payload = plain;
	return 0;
}

void journal_entry_done(struct journal_entry *e)
{
	if (e->payload != NULL)
		sodium_memzero(e->payload, e->len);
	free(e->payload);
	e->payload = NULL;
}

int journal_drop(struct journal *j, const struct op_key *last)
{
	struct slot_file *s = &j->slot[last->slot];

	s->head.epoch = last->epoch;
	s->head.seq = last->seq;
	s->head.pending = false;
	s->head.key = *last;
	s->body = 0;
	/* Not waited for: should this not reach the disk, the entry is sent once more and
	 * answered by its stored outcome. */
	if (write_header(s) < 0)
		return -1;
	return ftruncate(s->fd, SECTOR);
}
