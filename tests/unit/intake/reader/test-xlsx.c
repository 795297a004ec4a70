/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "book-builder.h"
#include "gw-xlsx-merges.h"
#include "gw-xlsx-strings.h"
#include "gw-xlsx-styles.h"
#include "reader-harness.h"

#define HELLO "hello XLSX UTF-8 sheets:旧(hidden),台账*\nproblem 81 0:0: 旧\n"
#define FORMATS \
  "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"22\"/>" \
  "<xf numFmtId=\"20\"/>"
#define NAMES \
  "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>" \
  "<c r=\"B1\" t=\"inlineStr\"><is><t>b</t></is></c></row>"

typedef struct
{
  const char *name;
  BookParts parts;
  const char *log; /* behind HELLO */
} Case;

static const Case cases[] = {
  { "shared, inline and rich texts",
    { .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
              "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>x</t></is></c><c r=\"B2\" "
              "t=\"str\"><v>y_x000D_&amp;</v></c></row>",
      .strings =
          "<si><t>编号</t></si><si><r><t>名</t></r><r><t>称</t></r><rPh><t>mc</t></rPh></si>" },
    "header 1: 编号|名称\nrow 2: x|y&\nend 1\n" },
  { "numbers",
    { .rows = NAMES "<row r=\"2\"><c r=\"A2\"><v>510903199001011234</v></c><c r=\"B2\"><v>0.1000000"
                    "0000000001</v></c></row>" },
    "header 1: a|b\nrow 2: 510903199001011000{number}|0.1{number}\nend 1\n" },
  { "dates by style",
    { .rows = NAMES "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>45413</v></c><c r=\"B2\" s=\"2\"><v>45413"
                    "</v></c></row><row r=\"3\"><c r=\"A3\" s=\"3\"><v>45413.354166666664</v></c>"
                    "<c r=\"B3\" s=\"4\"><v>0.5</v></c></row>",
      .formats = FORMATS },
    "header 1: a|b\nrow 2: 2024-05-01{date}|2024-05-01{date}\n"
    "row 3: 2024-05-01 08:30:00{date}|12:00:00{date}\nend 2\n" },
  { "a date that is none",
    { .rows = NAMES "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>-3</v></c><c r=\"B2\"><v>1</v></c></row>",
      .formats = FORMATS },
    "header 1: a|b\nproblem 87 2:1: -3\nrow 2: -3{error}|1{number}\nend 1\n" },
  { "formulas",
    { .rows = NAMES "<row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c><c r=\"B2\"><f>A1</f></c></row>"
                    "<row r=\"3\"><c r=\"A3\"><f>2+1</f><v>3</v></c></row>" },
    "header 1: a|b\nproblem 83 2:1: A2\nproblem 84 2:2:\nproblem 83 2:2: B2\n"
    "row 2: 2{formula}{number}|{formula}\nrow 3: 3{formula}{number}\nend 2\n" },
  { "errors and booleans",
    { .rows = NAMES "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#N/A</v></c><c r=\"B2\" t=\"b\"><v>1</v>"
                    "</c></row>" },
    "header 1: a|b\nrow 2: #N/A{error}|TRUE{boolean}\nend 1\n" },
  { "merged below the header",
    { .rows = NAMES "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>5</v></c></row>"
                    "<row r=\"3\"><c r=\"B3\"><v>6</v></c></row>",
      .behind = "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>" },
    "problem 82 2:1: A2:A3\nheader 1: a|b\nrow 2: 1{merged}{number}|5{number}\n"
    "row 3: {merged}|6{number}\nend 2\n" },
  { "merged title above the header is fine",
    { .rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>五月</t></is></c></row>"
              "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B2\" "
              "t=\"inlineStr\"><is><t>b</t></is></c></row><row r=\"3\"><c r=\"A3\"><v>1</v></c>"
              "</row>",
      .behind = "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>" },
    "problem 29 1:1: 五月\nheader 2: a|b\nrow 3: 1{number}\nend 1\n" },
  { "hidden row, gap, no references",
    { .rows =
          "<row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c>"
          "</row><row r=\"5\" hidden=\"1\"><c><v>1</v></c><c/><c><v>3</v></c></row>" },
    "header 1: a|b\nrow 5[hidden]: 1{number}||3{number}\nend 1\n" },
  { "text that is not there",
    { .rows = NAMES "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>7</v></c><c r=\"B2\"><v>1</v></c></row>" },
    "header 1: a|b\nproblem 86 2:1: 7\nrow 2: 7{error}|1{number}\nend 1\n" },
};

