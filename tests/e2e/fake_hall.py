"""A hall of a hundred lines for tests of the client's end of the line: it speaks the wire of
yimen-protocol(7) over TLS 1.3, keeps command slots, and does to the line what a test asks
for. The real hall is tested elsewhere; this one misbehaves on purpose."""
import os, shutil, socket, ssl, struct, subprocess, sys, tempfile, threading

OPS = {0x0100: "session.hello", 0x0101: "session.login", 0x0102: "session.logout", 0x0105: "session.resume", 0x0106: "session.password",
       0x0200: "item.find", 0x0401: "case.accept", 0x0700: "event.subscribe", 0x0800: "clock.show",
       0x0f00: "command.cancel"}
OK, REFUSED, DENIED, NO_SESSION, BUSY, UNAVAILABLE, INVALID, FENCED = range(8)
MORE, PUSH = 0x100, 0x200


def value(v, size=None):
    if v is None:
        return struct.pack(">i", -1)
    if isinstance(v, bool):
        v = bytes([v])
    elif isinstance(v, int):
        v = v.to_bytes(size or 8, "big", signed=True)
    elif isinstance(v, str):
        v = v.encode()
    return struct.pack(">i", len(v)) + v


def outcome(code=None, arg=None, case=None, version=None, number=None):
    return b"".join([value(code), value(arg), value(None), value(None), value(case),
                     value(version, 4), value(number)])


def fields(payload):
    got = []
    while payload:
        n = struct.unpack(">i", payload[:4])[0]
        got.append(None if n < 0 else payload[4:4 + n])
        payload = payload[4 + max(n, 0):]
    return got


def openssl(*args):
    subprocess.run(["openssl", *args], check=True, capture_output=True)


def certificates(folder):
    """ca, server (named yimend) and window, and another hall's ca."""
    for ca in "ca", "other":
        openssl("req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2", "-subj", f"/CN={ca}",
                "-keyout", f"{folder}/{ca}.key", "-out", f"{folder}/{ca}.crt")
    for who in "server", "window":
        ext = f"{folder}/{who}.ext"
        with open(ext, "w") as f:
            f.write("subjectAltName=DNS:yimend\n" if who == "server" else "extendedKeyUsage=clientAuth\n")
        openssl("req", "-newkey", "ed25519", "-nodes", "-subj", f"/CN={who}", "-keyout",
                f"{folder}/{who}.key", "-out", f"{folder}/{who}.csr")
        openssl("x509", "-req", "-in", f"{folder}/{who}.csr", "-CA", f"{folder}/ca.crt", "-CAkey",
                f"{folder}/ca.key", "-CAcreateserial", "-days", "2", "-extfile", ext, "-out",
                f"{folder}/{who}.crt")


class Line:
    """One connection."""

    def __init__(self, hall, sock):
        self.hall, self.sock, self.token = hall, sock, None

    def take(self, n):
        data = b""
        while len(data) < n:
            more = self.sock.recv(n - len(data))
            if not more:
                raise ConnectionError
            data += more
        return data

    def send(self, op, request, status, payload=b""):
        self.sock.sendall(struct.pack(">IHHI", len(payload), op, status, request) + payload)

    def run(self):
        try:
            while True:
                n, op, _, request = struct.unpack(">IHHI", self.take(12))
                payload = self.take(n)
                name = OPS.get(op, hex(op))
                self.hall.seen.append((name, payload))
                self.hall.answer(self, name, op, request, payload)
        except (OSError, ConnectionError):
            pass
        finally:
            self.sock.close()


