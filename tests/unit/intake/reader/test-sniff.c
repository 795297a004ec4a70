/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sniff.h"

#include <string.h>

#define BYTES(text) text, sizeof (text) - 1

static const struct
{
  const char *name;
  const char *bytes;
  gsize length;
  GwSniff kind;
} cases[] = {
  { "nothing", BYTES (""), GW_SNIFF_EMPTY },
  { "text", BYTES ("编号,名称\n1,甲\n"), GW_SNIFF_TEXT },
  { "text that begins like JSON", BYTES ("{编号},名称\n"), GW_SNIFF_TEXT },
  { "one control character", BYTES ("a,b\n1,some longer text with\x01 one\n"), GW_SNIFF_TEXT },
  { "UTF-16", BYTES ("a\0,\0b\0\n\0"), GW_SNIFF_TEXT },
  { "archive", BYTES ("PK\x03\x04...."), GW_SNIFF_ZIP },
  { "empty archive", BYTES ("PK\x05\x06...."), GW_SNIFF_ZIP },
  { "SQLite", BYTES ("SQLite format 3\0...."), GW_SNIFF_SQLITE },
  { "word SQLite", BYTES ("SQLite format 3,b\n"), GW_SNIFF_TEXT },
  { "GeoJSON", BYTES (" {\"type\": \"FeatureCollection\"}"), GW_SNIFF_GEOJSON },
  { "GeoJSON with mark", BYTES ("\xef\xbb\xbf{\"type\":\"Feature\",\"geometry\":null}"),
    GW_SNIFF_GEOJSON },
  { "other JSON", BYTES ("{\"a\": 1}"), GW_SNIFF_TEXT },
  { "HTML", BYTES ("\r\n<!DOCTYPE HTML><html>"), GW_SNIFF_HTML },
  { "table only", BYTES ("<TABLE border=1>"), GW_SNIFF_HTML },
  { "HTML in UTF-16", BYTES ("\xff\xfe<\0h\0t\0m\0l\0>\0"), GW_SNIFF_HTML },
  { "HTML that Excel wrote",
    BYTES ("<html xmlns:x=\"urn:schemas-microsoft-com:office:spreadsheet\">"), GW_SNIFF_HTML },
  { "XML of 2003", BYTES ("<?xml version=\"1.0\"?><Workbook>"), GW_SNIFF_SPREADSHEET_XML },
  { "other XML", BYTES ("<?xml version=\"1.0\"?><gpx>"), GW_SNIFF_UNKNOWN },
  { "PDF", BYTES ("%PDF-1.4"), GW_SNIFF_PDF },
  { "old workbook", BYTES ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), GW_SNIFF_OLD_EXCEL },
  { "older workbook", BYTES ("\x09\x04\x06\x00\x00\x00\x10\x00"), GW_SNIFF_OLD_EXCEL },
  { "tab first", BYTES ("\t08\tb\n"), GW_SNIFF_TEXT },
  { "picture", BYTES ("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06"),
    GW_SNIFF_UNKNOWN },
  { "zeros", BYTES ("\0\0\0\0\0\0\0\0"), GW_SNIFF_UNKNOWN },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (gw_sniff ((const guint8 *)cases[i].bytes, cases[i].length), ==,
                       cases[i].kind);
    }
}

/* A file may end anywhere. */
static void
test_every_beginning (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize length = 0; length < cases[i].length; length++)
      {
        g_autofree guint8 *exact = g_memdup2 (cases[i].bytes, length);

        (void)gw_sniff (exact, length);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/sniff/cases", test_cases);
  g_test_add_func ("/reader/sniff/every-beginning", test_every_beginning);
  return g_test_run ();
}
