/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geopackage.h"

#include "gw-error.h"
#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <string.h>

typedef struct
{
  char *id, *type; /* owned */
} Column;

struct _GwGeopackage
{
  sqlite3 *db;
  sqlite3_stmt *insert;
  char *layer, *description; /* owned */
  GPtrArray *columns;        /* owned, Column */
  gint32 west, south, east, north;
};

static void
column_free (Column *column)
{
  g_free (column->id);
  g_free (column->type);
  g_free (column);
}

void
gw_geopackage_free (GwGeopackage *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->insert);
  sqlite3_close (self->db);
  g_free (self->layer);
  g_free (self->description);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

static gboolean
fail (GwGeopackage *self, GError **error)
{
  int code = sqlite3_errcode (self->db) & 0xff;

  return gw_throw (error, code == SQLITE_FULL ? GW_ERROR_FULL : GW_ERROR_FAILED,
                   _ ("writing the GeoPackage: %s"), sqlite3_errmsg (self->db));
}

static gboolean
execute (GwGeopackage *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (self, error);
}

/* The tables that the standard asks for; srs rows -1 and 0 are obligatory. */
static const char frame[] =
    "PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;"
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,"
    " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT "
    "NULL,"
    " description TEXT);"
    "INSERT INTO gpkg_spatial_ref_sys VALUES"
    " ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL),"
    " ('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL),"
    " ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\","
    "6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],"
    "AUTHORITY[\"EPSG\",\"4326\"]]', NULL);"
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
    " identifier TEXT UNIQUE, description TEXT DEFAULT '',"
    " last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
    " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,"
    " CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT "
    "NULL,"
    " CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
    " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),"
    " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
    "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,"
    " definition TEXT NOT NULL, scope TEXT NOT NULL,"
    " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));";

GwGeopackage *
gw_geopackage_new (const char *path, const char *layer, const char *description, GError **error)
{
  g_autoptr (GwGeopackage) self = g_new0 (GwGeopackage, 1);

  self->layer = g_strdup (layer);
  self->description = g_strdup (description);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)column_free);
  self->west = self->south = G_MAXINT32;
  self->east = self->north = G_MININT32;
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
      SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  return execute (self, frame, error) ? g_steal_pointer (&self) : NULL;
}

void
gw_geopackage_add_column (GwGeopackage *self, const char *id, const char *type)
{
  Column *column = g_new0 (Column, 1);

  column->id = g_strdup (id);
  column->type = g_strdup (type);
  g_ptr_array_add (self->columns, column);
}

/* Names are ours or checked ids of modules ([a-z0-9_]); %Q and %w quote them all the same. */
static char *
table_sql (const GwGeopackage *self)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  char *head =
      sqlite3_mprintf ("CREATE TABLE \"%w\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
                       " geom POINT",
                       self->layer);

  g_string_append (sql, head);
  sqlite3_free (head);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = g_ptr_array_index (self->columns, i);
      char *part = sqlite3_mprintf (", \"%w\" %s", column->id, column->type);

      g_string_append (sql, part);
      sqlite3_free (part);
    }
  g_string_append (sql, ");");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
register_layer (GwGeopackage *self, GError **error)
{
  char *sql = sqlite3_mprintf (
      "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
      " VALUES (%Q, 'features', %Q, %Q, 4326);"
      "INSERT INTO gpkg_geometry_columns VALUES (%Q, 'geom', 'POINT', 4326, 0, 0);"
      "INSERT INTO gpkg_extensions VALUES (%Q, 'geom', 'gpkg_rtree_index',"
      " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');"
      "CREATE VIRTUAL TABLE \"rtree_%w_geom\" USING rtree (id, minx, maxx, miny, maxy);",
      self->layer, self->layer, self->description, self->layer, self->layer, self->layer);
  gboolean good = execute (self, sql, error);

  sqlite3_free (sql);
  return good;
}

static gboolean
prepare_insert (GwGeopackage *self, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  char *head = sqlite3_mprintf ("INSERT INTO \"%w\" VALUES (NULL, ?", self->layer);

  g_string_append (sql, head);
  sqlite3_free (head);
  for (guint i = 0; i < self->columns->len; i++)
    g_string_append (sql, ", ?");
  g_string_append (sql, ")");
  return sqlite3_prepare_v2 (self->db, sql->str, -1, &self->insert, NULL) == SQLITE_OK ||
         fail (self, error);
}

