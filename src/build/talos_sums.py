#!/usr/bin/env python3
"""talos_sums.py VERSION… [--from BASE]: adds releases of Talos to the checksums that ship with the program.

Reads BASE/VERSION/sha256sum.txt and takes the lines of the kernels and initramfs that Ichor boots; a release that lacks one, or
whose checksum would change one that is shipped already, is refused. Look at what it prints, and compare it with the release
page in a browser, before committing:
    python3 src/build/talos_sums.py v1.12.0 v1.13.0
"""
import argparse
import os
import re
import sys
import urllib.request

SHIPPED = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../main/resources/dev/ichor/artifacts/talos.sha256')
OFFICIAL = 'https://github.com/siderolabs/talos/releases/download'
NAMES = ('vmlinuz-amd64', 'initramfs-amd64.xz', 'vmlinuz-arm64', 'initramfs-arm64.xz')
LINE = re.compile(r'([0-9a-f]{64}) [ *](?:\S*/)?(\S+)')


def sums(text):
    return {m[2]: m[1] for m in map(LINE.fullmatch, text.splitlines()) if m}


def release(base, version):
    with urllib.request.urlopen(f'{base}/{version}/sha256sum.txt', timeout=60) as answer:
        listed = sums(answer.read().decode('ascii'))
    missing = [name for name in NAMES if name not in listed]
    if missing:
        sys.exit(f'{version}: sha256sum.txt does not name {", ".join(missing)}')
    return {f'{version}/{name}': listed[name] for name in NAMES}


def main():
    args = argparse.ArgumentParser(usage=__doc__)
    args.add_argument('versions', nargs='+', metavar='VERSION')
    args.add_argument('--from', dest='base', default=OFFICIAL)
    args.add_argument('--into', default=SHIPPED)
    given = args.parse_args()
    for version in given.versions:
        if not re.fullmatch(r'v\d+\.\d+\.\d+', version):
            sys.exit(f'{version}: write a release as v1.12.0')
    with open(given.into, encoding='ascii') as file:
        lines = file.read().splitlines()
    known = {m[2]: m[1] for m in (re.fullmatch(r'([0-9a-f]{64})  (\S+)', line) for line in lines) if m}
    for version in given.versions:
        for name, digest in release(given.base, version).items():
            if known.setdefault(name, digest) != digest:
                sys.exit(f'{name}: shipped as {known[name]}, now {digest}')
            print(digest, name)
    with open(given.into, 'w', encoding='ascii') as file:
        file.write('\n'.join([line for line in lines if line.startswith('#')] + [f'{known[n]}  {n}' for n in sorted(known)]) + '\n')


main()