class Hall:
    """on[name] = function(line, op, request, payload, times seen before) → True when it has dealt with it."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="yimen-line.")
        certificates(self.dir)
        self.on, self.seen, self.slots, self.done, self.epoch, self.tokens = {}, [], {}, [], 0, {}
        self.lines = set()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.context.verify_mode = ssl.CERT_REQUIRED
        self.context.load_cert_chain(f"{self.dir}/server.crt", f"{self.dir}/server.key")
        self.context.load_verify_locations(f"{self.dir}/ca.crt")
        self.listen(0)

    def listen(self, port):
        self.socket = socket.create_server(("127.0.0.1", port))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, args=(self.socket,), daemon=True).start()

    def accept(self, listener):
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.shake_hands, args=(sock,), daemon=True).start()

    def shake_hands(self, sock):
        try:
            line = Line(self, self.context.wrap_socket(sock, server_side=True))
        except (ssl.SSLError, OSError):
            sock.close()
            return
        self.lines.add(line)
        line.run()
        self.lines.discard(line)

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def session(self, token, epoch):
        if epoch == 0 or epoch != self.epoch:
            self.epoch += 1
        return b"".join([value(token), value(7), value("clerk"), value("张三"), value(2, 4), value(1), value(3, 4),
                         value("3号窗"), value("市场监管局"), value(self.epoch, 4), value(b"k" * 32), value(False),
                         value(False)])

    def write(self, payload):
        """The slot rule; (status, outcome)."""
        epoch, slot, seq = struct.unpack(">IHQ", payload[:14])
        kept = self.slots.get((epoch, slot), (0, None, None))
        if epoch != self.epoch:
            return FENCED, outcome("slot.fenced")
        if seq == kept[0]:
            return kept[2] if kept[1] == payload[14:] else (INVALID, outcome("slot.hash", "seq"))
        if seq != kept[0] + 1:
            return INVALID, outcome("slot.gap", "seq")
        self.done.append(payload)
        got = (OK, outcome(case=5, version=len(self.done), number=f"示市监受〔2026〕{len(self.done):05}号"))
        if int.from_bytes(fields(payload[14:])[0], "big") == 404:
            got = (REFUSED, outcome("case.none"))
        self.slots[epoch, slot] = (seq, payload[14:], got)
        return got

    def cancel(self, payload):
        epoch, slot, seq = (int.from_bytes(v, "big") for v in fields(payload))
        kept = self.slots.get((epoch, slot), (0, None, None))
        if seq == kept[0]:
            return kept[2]
        if epoch != self.epoch:
            return FENCED, outcome("slot.fenced")
        if seq != kept[0] + 1:
            return INVALID, outcome("slot.gap", "seq")
        self.slots[epoch, slot] = (seq, None, (REFUSED, outcome("command.cancelled")))
        return self.slots[epoch, slot][2]

    def answer(self, line, name, op, request, payload):
        before = sum(1 for seen, _ in self.seen if seen == name) - 1
        hook = self.on.get(name)
        if hook is not None and hook(line, op, request, payload, before):
            return
        if name == "session.hello":
            rows = b"".join([value(1, 2), value("fake"), value("示例区政务服务中心"), value(3, 4), value("3号窗"),
                             value(True), value(0), value("5199"), value(False)])
            line.send(op, request, OK, rows)
        elif name == "session.login":
            login, password, epoch = fields(payload)
            if password != b"right":
                line.send(op, request, DENIED, outcome("login.wrong"))
                return
            if line.token in self.tokens:
                line.send(op, request, DENIED, outcome("op.class"))
                return
            line.token = os.urandom(32)
            self.tokens[line.token] = login
            line.send(op, request, OK, self.session(line.token, int.from_bytes(epoch, "big")))
        elif name == "session.resume":
            token, epoch = fields(payload)
            if token not in self.tokens:
                line.send(op, request, NO_SESSION, outcome("session.none"))
                return
            line.token = token
            line.send(op, request, OK, self.session(token, int.from_bytes(epoch, "big")))
        elif name == "session.logout":
            self.tokens.pop(line.token, None)
            line.send(op, request, OK)
        elif name == "item.find":
            row = b"".join([value(42), value("SC1"), value("食品\"经营\"许可\\,一"), value(None), value("promised"),
                            value(20, 4), value("workday"), value(True), value(False)])
            # Broken in the middle of a row, as any stream may be.
            line.send(op, request, OK | MORE, row + row[:9])
            line.send(op, request, OK, row[9:])
        elif name == "case.accept":
            line.send(op, request, *self.write(payload))
        elif name == "command.cancel":
            line.send(op, request, *self.cancel(payload))
        else:
            line.send(op, request, OK)


def serve():
    """For tests/unit/test_link.c: prints folder and port; what it does wrong is asked for by the
    search text of item.find (slow, cut, ended; sessions: a row for each open one) and by the case
    of case.accept (500: no answer), or said on standard input: down and up. The first logout of "deaf" is not
    heard; the login of "late" is answered when standard input says answer. Closing it ends all."""
    hall = Hall()
    late = threading.Event()
    cut = set()

    def find(line, op, request, payload, before):
        q = fields(payload)[0]
        if q == b"slow":
            return True
        if q.startswith(b"cut") and q not in cut:
            cut.add(q)
            line.sock.close()
            raise ConnectionError
        if q == b"ended":
            hall.tokens.clear()
            line.send(op, request, NO_SESSION, outcome("session.none"))
            return True
        if q == b"sessions":
            row = b"".join([value(1), value("x"), value("x"), value(None), value("promised"), value(1, 4),
                            value("workday"), value(True), value(False)])
            line.send(op, request, OK, row * len(hall.tokens))
            return True
        return False

    def logout(line, op, request, payload, before):
        if hall.tokens.get(line.token) == b"deaf" and line.token not in cut:
            cut.add(line.token)
            line.sock.close()
            raise ConnectionError
        return False

    def login(line, op, request, payload, before):
        if fields(payload)[0] == b"late":
            late.wait()
        return False

    hall.on["session.login"] = login
    hall.on["session.logout"] = logout
    hall.on["item.find"] = find
    hall.on["case.accept"] = lambda line, op, request, payload, before: (
        int.from_bytes(fields(payload[14:])[0], "big") == 500)
    print(hall.dir, hall.port, flush=True)
    for word in sys.stdin:
        if word == "down\n":
            hall.close()
            for line in list(hall.lines):
                line.sock.shutdown(socket.SHUT_RDWR)
        elif word == "answer\n":
            late.set()
        elif word == "up\n":
            hall.listen(hall.port)
    shutil.rmtree(hall.dir)


if __name__ == "__main__":
    serve()
