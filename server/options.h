/* Settings of yimend: the rows of yimend.conf(5) and the struct they fill. */
#ifndef YIMEN_SERVER_OPTIONS_H
#define YIMEN_SERVER_OPTIONS_H

#include "common/conf.h"

struct options {
	char *address, *port_file, *metrics, *metrics_port_file;
	int port;
	char *ca, *cert, *key;
	char *conninfo;
	int db_connections, db_queue, db_deadline;
	char *log_level;
	int connections, per_window, unknown, per_source;
	int handshake, frame, stall, idle, idle_login, drain;
};

extern const struct conf_row options_rows[];

#endif
