/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-import-writer.h"

#include "gw-error.h"
#include "gw-tx.h"

#include <glib/gi18n-lib.h>

/* Rows that are made ready together. */
#define PACK_ROWS 256u
/* Packs that may wait for the writer. */
#define MAX_PACKS 16u
/* store.md 9: with somebody at a desk a slice ends after 100 rows or 20 ms; alone it pays to write
 * many rows with one commit. */
#define BUSY_ROWS 100u
#define BUSY_US 20000
#define QUIET_ROWS 25000u
#define BUSY_FOR_US (5 * G_USEC_PER_SEC)
/* Beyond so many rows the counters are kept in memory until the end. */
#define DEFER_ROWS 5000u
#define UNDO_ROWS 500u

typedef struct
{
  GwCase *cases[PACK_ROWS];       /* owned */
  const char *numbers[PACK_ROWS]; /* of the other system; nullable, in the stage */
  guint n, used;
} Pack;

typedef struct
{
  const GwImportOrder *order;
  GCancellable *cancellable; /* nullable, of the caller */
  const char *digest;        /* of the file */
  gint64 batch;
  guint n_written;    /* committed */
  guint n_in_slice;   /* in the transaction under way */
  guint64 n_expected; /* rows that are not refused */
  gint64 slice_start; /* monotonic */
  gint64 busy_until;  /* monotonic: somebody works beside us */
  gint64 expected_seq;

  GMutex mutex; /* guards what follows */
  GCond changed;
  GQueue ready;    /* Pack */
  GQueue spent;    /* Pack, to be freed by the thread that made them */
  Pack *current;   /* writer only */
  gboolean done;   /* nothing more will be made */
  gboolean stop;   /* the writer wants no more */
  GError *failure; /* owned, nullable: why making stopped */
} Writing;

/* ---- making: a thread of its own ---- */

static void
pack_free (Pack *pack)
{
  for (guint i = 0; i < pack->n; i++)
    gw_case_free (pack->cases[i]);
  g_free (pack);
}

static void
fill_values (GwMatter *matter, const GwTypeSpec *type, const char **values)
{
  matter->values = gw_values_new ();
  for (guint i = 0; i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);

      if (values[i] != NULL)
        g_hash_table_insert (matter->values, g_strdup (field->id), g_strdup (values[i]));
    }
}

static GwMatter *
matter_of (const Writing *self, const GwCheckedRow *row)
{
  GwMatter *matter = gw_matter_new ();

  g_clear_pointer (&matter->values, g_hash_table_unref);
  g_free (matter->source);
  matter->type = self->order->type;
  matter->batch = self->batch;
  matter->urgency = row->urgency;
  matter->severity = row->severity;
  matter->sensitivity = GW_SENSITIVITY_INTERNAL;
  matter->precision = row->precision;
  matter->level = row->level;
  matter->has_point = row->has_point;
  matter->x = row->has_point ? row->x : 0;
  matter->y = row->has_point ? row->y : 0;
  matter->area = row->area;
  matter->occurred = row->occurred;
  matter->source = g_strdup (row->source);
  matter->title = g_strdup (row->title);
  matter->summary = g_strdup (row->summary);
  matter->address = g_strdup (row->address);
  fill_values (matter, self->order->world->type, row->values);
  return matter;
}

/* The verdict was given on the same bytes by the same rules, so a row that fails now means that
 * something is wrong with the program; nothing of it is written. */
/* What the sender noted stands in the timeline, where those who work on the matter read it. */
static GwCase *
with_note (GwCase *made, const char *note)
{
  GwEvent *first = made != NULL && made->events->len > 0 ? made->events->pdata[0] : NULL;

  if (first != NULL && note != NULL && first->reason == NULL)
    first->reason = g_strdup (note);
  return made;
}

static GwCase *
case_of (Writing *self, GwRowCheck *check, guint64 i, const char **number, GError **error)
{
  GwStageRow row;
  const GwCheckedRow *checked;

  gw_stage_read (gw_foreign_file_get_stage (self->order->file), i, &row);
  if (gw_row_check_run (check, &row, NULL) == GW_ROW_REFUSED)
    return gw_throw_null (error, GW_ERROR_FAILED,
                          "row %" G_GUINT64_FORMAT " was good when it was checked and is not now",
                          row.row);
  checked = gw_row_check_get (check);
  *number = checked->external_id;
  return with_note (gw_desk_new_case (self->order->desk, matter_of (self, checked),
                                      self->order->actor, checked->reported, error),
                    checked->note);
}

