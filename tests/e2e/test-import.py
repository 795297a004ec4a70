# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 240
"""A hotline's table in GB18030 with three bad rows: shown row by row, nothing written before the
confirmation, taken in, found, and taken back as a whole."""
import re

from scenario import Program, _, run

HEADER = "工单编号,标题,诉求内容,纠纷类型,涉及人数,受理渠道,受理时间,事发地址,社区代码,经度,纬度"
GOOD = ("RX%03d,麒麟坊井盖争议%d,两户对井盖维修有分歧,邻里纠纷,2人,热线,2022-12-30 09:%02d,井巷%d号,"
        "510903001001,,")
BAD = [
    "RX901,,缺少标题的一行,邻里纠纷,2人,热线,2022-12-30 10:00,井巷1号,510903001001,,",
    "RX902,麒麟坊联系方式,请回电 13800138000,邻里纠纷,2人,热线,2022-12-30 10:00,井巷1号,510903001001,,",
    "RX903,麒麟坊代码错误,代码被表格软件改坏,邻里纠纷,2人,热线,2022-12-30 10:00,井巷1号,5.10903E+11,,",
]


def table(path):
    rows = [GOOD % (i, i, i, i + 1) for i in range(12)]
    path.write_bytes("\r\n".join([HEADER, *rows[:6], *BAD, *rows[6:], ""]).encode("gb18030"))


def button(p, pattern):
    return p.app.wait_for(
        lambda: next((b for b in p.app.find_all("push button", on_screen=True)
                      if re.fullmatch(pattern, b.name)), None), timeout=30, what=pattern)


def main():
    with Program(rows=3000) as p:
        before = p.settled()["n"]
        file = p.profile / "hotline.csv"
        table(file)
        p.app.action("win.import", str(file))
        take_in = button(p, re.escape(_("Take In %lu Rows")).replace("%lu", "12"))
        p.picture("preview")
        assert p.state()["n"] == before, "something was written before the confirmation"
        button(p, re.escape(_("Next Problem"))).click()
        take_in.click()
        # The window shows just what came in.
        p.wait(lambda s: s["loading"] == "0" and s["filter"] == "batch=1" and s["n"] == "12", 20,
               "the batch")
        p.picture("taken-in")
        p.app.action("win.clear-filter")
        p.wait(lambda s: s["loading"] == "0" and int(s["n"]) == int(before) + 12, 20, "twelve more")
        p.app.find("entry", _("Search matters")).set_text("麒麟坊")
        p.settled(n=12)
        p.picture("found")
        p.app.action("win.clear-filter")
        p.wait(lambda s: s["loading"] == "0" and int(s["n"]) == int(before) + 12, 20, "all again")
        p.app.action("win.batches")
        button(p, re.escape(_("Undo the import of %s")).replace("%s", "hotline.csv") + ".*").click()
        p.wait(lambda s: s["loading"] == "0" and s["n"] == before, 20, "the batch taken back")
        p.picture("taken-back")
        p.quiet()


run(main)
