/*
 * What a person is told for a code: one sentence each, in their language, that
 * says what to do. Knows no screen and no link.
 */
#ifndef YIMEN_CLIENT_REFUSAL_H
#define YIMEN_CLIENT_REFUSAL_H

#include <stddef.h>

struct reply;

/* Writes the sentence for a code and its arguments (NULL and "" alike when absent)
 * into buf with a NUL, cut at a character. Returns buf. */
char *refusal_say(
    const char *code, const char *arg1, const char *arg2, const char *arg3, char *buf, size_t size);
/* The sentence of a reply that is not OK. */
char *refusal_reply(const struct reply *r, char *buf, size_t size);
/* The word for the state of a case, the code itself when there is none; the nth one, NULL at the end. */
const char *refusal_state(const char *code);
const char *refusal_state_at(size_t n);
/* There is a sentence for this code. */
int refusal_known(const char *code);
/* There is a word for this field. */
int refusal_field_known(const char *field);
/* The nth code in order, NULL at the end: for the manual and the tests. */
const char *refusal_code(size_t n);

#endif
