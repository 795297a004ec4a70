/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 510903-DIS-2026-000001: centre, code of the type, civil year of reporting, running number. */
#include "gw-tx-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
gw_tx_private_sequence_free (gpointer data)
{
  GwSequence *self = data;

  g_free (self->code);
  g_free (self);
}

static gboolean
read_last (GwTx *tx, GwSequence *sequence, GError **error)
{
  g_autoptr (GwStatement) select = NULL;
  gboolean row = FALSE;

  select =
      gw_statement_prepare (tx->db,
                            "SELECT last FROM number_sequence WHERE code = :code AND year = :year",
                            error);
  if (select == NULL)
    return FALSE;
  gw_statement_bind_text (select, ":code", sequence->code);
  gw_statement_bind_int64 (select, ":year", sequence->year);
  if (!gw_statement_step (select, &row, error))
    return FALSE;
  sequence->last = row ? (guint32)gw_statement_get_int64 (select, 0) : 0;
  return TRUE;
}

static GwSequence *
find_sequence (GwTx *tx, const char *code, int year, GError **error)
{
  char key[64];
  GwSequence *sequence;

  g_snprintf (key, sizeof key, "%s/%d", code, year);
  sequence = g_hash_table_lookup (tx->state->sequences, key);
  if (sequence != NULL)
    return sequence;
  sequence = g_new0 (GwSequence, 1);
  sequence->code = g_strdup (code);
  sequence->year = year;
  if (!read_last (tx, sequence, error))
    {
      gw_tx_private_sequence_free (sequence);
      return NULL;
    }
  g_hash_table_insert (tx->state->sequences, g_strdup (key), sequence);
  return sequence;
}

static int
year_of (gint64 time)
{
  int year, month, day;

  gw_day_to_ymd (gw_day_of_time (time), &year, &month, &day);
  return year;
}

char *
gw_tx_private_next_number (
    GwTx *tx, const char *code, gint64 reported, guint32 *seq, GError **error)
{
  int year = year_of (reported);
  GwSequence *sequence = find_sequence (tx, code, year, error);
  char number[96];

  if (sequence == NULL)
    return NULL;
  if (tx->state->centre_code == NULL)
    return gw_throw_null (error, GW_ERROR_INVALID,
                          _ ("The file does not say which centre it belongs to; set the code of "
                             "the district first"));
  *seq = ++sequence->last;
  sequence->dirty = TRUE;
  g_snprintf (number, sizeof number, "%s-%s-%d-%06u", tx->state->centre_code, code, year, *seq);
  return g_strdup (number);
}

guint32
gw_tx_private_note_number (GwTx *tx, const char *code, const char *number, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (number, "-", -1);
  guint64 year = 0, seq = 0;
  GwSequence *sequence;

  if (g_strv_length (parts) != 4 || g_strcmp0 (parts[0], tx->state->centre_code) != 0 ||
      g_strcmp0 (parts[1], code) != 0 ||
      !g_ascii_string_to_unsigned (parts[2], 10, 1900, 9999, &year, NULL) ||
      !g_ascii_string_to_unsigned (parts[3], 10, 1, G_MAXUINT32, &seq, NULL))
    return 0;
  sequence = find_sequence (tx, code, (int)year, error);
  if (sequence == NULL)
    return 0;
  if (seq > sequence->last)
    {
      sequence->last = (guint32)seq;
      sequence->dirty = TRUE;
    }
  return (guint32)seq;
}

static gboolean
write_sequence (GwTx *tx, const GwSequence *sequence, GError **error)
{
  g_autoptr (GwStatement) upsert = NULL;

  upsert = gw_statement_prepare (tx->db,
                                 "INSERT INTO number_sequence (code, year, last)"
                                 " VALUES (:code, :year, :last)"
                                 " ON CONFLICT (code, year) DO UPDATE SET last = :last",
                                 error);
  if (upsert == NULL)
    return FALSE;
  gw_statement_bind_text (upsert, ":code", sequence->code);
  gw_statement_bind_int64 (upsert, ":year", sequence->year);
  gw_statement_bind_int64 (upsert, ":last", sequence->last);
  return gw_statement_run (upsert, error);
}

gboolean
gw_tx_private_write_sequences (GwTx *tx, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, tx->state->sequences);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GwSequence *sequence = value;

      if (!sequence->dirty)
        continue;
      if (!write_sequence (tx, sequence, error))
        return FALSE;
      sequence->dirty = FALSE;
    }
  return TRUE;
}
