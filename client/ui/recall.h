/*
 * The last value of each field, for Ctrl-R. In memory only; emptied when the
 * person logs out.
 */
#ifndef YIMEN_UI_RECALL_H
#define YIMEN_UI_RECALL_H

/* Remembers a value that was committed; empty ones are not remembered. */
void recall_put(const char *field, const char *value);
/* The last value of this field; NULL when there is none. */
const char *recall_get(const char *field);
void recall_clear(void);

#endif
