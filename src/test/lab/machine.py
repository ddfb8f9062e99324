"""The QEMU machine of a scenario."""
import os
import shutil

import disk

MAC = '52:54:00:77:00:01'
OVMF = '/usr/share/OVMF'


def empty_disk(work):
    with open(f'{work}/disk', 'wb') as file:
        file.truncate(disk.SIZE)


def installed_disk(work):
    """No boot sector: the machine cannot start from it, though the system can use it."""
    empty_disk(work)
    with open(f'{work}/disk', 'r+b') as file:
        file.seek(disk.STATE_AT)
        file.write(disk.STATE)


def bootable_disk(work):
    """Of a machine that was installed, whoever did it."""
    disk.make(f'{work}/disk')


def command(firmware, work):
    """`firmware` is bios, uefi, or uefi-http, whose network boot is by HTTP only."""
    # Without graphics the firmware, iPXE and Linux all write to the serial line. TCG, because a nested KVM may start
    # QEMU and then hang in the firmware.
    common = [
        'qemu-system-x86_64', '-machine', 'q35,graphics=off', '-accel', 'tcg', '-cpu', 'max', '-m', '1024',
        '-display', 'none', '-monitor', 'none', '-serial', 'stdio', '-no-reboot',
        '-uuid', '11112222-3333-4444-5555-666677778888',
        '-smbios', 'type=1,manufacturer=FUJITSU,product=FUTRO S920,serial=YLNX012345',
        '-netdev', 'tap,id=lan,ifname=tap0,script=no,downscript=no']
    if os.path.exists(f'{work}/disk'):
        common += ['-drive', f'if=none,id=disk,format=raw,file={work}/disk', '-device', 'virtio-blk-pci,drive=disk,bootindex=2']
    card = f'virtio-net-pci,netdev=lan,mac={MAC},bootindex=1'
    if firmware == 'bios':  # SeaBIOS can only boot from the network by the card's option ROM, which is QEMU's iPXE
        return [*common, '-device', card]
    if not os.path.exists(f'{work}/vars.fd'):  # the firmware's memory outlasts a power cut
        shutil.copy(f'{OVMF}/OVMF_VARS_4M.fd', f'{work}/vars.fd')
    if firmware == 'uefi-http':
        common += [word for kind in ('IPv4', 'IPv6') for word in ('-fw_cfg', f'name=opt/org.tianocore/{kind}PXESupport,string=n')]
    return [
        *common,
        '-drive', f'if=pflash,unit=0,format=raw,readonly=on,file={OVMF}/OVMF_CODE_4M.fd',
        '-drive', f'if=pflash,unit=1,format=raw,file={work}/vars.fd',
        '-device', f'{card},romfile=']  # no ROM: the firmware's own PXE
