"""From the start of the process: to the end of a short command, to the first answer of `ichor serve`, to the first picture."""
import contextlib
import os
import subprocess
import tempfile
import time

from bench import OURS, TARGET, Network, Program, find, ichor, measure, tool
from tables import _served

TITLE = 'Start'
HOST, PORT = '127.0.0.1', 18090
SCREEN = 'Xvfb_screen0'
# The welcome has words and colours; an empty window, two or three.
COLOURS = 20


def run(bench):
    root = _served.make()
    cache = os.path.join(TARGET, 'data', 'ichor.aot')
    serve = ('serve', '--tree', root, '--bind', HOST, '--http-port', PORT, '--tftp-port', 0, '--dhcp', 'off')
    with Network() as net, tempfile.TemporaryDirectory(prefix='ichor-bench-') as home:
        train(net, cache, serve)
        flags = {**bench.sized({'no cache': ()}, {}), 'AOT cache': (f'-XX:AOTCache={cache}',)}
        screen = bench.peers(screen=lambda: find('Xvfb', 'xvfb', 'usr/bin/Xvfb')).get('screen')
        whats = ('serve to the first answer', 'ichor --help', *(['window to its first picture'] if screen else []))
        rows = {(what, how): bench.row(f'{what}, {how}', 'ms', more=False, against=None,
                                       **(dict(must=250, aim=150) if (what, how) == ('serve to the first answer', 'AOT cache') else {}))
                for what in whats for how in flags}
        for _ in bench.turns():
            for how, more in flags.items():
                got = measure(net.server([tool('load'), 'ready', HOST, PORT, _served.SCRIPT, 15000, *ichor(*serve, flags=more)]), 30)
                if got and got['ms'] > 0:
                    rows['serve to the first answer', how].add(OURS, got['ms'])
                rows['ichor --help', how].add(OURS, ended(ichor('--help', flags=more)))
                if screen:
                    rows['window to its first picture', how].add(OURS, drawn(screen, home, ichor(flags=more)))


def ended(command):
    start = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, timeout=60)
    return (time.monotonic() - start) * 1000


def drawn(screen, home, command):
    """Milliseconds until an empty screen shows the welcome, whose memory is read as a file."""
    with tempfile.TemporaryDirectory(dir=home) as memory:
        read, write = os.pipe()
        with Program([screen, '-displayfd', str(write), '-screen', '0', '1280x900x24', '-fbdir', memory, '-nolisten', 'tcp'],
                     'xvfb', keep=[write]):
            os.close(write)
            with os.fdopen(read) as said:
                display = said.readline().strip()
            start = time.monotonic()
            with Program(command, 'window', env={'DISPLAY': ':' + display, 'HOME': home, 'XDG_CONFIG_HOME': home}) as program:
                program.until(lambda: colours(f'{memory}/{SCREEN}') >= COLOURS, 60, 'the welcome is drawn')
                return (time.monotonic() - start) * 1000


def colours(path):
    """Of the middle of the screen: every 97th pixel of four bytes."""
    with open(path, 'rb') as file:
        pixels = memoryview(file.read()[-1280 * 900 * 4:]).cast('I')
    return len(set(pixels[::97]))


def train(net, cache, serve):
    """A cache of what a short run loads, with G1 as bin/ichor --make-cache makes it."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(cache)
    with Program(net.server(ichor(*serve, flags=['-XX:-UseSerialGC', '-XX:+UseG1GC', f'-XX:AOTCacheOutput={cache}'])), 'aot') as program:
        program.said('Serving')
        measure(net.server([tool('load'), 'req', HOST, PORT, _served.SCRIPT, 4, 0.5, 1]))
    if not os.path.exists(cache):
        raise RuntimeError('no AOT cache was made; see log/aot.log')
