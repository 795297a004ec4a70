/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter-cell.h"

#include "gw-area-name.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

static const GwColumnSpec specs[GW_N_COLUMNS] = {
  [GW_COLUMN_LAMP] = { "lamp", NC_ ("column", "Lamp"), 88, 0, TRUE, FALSE, 0 },
  [GW_COLUMN_NUMBER] = { "number", NC_ ("column", "Number"), 176, 0, TRUE, TRUE,
                         GW_SORT_NUMBER_ASC },
  [GW_COLUMN_TITLE] = { "title", NC_ ("column", "Title"), 0, 0, TRUE, FALSE, 0 },
  [GW_COLUMN_AREA] = { "area", NC_ ("column", "Area"), 190, 860, TRUE, TRUE, GW_SORT_AREA },
  [GW_COLUMN_STATE] = { "state", NC_ ("column", "State"), 84, 0, TRUE, TRUE, GW_SORT_STATE },
  [GW_COLUMN_DUE] = { "due", NC_ ("column", "Due"), 108, 500, TRUE, TRUE, GW_SORT_DUE_ASC },
  [GW_COLUMN_ORG] = { "org", NC_ ("column", "Lead unit"), 136, 980, TRUE, FALSE, 0 },
  [GW_COLUMN_REPORTED] = { "reported", NC_ ("column", "Reported"), 124, 1160, TRUE, TRUE,
                           GW_SORT_REPORTED_ASC },
  [GW_COLUMN_TYPE] = { "type", NC_ ("column", "Kind"), 110, 1160, FALSE, FALSE, 0 },
};

const GwColumnSpec *
gw_matter_cell_spec (GwColumn column)
{
  g_return_val_if_fail ((guint)column < GW_N_COLUMNS, NULL);
  return &specs[column];
}

const char *
gw_matter_cell_title (GwColumn column)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "column", gw_matter_cell_spec (column)->title);
}

/* The lowest area, which mostly carries the name of its community; else that goes before it: a grid
 * alone would not say where it is. */
static char *
area_text (GwSession *session, guint32 id)
{
  GwAreaTree *tree = gw_session_get_areas (session);
  const GwArea *area = gw_area_tree_get (tree, id);
  const GwArea *community = NULL;
  g_autofree char *stem = NULL;
  GwNameClass name_class = GW_NAME_PLAIN;

  if (area == NULL)
    return g_strdup ("–");
  community = gw_area_tree_get (tree, gw_area_tree_ancestor (tree, id, GW_LEVEL_COMMUNITY));
  if (area->level <= GW_LEVEL_COMMUNITY || community == NULL)
    return g_strdup (area->name);
  stem = gw_area_name_stem (community->name, &name_class);
  if (g_str_has_prefix (area->name, stem))
    return g_strdup (area->name);
  return g_strdup_printf ("%s %s", stem, area->name);
}

static const char *
org_name (GwSession *session, guint32 id)
{
  GPtrArray *orgs = gw_session_get_orgs (session);
  const GwOrg *org = id != 0 && id < orgs->len ? g_ptr_array_index (orgs, id) : NULL;

  return org != NULL ? org->name : "–";
}

static const char *
type_label (GwSession *session, guint32 number)
{
  GPtrArray *types = gw_session_get_types (session);
  const GwTypeSpec *type = number < types->len ? g_ptr_array_index (types, number) : NULL;

  return type != NULL && type->label != NULL ? type->label : "–";
}

char *
gw_matter_cell_text (
    GwColumn column, const GwMatter *row, GwLamp lamp, GwSession *session, gint64 now)
{
  if (row == NULL)
    return g_strdup ("");
  switch (column)
    {
    case GW_COLUMN_LAMP:
      if (lamp == GW_LAMP_NONE)
        return g_strdup (gw_ui_lamp_glyph (lamp));
      return g_strdup_printf ("%s %s", gw_ui_lamp_glyph (lamp), gw_lamp_label (lamp));
    case GW_COLUMN_NUMBER:
      return g_strdup (row->number);
    case GW_COLUMN_TITLE:
      return g_strdup (row->title != NULL ? row->title : "");
    case GW_COLUMN_AREA:
      return area_text (session, row->area);
    case GW_COLUMN_STATE:
      return g_strdup (gw_state_label (row->state));
    case GW_COLUMN_DUE:
      return gw_state_is_open (row->state) ? gw_ui_format_due (row->due, now) : g_strdup ("");
    case GW_COLUMN_ORG:
      return g_strdup (org_name (session, row->lead_org));
    case GW_COLUMN_REPORTED:
      return gw_ui_format_day (row->reported, now);
    case GW_COLUMN_TYPE:
      return g_strdup (type_label (session, row->type));
    case GW_N_COLUMNS:
    default:
      return g_strdup ("");
    }
}
