"""Files over TFTP, across the wire of the private network, without and with loss."""
import contextlib
import os

from bench import OURS, TARGET, Network, Program, blob, find, folder, ichor, measure, tool

TITLE = 'TFTP'
FLOOR = 'floor in C'  # one client, file in memory, no timers, segmentation: what the machine can
PORTS = {OURS: 7010, 'tftpd-hpa': 7011, 'atftpd': 7012, 'dnsmasq': 69, FLOOR: 7020}
# What each is full size; a smoke test takes a hundredth.
SIZES = {'1m': 1_000_000, '20m': 20_000_000, '100m': 100_000_000}


def peers(bench, files):
    host = Network.SERVER

    def hpa():
        return [find('in.tftpd', 'tftpd-hpa'), '-L', '-s', '-u', 'root', '-a', f'{host}:{PORTS["tftpd-hpa"]}', files]

    def atftpd():
        return [find('atftpd', 'atftpd'), '--daemon', '--no-fork', '--bind-address', host, '--port', PORTS['atftpd'], '--maxthread', 300,
                '--user', 'root', '--group', 'root', '--logfile', os.path.join(TARGET, 'log', 'atftpd'), files]

    def dnsmasq():
        return [find('dnsmasq', 'dnsmasq-base'), '-k', '--conf-file=/dev/null', '--port=0', '--enable-tftp', f'--tftp-root={files}',
                '--tftp-max=500', '--user=root', f'--listen-address={host}', '--bind-interfaces', '--log-facility=-', '--pid-file']

    found = bench.peers(**{'tftpd-hpa': hpa, 'atftpd': atftpd, 'dnsmasq': dnsmasq})
    for name, says in (('tftpd-hpa', '-V'), ('atftpd', '-V'), ('dnsmasq', '-v')):
        if name in found:
            bench.version(name, [found[name][0], says])
    return found


def run(bench):
    root = folder('tftp')
    files = os.path.join(root, 'assets')
    os.makedirs(files)
    for name, size in SIZES.items():
        blob(os.path.join(files, name), bench.sized(size, size // 100))
    with Network() as net, contextlib.ExitStack() as stack:
        commands = {OURS: ichor('serve', '--tree', root, '--bind', Network.SERVER, '--http-port', 7090, '--tftp-port', PORTS[OURS], '--dhcp', 'off'),
                    **peers(bench, files)}
        programs = {who: stack.enter_context(Program(net.server(c), 'tftp-' + who)) for who, c in commands.items()}
        for who in programs:
            programs[who].until(lambda: fetch(net, who, '1m', 1428, 1)['done'] == 1, 30)
        for _ in range(bench.sized(3, 1)):  # Java compiles what is used often
            fetch(net, OURS, '20m', 1428, 1, 8)
            fetch(net, OURS, '100m', 1468, 64, 4)
        lock_step(bench, net, programs)
        windows(bench, net, programs, stack, files)
        loss(bench, net, programs)
        for who, program in programs.items():
            bench.row(f'resident after all of it, {who}', 'MB', more=False, against=None).add(who, program.memory('VmRSS'))


def fetch(net, who, name, block, window, clients=1, seconds=20, timeout=250):
    """All transfers of `clients` at once, verified byte by byte for the small file."""
    got = measure(net.client([tool('tftpc'), Network.SERVER, PORTS[who], name, block, window, clients, clients]), seconds + 10,
                  {'MAXS': str(seconds), 'TIMEOUT_MS': str(timeout)})
    return got or {'done': 0, 'MBps': None, 'secs': seconds}


def lock_step(bench, net, programs):
    many = bench.sized(100, 10)
    rows = {(1, '20m'): bench.row('20 MB, blksize 1428, one block at a time, 1 client', 'MB/s', must=1.0),
            (many, '1m'): bench.row(f'{many} clients × 1 MB, blksize 1428, one block at a time', 'MB/s', must=1.2)}
    for _ in bench.turns():
        for (clients, name), row in rows.items():
            for who in programs:
                got = fetch(net, who, name, 1428, 1, clients)
                row.add(who, got['MBps'] if got['done'] == clients else None)


def windows(bench, net, programs, stack, files):
    floor = stack.enter_context(Program(net.server([tool('tftpfloor'), Network.SERVER, PORTS[FLOOR], os.path.join(files, '100m')]), 'tftp-floor'))
    speed = {w: bench.row(f'100 MB, blksize 1468, windowsize {w}', 'MB/s', against='atftpd', must=must)
             for w, must in ((16, 1.2), (64, 4))}
    wire = {w: bench.row(f'100 MB, windowsize {w}, against the floor', 'MB/s', against=FLOOR, aim=1.0) for w in speed}
    cost = bench.row('CPU for 1 GB, windowsize 64', 's', more=False, against='atftpd')
    for _ in bench.turns():
        for w in speed:
            for who in [who for who in (OURS, 'atftpd') if who in programs]:
                before = programs[who].cpu()
                got = fetch(net, who, '100m', 1468, w)
                if got['done'] != 1:
                    continue
                speed[w].add(who, got['MBps'])
                if who == OURS:
                    wire[w].add(who, got['MBps'])
                if w == 64:
                    cost.add(who, (programs[who].cpu() - before) / 0.1)
            wire[w].add(FLOOR, fetch(net, FLOOR, '100m', 1468, w)['MBps'])
    floor.stop()


def loss(bench, net, programs, most=60):
    """1 MB with 1 % of the packets lost each way; the client repeats itself after 1 s, as firmware does."""
    row = bench.row('1 MB, 1 % loss, one block at a time', 's', more=False, must=1 / 8)
    ours = bench.row('the same, ours alone', 's', more=False, against=None, aim=1.0)
    done = {who: [0, 0] for who in programs}
    net.lose(1)
    try:
        for _ in bench.turns():
            for who in programs:
                got = fetch(net, who, '1m', 1428, 1, 1, most, 1000)
                done[who][0] += got['done']
                done[who][1] += 1
                if got['done']:
                    row.add(who, got['secs'])
                    if who == OURS:
                        ours.add(who, got['secs'])
    finally:
        net.lose(0)
    row.note = 'Whole: ' + ', '.join(f'{who} {n} of {of}' for who, (n, of) in done.items()) + '.'
