"""A real terminal for the window client: one tmux server of its own per terminal.

Nothing here sleeps for a fixed time: `wait` looks again until what is wanted stands on the
screen, or fails with the screen after a deadline.
"""
import os
import re
import select
import signal
import subprocess
import tempfile
import time


# tmux does not always collect what ended in a pane, so a shell says how it ended.
AFTER = '"$@"; echo "ended with $?"; read -r _'


# A person reads what an F10 led to before another one: sooner it is taken for its repeat (stack_keys.c).
READ = 0.8


class Terminal:
    def __init__(self, command, cols=80, rows=24, env=None):
        self.dir = tempfile.mkdtemp(prefix="yt")
        self.socket = os.path.join(self.dir, "s")
        self.keys_sent = 0
        self.last_key, self.seen = "", 0.0
        conf = os.path.join(self.dir, "conf")
        with open(conf, "w") as f:
            f.write("set -g status off\nset -g remain-on-exit on\nset -sg escape-time 0\n"
                    "set -g default-terminal tmux-256color\nset -g history-limit 0\n")
        assign = ["%s=%s" % kv for kv in (env or {}).items()]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("TMUX", "LC_", "LANG"))}
        clean["LANG"] = "C.UTF-8"
        self.environ = clean
        subprocess.run(["tmux", "-u", "-S", self.socket, "-f", conf, "new-session", "-d",
                        "-x", str(cols), "-y", str(rows), "-s", "w",
                        "env", "-u", "TMUX"] + assign + ["sh", "-c", AFTER, "sh"] + command, check=True, env=clean)

    def tmux(self, *args, **kw):
        return subprocess.run(["tmux", "-u", "-S", self.socket] + list(args), check=True,
                              env=self.environ, capture_output=True, **kw).stdout

    def key(self, *names):
        """Keys by tmux's names: F1, Enter, Escape, Tab, BTab, Space, C-q, M-1."""
        self.keys_sent += len(names)
        if names[0] == self.last_key == "F10":
            time.sleep(max(0.0, self.seen + READ - time.monotonic()))
        self.last_key, self.seen = names[-1], time.monotonic()
        self.tmux("send-keys", "-t", "w", *names)

    def type(self, text):
        self.keys_sent += len(text)
        self.last_key = ""
        self.tmux("send-keys", "-t", "w", "-l", "--", text)

    def raw(self, data):
        """Bytes as they are, in one write."""
        self.tmux("send-keys", "-t", "w", "-H", *["%02x" % b for b in data])

    def scan(self, text, ms):
        """Typed by a scanner: a character every so many milliseconds, then Enter."""
        with subprocess.Popen(["tmux", "-S", self.socket, "-C", "attach", "-f", "ignore-size,no-output"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.environ) as control:
            control.stdout.readline()
            for byte in text.encode() + b"\r":
                control.stdin.write(b"send-keys -t w -H %02x\n" % byte)
                control.stdin.flush()
                time.sleep(ms / 1000)
            control.stdin.write(b"detach\n")
            control.stdin.close()
            control.stdout.read()

    def paste(self, text):
        """A bracketed paste, as the terminal would send it."""
        self.tmux("load-buffer", "-b", "p", "-", input=text.encode())
        self.tmux("paste-buffer", "-p", "-r", "-b", "p", "-t", "w")

    def resize(self, cols, rows):
        self.tmux("resize-window", "-t", "w", "-x", str(cols), "-y", str(rows))

    def lines(self):
        out = self.tmux("capture-pane", "-p", "-t", "w").decode()
        return [line.rstrip() for line in out.split("\n")]

    def text(self):
        return "\n".join(self.lines()).rstrip("\n")

    def styled(self):
        return self.tmux("capture-pane", "-p", "-e", "-t", "w").decode()

    def cursor(self):
        y, x = self.tmux("display-message", "-p", "-t", "w", "#{cursor_y} #{cursor_x}").split()
        return int(y), int(x)

    def flag(self, name):
        return self.tmux("display-message", "-p", "-t", "w", "#{%s}" % name).decode().strip()

    def wait(self, want, seconds=10, gone=None):
        """Until want (a text, a pattern or a function of the screen) holds; the screen then."""
        end = time.monotonic() + seconds
        while True:
            screen = self.text()
            if callable(want):
                ok = want(screen)
            elif isinstance(want, re.Pattern):
                ok = want.search(screen) is not None
            else:
                ok = want in screen
            if ok and (gone is None or gone not in screen):
                self.seen = time.monotonic()
                return screen
            if time.monotonic() > end:
                raise AssertionError("waited %ss for %r (gone: %r) on\n%s" % (seconds, want, gone, screen))
            select.select([], [], [], 0.01)

    def move_to(self, words, key="Down", steps=40):
        """Presses the key until the cursor stands on a line with these words."""
        for _ in range(steps):
            at = self.cursor()
            if words in self.lines()[at[0]]:
                return
            self.key(key)
            self.wait(lambda _: self.cursor() != at)
        raise AssertionError("no line with %r under the cursor of\n%s" % (words, self.text()))

    def wait_end(self, seconds=20):
        """How the program ended: its exit status."""
        screen = self.wait(re.compile(r"ended with \d+"), seconds)
        return int(re.search(r"ended with (\d+)", screen).group(1))

    def program(self):
        """The process id of the program in it."""
        shell = int(self.flag("pane_pid"))
        with open("/proc/%d/task/%d/children" % (shell, shell)) as f:
            return int(f.read().split()[0])

    def kill(self, signum=signal.SIGKILL):
        """Ends the program at once, as a power cut would, and waits until it is gone."""
        program = self.program()
        os.kill(program, signum)
        self.wait(lambda _: not os.path.exists("/proc/%d" % program))

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True)
        subprocess.run(["rm", "-rf", self.dir])

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()
