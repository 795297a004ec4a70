/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-clock.h"
#include "gw-reader-client.h"
#include "gw-row-check-private.h"

static void
test_forms (void)
{
  static const struct
  {
    const char *text;
    guint flags;
    const char *time; /* NULL: no time */
    gboolean guess;
  } cases[] = {
    { "2022-12-26", 0, "2022-12-26 00:00", FALSE },
    { "2022/12/26", 0, "2022-12-26 00:00", FALSE },
    { "2022-12-26 08:55", 0, "2022-12-26 08:55", FALSE },
    { "2022-12-26T08:55:30", 0, "2022-12-26 08:55", FALSE },
    { " 2022年12月26日 8时55分 ", 0, "2022-12-26 08:55", FALSE },
    { "20221226", 0, "2022-12-26 00:00", FALSE },
    { "44921", GW_CELL_NUMBER, "2022-12-26 00:00", TRUE },
    { "44921.371527778", GW_CELL_NUMBER, "2022-12-26 08:55", TRUE },
    { "2022.12.26 08:55", 0, "2022-12-26 08:55", TRUE },
    { "26/12/2022", 0, "2022-12-26 00:00", TRUE },
    { "12/26/2022 8:55", 0, "2022-12-26 08:55", TRUE },
    { "05/06/2022", 0, NULL, FALSE },
    { "2022-02-29", 0, NULL, FALSE },
    { "2024-02-29", 0, "2024-02-29 00:00", FALSE },
    { "2022-12-26 24:01", 0, NULL, FALSE },
    { "44921.5.1", 0, NULL, FALSE },
    { "99999", GW_CELL_NUMBER, NULL, FALSE },
    { "昨天", 0, NULL, FALSE },
    { "", 0, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 utc;
      gboolean guess;
      gboolean is_time = gw_check_parse_time (cases[i].text, cases[i].flags, &utc, &guess);
      g_autofree char *time = is_time ? gw_time_format (utc) : NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (time, ==, cases[i].time);
      if (is_time)
        g_assert_cmpint (guess, ==, cases[i].guess);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-time/forms", test_forms);
  return g_test_run ();
}
