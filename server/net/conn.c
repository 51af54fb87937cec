/* One window's line (conn.h): bytes between the socket, TLS and frames. */
#include "server/net/conn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK = 64 * 1024, /* read at once */
	PLAIN = 16 * 1024, /* one TLS record */
	SWEEP_MS = 500,
	LINGER_MS = 2000,
	KEEPALIVE_S = 60,
};

const char *const net_end_name[NET_ENDS] = {
    [NET_CLOSED] = "closed",
    [NET_TLS] = "tls",
    [NET_MALFORMED] = "malformed",
    [NET_TIMEOUT] = "timeout",
    [NET_SLOW] = "slow",
    [NET_DROPPED] = "dropped",
    [NET_ERROR] = "error",
};

struct net_conn {
	uv_tcp_t tcp; /* first: handles are cast back */
	struct net *net;
	void *owner;
	struct net_tls *tls;
	struct frame_in in;
	struct bytes_out plain;   /* replies not yet encrypted */
	struct bytes_out cipher;  /* not yet given to the system */
	struct bytes_out sending; /* being written by it */
	uv_write_t write;
	uv_shutdown_t shutdown;
	struct net_conn *prev, *next, *next_dirty;
	uint64_t deadline; /* closes then; 0: none */
	uint64_t idle_ms, heard;
	uint64_t half_since;  /* a frame is half here since; 0: none */
	uint64_t stall_since; /* the system has not taken everything since; 0: it has */
	const char *detail;
	enum net_end why;
	bool dirty, ready, paused, blocked, hungry, delivering, reading, writing, ending, said_end, dead;
	bool loopback;
	uint8_t address[16];
	char peer[NET_PEER_TEXT];
};

static void on_closed(uv_handle_t *h)
{
	struct net_conn *c = (struct net_conn *)h;
	struct net *net = c->net;

	for (struct net_conn **p = &net->dirty; *p != NULL; p = &(*p)->next_dirty)
		if (*p == c) {
			*p = c->next_dirty;
			break;
		}
	if (c->prev != NULL)
		c->prev->next = c->next;
	else
		net->all = c->next;
	if (c->next != NULL)
		c->next->prev = c->prev;
	net->count--;
	net->calls.closed(net->ctx, c, c->why, c->detail);
	net_tls_free(c->tls);
	frame_in_done(&c->in);
	bytes_out_done(&c->plain);
	bytes_out_done(&c->cipher);
	bytes_out_done(&c->sending);
	free(c);
}

void net_conn_kill(struct net_conn *c, enum net_end why, const char *detail)
{
	if (c->dead)
		return;
	c->dead = true;
	/* The first reason stands when the end was already under way. */
	if (!c->ending || c->why == NET_CLOSED) {
		c->why = why;
		c->detail = detail;
	}
	uv_close((uv_handle_t *)&c->tcp, on_closed);
}

bool net_conn_open(const struct net_conn *c)
{
	return !c->dead && !c->ending;
}

static void on_alloc(uv_handle_t *h, size_t suggested, uv_buf_t *buf)
{
	(void)suggested;
	*buf = uv_buf_init(((struct net_conn *)h)->net->chunk, CHUNK);
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf);

/* Reads exactly when someone can take what comes. */
static void settle_reading(struct net_conn *c)
{
	bool want = !c->dead && (c->ending || (!c->paused && !c->blocked));

	if (want == c->reading)
		return;
	if (want && uv_read_start((uv_stream_t *)&c->tcp, on_alloc, on_read) < 0) {
		net_conn_kill(c, NET_ERROR, "read");
		return;
	}
	if (!want && !c->dead)
		uv_read_stop((uv_stream_t *)&c->tcp);
	c->reading = want;
}

size_t net_conn_backlog(const struct net_conn *c)
{
	return c->plain.len + c->cipher.len + c->sending.len;
}

static void deliver(struct net_conn *c);

static void settle_backlog(struct net_conn *c)
{
	size_t backlog = net_conn_backlog(c);

	if (c->dead)
		return;
	if (backlog >= NET_BACKLOG_CLOSE) {
		net_conn_kill(c, NET_SLOW, "backlog");
		return;
	}
	if (!c->blocked && backlog >= NET_BACKLOG_STOP) {
		c->blocked = true;
		settle_reading(c);
	} else if (c->blocked && backlog < NET_BACKLOG_STOP / 2) {
		c->blocked = false;
		deliver(c);
	}
	if (c->hungry && !c->dead && net_conn_backlog(c) < NET_BACKLOG_STOP / 2) {
		c->hungry = false;
		c->net->calls.drained(c->net->ctx, c);
	}
}

