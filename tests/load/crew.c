/* See crew.h. */
#include "tests/load/crew.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/ident.h"

enum { EPOCH_2000 = 946684800 };

void crew_seed(struct crew_random *r, uint64_t seed)
{
	r->state = seed * 0x9e3779b97f4a7c15u + 1;
	for (int i = 0; i < 4; i++)
		crew_below(r, 2);
}

/* splitmix64 */
uint32_t crew_below(struct crew_random *r, uint32_t n)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ z >> 31) >> 32) % n;
}

void crew_die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

struct link *crew_link(uv_loop_t *loop, const char *hall, const char *certificate, const char *state,
    int port, const struct link_calls *calls, void *ctx)
{
	char ca[512], cert[600], key[600], port_file[512], error[300];
	struct link_conf conf = {
	    .host = "127.0.0.1",
	    .port = port,
	    .port_file = port_file,
	    .name = "yimend",
	    .ca = ca,
	    .cert = cert,
	    .key = key,
	    .state = state,
	    .program = "yimen load",
	};
	struct link *l;

	snprintf(ca, sizeof(ca), "%s/tls/ca.crt", hall);
	snprintf(port_file, sizeof(port_file), "%s/run/port", hall);
	snprintf(cert, sizeof(cert), "%s.crt", certificate);
	snprintf(key, sizeof(key), "%s.key", certificate);
	l = link_open(loop, &conf, calls, ctx, error, sizeof(error));
	if (l == NULL)
		crew_die("%s: %s", certificate, error);
	return l;
}

void crew_token(const char *hex, uint8_t token[32])
{
	unsigned byte;

	if (strlen(hex) != 64)
		crew_die("a token has 64 hex digits");
	for (int i = 0; i < 32; i++) {
		if (sscanf(hex + i * 2, "%2x", &byte) != 1)
			crew_die("a token has 64 hex digits");
		token[i] = (uint8_t)byte;
	}
}

const struct op *crew_op(const char *name)
{
	const struct op *op = op_by_name(name);

	if (op == NULL)
		crew_die("no operation %s", name);
	return op;
}

static void put_nulls(struct bytes_out *out, int n)
{
	for (int i = 0; i < n; i++)
		op_put_null(out);
}

/* The four arrays of ticks: all present, but the first `absent`, which it says what to do about. */
static void put_ticks(struct bytes_out *out, int first, int n, int absent)
{
	size_t at = op_array_begin(out);

	for (int i = 0; i < n; i++)
		op_put_int2(out, (int16_t)(first + i));
	op_array_end(out, at, (uint32_t)n);
	at = op_array_begin(out);
	for (int i = 0; i < n; i++)
		op_put_text(out, i < absent ? "absent" : "present");
	op_array_end(out, at, (uint32_t)n);
	at = op_array_begin(out);
	for (int i = 0; i < n; i++)
		op_put_text(out, i < absent ? "请补交原件" : NULL);
	op_array_end(out, at, (uint32_t)n);
	at = op_array_begin(out);
	for (int i = 0; i < n; i++)
		op_put_null(out);
	op_array_end(out, at, (uint32_t)n);
}

static void make_resident(struct crew_random *r, char id[19])
{
	snprintf(id, 19, "510107%04u%02u%02u%03u", 1950 + crew_below(r, 55), 1 + crew_below(r, 12),
	    1 + crew_below(r, 28), crew_below(r, 1000));
	id[17] = ident_resident_digit(id);
	id[18] = '\0';
}

