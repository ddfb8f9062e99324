"""The power comes back: the machines first, the router 120 s and the NAS 300 s later; nobody presses a button.

A BIOS machine is on at once and tries until somebody answers. A UEFI machine, whose firmware gives up, is set to stay off
and is woken by the NAS, with the script that `ichor assemble` wrote.
"""
import os
import shutil
import subprocess
import time

import machine
from boot import LIMIT, Outcome, PATIENCE
from nas import NasBoot

# Seconds after the power came back; POWERCUT=0.1 makes them a tenth.
SCALE = float(os.environ.get('POWERCUT', '1'))
ROUTER_AFTER, NAS_AFTER = 120 * SCALE, 300 * SCALE
# What a magic packet is sent as by ether-wake: an Ethernet type of its own.
MAGIC = 'ether proto 0x0842'


def possible():
    return shutil.which('etherwake') is not None


class PowerCut(NasBoot):
    def _boot(self):
        self.folder = f'{self.work}/cluster/boot'
        if problem := self.assemble():
            return Outcome(problem)
        machine.installed_disk(self.work)
        start = time.time()
        self.capture()
        woken = self.scenario.firmware == 'uefi'
        if woken:
            ear = self.start('lan', ['tcpdump', '-i', 'br0', '-l', '-n', '-e', MAGIC], 'magic.log')
        else:
            self.switch_on()
        time.sleep(ROUTER_AFTER)
        self.start_router()
        time.sleep(NAS_AFTER - ROUTER_AFTER)
        self.start_services()
        self.start('nas', ['env', f'PATH={self.tools()}', 'sh', f'{self.folder}/wake.sh'], 'wake.log')
        if woken:
            if not ear.wait_for(f'> {machine.MAC}', LIMIT):
                return Outcome('the NAS did not wake the machine')
            self.switch_on()
        return self.outcome(start)

    def switch_on(self):
        command = machine.command(self.scenario.firmware, self.work)
        command.remove('-no-reboot')
        # As most BIOSes do when nothing could be booted: once more from the beginning.
        self.computer = self.start('lan', [*command, '-boot', 'reboot-timeout=5000'], 'serial.log')

    def tools(self):
        """What the container has: busybox, whose ether-wake Debian has as a package of its own."""
        folder = f'{self.work}/tools'
        os.makedirs(folder)
        subprocess.run(['busybox', '--install', '-s', folder], check=True)
        os.symlink(shutil.which('etherwake'), f'{folder}/ether-wake')
        return folder
