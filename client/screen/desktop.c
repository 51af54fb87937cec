/* Commands of the whole program on the stack: see desktop.h. */
#include "client/screen/desktop.h"

#include <stdio.h>

#include "client/ui/lang.h"
#include "client/ui/scan.h"

/* Over typed work it is only laid on top: Esc comes back to the form. */
static void open_queue(struct stack *s, const struct screen_arg *arg)
{
	if (stack_dirty(s)) {
		stack_push(s, &screen_queue, arg);
		stack_say(s, FACE_PLAIN, _("The form stays as it is: Esc goes back to it."));
	} else {
		stack_restart(s, &screen_queue, arg);
	}
}

static void open_new(struct stack *s, const struct screen_arg *arg)
{
	stack_drop(s, &screen_finder);
	stack_push(s, &screen_finder, arg);
}

/* Help and palette are about the screen they are opened over. */
static void open_about(struct stack *s, const struct screen_ops *ops)
{
	struct screen *top = stack_top(s);
	struct screen_arg arg = {.number = top == NULL ? 0 : (int64_t)top->ops->on};
	size_t at =
	    (size_t)snprintf(arg.text, sizeof arg.text, "%s\n", top == NULL ? "" : _(top->ops->title));
	/* Of each command whether it does nothing there now, as the key bar is told. */
	for (size_t i = 0; command_at(i) != NULL && at + 1 < sizeof arg.text; i++) {
		const char *label = top == NULL || top->ops->label == NULL
					? NULL
					: top->ops->label(top, command_at(i)->request);
		arg.text[at++] = label != NULL && *label == '\0' ? '-' : '+';
	}
	stack_push(s, ops, &arg);
}

/* The bottom screen stays: from there only Ctrl-Q leaves. */
static bool back(struct stack *s)
{
	struct screen *top = stack_top(s);
	if (s->n <= 1 || top == NULL) {
		stack_say(s, FACE_PLAIN, _("Ctrl-Q logs out and leaves."));
		return true;
	}
	stack_close_top(s);
	return true;
}

void desktop_scan(struct stack *s, const char *text)
{
	struct screen_arg arg = {.number = 1};
	if (stack_has(s, &screen_login) || stack_has(s, &screen_lock) || stack_has(s, &screen_password)) {
		stack_say(
		    s, FACE_ERROR, _("A number was scanned: give the password first, then scan it again."));
		s->host->beep(s->ctx);
		return;
	}
	snprintf(arg.text, sizeof arg.text, "%s", text);
	if (scan_case_number(text, s->desk.hall_no)) {
		stack_push(s, &screen_search, &arg);
		return;
	}
	stack_drop(s, &screen_finder);
	stack_push(s, &screen_finder, &arg);
}

bool desktop_may_leave(struct stack *s, enum request now)
{
	struct screen_arg arg = {.kind = "ask", .number = now};
	int papers = s->desk.npapers;
	if (papers == 0)
		return true;
	snprintf(arg.text, sizeof arg.text,
	    ngettext("%d paper has not come out of the printer yet; at the next login it is asked about. "
		     "Leave?",
		"%d papers have not come out of the printer yet; at the next login they are asked "
		"about. "
		"Leave?",
		(unsigned long)papers),
	    papers);
	stack_push(s, &screen_confirm, &arg);
	return false;
}

/* Screens of posts, whereabouts, parallel review: each is open once. */
static bool open_floor(struct stack *s, enum request r)
{
	static const struct {
		enum request request;
		const struct screen_ops *ops;
	} rows[] = {{REQ_DUTY, &screen_duty}, {REQ_HAND_POST, &screen_duty}, {REQ_GIVE_POST, &screen_duty},
	    {REQ_DONE, &screen_duty}, {REQ_HANDOVERS, &screen_handovers}, {REQ_BOARD, &screen_board},
	    {REQ_SIGN_IN, &screen_board}, {REQ_SIGN_OUT, &screen_board}, {REQ_AWAY, &screen_board},
	    {REQ_COME_BACK, &screen_board}, {REQ_LEAVES, &screen_leaves}, {REQ_ASK_LEAVE, &screen_leaves},
	    {REQ_ATTENDANCE, &screen_attendance}, {REQ_REVIEWS, &screen_reviews},
	    {REQ_SILENCES, &screen_silences}};
	struct screen_arg arg = {.number = (int64_t)r};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].request != r)
			continue;
		stack_drop(s, rows[i].ops);
		stack_push(s, rows[i].ops, &arg);
		return true;
	}
	return false;
}

bool desktop_request(struct stack *s, enum request r, const struct screen_arg *arg)
{
	switch (r) {
	case REQ_NEW:
		open_new(s, arg);
		return true;
	case REQ_BY_HAND:
		open_new(s, &(struct screen_arg){.hand = true});
		return true;
	case REQ_QUEUE:
		open_queue(s, NULL);
		return true;
	case REQ_LIST_URGENT:
	case REQ_LIST_CORRECTING:
	case REQ_LIST_STOPPED:
	case REQ_LIST_FORWARDED:
	case REQ_LIST_CLOSE:
	case REQ_LIST_DELIVER:
		open_queue(s, &(struct screen_arg){.number = (int64_t)r - REQ_LIST_URGENT + 1});
		return true;
	case REQ_VISIT:
		stack_push(s, &screen_visit, NULL);
		return true;
	case REQ_VISITS:
		stack_drop(s, &screen_visits);
		stack_push(s, &screen_visits, NULL);
		return true;
	case REQ_DAYS:
		stack_drop(s, &screen_days);
		stack_push(s, &screen_days, NULL);
		return true;
	case REQ_EXCEPTIONS:
		stack_drop(s, &screen_exceptions);
		stack_push(s, &screen_exceptions, NULL);
		return true;
	case REQ_NEGATIVES:
		stack_drop(s, &screen_negatives);
		stack_push(s, &screen_negatives, NULL);
		return true;
	case REQ_LATE:
		stack_drop(s, &screen_late);
		stack_push(s, &screen_late, NULL);
		return true;
	case REQ_SERVICES:
		stack_drop(s, &screen_services);
		stack_push(s, &screen_services, NULL);
		return true;
	case REQ_PROJECTS:
		stack_drop(s, &screen_projects);
		stack_push(s, &screen_projects, NULL);
		return true;
	case REQ_MEETINGS:
		stack_drop(s, &screen_meetings);
		stack_push(s, &screen_meetings, NULL);
		return true;
	case REQ_FIND:
	case REQ_NOTICES:
		stack_push(s, &screen_search, arg);
		return true;
	case REQ_HELP:
		open_about(s, &screen_help);
		return true;
	case REQ_PALETTE:
		open_about(s, &screen_palette);
		return true;
	case REQ_PRINTS:
		stack_push(s, &screen_prints, NULL);
		return true;
	case REQ_PASSWORD:
		stack_push(s, &screen_password, NULL);
		return true;
	case REQ_BACK:
		return back(s);
	default:
		return open_floor(s, r);
	}
}
