/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-row-check-private.h"

#include "gw-clock.h"
#include "gw-reader-client.h"
#include "gw-text.h"
#include "gw-type-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_SECONDS 86400
/* When a table has no column of titles, the beginning of the summary stands for it. */
#define TITLE_FROM_SUMMARY 30
#define TEXT_BLOCK 4096

/* ---- life ---- */

static void
map_columns (GwRowCheck *self)
{
  self->n_targets = gw_matcher_n_targets (self->world.matcher);
  self->columns = g_new (int, self->n_targets);
  for (guint i = 0; i < self->n_targets; i++)
    self->columns[i] = -1;
  for (guint i = 0; i < self->world.n_columns; i++)
    if (self->world.targets[i] != GW_TARGET_NONE)
      self->columns[self->world.targets[i]] = (int)i;
}

GwRowCheck *
gw_row_check_new (const GwCheckWorld *world)
{
  GwRowCheck *self = g_new0 (GwRowCheck, 1);

  self->world = *world;
  map_columns (self);
  self->words = g_new0 (GHashTable *, self->n_targets);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, gw_named_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, gw_named_free);
  self->texts = g_string_chunk_new (TEXT_BLOCK);
  self->out.values = g_new0 (const char *, world->type->fields->len + 1);
  self->oldest = gw_time_of_day (gw_day_from_ymd (1990, 1, 1), 0, 0, 0);
  self->latest = world->now + DAY_SECONDS; /* clocks of other systems differ */
  return self;
}

void
gw_row_check_free (GwRowCheck *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_targets; i++)
    g_clear_pointer (&self->words[i], g_hash_table_unref);
  g_free (self->words);
  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->names);
  g_string_chunk_free (self->texts);
  g_free (self->out.values);
  g_free (self->columns);
  g_free (self);
}

/* ---- texts ---- */

const char *
gw_check_keep (GwRowCheck *self, const char *text)
{
  self->has_texts = TRUE;
  return g_string_chunk_insert (self->texts, text);
}

const char *
gw_check_keep_take (GwRowCheck *self, char *text)
{
  g_autofree char *owned = text;

  return gw_check_keep (self, owned);
}

void
gw_column_letters (int column, char out[8])
{
  char letters[8];
  guint n = 0;

  for (int rest = column + 1; rest > 0 && n < sizeof letters - 1; rest = (rest - 1) / 26)
    letters[n++] = (char)('A' + (rest - 1) % 26);
  for (guint i = 0; i < n; i++)
    out[i] = letters[n - 1 - i];
  out[n] = '\0';
}

char *
gw_row_check_dup_message (const GwRowCheck *self, guint64 row, int column, const char *reason)
{
  g_autofree char *header = NULL;
  char letters[8];

  if (column < 0 || (guint)column >= self->world.n_columns)
    return g_strdup_printf (_ ("Row %lu: %s"), (gulong)row, reason);
  gw_column_letters (column, letters);
  header = gw_text_tidy (self->world.headers[column]);
  return g_strdup_printf (_ ("Row %lu, column %s “%s”: %s"), (gulong)row, letters, header, reason);
}

static void
tell (GwRowCheck *self, int column, gboolean fatal, const char *format, va_list args)
{
  g_autofree char *reason = g_strdup_vprintf (format, args);

  g_ptr_array_add (self->problems,
                   gw_row_problem_new (self->row->row, column, fatal,
                                       gw_row_check_dup_message (self, self->row->row, column,
                                                                 reason)));
}

void
gw_check_refuse (GwRowCheck *self, int column, const char *format, ...)
{
  va_list args;

  self->verdict = GW_ROW_REFUSED;
  if (self->problems == NULL)
    return;
  va_start (args, format);
  tell (self, column, TRUE, format, args);
  va_end (args);
}

void
gw_check_warn (GwRowCheck *self, int column, const char *format, ...)
{
  va_list args;

  self->verdict = MAX (self->verdict, GW_ROW_WARNED);
  if (self->problems == NULL)
    return;
  va_start (args, format);
  tell (self, column, FALSE, format, args);
  va_end (args);
}

/* ---- the row as a whole ---- */

gboolean
gw_check_raw (GwRowCheck *self, int column)
{
  guint flags = column >= 0 ? gw_stage_row_flags (self->row, column) : 0;

  if (G_LIKELY ((flags & (GW_CELL_ERROR | GW_CELL_BAD_TEXT | GW_CELL_FORMULA)) == 0))
    return TRUE;
  if ((flags & GW_CELL_ERROR) != 0)
    gw_check_refuse (self, column,
                     _ ("the cell holds an error of the spreadsheet (%s); correct its formula or "
                        "fill in the value"),
                     gw_stage_row_cell (self->row, column));
  else if ((flags & GW_CELL_BAD_TEXT) != 0)
    gw_check_refuse (self, column,
                     _ ("some bytes of the cell are no text; correct it, or save the file as CSV "
                        "(UTF-8)"));
  else
    gw_check_warn (self, column,
                   _ ("the cell is computed by a formula; the value that the file remembers is "
                      "taken, look whether it is up to date"));
  return (flags & (GW_CELL_ERROR | GW_CELL_BAD_TEXT)) == 0;
}

