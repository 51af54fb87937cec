/*
 * The window client: one loop over terminal, link, timers and signals; gives
 * keys and replies to the stack of screens and paints. From the top: app.c is the
 * loop and what is painted, app_link.c the line and the session, app_keys.c keys and
 * the scanner, app_leave.c the ways out, app_news.c what rings, app_cover.c posts and
 * who holds them, app_count.c what waits for the person, app_draft.c typed work that
 * outlives the program, app_paper.c the papers and their record, app_press.c the
 * threads that print, app_attach.c files. None calls one above it.
 */
#ifndef YIMEN_CLIENT_APP_H
#define YIMEN_CLIENT_APP_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "client/draft.h"
#include "client/journal.h"
#include "client/link.h"
#include "client/screen/stack.h"
#include "client/ui/bar.h"
#include "client/ui/key.h"
#include "client/ui/scan.h"

struct settings;

enum { APP_SIGNALS = 5, APP_COVER = 5, APP_HELD = 64 };

/* How the session ends once drafts are on the server. */
enum app_leave {
	LEAVE_NOT,
	LEAVE_LOGOUT, /* to a new login */
	LEAVE_AGAIN,  /* to a login over the screens, which stay */
	LEAVE_QUIT,
	LEAVE_STOP, /* a signal: no farewell */
};

struct app {
	uv_loop_t loop;
	uv_poll_t tty;
	uv_signal_t signals[APP_SIGNALS];
	uv_timer_t tick;  /* clock, idle times */
	uv_timer_t spin;  /* spinner while something is under way; runs only then */
	uv_timer_t paste; /* a paste whose end does not come */
	uv_timer_t scan;  /* keys held to see whether a scanner types them */
	uv_timer_t draft; /* typed work is kept within the second; runs only when there is some */
	uv_timer_t leave; /* nobody waits long for drafts */
	uv_prepare_t paint;
	struct link *link;
	struct papers *papers;     /* of app_paper.c */
	struct attacher *attacher; /* of app_attach.c */
	struct stack stack;
	struct key_reader keys;
	struct scan scanner;
	const struct settings *settings;
	enum bar_line line;
	char line_said[512]; /* why the line is down, as said last; "": it is not */
	bool logged_in;
	bool dirty; /* something is to be painted */
	bool stopping;
	bool lights_asked, lights_again; /* their count is on its way; something changed meanwhile */
	struct {
		bool asked, again;
	} cover[APP_COVER];     /* of app_cover.c, the same way */
	int64_t held[APP_HELD]; /* posts held when it was read last; their number, −1: not read yet */
	int nheld;
	char back_said[320]; /* what stands in the status line of a covered post was said when it came, too */
	int64_t was_mine;    /* a post of which one is the A while another covers it; 0: none */
	bool to_print_asked, to_print_again; /* the count of papers, the same way */
	bool typed;                          /* some key came since the last login */
	int spinning;                        /* frame, −1: not shown */
	unsigned ticks;                      /* seconds, for the clock */
	uint64_t last_key;                   /* uv_now of the last key */
	int64_t hall_at;                     /* business time, microseconds as on the wire, … */
	uint64_t hall_since;                 /* … at this uv_now; 0: not known yet */
	struct drafts drafts;
	uint8_t seal[JOURNAL_KEY]; /* of files of drafts; known since the login */
	bool has_seal, syncing;
	bool listing;  /* the list of drafts was asked for, and waits until they are there */
	bool offering; /* since the login, until drafts were offered or there are none */
	enum app_leave leaving;
};

/* Runs until the person or a signal ends it. 0, or −1 with a sentence in error. */
__attribute__((warn_unused_result)) int app_run(
    struct app *app, const struct settings *settings, const char *login, char *error, size_t size);
/* app_keys.c */
__attribute__((warn_unused_result)) int app_keys_open(struct app *app, char *error, size_t size);
/* Fewer than 80 columns or 24 rows: nothing is shown, no key taken. */
bool app_too_small(void);
/* Reads what the terminal has sent. Returns how many bytes. */
int app_keys_read(struct app *app);
/* Any key as it came; the stack gets it at once or in a moment, or as part of a scan. */
void app_keys_take(struct app *app, const struct key *k);
/* Sees to it that keys which are held are looked at again in time. */
void app_keys_arm(struct app *app);
/* The stack came to a scan: opens what it is. */
void app_scanned(void *ctx, const char *text);

