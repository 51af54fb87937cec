"""A scratch hall for load, figures and faults: brought up by scripts/hall, then started,
stopped and killed piece by piece faster than the script would. Knows no rule of the hall."""

import hashlib
import os
import pwd
import shlex
import signal
import subprocess
import sys
import tempfile
import time

TOP = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.path.join(TOP, "build")
YIMEND = os.environ.get("YIMEND", os.path.join(BUILD, "yimend"))  # build/san/yimend finds more
PASSWORD = "yimen-demo"  # scripts/hall.d/people.sh


def wait_for(what, seconds, test, every=0.01):
    """Waits until test() is true and returns what it gave; a TimeoutError names what."""
    until = time.monotonic() + seconds
    while True:
        got = test()
        if got:
            return got
        if time.monotonic() > until:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(every)


def scratch():
    """A folder that PostgreSQL's user may walk to."""
    folder = tempfile.mkdtemp(prefix="yimen-load.")
    os.chmod(folder, 0o755)
    return folder


def ended_by_signals():
    """SIGTERM and SIGHUP end the program as an exception does: the hall still goes down."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda n, _: sys.exit(128 + n))


class Hall:
    def __init__(self, folder):
        self.dir = folder
        self.server = None
        self.env = {}

    def script(self, *args):
        done = subprocess.run(
            [os.path.join(TOP, "scripts/hall"), args[0], self.dir, *args[1:]],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"scripts/hall {args[0]}: {done.stdout[-2000:]}")
        return done.stdout

    def up(self):
        """Brings it up without its server, which is ours to start and kill."""
        self.script("up", "--no-server", "--quiet")
        with open(os.path.join(self.dir, "etc/hall.env")) as f:
            for line in f:
                for word in shlex.split(line):
                    name, _, value = word.partition("=")
                    self.env[name] = value
        self.ask("select 1")
        if self.ask("select count(*) from hall.staff where secret is null and active") != "0":
            raise RuntimeError("the people of the hall have no passwords: is build/yimend there?")

    def down(self):
        self.stop_server()
        self.stop_postgres("fast")

    # --- PostgreSQL

    def socket(self):
        return self.env["HALL_SOCKET"]

    def _as_pg(self, program, *args):
        user = self.env.get("HALL_OSUSER")
        command = [os.path.join(self.env["HALL_PGBIN"], program), *args]
        if user:
            group = str(pwd.getpwnam(user).pw_gid)
            command = ["setpriv", f"--reuid={user}", f"--regid={group}", "--init-groups", *command]
        return command

    def pg_ctl(self, *args):
        return subprocess.run(
            self._as_pg("pg_ctl", "-D", self.env["HALL_PG"], *args), cwd="/", stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode

    def stop_postgres(self, mode):
        self.pg_ctl("-m", mode, "-w", "-t", "30", "stop")

    def start_postgres(self):
        log = os.path.join(self.env["HALL_PG"], "load.log")
        if self.pg_ctl("-l", log, "-w", "-t", "60", "start") != 0:
            raise RuntimeError("PostgreSQL does not start")

    def postmaster(self):
        with open(os.path.join(self.env["HALL_PG"], "postmaster.pid")) as f:
            return int(f.readline())

    def psql_command(self, *args, database="yimen", user="postgres"):
        return [os.path.join(self.env["HALL_PGBIN"], "psql"), "-h", self.socket(), "-U", user, "-d", database,
                "-X", "-q", "-v", "ON_ERROR_STOP=1", *args]

    def psql(self, sql, *args, database="yimen", user="postgres"):
        done = subprocess.run(self.psql_command(*args, database=database, user=user), input=sql,
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"psql: {done.stderr.strip()} in {sql[:200]}")
        return done.stdout

    def ask(self, sql, **where):
        return self.psql(sql, "-At", **where).rstrip("\n")

    def rows(self, sql, **where):
        return [line.split("|") for line in self.ask(sql, **where).split("\n") if line]

    def answers(self):
        try:
            return self.ask("select 1") == "1"
        except RuntimeError:
            return False

    # --- yimend

    def start_server(self):
        """Starts yimend where it listened before; returns its process."""
        conf = os.path.join(self.dir, "etc/yimend.conf")
        port_file = os.path.join(self.dir, "run/port")
        if os.path.exists(port_file):
            os.unlink(port_file)
        with open(os.path.join(self.dir, "log/yimend.log"), "a") as log:
            self.server = subprocess.Popen(
                [YIMEND, "-c", conf], cwd=self.dir, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log)
        try:
            wait_for("yimend listens", 20, lambda: self.server.poll() is not None or self.port())
        finally:
            if self.server.poll() is not None:
                raise RuntimeError(f"yimend ended with {self.server.returncode}, see {log.name}")
        return self.server

    def port(self):
        try:
            with open(os.path.join(self.dir, "run/port")) as f:
                return int(f.read().strip() or 0)
        except FileNotFoundError:
            return 0

    def write_server_conf(self, port=0, connections=8, more=""):
        """The script writes one when it starts the server; here it does not."""
        text = f"""[listen]
