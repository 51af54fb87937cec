/* Handing a post over (POST-3): its state, shared by its three files. */
#ifndef YIMEN_SCREEN_HANDING_H
#define YIMEN_SCREEN_HANDING_H

#include "client/screen/roll.h"
#include "client/ui/form.h"

enum handing_field {
	HANDING_TO,
	HANDING_ABSENCE,
	HANDING_FROM,
	HANDING_UNTIL,
	HANDING_REASON,
	HANDING_THINGS,
	HANDING_FIELDS
};
enum { HANDING_CASES = 200, HANDING_NOTE = 200, HANDING_PEOPLE = 32, HANDING_ABSENCES = 16 };

struct handing_note {
	int64_t case_id;
	char text[HANDING_NOTE * 4 + 4];
};

struct handing {
	struct roll roll;             /* first: the post's open cases */
	int64_t post_id, handover_id; /* handover_id not 0: the plan of this one changes, its cases stay */
	int64_t now;                  /* what a time of day is read against */
	int64_t to;                   /* who was chosen, before the people are known */
	int64_t absence_id;           /* the same of the giver's absence it is for; 0: none */
	bool done;
	char post[256];
	struct form_field fields[HANDING_FIELDS];
	struct form_choice people[HANDING_PEOPLE + 2];
	char value[HANDING_PEOPLE][24], label[HANDING_PEOPLE][160];
	struct reply *leaves; /* the giver's absences; those to come are the choices */
	int nabsences;
	struct form_choice absences[HANDING_ABSENCES + 2];
	char absence[HANDING_ABSENCES][24], leave[HANDING_ABSENCES][200];
	struct form form;
	struct editor line; /* the note of the case at the cursor; the form has no focus then */
	struct handing_note notes[HANDING_CASES];
	int nnotes;
	int64_t go; /* of a draft: the case in whose note the caret stood, until the cases are here */
};

extern const struct list_ops handing_list;
void handing_draw(struct screen *s, const struct area *a);
/* The note of a case; "" when it has none. */
const char *handing_note(const struct handing *h, int64_t case_id);

/* The rows of post.show: who may take it over. */
void handing_people(struct handing *h, const struct reply *r);
/* The rows of absence.list: what it may be for. */
void handing_absences(struct handing *h, const struct reply *r);
/* The absence it is for; 0: none. */
int64_t handing_absence(const struct handing *h);
void handing_put_absence(const struct handing *h, struct bytes_out *out);
/* From, until and why are those of the absence chosen, where nothing else was typed. */
void handing_for(struct handing *h);

#endif
