"""What keeps a machine from booting, injected one at a time, and what `ichor watch` says of it. A scenario ends when the
expected finding is printed.
"""
import collections
import os
import shlex
import shutil
import subprocess
import time

import cluster
import machine
from boot import CACHE, Boot, Outcome, PATIENCE
from network import NAS, PC

IPXE = '/usr/lib/ipxe'
SECURE = f'{machine.OVMF}/OVMF_CODE_4M.secboot.fd', f'{machine.OVMF}/OVMF_VARS_4M.ms.fd'

# Longer than any silence that a rule waits for, and the way there on a virtual machine.
LIMIT = 200 * PATIENCE

# firmware: of the machine; says: how the finding begins; router: what its DHCP server names to boot; tftp: a file that the NAS
# hands out; drop: what the PC's firewall drops, as nft writes it, by hook.
Fault = collections.namedtuple('Fault', 'firmware says router tftp drop', defaults=('', '', None))

SECOND = f'! Another server, 192.168.77.1, tells machines what to boot.'
FAULTS = {
    'next-server': Fault('bios', SECOND, f'pxeboot,,{NAS}'),
    'wrong-file': Fault('bios', 'It is told to load a file that its firmware cannot start.', f'snponly.efi,,{NAS}', 'snponly.efi'),
    'loop': Fault('bios', 'It loads iPXE again and again', f'undionly.kpxe,,{NAS}', 'undionly.kpxe'),
    'pxe-4011': Fault('uefi', 'It has an address, and its question for a boot loader does not arrive here.',
                      drop=('input', 'udp dport 4011')),
    'tftp-data': Fault('uefi', 'Our TFTP answers do not reach it.', drop=('output', f'ip saddr {PC} udp sport 1024-65535')),
    'second-pxe': Fault('uefi', f'! Another server, {NAS}, tells machines what to boot.'),
    'http-port': Fault('bios', 'iPXE runs and fetches nothing from here.', drop=('input', 'tcp dport 8080')),
    'initramfs': Fault('bios', 'A file it boots from is missing here.'),
    'secure-boot': Fault('uefi', 'Its firmware refuses the boot loader: Secure Boot is on.'),
    'slow-dhcp': Fault('uefi', 'Its firmware takes neither our offer nor an address.'),
}

# Need no packet filter, and are quick.
QUICK = 'next-server', 'wrong-file', 'initramfs'


def possible(name):
    """Whether this computer has what the fault takes."""
    if name == 'secure-boot':
        return all(map(os.path.exists, SECURE))
    return FAULTS[name].drop is None or shutil.which('nft') is not None


