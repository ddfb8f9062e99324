"""The QEMU machine of a scenario."""
import shutil

MAC = '52:54:00:77:00:01'
OVMF = '/usr/share/OVMF'


def command(firmware, work):
    # Without graphics the firmware, iPXE and Linux all write to the serial line. TCG, because a nested KVM may start
    # QEMU and then hang in the firmware.
    common = [
        'qemu-system-x86_64', '-machine', 'q35,graphics=off', '-accel', 'tcg', '-cpu', 'max', '-m', '1024',
        '-display', 'none', '-monitor', 'none', '-serial', 'stdio', '-no-reboot',
        '-uuid', '11112222-3333-4444-5555-666677778888',
        '-smbios', 'type=1,manufacturer=FUJITSU,product=FUTRO S920,serial=YLNX012345',
        '-netdev', 'tap,id=lan,ifname=tap0,script=no,downscript=no']
    card = f'virtio-net-pci,netdev=lan,mac={MAC},bootindex=1'
    if firmware == 'bios':  # SeaBIOS can only boot from the network by the card's option ROM, which is QEMU's iPXE
        return [*common, '-device', card]
    shutil.copy(f'{OVMF}/OVMF_VARS_4M.fd', f'{work}/vars.fd')
    return [
        *common,
        '-drive', f'if=pflash,unit=0,format=raw,readonly=on,file={OVMF}/OVMF_CODE_4M.fd',
        '-drive', f'if=pflash,unit=1,format=raw,file={work}/vars.fd',
        '-device', f'{card},romfile=']  # no ROM: the firmware's own PXE
