/* Telling a scanner from a person: see scan.h. */
#include "client/ui/scan.h"

#include <string.h>

#include "common/text.h"

static int signs(const char *s, struct scan_sign *out)
{
	int n = 0;
	for (; *s != '\0'; s++) {
		char c = *s;
		if (n == SCAN_SIGNS || c <= ' ' || c == 0x7f || (c & 0x80) != 0)
			return -1;
		out[n] = (struct scan_sign){K_TEXT, c};
		if (c == '^' && s[1] != '\0') {
			c = (char)(*++s | 0x20);
			if (c < 'a' || c > 'z')
				return -1;
			out[n] = (struct scan_sign){c == 'm' ? K_ENTER : c == 'i' ? K_TAB : K_CTRL, c};
		}
		n++;
	}
	return n;
}

int scan_init(struct scan *s, const struct scan_host *host, void *ctx, const char *prefix, const char *suffix)
{
	memset(s, 0, sizeof *s);
	s->host = host;
	s->ctx = ctx;
	s->prefixes = signs(prefix, s->prefix);
	s->suffixes = signs(suffix, s->suffix);
	return s->prefixes < 0 || s->suffixes < 1 ? -1 : 0;
}

static bool is(const struct scan_sign *sign, const struct key *k)
{
	if (sign->code != k->code)
		return false;
	return (k->code != K_TEXT && k->code != K_CTRL) || (k->len == 1 && k->text[0] == sign->letter);
}

/* The character as it is in ASCII; an input method may have made its digits wide. 0: none. */
static char plain(const struct key *k)
{
	uint32_t ch;
	if (k->code != K_TEXT || text_decode(k->text, k->len, &ch) == 0)
		return 0;
	if (ch >= 0xff01 && ch <= 0xff5e)
		ch -= 0xfee0;
	return ch > ' ' && ch < 0x7f ? (char)ch : 0;
}

static void reset(struct scan *s)
{
	if (s->given > 0)
		s->host->settle(s->ctx);
	explicit_bzero(s->text, sizeof s->text);
	explicit_bzero(s->held, sizeof s->held);
	s->n = s->len = s->given = s->matched = 0;
	s->sure = s->flows = s->foul = false;
	s->last = 0;
}

/* What was held is given, from the first-th on. */
static void release(struct scan *s, int first)
{
	if (s->given == 0 && s->n > first)
		s->host->mark(s->ctx);
	for (int i = first; i < s->n; i++)
		s->host->give(s->ctx, &s->held[i]);
	s->given += s->n - first;
	s->n = 0;
}

static void hold(struct scan *s, const struct key *k, uint64_t now)
{
	s->held[s->n++] = *k;
	s->last = now;
}

/* It was a person, or something else than a scan. */
static void no_scan(struct scan *s)
{
	release(s, 0);
	reset(s);
}

static void finish(struct scan *s)
{
	s->text[s->len] = '\0';
	bool scanned = (s->sure || s->len >= SCAN_LEAST) && s->host->scanned(s->ctx, s->text, s->given);
	if (!scanned)
		release(s, s->sure ? s->prefixes : 0);
	reset(s);
}

/* A sign of the suffix, when it is the next one. */
static bool ends(struct scan *s, const struct key *k, uint64_t now)
{
	if (!is(&s->suffix[s->matched], k))
		return false;
	hold(s, k, now);
	if (++s->matched == s->suffixes)
		finish(s);
	return true;
}

/* A character of the text; false when it can be none. */
static bool grows(struct scan *s, char c, const struct key *k, uint64_t now)
{
	if (c == 0 || s->matched > 0 || s->len == SCAN_TEXT - 1)
		return false;
	s->text[s->len++] = c;
	hold(s, k, now);
	return true;
}

/* The prefix alone may have been a person's, unless it is a control character. */
static bool doubtful(const struct scan *s)
{
	return s->len == 0 && !s->flows && s->prefix[0].code == K_TEXT;
}

