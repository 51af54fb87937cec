/* The intake form's state, shared by its files only. */
#ifndef YIMEN_SCREEN_INTAKE_H
#define YIMEN_SCREEN_INTAKE_H

#include "client/screen/issue.h"
#include "client/screen/parties.h"
#include "client/screen/screen.h"
#include "client/screen/ticks.h"
#include "client/ui/form.h"

/* Fields in the order of the form; those of case.receive after the item. */
enum intake_field {
	INTAKE_HAND_NO, /* these three only when it was received by hand */
	INTAKE_HAND_AT,
	INTAKE_HAND_REASON,
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

/* Of a joint item: the project a stage is received for, and which of its conditional reviews the
 * case needs (PAR-1, PAR-6). */
enum { INTAKE_REVIEWS = 64 };
struct intake_joint {
	struct reply *rows; /* of project.stage; NULL or none: the item is not joint */
	int64_t project_id;
	char project[1024];
	bool wanted[INTAKE_REVIEWS]; /* by row */
	bool chosen;                 /* … and looked through */
	bool restored;               /* of a draft: nothing is asked when it opens */
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
	bool listed;   /* … which are here, were it none at all */
	bool known;    /* the applicant was recalled */
	bool keep;     /* nothing was typed since: Enter keeps it all and goes to the materials */
	bool renamed;  /* the other name was confirmed */
	int64_t open_cases;
	char asked[64];          /* the number that was looked up last */
	bool asking;             /* … and its answer is still to come */
	char asked_phone[64];    /* the telephone that was looked up last */
	char known_name[512];    /* as it is on file */
	struct reply *others;    /* the applicant's cases, to find one about the same item */
	enum request after;      /* F10 or F5 waits for the applicant; else KEY */
	bool correcting;         /* F5, not F10 */
	bool only_receipt;       /* F8: received, its receipt printed, and nothing decided yet */
	bool declining;          /* it is to be declined */
	char declined[ARG_TEXT]; /* what screen_declining gave back; its words, cut */
	char decline_cut[ARG_TEXT];
	bool immediate;        /* F10 finishes it on the spot (CASE-4) */
	char result[ARG_TEXT]; /* the item's result document, then what screen_result gave back */
	struct issue_words words;
	char remark[ARG_TEXT];
	struct parties parties;
	int64_t with_case; /* received before in this visit: one receipt for all; 0: none */
	int visit;         /* which item of the visit this is */
	bool hand;         /* received by hand, keyed in later */
	bool guardian;     /* the part of the parties was opened for a guardian */
	int64_t now;       /* business time at the last key */
	struct intake_joint joint;
};

extern const struct form_field intake_fields[];
extern const struct form_ops intake_form_ops;
/* The payload of case.receive. */
struct bytes_out intake_payload(const struct intake *in);
/* Puts the refusal of a reply under the field it names. True when it names one. */
bool intake_blame(struct intake *in, const struct reply *r);
/* Writes the date of the authority as the hall writes dates. */
void intake_tidy(struct intake *in);

/* The applicant on file: intake_recall.c. */
enum { INTAKE_APPLICANT = 3, INTAKE_OTHERS = 4 }; /* tags */
/* A whole, good number that was not looked up yet: asks for its applicant. True when asked. */
bool intake_recall(struct intake *in, struct effects *fx);
void intake_recalled(struct intake *in, const struct reply *r, struct effects *fx);
/* The applicant's cases have come. */
void intake_others(struct intake *in, const struct reply *r, struct effects *fx);
/* Asks for the applicant's cases. */
void intake_ask_others(struct intake *in, struct effects *fx);
/* Number of an open case of the applicant about this item; NULL. */
const char *intake_twin(const struct intake *in);
/* The kind of document follows a number that can be of one kind only. */
void intake_guess(struct intake *in, int kind, int no, struct effects *fx);
/* One of those with the telephone typed was chosen (arg: kind and number of the document). */
void intake_known(struct intake *in, const struct screen_arg *arg, struct effects *fx);
/* A telephone without a number of a document: who is known by it is to be chosen. True when asked. */
bool intake_ask_phone(struct intake *in, struct effects *fx);
/* The name differs from the one on file and nobody has confirmed it: asks. */
bool intake_rename(struct intake *in, int64_t choice, struct effects *fx);

/* Fills a field in, and judges it. */
void intake_give(struct form *f, int field, const char *value);
/* Agent of an earlier time; an authority that has ended is not filled in. */
void intake_give_agent(struct intake *in, const char *name, const char *phone, const char *kind,
    const char *no, const char *scope, bool dated, int32_t until);
/* Another one's agent: the data of the one before goes with the name. */
void intake_other_agent(struct intake *in);

/* Joint items: intake_joint.c. */
enum { INTAKE_STAGE = 9, INTAKE_PROJECT = 10 }; /* tags */
/* Asks what is reviewed of the item. */
void intake_joint_ask(struct intake *in, struct effects *fx);
/* It is a joint item, as far as is known. */
bool intake_joint(const struct intake *in);
void intake_joint_replied(struct intake *in, const struct message *m, struct effects *fx);
/* A request that a joint item takes differently; false: not its own. */
bool intake_joint_request(struct intake *in, enum request r, struct effects *fx);
/* What its choices gave back; false: not theirs. */
bool intake_joint_result(struct intake *in, const struct screen_arg *arg, struct effects *fx);
/* Project and reviews are chosen; else their choice opens. */
bool intake_joint_complete(struct intake *in, struct effects *fx);
/* The last two fields of case.receive. */
void intake_joint_put(const struct intake *in, struct bytes_out *out);
/* The project and how many review it, for the heading. */
void intake_joint_said(const struct intake *in, char *buf, size_t size);

/* Beside the ordinary: further parties, the visit's other items, papers written by hand:
 * intake_more.c. */
enum { INTAKE_PARTY = 6, INTAKE_VISIT = 7, INTAKE_BEFORE = 8 }; /* tags */
void intake_more_open(struct intake *in, const struct screen_arg *arg, struct effects *fx);
/* A request while the part of the parties is open, or one that opens it; false: not its own. */
bool intake_more_request(struct intake *in, enum request r, const struct key *k, struct effects *fx);
/* What the key bar says while that part is open. */
const char *intake_label(const struct screen *s, enum request r);
/* The keys go to the materials; a minor's guardian is asked for first. */
void intake_to_ticks(struct intake *in, struct effects *fx);
/* Parties and paper are fit to be sent; else it was said why. */
bool intake_more_complete(struct intake *in, struct effects *fx);
/* The day its terms run from, in days. */
int32_t intake_day(const struct intake *in);
const char *intake_check_hand(const struct form *f, int field, bool done);
/* Further parties, paper, visit: the fields of case.receive after the ticks. */
void intake_more_put(const struct intake *in, struct bytes_out *out);
/* An answer to one of its tags. */
void intake_more_replied(struct intake *in, const struct message *m, struct effects *fx);

void intake_draw(struct screen *s, const struct area *a);

/* intake_draft.c: the form as a draft. */
void intake_save(const struct screen *s, struct screen_about *about, struct bytes_out *out);
void intake_restore(
    struct screen *s, const struct screen_about *about, struct bytes_in *from, struct effects *fx);

#endif
