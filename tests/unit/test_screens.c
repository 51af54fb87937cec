/*
 * Screens against a hall made of this file: what they send decodes by its own table, keys
 * typed ahead reach the screen an answer opens, a refusal discards them, a form is never
 * lost, waiting can be left, nothing is issued that cannot be printed.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "client/reply.h"
#include "client/screen/desktop.h"
#include "client/screen/intake.h"
#include "client/ui/lang.h"
#include "common/op.h"
#include "common/text.h"

enum { SENT_MAX = 64 };

static struct {
	uint32_t id;
	const struct op *op;
	uint8_t payload[8192];
	size_t len;
	bool forgotten, given_up;
} sent[SENT_MAX];
static int nsent, beeps, papers;
static struct {
	uint32_t screen;
	int tag;
	bool spool;
} last_paper;
static struct stack st;

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
	reply_free(order->blocks);
	free(order);
}

static bool request(void *ctx, enum request r)
{
	(void)ctx;
	return desktop_request(&st, r);
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

static const struct stack_host host = {send_, login, forget, give_up, paper, request, watch, beep_};

static void begin(void)
{
	nsent = beeps = papers = 0;
	stack_init(&st, &host, NULL);
	st.desk.staff_id = 7;
	st.desk.now = INT64_C(848000000000000);
}

static void end(void)
{
	stack_done(&st);
}

static void press(enum key_code code)
{
	struct key k = {.code = code};
	stack_key(&st, &k);
}

static void type(const char *s)
{
	for (const char *p = s; *p != '\0';) {
		struct key k = {.code = K_TEXT};
		size_t n = (*p & 0x80) == 0 ? 1 : (*p & 0xf0) == 0xf0 ? 4 : (*p & 0xe0) == 0xe0 ? 3 : 2;
		memcpy(k.text, p, n);
		k.len = n;
		stack_key(&st, &k);
		p += n;
	}
}

static const char *top(void)
{
	return stack_top(&st)->ops->name;
}

/* The last unanswered request of this operation. */
static int asked(const char *op)
{
	for (int i = nsent - 1; i >= 0; i--)
		if (strcmp(sent[i].op->name, op) == 0)
			return i;
	ck_abort_msg("%s was not sent", op);
	return -1;
}

static int times_asked(const char *op)
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

static void answer(const char *op, size_t n, const char *const *rows)
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

static void refuse(const char *op, unsigned status, const char *code, const char *arg1)
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

static void printed(bool ok)
{
	struct paper_result r = {.ok = ok, .pages = 1};
	if (ok)
		strcpy(r.path, "/print/x.pdf");
	else
		strcpy(r.sentence, "没有字体");
	stack_paper(&st, last_paper.screen, last_paper.tag, &r);
}

static const char *const items[] = {
    "11", "511A01", "食品经营许可（新办）", "区市监局", "promised", "10", "workday", "true", "true"};
static const char *const shown[] = {"11", "511A01", "1", "食品经营许可（新办）", NULL, "区市监局", "行政许可",
    "promised", "法", "受理→审核", "20", "10", "workday", "0", NULL, "许可证", "30", "true", "5",
    "食品许可受理", "3"};
static const char *const materials[] = {"1", "申请书", "original", "1", "required", NULL, NULL, "2",
    "营业执照", "copy", "1", "required", NULL, NULL};
static const char *const person[] = {
    "9", "resident", "11010119900307109X", "张三丰", "13800005199", "示例路1号", "0"};
static const char *const done[] = {NULL, NULL, NULL, NULL, "77", "1", "5199-20261123-000123-7"};
static const char *const blocks[] = {"1", "title", "受理通知书", NULL, NULL, NULL, NULL};
static const char *const notice[] = {"501", "77", "5199-20261123-000123-7", "acceptance", "受理通知书",
    "示市监受〔2026〕00001号", "2026-11-23 10:00", "unprinted", "0", NULL};

