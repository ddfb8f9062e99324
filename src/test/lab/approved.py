"""The machine of a cluster folder: the owner approves it, and it keeps what it has installed."""
import re

import cluster
import machine
import stages
from boot import Boot, LIMIT, Outcome, PATIENCE
from network import PC


class ClusterBoot(Boot):
    """The machine waits in iPXE until it is approved, and installs; at the second power-on it does not wait, boots the same,
    and finds its config on the disk."""

    CONFIG = f'http://{PC}:8080/generic?mac={machine.MAC}'
    SCRIPT = f'http://{PC}:8080/ipxe?mac={machine.MAC.replace(":", "-")}'
    # Talos erases the disk, or stops, when it finds one of these on its command line.
    HARMFUL = 'wipe', 'halt_if_installed'

    def _boot(self):
        machine.empty_disk(self.work)
        if not self.get_ready():
            return Outcome('a program did not get ready')
        first = self.power_on('serial.log', cluster.HOSTNAME, self.approve)
        if first.problem:
            return first
        script, arguments = self.script(), self.arguments()
        if problem := self.let_in():
            return first._replace(problem=f'after approval {problem}')
        self.computer.stop()
        since = len(self.server.lines)
        again = self.power_on('serial-again.log', stages.ON_DISK)
        problem = again.problem
        if not problem and (self.script(), self.arguments()) != (script, arguments):
            problem = 'it is not told the same'
        if not problem and self.told('waitingForApproval', since):
            problem = 'it had to wait for approval again'
        if not problem and self.told('configServed', since):
            problem = 'its config was handed out again'
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

    def script(self):
        """What anybody is told who asks with the machine's MAC."""
        status, text = self.ask('router', self.SCRIPT)
        return status, without_token(text)

    def arguments(self):
        """The kernel's, as the machine saw them; what the firmware wrote may stand before them on the line."""
        sign = 'STANDIN command line: '
        return without_token(next(line.partition(sign)[2] for line in self.computer.lines if sign in line))


class CutBoot(ClusterBoot):
    """The power is cut in the middle of every stage; then the machine is left alone and comes up."""

    STAGES = 'SCRIPT', 'KERNEL', 'INITRAMFS', 'CONFIG'

    def _boot(self):
        machine.empty_disk(self.work)
        if not self.get_ready():
            return Outcome('a program did not get ready')
        for stage in self.STAGES:
            if problem := self.cut_at(stage):
                return Outcome(f'power cut at {stage}: {problem}')
        last = self.power_on('serial.log', '')
        if any(word in self.arguments() for word in self.HARMFUL):
            return last._replace(problem=f'the disk is in danger: {self.arguments()}')
        return last

    def cut_at(self, stage):
        since = len(self.server.lines)
        self.computer = self.start('lan', machine.command(self.scenario.firmware, self.work), f'serial-{stage}.log')
        try:
            if stage == self.STAGES[0]:
                return self.approve()
            sign = '"event":"configServed"' if stage == 'CONFIG' else f'"kind":"{stage}"'
            return None if self.server.wait_for(sign, LIMIT, since) else 'it did not get that far'
        finally:
            self.computer.stop()


def without_token(text):
    """The token is of one boot."""
    return re.sub(r'&token=[0-9a-f]{32}', '', text)
