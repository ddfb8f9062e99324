"""The cluster folder and the download cache that `ichor serve CLUSTER_DIR` finds."""
import hashlib
import json
import os
import shutil

from machine import MAC
from network import NAS

TALOS = 'v1.13.9'
HOSTNAME = 'lab-cp-1'
ADDRESS = '192.168.77.100'
# Name in the download cache -> the lab's file.
RELEASE = {'kernel': 'vmlinuz', 'initramfs': 'initrd'}


def write(folder, cache, assets, mode='PROXY', firmware='UNKNOWN', life='ALWAYS_NETBOOT'):
    """One control plane in `folder`; the lab's kernel as that Talos release in `cache`, so that nothing is downloaded."""
    draft = {
        'version': 1,
        'clusterName': 'lab',
        'endpoint': f'https://{ADDRESS}:6443',
        'talos': TALOS,
        'kubernetes': '1.36.3',
        'adapter': 'eth0',
        'mode': mode,
        'machines': {MAC: {'vendor': 'FUJITSU', 'name': 'FUTRO S920', 'firmware': firmware, 'pxe': True}},
        'wishes': {MAC: {'role': 'CONTROL_PLANE', 'hostname': HOSTNAME, 'life': life, 'disk': '/dev/sda'}},
    }
    if mode != 'PROXY':
        draft['nas'] = {'host': NAS, 'port': 22, 'user': 'nas', 'folder': '/docker/ichor', 'httpBase': f'http://{NAS}:8080'}
    os.makedirs(folder)
    with open(f'{folder}/cluster.json', 'w') as out:
        json.dump(draft, out, indent=2)
    remembered = {'talos': TALOS, 'image': 'release', 'arch': 'AMD64', 'origin': 'ACCEPTED', 'fetched': '2026-01-01T00:00:00Z'}
    os.makedirs(f'{cache}/ichor/sha256')
    os.makedirs(f'{cache}/ichor/talos')
    for name, asset in RELEASE.items():
        with open(f'{assets}/{asset}', 'rb') as file:
            digest = hashlib.file_digest(file, 'sha256').hexdigest()
        shutil.copy(f'{assets}/{asset}', f'{cache}/ichor/sha256/{digest}')
        remembered[name] = {'sha256': digest, 'bytes': os.path.getsize(f'{assets}/{asset}')}
    with open(f'{cache}/ichor/talos/{TALOS}-release-amd64.json', 'w') as out:
        json.dump(remembered, out)


def control(folder):
    """Port and token of the running server's control listener."""
    with open(f'{folder}/private/control.json') as file:
        found = json.load(file)
    return found['port'], found['token']
