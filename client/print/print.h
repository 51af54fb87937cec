/*
 * Paper: typed blocks (DOC-4) laid out on A4 and written as a PDF, or put into
 * a folder that stands for a printer. Takes a plain array of blocks, so yimen,
 * yimenctl and tests fill it alike; knows neither the link nor curses.
 */
#ifndef YIMEN_PRINT_H
#define YIMEN_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One block, in reading order; the columns of op_blocks. NULL is the same as "". Kinds:
 *   title c1 · number c1 · to c1 · para c1 · small c1
 *   field c1 label, c2 value (neighbours form one ruled list)
 *   head c1…c4 with widths such as "1,5,2,6", then row c1…c4 (head is repeated on each page)
 *   sign c1 label, c2 name, c3 label, c4 name (no name: a line to sign on)
 *   seal c1 department, c2 date
 *   qr c1 content, c2 caption (next to a seal it stands at the seal's left)
 * The array belongs to the caller and is only read during the call. */
struct print_block {
	const char *kind, *c1, *c2, *c3, *c4, *widths;
};

struct print_paper {
	const struct print_block *blocks;
	size_t n;
	const char *title;       /* of the PDF and of the file; NULL: the first title block */
	const char *number;      /* of the notice, 示市监受〔2026〕00012号; of a guide its item code */
	const char *case_number; /* for the file's name when there is no number; or NULL */
	int64_t issued;          /* seconds since 1970: the notice's own moment, never the time of
	                            printing, so that printing it again gives the same bytes;
	                            only its day (UTC+8) counts */
	int reprint;             /* 0: the original; n > 0: marked 补打 (DOC-3) */
	bool voided;             /* marked 作废 (DOC-3) */
	bool demo;               /* a test hall: marked 演示 on every page */
	bool training;           /* a training hall: marked 培训 instead (SEC-5) */
};

/* The word a test or training hall puts on its papers (SEC-5); NULL for a real hall. */
const char *print_hall_word(const struct print_paper *paper);

enum print_fault_kind {
	PRINT_FINE,
	PRINT_GLYPH,    /* no font has the character ch */
	PRINT_TEXT,     /* not UTF-8, or a character that no paper may hold: ch, 0 when not UTF-8 */
	PRINT_OVERFLOW, /* does not fit its place even alone on a page */
	PRINT_PAGES,    /* more than PRINT_PAGES_MAX */
	PRINT_BLOCK,    /* unknown kind, or a row without its head */
	PRINT_QR,       /* empty, or too long for a code that scans from paper */
	PRINT_FONT,     /* no Chinese font is installed */
	PRINT_IO,       /* the file: errno is in error */
	PRINT_MEMORY,
	PRINT_CODE, /* not to be had in GB18030: errno is in error */
};
enum { PRINT_PAGES_MAX = 99, PRINT_SHA = 32 };

/* What is wrong and where. Nothing is ever half printed: with a fault there is no file. */
struct print_fault {
	enum print_fault_kind kind;
	size_t block;     /* index into the blocks; valid up to PRINT_QR except PRINT_PAGES */
	int cell;         /* 1…4 for c1…c4; 0: the block as a whole */
	uint32_t ch;      /* PRINT_GLYPH, PRINT_TEXT */
	int error;        /* PRINT_IO: errno */
	char excerpt[64]; /* the beginning of that cell, for the sentence */
};

struct print_done {
	int pages;
	uint8_t sha256[PRINT_SHA]; /* of the PDF's bytes */
	char path[4096];           /* of the file written */
};

/* Fonts belong to the thread that first used them: make all papers of a program in one thread,
 * and call print_warm and print_cold there. */

/* Loads the fonts (about 100 ms once), so that the first paper is as quick as the others.
 * Not needed. */
void print_warm(void);
/* Gives back the memory of fonts, all but small caches. Papers may be made again after it. */
void print_cold(void);

/* Lays the paper out without writing it (DOC-2: before the command is sent). 0 and the
 * number of pages (may be NULL), or −1 with the fault. */
__attribute__((warn_unused_result)) int print_check(
    const struct print_paper *paper, int *pages, struct print_fault *fault);

/* Writes the PDF to path: temporary file beside it, fsync, rename, mode 0600; an older file
 * of this name is replaced. Equal papers give equal bytes. 0, or −1 with the fault. */
__attribute__((warn_unused_result)) int print_pdf(
    const struct print_paper *paper, const char *path, struct print_done *done, struct print_fault *fault);

/* The folder printer: writes the PDF into folder (made with mode 0700 when missing) under a
 * name made of the paper's number and title, 示市监受〔2026〕00012号-受理通知书.pdf. The very
 * same bytes already there count as printed; another content under this name is never
 * overwritten, "-2", "-3" … is added. 0 and done->path, or −1 with the fault. */
__attribute__((warn_unused_result)) int print_spool(
    const struct print_paper *paper, const char *folder, struct print_done *done, struct print_fault *fault);

/* The fault as one sentence in the user's language (gettext). Returns buf. */
char *print_say(const struct print_fault *fault, const struct print_paper *paper, char *buf, size_t size);

#endif
