#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed files through a real import of the command line, in both languages. Each must end with
its exit status and a message that names place and mend; what cannot be used leaves the centre's
file as it was, byte for byte, and of the rest exactly the good rows come in. Speaks TAP."""
import io
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

CLI = sys.argv[1]
DISPUTE = "risk.dispute/dispute"
TABLES = ("matter", "event", "event_body", "import_batch", "clock", "external_number", "counter")
LANGUAGES = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}
NAMES = "工单编号,标题,诉求内容,纠纷类型,涉及人数,受理渠道,受理时间,事发地址,社区代码,经度,纬度".split(",")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0"?>'
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


# ---- tables ----

def row(i, code="510903001001", x="", y=""):
    return ["RX%06d" % i, "井盖争议%d" % i, "两户对维修有分歧", "邻里纠纷", "2人", "热线",
            "2022-12-30 09:10", "井巷%d号" % i, code, x, y]


def changed(cells, column, value):
    return [value if i == column else cell for i, cell in enumerate(cells)]


def csv(*rows, names=None, end="\n"):
    return "".join(",".join(cells) + end for cells in (names or NAMES, *rows)).encode()


def cell(column, number, value):
    """A text, or a pair of the attributes and the content of a cell."""
    place = 'r="%s%d"' % (chr(ord("A") + column), number)
    if isinstance(value, str):
        return '<c %s t="inlineStr"><is><t>%s</t></is></c>' % (place, value)
    return "<c %s %s>%s</c>" % (place, *value)


def relations(*targets):
    return XML + '<Relationships xmlns="%s/relationships">' % PACKAGE + "".join(
        '<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>' % (i + 1, OFFICE, kind, target)
        for i, (kind, target) in enumerate(targets)) + "</Relationships>"


def xlsx(*rows, behind="", prolog="", strings=None, sheets=True, without=(), more=None):
    lines = "".join('<row r="%d">%s</row>' % (n, "".join(
        cell(i, n, value) for i, value in enumerate(cells)))
        for n, cells in enumerate((NAMES, *rows), 1))
    parts = {
        "[Content_Types].xml": XML + '<Types xmlns="%s/content-types"/>' % PACKAGE,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": XML + '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>'
        % (MAIN, OFFICE, '<sheet name="表" sheetId="1" r:id="rId1"/>' if sheets else ""),
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")),
        "xl/worksheets/sheet1.xml": XML + prolog + '<worksheet xmlns="%s"><sheetData>%s</sheetData>'
        '%s</worksheet>' % (MAIN, lines, behind),
        "xl/sharedStrings.xml": XML + (strings or '<sst xmlns="%s"/>' % MAIN),
        **(more or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if name not in without:
                archive.writestr(name, content)
    return target.getvalue()


def archive_of(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def cut(content):
    return content[:len(content) // 2]


def open_quote_behind_much():
    """50 MB, and the quotation mark of the last row but one is never closed."""
    text = "诉求" * 60
    body = csv(*(changed(row(i), 2, text) for i in range(120000)))
    assert len(body) > 50 << 20
    return body + b'RX999999,"' + csv(row(1))[-120:]


FORMULA, ERROR = ("", "<f>NOW()</f>"), ('t="e"', "<f>1/0</f><v>#DIV/0!</v>")
RESULT, LOST = ('t="str"', "<f>A1</f><v>邻里纠纷</v>"), ('t="s"', "<v>99</v>")
MERGED = '<mergeCells count="1"><mergeCell ref="%s"/></mergeCells>'
HTML = "<html><body><table><tr><td>编号</td></tr></table></body></html>".encode()
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

# name, content, exit status, rows taken in, what English and Chinese say
CASES = [
    ("no-text.csv", csv(row(1)).decode().encode("gb18030")[:40] + b"\xff" * 90, 2, 0,
     ["neither UTF-8 nor GB18030", "at byte ", "save it as CSV (UTF-8)"],
     ["文本不是 UTF-8、GB18030", "字节处开始出错", "请存为 CSV"]),
    ("two-encodings.csv", csv(row(1)) + ",".join(row(2)).encode("gb18030") + b"\n", 1, 1,
     ["row 3, column 2 (B): the bytes BE AE", "choose another encoding", "1 refused"],
     ["第 3 行第 2 列（B）：字节 BE AE", "选择其他编码", "拒绝 1 行"]),
    ("cut-character.csv", csv(row(1), changed(row(2), 1, "X")).replace(b",X,", b",\xe4\xbd,"), 1, 1,
     ["row 3, column 2 (B): the bytes E4 BD", "correct this cell"],
     ["第 3 行第 2 列（B）：字节 E4 BD", "请更正该单元格"]),
    ("cut-row.csv", csv(row(1)) + b"RX000002,\xe4\xba\x95", 1, 1,
     ["row 3, column 2 (B): the file ends within this row (2 of 11 cells)", "get it again"],
     ["第 3 行第 2 列（B）：文件在该行中间结束", "请重新获取"]),
    ("axes.csv", csv(*(row(i, "", "30.56", "105.45") for i in (1, 2, 3))), 0, 3,
     ["Row 2, column J “经度”: longitude and latitude have changed places", "look at the place"],
     ["第 2 行 J 列“经度”", "经度与纬度颠倒", "请核对位置"]),
    ("codes.csv", csv(row(1), row(2, "5.10903E+11")), 1, 1,
     ["Row 3, column I “社区代码”", "destroyed by a spreadsheet", "format the column as text"],
     ["第 3 行 I 列“社区代码”", "已被电子表格破坏", "文本格式"]),
    ("all-codes.csv", csv(row(1, "5.10903E+11"), row(2, "5.10903E+11")), 1, 0,
     ["Row 3, column I “社区代码”", "nothing was written"], ["第 3 行 I 列“社区代码”", "未写入任何内容"]),
    ("formulas.xlsx", xlsx(changed(row(1), 3, RESULT), changed(row(2), 1, FORMULA),
                           changed(row(3), 1, ERROR), changed(row(4), 8, ERROR)), 1, 1,
     ["row 3, column 2 (B): the formula in this cell was never computed", "save it, and try again",
      "Row 4, column B “标题”: the cell holds an error of the spreadsheet (#DIV/0!)",
      "Row 5, column I “社区代码”: the cell holds an error", "paste it as values"],
     ["第 3 行第 2 列（B）：该单元格的公式从未计算", "保存后重试",
      "第 4 行 B 列“标题”：单元格是电子表格的错误值（#DIV/0!）", "第 5 行 I 列“社区代码”"]),
    ("merged-names.xlsx", xlsx(row(1), behind=MERGED % "A1:B1"), 2, 0,
     ["row 1, column 1 (A): the cells A1:B1 are merged", "unmerge them"],
     ["第 1 行第 1 列（A）：单元格 A1:B1 已合并", "请取消合并"]),
    ("bomb.xlsx", xlsx(row(1), more={"xl/media/a.png": bytes(300 << 20)}), 2, 0,
     ["the part “xl/media/a.png” swells", "do not open it elsewhere"], ["xl/media/a.png", "膨胀"]),
    ("page.xls", HTML, 2, 0, ["this is a web page", "save it as .xlsx or CSV"], ["网页", "存为 .xlsx"]),
    ("old.xls", OLE + "Workbook".encode("utf-16-le") + bytes(1000), 2, 0,
     ["old .xls format", "open it in WPS or Excel and save it as .xlsx or CSV"],
     ["旧的 .xls 格式", "请用 WPS 或 Excel 打开，存为 .xlsx 或 CSV"]),
    ("older.xls", bytes.fromhex("0908080000051000") + bytes(200), 2, 0, ["old .xls format"],
     ["旧的 .xls 格式"]),
    ("locked.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(1000), 2, 0,
     ["protected by a password", "remove the password and save it again"], ["密码保护", "去除密码"]),
    ("wide.csv", ("列" + ",列" * 199999 + "\n").encode(), 2, 0,
     ["row 1, column 257 (IW)", "more than 256 columns", "check that the separator is right"],
     ["第 1 行第 257 列（IW）", "超过 256 列", "请删除空列"]),
    ("empty.csv", b"", 2, 0, ["the file is empty; export it again"], ["文件是空的；请重新导出"]),
    ("mark.csv", b"\xef\xbb\xbf", 2, 0, ["the file is empty"], ["文件是空的"]),
    ("names.csv", csv(), 2, 0, ["row 1: there is a header but no row below it", "export it again"],
     ["第 1 行：只有表头", "重新导出"]),
    ("names.xlsx", xlsx(), 2, 0, ["row 1: there is a header but no row"], ["第 1 行：只有表头"]),
    ("twice.csv", csv(row(1) + ["又一个"], names=NAMES + ["标题"]), 0, 1,
     ["row 1, column 12 (L): the column name “标题” is there twice (also in column 2)",
      "give each column its own name", "choose which one to use"],
     ["第 1 行第 12 列（L）：列名“标题”重复", "请给每列不同的名称"]),
    ("zero.csv", csv(row(1), row(2)).replace("议2".encode(), b"\0"), 1, 1,
     ["row 3, column 2 (B): there is a zero byte within the text", "correct this cell"],
     ["第 3 行第 2 列（B）：文本中有零字节", "请更正该单元格"]),
    ("line-ends.csv", csv(row(1)) + csv(row(2), end="\r\n").split(b"\r\n")[1] + b"\r\n"
     + csv(row(3), row(4), end="\r").split(b"\r", 1)[1] + csv(row(5)).split(b"\n", 1)[1], 0, 5,
     ["5 rows taken in, 0 refused"], ["导入 5 行，拒绝 0 行"]),
    ("quote.csv", open_quote_behind_much, 1, 120000,
     ["row 120002, column 2 (B): the quotation mark opened here is never closed", "close it"],
     ["第 120002 行第 2 列（B）：此处的引号没有配对的结束引号", "请补上"]),
    ("no-sheet.xlsx", xlsx(row(1), sheets=False), 2, 0,
     ["holds no sheet or layer with rows", "save it anew"], ["没有含数据行的工作表", "重新保存"]),
    ("lost-sheet.xlsx", xlsx(row(1), without=["xl/worksheets/sheet1.xml"]), 2, 0,
     ["lacks its part “xl/worksheets/sheet1.xml”", "save it anew in WPS or Excel"],
     ["缺少“xl/worksheets/sheet1.xml”部分", "重新保存"]),
    ("cut-strings.xlsx", xlsx(row(1), strings='<sst xmlns="%s"><si><t>标' % MAIN), 2, 0,
     ["the part “xl/sharedStrings.xml” is damaged in line 1 (no element found)", "save the work"],
     ["“xl/sharedStrings.xml”部分在第 1 行损坏（内容提前结束）", "重新保存"]),
    ("lost-string.xlsx", xlsx(changed(row(1), 1, LOST), row(2)), 1, 1,
     ["row 2, column 2 (B): this cell points to text 99", "save it anew"],
     ["第 2 行第 2 列（B）：该单元格引用的文本 99", "重新保存"]),
    ("entity.xlsx", xlsx(row(1), prolog=ENTITY), 2, 0,
     ["“xl/worksheets/sheet1.xml” declares a document type", "do not open it elsewhere"],
     ["xl/worksheets/sheet1.xml", "请勿用其他程序打开"]),
    ("upwards.xlsx", xlsx(row(1), more={"../../evil.txt": "x"}), 2, 0,
     ["a part named “../../evil.txt”, which points outside", "ask the sender"],
     ["“../../evil.txt”", "指向包外", "向发送人核实"]),
    ("absolute.xlsx", xlsx(row(1), more={"/etc/evil": "x"}), 2, 0,
     ["“/etc/evil”"], ["“/etc/evil”"]),
    ("half.xlsx", cut(xlsx(row(1))), 2, 0,
     ["the archive inside is damaged (the end is missing", "get the file again"],
     ["压缩包已损坏（缺少结尾，可能是复制中断）", "请重新获取"]),
    ("archive.xlsx", archive_of(readme="x"), 2, 0, ["unpack archives first"], ["压缩包请先解压"]),
]


def make_pipe(path):
    os.mkfifo(path)


def make_loop(path):
    path.symlink_to(path.name)


# Names with no file behind them: what makes it, what English and Chinese say.
NO_FILES = [
    ("pipe.csv", make_pipe, "a pipe or a socket and not a file; copy its contents", "请先将其内容复制到文件中"),
    ("folder.csv", Path.mkdir, "this is a folder; choose one file in it", "这是文件夹；请选择其中一个文件"),
    ("loop.csv", make_loop, "loop.csv", "loop.csv"),
    ("gone.csv", lambda path: None, "there is no such file", "没有该文件"),
    ("/dev/zero", lambda path: None, "this is a device", "这是设备"),
    ("/dev/null", lambda path: None, "this is a device", "这是设备"),
]


# ---- trying them ----

class Centre:
    """The centre's file, put back after each import."""

    def __init__(self, folder):
        self.path = folder / "centre.gridwork"
        subprocess.run([CLI, "demo", self.path, "--rows", "300"], check=True, capture_output=True)
        self.content = self.path.read_bytes()
        self.rows = self.count()

    def count(self):
        db = sqlite3.connect("file:%s?immutable=1" % self.path, uri=True)
        counts = {t: db.execute("SELECT count(*) FROM " + t).fetchone()[0] for t in TABLES}
        db.close()
        return counts

    def put_back(self):
        for file in self.path.parent.glob(self.path.name + "*"):
            file.unlink()
        self.path.write_bytes(self.content)

    def take(self, path, language):
        env = dict(os.environ, LC_ALL=LANGUAGES[language], LANGUAGE=LANGUAGES[language][:5])
        return subprocess.run([CLI, "import", self.path, "--type", DISPUTE, path], env=env,
                              capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL)

    def verify(self):
        subprocess.run([CLI, "verify", self.path], check=True, capture_output=True)

    def assert_same(self):
        assert self.path.read_bytes() == self.content, "the centre's file has changed"
        assert self.count() == self.rows

    def assert_grown(self, n):
        grown = {t: n_rows - self.rows[t] for t, n_rows in self.count().items()}
        # Each matter with its entry, and one entry about the batch.
        assert grown["matter"] == n and grown["clock"] == n and grown["external_number"] == n, grown
        assert grown["event"] == n + 1 and grown["import_batch"] == 1, grown
        self.verify()


