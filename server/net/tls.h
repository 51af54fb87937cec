/*
 * TLS 1.3 of the server as bytes in, bytes out: a client certificate of the hall's
 * own authority is required. Ciphertext to send collects in one buffer shared by all
 * connections, so an idle one keeps none. Knows no sockets and no frames.
 */
#ifndef YIMEN_SERVER_NET_TLS_H
#define YIMEN_SERVER_NET_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/bytes.h"

enum { NET_CERT_SHA256 = 32 };

struct net_tls_files; /* certificates and key: once a program */
struct net_tls;       /* one connection */

/* NULL with a sentence in error. */
struct net_tls_files *net_tls_files_new(
    const char *ca, const char *cert, const char *key, char *error, size_t size);
void net_tls_files_free(struct net_tls_files *f);
/* Ciphertext made by the last call on any connection: whoever made it sends it and resets it. */
struct bytes_out *net_tls_made(struct net_tls_files *f);

/* NULL when out of memory. */
struct net_tls *net_tls_new(struct net_tls_files *f);
void net_tls_free(struct net_tls *t);
/* Lends ciphertext from the line; it must be drained by net_tls_read at once. */
void net_tls_feed(struct net_tls *t, const void *p, size_t len);
/* Plain text: its length; 0 when more bytes are needed; −1 when the peer closed or failed. Carries
 * the handshake as well. */
__attribute__((warn_unused_result)) long net_tls_read(struct net_tls *t, void *buf, size_t size);
/* Encrypts all of it. −1 when that failed. */
__attribute__((warn_unused_result)) int net_tls_write(struct net_tls *t, const void *p, size_t len);
/* Says goodbye: close_notify. */
void net_tls_end(struct net_tls *t);
/* The handshake is done. */
bool net_tls_ready(const struct net_tls *t);
/* SHA-256 of the peer's certificate. False when there is none. */
bool net_tls_peer(const struct net_tls *t, uint8_t sha256[NET_CERT_SHA256]);
/* The peer closed in order; otherwise why the last call failed, for the log. */
bool net_tls_closed(const struct net_tls *t);
const char *net_tls_why(const struct net_tls *t);

#endif
