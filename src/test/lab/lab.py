#!/usr/bin/env python3
"""lab.py [SCENARIO...]: boots one virtual machine per scenario from Ichor and tells when each stage was reached.

Started by run.sh, which checks what is needed and makes the kernel.
"""
import collections
import os
import shutil
import signal
import subprocess
import sys
import tempfile

import export
import faults
import lives
import nas
import powercut
import setup
import stages
from approved import ClusterBoot, CutBoot
from boot import Boot
from network import Network

Scenario = collections.namedtuple('Scenario', 'mode firmware loader life', defaults=['ALWAYS_NETBOOT'])

# mode: proxy = the router knows nothing of us; router = it names us and one file for every firmware; lease = there is no router,
# and Ichor gives the address; cluster = as proxy, but from a cluster folder, where the owner has to approve, and switched on a
# second time; nas = the router names the NAS, which boots the machine by plain TFTP and Matchbox while Ichor is stopped;
# nas proxy = the same with dnsmasq beside a router that knows nothing; power cut = as nas, after the power came back; setup = as nas,
# from what the Windows setup holds, where one was built; export = as
# nas, from an exported tree on two Matchboxes of which one is killed; cut = as cluster, with the power cut at every stage of the installation; disk = as cluster, an installed machine that starts from its
# disk; lives = as cluster, all of a machine's life; wipe cut = as cluster, with the power cut at every stage of a wipe;
# http = as proxy, with a firmware that boots by HTTP. The modes of faults.py have something that keeps the machine from booting.
# life: how the machine of a cluster folder starts once it is installed.
# loader: whose iPXE it is, this Debian's package or the newer one's.
INSTALLED = subprocess.run(['dpkg-query', '-Wf', '${Version}', 'ipxe'], capture_output=True, text=True).stdout.split('+')[0]
NEWER = 'newer'
TEN = 10
SCENARIOS = {
    'proxy-bios': Scenario('proxy', 'bios', INSTALLED),
    'proxy-uefi': Scenario('proxy', 'uefi', INSTALLED),
    'router-bios': Scenario('router', 'bios', INSTALLED),
    'router-uefi': Scenario('router', 'uefi', INSTALLED),
    'lease-bios': Scenario('lease', 'bios', INSTALLED),
    'lease-uefi': Scenario('lease', 'uefi', INSTALLED),
    'nas-bios': Scenario('nas', 'bios', NEWER),
    'nas-uefi': Scenario('nas', 'uefi', NEWER),
    'setup-bios': Scenario('setup', 'bios', 'setup'),
    'http-uefi': Scenario('http', 'uefi-http', INSTALLED),
    'nas-proxy-bios': Scenario('nas proxy', 'bios', NEWER),
    'nas-proxy-uefi': Scenario('nas proxy', 'uefi', NEWER),
    'export-bios': Scenario('export', 'bios', NEWER),
    'export-uefi': Scenario('export', 'uefi', NEWER),
    'cut-bios': Scenario('cut', 'bios', INSTALLED),
    'cut-uefi': Scenario('cut', 'uefi', INSTALLED),
    'disk-bios': Scenario('disk', 'bios', INSTALLED, 'DISK_FIRST'),
    'disk-uefi': Scenario('disk', 'uefi', INSTALLED, 'DISK_FIRST'),
    'lives-disk-bios': Scenario('lives', 'bios', INSTALLED, 'DISK_FIRST'),
    'lives-disk-uefi': Scenario('lives', 'uefi', INSTALLED, 'DISK_FIRST'),
    'lives-always-bios': Scenario('lives', 'bios', INSTALLED),
    'lives-always-uefi': Scenario('lives', 'uefi', INSTALLED),
    'wipe-cut-bios': Scenario('wipe cut', 'bios', INSTALLED),
    'wipe-cut-uefi': Scenario('wipe cut', 'uefi', INSTALLED),
    'powercut-bios': Scenario('power cut', 'bios', NEWER),
    'powercut-uefi': Scenario('power cut', 'uefi', NEWER),
    'cluster-bios': Scenario('cluster', 'bios', INSTALLED),
    'cluster-uefi': Scenario('cluster', 'uefi', INSTALLED),
    **{f'fault-{name}': Scenario(name, fault.firmware, INSTALLED) for name, fault in faults.FAULTS.items()},
}


