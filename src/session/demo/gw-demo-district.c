/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-demo-district.h"

#include "gw-clock.h"
#include "gw-csv.h"
#include "gw-error.h"
#include "gw-paths.h"
#include "gw-role.h"
#include <json-glib/json-glib.h>
#include <string.h>

static void
rings_free (gpointer rings)
{
  if (rings != NULL)
    gw_rings_unref (rings);
}

void
gw_demo_district_free (GwDemoDistrict *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->areas, g_ptr_array_unref);
  g_clear_pointer (&self->rings, g_ptr_array_unref);
  g_clear_pointer (&self->population, g_array_unref);
  g_clear_pointer (&self->size_m2, g_array_unref);
  g_clear_pointer (&self->orgs, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->lead_orgs, g_hash_table_unref);
  g_clear_pointer (&self->street_of, g_hash_table_unref);
  g_clear_pointer (&self->handlers, g_array_unref);
  g_clear_pointer (&self->river, gw_lines_unref);
  g_free (self);
}

static JsonArray *
load_features (const char *relative, JsonParser *parser, GError **error)
{
  g_autofree char *path = gw_path_data (relative);
  JsonObject *root;

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;
  root = json_node_get_object (json_parser_get_root (parser));
  return json_object_get_array_member (root, "features");
}

/* ---- areas ---- */

static void
add_ring (GwRingsBuilder *builder, JsonArray *ring)
{
  guint n = json_array_get_length (ring);
  g_autofree GwPoint *points = g_new (GwPoint, n);

  for (guint i = 0; i < n; i++)
    {
      JsonArray *pair = json_array_get_array_element (ring, i);

      points[i] = gw_point_from_degrees (json_array_get_double_element (pair, 0),
                                         json_array_get_double_element (pair, 1));
    }
  gw_rings_builder_add_ring (builder, points, n);
}

static GwRings *
rings_of (JsonObject *geometry)
{
  GwRingsBuilder *builder = gw_rings_builder_new ();
  JsonArray *polygons = json_object_get_array_member (geometry, "coordinates");

  for (guint p = 0; p < json_array_get_length (polygons); p++)
    {
      JsonArray *rings = json_array_get_array_element (polygons, p);

      gw_rings_builder_start_polygon (builder);
      for (guint r = 0; r < json_array_get_length (rings); r++)
        add_ring (builder, json_array_get_array_element (rings, r));
    }
  return gw_rings_builder_end (builder);
}

static GwAreaKind
kind_of (const char *text)
{
  static const struct
  {
    const char *text;
    GwAreaKind kind;
  } kinds[] = {
    { "district", GW_AREA_URBAN },
    { "street", GW_AREA_URBAN },
    { "town", GW_AREA_RURAL },
    { "居委会", GW_AREA_URBAN },
    { "村委会", GW_AREA_VILLAGE },
    { "residential-grid", GW_AREA_COMPOUND },
    { "micro-area", GW_AREA_COMPOUND },
    { "village-grid", GW_AREA_VILLAGE },
    { "village-micro", GW_AREA_VILLAGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].text, text))
      return kinds[i].kind;
  return GW_AREA_SPECIAL;
}

/* The list of 2023 is taken as valid from the merger on; its villages that are older keep the first
 * day of the demo. */
static void
add_area (GwDemoDistrict *self, GHashTable *by_code, JsonObject *feature)
{
  JsonObject *facts = json_object_get_object_member (feature, "properties");
  GwArea *area = g_new0 (GwArea, 1);
  GwRings *rings = rings_of (json_object_get_object_member (feature, "geometry"));
  GwPoint label = gw_rings_get_label_point (rings);
  guint64 population = (guint64)json_object_get_int_member (facts, "population_synthetic");
  guint64 size = (guint64)json_object_get_int_member (facts, "area_m2");

  area->id = self->areas->len + 1;
  area->level = (GwAreaLevel)json_object_get_int_member (facts, "level");
  area->kind = kind_of (json_object_get_string_member (facts, "kind"));
  area->code = g_strdup (json_object_get_string_member (facts, "code"));
  area->name = g_strdup (json_object_get_string_member (facts, "name"));
  area->parent = GPOINTER_TO_UINT (
      g_hash_table_lookup (by_code, json_object_get_string_member (facts, "parent")));
  area->valid_from = gw_day_from_ymd (2016, 1, 1);
  area->valid_to = G_MAXINT32;
  area->households = (guint)(population / 3);
  area->label_x = label.x;
  area->label_y = label.y;
  area->geometry = gw_rings_to_bytes (rings);
  g_hash_table_insert (by_code, area->code, GUINT_TO_POINTER (area->id));
  g_ptr_array_add (self->areas, area);
  g_ptr_array_add (self->rings, rings);
  g_array_append_val (self->population, population);
  g_array_append_val (self->size_m2, size);
}

/* Parents first, whatever the order of the file. */
static void
add_level (GwDemoDistrict *self, GHashTable *by_code, JsonArray *features, gint64 level)
{
  for (guint i = 0; i < json_array_get_length (features); i++)
    {
      JsonObject *feature = json_array_get_object_element (features, i);
      JsonObject *facts = json_object_get_object_member (feature, "properties");

      if (json_object_get_int_member (facts, "level") == level)
        add_area (self, by_code, feature);
    }
}

