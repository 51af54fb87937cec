/*
 * Laying out and printing beside the loop. Fonts belong to the thread that loaded them, so one
 * thread lays out; each printer has one that puts papers into it, so that a printer without
 * paper keeps nobody waiting but its own papers. Knows neither link nor screens.
 */
#ifndef YIMEN_CLIENT_APP_PRESS_H
#define YIMEN_CLIENT_APP_PRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "client/print/printer.h"
#include "client/screen/screen.h"

enum press_stage { PRESS_WAITING, PRESS_PRINTING, PRESS_HELD, PRESS_ENDED };

struct press_job {
	struct press_job *next;        /* of the queue it is in */
	const struct printer *printer; /* NULL: it is only laid out */
	struct print_block *blocks;
	size_t n;
	struct print_paper paper;
	struct press *press;
	/* Under the press's lock. */
	enum press_stage stage;
	enum printer_stop stop;
	char sentence[300]; /* why it is held up, or did not come out */
	/* Of the thread that has it, and at the end of the loop's. */
	struct print_sheet sheet;
	struct printer_state state;
	enum printer_end end;
};

struct press;

/* moved is called in the loop whenever a job has another stage or sentence; ended once for each
 * job, which is the caller's again then. */
struct press_calls {
	void (*moved)(void *ctx);
	void (*ended)(void *ctx, struct press_job *job);
	void *ctx;
};
struct press *press_new(uv_loop_t *loop, const struct printers *printers, const struct press_calls *calls);
/* Takes the job until its end. */
void press_add(struct press *p, struct press_job *job);
/* Ends it at once with this sentence; that is told in the loop, as any end. */
void press_refuse(struct press *p, struct press_job *job, const char *sentence);
/* Not wanted any more. */
void press_cancel(struct press *p, struct press_job *job);
/* The stage, and the sentence that goes with it. */
enum press_stage press_stage(struct press *p, struct press_job *job, char *sentence, size_t size);
/* What is quickly done is done yet, what a printer has is left to it; nothing is told any more.
 * Takes three seconds at most; what still hangs in the system then is left to the end of the
 * program. */
void press_free(struct press *p, uv_loop_t *loop);

#endif