KINDS = {
    'cluster': ClusterBoot, 'cut': CutBoot, 'disk': lives.DiskBoot, 'lives': lives.LivesBoot, 'wipe cut': lives.WipeCut,
    **dict.fromkeys(nas.MODES, nas.NasBoot), 'power cut': powercut.PowerCut, 'setup': setup.SetupBoot, 'export': export.ExportBoot,
    **dict.fromkeys(faults.FAULTS, faults.FaultBoot)}
assert not {s.mode for name, s in SCENARIOS.items() if not name.startswith('fault-')} & faults.FAULTS.keys(), 'a fault is called as a mode is'


def attempt(name):
    """Boots one scenario and keeps its logs in target/lab."""
    logs = os.path.abspath(f'target/lab/{name}')
    shutil.rmtree(logs, ignore_errors=True)
    os.makedirs(logs)
    with tempfile.TemporaryDirectory(prefix='ichor-lab-') as work, Network(os.environ['ICHOR_LAB_PREFIX']) as network:
        scenario = SCENARIOS[name]
        kind = KINDS.get(scenario.mode, Boot)
        outcome = kind(scenario, network, work, logs).run()
    if outcome.problem:
        for log in ('serial.log', 'events.jsonl', 'server.log', 'watch.log'):
            tail(f'{logs}/{log}')
    print(f'{name}: {"FAILED, " + outcome.problem + "; logs in " + logs if outcome.problem else "passed"}', flush=True)
    return outcome


def tail(path):
    if os.path.exists(path):
        with open(path, errors='replace') as file:
            print(f'--- the end of {os.path.basename(path)}', *file.read().splitlines()[-25:], sep='\n')


def chosen():
    """By LAB: nothing = every mode once, all = also the slow ones, powercut = ten machines' power cut."""
    slow = {name for name, scenario in SCENARIOS.items() if scenario.mode in ('cut', 'power cut', 'lives', 'wipe cut')}
    # The firmware tries its other network entries for two minutes before the disk; a lease and an export are the same for both.
    slow |= {'disk-uefi', 'lease-bios', 'export-uefi'}
    slow |= {f'fault-{name}' for name in faults.FAULTS if name not in faults.QUICK}
    match os.environ.get('LAB', ''):
        case 'powercut':
            names = ['powercut-bios', 'powercut-uefi'] * (TEN // 2)
        case 'all':
            names = list(SCENARIOS)
        case _:
            names = [name for name in SCENARIOS if name not in slow]
    out = {name for name in names if not can(SCENARIOS[name].mode)}
    if out:
        print(f'left out: {", ".join(sorted(out))}; they need a Matchbox (src/test/peers/build.sh) and a newer ipxe package, '
              'power cuts also the Debian package etherwake, exports nginx, the setup itself (mvn -Pinstaller package) and p7zip-full, faults nftables and an OVMF with Secure Boot')
    return [name for name in names if name not in out]


def can(mode):
    if mode in faults.FAULTS:
        return faults.possible(mode)
    more = {'power cut': powercut.possible, 'export': export.possible, 'setup': setup.possible}
    return mode not in nas.MODES or nas.possible() and more.get(mode, nas.possible)()


def main():
    names = sys.argv[1:] or chosen()
    if names == ['faults']:
        names = [f'fault-{name}' for name in faults.FAULTS if faults.possible(name)]
    if unknown := [name for name in names if name not in SCENARIOS]:
        sys.exit(f'no such scenario: {", ".join(unknown)}; there are {", ".join(SCENARIOS)}')
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda *_: sys.exit('stopped'))
    outcomes = [(name, attempt(name)) for name in names]
    failed = sum(bool(outcome.problem) for _, outcome in outcomes)
    rows, injected = [], []
    for name, outcome in outcomes:
        scenario = SCENARIOS[name]
        if scenario.mode in faults.FAULTS:
            injected.append((scenario.mode, outcome))
            continue
        rows.append((scenario, outcome.times, outcome.answered))
        if outcome.again:
            rows.append((scenario._replace(mode=f'{scenario.mode}, again'), outcome.again.times, outcome.again.answered))
    table = stages.table(rows)
    if rows:
        print(f'\nSeconds after power-on (- = no such stage):\n{table}')
    if injected:
        said = faults.table(injected)
        print(f'\nFaults, and what the doctor says so many seconds after power-on:\n{said}')
        table += f'\n\n{said}'
    with open('target/lab/table.txt', 'w') as out:
        out.write(f'{table}\n')
    print(f'\n{len(outcomes) - failed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
