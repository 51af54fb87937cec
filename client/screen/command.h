/*
 * The one table of commands: from it come what a key means on a screen, the
 * key bar, the help (F1, ?) and the palette (F9, Ctrl-P).
 */
#ifndef YIMEN_SCREEN_COMMAND_H
#define YIMEN_SCREEN_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "client/ui/bar.h"
#include "client/ui/draw.h"
#include "client/ui/key.h"

/* What a person can ask for. REQ_KEY is a key without a command: a letter for a field. */
enum request {
	REQ_KEY,
	REQ_BACK,
	REQ_HELP,
	REQ_NEW,
	REQ_QUEUE,
	REQ_FIND,
	REQ_CORRECT,
	REQ_DEPARTMENT,
	REQ_MINE,
	REQ_MATERIALS,
	REQ_PALETTE,
	REQ_COMMIT,
	REQ_NOTE,
	REQ_PARTIES,
	REQ_ANOTHER,
	REQ_BY_HAND,
	REQ_OPEN,
	REQ_PRINT,
	REQ_PRINTS,
	REQ_CAME_OUT,
	REQ_NOT_OUT,
	REQ_PRINTER,
	REQ_PANE,
	REQ_PAPERS,
	REQ_ATTACH,
	REQ_KEEP,
	REQ_GIVE_BACK,
	REQ_EXPORT,
	REQ_VOID_PAPER,
	REQ_REFRESH,
	REQ_NOTICES,
	REQ_DECLINE,
	REQ_WITHDRAW,
	REQ_AMEND,
	REQ_VOID,
	REQ_POST, /* choose a post; where there is none, the materials */
	REQ_EXCEPTIONS,
	REQ_NEGATIVES,
	REQ_NEGATIVE,
	REQ_LATE,
	REQ_SERVICES,
	REQ_PROOF,
	REQ_DAYS,
	REQ_LIST_URGENT, /* lists of the queue, in their order */
	REQ_LIST_CORRECTING,
	REQ_LIST_STOPPED,
	REQ_LIST_FORWARDED,
	REQ_LIST_CLOSE,
	REQ_LIST_DELIVER,
	REQ_VISIT,
	REQ_VISITS,
	REQ_HAND,
	REQ_POINT,
	REQ_SCOPE,
	REQ_DAY,
	REQ_REVEAL,
	REQ_SERVICE,
	REQ_LOCK,
	REQ_PASSWORD,
	REQ_LOGOUT,
	REQ_QUIT,
	REQ_LOGOUT_NOW, /* after the question was answered */
	REQ_QUIT_NOW,
	REQ_DRAFTS,
	REQ_DROP,
	REQ_THEIRS,
	REQ_OURS,
	REQ_DUTY,
	REQ_TAKE, /* the post offered in the status line; never a screen's own */
	REQ_GIVE_POST,
	REQ_DONE, /* what was done as a post */
	REQ_HAND_POST,
	REQ_ASSIGN,
	REQ_APPOINT,
	REQ_HANDOVERS,
	REQ_CHANGE,
	REQ_BOARD,
	REQ_SIGN_IN,
	REQ_SIGN_OUT,
	REQ_AWAY,
	REQ_COME_BACK,
	REQ_LEAVES,
	REQ_ASK_LEAVE,
	REQ_ATTENDANCE,
	REQ_REVIEWS,
	REQ_JOINT,
	REQ_CASE,
	REQ_REJECT,
	REQ_EXCEPT,
	REQ_PROJECTS,
	REQ_NEW_PROJECT,
	REQ_STAGE, /* receive the next stage; over an intake, its project and reviews */
	REQ_PHRASE,
	REQ_MEETINGS,
	REQ_CALL_MEETING,
	REQ_SHEET,
	REQ_SIGN_CALL,
	REQ_PRESENT,
	REQ_AGREE_THERE,
	REQ_MOVE_MEETING,
	REQ_CALL_OFF,
	REQ_SILENCES,
	REQ_LICENCE, /* name the licence a renewal renews */
	REQ_FOLLOW,  /* file the written decision to what silence granted */
	REQ_ADVANCE, /* from here on: act.h */
	REQ_SEND_BACK,
	REQ_SUSPEND,
	REQ_RESUME,
	REQ_EXTEND,
	REQ_EXPEDITE,
	REQ_FORWARD,
	REQ_TRACK,
	REQ_RETURN,
	REQ_GRANT,
	REQ_REFUSE,
	REQ_CLOSE,
	REQ_DELIVER,
	REQ_FEE_ASK,
	REQ_FEE_REDUCE,
	REQ_FEE_PAY,
	REQ_FEE_CANCEL,
};

