#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-new-plugin.py BUILD PREFIX: a module is made outside the tree with what is installed and
nothing else, passes its check, and its matters are taken in by the program. Speaks TAP."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BUILD, PREFIX = sys.argv[1], sys.argv[2].lstrip("/")
ID, TYPE = "org.example.streetlights", "org.example.streetlights/lamp"
TABLE = """标题,上报时间,地址,社区代码,状况,编号
路灯不亮,2022-12-30 19:10,井巷3号,510903001001,故障,L-17
灯杆缺失,2022-12-30 20:00,井巷9号,510903001001,丢失,L-22
"""


class Place:
    def __init__(self, root):
        self.root = root
        self.prefix = root / "system" / PREFIX
        self.work = root / "work"
        self.work.mkdir()
        keep = {k: v for k, v in os.environ.items() if not k.startswith(("GW_", "MESON"))}
        share = self.prefix / "share"
        self.env = keep | {
            "GW_DATA_DIR": str(share / "gridwork"), "GW_LOCALE_DIR": str(share / "locale"),
            "GW_LIBEXEC_DIR": str(next(self.prefix.glob("lib*/gridwork/gridwork-probe")).parent),
            "PATH": f"{self.prefix / 'bin'}:{keep['PATH']}",
            "XDG_CACHE_HOME": str(root / "cache"), "LC_ALL": "C.UTF-8"}

    def run(self, *argv, status=0, cwd=None, **env):
        done = subprocess.run([str(a) for a in argv], capture_output=True, text=True, check=False,
                              cwd=cwd or self.work, env=self.env | env, stdin=subprocess.DEVNULL)
        assert done.returncode == status, f"{argv}: {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout


def install(root):
    """As a package does it, but into a folder, so the .pc file learns of the other prefix."""
    subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir",
                    str(root / "system")], check=True, capture_output=True)
    place = Place(root)
    pc = next(place.prefix.glob("lib/**/pkgconfig/gridwork-plugin.pc"))
    pc.write_text(re.sub(r"^prefix=.*$", f"prefix={place.prefix}", pc.read_text(), flags=re.M))
    place.env["PKG_CONFIG_PATH"] = str(pc.parent)
    return place


def test_refusals(place):
    for words in (["--record", "lamp"], ["lamps", "--record", "lamp"], [ID],
                  ["Org.Example.x", "--record", "lamp"], [ID, "--record", "La mp"],
                  [ID, "--record", "license_plate"], [ID, "--record", "lamp", "--group", "misc"],
                  [ID, "--record", "lamp", "--label", 'a"b']):
        place.run("gridwork-new-plugin", *words, status=2)
    assert not list(place.work.iterdir()), "a refused wish left something behind"


def test_build(place):
    place.run("gridwork-new-plugin", ID, "--record", "lamp", "--label", "Street lamp",
              "--label-zh", "路灯")
    place.run("gridwork-new-plugin", ID, "--record", "lamp", status=1)   # there is one already
    folder = place.work / "streetlights"
    assert {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} == {
        "streetlights.c", "meson.build", "README.md", "po/meson.build", "po/LINGUAS",
        "po/POTFILES.in", "po/zh_CN.po"}
    assert not re.search(r"@[A-Z_]+@", "".join(p.read_text() for p in folder.rglob("*.*")))
    place.run("meson", "setup", "b", "--fatal-meson-warnings", "--werror", cwd=folder)
    place.run("meson", "compile", "-C", "b", cwd=folder)
    place.run("meson", "test", "-C", "b", cwd=folder)


def test_check(place):
    module = place.work / "streetlights/b/streetlights.so"
    findings = json.loads(place.run("gridwork-plugin-check", "--json", module))[0]["findings"]
    assert {f["result"] for f in findings} == {"pass"}, findings
    needed = re.findall(r"NEEDED.*\[(.*)\]", place.run("readelf", "-d", module))
    assert set(needed) <= {"libc.so.6"}, needed


def test_seen(place):
    path = {"GW_PLUGIN_PATH": str(place.work / "streetlights/b")}
    seen = json.loads(place.run("gridwork-cli", "modules", "--json", **path))["modules"]
    assert [(m["id"], m["state"], m["types"]) for m in seen] == [(ID, "loaded", [TYPE])], seen
    chinese = place.run("gridwork-cli", "modules", LANGUAGE="zh_CN", **path)
    assert f"{TYPE}\t路灯\n" in chinese, chinese
    assert place.run("gridwork-cli", "retry", ID, **path).startswith("loaded")
    place.run("gridwork-cli", "retry", "org.example.nothing", status=2, **path)


def test_matters(place):
    own = next(place.prefix.glob("lib/**/risk-dispute.so")).parent
    path = {"GW_PLUGIN_PATH": f"{own}:{place.work / 'streetlights/b'}"}
    clock = ("--test-clock", "2022-12-31T22:00")
    (place.work / "lamps.csv").write_text(TABLE, encoding="utf-8")
    place.run("gridwork-cli", "demo", "a.gridwork", "--rows", 300, "--seed", 3, *clock, **path)
    place.run("gridwork-cli", "import", "a.gridwork", "--type", TYPE, "lamps.csv", *clock, **path)
    for safe in ([], ["--safe-mode"]):     # readable without the module as well
        found = json.loads(place.run("gridwork-cli", "list", "a.gridwork", "--type", TYPE, "--json",
                                     *safe, *clock, **path))["matters"]
        assert sorted(m["title"] for m in found) == ["灯杆缺失", "路灯不亮"], found


def main():
    tests = [(n, f) for n, f in globals().items() if n.startswith("test_")]
    failed = 0
    print(f"1..{len(tests)}")
    if shutil.which("readelf") is None or shutil.which("pkg-config") is None:
        print("Bail out! readelf and pkg-config are needed")
        return 1
    with tempfile.TemporaryDirectory(prefix="gw-new-plugin-") as root:
        place = install(Path(root))
        for number, (name, func) in enumerate(tests, 1):
            try:
                func(place)
                print(f"ok {number} {name}")
            except AssertionError as error:
                failed += 1
                print(f"not ok {number} {name}")
                for line in str(error).splitlines():
                    print("# " + line)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
