/*
 * A window under faults: takes cases through receive, correct, answer, accept (or finish, decline,
 * withdraw), the printing of their notices and (LIFE) everything after acceptance, answers first
 * contacts, with the product's own link, outbox and journal, and records what it meant to do and what
 * it was told, each line on disk before the next step (tests/load/record.h). Killed at any moment, it
 * goes on with its journal and its record.
 * fault_window HALL CERTIFICATE STATE RECORD TAG PORT ITEM MATERIALS [CASES]; LOGIN and PASSWORD by
 * environment, FINISH: the item is finished on the spot, LIFE: accepted cases go on to their end, and
 * PACE: a case every so many milliseconds on the average, and beside the writes what a clerk's window
 * reads. SIGTERM: begin nothing new, settle everything, end with 0.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "tests/load/crew.h"
#include "tests/load/record.h"

enum { STRETCH = 3 }; /* cases under way at once: three slots of the eight are in use */

struct worker;

/* One case on its way through the hall. */
struct way {
	struct worker *worker;
	char tag[48];
	const struct op *op;
	int step;
	bool longer;         /* by way of a correction */
	int end;             /* the step that ends it: accept, finish, decline, withdraw */
	unsigned life, deed; /* after acceptance: which groups of deeds, and the next one; 0: none */
	int64_t case_id, notice_id, sent;
	int version;
	bool open;
};

struct worker {
	uv_loop_t loop;
	uv_signal_t term;
	uv_timer_t look;
	struct link *link;
	const char *login, *password, *tag;
	struct crew_item item;
	struct crew_random random;
	int record;
	unsigned run, serial, cases, most;
	bool ready, asked, ending, finish, life;
	unsigned pace; /* milliseconds from case to case; 0: as fast as it goes */
	int64_t next;  /* microseconds: when the next applicant comes */
	bool listing, again;
	struct way way[STRETCH];
};

static void on_recovered(void *ctx, const struct op *op, const void *payload, size_t len,
    enum outbox_word word, const struct reply *outcome)
{
	record_recovered(((struct worker *)ctx)->record, op, payload, len, word, outcome);
}

static void go_on(struct worker *w);

static void close_way(struct way *y)
{
	y->open = false;
}

static void next_step(struct way *y);

static void on_answer(void *arg, uint32_t request, const struct reply *reply)
{
	struct way *y = arg;
	int64_t version = reply_int(reply, 0, "version");

	(void)request;
	record_answer(y->worker->record, y->tag, y->op, reply, crew_now() - y->sent);
	if (!reply_ok(reply)) {
		if (reply->status == OP_REFUSED && strcmp(reply_code(reply), "command.cancelled") != 0)
			fprintf(stderr, "fault_window %s: %s: %u %s %s\n", y->tag, y->op->name, reply->status,
			    reply_code(reply), reply_arg(reply, 1));
		close_way(y);
		go_on(y->worker);
		return;
	}
	if (reply_int(reply, 0, "case_id") != 0)
		y->case_id = reply_int(reply, 0, "case_id");
	if (version != 0)
		y->version = (int)version;
	y->step++;
	next_step(y);
}

static void send_write(struct way *y, const char *name, struct bytes_out *out)
{
	uint32_t request;

	y->op = crew_op(name);
	record_intent(y->worker->record, y->tag, y->op, out);
	y->sent = crew_now();
	request = link_send(y->worker->link, y->op, out->p, out->len, on_answer, y);
	record_key(y->worker->record, y->tag, y->worker->link, request);
	bytes_out_done(out);
}

enum {
	STEP_RECEIVE,
	STEP_CORRECT,
	STEP_ANSWER,
	STEP_ACCEPT,
	STEP_FINISH,
	STEP_DECLINE,
	STEP_WITHDRAW,
	STEP_LOOK,
	STEP_PRINT,
	STEP_PRINTED,
	STEP_END,
	STEP_VISIT,
	STEP_VISITED,
	STEP_LIFE
};

/* The life of a case after acceptance, in this order: the groups that its lot names, and group 1 always. */
enum {
	ALWAYS = 1,
	FEE = 2,
	BACK = 4,
	STAND = 8,
	LONGER = 16,
	UP = 32,
	SHORTER = 64,
	GRANT = 128,
	REFUSE = 256,
	DELIVER = 512
};