static void write_more(struct net_conn *c);

static void on_shutdown(uv_shutdown_t *req, int status)
{
	(void)req, (void)status; /* the peer's own end, or the linger deadline, closes it */
}

/* Everything is out: say so to the peer, then wait a little for its own end, so that
 * the system does not throw away what is still on its way. */
static void finish_end(struct net_conn *c)
{
	if (c->dead || !c->ending || c->writing || c->plain.len + c->cipher.len > 0)
		return;
	if (!c->said_end) {
		c->said_end = true;
		net_tls_end(c->tls);
		write_more(c);
		if (c->writing || c->dead)
			return;
	}
	if (c->deadline == 0 || c->deadline > uv_now(c->net->loop) + LINGER_MS)
		c->deadline = uv_now(c->net->loop) + LINGER_MS;
	if (uv_shutdown(&c->shutdown, (uv_stream_t *)&c->tcp, on_shutdown) < 0)
		net_conn_kill(c, NET_CLOSED, "");
}

static void on_written(uv_write_t *req, int status)
{
	struct net_conn *c = (struct net_conn *)req->handle;

	c->writing = false;
	bytes_out_done(&c->sending);
	c->stall_since = 0;
	if (c->dead)
		return;
	if (status < 0) {
		net_conn_kill(c, NET_CLOSED, "write");
		return;
	}
	write_more(c);
	if (!c->dead && c->plain.len > 0)
		net_conn_wrote(c);
	settle_backlog(c);
	finish_end(c);
}

/* Hands ciphertext to the system: at once what it takes, the rest when it can. */
static void write_more(struct net_conn *c)
{
	struct bytes_out *made = net_tls_made(c->net->tls);
	size_t done = 0;
	uv_buf_t buf;

	if (made->bad)
		net_conn_kill(c, NET_ERROR, "memory");
	if (!c->dead && !c->writing && c->cipher.len == 0 && made->len > 0) {
		buf = uv_buf_init((char *)made->p, (unsigned)made->len);
		int n = uv_try_write((uv_stream_t *)&c->tcp, &buf, 1);

		if (n < 0 && n != UV_EAGAIN)
			net_conn_kill(c, NET_CLOSED, "write");
		done = n > 0 ? (size_t)n : 0;
	}
	if (!c->dead && done < made->len)
		bytes_put(&c->cipher, made->p + done, made->len - done);
	bytes_out_reset(made);
	if (c->dead || c->writing || c->cipher.len == 0)
		return;
	c->sending = c->cipher;
	bytes_out_init(&c->cipher, 0);
	buf = uv_buf_init((char *)c->sending.p, (unsigned)c->sending.len);
	if (c->sending.bad || uv_write(&c->write, (uv_stream_t *)&c->tcp, &buf, 1, on_written) < 0) {
		net_conn_kill(c, NET_ERROR, "write");
		return;
	}
	c->writing = true;
	c->stall_since = uv_now(c->net->loop);
}

/* Encrypts what was written since the last flush, in one go. */
static void flush(struct net_conn *c)
{
	if (c->dead || c->writing)
		return;
	if (c->plain.bad) {
		net_conn_kill(c, NET_ERROR, "memory");
		return;
	}
	if (c->plain.len > 0) {
		if (net_tls_write(c->tls, c->plain.p, c->plain.len) < 0) {
			bytes_out_reset(net_tls_made(c->net->tls));
			net_conn_kill(c, NET_TLS, net_tls_why(c->tls));
			return;
		}
		bytes_out_done(&c->plain);
		write_more(c);
	}
	settle_backlog(c);
	finish_end(c);
}

static void flush_all(struct net *net)
{
	while (net->dirty != NULL) {
		struct net_conn *c = net->dirty;

		net->dirty = c->next_dirty;
		c->dirty = false;
		flush(c);
	}
}

static void on_prepare(uv_prepare_t *h)
{
	flush_all(h->data);
}

static void on_check(uv_check_t *h)
{
	flush_all(h->data);
}

struct bytes_out *net_conn_out(struct net_conn *c)
{
	return net_conn_open(c) ? &c->plain : NULL;
}

