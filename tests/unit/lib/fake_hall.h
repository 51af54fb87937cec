/*
 * A hall made of this file, for tests of screens: what they send is kept and
 * must decode by its own table, the test answers when it wants to. One stack,
 * one test at a time.
 */
#ifndef YIMEN_TESTS_FAKE_HALL_H
#define YIMEN_TESTS_FAKE_HALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/screen/files.h"
#include "client/screen/stack.h"

struct op;

enum { SENT_MAX = 128 };

struct fake_sent {
	uint32_t id;
	const struct op *op;
	uint8_t payload[8192];
	size_t len;
	bool forgotten, given_up;
};

struct fake_paper {
	uint32_t screen;
	int tag;
	bool spool;
	int64_t notice_id, stopped;
	int reprint;
	char printer[32], kind[24];
};

struct fake_file {
	uint32_t screen;
	int tag;
	struct file_order order;
};

extern struct fake_sent sent[SENT_MAX];
extern int nsent, beeps, papers, files, drops;
/* How often the post on offer was asked for. */
extern int takes;
/* The host's time. */
extern uint64_t clock_ms;
/* The screen whose work was to be kept last. */
extern const struct screen *kept;
/* … and whether it held any then. */
extern bool kept_dirty;
extern struct fake_paper last_paper;
extern struct fake_file last_file;
extern struct stack st;

void begin(void);
void end(void);
/* A key of somebody who looks at the page first. */
void press(enum key_code code);
/* The same so many milliseconds after the key before, the page painted at once. */
void press_after(enum key_code code, unsigned ms);
void type(const char *s);
/* The name of the top screen. */
const char *top(void);
/* The last request of this operation; fails when there was none. */
int asked(const char *op);
int times_asked(const char *op);
/* Answers the last request of this operation with n rows of cells; NULL cells are NULL. */
void answer(const char *op, size_t n, const char *const *rows);
void refuse(const char *op, unsigned status, const char *code, const char *arg1);
/* The paper ordered last came out, or could not be laid out. */
void printed(bool ok);
/* It takes its time. */
void still_printing(const char *printer);
/* From the queue to the intake form of a known applicant, all typed at once; ahead: "",
 * "ticks" or "accept", how far the keys go. */
void start_intake(const char *ahead);
/* The three answers the form waits for. */
void load_intake(void);
/* The key bar shows this key now. */
bool bar_has(enum key_code code);

/* Rows of answers. */
extern const char *const items[];
extern const char *const shown[];
extern const char *const materials[];
extern const char *const person[];
extern const char *const done[];
extern const char *const blocks[];
extern const char *const notice[];
extern const char *const case_row[];
extern const char *const two_cases[];
extern const char *const free_to_go[];
extern const char *const case_ticks[];

#endif