/* ---- villages of the past ---- */

#define FIRST_YEAR 2016
#define LAST_COLUMN 8u /* 2023 */

static char *
village_stem (const char *name)
{
  static const char *const endings[] = { "社区居委会", "居委会", "村委会", "社区", "村" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]) && strlen (name) > strlen (endings[i]))
      return g_strndup (name, strlen (name) - strlen (endings[i]));
  return g_strdup (name);
}

/* Which village took over is not published per village. The same name wins, else the nearest code
 * of the same township, else of the district: schematic, like the borders. */
static guint32
find_successor (GwDemoDistrict *self, const char *code, const char *name)
{
  g_autofree char *stem = village_stem (name);
  guint64 number = g_ascii_strtoull (code, NULL, 10);
  guint64 best_distance = G_MAXUINT64;
  guint32 best = GW_AREA_NONE;

  for (guint i = 0; i < self->areas->len; i++)
    {
      const GwArea *area = g_ptr_array_index (self->areas, i);
      g_autofree char *other = NULL;
      guint64 value, distance;

      if (area->level != GW_LEVEL_COMMUNITY || area->valid_to != G_MAXINT32)
        continue;
      other = village_stem (area->name);
      value = g_ascii_strtoull (area->code, NULL, 10);
      distance = value > number ? value - number : number - value;
      if (g_str_equal (other, stem))
        distance = 0;
      if (distance < best_distance)
        {
          best_distance = distance;
          best = area->id;
        }
    }
  return best;
}

static guint32
ancestor_of (GwDemoDistrict *self, guint32 id, GwAreaLevel level)
{
  const GwArea *area = g_ptr_array_index (self->areas, id - 1);

  while (area->level > level)
    area = g_ptr_array_index (self->areas, area->parent - 1);
  return area->id;
}

static void
add_old_village (GwDemoDistrict *self, const char *code, const char *name, guint last)
{
  GwArea *area = g_new0 (GwArea, 1);
  guint64 nobody = 0;

  area->id = self->areas->len + 1;
  area->level = GW_LEVEL_COMMUNITY;
  area->kind = g_str_has_suffix (name, "村委会") ? GW_AREA_VILLAGE : GW_AREA_URBAN;
  area->code = g_strdup (code);
  area->name = g_strdup (name);
  area->successor = find_successor (self, code, name);
  area->parent = ancestor_of (self, area->successor, GW_LEVEL_TOWNSHIP);
  area->valid_from = gw_day_from_ymd (FIRST_YEAR, 1, 1);
  /* The list of a year holds what was valid in the middle of it. */
  area->valid_to = gw_day_from_ymd (FIRST_YEAR + (int)last, 7, 1);
  g_ptr_array_add (self->areas, area);
  g_ptr_array_add (self->rings, NULL);
  g_array_append_val (self->population, nobody);
  g_array_append_val (self->size_m2, nobody);
}

static gboolean
add_old_villages (GwDemoDistrict *self, GHashTable *by_code, GError **error)
{
  g_autofree char *path = gw_path_data ("divisions/chuanshan_villages_by_year.csv");
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  rows = gw_csv_parse (text, length, error);
  for (guint i = 1; rows != NULL && i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);
      guint last = LAST_COLUMN;

      if (g_hash_table_contains (by_code, cells[0]))
        continue;
      while (last > 0 && cells[last][0] == '\0')
        last--;
      if (last > 0)
        add_old_village (self, cells[0], cells[last], last);
    }
  return rows != NULL;
}

static gboolean
load_areas (GwDemoDistrict *self, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GHashTable) by_code = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *features = load_features ("geo/demo_areas.geojson", parser, error);
  guint64 nobody = 0;

  if (features == NULL)
    return FALSE;
  g_ptr_array_add (self->rings, NULL);
  g_array_append_val (self->population, nobody);
  g_array_append_val (self->size_m2, nobody);
  for (gint64 level = GW_LEVEL_DISTRICT; level <= GW_LEVEL_MICRO; level++)
    add_level (self, by_code, features, level);
  return add_old_villages (self, by_code, error);
}

static gboolean
load_river (GwDemoDistrict *self, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonArray *features = load_features ("geo/rivers_gshhg.geojson", parser, error);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (GwPoint));
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (guint));

  if (features == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (features); i++)
    {
      JsonObject *geometry =
          json_object_get_object_member (json_array_get_object_element (features, i), "geometry");
      JsonArray *line = json_object_get_array_member (geometry, "coordinates");
      guint n = json_array_get_length (line);

      for (guint j = 0; j < n; j++)
        {
          JsonArray *pair = json_array_get_array_element (line, j);
          GwPoint point = gw_point_from_degrees (json_array_get_double_element (pair, 0),
                                                 json_array_get_double_element (pair, 1));

          g_array_append_val (points, point);
        }
      g_array_append_val (lengths, n);
    }
  self->river = gw_lines_new ((const GwPoint *)(gpointer)points->data,
                              (const guint *)(gpointer)lengths->data, lengths->len);
  return TRUE;
}