void net_conn_wrote(struct net_conn *c)
{
	if (c->dead)
		return;
	if (!c->dirty) {
		c->dirty = true;
		c->next_dirty = c->net->dirty;
		c->net->dirty = c;
	}
	if (net_conn_backlog(c) >= NET_BACKLOG_CLOSE)
		net_conn_kill(c, NET_SLOW, "backlog");
}

void net_conn_hungry(struct net_conn *c)
{
	c->hungry = true;
}

void net_conn_end(struct net_conn *c)
{
	if (!net_conn_open(c))
		return;
	c->ending = true;
	c->why = NET_CLOSED;
	c->detail = "";
	/* It may linger, but not for ever behind a peer that reads nothing. */
	c->deadline = uv_now(c->net->loop) + c->net->limits.stall_ms;
	settle_reading(c);
	net_conn_wrote(c);
}

/* Hands out the frames that are whole, until someone says stop. */
static void deliver(struct net_conn *c)
{
	struct frame f;
	bool any = false;
	int got = 1;

	if (c->delivering)
		return;
	c->delivering = true;
	while (net_conn_open(c) && !c->paused && !c->blocked && (got = frame_in_next(&c->in, &f)) > 0) {
		any = true;
		c->net->calls.frame(c->net->ctx, c, &f);
		/* It may have been a password. */
		explicit_bzero(c->in.buf.p + c->in.used - f.len, f.len);
	}
	c->delivering = false;
	if (got < 0)
		net_conn_kill(c, NET_MALFORMED, "frame.long");
	if (got != 0 || frame_in_pending(&c->in) == 0)
		c->half_since = 0;
	else if (any || c->half_since == 0)
		c->half_since = uv_now(c->net->loop);
	settle_reading(c);
}

/* The line failed below TLS; its alert still goes out. */
static void tls_ended(struct net_conn *c)
{
	if (net_tls_closed(c->tls)) {
		net_conn_end(c);
		return;
	}
	c->ending = true;
	c->said_end = true;
	c->why = NET_TLS;
	c->detail = net_tls_why(c->tls);
	c->deadline = uv_now(c->net->loop) + LINGER_MS;
	bytes_out_done(&c->plain);
	write_more(c);
	finish_end(c);
}

static void heard(struct net_conn *c, const char *p, size_t len)
{
	static char plain[PLAIN];
	long n;

	c->heard = uv_now(c->net->loop);
	net_tls_feed(c->tls, p, len);
	while ((n = net_tls_read(c->tls, plain, sizeof(plain))) > 0) {
		bool fed = frame_in_feed(&c->in, plain, (size_t)n) == 0;

		explicit_bzero(plain, (size_t)n);
		if (!fed) {
			net_conn_kill(c, NET_ERROR, "memory");
			break;
		}
	}
	write_more(c);
	if (c->dead)
		return;
	if (!c->ready && net_tls_ready(c->tls)) {
		c->ready = true;
		c->net->calls.ready(c->net->ctx, c);
	}
	/* What came whole before the end counts. */
	deliver(c);
	if (n < 0 && net_conn_open(c))
		tls_ended(c);
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
	struct net_conn *c = (struct net_conn *)s;

	if (n == UV_EOF)
		net_conn_kill(c, NET_CLOSED, "");
	else if (n < 0)
		net_conn_kill(c, NET_CLOSED, "read");
	else if (n > 0 && !c->ending)
		heard(c, buf->base, (size_t)n);
}

/* Closes who is over one of the time limits; detail says which. */
static void sweep_one(struct net_conn *c, uint64_t now)
{
	const struct net_limits *l = &c->net->limits;

	if (c->deadline != 0 && now >= c->deadline)
		net_conn_kill(c, NET_TIMEOUT, c->ending ? "end" : "handshake");
	else if (c->stall_since != 0 && now - c->stall_since >= l->stall_ms)
		net_conn_kill(c, NET_SLOW, "stall");
	else if (c->half_since != 0 && !c->paused && !c->blocked && now - c->half_since >= l->frame_ms)
		net_conn_kill(c, NET_TIMEOUT, "frame");
	else if (c->idle_ms != 0 && now - c->heard >= c->idle_ms && !c->ending)
		net_conn_end(c);
}

static void on_sweep(uv_timer_t *t)
{
	struct net *net = t->data;

	for (struct net_conn *c = net->all; c != NULL; c = c->next)
		if (!c->dead)
			sweep_one(c, uv_now(net->loop));
}

