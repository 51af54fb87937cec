/*
 * A layout as the bytes of a PDF, and those bytes as a file that is either
 * whole or not there. Nothing of the time or the machine enters the bytes.
 */
#include "client/print/pdf.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client/print/draw.h"

enum { CHINA = 8 * 3600 };

static cairo_status_t take(void *bytes, const unsigned char *p, unsigned int n)
{
	g_byte_array_append(bytes, p, n);
	return CAIRO_STATUS_SUCCESS;
}

/* The title given, or the first title block; may be "". */
const char *pdf_title(const struct print_paper *paper)
{
	if (paper->title)
		return paper->title;
	for (size_t i = 0; i < paper->n; i++)
		if (paper->blocks[i].kind && strcmp(paper->blocks[i].kind, "title") == 0 &&
		    paper->blocks[i].c1)
			return paper->blocks[i].c1;
	return "";
}

static void describe(cairo_surface_t *pdf, const struct print_paper *paper)
{
	char when[32] = "";
	/* The day alone, in the one time zone of China: whoever prints the notice again, from
	 * its list or from its blocks, knows that much. */
	int64_t day = (paper->issued + CHINA) / 86400;
	time_t t = (time_t)(day * 86400 - CHINA);
	struct tm utc;

	if (gmtime_r(&t, &utc) == NULL || strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
		g_strlcpy(when, "1970-01-01T00:00:00Z", sizeof when);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, when);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_MOD_DATE, when);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, pdf_title(paper));
	if (paper->number)
		cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_SUBJECT, paper->number);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "yimen");
}

static cairo_status_t paint(const struct layout *lay, GByteArray *bytes)
{
	cairo_surface_t *pdf =
	    cairo_pdf_surface_create_for_stream(take, bytes, LAYOUT_PAPER_WIDTH, LAYOUT_PAPER_HEIGHT);
	cairo_t *cr = cairo_create(pdf);
	cairo_status_t status;

	describe(pdf, lay->paper);
	for (size_t i = 0; i < lay->pages; i++) {
		draw_page(lay, cr, i);
		cairo_show_page(cr);
	}
	status = cairo_status(cr);
	cairo_destroy(cr);
	cairo_surface_finish(pdf);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(pdf);
	cairo_surface_destroy(pdf);
	return status;
}

GByteArray *pdf_make(const struct print_paper *paper, struct print_done *done, struct print_fault *fault)
{
	struct layout lay;
	GByteArray *bytes = NULL;
	GChecksum *sum;
	gsize size = PRINT_SHA;

	if (layout_make(&lay, paper, fault))
		goto out;
	bytes = g_byte_array_new();
	if (paint(&lay, bytes) != CAIRO_STATUS_SUCCESS) {
		fault->kind = PRINT_MEMORY;
		g_clear_pointer(&bytes, g_byte_array_unref);
		goto out;
	}
	done->pages = (int)lay.pages;
	sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(sum, bytes->data, (gssize)bytes->len);
	g_checksum_get_digest(sum, done->sha256, &size);
	g_checksum_free(sum);
out:
	layout_done(&lay);
	return bytes;
}

int pdf_fail(struct print_fault *fault)
{
	*fault = (struct print_fault){.kind = PRINT_IO, .error = errno};
	return -1;
}

static int write_all(int fd, const GByteArray *bytes)
{
	for (size_t at = 0; at < bytes->len;) {
		ssize_t n = write(fd, bytes->data + at, bytes->len - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		at += (size_t)n;
	}
	return fsync(fd);
}

int pdf_temporary(const GByteArray *bytes, const char *path, char *name, size_t size)
{
	int fd, n = snprintf(name, size, "%s.XXXXXX", path), saved;

	if (n < 0 || (size_t)n >= size) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = mkostemp(name, O_CLOEXEC); /* mode 0600 */
	if (fd < 0)
		return -1;
	if (write_all(fd, bytes) == 0) {
		if (close(fd) == 0)
			return 0;
		saved = errno;
	} else {
		saved = errno;
		close(fd);
	}
	unlink(name);
	errno = saved;
	return -1;
}

int pdf_settle(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r, saved;

	if (fd < 0)
		return -1;
	r = fsync(fd);
	saved = errno;
	close(fd);
	errno = saved;
	/* Some network file systems cannot sync a folder; the file itself is safe. */
	return r && errno != EINVAL ? -1 : 0;
}

int print_pdf(
    const struct print_paper *paper, const char *path, struct print_done *done, struct print_fault *fault)
{
	GByteArray *bytes = pdf_make(paper, done, fault);
	char name[sizeof done->path + 8];
	int r = -1;

	if (bytes == NULL)
		return -1;
	if (g_strlcpy(done->path, path, sizeof done->path) >= sizeof done->path) {
		errno = ENAMETOOLONG;
		pdf_fail(fault);
	} else if (pdf_temporary(bytes, path, name, sizeof name)) {
		pdf_fail(fault);
	} else if (rename(name, path) || pdf_settle(path)) {
		pdf_fail(fault);
		unlink(name);
	} else {
		r = 0;
	}
	g_byte_array_unref(bytes);
	return r;
}

int print_check(const struct print_paper *paper, int *pages, struct print_fault *fault)
{
	struct layout lay;
	int r = layout_make(&lay, paper, fault);

	if (r == 0 && pages)
		*pages = (int)lay.pages;
	layout_done(&lay);
	return r;
}

void print_warm(void)
{
	PangoContext *context = type_context();

	for (enum type_style s = 0; s < TYPE_STYLES; s++)
		type_free(type_new(context, s, TYPE_LEFT, "门1a", 100, 0));
	g_object_unref(context);
}

void print_cold(void)
{
	pango_cairo_font_map_set_default(NULL);
}
