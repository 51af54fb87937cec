/* Checked cursors over bytes. Knows no protocol. */
#include "common/bytes.h"

#include <stdlib.h>
#include <string.h>

void bytes_in_init(struct bytes_in *in, const void *p, size_t len)
{
	*in = (struct bytes_in){.p = p, .left = len};
}

const uint8_t *bytes_get(struct bytes_in *in, size_t len)
{
	const uint8_t *p = in->p;

	if (in->bad || len > in->left) {
		in->bad = true;
		return NULL;
	}
	in->p += len;
	in->left -= len;
	return p;
}

/* size bytes, most significant first. */
static uint64_t get_number(struct bytes_in *in, size_t size)
{
	const uint8_t *p = bytes_get(in, size);
	uint64_t v = 0;

	for (size_t i = 0; p != NULL && i < size; i++)
		v = v << 8 | p[i];
	return v;
}

uint8_t bytes_get_u8(struct bytes_in *in)
{
	return (uint8_t)get_number(in, 1);
}

uint16_t bytes_get_u16(struct bytes_in *in)
{
	return (uint16_t)get_number(in, 2);
}

uint32_t bytes_get_u32(struct bytes_in *in)
{
	return (uint32_t)get_number(in, 4);
}

uint64_t bytes_get_u64(struct bytes_in *in)
{
	return get_number(in, 8);
}

bool bytes_in_done(const struct bytes_in *in)
{
	return !in->bad && in->left == 0;
}

void bytes_out_init(struct bytes_out *out, size_t max)
{
	*out = (struct bytes_out){.max = max};
}

void bytes_out_done(struct bytes_out *out)
{
	free(out->p);
	*out = (struct bytes_out){.max = out->max};
}

void bytes_out_reset(struct bytes_out *out)
{
	out->len = 0;
	out->bad = false;
}

void bytes_out_shift(struct bytes_out *out, size_t n)
{
	if (n == 0)
		return;
	memmove(out->p, out->p + n, out->len - n);
	out->len -= n;
}

/* Room for len more bytes, or bad. */
static bool reserve(struct bytes_out *out, size_t len)
{
	size_t cap = out->cap;
	uint8_t *p;

	if (out->bad)
		return false;
	if (len > SIZE_MAX / 4 - out->len || (out->max != 0 && out->len + len > out->max)) {
		out->bad = true;
		return false;
	}
	if (out->len + len <= out->cap)
		return true;
	if (cap < 64)
		cap = 64;
	while (cap < out->len + len)
		cap *= 2;
	p = realloc(out->p, cap);
	if (p == NULL) {
		out->bad = true;
		return false;
	}
	out->p = p;
	out->cap = cap;
	return true;
}

void bytes_put(struct bytes_out *out, const void *p, size_t len)
{
	if (len == 0 || !reserve(out, len))
		return;
	memcpy(out->p + out->len, p, len);
	out->len += len;
}

static void put_number(struct bytes_out *out, uint64_t v, size_t size)
{
	uint8_t b[8];

	for (size_t i = 0; i < size; i++)
		b[i] = (uint8_t)(v >> 8 * (size - 1 - i));
	bytes_put(out, b, size);
}

void bytes_put_u8(struct bytes_out *out, uint8_t v)
{
	put_number(out, v, 1);
}

void bytes_put_u16(struct bytes_out *out, uint16_t v)
{
	put_number(out, v, 2);
}

void bytes_put_u32(struct bytes_out *out, uint32_t v)
{
	put_number(out, v, 4);
}

void bytes_put_u64(struct bytes_out *out, uint64_t v)
{
	put_number(out, v, 8);
}

void bytes_set_u32(struct bytes_out *out, size_t at, uint32_t v)
{
	if (out->bad || out->len < 4 || at > out->len - 4)
		return;
	for (size_t i = 0; i < 4; i++)
		out->p[at + i] = (uint8_t)(v >> 8 * (3 - i));
}

uint32_t bytes_load_u32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
