/*
 * TLS 1.3 over a BIO of our own: it reads from the bytes just lent and appends to
 * the shared buffer. With SSL_MODE_RELEASE_BUFFERS an idle connection then holds
 * nothing but its keys (architecture 11). Knows no sockets and no frames.
 */
#include "server/net/tls.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct net_tls_files {
	SSL_CTX *ctx;
	BIO_METHOD *method;
	struct bytes_out made;
};

struct net_tls {
	SSL *ssl;
	struct net_tls_files *files;
	struct bytes_in in; /* lent by net_tls_feed */
	bool closed, failed;
	const char *why;
};

static int bio_read(BIO *bio, char *buf, int size)
{
	struct net_tls *t = BIO_get_data(bio);
	size_t n = (size_t)size < t->in.left ? (size_t)size : t->in.left;

	BIO_clear_retry_flags(bio);
	if (n == 0) {
		BIO_set_retry_read(bio);
		return -1;
	}
	memcpy(buf, bytes_get(&t->in, n), n);
	return (int)n;
}

static int bio_write(BIO *bio, const char *buf, int len)
{
	struct net_tls *t = BIO_get_data(bio);

	BIO_clear_retry_flags(bio);
	bytes_put(&t->files->made, buf, (size_t)len);
	return t->files->made.bad ? -1 : len;
}

static long bio_ctrl(BIO *bio, int cmd, long num, void *ptr)
{
	(void)bio, (void)num, (void)ptr;
	return cmd == BIO_CTRL_FLUSH || cmd == BIO_CTRL_DUP;
}

static BIO_METHOD *bio_method(void)
{
	BIO_METHOD *m = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "yimen bytes");

	if (m == NULL)
		return NULL;
	BIO_meth_set_read(m, bio_read);
	BIO_meth_set_write(m, bio_write);
	BIO_meth_set_ctrl(m, bio_ctrl);
	return m;
}

/* The settings every connection shares; false when OpenSSL refuses one. */
static bool ctx_prepare(SSL_CTX *ctx)
{
	if (SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION) != 1 ||
	    SSL_CTX_set_max_proto_version(ctx, TLS1_3_VERSION) != 1)
		return false;
	/* No tickets and no cache: a window's certificate is checked at every connection. */
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	/* What was read is wiped in OpenSSL's own buffers: it may have been a password. */
	SSL_CTX_set_options(
	    ctx, SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_CLEANSE_PLAINTEXT);
	if (SSL_CTX_set_num_tickets(ctx, 0) != 1)
		return false;
	SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
	SSL_CTX_set_verify_depth(ctx, 2);
	return true;
}

static int ctx_load(SSL_CTX *ctx, const char *ca, const char *cert, const char *key, char *error, size_t size)
{
	STACK_OF(X509_NAME) * names;

	if (SSL_CTX_load_verify_file(ctx, ca) != 1) {
		snprintf(error, size, "%s: not a readable PEM certificate; see [tls] ca", ca);
		return -1;
	}
	names = SSL_load_client_CA_file(ca);
	if (names != NULL)
		SSL_CTX_set_client_CA_list(ctx, names);
	if (SSL_CTX_use_certificate_chain_file(ctx, cert) != 1) {
		snprintf(error, size, "%s: not a readable PEM certificate; see [tls] cert", cert);
		return -1;
	}
	if (SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1) {
		snprintf(error, size, "%s: not a readable PEM key; see [tls] key", key);
		return -1;
	}
	if (SSL_CTX_check_private_key(ctx) != 1) {
		snprintf(error, size, "%s: not the key of %s", key, cert);
		return -1;
	}
	return 0;
}

