#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that tools/count-tests.py neither loses a failure nor invents a pass. Prints TAP."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

COUNT = Path(__file__).resolve().parent.parent.parent / "tools" / "count-tests.py"
CASES = [
    ("cases of a program are counted one by one",
     [("OK", "TAP version 13\nok 1 /a\nok 2 /b\n1..2\n")], "2 passed, 0 failed", 0),
    ("a program that does not speak TAP counts once", [("OK", "fine\n")], "1 passed, 0 failed", 0),
    ("a failed case", [("FAIL", "ok 1 /a\nnot ok 2 /b\n")], "1 passed, 1 failed", 1),
    ("a program that died before it could say which",
     [("FAIL", "ok 1 /a\n"), ("OK", "ok 1 /c\n")], "2 passed, 1 failed", 1),
    ("a time-out", [("TIMEOUT", "")], "0 passed, 1 failed", 1),
    ("a broken error status", [("ERROR", None)], "0 passed, 1 failed", 1),
    ("a skipped case is no pass", [("OK", "ok 1 /a # SKIP no display\nok 2 /b\n")],
     "1 passed, 0 failed", 0),
    ("a skipped program is no pass", [("SKIP", ""), ("OK", "")], "1 passed, 0 failed", 0),
    ("nothing ran", [], "0 passed, 0 failed", 1),
    ("cases below another are not lost", [("FAIL", "    not ok 1 /a/b\nok 1 /c\n")],
     "1 passed, 1 failed", 1),
]


def main():
    bad = 0
    for number, (name, entries, line, status) in enumerate(CASES, 1):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
            for result, out in entries:
                log.write(json.dumps({"name": "x", "result": result, "stdout": out}) + "\n")
            log.flush()
            r = subprocess.run([sys.executable, str(COUNT), log.name], capture_output=True,
                               text=True, check=False)
        fine = r.stdout.splitlines()[-1:] == [line] and r.returncode == status
        bad += not fine
        print(f"{'ok' if fine else 'not ok'} {number} - {name}")
        if not fine:
            print(f"# {r.stdout.strip()} with status {r.returncode}, expected {line}, {status}")
    print(f"1..{len(CASES)}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
