"""What the tables share: programs under test, one private network, rows of samples and their verdict."""
import contextlib
import glob
import json
import os
import re
import secrets
import shutil
import signal
import statistics
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TARGET = os.path.join(ROOT, 'target', 'bench')
BIN = os.path.join(TARGET, 'bin')
APP = os.path.join(ROOT, 'target', 'ichor')
OURS = 'ichor'
PATHS = os.pathsep.join([os.environ.get('PATH', ''), '/usr/sbin', '/sbin', BIN])
TICK = os.sysconf('SC_CLK_TCK')

# What bin/ichor hands to Java.
JAVA_FLAGS = ['--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow', '-XX:+UseSerialGC', '-Xms24m', '-Xmx512m']


class Missing(Exception):
    """A program that a comparison needs is not there."""


# Whether peers that are not installed are fetched or built.
fetch_peers = True


def find(name, package, inside=None):
    """A peer's program: on PATH, or unpacked (never installed) from its Debian package."""
    path = shutil.which(name, path=PATHS)
    if path:
        return path
    if not fetch_peers:
        raise Missing(f'{name} (Debian package {package})')
    root = os.path.join(TARGET, 'peers', package)
    path = os.path.join(root, inside or f'usr/sbin/{name}')
    if not os.path.exists(path):
        os.makedirs(root, exist_ok=True)
        subprocess.run(['apt-get', '-qq', 'download', package], cwd=root, capture_output=True, timeout=120)
        for deb in (f for f in os.listdir(root) if f.endswith('.deb')):
            subprocess.run(['dpkg', '-x', deb, '.'], cwd=root, capture_output=True)
    if os.path.exists(path):
        return path
    raise Missing(f'{name} (Debian package {package})')


def matchbox():
    """Built from the pinned module by src/test/peers/build.sh."""
    path = os.path.join(ROOT, 'target', 'peers', 'matchbox')
    if not os.path.exists(path) and fetch_peers:
        subprocess.run(['bash', os.path.join(ROOT, 'src/test/peers/build.sh')], timeout=900)
    if os.path.exists(path):
        return path
    raise Missing('matchbox (needs Go and its module proxy)')


def java():
    """The Java that bin/ichor would take, as far as a JDK says its version in its release file."""
    for home in (os.environ.get('ICHOR_JAVA_HOME'), os.environ.get('JAVA_HOME'), *sorted(glob.glob('/usr/lib/jvm/*'))):
        with contextlib.suppress(OSError, TypeError):
            version = re.search(r'^JAVA_VERSION="(\d+)', open(os.path.join(home, 'release')).read(), re.M)
            if version and int(version[1]) >= 25:
                return os.path.join(home, 'bin', 'java')
    return 'java'


def jars():
    """In the order of bin/ichor."""
    first = ('ichor', 'picocli')
    names = sorted((j for j in os.listdir(os.path.join(APP, 'lib')) if j.endswith('.jar')), key=lambda j: (not j.startswith(first), j))
    return os.pathsep.join(os.path.join(APP, 'lib', j) for j in names)


def ichor(*args, flags=()):
    """A command line of the packaged program; `flags` come after those of bin/ichor."""
    return [java(), *JAVA_FLAGS, *flags, '-cp', jars(), 'dev.ichor.Ichor', *map(str, args)]


