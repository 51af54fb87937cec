/*
 * One connection: libuv's socket on one side, frames on the other, TLS between.
 * Freed when its handles are closed. See conn.h.
 */
#include "client/conn.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/tls.h"

enum {
	CONNECT_MS = 10000, /* address, connection and handshake together */
	ALIVE_S = 15,       /* of silence, then the other end is asked whether it lives */
	READ_SIZE = 16 * 1024,
};

struct conn {
	uv_tcp_t tcp;
	uv_timer_t timer;
	uv_getaddrinfo_t lookup;
	uv_connect_t connect;
	unsigned holds; /* handles and requests that still point here */
	bool closing, up;
	const char *early; /* code of a failure before the loop ran */
	struct tls *tls;
	struct frame_in in;
	struct bytes_out out;
	int port;
	unsigned attempt;
	const struct conn_calls *calls;
	void *ctx;
	char read[READ_SIZE];
};

struct write {
	uv_write_t req;
	char *p;
};

static void release(struct conn *c)
{
	if (--c->holds > 0)
		return;
	tls_free(c->tls);
	frame_in_done(&c->in);
	bytes_out_done(&c->out);
	free(c);
}

static void on_handle_closed(uv_handle_t *h)
{
	release(h->data);
}

void conn_close(struct conn *c)
{
	if (c->closing)
		return;
	c->closing = true;
	if (c->lookup.loop != NULL)
		(void)uv_cancel((uv_req_t *)&c->lookup);
	uv_close((uv_handle_t *)&c->tcp, on_handle_closed);
	uv_close((uv_handle_t *)&c->timer, on_handle_closed);
}

static void down(struct conn *c, const char *code, const char *detail)
{
	if (c->closing)
		return;
	conn_close(c);
	c->calls->down(c->ctx, code, detail);
}

static void down_uv(struct conn *c, const char *code, int rc)
{
	down(c, code, uv_strerror(rc));
}

static void on_written(uv_write_t *req, int status)
{
	struct write *w = (struct write *)req;
	struct conn *c = req->data;

	if (status < 0 && status != UV_ECANCELED)
		down_uv(c, "link.lost", status);
	free(w->p);
	free(w);
	release(c);
}

/* Puts on the line what TLS has made. */
static void write_out(struct conn *c)
{
	char *p;
	size_t len = tls_take(c->tls, &p);
	struct write *w;
	uv_buf_t buf;
	int rc;

	if (len == 0)
		return;
	w = calloc(1, sizeof(*w));
	if (w == NULL)
		abort();
	w->p = p;
	w->req.data = c;
	buf = uv_buf_init(p, (unsigned)len);
	rc = uv_write(&w->req, (uv_stream_t *)&c->tcp, &buf, 1, on_written);
	if (rc == 0) {
		c->holds++;
		return;
	}
	free(p);
	free(w);
	down_uv(c, "link.lost", rc);
}

static void tls_down(struct conn *c)
{
	const char *code = "link.tls";

	if (tls_refused(c->tls))
		code = "link.certificate";
	else if (c->up)
		code = "link.lost";
	write_out(c); /* our alert says why, if there is one */
	down(c, code, tls_why(c->tls));
}

static void take_frames(struct conn *c)
{
	struct frame f;
	int got = 0;

	while (!c->closing && (got = frame_in_next(&c->in, &f)) > 0)
		c->calls->frame(c->ctx, &f);
	if (!c->closing && got < 0)
		down(c, "link.malformed", "");
}

static void take_plain(struct conn *c)
{
	char buf[READ_SIZE];
	long n;

	while (!c->closing && (n = tls_read(c->tls, buf, sizeof(buf))) != 0) {
		if (n < 0) {
			tls_down(c);
			return;
		}
		if (frame_in_feed(&c->in, buf, (size_t)n) < 0)
			abort();
		take_frames(c);
	}
}

static void shake_hands(struct conn *c)
{
	int rc = tls_handshake(c->tls);

	if (rc < 0) {
		tls_down(c);
		return;
	}
	write_out(c);
	if (rc == 0 || c->closing)
		return;
	c->up = true;
	uv_timer_stop(&c->timer);
	c->calls->up(c->ctx);
}

static void on_alloc(uv_handle_t *h, size_t hint, uv_buf_t *buf)
{
	struct conn *c = h->data;

	(void)hint;
	*buf = uv_buf_init(c->read, sizeof(c->read));
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
	struct conn *c = s->data;

	if (n == 0 || c->closing)
		return;
	if (n < 0) {
		down_uv(c, "link.lost", (int)n);
		return;
	}
	if (tls_feed(c->tls, buf->base, (size_t)n) < 0)
		abort();
	if (!c->up)
		shake_hands(c);
	if (c->up && !c->closing)
		take_plain(c);
	if (!c->closing)
		write_out(c);
}

