/*
 * Wiring: callbacks of the parts, joined. Starts when the database is there and fits,
 * stops in order. What happens to a frame is in peer.c.
 */
#include "server/server.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <systemd/sd-daemon.h>
#include <time.h>
#include <unistd.h>

#include "common/log.h"
#include "server/local.h"
#include "server/presence.h"
#include "server/renew.h"

enum { SECOND = 1000, REFRESH_MS = 60 * 1000, EPOCH_2000 = 946684800 };

/* lines */

static void on_ready(void *ctx, struct net_conn *c)
{
	struct peer *p = net_conn_owner(c);

	(void)ctx;
	if (!net_conn_cert(c, p->session.cert))
		net_conn_kill(c, NET_TLS, "no certificate");
}

static void on_frame(void *ctx, struct net_conn *c, const struct frame *f)
{
	(void)ctx;
	peer_frame(net_conn_owner(c), f);
}

static void on_drained(void *ctx, struct net_conn *c)
{
	(void)ctx;
	peer_drained(net_conn_owner(c));
}

static void stop_when_empty(struct server *s);

static void on_closed(void *ctx, struct net_conn *c, enum net_end why, const char *detail)
{
	struct server *s = ctx;
	struct peer *p = net_conn_owner(c);

	s->metrics.ended[why]++;
	log_line(why == NET_CLOSED ? LOG_DEBUG_ : LOG_INFO_, "conn.close",
	    "conn=%u window=%d peer=%s why=%s detail=%s", peer_serial(p), p->session.window_no,
	    net_conn_peer(c), net_end_name[why], log_quote(detail));
	admit_leave(&s->admit, p->id);
	if (p->session.state == SESSION_OPEN)
		presence_changed(s);
	peer_free(p);
	if (!s->draining)
		listen_retry(&s->listen);
	stop_when_empty(s);
}

/* the door */

/* Drops the oldest unknown one, when it had its moment. False when nobody can be dropped. */
static bool make_room(struct server *s)
{
	uint64_t victim;
	struct peer *p;

	switch (admit_room(&s->admit, uv_now(s->loop), &victim)) {
	case ADMIT_DROP:
		p = peer_find(s, victim);
		admit_leave(&s->admit, victim);
		s->metrics.early_dropped++;
		if (p != NULL)
			net_conn_kill(p->conn, NET_DROPPED, "early");
		return true;
	case ADMIT_ENTER:
		return true;
	default:
		return false;
	}
}

static bool take(void *ctx, uv_stream_t *stream)
{
	struct server *s = ctx;
	const uint8_t *address;
	bool loopback;
	struct peer *p;

	if (!make_room(s) || (p = peer_new(s)) == NULL)
		return false;
	p->conn = net_conn_accept(&s->net, stream, p);
	if (p->conn == NULL) {
		peer_free(p);
		return false;
	}
	s->metrics.accepted++;
	address = net_conn_address(p->conn, &loopback);
	log_line(LOG_DEBUG_, "conn.open", "conn=%u peer=%s", peer_serial(p), net_conn_peer(p->conn));
	if (s->net.count > (size_t)s->options->connections) {
		net_conn_kill(p->conn, NET_DROPPED, "connections");
	} else if (admit_source(&s->admit, address, loopback) == ADMIT_CLOSE) {
		s->metrics.refused_source++;
		net_conn_kill(p->conn, NET_DROPPED, "source");
	} else {
		admit_enter(&s->admit, p->id, address, loopback, uv_now(s->loop));
	}
	return true;
}

/* Writes a port where others look for it, whole or not at all. */
static int write_port(const char *path, int port, char *error, size_t size)
{
	char fresh[4096], text[16];
	int len = snprintf(text, sizeof(text), "%d\n", port), fd;
	bool bad;

	if (path[0] == '\0')
		return 0;
	if ((size_t)snprintf(fresh, sizeof(fresh), "%s.new", path) >= sizeof(fresh)) {
		snprintf(error, size, "port file: its name is too long");
		return -1;
	}
	/* Whoever owns the folder may have put a link there, to a file he may not write himself. */
	(void)unlink(fresh);
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	bad = fd < 0 || write(fd, text, (size_t)len) != len;
	if (fd >= 0)
		bad |= close(fd) != 0;
	if (!bad && rename(fresh, path) == 0)
		return 0;
	snprintf(error, size, "%s: cannot be written: %m", path);
	return -1;
}

