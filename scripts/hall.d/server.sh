# shellcheck shell=bash
# yimend: started in the background, watched until it answers, stopped with SIGTERM.

# The recorded process is this hall's yimend (and not another program given its number).
server_running() {
	local pid
	pid=$(cat "$HALL_DIR/run/yimend.pid" 2>/dev/null) && [ -n "$pid" ] &&
		tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF -- "$HALL_DIR/etc/yimend.conf"
}

# It takes connections.
server_answers() {
	local port
	port=$(cat "$HALL_DIR/run/port" 2>/dev/null) && [ -n "$port" ] || return 1
	(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null
}

# Answers, or has ended.
server_settled() {
	server_answers || ! server_running
}

server_launch() {
	conf_server
	rm -f "$HALL_DIR/run/port" "$HALL_DIR/run/metrics_port"
	(
		exec 9>&-
		cd "$HALL_DIR" || exit
		exec setsid "$HALL_BIN/yimend" -c "$HALL_DIR/etc/yimend.conf" </dev/null >>"$HALL_DIR/log/yimend.log" 2>&1
	) &
	echo $! >"$HALL_DIR/run/yimend.pid"
	server_program >"$HALL_DIR/run/yimend.program"
	disown
	# Until the subshell has become yimend its command line is this script's.
	hall_wait 5 server_running || return 1
	hall_wait 30 server_settled && server_running
}

# Which program that is: yimend lets nobody look at its /proc/PID/exe.
server_program() {
	stat -L -c '%d %i %Y' "$HALL_BIN/yimend"
}

# What runs is the program there is now.
server_current() {
	[ "$(cat "$HALL_DIR/run/yimend.program" 2>/dev/null)" = "$(server_program)" ]
}

server_start() {
	[ -x "$HALL_BIN/yimend" ] || return 0
	if server_running; then
		# A program built since it was started is started anew.
		if server_current && server_answers; then return 0; fi
		server_stop
	fi
	if ! server_launch; then
		# Its old port may have been taken meanwhile; windows read the new one from port_file.
		[ -n "${HALL_PORT-}" ] || hall_die "yimend does not start, see $HALL_DIR/log/yimend.log"
		server_stop
		HALL_PORT=
		server_launch || hall_die "yimend does not start, see $HALL_DIR/log/yimend.log"
	fi
	HALL_PORT=$(cat "$HALL_DIR/run/port")
}

server_gone() {
	! server_running
}

server_stop() {
	local pid
	server_running || return 0
	pid=$(cat "$HALL_DIR/run/yimend.pid")
	kill -TERM "$pid" 2>/dev/null || true
	hall_wait 15 server_gone || kill -KILL "$pid" 2>/dev/null || true
	hall_wait 5 server_gone || hall_die "yimend ($pid) does not stop"
	rm -f "$HALL_DIR/run/yimend.pid" "$HALL_DIR/run/port" "$HALL_DIR/run/metrics_port"
}
