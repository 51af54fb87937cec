"""A TCP proxy between one window and its hall that cuts the line at a chosen byte. It sees only
TLS records, never what is in them."""

import socket
import struct
import threading

APPLICATION = 23  # content type of a TLS record that carries data


SETTLED = 8  # records from the hall after which handshake and greeting are over


class Cut:
    """Where to cut. side: 'answer' lets `at` bytes of the next record from the hall through that
    has so many, 'request' of the next record to it. fresh: in the greeting of a new line, else
    only when it is over. reset: with RST, else with FIN."""

    def __init__(self, side, at, reset, fresh=False):
        self.side = side
        self.at = at
        self.reset = reset
        self.fresh = fresh
        self.length = 0  # of the record it fell in
        self.done = threading.Event()


class Records:
    """Follows the records of one direction."""

    def __init__(self):
        self.left = 0
        self.header = b""

    def feed(self, chunk):
        """Yields (offset, length, type) of every record that begins in chunk and whose header
        is complete with it."""
        at = 0
        while at < len(chunk):
            if self.left:
                step = min(self.left, len(chunk) - at)
                self.left -= step
                at += step
                continue
            begun = at - len(self.header)
            step = min(5 - len(self.header), len(chunk) - at)
            self.header += chunk[at:at + step]
            at += step
            if len(self.header) == 5:
                length = struct.unpack(">H", self.header[3:5])[0]
                yield begun, length + 5, self.header[0]
                self.left = length
                self.header = b""


class Line:
    """One connection through the proxy."""

    def __init__(self, proxy, client, server):
        self.proxy = proxy
        self.ends = {"request": (client, server), "answer": (server, client)}
        self.lock = threading.Lock()
        self.open = True
        self.answers = 0
        proxy.line = self
        for side in self.ends:
            threading.Thread(target=self.pump, args=(side,), daemon=True).start()

    def pump(self, side):
        source, sink = self.ends[side]
        records = Records()
        try:
            while True:
                chunk = source.recv(65536)
                if not chunk:
                    break
                cut = self.find_cut(side, records, chunk)
                if cut is not None:
                    self.cut_at(cut, sink, chunk, source)
                    return
                sink.sendall(chunk)
        except OSError:
            pass
        self.close(reset=False)

    def find_cut(self, side, records, chunk):
        """(cut, offset of its record in chunk) once it is armed for what begins here."""
        found = None
        for begun, length, kind in records.feed(chunk):
            self.answers += side == "answer" and kind == APPLICATION
            self.proxy.saw(side, length, kind, self.answers < SETTLED)
            if found is None and kind == APPLICATION and begun >= 0:
                cut = self.proxy.take(side, length, self.answers < SETTLED)
                if cut is not None:
                    cut.length = length
                    found = (cut, begun)
        return found

    def cut_at(self, cut_and_offset, sink, chunk, source):
        cut, begun = cut_and_offset
        wanted = begun + cut.at
        while len(chunk) < wanted:
            more = source.recv(wanted - len(chunk))
            if not more:
                break
            chunk += more
        sink.sendall(chunk[:wanted])
        self.close(cut.reset)
        cut.done.set()

    def close(self, reset):
        with self.lock:
            if not self.open:
                return
            self.open = False
        for end in self.ends["request"]:
            try:
                if reset:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                # Wakes the thread that waits in recv, or close() would take no effect yet.
                end.shutdown(socket.SHUT_RD if reset else socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()


class Proxy:
    """Listens on a port of its own; port() of the hall is asked anew for each connection."""

    # Of all of them together: in a day a window may have nothing to do for a while.
    moment = threading.Condition()
    requests, busy = 0, None

    def __init__(self, hall_port):
        self.hall_port = hall_port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.cut = None
        self.lock = threading.Lock()
        self.line = None
        self.longest = 0  # answer of the size of a write's
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.hall_port()), timeout=5)
                server.settimeout(None)
            except OSError:
                client.close()
                continue
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Line(self, client, server)

    def arm(self, cut):
        with self.lock:
            self.cut = cut

    def disarm(self):
        """False when the cut has begun already."""
        with self.lock:
            armed, self.cut = self.cut is not None, None
        return armed

    def take(self, side, length, fresh):
        """The cut that is to fall into a record of this length."""
        with self.lock:
            cut = self.cut
            if cut is None or cut.side != side or cut.at > length or cut.fresh != fresh:
                return None
            self.cut = None
            return cut

    def drop(self):
        """Ends the line that is open now."""
        if self.line is not None:
            self.line.close(reset=True)

    def saw(self, side, length, kind, fresh):
        if kind != APPLICATION:
            return
        with self.moment:
            if side == "request":
                Proxy.requests += 1
                Proxy.busy = self
            elif length < 150 and not fresh:  # longer ones are tables, or two answers at once
                self.longest = max(self.longest, length)
            self.moment.notify_all()

    @staticmethod
    def after_requests(n, seconds):
        """Waits until n more requests have been under way; whose the last was, None when they were not in time."""
        with Proxy.moment:
            until = Proxy.requests + n
            return Proxy.busy if Proxy.moment.wait_for(lambda: Proxy.requests >= until, seconds) else None

    def close(self):
        self.listener.close()
