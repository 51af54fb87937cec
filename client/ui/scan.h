/*
 * Telling a scanner from a person. A scanner types like a keyboard: either a
 * prefix set in it says so, or the time does (digits faster than anybody
 * types, ended by Enter). Keys go in with their time and come out again, at
 * once where a person typed them, or as one scanned text. Pure: it is told the
 * time, so tests need no clock.
 */
#ifndef YIMEN_UI_SCAN_H
#define YIMEN_UI_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "client/ui/key.h"

enum {
	SCAN_SIGNS = 8,   /* of a prefix or suffix */
	SCAN_TEXT = 64,   /* longest text scanned */
	SCAN_LEAST = 8,   /* digits that time alone may call a scan */
	SCAN_HOLD = 4,    /* ms a digit waits for the next one: less than is seen */
	SCAN_SLOW = 30,   /* ms between the keys of a scanner at most; a person needs more */
	SCAN_BURST = 4,   /* digits at that speed: nobody's fingers, the rest is held */
	SCAN_PREFIX = 150 /* ms after the prefix, and after each key then */
};

struct scan_host {
	void (*give)(void *ctx, const struct key *k);
	/* The next key given may turn out to be the first of a scan. */
	void (*mark)(void *ctx);
	/* It was none. */
	void (*settle)(void *ctx);
	/* A text was scanned; given: its first so many keys had been given already and are to be
	 * taken back. False: it is nothing, the keys are given. */
	bool (*scanned)(void *ctx, const char *text, int given);
	/* What follows the prefix holds keys that are no text: nobody gets any of it. */
	void (*dropped)(void *ctx);
};

struct scan_sign {
	enum key_code code;
	char letter;
};

struct scan {
	const struct scan_host *host;
	void *ctx;
	struct scan_sign prefix[SCAN_SIGNS], suffix[SCAN_SIGNS];
	int prefixes, suffixes;
	struct key held[SCAN_TEXT + 2 * SCAN_SIGNS]; /* not given yet */
	int n;
	char text[SCAN_TEXT]; /* of the burst, or after the prefix */
	int len;
	int given;     /* keys of it that were given */
	int matched;   /* signs of the prefix, then of the suffix, that have come */
	bool sure;     /* the prefix has come */
	bool flows;    /* … and more text than a scan holds, or other text: it is given as it comes */
	bool foul;     /* … and a key that no code holds: the rest is dropped */
	uint64_t last; /* ms, of the last key held or given in a burst; 0: none is under way */
};

/* prefix and suffix are characters, ^B a control character, ^M Enter, ^I Tab; prefix may be
 * "". −1: one of them cannot be typed. */
__attribute__((warn_unused_result)) int scan_init(
    struct scan *s, const struct scan_host *host, void *ctx, const char *prefix, const char *suffix);
void scan_key(struct scan *s, const struct key *k, uint64_t now);
/* Time went by and no key waits to be read: the keys' times are those of reading, and a busy
 * machine reads late. */
void scan_tick(struct scan *s, uint64_t now);
/* ms after which scan_tick has something to do; −1: nothing is under way. */
int scan_wait(const struct scan *s, uint64_t now);

/* A case number in its scanned form: the hall's number, a date, a serial, the check digit of
 * ISO 7064 MOD 11,10 (CASE-12). Signs between digits are passed over. */
bool scan_case_number(const char *text, const char *hall_no);

#endif
