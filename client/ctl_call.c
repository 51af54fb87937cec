/*
 * One call of yimenctl: connects, takes up its session or logs in, settles what a dead run
 * left, asks, writes the answer. Everything happens in callbacks of one loop.
 */
#include <libintl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "client/ctl.h"
#include "client/identity.h"
#include "client/link.h"
#include "client/refusal.h"
#include "client/settings.h"

#define _(msgid) gettext(msgid)

enum { CONNECT_MS = 3000 };

struct call {
	const struct ctl_options *opt;
	const struct op *op;
	int argc;
	char **argv;
	struct bytes_out payload;
	struct ctl_attach *scan; /* NULL: one request, one answer */
	struct settings *settings;
	struct identity id;
	struct ctl_token token;
	uv_loop_t loop;
	uv_timer_t limit, patience;
	uv_signal_t sigint, sigterm;
	struct link *link;
	bool asked;   /* our request is on its way, or needs none */
	bool adopted; /* a dead run's write was this very one */
	bool done;    /* exit holds */
	bool heading; /* of a stream, is out */
	long events;
	uint32_t request;
	int exit;
	char why[40], detail[200];
};

/* The exit code of a reply. */
static int exit_of(const struct reply *r)
{
	switch (r->status) {
	case OP_OK:
		return CTL_DONE;
	case OP_REFUSED:
	case OP_INVALID:
		return CTL_REFUSED;
	case OP_DENIED:
	case OP_NO_SESSION:
		return CTL_DENIED;
	case OP_BUSY:
	case OP_FENCED:
	case REPLY_TIMEOUT:
	case REPLY_FULL:
		return CTL_LATER;
	case REPLY_JOURNAL:
		return CTL_CONFIG;
	default:
		return CTL_UNAVAILABLE;
	}
}

static void say_refusal(const struct reply *r)
{
	char text[1024];

	ctl_say("%s [%s]", refusal_reply(r, text, sizeof(text)), reply_code(r));
}

static void finish(struct call *c, int status)
{
	if (c->done)
		return;
	c->done = true;
	c->exit = status;
	uv_stop(&c->loop); /* also when nothing more would wake it */
}

static void fail_connecting(struct call *c)
{
	char text[512];
	const char *code = c->why[0] != '\0' ? c->why : "link.unreachable";

	refusal_say(code, NULL, NULL, NULL, text, sizeof(text));
	if (c->detail[0] != '\0')
		ctl_say("%s (%s) [%s]", text, c->detail, code);
	else
		ctl_say("%s [%s]", text, code);
	finish(c, strcmp(code, "link.certificate") == 0 ? CTL_CONFIG : CTL_UNAVAILABLE);
}

/* The answer to what was asked. */
static void answer(struct call *c, const struct reply *r)
{
	if (!reply_ok(r)) {
		say_refusal(r);
		finish(c, exit_of(r));
		return;
	}
	if (c->opt->paper != NULL || c->opt->printer != NULL || c->opt->text != NULL) {
		finish(c, ctl_paper(c->opt, c->settings, r, link_hello(c->link)));
		return;
	}
	ctl_print(c->opt, r, stdout);
	finish(c, fflush(stdout) == 0 ? CTL_DONE : CTL_UNAVAILABLE);
}

static void on_answer(void *arg, uint32_t request, const struct reply *r);
static void on_limit(uv_timer_t *t);

static void send_next(struct call *c)
{
	if (c->scan != NULL)
		ctl_attach_request(c->scan, &c->payload);
	c->request = link_send_within(c->link, c->op, c->payload.p, c->payload.len, -1, on_answer, c);
}

