"""How long and how much memory does a process take that reads what must be refused?"""

import json
import re
import subprocess
import sys

SECONDS, MEBIBYTES = 2, 300


def assert_refused_soon(script, lines, worst):
    """Within two seconds each, and 300 MiB for the process that reads them all.

    Args:
        script: Python that reads the files named on its input, a line each, and prints as JSON
            its `peak` in KiB and what it `told`: file name -> seconds and message.
        worst: file name -> something, and what the message must hold.
    """
    done = subprocess.run(
        [sys.executable, "-c", script], input=lines, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert measured["told"].keys() == worst.keys()
    for name, (seconds, message) in measured["told"].items():
        assert re.search(worst[name][1], message), f"{name}: {message}"
        assert seconds < SECONDS, name
    assert measured["peak"] < MEBIBYTES * 2**10
