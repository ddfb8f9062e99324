#!/usr/bin/env python3
"""lab.py [SCENARIO...]: boots one virtual machine per scenario from Ichor and tells when each stage was reached.

Started by run.sh, which checks what is needed and makes the kernel.
"""
import collections
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import cluster
import machine
import stages
import tree
from network import Network, PC
from process import Process

PATIENCE = float(os.environ.get('PATIENCE', '1'))
LIMIT = 240 * PATIENCE
CACHE = os.environ['ICHOR_LAB_CACHE']

Scenario = collections.namedtuple('Scenario', 'mode firmware loader')
# again: the same of a second power-on.
Outcome = collections.namedtuple('Outcome', 'problem times answered again', defaults=(None, {}, None, None))

# mode: proxy = the router knows nothing of us; router = it names us and one file for every firmware; cluster = as proxy,
# but from a cluster folder, where the owner has to approve, and switched on a second time.
# loader: the version of Debian's ipxe package that must be installed.
INSTALLED = subprocess.run(['dpkg-query', '-Wf', '${Version}', 'ipxe'], capture_output=True, text=True).stdout.split('+')[0]
SCENARIOS = {
    'proxy-bios': Scenario('proxy', 'bios', INSTALLED),
    'proxy-uefi': Scenario('proxy', 'uefi', INSTALLED),
    'router-bios': Scenario('router', 'bios', INSTALLED),
    'router-uefi': Scenario('router', 'uefi', INSTALLED),
    'cluster-bios': Scenario('cluster', 'bios', INSTALLED),
    'cluster-uefi': Scenario('cluster', 'uefi', INSTALLED),
}


def router_command(scenario, work):
    command = [
        'dnsmasq', '--conf-file=/dev/null', '--no-daemon', '--user=root', '--port=0', '--interface=eth0', '--bind-interfaces',
        '--dhcp-authoritative', '--log-dhcp', '--dhcp-range=192.168.77.100,192.168.77.150,1h',
        f'--dhcp-leasefile={work}/leases', f'--pid-file={work}/dnsmasq.pid']
    more = {'router': f'--dhcp-boot=pxeboot,,{PC}', 'cluster': f'--dhcp-host={machine.MAC},{cluster.ADDRESS}'}
    return command + [more[scenario.mode]] if scenario.mode in more else command


def server_command(scenario, work):
    ichor = [*shlex.split(os.environ['ICHOR']), 'serve', '--bind', PC, '--json']
    if scenario.mode == 'cluster':
        cluster.write(f'{work}/cluster', f'{work}/cache', f'{CACHE}/assets')
        return ['env', f'XDG_CACHE_HOME={work}/cache', *ichor, f'{work}/cluster']
    tree.write(f'{work}/tree')
    return [*ichor, '--tree', f'{work}/tree', '--assets', f'{CACHE}/assets', '--approve', 'all',
            '--dhcp', 'proxy' if scenario.mode == 'proxy' else 'listen']


class Boot:
    """One scenario: the programs it starts, in a network of its own."""

    def __init__(self, scenario, network, work, logs):
        self.scenario, self.network, self.work, self.logs = scenario, network, work, logs
        self.processes = []

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
        router = self.start('router', router_command(self.scenario, self.work), 'dnsmasq.log')
        capture = self.start('lan', ['tcpdump', '-i', 'br0', '-U', '-Z', 'root', '-s', '700', '-w', f'{self.logs}/pcap',
                                     'arp or udp or (tcp and port 8080)'], 'tcpdump.log')
        self.server = self.start(
            'pc', server_command(self.scenario, self.work), 'events.jsonl', errors=f'{self.logs}/server.log')
        signs = ((router, 'DHCP, IP range'), (capture, 'listening on'), (self.server, '"event":"ready"'))
        return all(process.wait_for(sign, 60 * PATIENCE) for process, sign in signs)

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
        if missing := stages.missing(self.scenario.mode, self.scenario.firmware, times):
            return Outcome(f'booted, but the server told of no {", ".join(missing)}', times, seconds)
        if self.scenario.mode == 'router' and 'offered' in times:
            return Outcome('the server answered DHCP though it should only listen', times, seconds)
        return Outcome(None, times, seconds)

    def answers(self, address):
        ask = 'until exec 3<>/dev/tcp/$0/50000; do sleep 0.2; done; head -n 1 <&3'
        command = self.network.inside('pc', 'timeout', str(15 * PATIENCE), 'bash', '-c', ask, address)
        got = subprocess.run(command, capture_output=True, text=True).stdout
        return machine.MAC in got