/* From the queue to the intake form of a known applicant, all typed at once. */
static void start_intake(const char *ahead)
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

static void load_intake(void)
{
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	answer("applicant.find", 1, person);
}

START_TEST(typed_ahead_keys_reach_the_screens_they_were_meant_for)
{
	begin();
	start_intake("accept");
	ck_assert_int_eq(times_asked("case.receive"), 0);
	load_intake();
	/* Enter ticked all, F10 received: nothing of it was typed again. */
	ck_assert_int_eq(times_asked("case.receive"), 1);
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	ck_assert_int_eq(papers, 1);
	ck_assert(!last_paper.spool);
	ck_assert_int_eq(times_asked("case.accept"), 0); /* DOC-2: laid out first */
	printed(true);
	answer("case.accept", 1, done);
	answer("notice.list", 1, notice);
	answer("notice.show", 1, blocks);
	answer("notice.print", 1, done);
	ck_assert(last_paper.spool);
	printed(true);
	answer("notice.printed", 1, done);
	ck_assert_str_eq(top(), "case");
	ck_assert_ptr_nonnull(strstr(st.said, "/print/x.pdf"));
	ck_assert_int_eq(beeps, 0);
	end();
}
END_TEST

START_TEST(a_refusal_discards_what_was_typed_ahead)
{
	static const char *const foreign[] = {
	    "11", "511A01", "食品经营许可（新办）", "区市监局", "promised", "10", "workday", "true", "false"};
	begin();
	stack_push(&st, &screen_queue, NULL);
	press(K_F2);
	answer("item.find", 1, items);
	type("x");
	press(K_ENTER);
	press(K_ENTER);
	press(K_F10);
	answer("item.find", 1, foreign);
	ck_assert_str_eq(top(), "finder");
	ck_assert_int_eq(beeps, 1);
	ck_assert_int_eq(st.waiting, 0);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	end();
}
END_TEST

START_TEST(nothing_is_issued_that_cannot_be_printed)
{
	begin();
	start_intake("accept");
	load_intake();
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	printed(false);
	ck_assert_int_eq(times_asked("case.accept"), 0);
	ck_assert_str_eq(top(), "intake");
	ck_assert_ptr_nonnull(strstr(st.said, "没有字体"));
	/* Again: it is not received twice. */
	press(K_F10);
	ck_assert_int_eq(times_asked("case.receive"), 1);
	ck_assert_int_eq(times_asked("notice.preview"), 2);
	end();
}
END_TEST

START_TEST(a_refused_field_keeps_the_form_and_gets_its_sentence)
{
	begin();
	start_intake("accept");
	load_intake();
	refuse("case.receive", OP_INVALID, "phone.length", "phone");
	struct intake *in = stack_top(&st)->state;
	ck_assert_str_eq(top(), "intake");
	ck_assert_str_ne(in->form.error[INTAKE_PHONE], "");
	ck_assert_int_eq(in->form.focus, INTAKE_PHONE);
	ck_assert(!in->in_ticks);
	ck_assert_str_eq(form_value(&in->form, INTAKE_NAME), "张三丰");
	end();
}
END_TEST

/* A resident's number with a wrong last digit became an organisation's at the window. */
START_TEST(the_kind_of_document_changes_only_when_it_is_certain)
{
	struct screen_arg arg = {.id = 11};
	begin();
	stack_push(&st, &screen_intake, &arg);
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	struct intake *in = stack_top(&st)->state;
	type("510101199003071234");
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_KIND), "resident");
	ck_assert_str_ne(in->form.error[INTAKE_ID_NO], "");
	ck_assert(!in->form.good[INTAKE_ID_NO]);
	for (int i = 0; i < 18; i++)
		press(K_BACKSPACE);
	st.said[0] = '\0';
	type("91350100M000100Y43");
	ck_assert_str_eq(form_value(&in->form, INTAKE_ID_KIND), "org");
	ck_assert(in->form.good[INTAKE_ID_NO]);
	ck_assert_str_ne(st.said, ""); /* and it is said */
	end();
}
END_TEST

