/* Passwords against their hashes (auth.h). What is secret is wiped when its job ends. */
#include "server/job/auth.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(AUTH_HASH_MAX >= crypto_pwhash_STRBYTES, "hash buffer");

struct auth_job {
	uv_work_t work;
	struct auth *auth;
	struct auth_job *next;
	void (*verified)(void *arg, bool right);
	void (*hashed)(void *arg, const char *hash);
	void *arg;
	bool good;
	size_t len;
	char hash[AUTH_HASH_MAX];
	char password[AUTH_PASSWORD_MAX];
};

void auth_init(struct auth *a, uv_loop_t *loop)
{
	*a = (struct auth){.loop = loop, .tail = &a->head};
}

int auth_hash_now(const void *password, size_t len, char *buf)
{
	return crypto_pwhash_str_alg(buf, password, len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
	    crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
}

static void on_work(uv_work_t *work)
{
	struct auth_job *job = work->data;

	if (job->verified != NULL)
		job->good = crypto_pwhash_str_verify(job->hash, job->password, job->len) == 0;
	else
		job->good = auth_hash_now(job->password, job->len, job->hash) == 0;
}

static void start(struct auth *a);

static void on_worked(uv_work_t *work, int status)
{
	struct auth_job *job = work->data;
	struct auth *a = job->auth;
	bool good = job->good && status == 0;

	a->working--;
	start(a);
	if (job->verified != NULL)
		job->verified(job->arg, good);
	else
		job->hashed(job->arg, good ? job->hash : NULL);
	sodium_memzero(job, sizeof(*job));
	free(job);
}

static void start(struct auth *a)
{
	while (a->working < AUTH_AT_ONCE && a->head != NULL) {
		struct auth_job *job = a->head;

		a->head = job->next;
		if (a->head == NULL)
			a->tail = &a->head;
		a->waiting--;
		a->working++;
		if (uv_queue_work(a->loop, &job->work, on_work, on_worked) < 0)
			abort(); /* only when a callback is missing */
	}
}

static struct auth_job *job_new(struct auth *a, const void *password, size_t len, void *arg)
{
	struct auth_job *job;

	if (a->waiting >= AUTH_WAITING_MAX || len > AUTH_PASSWORD_MAX)
		return NULL;
	job = calloc(1, sizeof(*job));
	if (job == NULL)
		return NULL;
	job->work.data = job;
	job->auth = a;
	job->arg = arg;
	job->len = len;
	memcpy(job->password, password, len);
	*a->tail = job;
	a->tail = &job->next;
	a->waiting++;
	return job;
}

int auth_verify(struct auth *a, const void *password, size_t len, const void *hash, size_t hash_len,
    void (*done)(void *arg, bool right), void *arg)
{
	struct auth_job *job = hash_len < AUTH_HASH_MAX ? job_new(a, password, len, arg) : NULL;

	if (job == NULL)
		return -1;
	job->verified = done;
	if (hash_len > 0)
		memcpy(job->hash, hash, hash_len);
	start(a);
	return 0;
}

int auth_hash(
    struct auth *a, const void *password, size_t len, void (*done)(void *arg, const char *hash), void *arg)
{
	struct auth_job *job = job_new(a, password, len, arg);

	if (job == NULL)
		return -1;
	job->hashed = done;
	start(a);
	return 0;
}
