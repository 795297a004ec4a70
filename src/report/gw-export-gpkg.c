/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-export-private.h"

#include "gw-geopackage.h"

typedef struct
{
  const GwExportSheet *sheet;
  GwGeopackage *file; /* owned */
} Writer;

static const char *
sql_type (GwCellKind kind)
{
  return kind == GW_CELL_TEXT ? "TEXT" : (kind == GW_CELL_NUMBER ? "REAL" : "DATETIME");
}

static gpointer
gpkg_begin (const GwExportSheet *sheet, const char *path, GError **error)
{
  GwGeopackage *file = gw_geopackage_new (path, "matters", sheet->stamp, error);
  Writer *self;

  if (file == NULL)
    return NULL;
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const GwExportColumn *column = g_ptr_array_index (sheet->columns, i);

      gw_geopackage_add_column (file, column->id, sql_type (column->kind));
    }
  if (!gw_geopackage_start (file, error))
    {
      gw_geopackage_free (file);
      return NULL;
    }
  self = g_new0 (Writer, 1);
  self->sheet = sheet;
  self->file = file;
  return self;
}

static gboolean
gpkg_row (gpointer data, const GwMatter *matter, const GwExportCell *cells, GError **error)
{
  Writer *self = data;

  for (guint i = 0; i < self->sheet->columns->len; i++)
    {
      const GwExportColumn *column = g_ptr_array_index (self->sheet->columns, i);
      gboolean place = g_str_equal (column->id, "lon") || g_str_equal (column->id, "lat");

      if (column->kind == GW_CELL_TIME)
        gw_geopackage_set_time (self->file, i, cells[i].time);
      else if (column->kind == GW_CELL_TEXT)
        gw_geopackage_set_text (self->file, i, cells[i].text);
      else if (!place || matter->has_point)
        gw_geopackage_set_number (self->file, i, cells[i].number);
    }
  return gw_geopackage_add_row (self->file, matter->has_point, matter->x, matter->y, error);
}

static void
gpkg_abandon (gpointer data)
{
  Writer *self = data;

  gw_geopackage_free (self->file);
  g_free (self);
}

static gboolean
gpkg_end (gpointer data, GError **error)
{
  Writer *self = data;
  gboolean good = gw_geopackage_finish (self->file, error);

  gpkg_abandon (self);
  return good;
}

const GwExportFormat gw_export_gpkg = { ".gpkg", gpkg_begin, gpkg_row, gpkg_end, gpkg_abandon };