/* Whatever is typed at once means what it means when typed slowly. */
START_TEST(a_burst_about_a_known_applicant_is_slow_typing)
{
	struct screen_arg arg = {.id = 11};
	for (int slow = 0; slow < 2; slow++) {
		begin();
		stack_push(&st, &screen_intake, &arg);
		answer("item.show", 1, shown);
		answer("item.materials", 2, materials);
		type("11010119900307109X");
		press(K_ENTER);
		if (slow)
			answer("applicant.find", 1, person);
		type("李小梅");
		press(K_ENTER);
		type("13800138000");
		press(K_ENTER);
		press(K_F6);
		if (!slow)
			answer("applicant.find", 1, person);
		struct intake *in = stack_top(&st)->state;
		ck_assert_str_eq(form_value(&in->form, INTAKE_NAME), "李小梅");
		ck_assert_str_eq(form_value(&in->form, INTAKE_PHONE), "13800138000");
		ck_assert_str_eq(form_value(&in->form, INTAKE_ADDRESS), "示例路1号");
		ck_assert(in->in_ticks);
		ck_assert_int_eq(ticks_count(&in->ticks, ""), 2);
		ck_assert_int_eq(beeps, 0);
		end();
	}
}
END_TEST

/* F10 renamed a known person silently. */
START_TEST(another_name_for_a_known_number_is_asked_about)
{
	begin();
	start_intake("ticks");
	load_intake();
	struct intake *in = stack_top(&st)->state;
	press(K_F6);
	type("李小梅");
	press(K_F10);
	ck_assert_str_eq(top(), "confirm");
	press(K_F10); /* not the key that asked */
	ck_assert_int_eq(times_asked("case.receive"), 0);
	press(K_ESC);
	ck_assert_str_eq(top(), "intake");
	ck_assert_int_eq(times_asked("case.receive"), 0);
	press(K_F10);
	press(K_ENTER);
	ck_assert_int_eq(times_asked("case.receive"), 1);
	ck_assert(in->renamed);
	end();
}
END_TEST

/* The number was changed after the recall, and F10 pressed from its field. */
START_TEST(the_applicant_is_looked_up_before_anything_is_sent)
{
	begin();
	start_intake("ticks");
	load_intake();
	struct intake *in = stack_top(&st)->state;
	form_set(&in->form, INTAKE_ID_NO, "110101199003070118");
	press(K_F10);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	ck_assert_int_eq(times_asked("applicant.find"), 3);
	answer("applicant.find", 0, NULL);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	/* Another's name, telephone and address do not stay. */
	ck_assert_str_eq(form_value(&in->form, INTAKE_NAME), "");
	ck_assert_str_eq(form_value(&in->form, INTAKE_PHONE), "");
	end();
}
END_TEST

START_TEST(nobody_gets_the_data_of_the_one_before)
{
	struct screen_arg arg = {.id = 11};
	begin();
	start_intake("accept");
	load_intake();
	answer("case.receive", 1, done);
	stack_push(&st, &screen_intake, &arg);
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	struct intake *in = stack_top(&st)->state;
	static const int fields[] = {INTAKE_ID_NO, INTAKE_NAME, INTAKE_PHONE, INTAKE_ADDRESS};
	struct key repeat = {.code = K_CTRL, .text = "r"};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		in->form.focus = fields[i];
		stack_key(&st, &repeat);
		ck_assert_str_eq(form_value(&in->form, fields[i]), "");
	}
	end();
}
END_TEST

