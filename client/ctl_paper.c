/* A notice or guide as a PDF: the blocks of a reply, laid out by client/print. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client/ctl.h"
#include "client/print/print.h"

enum { EPOCH_2000 = 946684800 };

static const char *cell(const struct reply *r, size_t row, const char *column)
{
	return reply_null(r, row, column) ? NULL : reply_text(r, row, column);
}

/* c1 of the first block of this kind, NULL when there is none. */
static const char *first_of(const struct reply *r, const char *kind)
{
	for (size_t i = 0; i < r->nrows; i++)
		if (strcmp(reply_text(r, i, "block"), kind) == 0)
			return cell(r, i, "c1");
	return NULL;
}

/* Behind a label such as 事项编码： */
static const char *unlabelled(const char *s)
{
	const char *colon = s != NULL ? strstr(s, "：") : NULL;

	return colon != NULL ? colon + strlen("：") : s;
}

/* The day a notice bears beside its seal; of a guide, which has none, the hall's day. */
static int64_t issued(const struct reply *blocks, const struct reply *hello)
{
	struct tm tm = {.tm_isdst = -1};

	for (size_t i = 0; i < blocks->nrows; i++)
		if (strcmp(reply_text(blocks, i, "block"), "seal") == 0 &&
		    sscanf(reply_text(blocks, i, "c2"), "%d年%d月%d日", &tm.tm_year, &tm.tm_mon,
			&tm.tm_mday) == 3) {
			tm.tm_year -= 1900;
			tm.tm_mon -= 1;
			return mktime(&tm);
		}
	return hello != NULL ? reply_int(hello, 0, "now") / 1000000 + EPOCH_2000 : 0;
}

int ctl_paper(const struct ctl_options *opt, const struct reply *blocks, const struct reply *hello)
{
	struct print_block *list = calloc(blocks->nrows + 1, sizeof(*list));
	struct print_paper paper = {.blocks = list, .n = blocks->nrows};
	struct print_fault fault;
	struct print_done done;
	char why[512];
	int rc;

	if (list == NULL)
		abort();
	for (size_t i = 0; i < blocks->nrows; i++)
		list[i] = (struct print_block){.kind = cell(blocks, i, "block"),
		    .c1 = cell(blocks, i, "c1"),
		    .c2 = cell(blocks, i, "c2"),
		    .c3 = cell(blocks, i, "c3"),
		    .c4 = cell(blocks, i, "c4"),
		    .widths = cell(blocks, i, "widths")};
	paper.title = first_of(blocks, "title");
	paper.number = unlabelled(first_of(blocks, "number"));
	paper.issued = issued(blocks, hello);
	paper.demo = hello != NULL && reply_bool(hello, 0, "test");
	paper.training = hello != NULL && reply_bool(hello, 0, "training");
	rc = print_spool(&paper, opt->paper, &done, &fault);
	if (rc == 0)
		puts(done.path);
	else
		ctl_say("%s", print_say(&fault, &paper, why, sizeof(why)));
	free(list);
	return rc == 0 && fflush(stdout) == 0 ? CTL_DONE : CTL_REFUSED;
}
