"""The download engine from a server on loopback, its checksum in the same pass, beside curl."""
import contextlib
import json
import os
import shutil
import subprocess
import time

from bench import HERE, JAVA_FLAGS, OURS, TARGET, Missing, Network, Program, blob, find, folder, jars, java
from tables.http import config

TITLE = 'Download'
PORT = 18095
SIZE = 100_000_000
FILE = f'http://127.0.0.1:{PORT}/v1.13.9/vmlinuz-amd64'


class Engine:
    """FetchLoad, fed line by line."""

    def __init__(self, net):
        command = net.server([java(), *JAVA_FLAGS, '-cp', jars(), os.path.join(HERE, 'load', 'FetchLoad.java'),
                              f'http://127.0.0.1:{PORT}', folder('fetched')])
        self._popen = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=TARGET)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._popen.stdin.close()
        self._popen.wait(20)

    def fetch(self):
        """MB/s."""
        self._popen.stdin.write('\n')
        self._popen.stdin.flush()
        return SIZE / 1e3 / json.loads(self._popen.stdout.readline())['ms']

    def memory(self):
        """MB resident."""
        with open(f'/proc/{self._popen.pid}/status') as status:
            return next(int(line.split()[1]) for line in status if line.startswith('VmRSS:')) / 1024


def tree():
    """What a release page has: a kernel of 100 MB, a small initramfs, their checksums."""
    root = folder('release')
    release = os.path.join(root, 'v1.13.9')
    os.makedirs(release)
    names = {'vmlinuz-amd64': SIZE, 'initramfs-amd64.xz': 1000}
    for name, size in names.items():
        os.link(blob(os.path.join(TARGET, 'data', f'{name}-{size}'), size), os.path.join(release, name))
    sums = subprocess.run(['sha256sum', *names], cwd=release, capture_output=True, text=True, check=True).stdout
    with open(os.path.join(release, 'sha256sum.txt'), 'w') as out:
        out.write(sums)
    return root


def curl(net, more=''):
    """MB/s of the whole command."""
    to = os.path.join(folder('curl'), 'got')
    start = time.monotonic()
    subprocess.run(net.server(['sh', '-c', f'curl -sf -o {to} {FILE}{more.format(to)}']), check=True, capture_output=True, timeout=120)
    return SIZE / 1e6 / (time.monotonic() - start)


def run(bench):
    if not shutil.which('curl'):
        raise Missing('curl')
    times, warm = bench.sized((4, 10), (1, 1))  # a round; before the first
    speed = bench.row('100 MB, SHA-256 in the same pass', 'MB/s', against='curl', must=0.95)
    whole = bench.row('the same against curl, then sha256sum', 'MB/s', against='curl and sha256sum')
    flat = bench.row(f'resident memory added by {times * bench.rounds} more downloads', 'MB', more=False, against=None, must=16)
    with Network() as net, contextlib.ExitStack() as stack:
        server = [find('nginx', 'nginx-core'), '-c', config('nginx.conf', root=tree(), scratch=folder('nginx'), port=PORT)]
        nginx = stack.enter_context(Program(net.server(server), 'download-nginx'))
        nginx.until(lambda: not subprocess.run(net.server(['curl', '-sf', '-o', '/dev/null', '-r', '0-1', FILE])).returncode)
        engine = stack.enter_context(Engine(net))
        for _ in range(warm):
            engine.fetch()
        before = engine.memory()
        for _ in bench.turns():
            for _ in range(times):
                ours = engine.fetch()
                speed.add(OURS, ours)
                speed.add('curl', curl(net))
                whole.add(OURS, ours)
                whole.add('curl and sha256sum', curl(net, ' && sha256sum {}'))
        flat.add(OURS, engine.memory() - before)
        flat.note = f'{engine.memory():.0f} MB in all'