def assert_said(result, parts):
    said = result.stdout + result.stderr
    for part in parts:
        assert part in said, "“%s” is not said: %s" % (part, said[:3000])


def try_file(centre, path, status, n_rows, said):
    for language, parts in zip(LANGUAGES, said):
        result = centre.take(path, language)
        assert result.returncode == status, "status %d, wanted %d: %s%s" % (
            result.returncode, status, result.stdout, result.stderr)
        assert_said(result, parts)
        if n_rows == 0:
            centre.assert_same()
        else:
            centre.assert_grown(n_rows)
            centre.put_back()


def try_case(centre, folder, case):
    name, content, status, n_rows, english, chinese = case
    path = folder / name
    path.write_bytes(content() if callable(content) else content)
    try_file(centre, path, status, n_rows, (english, chinese))
    path.unlink()


def try_no_file(centre, folder, case):
    name, make, english, chinese = case
    path = folder / name
    make(path)
    try_file(centre, path, 2, 0, ([english], [chinese]))


def try_no_right(centre, folder):
    path = folder / "secret.csv"
    path.write_bytes(csv(row(1)))
    path.chmod(0)
    if os.access(path, os.R_OK):
        return "# SKIP this user may read everything"
    try_file(centre, path, 2, 0, (["you may not read this file"], ["您无权读取该文件"]))
    return ""


def report(number, name, run):
    try:
        note = run() or ""
    except Exception as failure:  # each case has its own line, whatever goes wrong
        print("not ok %d - %s\n# %s" % (number, name, str(failure).replace("\n", "\n# ")))
        return False
    print("ok %d - %s %s" % (number, name, note), flush=True)
    return True


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "files"
        folder.mkdir()
        (Path(name) / "centre").mkdir()
        centre = Centre(Path(name) / "centre")
        runs = [(case[0], lambda case=case: try_case(centre, folder, case)) for case in CASES]
        runs += [(case[0], lambda case=case: try_no_file(centre, folder, case))
                 for case in NO_FILES]
        runs.append(("no right", lambda: try_no_right(centre, folder)))
        print("1..%d" % len(runs))
        good = [report(i, label, run) for i, (label, run) in enumerate(runs, 1)]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
