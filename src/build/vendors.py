#!/usr/bin/env python3
"""vendors.py [FOLDER]: writes vendors.txt to standard output from the IEEE listings of Debian's package ieee-data.

A line is a maker's short name, a colon, and its prefixes: 6 hex digits (MA-L), 7 (MA-M) or 9 (MA-S and IAB).
Run it with a newer ieee-data installed:
    python3 src/build/vendors.py > src/main/resources/dev/ichor/discovery/vendors.txt
"""
import collections
import csv
import datetime
import re
import subprocess
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else '/usr/share/ieee-data'

# Brands under which owners know them; the first pattern that is found wins.
BRANDS = [(re.compile(pattern, re.I), name) for pattern, name in (
    (r'\bfujitsu\b', 'Fujitsu'), (r'^wyse\b', 'Wyse'), (r'^dell\b', 'Dell'), (r'^igel\b', 'IGEL'),
    (r'^hewlett packard enterprise', 'HPE'), (r'^hewlett|^hp inc', 'HP'), (r'^lenovo', 'Lenovo'), (r'^intel\b', 'Intel'),
    (r'^realtek', 'Realtek'), (r'^raspberry pi', 'Raspberry Pi'), (r'^synology', 'Synology'), (r'^qnap', 'QNAP'),
    (r'^ubiquiti', 'Ubiquiti'), (r'^asustek', 'ASUS'), (r'^asrock', 'ASRock'), (r'^micro-star|^msi\b', 'MSI'),
    (r'^giga-byte', 'Gigabyte'), (r'^apple', 'Apple'), (r'^samsung', 'Samsung'), (r'^super micro', 'Supermicro'),
    (r'^pc engines', 'PC Engines'), (r'^shuttle', 'Shuttle'), (r'^advanced micro devices', 'AMD'), (r'^acer', 'Acer'),
    (r'^vmware', 'VMware'), (r'^microsoft', 'Microsoft'), (r'^google', 'Google'), (r'^amazon', 'Amazon'),
    (r'^espressif', 'Espressif'), (r'^tp-link', 'TP-Link'), (r'^netgear', 'Netgear'), (r'^avm\b', 'AVM'),
    (r'^routerboard|^mikrotik', 'MikroTik'), (r'^clientron', 'Clientron'), (r'^ncomputing', 'NComputing'))]

# Legal forms and places at the end say nothing about the maker.
TAIL = re.compile(
    r"[\s,.]+(co|corp|corporation|inc|incorporated|ltd|limited|llc|gmbh|ag|sa|s\.?a\.?s|s\.?p\.?a|s\.?r\.?l|b\.?v|n\.?v|oy|ab|as|kg|"
    r"pte|pty|plc|kk|k\.k|company|international|technology|technologies|electronics|group|holdings?|the|& ?co)[.\s]*$|\s*\([^)]*\)$",
    re.I)

# Not registered: QEMU and KVM give it to their machines.
EXTRA = {'525400': 'QEMU'}


def short(name):
    name = ' '.join(re.sub('[:"]', ' ', name).split())
    for pattern, brand in BRANDS:
        if pattern.search(name):
            return brand
    while True:
        cut = TAIL.sub('', name).strip(' ,.')
        if cut == name or len(cut) < 3:
            break
        name = cut
    words = [w.capitalize() if w.isupper() and len(w) > 4 else w for w in name.split()]
    return ' '.join(words)[:28].strip()


def main():
    makers = collections.defaultdict(set)
    for table in ('oui', 'mam', 'oui36', 'iab'):
        with open(f'{FOLDER}/{table}.csv', encoding='utf-8') as lines:
            for row in csv.DictReader(lines):
                name = row['Organization Name']
                if name not in ('', 'Private', 'IEEE Registration Authority'):
                    makers[short(name)].add(row['Assignment'].lower())
    for prefix, name in EXTRA.items():
        makers[name].add(prefix)
    version = subprocess.run(['dpkg-query', '-Wf', '${Version}', 'ieee-data'], capture_output=True, text=True).stdout
    date = datetime.date.fromtimestamp(int(open(f'{FOLDER}/.lastupdate').read()))
    print(f"""\
# Makers by MAC prefix: short name, colon, prefixes of 24, 28 or 36 bits. Made by src/build/vendors.py.
# Source: IEEE Registration Authority, public listings of {date} (Debian package ieee-data {version}). The IEEE asserts no copyright
# in the listing and does not restrict its distribution. 525400 is not registered: QEMU and KVM give it to their machines.""")
    for name in sorted(makers, key=str.lower):
        print(f'{name}: {" ".join(sorted(makers[name]))}')


main()
