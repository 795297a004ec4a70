/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"
#include "gw-free-text.h"

#include <string.h>

static void
test_tidy_keeps_paragraphs (void)
{
  static const struct
  {
    const char *text;
    const char *tidy;
  } cases[] = {
    { "", "" },
    { "  \r\n \n", "" },
    { "one", "one" },
    { "  one  \r\n\r\n  two\t\r\n", "one\n\n  two" }, /* an indent may mean something */
    { "村\n", "村" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *tidy = gw_free_text_tidy (cases[i].text);
      g_autofree char *again = gw_free_text_tidy (tidy);

      g_assert_cmpstr (tidy, ==, cases[i].tidy);
      g_assert_cmpstr (again, ==, tidy);
    }
}

static void
test_check (void)
{
  static const struct
  {
    const char *text;
    gsize max_length;
    gboolean personal_allowed;
    gboolean ok;
  } cases[] = {
    { "", 0, FALSE, TRUE },
    { "三个字", 3, FALSE, TRUE }, /* characters, not bytes */
    { "三个字", 2, FALSE, FALSE },
    { "line\r\nline\tend", 99, FALSE, TRUE },
    { "bell\a", 99, FALSE, FALSE },
    { "delete\x7f", 99, FALSE, FALSE },
    { "C1 \xc2\x85", 99, FALSE, FALSE },
    { "\xc3\x28", 99, FALSE, FALSE },
    { "打 13800138000", 99, FALSE, FALSE },
    { "打 13800138000", 99, TRUE, TRUE },
    { "11010519491231002X", 99, FALSE, FALSE },
    { "110105194912310021", 99, FALSE, TRUE }, /* wrong check digit: any long number */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean ok = gw_free_text_check ("Field", cases[i].text, cases[i].max_length,
                                        cases[i].personal_allowed, &error);

      g_test_message ("row %u", i);
      g_assert_cmpint (ok, ==, cases[i].ok);
      if (ok)
        continue;
      g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, "Field"));
      g_assert_null (strstr (error->message, "138001"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/free-text/tidy-keeps-paragraphs", test_tidy_keeps_paragraphs);
  g_test_add_func ("/free-text/check", test_check);
  return g_test_run ();
}
