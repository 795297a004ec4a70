# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 240
"""The search takes one Chinese character and more, initials, numbers, case codes and names of
places; its answer is list and map at once, and the same as the command line's."""
from scenario import Program, _, run, wait_for


def titles(p):
    return [row for row in p.app.find("table", _("List of matters")).table(12)]


def found(p, text):
    """What the window finds is what the file holds, in the list and on the map."""
    listed = p.ask("list", "--text", text, "--limit", 5)
    p.search(text, **{"n": listed["total"], "map-n": listed["total"]})
    first = [m["number"] for m in listed["matters"]]
    wait_for(lambda: [row[1] for row in titles(p)[:len(first)]] == first,
             what="the same first rows, %r" % first)
    return listed["total"]


def main():
    with Program() as p:
        everything = p.settled(n=64259)["n"]
        one = found(p, "梯")
        p.picture("one-character")
        two = found(p, "电梯")
        p.picture("two-characters")
        assert 0 < two <= one < int(everything), (two, one)
        initials = found(p, "dtwx")      # 电梯维修
        p.picture("initials")
        assert 0 < initials <= two, (initials, two)
        matter = p.ask("list", "--text", "电梯", "--limit", 1)["matters"][0]
        number, code = matter["number"], matter["case_code"]
        assert found(p, number) == 1
        assert found(p, code) == 1
        assert found(p, code.lower()) == 1
        p.picture("case-code")
        place = found(p, "电江路")
        p.picture("place")
        assert place > 0
        # Nothing is found, and the page says what to do.
        p.search("不存在的词语", n=0)
        p.find("label", _("No matter fits the filter"))
        p.picture("nothing")
        p.press("_Clear the Filter")
        p.settled(n=everything)
        assert p.find("entry", _("Search matters")).text == ""
        # By keyboard: Ctrl+F, words, Return opens the single one.
        p.app.key("ctrl+f")
        p.app.type(number)
        p.settled(n=1)
        p.app.key("Return")
        p.wait(lambda s: s["number"] == number, what="the only one to open")
        p.app.key("ctrl+f", "Escape")
        p.settled(n=everything)
        p.quiet()


run(main)
