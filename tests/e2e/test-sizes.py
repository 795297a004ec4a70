# SPDX-License-Identifier: GPL-3.0-or-later
# settings: zh-light zh-large
# timeout: 240
"""The window on a small screen and with large letters: it fits, below 1000 pixels the detail is a
page of its own, and the keyboard leads back from it. A file that cannot be opened leaves the open
one where it is."""
import re
import shutil
from pathlib import Path

from scenario import DISPUTE, SETTING, Program, _, run, wait_for

SCREEN_WIDTH, SCREEN_HEIGHT = 1280, 800


def fits(p, width, height):
    _x, _y, w, h = p.app.windows()[0].extents
    assert w <= width and h <= height, "the window needs %d×%d" % (w, h)


def forms(p):
    for name, action in (("intake", ("win.new-matter", "")), ("help", ("win.help",)),
                         ("shortcuts", ("win.shortcuts",))):
        p.app.action(*action)
        p.wait(lambda s, name=name: s["page"] == name, what=name)
        fits(p, SCREEN_WIDTH, SCREEN_HEIGHT)
        p.picture(name)
    p.app.action("win.page", "situation")


def narrow(p, number):
    p.app.resize(900, 700)
    wait_for(lambda: p.app.windows()[0].extents[2] < 940, what="a narrow window")
    p.picture("narrow-matter")
    timeline = p.find("list", _("Timeline"))
    assert timeline.extents[2] > 560, "the detail lies beside the list: %r" % (timeline.extents,)
    assert p.find("button", _("Close the Detail")).sensitive
    p.app.key("alt+Left")
    p.wait(lambda s: s["number"] == "", what="the way back to the list")
    p.picture("narrow-list")
    p.app.action("win.new-matter", "")
    p.wait(lambda s: s["page"] == "intake", what="the form")
    p.picture("narrow-intake")
    p.app.action("win.page", "situation")
    p.app.resize(1180, 740)
    p.app.action("app.open-matter", number)
    p.wait(lambda s: s["number"] == number, what="the matter")
    wait_for(lambda: p.find("list", _("Timeline")).extents[2] < 400,
             what="list and detail side by side")


def refused_file(p):
    """Neither a file of something else nor a demo that has to be made first closes what is open."""
    junk = p.profile / "junk.gridwork"
    junk.write_text("this is no file of ours")
    before = p.state()
    p.open_file(junk)
    p.app.wait_for(lambda: p.app.find_all("label", where=lambda n: "junk.gridwork" in n.text,
                                          tables=False), timeout=15, what="the reason")
    p.picture("refused")
    p.app.key("Escape")
    after = p.state()
    assert all(after[k] == before[k] for k in ("session", "n", "number", "page")), (before, after)
    # Another centre's file is opened, and then the demo, which is no longer there: it is made
    # beside the work that goes on, and the work can be cancelled.
    other = p.profile / "other.gridwork"
    shutil.copy(p.file, other)
    p.open_file(other)
    p.wait(lambda s: s.get("session") == str(other) and s["loading"] == "0", 20, "the other file")
    for suffix in ("", ".search", ".snapshot"):
        Path(str(p.file) + suffix).unlink(missing_ok=True)
    p.app.action("win.open-demo")
    p.wait(lambda s: s["tasks"] == "1", what="the demo being made")
    p.press("Running tasks")
    p.picture("making")
    p.press(re.compile(re.escape(_("Making the demonstration district"))))
    p.wait(lambda s: s["tasks"] == "0", 20, "the work to be cancelled")
    assert p.state()["session"] == str(other)


def main():
    with Program(rows=3000) as p:
        p.app.action("win.filter", "type=" + DISPUTE + " open=yes")
        p.settled()
        number = p.ask("list", "--type", DISPUTE, "--state", "filed", "--limit", 1)["matters"][0][
            "number"]
        p.app.action("app.open-matter", number)
        p.wait(lambda s: s["number"] == number, what="the matter")
        fits(p, SCREEN_WIDTH, SCREEN_HEIGHT)
        p.picture("whole")
        forms(p)
        if SETTING != "zh-large":
            narrow(p, number)
            refused_file(p)
        p.quiet()


run(main)
