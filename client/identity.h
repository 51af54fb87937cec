/*
 * Who logs in without being asked: $YIMEN_LOGIN and the file $YIMEN_PASSWORD_FILE.
 */
#ifndef YIMEN_CLIENT_IDENTITY_H
#define YIMEN_CLIENT_IDENTITY_H

#include <stddef.h>

enum { IDENTITY_LOGIN = 64, IDENTITY_PASSWORD = 520 };

struct identity {
	char login[IDENTITY_LOGIN];       /* "": none given */
	char password[IDENTITY_PASSWORD]; /* "": none given */
};

/* 0, or −1 with a sentence in error (a file that is not there or that others may read). */
__attribute__((warn_unused_result)) int identity_load(struct identity *id, char *error, size_t size);
/* Wipes it from memory. */
void identity_done(struct identity *id);

#endif
