"""DISCOVERs of UEFI machines by broadcast: the ProxyDHCP server beside dnsmasq as proxy, each alone on the wire."""
import os

from bench import OURS, Network, Program, find, folder, ichor, measure, tool

TITLE = 'ProxyDHCP'
LOADER = '/usr/lib/ipxe/snponly.efi'


def run(bench):
    if not os.path.exists(LOADER):
        bench.note(f'Not measured: {LOADER} is missing (Debian package ipxe).')
        return
    servers = commands(bench)
    # Both warm: a JVM compiles meanwhile, on the same two cores.
    warm, measured, burst = bench.sized((20_000, 20_000, 1000), (200, 500, 100))
    one = bench.row('offers, one DISCOVER at a time', 'offers/s', must=2)
    soon = bench.row('one DISCOVER at a time: 99th percentile', 'ms', more=False, against=None, must=5)
    many = bench.row('offers, 32 DISCOVERs under way', 'offers/s', must=2)
    cost = bench.row('CPU for 10,000 offers', 's', more=False)
    lost = bench.row(f'{burst:,} DISCOVERs at once: lost', 'of them', more=False, against=None, must=0)
    late = bench.row(f'{burst:,} DISCOVERs at once: 99th percentile', 'ms', more=False, against=None, must=20, aim=10)
    with Network() as net:
        for _ in bench.turns():
            for who, command in servers.items():
                with Program(net.server(command), 'dhcp-' + who) as program:
                    program.until(lambda: offered(net, 1, 1, 0.3))
                    offered(net, warm, 32)
                    if got := offered(net, measured // 5, 1):
                        one.add(who, got['ops'])
                        soon.add(who, got['p99ms'])
                    before = program.cpu()
                    if got := offered(net, measured, 32):
                        many.add(who, got['ops'])
                        cost.add(who, (program.cpu() - before) / got['offers'] * 10_000)
                    if got := offered(net, burst, burst):
                        lost.add(who, got['lost'])
                        late.add(who, got['p99ms'])


def commands(bench):
    scratch = folder('dhcp')

    def dnsmasq():
        return [find('dnsmasq', 'dnsmasq-base'), '--keep-in-foreground', '--port=0', '--user=root', '--conf-file=/dev/null', '--pid-file',
                '--interface=srv', '--bind-interfaces', '--dhcp-range=10.66.0.0,proxy,255.255.240.0',
                '--pxe-service=X86-64_EFI,boot,snponly.efi', '--quiet-dhcp', f'--log-facility={scratch}/dnsmasq.log']

    peers = bench.peers(dnsmasq=dnsmasq)
    if 'dnsmasq' in peers:
        bench.version('dnsmasq', [peers['dnsmasq'][0], '--version'])
    tree = folder('dhcp-tree')
    ours = ichor('serve', '--tree', tree, '--bind', Network.SERVER, '--http-port', 18090, '--tftp-port', 0, '--dhcp', 'proxy')
    return {OURS: ours, **peers}


def offered(net, count, window, seconds=8):
    """DISCOVERs of so many machines, `window` of them under way."""
    got = measure(net.client([tool('dhcpload'), 'cli', count, window, seconds]), 30)
    return got if got and got['offers'] else None
