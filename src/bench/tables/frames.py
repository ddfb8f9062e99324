"""The boot page while every machine tells ten things a second, drawn by the processor on a virtual screen (Xvfb)."""
import os
import shutil
import subprocess

from bench import HERE, JAVA_FLAGS, OURS, Missing, folder, jars, java, measure

TITLE = 'Frames'
FX_FLAGS = ['-Dprism.order=sw', '-Djdk.virtualThreadScheduler.parallelism=1']


def run(bench):
    bench.peers(frames=screen)
    if not shutil.which('xvfb-run'):
        return
    classes = compiled()
    tables = []
    seconds = bench.sized(8, 2)
    for machines, fps in bench.sized(((4, 60), (100, 60), (1000, 50)), ((4, 60),)):
        what = f'{machines:,} machines, {10 * machines:,} updates/s'
        tables.append((machines, {
            # The toolkit beats 60 times a second at most; a tenth less is the clock's own jitter.
            'fps': bench.row(f'{what}: frames', '/s', against=None, must=fps * 0.99),
            'fx': bench.row(f'{what}: screen thread', '% of a processor', more=False, against=None, must=20),
            'gap95': bench.row(f'{what}: between frames, 95 of 100 below', 'ms', more=False, against=None),
            'busyMax': bench.row(f'{what}: longest wait for the screen thread', 'ms', more=False, against=None, aim=50),
        }))
    for _ in bench.turns():
        for machines, rows in tables:
            got = measure(['xvfb-run', '-a', '-s', '-screen 0 1400x1000x24', java(), *JAVA_FLAGS, *FX_FLAGS,
                           '-cp', os.pathsep.join([classes, jars()]), 'dev.ichor.ui.FrameLoad', str(machines), str(seconds)])
            for key, row in rows.items():
                row.add(OURS, got and got[key])


def screen():
    if not shutil.which('xvfb-run'):
        raise Missing('xvfb-run (Debian packages xvfb xauth)')


def compiled():
    """In the page's own package, so that it can be shown without the wizard around it."""
    out = folder('frames')
    subprocess.run([os.path.join(os.path.dirname(java()), 'javac'), '-nowarn', '-cp', jars(), '-d', out,
                    os.path.join(HERE, 'load', 'FrameLoad.java')], check=True)
    return out
