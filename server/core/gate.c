/* The gate (gate.h): the fixed order of its questions. */
#include "server/core/gate.h"

#include <string.h>

#include "common/bytes.h"

static enum gate_verdict close_peer(struct gate *g, const char *why)
{
	g->code = why;
	return GATE_CLOSE;
}

static enum gate_verdict answer(struct gate *g, unsigned status, const char *code, const char *field)
{
	g->status = status;
	g->code = code;
	g->field = field;
	return GATE_ANSWER;
}

/* The key of a write; a key too short is malformed, one out of range only invalid. */
static enum gate_verdict judge_key(struct bytes_in *in, struct gate *g)
{
	if (in->left < OP_KEY_BYTES)
		return close_peer(g, "frame.malformed");
	if (op_decode_key(in, &g->key) < 0)
		return answer(g, OP_INVALID, "slot.key", "key");
	return GATE_RUN;
}

static enum gate_verdict judge_values(const struct frame *f, struct gate *g)
{
	struct op_fault fault = {0};
	struct bytes_in in;

	bytes_in_init(&in, f->payload, f->len);
	if (g->op->kind == OP_WRITE) {
		enum gate_verdict verdict = judge_key(&in, g);

		if (verdict != GATE_RUN)
			return verdict;
	}
	g->body = in.p;
	g->body_len = in.left;
	if (op_decode_in(g->op, &in, g->v, &fault) == 0)
		return GATE_RUN;
	if (fault.field == NULL)
		return close_peer(g, "frame.malformed");
	return answer(g, OP_INVALID, fault.code, fault.field);
}

enum gate_verdict gate_judge(const struct session *s, const struct frame *f, struct gate *g)
{
	const char *code;
	unsigned status;
	bool hello;

	memset(g, 0, offsetof(struct gate, v));
	if (f->request == 0 || f->flags != 0)
		return close_peer(g, "frame.header");
	g->op = op_by_id(f->op);
	hello = g->op != NULL && strcmp(g->op->name, "session.hello") == 0;
	/* Whoever does not begin with hello does not speak this protocol. */
	if (s->state == SESSION_NEW)
		return hello ? judge_values(f, g) : close_peer(g, "frame.hello");
	if (g->op == NULL)
		return answer(g, OP_INVALID, "op.unknown", NULL);
	status = session_may(s, g->op, &code);
	if (status != OP_OK)
		return answer(g, status, code, NULL);
	return judge_values(f, g);
}
