#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves the checkers: each rule has a tree that it refuses and one that it lets pass.

A fixture NAME.fixture holds both trees, so that no other tool stumbles over the bad one:

    expect: src/model/gw-lamp.c:5: banned: goto     any number of lines, at least one
    --- bad
    === src/model/gw-lamp.c                         a file, up to the next mark
    --- good

Of the outside tools of check-tree only the words are expected that matter, not each of their lines;
a tool that is not installed is skipped. Prints TAP.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parent.parent / "tools"
CHECKERS = ("source", "layers", "ui", "po", "tree")
NOT_INSTALLED = 77


def read_fixture(path):
    expected, trees, files, name = [], {}, None, None
    for line in path.read_text().splitlines():
        if line.startswith("expect: "):
            expected.append(line[len("expect: "):].strip())
        elif line in ("--- bad", "--- good"):
            files = trees.setdefault(line[4:], {})
            name = None
        elif line.startswith("=== "):
            name = line[4:].strip()
            files[name] = []
        elif name is not None:
            files[name].append(line)
    return expected, trees


def command_of(checker):
    if checker == "tree":
        return [str(TOOLS / "check-tree")]
    return [sys.executable, str(TOOLS / f"check-{checker}.py")]


def rule_arguments(checker, root, rule):
    return ["--root", root, rule] if checker == "tree" else ["--root", root, "--rule", rule]


def run_checker(checker, rule, files):
    with tempfile.TemporaryDirectory(prefix="gw-style-") as root:
        for name, lines in files.items():
            path = Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(lines) + "\n")
        return subprocess.run(command_of(checker) + rule_arguments(checker, root, rule),
                              capture_output=True, text=True, check=False)


def examine(checker, rule, path):
    """Returns a list of complaints about one fixture; None where its tool is not installed."""
    expected, trees = read_fixture(path)
    if not expected or set(trees) != {"bad", "good"}:
        return ["wants an expect line, a bad tree and a good tree"]
    bad = run_checker(checker, rule, trees["bad"])
    good = run_checker(checker, rule, trees["good"])
    if NOT_INSTALLED in (bad.returncode, good.returncode):
        return None
    said = bad.stdout + (bad.stderr if checker == "tree" else "")
    wrong = [f"not said: {e}\n{bad.stdout}{bad.stderr}" for e in expected if e not in said]
    if (bad.returncode == 0) if checker == "tree" else (bad.returncode != 1):
        wrong.append(f"the bad tree ended with {bad.returncode}\n{bad.stderr}")
    found = len(bad.stdout.splitlines())
    if found != len(expected) and checker != "tree":
        wrong.append(f"{found} findings in the bad tree, {len(expected)} expected\n{bad.stdout}")
    if good.returncode != 0:
        wrong.append(f"the good tree is refused\n{good.stdout}{good.stderr}")
    return wrong


def main():
    number = failed = 0
    for checker in CHECKERS:
        rules = subprocess.run(command_of(checker) + ["--list-rules"], capture_output=True,
                               text=True, check=True).stdout.split()
        strangers = {p.stem for p in (HERE / checker).glob("*.fixture")} - set(rules)
        for rule in rules + sorted(strangers):
            path = HERE / checker / f"{rule}.fixture"
            if rule in strangers:
                wrong = ["no such rule"]
            elif not path.exists():
                wrong = ["the rule has no fixture"]
            else:
                wrong = examine(checker, rule, path)
            number += 1
            failed += bool(wrong)
            skipped = " # SKIP not installed" if wrong is None else ""
            print(f"{'not ok' if wrong else 'ok'} {number} - {checker} {rule}{skipped}")
            for text in wrong or ():
                print("\n".join("# " + line for line in text.splitlines()))
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
