/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locale.h"

#include <glib/gi18n.h>
#include <gnu/libc-version.h>
#include <string.h>

/* The locale belongs to the process, so each question is asked in a process of its own. */
static void
ask (const char *language)
{
  g_unsetenv ("LANGUAGE");
  g_setenv ("LC_ALL", language, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
answer (void)
{
  gw_locale_init (g_getenv ("GW_LOCALE_DIR"));
  g_print ("%s 纠纷\n", g_dgettext ("gridwork", "Matters"));
}

/* A server's bare locale: Chinese comes out whole. */
static void
test_ascii (void)
{
  if (g_test_subprocess ())
    {
      answer ();
      return;
    }
  ask ("C");
  g_test_trap_assert_stdout ("*Matters 纠纷*");
}

/* From 2.37 on the C library takes C.UTF-8 for "C": no program finds a catalogue there. */
static gboolean
can_translate_in_c_utf8 (void)
{
  guint64 minor = 0;

  return g_ascii_string_to_unsigned (gnu_get_libc_version () + strlen ("2."), 10, 0, 999, &minor,
                                     NULL) &&
         minor < 37;
}

/* The machine was never told about Chinese, the person was born to it. */
static void
test_not_installed (void)
{
  if (g_test_subprocess ())
    {
      answer ();
      return;
    }
  ask ("zh_CN.NOT-INSTALLED");
  g_test_trap_assert_stdout (can_translate_in_c_utf8 () ? "*事项 纠纷*" : "*Matters 纠纷*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/locale/ascii", test_ascii);
  g_test_add_func ("/locale/not-installed", test_not_installed);
  return g_test_run ();
}
