/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/* Drops the last reference of the test and waits for the object to go. A worker may hold it a
 * moment longer than its answer takes to arrive; one that never lets go lets the test run into its
 * time limit. */
static inline void
gw_test_drop (gpointer object)
{
  gpointer watched = object;

  g_object_add_weak_pointer (object, &watched);
  g_object_unref (object);
  while (g_atomic_pointer_get (&watched) != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}
