#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of gridwork-cli as a script uses it: one JSON document on the output, and exit
status 0 for done, 1 for refused, 2 for unusable input or usage. Speaks TAP."""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

CLI = sys.argv[1]
CLOCK = "2022-12-31T22:00"
DISPUTE = "risk.dispute/dispute"
HEADER = "工单编号,标题,诉求内容,纠纷类型,涉及人数,受理渠道,受理时间,事发地址,社区代码,经度,纬度"
ROW = "%s%03d,井巷井盖争议%d,两户对井盖维修有分歧,邻里纠纷,2人,热线,2022-12-30 09:%02d,井巷%d号,%s,,"
HELD = {}


def cli(*words, status=0, as_seat=None, clock=True):
    words = [str(w) for w in words]
    words += ["--as", as_seat] if as_seat else []
    words += ["--test-clock", CLOCK] if clock else []
    r = subprocess.run([CLI, *words], capture_output=True, text=True, check=False,
                       stdin=subprocess.DEVNULL)
    assert r.returncode == status, "%s: status %d, wanted %d: %s%s" % (
        " ".join(words), r.returncode, status, r.stdout, r.stderr)
    assert status != 2 or r.stderr.strip(), "%s: unusable, and no word why" % " ".join(words)
    return r.stdout


def ask(*words, **how):
    return json.loads(cli(*words, "--json", **how))


def figure(name, *words):
    return next(f["number"] for f in ask("figures", HELD["file"], *words)["figures"]
                if f["id"] == name)


def first(state):
    return ask("list", HELD["file"], "--type", DISPUTE, "--state", state, "--limit", 1)["matters"][
        0]["number"]


def test_demo(folder):
    HELD["file"] = folder / "demo.gridwork"
    made = ask("demo", HELD["file"], "--rows", 1500, "--seed", 7)
    assert made["file"] == str(HELD["file"]) and len(made["fingerprint"]) >= 16, made
    again = ask("demo", folder / "again.gridwork", "--rows", 1500, "--seed", 7)
    assert again["fingerprint"] == made["fingerprint"]
    cli("demo", HELD["file"], "--rows", 1500, status=2)      # there is one already


def test_figures(folder):
    total = figure("matters.total")
    assert total == 1500, total
    assert figure("matters.open") + figure("matters.closed") == total
    assert 0 < figure("matters.total", "--type", DISPUTE) < total
    cli("figures", folder / "none.gridwork", status=2)
    cli("figures", HELD["file"], "--area", "000000", status=2)


def test_list(folder):
    everything = ask("list", HELD["file"], "--limit", 3)
    assert everything["total"] == 1500 and len(everything["matters"]) == 3
    disputes = ask("list", HELD["file"], "--type", DISPUTE)
    assert disputes["total"] == figure("matters.total", "--type", DISPUTE)
    matter = disputes["matters"][0]
    for text in (matter["number"], matter["case_code"], matter["case_code"].lower()):
        assert [m["number"] for m in ask("list", HELD["file"], "--text", text)["matters"]] == [
            matter["number"]], text
    cli("list", HELD["file"], "--state", "sleeping", status=2)
    cli("list", HELD["file"], "--type", "no/such", status=2)
    cli("list", HELD["file"], "--limit", "many", status=2)


def test_show(folder):
    number = first("filed,waiting,handling")
    matter = ask("show", HELD["file"], number)
    assert matter["number"] == number and matter["timeline"][0]["verb"] == "submit"
    assert ask("show", HELD["file"], matter["case_code"])["number"] == number
    cli("show", HELD["file"], "510903-DIS-1999-000001", status=2)


def test_verb(folder):
    number = first("filed,reported")
    before = ask("show", HELD["file"], number)
    if before["state"] == "reported":
        cli("verb", HELD["file"], number, "file", as_seat="dispatcher")
    n = len(ask("show", HELD["file"], number)["timeline"])
    cli("verb", HELD["file"], number, "sign", as_seat="sfj", status=1)      # the state forbids it
    cli("verb", HELD["file"], number, "dispatch", "--org", "510903-SFJ", as_seat="statistician",
        status=1)       # the role forbids it
    cli("verb", HELD["file"], number, "dispatch", as_seat="dispatcher", status=2)   # to whom?
    cli("verb", HELD["file"], number, "wink", as_seat="dispatcher", status=2)
    cli("verb", HELD["file"], number, "dispatch", "--org", "NOBODY", as_seat="dispatcher", status=2)
    assert len(ask("show", HELD["file"], number)["timeline"]) == n
    done = ask("verb", HELD["file"], number, "dispatch", "--org", "510903-SFJ",
               as_seat="dispatcher")
    assert done == {"number": number, "state": "waiting"}, done
    after = ask("show", HELD["file"], number, as_seat="sfj")
    assert len(after["timeline"]) == n + 1 and after["timeline"][-1]["verb"] == "dispatch"
    assert "sign" in after["offers"], after["offers"]


def table(folder, name, codes, letters):
    path = folder / name
    rows = [ROW % (letters, i, i, i, i + 1, code) for i, code in enumerate(codes)]
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


def test_import(folder):
    n = figure("matters.total")
    good = table(folder, "good.csv", ["510903001001"] * 3, "RX")
    bad = table(folder, "bad.csv", ["510903001001", "5.10903E+11", "510903001001"], "RY")
    how = ("--type", DISPUTE)
    cli("import", HELD["file"], *how, good, "--dry-run")
    assert figure("matters.total") == n
    taken = json.loads(cli("import", HELD["file"], *how, bad, "--json", status=1))
    assert any(p["row"] == 3 and p["fatal"] for p in taken["problems"]), taken
    assert figure("matters.total") == n + 2
    taken = ask("import", HELD["file"], *how, good)
    assert figure("matters.total") == n + 5
    assert ask("undo", HELD["file"], taken["batch"]) == {"withdrawn": 3, "stayed": 0}
    assert figure("matters.total") == n + 2
    empty = folder / "empty.csv"
    empty.write_text("", encoding="utf-8")
    cli("import", HELD["file"], *how, empty, status=2)
    cli("import", HELD["file"], "--type", "no/such", good, status=2)
    cli("import", HELD["file"], *how, good, "--crs", "moon", status=2)


def test_export(folder):
    n = figure("matters.total")
    for name in ("out.csv", "out.xlsx", "out.geojson", "out.gpkg"):
        written = ask("export", HELD["file"], folder / name, "--purpose", "核对")
        assert written["rows"] == n, written
        assert (folder / name).stat().st_size > 0
    cli("export", HELD["file"], folder / "out.doc", "--purpose", "核对", status=2)
    cli("export", HELD["file"], folder / "no" / "out.csv", "--purpose", "核对", status=2)


def test_backup_and_verify(folder):
    copy = folder / "copy.gridwork"
    assert ask("backup", HELD["file"], copy) == {"file": str(copy)}
    for path in (HELD["file"], copy):
        report = ask("verify", path)
        assert report["problem"] is None and report["events"] > 1500, report
    with sqlite3.connect(copy) as base:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"
                                    " AND tbl_name = 'event'").fetchall():
            base.execute('DROP TRIGGER "%s"' % name)
        base.execute("UPDATE event SET account = account + 1 WHERE seq = 10")
    report = ask("verify", copy, status=1)      # an entry that is not the one that was sealed
    assert not report["accepted"] and report["problem"], report
    junk = folder / "junk.gridwork"
    junk.write_text("no file of ours")
    cli("verify", junk, status=2)


def test_usage(folder):
    cli(status=2, clock=False)
    cli("dance", HELD["file"], status=2)
    cli("list", status=2)
    cli("list", HELD["file"], "--test-clock", "noon", status=2, clock=False)
    cli("list", HELD["file"], as_seat="nobody", status=2)


def test_modules(folder):
    seen = ask("modules")
    dispute = next(m for m in seen["modules"] if m["id"] == "risk.dispute")
    assert (dispute["state"], dispute["types"]) == ("loaded", [DISPUTE]), dispute
    assert "risk.dispute" in cli("retry", "risk.dispute")
    cli("retry", "risk.nothing", status=2)
    cli("disable", "risk.nothing", status=2)
    assert ask("disable", "risk.dispute")["modules"][0]["state"] == "disabled"
    assert {m["state"] for m in ask("modules")["modules"] if m["id"] == "risk.dispute"} == {
        "disabled"}
    assert ask("list", HELD["file"], "--type", DISPUTE)["matters"]    # readable all the same
    assert ask("enable", "risk.dispute")["modules"][0]["state"] == "loaded"
    with_modules = ask("figures", HELD["file"])["figures"]
    without = ask("figures", HELD["file"], "--safe-mode")["figures"]
    assert {f["id"] for f in with_modules} > {f["id"] for f in without}


TESTS = (test_demo, test_figures, test_list, test_show, test_verb, test_import, test_export,
         test_backup_and_verify, test_modules, test_usage)


def main():
    failed = 0
    print("1..%d" % len(TESTS), flush=True)
    with tempfile.TemporaryDirectory() as name:
        os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = name
        for i, test in enumerate(TESTS, 1):
            try:
                test(Path(name))
                print("ok %d - %s" % (i, test.__name__[5:]), flush=True)
            except (AssertionError, KeyError, IndexError, ValueError) as e:
                failed += 1
                print("not ok %d - %s\n# %r" % (i, test.__name__[5:], e), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
