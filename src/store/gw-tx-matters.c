/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing matters: header row, typed row, number, codes, counters. */
#include "gw-matter-row-private.h"
#include "gw-tx-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define RANDOM_PER_UID 6

static void
draw_random (GwTxState *state, guint8 *out)
{
  if (state->random_used == 0 || state->random_used + RANDOM_PER_UID > sizeof state->random)
    {
      randombytes_buf (state->random, sizeof state->random);
      state->random_used = 0;
    }
  memcpy (out, state->random + state->random_used, RANDOM_PER_UID);
  state->random_used += RANDOM_PER_UID;
}

/* The first bits behind the time are a counter within the second, so that uids of an import are
 * ascending too and their index is only appended to (RFC 9562, 6.2). */
static void
make_uid (GwTx *tx, gint64 id, GwUid *uid)
{
  GwTxState *state = tx->state;
  guint64 seed[2] = { state->case_key, (guint64)id };
  guint8 random[10];
  guint32 n;

  if (state->uid_second != tx->now)
    {
      state->uid_second = tx->now;
      state->uid_counter = 0;
    }
  n = state->demo ? (guint32)id : state->uid_counter++;
  if (state->demo)
    {
      guint8 digest[crypto_generichash_BYTES_MIN];

      crypto_generichash (digest, sizeof digest, (const guint8 *)seed, sizeof seed, NULL, 0);
      memcpy (random + 4, digest, RANDOM_PER_UID);
    }
  else
    draw_random (state, random + 4);
  random[0] = (guint8)(n >> 26 & 0x0f);
  random[1] = (guint8)(n >> 18);
  random[2] = (guint8)(n >> 12 & 0x3f);
  random[3] = (guint8)(n >> 4);
  random[4] = (guint8)((n & 0x0f) << 4 | (random[4] & 0x0f));
  gw_uid_make (uid, tx->now * 1000, random);
}

static gboolean
has_uid (const GwUid *uid)
{
  static const GwUid none = { { 0 } };

  return memcmp (uid, &none, sizeof none) != 0;
}

static guint32
last_part (const char *number)
{
  const char *dash = number != NULL ? strrchr (number, '-') : NULL;

  return dash != NULL ? (guint32)g_ascii_strtoull (dash + 1, NULL, 10) : 0;
}

static void
append_facts (
    GwTx *tx, const GwMatter *matter, guint32 number_seq, gboolean text, gboolean withdrawn)
{
  GwMatterFacts facts = { 0 };

  facts.id = matter->id;
  facts.reported = matter->reported;
  facts.due = matter->due;
  facts.closed = matter->closed;
  facts.batch = matter->batch;
  facts.master = matter->master;
  facts.type = matter->type;
  facts.area = matter->area;
  facts.lead_org = matter->lead_org;
  facts.x = matter->has_point ? matter->x : G_MININT32;
  facts.y = matter->has_point ? matter->y : G_MININT32;
  facts.number_seq = number_seq;
  facts.state = (guint8)matter->state;
  facts.urgency = (guint8)matter->urgency;
  facts.severity = (guint8)matter->severity;
  facts.sensitivity = (guint8)matter->sensitivity;
  facts.level = (guint8)matter->level;
  facts.withdrawn = withdrawn;
  facts.exercise = matter->exercise;
  facts.text = text;
  g_array_append_vals (tx->facts, &facts, 1);
}

static void
count (GwTx *tx, const GwMatter *matter, int sign)
{
  gw_counters_add_matter (tx->deltas, matter->type, matter->state, matter->area, matter->reported,
                          matter->closed, sign);
}

