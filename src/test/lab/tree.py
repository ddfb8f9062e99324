"""The Matchbox data folder that `ichor serve --tree` is given."""
import json
import os

from machine import MAC
from network import PC

CONFIG = 'a config for the lab machine'


def write(folder):
    # UEFI finds the initramfs only by a name that the kernel's arguments repeat; BIOS does not mind.
    profile = {
        'id': 'lab',
        'boot': {
            'kernel': '/assets/vmlinuz',
            'initrd': ['--name initrd /assets/initrd'],
            'args': ['initrd=initrd', 'console=ttyS0', 'talos.platform=metal',
                     f'talos.config=http://{PC}:8080/generic?mac={MAC}'],
        },
        'generic_id': 'lab.yaml',
    }
    hyphens = MAC.replace(':', '-')
    group = {'id': hyphens, 'profile': 'lab', 'selector': {'mac': MAC}}
    for name, content in (
            (f'groups/{hyphens}.json', json.dumps(group, indent=2)),
            ('profiles/lab.json', json.dumps(profile, indent=2)),
            ('generic/lab.yaml', f'# {CONFIG}\nmachine: {{}}\n')):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as out:
            out.write(content)
