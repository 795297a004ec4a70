/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window program. */

#include "gw-application.h"
#include "gw-locale.h"
#include "gw-paths.h"
#include <glib/gi18n.h>

int
main (int argc, char **argv)
{
  g_autofree char *folder = gw_path_locale ();
  g_autoptr (GwApplication) app = NULL;

  /* Before any thread: workers read translated texts while the toolkit starts. */
  gw_locale_init (folder);
  gtk_disable_setlocale ();
  g_set_application_name (_ ("Gridwork"));

  app = gw_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
