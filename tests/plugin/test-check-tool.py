#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-check-tool.py CHECK FIXTURES MODULE...: what gridwork-plugin-check prints and returns."""
import json
import subprocess
import sys

CHECK, FIXTURES, MODULES = sys.argv[1], sys.argv[2], sys.argv[3:]


def run(*argv):
    done = subprocess.run([CHECK, *argv], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def expect(what, seen, wanted):
    if seen != wanted:
        sys.exit(f"{what}: {seen!r} instead of {wanted!r}")


expect("no argument", run()[0], 2)
expect("unknown option", run("--nonsense")[0], 2)
expect("a good module", run(*MODULES)[0], 0)
expect("a missing file", run("/nowhere.so")[0], 1)

status, text = run("--json", *MODULES, f"{FIXTURES}/no-privacy.so")
expect("a good and a bad one", status, 1)
good, bad = json.loads(text)[0], json.loads(text)[-1]
expect("all passed", {f["result"] for f in good["findings"]}, {"pass"})
expect("reads", "matter.type" in good["reads"], True)
failed = [f for f in bad["findings"] if f["result"] == "fail"]
expect("rule", [f["rule"] for f in failed], ["privacy.fields"])
expect("place", "test.good/thing.title" in failed[0]["found"], True)
expect("mend", "OPEN" in failed[0]["mend"], True)

rules = [line.split()[0] for line in run("--list")[1].splitlines()]
expect("rules", [f["rule"] for f in good["findings"]], rules)
