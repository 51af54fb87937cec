/*
 * The link as a screen uses it, against tests/e2e/fake_hall.py: many requests at once, lost lines,
 * deadlines, ended sessions, writes given up, and an end in the middle of everything.
 */
#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "client/link.h"
#include "common/bytes.h"
#include "common/frame.h"

enum { LIMIT_MS = 20000, ANSWERS = 64 };

static pid_t hall;
static int hall_in = -1;
static char dir[256];
static int port;

static uv_loop_t loop;
static struct link *line;
static struct {
	unsigned n, status[ANSWERS];
	char code[ANSWERS][40];
	size_t rows[ANSWERS];
	unsigned sessions, ended, confirming, saved, unsaved;
	enum link_state state;
	char why[40], person[40];
} seen;

static void start_hall(void)
{
	int in[2], out[2];
	FILE *f;

	ck_assert_int_eq(pipe(in), 0);
	ck_assert_int_eq(pipe(out), 0);
	hall = fork();
	if (hall == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		execlp("python3", "python3", "tests/e2e/fake_hall.py", (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	hall_in = in[1];
	f = fdopen(out[0], "r");
	ck_assert_int_eq(fscanf(f, "%255s %d", dir, &port), 2);
	fclose(f);
}

static void stop_hall(void)
{
	close(hall_in);
	(void)waitpid(hall, NULL, 0);
}

/* Down: nobody answers at its port any more, and every line is cut; up: it is there again. */
static void say_hall(const char *word)
{
	ck_assert_int_eq(write(hall_in, word, strlen(word)), (ssize_t)strlen(word));
}

static void on_state(void *ctx, enum link_state state, const char *why, const char *detail)
{
	(void)ctx;
	(void)detail;
	seen.state = state;
	snprintf(seen.why, sizeof(seen.why), "%s", why);
}

static void on_session(void *ctx, const struct reply *session)
{
	(void)ctx;
	if (session == NULL) {
		seen.ended++;
		return;
	}
	seen.sessions++;
	snprintf(seen.person, sizeof(seen.person), "%s", reply_text(session, 0, "name"));
}

static void on_word(void *ctx, uint32_t request, enum outbox_word word)
{
	(void)ctx;
	(void)request;
	seen.confirming += word == OUTBOX_CONFIRMING;
	seen.saved += word == OUTBOX_SAVED;
	seen.unsaved += word == OUTBOX_UNSAVED;
}

static void on_reply(void *arg, uint32_t request, const struct reply *r)
{
	(void)arg;
	ck_assert_uint_ne(request, 0);
	ck_assert_uint_lt(seen.n, ANSWERS);
	seen.status[seen.n] = r->status;
	seen.rows[seen.n] = r->nrows;
	snprintf(seen.code[seen.n++], sizeof(seen.code[0]), "%s", reply_code(r));
}

static void never(void *arg, uint32_t request, const struct reply *r)
{
	(void)arg;
	(void)request;
	(void)r;
	ck_abort_msg("a reply to someone who has gone");
}

static void on_limit(uv_timer_t *t)
{
	(void)t;
	ck_abort_msg("waited in vain");
}

static bool answers(unsigned n)
{
	return seen.n >= n;
}
static bool ready(unsigned n)
{
	return link_state(line) == LINK_READY && seen.sessions >= n;
}
static bool in_state(unsigned s)
{
	return link_state(line) == (enum link_state)s;
}
static bool confirming(unsigned n)
{
	return seen.confirming >= n;
}
static bool settled(unsigned n)
{
	return link_unsettled(line) <= n;
}

static void on_look(uv_timer_t *t)
{
	(void)t;
}

/* Runs the loop until it holds. Looks every few milliseconds, too: the link may do
 * what is waited for just before the loop waits for the line. */
static void until(bool (*holds)(unsigned), unsigned n)
{
	static uv_timer_t limit, look;

	uv_timer_init(&loop, &limit);
	uv_timer_init(&loop, &look);
	uv_timer_start(&limit, on_limit, LIMIT_MS, 0);
	uv_timer_start(&look, on_look, 5, 5);
	while (!holds(n))
		uv_run(&loop, UV_RUN_ONCE);
	uv_close((uv_handle_t *)&limit, NULL);
	uv_close((uv_handle_t *)&look, NULL);
	uv_run(&loop, UV_RUN_NOWAIT);
}

static void open_link(const char *state, int to_port, int deadline_ms)
{
	char ca[300], cert[300], key[300], folder[300], error[300];
	struct link_calls calls = {.state = on_state, .session = on_session, .word = on_word};
	struct link_conf conf = {.host = "localhost",
	    .port = to_port,
	    .name = "yimend",
	    .ca = ca,
	    .cert = cert,
	    .key = key,
	    .program = "test_link",
	    .deadline_ms = deadline_ms};

	memset(&seen, 0, sizeof(seen));
	snprintf(ca, sizeof(ca), "%s/ca.crt", dir);
	snprintf(cert, sizeof(cert), "%s/window.crt", dir);
	snprintf(key, sizeof(key), "%s/window.key", dir);
	snprintf(folder, sizeof(folder), "%s/%s", dir, state != NULL ? state : "");
	conf.state = state != NULL ? folder : NULL;
	uv_loop_init(&loop);
	line = link_open(&loop, &conf, &calls, NULL, error, sizeof(error));
	ck_assert_msg(line != NULL, "%s", error);
}

static void end_link(void)
{
	link_close(line);
	while (uv_run(&loop, UV_RUN_DEFAULT) != 0)
		;
	ck_assert_int_eq(uv_loop_close(&loop), 0);
}

static void log_in(void)
{
	link_login(line, "clerk", "right", on_reply, NULL);
	until(ready, 1);
	ck_assert_uint_eq(seen.n, 1);
	ck_assert_uint_eq(seen.status[0], OP_OK);
	seen.n = 0;
}

static uint32_t find(const char *q, int deadline_ms, void *arg)
{
	const struct op *op = op_by_name("item.find");
	struct bytes_out out;
	uint32_t id;

	bytes_out_init(&out, 0);
	op_put_text(&out, q);
	for (size_t i = 1; i < op_width(op->in); i++)
		op_put_null(&out);
	id = link_send_within(line, op, out.p, out.len, deadline_ms, on_reply, arg);
	bytes_out_done(&out);
	return id;
}

static uint32_t accept_case(int64_t id)
{
	const struct op *op = op_by_name("case.accept");
	struct bytes_out out;
	uint32_t request;

	bytes_out_init(&out, 0);
	op_put_int8(&out, id);
	op_put_int4(&out, 1);
	for (size_t i = 2; i < op_width(op->in); i++)
		op_put_null(&out);
	request = link_send(line, op, out.p, out.len, on_reply, NULL);
	bytes_out_done(&out);
	return request;
}

START_TEST(thirty_reads_at_once)
{
	open_link(NULL, port, 0);
	/* Asked before there is even a line. */
	for (int i = 0; i < 10; i++)
		find("x", -1, NULL);
	link_login(line, "clerk", "right", on_reply, NULL);
	until(answers, 11);
	for (int i = 0; i < 20; i++)
		find("x", -1, NULL);
	until(answers, 31);
	for (int i = 0; i < 31; i++) {
		ck_assert_uint_eq(seen.status[i], OP_OK);
		ck_assert_uint_eq(seen.rows[i], i == 0 ? 1 : 2);
	}
	ck_assert_str_eq(reply_text(link_hello(line), 0, "program"), "fake");
	ck_assert_str_eq(seen.person, "张三");
	end_link();
}
END_TEST

START_TEST(a_deadline_ends_one_read_and_not_the_line)
{
	open_link(NULL, port, 0);
	log_in();
	find("slow", 50, NULL);
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], REPLY_TIMEOUT);
	ck_assert_str_eq(seen.code[0], "link.timeout");
	find("x", -1, NULL);
	until(answers, 2);
	ck_assert_uint_eq(seen.status[1], OP_OK);
	ck_assert_uint_eq(seen.sessions, 1);
	end_link();
}
END_TEST

/* The hall is still at them: a ninth would be one more than it takes, and a line on which nothing
 * can go any more is no line. */
START_TEST(reads_past_their_deadline_are_still_under_way)
{
	open_link(NULL, port, 0);
	log_in();
	for (int i = 0; i < 8; i++)
		find("slow", 50, NULL);
	until(answers, 8);
	find("x", -1, NULL);
	until(answers, 9);
	ck_assert_uint_eq(seen.status[7], REPLY_TIMEOUT);
	ck_assert_uint_eq(seen.status[8], OP_OK);
	ck_assert_uint_eq(seen.sessions, 2);
	end_link();
}
END_TEST

START_TEST(a_read_lost_with_its_line_is_asked_again)
{
	open_link(NULL, port, 0);
	log_in();
	find("cut1", -1, NULL);
	find("x", -1, NULL);
	until(answers, 2);
	ck_assert_uint_eq(seen.status[0], OP_OK);
	ck_assert_uint_eq(seen.status[1], OP_OK);
	ck_assert_uint_eq(seen.sessions, 2); /* by its token, without a password */
	ck_assert_uint_eq(seen.ended, 0);
	end_link();
}
END_TEST

START_TEST(without_a_line_a_request_ends_at_its_deadline)
{
	open_link(NULL, 1, 100);
	find("x", 100, NULL);
	accept_case(5);
	until(answers, 2);
	ck_assert_uint_eq(seen.status[0], OP_NO_SESSION); /* a write needs an epoch first */
	ck_assert_uint_eq(seen.status[1], REPLY_LOST);
	ck_assert_int_eq(seen.state, LINK_CONNECTING);
	ck_assert_str_eq(seen.why, "link.unreachable");
	end_link();
}
END_TEST

START_TEST(an_ended_session_is_told_and_opened_again)
{
	open_link("ended", port, 0);
	log_in();
	find("ended", -1, NULL);
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], OP_NO_SESSION);
	until(in_state, LINK_CONNECTED);
	ck_assert_uint_eq(seen.ended, 1);
	/* What is written meanwhile waits for the next login. */
	accept_case(5);
	until(confirming, 1);
	link_login(line, "clerk", "right", on_reply, NULL);
	until(answers, 3);
	ck_assert_uint_eq(seen.status[1], OP_OK);
	ck_assert_uint_eq(seen.status[2], OP_OK);
	ck_assert_uint_eq(seen.saved, 1);
	until(settled, 0);
	end_link();
}
END_TEST

