/* Frames out of a stream of bytes, and into one. Knows no operations. */
#include "common/frame.h"

void frame_in_init(struct frame_in *in, uint32_t max)
{
	*in = (struct frame_in){.max = max};
	bytes_out_init(&in->buf, 0);
}

void frame_in_done(struct frame_in *in)
{
	bytes_out_done(&in->buf);
	in->used = 0;
}

void frame_in_limit(struct frame_in *in, uint32_t max)
{
	in->max = max;
}

int frame_in_feed(struct frame_in *in, const void *p, size_t len)
{
	bytes_out_shift(&in->buf, in->used);
	in->used = 0;
	bytes_put(&in->buf, p, len);
	return in->buf.bad ? -1 : 0;
}

int frame_in_next(struct frame_in *in, struct frame *f)
{
	struct bytes_in head;
	size_t have = frame_in_pending(in);

	if (have == 0) {
		/* An idle window keeps no buffer: memory for 1,000 of them. */
		bytes_out_done(&in->buf);
		in->used = 0;
	}
	if (have < FRAME_HEADER)
		return 0;
	bytes_in_init(&head, in->buf.p + in->used, FRAME_HEADER);
	f->len = bytes_get_u32(&head);
	f->op = bytes_get_u16(&head);
	f->flags = bytes_get_u16(&head);
	f->request = bytes_get_u32(&head);
	if (f->len > in->max)
		return -1;
	if (have - FRAME_HEADER < f->len)
		return 0;
	f->payload = head.p;
	in->used += FRAME_HEADER + f->len;
	return 1;
}

size_t frame_in_pending(const struct frame_in *in)
{
	return in->buf.len - in->used;
}

size_t frame_begin(struct bytes_out *out, uint16_t op, uint16_t flags, uint32_t request)
{
	size_t begun = out->len;

	bytes_put_u32(out, 0);
	bytes_put_u16(out, op);
	bytes_put_u16(out, flags);
	bytes_put_u32(out, request);
	return begun;
}

void frame_end(struct bytes_out *out, size_t begun)
{
	if (!out->bad)
		bytes_set_u32(out, begun, (uint32_t)(out->len - begun - FRAME_HEADER));
}
