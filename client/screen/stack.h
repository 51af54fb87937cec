/*
 * The stack of screens: gives keys and messages to the right one, performs
 * their effects, keeps keys typed ahead. What lies outside (link, printer,
 * terminal) it asks of a host, so tests can be one. Knows no uv and no curses.
 */
#ifndef YIMEN_SCREEN_STACK_H
#define YIMEN_SCREEN_STACK_H

#include "client/screen/screen.h"

/* When the line is back every screen reads afresh at once: STACK_OPEN is for all of them together. */
enum { STACK_DEPTH = 16, STACK_OPEN = 16 * STACK_DEPTH, STACK_AHEAD = 4096 };

struct stack_host {
	/* Returns a handle, never 0; the reply comes by stack_reply, later. */
	uint32_t (*send)(void *ctx, const struct op *op, const void *payload, size_t len);
	uint32_t (*login)(void *ctx, const char *login, const char *password);
	/* The reply is wanted no more. */
	void (*forget)(void *ctx, uint32_t request);
	/* Stops a write that is still being confirmed. */
	void (*give_up)(void *ctx, uint32_t request);
	/* Takes the order over; its end comes by stack_paper. */
	void (*paper)(void *ctx, uint32_t screen, int tag, struct paper_order *order);
	/* The printing of this notice is not wanted any more. */
	void (*paper_stop)(void *ctx, int64_t notice_id);
	/* Takes the order over; its end comes by stack_file. */
	void (*file)(void *ctx, uint32_t screen, int tag, struct file_order *order);
	/* What no screen wanted: lock, log out, repaint; arg: what it is done to, or NULL. True
	 * when it was something. */
	bool (*request)(void *ctx, enum request r, const struct screen_arg *arg);
	/* The cases on the screen are others now. */
	void (*watch)(void *ctx, const int64_t *cases, int n);
	void (*beep)(void *ctx);
	/* A scanner read this: a case number, or on the queue an identity number. */
	void (*scan)(void *ctx, const char *text);
	/* What was typed on this screen is to be kept now: a write goes out, or it closes. */
	void (*keep)(void *ctx, struct screen *s);
	/* Its draft is to go: the person threw it away. */
	void (*drop)(void *ctx, struct screen *s);
	/* Milliseconds that only ever rise. */
	uint64_t (*now)(void *ctx);
};

struct stack_open {
	uint32_t request; /* 0: free */
	uint32_t screen;
	int tag;
	bool wait, write;
	const struct op *op; /* NULL: the login */
};

/* 正在确认, 已保存, 未保存 */
enum stack_word { WORD_NONE, WORD_CONFIRMING, WORD_SAVED, WORD_UNSAVED };

struct stack {
	const struct stack_host *host;
	void *ctx;
	struct desk desk;
	struct screen *screens[STACK_DEPTH];
	int n;
	uint32_t ids;
	struct stack_open open[STACK_OPEN];
	struct key ahead[STACK_AHEAD]; /* keys waiting for an answer; no pastes' bytes but copies */
	int first, waiting;
	char said[512];
	enum face said_face;
	char result[512]; /* what was done last: it outlives the keys typed on until it could be read */
	uint64_t result_at;
	char progress[64];    /* of a file on its way, said where no word of a write stands */
	enum stack_word word; /* of the last write of the screen word_of */
	uint32_t word_of;
	int stop_asked;     /* how often Esc was pressed while a write is being confirmed */
	bool committing;    /* F5 or F10 is being carried out: another one typed now is dropped */
	uint64_t commit_at; /* F10 was the last key, at this moment; 0: it was another one */
	uint32_t commit_on; /* … on the screen with this id */
	uint32_t shown;    /* the screen that was painted last with the keys; 0: what it shows is to change */
	uint64_t shown_at; /* … when it came to stand there */
	int held;          /* reasons of the application why keys wait */
	bool no_database;  /* the server answers that its database is away */
	int64_t watched[STACK_DEPTH];
	int nwatched;
	uint32_t marked, marked_ids; /* stack_mark: the top screen, and the last id given then */
};