static const struct deed {
	unsigned group;
	const char *op, *fields; /* as crew_put_deed takes them */
} life[] = {
    {FEE, "fee.ask", "a-T-"},
    {LONGER, "case.extend", "5T--"},
    {ALWAYS, "case.advance", "T-"},
    {BACK, "case.send_back", "-T-"},
    {STAND, "case.suspend", "hT5---"},
    {STAND, "case.resume", "T-"},
    {BACK, "case.advance", "T-"},
    {UP, "case.forward", "T---"},
    {UP, "case.track", "T-"},
    {UP, "case.return", "T-"},
    {SHORTER, "case.expedite", "5T-"},
    {GRANT, "case.decide", "---T-"},
    {REFUSE, "case.refuse", "ff-T-"},
    {FEE, "fee.pay", "T--"},
    {ALWAYS, "case.close", "T-"},
    {DELIVER, "case.deliver", "wn--T-"},
};

enum { DEEDS = sizeof(life) / sizeof(life[0]) };

static const char *paper_of(int end)
{
	return end == STEP_FINISH     ? "finish"
	       : end == STEP_DECLINE  ? "decline"
	       : end == STEP_WITHDRAW ? "withdraw"
				      : "acceptance";
}

static void on_notices(void *arg, uint32_t request, const struct reply *reply)
{
	struct way *y = arg;

	(void)request;
	y->notice_id = 0;
	for (size_t i = 0; reply_ok(reply) && i < reply->nrows; i++)
		if (strcmp(reply_text(reply, i, "kind"), paper_of(y->end)) == 0)
			y->notice_id = reply_int(reply, i, "notice_id");
	if (y->notice_id == 0) {
		close_way(y);
		go_on(y->worker);
		return;
	}
	y->step++;
	next_step(y);
}

static void ask_notices(struct way *y)
{
	struct bytes_out out;

	bytes_out_init(&out, 0);
	op_put_int8(&out, y->case_id);
	link_send_within(y->worker->link, crew_op("notice.list"), out.p, out.len, -1, on_notices, y);
	bytes_out_done(&out);
}

static void put_printed(struct bytes_out *out, int64_t notice_id, const char *tag)
{
	uint8_t sha256[32] = {1, 2, 3};

	op_put_int8(out, notice_id);
	op_put_bool(out, true);
	op_put_bytes(out, sha256, sizeof(sha256));
	op_put_int2(out, 1);
	op_put_text(out, tag);
}

/* Where the way goes from the step that was just done. */
static void choose_step(struct way *y)
{
	if ((y->step == STEP_CORRECT && !y->longer) || y->step == STEP_ACCEPT)
		y->step = y->end;
	else if (y->step > STEP_ACCEPT && y->step <= STEP_WITHDRAW)
		y->step = STEP_LOOK;
	else if (y->step == STEP_END && y->end == STEP_ACCEPT && y->life != 0)
		y->step = STEP_LIFE;
	else if (y->step > STEP_LIFE)
		y->step = STEP_LIFE, y->deed++;
	while (y->step == STEP_LIFE && y->deed < DEEDS && (y->life & life[y->deed].group) == 0)
		y->deed++;
	if (y->step == STEP_LIFE && y->deed == DEEDS)
		y->step = STEP_VISITED;
}

static void next_step(struct way *y)
{
	struct worker *w = y->worker;
	struct bytes_out out;

	choose_step(y);
	snprintf(y->tag, sizeof(y->tag), "%s-%u-%u", w->tag, w->run, w->serial++);
	bytes_out_init(&out, 0);
	switch (y->step) {
	case STEP_RECEIVE:
		crew_put_receive(&out, &w->random, &w->item, y->tag);
		send_write(y, "case.receive", &out);
		break;
	case STEP_CORRECT:
		crew_put_correct(&out, y->case_id, y->version, y->tag);
		send_write(y, "case.correct", &out);
		break;
	case STEP_ANSWER:
		crew_put_answer(&out, y->case_id, y->version, y->tag);
		send_write(y, "case.answer", &out);
		break;
	case STEP_ACCEPT:
		crew_put_accept(&out, y->case_id, y->version);
		send_write(y, "case.accept", &out);
		break;
	case STEP_FINISH:
		crew_put_finish(&out, y->case_id, y->version, y->tag);
		send_write(y, "case.finish", &out);
		break;
	case STEP_DECLINE:
		crew_put_decline(&out, y->case_id, y->version, y->tag);
		send_write(y, "case.decline", &out);
		break;
	case STEP_WITHDRAW:
		crew_put_withdraw(&out, y->case_id, y->version, y->tag);
		send_write(y, "case.withdraw", &out);
		break;
	case STEP_VISIT:
		crew_put_visit(&out, y->tag);
		send_write(y, "visit.record", &out);
		break;
	case STEP_LIFE:
		crew_put_deed(&out, y->case_id, y->version, life[y->deed].fields, y->tag);
		send_write(y, life[y->deed].op, &out);
		break;
	case STEP_LOOK:
		ask_notices(y);
		break;
	case STEP_PRINT:
		op_put_int8(&out, y->notice_id);
		op_put_text(&out, y->tag);
		send_write(y, "notice.print", &out);
		break;
	case STEP_PRINTED:
		put_printed(&out, y->notice_id, y->tag);
		send_write(y, "notice.printed", &out);
		break;
	default:
		close_way(y);
		go_on(w);
	}
}

