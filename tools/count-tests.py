#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up what meson's test logs and the end-to-end log say, and prints `N passed, N failed`.

A program that speaks TAP counts case by case, any other one as a whole. A program that failed
counts at least one failure, even when it died before it could say which case.
"""
import json
import re
import sys

# nocheck:todo – a word of the TAP protocol
CASE = re.compile(r"^(?:\s{0,4})(ok|not ok)\b(?![^\n]*#\s*(?:SKIP|TODO))[^\n]*$", re.M | re.I)
SKIPPED = re.compile(r"^\s{0,4}ok\b[^\n]*#\s*SKIP", re.M | re.I)
GOOD = ("OK", "EXPECTEDFAIL")


def read(path):
    with open(path, encoding="utf-8") as log:
        for line in log:
            yield json.loads(line)


def count(entry):
    """Returns (passed, failed, skipped) of one program."""
    result, out = entry["result"], entry.get("stdout") or ""
    if result == "SKIP":
        return 0, 0, 1
    words = [m.group(1).lower() for m in CASE.finditer(out)]
    passed, failed = words.count("ok"), words.count("not ok")
    if result in GOOD:
        return max(passed, 0 if SKIPPED.search(out) else 1), failed, len(SKIPPED.findall(out))
    return passed, max(failed, 1), len(SKIPPED.findall(out))


def main():
    passed = failed = skipped = 0
    for path in sys.argv[1:]:
        for entry in read(path):
            p, f, s = count(entry)
            passed, failed, skipped = passed + p, failed + f, skipped + s
            if f:
                print(f"FAILED {entry['name']} ({entry['result']})", file=sys.stderr)
                tail = ((entry.get("stdout") or "") + (entry.get("stderr") or "")).splitlines()
                for line in [t for t in tail if not t.lstrip().startswith("ok ")][-25:]:
                    print("    " + line, file=sys.stderr)
    if skipped:
        print(f"({skipped} skipped: a tool or a feature of the system is missing)",
              file=sys.stderr)
    sys.stderr.flush()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
