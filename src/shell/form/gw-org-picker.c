/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-org-picker.h"

#include "gw-clock.h"
#include "gw-text.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FOUND 40

static gboolean
fits (const GwOrg *org, const char *folded)
{
  g_autofree char *name = gw_text_fold (org->name);
  g_autofree char *code = gw_text_fold (org->code);

  return strstr (name, folded) != NULL || strstr (code, folded) != NULL ||
         gw_text_matches_initials (org->name, folded);
}

static void
search_orgs (GwPicker *self, const char *text, gpointer data)
{
  GPtrArray *orgs = gw_session_get_orgs (data);
  g_autofree char *folded = gw_text_fold (text);
  gint32 today = gw_day_of_time (gw_session_now (data));
  guint found = 0;

  for (guint i = 1; i < orgs->len && found < MAX_FOUND; i++)
    {
      const GwOrg *org = g_ptr_array_index (orgs, i);

      if (org == NULL || org->valid_to <= today || (*folded != '\0' && !fits (org, folded)))
        continue;
      gw_picker_add (self, org->id, org->name, org->code);
      found++;
    }
}

GtkWidget *
gw_org_picker_new (GwSession *session)
{
  GtkWidget *picker = gw_picker_new (search_orgs, g_object_ref (session), g_object_unref);

  gw_picker_set_placeholder (GW_PICKER (picker), _ ("Name, code or initials of the unit"));
  return picker;
}