static bool idle(const struct worker *w)
{
	for (int i = 0; i < STRETCH; i++)
		if (w->way[i].open)
			return false;
	return link_unsettled(w->link) == 0;
}

/* What is read need not come, but was asked rightly. */
static void must_fit(const struct reply *reply)
{
	if (reply->status == OP_INVALID)
		crew_die("%s: %s", reply->op->name, reply_code(reply));
}

static void on_read(void *arg, uint32_t request, const struct reply *reply)
{
	(void)arg;
	(void)request;
	must_fit(reply);
}

/* What the window reads before an application is taken in: the finder at every key, the item. */
static void look_up(struct worker *w)
{
	static const char *const typed[] = {"s", "sp", "spj", "spjy"};
	struct bytes_out out;

	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
		bytes_out_init(&out, 0);
		op_put_text(&out, typed[i]);
		for (int field = 0; field < 4; field++)
			op_put_null(&out);
		link_send(w->link, crew_op("item.find"), out.p, out.len, on_read, w);
		bytes_out_done(&out);
	}
	bytes_out_init(&out, 0);
	op_put_int8(&out, w->item.item_id);
	link_send(w->link, crew_op("item.show"), out.p, out.len, on_read, w);
	link_send(w->link, crew_op("item.materials"), out.p, out.len, on_read, w);
	bytes_out_done(&out);
}

static void list_queue(struct worker *w);

static void on_queue(void *arg, uint32_t request, const struct reply *reply)
{
	struct worker *w = arg;

	(void)request;
	must_fit(reply);
	w->listing = false;
	if (w->again)
		list_queue(w);
}

/* As the queue's screen: read anew at every event, one reading at a time. */
static void list_queue(struct worker *w)
{
	struct bytes_out out;

	w->again = w->listing;
	if (w->listing)
		return;
	w->listing = true;
	bytes_out_init(&out, 0);
	for (int field = 0; field < 3; field++)
		op_put_null(&out);
	op_put_int4(&out, 200);
	for (int field = 0; field < 2; field++)
		op_put_null(&out);
	link_send(w->link, crew_op("case.queue"), out.p, out.len, on_queue, w);
	bytes_out_done(&out);
}

static void on_event(void *ctx, const struct reply *rows)
{
	(void)rows;
	list_queue(ctx);
}

static void subscribe(struct worker *w)
{
	struct bytes_out out;

	bytes_out_init(&out, 0);
	op_put_null(&out);
	op_put_bool(&out, false);
	link_subscribe(w->link, out.p, out.len, on_read, w);
	bytes_out_done(&out);
}

/* Whether the next applicant is here: waits between two are exponential, as at a door. */
static bool comes(struct worker *w)
{
	int64_t now = crew_now(), wait = 0;

	if (w->pace == 0)
		return true;
	if (now < w->next)
		return false;
	/* −ln(u) by halvings: the mean of a geometric number of them, and a part of the last. */
	while (crew_below(&w->random, 2) == 0)
		wait += 693147;
	wait += crew_below(&w->random, 613706); /* mean: 0.693 + 0.307 = 1 */
	w->next = now + wait * w->pace / 1000;
	look_up(w);
	return true;
}

