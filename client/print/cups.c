/*
 * A queue of CUPS, or an IPP printer named by its URI: the paper is sent as a PDF, then the
 * job and its printer are asked how they do until the job has ended. Out of paper or jammed, the
 * job stays and goes on by itself; nobody prints it a second time.
 */
#include <cups/cups.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "client/print/printer.h"

enum {
	CONNECT_MS = 5000,
	TURN_MS = 500,  /* between two questions */
	SURE_MS = 1000, /* a trouble that lasts: some pass while a printer wakes up */
	CANCEL_MS = 4000,
	NAP_MS = 100,
	ANSWER_S = 2 /* a server silent for this long in one answer is asked whether to stop */
};

struct queue {
	const struct printer *printer;
	const struct print_sheet *sheet;
	const struct printer_watch *watch;
	struct printer_state *state;
	http_t *http;
	char host[256], resource[512], uri[1024];
	int port;
	bool tls;
	int job;
	int64_t heard; /* when the server last answered */
	enum printer_stop asked;
	enum printer_trouble seen, said;
	int64_t since; /* it is seen */
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum printer_stop stop(struct queue *q)
{
	return q->watch->stop(q->watch->ctx);
}

/* Until it is time for the next question, or something else is asked of us. */
static void nap(struct queue *q, int ms)
{
	struct timespec t = {.tv_nsec = NAP_MS * 1000000};

	for (; ms > 0 && stop(q) == q->asked; ms -= NAP_MS)
		nanosleep(&t, NULL);
}

static bool patient(struct queue *q)
{
	return now_ms() - q->heard < (stop(q) == PRINTER_GO_ON ? q->printer->patience * 1000LL : CANCEL_MS);
}

/* libcups waits for bytes: go on unless the server has been silent too long. */
static int waited(http_t *http, void *arg)
{
	struct queue *q = arg;

	(void)http;
	return stop(q) != PRINTER_LEAVE && patient(q);
}

/* ipp://host:631/ipp/print as it is; a name is a queue of this machine's CUPS, or of the
 * server named by CUPS_SERVER. */
static bool locate(struct queue *q)
{
	char scheme[16], user[64];
	const char *where = q->printer->where;

	if (strstr(where, "://") == NULL) {
		g_strlcpy(q->host, cupsServer(), sizeof q->host);
		q->port = ippPort();
		q->tls = cupsEncryption() == HTTP_ENCRYPTION_REQUIRED ||
			 cupsEncryption() == HTTP_ENCRYPTION_ALWAYS;
		snprintf(q->resource, sizeof q->resource, "/printers/%.480s", where);
		return httpAssembleURIf(HTTP_URI_CODING_ALL, q->uri, sizeof q->uri, "ipp", NULL, "localhost",
			   q->port, "/printers/%s", where) >= HTTP_URI_STATUS_OK;
	}
	g_strlcpy(q->uri, where, sizeof q->uri);
	if (httpSeparateURI(HTTP_URI_CODING_ALL, where, scheme, sizeof scheme, user, sizeof user, q->host,
		sizeof q->host, &q->port, q->resource, sizeof q->resource) < HTTP_URI_STATUS_OK)
		return false;
	q->tls = strcmp(scheme, "ipps") == 0;
	return q->tls || strcmp(scheme, "ipp") == 0;
}

static bool connected(struct queue *q)
{
	if (q->http != NULL)
		return true;
	q->http = httpConnect2(q->host, q->port, NULL, AF_UNSPEC,
	    q->tls ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1, CONNECT_MS, NULL);
	if (q->http == NULL)
		return false;
	httpSetTimeout(q->http, ANSWER_S, waited, q);
	return true;
}

static ipp_t *request(struct queue *q, ipp_op_t op)
{
	ipp_t *r = ippNewRequest(op);

	ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, q->uri);
	ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "yimen");
	return r;
}

/* Sends it, with the PDF when there is one. NULL when the line broke; the answer is freed by
 * the caller, whatever it says. */
static ipp_t *answer(struct queue *q, ipp_t *r, const GByteArray *document)
{
	size_t length = ippLength(r) + (document ? document->len : 0);
	http_status_t status;
	ipp_t *got = NULL;

	if (connected(q)) {
		status = cupsSendRequest(q->http, r, q->resource, length);
		if (status == HTTP_STATUS_CONTINUE && document)
			status = cupsWriteRequestData(q->http, (const char *)document->data, document->len);
		if (status == HTTP_STATUS_CONTINUE || status == HTTP_STATUS_OK)
			got = cupsGetResponse(q->http, q->resource);
	}
	ippDelete(r);
	if (got != NULL && ippGetStatusCode(got) > IPP_STATUS_CUPS_INVALID) {
		q->heard = now_ms();
		return got;
	}
	ippDelete(got);
	httpClose(q->http);
	q->http = NULL;
	return NULL;
}

