/*
 * Windows that take in and accept cases as fast as the hall lets them: one
 * case.receive and one case.accept after the other at each. Driven by lines on
 * stdin, so that rounds can be interleaved with another way of doing the same:
 *   go SECONDS   → pairs N seconds S cpu C receive_p50 … (microseconds)
 *   find N       → p50, p99, max of N item.find one after another at one window
 *   cases N FILE → the same of case.find; a line of FILE: a fragment. The slowest is named
 *   queue N LIST → the same of the first page of case.queue; LIST: all, or a state of it
 * bench_pairs HALL PLAN SEED; a line of PLAN: certificate token item_id materials
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tests/load/crew.h"

enum { CREW_MAX = 256, TIMES_MAX = 1 << 20, FRAGMENTS_MAX = 4096 };

struct times {
	int64_t *v;
	size_t n;
};

struct bench;

struct window {
	struct bench *bench;
	struct link *link;
	uint8_t token[32];
	struct crew_item item;
	struct crew_random random;
	int64_t sent;
	unsigned finds;
};

struct bench {
	uv_loop_t loop;
	struct window crew[CREW_MAX];
	size_t n, ready, working;
	const struct op *receive, *accept, *find, *cases, *queue;
	int64_t until;
	size_t pairs;
	/* Of one round of finds: how many, of what, the slowest. */
	unsigned finds;
	const struct op *finding;
	const char *const *fragments;
	size_t nfragments;
	int64_t slowest;
	const char *slow;
	struct times received, accepted, found;
};

static void times_add(struct times *t, int64_t us)
{
	if (t->n < TIMES_MAX)
		t->v[t->n++] = us;
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
		w->bench->ready++;
	if (state == LINK_LOST && *why != '\0')
		fprintf(stderr, "bench_pairs: lost: %s %s\n", why, detail);
}

static const struct reply *must(const struct reply *r)
{
	if (!reply_ok(r))
		crew_die("%s: status %u %s %s", r->op->name, r->status, reply_code(r), reply_arg(r, 1));
	return r;
}

static void take_in(struct window *w);

static void on_accepted(void *arg, uint32_t request, const struct reply *reply)
{
	struct window *w = arg;

	(void)request;
	must(reply);
	times_add(&w->bench->accepted, crew_now() - w->sent);
	w->bench->pairs++;
	take_in(w);
}

static void on_received(void *arg, uint32_t request, const struct reply *reply)
{
	struct window *w = arg;
	struct bytes_out out;

	(void)request;
	must(reply);
	times_add(&w->bench->received, crew_now() - w->sent);
	bytes_out_init(&out, 0);
	crew_put_accept(&out, reply_int(reply, 0, "case_id"), (int)reply_int(reply, 0, "version"));
	w->sent = crew_now();
	link_send(w->link, w->bench->accept, out.p, out.len, on_accepted, w);
	bytes_out_done(&out);
}

static void take_in(struct window *w)
{
	struct bytes_out out;

	if (crew_now() >= w->bench->until) {
		w->bench->working--;
		return;
	}
	bytes_out_init(&out, 0);
	crew_put_receive(&out, &w->random, &w->item, "load");
	w->sent = crew_now();
	link_send(w->link, w->bench->receive, out.p, out.len, on_received, w);
	bytes_out_done(&out);
}

static int64_t cpu_us(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (int64_t)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000 + u.ru_utime.tv_usec +
	       u.ru_stime.tv_usec;
}

static void work_off(struct bench *b)
{
	while (b->working > 0)
		uv_run(&b->loop, UV_RUN_ONCE);
}

static void round_of_pairs(struct bench *b, double seconds)
{
	int64_t began = crew_now(), cpu = cpu_us();
	double took;

	b->pairs = b->received.n = b->accepted.n = 0;
	b->until = began + (int64_t)(seconds * 1e6);
	b->working = b->n;
	for (size_t i = 0; i < b->n; i++)
		take_in(&b->crew[i]);
	work_off(b);
	took = (double)(crew_now() - began) / 1e6;
	printf("pairs %zu seconds %.6f cpu %.6f receive_p50 %lld receive_p99 %lld accept_p50 %lld accept_p99 "
	       "%lld\n",
	    b->pairs, took, (double)(cpu_us() - cpu) / 1e6,
	    (long long)crew_quantile(b->received.v, b->received.n, 500),
	    (long long)crew_quantile(b->received.v, b->received.n, 990),
	    (long long)crew_quantile(b->accepted.v, b->accepted.n, 500),
	    (long long)crew_quantile(b->accepted.v, b->accepted.n, 990));
	fflush(stdout);
}

/* What clerks type: pieces of names, initials, a code, nothing at all (CAT-6). */
static const char *const typed[] = {"食品", "经营许可", "spjy", "登记", "zj", "会计", "511A0064100070",
    "许可", "备案", "gsdj", "施工许可证", "社保", "医疗机构", "ylbx", "营业", "道路运输", "z", "林木采伐",
    "hy", ""};

static void find_next(struct window *w);

static const char *fragment(const struct window *w, unsigned nth)
{
	return w->bench->fragments[nth % w->bench->nfragments];
}

static void on_found(void *arg, uint32_t request, const struct reply *reply)
{
	struct window *w = arg;
	struct bench *b = w->bench;
	int64_t took = crew_now() - w->sent;

	(void)request;
	must(reply);
	times_add(&b->found, took);
	if (took > b->slowest) {
		b->slowest = took;
		b->slow = fragment(w, w->finds - 1);
	}
	find_next(w);
}