static void
free_spent (Writing *self)
{
  Pack *pack;

  g_mutex_lock (&self->mutex);
  while ((pack = g_queue_pop_head (&self->spent)) != NULL)
    {
      g_mutex_unlock (&self->mutex);
      pack_free (pack);
      g_mutex_lock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);
}

/* FALSE when the writer wants no more. */
static gboolean
hand_over (Writing *self, Pack *pack)
{
  gboolean go_on;

  g_mutex_lock (&self->mutex);
  while (!self->stop && g_queue_get_length (&self->ready) >= MAX_PACKS)
    g_cond_wait (&self->changed, &self->mutex);
  go_on = !self->stop;
  if (go_on)
    g_queue_push_tail (&self->ready, pack);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  if (!go_on)
    pack_free (pack);
  free_spent (self);
  return go_on;
}

static gboolean
make_all (Writing *self, GError **error)
{
  g_autoptr (GwRowCheck) check = gw_row_check_new (self->order->world);
  guint64 n_rows = gw_stage_n_rows (gw_foreign_file_get_stage (self->order->file));
  Pack *pack = g_new0 (Pack, 1);

  for (guint64 i = 0; i < n_rows; i++)
    {
      GwCase *made;

      if (gw_verdicts_get (self->order->verdicts, i) == GW_ROW_REFUSED)
        continue;
      made = case_of (self, check, i, &pack->numbers[pack->n], error);
      if (made == NULL)
        {
          pack_free (pack);
          return FALSE;
        }
      pack->cases[pack->n++] = made;
      if (pack->n < PACK_ROWS)
        continue;
      if (!hand_over (self, pack))
        return TRUE;
      pack = g_new0 (Pack, 1);
    }
  (void)hand_over (self, pack);
  return TRUE;
}

