/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a row belongs: point, code and name of the area, and what to do when they disagree. */
#include "gw-area-name.h"
#include "gw-reader-client.h"
#include "gw-row-check-private.h"
#include "gw-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef enum
{
  POINT_NONE,
  POINT_BAD, /* told */
  POINT_OUTSIDE,
  POINT_INSIDE,
} PointKind;

/* ---- words ---- */

static char *
dup_path (GwRowCheck *self, guint32 area)
{
  const GwArea *found = gw_area_tree_get (self->world.tree, area);

  if (found == NULL || !GW_CHECK_TELLS (self))
    return g_strdup ("");
  if (found->parent == GW_AREA_NONE)
    return g_strdup (found->name);
  return gw_area_tree_path (self->world.tree, area, " › ");
}

static const char *
name_of (GwRowCheck *self, guint32 area)
{
  const GwArea *found = gw_area_tree_get (self->world.tree, area);

  return found != NULL ? found->name : "";
}

static int
area_column (GwRowCheck *self)
{
  int code = gw_check_column (self, GW_TARGET_AREA_CODE);

  return *gw_check_cell (self, GW_TARGET_AREA_CODE) != '\0'
             ? code
             : gw_check_column (self, GW_TARGET_AREA_NAME);
}

/* ---- points ---- */

/* Degrees with an optional sign for degrees; FALSE when it is no number. */
static gboolean
parse_degrees (const char *text, double *value)
{
  g_autofree char *folded = NULL;
  char *end;

  *value = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0')
    return isfinite (*value);
  folded = gw_text_fold (text);
  *value = g_ascii_strtod (folded, &end);
  if (end == folded || !isfinite (*value))
    return FALSE;
  while (*end == ' ')
    end++;
  return *end == '\0' || strcmp (end, "°") == 0 || strcmp (end, "e") == 0 ||
         strcmp (end, "n") == 0 || strcmp (end, "°e") == 0 || strcmp (end, "°n") == 0;
}

/* "105.58,30.50" in the column of the longitude. */
static gboolean
split_pair (GwRowCheck *self, double *lon, double *lat)
{
  const char *text = gw_check_cell (self, GW_TARGET_LON);
  g_autofree char *folded = NULL;
  g_auto (GStrv) parts = NULL;

  if (gw_check_column (self, GW_TARGET_LAT) >= 0)
    return FALSE;
  folded = gw_text_fold (text);
  parts = g_strsplit_set (folded, ",; ", 2);
  return g_strv_length (parts) == 2 && parse_degrees (g_strstrip (parts[0]), lon) &&
         parse_degrees (g_strstrip (parts[1]), lat);
}

static gboolean
read_degrees (GwRowCheck *self, double *lon, double *lat)
{
  if (split_pair (self, lon, lat))
    return TRUE;
  return parse_degrees (gw_check_cell (self, GW_TARGET_LON), lon) &&
         parse_degrees (gw_check_cell (self, GW_TARGET_LAT), lat);
}

static gboolean
has_cells (GwRowCheck *self)
{
  const char *lon = gw_check_cell (self, GW_TARGET_LON);
  const char *lat = gw_check_cell (self, GW_TARGET_LAT);

  return (*lon != '\0' && !gw_text_is_blank (lon)) || (*lat != '\0' && !gw_text_is_blank (lat));
}

static void
refuse_degrees (GwRowCheck *self)
{
  int lon = gw_check_column (self, GW_TARGET_LON), lat = gw_check_column (self, GW_TARGET_LAT);

  if (gw_check_cell (self, GW_TARGET_LON)[0] == '\0' ||
      gw_check_cell (self, GW_TARGET_LAT)[0] == '\0')
    gw_check_refuse (self, gw_check_cell (self, GW_TARGET_LON)[0] == '\0' ? lon : lat,
                     _ ("only one half of the point is there; fill in longitude and latitude, or "
                        "empty both"));
  else
    gw_check_refuse (self, lon,
                     _ ("longitude and latitude are not numbers in degrees; write them like "
                        "105.581783 and 30.505015"));
}

static gboolean
is_on_earth (double lon, double lat)
{
  return lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90;
}

static void
refuse_range (GwRowCheck *self, double lon, double lat)
{
  int column = gw_check_column (self, GW_TARGET_LON);

  if (is_on_earth (lat, lon))
    gw_check_refuse (self, column,
                     _ ("longitude and latitude have changed places; exchange the two cells"));
  else
    gw_check_refuse (self, column,
                     _ ("the numbers are no degrees but perhaps metres of a projection; convert "
                        "the points to longitude and latitude first"));
}

