"""Configs and secrets, beside talosctl or, where it is missing, a small program around the same library."""
import json
import os
import shutil
import subprocess
import time

from bench import HERE, JAVA_FLAGS, OURS, ROOT, TARGET, Missing, folder, ichor, jars, java, measure

TITLE = 'Configs and secrets'
SECRETS = os.path.join(ROOT, 'src/test/resources/talos/sans-v1.13/secrets.yaml')
CLUSTER = ('homelab', 'https://192.168.1.20:6443')
VERSIONS = ('--talos-version=v1.12.0', '--kubernetes-version=1.35.0')
FRESH = 3  # new secrets a round: a prime is found sooner or later


def talosctl():
    path = shutil.which('talosctl')
    if not path:
        raise Missing('talosctl (1.12.0, from its release page)')
    return path


def talos_gen():
    """Around the real machinery; built from src/test/oracle."""
    path = os.path.join(ROOT, 'target', 'oracle', 'talos-gen')
    if not os.path.exists(path) and shutil.which('go'):
        subprocess.run(['go', 'build', '-o', path, './cmd/talos-gen'], cwd=os.path.join(ROOT, 'src/test/oracle'), timeout=900)
    if os.path.exists(path):
        return path
    raise Missing('talos-gen (needs Go and its module proxy)')


def run(bench):
    peers = bench.peers(**{'talosctl': talosctl, 'talos-gen': talos_gen})
    if 'talosctl' in peers:
        bench.version('talosctl', [peers['talosctl'], 'version', '--client'], 1)
    judge = 'talosctl' if 'talosctl' in peers else 'talos-gen'
    machines, times = bench.sized((1000, 200), (10, 2))
    four = bench.row('1 control plane, 3 workers, warm', 'ms', more=False, against=None, must=50)
    thousand = bench.row(f'{machines:,} machines, warm', 's', more=False, against=None, must=1.5)
    cold = bench.row('controlplane.yaml, worker.yaml, talosconfig: whole process, AOT cache', 'ms', more=False, against=judge, must=1.0)
    fresh = bench.row('new secrets', 'ms', more=False, against=judge, must=1.2)
    cache = train()
    for _ in bench.turns():
        four.add(OURS, warm('gen', SECRETS, folder('gen'), 4, times))
        seconds = warm('gen', SECRETS, folder('gen'), machines, 4)
        thousand.add(OURS, seconds and seconds / 1000)
        for _ in range(bench.sized(3, 1)):
            cold.add(OURS, whole(ours(cache)))
            for who, program in peers.items():
                cold.add(who, whole(theirs(who, program, SECRETS)))
        for _ in range(bench.sized(FRESH, 1)):
            fresh.add(OURS, warm('secrets', 2))
            for who, program in peers.items():
                fresh.add(who, whole(theirs(who, program, None)))


def warm(*args):
    said = measure([java(), *JAVA_FLAGS, '-cp', jars(), os.path.join(HERE, 'load', 'GenLoad.java'), *map(str, args)])
    return said and said['ms']


def ours(cache, *flags):
    return ichor('gen', *CLUSTER, *VERSIONS, '--with-secrets', SECRETS, '--output', folder('gen'),
                 flags=flags or ('-Xlog:disable', '-XX:TieredStopAtLevel=1', f'-XX:AOTCache={cache}'))


def theirs(who, program, secrets):
    """The command that does the same; it makes new secrets where none are given."""
    out = folder(who)
    if who == 'talosctl':
        made = (['gen', 'secrets', '-o', os.path.join(out, 'secrets.yaml')] if secrets is None
                else ['gen', 'config', *CLUSTER, *VERSIONS, '--with-secrets', secrets, '--output', out])
        return [program, *made]
    inputs = os.path.join(out, 'inputs.json')
    with open(inputs, 'w') as to:
        json.dump({'clusterName': CLUSTER[0], 'endpoint': CLUSTER[1], 'talosVersion': 'v1.12.0', 'kubernetesVersion': '1.35.0',
                   'installDisk': '/dev/sda', 'installImage': 'ghcr.io/siderolabs/installer:v1.12.0'}, to)
    return [program, '-inputs', inputs, '-out', out, '-secrets', secrets or os.path.join(out, 'secrets.yaml')]


def whole(command):
    """Milliseconds from the start of a process to its end."""
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, cwd=TARGET, timeout=120)
    ms = (time.monotonic() - start) * 1000
    if done.returncode:
        raise RuntimeError(f'{os.path.basename(command[0])}: {done.stderr.decode(errors="replace").strip()[:200]}')
    return ms


def train():
    """A start cache of what `gen` itself loads: the best that can be had."""
    cache = os.path.join(TARGET, 'data', 'gen.aot')
    if os.path.exists(cache):
        os.unlink(cache)
    whole(ours(cache, '-XX:-UseSerialGC', '-XX:+UseG1GC', '-Xlog:disable', f'-XX:AOTCacheOutput={cache}'))
    return cache