/* How many sessions the hall holds open (earlier tests leave theirs), asked in one of our own. */
static size_t sessions(void)
{
	unsigned before = seen.n;

	find("sessions", -1, NULL);
	until(answers, before + 1);
	ck_assert_uint_eq(seen.status[before], OP_OK);
	return seen.rows[before];
}

START_TEST(a_logout_during_an_outage_stays_one)
{
	size_t open;

	open_link("away", port, 0);
	log_in();
	open = sessions();
	seen.n = 0;
	say_hall("down\n");
	until(in_state, LINK_LOST);
	find("x", -1, NULL);
	link_logout(line);
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], OP_NO_SESSION); /* never asked in the next one's name */
	say_hall("up\n");
	until(in_state, LINK_CONNECTED);
	ck_assert_uint_eq(seen.sessions, 1);
	seen.n = seen.sessions = 0;
	log_in();
	ck_assert_uint_eq(sessions(), open);
	end_link();
}
END_TEST

START_TEST(the_next_login_waits_until_the_last_session_is_closed)
{
	size_t open;

	open_link("next", port, 0);
	log_in();
	open = sessions();
	/* At once on a line that is up, … */
	link_logout(line);
	seen.n = seen.sessions = 0;
	log_in();
	ck_assert_uint_eq(sessions(), open);
	/* … and typed before the line is back. */
	say_hall("down\n");
	until(in_state, LINK_LOST);
	link_logout(line);
	seen.n = seen.sessions = 0;
	link_login(line, "chief", "right", on_reply, NULL);
	say_hall("up\n");
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], OP_OK);
	ck_assert_uint_eq(seen.sessions, 1);
	ck_assert_uint_eq(sessions(), open);
	end_link();
}
END_TEST