/* A chunk was taken or given: the time allowed begins anew. */
static void chunk(struct call *c, const struct reply *r)
{
	char text[512];

	switch (ctl_attach_reply(c->scan, r)) {
	case TRANSFER_GO:
		uv_timer_start(&c->limit, on_limit, (uint64_t)c->opt->seconds * 1000, 0);
		send_next(c);
		break;
	case TRANSFER_DONE:
		finish(c, ctl_attach_finish(c->scan, c->opt, r));
		break;
	default:
		if (reply_ok(r)) {
			const char *code = ctl_attach_code(c->scan);

			ctl_say("%s [%s]", refusal_say(code, NULL, NULL, NULL, text, sizeof(text)), code);
			finish(c, CTL_REFUSED);
			break;
		}
		say_refusal(r);
		finish(c, exit_of(r));
	}
}

static void on_answer(void *arg, uint32_t request, const struct reply *r)
{
	struct call *c = arg;

	(void)request;
	if (c->scan != NULL) {
		chunk(c, r);
		return;
	}
	if (reply_ok(r) && strcmp(c->op->name, "session.logout") == 0)
		ctl_token_forget(&c->token, c->settings->state);
	answer(c, r);
}

static void on_subscribed(void *arg, uint32_t request, const struct reply *r)
{
	(void)request;
	if (!reply_ok(r))
		answer(arg, r);
}

static void on_event(void *ctx, const struct reply *rows)
{
	struct call *c = ctx;
	struct reply *cut = reply_keep(rows);
	size_t all = cut->nrows;

	if (c->done)
		return;
	if (c->opt->count > 0 && (long)all > c->opt->count - c->events)
		cut->nrows = (size_t)(c->opt->count - c->events);
	ctl_print_stream(c->opt, cut, !c->heading, stdout);
	c->heading = true;
	c->events += (long)cut->nrows;
	cut->nrows = all;
	reply_free(cut);
	if (ferror(stdout) || (c->opt->count > 0 && c->events >= c->opt->count))
		finish(c, ferror(stdout) ? CTL_UNAVAILABLE : CTL_DONE);
}

/* Asks, once the session is there and nothing of a dead run is open. */
static void ask(struct call *c)
{
	if (c->asked || c->done || link_state(c->link) != LINK_READY || link_unsettled(c->link) > 0)
		return;
	c->asked = true;
	if (strcmp(c->op->name, "event.subscribe") == 0) {
		uv_timer_stop(&c->limit);
		link_subscribe(c->link, c->payload.p, c->payload.len, on_subscribed, c);
		return;
	}
	send_next(c);
}

static void on_settled(void *ctx)
{
	struct call *c = ctx;

	ask(c);
	uv_stop(&c->loop);
}

static void on_session(void *ctx, const struct reply *session)
{
	struct call *c = ctx;

	if (session == NULL) {
		ctl_token_forget(&c->token, c->settings->state);
		return;
	}
	ctl_token_save(&c->token, c->settings->state, session);
	ctl_token_release(&c->token);
}

static void log_in(struct call *c);

static void on_login(void *arg, uint32_t request, const struct reply *r)
{
	struct call *c = arg;
	bool own = c->op->class == OP_NONE; /* session.login or session.resume themselves */

	(void)request;
	if (!reply_ok(r)) {
		say_refusal(r);
		finish(c, exit_of(r));
	} else if (own) {
		answer(c, r);
	}
}

static void on_resumed(void *arg, uint32_t request, const struct reply *r)
{
	struct call *c = arg;

	if (reply_ok(r))
		return;
	if (r->status == OP_NO_SESSION || r->status == OP_DENIED || r->status == OP_INVALID) {
		ctl_token_forget(&c->token, c->settings->state);
		log_in(c);
		return;
	}
	on_login(arg, request, r);
}

static void log_in(struct call *c)
{
	const char *login = c->id.login, *password = c->id.password;

	if (strcmp(c->op->name, "session.login") == 0) {
		login = ctl_value(c->argc, c->argv, "login") ? ctl_value(c->argc, c->argv, "login") : login;
		password = ctl_value(c->argc, c->argv, "password") ? ctl_value(c->argc, c->argv, "password")
								   : password;
	}
	if (*login == '\0' || *password == '\0') {
		ctl_say(_("nobody is logged in: set YIMEN_LOGIN and YIMEN_PASSWORD_FILE, or call "
			  "yimenctl session.login"));
		finish(c, CTL_DENIED);
		return;
	}
	link_login(c->link, login, password, on_login, c);
}

