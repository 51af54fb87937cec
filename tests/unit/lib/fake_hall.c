/* The hall of the screen tests: see fake_hall.h. */
#include "tests/unit/lib/fake_hall.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/desktop.h"
#include "common/op.h"

struct fake_sent sent[SENT_MAX];
int nsent, beeps, papers, files, drops, takes;
uint64_t clock_ms = 1000;
const struct screen *kept;
bool kept_dirty;
struct fake_paper last_paper;
struct fake_file last_file;
struct stack st;

static uint32_t send_(void *ctx, const struct op *op, const void *payload, size_t len)
{
	(void)ctx;
	ck_assert_int_lt(nsent, SENT_MAX);
	ck_assert_uint_le(len, sizeof sent[0].payload);
	sent[nsent].op = op;
	if (len > 0)
		memcpy(sent[nsent].payload, payload, len);
	sent[nsent].len = len;
	sent[nsent].forgotten = sent[nsent].given_up = false;
	sent[nsent].id = (uint32_t)nsent + 1;
	/* Every request must be readable by the table that declares it. */
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault = {0};
	bytes_in_init(&in, sent[nsent].payload, len);
	ck_assert_msg(op_decode_in(op, &in, v, &fault) == 0, "%s: %s %s", op->name,
	    fault.code ? fault.code : "", fault.field ? fault.field : "");
	return sent[nsent++].id;
}

static uint32_t login(void *ctx, const char *name, const char *password)
{
	struct bytes_out out;
	(void)ctx;
	bytes_out_init(&out, 0);
	op_put_text(&out, name);
	op_put_text(&out, password);
	op_put_int4(&out, 0);
	uint32_t id = send_(ctx, op_by_name("session.login"), out.p, out.len);
	bytes_out_done(&out);
	return id;
}

static void forget(void *ctx, uint32_t id)
{
	(void)ctx;
	sent[id - 1].forgotten = true;
}

static void give_up(void *ctx, uint32_t id)
{
	(void)ctx;
	sent[id - 1].given_up = true;
}

static void paper(void *ctx, uint32_t screen, int tag, struct paper_order *order)
{
	(void)ctx;
	papers++;
	last_paper.screen = screen;
	last_paper.tag = tag;
	last_paper.spool = order->spool;
	last_paper.notice_id = order->notice_id;
	last_paper.reprint = order->reprint;
	strcpy(last_paper.printer, order->printer);
	strcpy(last_paper.kind, order->kind);
	reply_free(order->blocks);
	free(order);
}

static void paper_stop(void *ctx, int64_t notice_id)
{
	(void)ctx;
	last_paper.stopped = notice_id;
}

static void file(void *ctx, uint32_t screen, int tag, struct file_order *order)
{
	(void)ctx;
	last_file.screen = screen;
	last_file.tag = tag;
	last_file.order = *order;
	files++;
	free(order);
}

static bool request(void *ctx, enum request r, const struct screen_arg *arg)
{
	(void)ctx;
	takes += r == REQ_TAKE;
	return desktop_request(&st, r, arg);
}

static void watch(void *ctx, const int64_t *cases, int n)
{
	(void)ctx;
	(void)cases;
	(void)n;
}

static void beep_(void *ctx)
{
	(void)ctx;
	beeps++;
}

static void scan(void *ctx, const char *text)
{
	(void)ctx;
	desktop_scan(&st, text);
}

static void keep_(void *ctx, struct screen *s)
{
	(void)ctx;
	kept = s;
	kept_dirty = s->ops->dirty != NULL && s->ops->dirty(s);
}

static void drop_(void *ctx, struct screen *s)
{
	(void)ctx;
	(void)s;
	drops++;
}

static void reopen_(void *ctx, const struct reply *taken, const uint8_t key[OP_DRAFT_KEY])
{
	(void)ctx;
	stack_reopen(&st, taken, key);
}

static uint64_t now_(void *ctx)
{
	(void)ctx;
	return clock_ms;
}

static const struct stack_host host = {send_, login, forget, give_up, paper, paper_stop, file, request, watch,
    beep_, scan, keep_, drop_, reopen_, now_};

void begin(void)
{
	nsent = beeps = papers = files = drops = takes = 0;
	kept = NULL;
	last_paper = (struct fake_paper){0};
	stack_init(&st, &host, NULL);
	st.desk.staff_id = 7;
	st.desk.now = INT64_C(848000000000000);
}

void end(void)
{
	stack_done(&st);
}

void press_after(enum key_code code, unsigned ms)
{
	struct key k = {.code = code};
	stack_shown(&st);
	clock_ms += ms;
	stack_key(&st, &k);
}

void press(enum key_code code)
{
	press_after(code, 1000);
}

void type(const char *s)
{
	for (const char *p = s; *p != '\0';) {
		struct key k = {.code = K_TEXT};
		size_t n = (*p & 0x80) == 0 ? 1 : (*p & 0xf0) == 0xf0 ? 4 : (*p & 0xe0) == 0xe0 ? 3 : 2;
		memcpy(k.text, p, n);
		k.len = n;
		stack_key(&st, &k);
		clock_ms += 100;
		p += n;
	}
}

const char *top(void)
{
	return stack_top(&st)->ops->name;
}

/* The last unanswered request of this operation. */
int asked(const char *op)
{
	for (int i = nsent - 1; i >= 0; i--)
		if (strcmp(sent[i].op->name, op) == 0)
			return i;
	ck_abort_msg("%s was not sent", op);
	return -1;
}

int times_asked(const char *op)
{
	int n = 0;
	for (int i = 0; i < nsent; i++)
		n += strcmp(sent[i].op->name, op) == 0;
	return n;
}