static gboolean
fill_number (GwTx *tx, const GwRecordTable *table, GwMatter *matter, guint32 *seq, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (matter->number == NULL)
    {
      matter->number =
          gw_tx_private_next_number (tx, table->spec->number_code, matter->reported, seq, error);
      return matter->number != NULL;
    }
  *seq = gw_tx_private_note_number (tx, table->spec->number_code, matter->number, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
fill (GwTx *tx, const GwRecordTable *table, GwMatter *matter, guint32 *seq, GError **error)
{
  char code[GW_CASE_CODE_LENGTH + 1];

  if (matter->reported == 0)
    matter->reported = tx->now;
  if (matter->summary == NULL)
    matter->summary = g_strdup ("");
  matter->id = ++tx->state->last_matter;
  matter->rev = 1;
  if (!has_uid (&matter->uid))
    make_uid (tx, matter->id, &matter->uid);
  if (matter->case_code == NULL)
    {
      gw_case_code_make ((guint64)matter->id, tx->state->case_key, code);
      matter->case_code = g_strdup (code);
    }
  return gw_tx_private_ancestors (tx, matter->area, &matter->town, &matter->comm, error) &&
         gw_tx_private_need_org (tx, matter->lead_org, error) &&
         fill_number (tx, table, matter, seq, error);
}

static gboolean
write_row (GwTx *tx, const GwMatter *matter, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare_insert (tx->db,
                                        "INSERT INTO matter (" GW_MATTER_COLUMNS
                                        ") VALUES (" GW_MATTER_PLACES ")",
                                        GW_RANK_MATTER, error);
  if (insert == NULL)
    return FALSE;
  gw_matter_row_bind (insert, matter);
  return gw_statement_run (insert, error);
}

/**
 * gw_tx_insert_matter:
 * @matter: id, town, comm and rev are filled in; uid, number, case_code and reported when unset
 *
 * Writes a new matter with its values. The caller appends the first entry of its journal.
 * Writer thread.
 *
 * Returns: %FALSE with @error; INVALID names the value that breaks a rule
 */
gboolean
gw_tx_insert_matter (GwTx *tx, GwMatter *matter, GError **error)
{
  const GwRecordTable *table = gw_tx_private_table (tx, matter->type, error);
  guint32 seq = 0;

  if (table == NULL || !fill (tx, table, matter, &seq, error) || !write_row (tx, matter, error) ||
      !gw_record_table_insert (table, tx->db, matter->id, matter->values, error))
    return FALSE;
  append_facts (tx, matter, seq, TRUE, FALSE);
  count (tx, matter, 1);
  return TRUE;
}

GwMatter *
gw_tx_get_matter (GwTx *tx, gint64 id, GError **error)
{
  g_autoptr (GwStatement) select = NULL;
  g_autoptr (GwMatter) matter = NULL;
  const GwRecordTable *table;
  gboolean row = FALSE;

  select = gw_statement_prepare (tx->db, "SELECT " GW_MATTER_COLUMNS " FROM matter WHERE id = :id",
                                 error);
  if (select == NULL)
    return NULL;
  gw_statement_bind_int64 (select, ":id", id);
  if (!gw_statement_step (select, &row, error))
    return NULL;
  if (!row)
    return gw_throw_null (error, GW_ERROR_NOT_FOUND, _ ("There is no matter with id %ld"),
                          (long)id);
  matter = gw_matter_row_read (select);
  table = gw_tx_private_table (tx, matter->type, error);
  if (table == NULL)
    return NULL;
  g_clear_pointer (&matter->values, g_hash_table_unref);
  matter->values = gw_record_table_read (table, tx->db, id, NULL, NULL, error);
  return matter->values != NULL ? g_steal_pointer (&matter) : NULL;
}

static gboolean
throw_stale (const GwMatter *matter, GError **error)
{
  return gw_throw (error, GW_ERROR_STALE,
                   _ ("%s was changed by somebody else in the meantime. Look at it again and "
                      "repeat what you wanted to do"),
                   matter->number);
}

/**
 * gw_tx_update_matter:
 * @before: as read in this transaction, or as the asker saw it (its rev is compared)
 * @after: the same matter changed; town, comm and rev are filled in
 *
 * Writes what differs. Writer thread. STALE when the row has another revision.
 *
 * Returns: %FALSE with @error
 */
gboolean
gw_tx_update_matter (GwTx *tx, const GwMatter *before, GwMatter *after, GError **error)
{
  const GwRecordTable *table = gw_tx_private_table (tx, before->type, error);
  gboolean written = FALSE;
  guint32 columns;

  g_return_val_if_fail (before->id == after->id && before->type == after->type, FALSE);

  if (table == NULL ||
      !gw_tx_private_ancestors (tx, after->area, &after->town, &after->comm, error))
    return FALSE;
  columns = gw_matter_row_differ (before, after);
  after->rev = before->rev + 1;
  if (!gw_matter_row_update (tx->db, after, columns, before->rev, &written, error))
    return FALSE;
  if (!written)
    return throw_stale (before, error);
  if (!gw_record_table_update (table, tx->db, after->id, before->values, after->values, NULL,
                               error))
    return FALSE;
  append_facts (tx, after, last_part (after->number), gw_matter_row_has_text (columns), FALSE);
  count (tx, before, -1);
  count (tx, after, 1);
  return TRUE;
}

gboolean
gw_tx_withdraw_matter (GwTx *tx, const GwMatter *matter, GError **error)
{
  g_autoptr (GwStatement) update = NULL;

  update = gw_statement_prepare (tx->db,
                                 "UPDATE matter SET withdrawn = 1, rev = rev + 1"
                                 " WHERE id = :id AND rev = :rev AND withdrawn = 0",
                                 error);
  if (update == NULL)
    return FALSE;
  gw_statement_bind_int64 (update, ":id", matter->id);
  gw_statement_bind_int64 (update, ":rev", matter->rev);
  if (!gw_statement_run (update, error))
    return FALSE;
  if (sqlite3_changes (gw_db_handle (tx->db)) != 1)
    return throw_stale (matter, error);
  append_facts (tx, matter, last_part (matter->number), TRUE, TRUE);
  count (tx, matter, -1);
  return TRUE;
}
