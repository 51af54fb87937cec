"""A CUPS of its own for a test: the real scheduler on a socket in a folder, with a backend that
stands for a printer whose paper, cover and patience the test has in hand. Any user may run it."""
import atexit
import getpass
import grp
import os
import subprocess
import tempfile
import time

BACKEND = """#!/bin/sh
# A printer: prints into the folder, says what it lacks on stderr as backends do.
[ $# -eq 0 ] && { echo 'direct desk "Unknown" "a printer for tests"'; exit 0; }
D=%(dir)s
cat "${6:--}" >"$D/got.tmp"
said=
while [ -e "$D/lacks" ]; do
	[ -n "$said" ] || { read -r said <"$D/lacks"; echo "STATE: +$said" >&2; }
	sleep 0.1
done
[ -z "$said" ] || echo "STATE: -$said" >&2
[ ! -e "$D/breaks" ] || exit 1
printf %%s "$3" >"$D/title-$1.pdf"
mv "$D/got.tmp" "$D/got-$1.pdf"
"""

CONF = """Listen %(dir)s/cups.sock
LogLevel warn
MaxLogSize 0
DefaultAuthType None
WebInterface No
Browsing Off
DirtyCleanInterval 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

FILES = """ServerRoot %(dir)s/root
ServerBin %(dir)s/bin
DataDir %(dir)s/data
DocumentRoot %(dir)s/data
RequestRoot %(dir)s/spool
TempDir %(dir)s/tmp
CacheDir %(dir)s/cache
StateDir %(dir)s/state
AccessLog %(dir)s/log/access
ErrorLog %(dir)s/log/error
PageLog %(dir)s/log/page
FileDevice Yes
User %(user)s
Group %(group)s
SystemGroup %(admins)s
"""


class Cups:
    """Running when made; `env` is what clients need to find it."""

    def __init__(self):
        self.dir = tempfile.mkdtemp(prefix="yimen-cups.")
        os.chmod(self.dir, 0o755)
        root = os.getuid() == 0
        words = {"dir": self.dir, "user": "lp" if root else getpass.getuser(),
                 "group": "lp" if root else grp.getgrgid(os.getgid()).gr_name,
                 "admins": "root" if root else "nogroup"}
        for sub in ("root", "bin/backend", "data/banners", "spool", "tmp", "cache", "state", "log"):
            os.makedirs(os.path.join(self.dir, sub))
        for part in ("daemon", "notifier"):
            os.symlink("/usr/lib/cups/" + part, os.path.join(self.dir, "bin", part))
        os.symlink("/usr/share/cups/mime", os.path.join(self.dir, "data/mime"))
        self.write("bin/backend/desk", BACKEND % words, 0o700)
        self.write("root/cupsd.conf", CONF % words, 0o600)
        self.write("root/cups-files.conf", FILES % words, 0o600)
        self.env = dict(os.environ, CUPS_SERVER=os.path.join(self.dir, "cups.sock"))
        self.process = None
        atexit.register(self.down)
        self.up()

    def write(self, name, text, mode):
        path = os.path.join(self.dir, name)
        with open(path, "w") as f:
            f.write(text)
        os.chmod(path, mode)

    def up(self):
        self.process = subprocess.Popen(["/usr/sbin/cupsd", "-f", "-c", self.dir + "/root/cupsd.conf", "-s",
                                         self.dir + "/root/cups-files.conf"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self.until(lambda: subprocess.run(["/usr/bin/lpstat", "-r"], env=self.env, capture_output=True,
                                          text=True).stdout.startswith("scheduler is running"))

    def down(self):
        self.process.kill()
        self.process.wait()
        subprocess.run(["rm", "-rf", self.dir])

    @staticmethod
    def until(true, seconds=10):
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise AssertionError("not in %d seconds" % seconds)
            time.sleep(0.05)

    def queue(self, name):
        self.run("/usr/sbin/lpadmin", "-p", name, "-E", "-v", "desk:/" + name)

    def run(self, *command):
        return subprocess.run(command, env=self.env, check=True, capture_output=True, text=True).stdout

    def lacks(self, reason):
        """Something is missing until it is given: None."""
        path = os.path.join(self.dir, "lacks")
        if reason is None:
            os.unlink(path)
        else:
            self.write("lacks", reason + "\n", 0o644)

    def breaks(self, broken):
        if broken:
            self.write("breaks", "", 0o644)
        else:
            os.unlink(os.path.join(self.dir, "breaks"))

    def title(self, paper):
        with open(os.path.join(self.dir, paper.replace("got-", "title-")), encoding="utf-8") as f:
            return f.read()

    def papers(self):
        return sorted(f for f in os.listdir(self.dir) if f.startswith("got-"))
