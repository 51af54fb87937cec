/*
 * What a screen is, and what it may do. A screen is told of requests (keys
 * that became commands) and messages (replies, events, results), and answers
 * with effects that the stack performs; it never touches link, loop or
 * curses, so tests run it with replies of their own.
 */
#ifndef YIMEN_SCREEN_SCREEN_H
#define YIMEN_SCREEN_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/screen/command.h"
#include "client/ui/draw.h"
#include "common/bytes.h"
#include "common/op.h"

struct editor;
struct file_order;
struct file_result;
struct reply;
struct screen;

enum { ARG_TEXT = 16000 };

/* What a screen is opened with, or gives back when it closes. */
struct screen_arg {
	int64_t id;        /* a case, an item */
	int64_t number;    /* a version, a choice, a count */
	void *lent;        /* of the screen below, which stays open longer */
	int64_t other;     /* a second thing: the case whose visit goes on */
	int32_t from, day; /* days since 2000-01-01; 0: none */
	bool hand;         /* received by hand, keyed in later (CASE-3) */
	char kind[24];
	char text[ARG_TEXT];
};

/* What a form's typed work is about, for its draft. */
struct screen_about {
	int64_t id;               /* what open() gets as arg.id */
	int64_t item_id, case_id; /* 0: none */
	int32_t version;          /* of the case, as it stands now; only for restore() */
	char number[64];          /* of the case; only for restore() */
	char title[256];          /* what a list of drafts shows */
};

/* A paper to lay out (and, with spool, to print). Printing a notice, what becomes of it is
 * recorded by the performer, whether or not a screen still waits for it (DOC-2). */
struct paper_order {
	struct reply *blocks; /* owned by the effect, then by its performer */
	int64_t notice_id;    /* 0: a paper without a record, such as a guide */
	char kind[24];        /* of notice, or guide: decides the printer */
	char printer[32];     /* by name; "": by kind */
	char title[96], number[96], case_number[64];
	int64_t issued; /* business time, microseconds as on the wire; 0: now */
	int reprint;
	bool voided; /* marked 作废 (DOC-3) */
	bool spool;
};

struct paper_result {
	bool ok;
	bool going; /* still at the printer: its end will be recorded, the screen need not wait */
	int pages;
	uint8_t sha256[32];
	char path[4096];
	char printer[32];
	char sentence[512]; /* why not */
};

/* Papers of this window that are at a printer now. */
enum paper_stage { PAPER_WAITING, PAPER_PRINTING, PAPER_HELD, PAPER_RECORDING };
enum { PAPERS_MAX = 32, DESK_PRINTERS = 4 };
struct paper_job {
	int64_t notice_id;
	enum paper_stage stage;
	char printer[32];
	char sentence[300]; /* what holds it up */
};

/* Who sits where; filled by the application, read by screens. */
struct desk {
	char hall[128], window[96], person[96], department[96], login[40];
	char post[160];  /* posts held now, as line 1 says it */
	char away[200];  /* holds none now: one's posts and who holds them; "" otherwise */
	char hall_no[8]; /* front of every case number */
	int window_no;
	int yellow, red; /* cases of the posts held now, by their worst light (CLK-5) */
	char offer[256]; /* an empty post this person may take, as the status line says it; "" */
	int64_t offered; /* that post; 0: none */
	char back[320];  /* of a covered post whose A is here, as the status line says it to either; "" */
	int64_t
	    ask_back; /* such a post of which one is the A: asked back by the key that takes one; 0: none */
	char watch[200];               /* whose window this one watches (POST-6); "" */
	int watches;                   /* how many of them */
	int leaves_asked;              /* requests for leave that wait for one's answer */
	int handovers_asked;           /* handovers that wait for one's confirmation */
	int visits_asked, visits_late; /* first contacts to confirm; a supervisor's: not closed in time */
	int to_print; /* papers of the posts held now that were made where they are not printed */
	bool test, training;
	int64_t staff_id;
	unsigned class;
	int64_t now;                      /* business time at the last tick, microseconds as on the wire */
	char printers[DESK_PRINTERS][32]; /* of this window, by name */
	int nprinters;
	struct paper_job papers[PAPERS_MAX];
	int npapers;
	char scan_folder[1024], export_folder[1024]; /* of attachments */
	char open[160]; /* forms with typed work and cases open here, by title; "" */
	int ndrafts;    /* of the forms open here */
	uint8_t drafts[16][OP_DRAFT_KEY];
};

