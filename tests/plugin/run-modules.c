/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that loads the modules of GW_PLUGIN_PATH, starts them, asks each for what it offers and
 * ends. It is run by test-deaths, because a module may end it. */
#include "gw-module-host.h"

#include <stdio.h>

int
main (int argc, char **argv)
{
  g_autoptr (GwClock) clock = gw_clock_new_fixed (0);
  g_autoptr (GwModuleHost) host = gw_module_host_load (NULL);
  GPtrArray *modules = gw_module_host_get_modules (host);

  gw_module_host_activate (host, clock);
  for (guint i = 0; i < modules->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (modules, i);
      const char *answer = gw_module_host_get_extension (host, module->id, "test.echo/1");

      printf ("loaded %s, extension %s\n", module->id, answer != NULL ? answer : "none");
    }
  for (const char *const *line = gw_module_host_get_problems (host); *line != NULL; line++)
    printf ("problem %s\n", *line);
  if (gw_module_host_get_last_death (host) != NULL)
    printf ("death %s\n", gw_module_host_get_last_death (host));
  return 0;
}
