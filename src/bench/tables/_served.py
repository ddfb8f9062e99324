"""The folder that our server and Matchbox both serve: a thousand machines in groups, and one large asset."""
import json
import os

from bench import blob, folder

MACHINES = 1000
SCRIPT = '/ipxe?mac=52:54:00:a1:01:f4'
ARGS = ('initrd=initramfs.xz ip=dhcp console=tty0 talos.platform=metal talos.config=http://10.66.0.1:8080/generic?mac=${mac:hexhyp} '
        'init_on_alloc=1 slab_nomerge pti=on').split()


def make(large=100_000_000):
    """The data folder; assets/large is a file of so many bytes."""
    root = folder('served')
    for sub in ('groups', 'profiles', 'generic', 'cloud', 'ignition', 'assets'):
        os.makedirs(os.path.join(root, sub))
    for role in ('controlplane', 'worker'):
        boot = {'kernel': '/assets/vmlinuz', 'initrd': ['/assets/initramfs.xz'], 'args': ARGS}
        write(root, f'profiles/{role}.json', {'id': role, 'name': role, 'boot': boot, 'generic_id': f'{role}.yaml'})
    for i in range(MACHINES):
        mac = f'52:54:00:a1:{i >> 8:02x}:{i & 255:02x}'
        group = {'id': f'node-{i}', 'name': f'node {i}', 'profile': 'controlplane' if i < 3 else 'worker', 'selector': {'mac': mac}}
        write(root, f'groups/node-{i}.json', group)
    os.link(blob(os.path.join(root, '..', f'served-{large}'), large), os.path.join(root, 'assets', 'large'))
    return root


def write(root, path, value):
    with open(os.path.join(root, path), 'w') as out:
        json.dump(value, out, indent=2)
