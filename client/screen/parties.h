/*
 * Whoever else an application is of or for: further applicants, a minor's
 * guardian, an organisation's representative. A part of the intake form that
 * opens over it when wanted: a list, and a form for one of them. What is half
 * typed stays when it closes. Knows no case and sends nothing itself.
 */
#ifndef YIMEN_SCREEN_PARTIES_H
#define YIMEN_SCREEN_PARTIES_H

#include <stdbool.h>
#include <stdint.h>

#include "client/ui/form.h"

struct bytes_out;
struct key;
struct reply;

enum { PARTIES_MAX = 30 };

enum party_field {
	PARTY_ROLE,
	PARTY_ID_KIND,
	PARTY_ID_NO,
	PARTY_NAME,
	PARTY_PHONE,
	PARTY_ADDRESS,
	PARTY_FIELDS
};

/* Values as on the form; "" where there is none. */
struct party {
	char value[PARTY_FIELDS][804];
};

struct parties {
	struct party list[PARTIES_MAX];
	int n;
	struct form form;
	int edited;               /* the one that is in the form to be changed; −1: a new one */
	int at;                   /* the cursor in the list */
	bool open;                /* drawn, and has the keys */
	bool inlist;              /* the keys are with the list */
	bool org;                 /* the first applicant is an organisation */
	bool keep;                /* recalled, nothing typed since: Enter adds it as it is */
	bool lookup;              /* a whole number was left that is to be looked up */
	int today;                /* YYYYMMDD */
	char first[512];          /* the first applicant's name, for the eye */
	char first_id[64];        /* and number */
	char asked[64];           /* the number looked up last */
	char said[FORM_SENTENCE]; /* why it opened by itself, or what is wrong */
};

void parties_init(struct parties *p);
void parties_done(struct parties *p);
/* Opens; role: what a new one is meant to be, NULL: by the first applicant. today: days. */
void parties_show(struct parties *p, const char *kind, const char *id_no, const char *name, const char *role,
    int32_t today, const char *said);
void parties_close(struct parties *p);

enum parties_result {
	PARTIES_UNUSED,  /* not a key of the part */
	PARTIES_MOVED,   /* it did something */
	PARTIES_ADDED,   /* one was added or changed */
	PARTIES_REFUSED, /* said has the sentence */
};
enum parties_result parties_key(struct parties *p, const struct key *k);
/* To the list and back. */
void parties_turn(struct parties *p);
/* What is typed becomes one of them. False when it cannot: said has the sentence. True also
 * when nothing is typed. */
bool parties_add(struct parties *p);
/* Something is typed that is not added. */
bool parties_typing(const struct parties *p);
/* A number to look up: kind and no. Once for each. */
bool parties_wants(struct parties *p, const char **kind, const char **no);
/* The answer of applicant.find. */
void parties_recalled(struct parties *p, const struct reply *r);
/* One that is known already: of an earlier case of the visit. */
void parties_take(struct parties *p, const char *const value[PARTY_FIELDS]);
/* How many have this role. */
int parties_count(const struct parties *p, const char *role);
/* The first applicant is under 18 by the number on that day (days), and no guardian is here. */
bool parties_lacks_guardian(const struct parties *p, const char *kind, const char *id_no, int32_t day);
/* The six arrays of case.receive. */
void parties_put(const struct parties *p, struct bytes_out *out);
/* A line about them: 2 more applicants · guardian; "" for none. Returns buf. */
char *parties_line(const struct parties *p, char *buf, size_t size);

/* As a part of a draft, and again. */
struct bytes_in;
void parties_save(const struct parties *p, struct bytes_out *out);
void parties_restore(struct parties *p, struct bytes_in *from);

struct area;
void parties_draw(struct parties *p, const struct area *a);

#endif
