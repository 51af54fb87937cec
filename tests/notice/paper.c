/*
 * Prints a paper from lines of tab-separated blocks (kind c1 c2 c3 c4 widths),
 * so that scripts can test the layout without a hall.
 *   paper [-n number] [-c case number] [-t seconds] [-r reprint] [-d] [-k | -s folder | -o file] <blocks
 * Prints "pages sha256 path"; with -k only checks; with -b N repeats and prints ms a page.
 */
#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client/print/print.h"

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
	printf("%d ", done.pages);
	for (int i = 0; i < PRINT_SHA; i++)
		printf("%02x", done.sha256[i]);
	printf(" %s\n", done.path);
	return 0;
}

int main(int argc, char **argv)
{
	static char *lines[BLOCKS_MAX + 1];
	struct print_paper paper = {.blocks = blocks, .issued = 1795395600};
	const char *file = NULL, *folder = NULL;
	int repeat = 0, opt, r;

	while ((opt = getopt(argc, argv, "n:c:t:r:deks:o:b:")) != -1)
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
		default:
			return 2;
		}
	paper.n = read_blocks(lines);
	r = print(&paper, file, folder, repeat);
	for (size_t i = 0; i <= paper.n; i++)
		free(lines[i]);
	print_cold();
	return r;
}
