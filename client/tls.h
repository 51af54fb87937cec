/*
 * TLS 1.3 of the client over memory: ciphertext in and out as bytes, plain text
 * in and out as bytes. Presents the window's certificate, trusts only the hall's
 * own CA, checks the server's name. Knows no sockets.
 */
#ifndef YIMEN_CLIENT_TLS_H
#define YIMEN_CLIENT_TLS_H

#include <stdbool.h>
#include <stddef.h>

struct tls_files; /* certificates, once a program */
struct tls;       /* one connection */

/* NULL with a sentence in error. */
struct tls_files *tls_files_new(const char *ca, const char *cert, const char *key, char *error, size_t size);
void tls_files_free(struct tls_files *f);

struct tls *tls_new(struct tls_files *f, const char *name);
void tls_free(struct tls *t);
/* Takes ciphertext from the line. −1 when out of memory. */
__attribute__((warn_unused_result)) int tls_feed(struct tls *t, const void *p, size_t len);
/* Goes on with the handshake: 1 done, 0 more bytes are needed, −1 failed. */
__attribute__((warn_unused_result)) int tls_handshake(struct tls *t);
/* Plain text that has arrived: its length, 0 when more bytes are needed, −1 when the other
 * end closed or failed. */
__attribute__((warn_unused_result)) long tls_read(struct tls *t, void *buf, size_t size);
/* Encrypts all of it. −1 when that failed. */
__attribute__((warn_unused_result)) int tls_write(struct tls *t, const void *p, size_t len);
/* Ciphertext for the line: moves it into *p (malloc'd, the caller frees). Its length. */
size_t tls_take(struct tls *t, char **p);
/* Why the last call failed, for people. */
const char *tls_why(const struct tls *t);
/* It failed because of a certificate, ours or the server's. */
bool tls_refused(const struct tls *t);

#endif