/* Kinds of screen, as bits of 64. */
enum {
	ON_LOGIN = 1,
	ON_QUEUE = 2,
	ON_FINDER = 4,
	ON_INTAKE = 8,
	ON_HANDLE = 16, /* a case's materials: answer, accept, correct */
	ON_SEARCH = 32,
	ON_CASE = 64,
	ON_DIALOG = 128,
	ON_LIST_DIALOG = 256,
	ON_HELP = 512,
	ON_LOCK = 1024,
	ON_VISIT = 2048,
	ON_VISITS = 4096,
	ON_PROOF = 0x2000, /* every date of a limit */
	ON_PRINTS = 0x4000,
	ON_PAPERS = 0x8000,    /* attachments and originals of a case */
	ON_CONFLICT = 0x10000, /* two versions side by side */
	ON_DRAFTS = 0x20000,
	ON_OUTCOME = 0x40000,   /* forms of declining and amending */
	ON_QUESTION = 0x400000, /* nothing is typed there: Enter, Delete, Esc */
	ON_RECORDS = 0x80000,   /* exceptions, the register of negative decisions */
	ON_DAYS = 0x800000,     /* what falls due on which day */
	ON_FORM =
	    0x200000, /* beside its own bit: a dialog whose typed work stays as a draft when one leads away */
	ON_DUTY = 0x1000000, /* posts and who holds them */
	ON_POST = 0x2000000, /* one of them */
	ON_BOARD = 0x4000000,
	ON_LEAVES = 0x8000000,
	ON_ATTENDANCE = 0x10000000,
	ON_HANDOVERS = 0x20000000,   /* lists of handovers */
	ON_HANDOVER = 0x40000000,    /* one of them */
	ON_HANDING = 0x100000,       /* the form that makes one */
	ON_REVIEWS = 0x100000000,    /* reviews of joint cases: one's own, those one leads, tonight's */
	ON_REVIEW = 0x200000000,     /* one of them, for who answers it */
	ON_JOINT = 0x400000000,      /* all of one case, for who leads it */
	ON_PROJECTS = 0x800000000,   /* construction projects */
	ON_PROJECT = 0x1000000000,   /* the stages of one */
	ON_OPINION = 0x2000000000,   /* forms of an answer, beside their own bits */
	ON_MEETINGS = 0x4000000000,  /* meetings of a case, or those to come */
	ON_MEETING = 0x8000000000,   /* one of them */
	ON_SILENCES = 0x10000000000, /* what silence grants, or granted */
	ON_TOGETHER = ON_REVIEWS | ON_REVIEW | ON_JOINT | ON_PROJECTS | ON_PROJECT | ON_OPINION |
		      ON_MEETINGS | ON_MEETING | ON_SILENCES,
	ON_FLOOR = ON_DUTY | ON_POST | ON_BOARD | ON_LEAVES | ON_ATTENDANCE | ON_HANDOVERS | ON_HANDOVER,
	ON_WORK = ON_QUEUE | ON_FINDER | ON_INTAKE | ON_HANDLE | ON_SEARCH | ON_CASE | ON_VISIT | ON_VISITS |
		  ON_PRINTS | ON_PAPERS | ON_RECORDS | ON_PROOF | ON_DAYS | ON_FLOOR | ON_HANDING | ON_FORM |
		  ON_TOGETHER,
	ON_ANY = 0x1ffffffffff,
};

/* What may follow a command's initials in the menu's line (line.h). */
enum takes { TAKES_NOTHING, TAKES_ITEM, TAKES_CASE, TAKES_TEXT };

struct command {
	enum request request;
	enum key_code key;
	enum takes takes;
	char letter;          /* of K_TEXT and K_CTRL */
	uint64_t on;          /* screens where it means something */
	uint64_t bar;         /* screens whose key bar shows it */
	const char *label;    /* msgid, a word or two */
	const char *initials; /* of its Chinese name, for the palette; NULL: not in the palette */
	const char *help;     /* msgid, a sentence */
	const char *also;     /* other initials, of the line only; NULL */
};

/* The nth command; NULL after the last. */
const struct command *command_at(size_t n);
/* What k asks for on this kind of screen; REQ_KEY when nothing. */
enum request command_of(uint64_t on, const struct key *k);
/* The key bar of this kind of screen. Returns the number of keys, at most max. */
int command_bar(uint64_t on, struct bar_key *keys, int max);
/* Commands of the palette there which fit what was typed (part of the name, or initials). */
int command_search(uint64_t on, const char *typed, const struct command **found, int max);

/* The same, when no command there has these initials or this name: what begins alike is not meant. */
const struct command *command_elsewhere(uint64_t on, const char *typed);

/* The command of a case that has exactly this name or these initials, or NULL. */
const struct command *command_of_case(const char *typed);

/* One row of the menu or of the help. */
void command_draw(const struct command *c, const struct area *a, bool selected);

/* Prints the table as mdoc for the manual, in English whatever the language. */
void command_print_mdoc(void);

#endif
