# SPDX-License-Identifier: GPL-3.0-or-later
# settings: zh-light
"""A module that ends the program: the next start names it, goes on with the others, and offers to
go without modules; the page of modules says what became of each, and switches them."""
import os
import shutil
import subprocess

from scenario import BUILD, PROGRAM, Program, _, run, wait_for


def die(p):
    """A start that the module ends, as a person has it."""
    ended = subprocess.run(
        [str(PROGRAM), "--profile", str(p.profile), "--demo", "--test-clock", p.clock],
        capture_output=True, check=False, timeout=120)
    assert ended.returncode == -11, ended



def look(p, name):
    """The page of modules, and away from it."""
    p.app.action("win.modules")
    window = p.app.window(_("Preferences"))
    p.picture(name)
    return window


def main():
    p = Program(rows=300)
    folder = p.profile / "modules"
    folder.mkdir()
    shutil.copy(BUILD / "tests/plugin/activate-crash.so", folder)
    shutil.copy(BUILD / "plugins/risk-dispute.so", folder)
    shutil.copytree(BUILD / "plugins/risk-dispute/po", folder / "risk-dispute/po")
    os.environ["GW_PLUGIN_PATH"] = str(folder)
    for part in ("CACHE", "CONFIG"):
        os.environ["XDG_%s_HOME" % part] = str(p.profile / part.lower())
    die(p)
    with p:
        wait_for(lambda: any("test.good" in label and "activate" in label
                             for label in p.app.root.labels()), 10, what="the culprit's name")
        p.picture("named")
        p.press("Go On")
        p.wait(lambda s: s["loading"] == "0", what="peace")
        look(p, "page")
        assert any("activate-crash" in label or "test.good" in label
                   for label in p.app.root.labels())
        # Switched off it counts at once: its figures go, its matters stay in the list.
        wanted = p.app.find_all(None, _("Use this module"), tables=False)
        assert len(wanted) == 2, wanted
        before = p.state()["n"]
        wanted[1].click()
        p.app.no_window(_("Preferences"))
        wait_for(lambda: _("Resolution rate") not in p.app.root.labels(), 20, what="fewer figures")
        p.wait(lambda s: s.get("loading") == "0" and s.get("n") == before, 20, "the same matters")
        p.picture("without")


run(main)
