/*
 * Checked cursors over bytes: reading never passes the end, writing grows or
 * fails as one flag. After a failure every further read gives zeros and every
 * further write is dropped, so callers test once, at the end. Big-endian.
 */
#ifndef YIMEN_BYTES_H
#define YIMEN_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes_in {
	const uint8_t *p;
	size_t left;
	bool bad; /* something was read past the end */
};

void bytes_in_init(struct bytes_in *in, const void *p, size_t len);
uint8_t bytes_get_u8(struct bytes_in *in);
uint16_t bytes_get_u16(struct bytes_in *in);
uint32_t bytes_get_u32(struct bytes_in *in);
uint64_t bytes_get_u64(struct bytes_in *in);
/* len bytes of the input itself, not copied; NULL when fewer are left. */
const uint8_t *bytes_get(struct bytes_in *in, size_t len);
/* Everything was read and nothing failed. */
bool bytes_in_done(const struct bytes_in *in);

struct bytes_out {
	uint8_t *p;
	size_t len, cap;
	size_t max; /* growing beyond fails; 0: no bound */
	bool bad;   /* out of memory or beyond max */
};

void bytes_out_init(struct bytes_out *out, size_t max);
void bytes_out_done(struct bytes_out *out);
/* Empties it and keeps the memory. */
void bytes_out_reset(struct bytes_out *out);
/* Drops the first n bytes. */
void bytes_out_shift(struct bytes_out *out, size_t n);
void bytes_put_u8(struct bytes_out *out, uint8_t v);
void bytes_put_u16(struct bytes_out *out, uint16_t v);
void bytes_put_u32(struct bytes_out *out, uint32_t v);
void bytes_put_u64(struct bytes_out *out, uint64_t v);
void bytes_put(struct bytes_out *out, const void *p, size_t len);
/* Overwrites a u32 written before, at this offset. */
void bytes_set_u32(struct bytes_out *out, size_t at, uint32_t v);
uint32_t bytes_load_u32(const uint8_t *p);

#endif
