/* Printers by their settings, sheets by their printer: see printer.h. */
#include "client/print/printer.h"

#include <errno.h>
#include <libintl.h>
#include <stdio.h>
#include <string.h>

#include "client/print/pdf.h"

#define _(msgid) gettext(msgid)

enum { PATIENCE = 60 };

static const char *const kinds[] = {
    [PRINTER_FOLDER] = "folder", [PRINTER_CUPS] = "cups", [PRINTER_RAW] = "raw"};

static int by_name(const struct printers *p, const char *name)
{
	for (int i = 0; i < p->n; i++)
		if (strcmp(p->list[i].name, name) == 0)
			return i;
	return -1;
}

bool printers_add(struct printers *p, const char *setting, char *error, size_t size)
{
	struct printer *new = &p->list[p->n];
	char kind[16];
	int at = 0;

	if (p->n == PRINTERS_MAX) {
		snprintf(error, size, "a window has at most %d printers", (int)PRINTERS_MAX);
		return false;
	}
	*new = (struct printer){.patience = PATIENCE, .form = {.columns = 80, .lines = 66}};
	if (sscanf(setting, "%31s %15s %n", new->name, kind, &at) < 2 || at == 0 || setting[at] == '\0' ||
	    strlen(setting + at) >= sizeof new->where) {
		snprintf(error, size,
		    "\"%s\" is no printer: write its name, its kind (folder, cups, raw) and where it is, "
		    "such as "
		    "\"office cups hp-3f\"",
		    setting);
		return false;
	}
	unsigned k = 0;
	while (k < G_N_ELEMENTS(kinds) && strcmp(kinds[k], kind) != 0)
		k++;
	if (k == G_N_ELEMENTS(kinds)) {
		snprintf(error, size, "printer %s: \"%s\" is none of folder, cups and raw", new->name, kind);
		return false;
	}
	new->kind = k;
	g_strlcpy(new->where, setting + at, sizeof new->where);
	if (new->kind != PRINTER_CUPS &&new->where[0] != '/') {
		snprintf(
		    error, size, "printer %s: %s must be a whole path, from / on", new->name, new->where);
		return false;
	}
	if (by_name(p, new->name) >= 0) {
		snprintf(error, size, "two printers are called %s", new->name);
		return false;
	}
	p->n++;
	return true;
}

bool printers_route(struct printers *p, const char *setting, char *error, size_t size)
{
	g_auto(GStrv) pairs = g_strsplit(setting, ",", -1);

	for (int i = 0; pairs[i] != NULL; i++) {
		char name[PRINTER_NAME], rest;
		if (*g_strstrip(pairs[i]) == '\0')
			continue;
		if (p->routes == PRINTER_ROUTES) {
			snprintf(error, size, "papers: at most %d kinds", (int)PRINTER_ROUTES);
			return false;
		}
		if (sscanf(pairs[i], "%23s %31s %c", p->route[p->routes].paper, name, &rest) != 2) {
			snprintf(error, size,
			    "papers: \"%s\" is not a kind of paper and a printer's name, such as \"receipt "
			    "slip\"",
			    pairs[i]);
			return false;
		}
		p->route[p->routes].printer = by_name(p, name);
		if (p->route[p->routes].printer < 0) {
			snprintf(error, size, "papers: there is no printer called %s", name);
			return false;
		}
		p->routes++;
	}
	return true;
}

const struct printer *printers_for(const struct printers *p, const char *name, const char *paper)
{
	int at;

	if (name != NULL && *name != '\0') {
		at = by_name(p, name);
		return at < 0 ? NULL : &p->list[at];
	}
	for (int i = 0; i < p->routes; i++)
		if (strcmp(p->route[i].paper, paper) == 0)
			return &p->list[p->route[i].printer];
	return p->n > 0 ? &p->list[0] : NULL;
}

int printer_make(const struct printer *printer, const struct print_paper *paper, struct print_sheet *sheet,
    struct print_fault *fault)
{
	*sheet = (struct print_sheet){.bytes = NULL};
	sheet->bytes = pdf_make(paper, &sheet->done, fault);
	if (sheet->bytes == NULL)
		return -1;
	if (printer->kind == PRINTER_RAW) {
		g_byte_array_unref(sheet->bytes);
		sheet->bytes = text_printer(paper, &printer->form, &sheet->done.pages, fault);
		if (sheet->bytes == NULL)
			return -1;
	}
	sheet->name = spool_name(paper);
	return 0;
}

