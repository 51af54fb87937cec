/* What the screens of posts and whereabouts share: rows of posts, their people, the forms. */
#ifndef YIMEN_SCREEN_DUTY_H
#define YIMEN_SCREEN_DUTY_H

#include "client/screen/roll.h"
#include "client/screen/screen.h"

/* Of a row of post.list: A 张三; B 王五 代 A 张三; 空岗. Returns buf. */
const char *duty_holder(const struct reply *r, size_t i, char *buf, size_t size);
/* Of a row of post.show: where that person is. Returns buf. */
char *duty_where(const struct reply *r, size_t i, char *buf, size_t size);

/* Of a row of handover.list: it waits for one's own confirmation; a running one, of what was noted since. */
bool duty_to_confirm(const struct reply *r, size_t i);

/* Prints the blocks of a paper without a case (交接单, 去向告知牌); its end comes with this tag. */
void duty_print(const struct reply *r, int tag, const char *title, struct effects *fx);
void duty_printed(const struct paper_result *p, struct effects *fx);
/* Opens the form of a deed of the table in deed_table.c. id: what it is done to; about: shown above it. */
void deed_push(struct effects *fx, const char *name, int64_t id, const char *about);
/* The same of a part of it. given: what its first field begins with, of the screen below; NULL: nothing. */
void deed_push_part(
    struct effects *fx, const char *name, int64_t id, int64_t part, const char *about, char *given);

#endif
