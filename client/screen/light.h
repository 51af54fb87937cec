/*
 * A clock in few columns (CLK-5): its light is a word beside the colour, never
 * the colour alone.
 */
#ifndef YIMEN_SCREEN_LIGHT_H
#define YIMEN_SCREEN_LIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/ui/draw.h"

struct reply;

/* The columns light_left and light_case need. */
enum { LIGHT_LEFT = 11, LIGHT_CASE = 17 };

enum face light_face(const char *light);
/* 余3日, 黄 余2日, 红 超1日: working days left, today and the due day counted. Returns buf. */
char *light_left(const char *light, int64_t days, char *buf, size_t size);
/* Of a row of case.queue, case.find or case.show: the light of its step, "" when its end is the total's or there is
 * none; of the case as a whole, or why it stands still. */
char *light_step(const struct reply *r, size_t row, char *buf, size_t size);
char *light_case(const struct reply *r, size_t row, char *buf, size_t size);
/* How long until then, in microseconds as on the wire: 1 day 06:20; 06:20 on the last day. Returns buf. */
char *light_until(int64_t us, char *buf, size_t size);
/* When the term ends that runs for the case as a whole; 0: none does. */
int64_t light_ends(const struct reply *r, size_t row);

#endif