START_TEST(a_logout_loses_its_answer_and_is_said_again)
{
	size_t open;

	open_link("again", port, 0);
	link_login(line, "deaf", "right", on_reply, NULL);
	until(ready, 1);
	open = sessions();
	seen.n = seen.sessions = 0;
	link_logout(line);
	link_login(line, "chief", "right", on_reply, NULL);
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], OP_OK);
	ck_assert_uint_eq(sessions(), open);
	end_link();
}
END_TEST

START_TEST(a_wrong_password_leaves_the_line_up)
{
	open_link(NULL, port, 0);
	link_login(line, "clerk", "wrong", on_reply, NULL);
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], OP_DENIED);
	until(in_state, LINK_CONNECTED);
	ck_assert_uint_eq(seen.sessions, 0);
	seen.n = 0;
	log_in();
	end_link();
}
END_TEST

/* Esc while the answer is awaited: the hall believes that somebody is there, who is not. */
START_TEST(a_login_nobody_waits_for_opens_nothing)
{
	size_t open;
	uint32_t late;

	open_link("forgotten", port, 0);
	log_in();
	open = sessions();
	link_logout(line);
	until(in_state, LINK_CONNECTED);
	seen.n = seen.sessions = 0;
	/* Before it goes out, … */
	link_forget(line, link_login(line, "chief", "right", never, NULL));
	log_in();
	ck_assert_uint_eq(seen.sessions, 1);
	ck_assert_uint_eq(sessions(), open);
	link_logout(line);
	until(in_state, LINK_CONNECTED);
	/* … on its way, the next one behind it, … */
	seen.n = seen.sessions = 0;
	late = link_login(line, "late", "right", never, NULL);
	uv_run(&loop, UV_RUN_NOWAIT);
	link_forget(line, late);
	link_login(line, "clerk", "right", on_reply, NULL);
	uv_run(&loop, UV_RUN_NOWAIT);
	say_hall("answer\n");
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], OP_OK);
	seen.n = 0;
	ck_assert_uint_eq(seen.sessions, 1);
	ck_assert_uint_eq(sessions(), open);
	link_logout(line);
	until(in_state, LINK_CONNECTED);
	/* … and typed before the line was back. */
	say_hall("down\n");
	until(in_state, LINK_LOST);
	seen.n = seen.sessions = 0;
	link_forget(line, link_login(line, "chief", "right", never, NULL));
	say_hall("up\n");
	until(in_state, LINK_CONNECTED);
	log_in();
	ck_assert_uint_eq(seen.sessions, 1);
	ck_assert_uint_eq(sessions(), open);
	end_link();
}
END_TEST

