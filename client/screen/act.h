/*
 * What may be done to a case from acceptance on (CASE-5 … CASE-10, FEE-1), a
 * row each: the command it sends, the fields of its short form, the paper it
 * makes. One screen (act.c) is the form of all of them. Fields go to the wire
 * by name and type, as the command's row in common/op says.
 */
#ifndef YIMEN_SCREEN_ACT_H
#define YIMEN_SCREEN_ACT_H

#include <stdbool.h>
#include <stdint.h>

#include "client/screen/command.h"
#include "client/ui/form.h"

struct bytes_out;
struct effects;
struct op_field;
struct reply;

struct act {
	const char *name;    /* the action, as the hall's table of transitions has it */
	const char *title;   /* msgid */
	const char *foot;    /* msgid: what F10 does */
	const char *op;      /* the command */
	const char *paper;   /* kind of the notice it makes; NULL: none */
	const char *refused; /* with this code an exception is wanted … */
	const char *except;  /* … of this kind */
	const struct form_field *fields;
	int n;
	enum request request; /* what opens it */
};

/* The nth; NULL after the last. */
const struct act *act_at(int n);
const struct act *act_named(const char *name);
const struct act *act_of_request(enum request r);
/* The fields of the wire from in on, but for the draft, out of the form's of the same name; days
 * of a date count from today. */
void act_put(const struct form *f, const struct op_field *in, int32_t today, struct bytes_out *out);
/* NULL, or the code of what is wrong with what was typed for this field of the wire. */
const char *act_check(const struct op_field *in, const char *typed, int32_t today);
/* Fen of what was typed as yuan: 12, 12.5, 12.50. False when it is none. */
bool act_money(const char *typed, int64_t *fen);

/* Opens what a case waits for, by its action: a form, or its materials. False: it waits for
 * nothing. */
bool act_next(const char *action, int64_t case_id, struct effects *fx);
/* What the key for that is called then, translated; NULL: nothing. */
const char *act_label(const char *action);

/* Whether something can be done to a case now, said before anything is typed: act_bar.c. */

enum act_bar {
	ACT_FREE,
	ACT_BARRED, /* it was said why not */
	ACT_EXCEPT  /* … and the exception that would let it be done is being asked for */
};

/* Asks case.acts. */
void act_ask(struct effects *fx, int tag, int64_t case_id, const char *action);
/* Its answer. next: the action the case waits for, "". */
enum act_bar act_barred(
    const struct reply *r, int64_t case_id, const char *number, const char *next, struct effects *fx);

#endif