/* As many rows as the window client asks for. */
static void put_queue(struct bytes_out *out, const char *list)
{
	op_put_null(out);
	op_put_text(out, strcmp(list, "all") == 0 ? NULL : list);
	op_put_null(out);
	op_put_int4(out, 200);
	op_put_null(out);
	op_put_null(out);
}

static void put_find(struct bytes_out *out, const struct bench *b, const char *words)
{
	op_put_text(out, words);
	if (b->finding == b->find) {
		op_put_null(out); /* department */
		op_put_bool(out, false);
	}
	op_put_null(out); /* after */
	op_put_int4(out, b->finding == b->find ? 20 : 50);
}

static void find_next(struct window *w)
{
	struct bench *b = w->bench;
	struct bytes_out out;

	if (w->finds++ == b->finds) {
		b->working--;
		return;
	}
	bytes_out_init(&out, 0);
	if (b->finding == b->queue)
		put_queue(&out, fragment(w, w->finds - 1));
	else
		put_find(&out, b, fragment(w, w->finds - 1));
	w->sent = crew_now();
	link_send(w->link, b->finding, out.p, out.len, on_found, w);
	bytes_out_done(&out);
}

static void round_of_finds(
    struct bench *b, unsigned n, const struct op *finding, const char *const *fragments, size_t nfragments)
{
	b->found.n = 0;
	b->finds = n;
	b->finding = finding;
	b->fragments = fragments;
	b->nfragments = nfragments;
	b->slowest = 0;
	b->slow = "-";
	b->crew[0].finds = 0;
	b->working = 1;
	find_next(&b->crew[0]);
	work_off(b);
	printf("finds %zu p50 %lld p99 %lld max %lld slowest %s\n", b->found.n,
	    (long long)crew_quantile(b->found.v, b->found.n, 500),
	    (long long)crew_quantile(b->found.v, b->found.n, 990),
	    (long long)crew_quantile(b->found.v, b->found.n, 1000), *b->slow == '\0' ? "-" : b->slow);
	fflush(stdout);
}

static void round_of_cases(struct bench *b, unsigned n, const char *path)
{
	static char lines[FRAGMENTS_MAX][128];
	static const char *fragments[FRAGMENTS_MAX];
	size_t count = 0;
	FILE *f = fopen(path, "r");

	if (f == NULL)
		crew_die("%s: cannot be read", path);
	while (count < FRAGMENTS_MAX && fgets(lines[count], sizeof(lines[count]), f) != NULL) {
		lines[count][strcspn(lines[count], "\n")] = '\0';
		fragments[count] = lines[count];
		count++;
	}
	fclose(f);
	if (count == 0)
		crew_die("%s: no fragments", path);
	round_of_finds(b, n, b->cases, fragments, count);
}

static void read_plan(struct bench *b, const char *hall, const char *path, unsigned long seed)
{
	static const struct link_calls calls = {.state = on_state};
	char certificate[512], token[80];
	long long item;
	int materials;
	FILE *f = fopen(path, "r");

	if (f == NULL)
		crew_die("%s: cannot be read", path);
	while (fscanf(f, "%511s %79s %lld %d", certificate, token, &item, &materials) == 4) {
		struct window *w = &b->crew[b->n];

		if (b->n++ == CREW_MAX)
			crew_die("%s: more than %d windows", path, CREW_MAX);
		w->bench = b;
		w->item = (struct crew_item){item, materials};
		crew_token(token, w->token);
		crew_seed(&w->random, seed * 1000 + b->n);
		w->link = crew_link(&b->loop, hall, certificate, NULL, 0, &calls, w);
	}
	fclose(f);
}

static void times_init(struct times *t)
{
	t->v = malloc(TIMES_MAX * sizeof(*t->v));
	if (t->v == NULL)
		crew_die("out of memory");
}

int main(int argc, char **argv)
{
	static struct bench bench;
	struct bench *b = &bench;
	char line[600], path[512];
	double seconds;
	unsigned n;

	if (argc != 4)
		crew_die("usage: bench_pairs HALL PLAN SEED");
	uv_loop_init(&b->loop);
	times_init(&b->received);
	times_init(&b->accepted);
	times_init(&b->found);
	b->receive = crew_op("case.receive");
	b->accept = crew_op("case.accept");
	b->find = crew_op("item.find");
	b->cases = crew_op("case.find");
	b->queue = crew_op("case.queue");
	read_plan(b, argv[1], argv[2], strtoul(argv[3], NULL, 10));
	while (b->ready < b->n)
		uv_run(&b->loop, UV_RUN_ONCE);
	puts("ready");
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin) != NULL) {
		if (sscanf(line, "go %lf", &seconds) == 1)
			round_of_pairs(b, seconds);
		else if (sscanf(line, "find %u", &n) == 1)
			round_of_finds(b, n, b->find, typed, sizeof(typed) / sizeof(typed[0]));
		else if (sscanf(line, "cases %u %511s", &n, path) == 2)
			round_of_cases(b, n, path);
		else if (sscanf(line, "queue %u %511s", &n, path) == 2)
			round_of_finds(b, n, b->queue, &(const char *){path}, 1);
	}
	for (size_t i = 0; i < b->n; i++)
		link_close(b->crew[i].link);
	uv_run(&b->loop, UV_RUN_DEFAULT);
	return 0;
}