/* The digits vanished: the keys were with the chooser of the kind. */
START_TEST(a_number_typed_at_its_chooser_goes_to_its_field)
{
	struct screen_arg arg = {.id = 11};
	begin();
	stack_push(&st, &screen_intake, &arg);
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	struct intake *in = stack_top(&st)->state;
	form_go(&in->form, INTAKE_AGENT_NAME);
	type("李经办");
	press(K_ENTER);
	type("13300001111");
	press(K_ENTER);
	ck_assert_int_eq(in->form.focus, INTAKE_AGENT_ID_KIND);
	type("110101199003070118");
	ck_assert_str_eq(form_value(&in->form, INTAKE_AGENT_ID_NO), "110101199003070118");
	press(K_ENTER);
	press(K_ENTER);
	type("20990301");
	press(K_ENTER);
	ck_assert_str_eq(form_value(&in->form, INTAKE_AGENT_UNTIL), "2099-03-01");
	end();
}
END_TEST

/* An open case about the same item is named. */
START_TEST(the_same_item_still_open_is_said)
{
	static const char *const busy[] = {
	    "9", "resident", "11010119900307109X", "张三丰", "13800005199", "示例路1号", "1"};
	static const char *const other[] = {"78", "5199-20261123-000124-5", "食品经营许可（新办）", "张**",
	    "109X", "accepted", "审核", "食品许可受理", "2026-11-23 10:00", NULL, NULL, "2"};
	begin();
	start_intake("");
	answer("item.show", 1, shown);
	answer("item.materials", 2, materials);
	answer("applicant.find", 1, busy);
	answer("case.find", 1, other);
	ck_assert_ptr_nonnull(strstr(st.said, "5199-20261123-000124-5"));
	end();
}
END_TEST

START_TEST(a_form_survives_a_session_that_ends)
{
	static const char *const session[] = {
	    "t", "7", "zhangsan", "张三", "2", "1", "3", "食品许可", "局", "4", "k", "false", "false"};
	static const char *const other[] = {
	    "t", "8", "lisi", "李四", "2", "1", "3", "食品许可", "局", "4", "k", "false", "false"};
	struct screen_arg arg = {.number = 1, .id = 7, .text = "zhangsan"};
	begin();
	start_intake("ticks");
	load_intake();
	stack_push(&st, &screen_login, &arg);
	type("secret");
	press(K_ENTER);
	answer("session.login", 1, session);
	ck_assert_str_eq(top(), "intake");
	ck_assert_str_eq(form_value(&((struct intake *)stack_top(&st)->state)->form, INTAKE_NAME), "张三丰");
	/* Another person does not get to see it. */
	stack_push(&st, &screen_login, &arg);
	type("secret");
	press(K_ENTER);
	answer("session.login", 1, other);
	ck_assert_str_eq(top(), "queue");
	ck_assert(!stack_has(&st, &screen_intake));
	end();
}
END_TEST

START_TEST(leaving_typed_work_asks_first)
{
	begin();
	start_intake("ticks");
	load_intake();
	press(K_ESC);
	ck_assert_str_eq(top(), "confirm");
	press(K_F10); /* the question is not answered by a key that may have led here */
	ck_assert_str_eq(top(), "confirm");
	press(K_ESC);
	ck_assert_str_eq(top(), "intake");
	press(K_ESC);
	press(K_ENTER);
	ck_assert_str_eq(top(), "queue");
	end();
}
END_TEST

START_TEST(waiting_can_always_be_left)
{
	begin();
	start_intake("ticks");
	ck_assert(stack_waits(&st));
	type("abc");
	ck_assert_int_gt(st.waiting, 0);
	press(K_ESC);
	ck_assert(!stack_waits(&st));
	ck_assert_int_eq(st.waiting, 0);
	/* A write is given up only when asked twice: it may be done already. */
	end();
	begin();
	start_intake("accept");
	load_intake();
	press(K_ESC);
	ck_assert(stack_waits(&st));
	ck_assert(!sent[asked("case.receive")].given_up);
	press(K_ESC);
	ck_assert(sent[asked("case.receive")].given_up);
	end();
}
END_TEST