/* Text that is no scan, yet the scanner's: whatever key it ends with is still watched. */
static bool flows(struct scan *s, const struct key *k, uint64_t now)
{
	bool end = s->flows && is(&s->suffix[0], k);
	if (s->foul || (!end && (s->matched > 0 || k->code != K_TEXT || doubtful(s))))
		return false;
	release(s, 0);
	s->host->give(s->ctx, k);
	s->flows = true;
	s->last = now;
	if (end)
		reset(s);
	return true;
}

/* A code may hold control characters, and a stranger made it: Esc [ 2 1 ~ would be F10. What comes
 * in a scan is text or nothing. */
static bool spoils(struct scan *s, uint64_t now)
{
	if (!s->foul && doubtful(s))
		return false;
	if (!s->foul) {
		explicit_bzero(s->held, sizeof s->held);
		s->n = 0;
		s->foul = true;
		s->host->dropped(s->ctx);
	}
	s->last = now;
	return true;
}

/* After the prefix whatever comes belongs to the scan, up to the suffix. */
static bool prefixed(struct scan *s, const struct key *k, uint64_t now)
{
	if (s->sure)
		return (!s->foul && !s->flows && (ends(s, k, now) || grows(s, plain(k), k, now))) ||
		       flows(s, k, now) || spoils(s, now);
	if (!is(&s->prefix[s->matched], k))
		return false;
	hold(s, k, now);
	if (++s->matched == s->prefixes) {
		s->sure = true;
		s->matched = 0;
	}
	return true;
}

/* Digits, and the letter that may be the last of an identity number. */
static bool timed(struct scan *s, const struct key *k, uint64_t now)
{
	char c = plain(k);
	bool fits = (c >= '0' && c <= '9') || (s->len == 17 && (c == 'X' || c == 'x'));
	if (s->len > 0 && ends(s, k, now))
		return true;
	return fits && grows(s, c, k, now);
}

void scan_key(struct scan *s, const struct key *k, uint64_t now)
{
	bool (*takes)(struct scan *, const struct key *, uint64_t) = s->prefixes > 0 ? prefixed : timed;
	if (takes(s, k, now))
		return;
	bool under_way = s->last != 0;
	if (under_way)
		no_scan(s);
	/* It may be the first of another one. */
	if (!under_way || !takes(s, k, now))
		s->host->give(s->ctx, k);
}

static uint64_t limit(const struct scan *s)
{
	return s->prefixes > 0 ? SCAN_PREFIX : SCAN_SLOW;
}

/* A person's digit is shown at once, after all: nothing yet speaks for a scanner. */
static bool shows(const struct scan *s)
{
	return s->prefixes == 0 && s->n > 0 && s->matched == 0 && s->len < SCAN_BURST;
}

void scan_tick(struct scan *s, uint64_t now)
{
	if (s->last == 0)
		return;
	uint64_t idle = now - s->last;
	if (idle >= limit(s))
		no_scan(s);
	else if (idle >= SCAN_HOLD && shows(s))
		release(s, 0);
}

int scan_wait(const struct scan *s, uint64_t now)
{
	if (s->last == 0)
		return -1;
	uint64_t until = s->last + (shows(s) ? SCAN_HOLD : limit(s));
	return now >= until ? 0 : (int)(until - now);
}

static bool digit_is_right(const char *digits, int n)
{
	int p = 10;
	for (int i = 0; i < n - 1; i++) {
		int sum = (p + digits[i] - '0') % 10;
		p = (sum == 0 ? 10 : sum) * 2 % 11;
	}
	return (11 - p) % 10 == digits[n - 1] - '0';
}

bool scan_case_number(const char *text, const char *hall_no)
{
	enum { HALL = 4, DATE = 8, SERIAL = 6 };
	char d[SCAN_TEXT];
	int n = 0;
	for (; *text != '\0'; text++) {
		if (*text == '-')
			continue;
		if (*text < '0' || *text > '9' || n == SCAN_TEXT - 1)
			return false;
		d[n++] = *text;
	}
	if (n < HALL + DATE + SERIAL + 1 || strncmp(d, hall_no, HALL) != 0 || strlen(hall_no) != HALL)
		return false;
	int month = (d[HALL + 4] - '0') * 10 + d[HALL + 5] - '0';
	int day = (d[HALL + 6] - '0') * 10 + d[HALL + 7] - '0';
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 && digit_is_right(d, n);
}
