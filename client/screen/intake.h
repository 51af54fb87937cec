/* The intake form's state, shared by its files only. */
#ifndef YIMEN_SCREEN_INTAKE_H
#define YIMEN_SCREEN_INTAKE_H

#include "client/screen/issue.h"
#include "client/screen/screen.h"
#include "client/screen/ticks.h"
#include "client/ui/form.h"

/* Fields in the order of the form; those of case.receive after the item. */
enum intake_field {
	INTAKE_ID_KIND,
	INTAKE_ID_NO,
	INTAKE_NAME,
	INTAKE_PHONE,
	INTAKE_ADDRESS,
	INTAKE_MATTER,
	INTAKE_AGENT_NAME,
	INTAKE_AGENT_PHONE,
	INTAKE_AGENT_ID_KIND,
	INTAKE_AGENT_ID_NO,
	INTAKE_AGENT_SCOPE,
	INTAKE_AGENT_UNTIL,
	INTAKE_FIELDS
};

struct intake {
	int64_t item_id, case_id; /* case_id: once it is received */
	int32_t version;
	char number[64];
	char item[1024], facts[256];
	struct form form;
	struct ticks ticks;
	struct issue issue;
	bool in_ticks; /* the keys are with the materials */
	bool known;    /* the applicant was recalled */
	int64_t open_cases;
	char asked[64];  /* the number that was looked up last */
	bool correcting; /* F5, not F10 */
	char remark[ARG_TEXT];
};

extern const struct form_field intake_fields[];
extern const struct form_ops intake_form_ops;
/* The payload of case.receive. */
struct bytes_out intake_payload(const struct intake *in);
/* Puts the refusal of a reply under the field it names. True when it names one. */
bool intake_blame(struct intake *in, const struct reply *r);
void intake_draw(struct screen *s, const struct area *a);

#endif
