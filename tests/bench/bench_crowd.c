/*
 * A crowd of windows in one process: logged in and idle, or subscribed and
 * hearing of events. Driven by lines on stdin:
 *   listen N EVENT     hears until N such events of others reached every subscriber → listening N, heard H of W
 *   subscribe N        the first N subscribe to their posts' events → subscribed N
 *   write RATE COUNT   the last windows take in COUNT cases, RATE a second, and then
 *                      waits until all subscribers heard of each (10 s) → heard N of M,
 *                      and every hearing goes to the file HEARD: event_id, window, µs since 1970
 * bench_crowd HALL PLAN HEARD WRITERS; a line of PLAN: certificate token item_id materials
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/load/crew.h"

enum { WAIT_MS = 10000 };

struct crowd;

struct window {
	struct crowd *crowd;
	struct link *link;
	uint8_t token[32];
	struct crew_item item;
	bool busy;
};

struct hearing {
	int64_t event_id, us;
	int window;
};

struct crowd {
	uv_loop_t loop;
	uv_timer_t timer;
	struct window *w;
	size_t n, size, ready, writers;
	size_t asked, subscribed;
	unsigned rate, left, begun, answered;
	int64_t next, until;
	bool waiting;
	struct crew_random random;
	const struct op *receive;
	struct hearing *heard;
	size_t nheard, max_heard;
	char only[40]; /* the event that is heard */
	FILE *out;
};

static int64_t wall_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void on_session(void *arg, uint32_t request, const struct reply *reply)
{
	(void)arg;
	(void)request;
	if (!reply_ok(reply))
		crew_die("session.resume: status %u %s", reply->status, reply_code(reply));
}

static void on_state(void *ctx, enum link_state state, const char *why, const char *detail)
{
	struct window *w = ctx;

	if (state == LINK_CONNECTED)
		link_resume(w->link, w->token, sizeof(w->token), on_session, w);
	if (state == LINK_READY)
		w->crowd->ready++;
	if (state == LINK_LOST && *why != '\0')
		fprintf(stderr, "bench_crowd: window %td lost: %s %s\n", w - w->crowd->w, why, detail);
}

static void on_event(void *ctx, const struct reply *rows)
{
	struct window *w = ctx;
	struct crowd *c = w->crowd;
	int64_t now = wall_us();

	for (size_t i = 0; i < rows->nrows; i++) {
		/* What came before is still told, and the crowd of the part before is leaving. */
		if (strcmp(reply_text(rows, i, "event"), c->only) != 0)
			continue;
		if (c->nheard == c->max_heard) {
			c->max_heard = c->max_heard * 2 + 4096;
			c->heard = realloc(c->heard, c->max_heard * sizeof(*c->heard));
			if (c->heard == NULL)
				crew_die("out of memory");
		}
		c->heard[c->nheard++] =
		    (struct hearing){reply_int(rows, i, "event_id"), now, (int)(w - c->w)};
	}
}

static void on_subscribed(void *arg, uint32_t request, const struct reply *reply)
{
	struct window *w = arg;

	(void)request;
	if (!reply_ok(reply))
		crew_die("event.subscribe: %s", reply_code(reply));
	w->crowd->subscribed++;
}

static void subscribe(struct crowd *c, size_t n)
{
	struct bytes_out out;

	bytes_out_init(&out, 0);
	op_put_null(&out);
	op_put_bool(&out, false);
	for (c->asked = 0; c->asked < n && c->asked < c->n; c->asked++)
		link_subscribe(c->w[c->asked].link, out.p, out.len, on_subscribed, &c->w[c->asked]);
	bytes_out_done(&out);
	while (c->subscribed < c->asked)
		uv_run(&c->loop, UV_RUN_ONCE);
	printf("subscribed %zu\n", c->subscribed);
	fflush(stdout);
}

static void on_received(void *arg, uint32_t request, const struct reply *reply)
{
	struct window *w = arg;

	(void)request;
	if (!reply_ok(reply))
		crew_die("case.receive: %s", reply_code(reply));
	w->busy = false;
	w->crowd->answered++;
}

static void write_one(struct crowd *c)
{
	struct bytes_out out;

	for (size_t i = c->n - c->writers; i < c->n; i++) {
		struct window *w = &c->w[i];

		if (w->busy)
			continue;
		w->busy = true;
		bytes_out_init(&out, 0);
		crew_put_receive(&out, &c->random, &w->item, "load");
		link_send(w->link, c->receive, out.p, out.len, on_received, w);
		bytes_out_done(&out);
		c->left--;
		c->begun++;
		return;
	}
}

/* One event's writing is due: none is left out when the loop was late. */
static void on_timer(uv_timer_t *t)
{
	struct crowd *c = t->data;

	while (c->left > 0 && crew_now() >= c->next) {
		write_one(c);
		c->next += 1000000 / c->rate;
	}
}

