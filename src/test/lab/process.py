"""Started programs whose output is kept in a file and can be waited for line by line."""
import os
import signal
import subprocess
import threading
import time


class Process:
    def __init__(self, command, log, errors=subprocess.STDOUT):
        """Output goes to the file `log`; what it writes to standard error too, unless `errors` names another file."""
        self.lines, self.times, self._news, self._ended = [], [], threading.Condition(), False
        stderr = errors if errors == subprocess.STDOUT else open(errors, 'wb')
        self._popen = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr, start_new_session=True)
        self._reader = threading.Thread(target=self._read, args=(log,), daemon=True)
        self._reader.start()

    def _read(self, log):
        with open(log, 'wb', buffering=0) as out:
            rest = b''
            while chunk := self._popen.stdout.read1(1 << 16):
                out.write(chunk)
                *whole, rest = (rest + chunk).split(b'\n')
                with self._news:
                    self.times += [time.time()] * len(whole)
                    self.lines += [line.decode(errors='replace').rstrip('\r') for line in whole]
                    self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()

    def wait_for(self, wanted, seconds, since=0, times=1):
        """The line from number `since` on that has `wanted` in it, the first or so many times; None when the time is over
        or the program has ended without it."""
        deadline, seen = time.monotonic() + seconds, since
        with self._news:
            while True:
                for line in self.lines[seen:]:
                    times -= wanted in line
                    if not times:
                        return line
                seen, left = len(self.lines), deadline - time.monotonic()
                if self._ended or left <= 0:
                    return None
                self._news.wait(left)

    def first(self, wanted, after):
        """When the first line with `wanted` in it came after that time, in seconds since 1970, or None."""
        return next((at for at, line in zip(self.times, self.lines) if at > after and wanted in line), None)

    def kill(self):
        self.stop(signal.SIGKILL)

    def stop(self, *signs):
        for sign in signs or (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self._popen.pid, sign)
                self._popen.wait(10)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self._popen.wait()
        self._reader.join(10)
