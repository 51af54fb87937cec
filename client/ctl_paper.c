/* A notice or guide as a PDF, as lines, or at a printer: the blocks of a reply, laid out by
 * client/print. */
#include <errno.h>
#include <libintl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "client/ctl.h"
#include "client/print/printer.h"
#include "client/settings.h"

#define _(msgid) gettext(msgid)

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

static int to_folder(const struct ctl_options *opt, const struct print_paper *paper)
{
	struct print_fault fault;
	struct print_done done;
	char why[512];

	if (print_spool(paper, opt->paper, &done, &fault) == 0)
		return puts(done.path) >= 0 ? CTL_DONE : CTL_UNAVAILABLE;
	ctl_say("%s", print_say(&fault, paper, why, sizeof(why)));
	return CTL_REFUSED;
}

/* As a printer with the settings' continuous forms would get it, in one of the two codes. */
static int to_text(
    const struct ctl_options *opt, const struct settings *settings, const struct print_paper *paper)
{
	bool utf8 = strcmp(opt->text, "utf8") == 0;
	struct print_form form = {settings->form_columns, settings->form_lines, utf8};
	struct print_fault fault;
	char why[512], *text = text_make(paper, &form, NULL, &fault);
	GByteArray *gb = text != NULL && !utf8 ? text_gb18030(text, &fault) : NULL;
	size_t n = gb != NULL ? gb->len : text != NULL ? strlen(text) : 0;
	bool good = text != NULL && (utf8 || gb != NULL);

	if (!good)
		ctl_say("%s", print_say(&fault, paper, why, sizeof(why)));
	else if (fwrite(gb != NULL ? (char *)gb->data : text, 1, n, stdout) != n)
		ctl_say("%s", strerror(errno));
	if (gb != NULL)
		g_byte_array_unref(gb);
	g_free(text);
	return good ? CTL_DONE : CTL_REFUSED;
}

struct patience {
	const struct printer *printer;
	time_t until;
};

static enum printer_stop stop(void *ctx)
{
	const struct patience *p = ctx;

	return time(NULL) >= p->until ? PRINTER_CANCEL : PRINTER_GO_ON;
}

static void held(void *ctx, const struct printer_state *state)
{
	const struct patience *p = ctx;
	char why[512];

	ctl_say("%s", printer_say(p->printer, state, why, sizeof(why)));
}

/* Waits until the paper has come out, as long as the whole call may take. */
static int to_printer(
    const struct ctl_options *opt, const struct settings *settings, const struct print_paper *paper)
{
	struct patience p = {printers_for(&settings->printers, opt->printer, ""), time(NULL) + opt->seconds};
	struct printer_watch watch = {stop, held, &p};
	struct printer_state state;
	struct print_sheet sheet;
	struct print_fault fault;
	enum printer_end end;
	char why[512];

	if (p.printer == NULL) {
		ctl_say(_("--printer: the settings have no printer called %s"), opt->printer);
		return CTL_CONFIG;
	}
	if (printer_make(p.printer, paper, &sheet, &fault) != 0) {
		ctl_say("%s", print_say(&fault, paper, why, sizeof(why)));
		printer_sheet_done(&sheet);
		return CTL_REFUSED;
	}
	end = printer_put(p.printer, &sheet, &watch, &state);
	if (end == PRINTER_OUT)
		puts(sheet.done.path[0] != '\0' ? sheet.done.path : p.printer->name);
	else
		ctl_say("%s", printer_say(p.printer, &state, why, sizeof(why)));
	printer_sheet_done(&sheet);
	return end == PRINTER_OUT ? CTL_DONE : end == PRINTER_LOST ? CTL_LATER : CTL_REFUSED;
}

int ctl_paper(const struct ctl_options *opt, const struct settings *settings, const struct reply *blocks,
    const struct reply *hello)
{
	struct print_block *list = calloc(blocks->nrows + 1, sizeof(*list));
	struct print_paper paper = {.blocks = list, .n = blocks->nrows};
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
	rc = opt->paper != NULL     ? to_folder(opt, &paper)
	     : opt->printer != NULL ? to_printer(opt, settings, &paper)
				    : to_text(opt, settings, &paper);
	free(list);
	return rc != CTL_DONE || fflush(stdout) == 0 ? rc : CTL_UNAVAILABLE;
}