gboolean
gw_row_check_is_misshapen (const GwStageRow *row)
{
  return (row->flags & (GW_ROW_CUT | GW_ROW_BROKEN | GW_ROW_SHORT | GW_ROW_LONG)) != 0;
}

static void
check_shape (GwRowCheck *self)
{
  guint flags = self->row->flags;

  if (G_LIKELY (!gw_row_check_is_misshapen (self->row)))
    {
      if ((flags & GW_ROW_HIDDEN) != 0)
        gw_check_warn (self, -1,
                       _ ("the row is hidden in the spreadsheet; show it and look whether it is "
                          "meant"));
      return;
    }
  if ((flags & GW_ROW_CUT) != 0)
    gw_check_refuse (self, -1,
                     _ ("the file ends within this row; the copy is incomplete, get it again"));
  else if ((flags & GW_ROW_BROKEN) != 0)
    gw_check_refuse (self, -1,
                     _ ("the quotation marks of this row are wrong, so its cells are a guess; "
                        "double quotation marks that belong to the text"));
  else if ((flags & GW_ROW_SHORT) != 0)
    gw_check_refuse (self, -1,
                     _ ("the row has fewer cells than the header; a separator is missing or a line "
                        "is broken"));
  else
    gw_check_refuse (self, -1,
                     _ ("the row has more cells than the header; put cells that hold the separator "
                        "in quotes"));
}

void
gw_check_require (GwRowCheck *self, int target)
{
  int column = gw_check_column (self, target);
  const char *label = gw_matcher_get_label (self->world.matcher, target);

  if (column >= 0 && (gw_stage_row_flags (self->row, column) & GW_CELL_MERGED) != 0)
    gw_check_refuse (self, column,
                     _ ("the cell is empty because it is merged with others; unmerge them and fill "
                        "in each row"));
  else if (column >= 0)
    gw_check_refuse (self, column, _ ("a value is required; fill it in"));
  else
    gw_check_refuse (self, -1,
                     _ ("no column gives “%s”, which every matter of this kind must have; add the "
                        "column or choose which one it is"),
                     label);
}

static gboolean
is_empty (GwRowCheck *self, int target)
{
  return gw_text_is_blank (gw_check_cell (self, target));
}

/* "遂宁站 南广场3号": who looks for the matter needs both. */
static const char *
check_address (GwRowCheck *self)
{
  const char *address = gw_check_text (self, GW_TARGET_ADDRESS, GW_INTAKE_MAX_ADDRESS, FALSE);
  const char *place = gw_check_text (self, GW_TARGET_PLACE, GW_INTAKE_MAX_ADDRESS, FALSE);
  g_autofree char *both = NULL;

  if (place == NULL || address == NULL)
    return place != NULL ? place : address;
  if (strstr (address, place) != NULL)
    return address;
  both = g_strdup_printf ("%s %s", place, address);
  if (gw_text_length (both) > GW_INTAKE_MAX_ADDRESS)
    {
      gw_check_refuse (self, gw_check_column (self, GW_TARGET_PLACE),
                       _ ("place and address together are too long; shorten them to %u characters"),
                       GW_INTAKE_MAX_ADDRESS);
      return NULL;
    }
  return gw_check_keep (self, both);
}

static void
check_texts (GwRowCheck *self)
{
  GwCheckedRow *out = &self->out;

  out->title = gw_check_text (self, GW_TARGET_TITLE, GW_INTAKE_MAX_TITLE, FALSE);
  out->summary = gw_check_text (self, GW_TARGET_SUMMARY, GW_INTAKE_MAX_SUMMARY, TRUE);
  out->address = check_address (self);
  out->note = gw_check_text (self, GW_TARGET_NOTE, GW_INTAKE_MAX_SUMMARY, TRUE);
  if (out->title == NULL && gw_check_column (self, GW_TARGET_TITLE) < 0 && out->summary != NULL)
    {
      g_autofree char *line = gw_text_tidy (out->summary);

      out->title = gw_check_keep_take (self, gw_text_ellipsize (line, TITLE_FROM_SUMMARY));
    }
  if (out->title == NULL && is_empty (self, GW_TARGET_TITLE))
    gw_check_require (self, GW_TARGET_TITLE);
  if (out->summary != NULL || !is_empty (self, GW_TARGET_SUMMARY))
    return;
  out->summary = out->title;
  if (gw_check_column (self, GW_TARGET_SUMMARY) >= 0)
    gw_check_warn (self, gw_check_column (self, GW_TARGET_SUMMARY),
                   _ ("there is no text; the title is used for it"));
}