START_TEST(a_write_given_up_is_cancelled)
{
	struct op_key key;
	uint32_t request;

	open_link("given-up", port, 0);
	log_in();
	request = accept_case(500);
	ck_assert(link_key(line, request, &key));
	ck_assert_uint_eq(key.seq, 1);
	until(confirming, 1);
	link_give_up(line, request);
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], OP_REFUSED);
	ck_assert_str_eq(seen.code[0], "command.cancelled");
	ck_assert_uint_eq(seen.unsaved, 1);
	ck_assert_uint_eq(seen.saved, 0);
	until(settled, 0);
	ck_assert(!link_key(line, request, &key));
	/* Its slot goes on with the next key. */
	accept_case(5);
	until(answers, 2);
	ck_assert_uint_eq(seen.status[1], OP_OK);
	end_link();
}
END_TEST

START_TEST(nine_writes_are_one_too_many)
{
	open_link("nine", port, 0);
	log_in();
	for (int i = 0; i < 9; i++)
		accept_case(500);
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], REPLY_FULL);
	until(confirming, 8);
	ck_assert_uint_eq(seen.n, 1);
	ck_assert_uint_eq(link_confirming(line), 8);
	end_link();
}
END_TEST

START_TEST(what_no_frame_can_hold_is_said_so)
{
	static const char much[FRAME_MAX];

	open_link("large", port, 0);
	log_in();
	link_send(line, op_by_name("case.accept"), much, sizeof(much) - OP_KEY_BYTES + 1, on_reply, NULL);
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], OP_INVALID);
	ck_assert_str_eq(seen.code[0], "link.large");
	ck_assert_uint_eq(link_unsettled(line), 0);
	accept_case(5);
	until(confirming, 1);
	end_link();
}
END_TEST

