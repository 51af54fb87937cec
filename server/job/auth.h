/*
 * Passwords against their hashes (argon2id), away from the loop: at most two at a time,
 * a bounded number waiting. Knows no database and no sessions.
 */
#ifndef YIMEN_SERVER_JOB_AUTH_H
#define YIMEN_SERVER_JOB_AUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

enum {
	AUTH_AT_ONCE = 2,
	AUTH_WAITING_MAX = 256,
	AUTH_PASSWORD_MAX = 1024,
	AUTH_HASH_MAX = 128, /* crypto_pwhash_STRBYTES */
};

struct auth_job;

struct auth {
	uv_loop_t *loop;
	struct auth_job *head, **tail;
	size_t waiting, working;
};

void auth_init(struct auth *a, uv_loop_t *loop);
/* Does the password have this hash? done later, in the loop. −1 when too many wait. */
__attribute__((warn_unused_result)) int auth_verify(struct auth *a, const void *password, size_t len,
    const void *hash, size_t hash_len, void (*done)(void *arg, bool right), void *arg);
/* Makes a hash; NULL when that failed. −1 when too many wait. */
__attribute__((warn_unused_result)) int auth_hash(
    struct auth *a, const void *password, size_t len, void (*done)(void *arg, const char *hash), void *arg);
/* The same at once, for the command line. buf of AUTH_HASH_MAX. */
__attribute__((warn_unused_result)) int auth_hash_now(const void *password, size_t len, char *buf);

#endif
