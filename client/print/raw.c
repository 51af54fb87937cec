/*
 * A dot-matrix printer behind a device, or a file in its place. Such a printer says only whether
 * it takes bytes: out of paper it stops taking them and goes on when there is paper again, so a
 * standstill is waited out for a while, with a word about it, and is then an end.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "client/print/printer.h"

enum {
	CHUNK = 512, /* so that it is soon seen how far it got */
	TURN_MS = 100,
	QUIET_MS = 2000 /* a standstill worth a word */
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void nap(void)
{
	struct timespec t = {.tv_nsec = TURN_MS * 1000000};

	nanosleep(&t, NULL);
}

static void trouble_of(int error, struct printer_state *state)
{
	state->error = error;
	state->trouble = error == ENOENT || error == ENOTDIR || error == EISDIR ? PRINTER_UNKNOWN
			 : error == ENXIO || error == ENODEV                    ? PRINTER_OFFLINE
			 : error == EBUSY || error == EAGAIN                    ? PRINTER_BUSY
										: PRINTER_ERROR;
}

struct raw {
	const struct printer_watch *watch;
	struct printer_state *state;
	int64_t moved; /* when it last took something */
	int64_t patience;
	bool said;
};

static void say(struct raw *r, enum printer_trouble trouble)
{
	r->said = trouble != PRINTER_FINE;
	r->state->trouble = trouble;
	r->watch->held(r->watch->ctx, r->state);
}

/* A turn in which nothing moved: false when that is the end. */
static bool wait_on(struct raw *r, enum printer_trouble why)
{
	int64_t still = now_ms() - r->moved;

	if (r->watch->stop(r->watch->ctx)) {
		r->state->trouble = PRINTER_STOPPED;
		return false;
	}
	if (still >= r->patience) {
		r->state->trouble = why;
		return false;
	}
	if (still >= QUIET_MS && !r->said)
		say(r, why);
	return true;
}

/* A device another program writes to is waited for; −1 with the state. */
static int open_device(struct raw *r, const char *path)
{
	for (;;) {
		int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | O_APPEND);
		if (fd >= 0)
			return fd;
		trouble_of(errno, r->state);
		if (r->state->trouble != PRINTER_BUSY && r->state->trouble != PRINTER_OFFLINE)
			return -1;
		if (!wait_on(r, r->state->trouble))
			return -1;
		nap();
	}
}

static int write_all(struct raw *r, int fd, const GByteArray *bytes)
{
	for (size_t at = 0; at < bytes->len;) {
		struct pollfd p = {.fd = fd, .events = POLLOUT};
		size_t most = MIN(bytes->len - at, CHUNK);
		ssize_t n;
		if (poll(&p, 1, TURN_MS) < 0 && errno != EINTR)
			return trouble_of(errno, r->state), -1;
		if (r->watch->stop(r->watch->ctx))
			return r->state->trouble = PRINTER_STOPPED, -1;
		n = write(fd, bytes->data + at, most);
		if (n > 0) {
			at += (size_t)n;
			r->moved = now_ms();
			if (r->said)
				say(r, PRINTER_FINE);
		} else if (n < 0 && errno != EAGAIN && errno != EINTR) {
			return trouble_of(errno, r->state), -1;
		} else if (!wait_on(r, PRINTER_BUSY)) {
			return -1;
		}
	}
	return 0;
}

/* What the device has taken is not yet on paper; a file in its place is synced. */
static int settle(struct raw *r, int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && fsync(fd) != 0)
		return trouble_of(errno, r->state), -1;
	return 0;
}

enum printer_end raw_put(const struct printer *printer, const struct print_sheet *sheet,
    const struct printer_watch *watch, struct printer_state *state)
{
	struct raw r = {
	    .watch = watch, .state = state, .moved = now_ms(), .patience = printer->patience * 1000LL};
	int fd = open_device(&r, printer->where), rc;

	if (fd < 0)
		return PRINTER_FAILED;
	rc = write_all(&r, fd, sheet->bytes);
	if (rc == 0)
		rc = settle(&r, fd);
	/* What it still holds back must not keep us: closing would wait for a line to drain. */
	if (rc != 0)
		(void)tcflush(fd, TCOFLUSH);
	if (close(fd) != 0 && rc == 0) {
		trouble_of(errno, state);
		rc = -1;
	}
	if (rc != 0)
		return PRINTER_FAILED;
	*state = (struct printer_state){.trouble = PRINTER_FINE};
	return PRINTER_OUT;
}