address = 127.0.0.1
port = {port}
port_file = {self.dir}/run/port
metrics = 127.0.0.1:0
metrics_port_file = {self.dir}/run/metrics_port

[tls]
ca = {self.dir}/tls/ca.crt
cert = {self.dir}/tls/server.crt
key = {self.dir}/tls/server.key

[database]
conninfo = host={self.socket()} dbname=yimen user=yimen_server
connections = {connections}

[log]
level = info
{more}"""
        with open(os.path.join(self.dir, "etc/yimend.conf"), "w") as f:
            f.write(text)

    def kill_server(self):
        self.server.kill()
        self.server.wait()

    def stop_server(self):
        if self.server is None or self.server.poll() is not None:
            return
        self.server.terminate()
        try:
            self.server.wait(15)
        except subprocess.TimeoutExpired:
            self.kill_server()

    # --- windows, sessions, items

    def add_windows(self, first, count):
        """Windows load-FIRST … with certificates of their own; {number: (window_id, certificate)}."""
        listed = subprocess.run([os.path.join(BUILD, "bench_certs"), self.dir, str(first), str(count)],
                                capture_output=True, text=True, check=True).stdout
        pairs = [line.split(",") for line in listed.split()]
        values = ",".join(f"({no}, '{digest}')" for no, digest in pairs)
        self.ask(f"""select count(admin.script_window('load ' || v.no, v.digest))
            from (values {values}) v(no, digest)""")
        got = self.rows(f"""select substr(name, 6), window_id from hall.window
            where name in ({",".join(f"'load {no}'" for no, _ in pairs)})""")
        return {int(no): (int(window), os.path.join(self.dir, f"tls/load-{no}")) for no, window in got}

    def token(self, seed):
        return hashlib.sha256(f"yimen load {seed}".encode()).hexdigest()

    def open_sessions(self, wanted):
        """wanted: (window_id, login, token in hex). What session.login does after it has checked
        the password, so that a thousand windows need no thousand hashings. Gives the epochs."""
        epochs = {}
        for at in range(0, len(wanted), 200):
            part = wanted[at:at + 200]
            values = ",".join(f"({window}, '{login}', '\\x{token}'::bytea)" for window, login, token in part)
            for window, epoch in self.rows(f"""select v.window_id, s.epoch
                    from (values {values}) v(window_id, login, token)
                    join hall.window w using (window_id),
                    api.session_open(w.cert_sha256, v.login, true, sha256(v.token), 'load', 0) s"""):
                epochs[int(window)] = int(epoch)
        return epochs

    def items(self, count, handling="promised"):
        """Items to take in that are handled so, each of another department while there are some, with guides of middle
        length, and who takes them in: (item_id, materials, login)."""
        return [(int(i), int(n), login) for i, n, login in self.rows(f"""
            with listed as (
              select v.item_version_id, count(m.seq) as n, i.department_id, s.post_id, t.login,
                row_number() over (partition by i.department_id order by abs(count(m.seq) - 5), i.code) as nth
              from hall.item_version v
              join hall.item i using (item_id)
              join hall.item_material m using (item_version_id)
              join hall.item_step s on s.item_version_id = v.item_version_id and s.seq = 0
              join hall.post_place p on p.post_id = s.post_id and p.place = 'A'
              join hall.staff t on t.staff_id = p.staff_id
              where v.in_force and v.guide and v.handling = '{handling}'
              group by v.item_version_id, i.department_id, i.code, s.post_id, t.login)
            select item_version_id, n, login from listed order by nth, department_id limit {count}""")]


def cpu_seconds(pid):
    """User and system time of a living process."""
    try:
        with open(f"/proc/{pid}/stat") as f:
            fields = f.read().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as f:
            return [int(word) for word in f.read().split()]
    except FileNotFoundError:
        return []


def cpu_of_cluster(postmaster):
    """Of all its processes, those that have ended included."""
    with open(f"/proc/{postmaster}/stat") as f:
        fields = f.read().rpartition(")")[2].split()
    own = sum(int(v) for v in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(cpu_seconds(pid) for pid in children(postmaster))


def memory_kib(pid, field="VmRSS"):
    with open(f"/proc/{pid}/status") as f:
        for line in f:
            if line.startswith(field + ":"):
                return int(line.split()[1])
    return 0


def kill_quietly(process):
    if process is not None and process.poll() is None:
        process.send_signal(signal.SIGKILL)
        process.wait()
