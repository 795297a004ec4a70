# SPDX-License-Identifier: GPL-3.0-or-later
# settings: zh-light zh-dark en-light
# timeout: 240
"""A dispute is taken in by keyboard alone, in fewer keys than a minute has; its place by the area
picker, by an address that names the area, or by a click on the map; a half written form survives
the end of the program."""
import re
import sqlite3
from contextlib import closing

from scenario import Program, _, cli, run, wait_for

KEYS_A_MINUTE = 180     # three a second: an office typist with a Chinese input method
TITLE, SUMMARY = "井巷井盖损坏赔偿争议", "两户居民对井盖损坏后的赔偿金额有分歧，请求调解。"


class Keys:
    """The keyboard, counting. A Chinese character costs two keys by initials."""

    def __init__(self, app):
        self.app, self.n = app, 0

    def press(self, *combos):
        self.n += len(combos)
        self.app.key(*combos)

    def write(self, text):
        self.n += sum(1 if c.isascii() else 2 for c in text)
        self.app.type(text)


def begin(p, keys):
    keys.press("ctrl+n")
    p.wait(lambda s: s["page"] == "intake" and "GwRecordForm" in s["focus"] or
           "GwFormRow" in s["focus"], what="the form with the keyboard in the title")


def receipt(p):
    number = wait_for(lambda: next(
        (n for n in p.app.find_all("label", re.compile(r"^510903-DIS-\d{4}-\d{6}$"), tables=False)
         if n.on_screen()), None), 15, what="the number").text
    code = wait_for(lambda: next(
        (n for n in p.app.find_all("label", re.compile(r"^[0-9A-Z]{8}$"), tables=False)
         if n.on_screen()), None), what="the case code").text
    return number, code


def by_keyboard(p):
    keys = Keys(p.app)
    begin(p, keys)
    keys.write(TITLE)
    keys.press("Tab")
    keys.write(SUMMARY)
    keys.press("Tab")
    p.choose_next(keys.press, "Source")
    keys.press("Tab", "Tab")
    p.choose_next(keys.press, "Level")
    keys.press("Tab")
    keys.write("510903001001")      # the area by its code
    p.app.wait_for(lambda: p.app.popups(), what="the areas found")
    keys.press("Return", "Tab")
    keys.write("井巷7号")
    keys.press("Tab", "Tab", "Tab", "Tab")      # point, map, time, restricted
    for field in ("Kind of dispute", "People involved"):
        keys.press("Tab")
        p.choose_next(keys.press, field)
    p.picture("form")
    keys.press("ctrl+Return")
    number, code = receipt(p)
    p.picture("receipt")
    print("%d keys" % keys.n)
    assert keys.n <= KEYS_A_MINUTE, "%d keys" % keys.n

    taken = p.ask("show", number)
    assert taken["case_code"] == code and taken["title"] == TITLE, taken
    assert taken["area"] == "510903001001" and taken["address"] == "井巷7号", taken
    # The code finds the matter, and one wrong character finds nothing.
    assert p.ask("show", code)["number"] == number
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    cli("show", p.file, wrong, status=2)
    keys.press("Escape")        # the receipt shows the matter
    p.wait(lambda s: s["number"] == number and s["page"] == "situation", what="the new matter")
    return number


def by_address(p):
    p.app.key("ctrl+n")
    p.find("text", _("Address")).set_text("南津路街道电江路社区井巷9号")
    area = p.find("text", _("Area"))
    wait_for(lambda: "电江路" in area.text, what="the area of the address")
    p.picture("address")
    p.press("_Throw Away")
    p.wait(lambda s: s["page"] == "situation", what="the form to go")


def by_map(p):
    p.app.key("ctrl+n")
    p.press("Pick on the map")
    p.wait(lambda s: s["page"] == "situation", what="the map to pick from")
    where = p.find(None, _("Map"))
    p.picture("pick")
    where.pointer()
    p.wait(lambda s: s["page"] == "intake", what="the form with its point")
    assert re.fullmatch(r"105\.\d{7}, 30\.\d{7}", p.find("text", _("Point")).text)
    assert p.find("text", _("Area")).text != ""
    p.picture("picked")


def saved_draft(p):
    with closing(sqlite3.connect("file:%s?mode=ro" % p.file, uri=True)) as db:
        return "".join(row[0] for row in db.execute("SELECT payload FROM draft"))


def crash(p):
    """The form of the map is half written: title and summary, and nothing more."""
    p.find("text", _("Title")).set_text(TITLE)
    p.find("text", _("Summary")).set_text(SUMMARY)
    point, area = p.find("text", _("Point")).text, p.find("text", _("Area")).text
    # The word "draft saved" stands there since the point was picked: only the file knows better.
    wait_for(lambda: all(word in saved_draft(p) for word in (TITLE, SUMMARY)),
             what="the draft with title and summary")
    p.kill()
    p.start()
    p.wait(lambda s: s["drafts"] == "1", what="the draft that is offered")
    p.picture("draft-offered")
    p.press("Take Up")
    p.wait(lambda s: s["page"] == "intake", what="the form")
    for name, text in (("Title", TITLE), ("Summary", SUMMARY), ("Point", point), ("Area", area)):
        wait_for(lambda: p.find("text", _(name)).text == text, what="the text of " + name)
    p.picture("draft-taken-up")


def main():
    with Program(rows=3000) as p:
        p.settled()
        by_keyboard(p)
        by_address(p)
        by_map(p)
        crash(p)
        p.quiet()
        p.app.close()
        cli("verify", p.file, status=0)
        p.start()


run(main)
