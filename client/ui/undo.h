/*
 * What typing changed since a mark, so that it can be put back: the first
 * digits of a scanned number are in a field before anybody can know that it is
 * a scan. Whatever keys change says so first. Knows neither keys nor screens.
 */
#ifndef YIMEN_UI_UNDO_H
#define YIMEN_UI_UNDO_H

#include <stddef.h>

/* From here on what is about to change is kept; what was kept before is forgotten. */
void undo_begin(void);
/* Keeps these bytes as they are now, once; nothing where no mark was set. */
void undo_keep(void *at, size_t size);
/* Puts everything back as it was at the mark, which ends. */
void undo_back(void);
/* Ends the mark; what was kept is wiped, for it may have been a password. */
void undo_end(void);
/* This memory is about to be freed. */
void undo_drop(const void *at, size_t size);

#endif