static char *
run (GBytes *book)
{
  gsize n = 0;
  const guint8 *bytes = g_bytes_get_data (book, &n);

  return reader_harness_run (bytes, n, NULL, NULL);
}

static void
test_case (gconstpointer data)
{
  const Case *item = data;
  g_autoptr (GBytes) book = book_build (&item->parts);
  g_autofree char *log = run (book);
  g_autofree char *wanted = g_strconcat (HELLO, item->log, NULL);
  g_autofree char *sorted_log = reader_harness_sort (log);
  g_autofree char *sorted_wanted = reader_harness_sort (wanted);

  g_assert_cmpstr (sorted_log, ==, sorted_wanted);
}

static void
assert_refused (GBytes *book, const char *part)
{
  g_autofree char *log = run (book);

  if (strstr (log, part) == NULL || strstr (log, "\nerror ") == NULL)
    if (!g_str_has_prefix (log, "error ") || strstr (log, part) == NULL)
      g_error ("“%s” not in: %s", part, log);
}

static void
test_merged_header (void)
{
  BookParts parts = { .rows = NAMES "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>",
                      .behind = "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>" };
  g_autoptr (GBytes) book = book_build (&parts);

  assert_refused (book, "row 1, column 1 (A): the cells A1:A2 are merged");
}

static void
test_limits (void)
{
  BookParts wide = { .rows = NAMES "<row r=\"2\"><c r=\"ZZ2\"><v>1</v></c></row>" };
  BookParts order = { .rows = NAMES "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>" };
  g_autoptr (GString) long_text = g_string_new (NULL);
  g_autoptr (GBytes) wide_book = book_build (&wide);
  g_autoptr (GBytes) order_book = book_build (&order);
  g_autoptr (GBytes) long_book = NULL;
  BookParts long_cell = { .rows = NAMES "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c></row>" };

  g_string_append (long_text, "<si><t>");
  for (guint i = 0; i < 70000; i++)
    g_string_append_c (long_text, 'x');
  g_string_append (long_text, "</t></si>");
  long_cell.strings = long_text->str;
  long_book = book_build (&long_cell);
  assert_refused (wide_book, "row 2, column 702 (ZZ): there are more than 256 columns");
  assert_refused (order_book, "rows out of order");
  assert_refused (long_book, "row 2, column 2 (B): this cell is longer than 65536 bytes");
}

static void
test_xml_attacks (void)
{
  BookParts laughs = { .rows = NAMES,
                       .prolog = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]>" };
  BookParts outside = { .rows = NAMES, .prolog = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" };
  BookParts broken = { .rows = "<row r=\"1\"><c>" };
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GBytes) laughs_book = book_build (&laughs);
  g_autoptr (GBytes) outside_book = book_build (&outside);
  g_autoptr (GBytes) broken_book = book_build (&broken);
  g_autoptr (GBytes) deep_book = NULL;
  BookParts nested = { 0 };

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<x>");
  nested.rows = deep->str;
  deep_book = book_build (&nested);
  assert_refused (laughs_book, "declares a document type");
  assert_refused (outside_book, "declares a document type");
  assert_refused (broken_book, "is damaged in line 1");
  assert_refused (deep_book, "nests deeper than 32 levels");
}

