"""From the start of the process: to the end of a short command, to the first answer of `ichor serve`, to the first frame;
beside it the emptiest window JavaFX can show, with the same flags and a cache of its own."""
import contextlib
import os
import subprocess
import tempfile
import time

from bench import HERE, JAVA_FLAGS, OURS, TARGET, Network, Program, find, ichor, jars, java, measure, tool
from tables import _served

TITLE = 'Start'
HOST, PORT = '127.0.0.1', 18090
SCREEN = 'Xvfb_screen0'
# A window without content on an empty screen, and one with words.
FRAME, WORDS = 2, 20
# As bin/ichor has them for the window.
WINDOW = ['-XX:+UnlockDiagnosticVMOptions', '-XX:-AOTReplayTraining', '-XX:Tier4InvocationThreshold=50000',
          '-XX:Tier4MinInvocationThreshold=20000', '-XX:Tier4CompileThreshold=100000']
EMPTY = 'empty JavaFX window'
REST = 10  # seconds from the first picture until memory is read


def run(bench):
    root = _served.make()
    cache = os.path.join(TARGET, 'data', 'ichor.aot')
    serve = ('serve', '--tree', root, '--bind', HOST, '--http-port', PORT, '--tftp-port', 0, '--dhcp', 'off')
    with Network() as net, tempfile.TemporaryDirectory(prefix='ichor-bench-') as home:
        train(net, cache, serve)
        flags = {**bench.sized({'no cache': ()}, {}), 'AOT cache': (f'-XX:AOTCache={cache}',)}
        screen = bench.peers(screen=lambda: find('Xvfb', 'xvfb', 'usr/bin/Xvfb')).get('screen')
        whats = ('serve to the first answer', 'ichor --help')
        rows = {(what, how): bench.row(f'{what}, {how}', 'ms', more=False, against=None,
                                       **(dict(must=250, aim=150) if (what, how) == ('serve to the first answer', 'AOT cache') else {}))
                for what in whats for how in flags}
        if screen:
            ours, empty = windows(home)
            frame = bench.row('window to its first frame, AOT cache', 'ms', more=False, against=EMPTY, must=1.3)
            welcome = bench.row('window to its welcome, AOT cache', 'ms', more=False, against=EMPTY)
            rest = bench.row(f'window at rest after {REST} s', 'MB', more=False, against=None, must=250)
        for _ in bench.turns():
            for how, more in flags.items():
                got = measure(net.server([tool('load'), 'ready', HOST, PORT, _served.SCRIPT, 15000, *ichor(*serve, flags=more)]), 30)
                if got and got['ms'] > 0:
                    rows['serve to the first answer', how].add(OURS, got['ms'])
                rows['ichor --help', how].add(OURS, ended(ichor('--help', flags=more)))
            if screen:
                at, memory = drawn(screen, home, ours, (FRAME, WORDS), bench.sized(REST, 1))
                frame.add(OURS, at[FRAME])
                welcome.add(OURS, at[WORDS])
                rest.add(OURS, memory)
                at, _ = drawn(screen, home, empty, (FRAME,), 0)
                frame.add(EMPTY, at[FRAME])
                welcome.add(EMPTY, at[FRAME])


def ended(command):
    start = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, timeout=60)
    return (time.monotonic() - start) * 1000


def bare(flags):
    return [java(), *JAVA_FLAGS, *flags, '-cp', os.pathsep.join([os.path.join(TARGET, 'empty.jar'), jars()]), 'EmptyWindow']


def windows(home):
    """Our window and the empty one as commands, each with a cache of its own, made as bin/ichor --make-cache makes ours."""
    tools = os.path.dirname(java())
    with tempfile.TemporaryDirectory() as classes:
        subprocess.run([os.path.join(tools, 'javac'), '-nowarn', '-cp', jars(), '-d', classes, os.path.join(HERE, 'load', 'EmptyWindow.java')],
                       check=True)
        subprocess.run([os.path.join(tools, 'jar'), 'cf', os.path.join(TARGET, 'empty.jar'), '-C', classes, '.'], check=True)
    learn = ['-XX:-UseSerialGC', '-XX:+UseG1GC', '-Dglass.platform=Headless', '-Dprism.order=sw', '-Dichor.learn=true']
    commands = []
    for name, command in (('window', lambda flags: ichor(flags=flags)), ('empty', bare)):
        cache = os.path.join(TARGET, 'data', name + '.aot')
        subprocess.run(command([*learn, f'-XX:AOTCacheOutput={cache}']), check=True, timeout=180, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, env={**os.environ, 'HOME': home, 'XDG_CONFIG_HOME': home})
        commands.append(command([*WINDOW, '-Xlog:disable', f'-XX:AOTCache={cache}']))
    return commands


def drawn(screen, home, command, wanted, rest):
    """Milliseconds until a screen, whose memory is read as a file, shows so many colours; MB resident so many seconds later."""
    with tempfile.TemporaryDirectory(dir=home) as memory:
        read, write = os.pipe()
        with Program([screen, '-displayfd', str(write), '-screen', '0', '1280x900x24', '-fbdir', memory, '-nolisten', 'tcp'],
                     'xvfb', keep=[write]):
            os.close(write)
            with os.fdopen(read) as said:
                display = said.readline().strip()
            start = time.monotonic()
            with Program(command, 'window', env={'DISPLAY': ':' + display, 'HOME': home, 'XDG_CONFIG_HOME': home}) as program:
                at = {}
                for many in wanted:
                    program.until(lambda: colours(f'{memory}/{SCREEN}') >= many, 60, 'the window is drawn')
                    at[many] = (time.monotonic() - start) * 1000
                time.sleep(rest)
                return at, program.memory('VmRSS')


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
