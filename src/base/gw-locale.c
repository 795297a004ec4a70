/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locale.h"

#include "gw-config.h"
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

/* The words of the environment that name the language of messages, the strongest first (POSIX XBD
 * 8.2). */
static const char *
wanted_locale (void)
{
  static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = g_getenv (names[i]);

      if (value != NULL && *value != '\0')
        return value;
    }
  return NULL;
}

/* gettext needs no installed locale to find a catalogue, only one that is not "C"; since version
 * 2.37 of the C library C.UTF-8 counts as that, and messages stay English. */
static void
keep_language (void)
{
  const char *wanted = wanted_locale ();
  g_autofree char *language = NULL;

  if (wanted == NULL || g_getenv ("LANGUAGE") != NULL)
    return;
  language = g_strndup (wanted, strcspn (wanted, ".@"));
  g_setenv ("LANGUAGE", language, FALSE);
}

void
gw_locale_init (const char *locale_dir)
{
  if (setlocale (LC_ALL, "") == NULL)
    {
      setlocale (LC_ALL, "C.UTF-8");
      keep_language ();
    }
  else if (strcmp (nl_langinfo (CODESET), "ANSI_X3.4-1968") == 0)
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GW_GETTEXT_DOMAIN, locale_dir);
  bind_textdomain_codeset (GW_GETTEXT_DOMAIN, "UTF-8");
  textdomain (GW_GETTEXT_DOMAIN);
}
