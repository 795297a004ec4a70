/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-xlsx-sheet.h"

#include <string.h>

#include "gw-xlsx-merges.h"
#include "gw-xlsx-styles.h"
#include "gw-xml.h"

typedef enum
{
  TYPE_NUMBER,
  TYPE_SHARED,
  TYPE_STRING,
  TYPE_INLINE,
  TYPE_BOOLEAN,
  TYPE_ERROR,
  TYPE_DATE,
} CellType;

typedef struct
{
  gsize start; /* in the text of the row */
  gsize length;
  guint flags;
} SheetCell;

typedef struct
{
  const GwXlsxSheet *sheet;
  GwXml *xml;

  guint64 row;
  guint row_flags;
  guint n_cells;
  SheetCell cells[GW_FRAME_MAX_COLUMNS];
  GString *text; /* of the row's cells, in the order of the file */

  guint column; /* of the open cell, from 1 */
  CellType type;
  guint style;
  GString *value; /* of the open cell */
  gboolean has_value;
  gboolean has_formula;
  gboolean takes_text; /* within <v> or <t> */
  guint phonetic_depth;

  guint next_merge;    /* the first whose first row is still to come */
  GArray *open_merges; /* of guint: those that reach into the current row */
  gboolean merges_told;
  gboolean formula_told[GW_FRAME_MAX_COLUMNS];
} SheetParser;

static void
give_up (SheetParser *self)
{
  gw_xml_stop (self->xml);
}

static gboolean
tell_limit (SheetParser *self, GwReaderProblemCode code, guint limit)
{
  g_autofree char *text = g_strdup_printf ("%u", limit);

  give_up (self);
  return gw_sink_fatal (self->sheet->sink, code, self->row, self->column, text, NULL);
}

static CellType
get_type (const char *name)
{
  static const struct
  {
    const char *name;
    CellType type;
  } types[] = {
    { "s", TYPE_SHARED },         { "n", TYPE_NUMBER },  { "str", TYPE_STRING },
    { "inlineStr", TYPE_INLINE }, { "b", TYPE_BOOLEAN }, { "e", TYPE_ERROR },
    { "d", TYPE_DATE },
  };

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (types); i++)
    if (strcmp (name, types[i].name) == 0)
      return types[i].type;
  return TYPE_NUMBER;
}

static void
start_row (SheetParser *self, const char **attributes)
{
  const char *number = gw_xml_get_attribute (attributes, "r");
  const char *hidden = gw_xml_get_attribute (attributes, "hidden");
  guint64 row = number == NULL ? self->row + 1 : g_ascii_strtoull (number, NULL, 10);
  g_autofree char *text = NULL;

  if (row <= self->row || row > G_MAXUINT32)
    {
      text = g_strdup_printf ("%lu", (gulong)self->row);
      (void)gw_sink_fatal (self->sheet->sink, GW_PROBLEM_XML_DAMAGED, self->row, 0,
                           self->sheet->part->name, text, "rows out of order", NULL);
      give_up (self);
      return;
    }
  self->row = row;
  self->row_flags = hidden != NULL && (*hidden == '1' || *hidden == 't') ? GW_ROW_HIDDEN : 0;
  self->n_cells = 0;
  self->column = 0;
  g_string_truncate (self->text, 0);
}

static void
start_cell (SheetParser *self, const char **attributes)
{
  const char *reference = gw_xml_get_attribute (attributes, "r");
  const char *style = gw_xml_get_attribute (attributes, "s");
  guint64 row = self->row;
  guint column = self->column + 1;

  if (reference != NULL && !gw_xlsx_parse_reference (reference, &row, &column))
    column = self->column + 1;
  self->column = column;
  self->type = get_type (gw_xml_get_attribute (attributes, "t"));
  self->style = style == NULL ? 0 : (guint)g_ascii_strtoull (style, NULL, 10);
  self->has_value = FALSE;
  self->has_formula = FALSE;
  g_string_truncate (self->value, 0);
}

/* Writes a value of its own making into the row; nothing of it is over a limit. */
static guint
format_date_cell (SheetParser *self, GwXlsxKind kind, char text[GW_XLSX_TEXT_BYTES])
{
  double serial = g_ascii_strtod (self->value->str, NULL);

  if (gw_xlsx_format_date (text, serial, kind, self->sheet->starts_1904))
    return GW_CELL_DATE;
  (void)gw_sink_problem (self->sheet->sink, GW_SEVERITY_ROW, GW_PROBLEM_BAD_DATE, self->row,
                         self->column, self->value->str, NULL);
  g_strlcpy (text, self->value->str, GW_XLSX_TEXT_BYTES);
  return GW_CELL_ERROR;
}

