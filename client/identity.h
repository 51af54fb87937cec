/*
 * Who logs in without being asked: $YIMEN_LOGIN and the file $YIMEN_PASSWORD_FILE; and
 * other secrets that are in a file rather than in the process list.
 */
#ifndef YIMEN_CLIENT_IDENTITY_H
#define YIMEN_CLIENT_IDENTITY_H

#include <stddef.h>

enum { IDENTITY_LOGIN = 64, IDENTITY_PASSWORD = 520 };

struct identity {
	char login[IDENTITY_LOGIN];       /* "": none given */
	char password[IDENTITY_PASSWORD]; /* "": none given */
};

/* The first line of a file, or the next one of standard input when path is "-"; name: what it
 * is for. 0, or −1 with a sentence in error (not there, too long, or others may read it). */
__attribute__((warn_unused_result)) int identity_secret(
    const char *name, const char *path, char *buf, size_t size, char *error, size_t error_size);
/* 0, or −1 with a sentence in error, as above. */
__attribute__((warn_unused_result)) int identity_load(struct identity *id, char *error, size_t size);
/* Wipes it from memory. */
void identity_done(struct identity *id);

#endif
