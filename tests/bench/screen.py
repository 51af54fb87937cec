"""The window client in a pseudo-terminal: how soon it stands there, how soon a key shows."""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import termios
import time

from hall import BUILD, PASSWORD, TOP

QUIET = 0.002  # a burst of output has ended when nothing more comes for this long
STARTS = 11


class Window:
    """yimen on a terminal of its own, 24 lines of 80."""

    def __init__(self, hall, login):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        env = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "YIMEN_LOGIN": login,
               "YIMEN_CONF": os.path.join(hall.dir, "etc/yimen-2.conf")}
        self.seen = b""
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [os.path.join(BUILD, "yimen")], stdin=slave, stdout=slave, stderr=slave, env=env, cwd=TOP,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)

    def read(self, seconds):
        """What comes within that time; b"" when nothing does."""
        if not select.select([self.master], [], [], seconds)[0]:
            return b""
        try:
            got = os.read(self.master, 65536)
        except OSError:
            raise RuntimeError(f"yimen ended: {self.seen[-400:]!r}") from None
        self.seen += got
        return got

    def until(self, words, seconds=10.0):
        """When these bytes have come: seconds since it was started."""
        end = time.perf_counter() + seconds
        while words not in self.seen:
            if time.perf_counter() > end:
                raise TimeoutError(f"{words!r} did not appear: {self.seen[-600:]!r}")
            self.read(0.1)
        return time.perf_counter() - self.began

    def settle(self, seconds=0.1):
        while self.read(seconds):
            pass
        self.seen = b""

    def press(self, key, quiet=QUIET):
        """Seconds until the screen has answered a key, to the end of its burst; None: nothing came."""
        began = time.perf_counter()
        os.write(self.master, key)
        if not self.read(1.0):
            return None
        last = time.perf_counter()
        while self.read(quiet):
            last = time.perf_counter()
        return last - began

    def close(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self.master)


def typed(window, keys, n, quiet=QUIET):
    times, silent = [], 0
    for i in range(n):
        took = window.press(keys[i % len(keys)], quiet)
        if took is None:
            silent += 1
        else:
            times.append(took)
        window.seen = b""
    return sorted(times), silent


def quantile(values, thousandths):
    return values[(len(values) - 1) * thousandths // 1000] * 1000 if values else float("nan")


def measure(hall, folder, keys, out):
    starts = []
    for _ in range(STARTS):
        window = Window(hall, "")
        starts.append(window.until("2号窗".encode()))
        window.close()
    out("client.start_to_login.p50", statistics.median(starts) * 1000, "ms")
    out("client.start_to_login.max", max(starts) * 1000, "ms")
    # Typing into a form, every fourth key taking back: drawn without asking the hall.
    window = Window(hall, hall.items(1)[0][2])
    window.until("2号窗".encode())
    window.settle()
    times, silent = typed(window, [b"a", b"b", b"c", b"\x7f", b"\x7f", b"\x7f"], keys - keys % 6)
    window.settle()
    # A digit waits a moment in case a scanner types it; further apart than a scanner's.
    digits, quiet = [], 0
    for _ in range(min(keys, 100)):
        for key in (b"7", b"\x7f"):
            time.sleep(0.05)
            took = window.press(key)
            window.seen = b""
            if key == b"7":
                quiet += took is None
                digits += [] if took is None else [took]
    silent += quiet
    digits.sort()
    out("client.digit_in_form.p50", quantile(digits, 500), "ms")
    out("client.digit_in_form.p99", quantile(digits, 990), "ms")
    out("client.key_in_form.p50", quantile(times, 500), "ms")
    out("client.key_in_form.p99", quantile(times, 990), "ms")
    # The item finder (CAT-6): a key is drawn at once, what the hall found soon after.
    os.write(window.master, PASSWORD.encode() + b"\r")
    window.until("待办".encode())
    window.settle(0.3)
    os.write(window.master, b"\x1bOQ")  # F2
    window.until("事项".encode())
    window.settle(0.3)
    keys_there = [b"s", b"p", b"\x1bOB", b"\x7f", b"\x7f"]
    more, unanswered = typed(window, keys_there, keys)
    out("client.key_in_finder.p50", quantile(more, 500), "ms")
    out("client.key_in_finder.p99", quantile(more, 990), "ms")
    found, _ = typed(window, [b"s", b"p", b"\x7f", b"\x7f"], keys // 2, 0.06)
    out("client.key_to_found.p50", quantile(found, 500), "ms")
    out("client.key_to_found.p99", quantile(found, 990), "ms")
    out("client.keys_unanswered", silent + unanswered, "keys")
    window.close()