/* jobs */

static void tick_failed(struct server *s, const char *why)
{
	s->metrics.ticks_failed++;
	server_warn(s, &s->tick_warned, "tick.failed", why);
}

static void on_ticked(void *arg, struct db_query *q)
{
	struct server *s = arg;
	struct op_value fired = db_query_cell(q, 0, 0), next = db_query_cell(q, 0, 1);
	int n = db_query_end(q) == DB_OK ? (int)op_int(&fired) : -1;
	struct timespec now;
	int64_t next_ms = -1;

	if (n > 0) {
		s->metrics.fired += (uint64_t)n;
		log_line(LOG_INFO_, "tick", "fired=%d", n);
		tail_kick(&s->tail);
	}
	if (n < 0 && !s->draining)
		tick_failed(s, db_query_code(q));
	s->metrics.ticks++;
	clock_gettime(CLOCK_REALTIME, &now);
	if (!next.null)
		next_ms = op_int(&next) / 1000 -
			  ((int64_t)(now.tv_sec - EPOCH_2000) * 1000 + now.tv_nsec / 1000000);
	tick_done(&s->tick, n, next_ms);
	db_query_free(q);
}

static bool sweep(void *ctx)
{
	struct server *s = ctx;
	struct bytes_out values;

	bytes_out_init(&values, 0);
	op_put_int4(&values, TICK_PAGE);
	if (db_pool_run(s->pool, ask(DB_TICK, &values), 0, on_ticked, s) == DB_OK)
		return true;
	tick_failed(s, "server.unavailable");
	return false;
}

static void on_refresh(uv_timer_t *t)
{
	renew_all(t->data);
}

/* coming up: once the database is there and fits */

static void give_up(struct server *s, int code)
{
	s->exit_code = code;
	server_drain(s);
}

static void serve(struct server *s)
{
	char error[512];
	int port = listen_open(&s->listen, s->loop, s->options->address, s->options->port);

	if (port < 0) {
		log_line(LOG_ERROR_, "listen", "address=%s port=%d why=%s", log_quote(s->options->address),
		    s->options->port, log_quote(uv_strerror(port)));
		give_up(s, EX_UNAVAILABLE);
		return;
	}
	s->serving = true;
	tail_init(&s->tail, s->loop);
	tick_init(&s->tick, s->loop);
	randombytes_buf(s->name, sizeof(s->name));
	beat_init(&s->beat, s->loop);
	uv_timer_start(&s->refresh, on_refresh, REFRESH_MS, REFRESH_MS);
	if (write_port(s->options->port_file, port, error, sizeof(error)) < 0) {
		log_line(LOG_ERROR_, "listen", "why=%s", log_quote(error));
		give_up(s, EX_CANTCREAT);
		return;
	}
	log_line(
	    LOG_INFO_, "serve", "address=%s port=%d version=%s", s->options->address, port, YIMEN_VERSION);
	sd_notify(0, "READY=1\nSTATUS=Serving windows");
}

static void on_db(void *ctx, bool up)
{
	struct server *s = ctx;

	if (s->draining)
		return;
	log_line(up ? LOG_INFO_ : LOG_ERROR_, "db", "state=%s", up ? "up" : "away");
	if (up && !s->serving)
		serve(s);
	else
		sd_notify(0, up ? "STATUS=Serving windows" : "STATUS=The database is away; trying again");
}