static guint
convert_number (SheetParser *self)
{
  char text[GW_XLSX_TEXT_BYTES];
  GwXlsxKind kind = GW_XLSX_NUMBER;
  guint flags = GW_CELL_NUMBER;

  if (self->style < self->sheet->kinds->len)
    kind = g_array_index (self->sheet->kinds, GwXlsxKind, self->style);
  if (self->value->len == 0)
    return 0;
  if (!gw_xlsx_format_number (text, self->value->str, self->value->len))
    return GW_CELL_ERROR;
  if (kind != GW_XLSX_NUMBER)
    flags = format_date_cell (self, kind, text);
  g_string_assign (self->value, text);
  return flags;
}

static guint
convert_shared (SheetParser *self)
{
  guint64 index = g_ascii_strtoull (self->value->str, NULL, 10);
  gsize length = 0;
  const char *text = gw_xlsx_strings_get (self->sheet->strings, index, &length);

  if (self->value->len == 0)
    return 0;
  if (text == NULL)
    {
      (void)gw_sink_problem (self->sheet->sink, GW_SEVERITY_ROW, GW_PROBLEM_BAD_STRING, self->row,
                             self->column, self->value->str, NULL);
      return GW_CELL_ERROR;
    }
  g_string_truncate (self->value, 0);
  g_string_append_len (self->value, text, (gssize)MIN (length, GW_FRAME_MAX_CELL + 1));
  return 0;
}

/* Replaces the stored value by the text a person sees; returns the flags of the cell. */
static guint
convert_value (SheetParser *self)
{
  switch (self->type)
    {
    case TYPE_NUMBER:
      return convert_number (self);
    case TYPE_SHARED:
      return convert_shared (self);
    case TYPE_BOOLEAN:
      g_string_assign (self->value, self->value->str[0] == '1' ? "TRUE" : "FALSE");
      return GW_CELL_BOOLEAN;
    case TYPE_ERROR:
      return GW_CELL_ERROR;
    case TYPE_DATE:
      return GW_CELL_DATE;
    case TYPE_STRING:
    case TYPE_INLINE:
    default:
      g_string_truncate (self->value,
                         gw_xlsx_strings_unescape (self->value->str, self->value->len));
      return 0;
    }
}

static void
tell_formula (SheetParser *self)
{
  g_autofree char *text = NULL;
  GwXlsxRange here = { self->row, self->row, self->column, self->column };

  if (!self->has_value)
    (void)gw_sink_problem (self->sheet->sink, GW_SEVERITY_ROW, GW_PROBLEM_FORMULA_NO_VALUE,
                           self->row, self->column, NULL);
  if (self->formula_told[self->column - 1])
    return;
  self->formula_told[self->column - 1] = TRUE;
  text = gw_xlsx_range_dup_text (&here);
  *strchr (text, ':') = '\0';
  (void)gw_sink_problem (self->sheet->sink, GW_SEVERITY_WARNING, GW_PROBLEM_FORMULA, self->row,
                         self->column, text, NULL);
}

static void
put_cell (SheetParser *self, guint flags)
{
  SheetCell *cell = &self->cells[self->column - 1];

  while (self->n_cells < self->column)
    self->cells[self->n_cells++] = (SheetCell){ 0, 0, 0 };
  *cell = (SheetCell){ self->text->len, self->value->len, flags };
  g_string_append_len (self->text, self->value->str, (gssize)self->value->len);
}

static void
end_cell (SheetParser *self)
{
  guint flags;

  /* Styles reach to the last column of the sheet; only contents count. */
  if (!self->has_value && !self->has_formula)
    return;
  if (self->column > GW_FRAME_MAX_COLUMNS)
    {
      (void)tell_limit (self, GW_PROBLEM_MANY_COLUMNS, GW_FRAME_MAX_COLUMNS);
      return;
    }
  if (self->has_formula)
    tell_formula (self);
  flags = (self->has_value ? convert_value (self) : 0) | (self->has_formula ? GW_CELL_FORMULA : 0);
  if (self->value->len > GW_FRAME_MAX_CELL)
    (void)tell_limit (self, GW_PROBLEM_LONG_CELL, GW_FRAME_MAX_CELL);
  else if (self->text->len + self->value->len > GW_FRAME_MAX_ROW)
    (void)tell_limit (self, GW_PROBLEM_LONG_ROW_TEXT, GW_FRAME_MAX_ROW);
  else
    put_cell (self, flags);
}

static const GwXlsxRange *
get_merge (const SheetParser *self, guint index)
{
  return &g_array_index (self->sheet->merges, GwXlsxRange, index);
}

/* Opens the ranges that begin at or above this row and drops those that ended. */
static void
update_merges (SheetParser *self)
{
  for (guint i = self->open_merges->len; i > 0; i--)
    if (get_merge (self, g_array_index (self->open_merges, guint, i - 1))->last_row < self->row)
      g_array_remove_index_fast (self->open_merges, i - 1);
  while (self->next_merge < self->sheet->merges->len &&
         get_merge (self, self->next_merge)->first_row <= self->row)
    {
      if (get_merge (self, self->next_merge)->last_row >= self->row)
        g_array_append_val (self->open_merges, self->next_merge);
      self->next_merge++;
    }
}

