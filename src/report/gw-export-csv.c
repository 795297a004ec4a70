/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-export-private.h"

#include "gw-csv.h"
#include <string.h>

typedef struct
{
  const GwExportSheet *sheet;
  GOutputStream *stream; /* owned */
  GwCsvWriter *csv;      /* owned */
} Writer;

static void
csv_abandon (gpointer data)
{
  Writer *self = data;

  g_clear_pointer (&self->csv, gw_csv_writer_free);
  g_clear_object (&self->stream);
  g_free (self);
}

static gpointer
csv_begin (const GwExportSheet *sheet, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) raw =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  Writer *self;

  if (raw == NULL)
    return NULL;
  self = g_new0 (Writer, 1);
  self->sheet = sheet;
  self->stream = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (raw), 1 << 18);
  self->csv = gw_csv_writer_new (self->stream, TRUE);
  for (guint i = 0; i < sheet->columns->len; i++)
    gw_csv_writer_cell (self->csv,
                        ((GwExportColumn *)g_ptr_array_index (sheet->columns, i))->label);
  if (gw_csv_writer_end_row (self->csv, error))
    return self;
  csv_abandon (self);
  return NULL;
}

static gboolean
csv_row (gpointer data, const GwMatter *matter, const GwExportCell *cells, GError **error)
{
  Writer *self = data;

  for (guint i = 0; i < self->sheet->columns->len; i++)
    {
      const GwExportColumn *column = g_ptr_array_index (self->sheet->columns, i);
      gboolean place = g_str_equal (column->id, "lon") || g_str_equal (column->id, "lat");

      if (column->kind == GW_CELL_TIME)
        {
          g_autofree char *at = cells[i].time != 0 ? gw_time_format (cells[i].time) : NULL;

          gw_csv_writer_cell (self->csv, at);
        }
      else if (column->kind == GW_CELL_TEXT || (place && !matter->has_point))
        gw_csv_writer_cell (self->csv, cells[i].text);
      else
        gw_csv_writer_number (self->csv, cells[i].number, place ? 7 : 0);
    }
  return gw_csv_writer_end_row (self->csv, error);
}

static gboolean
csv_end (gpointer data, GError **error)
{
  Writer *self = data;
  gboolean good =
      gw_csv_writer_flush (self->csv, error) && g_output_stream_close (self->stream, NULL, error);

  csv_abandon (self);
  return good;
}

const GwExportFormat gw_export_csv = { ".csv", csv_begin, csv_row, csv_end, csv_abandon };
