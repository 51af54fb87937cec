/*
 * What a screen asks of the application about files: list the scan folder, attach a file, look at an
 * attachment or write it to a folder. It takes its time in threads and on the line, while the keys
 * go on; the end comes as MESSAGE_FILE.
 */
#ifndef YIMEN_SCREEN_FILES_H
#define YIMEN_SCREEN_FILES_H

#include <stdbool.h>
#include <stdint.h>

#include "client/file.h"

enum file_task {
	FILE_LIST,   /* the scan folder of the settings */
	FILE_PUT,    /* path to case_id, for material seq; paper_id: the void one it comes after, or 0 */
	FILE_VIEW,   /* paper_id in the desktop's viewer */
	FILE_EXPORT, /* paper_id into folder path */
	FILE_STOP,   /* whatever is under way or waits for case_id */
};

struct file_order {
	enum file_task task;
	int64_t case_id, paper_id;
	int seq; /* material; 0: none */
	char path[FILE_PATH];
};

struct file_result {
	enum file_task task;
	bool ok, stopped;
	int64_t case_id;
	const struct file_order *order;   /* what was asked; belongs to the message */
	int64_t void_id;                  /* FILE_PUT: refused, for this one with the same content is void */
	const struct file_folder *folder; /* FILE_LIST; belongs to the message */
	char sentence[512];               /* what was done, or why not */
};

#endif