static void make_name(struct crew_random *r, char *buf, size_t size)
{
	static const char *const family[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"};
	static const char *const given[] = {
	    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明"};

	snprintf(buf, size, "%s%s%s", family[crew_below(r, 10)], given[crew_below(r, 16)],
	    given[crew_below(r, 16)]);
}

void crew_put_receive(
    struct bytes_out *out, struct crew_random *r, const struct crew_item *item, const char *matter)
{
	char id[19], name[40], phone[16];

	make_resident(r, id);
	make_name(r, name, sizeof(name));
	snprintf(phone, sizeof(phone), "138%08u", crew_below(r, 100000000));
	op_put_int8(out, item->item_id);
	op_put_text(out, "resident");
	op_put_text(out, id);
	op_put_text(out, name);
	op_put_text(out, phone);
	op_put_text(out, "示例区人民路1号");
	put_nulls(out, 6); /* no agent */
	op_put_text(out, matter);
	put_ticks(out, 1, item->materials, 0);
	put_nulls(out, 13); /* no further parties, no paper before, alone, no project, no draft */
}

static void put_case(struct bytes_out *out, int64_t case_id, int version)
{
	op_put_int8(out, case_id);
	op_put_int4(out, version);
}

void crew_put_accept(struct bytes_out *out, int64_t case_id, int version)
{
	put_case(out, case_id, version);
	put_nulls(out, 5); /* ticks as they are, no draft */
}

void crew_put_finish(struct bytes_out *out, int64_t case_id, int version, const char *remark)
{
	put_case(out, case_id, version);
	put_nulls(out, 6); /* ticks as they are, the item's result document */
	op_put_text(out, remark);
	put_nulls(out, 2);
}

void crew_put_decline(struct bytes_out *out, int64_t case_id, int version, const char *remark)
{
	put_case(out, case_id, version);
	op_put_text(out, "not_required");
	op_put_text(out, "所申请的活动不需要取得许可");
	put_nulls(out, 4);
	op_put_text(out, remark);
	op_put_null(out);
}

void crew_put_withdraw(struct bytes_out *out, int64_t case_id, int version, const char *remark)
{
	put_case(out, case_id, version);
	op_put_date(out, (int32_t)((time(NULL) + 8 * 3600 - EPOCH_2000) / 86400)); /* today, in the hall */
	op_put_text(out, "王伟");
	op_put_text(out, remark);
	op_put_null(out);
}

static void put_field(struct bytes_out *out, char field, const char *tag)
{
	switch (field) {
	case 'T':
		op_put_text(out, tag);
		break;
	case 'b':
		op_put_bool(out, false);
		break;
	case '5':
		op_put_int4(out, 5);
		break;
	case 'a':
		op_put_int8(out, 1250);
		break;
	case 'h':
		op_put_text(out, "hearing");
		break;
	case 'f':
		op_put_text(out, "场所不符合要求");
		break;
	case 'w':
		op_put_text(out, "window");
		break;
	case 'n':
		op_put_text(out, "王伟");
		break;
	default:
		op_put_null(out);
	}
}

void crew_put_deed(struct bytes_out *out, int64_t case_id, int version, const char *fields, const char *tag)
{
	put_case(out, case_id, version);
	for (; *fields != '\0'; fields++)
		put_field(out, *fields, tag);
}

void crew_put_visit(struct bytes_out *out, const char *matter)
{
	op_put_text(out, matter);
	op_put_text(out, "answered");
	put_nulls(out, 5);
	op_put_text(out, "已口头答复");
	put_nulls(out, 2);
}

void crew_put_correct(struct bytes_out *out, int64_t case_id, int version, const char *remark)
{
	put_case(out, case_id, version);
	put_ticks(out, 1, 1, 1);
	op_put_text(out, remark);
	op_put_null(out);
}

void crew_put_answer(struct bytes_out *out, int64_t case_id, int version, const char *remark)
{
	put_case(out, case_id, version);
	put_ticks(out, 1, 1, 0);
	op_put_text(out, remark);
	op_put_null(out);
}

int64_t crew_now(void)
{
	return (int64_t)(uv_hrtime() / 1000);
}

static int by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int64_t crew_quantile(int64_t *v, size_t n, unsigned p)
{
	if (n == 0)
		return 0;
	qsort(v, n, sizeof(*v), by_value);
	return v[(n - 1) * p / 1000];
}
