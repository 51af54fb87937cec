/* One connection's window and person (session.h). All changes of its state are here. */
#include "server/core/session.h"

#include <sodium.h>
#include <string.h>

void session_init(struct session *s)
{
	memset(s, 0, sizeof(*s));
}

uint64_t session_owner(const struct session *s)
{
	uint64_t owner;

	/* A hash: its first bytes are as good as all. */
	memcpy(&owner, s->cert, sizeof(owner));
	return owner | 1;
}

bool session_begin(struct session *s, enum session_step step)
{
	switch (step) {
	case SESSION_STEP_NONE:
		break;
	case SESSION_STEP_HELLO:
		if (s->state == SESSION_NEW)
			s->state = SESSION_ASKING;
		break;
	case SESSION_STEP_OPEN:
		if (s->state != SESSION_WINDOW || s->proving)
			return false;
		s->state = SESSION_OPENING;
		break;
	case SESSION_STEP_PROVE:
		if (s->proving)
			return false;
		s->proving = true;
		break;
	case SESSION_STEP_CLOSE:
		return !s->proving;
	}
	return true;
}

void session_end(struct session *s, enum session_step step)
{
	if (step == SESSION_STEP_HELLO && s->state == SESSION_ASKING)
		s->state = SESSION_NEW;
	else if (step == SESSION_STEP_OPEN && s->state == SESSION_OPENING)
		s->state = SESSION_WINDOW;
	else if (step == SESSION_STEP_PROVE)
		s->proving = false;
}

void session_known(struct session *s, int32_t window_no)
{
	s->window_no = window_no;
	if (s->state == SESSION_NEW || s->state == SESSION_ASKING)
		s->state = SESSION_WINDOW;
}

void session_open(
    struct session *s, const uint8_t token[SESSION_TOKEN], unsigned class, bool locked, bool must_change)
{
	if (s->state != SESSION_OPENING)
		return;
	s->serial++;
	memcpy(s->token, token, SESSION_TOKEN);
	s->class = (uint8_t) class;
	s->locked = locked;
	s->must_change = must_change;
	s->state = SESSION_OPEN;
}

void session_closed(struct session *s)
{
	if (s->state != SESSION_OPEN)
		return;
	s->serial++;
	sodium_memzero(s->token, sizeof(s->token));
	s->class = 0;
	s->locked = s->must_change = false;
	s->state = SESSION_WINDOW;
}

/* What a locked person, or one with a password to change, may still do. */
static bool always(const struct op *op, const char *only)
{
	return strcmp(op->name, only) == 0 || strcmp(op->name, "session.logout") == 0 ||
	       strcmp(op->name, "session.hello") == 0;
}

unsigned session_may(const struct session *s, const struct op *op, const char **code)
{
	*code = "session.none";
	switch (s->state) {
	case SESSION_NEW:
	case SESSION_ASKING:
	case SESSION_OPENING:
		/* A hello is let through by the gate; everything else comes too early. */
		return OP_NO_SESSION;
	case SESSION_WINDOW:
		if (op->class & OP_NONE)
			break;
		return OP_NO_SESSION;
	case SESSION_OPEN:
		*code = "op.class";
		if (!(op->class & s->class))
			return OP_DENIED;
		*code = "session.locked";
		if (s->locked && !always(op, "session.unlock"))
			return OP_DENIED;
		*code = "session.must_change";
		if (!s->locked && s->must_change && !always(op, "session.password"))
			return OP_DENIED;
		break;
	}
	*code = NULL;
	return OP_OK;
}

bool session_asked(struct session *s)
{
	return ++s->in_flight < SESSION_IN_FLIGHT;
}

bool session_answered(struct session *s)
{
	return s->in_flight-- == SESSION_IN_FLIGHT;
}