/* Opens new cases where there is room; ends when asked to and nothing is open. */
static void go_on(struct worker *w)
{
	for (int i = 0; i < STRETCH && w->ready; i++) {
		struct way *y = &w->way[i];

		if (y->open || w->ending || (w->most > 0 && w->cases >= w->most) || !comes(w))
			continue;
		w->cases++;
		*y = (struct way){.worker = w, .open = true};
		unsigned lot = crew_below(&w->random, 100);
		y->step = lot >= 90 ? STEP_VISIT : STEP_RECEIVE;
		y->end = lot < 5     ? STEP_DECLINE
			 : lot < 8   ? STEP_WITHDRAW
			 : w->finish ? STEP_FINISH
				     : STEP_ACCEPT;
		y->longer = y->end == STEP_ACCEPT && crew_below(&w->random, 3) == 0;
		if (w->life && crew_below(&w->random, 2) == 0) {
			y->life = ALWAYS | (crew_below(&w->random, 1024) & ~(unsigned)(GRANT | REFUSE));
			y->life |= crew_below(&w->random, 3) > 0 ? GRANT : REFUSE;
		}
		next_step(y);
	}
}

static void on_login(void *arg, uint32_t request, const struct reply *reply)
{
	struct worker *w = arg;

	(void)request;
	w->asked = false; /* refused while the database is away: on_look asks again */
	if (!reply_ok(reply))
		fprintf(stderr, "fault_window %s: login: %u %s\n", w->tag, reply->status, reply_code(reply));
}

static void log_in(struct worker *w)
{
	if (w->asked || link_state(w->link) != LINK_CONNECTED)
		return;
	w->asked = true;
	link_login(w->link, w->login, w->password, on_login, w);
}

static void on_state(void *ctx, enum link_state state, const char *why, const char *detail)
{
	struct worker *w = ctx;

	(void)why;
	(void)detail;
	w->ready = state == LINK_READY;
	w->listing = w->again = false;
	if (w->ready && w->pace > 0)
		subscribe(w);
}

/* Ways under way wait by themselves; closed ones begin anew once the line is back. */
static void on_look(uv_timer_t *t)
{
	struct worker *w = t->data;

	log_in(w);
	go_on(w);
	if (w->most > 0 && w->cases >= w->most)
		w->ending = true;
	if (w->ending && w->ready && idle(w))
		uv_stop(&w->loop);
}

static void on_term(uv_signal_t *s, int signum)
{
	struct worker *w = s->data;

	(void)signum;
	w->ending = true;
}

static const char *from_env(const char *name)
{
	const char *v = getenv(name);

	if (v == NULL)
		crew_die("%s is not set", name);
	return v;
}

/* The number of runs that began before: lines "B". */
static unsigned count_runs(const char *path)
{
	FILE *f = fopen(path, "r");
	int c, before = '\n';
	unsigned n = 0;

	if (f == NULL)
		return 0;
	for (; (c = fgetc(f)) != EOF; before = c)
		n += c == 'B' && before == '\n';
	fclose(f);
	return n;
}

int main(int argc, char **argv)
{
	static const struct link_calls calls = {
	    .state = on_state, .event = on_event, .recovered = on_recovered};
	static struct worker worker;
	struct worker *w = &worker;

	if (argc != 9 && argc != 10)
		crew_die("usage: fault_window HALL CERTIFICATE STATE RECORD TAG PORT ITEM MATERIALS [CASES]");
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* a storm that was killed leaves no window behind */
	w->login = from_env("LOGIN");
	w->password = from_env("PASSWORD");
	w->finish = getenv("FINISH") != NULL;
	w->life = getenv("LIFE") != NULL;
	w->pace = getenv("PACE") != NULL ? (unsigned)atoi(getenv("PACE")) : 0;
	w->tag = argv[5];
	w->item = (struct crew_item){strtoll(argv[7], NULL, 10), atoi(argv[8])};
	w->most = argc == 10 ? (unsigned)atoi(argv[9]) : 0;
	w->run = count_runs(argv[4]) + 1;
	crew_seed(&w->random, strtoull(argv[6], NULL, 10) * 1000 + w->run);
	w->next = crew_now() + (int64_t)crew_below(&w->random, w->pace * 1000 + 1);
	w->record = record_open(argv[4]);
	if (w->record < 0)
		crew_die("%s: cannot be written", argv[4]);
	record_run(w->record, 'B', w->run);
	uv_loop_init(&w->loop);
	w->link = crew_link(&w->loop, argv[1], argv[2], argv[3], atoi(argv[6]), &calls, w);
	uv_signal_init(&w->loop, &w->term);
	w->term.data = w;
	uv_signal_start(&w->term, on_term, SIGTERM);
	uv_timer_init(&w->loop, &w->look);
	w->look.data = w;
	uv_timer_start(&w->look, on_look, 20, 20);
	uv_run(&w->loop, UV_RUN_DEFAULT);
	record_run(w->record, 'E', w->run);
	return 0;
}
