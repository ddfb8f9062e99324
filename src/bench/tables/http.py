"""Files and scripts over HTTP, on loopback in the private network."""
import contextlib
import os

from bench import HERE, OURS, Network, Program, find, folder, ichor, matchbox, measure, tool
from tables import _served

TITLE = 'HTTP'
HOST = '127.0.0.1'
PORTS = {OURS: 18080, 'nginx': 18081, 'matchbox': 18082, 'caddy': 18083}
FILE = '/assets/large'
CLIENTS = (1, 32, 200)


def config(name, **values):
    """A peer's configuration, with the places of this run filled in."""
    text = open(os.path.join(HERE, 'conf', name)).read()
    for key, value in values.items():
        text = text.replace(f'@{key}@', str(value))
    path = os.path.join(folder('conf-' + name), name)
    with open(path, 'w') as out:
        out.write(text)
    return path


def peers(bench, root):
    scratch = folder('nginx')

    def nginx():
        return [find('nginx', 'nginx-core'), '-c', config('nginx.conf', root=root, scratch=scratch, port=PORTS['nginx'])]

    def caddy():
        return [find('caddy', 'caddy', 'usr/bin/caddy'), 'run', '--adapter', 'caddyfile', '--config', config('Caddyfile', root=root, port=PORTS['caddy'])]

    def match():
        return [matchbox(), f'-address={HOST}:{PORTS["matchbox"]}', f'-data-path={root}', f'-assets-path={root}/assets', '-log-level=error']

    found = bench.peers(nginx=nginx, matchbox=match, caddy=caddy)
    for name, says in (('nginx', '-v'), ('matchbox', '-version'), ('caddy', 'version')):
        if name in found:
            bench.version(name, [found[name][0], says])
    return found


def run(bench):
    root = _served.make(bench.sized(100_000_000, 1_000_000))
    with open(os.path.join(folder('static'), 'ipxe'), 'w') as out:  # what nginx answers from a file
        out.write('#!ipxe\nkernel /assets/vmlinuz ' + ' '.join(_served.ARGS) + '\ninitrd /assets/initramfs.xz\nboot\n')
    with Network() as net, contextlib.ExitStack() as stack:
        commands = {OURS: ichor('serve', '--tree', root, '--bind', HOST, '--http-port', PORTS[OURS], '--tftp-port', 0, '--dhcp', 'off'),
                    **peers(bench, root)}
        programs = {who: stack.enter_context(Program(net.server(c), 'http-' + who)) for who, c in commands.items()}
        for who in programs:
            programs[who].until(lambda: measure(net.server([tool('load'), 'req', HOST, PORTS[who], FILE, 1, 0.01, 0]), 10))
        warm_up(net, programs, bench.sized(1, 0.1))
        files(bench, net, programs)
        scripts(bench, net, programs)
    memory(bench, root)


def asked(net, kind, who, path, *args):
    return measure(net.server([tool('load'), kind, HOST, PORTS[who], path, *args]))


def warm_up(net, programs, seconds):
    for who in programs:
        asked(net, 'bulk', who, FILE, 16, seconds)
        if who != 'caddy':
            asked(net, 'req', who, _served.SCRIPT, 32, 2 * seconds, 1)
            asked(net, 'req', who, _served.SCRIPT, 16, seconds, 0)


def files(bench, net, programs):
    speed = {n: bench.row(f'{n} × 100 MB', 'MB/s', must=0.9 if n == 200 else 1.0, aim=1.1) for n in CLIENTS}
    cost = bench.row('CPU for 1 GB, 32 clients', 's', more=False, against='matchbox', must=1.05)
    fair = bench.row('slowest ÷ median client of 200', '', more=False, against=None, must=1.2)
    for _ in bench.turns():
        for n in CLIENTS:
            for who, program in programs.items():
                before = program.cpu()
                got = asked(net, 'bulk', who, FILE, n, 0 if n > 1 else bench.sized(0.5, 0.1))
                if not got or got['errs']:
                    bench.note(f'{who} failed with {n} clients: {got}')
                    continue
                speed[n].add(who, got['MBps'])
                if n == 32:
                    cost.add(who, (program.cpu() - before) / (got['bytes'] / 1e9))
                if n == 200:
                    fair.add(who, got['maxms'] / got['p50ms'])


def scripts(bench, net, programs):
    keep = bench.row(f'/ipxe?mac=, {_served.MACHINES} machines, keep-alive', 'requests/s', against='matchbox', must=5)
    each = bench.row(f'/ipxe?mac=, {_served.MACHINES} machines, a connection each', 'requests/s', against='matchbox', must=2)
    for _ in bench.turns():
        for row, args in ((keep, (64, bench.sized(1, 0.2), 1)), (each, (32, bench.sized(1, 0.2), 0))):
            for who in (w for w in programs if w != 'caddy'):
                got = asked(net, 'req', who, _served.SCRIPT, *args)
                if got and not got['errs']:
                    row.add(who, got['rps'])
    for row in (keep, each):
        if 'nginx' in row.samples and OURS in row.samples:
            row.note = f'(aim, nginx with a static file: {row.median(OURS) / row.median("nginx"):.2f}×)'


def memory(bench, root):
    connections = bench.sized(1000, 50)
    row = bench.row(f'{connections:,} connections in a 64 MB heap: most resident', 'MB', more=False, against=None, must=130, aim=100)
    for _ in bench.turns():
        with Network() as net, Program(net.server(ichor('serve', '--tree', root, '--bind', HOST, '--http-port', PORTS[OURS], '--tftp-port', 0, '--dhcp', 'off', flags=['-Xmx64m'])), 'http-small') as ours:
            ours.said('Serving')
            got = asked(net, 'bulk', OURS, FILE, connections, bench.sized(2, 0.2))
            if not got or got['errs']:
                bench.note(f'{connections:,} connections failed: {got}')
            else:
                row.add(OURS, ours.memory())