void printer_sheet_done(struct print_sheet *sheet)
{
	if (sheet->bytes != NULL)
		g_byte_array_unref(sheet->bytes);
	g_free(sheet->name);
	*sheet = (struct print_sheet){.bytes = NULL};
}

static enum printer_end folder_put(
    const struct printer *printer, struct print_sheet *sheet, struct printer_state *state)
{
	if (spool_put(sheet->bytes, printer->where, sheet->name, &sheet->done) == 0)
		return PRINTER_OUT;
	state->error = errno;
	state->trouble = errno == ENOENT || errno == ENOTDIR ? PRINTER_UNKNOWN : PRINTER_ERROR;
	return PRINTER_FAILED;
}

enum printer_end printer_put(const struct printer *printer, struct print_sheet *sheet,
    const struct printer_watch *watch, struct printer_state *state)
{
	*state = (struct printer_state){.trouble = PRINTER_FINE};
	if (watch->stop(watch->ctx)) {
		state->trouble = PRINTER_STOPPED;
		return PRINTER_FAILED;
	}
	switch (printer->kind) {
	case PRINTER_FOLDER:
		return folder_put(printer, sheet, state);
	case PRINTER_CUPS:
		return cups_put(printer, sheet, watch, state);
	default:
		return raw_put(printer, sheet, watch, state);
	}
}

/* A printer that goes on by itself once it is helped. */
static const char *help(enum printer_trouble trouble)
{
	switch (trouble) {
	case PRINTER_EMPTY:
		return _("Printer %s is out of paper: put some in, and it goes on by itself.");
	case PRINTER_JAM:
		return _("Paper is stuck in printer %s: take it out and close it, and it goes on by itself.");
	case PRINTER_OPEN:
		return _("Printer %s is open: close its cover, and it goes on by itself.");
	case PRINTER_INK:
		return _("Toner or ribbon of printer %s is at its end: change it.");
	case PRINTER_OFFLINE:
		return _("Printer %s is switched off or not connected: look at its switch and its cable.");
	case PRINTER_PAUSED:
		return _("Printer %s was stopped: start it again at the printer or its server.");
	case PRINTER_BUSY:
		return _("Printer %s takes nothing: is it switched on, on-line, is there paper?");
	case PRINTER_SILENT:
		return _("The print server of %s does not answer: is it running, is the cable in?");
	case PRINTER_STOPPED:
		return _("Stopped before printer %s was done.");
	case PRINTER_CANCELLED:
		return _("It was cancelled at printer %s.");
	default:
		return NULL;
	}
}

char *printer_say(const struct printer *printer, const struct printer_state *state, char *buf, size_t size)
{
	const char *sentence = help(state->trouble);

	if (sentence != NULL) {
		/* One %s each, all from the list above. */
		g_autofree char *said = g_strdup(sentence);
		char *mark = strstr(said, "%s");
		if (mark != NULL)
			*mark = '\0';
		snprintf(buf, size, "%s%s%s", said, mark ? printer->name : "", mark ? mark + 2 : "");
		return buf;
	}
	switch (state->trouble) {
	case PRINTER_FINE:
		snprintf(buf, size, _("Printer %s is fine."), printer->name);
		break;
	case PRINTER_UNKNOWN:
		snprintf(buf, size, _("Printer %s is not there (%s): tell the administrator."), printer->name,
		    printer->where);
		break;
	case PRINTER_ERROR:
		if (state->error == ENOSPC || state->error == EDQUOT)
			snprintf(
			    buf, size, _("Printer %s has no room left: make room on it."), printer->name);
		else if (state->error == EACCES || state->error == EPERM || state->error == EROFS)
			snprintf(buf, size,
			    _("This program may not write to printer %s (%s): tell the administrator."),
			    printer->name, printer->where);
		else
			snprintf(buf, size,
			    _("Printer %s took nothing (%s): look at its switch and its cable."),
			    printer->name, strerror(state->error));
		break;
	case PRINTER_REFUSED:
		snprintf(
		    buf, size, _("Printer %s did not take the paper (%s)."), printer->name, state->detail);
		break;
	case PRINTER_ABORTED:
		snprintf(buf, size, _("Printer %s gave up on the paper (%s)."), printer->name, state->detail);
		break;
	default:
		snprintf(buf, size, _("Printer %s wants somebody to look at it (%s)."), printer->name,
		    state->detail);
		break;
	}
	return buf;
}
