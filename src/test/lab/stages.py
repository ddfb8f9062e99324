"""When each stage of a boot was reached, in seconds after power-on, read from the server's own events."""
import json
from datetime import datetime

# What the stand-in says of its config when it is installed.
ON_DISK = 'found on the disk'

# Stage -> the events that tell of it.
STAGES = {
    'heard': lambda e: e['event'] == 'heard',
    'offered': lambda e: e['event'] == 'offered',
    'loader': lambda e: done(e, 'LOADER'),
    'waiting': lambda e: e['event'] == 'waitingForApproval',
    'approved': lambda e: e['event'] == 'approved',
    'script': lambda e: done(e, 'SCRIPT'),
    'kernel': lambda e: done(e, 'KERNEL'),
    'initramfs': lambda e: done(e, 'INITRAMFS'),
    'config': lambda e: e['event'] == 'configServed' or done(e, 'CONFIG'),
}

# disk: what was started from the disk said so.
COLUMNS = *STAGES, 'disk'


def done(event, kind):
    return event['event'] == 'transferDone' and event.get('kind') == kind


def read(lines, power_on):
    """Stage -> seconds. Several scripts lead to the kernel, so for them the last one before it counts."""
    times = {}
    for event in map(json.loads, lines):
        for stage, tells in STAGES.items():
            if tells(event) and (stage not in times or stage == 'script' and 'kernel' not in times):
                times[stage] = datetime.fromisoformat(event['at']).timestamp() - power_on
    return times


def missing(mode, firmware, times, config):
    """What the server should have reported for such a boot, and did not."""
    expected = {'heard', 'script', 'kernel', 'initramfs'}
    if config and config != ON_DISK:  # after a power cut either may be
        expected.add('config')
    if mode != 'router':
        expected.add('offered')
    if firmware != 'bios':
        expected.add('loader')
    return sorted(expected - times.keys())


def table(rows):
    """rows: (scenario name parts..., times, seconds until TCP 50000 answered or None)."""
    head = ['mode', 'firmware', 'iPXE', 'life', *COLUMNS, 'port 50000']
    body = [[*names, *(seconds(times.get(s)) for s in COLUMNS), seconds(answered)] for names, times, answered in rows]
    widths = [max(map(len, column)) for column in zip(head, *body)]
    return '\n'.join('  '.join(cell.ljust(w) for cell, w in zip(row, widths)).rstrip() for row in [head, *body])


def seconds(value):
    return '-' if value is None else f'{value:.1f}'
