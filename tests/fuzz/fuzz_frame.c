/*
 * Frame assembly under libFuzzer. The first bytes choose the limit and how the
 * rest is cut into pieces; whatever the cuts, the same frames must come out,
 * and written again they must be the bytes that came in.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "common/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Feeds the stream in pieces of these sizes; writes every frame found to out.
 * Returns −1 when a frame was over the limit. */
static int assemble(const uint8_t *p, size_t len, uint32_t max, unsigned cut, struct bytes_out *out)
{
	struct frame_in in;
	struct frame f;
	int found = 0;

	frame_in_init(&in, max);
	while (len > 0 && found >= 0) {
		size_t piece = cut == 0 ? len : 1 + (cut * 2654435761u >> 8) % 37;

		cut = cut == 0 ? 0 : cut * 1103515245u + 12345u;
		if (piece > len)
			piece = len;
		assert(frame_in_feed(&in, p, piece) == 0);
		p += piece;
		len -= piece;
		while ((found = frame_in_next(&in, &f)) > 0) {
			size_t begun = frame_begin(out, f.op, f.flags, f.request);

			assert(f.len <= max);
			bytes_put(out, f.payload, f.len);
			frame_end(out, begun);
		}
	}
	frame_in_done(&in);
	return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes_out whole, cut;
	uint32_t max;
	int a, b;

	if (size < 3)
		return 0;
	max = data[0] & 1 ? FRAME_MAX : (uint32_t)data[1] * 8;
	bytes_out_init(&whole, 0);
	bytes_out_init(&cut, 0);
	a = assemble(data + 3, size - 3, max, 0, &whole);
	b = assemble(data + 3, size - 3, max, data[2] | 256u, &cut);
	assert(a == b && whole.len == cut.len);
	if (whole.len > 0) {
		assert(memcmp(whole.p, cut.p, whole.len) == 0);
		assert(whole.len <= size - 3 && memcmp(whole.p, data + 3, whole.len) == 0);
	}
	bytes_out_done(&whole);
	bytes_out_done(&cut);
	return 0;
}
