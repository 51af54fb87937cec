/*
 * yimenctl, for client/ctl*.c only: its options, the encoding of key=value, the one call
 * it makes, and the ways to write what came back.
 */
#ifndef YIMEN_CLIENT_CTL_H
#define YIMEN_CLIENT_CTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "client/reply.h"
#include "client/transfer.h"
#include "common/bytes.h"
#include "common/op.h"

enum ctl_format { CTL_TABLE, CTL_JSON, CTL_CSV };

/* What the shell is told (sysexits where there is one). */
enum ctl_exit {
	CTL_DONE = 0,
	CTL_REFUSED = 1,
	CTL_USAGE = 2,
	CTL_UNAVAILABLE = 69,
	CTL_LATER = 75,
	CTL_DENIED = 77,
	CTL_CONFIG = 78,
};

struct ctl_options {
	enum ctl_format format;
	const char *paper;   /* folder for a PDF; NULL: none */
	const char *printer; /* name of a printer of the settings; NULL: none */
	const char *text;    /* lines in this code, utf8 or gb18030; NULL: none */
	long count;          /* of events; 0: until interrupted */
	int seconds;         /* for everything together */
};

/* ctl_say.c: a line on stderr that begins with the program's name. */
__attribute__((format(printf, 1, 2))) void ctl_say(const char *fmt, ...);

/* ctl_args.c: puts what the file holds in place of key=@FILE, for passwords; wipe it with
 * ctl_secrets_done(). False after saying what is wrong. */
bool ctl_secrets(const struct op *op, int argc, char **argv);
void ctl_secrets_done(void);
/* Encodes key=value… as the fields of op. False after saying what is wrong. */
bool ctl_encode(const struct op *op, int argc, char **argv, struct bytes_out *out);
/* The value given for a key, NULL when there is none. */
const char *ctl_value(int argc, char **argv, const char *key);

/* ctl_call.c: connects, logs in, asks, writes the answer. The exit code. */
int ctl_call(const struct ctl_options *opt, const struct op *op, int argc, char **argv);

/* ctl_token.c: the session kept between calls. */
struct ctl_token {
	unsigned char token[64];
	size_t len;
	int lock; /* held while a session is being opened; −1: not */
};
/* Waits for other calls that are just logging in, and reads what they left. */
void ctl_token_open(struct ctl_token *t, const char *state, const char *login);
void ctl_token_save(struct ctl_token *t, const char *state, const struct reply *session);
void ctl_token_forget(struct ctl_token *t, const char *state);
/* Lets other calls go on. */
void ctl_token_release(struct ctl_token *t);

/* ctl_out.c: writes rows. */
void ctl_print(const struct ctl_options *opt, const struct reply *r, FILE *to);
/* Rows of a stream, as they come; first: with their heading. */
void ctl_print_stream(const struct ctl_options *opt, const struct reply *r, bool first, FILE *to);

/* ctl_paper.c: blocks become a PDF in opt->paper, a paper at opt->printer, or lines on stdout. */
struct settings;
int ctl_paper(const struct ctl_options *opt, const struct settings *settings, const struct reply *blocks,
    const struct reply *hello);

/* ctl_attach.c: whole attachments, paper.put file=PATH and paper.get without a chunk's number. */
struct ctl_attach;
bool ctl_attach_wanted(const struct op *op, int argc, char **argv);
/* NULL after saying what is wrong. */
struct ctl_attach *ctl_attach_open(const struct op *op, int argc, char **argv);
void ctl_attach_free(struct ctl_attach *s);
/* The fields of the next request. */
void ctl_attach_request(const struct ctl_attach *s, struct bytes_out *out);
enum transfer_verdict ctl_attach_reply(struct ctl_attach *s, const struct reply *r);
/* After TRANSFER_DONE: writes what was got, or the row of what was put. The exit code. */
int ctl_attach_finish(struct ctl_attach *s, const struct ctl_options *opt, const struct reply *r);
/* Why an answer that is no refusal failed. */
const char *ctl_attach_code(const struct ctl_attach *s);

/* ctl_list.c: the operations and their fields, for people; operations, outcome, refusals or
 * settings as mdoc for the manual. The exit code. */
int ctl_list(const char *noun);
int ctl_manual(const char *what);
void ctl_op_usage(const struct op *op, FILE *to);

#endif
