/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "geo-demo.h"

#include "gw-config.h"

#include <string.h>

static char *
load_file (const char *name)
{
  g_autofree char *path = g_build_filename (GW_SOURCE_DATA_DIR, "geo", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
dup_member (const char *feature, const char *name)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":", name);
  const char *at = strstr (feature, key);

  g_assert_nonnull (at);
  at += strlen (key);
  return *at == '"' ? g_strndup (at + 1, strcspn (at + 1, "\""))
                    : g_strndup (at, strcspn (at, ",}"));
}

/* Reads "[lon,lat]" at @at. */
static const char *
read_position (const char *at, GwPoint *point)
{
  char *end;
  double lon, lat;

  g_assert_cmpint (*at, ==, '[');
  lon = g_ascii_strtod (at + 1, &end);
  g_assert_cmpint (*end, ==, ',');
  lat = g_ascii_strtod (end + 1, &end);
  g_assert_cmpint (*end, ==, ']');
  *point = gw_point_from_degrees (lon, lat);
  return end + 1;
}

/* Reads "[[lon,lat],...]" at @at and appends to @points. */
static const char *
read_positions (const char *at, GArray *points)
{
  g_assert_cmpint (*at, ==, '[');
  do
    {
      GwPoint point;

      at = read_position (at + 1, &point);
      g_array_append_val (points, point);
    }
  while (*at == ',');
  g_assert_cmpint (*at, ==, ']');
  return at + 1;
}

/* Reads the nested lists of a MultiPolygon. */
static GwRings *
read_multi_polygon (const char *at)
{
  GwRingsBuilder *builder = gw_rings_builder_new ();

  g_assert_cmpint (*at, ==, '[');
  do
    {
      at++;
      g_assert_cmpint (*at, ==, '[');
      gw_rings_builder_start_polygon (builder);
      do
        {
          g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (GwPoint));

          at = read_positions (at + 1, points);
          gw_rings_builder_add_ring (builder, (const GwPoint *)(gpointer)points->data, points->len);
        }
      while (*at == ',');
      g_assert_cmpint (*at, ==, ']');
      at++;
    }
  while (*at == ',');
  return gw_rings_builder_end (builder);
}

static void
area_clear (gpointer data)
{
  GeoDemoArea *area = data;

  g_free (area->code);
  g_free (area->parent);
  gw_rings_unref (area->rings);
}

GArray *
geo_demo_load (guint level)
{
  g_autofree char *text = load_file ("demo_areas.geojson");
  GArray *areas = g_array_new (FALSE, FALSE, sizeof (GeoDemoArea));
  const char *feature = text;

  g_array_set_clear_func (areas, area_clear);
  while ((feature = strstr (feature, "{\"type\":\"Feature\",")) != NULL)
    {
      g_autofree char *level_text = dup_member (feature, "level");
      g_autofree char *area_text = dup_member (feature, "area_m2");
      GeoDemoArea area = { 0 };

      area.level = (guint)g_ascii_strtoull (level_text, NULL, 10);
      if (level == 0 || area.level == level)
        {
          area.code = dup_member (feature, "code");
          area.parent = dup_member (feature, "parent");
          area.area_m2 = g_ascii_strtod (area_text, NULL);
          area.rings = read_multi_polygon (strstr (feature, "\"coordinates\":") +
                                           strlen ("\"coordinates\":"));
          g_array_append_val (areas, area);
        }
      feature++;
    }
  g_assert_cmpuint (areas->len, >, 0);
  return areas;
}

const GwRings **
geo_demo_collect_rings (const GArray *areas)
{
  const GwRings **rings = g_new (const GwRings *, areas->len + 1);

  for (guint i = 0; i < areas->len; i++)
    rings[i] = g_array_index (areas, GeoDemoArea, i).rings;
  return rings;
}

GwLines *
geo_demo_load_river (void)
{
  g_autofree char *text = load_file ("rivers_gshhg.geojson");
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (GwPoint));
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  char *read = text, *written = text;
  const char *at = text;

  /* This file has spaces between its elements. */
  for (; *read != '\0'; read++)
    {
      if (!g_ascii_isspace (*read))
        *written++ = *read;
    }
  *written = '\0';
  while ((at = strstr (at, "\"coordinates\":")) != NULL)
    {
      guint before = points->len, length;

      at = read_positions (at + strlen ("\"coordinates\":"), points);
      length = points->len - before;
      g_array_append_val (lengths, length);
    }
  return gw_lines_new ((const GwPoint *)(gpointer)points->data,
                       (const guint *)(gpointer)lengths->data, lengths->len);
}

guint64
geo_demo_random (guint64 stream, guint64 i)
{
  guint64 z = (stream * 0x9e3779b97f4a7c15ull) ^ ((i + 1) * 0x9e3779b97f4a7c15ull);

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

gint32
geo_demo_random_int (guint64 stream, guint64 i, gint32 low, gint32 high)
{
  guint64 span = (guint64)((gint64)high - low) + 1;

  return (gint32)(low + (gint64)((geo_demo_random (stream, i) >> 11) % span));
}
