/* What the screens of construction projects share (PAR-6): rows of project.show. */
#ifndef YIMEN_SCREEN_PROJECT_H
#define YIMEN_SCREEN_PROJECT_H

#include <stddef.h>
#include <stdint.h>

#include "client/screen/screen.h"

struct reply;

/* Asks the stages of one project, or with id 0 the projects with q in them (NULL: all). */
void project_ask(struct effects *fx, int tag, unsigned flags, int64_t id, const char *q);
/* Where a stage stands, in a word: to receive, waits, granted, or the state of its case. */
const char *project_stands(const struct reply *r, size_t i);
/* Says why a stage cannot be received now. */
void project_refuse(const struct reply *r, size_t i, struct effects *fx);

#endif