/* A database made for another release is not served, rather than half understood. */
static void on_mismatch(void *ctx, const char *function, const char *what)
{
	struct server *s = ctx;

	if (function != NULL) {
		if (!s->serving && !s->draining)
			fprintf(stderr, "yimend: %s %s\n", function, what);
		return;
	}
	log_line(LOG_ERROR_, "db.mismatch", "why=%s",
	    log_quote("schema api was made for another release; install sql/ of this one"));
	if (!s->serving && !s->draining)
		give_up(s, EX_CONFIG);
}

/* figures */

static void gauges(void *ctx, struct bytes_out *out)
{
	struct server *s = ctx;
	struct db_stats db = {0};
	size_t open = 0, flight = 0;

	for (size_t i = 0; i < s->peers.cap; i++)
		if (s->peers.slot[i] != NULL) {
			open += s->peers.slot[i]->session.state == SESSION_OPEN;
			flight += s->peers.slot[i]->session.in_flight;
		}
	if (s->pool != NULL)
		db_pool_stats(s->pool, &db);
	metrics_gauge(out, "connections", "Windows connected.", (double)s->net.count);
	metrics_gauge(
	    out, "connections_unknown", "Connections whose window is not known yet.", (double)s->admit.count);
	metrics_gauge(out, "sessions", "Windows with a person logged in.", (double)open);
	metrics_gauge(out, "subscribers", "Windows hearing of events.", (double)s->subs.count);
	metrics_gauge(out, "requests_in_flight", "Requests not yet answered.", (double)flight);
	metrics_gauge(out, "passwords_waiting", "Passwords waiting to be checked.", (double)s->auth.waiting);
	metrics_gauge(out, "db_connections", "Connections to the database that are up.", (double)db.up);
	metrics_gauge(out, "db_working", "Of these, at work.", (double)db.working);
	metrics_gauge(out, "db_waiting", "Calls waiting for one.", (double)db.waiting);
	metrics_gauge(out, "db_calls", "Calls since the start.", (double)db.calls);
	metrics_gauge(out, "db_retries", "Attempts repeated since the start.", (double)db.retries);
	metrics_gauge(out, "db_deadlines", "Calls that took too long since the start.", (double)db.deadlines);
	metrics_gauge(out, "db_connects", "Connections to it opened since the start.", (double)db.connects);
	metrics_gauge(out, "db_lost", "Calls ended by a lost database since the start.", (double)db.lost);
	metrics_gauge(out, "db_busy", "Calls turned away since the start.", (double)db.busy);
	metrics_gauge(
	    out, "db_failed", "Calls ended by an unforeseen error since the start.", (double)db.failed);
}

static int start_metrics(struct server *s, char *error, size_t size)
{
	char address[64];
	int port;

	s->metrics_server.gauges = gauges;
	s->metrics_server.ctx = s;
	s->metrics_server.metrics = &s->metrics;
	if (s->options->metrics[0] == '\0')
		return 0;
	if (!listen_split(s->options->metrics, address, sizeof(address), &port)) {
		snprintf(error, size, "[listen] metrics: write it as 127.0.0.1:9199");
		return -1;
	}
	port = metrics_listen(&s->metrics_server, s->loop, address, port);
	if (port < 0) {
		snprintf(error, size, "[listen] metrics = %s: %s", s->options->metrics,
		    port == UV_EACCES ? "only an address of this machine itself" : uv_strerror(port));
		return -1;
	}
	return write_port(s->options->metrics_port_file, port, error, size);
}

/* start and stop */

static int start_net(struct server *s, char *error, size_t size)
{
	const struct options *o = s->options;

	s->tls = net_tls_files_new(o->ca, o->cert, o->key, error, size);
	if (s->tls == NULL)
		return -1;
	s->net.loop = s->loop;
	s->net.tls = s->tls;
	s->net.ctx = s;
	s->net.limits = (struct net_limits){.handshake_ms = (uint64_t)o->handshake * SECOND,
	    .frame_ms = (uint64_t)o->frame * SECOND,
	    .stall_ms = (uint64_t)o->stall * SECOND};
	s->net.calls = (struct net_calls){
	    .ready = on_ready, .frame = on_frame, .drained = on_drained, .closed = on_closed};
	if (net_init(&s->net) < 0) {
		snprintf(error, size, "out of memory");
		return -1;
	}
	return 0;
}

