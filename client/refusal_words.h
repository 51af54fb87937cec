/* The tables of client/refusal.c: nobody else's. */
#ifndef YIMEN_CLIENT_REFUSAL_WORDS_H
#define YIMEN_CLIENT_REFUSAL_WORDS_H

#include <stdbool.h>

struct refusal_sentence {
	const char *code, *text;
	bool field; /* %1$s is the name of a field */
};

struct refusal_field {
	const char *field, *name;
};

/* Each ended by a row of NULL. */
extern const struct refusal_sentence refusal_sentences[];
extern const struct refusal_field refusal_fields[];

#endif
