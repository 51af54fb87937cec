/*
 * The door: one listening socket. Asks its owner before each accept, and leaves the
 * waiting ones in the system's queue while the owner says so. Knows no frames.
 */
#ifndef YIMEN_SERVER_NET_LISTEN_H
#define YIMEN_SERVER_NET_LISTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

struct listen {
	uv_tcp_t tcp;
	uv_timer_t again; /* asks again for those left waiting */
	bool waiting, closed;
	/* Accepts the waiting connection from s, or returns false to let it wait. */
	bool (*take)(void *ctx, uv_stream_t *s);
	void *ctx;
};

/* Binds address:port (0: any free one) and listens. The port bound, or a negative uv error. */
__attribute__((warn_unused_result)) int listen_open(
    struct listen *l, uv_loop_t *loop, const char *address, int port);
/* There may be room now for one left waiting. */
void listen_retry(struct listen *l);
void listen_close(struct listen *l);
/* Splits "127.0.0.1:0" or "[::1]:0"; false when it is neither. */
bool listen_split(const char *text, char *address, size_t size, int *port);

#endif
