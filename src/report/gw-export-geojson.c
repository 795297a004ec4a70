/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-export-private.h"

#include <string.h>

/* RFC 7946; coordinates are WGS 84 / CGCS2000 longitude and latitude. Written as it goes: a tree of
 * a million features would not fit. */
typedef struct
{
  const GwExportSheet *sheet;
  GOutputStream *stream; /* owned */
  GString *text;         /* owned: the feature in the making */
  gboolean started;
} Writer;

static void
geojson_abandon (gpointer data)
{
  Writer *self = data;

  g_string_free (self->text, TRUE);
  g_clear_object (&self->stream);
  g_free (self);
}

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (out, '\\');
      if ((guchar)*at < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint)*at);
      else
        g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
}

static gboolean
write_text (Writer *self, GError **error)
{
  gboolean good =
      g_output_stream_write_all (self->stream, self->text->str, self->text->len, NULL, NULL, error);

  g_string_truncate (self->text, 0);
  return good;
}

static gpointer
geojson_begin (const GwExportSheet *sheet, const char *path, GError **error)
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
  self->text = g_string_new ("{\"type\":\"FeatureCollection\",\"description\":");
  append_string (self->text, sheet->stamp);
  g_string_append (self->text, ",\"features\":[");
  if (write_text (self, error))
    return self;
  geojson_abandon (self);
  return NULL;
}

static void
append_number (GString *out, double number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (digits, sizeof digits, "%.9g", number));
}

static void
append_place (GString *out, gint32 value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (digits, sizeof digits, "%.7f", value / 1e7));
}

static void
append_value (GString *out, const GwExportColumn *column, const GwExportCell *cell)
{
  g_autofree char *at =
      column->kind == GW_CELL_TIME && cell->time != 0 ? gw_time_format_iso (cell->time) : NULL;
  const char *text = column->kind == GW_CELL_TIME ? at : cell->text;

  if (column->kind == GW_CELL_NUMBER)
    append_number (out, cell->number);
  else if (text != NULL)
    append_string (out, text);
  else
    g_string_append (out, "null");
}

static void
append_properties (Writer *self, const GwExportCell *cells)
{
  gboolean first = TRUE;

  for (guint i = 0; i < self->sheet->columns->len; i++)
    {
      const GwExportColumn *column = g_ptr_array_index (self->sheet->columns, i);

      if (g_str_equal (column->id, "lon") || g_str_equal (column->id, "lat"))
        continue;
      if (!first)
        g_string_append_c (self->text, ',');
      first = FALSE;
      append_string (self->text, column->id);
      g_string_append_c (self->text, ':');
      append_value (self->text, column, &cells[i]);
    }
}

static gboolean
geojson_row (gpointer data, const GwMatter *matter, const GwExportCell *cells, GError **error)
{
  Writer *self = data;

  g_string_append (self->text, self->started ? ",\n" : "\n");
  self->started = TRUE;
  g_string_append (self->text, "{\"type\":\"Feature\",\"geometry\":");
  if (matter->has_point)
    {
      g_string_append (self->text, "{\"type\":\"Point\",\"coordinates\":[");
      append_place (self->text, matter->x);
      g_string_append_c (self->text, ',');
      append_place (self->text, matter->y);
      g_string_append (self->text, "]}");
    }
  else
    g_string_append (self->text, "null");
  g_string_append (self->text, ",\"properties\":{");
  append_properties (self, cells);
  g_string_append (self->text, "}}");
  return write_text (self, error);
}

static gboolean
geojson_end (gpointer data, GError **error)
{
  Writer *self = data;
  gboolean good;

  g_string_append (self->text, "\n]}\n");
  good = write_text (self, error) && g_output_stream_close (self->stream, NULL, error);
  geojson_abandon (self);
  return good;
}

const GwExportFormat gw_export_geojson = { ".geojson", geojson_begin, geojson_row, geojson_end,
                                           geojson_abandon };
