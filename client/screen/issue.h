/*
 * From a decision to the paper: the notice is previewed and laid out before
 * the command is sent (DOC-2), then read as issued and given to the printer;
 * the record of that is the application's. A part of screens; its sends have
 * tags from ISSUE_TAGS on.
 */
#ifndef YIMEN_SCREEN_ISSUE_H
#define YIMEN_SCREEN_ISSUE_H

#include "client/screen/screen.h"

struct act;
struct form;
struct ticks;

/* What the papers of the outcomes say beside the ticks; lent until the end. NULL: nothing. */
struct issue_words {
	const char *why, *facts, *basis, *where; /* decline */
	int64_t post;                            /* 0: none */
	bool major;
	const char *document, *document_no; /* finish */
	const char *signed_by;              /* withdraw */
	int32_t signed_on;                  /* days since 2000-01-01 */
};

enum { ISSUE_TAGS = 100 };

enum issue_stage {
	ISSUE_IDLE,
	ISSUE_PREVIEW,
	ISSUE_LAYOUT,
	ISSUE_COMMAND,
	ISSUE_LIST,
	ISSUE_SHOW,
	ISSUE_SPOOL,
	ISSUE_STAGES,
};

struct issue {
	enum issue_stage stage;
	int tag; /* of the answer it waits for */
	int64_t case_id, notice_id;
	int32_t version;
	const char *kind; /* acceptance, correction, decline, finish, withdraw; NULL: only printing */
	const struct ticks *ticks; /* NULL: none are sent */
	const struct issue_words *words;
	const struct act *act;   /* the command is this one's, its words are … */
	const struct form *form; /* … in this form; lent until the end */
	int32_t today;
	const char *elsewhere; /* who commands does not handle the case: this post prints it */
	char remark[ARG_TEXT];
	struct paper_order order; /* blocks are never kept in here */
	struct paper_order then;  /* printed after it; notice_id 0: nothing */
	char path[1024];          /* of the file, or the printer's name */
	char problem[512];        /* why it did not come out of the printer */
	char receipt[512];        /* … and why the receipt before it did not */
	bool issued;              /* the command was done */
	char code[48];            /* why it was refused */
};

enum issue_result {
	ISSUE_OTHER,   /* the message was not its own */
	ISSUE_GOING,   /* still under way */
	ISSUE_DONE,    /* issued (or reprinted), and printed, at the printer or another's to print: path */
	ISSUE_PRINTER, /* issued, but not printed: problem */
	ISSUE_REFUSED, /* nothing was issued; a sentence was said */
};

/* Starts: preview, layout, command case.accept or case.correct, print. ticks is lent until
 * the end. */
void issue_start(struct issue *i, struct effects *fx, int64_t case_id, int32_t version, const char *kind,
    const struct ticks *ticks, const char *remark);
/* Whether the receipt of a case is printed before the paper that is issued (once, at start). */
void issue_with_receipt(bool receipt);
/* The same for an outcome, by the command of its kind. words is lent until the end. */
void issue_outcome(struct issue *i, struct effects *fx, int64_t case_id, int32_t version, const char *kind,
    const struct ticks *ticks, const char *remark, const struct issue_words *words);
/* The same for what is done after acceptance, its words in a form of its own. */
void issue_act(struct issue *i, struct effects *fx, int64_t case_id, int32_t version, const struct act *act,
    const struct form *form, int32_t today);
/* Document and its number out of what screen_result gives back; returns the remark. All three
 * live in text, which is changed. */
char *issue_result_words(char *text, struct issue_words *words);
/* The same for what screen_declining gives back: a line for each word. */
char *issue_decline_words(char *text, struct issue_words *words);
/* Prints a notice of a reply of notice.list or notice.queue, at the printer with this name, or
 * "" at the one for its kind. */
void issue_print(
    struct issue *i, struct effects *fx, const struct reply *list, size_t row, const char *printer);
/* Prints the newest receipt of a case. */
void issue_receipt(struct issue *i, struct effects *fx, int64_t case_id);
enum issue_result issue_message(struct issue *i, const struct message *m, struct effects *fx);
/* Says how it ended. */
void issue_say(const struct issue *i, struct effects *fx, enum issue_result result);

#endif
