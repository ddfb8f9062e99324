"""The cluster folder and the download cache that `ichor serve CLUSTER_DIR` finds."""
import hashlib
import json
import os
import shutil

from machine import MAC

TALOS = 'v1.13.9'
HOSTNAME = 'lab-cp-1'
ADDRESS = '192.168.77.100'
# Name in the release -> the lab's file.
RELEASE = {'vmlinuz-amd64': 'vmlinuz', 'initramfs-amd64.xz': 'initrd'}


def write(folder, cache, assets):
    """One control plane in `folder`; the lab's kernel as that Talos release in `cache`, so that nothing is downloaded."""
    draft = {
        'version': 1,
        'clusterName': 'lab',
        'endpoint': f'https://{ADDRESS}:6443',
        'talos': TALOS,
        'kubernetes': '1.36.3',
        'adapter': 'eth0',
        'mode': 'PROXY',
        'machines': {MAC: {'vendor': 'FUJITSU', 'name': 'FUTRO S920', 'firmware': 'UNKNOWN', 'pxe': True}},
        'wishes': {MAC: {'role': 'CONTROL_PLANE', 'hostname': HOSTNAME, 'life': 'ALWAYS_NETBOOT', 'disk': '/dev/sda'}},
    }
    os.makedirs(folder)
    with open(f'{folder}/cluster.json', 'w') as out:
        json.dump(draft, out, indent=2)
    release = f'{cache}/ichor/{TALOS}'
    os.makedirs(release)
    with open(f'{release}/sha256sum.txt', 'w') as sums:
        for name, asset in RELEASE.items():
            shutil.copy(f'{assets}/{asset}', f'{release}/{name}')
            with open(f'{release}/{name}', 'rb') as file:
                sums.write(f'{hashlib.file_digest(file, "sha256").hexdigest()}  {name}\n')


def control(folder):
    """Port and token of the running server's control listener."""
    with open(f'{folder}/private/control.json') as file:
        found = json.load(file)
    return found['port'], found['token']
