/*
 * What happens, counted: in Prometheus' text form over HTTP, on this machine only. Knows
 * no peers and no database; who serves asks for the few figures that are not counters.
 */
#ifndef YIMEN_SERVER_METRICS_H
#define YIMEN_SERVER_METRICS_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "common/bytes.h"
#include "common/op.h"

enum { METRICS_BUCKETS = 12, METRICS_STATUSES = 8, METRICS_ENDS = 8 };

struct metrics {
	uint64_t accepted, refused_source, early_dropped, unknown_windows;
	uint64_t ended[METRICS_ENDS]; /* by enum net_end */
	uint64_t malformed;
	uint64_t requests[METRICS_STATUSES]; /* by status */
	uint64_t reads, writes, others;
	uint64_t took[METRICS_BUCKETS + 1]; /* requests by time, last: slower */
	double took_sum;                    /* seconds */
	uint64_t events, pushes, tail_readings, tail_failed, ticks, ticks_failed, fired;
	uint64_t logins, logins_wrong;
};

struct metrics_server {
	uv_tcp_t tcp;
	/* Adds what is not a counter: metrics_gauge. */
	void (*gauges)(void *ctx, struct bytes_out *out);
	void *ctx;
	const struct metrics *metrics;
	bool open;
};

void metrics_request(struct metrics *m, const struct op *op, unsigned status, double seconds);
void metrics_gauge(struct bytes_out *out, const char *name, const char *help, double value);
/* gauges, ctx, metrics are filled in before; the port bound or a negative uv error. Refuses an
 * address that is not this machine's own. */
__attribute__((warn_unused_result)) int metrics_listen(
    struct metrics_server *s, uv_loop_t *loop, const char *address, int port);
void metrics_close(struct metrics_server *s);

#endif