static gboolean
raw_point_is_usable (GwRowCheck *self)
{
  int lat = gw_check_column (self, GW_TARGET_LAT);

  return gw_check_raw (self, gw_check_column (self, GW_TARGET_LON)) &&
         (lat < 0 || gw_check_raw (self, lat));
}

static gboolean
is_zero (double lon, double lat)
{
  return fabs (lon) < 1e-9 && fabs (lat) < 1e-9;
}

static void
tell_swapped (GwRowCheck *self)
{
  if (self->world.swapped)
    gw_check_warn (self, gw_check_column (self, GW_TARGET_LON),
                   _ ("longitude and latitude have changed places in this file and were exchanged; "
                      "look at the place"));
}

static guint32
locate (const GwRowCheck *self, GwPoint point)
{
  guint16 found = self->world.locate != NULL ? gw_locate_find (self->world.locate, point.x, point.y)
                                             : GW_LOCATE_NONE;

  return found != GW_LOCATE_NONE ? self->world.locate_ids[found] : GW_AREA_NONE;
}

/* Sets the point of the result; *leaf its area. */
static PointKind
check_point (GwRowCheck *self, guint32 *leaf)
{
  double lon, lat;
  GwPoint point;

  *leaf = GW_AREA_NONE;
  if (!has_cells (self))
    return POINT_NONE;
  if (!raw_point_is_usable (self))
    return POINT_BAD;
  if (!read_degrees (self, &lon, &lat))
    {
      refuse_degrees (self);
      return POINT_BAD;
    }
  if (is_zero (lon, lat))
    return POINT_NONE; /* how many systems write "no point" */
  if (self->world.swapped)
    {
      double other = lon;

      lon = lat;
      lat = other;
    }
  if (!is_on_earth (lon, lat))
    {
      refuse_range (self, lon, lat);
      return POINT_BAD;
    }
  gw_project (self->world.crs, GW_CRS_WGS84, &lon, &lat);
  point = gw_point_from_degrees (lon, lat);
  self->out.has_point = TRUE;
  self->out.x = point.x;
  self->out.y = point.y;
  *leaf = locate (self, point);
  tell_swapped (self);
  return *leaf != GW_AREA_NONE ? POINT_INSIDE : POINT_OUTSIDE;
}

/* ---- what the row names ---- */

/* The candidates of code and name that fit together: code first, name when there is no code. */
static const GwNamed *
choose_named (const GwNamed *code, const GwNamed *name)
{
  if (code->kind == GW_NAMED_ONE || name->kind == GW_NAMED_NOTHING)
    return code;
  return code->kind == GW_NAMED_NOTHING || name->kind >= GW_NAMED_ONE ? name : code;
}

static gboolean
names_area_of (GwRowCheck *self, const GwNamed *named, guint32 leaf)
{
  if (named->kind == GW_NAMED_ONE)
    return gw_area_tree_contains (self->world.tree, named->id, leaf);
  for (guint i = 0; named->several != NULL && i < named->several->len; i++)
    if (gw_area_tree_contains (self->world.tree, g_array_index (named->several, guint32, i), leaf))
      return TRUE;
  return FALSE;
}

static void
tell_successor (GwRowCheck *self, int column, const GwNamed *named)
{
  const GwArea *old = gw_area_tree_get (self->world.tree, named->old);

  if (named->kind != GW_NAMED_ONE || old == NULL)
    return;
  gw_check_warn (self, column, _ ("%s (%s) is no longer valid; its successor %s (%s) is taken"),
                 old->name, old->code, name_of (self, named->id),
                 gw_area_tree_get (self->world.tree, named->id)->code);
}

/* Refused when the row has no other place, else a warning. */
static void
tell_useless (GwRowCheck *self, int column, const GwNamed *named, gboolean fatal)
{
  const char *reason;

  if (named->kind == GW_NAMED_DESTROYED)
    reason = _ ("the code of the area was destroyed by a spreadsheet, which keeps 15 digits only; "
                "format the column as text and fill in the codes again from the source");
  else if (named->kind == GW_NAMED_SPLIT)
    reason = _ ("the area was divided and has no single successor; give the area that is valid "
                "now, or a point");
  else
    reason = _ ("no area of this district has this code or name; choose it from the list of areas");
  /* A destroyed code is never overlooked: the other codes of the file are in danger too. */
  if (fatal || named->kind == GW_NAMED_DESTROYED)
    gw_check_refuse (self, column, "%s", reason);
  else
    gw_check_warn (self, column, _ ("%s; the point is used"), reason);
}

static char *
dup_several (GwRowCheck *self, const GArray *several)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < several->len && i < 4; i++)
    {
      guint32 id = g_array_index (several, guint32, i);
      g_autofree char *path = dup_path (self, id);

      g_string_append_printf (text, "%s%s (%s)", i > 0 ? _ (", ") : "", path,
                              gw_area_tree_get (self->world.tree, id)->code);
    }
  return g_string_free (text, FALSE);
}