static ZipBuilder *
start_book (void)
{
  BookParts parts = { .rows = NAMES "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>" };

  return book_builder_new (&parts);
}

static void
assert_builder_refused (ZipBuilder *builder, const char *part)
{
  g_autoptr (GBytes) book = zip_builder_finish (builder);

  assert_refused (book, part);
}

static void
test_archive_attacks (void)
{
  ZipBuilder *zip = start_book ();

  zip_builder_add_zeros (zip, "xl/media/bomb.bin", 64u << 20);
  assert_builder_refused (zip, "more than the 100 times allowed");

  zip = start_book ();
  zip_builder_add_text (zip, "../../etc/cron.d/x", "x");
  assert_builder_refused (zip, "named “../../etc/cron.d/x”");

  zip = start_book ();
  zip_builder_add_text (zip, "C:\\x", "x");
  assert_builder_refused (zip, "points outside");

  zip = start_book ();
  zip_builder_add_text (zip, "XL/WORKBOOK.XML", "<x/>");
  assert_builder_refused (zip, "two parts of one name");

  zip = start_book ();
  zip_builder_add_text (zip, "xl/again.xml", "<x/>");
  zip_builder_overlap (zip);
  assert_builder_refused (zip, "parts overlap");

  zip = start_book ();
  zip_builder_lie_size (zip, 10);
  assert_builder_refused (zip, "archive inside is damaged (xl/worksheets/sheet1.xml)");

  zip = start_book ();
  zip_builder_lie_method (zip, 14, 0);
  assert_builder_refused (zip, "packed in an unknown way (14)");

  zip = start_book ();
  zip_builder_lie_method (zip, 8, 1);
  assert_builder_refused (zip, "protected by a password");

  zip = start_book ();
  zip_builder_add_text (zip, "xl/externalLinks/externalLink1.xml", "<x/>");
  assert_builder_refused (zip, "values from other files");

  zip = start_book ();
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("xl/part%u.xml", i);

      zip_builder_add_text (zip, name, "<x/>");
    }
  assert_builder_refused (zip, "more than 200 parts");
}

/* An archive cut anywhere is refused and never crashes. */
static void
test_cut_archive (void)
{
  g_autoptr (GBytes) book = zip_builder_finish (start_book ());
  gsize n = 0;
  const guint8 *bytes = g_bytes_get_data (book, &n);
#ifdef GW_SANITIZED
  const gsize step = 17; /* each run costs the sanitizer milliseconds */
#else
  const gsize step = 1;
#endif

  for (gsize length = 4; length < n; length += step)
    {
      g_autofree char *log = reader_harness_run (bytes, length, NULL, NULL);

      g_assert_true (g_str_has_prefix (log, "error FORMAT"));
    }
}

