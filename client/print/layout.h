/*
 * Blocks → pieces → pages. A piece is what is never cut: a line of text, a row
 * of a table (or one line of a very tall row), the seal's place. Pages are runs
 * of pieces, cut where the rules of good papers allow. Nothing is drawn here.
 * Lengths are points; x and y run right and down from the frame's corner.
 */
#ifndef YIMEN_PRINT_LAYOUT_H
#define YIMEN_PRINT_LAYOUT_H

#include "client/print/print.h"
#include "client/print/qr.h"
#include "client/print/type.h"

/* A4; the frame is 448 points wide: 32 hanzi of 四号, 28 of 三号. */
#define LAYOUT_PAPER_WIDTH 595.276
#define LAYOUT_PAPER_HEIGHT 841.890
#define LAYOUT_LEFT 77.0 /* 27 mm: room to punch and bind */
#define LAYOUT_TOP 80.0
#define LAYOUT_WIDTH 448.0
#define LAYOUT_HEIGHT 690.0
#define LAYOUT_SEAL 119.0 /* 42 mm across, a department's round seal */
#define LAYOUT_QR 74.0    /* 26 mm */

enum { LAYOUT_CELLS = 4 };

enum piece_kind { PIECE_LINE, PIECE_ROW, PIECE_SIGN, PIECE_SEAL, PIECE_RULE };

/* The texts of one block. Which of them there are depends on the piece's kind. */
struct part {
	struct type *text[LAYOUT_CELLS];
	double x[LAYOUT_CELLS + 1]; /* of a row: the rules; else the left of each text */
	int cells, lines;
	double pad; /* of a row: above its first and below its last line */
	bool head;
	struct qr qr; /* of a seal: the code at its left */
	bool has_seal;
};

struct piece {
	enum piece_kind kind;
	struct part *part;
	size_t block;
	int from, to;            /* lines of the part */
	double before, height;   /* before: not at the top of a page */
	bool keep;               /* the next piece stays on its page */
	bool tail;               /* signing and sealing: never alone on a page */
	const struct part *head; /* of a row: repeated when it begins a page */
};

struct page {
	size_t from, to; /* pieces */
};

struct layout {
	const struct print_paper *paper;
	PangoContext *context;
	struct part **part;
	struct piece *piece;
	struct page page[PRINT_PAGES_MAX];
	size_t parts, pieces, pages;
	struct type *foot; /* the paper's number */
	double scale;      /* of distances between lines, below 1 to save a page */
	bool pairs;        /* short fields stand side by side, to save a page */
	double last;       /* height used on the last page */
	struct print_fault *fault;
};

/* 0, or −1 with the fault. Call layout_done in either case. */
__attribute__((warn_unused_result)) int layout_make(
    struct layout *lay, const struct print_paper *paper, struct print_fault *fault);
void layout_done(struct layout *lay);

/* For the files that make up the layout: */

/* Notes the first fault; returns −1. */
int layout_fail(struct layout *lay, enum print_fault_kind kind, size_t block, int cell, uint32_t ch);
/* A text of a cell, checked for missing characters; NULL after a fault. */
struct type *layout_text(struct layout *lay, size_t block, int cell, enum type_style style,
    enum type_align align, double width, double indent);
/* The same for a text made by the caller out of that cell: returned, or freed and NULL. */
struct type *layout_checked(struct layout *lay, struct type *t, size_t block, int cell);
/* All of the cell's characters may be printed: 0, or −1 after a fault. */
int layout_text_valid(struct layout *lay, size_t block, int cell);
/* The kind of a block; "" past the last. */
const char *layout_kind(const struct layout *lay, size_t block);
bool layout_is(const struct layout *lay, size_t block, const char *kind);
/* "" when there is none. */
const char *layout_cell(const struct print_block *b, int cell);
/* The kind is known and its cells hold what they may: its index, or −1 after a fault. */
int layout_valid(struct layout *lay, size_t block);
/* The paper's number may be printed: 0, or −1 after a fault. */
int layout_number_valid(struct layout *lay);
/* The columns of the table whose head is block, with their shares; −1 after a fault. */
int layout_columns(struct layout *lay, size_t block, double share[LAYOUT_CELLS]);
struct part *layout_part(struct layout *lay);
struct piece *layout_piece(struct layout *lay, enum piece_kind kind, struct part *part, size_t block);
/* The pieces of a row, or of one line of a ruled list. */
void layout_row(struct layout *lay, struct part *part, size_t block, const struct part *head);
/* The table whose head is block; returns the block after its last row, 0 after a fault. */
size_t layout_table(struct layout *lay, size_t block);
/* The ruled list of fields that begins with block; likewise. */
size_t layout_fields(struct layout *lay, size_t block);
/* A line of names, the seal's place, the code: the block after it, 0 after a fault. */
size_t layout_sign(struct layout *lay, size_t block);
size_t layout_seal(struct layout *lay, size_t block);
size_t layout_code(struct layout *lay, size_t block);
/* Cuts the pieces into pages. */
__attribute__((warn_unused_result)) int layout_pages(struct layout *lay);
/* The head repeated when this piece begins a page; 0 when there is none. */
double layout_head_height(const struct piece *first);

#endif
