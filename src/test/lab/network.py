"""The lab's own network: four network namespaces, so that nothing touches the computer's network.

lan     a switch (bridge) with the machine's tap0
router  192.168.77.1, where dnsmasq runs
pc      192.168.77.10, where Ichor runs
nas     192.168.77.20, where Matchbox, a TFTP server and dnsmasq run
"""
import subprocess

ROUTER, PC, NAS = '192.168.77.1', '192.168.77.10', '192.168.77.20'

# A full-tunnel VPN takes the default route of many an owner's PC; it leads nowhere here, so a broadcast that is not
# sent from the chosen adapter is lost.
UP = f"""
-n lan link add br0 type bridge stp_state 0 forward_delay 0
-n lan link set br0 up
-n lan link add router0 type veth peer name eth0 netns router
-n lan link set router0 master br0 up
-n router addr add {ROUTER}/24 dev eth0
-n router link set eth0 up
-n lan link add pc0 type veth peer name eth0 netns pc
-n lan link set pc0 master br0 up
-n pc addr add {PC}/24 dev eth0
-n pc link set eth0 up
-n lan link add nas0 type veth peer name eth0 netns nas
-n lan link set nas0 master br0 up
-n nas addr add {NAS}/24 dev eth0
-n nas link set eth0 up
-n nas route add default via {ROUTER}
-n lan tuntap add dev tap0 mode tap
-n lan link set tap0 master br0 up
-n pc link add vpn0 type veth peer name vpn1
-n pc addr add 10.99.0.1/24 dev vpn0
-n pc link set vpn0 up
-n pc link set vpn1 up
-n pc route add default via 10.99.0.2
"""


class Network:
    PLACES = ('lan', 'router', 'pc', 'nas')

    def __init__(self, prefix):
        self.prefix = prefix

    def __enter__(self):
        self._remove()
        for place in self.PLACES:
            ip('netns', 'add', f'{self.prefix}-{place}')
            ip('-n', f'{self.prefix}-{place}', 'link', 'set', 'lo', 'up')
        for line in UP.strip().splitlines():
            words = [f'{self.prefix}-{w}' if w in self.PLACES else w for w in line.split()]
            ip(*words)
        return self

    def __exit__(self, *_):
        self._remove()

    def inside(self, place, *command):
        return ['ip', 'netns', 'exec', f'{self.prefix}-{place}', *command]

    def _remove(self):
        for place in self.PLACES:
            subprocess.run(['ip', 'netns', 'del', f'{self.prefix}-{place}'], stderr=subprocess.DEVNULL)


def ip(*words):
    subprocess.run(['ip', *words], check=True)