enum message_kind {
	MESSAGE_REPLY,  /* to the send with this tag */
	MESSAGE_EVENTS, /* something was committed somewhere: rows of event.subscribe */
	MESSAGE_ONLINE, /* the line is back: read afresh what is shown */
	MESSAGE_RESULT, /* a screen that was pushed has closed */
	MESSAGE_PAPER,  /* a paper order ended */
	MESSAGE_FILE,   /* a file order ended */
	MESSAGE_STOPPED /* Esc: what was waited for is given up */
};

struct message {
	enum message_kind kind;
	int tag;
	const struct reply *reply;
	const struct screen_arg *arg; /* RESULT: NULL when it was left by Esc */
	const struct paper_result *paper;
	const struct file_result *file;
};

enum effect_kind {
	FX_SEND,
	FX_LOGIN,
	FX_PUSH,
	FX_REPLACE,
	FX_POP,
	FX_HOME,
	FX_SAY,
	FX_PAPER,
	FX_PAPER_STOP,
	FX_FILE,
	FX_HOLD,
	FX_RELEASE,
	FX_REFUSE,
	FX_ASK,
	FX_REOPEN,
	FX_DROP
};

enum { SEND_WAIT = 1 /* keys wait for this answer */ };

struct effect {
	enum effect_kind kind;
	int tag;
	unsigned flags;
	const struct op *op;
	struct bytes_out payload;
	const struct screen_ops *screen;
	struct screen_arg *arg;
	struct paper_order *paper;
	struct file_order *file;
	struct reply *reply;
	uint8_t draft[OP_DRAFT_KEY];
	enum face face;
	enum request request;
	int64_t id;
	char text[512];
};

enum { EFFECTS_MAX = 16 };

struct effects {
	struct effect list[EFFECTS_MAX];
	int n;
};

struct screen_ops {
	const char *name;
	const char *title; /* msgid */
	uint64_t on;       /* its bit in the table of commands */
	size_t size;       /* of its state */
	bool dialog;       /* drawn over the screen below */
	void (*open)(struct screen *s, const struct screen_arg *arg, struct effects *fx);
	void (*close)(struct screen *s); /* may be NULL */
	void (*draw)(struct screen *s, const struct area *a);
	/* True when the request was the screen's; otherwise it goes to the application. */
	bool (*request)(struct screen *s, enum request r, const struct key *k, struct effects *fx);
	void (*message)(struct screen *s, const struct message *m, struct effects *fx);
	void (*resize)(struct screen *s, const struct area *a); /* may be NULL */
	bool (*dirty)(const struct screen *s);                  /* holds typed work; may be NULL */
	/* What the key bar calls this command now: a translated label, "" when it would do nothing
	 * here; NULL: the table's. May be NULL. */
	const char *(*label)(const struct screen *s, enum request r);
	/* The case it shows, to hear of its changes; 0: none. May be NULL. */
	int64_t (*watch)(const struct screen *s);
	/* Typed work as bytes: every field, the caret, what has the keys, a note being written; see
	 * client/ui/keep.h. A form tells what it is about, a dialog over one need not. May be NULL:
	 * nothing here is worth keeping. Its row stands in the table of stack_draft.c. */
	void (*save)(const struct screen *s, struct screen_about *about, struct bytes_out *out);
	/* The reverse, just after open(). Marks in as bad when the bytes are not its own. */
	void (*restore)(
	    struct screen *s, const struct screen_about *about, struct bytes_in *in, struct effects *fx);
};

struct screen {
	const struct screen_ops *ops;
	const struct desk *desk;
	void *state;
	uint32_t id;
	int waiting;   /* answers its keys wait for */
	int held;      /* reasons of its own why keys wait */
	int64_t staff; /* who was logged in when it was opened */
	bool drafted;  /* what was typed is, or may be, kept under this key */
	bool ended;    /* … and a write took it along */
	uint8_t draft[OP_DRAFT_KEY];
	int32_t revision; /* of what was kept last, and its fingerprint */
	uint8_t kept[32];
};

/* Effects, in the order they are to be performed. */

