/*
 * What the departments of a joint case find missing, put into the ticks and the remark
 * of the one notice, where the lead may reword it (PAR-2, PAR-4). The name of the
 * department stays behind its words, in brackets: what stands under it is not said
 * twice, and what the lead strikes out with its name the hall says all the same.
 */
#ifndef YIMEN_SCREEN_NEEDS_H
#define YIMEN_SCREEN_NEEDS_H

#include <stdbool.h>
#include <stddef.h>

struct reply;
struct ticks;

/* Some department waits for the lead to tell the applicant: rows of review.needs. */
bool needs_open(const struct reply *needs);
/* Ticks materials a department asks for as defective, its words in their note; what does not fit
 * there is left to the hall. */
void needs_tick(const struct reply *needs, struct ticks *t);
/* What is asked for beside the materials, as a remark. Returns buf. */
char *needs_remark(const struct reply *needs, char *buf, size_t size);

#endif
