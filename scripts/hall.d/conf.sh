# shellcheck shell=bash
# The settings files of the hall's programs. They are written anew at each `up`, so that
# moving a release or a port needs no editing; a hall in service has its own under /etc.

# The server listens where it did before, so that windows find it again after a restart;
# the first time the system picks a free port and yimend writes down which.
conf_server() {
	cat >"$HALL_DIR/etc/yimend.conf" <<TXT
[listen]
address = 127.0.0.1
port = ${HALL_PORT:-0}
port_file = $HALL_DIR/run/port
metrics = 127.0.0.1:0
metrics_port_file = $HALL_DIR/run/metrics_port

[tls]
ca = $HALL_DIR/tls/ca.crt
cert = $HALL_DIR/tls/server.crt
key = $HALL_DIR/tls/server.key

[database]
conninfo = host=$(conf_libpq "$HALL_SOCKET") dbname=yimen user=yimen_server
connections = 8

[log]
level = ${YIMEN_LOG_LEVEL:-info}
TXT
}

# A value as libpq's connection strings want it.
conf_libpq() {
	case $1 in
	*[!A-Za-z0-9_./-]*) printf "'%s'" "$1" ;;
	*) printf %s "$1" ;;
	esac
}

# conf_client FILE CERTIFICATE STATE: for yimen and yimenctl alike.
conf_client() {
	mkdir -p "$HALL_DIR/state/$3"
	chmod 700 "$HALL_DIR/state/$3"
	cat >"$HALL_DIR/etc/$1.conf" <<TXT
[server]
host = 127.0.0.1
port_file = $HALL_DIR/run/port
name = yimend

[tls]
ca = $HALL_DIR/tls/ca.crt
cert = $HALL_DIR/tls/$2.crt
key = $HALL_DIR/tls/$2.key

[state]
dir = $HALL_DIR/state/$3

[print]
folder = $HALL_DIR/print
TXT
}
