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

import machine
import stages
import tree
from network import Network, PC
from process import Process

PATIENCE = float(os.environ.get('PATIENCE', '1'))
LIMIT = 240 * PATIENCE
CACHE = os.environ['ICHOR_LAB_CACHE']

Scenario = collections.namedtuple('Scenario', 'mode firmware loader')
Outcome = collections.namedtuple('Outcome', 'problem times answered', defaults=(None, {}, None))

# mode: proxy = the router knows nothing of us; router = it names us and one file for every firmware.
# loader: the version of Debian's ipxe package that must be installed.
INSTALLED = subprocess.run(['dpkg-query', '-Wf', '${Version}', 'ipxe'], capture_output=True, text=True).stdout.split('+')[0]
SCENARIOS = {
    'proxy-bios': Scenario('proxy', 'bios', INSTALLED),
    'proxy-uefi': Scenario('proxy', 'uefi', INSTALLED),
    'router-bios': Scenario('router', 'bios', INSTALLED),
    'router-uefi': Scenario('router', 'uefi', INSTALLED),
}


def router_command(scenario, work):
    command = [
        'dnsmasq', '--conf-file=/dev/null', '--no-daemon', '--user=root', '--port=0', '--interface=eth0', '--bind-interfaces',
        '--dhcp-authoritative', '--log-dhcp', '--dhcp-range=192.168.77.100,192.168.77.150,1h',
        f'--dhcp-leasefile={work}/leases', f'--pid-file={work}/dnsmasq.pid']
    return command + ([f'--dhcp-boot=pxeboot,,{PC}'] if scenario.mode == 'router' else [])


def server_command(scenario, work):
    tree.write(f'{work}/tree')
    return [
        *shlex.split(os.environ['ICHOR']), 'serve', '--tree', f'{work}/tree', '--assets', f'{CACHE}/assets', '--bind', PC,
        '--dhcp', 'proxy' if scenario.mode == 'proxy' else 'listen', '--approve', 'all', '--json']


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
        router = self.start('router', router_command(self.scenario, self.work), 'dnsmasq.log')
        capture = self.start('lan', ['tcpdump', '-i', 'br0', '-U', '-Z', 'root', '-s', '700', '-w', f'{self.logs}/pcap',
                                     'arp or udp or (tcp and port 8080)'], 'tcpdump.log')
        server = self.start('pc', server_command(self.scenario, self.work), 'events.jsonl', errors=f'{self.logs}/server.log')
        for process, sign, name in ((router, 'DHCP, IP range', 'dnsmasq'), (capture, 'listening on', 'tcpdump'),
                                    (server, '"event":"ready"', 'ichor serve')):
            if not process.wait_for(sign, 60 * PATIENCE):
                return Outcome(f'{name} did not get ready')

        power_on = time.time()
        computer = self.start('lan', machine.command(self.scenario.firmware, self.work), 'serial.log')
        listening = computer.wait_for('STANDIN listening on 50000 at ', LIMIT)
        answered = self.answers(listening.split()[-1]) if listening else False
        seconds = time.time() - power_on
        try:
            times = stages.read(server.lines, power_on)
        except ValueError as e:
            return Outcome(f'ichor serve wrote a line that is no event: {e}')
        if not listening:
            return Outcome(f'the machine was not up after {seconds:.0f} s', times)
        if not any(line.startswith('STANDIN config:') and tree.CONFIG in line for line in computer.lines):
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


def attempt(name):
    """Boots one scenario and keeps its logs in target/lab."""
    logs = os.path.abspath(f'target/lab/{name}')
    shutil.rmtree(logs, ignore_errors=True)
    os.makedirs(logs)
    with tempfile.TemporaryDirectory(prefix='ichor-lab-') as work, Network(os.environ['ICHOR_LAB_PREFIX']) as network:
        outcome = Boot(SCENARIOS[name], network, work, logs).run()
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
    print(stages.table([(SCENARIOS[name], o.times, o.answered) for name, o in outcomes.items()]))
    print(f'\n{len(outcomes) - failed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