/* Without a line: which session will be wanted. */
static void want_session(struct call *c)
{
	if (strcmp(c->op->name, "session.hello") == 0)
		return;
	if (strcmp(c->op->name, "session.resume") == 0) {
		const char *typed = ctl_value(c->argc, c->argv, "token");
		struct bytes_out out;
		struct op_value v = {0};

		bytes_out_init(&out, 0);
		(void)op_put_typed(&out, &c->op->in[0], typed != NULL ? typed : "");
		v.len = out.len > 4 ? (uint32_t)out.len - 4 : 0;
		link_resume(c->link, out.p + 4, v.len, on_login, c);
		bytes_out_done(&out);
		return;
	}
	if (c->token.len > 0 && strcmp(c->op->name, "session.login") != 0)
		link_resume(c->link, c->token.token, c->token.len, on_resumed, c);
	else
		log_in(c);
}

static void on_state(void *ctx, enum link_state state, const char *why, const char *detail)
{
	struct call *c = ctx;

	snprintf(c->why, sizeof(c->why), "%s", why);
	snprintf(c->detail, sizeof(c->detail), "%s", detail);
	if (c->done)
		return;
	if (state >= LINK_CONNECTED)
		uv_timer_stop(&c->patience);
	/* Trying again would not help. */
	if (strcmp(why, "link.certificate") == 0 || strcmp(why, "hello.version") == 0)
		fail_connecting(c);
	if (link_hello(c->link) != NULL && strcmp(c->op->name, "session.hello") == 0)
		answer(c, link_hello(c->link));
	ask(c);
}

static void on_recovered(void *ctx, const struct op *op, const void *payload, size_t len,
    enum outbox_word word, const struct reply *outcome)
{
	struct call *c = ctx;
	const char *number = reply_text(outcome, 0, "number");

	if (op == c->op && len == c->payload.len && len > 0 && memcmp(payload, c->payload.p, len) == 0 &&
	    word == OUTBOX_SAVED && !c->asked) {
		/* The same command again, after its answer was lost: this is its answer. */
		c->asked = c->adopted = true;
		answer(c, outcome);
		return;
	}
	if (word == OUTBOX_SAVED)
		ctl_say(_("%s of an earlier run was carried out: %s"), op != NULL ? op->name : _("a command"),
		    number);
	else
		ctl_say(_("%s of an earlier run was not carried out [%s]"),
		    op != NULL ? op->name : _("a command"), reply_code(outcome));
}

static void on_limit(uv_timer_t *t)
{
	struct call *c = t->data;

	if (c->asked && c->op->kind == OP_WRITE && link_confirming(c->link) > 0) {
		ctl_say(_("%s: no answer yet, the outcome is unknown; the same command again asks for it "
			  "[link.timeout]"),
		    c->op->name);
		finish(c, CTL_LATER);
	} else if (link_state(c->link) < LINK_CONNECTED) {
		fail_connecting(c);
	} else {
		ctl_say(_("%s: no answer in time [link.timeout]"), c->op->name);
		finish(c, CTL_LATER);
	}
}

static void on_patience(uv_timer_t *t)
{
	struct call *c = t->data;

	if (link_state(c->link) < LINK_CONNECTED)
		fail_connecting(c);
}

static void on_signal(uv_signal_t *s, int signum)
{
	struct call *c = s->data;

	finish(c, strcmp(c->op->name, "event.subscribe") == 0 ? CTL_DONE : 128 + signum);
}

