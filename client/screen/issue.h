/*
 * From a decision to the paper: the notice is previewed and laid out before
 * the command is sent (DOC-2), then read as issued, put into the printer and
 * its end recorded (DOC-3). A part of screens; its sends have tags from
 * ISSUE_TAGS on.
 */
#ifndef YIMEN_SCREEN_ISSUE_H
#define YIMEN_SCREEN_ISSUE_H

#include "client/screen/screen.h"

struct ticks;

enum { ISSUE_TAGS = 100 };

enum issue_stage {
	ISSUE_IDLE,
	ISSUE_PREVIEW,
	ISSUE_LAYOUT,
	ISSUE_COMMAND,
	ISSUE_LIST,
	ISSUE_SHOW,
	ISSUE_QUEUE,
	ISSUE_SPOOL,
	ISSUE_RECORD,
};

struct issue {
	enum issue_stage stage;
	int64_t case_id, notice_id;
	int32_t version;
	const char *kind; /* acceptance, correction; NULL: only printing */
	const struct ticks *ticks;
	char remark[ARG_TEXT];
	struct paper_order order; /* blocks are never kept in here */
	struct reply *blocks;     /* as issued, between show and spool */
	char path[1024];
	char problem[512]; /* why it did not come out of the printer */
	bool issued;       /* the command was done */
};

enum issue_result {
	ISSUE_OTHER,   /* the message was not its own */
	ISSUE_GOING,   /* still under way */
	ISSUE_DONE,    /* issued (or reprinted) and printed: path */
	ISSUE_PRINTER, /* issued, but not printed: problem */
	ISSUE_REFUSED, /* nothing was issued; a sentence was said */
};

/* Starts: preview, layout, command case.accept or case.correct, print. ticks is lent until
 * the end. */
void issue_start(struct issue *i, struct effects *fx, int64_t case_id, int32_t version, const char *kind,
    const struct ticks *ticks, const char *remark);
/* Prints a notice of the reply of notice.list. */
void issue_print(struct issue *i, struct effects *fx, const struct reply *list, size_t row);
enum issue_result issue_message(struct issue *i, const struct message *m, struct effects *fx);
/* Says how it ended. */
void issue_say(const struct issue *i, struct effects *fx, enum issue_result result);
void issue_done(struct issue *i);

#endif