int net_init(struct net *net)
{
	net->chunk = malloc(CHUNK);
	if (net->chunk == NULL)
		return UV_ENOMEM;
	uv_prepare_init(net->loop, &net->prepare);
	uv_check_init(net->loop, &net->check);
	uv_timer_init(net->loop, &net->sweep);
	net->prepare.data = net->check.data = net->sweep.data = net;
	uv_prepare_start(&net->prepare, on_prepare);
	uv_check_start(&net->check, on_check);
	return uv_timer_start(&net->sweep, on_sweep, SWEEP_MS, SWEEP_MS);
}

void net_done(struct net *net)
{
	uv_close((uv_handle_t *)&net->prepare, NULL);
	uv_close((uv_handle_t *)&net->check, NULL);
	uv_close((uv_handle_t *)&net->sweep, NULL);
	free(net->chunk);
	net->chunk = NULL;
}

/* Where it comes from, for the log and the limits. */
static void note_address(struct net_conn *c)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	struct sockaddr_storage ss;
	int len = sizeof(ss);
	char text[INET6_ADDRSTRLEN] = "?";
	unsigned port = 0;

	if (uv_tcp_getpeername(&c->tcp, (struct sockaddr *)&ss, &len) == 0 && ss.ss_family == AF_INET) {
		const struct sockaddr_in *a = (const struct sockaddr_in *)&ss;

		memcpy(c->address, mapped, sizeof(mapped));
		memcpy(c->address + 12, &a->sin_addr, 4);
		c->loopback = c->address[12] == 127;
		uv_ip4_name(a, text, sizeof(text));
		port = ntohs(a->sin_port);
	} else if (ss.ss_family == AF_INET6) {
		const struct sockaddr_in6 *a = (const struct sockaddr_in6 *)&ss;

		memcpy(c->address, &a->sin6_addr, 16);
		c->loopback = IN6_IS_ADDR_LOOPBACK(&a->sin6_addr);
		uv_ip6_name(a, text, sizeof(text));
		port = ntohs(a->sin6_port);
	}
	snprintf(c->peer, sizeof(c->peer), "%s:%u", text, port);
}

struct net_conn *net_conn_accept(struct net *net, uv_stream_t *server, void *owner)
{
	struct net_conn *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->tls = net_tls_new(net->tls);
	if (c->tls == NULL || uv_tcp_init(net->loop, &c->tcp) < 0) {
		net_tls_free(c->tls);
		free(c);
		return NULL;
	}
	c->net = net;
	c->owner = owner;
	c->detail = "";
	frame_in_init(&c->in, FRAME_MAX_LOGIN);
	bytes_out_init(&c->plain, 0);
	bytes_out_init(&c->cipher, 0);
	bytes_out_init(&c->sending, 0);
	c->next = net->all;
	if (c->next != NULL)
		c->next->prev = c;
	net->all = c;
	net->count++;
	c->heard = uv_now(net->loop);
	c->deadline = c->heard + net->limits.handshake_ms;
	if (uv_accept(server, (uv_stream_t *)&c->tcp) < 0) {
		net_conn_kill(c, NET_ERROR, "accept");
		return c;
	}
	uv_tcp_nodelay(&c->tcp, 1);
	uv_tcp_keepalive(&c->tcp, 1, KEEPALIVE_S);
	note_address(c);
	settle_reading(c);
	return c;
}

void *net_conn_owner(const struct net_conn *c)
{
	return c->owner;
}

const char *net_conn_peer(const struct net_conn *c)
{
	return c->peer;
}

const uint8_t *net_conn_address(const struct net_conn *c, bool *loopback)
{
	*loopback = c->loopback;
	return c->address;
}

bool net_conn_cert(const struct net_conn *c, uint8_t sha256[NET_CERT_SHA256])
{
	return net_tls_peer(c->tls, sha256);
}

void net_conn_known(struct net_conn *c)
{
	if (!c->ending)
		c->deadline = 0;
}

void net_conn_idle(struct net_conn *c, uint64_t ms)
{
	c->idle_ms = ms;
}

void net_conn_limit(struct net_conn *c, uint32_t max)
{
	frame_in_limit(&c->in, max);
}

void net_conn_pause(struct net_conn *c)
{
	c->paused = true;
	settle_reading(c);
}

void net_conn_resume(struct net_conn *c)
{
	if (!c->paused)
		return;
	c->paused = false;
	deliver(c);
}
