/*
 * Printers of a window: a folder, a queue of CUPS (or an IPP printer), a dot-matrix printer
 * behind a device. A paper is made ready where the fonts are, and put into the printer by
 * whoever may wait for it: putting blocks, is told when to stop, and says what holds it up.
 */
#ifndef YIMEN_PRINT_PRINTER_H
#define YIMEN_PRINT_PRINTER_H

#include <glib.h>

#include "client/print/text.h"

enum printer_kind { PRINTER_FOLDER, PRINTER_CUPS, PRINTER_RAW };
enum { PRINTERS_MAX = 4, PRINTER_NAME = 32, PRINTER_ROUTES = 32 };

struct printer {
	char name[PRINTER_NAME];
	enum printer_kind kind;
	char where[1024];       /* folder, queue or URI, device */
	struct print_form form; /* of PRINTER_RAW */
	int patience;           /* seconds a device may take nothing, a server be silent */
};

struct printers {
	struct printer list[PRINTERS_MAX];
	int n;
	struct {
		char paper[24]; /* kind of notice, or guide */
		int printer;
	} route[PRINTER_ROUTES];
	int routes;
};

/* Adds the printer of a setting: "NAME KIND WHERE", KIND one of folder, cups, raw. False with a
 * sentence in error. */
bool printers_add(struct printers *p, const char *setting, char *error, size_t size);
/* Reads which papers go where: "receipt slip, guide office". */
bool printers_route(struct printers *p, const char *setting, char *error, size_t size);
/* The printer with this name, or for this kind of paper, else the first; NULL when there are
 * none, or none of this name. */
const struct printer *printers_for(const struct printers *p, const char *name, const char *paper);

/* A paper as its printer takes it. */
struct print_sheet {
	GByteArray *bytes;
	char *name; /* of the file or job */
	struct print_done done;
};

/* Lays the paper out for this printer: bytes, pages and hash, which is the PDF's whatever is
 * printed (DOC-3). 0, or −1 with the fault. */
__attribute__((warn_unused_result)) int printer_make(const struct printer *printer,
    const struct print_paper *paper, struct print_sheet *sheet, struct print_fault *fault);
void printer_sheet_done(struct print_sheet *sheet);

/* What holds a printer up, or why it took nothing. */
enum printer_trouble {
	PRINTER_FINE,
	PRINTER_EMPTY,     /* no paper */
	PRINTER_JAM,       /* paper is stuck in it */
	PRINTER_OPEN,      /* a cover is open */
	PRINTER_INK,       /* toner, ink or ribbon is at its end */
	PRINTER_OFFLINE,   /* switched off, or not connected */
	PRINTER_PAUSED,    /* stopped by hand, or the job is held */
	PRINTER_ATTENTION, /* something else: detail has its own word */
	PRINTER_BUSY,      /* the device takes nothing now */
	PRINTER_SILENT,    /* the print server does not answer */
	PRINTER_UNKNOWN,   /* no such queue, device or folder */
	PRINTER_REFUSED,   /* would not take this paper: detail */
	PRINTER_ABORTED,   /* gave up while printing: detail */
	PRINTER_STOPPED,   /* we were told to stop */
	PRINTER_CANCELLED, /* cancelled at the printer or its server */
	PRINTER_ERROR,     /* error has errno */
};
struct printer_state {
	enum printer_trouble trouble;
	int error;
	char detail[128];
};

/* How a printing ended. */
enum printer_end {
	PRINTER_OUT,    /* it came out, or was taken by what tells no more */
	PRINTER_FAILED, /* it did not, or not whole */
	PRINTER_LOST,   /* nobody knows: somebody has to look */
};

enum printer_stop {
	PRINTER_GO_ON,
	PRINTER_CANCEL, /* the paper is not wanted any more */
	PRINTER_LEAVE,  /* the program ends: what the printer has, it may finish */
};

/* Asked and told while a sheet is put, by the thread that puts it. */
struct printer_watch {
	enum printer_stop (*stop)(void *ctx);
	/* Held up, or going on again (PRINTER_FINE). */
	void (*held)(void *ctx, const struct printer_state *state);
	void *ctx;
};

/* Puts the sheet into the printer; done->path says where. Blocks as long as the printer can go
 * on by itself: a dot-matrix printer without paper goes on when there is some. */
enum printer_end printer_put(const struct printer *printer, struct print_sheet *sheet,
    const struct printer_watch *watch, struct printer_state *state);
/* The state as a sentence that says what to do. Returns buf. */
char *printer_say(const struct printer *printer, const struct printer_state *state, char *buf, size_t size);

/* One file each: */
enum printer_end raw_put(const struct printer *printer, const struct print_sheet *sheet,
    const struct printer_watch *watch, struct printer_state *state);
enum printer_end cups_put(const struct printer *printer, const struct print_sheet *sheet,
    const struct printer_watch *watch, struct printer_state *state);

#endif
