/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-export-private.h"

#include "gw-error.h"
#include <glib/gi18n-lib.h>
#include <xlsxwriter.h>

#define MAX_ROWS 1048575u /* of a sheet, less the header */

typedef struct
{
  const GwExportSheet *sheet;
  lxw_workbook *book; /* owned: freed by workbook_close */
  lxw_worksheet *page;
  lxw_format *time;
  guint row;
} Writer;

static gpointer
xlsx_begin (const GwExportSheet *sheet, const char *path, GError **error)
{
  /* Rows go to a temporary file at once: memory stays flat for a million rows. */
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  Writer *self = g_new0 (Writer, 1);
  lxw_doc_properties properties = { .comments = sheet->stamp };
  lxw_format *head;

  self->sheet = sheet;
  self->book = workbook_new_opt (path, &options);
  workbook_set_properties (self->book, &properties);
  self->page = workbook_add_worksheet (self->book, _ ("Matters"));
  self->time = workbook_add_format (self->book);
  format_set_num_format (self->time, "yyyy-mm-dd hh:mm");
  head = workbook_add_format (self->book);
  format_set_bold (head);
  worksheet_freeze_panes (self->page, 1, 1);
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const GwExportColumn *column = g_ptr_array_index (sheet->columns, i);

      worksheet_set_column (self->page, (lxw_col_t)i, (lxw_col_t)i, column->width,
                            column->kind == GW_CELL_TIME ? self->time : NULL);
      worksheet_write_string (self->page, 0, (lxw_col_t)i, column->label, head);
    }
  return self;
}

/* Days since 1899-12-30 in civil time: what every spreadsheet counts in. */
static double
serial_of (gint64 utc)
{
  return (double)(utc + GW_CST_OFFSET) / 86400.0 + 25569.0;
}

static gboolean
xlsx_row (gpointer data, const GwMatter *matter, const GwExportCell *cells, GError **error)
{
  Writer *self = data;

  if (++self->row > MAX_ROWS)
    return gw_throw (error, GW_ERROR_LIMIT,
                     _ ("A sheet holds %u rows: narrow the filter, or export CSV"), MAX_ROWS);
  for (guint i = 0; i < self->sheet->columns->len; i++)
    {
      const GwExportColumn *column = g_ptr_array_index (self->sheet->columns, i);
      gboolean place = g_str_equal (column->id, "lon") || g_str_equal (column->id, "lat");

      if (column->kind == GW_CELL_TIME && cells[i].time != 0)
        worksheet_write_number (self->page, self->row, (lxw_col_t)i, serial_of (cells[i].time),
                                self->time);
      else if (column->kind == GW_CELL_TEXT && cells[i].text != NULL)
        worksheet_write_string (self->page, self->row, (lxw_col_t)i, cells[i].text, NULL);
      else if (column->kind == GW_CELL_NUMBER && (!place || matter->has_point))
        worksheet_write_number (self->page, self->row, (lxw_col_t)i, cells[i].number, NULL);
    }
  return TRUE;
}

static gboolean
xlsx_end (gpointer data, GError **error)
{
  Writer *self = data;
  lxw_worksheet *about = workbook_add_worksheet (self->book, _ ("About"));
  lxw_error code;

  worksheet_set_column (about, 0, 0, 100, NULL);
  worksheet_write_string (about, 0, 0, self->sheet->stamp, NULL);
  code = workbook_close (self->book);
  g_free (self);
  return code == LXW_NO_ERROR ||
         gw_throw (error, GW_ERROR_FAILED, _ ("writing the sheet: %s"), lxw_strerror (code));
}

static void
xlsx_abandon (gpointer data)
{
  (void)xlsx_end (data, NULL);
}

const GwExportFormat gw_export_xlsx = { ".xlsx", xlsx_begin, xlsx_row, xlsx_end, xlsx_abandon };
