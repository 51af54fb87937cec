/* See outbox.h. */
#include "tests/unit/lib/outbox.h"

#include <check.h>

#include "common/bytes.h"

const struct op *receive;

uint32_t least(void)
{
	return 0;
}

void setup(struct outbox *o)
{
	receive = op_by_name("case.receive");
	ck_assert_ptr_nonnull(receive);
	outbox_init(o, 0xff, least);
	outbox_online(o, EPOCH);
}

struct op_key key_in(const struct outbox_step *step)
{
	struct op_key key;
	struct bytes_in in;

	bytes_in_init(&in, step->payload, step->len);
	ck_assert_int_eq(op_decode_key(&in, &key), 0);
	return key;
}
