/*
 * Files to attach and files got back: what may be read, under which name, and where it is
 * written. A scan folder may hold anything — pipes, links, files still being written — and
 * a name from the hall may say anything. These calls block: run them in a thread.
 * Knows no link, no screen and no uv.
 */
#ifndef YIMEN_CLIENT_FILE_H
#define YIMEN_CLIENT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FILE_MIB = 64, /* no hall takes more; its own limit is usually lower */
	FILE_MAX = FILE_MIB * 1024 * 1024,
	FILE_NAME = 120, /* characters of a name, as paper.put takes it */
	FILE_NAME_BYTES = FILE_NAME * 4 + 1,
	FILE_LISTED = 200,
	FILE_PATH = 4096,
};

/* Why a file cannot be read or written: a code of client/refusal.c, its words. */
struct file_fault {
	const char *code;
	char arg[256];
};

/* A whole file as it was at one moment. */
struct file_content {
	uint8_t *bytes;
	size_t len;
	uint8_t sha256[32];
	char name[FILE_NAME_BYTES];
};

/* "pdf" or "jpeg" by how the bytes begin, NULL for anything else. */
const char *file_media(const uint8_t *bytes, size_t len);
/* Reads a regular file of 1 to FILE_MAX bytes that is a PDF or JPEG with an end. One that
 * changes meanwhile is refused. 0, or −1 with the fault. */
__attribute__((warn_unused_result)) int file_load(
    const char *path, struct file_content *f, struct file_fault *fault);
void file_free(struct file_content *f);
/* The last part of a path as the hall takes a name: valid UTF-8, nothing invisible, at most
 * FILE_NAME characters with the ending kept. */
char *file_name(const char *path, char buf[FILE_NAME_BYTES]);

/* What lies in a scan folder: PDF and JPEG files by their names, the newest first. */
struct file_entry {
	char path[FILE_PATH];
	char name[FILE_NAME_BYTES]; /* fit to be shown */
	int64_t size;
	int64_t at; /* seconds since 1970 */
};
struct file_folder {
	struct file_entry *list; /* at most FILE_LISTED */
	size_t n;
	size_t left; /* older ones not listed */
};
/* 0, or −1 with the fault. */
__attribute__((warn_unused_result)) int file_list(
    const char *folder, struct file_folder *f, struct file_fault *fault);
void file_list_free(struct file_folder *f);

/* Writes a new file for nobody but this user's eyes into the folder, named after name and media; a
 * name that is taken gets a number. path gets where it is. 0, or −1 with the fault. */
__attribute__((warn_unused_result)) int file_save(const char *folder, const char *name, const char *media,
    const void *bytes, size_t len, char path[FILE_PATH], struct file_fault *fault);
/* A folder for files to be looked at, nobody else's (0700), within state: empty, also when a run
 * that died left it full. 0, or −1 with the fault. */
__attribute__((warn_unused_result)) int file_private(
    const char *state, char path[FILE_PATH], struct file_fault *fault);
/* Removes it and the files in it. "" is none. */
void file_private_done(const char *path);

#endif