START_TEST(a_defective_material_leads_to_one_notice)
{
	begin();
	start_intake("");
	load_intake();
	type("  "); /* present, absent */
	press(K_DOWN);
	type("3需加盖公章"); /* defective, and what to do */
	press(K_ENTER);
	press(K_F10);
	ck_assert_int_eq(times_asked("case.receive"), 0);
	ck_assert_int_eq(beeps, 1);
	press(K_F5);
	ck_assert_str_eq(top(), "remark");
	type("周五前");
	press(K_ENTER);
	struct bytes_in in;
	struct op_value v[OP_FIELDS_MAX];
	struct op_fault fault;
	int at = asked("case.receive");
	bytes_in_init(&in, sent[at].payload, sent[at].len);
	ck_assert_int_eq(op_decode_in(sent[at].op, &in, v, &fault), 0);
	int state = op_field_index(sent[at].op->in, "state");
	ck_assert_uint_eq(v[state].count, 2);
	struct op_elements e;
	struct op_value one;
	char text[900];
	op_elements_init(&e, &v[state]);
	ck_assert(op_elements_next(&e, &one));
	ck_assert_str_eq(op_text(&one, text, sizeof text), "absent");
	ck_assert(op_elements_next(&e, &one));
	ck_assert_str_eq(op_text(&one, text, sizeof text), "defective");
	answer("case.receive", 1, done);
	answer("notice.preview", 1, blocks);
	printed(true);
	ck_assert_int_eq(times_asked("case.accept"), 0);
	at = asked("case.correct");
	bytes_in_init(&in, sent[at].payload, sent[at].len);
	ck_assert_int_eq(op_decode_in(sent[at].op, &in, v, &fault), 0);
	ck_assert_str_eq(op_text(&v[op_field_index(sent[at].op->in, "remark")], text, sizeof text), "周五前");
	end();
}
END_TEST

static const char *const case_row[] = {"77", "5199-20261123-000123-7", "2", "correcting", "受理", "5",
    "食品许可受理", "true", "11", "511A01", "食品经营许可（新办）", "区市监局", "resident",
    "11010119900307109X", "张三丰", "13800005199", NULL, NULL, NULL, NULL, "2026-11-23 10:00", NULL, NULL,
    NULL, NULL, "false"};
static const char *const case_ticks[] = {"1", "申请书", "original", "1", "required", "present", NULL, NULL,
    "false", "2", "营业执照", "copy", "1", "required", "absent", "请提交", NULL, "true"};

/* Replies may come in any order: found under load, when the materials came first. */
START_TEST(what_the_notice_asked_for_is_open_whichever_reply_comes_first)
{
	struct screen_arg arg = {.id = 77};
	for (int order = 0; order < 2; order++) {
		begin();
		stack_push(&st, &screen_handle, &arg);
		if (order == 0)
			answer("case.show", 1, case_row);
		answer("case.materials", 2, case_ticks);
		if (order == 1)
			answer("case.show", 1, case_row);
		press(K_ENTER); /* all there */
		press(K_F10);
		ck_assert_int_eq(times_asked("case.answer"), 1);
		answer("case.answer", 1, done);
		ck_assert_int_eq(times_asked("notice.preview"), 1);
		end();
	}
}
END_TEST

START_TEST(going_from_case_to_case_never_fills_the_stack)
{
	begin();
	start_intake("ticks");
	load_intake();
	for (int i = 0; i < 40; i++) {
		press(K_F4);
		ck_assert_str_eq(top(), "search");
		struct screen_arg arg = {.id = 100 + i};
		stack_push(&st, &screen_case, &arg);
		ck_assert_str_eq(top(), "case");
		nsent = 0; /* what is awaited is left waiting */
		press(K_ESC);
	}
	ck_assert_int_le(st.n, STACK_DEPTH);
	ck_assert(stack_has(&st, &screen_intake)); /* the form is still there */
	end();
}
END_TEST

