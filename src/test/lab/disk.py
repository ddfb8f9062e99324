#!/usr/bin/env python3
"""disk.py FILE: makes the disk of an installed machine. BIOS starts it by its boot sector, UEFI by \\EFI\\BOOT\\BOOTX64.EFI;
either only says so on the serial line. It needs sfdisk, mformat and mcopy."""
import struct
import subprocess
import sys
import tempfile

SIZE = 8 << 20
SECTOR = 512
STARTED = 'LAB DISK started by '
# What the stand-in finds on the disk of a machine that is installed: between the partition table and the first partition.
STATE, STATE_AT = b'ICHOR-LAB STATE\n', 1024 * SECTOR
PARTITION = 2048
BOOT_SECTOR_AT = 0x7c00  # where a BIOS loads it
SERIAL_DATA, SERIAL_STATUS, SERIAL_FREE = 0x3f8, 0x3fd, 0x20  # COM1, 16550


def says(load, word):
    """x86 code that writes the text after it to the serial line and stops. `load` makes SI or RSI point to what is so many
    bytes further on; `word` comes before an instruction on 16 bits."""
    write = (
        b'\x88\xc4' + word + b'\xba' + struct.pack('<H', SERIAL_STATUS)  # mov ah,al; mov dx,...
        + b'\xec\xa8' + bytes([SERIAL_FREE]) + b'\x74\xfb'  # in al,dx; test al,...; jz in
        + b'\x88\xe0' + word + b'\xba' + struct.pack('<H', SERIAL_DATA) + b'\xee')  # mov al,ah; mov dx,...; out dx,al
    body = b'\xac\x84\xc0\x74' + bytes([len(write) + 2]) + write  # lodsb; test al,al; jz hlt
    body += b'\xeb' + struct.pack('<b', -len(body) - 2) + b'\xf4\xeb\xfd'  # jmp lodsb; hlt; jmp hlt
    return load(len(body)) + body


def text(firmware):
    return f'\r\n{STARTED}{firmware}\r\n\0'.encode()


def boot_sector():
    start = b'\x31\xc0\x8e\xd8\xfc'  # xor ax,ax; mov ds,ax; cld
    return says(lambda further: start + b'\xbe' + struct.pack('<H', BOOT_SECTOR_AT + len(start) + 3 + further), b'') + text('BIOS')


def efi_program():
    """PE32+ (Microsoft PE/COFF specification) with one section, which is loaded to where it stands in the file."""
    code = says(lambda further: b'\xfc\x48\x8d\x35' + struct.pack('<i', further), b'\x66') + text('UEFI')
    at, align = 0x200, 0x200
    code = code.ljust(align, b'\0')
    dos = b'MZ'.ljust(0x3c, b'\0') + struct.pack('<I', 0x40)
    coff = struct.pack('<4sHHIIIHH', b'PE\0\0', 0x8664, 1, 0, 0, 0, 112 + 16 * 8, 0x22e)
    optional = struct.pack('<HBBIIIII', 0x20b, 0, 0, len(code), 0, 0, at, at)
    optional += struct.pack('<QIIHHHHHHIIIIHHQQQQII', 0, align, align, 0, 0, 0, 0, 0, 0, 0, at + len(code), at, 0, 10, 0, 0, 0, 0, 0, 0, 16)
    section = struct.pack('<8sIIIIIIHHI', b'.text', len(code), at, len(code), at, 0, 0, 0, 0, 0x60000020)
    return (dos + coff + optional + bytes(16 * 8) + section).ljust(at, b'\0') + code


def make(path):
    with open(path, 'wb') as disk:
        disk.truncate(SIZE)
    run('sfdisk', '--quiet', path, input=f'label: gpt\nstart={PARTITION}, type=uefi\n'.encode())
    volume = f'{path}@@{PARTITION * SECTOR}'
    with tempfile.NamedTemporaryFile() as program:
        program.write(efi_program())
        program.flush()
        run('mformat', '-i', volume, '-T', str(SIZE // SECTOR - PARTITION - 64), '::')
        run('mmd', '-i', volume, '::/EFI', '::/EFI/BOOT')
        run('mcopy', '-i', volume, program.name, '::/EFI/BOOT/BOOTX64.EFI')
    with open(path, 'r+b') as disk:
        disk.write(boot_sector())
        disk.seek(STATE_AT)
        disk.write(STATE)


def run(*command, input=None):
    subprocess.run(command, check=True, input=input)


if __name__ == '__main__':
    make(sys.argv[1])