/* A line that is dead without saying so is noticed in half a minute. */
static void keep_alive(struct conn *c)
{
	uv_os_fd_t fd;
	int every = 5, times = 3, total = 30 * 1000;

	(void)uv_tcp_nodelay(&c->tcp, 1);
	(void)uv_tcp_keepalive(&c->tcp, 1, ALIVE_S);
	if (uv_fileno((uv_handle_t *)&c->tcp, &fd) < 0)
		return;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &every, sizeof(every));
	(void)setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof(times));
	(void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &total, sizeof(total));
}

static void on_connected(uv_connect_t *req, int status)
{
	struct conn *c = req->data;

	if (!c->closing && status < 0)
		down_uv(c, "link.unreachable", status);
	if (!c->closing) {
		keep_alive(c);
		if (uv_read_start((uv_stream_t *)&c->tcp, on_alloc, on_read) == 0)
			shake_hands(c);
		else
			down(c, "link.lost", "");
	}
	release(c);
}

static void connect_to(struct conn *c, const struct sockaddr *addr)
{
	int rc;

	c->connect.data = c;
	rc = uv_tcp_connect(&c->connect, &c->tcp, addr, on_connected);
	if (rc == 0) {
		c->holds++;
		return;
	}
	c->early = "link.unreachable";
	uv_timer_set_repeat(&c->timer, 1);
	uv_timer_again(&c->timer);
}

static void on_address(uv_getaddrinfo_t *req, int status, struct addrinfo *list)
{
	struct conn *c = req->data;
	unsigned n = 0, pick;
	struct addrinfo *a;

	req->loop = NULL; /* nothing to cancel any more */
	if (!c->closing && status < 0)
		down_uv(c, "link.address", status);
	if (!c->closing) {
		for (a = list; a != NULL; a = a->ai_next)
			n++;
		for (a = list, pick = c->attempt % (n > 0 ? n : 1); pick > 0; pick--)
			a = a->ai_next;
		if (a != NULL)
			connect_to(c, a->ai_addr);
	}
	uv_freeaddrinfo(list);
	release(c);
}

static void on_timer(uv_timer_t *t)
{
	struct conn *c = t->data;

	down(
	    c, c->early != NULL ? c->early : "link.unreachable", c->early != NULL ? "" : "no answer in time");
}

static void find_address(struct conn *c, const struct conn_to *to)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	char port[12];

	if (uv_ip4_addr(to->host, to->port, &v4) == 0) {
		connect_to(c, (struct sockaddr *)&v4);
		return;
	}
	if (uv_ip6_addr(to->host, to->port, &v6) == 0) {
		connect_to(c, (struct sockaddr *)&v6);
		return;
	}
	snprintf(port, sizeof(port), "%d", to->port);
	c->lookup.data = c;
	if (uv_getaddrinfo(c->tcp.loop, &c->lookup, on_address, to->host, port, &hints) == 0) {
		c->holds++;
		return;
	}
	c->early = "link.address";
	uv_timer_set_repeat(&c->timer, 1);
	uv_timer_again(&c->timer);
}

struct conn *conn_open(uv_loop_t *loop, struct tls_files *files, const struct conn_to *to,
    const struct conn_calls *calls, void *ctx)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (c == NULL)
		abort();
	/* libuv writes without MSG_NOSIGNAL: a line cut under a write ends the line, not the process. */
	signal(SIGPIPE, SIG_IGN);
	c->calls = calls;
	c->ctx = ctx;
	c->attempt = to->attempt;
	c->tls = tls_new(files, to->name);
	frame_in_init(&c->in, FRAME_MAX);
	bytes_out_init(&c->out, 0);
	(void)uv_tcp_init(loop, &c->tcp);
	(void)uv_timer_init(loop, &c->timer);
	c->tcp.data = c->timer.data = c;
	c->holds = 2;
	uv_timer_start(&c->timer, on_timer, CONNECT_MS, 0);
	find_address(c, to);
	return c;
}

void conn_send(struct conn *c, const void *p, size_t len)
{
	bytes_put(&c->out, p, len);
	if (c->out.bad)
		abort();
}

void conn_flush(struct conn *c)
{
	if (c->closing || !c->up || c->out.len == 0)
		return;
	if (tls_write(c->tls, c->out.p, c->out.len) < 0) {
		tls_down(c);
		return;
	}
	explicit_bzero(c->out.p, c->out.len); /* it may hold a password */
	bytes_out_reset(&c->out);
	write_out(c);
}