static void
refuse_several (GwRowCheck *self, const GwNamed *named)
{
  g_autofree char *several = GW_CHECK_TELLS (self) ? dup_several (self, named->several) : NULL;

  gw_check_refuse (self, area_column (self),
                   _ ("several areas have this name: %s; write the township before the name, or "
                      "give a code or a point"),
                   several != NULL ? several : "");
}

/* Whether the text speaks of the township of the area, with or without its suffix. */
static gboolean
speaks_of_town (GwRowCheck *self, const char *folded, guint32 area)
{
  guint32 town = gw_area_tree_ancestor (self->world.tree, area, GW_LEVEL_TOWNSHIP);
  GwNameClass name_class;
  g_autofree char *stem = NULL;

  if (town == GW_AREA_NONE)
    return FALSE;
  stem = gw_area_name_stem (name_of (self, town), &name_class);
  return strstr (folded, stem) != NULL;
}

/* The only one whose township stands in the address. */
static guint32
decide_by_address (GwRowCheck *self, const GwNamed *named)
{
  g_autofree char *folded = gw_text_fold (gw_check_cell (self, GW_TARGET_ADDRESS));
  guint32 found = GW_AREA_NONE;

  for (guint i = 0; folded[0] != '\0' && i < named->several->len; i++)
    {
      guint32 id = g_array_index (named->several, guint32, i);

      if (!speaks_of_town (self, folded, id))
        continue;
      if (found != GW_AREA_NONE)
        return GW_AREA_NONE;
      found = id;
    }
  return found;
}

/* ---- together ---- */

static GwPrecision
precision_of (GwRowCheck *self, guint32 area)
{
  GwAreaLevel level = gw_area_tree_get (self->world.tree, area)->level;

  return level >= GW_LEVEL_GRID ? GW_PRECISION_GRID : GW_PRECISION_COMMUNITY;
}

static void
place_by_area (GwRowCheck *self, const GwNamed *named, int column)
{
  self->out.has_point = FALSE;
  if (named->kind == GW_NAMED_SEVERAL)
    {
      self->out.area = decide_by_address (self, named);
      if (self->out.area == GW_AREA_NONE)
        {
          refuse_several (self, named);
          return;
        }
    }
  else if (named->kind == GW_NAMED_ONE)
    self->out.area = named->id;
  else
    {
      tell_useless (self, column, named, TRUE);
      return;
    }
  tell_successor (self, column, named);
  self->out.precision = precision_of (self, self->out.area);
}

static void
place_by_point (GwRowCheck *self, guint32 leaf, const GwNamed *named, int column)
{
  self->out.area = leaf;
  self->out.precision = GW_PRECISION_EXACT;
  if (named->kind == GW_NAMED_NOTHING)
    return;
  if (named->kind < GW_NAMED_ONE)
    tell_useless (self, column, named, FALSE);
  else if (!names_area_of (self, named, leaf))
    {
      g_autofree char *path = dup_path (self, leaf);

      gw_check_warn (self, column,
                     _ ("the point lies in %s, not in the area named here; the point is used, look "
                        "which of the two is right"),
                     path);
    }
  else
    tell_successor (self, column, named);
}

static void
place_outside (GwRowCheck *self, const GwNamed *named, int column)
{
  const GwArea *root = gw_area_tree_root (self->world.tree);
  const char *district = root != NULL ? root->name : "";
  int lon = gw_check_column (self, GW_TARGET_LON);

  if (named->kind == GW_NAMED_ONE || named->kind == GW_NAMED_SEVERAL)
    {
      if (self->world.locate != NULL)
        gw_check_warn (
            self, lon,
            _ ("the point lies outside %s and is left out, the area is used; correct it, "
               "and look whether the coordinate system is right"),
            district);
      place_by_area (self, named, column);
      return;
    }
  gw_check_refuse (self, lon,
                   _ ("the point lies outside %s; correct it, look whether the coordinate system "
                      "is right, or give the area instead"),
                   district);
}

/* Two columns that name different areas: the code is the more exact one. */
static void
compare_code_and_name (GwRowCheck *self, const GwNamed *code, const GwNamed *name)
{
  GwAreaTree *tree = self->world.tree;

  if (code->kind != GW_NAMED_ONE || name->kind != GW_NAMED_ONE ||
      gw_area_tree_contains (tree, code->id, name->id) ||
      gw_area_tree_contains (tree, name->id, code->id))
    return;
  gw_check_warn (self, gw_check_column (self, GW_TARGET_AREA_NAME),
                 _ ("the code means %s, the name %s; the code is used, correct the one that is "
                    "wrong"),
                 name_of (self, code->id), name_of (self, name->id));
}