/* A commit key typed again while the first is carried out was meant for that one. */
START_TEST(a_second_commit_key_goes_nowhere)
{
	begin();
	start_intake("accept");
	load_intake();
	press(K_F10);
	press(K_F5);
	ck_assert_int_eq(beeps, 2);
	answer("case.receive", 1, done);
	press(K_F10);
	type("/"); /* other keys go on to the screen the answer opens */
	answer("notice.preview", 1, blocks);
	printed(true);
	answer("case.accept", 1, done);
	answer("notice.list", 1, notice);
	answer("notice.show", 1, blocks);
	press(K_F10);
	answer("notice.print", 1, done);
	printed(true);
	answer("notice.printed", 1, done);
	ck_assert(stack_has(&st, &screen_case));
	ck_assert_ptr_nonnull(strstr(st.said, "/print/x.pdf"));
	ck_assert_int_eq(times_asked("case.accept"), 1);
	end();
}
END_TEST

/* 已保存 stands on the screen that saved, not on the next form, not beside a refusal. */
START_TEST(the_word_belongs_to_the_screen_that_sent_the_write)
{
	begin();
	start_intake("accept");
	load_intake();
	stack_word(&st, sent[asked("case.receive")].id, WORD_CONFIRMING);
	ck_assert_str_eq(stack_word_said(&st), "正在确认");
	stack_word(&st, sent[asked("case.receive")].id, WORD_SAVED);
	ck_assert_str_eq(stack_word_said(&st), "已保存");
	stack_push(&st, &screen_finder, NULL);
	ck_assert_str_eq(stack_word_said(&st), "");
	stack_close_top(&st);
	answer("case.receive", 1, done);
	ck_assert_str_eq(stack_word_said(&st), "已保存");
	answer("notice.preview", 1, blocks);
	printed(false);
	ck_assert_str_eq(stack_word_said(&st), "");
	end();
}
END_TEST

START_TEST(esc_says_what_is_confirmed_and_what_was_given_up)
{
	char buf[512];
	enum face face;
	begin();
	start_intake("accept");
	load_intake();
	press(K_ESC);
	stack_say(&st, FACE_ERROR, "服务器没有应答"); /* the line has its word meanwhile */
	ck_assert_ptr_nonnull(strstr(stack_said(&st, &face, buf, sizeof buf), "再按 Esc 放弃"));
	ck_assert_ptr_nonnull(strstr(stack_said(&st, &face, buf, sizeof buf), "收件"));
	press(K_ESC);
	ck_assert_ptr_nonnull(strstr(stack_said(&st, &face, buf, sizeof buf), "已放弃：收件"));
	refuse("case.receive", OP_REFUSED, "command.cancelled", NULL);
	ck_assert_ptr_nonnull(strstr(stack_said(&st, &face, buf, sizeof buf), "没有保存"));
	ck_assert_str_ne(stack_word_said(&st), "正在确认");
	ck_assert(!stack_waits(&st));
	end();
}
END_TEST

START_TEST(a_database_that_is_away_is_known)
{
	begin();
	stack_push(&st, &screen_queue, NULL);
	refuse("case.queue", OP_UNAVAILABLE, "server.unavailable", NULL);
	ck_assert(st.no_database);
	press(K_F2);
	answer("item.find", 1, items);
	ck_assert(!st.no_database);
	end();
}
END_TEST

static bool bar_has(enum key_code code)
{
	struct bar_key keys[24];
	char label[12];
	key_label(code, 0, label, sizeof label);
	for (int i = stack_bar(&st, keys, 24) - 1; i >= 0; i--)
		if (strcmp(keys[i].key, label) == 0)
			return true;
	return false;
}