/* One row, typed as for op_put_typed; NULL cells are NULL. */
static void put_row(struct bytes_out *out, const struct op_field *f, const char *const *cells)
{
	for (size_t i = 0; f[i].name != NULL; i++) {
		if (cells[i] == NULL)
			op_put_null(out);
		else if (f[i].type == OP_BYTES)
			op_put_bytes(out, cells[i], strlen(cells[i]));
		else
			ck_assert_ptr_null(op_put_typed(out, &f[i], cells[i]));
	}
}

void answer(const char *op, size_t n, const char *const *rows)
{
	int at = asked(op);
	struct bytes_out out;
	bytes_out_init(&out, 0);
	size_t width = op_width(sent[at].op->out);
	for (size_t i = 0; i < n; i++)
		put_row(&out, sent[at].op->out, rows + i * width);
	struct reply *r = reply_new(sent[at].op, OP_OK, out.p, out.len);
	ck_assert(reply_ok(r));
	stack_reply(&st, sent[at].id, r);
	reply_free(r);
	bytes_out_done(&out);
}

void refuse(const char *op, unsigned status, const char *code, const char *arg1)
{
	int at = asked(op);
	const char *row[OUTCOME_COLUMNS] = {code, arg1};
	struct bytes_out out;
	bytes_out_init(&out, 0);
	put_row(&out, op_outcome, row);
	struct reply *r = reply_new(sent[at].op, status, out.p, out.len);
	stack_reply(&st, sent[at].id, r);
	reply_free(r);
	bytes_out_done(&out);
}

void printed(bool ok)
{
	struct paper_result r = {.ok = ok, .pages = 1};
	if (ok)
		strcpy(r.path, "/print/x.pdf");
	else
		strcpy(r.sentence, "没有字体");
	stack_paper(&st, last_paper.screen, last_paper.tag, &r);
}

void still_printing(const char *printer)
{
	struct paper_result r = {.going = true};
	strcpy(r.printer, printer);
	stack_paper(&st, last_paper.screen, last_paper.tag, &r);
}

const char *const items[] = {
    "11", "511A01", "食品经营许可（新办）", "区市监局", "promised", "10", "workday", "true", "true"};
const char *const shown[] = {"11", "511A01", "1", "食品经营许可（新办）", NULL, "区市监局", "行政许可",
    "promised", "法", "受理→审核", "20", "10", "workday", "0", NULL, "许可证", "30", "true", "5",
    "食品许可受理", "3"};
const char *const materials[] = {"1", "申请书", "original", "1", "required", NULL, NULL, "2", "营业执照",
    "copy", "1", "required", NULL, NULL};
const char *const person[] = {"9", "resident", "11010119900307109X", "张三丰", "13800005199", "示例路1号",
    "0", NULL, NULL, NULL, NULL, NULL, NULL};
const char *const done[] = {NULL, NULL, NULL, NULL, "77", "1", "5199-20261123-000123-7"};
const char *const blocks[] = {"1", "title", "受理通知书", NULL, NULL, NULL, NULL};
const char *const notice[] = {"501", "77", "5199-20261123-000123-7", "acceptance", "受理通知书",
    "示市监受〔2026〕00001号", "2026-11-23 10:00", "unprinted", "0", NULL, NULL, NULL, NULL};

/* From the queue to the intake form of a known applicant, all typed at once. */
void start_intake(const char *ahead)
{
	stack_push(&st, &screen_queue, NULL);
	press(K_F2);
	ck_assert_str_eq(top(), "finder");
	type("11010119900307109X");
	press(K_ENTER);
	type("spjy");
	press(K_ENTER);
	press(K_ENTER); /* on the name filled in: it is kept, on to the materials */
	if (strcmp(ahead, "") != 0)
		press(K_ENTER);
	if (strcmp(ahead, "accept") == 0)
		press(K_F10);
	/* The first answer is for what was typed first; a second question is under way. */
	answer("item.find", 1, items);
	ck_assert_str_eq(top(), "finder");
	answer("item.find", 1, items);
	ck_assert_str_eq(top(), "intake");
}

void load_intake(void)
{
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	answer("applicant.find", 1, person);
}

const char *const two_cases[] = {"77", "5199-20261123-000123-3", "食品经营许可（新办）", "张三", "109X",
    "accepted", "审核", "食品许可受理", "2026-11-23 10:00", NULL, "2026-11-30 17:00", "2", "2026-11-24 17:00",
    "green", "yellow", "6", NULL, "advance", "1", NULL, "78", "5199-20261123-000124-1",
    "食品经营许可（新办）", "李四", "109X", "suspended", "审核", "食品许可受理", "2026-11-23 10:00", NULL,
    NULL, "2", NULL, NULL, NULL, NULL, "听证", "resume", NULL, NULL};
const char *const free_to_go[] = {"advance", NULL, NULL, NULL, NULL, NULL};
const char *const case_row[] = {"77", "5199-20261123-000123-7", "2", "correcting", "受理", "5",
    "食品许可受理", "true", "11", "511A01", "食品经营许可（新办）", "区市监局", "resident",
    "11010119900307109X", "张三丰", "13800005199", NULL, NULL, NULL, NULL, "2026-11-23 10:00", NULL, NULL,
    NULL, NULL, "false", "promised", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL};
const char *const case_ticks[] = {"1", "申请书", "original", "1", "required", "present", NULL, NULL, "false",
    "2", "营业执照", "copy", "1", "required", "absent", "请提交", NULL, "true"};

bool bar_has(enum key_code code)
{
	struct bar_key keys[24];
	char label[12];
	key_label(code, 0, label, sizeof label);
	for (int i = stack_bar(&st, keys, 24) - 1; i >= 0; i--)
		if (strcmp(keys[i].key, label) == 0)
			return true;
	return false;
}