/* An empty payload to put fields into, then fx_send with it; sent in one write. */
struct bytes_out fx_payload(void);
/* Takes the payload over. NULL payload: no fields. */
void fx_send(struct effects *fx, const char *op, int tag, unsigned flags, struct bytes_out *payload);
/* The same for the many operations with one int8 field. */
void fx_send_id(struct effects *fx, const char *op, int tag, unsigned flags, int64_t id);
void fx_login(struct effects *fx, int tag, const char *login, const char *password);
/* arg may be NULL; it is copied. */
void fx_push(struct effects *fx, const struct screen_ops *ops, const struct screen_arg *arg);
void fx_replace(struct effects *fx, const struct screen_ops *ops, const struct screen_arg *arg);
/* Closes the screen; the one below gets arg (NULL: left without a result). */
void fx_pop(struct effects *fx, const struct screen_arg *arg);
/* Closes everything and opens the queue. */
void fx_home(struct effects *fx);
__attribute__((format(printf, 3, 4))) void fx_say(struct effects *fx, enum face face, const char *fmt, ...);
/* Not a success: beep, the sentence ("": what stands there stays), and the keys that waited are
 * discarded. */
__attribute__((format(printf, 2, 3))) void fx_refuse(struct effects *fx, const char *fmt, ...);
/* The same with the sentence of a reply, or of a code. */
void fx_refuse_reply(struct effects *fx, const struct reply *r);
void fx_refuse_code(struct effects *fx, const char *code, const char *arg1);
/* What was done, and a word of caution in its outcome says it instead of the usual sentence; false: none. */
bool fx_caution(struct effects *fx, const struct reply *r);
/* A word and a beep about something in the background, or about one key; waiting keys stay. */
void fx_warn_reply(struct effects *fx, const struct reply *r);
void fx_warn_code(struct effects *fx, const char *code, const char *arg1);
/* A key the editor refused; says how much may be typed when it was too much. */
void fx_warn_editor(struct effects *fx, const struct editor *e, const char *code);
/* Keys wait until fx_release. */
void fx_hold(struct effects *fx);
void fx_release(struct effects *fx);
/* Takes over order->blocks. */
void fx_paper(struct effects *fx, int tag, const struct paper_order *order);
/* The printing of this notice is not wanted any more. */
void fx_paper_stop(struct effects *fx, int64_t notice_id);
/* Copies the order. */
void fx_file(struct effects *fx, int tag, const struct file_order *order);
/* Asks the application for a command, as if its key had been pressed on the screen below. */
void fx_ask(struct effects *fx, enum request r);
/* The same with what it is done to, for commands of the whole program. */
void fx_ask_arg(struct effects *fx, enum request r, const struct screen_arg *arg);
/* Opens a draft again, from the reply of draft.take; closes the screen. */
void fx_reopen(struct effects *fx, const struct reply *taken, const uint8_t key[OP_DRAFT_KEY]);
/* What was typed here is thrown away: no draft stays. */
void fx_drop(struct effects *fx);
/* Esc on a form with typed work: asks whether to leave it as a draft or to drop it. note: what else
 * to know, or "". */
void fx_leave(struct effects *fx, const char *note);
/* The answer to that: true when arg was it; the form is left then. */
bool fx_left(struct effects *fx, const struct screen_arg *arg);
void fx_init(struct effects *fx);
/* Frees what was not performed. */
void fx_done(struct effects *fx);

/* The sentence of a code: those of forms and screens, else client/refusal.c's. */
char *screen_sentence(const char *code, const char *arg1, char *buf, size_t size);

/* The title of a screen that can be left as a draft, translated; its name when there is none. */
const char *screen_title(const char *name);

/* All screens. */
extern const struct screen_ops screen_login, screen_password, screen_lock, screen_queue, screen_proof,
    screen_days, screen_finder, screen_intake, screen_handle, screen_search, screen_case, screen_help,
    screen_palette, screen_remark, screen_confirm, screen_departments, screen_posts, screen_words,
    screen_visit, screen_visits, screen_prints, screen_papers, screen_attach, screen_paper_ask,
    screen_service, screen_drafts, screen_leave, screen_conflict, screen_known, screen_decline,
    screen_declining, screen_withdraw, screen_amend, screen_result, screen_void, screen_ask, screen_judge,
    screen_exceptions, screen_negatives, screen_negative, screen_late, screen_services, screen_act,
    screen_duty, screen_post, screen_board, screen_leaves, screen_attendance, screen_deed, screen_handing,
    screen_handovers, screen_handover, screen_joint, screen_meetings, screen_meeting, screen_silences,
    screen_projects, screen_project, screen_reviewers, screen_reviews, screen_review, screen_opinion,
    screen_missing;

#endif
