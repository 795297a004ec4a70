/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gw-utf8.h"

static gboolean
is_scalar (guint32 code)
{
  return code < 0x110000 && !(code >= 0xd800 && code < 0xe000) &&
         !(code >= 0xfdd0 && code <= 0xfdef) && (code & 0xfffe) != 0xfffe;
}

/* Every code there is, against GLib as the second opinion. */
static void
test_all_scalars (void)
{
  for (guint32 code = 1; code < 0x110000; code++)
    {
      guint8 bytes[8] = { 0 };
      gsize n = gw_utf8_put (bytes, code);

      g_assert_cmpuint (gw_utf8_get_valid_prefix (bytes, n) == n, ==, is_scalar (code));
      if (is_scalar (code))
        {
          g_assert_cmpint (gw_utf8_get_sequence (bytes, n), ==, (int)n);
          g_assert_true (g_utf8_validate ((const char *)bytes, (gssize)n, NULL));
          for (gsize cut = 1; cut < n; cut++)
            g_assert_cmpint (gw_utf8_get_sequence (bytes, cut), ==, -1);
        }
    }
}

/* All pairs of bytes: never accepted where GLib refuses. */
static void
test_all_pairs (void)
{
  for (guint first = 1; first < 256; first++)
    for (guint second = 1; second < 256; second++)
      {
        guint8 bytes[2] = { (guint8)first, (guint8)second };
        const char *end = NULL;

        (void)g_utf8_validate ((const char *)bytes, 2, &end);
        g_assert_cmpuint (gw_utf8_get_valid_prefix (bytes, 2), ==,
                          (gsize)(end - (const char *)bytes));
      }
}

/* Errors must be found at every offset to the eight-byte stride. */
static void
test_positions (void)
{
  static const char *const bad[] = { "\xff", "\xc0\x80", "\xed\xa0\x80", "\xe4\xbd",
                                     "\xf4\x90\x80\x80" };

  for (gsize kind = 0; kind < G_N_ELEMENTS (bad); kind++)
    for (gsize offset = 0; offset < 40; offset++)
      {
        g_autoptr (GString) text = g_string_new (NULL);

        for (gsize i = 0; i < offset; i++)
          g_string_append (text, i % 5 == 4 ? "你" : "a");
        g_assert_cmpuint (gw_utf8_get_valid_prefix ((const guint8 *)text->str, text->len), ==,
                          text->len);
        {
          gsize good = text->len;

          g_string_append (text, bad[kind]);
          g_string_append (text, "tail of the text");
          g_assert_cmpuint (gw_utf8_get_valid_prefix ((const guint8 *)text->str, text->len), ==,
                            good);
        }
      }
}

static void
test_counts_nul (void)
{
  static const guint8 text[] = "a\0bcdefg\0\0\0\0\0\0\0\0\xe4\xbd\xa0\0x";
  gsize n_nul = 0;

  g_assert_cmpuint (gw_utf8_get_valid_prefix_counting (text, sizeof text, &n_nul), ==, sizeof text);
  g_assert_cmpuint (n_nul, ==, 11);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/utf8/all-scalars", test_all_scalars);
  g_test_add_func ("/reader/utf8/all-pairs", test_all_pairs);
  g_test_add_func ("/reader/utf8/positions", test_positions);
  g_test_add_func ("/reader/utf8/counts-nul", test_counts_nul);
  return g_test_run ();
}
