"""Finding every host that answers ARP, without rights, beside nmap with them; one host in five answers nothing but ARP."""
import os
import re
import subprocess
import time

from bench import HERE, JAVA_FLAGS, OURS, Network, find, jars, java, measure

TITLE = 'Sweep'
# What is left to it of root: reading the program, wherever it lies.
RIGHTS = ['setpriv', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all,+dac_override', '--no-new-privs']

# Besides the two ends of the wire, both within the /20 and outside the /24.
SMALL = [f'10.66.1.{4 * i}' for i in range(1, 61)]
LARGE = SMALL + [f'10.66.{net}.{11 * i}' for net in range(2, 14) for i in range(1, 21)] + ['10.66.14.77']


def live(net, hosts):
    """Has them answer; every fifth drops all but ARP, as a PC behind its firewall does."""
    ip = ''.join(f'addr add {host}/20 dev srv\n' for host in hosts)
    subprocess.run(['ip', '-n', net.server_ns, '-batch', '-'], input=ip, text=True, check=True)
    shy = ', '.join(hosts[4::5])
    rule = f'table inet shy {{ chain i {{ type filter hook input priority 0; ip daddr {{ {shy} }} drop;\n}}\n}}\n'
    subprocess.run(net.server(['nft', '-f', '-']), input=rule, text=True, check=True)


def ours(net, subnet):
    # The source file is compiled by the launcher, outside the measured time.
    load = os.path.join(HERE, 'load', 'SweepLoad.java')
    return measure(net.client([*RIGHTS, java(), *JAVA_FLAGS, '-cp', jars(), load, subnet, Network.CLIENT]))


def nmap(net, program, subnet):
    """Seconds and hosts, without the one it runs on."""
    start = time.monotonic()
    said = subprocess.run(net.client([program, '-sn', '-n', subnet]), capture_output=True, text=True, timeout=120).stdout
    took = time.monotonic() - start
    hosts = set(re.findall(r'report for (\S+)', said)) - {Network.CLIENT}
    return took, len(hosts)


def run(bench):
    peers = bench.peers(nmap=lambda: find('nmap', 'nmap'))
    if 'nmap' in peers:
        bench.version('nmap', [peers['nmap'], '--version'])
    nets = (24, SMALL, '10.66.1.0/24', 1.0, 0.25), (20, LARGE, '10.66.0.0/20', 25, 10)
    for prefix, hosts, subnet, must, aim in bench.sized(nets, nets[:1]):
        count = len(hosts) + (prefix == 20)  # the far end of the wire is in the /20, too
        last = bench.row(f'/{prefix}, {count} hosts: last one found', 's', more=False, against=None, must=must, aim=aim)
        half = bench.row(f'/{prefix}: half of them shown', 's', more=False, against=None)
        found = bench.row(f'/{prefix}: found', 'hosts', against=None, must=count)
        for _ in bench.turns():
            with Network() as net:  # a new one each time: nobody's neighbour table knows anything yet
                live(net, hosts)
                if got := ours(net, subnet):
                    last.add(OURS, got['last'] / 1000)
                    half.add(OURS, got['half'] / 1000)
                    found.add(OURS, got['found'])
            with Network() as net:
                live(net, hosts)
                if 'nmap' in peers:
                    took, hits = nmap(net, peers['nmap'], subnet)
                    last.add('nmap -sn', took)
                    found.add('nmap -sn', hits)