gboolean
gw_geopackage_start (GwGeopackage *self, GError **error)
{
  g_autofree char *table = table_sql (self);

  return execute (self, table, error) && register_layer (self, error) &&
         prepare_insert (self, error);
}

void
gw_geopackage_set_text (GwGeopackage *self, guint column, const char *text)
{
  if (text != NULL)
    sqlite3_bind_text (self->insert, (int)column + 2, text, -1, SQLITE_TRANSIENT);
}

void
gw_geopackage_set_number (GwGeopackage *self, guint column, double number)
{
  sqlite3_bind_double (self->insert, (int)column + 2, number);
}

void
gw_geopackage_set_time (GwGeopackage *self, guint column, gint64 utc)
{
  g_autoptr (GDateTime) time = utc != 0 ? g_date_time_new_from_unix_utc (utc) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.000Z") : NULL;

  gw_geopackage_set_text (self, column, text);
}

/* GeoPackageBinary: "GP", version 0, little endian without envelope, srs id, then WKB of a point.
 */
static void
make_point (guint8 blob[29], gint32 x, gint32 y)
{
  const gint32 srs = GINT32_TO_LE (4326);
  const guint32 kind = GUINT32_TO_LE (1);
  double lon = x / 1e7, lat = y / 1e7;

  memcpy (blob, "GP\0\1", 4);
  memcpy (blob + 4, &srs, 4);
  blob[8] = 1;
  memcpy (blob + 9, &kind, 4);
  memcpy (blob + 13, &lon, 8);
  memcpy (blob + 21, &lat, 8);
}

gboolean
gw_geopackage_add_row (GwGeopackage *self, gboolean has_point, gint32 x, gint32 y, GError **error)
{
  guint8 blob[29];
  int code;

  if (has_point)
    {
      make_point (blob, x, y);
      sqlite3_bind_blob (self->insert, 1, blob, sizeof blob, SQLITE_TRANSIENT);
      self->west = MIN (self->west, x);
      self->east = MAX (self->east, x);
      self->south = MIN (self->south, y);
      self->north = MAX (self->north, y);
    }
  code = sqlite3_step (self->insert);
  sqlite3_reset (self->insert);
  sqlite3_clear_bindings (self->insert);
  return code == SQLITE_DONE || fail (self, error);
}

/* The point's own bytes give the box: 13 and 21 are where make_point put them. */
static void
blob_coordinate (sqlite3_context *context, int n, sqlite3_value **values)
{
  const guint8 *blob = sqlite3_value_blob (values[0]);
  double number;

  if (blob == NULL || sqlite3_value_bytes (values[0]) != 29)
    {
      sqlite3_result_null (context);
      return;
    }
  memcpy (&number, blob + sqlite3_value_int (values[1]), sizeof number);
  sqlite3_result_double (context, number);
}

static gboolean
build_index (GwGeopackage *self, GError **error)
{
  char *sql = sqlite3_mprintf (
      "INSERT INTO \"rtree_%w_geom\" SELECT fid, gw_coordinate (geom, 13), gw_coordinate (geom, "
      "13),"
      " gw_coordinate (geom, 21), gw_coordinate (geom, 21) FROM \"%w\" WHERE geom IS NOT NULL;",
      self->layer, self->layer);
  gboolean good =
      (sqlite3_create_function (self->db, "gw_coordinate", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                NULL, blob_coordinate, NULL, NULL) == SQLITE_OK ||
       fail (self, error)) &&
      execute (self, sql, error);

  sqlite3_free (sql);
  return good;
}

static gboolean
set_box (GwGeopackage *self, GError **error)
{
  char *sql;
  gboolean good;

  if (self->west > self->east)
    return TRUE;
  sql = sqlite3_mprintf (
      "UPDATE gpkg_contents SET min_x = %.7f, min_y = %.7f, max_x = %.7f, max_y = %.7f",
      self->west / 1e7, self->south / 1e7, self->east / 1e7, self->north / 1e7);
  good = execute (self, sql, error);
  sqlite3_free (sql);
  return good;
}

gboolean
gw_geopackage_finish (GwGeopackage *self, GError **error)
{
  return build_index (self, error) && set_box (self, error) && execute (self, "COMMIT", error);
}
