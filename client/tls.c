/* TLS 1.3 over memory BIOs (architecture 11); see tls.h. Knows no sockets. */
#include "client/tls.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tls_files {
	SSL_CTX *ctx;
};

struct tls {
	SSL *ssl;
	BIO *in, *out; /* belong to ssl */
	bool refused;
	char why[200];
};

/* The last OpenSSL error in words, and an empty error queue. */
static void take_error(char *buf, size_t size)
{
	unsigned long e = ERR_peek_last_error();
	const char *reason = e != 0 ? ERR_reason_error_string(e) : NULL;

	snprintf(buf, size, "%s", reason != NULL ? reason : "unknown TLS error");
	ERR_clear_error();
}

static int load(SSL_CTX *ctx, const char *ca, const char *cert, const char *key, const char **which)
{
	*which = ca;
	if (SSL_CTX_load_verify_file(ctx, ca) != 1)
		return -1;
	*which = cert;
	if (SSL_CTX_use_certificate_chain_file(ctx, cert) != 1)
		return -1;
	*which = key;
	if (SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1)
		return -1;
	return SSL_CTX_check_private_key(ctx) == 1 ? 0 : -1;
}

struct tls_files *tls_files_new(const char *ca, const char *cert, const char *key, char *error, size_t size)
{
	struct tls_files *f = calloc(1, sizeof(*f));
	const char *which = "TLS";
	char why[160];

	if (f == NULL)
		abort();
	f->ctx = SSL_CTX_new(TLS_client_method());
	if (f->ctx == NULL || SSL_CTX_set_min_proto_version(f->ctx, TLS1_3_VERSION) != 1)
		goto fail;
	SSL_CTX_set_mode(f->ctx, SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_verify(f->ctx, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_session_cache_mode(f->ctx, SSL_SESS_CACHE_OFF);
	if (load(f->ctx, ca, cert, key, &which) < 0)
		goto fail;
	return f;
fail:
	take_error(why, sizeof(why));
	snprintf(error, size, "%s: %s", which, why);
	tls_files_free(f);
	return NULL;
}

void tls_files_free(struct tls_files *f)
{
	if (f == NULL)
		return;
	SSL_CTX_free(f->ctx);
	free(f);
}

struct tls *tls_new(struct tls_files *f, const char *name)
{
	struct tls *t = calloc(1, sizeof(*t));

	if (t == NULL)
		abort();
	t->ssl = SSL_new(f->ctx);
	t->in = BIO_new(BIO_s_mem());
	t->out = BIO_new(BIO_s_mem());
	if (t->ssl == NULL || t->in == NULL || t->out == NULL)
		abort();
	SSL_set_bio(t->ssl, t->in, t->out);
	SSL_set_connect_state(t->ssl);
	SSL_set_hostflags(t->ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
	if (SSL_set1_host(t->ssl, name) != 1 || SSL_set_tlsext_host_name(t->ssl, name) != 1)
		abort();
	return t;
}

void tls_free(struct tls *t)
{
	if (t == NULL)
		return;
	SSL_free(t->ssl);
	free(t);
}

int tls_feed(struct tls *t, const void *p, size_t len)
{
	size_t put;

	return BIO_write_ex(t->in, p, len, &put) == 1 && put == len ? 0 : -1;
}

/* Alerts by which the other end says it does not take our certificate. */
static bool certificate_alert(int reason)
{
	switch (reason) {
	case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
	case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
	case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
	case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
	case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
	case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
	case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
	case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
		return true;
	default:
		return false;
	}
}

/* 0 when SSL only wants more bytes, −1 with the reason kept. */
static int failed(struct tls *t, int rc)
{
	int e = SSL_get_error(t->ssl, rc);
	long verified = SSL_get_verify_result(t->ssl);

	if (e == SSL_ERROR_WANT_READ || e == SSL_ERROR_WANT_WRITE)
		return 0;
	t->refused = verified != X509_V_OK || certificate_alert(ERR_GET_REASON(ERR_peek_last_error()));
	if (e == SSL_ERROR_ZERO_RETURN)
		snprintf(t->why, sizeof(t->why), "closed by the server");
	else if (verified != X509_V_OK)
		snprintf(t->why, sizeof(t->why), "server certificate: %s",
		    X509_verify_cert_error_string(verified));
	else
		take_error(t->why, sizeof(t->why));
	ERR_clear_error();
	return -1;
}

int tls_handshake(struct tls *t)
{
	int rc;

	ERR_clear_error();
	rc = SSL_do_handshake(t->ssl);
	return rc == 1 ? 1 : failed(t, rc);
}

long tls_read(struct tls *t, void *buf, size_t size)
{
	int rc;

	ERR_clear_error();
	rc = SSL_read(t->ssl, buf, size > INT_MAX ? INT_MAX : (int)size);
	return rc > 0 ? rc : failed(t, rc);
}

int tls_write(struct tls *t, const void *p, size_t len)
{
	size_t put;

	if (len == 0)
		return 0;
	ERR_clear_error();
	if (SSL_write_ex(t->ssl, p, len, &put) == 1 && put == len)
		return 0;
	take_error(t->why, sizeof(t->why));
	return -1;
}

size_t tls_take(struct tls *t, char **p)
{
	char *data;
	long n = BIO_get_mem_data(t->out, &data);

	*p = NULL;
	if (n <= 0)
		return 0;
	*p = malloc((size_t)n);
	if (*p == NULL)
		abort();
	memcpy(*p, data, (size_t)n);
	(void)BIO_reset(t->out);
	return (size_t)n;
}

const char *tls_why(const struct tls *t)
{
	return t->why;
}

bool tls_refused(const struct tls *t)
{
	return t->refused;
}
