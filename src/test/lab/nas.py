"""The NAS boots the machine: a real Matchbox, and plain TFTP or dnsmasq as proxy, while Ichor is stopped.

What lies on the NAS is what `ichor assemble` wrote. The machine is installed: it finds its config on its disk.
"""
import os
import shlex
import subprocess
import time

import cluster
import machine
from boot import Boot, CACHE, LIMIT, Outcome, PATIENCE
from network import NAS

MATCHBOX = os.path.abspath('target/peers/matchbox')
LOADERS = f'{CACHE}/ipxe'
MODES = {'nas': 'ROUTER_TO_NAS', 'setup': 'ROUTER_TO_NAS', 'power cut': 'ROUTER_TO_NAS', 'nas proxy': 'NAS_PROXY', 'export': 'ROUTER_TO_NAS'}
FIRMWARE = {'bios': 'BIOS', 'uefi': 'UEFI_X64'}
FILES = {'bios': 'lpxelinux.0', 'uefi': 'snponly.efi'}
# A NAS's machine is switched on three times.
ALL = os.environ.get('LAB') == 'all'
READY = 'tftp://%s/start.ipxe' % NAS


def possible():
    return os.path.exists(MATCHBOX) and os.path.exists(LOADERS)


class NasBoot(Boot):
    def _boot(self):
        self.folder = f'{self.work}/cluster/boot'
        if problem := self.assemble():
            return Outcome(problem)
        machine.installed_disk(self.work)
        if not self.get_ready():
            return Outcome('a program did not get ready')
        first = self.power_on('serial.log')
        if first.problem or not ALL:
            return first
        for n in (2, 3):
            self.computer.stop()
            again = self.power_on(f'serial-{n}.log')
            if again.problem:
                return first._replace(problem=f'power-on {n}: {again.problem}')
        return first._replace(again=again)

    def assemble(self):
        """Ichor writes the NAS's files, and is not started again."""
        self.write_cluster()
        result = self.ichor('assemble', f'{self.work}/cluster', loaders=LOADERS)
        if result.returncode:
            return f'ichor assemble: {result.stderr or result.stdout}'
        if self.scenario.mode == 'nas' and FILES[self.scenario.firmware] not in result.stdout:
            return f'ichor assemble does not say what to enter in the router: {result.stdout}'
        if (self.scenario.mode, self.scenario.firmware) != ('nas', 'uefi'):
            return None
        old = self.ichor('assemble', f'{self.work}/cluster', loaders='/usr/lib/ipxe')
        return None if 'too old' in old.stderr else f'an older loader was not refused: {old.stdout}{old.stderr}'

    def write_cluster(self):
        cluster.write(f'{self.work}/cluster', f'{self.work}/cache', f'{CACHE}/assets', MODES[self.scenario.mode],
                      FIRMWARE[self.scenario.firmware])

    def ichor(self, *words, loaders):
        """With these loaders in the place of the ipxe package's, for this command only."""
        command = shlex.join([*shlex.split(os.environ['ICHOR']), *words])
        return subprocess.run(
            self.network.inside('pc', 'env', f'XDG_CACHE_HOME={self.work}/cache', 'bash', '-c',
                                f'mount --bind {loaders} /usr/lib/ipxe && exec {command}'),
            capture_output=True, text=True, check=False)

    def get_ready(self):
        self.capture()
        self.start_router()
        self.start_services()
        return self.router.wait_for('DHCP, IP range', 60 * PATIENCE) and self.until_served()

    def start_router(self):
        self.router = self.start('router', self.router_command(), 'dnsmasq.log')

    def start_services(self):
        self.start_http()
        tftp = f'{self.folder}/tftp'
        if MODES[self.scenario.mode] == 'ROUTER_TO_NAS':
            self.tftp = self.start('nas', ['in.tftpd', '-L', '-a', f'{NAS}:69', '-u', 'root', '-s', tftp], 'tftp.log')
        else:
            self.tftp = self.start('nas', ['dnsmasq', '--keep-in-foreground', '--log-facility=-', '--user=root',
                                           f'--conf-file={self.folder}/dnsmasq.conf', f'--tftp-root={tftp}',
                                           f'--pid-file={self.work}/proxy.pid'], 'proxy.log')

    def start_http(self):
        self.matchbox = self.start_matchbox('0.0.0.0:8080', 'matchbox.log')

    def start_matchbox(self, address, log):
        return self.start('nas', [MATCHBOX, f'-address={address}', f'-data-path={self.folder}',
                                  f'-assets-path={self.folder}/assets'], log)

    def router_command(self):
        named = MODES[self.scenario.mode] == 'ROUTER_TO_NAS'
        pointed = [f'--dhcp-boot={FILES[self.scenario.firmware]},,{NAS}'] if named else []
        return [*self.plain_router(), *pointed]

    def until_served(self):
        """Until both of the NAS's services answer."""
        deadline = time.monotonic() + 60 * PATIENCE
        for url in (READY, f'http://{NAS}:8080/'):
            while not self.ask('router', url)[1]:
                if time.monotonic() > deadline:
                    return False
                time.sleep(0.2)
        return True

    def power_on(self, log):
        start = time.time()
        self.computer = self.start('lan', machine.command(self.scenario.firmware, self.work), log)
        return self.outcome(start)

    def outcome(self, start):
        listening = self.computer.wait_for('STANDIN listening on 50000 at ', LIMIT)
        answered = self.answers(listening.split()[-1]) if listening else False
        seconds = time.time() - start
        times = self.stages(start)
        if not listening:
            return Outcome(f'the machine was not up after {seconds:.0f} s', times)
        if not any('STANDIN config: found on the disk' in line for line in self.computer.lines):
            return Outcome('the machine asked for its config again', times)
        return Outcome(None if answered else 'TCP port 50000 does not answer', times, seconds)

    def stages(self, start):
        """As far as the NAS's and the router's logs tell them: when each file was asked for."""
        told = {
            'heard': (self.router, 'DHCPDISCOVER'),
            'offered': (self.tftp, 'PXE('),
            'loader': (self.tftp, 'snponly.efi to '),
            'script': (self.matchbox, '/ipxe?'),
            'kernel': (self.matchbox, '/vmlinuz'),
            'initramfs': (self.matchbox, '/initramfs'),
        }
        seen = {stage: process.first(sign, start) for stage, (process, sign) in told.items()}
        return {stage: at - start for stage, at in seen.items() if at}