static void
check_reported (GwRowCheck *self)
{
  int column = gw_check_column (self, GW_TARGET_REPORTED);
  gint64 *reported = &self->out.reported;

  *reported = self->world.default_day;
  if (!gw_check_time (self, GW_TARGET_REPORTED, reported))
    {
      if (column >= 0 && is_empty (self, GW_TARGET_REPORTED))
        gw_check_warn (self, column, _ ("there is no time; the time of this import is used"));
      return;
    }
  if (*reported > self->latest)
    gw_check_refuse (self, column, _ ("the time lies in the future; correct it"));
  else if (*reported < self->oldest)
    gw_check_refuse (self, column, _ ("the time lies before 1990; correct it"));
}

static void
check_occurred (GwRowCheck *self)
{
  gint64 *occurred = &self->out.occurred;

  *occurred = 0;
  if (gw_check_time (self, GW_TARGET_OCCURRED, occurred) && *occurred > self->latest)
    gw_check_refuse (self, gw_check_column (self, GW_TARGET_OCCURRED),
                     _ ("the time lies in the future; correct it"));
}

/* A number that a spreadsheet destroyed would make twins of different matters. */
static void
check_external_id (GwRowCheck *self)
{
  const char *text = gw_check_cell (self, GW_TARGET_EXTERNAL_ID);
  const char *exponent;

  self->out.external_id = NULL;
  if (*text == '\0')
    return;
  exponent = strpbrk (text, "Ee");
  if (exponent != NULL && exponent > text && exponent[1] == '+' &&
      strspn (text, "0123456789.") == (gsize)(exponent - text))
    gw_check_warn (self, gw_check_column (self, GW_TARGET_EXTERNAL_ID),
                   _ ("the number was destroyed by a spreadsheet, so twins cannot be found; format "
                      "the column as text and export the table again"));
  else
    self->out.external_id = text;
}

/* What the module says about values that must fit together, told at the column of its field. */
static void
check_rules (GwRowCheck *self)
{
  const GwTypeSpec *type = self->world.type;
  g_autoptr (GHashTable) values = gw_values_new ();
  g_autoptr (GError) error = NULL;
  const char *failed = NULL;
  int column = -1;

  for (guint i = 0; i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);

      if (self->out.values[i] != NULL)
        g_hash_table_insert (values, g_strdup (field->id), g_strdup (self->out.values[i]));
    }
  if (gw_type_spec_check_values (type, values, &failed, &error))
    return;
  for (guint i = 0; failed != NULL && i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);

      if (g_str_equal (field->id, failed))
        column = gw_check_column (self, GW_N_OWN_TARGETS + (int)i);
    }
  gw_check_refuse (self, column, "%s", error->message);
}

GwRowVerdict
gw_row_check_run (GwRowCheck *self, const GwStageRow *row, GPtrArray *problems)
{
  guint n_fields = self->world.type->fields->len;

  self->row = row;
  self->problems = problems;
  self->verdict = GW_ROW_GOOD;
  self->out.title = self->out.summary = self->out.address = self->out.external_id = NULL;
  self->out.note = NULL;
  self->out.area = GW_AREA_NONE;
  self->out.has_point = FALSE;
  self->out.precision = GW_PRECISION_COMMUNITY;
  if (self->has_texts)
    g_string_chunk_clear (self->texts);
  self->has_texts = FALSE;

  check_shape (self);
  if (gw_row_check_is_misshapen (row))
    return self->verdict;
  check_external_id (self);
  check_texts (self);
  gw_check_source (self);
  gw_check_grades (self);
  check_reported (self);
  check_occurred (self);
  gw_check_place (self);
  for (guint i = 0; i < n_fields; i++)
    gw_check_field (self, i);
  if (self->world.type->rules != NULL && self->verdict != GW_ROW_REFUSED)
    check_rules (self);
  return self->verdict;
}

const GwCheckedRow *
gw_row_check_get (const GwRowCheck *self)
{
  return &self->out;
}

/* ---- twins ---- */

gboolean
gw_row_check_has_numbers (const GwRowCheck *self)
{
  return gw_check_column (self, GW_TARGET_EXTERNAL_ID) >= 0;
}

/* FNV-1a over eight bytes at a time, mixed at the end; only has to keep rows apart. */
static guint64
mix (guint64 hash, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  while (length > 0)
    {
      guint64 word = 0;
      gsize part = MIN (length, sizeof word);

      memcpy (&word, text, part);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
      text += part;
      length -= part;
    }
  return (hash ^ 0xff) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
}

guint64
gw_row_check_fingerprint (const GwRowCheck *self)
{
  const GwCheckedRow *out = &self->out;
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  if (gw_row_check_has_numbers (self))
    return out->external_id != NULL ? MAX (mix (hash, out->external_id), 1) : 0;
  if (out->title == NULL || out->reported == self->world.default_day)
    return 0;
  hash = mix (mix (hash, out->title), out->address);
  hash = mix (hash, out->summary) ^ (guint64)out->reported;
  return MAX (hash * G_GUINT64_CONSTANT (0x94d049bb133111eb), 1);
}