static gpointer
maker_thread (gpointer data)
{
  Writing *self = data;
  g_autoptr (GError) failure = NULL;

  (void)make_all (self, &failure);
  g_mutex_lock (&self->mutex);
  self->failure = g_steal_pointer (&failure);
  self->done = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* ---- writing: inside a transaction ---- */

/* The next pack; NULL when all is written or making failed. */
static Pack *
take_pack (Writing *self)
{
  Pack *pack;

  g_mutex_lock (&self->mutex);
  if (self->current != NULL)
    g_queue_push_tail (&self->spent, g_steal_pointer (&self->current));
  while ((pack = g_queue_pop_head (&self->ready)) == NULL && !self->done)
    g_cond_wait (&self->changed, &self->mutex);
  self->current = pack;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return pack;
}

static gboolean
next_case (Writing *self)
{
  while (self->current == NULL || self->current->used == self->current->n)
    if (take_pack (self) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
write_case (Writing *self, GwTx *tx, GError **error)
{
  GwCase *made = self->current->cases[self->current->used];
  const char *number = self->current->numbers[self->current->used];

  self->current->used++;
  return gw_desk_save (self->order->desk, tx, made, error) &&
         (number == NULL || gw_tx_put_external_number (tx, self->order->type, made->matter->source,
                                                       number, made->matter->id, error));
}

static gboolean
is_slice_full (Writing *self, GwTx *tx)
{
  gint64 now;

  if (self->n_in_slice >= QUIET_ROWS)
    return TRUE;
  if (self->n_in_slice % 16 != 0)
    return FALSE;
  now = g_get_monotonic_time ();
  if (gw_tx_should_end (tx))
    {
      self->busy_until = now + BUSY_FOR_US;
      return TRUE;
    }
  return now < self->busy_until &&
         (self->n_in_slice >= BUSY_ROWS || now - self->slice_start >= BUSY_US);
}

static gboolean
slice_tx (GwTx *tx, gpointer data, GError **error)
{
  Writing *self = data;

  self->n_in_slice = 0;
  self->slice_start = g_get_monotonic_time ();
  if (self->n_expected >= DEFER_ROWS)
    gw_tx_defer_counters (tx, TRUE);
  while (next_case (self))
    {
      /* A slice of a quiet hour is long: who cancels does not wait for its end. */
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !write_case (self, tx, error))
        return FALSE;
      self->n_in_slice++;
      if (is_slice_full (self, tx))
        break;
    }
  return TRUE;
}

static char *
dup_delta (const Writing *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) delta = NULL;

  g_variant_dict_insert (&dict, "batch", "x", self->batch);
  g_variant_dict_insert (&dict, "file", "s", gw_foreign_file_get_name (self->order->file));
  g_variant_dict_insert (&dict, "sha256", "s", self->digest);
  g_variant_dict_insert (&dict, "rows", "u", self->n_written);
  g_variant_dict_insert (&dict, "crs", "s", gw_crs_to_id (self->order->world->crs));
  delta = g_variant_ref_sink (g_variant_dict_end (&dict));
  return g_variant_print (delta, FALSE);
}

static gboolean
begin_tx (GwTx *tx, gpointer data, GError **error)
{
  Writing *self = data;
  GwBatch batch = { .type = self->order->world->type->key,
                    .file_name = (char *)gw_foreign_file_get_name (self->order->file) };

  if (!gw_tx_add_batch (tx, &batch, error))
    return FALSE;
  self->batch = batch.id;
  return TRUE;
}

static gboolean
finish_tx (GwTx *tx, gpointer data, GError **error)
{
  Writing *self = data;
  g_autofree char *delta = dup_delta (self);
  GwEvent event = { .verb = GW_VERB_IMPORT, .delta = delta };
  guint64 refused = gw_verdicts_count (self->order->verdicts, GW_ROW_REFUSED);

  gw_tx_defer_counters (tx, FALSE);
  return gw_tx_append_event (tx, &event, error) && gw_tx_flush_counters (tx, error) &&
         gw_tx_set_batch_digest (tx, self->batch, self->digest, error) &&
         gw_tx_finish_batch (tx, self->batch, self->n_written, (guint32)refused, error);
}

/* ---- the whole ---- */

/* Verbs that were written between two slices are a sign of somebody at a desk as well. */
static void
watch_others (Writing *self)
{
  gint64 seq = gw_store_last_seq (self->order->store);

  if (seq != self->expected_seq)
    self->busy_until = g_get_monotonic_time () + BUSY_FOR_US;
  self->expected_seq = seq;
}

static gboolean
is_made (Writing *self)
{
  gboolean made;

  g_mutex_lock (&self->mutex);
  made = self->done && g_queue_is_empty (&self->ready) &&
         (self->current == NULL || self->current->used == self->current->n);
  g_mutex_unlock (&self->mutex);
  return made;
}

static gboolean
write_slices (Writing *self,
              GwProgressFunc progress,
              gpointer progress_data,
              GCancellable *cancellable,
              GError **error)
{
  self->expected_seq = gw_store_last_seq (self->order->store);
  while (!is_made (self))
    {
      if (!gw_store_write (self->order->store, GW_LANE_SLICE, self->order->actor, slice_tx, self,
                           cancellable, error))
        return FALSE;
      self->n_written += self->n_in_slice;
      self->expected_seq += self->n_in_slice;
      watch_others (self);
      if (progress != NULL && self->n_expected > 0)
        progress (MIN (1.0, (double)self->n_written / (double)self->n_expected), progress_data);
    }
  if (self->failure == NULL)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

static gboolean
finish_batch (Writing *self, GError **error)
{
  return gw_store_write (self->order->store, GW_LANE_SLICE, self->order->actor, finish_tx, self,
                         NULL, error);
}

static gboolean
write_all (Writing *self,
           GwProgressFunc progress,
           gpointer progress_data,
           GCancellable *cancellable,
           GError **error)
{
  GThread *maker;
  gboolean written;

  maker = g_thread_new ("gw-import", maker_thread, self);
  written = write_slices (self, progress, progress_data, cancellable, error);
  g_mutex_lock (&self->mutex);
  self->stop = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (maker);
  return written && finish_batch (self, error);
}

/* What was written is taken back; what went wrong stays the error, with a word about that. */
static void
take_back (Writing *self, GError **error)
{
  guint n_withdrawn = 0, n_touched = 0;
  g_autoptr (GError) local = NULL;
  GError *cause = error != NULL ? *error : NULL;
  g_autofree char *reason = g_strdup (cause != NULL ? cause->message : "");
  gboolean undone;

  undone = finish_batch (self, &local) &&
           gw_import_undo (self->order->store, self->order->actor, self->order->desk, self->batch,
                           self->n_written, &n_withdrawn, &n_touched, NULL, NULL, NULL, &local);
  if (cause == NULL)
    return;
  g_free (cause->message);
  if (undone)
    cause->message = g_strdup_printf (
        _ ("%s; nothing was taken in, %u matters that had been written were withdrawn again"),
        reason, n_withdrawn);
  else
    cause->message = g_strdup_printf (
        _ ("%s; %u matters of import %ld are in the file and could not be withdrawn (%s): undo the "
           "import when the cause is removed"),
        reason, self->n_written - n_withdrawn, (long)self->batch, local->message);
}

static void
writing_clear (Writing *self)
{
  g_queue_clear_full (&self->ready, (GDestroyNotify)pack_free);
  g_queue_clear_full (&self->spent, (GDestroyNotify)pack_free);
  g_clear_pointer (&self->current, pack_free);
  g_clear_error (&self->failure);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
}

gboolean
gw_import_write (const GwImportOrder *order,
                 gint64 *batch,
                 guint *n_written,
                 GwProgressFunc progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GError) local = NULL;
  Writing self = { .order = order, .cancellable = cancellable };
  gboolean done;

  self.n_expected = gw_verdicts_count (order->verdicts, GW_ROW_GOOD) +
                    gw_verdicts_count (order->verdicts, GW_ROW_WARNED);
  if (self.n_expected == 0)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("no row of “%s” can be taken in; correct what is told about the rows"),
                     gw_foreign_file_get_name (order->file));
  self.digest = gw_foreign_file_wait_digest (order->file, error);
  if (self.digest == NULL)
    return FALSE;
  g_mutex_init (&self.mutex);
  g_cond_init (&self.changed);
  g_queue_init (&self.ready);
  g_queue_init (&self.spent);
  done = gw_store_write (order->store, GW_LANE_SLICE, order->actor, begin_tx, &self, cancellable,
                         &local);
  if (done && !write_all (&self, progress, progress_data, cancellable, &local))
    {
      done = FALSE;
      take_back (&self, &local);
    }
  *batch = self.batch;
  *n_written = done ? self.n_written : 0;
  writing_clear (&self);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&local));
  return done;
}

