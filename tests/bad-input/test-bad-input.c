/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that people really send and files that attackers would, through the real reader in its
 * cage. Each must end within its time and memory with a message that names place and mend. */

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <zlib.h>

#include "book-builder.h"
#include "reader-harness.h"

/* Goal G8 of security.md is two seconds; a busy machine gets a margin. */
#ifdef GW_SANITIZED
#define MAX_SECONDS 120
#else
#define MAX_SECONDS 10
#endif
#define MAX_RESIDENT_KIB (512 * 1024)

typedef GBytes *(*Make) (void);

typedef struct
{
  const char *file; /* its ending is a hint to the reader */
  Make make;
  const char *parts[4]; /* of what the handler and the error say, all of them */
} BadInput;

static GBytes *
repeat (const char *head, const char *text, gsize times)
{
  GString *string = g_string_new (head);

  for (gsize i = 0; i < times; i++)
    g_string_append (string, text);
  return g_string_free_to_bytes (string);
}

#define FIXED(name, text) \
  static GBytes *name (void) { return g_bytes_new_static (text, sizeof (text) - 1); }

FIXED (make_empty, "")
FIXED (make_blank_lines, "\n\r\n\n  \n,,,\n")
FIXED (make_only_header, "编号,名称\n")
FIXED (make_cut_row, "编号,名称,地址\n1,甲,东街\n2,乙")
FIXED (make_open_quote, "编号,名称\n1,甲\n2,\"乙\n3,丙\n")
FIXED (make_text_after_quote, "编号,名称\n1,\"甲\"乙\n")
FIXED (make_bad_utf8, "编号,名称\n1,甲乙丙丁戊己庚辛\n2,\xe4\xbd\n")
FIXED (make_latin, "編号,\xe9t\xe9\n1,\xe9\xff\xff\xff\xff\xff\xff\xff\xff\n")
FIXED (make_nul, "编号,名称\n1,甲\0乙\n")
FIXED (make_html,
       "\xef\xbb\xbf<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head></head>"
       "<body><table><tr><td>编号</td></tr></table></body></html>")
