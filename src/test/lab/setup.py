"""The NAS boots the machine from what the Windows setup brings: it is unpacked, its jars write the NAS's files, from its loaders.

Java and the start script are this computer's; of its own loaders nothing can be seen meanwhile.
"""
import glob
import os
import shutil
import subprocess

import nas

SYSTEMS = '/usr/lib/ipxe', '/usr/lib/PXELINUX', '/usr/lib/syslinux'
# What the NAS must have got from the setup.
FILES = 'lpxelinux.0', 'ldlinux.c32', 'ipxe.lkrn'


def newest():
    """The setup as `mvn -Pinstaller package` left it, or None."""
    return max(glob.glob(os.path.abspath('target/ichor-*-setup.exe')), key=os.path.getmtime, default=None)


def possible():
    return newest() is not None and shutil.which('7z') is not None


class SetupBoot(nas.NasBoot):
    def assemble(self):
        subprocess.run(['7z', 'x', '-y', '-bd', f'-o{self.work}/setup', newest(), 'app'], check=True, capture_output=True)
        self.app = f'{self.work}/setup/app'
        shutil.copy('target/ichor/bin/ichor', f'{self.app}/bin')
        os.mkdir(f'{self.work}/nothing')
        if problem := super().assemble():
            return problem
        for name in FILES:
            with open(f'{self.app}/loaders/{name}', 'rb') as ours, open(f'{self.folder}/tftp/{name}', 'rb') as served:
                if ours.read() != served.read():
                    return f'{name} on the NAS is not the setup\'s'
        return None

    def ichor(self, *words, loaders):
        hidden = ' && '.join(f'mount --bind {self.work}/nothing {folder}' for folder in SYSTEMS)
        return subprocess.run(
            self.network.inside('pc', 'env', f'XDG_CACHE_HOME={self.work}/cache', 'bash', '-c',
                                f'{hidden} && exec "$0" "$@"', f'{self.app}/bin/ichor', *words),
            capture_output=True, text=True, check=False)
