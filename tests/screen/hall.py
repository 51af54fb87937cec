"""A private hall for the screen tests, the window client in it, and TAP."""
import atexit
import csv
import difflib
import glob
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback

from terminal import Terminal

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.environ.get("YIMEN_BIN", os.path.join(TOP, "build"))
PASSWORD = "yimen-demo"
KNOWN_ID = "11010119900307109X"
FOOD = "511A0005200004"  # 食品(含保健食品)经营许可核发
LSAN = "suppressions=%s/tests/lsan.supp:print_suppressions=0" % TOP


class Hall:
    """Brought up in a folder of its own; numbers begin at 1."""

    def __init__(self, mode="--test"):
        self.mode = mode
        self.dir = tempfile.mkdtemp(prefix="yimen-screen.")
        os.chmod(self.dir, 0o755)
        atexit.register(self.down)
        self.env = dict(os.environ, YIMEN_BIN=BIN, LSAN_OPTIONS=LSAN)
        self.env.pop("YIMEN_CONF", None)
        self.up()

    def script(self, *args, **kw):
        return subprocess.run([os.path.join(TOP, "scripts/hall")] + list(args), env=self.env, check=True,
                              capture_output=True, text=True, cwd=TOP, **kw).stdout

    def up(self):
        self.script("up", self.dir, self.mode, "--bin", BIN)

    def down(self):
        subprocess.run([os.path.join(TOP, "scripts/hall"), "down", self.dir], env=self.env, capture_output=True)
        subprocess.run(["rm", "-rf", self.dir])

    def stop_server(self):
        with open(os.path.join(self.dir, "run/yimend.pid")) as f:
            os.kill(int(f.read()), 9)

    def sql(self, query):
        return self.script("psql", self.dir, "-XAtq", "-c", query).strip()

    def ctl(self, who, *args):
        """yimenctl as somebody; its CSV as rows of dicts."""
        out = subprocess.run(["bash", "-c", 'eval "$(scripts/hall env "$0" --as "$1")"; shift; '
                              'exec yimenctl -o csv "$@"', self.dir, who] + list(args),
                             env=self.env, cwd=TOP, capture_output=True, text=True)
        if out.returncode != 0:
            raise AssertionError("yimenctl %s: %s" % (" ".join(args), out.stderr))
        return list(csv.DictReader(io.StringIO(out.stdout)))

    def receive(self, name, phone, id_no=KNOWN_ID):
        """A case by another way in: a script at another window. Its outcome."""
        item = self.ctl("clerk", "item.find", "q=" + FOOD)[0]["item_id"]
        ticks = []
        for row in self.ctl("clerk", "item.materials", "item_id=" + item):
            ticks += ["seq=" + row["seq"], "state=present", "note=", "later="]
        return self.ctl("clerk", "case.receive", "item_id=" + item, "id_kind=resident", "id_no=" + id_no,
                        "name=" + name, "phone=" + phone, "address=示例区幸福路1号", *ticks)[0]

    def know(self):
        """The hall has seen the applicant 钱多多 before."""
        if self.sql("select count(*) from hall.applicant where id_no = '%s'" % KNOWN_ID) == "0":
            self.receive("钱多多", "13900005199")

    def forget_drafts(self):
        self.sql("delete from hall.draft")
        for path in glob.glob(os.path.join(self.dir, "state/*/draft-*")):
            os.unlink(path)

    def present(self, *logins):
        """Waits until the windows of these people count as present: yimend tells so every two seconds (POST-4)."""
        query = ("select count(distinct s.login) from hall.live v join hall.staff s on s.staff_id = v.staff_id "
                 "where s.login in ('%s')" % "', '".join(logins))
        end = time.monotonic() + 10
        while int(self.sql(query)) < len(logins):
            assert time.monotonic() < end, logins
            time.sleep(0.1)

    def window(self, number=3, cols=80, rows=24, env=None, settings="", drafts=False):
        """The client at a window, at its login; settings are lines added to its file. What earlier tests
        left unfinished is offered only with drafts."""
        if not drafts:
            self.forget_drafts()
        conf = os.path.join(self.dir, "etc/yimen-%d.conf" % number)
        if settings:
            with open(conf) as f:
                text = f.read()
            conf = os.path.join(self.dir, "etc/yimen-screen-test.conf")
            with open(conf, "w") as f:
                f.write(text + settings)
        t = Terminal([os.path.join(BIN, "yimen"), "-c", conf], cols, rows, dict(env or {}, LSAN_OPTIONS=LSAN))
        t.hall = self
        return t

    def clerk(self, login="zhangsan", **kw):
        """The same, logged in, the queue on the screen."""
        t = self.window(**kw)
        t.wait("已连接")
        log_in(t, login)
        t.wait(re.compile(r"待办 · \d+ 件"))
        t.wait("(A ")  # the posts are known; a long one is shortened, its holder never
        t.keys_sent = 0
        return t


def log_in(t, login, password=PASSWORD):
    t.type(login)
    t.key("Enter")
    t.type(password)
    t.key("Enter")


def same(screen):
    """A screen with what differs from run to run blotted out, at the same width."""
    for pattern, blot in ((r"5199-\d{8}-\d{6}-\d", "5199-YYYYMMDD-NNNNNN-C"),
                          (r"\d{4}-\d\d-\d\d", "YYYY-MM-DD"), (r"\d\d:\d\d", "HH:MM"),
                          (r"(?<= )\d\d-\d\d(?= HH:MM)", "MM-DD"),
                          (r"(?<= )\d\d-\d\d(?= (?:[黄红] )?[余超已])", "MM-DD"),
                          (r"〔\d{4}〕\d{5}", "〔YYYY〕NNNNN")):
        screen = re.sub(pattern, blot, screen)
    return screen


def golden(t, want):
    """The screen becomes this one, line by line, or the difference is shown. 余N日 in it stands for any number
    of days: how many are left depends on the day of the week, where the hall's clock was not set."""
    want = "\n".join(line.rstrip() for line in want.strip("\n").split("\n"))

    def shown(screen):
        return re.sub(r"余\d+日", "余N日", same(screen)) if "余N日" in want else same(screen)

    try:
        t.wait(lambda screen: shown(screen) == want, seconds=6)
    except AssertionError:
        raise AssertionError("the screen differs:\n" + "\n".join(difflib.unified_diff(
            want.split("\n"), shown(t.text()).split("\n"), "wanted", "shown", lineterm=""))) from None


def run(tests):
    """Each test on its own; TAP. An argument runs only the tests whose name holds it."""
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    tests = [f for f in tests if only in f.__name__]
    print("1..%d" % len(tests), flush=True)
    failed = 0
    for n, test in enumerate(tests, 1):
        name = test.__name__.replace("_", " ")
        try:
            test()
            print("ok %d - %s" % (n, name), flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print("not ok %d - %s" % (n, name))
            print("\n".join("# " + line for line in traceback.format_exc().split("\n")), flush=True)
    sys.exit(1 if failed else 0)
