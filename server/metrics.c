/* Figures over HTTP (metrics.h). One request a connection, one answer whatever was asked. */
#include "server/metrics.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REQUEST_MAX = 4096, CLIENTS_MAX = 16, CLIENT_MS = 5000 };

static const double bounds[METRICS_BUCKETS] = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

struct client {
	uv_tcp_t tcp;
	uv_timer_t timer;
	uv_write_t write;
	struct metrics_server *server;
	struct bytes_out out;
	size_t seen;
	unsigned handles;
	bool answered;
	char last[4]; /* to find the empty line that ends a request */
};

static size_t clients;

void metrics_request(struct metrics *m, const struct op *op, unsigned status, double seconds)
{
	size_t i = 0;

	if (status < METRICS_STATUSES)
		m->requests[status]++;
	if (op->kind == OP_READ)
		m->reads++;
	else if (op->kind == OP_WRITE)
		m->writes++;
	else
		m->others++;
	while (i < METRICS_BUCKETS && seconds > bounds[i])
		i++;
	m->took[i]++;
	m->took_sum += seconds;
}

__attribute__((format(printf, 2, 3))) static void say(struct bytes_out *out, const char *fmt, ...)
{
	char line[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	bytes_put(out, line, strlen(line));
}

static void head(struct bytes_out *out, const char *name, const char *type, const char *help)
{
	say(out, "# HELP yimend_%s %s\n# TYPE yimend_%s %s\n", name, help, name, type);
}

void metrics_gauge(struct bytes_out *out, const char *name, const char *help, double value)
{
	head(out, name, "gauge", help);
	say(out, "yimend_%s %g\n", name, value);
}

static void counter(struct bytes_out *out, const char *name, const char *help, uint64_t value)
{
	head(out, name, "counter", help);
	say(out, "yimend_%s %llu\n", name, (unsigned long long)value);
}

static void labelled(
    struct bytes_out *out, const char *name, const char *label, const char *value, uint64_t n)
{
	say(out, "yimend_%s{%s=\"%s\"} %llu\n", name, label, value, (unsigned long long)n);
}

static void put_requests(const struct metrics *m, struct bytes_out *out)
{
	static const char *const status[METRICS_STATUSES] = {
	    "ok", "refused", "denied", "no_session", "busy", "unavailable", "invalid", "fenced"};
	uint64_t sum = 0;

	head(out, "requests_total", "counter", "Requests answered, by status.");
	for (size_t i = 0; i < METRICS_STATUSES; i++)
		labelled(out, "requests_total", "status", status[i], m->requests[i]);
	head(out, "requests_by_kind_total", "counter", "Requests answered, by kind.");
	labelled(out, "requests_by_kind_total", "kind", "read", m->reads);
	labelled(out, "requests_by_kind_total", "kind", "write", m->writes);
	labelled(out, "requests_by_kind_total", "kind", "other", m->others);
	head(out, "request_seconds", "histogram", "Time from a request's last byte to its answer.");
	for (size_t i = 0; i < METRICS_BUCKETS; i++) {
		sum += m->took[i];
		say(out, "yimend_request_seconds_bucket{le=\"%g\"} %llu\n", bounds[i],
		    (unsigned long long)sum);
	}
	sum += m->took[METRICS_BUCKETS];
	say(out, "yimend_request_seconds_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)sum);
	say(out, "yimend_request_seconds_sum %g\nyimend_request_seconds_count %llu\n", m->took_sum,
	    (unsigned long long)sum);
}

static void put_lines(const struct metrics *m, struct bytes_out *out)
{
	/* In the order of enum net_end; the last is not used. */
	static const char *const why[METRICS_ENDS] = {
	    "closed", "tls", "malformed", "timeout", "slow", "dropped", "error", "other"};

	counter(out, "connections_total", "Connections accepted.", m->accepted);
	head(out, "connections_ended_total", "counter", "Connections ended, by reason.");
	for (size_t i = 0; i + 1 < METRICS_ENDS; i++)
		labelled(out, "connections_ended_total", "why", why[i], m->ended[i]);
	counter(out, "connections_refused_total", "Closed at once: too many from one address.",
	    m->refused_source);
	counter(out, "connections_early_dropped_total", "Dropped unknown to make room.", m->early_dropped);
	counter(out, "unknown_windows_total", "Certificates of the hall's CA that no window has.",
	    m->unknown_windows);
	counter(out, "malformed_total", "Frames that could not be read.", m->malformed);
}

static void put_all(const struct metrics_server *s, struct bytes_out *out)
{
	const struct metrics *m = s->metrics;

	put_lines(m, out);
	put_requests(m, out);
	counter(out, "logins_total", "Sessions opened by password.", m->logins);
	counter(out, "logins_wrong_total", "Wrong passwords or login names.", m->logins_wrong);
	counter(out, "events_total", "Events read from the tail.", m->events);
	counter(out, "pushes_total", "Events sent to subscribers.", m->pushes);
	counter(out, "tail_readings_total", "Readings of the event tail.", m->tail_readings);
	counter(out, "tail_failed_total", "Readings of the event tail that failed.", m->tail_failed);
	counter(out, "ticks_total", "Sweeps for what is due.", m->ticks);
	counter(out, "ticks_failed_total", "Sweeps for what is due that failed.", m->ticks_failed);
	counter(out, "fired_total", "Timed facts fired.", m->fired);
	s->gauges(s->ctx, out);
}

static void on_closed(uv_handle_t *h)
{
	struct client *c = h->data;

	if (--c->handles > 0)
		return;
	bytes_out_done(&c->out);
	free(c);
	clients--;
}

static void close_client(struct client *c)
{
	if (uv_is_closing((uv_handle_t *)&c->tcp))
		return;
	uv_close((uv_handle_t *)&c->tcp, on_closed);
	uv_close((uv_handle_t *)&c->timer, on_closed);
}

static void on_timer(uv_timer_t *t)
{
	close_client(t->data);
}

static void on_written(uv_write_t *w, int status)
{
	(void)status;
	close_client(((uv_handle_t *)w->handle)->data);
}

static void answer(struct client *c)
{
	struct bytes_out body;
	uv_buf_t buf;

	c->answered = true;
	bytes_out_init(&body, 0);
	put_all(c->server, &body);
	say(&c->out,
	    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %zu\r\n"
	    "Connection: close\r\n\r\n",
	    body.len);
	bytes_put(&c->out, body.p, body.len);
	bytes_out_done(&body);
	buf = uv_buf_init((char *)c->out.p, (unsigned)c->out.len);
	if (c->out.bad || uv_write(&c->write, (uv_stream_t *)&c->tcp, &buf, 1, on_written) < 0)
		close_client(c);
}

static void on_alloc(uv_handle_t *h, size_t suggested, uv_buf_t *buf)
{
	static char chunk[REQUEST_MAX];

	(void)h, (void)suggested;
	*buf = uv_buf_init(chunk, sizeof(chunk));
}

static void on_read(uv_stream_t *s, ssize_t n, const uv_buf_t *buf)
{
	struct client *c = ((uv_handle_t *)s)->data;

	if (n < 0 || (c->seen += (size_t)n) > REQUEST_MAX) {
		close_client(c);
		return;
	}
	for (ssize_t i = 0; i < n && !c->answered; i++) {
		memmove(c->last, c->last + 1, 3);
		c->last[3] = buf->base[i];
		if (memcmp(c->last, "\r\n\r\n", 4) == 0 || memcmp(c->last + 2, "\n\n", 2) == 0)
			answer(c);
	}
}

static void on_connection(uv_stream_t *s, int status)
{
	struct metrics_server *server = ((uv_handle_t *)s)->data;
	struct client *c;

	if (status < 0 || (c = calloc(1, sizeof(*c))) == NULL)
		return;
	c->server = server;
	bytes_out_init(&c->out, 0);
	uv_tcp_init(s->loop, &c->tcp);
	uv_timer_init(s->loop, &c->timer);
	c->tcp.data = c->timer.data = c;
	c->handles = 2;
	clients++;
	if (uv_accept(s, (uv_stream_t *)&c->tcp) < 0 || clients > CLIENTS_MAX ||
	    uv_timer_start(&c->timer, on_timer, CLIENT_MS, 0) < 0 ||
	    uv_read_start((uv_stream_t *)&c->tcp, on_alloc, on_read) < 0)
		close_client(c);
}

int metrics_listen(struct metrics_server *s, uv_loop_t *loop, const char *address, int port)
{
	struct sockaddr_storage ss;
	int len = sizeof(ss), r;

	if (strncmp(address, "127.", 4) != 0 && strcmp(address, "::1") != 0)
		return UV_EACCES;
	r = uv_ip4_addr(address, port, (struct sockaddr_in *)&ss);
	if (r < 0)
		r = uv_ip6_addr(address, port, (struct sockaddr_in6 *)&ss);
	if (r < 0)
		return r;
	uv_tcp_init(loop, &s->tcp);
	s->tcp.data = s;
	s->open = true;
	r = uv_tcp_bind(&s->tcp, (struct sockaddr *)&ss, 0);
	if (r == 0)
		r = uv_listen((uv_stream_t *)&s->tcp, CLIENTS_MAX, on_connection);
	if (r == 0)
		r = uv_tcp_getsockname(&s->tcp, (struct sockaddr *)&ss, &len);
	if (r < 0) {
		metrics_close(s);
		return r;
	}
	return ntohs(((struct sockaddr_in *)&ss)->sin_port);
}

void metrics_close(struct metrics_server *s)
{
	if (!s->open)
		return;
	s->open = false;
	uv_close((uv_handle_t *)&s->tcp, NULL);
}
