"""How long `ichor serve` needs from the start of its process to its first answer."""
import os

from bench import OURS, TARGET, Network, Program, ichor, measure, tool
from tables import _served

TITLE = 'Start'
HOST, PORT = '127.0.0.1', 18090


def run(bench):
    root = _served.make()
    cache = os.path.join(TARGET, 'data', 'ichor.aot')
    serve = ('serve', '--tree', root, '--bind', HOST, '--http-port', PORT, '--tftp-port', 0, '--dhcp', 'off')
    with Network() as net:
        train(net, cache, serve)
        rows = {(): bench.row('serve to the first answer, no cache', 'ms', more=False, against=None),
                (f'-XX:AOTCache={cache}',): bench.row('serve to the first answer, AOT cache', 'ms', more=False, against=None, must=250, aim=150)}
        for _ in bench.turns():
            for flags, row in rows.items():
                got = measure(net.server([tool('load'), 'ready', HOST, PORT, _served.SCRIPT, 15000, *ichor(*serve, flags=flags)]), 30)
                if got and got['ms'] > 0:
                    row.add(OURS, got['ms'])


def train(net, cache, serve):
    """A cache of what a short run loads, with G1 as bin/ichor --make-cache makes it."""
    if os.path.exists(cache):
        os.unlink(cache)
    with Program(net.server(ichor(*serve, flags=['-XX:-UseSerialGC', '-XX:+UseG1GC', f'-XX:AOTCacheOutput={cache}'])), 'aot') as program:
        program.said('Serving')
        measure(net.server([tool('load'), 'req', HOST, PORT, _served.SCRIPT, 4, 0.5, 1]))
    if not os.path.exists(cache):
        raise RuntimeError('no AOT cache was made; see log/aot.log')
