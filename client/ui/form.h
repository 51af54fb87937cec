/*
 * A form: labelled fields in rows, one of them with the keys; judged while
 * being typed, with the sentence under the row. The owner gives the fields'
 * table and the callbacks that judge. Knows no case.
 */
#ifndef YIMEN_UI_FORM_H
#define YIMEN_UI_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "client/ui/draw.h"
#include "client/ui/editor.h"

struct key;
struct form;

enum form_kind { FORM_LINE, FORM_SECRET, FORM_CHOICE };
enum { FORM_FIELDS = 16, FORM_SENTENCE = 240, FORM_SOUGHT = 48 };

struct form_choice {
	const char *value, *label; /* label is a msgid */
};
/* The translated label of a value; itself when it is none of them. */
const char *form_choice_said(const struct form_choice *choices, const char *value);

struct form_field {
	const char *name;                  /* the wire's name of the field; key of Ctrl-R */
	const char *label;                 /* msgid */
	const char *hint;                  /* msgid of what is meant, shown while it is empty; NULL */
	const struct form_choice *choices; /* ended by a NULL value */
	uint16_t max;                      /* characters */
	uint8_t kind;
	uint8_t row;    /* fields of one row stand side by side */
	uint8_t weight; /* share of the row's width; 0 counts as 1 */
	bool required;
	bool apart;    /* no number of the choice beside it: letters typed on that are its own */
	bool personal; /* about one person: Ctrl-R never gives it to another */
};

struct form_ops {
	/* NULL or a refusal code. done: the person left the field; before, a good beginning
	 * is good. May be NULL. */
	const char *(*check)(const struct form *f, int field, bool done);
	/* The field is passed over and shown dim. May be NULL: all are in use. */
	bool (*used)(const struct form *f, int field);
	/* The field is not there at all; its row goes when none of it is. May be NULL. */
	bool (*absent)(const struct form *f, int field);
	/* Its label now, a msgid. May be NULL: the table's. */
	const char *(*label)(const struct form *f, int field);
	/* The sentence of a code for this field. */
	void (*explain)(const struct form *f, int field, const char *code, char *buf, size_t size);
};

struct form {
	const struct form_field *fields;
	const struct form_ops *ops;
	const void *owner;
	int n;
	int focus; /* −1: the keys are elsewhere */
	struct editor line[FORM_FIELDS];
	int choice[FORM_FIELDS];
	char
	    digit; /* that chose just now, and what stood there before: a second one makes a number of both */
	int chosen_from;
	char sought[FORM_SOUGHT];  /* letters typed on a choice, which its name begins with */
	bool touched[FORM_FIELDS]; /* typed in by the person */
	bool given[FORM_FIELDS];   /* filled in for the person, who has not touched it */
	bool good[FORM_FIELDS];    /* complete and right: shown by a mark */
	bool frozen;               /* shown, not changed */
	char error[FORM_FIELDS][FORM_SENTENCE];
};

enum form_result {
	FORM_UNUSED,  /* not a key of the form */
	FORM_MOVED,   /* within a field, or nothing at all */
	FORM_CHANGED, /* the value of field focus */
	FORM_LEFT,    /* went on from a field to the next one (or back) */
	FORM_END,     /* went on from the last field; focus stays there */
	FORM_REFUSED, /* the key did nothing; see form_refusal */
};

void form_init(
    struct form *f, const struct form_field *fields, int n, const struct form_ops *ops, const void *owner);
/* Overwrites what was typed, for passwords and other people's data. */
void form_wipe(struct form *f);
enum form_result form_key(struct form *f, const struct key *k);
/* Index of the field with this name, −1. */
int form_index(const struct form *f, const char *name);
const char *form_value(const struct form *f, int field);
void form_set(struct form *f, int field, const char *value);
/* Fills in what is known already, unless the person typed there: selected when the keys come
 * to it, so that typing replaces it. */
void form_give(struct form *f, int field, const char *value);
/* The keys go to this field. */
void form_go(struct form *f, int field);
/* The label of a field now, translated. */
const char *form_label(const struct form *f, int field);
/* Puts the sentence of code under the field; NULL takes it away. */
void form_blame(struct form *f, int field, const char *code);
void form_blame_text(struct form *f, int field, const char *sentence);
/* Judges every field as left; focuses the first bad one. True when all are good. */
bool form_check(struct form *f);
/* Judges one field as left. */
bool form_check_field(struct form *f, int field);
/* Remembers all values for Ctrl-R. */
void form_remember(const struct form *f);
bool form_empty(const struct form *f);
/* Draws into the area; returns the rows used. */
int form_draw(struct form *f, const struct area *a);
/* Rows it wants at this width. */
int form_rows(const struct form *f);
/* The field is there now, whether in use or not. */
bool form_present(const struct form *f, int field);

#endif