START_TEST(what_is_no_request_of_its_kind_never_goes_out)
{
	open_link("shape", port, 0);
	log_in();
	link_send(line, op_by_name("case.accept"), "", 0, on_reply, NULL);
	link_send(line, op_by_name("item.show"), "12345", 5, on_reply, NULL);
	until(answers, 2);
	for (int i = 0; i < 2; i++) {
		ck_assert_uint_eq(seen.status[i], OP_INVALID);
		ck_assert_str_eq(seen.code[i], "frame.malformed");
	}
	ck_assert_uint_eq(link_unsettled(line), 0);
	ck_assert_int_eq(seen.state, LINK_READY);
	end_link();
}
END_TEST

START_TEST(who_has_gone_hears_nothing)
{
	const struct op *op = op_by_name("clock.show");
	open_link(NULL, port, 0);
	log_in();
	for (int i = 0; i < 3; i++)
		link_forget(line, link_send(line, op, NULL, 0, never, NULL));
	find("x", -1, NULL);
	until(answers, 1);
	ck_assert_uint_eq(seen.status[0], OP_OK);
	/* And an end with requests, writes and a lost line under way. */
	link_send(line, op_by_name("item.find"), "", 0, never, NULL);
	find("slow", -1, NULL);
	accept_case(500);
	end_link();
	ck_assert_uint_eq(seen.n, 1);
}
END_TEST

START_TEST(two_windows_cannot_share_a_folder)
{
	char error[300] = "", folder[300], ca[300], cert[300], key[300];
	struct link_conf conf = {.host = "localhost",
	    .port = 1,
	    .name = "yimend",
	    .ca = ca,
	    .cert = cert,
	    .key = key,
	    .program = "x"};

	open_link("shared", port, 0);
	snprintf(ca, sizeof(ca), "%s/ca.crt", dir);
	snprintf(cert, sizeof(cert), "%s/window.crt", dir);
	snprintf(key, sizeof(key), "%s/window.key", dir);
	snprintf(folder, sizeof(folder), "%s/shared", dir);
	conf.state = folder;
	ck_assert_ptr_null(link_open(&loop, &conf, NULL, NULL, error, sizeof(error)));
	ck_assert_ptr_nonnull(strstr(error, "already"));
	end_link();
}
END_TEST

START_TEST(a_write_to_a_line_that_is_gone_ends_no_process)
{
	int ends[2];

	signal(SIGPIPE, SIG_DFL);
	open_link("gone", port, 0);
	log_in();
	ck_assert_int_eq(pipe(ends), 0);
	close(ends[0]);
	ck_assert_int_eq(write(ends[1], "x", 1), -1);
	ck_assert_int_eq(errno, EPIPE);
	close(ends[1]);
	end_link();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("link");
	TCase *t = tcase_create("line");
	SRunner *r = srunner_create(s);
	int failed;

	tcase_add_unchecked_fixture(t, start_hall, stop_hall);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, thirty_reads_at_once);
	tcase_add_test(t, a_deadline_ends_one_read_and_not_the_line);
	tcase_add_test(t, reads_past_their_deadline_are_still_under_way);
	tcase_add_test(t, a_read_lost_with_its_line_is_asked_again);
	tcase_add_test(t, without_a_line_a_request_ends_at_its_deadline);
	tcase_add_test(t, an_ended_session_is_told_and_opened_again);
	tcase_add_test(t, a_logout_during_an_outage_stays_one);
	tcase_add_test(t, the_next_login_waits_until_the_last_session_is_closed);
	tcase_add_test(t, a_logout_loses_its_answer_and_is_said_again);
	tcase_add_test(t, a_wrong_password_leaves_the_line_up);
	tcase_add_test(t, a_login_nobody_waits_for_opens_nothing);
	tcase_add_test(t, a_write_given_up_is_cancelled);
	tcase_add_test(t, nine_writes_are_one_too_many);
	tcase_add_test(t, what_no_frame_can_hold_is_said_so);
	tcase_add_test(t, what_is_no_request_of_its_kind_never_goes_out);
	tcase_add_test(t, who_has_gone_hears_nothing);
	tcase_add_test(t, two_windows_cannot_share_a_folder);
	tcase_add_test(t, a_write_to_a_line_that_is_gone_ends_no_process);
	suite_add_tcase(s, t);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