static void
check_scope (GwRowCheck *self)
{
  guint32 scope = self->world.scope_area;

  if (scope != GW_AREA_NONE && self->out.area != GW_AREA_NONE &&
      !gw_area_tree_contains (self->world.tree, scope, self->out.area))
    gw_check_refuse (self, -1, _ ("%s lies outside the area you work for; hand the row on"),
                     name_of (self, self->out.area));
}

static const GwNamed *
named_by_code (GwRowCheck *self)
{
  static const GwNamed nothing = { 0 };
  int column = gw_check_column (self, GW_TARGET_AREA_CODE);
  const char *text = gw_check_cell (self, GW_TARGET_AREA_CODE);

  if (*text == '\0' || !gw_check_raw (self, column))
    return &nothing;
  return gw_check_code (self, text, self->row->cell_flags[column]);
}

static const GwNamed *
named_by_name (GwRowCheck *self)
{
  static const GwNamed nothing = { 0 };
  int column = gw_check_column (self, GW_TARGET_AREA_NAME);
  const char *text = gw_check_cell (self, GW_TARGET_AREA_NAME);

  return *text != '\0' && gw_check_raw (self, column) ? gw_check_name (self, text) : &nothing;
}

/* A place may be an area's name ("和平西路社区"); a spot's name is part of the address only. */
static gboolean
place_by_name_of_place (GwRowCheck *self)
{
  int column = gw_check_column (self, GW_TARGET_PLACE);
  const char *text = gw_check_cell (self, GW_TARGET_PLACE);
  const GwNamed *named;

  if (*text == '\0' || !gw_check_raw (self, column))
    return FALSE;
  named = gw_check_name (self, text);
  if (named->kind < GW_NAMED_ONE)
    return FALSE;
  place_by_area (self, named, column);
  return TRUE;
}

void
gw_check_place (GwRowCheck *self)
{
  const GwNamed *code = named_by_code (self);
  const GwNamed *name = named_by_name (self);
  const GwNamed *named = choose_named (code, name);
  int column =
      gw_check_column (self, named == code && code->kind != GW_NAMED_NOTHING ? GW_TARGET_AREA_CODE
                                                                             : GW_TARGET_AREA_NAME);
  guint32 leaf;
  PointKind point = check_point (self, &leaf);

  self->out.area = GW_AREA_NONE;
  /* The name is used, but a destroyed code beside it must be seen. */
  if (code->kind == GW_NAMED_DESTROYED && named != code)
    tell_useless (self, gw_check_column (self, GW_TARGET_AREA_CODE), code, TRUE);
  compare_code_and_name (self, code, name);
  if (point == POINT_INSIDE)
    place_by_point (self, leaf, named, column);
  else if (point == POINT_OUTSIDE)
    place_outside (self, named, column);
  else if (named->kind != GW_NAMED_NOTHING)
    place_by_area (self, named, column);
  else if (point == POINT_NONE && !place_by_name_of_place (self))
    gw_check_refuse (self, -1,
                     _ ("the row has no place; give the code or name of its area, or a point"));
  check_scope (self);
}

/* "和平西路社区42号" names a community without a column for it: good enough for a guess. */
static guint32
claimed_by_address (GwRowCheck *self)
{
  static const char *const ends[] = { "社区", "村" };
  const char *text = gw_check_cell (self, GW_TARGET_ADDRESS);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const char *end = strstr (text, ends[i]);
      g_autofree char *name = NULL;
      const GwNamed *named;

      if (end == NULL || end - text > 60)
        continue;
      name = g_strndup (text, (gsize)(end - text) + strlen (ends[i]));
      named = gw_check_name (self, name);
      if (named->kind == GW_NAMED_ONE)
        return named->id;
    }
  return GW_AREA_NONE;
}

gboolean
gw_row_check_sample (GwRowCheck *self, const GwStageRow *row, GwPoint *point, guint32 *claimed)
{
  const GwNamed *code, *name, *named;
  double lon, lat;

  self->row = row;
  self->problems = NULL;
  if (!has_cells (self) || !read_degrees (self, &lon, &lat) || is_zero (lon, lat) ||
      fabs (lon) > 180 || fabs (lat) > 180)
    return FALSE;
  code = named_by_code (self);
  name = named_by_name (self);
  named = choose_named (code, name);
  *claimed = named->kind == GW_NAMED_ONE ? named->id : claimed_by_address (self);
  /* A swapped file has longitudes of 105 where latitudes end at 90, so not by way of
   * gw_point_from_degrees(). */
  point->x = (gint32)lrint (lon * GW_LATTICE_PER_DEGREE);
  point->y = (gint32)lrint (lat * GW_LATTICE_PER_DEGREE);
  return TRUE;
}
