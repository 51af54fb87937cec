/* The door (listen.h). */
#include "server/net/listen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BACKLOG = 1024, AGAIN_MS = 100 };

/* libuv asks no more for a connection that was not accepted: the system keeps the rest. */
static void on_connection(uv_stream_t *s, int status)
{
	struct listen *l = (struct listen *)s;

	if (status < 0 || l->closed)
		return;
	l->waiting = !l->take(l->ctx, s);
}

void listen_retry(struct listen *l)
{
	if (l->waiting && !l->closed)
		l->waiting = !l->take(l->ctx, (uv_stream_t *)&l->tcp);
}

static void on_again(uv_timer_t *t)
{
	listen_retry(t->data);
}

static int parse(const char *address, int port, struct sockaddr_storage *ss)
{
	if (uv_ip4_addr(address, port, (struct sockaddr_in *)ss) == 0)
		return 0;
	return uv_ip6_addr(address, port, (struct sockaddr_in6 *)ss);
}

static int port_of(const uv_tcp_t *tcp)
{
	struct sockaddr_storage ss;
	int len = sizeof(ss);
	int r = uv_tcp_getsockname(tcp, (struct sockaddr *)&ss, &len);

	if (r < 0)
		return r;
	/* The port is at the same place in both families. */
	return ntohs(((struct sockaddr_in *)&ss)->sin_port);
}

int listen_open(struct listen *l, uv_loop_t *loop, const char *address, int port)
{
	struct sockaddr_storage ss;
	int r = parse(address, port, &ss);

	if (r < 0)
		return r;
	uv_tcp_init(loop, &l->tcp);
	uv_timer_init(loop, &l->again);
	l->again.data = l;
	l->waiting = l->closed = false;
	r = uv_tcp_bind(&l->tcp, (struct sockaddr *)&ss, 0);
	if (r == 0)
		r = uv_listen((uv_stream_t *)&l->tcp, BACKLOG, on_connection);
	if (r == 0)
		r = uv_timer_start(&l->again, on_again, AGAIN_MS, AGAIN_MS);
	if (r == 0)
		r = port_of(&l->tcp);
	if (r < 0)
		listen_close(l);
	return r;
}

void listen_close(struct listen *l)
{
	if (l->closed)
		return;
	l->closed = true;
	uv_close((uv_handle_t *)&l->tcp, NULL);
	uv_close((uv_handle_t *)&l->again, NULL);
}

bool listen_split(const char *text, char *address, size_t size, int *port)
{
	const char *colon = strrchr(text, ':');
	size_t len = colon != NULL ? (size_t)(colon - text) : 0;
	char *end;
	long n;

	if (colon == NULL || len == 0 || len + 1 > size)
		return false;
	n = strtol(colon + 1, &end, 10);
	if (end == colon + 1 || *end != '\0' || n < 0 || n > 65535)
		return false;
	if (text[0] == '[' && text[len - 1] == ']') {
		text++;
		len -= 2;
	}
	memcpy(address, text, len);
	address[len] = '\0';
	*port = (int)n;
	return true;
}