static bool all_heard(const struct crowd *c)
{
	return c->left == 0 && c->answered == c->begun && c->nheard >= c->begun * c->subscribed;
}

static void tell_heard(struct crowd *c, size_t wanted)
{
	for (size_t i = 0; i < c->nheard; i++)
		fprintf(c->out, "%lld,%d,%lld\n", (long long)c->heard[i].event_id, c->heard[i].window,
		    (long long)c->heard[i].us);
	fflush(c->out);
	printf("heard %zu of %zu\n", c->nheard, wanted);
	fflush(stdout);
}

/* What others bring about: until so many events reached every subscriber. */
static void listen_for(struct crowd *c, unsigned count, const char *event)
{
	size_t wanted = (size_t)count * c->subscribed;

	c->nheard = 0;
	snprintf(c->only, sizeof(c->only), "%s", event);
	c->until = crew_now() + WAIT_MS * 1000;
	uv_timer_start(&c->timer, on_timer, 0, 10); /* nothing is left to write: it only wakes the loop */
	printf("listening %u\n", count);
	fflush(stdout);
	while (c->nheard < wanted && crew_now() < c->until)
		uv_run(&c->loop, UV_RUN_ONCE);
	uv_timer_stop(&c->timer);
	tell_heard(c, wanted);
}

static void write_events(struct crowd *c, unsigned rate, unsigned count)
{
	c->rate = rate;
	c->left = count;
	c->begun = c->answered = 0;
	c->nheard = 0;
	snprintf(c->only, sizeof(c->only), "receive");
	c->next = crew_now();
	c->until = c->next + (int64_t)count * 1000000 / rate + WAIT_MS * 1000;
	uv_timer_start(&c->timer, on_timer, 0, 1);
	while (!all_heard(c) && crew_now() < c->until)
		uv_run(&c->loop, UV_RUN_ONCE);
	uv_timer_stop(&c->timer);
	tell_heard(c, (size_t)c->begun * c->subscribed);
}

static void read_plan(struct crowd *c, const char *path)
{
	char certificate[512], token[80];
	long long item;
	int materials;
	FILE *f = fopen(path, "r");

	if (f == NULL)
		crew_die("%s: cannot be read", path);
	while (fscanf(f, "%511s %79s %lld %d", certificate, token, &item, &materials) == 4)
		c->size++;
	rewind(f);
	c->w = calloc(c->size + 1, sizeof(*c->w));
	if (c->w == NULL)
		crew_die("out of memory");
	fclose(f);
}

/* Connects a few at a time: the hall takes so many unknown callers at once, no more. */
static void connect_all(struct crowd *c, const char *hall, const char *path)
{
	static const struct link_calls calls = {.state = on_state, .event = on_event};
	char certificate[512], token[80];
	long long item;
	int materials;
	FILE *f = fopen(path, "r");

	if (f == NULL)
		crew_die("%s: cannot be read", path);
	while (
	    c->n < c->size && fscanf(f, "%511s %79s %lld %d", certificate, token, &item, &materials) == 4) {
		struct window *w = &c->w[c->n++];

		w->crowd = c;
		w->item = (struct crew_item){item, materials};
		crew_token(token, w->token);
		w->link = crew_link(&c->loop, hall, certificate, NULL, 0, &calls, w);
		while (c->n - c->ready >= 16 || (c->n == c->size && c->ready < c->n))
			uv_run(&c->loop, UV_RUN_ONCE);
	}
	fclose(f);
}

int main(int argc, char **argv)
{
	static struct crowd crowd;
	struct crowd *c = &crowd;
	char line[80];
	unsigned a, b;
	char event[40];

	if (argc != 5)
		crew_die("usage: bench_crowd HALL PLAN HEARD WRITERS");
	uv_loop_init(&c->loop);
	uv_timer_init(&c->loop, &c->timer);
	c->timer.data = c;
	crew_seed(&c->random, 7);
	c->receive = crew_op("case.receive");
	c->out = fopen(argv[3], "w");
	c->writers = strtoul(argv[4], NULL, 10);
	read_plan(c, argv[2]);
	if (c->out == NULL || c->writers > c->size)
		crew_die("bench_crowd: cannot write %s, or fewer windows than writers", argv[3]);
	connect_all(c, argv[1], argv[2]);
	printf("ready %zu\n", c->ready);
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin) != NULL) {
		if (sscanf(line, "subscribe %u", &a) == 1)
			subscribe(c, a);
		else if (sscanf(line, "listen %u %39s", &a, event) == 2)
			listen_for(c, a, event);
		else if (sscanf(line, "write %u %u", &a, &b) == 2)
			write_events(c, a, b);
	}
	return 0; /* a thousand links end with the process */
}
