/* See record.h. */
#include "tests/load/record.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/load/crew.h"

int record_open(const char *path)
{
	return open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static void record(int fd, const char *line)
{
	size_t len = strlen(line);

	if (write(fd, line, len) != (ssize_t)len || fdatasync(fd) < 0)
		crew_die("the record cannot be written");
}

static void print_hex(FILE *f, const uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		fprintf(f, "%02x", p[i]);
	if (len == 0)
		fputc('-', f);
}

static const char *or_dash(const char *s)
{
	return *s != '\0' ? s : "-";
}

static void print_outcome(FILE *f, const struct reply *r)
{
	const char *code = reply_code(r);

	fprintf(f, " %u %s %lld %lld %s .\n", r->status, or_dash(code), (long long)reply_int(r, 0, "case_id"),
	    (long long)reply_int(r, 0, "version"), or_dash(reply_text(r, 0, "number")));
}

void record_run(int fd, char kind, unsigned run)
{
	char line[40];

	snprintf(line, sizeof(line), "%s%c %u .\n", kind == 'B' ? "\n" : "", kind, run);
	record(fd, line);
}

void record_intent(int fd, const char *tag, const struct op *op, const struct bytes_out *payload)
{
	char *line = NULL;
	size_t size;
	FILE *f = open_memstream(&line, &size);

	fprintf(f, "I %s %s ", tag, op->name);
	print_hex(f, payload->p, payload->len);
	fputs(" .\n", f);
	fclose(f);
	record(fd, line);
	free(line);
}

void record_key(int fd, const char *tag, struct link *link, uint32_t request)
{
	struct op_key key;
	char line[120];

	if (!link_key(link, request, &key))
		return;
	snprintf(
	    line, sizeof(line), "K %s %u %u %llu .\n", tag, key.epoch, key.slot, (unsigned long long)key.seq);
	record(fd, line);
}

void record_answer(int fd, const char *tag, const struct op *op, const struct reply *r, int64_t microseconds)
{
	char *line = NULL;
	size_t size;
	FILE *f = open_memstream(&line, &size);

	fprintf(f, "A %s", tag);
	print_outcome(f, r);
	fprintf(f, "T %s %s %lld .\n", tag, op->name, (long long)microseconds);
	fclose(f);
	record(fd, line);
	free(line);
}

static const char *word_name(enum outbox_word word)
{
	return word == OUTBOX_SAVED ? "saved" : word == OUTBOX_UNSAVED ? "unsaved" : "confirming";
}

void record_recovered(int fd, const struct op *op, const void *payload, size_t len, enum outbox_word word,
    const struct reply *outcome)
{
	char *line = NULL;
	size_t size;
	FILE *f = open_memstream(&line, &size);

	fprintf(f, "R %s ", op != NULL ? op->name : "-");
	print_hex(f, payload, op != NULL ? len : 0);
	fprintf(f, " %s", word_name(word));
	print_outcome(f, outcome);
	fclose(f);
	record(fd, line);
	free(line);
}
