/*
 * A short form in a dialog: what an outcome needs beside the case itself. A
 * part of screens; sends nothing.
 */
#ifndef YIMEN_SCREEN_SHEET_H
#define YIMEN_SCREEN_SHEET_H

#include "client/screen/screen.h"
#include "client/ui/form.h"

struct bytes_out;

enum sheet_result {
	SHEET_UNUSED, /* not a key of it */
	SHEET_MOVED,
	SHEET_CHANGED, /* the value of the field in focus */
	SHEET_BACK,    /* Esc */
	SHEET_COMMIT   /* F10, and every field is good */
};

/* ops may be NULL: only what is required is judged. */
void sheet_init(
    struct form *f, const struct form_field *fields, int n, const struct form_ops *ops, const void *owner);
enum sheet_result sheet_request(struct form *f, enum request r, const struct key *k, struct effects *fx);
/* In the middle of the work area: the title, words about it (may be empty), the fields, how it
 * goes on. */
void sheet_draw(
    struct form *f, const struct area *work, const char *title, const char *about, const char *foot);
/* The value of a field on the wire; NULL when it is empty. */
void sheet_put(const struct form *f, int field, struct bytes_out *out);
/* NULL when it is empty. */
const char *sheet_text(const struct form *f, int field);
/* The sentence of a refusal under the field it names. True when it names one. */
bool sheet_blame(struct form *f, const struct reply *r);
/* The sentence of a code under a field: what a form's own explain is for. */
void sheet_explain(const struct form *f, int field, const char *code, char *buf, size_t size);

#endif