static void
flag_merged (SheetParser *self)
{
  update_merges (self);
  for (guint i = 0; i < self->open_merges->len; i++)
    {
      const GwXlsxRange *range = get_merge (self, g_array_index (self->open_merges, guint, i));
      guint last = MIN (range->last_column, GW_FRAME_MAX_COLUMNS);

      while (self->n_cells < last)
        self->cells[self->n_cells++] = (SheetCell){ 0, 0, 0 };
      for (guint column = range->first_column; column <= last; column++)
        self->cells[column - 1].flags |= GW_CELL_MERGED;
    }
}

static gboolean
touches_header (const GwXlsxRange *range, guint64 header_row)
{
  return range->first_row <= header_row && range->last_row >= header_row;
}

/* Names that share a cell belong to no column: that cannot be guessed, so it ends the reading. */
static void
tell_merges (const GwXlsxSheet *sheet)
{
  guint64 header_row = gw_sink_get_header_row (sheet->sink);

  for (guint i = 0; i < sheet->merges->len && !gw_sink_is_stopped (sheet->sink); i++)
    {
      const GwXlsxRange *range = &g_array_index (sheet->merges, GwXlsxRange, i);
      g_autofree char *text = gw_xlsx_range_dup_text (range);

      if (touches_header (range, header_row))
        (void)gw_sink_fatal (sheet->sink, GW_PROBLEM_MERGED, range->first_row, range->first_column,
                             text, NULL);
      else if (range->first_row > header_row)
        (void)gw_sink_problem (sheet->sink, GW_SEVERITY_WARNING, GW_PROBLEM_MERGED,
                               range->first_row, range->first_column, text, NULL);
    }
}

static void
end_row (SheetParser *self)
{
  GwSinkRow room = gw_sink_begin_row (self->sheet->sink);
  guint8 *out = room.text;

  flag_merged (self);
  for (guint i = 0; i < self->n_cells; i++)
    {
      const SheetCell *cell = &self->cells[i];

      memcpy (out, self->text->str + cell->start, cell->length);
      out += cell->length;
      *out++ = '\0';
      room.cells[i] = gw_sink_cell (cell->length, cell->flags);
    }
  (void)gw_sink_end_row (self->sheet->sink, self->row, self->n_cells, (gsize)(out - room.text),
                         self->row_flags, FALSE);
  if (!self->merges_told && gw_sink_get_header_row (self->sheet->sink) != 0)
    {
      self->merges_told = TRUE;
      tell_merges (self->sheet);
    }
  if (gw_sink_is_stopped (self->sheet->sink))
    give_up (self);
}

static void
sheet_start (GwXml *xml, const char *name, const char **attributes, gpointer user_data)
{
  SheetParser *self = user_data;

  self->xml = xml;
  if (strcmp (name, "c") == 0)
    start_cell (self, attributes);
  else if (strcmp (name, "v") == 0)
    self->takes_text = self->has_value = TRUE;
  else if (strcmp (name, "t") == 0 && self->type == TYPE_INLINE && self->phonetic_depth == 0)
    self->takes_text = self->has_value = TRUE;
  else if (strcmp (name, "f") == 0)
    self->has_formula = TRUE;
  else if (strcmp (name, "rPh") == 0)
    self->phonetic_depth++;
  else if (strcmp (name, "row") == 0)
    start_row (self, attributes);
}

static void
sheet_end (GwXml *xml, const char *name, gpointer user_data)
{
  SheetParser *self = user_data;

  if (strcmp (name, "v") == 0 || strcmp (name, "t") == 0)
    self->takes_text = FALSE;
  else if (strcmp (name, "c") == 0)
    end_cell (self);
  else if (strcmp (name, "row") == 0)
    end_row (self);
  else if (strcmp (name, "rPh") == 0 && self->phonetic_depth > 0)
    self->phonetic_depth--;
  else if (strcmp (name, "sheetData") == 0)
    gw_xml_stop (xml);
}

static void
sheet_text (GwXml *xml, const char *text, gsize length, gpointer user_data)
{
  SheetParser *self = user_data;

  if (self->takes_text && self->value->len <= GW_FRAME_MAX_CELL)
    g_string_append_len (self->value, text,
                         (gssize)MIN (length, GW_FRAME_MAX_CELL + 1 - self->value->len));
}

gboolean
gw_xlsx_sheet_read (const GwXlsxSheet *sheet)
{
  static const GwXmlHandler handler = { sheet_start, sheet_end, sheet_text };
  g_autofree SheetParser *self = g_new0 (SheetParser, 1);
  g_autoptr (GArray) open_merges = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean is_read;

  self->sheet = sheet;
  self->open_merges = open_merges;
  self->text = g_string_new (NULL);
  self->value = g_string_new (NULL);
  is_read = gw_xml_parse (sheet->zip, sheet->sink, sheet->part, &handler, self, TRUE);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  /* A short sheet ends before its header is certain. */
  if (is_read && !self->merges_told && gw_sink_settle_header (sheet->sink))
    tell_merges (sheet);
  return is_read && !gw_sink_is_stopped (sheet->sink);
}
