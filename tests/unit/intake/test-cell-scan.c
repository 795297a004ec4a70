/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cell-scan.h"
#include "gw-text.h"

#include <string.h>

static void
test_scan (void)
{
  static const struct
  {
    const char *text;
    gsize n_characters;
    guint flags;
  } cases[] = {
    { "", 0, GW_SCAN_EMPTY },
    { "漏水", 2, 0 },
    { "a b", 3, 0 },
    { " 漏水", 3, GW_SCAN_UNTIDY },
    { "漏水 ", 3, GW_SCAN_UNTIDY },
    { "漏  水", 4, GW_SCAN_UNTIDY },
    { "漏\n水", 3, GW_SCAN_UNTIDY },
    { "漏　水", 3, GW_SCAN_UNTIDY },
    { "漏\xc2\xa0水", 3, GW_SCAN_UNTIDY },
    { " \t ", 3, GW_SCAN_EMPTY | GW_SCAN_UNTIDY },
    { "漏\x01水", 3, GW_SCAN_CONTROL | GW_SCAN_UNTIDY },
    { "“引号”——破折号", 9, 0 },
    { "1380013800", 10, 0 },
    { "13800138000", 11, GW_SCAN_DIGITS },
    { "138-0013-8000", 13, GW_SCAN_DIGITS },
    { "１３８００１３８０００", 11, GW_SCAN_DIGITS },
    { "漏\xef\xbf\xbd", 2, GW_SCAN_REPLACEMENT },
    { "锟斤拷", 3, GW_SCAN_GARBLED },
    { "æ¼æ°´", 5, GW_SCAN_GARBLED },
    { "垭埝桠𠀀", 4, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n;
      guint flags = gw_cell_scan (cases[i].text, strlen (cases[i].text), &n);

      if (flags != cases[i].flags || n != cases[i].n_characters)
        g_error ("“%s”: flags %u, %zu characters", cases[i].text, flags, n);
    }
}

/* The quick look may raise a false alarm, but must never overlook what the slow one finds. */
static void
test_never_overlooks (void)
{
  static const char *const alphabet[] = { "1",  "3", "8",  "0",  "X", "-", " ", "漏",
                                          "１", "٣", "\n", "。", ".", "9", "5" };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint n_found = 0;

  for (guint round = 0; round < 200000; round++)
    {
      g_autoptr (GString) text = g_string_new (round % 2 == 0 ? "138" : "");
      guint flags;
      gsize n;

      for (guint i = 0; i < 14; i++)
        g_string_append (
            text,
            alphabet[g_rand_int_range (random, 0, round % 3 == 0 ? 4 : G_N_ELEMENTS (alphabet))]);
      flags = gw_cell_scan (text->str, text->len, &n);
      g_assert_cmpuint (n, ==, gw_text_length (text->str));
      if (gw_text_find_personal (text->str, NULL) != GW_PERSONAL_NONE)
        {
          n_found++;
          g_assert_true ((flags & GW_SCAN_DIGITS) != 0);
        }
      if ((flags & GW_SCAN_UNTIDY) == 0)
        {
          g_autofree char *tidy = gw_text_tidy (text->str);

          g_assert_cmpstr (tidy, ==, text->str);
        }
    }
  g_assert_cmpuint (n_found, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cell-scan/scan", test_scan);
  g_test_add_func ("/cell-scan/never-overlooks", test_never_overlooks);
  return g_test_run ();
}