int server_start(struct server *s, uv_loop_t *loop, const struct options *o, char *error, size_t size)
{
	static const struct db_calls db_calls = {.state = on_db, .mismatch = on_mismatch};
	struct db_conf db = {.conninfo = o->conninfo,
	    .connections = o->db_connections,
	    .queue = o->db_queue,
	    .deadline_ms = (uint64_t)o->db_deadline * SECOND};

	memset(s, 0, sizeof(*s));
	s->loop = loop;
	s->options = o;
	s->idle_ms = (uint64_t)o->idle * SECOND;
	s->idle_login_ms = (uint64_t)o->idle_login * SECOND;
	s->listen.take = take;
	s->peers.local = local_run;
	s->peers.kicked = renew_all;
	s->tail.read = push_read;
	s->tick.sweep = sweep;
	s->beat.tell = presence_tell;
	s->listen.ctx = s->tail.ctx = s->tick.ctx = s->beat.ctx = s;
	admit_init(&s->admit, (size_t)o->unknown, (size_t)o->per_source);
	subs_init(&s->subs);
	auth_init(&s->auth, loop);
	uv_timer_init(loop, &s->drain);
	uv_timer_init(loop, &s->refresh);
	s->drain.data = s->refresh.data = s;
	db_query_setup();
	if (start_net(s, error, size) < 0 || start_metrics(s, error, size) < 0)
		return -1;
	s->pool = db_pool_new(loop, &db, &db_calls, s);
	if (s->pool == NULL) {
		snprintf(error, size, "out of memory");
		return -1;
	}
	return 0;
}

static void remove_file(const char *path)
{
	if (path[0] != '\0')
		(void)unlink(path);
}

/* The last window is gone: everything else goes, and the loop runs empty. */
static void stop_when_empty(struct server *s)
{
	struct db_pool *pool = s->pool;

	if (!s->draining || s->stopped || s->net.count > 0)
		return;
	s->stopped = true;
	uv_close((uv_handle_t *)&s->drain, NULL);
	uv_close((uv_handle_t *)&s->refresh, NULL);
	if (s->serving) {
		tail_stop(&s->tail);
		tick_stop(&s->tick);
		beat_stop(&s->beat);
		remove_file(s->options->port_file);
	}
	metrics_close(&s->metrics_server);
	net_done(&s->net);
	s->pool = NULL;
	if (pool != NULL)
		db_pool_close(pool);
	log_line(LOG_INFO_, "stopped", "code=%d", s->exit_code);
}

static void kill_all(struct server *s)
{
	for (size_t i = 0; i < s->peers.cap; i++)
		if (s->peers.slot[i] != NULL)
			net_conn_kill(s->peers.slot[i]->conn, NET_CLOSED, "drain");
}

static void on_drain_over(uv_timer_t *t)
{
	kill_all(t->data);
}

void server_drain(struct server *s)
{
	if (s->stopped)
		return;
	if (s->draining) {
		kill_all(s);
		return;
	}
	s->draining = true;
	sd_notify(0, "STOPPING=1");
	log_line(LOG_INFO_, "drain", "connections=%zu", s->net.count);
	if (s->serving)
		listen_close(&s->listen);
	uv_timer_start(&s->drain, on_drain_over, (uint64_t)s->options->drain * SECOND, 0);
	for (size_t i = 0; i < s->peers.cap; i++) {
		struct peer *p = s->peers.slot[i];

		if (p == NULL)
			continue;
		net_conn_pause(p->conn);
		if (p->session.in_flight == 0)
			net_conn_end(p->conn);
	}
	stop_when_empty(s);
}

void server_done(struct server *s)
{
	free(s->peers.slot);
	subs_done(&s->subs);
	net_tls_files_free(s->tls);
}