/* ---- taking back ---- */

typedef struct
{
  GwDesk *desk;
  gint64 batch, after;
  guint n_withdrawn, n_touched;
  guint n_part, n_part_touched;
  gboolean more;
} Undo;

static gboolean
undo_tx (GwTx *tx, gpointer data, GError **error)
{
  Undo *self = data;

  self->n_part = 0;
  self->n_part_touched = 0;
  return gw_desk_undo_batch (self->desk, tx, self->batch, UNDO_ROWS, &self->after, &self->more,
                             &self->n_part, &self->n_part_touched, error);
}

gboolean
gw_import_undo (GwStore *store,
                const GwActor *actor,
                GwDesk *desk,
                gint64 batch,
                guint n_expected,
                guint *n_withdrawn,
                guint *n_touched,
                GwProgressFunc progress,
                gpointer progress_data,
                GCancellable *cancellable,
                GError **error)
{
  Undo self = { .desk = desk, .batch = batch, .more = TRUE };

  while (self.more)
    {
      if (!gw_store_write (store, GW_LANE_SLICE, actor, undo_tx, &self, cancellable, error))
        return FALSE;
      self.n_withdrawn += self.n_part;
      self.n_touched += self.n_part_touched;
      if (progress != NULL && n_expected > 0)
        progress (MIN (1.0, (double)self.n_withdrawn / n_expected), progress_data);
    }
  *n_withdrawn = self.n_withdrawn;
  *n_touched = self.n_touched;
  return TRUE;
}