static void detail(struct queue *q, const char *words)
{
	g_strlcpy(q->state->detail, words ? words : "", sizeof q->state->detail);
	/* What a printer says is no text of ours. */
	if (!g_utf8_validate(q->state->detail, -1, NULL))
		q->state->detail[0] = '\0';
	for (char *p = q->state->detail; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
}

static const struct {
	const char *reason;
	enum printer_trouble trouble;
} reasons[] = {
    /* By what has to be done first. */
    {"media-jam", PRINTER_JAM},
    {"cover-open", PRINTER_OPEN},
    {"door-open", PRINTER_OPEN},
    {"interlock-open", PRINTER_OPEN},
    {"media-empty", PRINTER_EMPTY},
    {"media-needed", PRINTER_EMPTY},
    {"input-tray-missing", PRINTER_EMPTY},
    {"toner-empty", PRINTER_INK},
    {"marker-supply-empty", PRINTER_INK},
    {"offline", PRINTER_OFFLINE},
    {"shutdown", PRINTER_OFFLINE},
    {"connecting-to-device", PRINTER_OFFLINE},
    {"timed-out", PRINTER_OFFLINE},
    {"paused", PRINTER_PAUSED},
    {"moving-to-paused", PRINTER_PAUSED},
};

/* The word of a list that fits a reason, without its severity. */
static bool has_reason(ipp_attribute_t *list, const char *reason)
{
	size_t n = strlen(reason);

	for (int i = 0; i < ippGetCount(list); i++) {
		const char *word = ippGetString(list, i, NULL);
		if (word && strncmp(word, "cups-", 5) == 0)
			word += 5;
		if (word && strncmp(word, reason, n) == 0 && (word[n] == '\0' || word[n] == '-'))
			return true;
	}
	return false;
}

/* What a printer's reasons mean; a report or warning of something else is nothing. */
static enum printer_trouble trouble_of(struct queue *q, ipp_attribute_t *list)
{
	for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
		if (has_reason(list, reasons[i].reason))
			return reasons[i].trouble;
	for (int i = 0; i < ippGetCount(list); i++) {
		const char *word = ippGetString(list, i, NULL);
		if (word && g_str_has_suffix(word, "-error")) {
			detail(q, word);
			return PRINTER_ATTENTION;
		}
	}
	return PRINTER_FINE;
}

static void say(struct queue *q, enum printer_trouble trouble)
{
	if (trouble != q->seen)
		q->since = now_ms();
	q->seen = trouble;
	if (trouble == q->said || (trouble != PRINTER_FINE && now_ms() - q->since < SURE_MS))
		return;
	q->said = trouble;
	q->state->trouble = trouble;
	q->watch->held(q->watch->ctx, q->state);
}

/* The printer's own state: what holds a job up that does not move. */
static enum printer_trouble ask_printer(struct queue *q)
{
	static const char *const wanted[] = {"printer-state", "printer-state-reasons"};
	ipp_t *r = request(q, IPP_OP_GET_PRINTER_ATTRIBUTES), *got;
	enum printer_trouble trouble = PRINTER_FINE;
	ipp_attribute_t *state;

	ippAddStrings(r, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", 2, NULL, wanted);
	got = answer(q, r, NULL);
	if (got == NULL)
		return PRINTER_SILENT;
	trouble = trouble_of(q, ippFindAttribute(got, "printer-state-reasons", IPP_TAG_KEYWORD));
	state = ippFindAttribute(got, "printer-state", IPP_TAG_ENUM);
	if (trouble == PRINTER_FINE && state && ippGetInteger(state, 0) == IPP_PSTATE_STOPPED)
		trouble = PRINTER_PAUSED;
	ippDelete(got);
	return trouble;
}

/* False when the queue did not hear it: to be said again. */
static bool cancel(struct queue *q)
{
	ipp_t *r = request(q, IPP_OP_CANCEL_JOB), *got;

	ippAddInteger(r, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", q->job);
	q->heard = now_ms();
	got = answer(q, r, NULL);
	ippDelete(got);
	return got != NULL;
}

/* One look at the job. False when it has ended: *end. */
static bool going(struct queue *q, enum printer_end *end)
{
	static const char *const wanted[] = {"job-state", "job-state-reasons", "job-printer-state-message"};
	ipp_t *r = request(q, IPP_OP_GET_JOB_ATTRIBUTES), *got;
	ipp_attribute_t *state, *why;
	enum printer_trouble trouble;

	ippAddInteger(r, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", q->job);
	ippAddStrings(r, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", 3, NULL, wanted);
	got = answer(q, r, NULL);
	if (got == NULL) {
		say(q, PRINTER_SILENT);
		*end = PRINTER_LOST;
		return patient(q);
	}
	state = ippFindAttribute(got, "job-state", IPP_TAG_ENUM);
	why = ippFindAttribute(got, "job-state-reasons", IPP_TAG_KEYWORD);
	if (state == NULL) {
		/* The job is not known any more: it ended while nobody looked. */
		q->state->trouble = PRINTER_SILENT;
		*end = PRINTER_LOST;
		ippDelete(got);
		return false;
	}
	detail(q, why && ippGetCount(why) > 0 ? ippGetString(why, 0, NULL) : "");
	switch (ippGetInteger(state, 0)) {
	case IPP_JSTATE_COMPLETED:
		*end = PRINTER_OUT;
		break;
	case IPP_JSTATE_CANCELED:
		q->state->trouble = PRINTER_CANCELLED;
		*end = PRINTER_FAILED;
		break;
	case IPP_JSTATE_ABORTED:
		q->state->trouble = PRINTER_ABORTED;
		*end = PRINTER_FAILED;
		break;
	default:
		trouble = ippGetInteger(state, 0) == IPP_JSTATE_HELD ? PRINTER_PAUSED : ask_printer(q);
		ippDelete(got);
		say(q, trouble);
		return true;
	}
	ippDelete(got);
	return false;
}

/* Sends the paper. False with the end, when there is no job now. */
static bool start(struct queue *q, enum printer_end *end)
{
	ipp_t *r = request(q, IPP_OP_PRINT_JOB), *got;
	ipp_attribute_t *id;
	bool line;

	*end = PRINTER_FAILED;
	/* Without a line nothing was sent: that is waited for; with one, an answer that does not come
	 * leaves it open whether there is a job. */
	while (!(line = connected(q)) && patient(q) && stop(q) == PRINTER_GO_ON) {
		say(q, PRINTER_SILENT);
		nap(q, TURN_MS);
	}
	if (!line) {
		ippDelete(r);
		q->state->trouble = stop(q) != PRINTER_GO_ON ? PRINTER_STOPPED : PRINTER_SILENT;
		return false;
	}
	ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, q->sheet->name);
	ippAddString(r, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL, "application/pdf");
	q->heard = now_ms();
	got = answer(q, r, q->sheet->bytes);
	if (got == NULL) {
		q->state->trouble = PRINTER_SILENT;
		*end = PRINTER_LOST;
		return false;
	}
	id = ippFindAttribute(got, "job-id", IPP_TAG_INTEGER);
	if (ippGetStatusCode(got) >= IPP_STATUS_REDIRECTION_OTHER_SITE || id == NULL) {
		q->state->trouble =
		    ippGetStatusCode(got) == IPP_STATUS_ERROR_NOT_FOUND ? PRINTER_UNKNOWN : PRINTER_REFUSED;
		detail(q, ippErrorString(ippGetStatusCode(got)));
		ippDelete(got);
		return false;
	}
	q->job = ippGetInteger(id, 0);
	ippDelete(got);
	return true;
}

/* Until the job has ended, is cancelled, or is left to itself. */
static enum printer_end follow(struct queue *q)
{
	enum printer_end end = PRINTER_LOST;
	int64_t cancelled = 0;

	while (going(q, &end)) {
		q->asked = stop(q);
		if (q->asked == PRINTER_LEAVE || (cancelled && now_ms() - cancelled > CANCEL_MS)) {
			q->state->trouble = PRINTER_STOPPED;
			return PRINTER_LOST;
		}
		if (q->asked == PRINTER_CANCEL && cancelled == 0 && cancel(q))
			cancelled = now_ms();
		nap(q, TURN_MS);
	}
	if (cancelled && q->state->trouble == PRINTER_CANCELLED)
		q->state->trouble = PRINTER_STOPPED;
	return end;
}

enum printer_end cups_put(const struct printer *printer, const struct print_sheet *sheet,
    const struct printer_watch *watch, struct printer_state *state)
{
	struct queue q = {
	    .printer = printer, .sheet = sheet, .watch = watch, .state = state, .heard = now_ms()};
	enum printer_end end = PRINTER_FAILED;

	if (!locate(&q)) {
		state->trouble = PRINTER_UNKNOWN;
		return end;
	}
	if (start(&q, &end))
		end = follow(&q);
	httpClose(q.http);
	if (end == PRINTER_OUT)
		*state = (struct printer_state){.trouble = PRINTER_FINE};
	return end;
}
