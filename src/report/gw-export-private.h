/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-export.h"

G_BEGIN_DECLS

typedef enum
{
  GW_CELL_TEXT,
  GW_CELL_NUMBER,
  GW_CELL_TIME, /* UTC seconds in @time; 0 is empty */
} GwCellKind;

typedef struct
{
  const char *id; /* of files for programs: GeoJSON, GeoPackage */
  char *label;    /* owned: of files for people */
  GwCellKind kind;
  guint width; /* of a sheet's column, in characters */
} GwExportColumn;

typedef struct
{
  char *text; /* owned, nullable */
  double number;
  gint64 time;
} GwExportCell;

/* What all formats share. */
typedef struct
{
  const GwExportJob *job;
  GPtrArray *columns; /* owned, GwExportColumn */
  char *stamp;        /* owned: who, when, what for, which filter, demo or not */
  gint64 now;
  const GwTypeSpec
      *type; /* nullable: the one type of all rows, whose list fields are columns too */
} GwExportSheet;

void gw_export_sheet_init (GwExportSheet *self,
                           const GwExportJob *job,
                           const GwSelection *selection);
void gw_export_sheet_clear (GwExportSheet *self);
/* @cells has room for as many as there are columns; free with gw_export_cells_clear. */
void gw_export_sheet_fill (const GwExportSheet *self, const GwMatter *matter, GwExportCell *cells);
void gw_export_cells_clear (GwExportCell *cells, guint n);

/* One format: begin, a call per row, end. On any FALSE the driver removes the file. */
typedef struct
{
  const char *suffix;
  gpointer (*begin) (const GwExportSheet *sheet, const char *path, GError **error);
  gboolean (*row) (gpointer writer,
                   const GwMatter *matter,
                   const GwExportCell *cells,
                   GError **error);
  gboolean (*end) (gpointer writer, GError **error); /* frees the writer, also after an error */
  void (*abandon) (gpointer writer);
} GwExportFormat;

extern const GwExportFormat gw_export_csv, gw_export_xlsx, gw_export_geojson, gw_export_gpkg;

G_END_DECLS
