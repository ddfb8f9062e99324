"""One scenario: the programs it starts, in a network of its own."""
import collections
import os
import shlex
import subprocess
import time

import cluster
import machine
import stages
import tree
from network import PC
from process import Process

PATIENCE = float(os.environ.get('PATIENCE', '1'))
LIMIT = 240 * PATIENCE
CACHE = os.environ['ICHOR_LAB_CACHE']

# What is served from a cluster folder.
CLUSTERS = 'cluster', 'cut', 'disk', 'lives', 'wipe cut'

# again: the same of a second power-on.
Outcome = collections.namedtuple('Outcome', 'problem times answered again', defaults=(None, {}, None, None))


def server_command(scenario, work):
    ichor = [*shlex.split(os.environ['ICHOR']), 'serve', '--bind', PC, '--json']
    if scenario.mode in CLUSTERS:
        cluster.write(f'{work}/cluster', f'{work}/cache', f'{CACHE}/assets', life=scenario.life)
        return ['env', f'XDG_CACHE_HOME={work}/cache', *ichor, '--configs-over-http', f'{work}/cluster']
    tree.write(f'{work}/tree')
    return [*ichor, '--tree', f'{work}/tree', '--assets', f'{CACHE}/assets', '--approve', 'all',
            '--dhcp', {'router': 'listen', 'lease': 'lease'}.get(scenario.mode, 'proxy')]


class Boot:
    """The machine boots from Ichor."""

    def __init__(self, scenario, network, work, logs):
        self.scenario, self.network, self.work, self.logs = scenario, network, work, logs
        self.processes = []
        self.computer = None

    def start(self, place, command, log, **more):
        process = Process(self.network.inside(place, *command), f'{self.logs}/{log}', **more)
        self.processes.append(process)
        return process

    def run(self):
        try:
            return self._boot()
        finally:
            for process in reversed(self.processes):
                process.stop()

    def _boot(self):
        return self.power_on('serial.log', tree.CONFIG) if self.get_ready() else Outcome('a program did not get ready')

    def get_ready(self):
        signs = []
        if self.scenario.mode != 'lease':  # an isolated cable
            signs.append((self.start('router', self.router_command(), 'dnsmasq.log'), 'DHCP, IP range'))
        capture = self.capture()
        self.server_command = server_command(self.scenario, self.work)
        self.server = self.start('pc', self.server_command, 'events.jsonl', errors=f'{self.logs}/server.log')
        signs += [(capture, 'listening on'), (self.server, '"event":"ready"')]
        return all(process.wait_for(sign, 60 * PATIENCE) for process, sign in signs)

    def capture(self):
        return self.start('lan', ['tcpdump', '-i', 'br0', '-U', '-Z', 'root', '-s', '700', '-w', f'{self.logs}/pcap',
                                  'arp or udp or (tcp and port 8080)'], 'tcpdump.log')

    def plain_router(self):
        """A router that knows nothing of network boot."""
        return [
            'dnsmasq', '--conf-file=/dev/null', '--no-daemon', '--user=root', '--port=0', '--interface=eth0', '--bind-interfaces',
            '--dhcp-authoritative', '--log-dhcp', '--dhcp-range=192.168.77.100,192.168.77.150,1h',
            f'--dhcp-leasefile={self.work}/leases', f'--pid-file={self.work}/dnsmasq.pid']

    def router_command(self):
        more = {'router': f'--dhcp-boot=pxeboot,,{PC}', **dict.fromkeys(CLUSTERS, f'--dhcp-host={machine.MAC},{cluster.ADDRESS}')}
        mode = self.scenario.mode
        return [*self.plain_router(), more[mode]] if mode in more else self.plain_router()

    def power_on(self, log, config, meanwhile=lambda: None):
        """Boots the machine until it listens. `meanwhile` runs once it is on, and tells a problem or None."""
        since, start = len(self.server.lines), time.time()
        self.computer = self.start('lan', machine.command(self.scenario.firmware, self.work), log)
        problem = meanwhile()
        listening = None if problem else self.computer.wait_for('STANDIN listening on 50000 at ', LIMIT)
        answered = self.answers(listening.split()[-1]) if listening else False
        seconds = time.time() - start
        try:
            times = stages.read(self.server.lines[since:], start)
        except ValueError as e:
            return Outcome(f'ichor serve wrote a line that is no event: {e}')
        if problem:
            return Outcome(problem, times)
        if not listening:
            return Outcome(f'the machine was not up after {seconds:.0f} s', times)
        if not any(line.startswith('STANDIN config:') and config in line for line in self.computer.lines):
            return Outcome('the machine did not get its own config', times)
        if not answered:
            return Outcome('TCP port 50000 does not answer the PC', times)
        if missing := stages.missing(self.scenario.mode, self.scenario.firmware, times, config):
            return Outcome(f'booted, but the server told of no {", ".join(missing)}', times, seconds)
        if self.scenario.mode == 'router' and 'offered' in times:
            return Outcome('the server answered DHCP though it should only listen', times, seconds)
        return Outcome(None, times, seconds)

    def answers(self, address):
        ask = 'until exec 3<>/dev/tcp/$0/50000; do sleep 0.2; done; head -n 1 <&3'
        command = self.network.inside('pc', 'timeout', str(15 * PATIENCE), 'bash', '-c', ask, address)
        got = subprocess.run(command, capture_output=True, text=True).stdout
        return machine.MAC in got

    def ask(self, place, url, *more):
        """Status and text of an HTTP answer."""
        command = self.network.inside(
            place, 'curl', '--noproxy', '*', '-s', '-m', '10', '-w', '\n%{http_code}', *more, url)
        text, _, status = subprocess.run(command, capture_output=True, text=True).stdout.rpartition('\n')
        return status, text.strip()