static bool open_link(struct call *c)
{
	struct link_conf conf = {
	    .host = c->settings->host,
	    .port = c->settings->port,
	    .port_file = c->settings->port_file,
	    .name = c->settings->name,
	    .ca = c->settings->ca,
	    .cert = c->settings->cert,
	    .key = c->settings->key,
	    .state = c->settings->state,
	    .program = "yimenctl " YIMEN_VERSION,
	    .slots = c->op->kind == OP_WRITE ? 1 : LINK_NO_SLOT,
	};
	struct link_calls calls = {.state = on_state,
	    .event = on_event,
	    .session = on_session,
	    .settled = on_settled,
	    .recovered = on_recovered};
	char error[512];

	c->link = link_open(&c->loop, &conf, &calls, c, error, sizeof(error));
	if (c->link != NULL)
		return true;
	ctl_say("%s", error);
	return false;
}

static void start_timers(struct call *c)
{
	uv_timer_init(&c->loop, &c->limit);
	uv_timer_init(&c->loop, &c->patience);
	uv_signal_init(&c->loop, &c->sigint);
	uv_signal_init(&c->loop, &c->sigterm);
	c->limit.data = c->patience.data = c->sigint.data = c->sigterm.data = c;
	uv_timer_start(&c->limit, on_limit, (uint64_t)c->opt->seconds * 1000, 0);
	uv_timer_start(&c->patience, on_patience, CONNECT_MS, 0);
	uv_signal_start(&c->sigint, on_signal, SIGINT);
	uv_signal_start(&c->sigterm, on_signal, SIGTERM);
}

static void run(struct call *c)
{
	want_session(c);
	while (!c->done)
		uv_run(&c->loop, UV_RUN_ONCE);
	/* A refused write's key is settled before its slot is given back. */
	while (c->exit != CTL_LATER && c->exit < 128 && link_state(c->link) == LINK_READY &&
	       link_unsettled(c->link) > 0 && uv_is_active((uv_handle_t *)&c->limit))
		uv_run(&c->loop, UV_RUN_ONCE);
}

static void close_all(struct call *c)
{
	if (c->link != NULL)
		link_close(c->link);
	uv_close((uv_handle_t *)&c->limit, NULL);
	uv_close((uv_handle_t *)&c->patience, NULL);
	uv_close((uv_handle_t *)&c->sigint, NULL);
	uv_close((uv_handle_t *)&c->sigterm, NULL);
	while (uv_run(&c->loop, UV_RUN_DEFAULT) != 0)
		;
	(void)uv_loop_close(&c->loop);
}

static bool prepare(struct call *c)
{
	char error[512];

	if (settings_load(NULL, c->settings, error, sizeof(error)) < 0 ||
	    identity_load(&c->id, error, sizeof(error)) < 0) {
		ctl_say("%s", error);
		return false;
	}
	return true;
}

static bool encode(struct call *c)
{
	if (ctl_attach_wanted(c->op, c->argc, c->argv)) {
		c->scan = ctl_attach_open(c->op, c->argc, c->argv);
		return c->scan != NULL;
	}
	return ctl_secrets(c->op, c->argc, c->argv) && ctl_encode(c->op, c->argc, c->argv, &c->payload);
}

int ctl_call(const struct ctl_options *opt, const struct op *op, int argc, char **argv)
{
	static struct settings settings; /* as long as the program */
	struct call c = {
	    .settings = &settings, .opt = opt, .op = op, .argc = argc, .argv = argv, .exit = CTL_CONFIG};

	c.token.lock = -1;
	bytes_out_init(&c.payload, 0);
	if (!encode(&c)) {
		c.exit = CTL_USAGE;
	} else if (prepare(&c)) {
		ctl_token_open(&c.token, c.settings->state, c.id.login);
		uv_loop_init(&c.loop);
		start_timers(&c);
		if (open_link(&c))
			run(&c);
		close_all(&c);
		ctl_token_release(&c.token);
	}
	ctl_secrets_done();
	identity_done(&c.id);
	ctl_attach_free(c.scan);
	bytes_out_done(&c.payload);
	return c.exit;
}