void stack_init(struct stack *s, const struct stack_host *host, void *ctx);
void stack_done(struct stack *s);
/* The screen with the keys; NULL when there is none. */
struct screen *stack_top(const struct stack *s);
void stack_push(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg);
/* Closes all screens and opens this one. */
void stack_restart(struct stack *s, const struct screen_ops *ops, const struct screen_arg *arg);
/* Closes the top screen without a result, as Esc does; the last one stays. */
void stack_close_top(struct stack *s);
/* Closes every screen with these operations, without a result. */
void stack_drop(struct stack *s, const struct screen_ops *ops);
/* A screen with these operations is open. */
bool stack_has(const struct stack *s, const struct screen_ops *ops);
/* Some screen holds typed work. */
bool stack_dirty(const struct stack *s);
void stack_key(struct stack *s, const struct key *k);
/* What the next keys change can be taken back, until stack_settle. */
void stack_mark(struct stack *s);
void stack_settle(struct stack *s);
/* The last n keys were none: waiting ones are dropped, what the others changed on their
 * screen is put back, and what they opened is closed. */
void stack_take_back(struct stack *s, int n);
/* The screen that had the keys at the mark; NULL when it has gone. */
const struct screen *stack_marked(const struct stack *s);
void stack_reply(struct stack *s, uint32_t request, const struct reply *r);
void stack_paper(struct stack *s, uint32_t screen, int tag, const struct paper_result *paper);
/* How a file order ended; said on any screen when the one that gave it has gone. */
void stack_file(struct stack *s, uint32_t screen, int tag, const struct file_result *file);
/* How the write with this handle stands; shown on the screen that sent it. */
void stack_word(struct stack *s, uint32_t request, enum stack_word word);
/* That word, translated; "" when the top screen has none. */
const char *stack_word_said(const struct stack *s);
/* What was done last has stood long enough. True when something on the screen goes with it. */
bool stack_fade(struct stack *s);
/* What stands at the right end of the status line: that word, else what waits elsewhere. */
void stack_right_said(const struct stack *s, char *buf, size_t size);
/* What stands in the status line: while a write was told to stop, that. */
const char *stack_said(const struct stack *s, enum face *face, char *buf, size_t size);
/* Any answer of the server, also one no screen waits for: is its database there? */
void stack_heard(struct stack *s, const struct reply *r);
/* The key bar of the top screen: what works there now. Returns the number of keys. */
int stack_bar(const struct stack *s, struct bar_key *keys, int max);
/* To every screen: EVENTS with its rows, or ONLINE. */
void stack_tell(struct stack *s, enum message_kind kind, const struct reply *rows);
void stack_say(struct stack *s, enum face face, const char *sentence);
/* The top screen was painted just now. */
void stack_shown(struct stack *s);
/* The top screen waits for an answer. */
bool stack_waits(const struct stack *s);
/* Keys wait until the same number of releases. */
void stack_hold(struct stack *s);
void stack_release(struct stack *s);

/* stack_draft.c */

/* Some form holds typed work that goes on as a draft; others lose it when they close. */
bool stack_keeps(const struct stack *s);
/* What is typed on a form and in the dialogs over it, and what it is about. False when nothing
 * is there to be kept. */
bool stack_draft(
    const struct stack *s, const struct screen *form, struct screen_about *about, struct bytes_out *out);
/* Opens the form of a draft again, with the reply of draft.take; says so when it cannot. */
void stack_reopen(struct stack *s, const struct reply *taken, const uint8_t key[OP_DRAFT_KEY]);
/* The nth screen with a form that is kept as a draft; NULL after the last. */
struct screen *stack_form(const struct stack *s, int n);

void stack_draw(struct stack *s, const struct area *work);
void stack_resize(struct stack *s, const struct area *work);

#endif
