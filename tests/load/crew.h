/*
 * A crew of windows for load, figures and faults: opens links to a hall's
 * folder, makes up applicants, encodes the writes of a case. Knows no database.
 */
#ifndef YIMEN_LOAD_CREW_H
#define YIMEN_LOAD_CREW_H

#include <stddef.h>
#include <stdint.h>

#include "client/link.h"
#include "common/bytes.h"

/* Small and fast; one for each window, so that runs can be repeated by seed. */
struct crew_random {
	uint64_t state;
};

void crew_seed(struct crew_random *r, uint64_t seed);
uint32_t crew_below(struct crew_random *r, uint32_t n);

/* What a window takes in: an item and how many materials its guide lists (1…n). */
struct crew_item {
	int64_t item_id;
	int materials;
};

/* Prints and ends the program. */
_Noreturn __attribute__((format(printf, 1, 2))) void crew_die(const char *fmt, ...);
/* NULL, empty and "-" are none. Ends the program when the hall's folder or a file is of no use. */
struct link *crew_link(uv_loop_t *loop, const char *hall, const char *certificate, const char *state,
    int port, const struct link_calls *calls, void *ctx);
/* 64 hex digits → 32 bytes. Ends the program when they are not. */
void crew_token(const char *hex, uint8_t token[32]);
/* The operation of that name; ends the program when there is none. */
const struct op *crew_op(const char *name);

/* Fields of each write, in the order of common/op. */
void crew_put_receive(
    struct bytes_out *out, struct crew_random *r, const struct crew_item *item, const char *matter);
void crew_put_accept(struct bytes_out *out, int64_t case_id, int version);
/* The first material is absent, with what to do. */
void crew_put_correct(struct bytes_out *out, int64_t case_id, int version, const char *remark);
/* The ways a case ends at the counter. */
void crew_put_finish(struct bytes_out *out, int64_t case_id, int version, const char *remark);
void crew_put_decline(struct bytes_out *out, int64_t case_id, int version, const char *remark);
void crew_put_withdraw(struct bytes_out *out, int64_t case_id, int version, const char *remark);
/*
 * A command of an accepted case whose fields after case and version are as given, a letter each:
 * T the tag, - NULL, b no, 5 an int4, a an amount in fen, h a hearing, f facts, w handed over at the
 * window, n a name. The draft is left out by a - like any other.
 */
void crew_put_deed(struct bytes_out *out, int64_t case_id, int version, const char *fields, const char *tag);
/* A first contact, answered on the spot. */
void crew_put_visit(struct bytes_out *out, const char *matter);
/* And now it is there. */
void crew_put_answer(struct bytes_out *out, int64_t case_id, int version, const char *remark);

/* Microseconds, monotonic. */
int64_t crew_now(void);
/* Times to be summed up: sorts v; the p-th of 1,000. */
int64_t crew_quantile(int64_t *v, size_t n, unsigned p);

#endif
