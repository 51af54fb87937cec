/*
 * What is done to a post, an absence or a handover by a short form (POST, WHR), a
 * row each: the command it sends, the key in front, the fields. One screen
 * (deed.c) is the form of all of them. Fields go to the wire by name and type, as
 * the command's row in common/op says.
 */
#ifndef YIMEN_SCREEN_DEED_H
#define YIMEN_SCREEN_DEED_H

#include <stdbool.h>
#include <stdint.h>

#include "client/ui/form.h"

struct bytes_out;
struct op_field;

struct deed {
	const char *name;
	const char *title; /* msgid */
	const char *foot;  /* msgid: what F10 does */
	const char *done;  /* msgid: what is said then */
	const char *op;    /* the command */
	const char *key;   /* its first field, which the screen before gives; NULL: none */
	const char *part;  /* its second one, of the same, int2 or int8; NULL: none */
	const char *also;  /* its third one, above the 16 bits of the second, an int2 then; NULL: none */
	const struct form_field *fields;
	int n;
};

/* NULL: there is none of that name. */
const struct deed *deed_named(const char *name);
/* NULL, or the code of what is wrong with what was typed for this field of the wire. */
const char *deed_check(const struct op_field *in, const char *typed, int64_t now);
/* The fields of the wire from in on, but for the draft, out of the form's of the same name. */
void deed_put(const struct form *f, const struct op_field *in, int64_t now, struct bytes_out *out);
/* The kinds of being away, in the order of their keys. */
extern const struct form_choice deed_kinds[];

#endif
