/*
 * Prints a paper from lines of tab-separated blocks (kind c1 c2 c3 c4 widths),
 * so that scripts can test the layout without a hall.
 *   paper [-n number] [-c case number] [-t seconds] [-r reprint] [-v] [-d] [-l lines]
 *         [-k | -s folder | -o file | -T | -G] <blocks
 * Prints "pages sha256 path"; with -k only checks; with -b N repeats and prints ms a page.
 * With -p "NAME KIND WHERE" puts it into that printer and prints "pages sha256" as they go on
 * record, what is told of it and how it ended: out, failed or lost; -w how long it may stand
 * still, -x after how many tenths of a second it is cancelled.
 * With -T the lines for a terminal, with -G the bytes for a dot-matrix printer.
 */
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client/print/printer.h"

enum { BLOCKS_MAX = 5000 };

static struct print_block blocks[BLOCKS_MAX];

/* Every line is kept until the end of the program. */
static size_t read_blocks(char **lines)
{
	size_t n = 0, cap = 0;

	while (n < BLOCKS_MAX && getline(&lines[n], &cap, stdin) > 0) {
		const char **cell[] = {&blocks[n].kind, &blocks[n].c1, &blocks[n].c2, &blocks[n].c3,
		    &blocks[n].c4, &blocks[n].widths};
		char *rest = lines[n];
		rest[strcspn(rest, "\n")] = '\0';
		for (size_t i = 0; i < 6 && rest; i++)
			*cell[i] = strsep(&rest, "\t");
		cap = 0;
		n++;
	}
	return n;
}

static double ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void put_done(const struct print_done *done)
{
	printf("%d ", done->pages);
	for (int i = 0; i < PRINT_SHA; i++)
		printf("%02x", done->sha256[i]);
}

static int print(const struct print_paper *paper, const char *file, const char *folder, int repeat)
{
	struct print_fault fault;
	struct print_done done = {0};
	char why[512];
	double began;
	int r;

	print_warm();
	began = ms();
	for (int i = 0; i < (repeat ? repeat : 1); i++) {
		if (file)
			r = print_pdf(paper, file, &done, &fault);
		else if (folder)
			r = print_spool(paper, folder, &done, &fault);
		else
			r = print_check(paper, &done.pages, &fault);
		if (r) {
			printf("fault %d %zu %d %04x %s\n", (int)fault.kind, fault.block, fault.cell,
			    fault.ch, print_say(&fault, paper, why, sizeof why));
			return 1;
		}
	}
	if (repeat)
		printf("%.2f ms/page\n", (ms() - began) / repeat / done.pages);
	put_done(&done);
	printf(" %s\n", done.path);
	return 0;
}

static int print_lines(const struct print_paper *paper, int lines, bool terminal)
{
	struct print_form form = {.columns = 80, .lines = lines, .terminal = terminal};
	struct print_fault fault;
	char why[512], *text = NULL;
	GByteArray *bytes = NULL;

	if (terminal)
		text = text_make(paper, &form, NULL, &fault);
	else
		bytes = text_printer(paper, &form, NULL, &fault);
	if (text != NULL)
		fputs(text, stdout);
	else if (bytes != NULL)
		fwrite(bytes->data, 1, bytes->len, stdout);
	else
		printf("fault %d %zu %d %04x %s\n", (int)fault.kind, fault.block, fault.cell, fault.ch,
		    print_say(&fault, paper, why, sizeof why));
	if (bytes != NULL)
		g_byte_array_unref(bytes);
	g_free(text);
	return text == NULL && bytes == NULL;
}

static const struct printer *printer;
static int turns_left = -1; /* until it is cancelled; −1: never */

static enum printer_stop stop(void *ctx)
{
	(void)ctx;
	if (turns_left > 0)
		turns_left--;
	return turns_left == 0 ? PRINTER_CANCEL : PRINTER_GO_ON;
}

static void held(void *ctx, const struct printer_state *state)
{
	char why[512];

	(void)ctx;
	printf("%d %s\n", (int)state->trouble, printer_say(printer, state, why, sizeof why));
	fflush(stdout);
}

static int print_at(const struct print_paper *paper, const char *setting, int patience, int lines)
{
	static const char *const ends[] = {"out", "failed", "lost"};
	struct printer_watch watch = {stop, held, NULL};
	struct printers printers = {.n = 0};
	struct printer_state state;
	struct print_sheet sheet;
	struct print_fault fault;
	enum printer_end end;
	char why[512];

	if (!printers_add(&printers, setting, why, sizeof why)) {
		puts(why);
		return 2;
	}
	printers.list[0].patience = patience;
	printers.list[0].form.lines = lines;
	printer = &printers.list[0];
	if (printer_make(printer, paper, &sheet, &fault)) {
		printf("fault %d %s\n", (int)fault.kind, print_say(&fault, paper, why, sizeof why));
		printer_sheet_done(&sheet);
		return 1;
	}
	put_done(&sheet.done);
	puts("");
	end = printer_put(printer, &sheet, &watch, &state);
	printf("%s %d %s %s\n", ends[end], (int)state.trouble, printer_say(printer, &state, why, sizeof why),
	    sheet.done.path);
	printer_sheet_done(&sheet);
	return end == PRINTER_OUT ? 0 : 1;
}

int main(int argc, char **argv)
{
	static char *lines[BLOCKS_MAX + 1];
	struct print_paper paper = {.blocks = blocks, .issued = 1795395600};
	const char *file = NULL, *folder = NULL;
	int repeat = 0, length = 66, patience = 60, opt, r;
	const char *at = NULL;
	char text = 0;

	setlocale(LC_CTYPE, "C.UTF-8");
	while ((opt = getopt(argc, argv, "n:c:t:r:vdeks:o:b:l:p:w:x:TG")) != -1)
		switch (opt) {
		case 'n':
			paper.number = optarg;
			break;
		case 'c':
			paper.case_number = optarg;
			break;
		case 't':
			paper.issued = atoll(optarg);
			break;
		case 'r':
			paper.reprint = atoi(optarg);
			break;
		case 'v':
			paper.voided = true;
			break;
		case 'd':
			paper.demo = true;
			break;
		case 'e':
			paper.demo = paper.training = true;
			break;
		case 'k':
			break;
		case 's':
			folder = optarg;
			break;
		case 'o':
			file = optarg;
			break;
		case 'b':
			repeat = atoi(optarg);
			break;
		case 'l':
			length = atoi(optarg);
			break;
		case 'p':
			at = optarg;
			break;
		case 'w':
			patience = atoi(optarg);
			break;
		case 'x':
			turns_left = atoi(optarg);
			break;
		case 'T':
		case 'G':
			text = (char)opt;
			break;
		default:
			return 2;
		}
	paper.n = read_blocks(lines);
	r = at     ? print_at(&paper, at, patience, length)
	    : text ? print_lines(&paper, length, text == 'T')
		   : print(&paper, file, folder, repeat);
	for (size_t i = 0; i <= paper.n; i++)
		free(lines[i]);
	print_cold();
	return r;
}
