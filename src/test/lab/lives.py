"""Both lives of a machine whose disk belongs to an older cluster at first: reinstalled by the owner's word, switched off and
on three times, wiped.

No Talos runs here that could prove by its API that it is installed. So, between two runs of the server, the lab writes that
into what the server remembers of the machine.
"""
import json
import os
import shlex
import subprocess
import time

import cluster
import disk
import machine
import stages
from approved import ClusterBoot
from boot import LIMIT, Outcome, PATIENCE

INSTALLED = {'chain': None, 'installed': '2026-11-24T20:00:00Z', 'toldDisk': 0, 'order': None, 'boot': None, 'hold': None,
             'uuid': '', 'fingerprint': ''}
WIPED = 'STANDIN wiped'
LISTENS = 'STANDIN listening on 50000 at '
WAITS = 'waiting for Approve in Ichor'
CYCLES = 3


class Failed(Exception):
    """What went otherwise than it should."""


class DiskBoot(ClusterBoot):
    """An installed machine that starts from its disk first is told to, and does."""

    def _boot(self):
        machine.bootable_disk(self.work)
        if not self.get_ready():
            return Outcome('a program did not get ready')
        try:
            return Outcome(None, self.story())
        except Failed as e:
            return Outcome(str(e))

    def story(self):
        """What happens to it. Gives the times of the table."""
        self.prove_installed()
        return self.starts_from_disk('serial.log')

    def prove_installed(self):
        self.server.stop()
        name = f'{self.work}/cluster/machines/{machine.MAC.replace(":", "-")}.json'
        os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(name, 'w') as out:
            json.dump(INSTALLED, out)
        number = sum(name.startswith('events') for name in os.listdir(self.logs))
        self.server = self.start('pc', self.server_command, f'events-{number}.jsonl', errors=f'{self.logs}/server-{number}.log')
        must(self.server.wait_for('"event":"ready"', 60 * PATIENCE), 'the server did not start again')

    def switch_on(self, log):
        """It may restart by itself. Off again at the next call."""
        if self.computer:
            self.computer.stop()
        command = machine.command(self.scenario.firmware, self.work)
        command.remove('-no-reboot')
        self.since = len(self.server.lines)
        self.computer = self.start('lan', command, log)
        return time.time()

    def starts_from_disk(self, log):
        start = self.switch_on(log)
        self.sees(disk.STARTED)
        self.scripts({'disk'})
        return {**stages.read(self.server.lines[self.since:], start), 'disk': self.computer.first(disk.STARTED, start) - start}

    def sees(self, sign, times=1):
        must(self.computer.wait_for(sign, LIMIT, times=times), f'it does not show {sign!r}')

    def scripts(self, allowed):
        """The scripts it was given since it was switched on, which have to be these, in this order."""
        given = [event['script'] for event in map(json.loads, self.server.lines[self.since:]) if event['event'] == 'scriptGiven']
        if isinstance(allowed, set):
            must(set(given) == allowed, f'it was given {given}')
        else:
            must(given == allowed, f'it was given {given}, not {allowed}')

    def ichor(self, *words):
        """A command from another terminal."""
        command = [*shlex.split(os.environ['ICHOR']), words[0], f'{self.work}/cluster', *words[1:]]
        done = subprocess.run(self.network.inside('pc', *command), capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def order(self, what):
        """By typed confirmation only."""
        code, said = self.ichor(what, cluster.HOSTNAME, '--confirm', 'another')
        must(code == 2 and 'Nothing was done' in said, f'{what} needs no confirmation: {said}')
        must('"event":"actionChanged"' not in ''.join(self.server.lines[self.since:]), f'{what} was ordered without confirmation')
        code, said = self.ichor(what, cluster.HOSTNAME, '--confirm', cluster.HOSTNAME)
        must(code == 0, f'{what} was refused: {said}')


class LivesBoot(DiskBoot):
    def story(self):
        self.older_cluster()
        self.reinstalled()
        self.prove_installed()
        times = self.cycles()
        self.wiped()
        return times

    def older_cluster(self):
        """It has to wait though its disk could be started; once approved its system goes on with what the disk holds."""
        self.switch_on('serial-older.log')
        self.sees(WAITS, times=2)
        must(not self.computer.first(disk.STARTED, 0), 'it started its old disk')
        code, said = self.ichor('approve', cluster.HOSTNAME)
        must(code == 0, f'approve: {said}')
        self.sees(LISTENS)
        must(self.computer.first(stages.ON_DISK, 0), 'it did not find the older state')
        self.scripts(['network'])

    def reinstalled(self):
        self.order('reinstall')
        self.switch_on('serial-reinstall.log')
        self.sees(WIPED)
        self.sees('STANDIN installed')
        self.sees(LISTENS)
        self.scripts(['wipe', 'network'])

    def cycles(self):
        for n in range(CYCLES):
            if self.scenario.life == 'DISK_FIRST':
                times = self.starts_from_disk(f'serial-cycle-{n}.log')
            else:
                start = self.switch_on(f'serial-cycle-{n}.log')
                self.sees(LISTENS)
                must(self.computer.first(stages.ON_DISK, 0), 'it did not find its config on the disk')
                self.scripts(['network'])
                times = stages.read(self.server.lines[self.since:], start)
        return times

    def wiped(self):
        """Back to the drawer: wiped once, then it waits, also after it was switched off and on."""
        self.order('wipe')
        self.switch_on('serial-wipe.log')
        self.sees(WIPED)
        self.sees(WAITS, times=2)
        self.scripts(['wipe'])
        self.switch_on('serial-wiped.log')
        self.sees(WAITS, times=2)
        self.scripts([])


class WipeCut(DiskBoot):
    """The power is cut at every stage of a wipe. Until its system was handed over in full it is told again; afterwards never."""

    def story(self):
        self.prove_installed()
        self.since = 0
        self.order('wipe')
        for stage, sign in ('SCRIPT', '"event":"scriptGiven"'), ('KERNEL', '"kind":"KERNEL"'):
            self.cut(stage, sign)
            must('handed over' not in ''.join(self.server.lines), f'cut at {stage}, and the wipe counts as done')
        self.cut('INITRAMFS', 'handed over in full')
        self.switch_on('serial.log')
        self.sees(WAITS, times=3)
        self.scripts([])
        return {}

    def cut(self, stage, sign):
        self.switch_on(f'serial-{stage}.log')
        must(self.server.wait_for(sign, LIMIT, self.since), f'it did not get to {stage}')
        self.computer.stop()
        self.scripts(['wipe'])


def must(holds, otherwise):
    if not holds:
        raise Failed(otherwise)