struct net_tls_files *net_tls_files_new(
    const char *ca, const char *cert, const char *key, char *error, size_t size)
{
	struct net_tls_files *f = calloc(1, sizeof(*f));

	if (f == NULL)
		goto fail;
	bytes_out_init(&f->made, 0);
	f->method = bio_method();
	f->ctx = SSL_CTX_new(TLS_server_method());
	if (f->method == NULL || f->ctx == NULL || !ctx_prepare(f->ctx))
		goto fail;
	if (ctx_load(f->ctx, ca, cert, key, error, size) < 0) {
		ERR_clear_error();
		net_tls_files_free(f);
		return NULL;
	}
	return f;
fail:
	snprintf(error, size, "TLS cannot be set up");
	net_tls_files_free(f);
	return NULL;
}

void net_tls_files_free(struct net_tls_files *f)
{
	if (f == NULL)
		return;
	SSL_CTX_free(f->ctx);
	BIO_meth_free(f->method);
	bytes_out_done(&f->made);
	free(f);
}

struct bytes_out *net_tls_made(struct net_tls_files *f)
{
	return &f->made;
}

struct net_tls *net_tls_new(struct net_tls_files *f)
{
	struct net_tls *t = calloc(1, sizeof(*t));
	BIO *bio = NULL;

	if (t == NULL)
		return NULL;
	t->files = f;
	t->why = "";
	t->ssl = SSL_new(f->ctx);
	bio = BIO_new(f->method);
	if (t->ssl == NULL || bio == NULL) {
		BIO_free(bio);
		net_tls_free(t);
		return NULL;
	}
	BIO_set_data(bio, t);
	BIO_set_init(bio, 1);
	SSL_set_bio(t->ssl, bio, bio);
	SSL_set_accept_state(t->ssl);
	return t;
}

void net_tls_free(struct net_tls *t)
{
	if (t == NULL)
		return;
	SSL_free(t->ssl);
	free(t);
}

void net_tls_feed(struct net_tls *t, const void *p, size_t len)
{
	bytes_in_init(&t->in, p, len);
}

/* OpenSSL's reasons are constant strings; the verifier's tell more about a certificate. */
static void remember_why(struct net_tls *t)
{
	long verified = SSL_get_verify_result(t->ssl);
	unsigned long e = ERR_peek_error();

	t->failed = true;
	if (verified != X509_V_OK)
		t->why = X509_verify_cert_error_string(verified);
	else if (e != 0 && ERR_reason_error_string(e) != NULL)
		t->why = ERR_reason_error_string(e);
	else
		t->why = "protocol error";
	ERR_clear_error();
}

long net_tls_read(struct net_tls *t, void *buf, size_t size)
{
	size_t n = 0;

	if (t->failed || t->closed)
		return -1;
	ERR_clear_error();
	if (SSL_read_ex(t->ssl, buf, size, &n) == 1)
		return (long)n;
	switch (SSL_get_error(t->ssl, 0)) {
	case SSL_ERROR_WANT_READ:
	case SSL_ERROR_WANT_WRITE:
		return 0;
	case SSL_ERROR_ZERO_RETURN:
		t->closed = true;
		return -1;
	default:
		remember_why(t);
		return -1;
	}
}

int net_tls_write(struct net_tls *t, const void *p, size_t len)
{
	size_t n = 0;

	if (t->failed)
		return -1;
	ERR_clear_error();
	if (SSL_write_ex(t->ssl, p, len, &n) == 1 && n == len)
		return 0;
	remember_why(t);
	return -1;
}

void net_tls_end(struct net_tls *t)
{
	if (t->failed || !net_tls_ready(t))
		return;
	ERR_clear_error();
	(void)SSL_shutdown(t->ssl);
	ERR_clear_error();
}

bool net_tls_ready(const struct net_tls *t)
{
	return SSL_is_init_finished(t->ssl) == 1;
}

bool net_tls_peer(const struct net_tls *t, uint8_t sha256[NET_CERT_SHA256])
{
	X509 *cert = SSL_get0_peer_certificate(t->ssl);
	unsigned int len = 0;

	return cert != NULL && X509_digest(cert, EVP_sha256(), sha256, &len) == 1 && len == NET_CERT_SHA256;
}

bool net_tls_closed(const struct net_tls *t)
{
	return t->closed;
}

const char *net_tls_why(const struct net_tls *t)
{
	return t->why;
}