class Program:
    """A started program, with all it starts; stopped at the end of `with`."""

    def __init__(self, command, log, env=None, keep=()):
        """`keep`: file descriptors that it inherits."""
        self.log = os.path.join(TARGET, 'log', log + '.log')
        with open(self.log, 'wb') as out:
            self._popen = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=TARGET, start_new_session=True, pass_fds=keep,
                env={**os.environ, **(env or {})})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def alive(self):
        return self._popen.poll() is None

    def said(self, text, seconds=30):
        """Waits until it has written `text`."""
        self.until(lambda: text in open(self.log, errors='replace').read(), seconds, text)

    def until(self, holds, seconds=30, what='it answers'):
        end = time.monotonic() + seconds
        while not holds():
            if not self.alive or time.monotonic() > end:
                raise RuntimeError(f'{self.log}: not so far that "{what}"')
            time.sleep(0.02)

    def stop(self):
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(self._popen.pid, sign)
                self._popen.wait(10)
                return
        self._popen.wait()

    def _all(self):
        """Its process and all below."""
        children = {}
        for pid in filter(str.isdigit, os.listdir('/proc')):
            with contextlib.suppress(OSError):
                stat = open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()
                children.setdefault(int(stat[1]), []).append(int(pid))
        found, todo = [], [self._popen.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            todo += children.get(pid, [])
        return found

    def cpu(self):
        """Seconds used, user and system, ended children included."""
        ticks = 0
        for pid in self._all():
            with contextlib.suppress(OSError):
                ticks += sum(map(int, open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()[11:15]))
        return ticks / TICK

    def memory(self, key='VmHWM'):
        """MB resident: VmRSS now, VmHWM at most."""
        kb = 0
        for pid in self._all():
            with contextlib.suppress(OSError):
                kb += sum(int(line.split()[1]) for line in open(f'/proc/{pid}/status') if line.startswith(key + ':'))
        return kb / 1024


class Network:
    """Two private namespaces joined by one wire: nothing of the machine's own network is touched.

    The server's has 10.66.0.1/20, the client's 10.66.15.254/20; broadcasts go out by the wire."""

    SERVER, CLIENT = '10.66.0.1', '10.66.15.254'

    def __init__(self):
        name = 'ichorbench' + secrets.token_hex(2)
        self.server_ns, self.client_ns = name + 's', name + 'c'

    def __enter__(self):
        ip = lambda *a: subprocess.run(['ip', *a], check=True)
        ip('netns', 'add', self.server_ns)
        ip('netns', 'add', self.client_ns)
        ip('link', 'add', 'srv', 'netns', self.server_ns, 'type', 'veth', 'peer', 'name', 'cli', 'netns', self.client_ns)
        for ns, link, address in ((self.server_ns, 'srv', self.SERVER), (self.client_ns, 'cli', self.CLIENT)):
            ip('-n', ns, 'addr', 'add', address + '/20', 'dev', link)
            ip('-n', ns, 'link', 'set', 'lo', 'up')
            ip('-n', ns, 'link', 'set', link, 'up')
            ip('-n', ns, 'route', 'add', '255.255.255.255/32', 'dev', link)
        return self

    def __exit__(self, *_):
        for ns in (self.server_ns, self.client_ns):
            for pid in subprocess.run(['ip', 'netns', 'pids', ns], capture_output=True, text=True).stdout.split():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
            subprocess.run(['ip', 'netns', 'del', ns], capture_output=True)

    def server(self, command):
        """The command line that runs it where the servers are."""
        return ['ip', 'netns', 'exec', self.server_ns, *map(str, command)]

    def client(self, command):
        return ['ip', 'netns', 'exec', self.client_ns, *map(str, command)]

    def lose(self, percent):
        """Drops as many of the arriving UDP packets at random, on both ends."""
        rule = f'table inet l {{ chain i {{ type filter hook input priority 0; meta l4proto udp numgen random mod 100 < {percent} drop;\n}}\n}}\n'
        for ns in (self.server_ns, self.client_ns):
            subprocess.run(['ip', 'netns', 'exec', ns, 'nft', 'flush', 'ruleset'], check=True)
            if percent:
                subprocess.run(['ip', 'netns', 'exec', ns, 'nft', '-f', '-'], input=rule, text=True, check=True)


class Row:
    """One line of the report: samples of each program, and what is demanded of ours.

    `must` and `aim` bound ours ÷ the peer's (`against` a name, or 'best'), or our value itself where `against` is None;
    from below where more is better, from above where less is."""

    def __init__(self, work, unit, more=True, against='best', must=None, aim=None):
        self.work, self.unit, self.more, self.against = work, unit, more, against
        self.must, self.aim, self.samples, self.note = must, aim, {}, ''

    def add(self, who, value):
        if value is not None:
            self.samples.setdefault(who, []).append(value)

    def median(self, who):
        return statistics.median(self.samples[who])

    def peer(self):
        """The peer ours is measured by, or None."""
        peers = [w for w in self.samples if w != OURS]
        if self.against == 'best' and peers:
            return (max if self.more else min)(peers, key=self.median)
        return self.against if self.against in peers else None

    def figure(self):
        """What the bounds are for, or None when it could not be measured."""
        if OURS not in self.samples:
            return None
        if self.against is None:
            return self.median(OURS)
        peer = self.peer()
        return self.median(OURS) / self.median(peer) if peer and self.median(peer) else None

    def reached(self, bound):
        figure = self.figure()
        if bound is None or figure is None:
            return None
        return figure >= bound if self.more else figure <= bound

    def json(self):
        return {'work': self.work, 'unit': self.unit, 'better': 'more' if self.more else 'less', 'against': self.against,
                'peer': self.peer(), 'figure': self.figure(), 'must': self.must, 'aim': self.aim,
                'mustReached': self.reached(self.must), 'aimReached': self.reached(self.aim), 'note': self.note,
                'programs': {w: {'median': self.median(w), 'min': min(s), 'max': max(s), 'n': len(s)} for w, s in self.samples.items()}}


class Bench:
    """Handed to each table: how often to measure, until when, and where the rows go."""

    def __init__(self, rounds, seconds, smoke=False):
        self.rounds, self.smoke = rounds, smoke
        self.deadline = time.monotonic() + seconds
        self.rows, self.notes, self.versions = [], [], {}

    def row(self, *args, **bounds):
        self.rows.append(Row(*args, **bounds))
        return self.rows[-1]

    def sized(self, full, smoke):
        """How much of something: enough to measure by, or so little that one only sees it run."""
        return smoke if self.smoke else full

    def note(self, line):
        print(line, flush=True)
        self.notes.append(line)

    def left(self):
        return self.deadline - time.monotonic()

    def turns(self):
        """The rounds, until the time is over: programs are measured one after the other within each, so that a slow moment
        of the machine meets all."""
        for turn in range(self.rounds):
            if turn and self.left() < 0:
                self.note(f'Out of time after {turn} of {self.rounds} rounds.')
                return
            yield turn

    def peers(self, **makers):
        """What the makers give, without the peers that are missing, which are noted."""
        found = {}
        for name, make in makers.items():
            try:
                found[name] = make()
            except Missing as missing:
                self.note(f'Not compared with {name}: {missing} is missing.')
        return found

    def version(self, name, command, line=0):
        """Notes a peer's version by what it says about itself."""
        said = subprocess.run(command, capture_output=True, text=True, timeout=30)
        lines = (said.stdout + said.stderr).strip().splitlines()
        self.versions[name] = lines[line] if len(lines) > line else '?'


def measure(command, seconds=120, env=None):
    """Runs a load maker and reads the JSON of its last line; None when it did not end in time or said nothing."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=seconds, cwd=TARGET, env={**os.environ, **(env or {})}).stdout
    except subprocess.TimeoutExpired:
        return None
    lines = [line for line in said.splitlines() if line.startswith('{')]
    return json.loads(lines[-1]) if lines else None


def tool(name):
    """A load maker of src/bench/load."""
    return os.path.join(BIN, name)


def folder(name):
    """A folder of its own, empty."""
    path = os.path.join(TARGET, 'data', name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def blob(path, size):
    """A file of random bytes."""
    if not os.path.exists(path) or os.path.getsize(path) != size:
        with open(path, 'wb') as out:
            for at in range(0, size, 1 << 20):
                out.write(os.urandom(min(1 << 20, size - at)))
    return path
