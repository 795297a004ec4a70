/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told about a planned file as a whole. */
#include "gw-import-plan-private.h"

#include <glib/gi18n-lib.h>

/* Below this size the digest is waited for, to tell that the file was taken in before. */
#define SMALL_ROWS 100000u

static void note (GwImportPlan *self, guint64 row, int column, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
note (GwImportPlan *self, guint64 row, int column, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->problems,
                   gw_row_problem_new (row, column, FALSE, g_strdup_vprintf (format, args)));
  va_end (args);
}

void
gw_import_plan_note_matches (GwImportPlan *self, const GwMatch *matches, guint n)
{
  guint unused;
  const char *const *headers = gw_foreign_file_get_headers (self->file, &unused);
  guint64 row = gw_foreign_file_get_header_row (self->file);

  for (guint i = 0; i < n; i++)
    {
      char letters[8];

      gw_column_letters ((int)i, letters);
      if (matches[i].twin >= 0)
        note (self, row, (int)i,
              _ ("Column %s “%s” means the same as “%s” and is left out; choose which one to use"),
              letters, headers[i], headers[matches[i].twin]);
      else if (matches[i].guessed)
        note (self, row, (int)i, _ ("Column %s “%s” looks like “%s”; look whether that is right"),
              letters, headers[i], gw_matcher_get_label (self->matcher, matches[i].target));
    }
}

void
gw_import_plan_note_missing (GwImportPlan *self)
{
  if (!gw_import_plan_is_mapped (self, GW_TARGET_REPORTED))
    note (self, 0, -1,
          _ ("No column gives the time of the report; the time of this import is used"));
  if (!gw_import_plan_is_mapped (self, GW_TARGET_TITLE) &&
      gw_import_plan_is_mapped (self, GW_TARGET_SUMMARY))
    note (self, 0, -1, _ ("No column gives a title; the beginning of the summary is used"));
  if (self->swapped)
    note (self, 0, -1,
          _ ("Longitude and latitude have changed places in this file; they are exchanged"));
  for (guint i = 0; i < self->type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (self->type->fields, i);

      gboolean mapped = gw_import_plan_is_mapped (self, GW_N_OWN_TARGETS + (int)i);

      if (field->privacy == GW_CLASS_VAULT && mapped)
        note (self, 0, -1, _ ("“%s” belongs into the vault and is not taken from files"),
              field->label);
      else if ((field->flags & GW_FIELD_REQUIRED) != 0 && !mapped)
        note (self, 0, -1,
              _ ("No column gives “%s”: choose which one it is, or fill it in before the matters "
                 "are filed"),
              field->label);
    }
}

/* The same bytes once more would double every matter. */
void
gw_import_plan_note_known (GwImportPlan *self, GPtrArray *known)
{
  const char *digest;

  if (known == NULL || gw_stage_n_rows (gw_foreign_file_get_stage (self->file)) > SMALL_ROWS)
    return;
  digest = gw_foreign_file_wait_digest (self->file, NULL);
  for (guint i = 0; digest != NULL && i < known->len; i++)
    {
      const GwBatch *batch = g_ptr_array_index (known, i);

      if (batch->undone_at == 0 && g_strcmp0 (batch->sha256, digest) == 0)
        note (self, 0, -1,
              _ ("This file was taken in already as import %ld (%s); undo that one first if it "
                 "shall be taken in again"),
              (long)batch->id, batch->file_name);
    }
}
