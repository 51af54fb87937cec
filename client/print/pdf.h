/*
 * The steps of writing a PDF that print_pdf and the folder printer share.
 */
#ifndef YIMEN_PRINT_PDF_H
#define YIMEN_PRINT_PDF_H

#include <glib.h>

#include "client/print/print.h"

/* The PDF's bytes, with done's pages and sha256; NULL with the fault. */
GByteArray *pdf_make(const struct print_paper *paper, struct print_done *done, struct print_fault *fault);
/* The title given, or that of the first title block; "" when there is none. */
const char *pdf_title(const struct print_paper *paper);
/* Writes a synced temporary file beside path; its name goes to name. −1 with errno. */
int pdf_temporary(const GByteArray *bytes, const char *path, char *name, size_t size);
/* Syncs the folder path is in. −1 with errno. */
int pdf_settle(const char *path);
/* spool.c: a name for the paper's file or job, made of its number and title; g_free it. */
char *spool_name(const struct print_paper *paper);
/* Stores the bytes in the folder under this name (see print_spool). −1 with errno. */
int spool_put(const GByteArray *bytes, const char *folder, const char *name, struct print_done *done);
/* Fills in PRINT_IO from errno; returns −1. */
int pdf_fail(struct print_fault *fault);

#endif
