/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-area-picker.h"

#include <glib/gi18n-lib.h>

#define MAX_FOUND 30

static void
add_area (GwPicker *self, const GwAreaTree *tree, const GwArea *area)
{
  g_autofree char *above = gw_area_tree_path (tree, area->parent, " › ");

  gw_picker_add (self, area->id, area->name, above);
}

static void
search_areas (GwPicker *self, const char *text, gpointer data)
{
  const GwAreaTree *tree = gw_session_get_areas (data);
  g_autoptr (GPtrArray) found = gw_area_tree_search (tree, text, MAX_FOUND);

  for (guint i = 0; i < found->len; i++)
    add_area (self, tree, g_ptr_array_index (found, i));
}

GtkWidget *
gw_area_picker_new (GwSession *session)
{
  GtkWidget *picker = gw_picker_new (search_areas, g_object_ref (session), g_object_unref);

  gw_picker_set_placeholder (GW_PICKER (picker), _ ("Name, code or initials"));
  return picker;
}

void
gw_area_picker_set (GwPicker *self, GwSession *session, guint32 area)
{
  const GwArea *found = gw_area_tree_get (gw_session_get_areas (session), area);

  gw_picker_set (self, found != NULL ? area : 0, found != NULL ? found->name : NULL);
}