/* app_link.c */
__attribute__((warn_unused_result)) int app_link_open(struct app *app, char *error, size_t size);
uint32_t app_send(void *ctx, const struct op *op, const void *payload, size_t len);
uint32_t app_login(void *ctx, const char *login, const char *password);
void app_forget(void *ctx, uint32_t request);
void app_give_up(void *ctx, uint32_t request);
void app_watch(void *ctx, const int64_t *cases, int n);
/* Reads the business time anew. */
void app_ask_clock(struct app *app);
/* It is past midnight in the hall. */
void app_new_day(struct app *app);

/* app_leave.c */
void app_lock(struct app *app);
/* The hall hears that this session is locked here. */
void app_say_locked(struct app *app);
/* Login over whatever is open: it stays there for the same person. */
void app_login_again(struct app *app);
/* Ends the session, as soon as drafts are on the server, or after a second. */
void app_leave(struct app *app, enum app_leave how);
/* Goes on with that if drafts are on the server now. */
void app_left(struct app *app);
/* Begins the end: everything is closed, the loop runs empty. */
void app_stop(struct app *app);

/* app_count.c */
/* Counts the yellow and red cases of one's posts anew, for the status line. */
void app_ask_lights(struct app *app);
/* What of the first contacts waits for the person, for the status line and the queue. */
void app_ask_visits(struct app *app);
/* How many papers others made are to be printed here. */
void app_ask_to_print(struct app *app);

/* app_cover.c: posts, offers, what waits for the person */
/* A session begins, or goes on (fresh false): what changed hands meanwhile is said then. */
void app_cover_session(struct app *app, bool fresh);
/* The post was held when it was read last. */
bool app_holds(const struct app *app, int64_t post_id);
/* Reads all of it anew. */
void app_cover_ask(struct app *app);
/* Reads anew what these events are about. */
void app_cover_news(struct app *app, const struct reply *rows);
/* Takes the post that is offered in the status line, or asks for the one that is one's own back. */
void app_cover_take(struct app *app);

/* app_news.c: a bell and a word for what a post must know at once. */
void app_news(struct app *app, const struct reply *rows);

/* app_attach.c: files to attach and attachments to look at, one after another. */
void app_attach_start(struct app *app);
void app_file(void *ctx, uint32_t screen, int tag, struct file_order *order);
/* Nobody is logged in any more: nothing goes on, and what was looked at is removed. */
void app_attach_drop(struct app *app);
/* Closes its handles; the loop runs empty after that. */
void app_attach_stop(struct app *app);
void app_attach_done(struct app *app);
/* app_draft.c */
void app_draft_open(struct app *app);
/* Somebody typed, or a form changed by itself: it is kept within a second. */
void app_draft_touch(struct app *app);
/* Everything typed is on the disk now and on its way to the server. */
void app_draft_flush(struct app *app);
/* The server has all of it, or never will. */
bool app_draft_flushed(const struct app *app);
/* A session was opened; fresh: by a login, so drafts are offered. */
void app_draft_session(struct app *app, const struct reply *row, bool fresh);
/* Goes on with what waits for the line, for writes of an earlier run, or for a password. */
void app_draft_step(struct app *app);
/* Opens the list of drafts, once those typed here are on the server. */
void app_draft_list(struct app *app);
void app_draft_keep(void *ctx, struct screen *s);
void app_draft_drop(void *ctx, struct screen *s);
/* The session ended before its drafts were offered: no key waits for them. */
void app_draft_over(struct app *app);
void app_draft_close(struct app *app);

/* app_paper.c */
void app_paper(void *ctx, uint32_t screen, int tag, struct paper_order *order);
/* The printing of this notice is not wanted any more. */
void app_paper_stop(void *ctx, int64_t notice_id);
/* Starts the threads that print; the fonts are loaded first. */
void app_paper_warm(struct app *app);
/* With the loop's other handles. */
void app_paper_closing(struct app *app);
/* Ends them, after everything else has ended. */
void app_paper_cold(struct app *app);
/* Somebody logged in. */
void app_paper_login(struct app *app);
/* Papers whose end this window never learned are asked about, once after each login. */
void app_paper_ask(struct app *app);

#endif
