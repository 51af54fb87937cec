/*
 * What the stack of screens is, and what can be asked of it without changing it.
 * What lies outside (link, printer, terminal) it asks of a host, so tests can be one.
 */
#ifndef YIMEN_SCREEN_STACK_LOOK_H
#define YIMEN_SCREEN_STACK_LOOK_H

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
	/* A draft taken from the hall (the reply of draft.take) is to be opened again. */
	void (*reopen)(void *ctx, const struct reply *taken, const uint8_t key[OP_DRAFT_KEY]);
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

/* The screen with the keys; NULL when there is none. */
struct screen *stack_top(const struct stack *s);
/* NULL: it has closed. */
struct screen *stack_by_id(const struct stack *s, uint32_t id);
/* A screen with these operations is open. */
bool stack_has(const struct stack *s, const struct screen_ops *ops);
/* Some screen holds typed work. */
bool stack_dirty(const struct stack *s);
/* The top screen waits for an answer. */
bool stack_waits(const struct stack *s);
/* Under a lock or a login nobody is told anything: somebody else may stand there. */
bool stack_covered(const struct stack *s, const struct screen *sc);

#endif