/* F5 once, and only once (ONE-1); a partial answer is saved, so leaving asks nothing. */
START_TEST(the_bar_offers_the_one_notice_once)
{
	static const char *const fresh[] = {
	    "1", "申请书", "original", "1", "required", "present", NULL, NULL, "false"};
	const char *row[26];
	struct screen_arg arg = {.id = 77};
	begin();
	memcpy(row, case_row, sizeof row);
	row[3] = "received";
	stack_push(&st, &screen_handle, &arg);
	answer("case.show", 1, row);
	answer("case.materials", 1, fresh);
	ck_assert(bar_has(K_F5) && bar_has(K_F10));
	end();
	begin();
	stack_push(&st, &screen_queue, NULL);
	stack_push(&st, &screen_handle, &arg);
	answer("case.show", 1, case_row);
	answer("case.materials", 2, case_ticks);
	ck_assert(!bar_has(K_F5) && bar_has(K_F10));
	type("2");
	press(K_ENTER);
	press(K_F10);
	press(K_ENTER); /* only what was brought */
	answer("case.answer", 1, done);
	answer("case.show", 1, row);
	ck_assert_ptr_nonnull(strstr(st.said, "仍缺 1 份"));
	ck_assert(!bar_has(K_F5));
	press(K_ESC);
	ck_assert_str_eq(top(), "queue");
	end();
}
END_TEST

/* On no screen may one key mean two things, and every bar fits the smallest screen. */
START_TEST(the_table_of_commands_is_unambiguous)
{
	for (unsigned on = 1; on <= ON_LOCK; on <<= 1) {
		struct bar_key keys[24];
		int n = command_bar(on, keys, 24), w = 0;
		for (int i = 0; i < n; i++)
			w += text_width(keys[i].key, strlen(keys[i].key)) +
			     text_width(keys[i].label, strlen(keys[i].label)) + 1;
		ck_assert_msg(w <= 81, "the key bar of screen %u takes %d columns", on, w);
		for (size_t i = 0; command_at(i) != NULL; i++)
			for (size_t j = 0; j < i; j++) {
				const struct command *a = command_at(i), *b = command_at(j);
				ck_assert_msg((a->on & b->on & on) == 0 || a->key == K_NONE ||
						  a->key != b->key || a->letter != b->letter,
				    "%s and %s on screen %u", a->label, b->label, on);
			}
	}
}
END_TEST

int main(void)
{
	lang_init();
	setenv("TZ", "CST-8", 1);
	Suite *s = suite_create("screens");
	TCase *t = tcase_create("screens");
	tcase_set_timeout(t, 20);
	tcase_add_test(t, typed_ahead_keys_reach_the_screens_they_were_meant_for);
	tcase_add_test(t, a_refusal_discards_what_was_typed_ahead);
	tcase_add_test(t, nothing_is_issued_that_cannot_be_printed);
	tcase_add_test(t, a_refused_field_keeps_the_form_and_gets_its_sentence);
	tcase_add_test(t, the_kind_of_document_changes_only_when_it_is_certain);
	tcase_add_test(t, a_burst_about_a_known_applicant_is_slow_typing);
	tcase_add_test(t, another_name_for_a_known_number_is_asked_about);
	tcase_add_test(t, the_applicant_is_looked_up_before_anything_is_sent);
	tcase_add_test(t, nobody_gets_the_data_of_the_one_before);
	tcase_add_test(t, a_number_typed_at_its_chooser_goes_to_its_field);
	tcase_add_test(t, the_same_item_still_open_is_said);
	tcase_add_test(t, a_form_survives_a_session_that_ends);
	tcase_add_test(t, leaving_typed_work_asks_first);
	tcase_add_test(t, waiting_can_always_be_left);
	tcase_add_test(t, a_defective_material_leads_to_one_notice);
	tcase_add_test(t, what_the_notice_asked_for_is_open_whichever_reply_comes_first);
	tcase_add_test(t, going_from_case_to_case_never_fills_the_stack);
	tcase_add_test(t, a_second_commit_key_goes_nowhere);
	tcase_add_test(t, the_word_belongs_to_the_screen_that_sent_the_write);
	tcase_add_test(t, esc_says_what_is_confirmed_and_what_was_given_up);
	tcase_add_test(t, a_database_that_is_away_is_known);
	tcase_add_test(t, the_bar_offers_the_one_notice_once);
	tcase_add_test(t, the_table_of_commands_is_unambiguous);
	suite_add_tcase(s, t);
	SRunner *sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
