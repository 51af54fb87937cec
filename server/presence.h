/* Whose windows are there, told to the database from time to time (POST-4). */
#ifndef YIMEN_SERVER_PRESENCE_H
#define YIMEN_SERVER_PRESENCE_H

#include <stdbool.h>
#include <stdint.h>

struct server;

/* Starts to tell it. ctx is the server. */
bool presence_tell(void *ctx, int32_t elapsed_ms);
/* A window with a person came or went: told soon. */
void presence_changed(struct server *s);

#endif
