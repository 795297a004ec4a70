# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 300
"""The window comes back as it was left - size, page, filter, order, columns, panes, the selected
matter, the seat - after it was closed and after the program was killed in the middle of a verb;
what was acknowledged is in the file, and the journal is whole."""
from scenario import DISPUTE, SCREEN, Program, _, cli, run, wait_for
from ui_driver import GLib

SIZE = (1600, 900) if SCREEN == "1920x1080" else (1180, 740)
NEAR = 3    # pixels that a window manager may round


def headers(p):
    return [h for h in p.app.find("table", _("List of matters")).headers() if h]


def extents(p, role, name):
    return p.find(role, name).extents


def picture_of(p):
    """Everything that has to be as it was."""
    state = p.settled()
    frame = p.app.windows()[0].extents
    x, y, w, h = extents(p, "list", _("Pages and modules"))
    table = p.app.find("table", _("List of matters")).extents
    return {
        **{key: state[key] for key in ("page", "filter", "number", "seat", "n")},
        "columns": headers(p),
        "places": [frame[2], frame[3], w, table[0], table[1], table[2], table[3]],
    }


def same(p, before, what):
    def is_same():
        now = picture_of(p)
        places = zip(before["places"], now["places"])
        return all(abs(a - b) <= NEAR for a, b in places) and all(
            before[k] == now[k] for k in before if k != "places")
    try:
        wait_for(is_same, 15, what="the window as it was")
    except AssertionError as e:
        raise AssertionError("%s: %r, was %r" % (what, picture_of(p), before)) from e


def usable(p):
    """The detail that came back with the window can be worked with."""
    for name in (_("Dispatch"), _("Close the Detail")):
        button = p.find("button", name)
        wait_for(lambda button=button: button.sensitive, what="%s to be usable" % name)


def arrange(p):
    p.app.resize(*SIZE)
    p.app.action("win.filter", "type=" + DISPUTE + " open=yes")
    p.settled()
    number = p.ask("list", "--type", DISPUTE, "--state", "filed", "--limit", 1)["matters"][0][
        "number"]
    p.app.action("app.open-matter", number)
    p.wait(lambda s: s["number"] == number, what="the matter in the detail")
    # A column less, by the menu of the list.
    p.press("Columns of the list")
    p.app.find("menuitem", _("Due"), tables=False, on_screen=True).click()
    p.app.key("Escape")
    wait_for(lambda: _("Due") not in headers(p), what="a column less")
    # Another order, by the header.
    header = p.app.find("table", _("List of matters")).children[0]
    next(c for c in header.children if _("Number") in c.labels()).pointer()
    p.wait(lambda s: "sort=number" in s["filter"], what="the order by number")
    # The map gives room to the list, and the list to the detail.
    table = p.app.find("table", _("List of matters"))
    table.drag_to(dy=-60, start=(200, -2))
    timeline = p.find("list", _("Timeline"))
    before = timeline.extents
    p.take_seat("分派岗", "dispatcher")
    assert timeline.extents[2] == before[2]
    return number


def in_the_middle(p, number):
    """One verb is acknowledged; the next is on its way when the power goes."""
    p.app.action("app.verb", (number, "note", {"note": GLib.Variant("s", "现场已联系双方")}))
    wait_for(lambda: p.app.action_state("app.last-result").startswith("done: "), 15,
             what="the answer to the first verb")
    n = len(p.ask("show", number)["timeline"])
    left = picture_of(p)
    p.wait(lambda s: s["loading"] == "0", what="peace")
    for i in range(5):
        p.app.action("app.verb", (number, "note", {"note": GLib.Variant("s", "第%d条" % i)}))
    p.kill()
    cli("verify", p.file, status=0)
    later = len(p.ask("show", number)["timeline"])
    assert n <= later <= n + 5, (n, later)
    return left


def main():
    with Program(rows=3000) as p:
        p.settled()
        number = arrange(p)
        p.picture("left")
        left = picture_of(p)
        p.app.key("ctrl+w")
        p.app.wait_exit()
        p.start()
        same(p, left, "after closing")
        usable(p)
        p.picture("back")
        p.quiet()
        left = in_the_middle(p, number)
        p.start()
        same(p, left, "after the end")
        usable(p)
        p.app.action("win.page", "matters")
        p.wait(lambda s: s["page"] == "matters", what="the list alone")
        p.app.key("ctrl+w")
        p.app.wait_exit()
        p.start()
        p.wait(lambda s: s["page"] == "matters", what="the page of the last time")
        p.picture("matters")
        p.quiet()
        p.app.close()
        cli("verify", p.file, status=0)
        p.start()


run(main)