static void
test_sheet_names (void)
{
  g_autoptr (GBytes) book = zip_builder_finish (start_book ());
  gsize n = 0;
  const guint8 *bytes = g_bytes_get_data (book, &n);
  GwReaderRequest known = { .sheet = "台账" };
  GwReaderRequest unknown = { .sheet = "没有" };
  g_autofree char *found = reader_harness_run (bytes, n, &known, NULL);
  g_autofree char *missing = reader_harness_run (bytes, n, &unknown, NULL);

  g_assert_true (g_str_has_suffix (found, "end 1\n"));
  g_assert_nonnull (strstr (missing, "no sheet or layer “没有”; there are: 旧, 台账"));
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *code;
    GwXlsxKind kind;
  } codes[] = {
    { "General", GW_XLSX_NUMBER },
    { "0.00", GW_XLSX_NUMBER },
    { "[Red]0.00;[Blue]-0.00", GW_XLSX_NUMBER },
    { "\"days\" 0", GW_XLSX_NUMBER },
    { "0.00E+00", GW_XLSX_NUMBER },
    { "@", GW_XLSX_NUMBER },
    { "yyyy/m/d", GW_XLSX_DATE },
    { "[$-804]yyyy\"年\"m\"月\"", GW_XLSX_DATE },
    { "yyyy-mm-dd hh:mm:ss", GW_XLSX_DATE_TIME },
    { "[h]:mm", GW_XLSX_TIME },
    { "mmm", GW_XLSX_DATE },
    { "\"unclosed", GW_XLSX_NUMBER },
    { "0\\", GW_XLSX_NUMBER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    g_assert_cmpint (gw_xlsx_kind_of_code (codes[i].code), ==, codes[i].kind);
}

static void
test_dates (void)
{
  static const struct
  {
    double serial;
    GwXlsxKind kind;
    gboolean starts_1904;
    const char *text; /* NULL: refused */
  } dates[] = {
    { 1, GW_XLSX_DATE, FALSE, "1900-01-01" },
    { 59, GW_XLSX_DATE, FALSE, "1900-02-28" },
    { 60, GW_XLSX_DATE, FALSE, NULL },
    { 61, GW_XLSX_DATE, FALSE, "1900-03-01" },
    { 45351, GW_XLSX_DATE, FALSE, "2024-02-29" },
    { 43889, GW_XLSX_DATE, TRUE, "2024-02-29" },
    { 45351.999999, GW_XLSX_DATE_TIME, FALSE, "2024-03-01 00:00:00" },
    { 0.25, GW_XLSX_TIME, FALSE, "06:00:00" },
    { -1, GW_XLSX_DATE, FALSE, NULL },
    { 1e300, GW_XLSX_DATE, FALSE, NULL },
    { 0.0 / 1.0, GW_XLSX_DATE, FALSE, NULL },
  };
  char text[GW_XLSX_TEXT_BYTES];

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      gboolean is_date =
          gw_xlsx_format_date (text, dates[i].serial, dates[i].kind, dates[i].starts_1904);

      g_assert_cmpint (is_date, ==, dates[i].text != NULL);
      if (is_date)
        g_assert_cmpstr (text, ==, dates[i].text);
    }
}

static void
test_references (void)
{
  GwXlsxRange range = { 0 };
  guint64 row = 0;
  guint column = 0;

  g_assert_true (gw_xlsx_parse_reference ("$AB$12", &row, &column));
  g_assert_cmpuint (row, ==, 12);
  g_assert_cmpuint (column, ==, 28);
  g_assert_false (gw_xlsx_parse_reference ("12", &row, &column));
  g_assert_false (gw_xlsx_parse_reference ("AAAAAAAAAAAA1", &row, &column));
  g_assert_false (gw_xlsx_parse_reference ("A99999999999999999999", &row, &column));
  g_assert_true (gw_xlsx_parse_range ("B2:D9", &range));
  g_assert_false (gw_xlsx_parse_range ("D9:B2", &range));
  g_assert_false (gw_xlsx_parse_range ("", &range));
}

static void
test_escapes (void)
{
  char text[] = "a_x000A_b_x0000_c_x12_d_x4F60_";
  gsize n = gw_xlsx_strings_unescape (text, strlen (text));

  text[n] = '\0';
  g_assert_cmpstr (text, ==, "a\nbc_x12_d你");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/reader/xlsx/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/reader/xlsx/merged-header", test_merged_header);
  g_test_add_func ("/reader/xlsx/limits", test_limits);
  g_test_add_func ("/reader/xlsx/xml-attacks", test_xml_attacks);
  g_test_add_func ("/reader/xlsx/archive-attacks", test_archive_attacks);
  g_test_add_func ("/reader/xlsx/cut-archive", test_cut_archive);
  g_test_add_func ("/reader/xlsx/sheet-names", test_sheet_names);
  g_test_add_func ("/reader/xlsx/kinds", test_kinds);
  g_test_add_func ("/reader/xlsx/dates", test_dates);
  g_test_add_func ("/reader/xlsx/references", test_references);
  g_test_add_func ("/reader/xlsx/escapes", test_escapes);
  return g_test_run ();
}
