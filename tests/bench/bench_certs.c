/*
 * Certificates for many windows at once, signed by a hall's own authority, as
 * scripts/hall issues them but a thousand in a second. Prints of each its number
 * and the SHA-256 by which the database knows it.
 * bench_certs HALL FIRST COUNT: HALL/tls/load-FIRST.crt, .key …
 */
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "bench_certs: %s\n", what);
	exit(1);
}

static FILE *open_at(const char *hall, const char *name, const char *mode)
{
	char path[600];
	FILE *f;

	snprintf(path, sizeof(path), "%s/tls/%s", hall, name);
	f = fopen(path, mode);
	if (f == NULL)
		die(path);
	return f;
}

static void add_extension(X509 *cert, X509 *ca, int nid, const char *value)
{
	X509V3_CTX ctx;
	X509_EXTENSION *e;

	X509V3_set_ctx(&ctx, ca, cert, NULL, NULL, 0);
	e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
	if (e == NULL || X509_add_ext(cert, e, -1) != 1)
		die("extension refused");
	X509_EXTENSION_free(e);
}

static void set_serial(X509 *cert)
{
	unsigned char bytes[16];
	BIGNUM *n;

	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		die("no random bytes");
	bytes[0] &= 0x7f;
	n = BN_bin2bn(bytes, sizeof(bytes), NULL);
	BN_to_ASN1_INTEGER(n, X509_get_serialNumber(cert));
	BN_free(n);
}

static X509 *issue(X509 *ca, EVP_PKEY *ca_key, EVP_PKEY *key, const char *name)
{
	X509 *cert = X509_new();
	X509_NAME *subject;

	if (cert == NULL)
		die("out of memory");
	X509_set_version(cert, 2);
	set_serial(cert);
	X509_gmtime_adj(X509_getm_notBefore(cert), -60);
	X509_gmtime_adj(X509_getm_notAfter(cert), 86400L * 30);
	subject = X509_get_subject_name(cert);
	X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1, -1, 0);
	X509_set_issuer_name(cert, X509_get_subject_name(ca));
	X509_set_pubkey(cert, key);
	add_extension(cert, ca, NID_basic_constraints, "critical,CA:false");
	add_extension(cert, ca, NID_key_usage, "critical,digitalSignature");
	add_extension(cert, ca, NID_ext_key_usage, "clientAuth");
	add_extension(cert, ca, NID_authority_key_identifier, "keyid");
	if (X509_sign(cert, ca_key, EVP_sha256()) == 0)
		die("cannot sign");
	return cert;
}

static void make_one(const char *hall, X509 *ca, EVP_PKEY *ca_key, int no)
{
	unsigned char digest[32];
	unsigned len = sizeof(digest);
	EVP_PKEY *key = EVP_EC_gen("P-256");
	char name[40], file[60];
	X509 *cert;
	FILE *f;

	if (key == NULL)
		die("no key");
	snprintf(name, sizeof(name), "load-%d", no);
	cert = issue(ca, ca_key, key, name);
	snprintf(file, sizeof(file), "%s.crt", name);
	f = open_at(hall, file, "w");
	PEM_write_X509(f, cert);
	fclose(f);
	snprintf(file, sizeof(file), "%s.key", name);
	f = open_at(hall, file, "w");
	PEM_write_PrivateKey(f, key, NULL, NULL, 0, NULL, NULL);
	fclose(f);
	if (X509_digest(cert, EVP_sha256(), digest, &len) != 1)
		die("no digest");
	printf("%d,", no);
	for (unsigned i = 0; i < len; i++)
		printf("%02x", digest[i]);
	putchar('\n');
	X509_free(cert);
	EVP_PKEY_free(key);
}

int main(int argc, char **argv)
{
	int first, count;
	EVP_PKEY *ca_key;
	X509 *ca;
	FILE *f;

	if (argc != 4)
		die("usage: bench_certs HALL FIRST COUNT");
	first = atoi(argv[2]);
	count = atoi(argv[3]);
	f = open_at(argv[1], "ca.crt", "r");
	ca = PEM_read_X509(f, NULL, NULL, NULL);
	fclose(f);
	f = open_at(argv[1], "ca.key", "r");
	ca_key = PEM_read_PrivateKey(f, NULL, NULL, NULL);
	fclose(f);
	if (ca == NULL || ca_key == NULL)
		die("the authority cannot be read");
	for (int i = 0; i < count; i++)
		make_one(argv[1], ca, ca_key, first + i);
	X509_free(ca);
	EVP_PKEY_free(ca_key);
	return 0;
}
