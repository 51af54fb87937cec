/*
 * Pieces of a screen's state as bytes, for drafts: written by one program, read
 * by another or a newer one, so nothing that is read is trusted. Numbers are
 * those of common/bytes. Knows no screen.
 */
#ifndef YIMEN_UI_KEEP_H
#define YIMEN_UI_KEEP_H

#include <stdbool.h>
#include <stddef.h>

#include "common/bytes.h"

struct editor;
struct form;

/* A text, its length in front. NULL is "". */
void keep_text(struct bytes_out *out, const char *s);
/* Reads one into buf, which holds size bytes. Marks in as bad, and gives "", when it does not fit
 * or holds what may not stand in a field; a line end may, when lines is set. */
void kept_text(struct bytes_in *in, char *buf, size_t size, bool lines);
bool kept_bool(struct bytes_in *in);
/* The text of a line editor, its caret, what of it is in sight. Never of a secret. */
void keep_editor(struct bytes_out *out, const struct editor *e);
/* Into an editor made by editor_init, whose bounds hold. */
void kept_editor(struct bytes_in *in, struct editor *e);
/* Every field by its name, which one has the keys, what is said of each. Secrets are left out. */
void keep_form(struct bytes_out *out, const struct form *f);
/* Into a form made by form_init. Fields it does not have (of another version) are passed over. */
void kept_form(struct bytes_in *in, struct form *f);

#endif