/* ---- organisations and posts ---- */

static guint32
add_org (GwDemoDistrict *self, const char *code, const char *name, const char *kind, guint32 area)
{
  GwOrg *org = g_new0 (GwOrg, 1);

  org->id = self->orgs->len + 1;
  org->code = g_strdup_printf ("510903-%s", code);
  org->name = g_strdup (name);
  org->kind = g_strdup (kind);
  org->area = area;
  org->valid_from = gw_day_from_ymd (2016, 1, 1);
  org->valid_to = G_MAXINT32;
  g_ptr_array_add (self->orgs, org);
  return org->id;
}

#define R(role) (1u << GW_ROLE_##role)

static guint32
add_account (GwDemoDistrict *self, const char *login, const char *label, guint32 org, guint32 roles)
{
  GwAccount *account = g_new0 (GwAccount, 1);

  account->id = self->accounts->len + 1;
  account->org = org;
  account->login = g_ascii_strdown (login, -1);
  account->label = g_strdup (label);
  account->roles = roles;
  account->active = TRUE;
  g_ptr_array_add (self->accounts, account);
  return account->id;
}

/* Posts of the centre: names of desks, never of people. */
static void
add_centre_posts (GwDemoDistrict *self)
{
  guint32 centre = self->centre;

  self->duty = add_account (self, "duty", "值班长岗", centre, R (DUTY_OFFICER));
  self->intake = add_account (self, "intake", "受理岗", centre, R (INTAKE));
  self->dispatcher = add_account (self, "dispatcher", "分派岗", centre, R (DISPATCHER));
  self->verifier = add_account (self, "verifier", "核查岗", self->verify_org, R (VERIFIER));
  add_account (self, "supervisor", "督办岗", centre, R (SUPERVISOR));
  add_account (self, "director", "中心主任岗", centre, R (DIRECTOR));
  add_account (self, "statistician", "统计岗", centre, R (STATISTICIAN));
  add_account (self, "leader", "领导查看", centre, R (LEADER_VIEW));
  add_account (self, "auditor", "审计岗", centre, R (AUDITOR));
  add_account (self, "sysadmin", "系统管理岗", centre, R (SYSADMIN));
}

static void
add_unit_post (GwDemoDistrict *self, guint32 org_id)
{
  const GwOrg *org = g_ptr_array_index (self->orgs, org_id - 1);
  g_autofree char *label = g_strdup_printf ("%s承办岗", org->name);
  guint32 account = add_account (self, strrchr (org->code, '-') + 1, label, org_id,
                                 R (UNIT_HANDLER) | R (UNIT_LEAD));

  g_array_set_size (self->handlers, MAX (self->handlers->len, org_id + 1));
  g_array_index (self->handlers, guint32, org_id) = account;
}

static void
add_orgs (GwDemoDistrict *self, const GwDemoTable *table)
{
  for (guint i = 0; i < table->orgs->len; i++)
    {
      const GwDemoOrg *row = g_ptr_array_index (table->orgs, i);
      guint32 id = add_org (self, row->code, row->name, row->kind, GW_AREA_NONE);

      g_hash_table_insert (self->lead_orgs, g_strdup (row->lead), GUINT_TO_POINTER (id));
    }
  self->centre = GPOINTER_TO_UINT (g_hash_table_lookup (self->lead_orgs, "centre"));
  self->verify_org = GPOINTER_TO_UINT (g_hash_table_lookup (self->lead_orgs, "verify"));
  add_centre_posts (self);
  for (guint i = 0; i < self->areas->len; i++)
    {
      const GwArea *area = g_ptr_array_index (self->areas, i);
      g_autofree char *name = NULL;

      if (area->level != GW_LEVEL_TOWNSHIP)
        continue;
      name = g_str_has_suffix (area->name, "街道") ? g_strdup_printf ("%s办事处", area->name)
                                                   : g_strdup_printf ("%s人民政府", area->name);
      g_hash_table_insert (self->street_of, GUINT_TO_POINTER (area->id),
                           GUINT_TO_POINTER (
                               add_org (self, area->code + 6, name, "street", area->id)));
    }
  for (guint i = 0; i < self->orgs->len; i++)
    if (i + 1 != self->centre && i + 1 != self->verify_org)
      add_unit_post (self, i + 1);
}

GwDemoDistrict *
gw_demo_district_load (const GwDemoTable *table, GError **error)
{
  g_autoptr (GwDemoDistrict) self = g_new0 (GwDemoDistrict, 1);

  self->areas = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_area_free);
  self->rings = g_ptr_array_new_with_free_func (rings_free);
  self->population = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->size_m2 = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->orgs = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_org_free);
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_account_free);
  self->lead_orgs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->street_of = g_hash_table_new (NULL, NULL);
  self->handlers = g_array_new (FALSE, TRUE, sizeof (guint32));
  if (!load_areas (self, error) || !load_river (self, error))
    return NULL;
  add_orgs (self, table);
  return g_steal_pointer (&self);
}