FIXED (make_html_utf16, "\xff\xfe<\0t\0a\0b\0l\0e\0>\0<\0t\0r\0>\0")
FIXED (make_xml_2003,
       "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"
       "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"></Workbook>")
FIXED (make_biff, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0\0\0\0\0")
FIXED (make_old_biff, "\x09\x08\x08\x00\x00\x05\x10\x00\x00\x00\x00\x00")
FIXED (make_locked,
       "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")
FIXED (make_pdf, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
FIXED (make_png, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0")
FIXED (make_elf,
       "\x7f"
       "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0")
FIXED (make_cut_zip, "PK\x03\x04\x14\0\0\0\x08\0")
FIXED (make_geojson_cut, "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",")
FIXED (make_sqlite_stub, "SQLite format 3\0\x10\0\1\1\0@  \0\0\0\1\0\0\0\2")
FIXED (make_short_rows, "a,b,c\n1,2,3\n4,5\n6,7,8,9\n")

static GBytes *
make_200000_columns (void)
{
  return repeat ("列", ",列", 199999);
}

static GBytes *
make_long_line (void)
{
  return repeat ("a,b\n", "没有行尾的文本", 200000);
}

static GBytes *
make_endless_cells (void)
{
  return repeat ("a,b\n", "\"x\"\"\",", 400000);
}

static GBytes *
make_separators_only (void)
{
  return repeat ("a,b\n", ",,,,,,,,,,,,,,,,", 100000);
}

static GBytes *
make_many_rows (void)
{
  return repeat ("a,b\n", "1,2\n", 5000001);
}

static GBytes *
make_open_document (void)
{
  ZipBuilder *zip = zip_builder_new ();

  zip_builder_add_text (zip, "mimetype", "application/vnd.oasis.opendocument.spreadsheet");
  zip_builder_add_text (zip, "content.xml", "<x/>");
  zip_builder_add_text (zip, "META-INF/manifest.xml",
                        "application/vnd.oasis.opendocument.spreadsheet");
  return zip_builder_finish (zip);
}

#define NAMES \
  "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>编号</t></is></c>" \
  "<c r=\"B1\" t=\"inlineStr\"><is><t>名称</t></is></c></row>"
#define ONE_ROW "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row>"

static GBytes *
make_book (const char *rows, const char *behind, const char *strings, const char *prolog)
{
  BookParts parts = { .rows = rows, .behind = behind, .strings = strings, .prolog = prolog };

  return book_build (&parts);
}

static GBytes *
make_formulas (void)
{
  return make_book (NAMES "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><f>NOW()</f></c></row>",
                    NULL, NULL, NULL);
}

static GBytes *
make_merged_header (void)
{
  return make_book (NAMES ONE_ROW, "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>", NULL,
                    NULL);
}

static GBytes *
make_many_merges (void)
{
  g_autoptr (GString) merges = g_string_new ("<mergeCells>");

  for (guint i = 2; i < 20000; i++)
    g_string_append_printf (merges, "<mergeCell ref=\"A%u:B%u\"/>", i, i);
  g_string_append (merges, "</mergeCells>");
  return make_book (NAMES ONE_ROW, merges->str, NULL, NULL);
}

static GBytes *
make_billion_laughs (void)
{
  g_autoptr (GString) entities = g_string_new ("<!DOCTYPE x [<!ENTITY a0 \"ha\">");

  for (guint i = 1; i < 30; i++)
    g_string_append_printf (entities, "<!ENTITY a%u \"&a%u;&a%u;&a%u;\">", i, i - 1, i - 1, i - 1);
  g_string_append (entities, "]>");
  return make_book (NAMES ONE_ROW, NULL, NULL, entities->str);
}

static GBytes *
make_outside_entity (void)
{
  return make_book (NAMES ONE_ROW, NULL, NULL,
                    "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>");
}

static GBytes *
make_column_beyond (void)
{
  return make_book (NAMES "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>", NULL, NULL, NULL);
}

static ZipBuilder *
start_book (void)
{
  BookParts parts = { .rows = NAMES ONE_ROW };

  return book_builder_new (&parts);
}

static GBytes *
make_bomb (void)
{
  ZipBuilder *zip = start_book ();

  zip_builder_add_zeros (zip, "xl/media/image1.png", G_GUINT64_CONSTANT (256) << 20);
  return zip_builder_finish (zip);
}

/* A gigabyte of quotation marks, as deflate sees it: a megabyte. */
static GBytes *
make_quote_bomb (void)
{
  ZipBuilder *zip = zip_builder_new ();
  GString *quotes = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  for (gsize i = 0; i < (8u << 20); i++)
    g_string_append_c (quotes, '"');
  bytes = g_string_free_to_bytes (quotes);
  zip_builder_add_text (zip, "[Content_Types].xml", "<Types/>");
  zip_builder_add (zip, "xl/workbook.xml", g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes));
  return zip_builder_finish (zip);
}

static GBytes *
make_lying_size (void)
{
  ZipBuilder *zip = start_book ();

  zip_builder_lie_size (zip, 100);
  return zip_builder_finish (zip);
}

static GBytes *
make_slip (void)
{
  ZipBuilder *zip = start_book ();

  zip_builder_add_text (zip, "..\\..\\autostart.desktop", "x");
  return zip_builder_finish (zip);
}

static GBytes *
make_link (void)
{
  ZipBuilder *zip = start_book ();

  zip_builder_add_text (zip, "xl/externalLinks/externalLink1.xml", "<x/>");
  return zip_builder_finish (zip);
}

/* Random letters do not deflate, so this is over no ratio, only large. */
static GBytes *
make_huge_strings (void)
{
  g_autoptr (GString) strings = g_string_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  while (strings->len < (64u << 20))
    {
      g_string_append (strings, "<si><t>");
      for (guint i = 0; i < 4096; i++)
        g_string_append_c (strings, (char)g_rand_int_range (random, 'a', 'z' + 1));
      g_string_append (strings, "</t></si>");
    }
  return make_book (NAMES ONE_ROW, NULL, strings->str, NULL);
}

/* Empty texts cost nothing in the file and memory in a careless reader. */
static GBytes *
make_many_empty_strings (void)
{
  g_autoptr (GString) strings = g_string_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 3000000; i++)
    g_string_append_printf (strings, "<si><t>%x</t></si>", g_rand_int (random) & 0xf);
  return make_book (NAMES ONE_ROW, NULL, strings->str, NULL);
}

/* Within every ratio and size of the archive, and still too much to hold. */
static GBytes *
make_heavy_strings (void)
{
  g_autoptr (GString) strings = g_string_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree char *filling = g_strnfill (380, 'x');

  while (strings->len < (210u << 20))
    g_string_append_printf (strings, "<si><t>%08x%s</t></si>", g_rand_int (random), filling);
  return make_book (NAMES ONE_ROW, NULL, strings->str, NULL);
}

static GBytes *
make_quotes (void)
{
  return repeat ("a,b\n1,", "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"", 4u << 20);
}

static const BadInput inputs[] = {
  { "empty.csv", make_empty, { "error FORMAT", "the file is empty" } },
  { "blank.csv", make_blank_lines, { "error FORMAT", "header" } },
  { "header.csv", make_only_header, { "error FORMAT", "row 1", "no row below it" } },
  { "cut.csv", make_cut_row, { "problem 26 3:2: 2, 3", "row 3[short][cut]: 2|乙" } },
  { "quote.csv", make_open_quote, { "problem 24 3:2:", "row 3[broken]" } },
  { "quote2.csv", make_text_after_quote, { "problem 25 2:2:" } },
  { "utf8.csv", make_bad_utf8, { "problem 21 3:2: E4 BD", "{bad}" } },
  { "latin.csv", make_latin, { "error FORMAT", "neither UTF-8 nor GB18030", "at byte 7" } },
  { "nul.csv", make_nul, { "problem 22 2:2:", "{bad}" } },
  { "ragged.csv", make_short_rows, { "problem 27 3:2: 2, 3", "problem 28 4:4: 4, 3" } },
  { "wide.csv", make_200000_columns, { "error LIMIT", "row 1, column 257 (IW)", "256 columns" } },
  { "line.csv", make_long_line, { "error LIMIT", "row 2, column 1 (A)", "65536 bytes" } },
  { "cells.csv", make_endless_cells, { "error LIMIT", "row 2, column 257" } },
  { "commas.csv", make_separators_only, { "error LIMIT", "row 2, column 257" } },
  { "quotes.csv", make_quotes, { "error LIMIT", "row 2, column 2 (B)", "never closed" } },
  { "rows.csv", make_many_rows, { "error LIMIT", "row 5000002", "split the file" } },
  { "page.xls", make_html, { "error FORMAT", "a web page", "save it as .xlsx or CSV" } },
  { "page16.xls", make_html_utf16, { "error FORMAT", "a web page" } },
  { "page.csv", make_html, { "error FORMAT", "a web page" } },
  { "table.xls", make_xml_2003, { "error FORMAT", "XML table of 2003" } },
  { "old.xls", make_biff, { "error FORMAT", "old .xls format", "WPS or Excel" } },
  { "older.xls", make_old_biff, { "error FORMAT", "old .xls format" } },
  { "renamed.xlsx", make_biff, { "error FORMAT", "old .xls format" } },
  { "locked.xlsx", make_locked, { "error FORMAT", "password" } },
  { "table.ods", make_open_document, { "error FORMAT", "OpenDocument" } },
  { "letter.csv", make_pdf, { "error FORMAT", "PDF" } },
  { "picture.csv", make_png, { "error FORMAT", "89 50 4E 47" } },
  { "program.csv", make_elf, { "error FORMAT", "7F 45 4C 46" } },
  { "cut.xlsx", make_cut_zip, { "error FORMAT", "damaged" } },
  { "formulas.xlsx", make_formulas, { "problem 84 2:2:", "problem 83 2:2: B2", "{formula}" } },
  { "merged.xlsx",
    make_merged_header,
    { "error FORMAT", "row 1, column 1 (A)", "A1:B1", "unmerge" } },
  { "merges.xlsx", make_many_merges, { "error FORMAT", "more than 10000 merged" } },
  { "laughs.xlsx", make_billion_laughs, { "error FORMAT", "sheet1.xml", "document type" } },
  { "entity.xlsx", make_outside_entity, { "error FORMAT", "document type" } },
  { "beyond.xlsx", make_column_beyond, { "error LIMIT", "row 2, column 16384 (XFD)" } },
  { "bomb.xlsx", make_bomb, { "error LIMIT", "xl/media/image1.png", "100 times" } },
  { "quotes.xlsx", make_quote_bomb, { "error LIMIT", "xl/workbook.xml", "100 times" } },
  { "lie.xlsx", make_lying_size, { "error FORMAT", "sheet1.xml" } },
  { "slip.xlsx", make_slip, { "error FORMAT", "autostart.desktop", "points outside" } },
  { "links.xlsx", make_link, { "error FORMAT", "externalLink1.xml", "Break Link" } },
  { "strings.xlsx", make_huge_strings, { "error LIMIT", "33554432" } },
  { "strings3.xlsx", make_heavy_strings, { "error LIMIT", "more memory", "save it as CSV" } },
  { "strings2.xlsx", make_many_empty_strings, { "row 2: 1{number}", "end 1" } },
  { "stub.gpkg", make_sqlite_stub, { "error " } },
  { "cut.geojson", make_geojson_cut, { "error " } },
  { "hidden.csv", make_sqlite_stub, { "error FORMAT", "is GeoPackage but the name says csv" } },
};

/* Processor time of all readers so far: how busy the machine is does not count. */
static double
reader_seconds (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_CHILDREN, &usage), ==, 0);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static char *
read_file (const char *path, double *seconds)
{
  GString *log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GwReaderSummary summary = { 0 };
  double before = reader_seconds ();

  (void)gw_reader_client_read (path, NULL, &reader_harness_handler, log, &summary, NULL, &error);
  *seconds = reader_seconds () - before;
  reader_harness_append_end (log, &summary, error);
  return g_string_free (log, FALSE);
}

static void
test_bad_input (gconstpointer data)
{
  const BadInput *input = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("gridwork-bad-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, input->file, NULL);
  g_autoptr (GBytes) bytes = input->make ();
  g_autofree char *log = NULL;
  double seconds = 0;

  g_assert_true (
      g_file_set_contents (path,
                           g_bytes_get_size (bytes) == 0 ? "" : g_bytes_get_data (bytes, NULL),
                           (gssize)g_bytes_get_size (bytes), &error));
  log = read_file (path, &seconds);
  g_test_message ("%.3f s: %.600s", seconds, strlen (log) > 600 ? log + strlen (log) - 600 : log);
  for (gsize i = 0; i < G_N_ELEMENTS (input->parts) && input->parts[i] != NULL; i++)
    if (strstr (log, input->parts[i]) == NULL)
      g_error ("“%s” is not said of %s: %s", input->parts[i], input->file, log);
  g_assert_cmpfloat (seconds, <, MAX_SECONDS);
  (void)g_remove (path);
  (void)g_rmdir (folder);
}

static void
test_memory (void)
{
  struct rusage usage;

#ifdef GW_SANITIZED
  g_test_skip ("sanitizers take their own memory");
  return;
#endif
  g_assert_cmpint (getrusage (RUSAGE_CHILDREN, &usage), ==, 0);
  g_test_message ("largest reader: %ld KiB", usage.ru_maxrss);
  g_assert_cmpint (usage.ru_maxrss, >, 0);
  g_assert_cmpint (usage.ru_maxrss, <, MAX_RESIDENT_KIB);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/bad-input/%s", inputs[i].file);

      g_test_add_data_func (path, &inputs[i], test_bad_input);
    }
  g_test_add_func ("/bad-input/memory", test_memory);
  return g_test_run ();
}
