/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-area.h"

#include "gw-state.h"

static const char *const levels[GW_N_LEVELS] = { "city",      "district", "township",
                                                 "community", "grid",     "micro" };

static const char *const kinds[] = {
  [GW_AREA_URBAN] = "urban",
  [GW_AREA_RURAL] = "rural",
  [GW_AREA_NEIGHBOURING] = "neighbouring",
  [GW_AREA_COMPOUND] = "compound",
  [GW_AREA_VILLAGE] = "village",
  [GW_AREA_MARKET] = "market",
  [GW_AREA_SPECIAL] = "special",
};

void
gw_area_free (GwArea *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->name);
  g_clear_pointer (&self->geometry, g_bytes_unref);
  g_free (self);
}

gboolean
gw_area_is_current (const GwArea *self)
{
  return self->valid_to == G_MAXINT32;
}

const char *
gw_area_level_id (GwAreaLevel level)
{
  g_return_val_if_fail ((guint)level < GW_N_LEVELS, NULL);

  return levels[level];
}

const char *
gw_area_level_label (GwAreaLevel level)
{
  return gw_term_label (gw_area_level_id (level));
}

gboolean
gw_area_level_from_id (const char *id, GwAreaLevel *level)
{
  for (guint i = 0; id != NULL && i < GW_N_LEVELS; i++)
    if (g_str_equal (levels[i], id))
      {
        *level = (GwAreaLevel)i;
        return TRUE;
      }
  return FALSE;
}

const char *
gw_area_kind_id (GwAreaKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (kinds) && kinds[kind] != NULL, NULL);

  return kinds[kind];
}

gboolean
gw_area_kind_from_id (const char *id, GwAreaKind *kind)
{
  for (guint i = GW_AREA_URBAN; id != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i], id))
      {
        *kind = (GwAreaKind)i;
        return TRUE;
      }
  return FALSE;
}