class FaultBoot(Boot):
    """`mode` of the scenario is the fault's name."""

    def _boot(self):
        self.fault = FAULTS[self.scenario.mode]
        if self.fault.drop and not self.drop(*self.fault.drop):
            return Outcome('nft does not work here')
        if not self.get_ready():
            return Outcome('a program did not get ready')
        if self.scenario.mode == 'initramfs':
            self.lose_initramfs()
        if self.scenario.mode == 'pxe-4011':
            self.drop('output', 'udp sport 67 udp dport 68', 'offers')
        start = time.time()
        self.computer = self.start('lan', self.machine(), 'serial.log')
        if self.scenario.mode == 'pxe-4011':
            self.late_offer()
        found = self.watch.wait_for(self.fault.says, LIMIT)
        at = self.watch.first(self.fault.says, 0)
        if not found:
            told = [line for line in self.watch.lines if line.startswith('! ')]
            return Outcome(f'no such finding in {time.time() - start:.0f} s; found: {told or "nothing"}')
        return Outcome(None, {'finding': max(0.0, at - start)}, again=found.removeprefix('! '))

    def get_ready(self):
        router = self.start('router', self.router_command(), 'dnsmasq.log') if self.has_router() else None
        self.start_second()
        self.capture()
        cluster.write(f'{self.work}/cluster', f'{self.work}/cache', f'{CACHE}/assets')
        ichor = ['env', f'XDG_CACHE_HOME={self.work}/cache', *shlex.split(os.environ['ICHOR'])]
        self.server = self.start(
            'pc', [*ichor, 'serve', '--bind', PC, '--json', '--approve', 'all', '--configs-over-http', f'{self.work}/cluster'],
            'events.jsonl', errors=f'{self.logs}/server.log')
        if not self.server.wait_for('"event":"ready"', 60 * PATIENCE):
            return False
        self.watch = self.start('pc', [*ichor, 'watch', f'{self.work}/cluster'], 'watch.log')
        return router is None or router.wait_for('DHCP, IP range', 60 * PATIENCE)

    def has_router(self):
        return self.scenario.mode != 'slow-dhcp'

    def late_offer(self):
        """Only our third offer has no option 43, without which OVMF asks on port 4011; the first two get lost."""
        self.server.wait_for('"ipxe":false', LIMIT, times=2)
        subprocess.run(self.network.inside('pc', 'nft', 'delete table ip offers'), check=True)

    def router_command(self):
        lease = f'--dhcp-host={machine.MAC},{cluster.ADDRESS}'
        return [*self.plain_router(), lease, *([f'--dhcp-boot={self.fault.router}'] if self.fault.router else [])]

    def start_second(self):
        """What the NAS does against us."""
        if self.fault.tftp:
            os.makedirs(f'{self.work}/tftp')
            shutil.copy(f'{IPXE}/{self.fault.tftp}', f'{self.work}/tftp')
            self.start('nas', ['in.tftpd', '-L', '-a', f'{NAS}:69', '-u', 'root', '-s', f'{self.work}/tftp'], 'tftp.log')
        if self.scenario.mode == 'second-pxe':
            self.start('nas', [
                'dnsmasq', '--conf-file=/dev/null', '--no-daemon', '--user=root', '--port=0', '--log-dhcp',
                '--dhcp-range=192.168.77.0,proxy', '--dhcp-boot=old.kpxe', '--pxe-service=x86PC,Old,old',
                '--pxe-service=X86-64_EFI,Old,old', f'--pid-file={self.work}/second.pid'], 'second.log')

    def lose_initramfs(self):
        with open(f'{CACHE}/assets/initrd', 'rb') as file:
            wanted = file.read()
        folder = f'{self.work}/cache/ichor/sha256'
        for name in os.listdir(folder):
            with open(f'{folder}/{name}', 'rb') as file:
                if file.read() == wanted:
                    os.unlink(f'{folder}/{name}')

    def machine(self):
        command = machine.command(self.scenario.firmware, self.work)
        if self.scenario.mode != 'secure-boot':
            return command
        code, variables = SECURE
        shutil.copy(variables, f'{self.work}/vars.fd')
        replaced = {'q35,graphics=off': 'q35,smm=on,graphics=off'}
        return [replaced.get(word, word.replace(f'{machine.OVMF}/OVMF_CODE_4M.fd', code)) for word in command]

    def drop(self, hook, what, name='faults'):
        rules = (f'add table ip {name}; add chain ip {name} wire {{ type filter hook {hook} priority 0; }}; '
                 f'add rule ip {name} wire {what} drop')
        return subprocess.run(self.network.inside('pc', 'nft', rules), check=False).returncode == 0


def table(rows):
    """rows: (name, Outcome)."""
    head = ['fault', 'firmware', 'seconds', 'finding']
    body = [[name, FAULTS[name].firmware, f'{o.times["finding"]:.0f}' if o.times else '-', o.again or o.problem] for name, o in rows]
    widths = [max(map(len, column)) for column in list(zip(head, *body))[:-1]]
    return '\n'.join(
        '  '.join([*(cell.ljust(w) for cell, w in zip(row, widths)), row[-1]]).rstrip() for row in [head, *body])