class ClusterBoot(Boot):
    """The machine waits in iPXE until it is approved; at the second power-on it does not, and boots the same."""

    CONFIG = f'http://{PC}:8080/generic?mac={machine.MAC}'
    SCRIPT = f'http://{PC}:8080/ipxe?mac={machine.MAC.replace(":", "-")}'
    # Talos erases the disk, or stops, when it finds one of these on its command line.
    HARMFUL = 'wipe', 'halt_if_installed'

    def _boot(self):
        if not self.get_ready():
            return Outcome('a program did not get ready')
        first = self.power_on('serial.log', cluster.HOSTNAME, self.approve)
        if first.problem:
            return first
        script, arguments = self.ask('router', self.SCRIPT), self.arguments()
        if problem := self.let_in():
            return first._replace(problem=f'after approval {problem}')
        self.computer.stop()
        since = len(self.server.lines)
        again = self.power_on('serial-again.log', cluster.HOSTNAME)
        problem = again.problem
        if not problem and (self.ask('router', self.SCRIPT), self.arguments()) != (script, arguments):
            problem = 'it is not told the same'
        if not problem and self.told('waitingForApproval', since):
            problem = 'it had to wait for approval again'
        if any(word in f'{script}{arguments}' for word in self.HARMFUL):
            problem = f'the disk is in danger: {arguments}'
        return first._replace(problem=problem and f'second power-on: {problem}', again=again)

    def approve(self):
        if not self.server.wait_for('"event":"waitingForApproval"', LIMIT):
            return 'it did not wait for approval'
        # By its third question it is plain that iPXE stays.
        if not self.computer.wait_for('waiting for Approve in Ichor', 60 * PATIENCE, times=3):
            return 'iPXE does not say three times that it waits'
        if problem := self.let_in():
            return f'before approval {problem}'
        if self.told('configServed') or self.told('"kind":"KERNEL"'):
            return 'it got more than a script before approval'
        port, token = cluster.control(f'{self.work}/cluster')
        approve = f'http://127.0.0.1:{port}/approve?mac={machine.MAC}'
        if self.ask('pc', approve, '-X', 'POST') != ('401', '401 unauthorized'):
            return 'approving needs no token'
        if self.ask('pc', approve, '-X', 'POST', '-H', f'Authorization: Bearer {token}') != ('200', 'ok'):
            return 'approving failed'
        return None

    def let_in(self):
        """The problem when another computer, the router, gets the machine's config, or nobody is told that it asked."""
        since = len(self.server.lines)
        status, _ = self.ask('router', self.CONFIG)
        if status != '403':
            return f'the router asked for the config and got {status}'
        return None if self.server.wait_for('"event":"configRefused"', 5, since) else 'no configRefused was told'

    def told(self, what, since=0):
        return any(what in line for line in self.server.lines[since:])

    def arguments(self):
        """The kernel's, as the machine saw them; what the firmware wrote may stand before them on the line."""
        sign = 'STANDIN command line: '
        return next(line.partition(sign)[2] for line in self.computer.lines if sign in line)

    def ask(self, place, url, *more):
        """Status and text of an HTTP answer."""
        command = self.network.inside(
            place, 'curl', '--noproxy', '*', '-s', '-m', '10', '-w', '\n%{http_code}', *more, url)
        text, _, status = subprocess.run(command, capture_output=True, text=True).stdout.rpartition('\n')
        return status, text.strip()


def attempt(name):
    """Boots one scenario and keeps its logs in target/lab."""
    logs = os.path.abspath(f'target/lab/{name}')
    shutil.rmtree(logs, ignore_errors=True)
    os.makedirs(logs)
    with tempfile.TemporaryDirectory(prefix='ichor-lab-') as work, Network(os.environ['ICHOR_LAB_PREFIX']) as network:
        scenario = SCENARIOS[name]
        kind = ClusterBoot if scenario.mode == 'cluster' else Boot
        outcome = kind(scenario, network, work, logs).run()
    if outcome.problem:
        for log in ('serial.log', 'events.jsonl', 'server.log'):
            tail(f'{logs}/{log}')
    print(f'{name}: {"FAILED, " + outcome.problem + "; logs in " + logs if outcome.problem else "passed"}', flush=True)
    return outcome


def tail(path):
    if os.path.exists(path):
        with open(path, errors='replace') as file:
            print(f'--- the end of {os.path.basename(path)}', *file.read().splitlines()[-25:], sep='\n')


def main():
    names = sys.argv[1:] or list(SCENARIOS)
    if unknown := [name for name in names if name not in SCENARIOS]:
        sys.exit(f'no such scenario: {", ".join(unknown)}; there are {", ".join(SCENARIOS)}')
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda *_: sys.exit('stopped'))
    outcomes = {name: attempt(name) for name in names}
    failed = sum(bool(outcome.problem) for outcome in outcomes.values())
    print('\nSeconds after power-on (- = no such stage):')
    rows = []
    for name, outcome in outcomes.items():
        scenario = SCENARIOS[name]
        rows.append((scenario, outcome.times, outcome.answered))
        if outcome.again:
            rows.append((scenario._replace(mode=f'{scenario.mode}, again'), outcome.again.times, outcome.again.answered))
    print(stages.table(rows))
    print(f'\n{len(outcomes) - failed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
