/*
 * One window's line, from accept to its end: TLS, whole frames in, replies out, every
 * cap and time limit of the line. Replies collect and go out once a loop iteration.
 * Knows no operations and no sessions.
 */
#ifndef YIMEN_SERVER_NET_CONN_H
#define YIMEN_SERVER_NET_CONN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "common/bytes.h"
#include "common/frame.h"
#include "server/net/tls.h"

enum {
	NET_BACKLOG_STOP = 64 * 1024,   /* unsent bytes at which a client is read no more */
	NET_BACKLOG_CLOSE = 256 * 1024, /* and at which it is closed */
	NET_PEER_TEXT = 64,
};

/* Why a line ended. */
enum net_end {
	NET_CLOSED,    /* by the peer, or by us in order */
	NET_TLS,       /* handshake or record refused: no or unknown certificate, old TLS, garbage */
	NET_MALFORMED, /* frame over the limit, or what the owner called malformed */
	NET_TIMEOUT,   /* handshake, half frame, idle */
	NET_SLOW,      /* does not read its answers */
	NET_DROPPED,   /* early drop: too many not yet known */
	NET_ERROR,     /* the socket failed, out of memory */
	NET_ENDS,
};
extern const char *const net_end_name[NET_ENDS];

struct net_conn;

/* Run inside the loop. closed is the last one: the connection is freed after it. */
struct net_calls {
	void (*ready)(void *ctx, struct net_conn *c);
	void (*frame)(void *ctx, struct net_conn *c, const struct frame *f);
	/* There is room again after net_conn_hungry. */
	void (*drained)(void *ctx, struct net_conn *c);
	void (*closed)(void *ctx, struct net_conn *c, enum net_end why, const char *detail);
};

struct net_limits {
	uint64_t handshake_ms; /* from accept until net_conn_known */
	uint64_t frame_ms;     /* for a frame begun to be whole */
	uint64_t stall_ms;     /* for a backlog to move */
};

/* What all connections share. */
struct net {
	uv_loop_t *loop;
	struct net_tls_files *tls;
	struct net_limits limits;
	struct net_calls calls;
	void *ctx;
	/* private */
	uv_prepare_t prepare;
	uv_check_t check;
	uv_timer_t sweep;
	struct net_conn *all, *dirty;
	size_t count;
	char *chunk; /* read buffer of all connections */
};

/* loop, tls, limits, calls, ctx are filled in before. 0 or a negative uv error. */
__attribute__((warn_unused_result)) int net_init(struct net *net);
/* Stops the shared handles; all connections must be closed. */
void net_done(struct net *net);

/* Accepts the waiting connection of server. NULL when that failed. */
struct net_conn *net_conn_accept(struct net *net, uv_stream_t *server, void *owner);
void *net_conn_owner(const struct net_conn *c);
const char *net_conn_peer(const struct net_conn *c); /* address:port */
/* The 16 address bytes (IPv4 mapped), and whether it is this machine itself. */
const uint8_t *net_conn_address(const struct net_conn *c, bool *loopback);
bool net_conn_cert(const struct net_conn *c, uint8_t sha256[NET_CERT_SHA256]);
/* The peer is known: no handshake limit any more. */
void net_conn_known(struct net_conn *c);
/* Closes it when nothing was heard for this long; 0: never. */
void net_conn_idle(struct net_conn *c, uint64_t ms);
/* Largest payload from now on. */
void net_conn_limit(struct net_conn *c, uint32_t max);
/* No frames until resumed; what has arrived waits. */
void net_conn_pause(struct net_conn *c);
void net_conn_resume(struct net_conn *c);
/* Where replies are written; net_conn_wrote after that. NULL when it is closing. */
struct bytes_out *net_conn_out(struct net_conn *c);
void net_conn_wrote(struct net_conn *c);
/* The owner has more to write than the backlog takes: drained is called when there is room. */
void net_conn_hungry(struct net_conn *c);
/* Bytes not yet taken by the system. */
size_t net_conn_backlog(const struct net_conn *c);
/* Sends what was written, then closes; hears nothing more. */
void net_conn_end(struct net_conn *c);
/* Closes it now. detail must be a constant text. */
void net_conn_kill(struct net_conn *c, enum net_end why, const char *detail);
bool net_conn_open(const struct net_conn *c);

#endif
