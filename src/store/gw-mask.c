/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-mask-private.h"

#include "gw-error.h"
#include "gw-parts-private.h"

#include <glib/gi18n-lib.h>

gboolean
gw_mask_make (GwMask *self, GwDb *db, const GwActor *actor, const GwMatter *matter, GError **error)
{
  guint32 may = gw_role_may (actor->role);
  gboolean is_program = actor->account == 0, handles = FALSE;
  gboolean is_restricted = matter->sensitivity == GW_SENSITIVITY_RESTRICTED;

  *self = (GwMask){ is_program, is_program, is_program, is_program, FALSE };
  if (is_program)
    return TRUE;
  if ((may & (GW_MAY_LIST | GW_MAY_READ)) == 0)
    return gw_throw (error, GW_ERROR_REFUSED, _ ("Your role may not look at matters"));
  if ((may & GW_MAY_RESTRICTED) != 0 && actor->org != 0)
    {
      handles = matter->lead_org == actor->org;
      if (!handles && !gw_parts_is_handling (db, matter->id, actor->org, &handles, error))
        return FALSE;
    }
  self->restricted = handles;
  self->whole = !is_restricted || handles;
  self->texts = (may & GW_MAY_READ) != 0 && self->whole;
  self->internal = self->texts;
  return TRUE;
}

gboolean
gw_mask_shows (const GwFieldSpec *field, gpointer data)
{
  const GwMask *self = data;

  if (self->list_only && (field->flags & GW_FIELD_IN_LIST) == 0)
    return FALSE;
  switch (field->privacy)
    {
    case GW_CLASS_OPEN:
      return self->whole;
    case GW_CLASS_INTERNAL:
      return self->internal;
    case GW_CLASS_RESTRICTED:
      return self->restricted;
    case GW_CLASS_VAULT:
    default:
      return FALSE;
    }
}

static void
hide (char **text, const char *instead)
{
  if (*text == NULL)
    return;
  g_free (*text);
  *text = g_strdup (instead);
}

void
gw_mask_apply (const GwMask *self, GwMatter *matter)
{
  if (!self->whole)
    {
      hide (&matter->title, _ ("Restricted matter"));
      matter->has_point = FALSE;
      matter->x = 0;
      matter->y = 0;
    }
  if (!self->texts)
    {
      hide (&matter->summary, "");
      hide (&matter->address, NULL);
      hide (&matter->result, NULL);
    }
}
