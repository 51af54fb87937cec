/*
 * The line under a link: opening, losing, trying again, what state that makes, and
 * the link's memory. See link_int.h; what a line brings goes up by l->line_calls.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/link_int.h"
#include "client/tls.h"

enum {
	RETRY_MS = 100,
	RETRY_MAX_MS = 5000,
};

enum link_state link_state(const struct link *l)
{
	if (l->phase == PHASE_READY)
		return LINK_READY;
	if (l->phase == PHASE_IDLE || (l->phase == PHASE_LEAVING && l->told >= LINK_CONNECTED))
		return LINK_CONNECTED;
	return l->was_up ? LINK_LOST : LINK_CONNECTING;
}

/* Tells the state it is in, once for each change; a failure is told every time. */
void link_tell(struct link *l)
{
	enum link_state state = link_state(l);

	if (state == LINK_CONNECTED || state == LINK_READY) {
		l->was_up = true;
		l->delay = RETRY_MS;
		l->why[0] = l->detail[0] = '\0';
		if (state == l->told)
			return;
	}
	l->told = state;
	if (l->calls.state != NULL && !l->closing)
		l->calls.state(l->ctx, state, l->why, l->detail);
}

/* The port a server wrote down when it took it; 0 when there is none yet. */
static int port_of(const struct link_conf *conf)
{
	int port = conf->port;
	FILE *f;

	if (port != 0 || conf->port_file == NULL || conf->port_file[0] == '\0')
		return port;
	f = fopen(conf->port_file, "re");
	if (f == NULL)
		return 0;
	if (fscanf(f, "%d", &port) != 1 || port < 1 || port > 65535)
		port = 0;
	fclose(f);
	return port;
}

static void connect_now(struct link *l)
{
	struct conn_to to = {
	    .host = l->conf.host, .port = port_of(&l->conf), .attempt = l->attempt++, .name = l->conf.name};

	l->phase = PHASE_OPENING;
	if (to.port == 0) {
		link_lost(l, "link.unreachable", l->conf.port_file != NULL ? l->conf.port_file : "port");
		return;
	}
	l->conn = conn_open(l->loop, l->files, &to, l->line_calls, l);
}

static void on_retry(uv_timer_t *t)
{
	struct link *l = t->data;

	if (!l->closing && l->conn == NULL)
		connect_now(l);
}

void link_retry(struct link *l, int64_t ms)
{
	uv_timer_start(&l->retry, on_retry, (uint64_t)ms, 0);
}

/* Full jitter, decorrelated: somewhere between the least and thrice the last delay. */
static int64_t next_delay(struct link *l)
{
	int64_t last = l->delay < RETRY_MS ? RETRY_MS : l->delay;

	l->delay = RETRY_MS + randombytes_uniform((uint32_t)(last * 3 - RETRY_MS));
	if (l->delay > RETRY_MAX_MS)
		l->delay = RETRY_MAX_MS;
	return l->delay;
}

void link_lost(struct link *l, const char *why, const char *detail)
{
	l->conn = NULL;
	l->phase = PHASE_DOWN;
	snprintf(l->why, sizeof(l->why), "%s", why);
	snprintf(l->detail, sizeof(l->detail), "%s", detail);
	outbox_offline(&l->outbox);
	bytes_out_reset(&l->pushed);
	link_retry(l, next_delay(l));
	link_requests_lost(l);
	l->dirty = true;
	if (!l->closing)
		link_tell(l);
}

void link_drop_line(struct link *l, const char *why, const char *detail)
{
	char code[40], more[200];

	if (l->conn == NULL)
		return;
	/* why may be a reply's, or our own. */
	snprintf(code, sizeof(code), "%s", why);
	snprintf(more, sizeof(more), "%s", detail);
	conn_close(l->conn);
	link_lost(l, code, more);
}

static void free_link(struct link *l)
{
	for (size_t i = 0; i < l->nstrings; i++)
		free(l->strings[i]);
	link_requests_done(l);
	reply_free(l->hello);
	bytes_out_done(&l->pushed);
	free(l->subscription);
	outbox_done(&l->outbox);
	journal_close(l->journal);
	tls_files_free(l->files);
	sodium_memzero(l, sizeof(*l));
	free(l);
}

void link_release(struct link *l)
{
	if (--l->holds == 0)
		free_link(l);
}
