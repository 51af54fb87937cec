/*
 * Files to attach and files got back: what may be read, under which name, and where it is
 * written. A scan folder may hold anything — pipes, links, files still being written — and
 * a name from the hall may say anything. These calls block: run them in a thread.
 * Knows no link, no screen and no uv.
 */
#ifndef YIMEN_CLIENT_SCAN_H
#define YIMEN_CLIENT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SCAN_MIB = 64, /* no hall takes more; its own limit is usually lower */
	SCAN_MAX = SCAN_MIB * 1024 * 1024,
	SCAN_NAME = 120, /* characters of a name, as paper.put takes it */
	SCAN_NAME_BYTES = SCAN_NAME * 4 + 1,
	SCAN_LISTED = 200,
	SCAN_PATH = 4096,
};

/* Why a file cannot be read or written: a code of client/refusal.c, its words. */
struct scan_fault {
	const char *code;
	char arg[256];
};

/* A whole file as it was at one moment. */
struct scan_file {
	uint8_t *bytes;
	size_t len;
	uint8_t sha256[32];
	char name[SCAN_NAME_BYTES];
};

/* "pdf" or "jpeg" by how the bytes begin, NULL for anything else. */
const char *scan_media(const uint8_t *bytes, size_t len);
/* Reads a regular file of 1 to SCAN_MAX bytes that is a PDF or JPEG with an end. One that
 * changes meanwhile is refused. 0, or −1 with the fault. */
__attribute__((warn_unused_result)) int scan_load(
    const char *path, struct scan_file *f, struct scan_fault *fault);
void scan_free(struct scan_file *f);
/* The last part of a path as the hall takes a name: valid UTF-8, nothing invisible, at most
 * SCAN_NAME characters with the ending kept. */
char *scan_name(const char *path, char buf[SCAN_NAME_BYTES]);

/* What lies in a scan folder: PDF and JPEG files by their names, the newest first. */
struct scan_entry {
	char path[SCAN_PATH];
	char name[SCAN_NAME_BYTES]; /* fit to be shown */
	int64_t size;
	int64_t at; /* seconds since 1970 */
};
struct scan_folder {
	struct scan_entry *list; /* at most SCAN_LISTED */
	size_t n;
	size_t left; /* older ones not listed */
};
/* 0, or −1 with the fault. */
__attribute__((warn_unused_result)) int scan_list(
    const char *folder, struct scan_folder *f, struct scan_fault *fault);
void scan_list_free(struct scan_folder *f);

/* Writes a new file for nobody but this user's eyes into the folder, named after name and media; a
 * name that is taken gets a number. path gets where it is. 0, or −1 with the fault. */
__attribute__((warn_unused_result)) int scan_save(const char *folder, const char *name, const char *media,
    const void *bytes, size_t len, char path[SCAN_PATH], struct scan_fault *fault);
/* A new folder 0700 for files to be looked at, in $XDG_RUNTIME_DIR or $TMPDIR or /tmp. */
__attribute__((warn_unused_result)) int scan_private(char path[SCAN_PATH], struct scan_fault *fault);
/* Removes it and the files in it. */
void scan_private_done(const char *path);

#endif
