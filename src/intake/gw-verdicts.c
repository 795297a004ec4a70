/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-verdicts.h"

#include "gw-external-number.h"

#define BLOCK_ROWS 4096u
#define MAX_THREADS 4u

struct _GwVerdicts
{
  gatomicrefcount refs;
  guint64 n_rows;
  guint64 counts[GW_ROW_REFUSED + 1];
  guint8 *verdicts;  /* owned */
  guint32 *twins;    /* owned, nullable: index + 1 of the first one; 0 = none */
  GHashTable *known; /* owned: index -> number of the matter, owned */
};

/* ---- the pass over all rows ---- */

typedef struct
{
  GwVerdicts *verdicts;
  const GwStage *stage;
  const GwCheckWorld *world;
  guint64 *fingerprints;
  gint next_block; /* atomic */
  GCancellable *cancellable;

  GMutex mutex;    /* guards what follows, and the known rows of the verdicts */
  GError *failure; /* owned, nullable: earlier numbers could not be read */
} Pass;

/* One thread's way through the rows. */
typedef struct
{
  Pass *pass;
  GwRowCheck *check;          /* owned */
  GwExternalNumbers *numbers; /* owned, nullable */
} Walk;

static void
note_failure (Pass *pass, GError *error)
{
  g_mutex_lock (&pass->mutex);
  if (pass->failure == NULL)
    pass->failure = g_steal_pointer (&error);
  g_mutex_unlock (&pass->mutex);
  g_clear_error (&error);
}

static void
walk_begin (Walk *walk, Pass *pass)
{
  GError *error = NULL;

  walk->pass = pass;
  walk->check = gw_row_check_new (pass->world);
  if (pass->world->store == NULL || !gw_row_check_has_numbers (walk->check))
    return;
  walk->numbers = gw_external_numbers_open (pass->world->store, pass->world->type_number, &error);
  if (walk->numbers == NULL)
    note_failure (pass, error);
  else if (!gw_external_numbers_has_any (walk->numbers))
    g_clear_pointer (&walk->numbers, gw_external_numbers_free);
}

static void
walk_end (Walk *walk)
{
  gw_row_check_free (walk->check);
  gw_external_numbers_free (walk->numbers);
}

/* A row that would be taken, but was taken in earlier. */
static gboolean
is_known (Walk *walk, guint64 i)
{
  const GwCheckedRow *row = gw_row_check_get (walk->check);
  Pass *pass = walk->pass;
  char *number = NULL;
  GError *error = NULL;

  if (walk->numbers == NULL || row->external_id == NULL)
    return FALSE;
  if (!gw_external_numbers_find (walk->numbers, row->source, row->external_id, &number, &error))
    note_failure (pass, error);
  if (number == NULL)
    return FALSE;
  g_mutex_lock (&pass->mutex);
  g_hash_table_insert (pass->verdicts->known, g_memdup2 (&i, sizeof i), number);
  g_mutex_unlock (&pass->mutex);
  return TRUE;
}

static void
check_block (Walk *walk, guint64 from, guint64 to)
{
  Pass *pass = walk->pass;
  GwStageRow row;

  for (guint64 i = from; i < to; i++)
    {
      gw_stage_read (pass->stage, i, &row);
      pass->verdicts->verdicts[i] = (guint8)gw_row_check_run (walk->check, &row, NULL);
      pass->fingerprints[i] = gw_row_check_fingerprint (walk->check);
      if (pass->verdicts->verdicts[i] != GW_ROW_REFUSED && is_known (walk, i))
        pass->verdicts->verdicts[i] = GW_ROW_REFUSED;
    }
}

/* FALSE when there is no block left. */
static gboolean
check_next_block (Walk *walk, double *done)
{
  Pass *pass = walk->pass;
  guint64 n_rows = pass->verdicts->n_rows;
  guint64 from = (guint64)g_atomic_int_add (&pass->next_block, 1) * BLOCK_ROWS;

  if (from >= n_rows || g_cancellable_is_cancelled (pass->cancellable))
    return FALSE;
  check_block (walk, from, MIN (from + BLOCK_ROWS, n_rows));
  *done = (double)from / (double)n_rows;
  return TRUE;
}

static gpointer
pass_thread (gpointer data)
{
  Walk walk = { 0 };
  double done;

  walk_begin (&walk, data);
  while (check_next_block (&walk, &done))
    ;
  walk_end (&walk);
  return NULL;
}

static void
run_pass (Pass *pass, GwProgressFunc progress, gpointer progress_data)
{
  guint n_threads = CLAMP (g_get_num_processors (), 1, MAX_THREADS);
  GThread *threads[MAX_THREADS] = { NULL };
  Walk walk = { 0 };
  double done = 0;

  walk_begin (&walk, pass);
  for (guint i = 1; i < n_threads && pass->verdicts->n_rows > BLOCK_ROWS; i++)
    threads[i] = g_thread_new ("gw-check", pass_thread, pass);
  while (check_next_block (&walk, &done))
    if (progress != NULL)
      progress (done, progress_data);
  walk_end (&walk);
  for (guint i = 1; i < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
}

/* ---- what concerns more than one row ---- */

static void
note_twin (GwVerdicts *self, guint64 i, guint32 first, gboolean refuse)
{
  if (self->twins == NULL)
    self->twins = g_new0 (guint32, self->n_rows);
  self->twins[i] = first;
  self->verdicts[i] = refuse ? GW_ROW_REFUSED : GW_ROW_WARNED;
}

/* A refused row is nobody's twin: the row below may be its correction. */
static void
find_twins (Pass *pass, gboolean refuse)
{
  GwVerdicts *self = pass->verdicts;
  guint64 size = 1024;
  g_autofree guint32 *slots = NULL;

  while (size < 2 * self->n_rows)
    size *= 2;
  slots = g_new0 (guint32, size);
  for (guint64 i = 0; i < self->n_rows; i++)
    {
      guint64 print = pass->fingerprints[i];
      guint64 slot = print & (size - 1);

      if (print == 0 || self->verdicts[i] == GW_ROW_REFUSED)
        continue;
      while (slots[slot] != 0 && pass->fingerprints[slots[slot] - 1] != print)
        slot = (slot + 1) & (size - 1);
      if (slots[slot] != 0)
        note_twin (self, i, slots[slot], refuse);
      else
        slots[slot] = (guint32)i + 1;
    }
}

gboolean
gw_verdicts_is_fatal (const GwCheckWorld *world, const GwRowProblem *problem)
{
  return problem->column < 0 || (guint)problem->column >= world->n_columns ||
         world->targets[problem->column] != GW_TARGET_NONE;
}

static void
take_row_problem (gpointer problem_data, gpointer data)
{
  const GwRowProblem *problem = problem_data;
  Pass *pass = data;
  guint64 i = gw_stage_find (pass->stage, problem->row);

  if (i == G_MAXUINT64)
    return;
  if (gw_verdicts_is_fatal (pass->world, problem))
    pass->verdicts->verdicts[i] = GW_ROW_REFUSED;
  else if (pass->verdicts->verdicts[i] == GW_ROW_GOOD)
    pass->verdicts->verdicts[i] = GW_ROW_WARNED;
}

static void
take_all_row_problems (gpointer problems, gpointer data)
{
  g_ptr_array_foreach (problems, take_row_problem, data);
}

static void
count (GwVerdicts *self)
{
  for (guint64 i = 0; i < self->n_rows; i++)
    self->counts[self->verdicts[i]]++;
}

GwVerdicts *
gw_verdicts_new (GwForeignFile *file,
                 const GwCheckWorld *world,
                 GwProgressFunc progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GwVerdicts) self = g_new0 (GwVerdicts, 1);
  g_autofree guint64 *fingerprints = NULL;
  g_autoptr (GwRowCheck) check = gw_row_check_new (world);
  Pass pass = { .verdicts = self, .world = world, .cancellable = cancellable };

  g_atomic_ref_count_init (&self->refs);
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_mutex_init (&pass.mutex);
  pass.stage = gw_foreign_file_get_stage (file);
  self->n_rows = gw_stage_n_rows (pass.stage);
  self->verdicts = g_malloc (self->n_rows + 1);
  fingerprints = g_new (guint64, self->n_rows + 1);
  pass.fingerprints = fingerprints;
  run_pass (&pass, progress, progress_data);
  g_mutex_clear (&pass.mutex);
  if (pass.failure != NULL)
    {
      g_propagate_error (error, pass.failure);
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  gw_foreign_file_foreach_row_problems (file, take_all_row_problems, &pass);
  find_twins (&pass, gw_row_check_has_numbers (check));
  count (self);
  return g_steal_pointer (&self);
}

GwVerdicts *
gw_verdicts_ref (GwVerdicts *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_verdicts_unref (GwVerdicts *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->verdicts);
  g_free (self->twins);
  g_hash_table_unref (self->known);
  g_free (self);
}

/* ---- answers ---- */

guint64
gw_verdicts_count (const GwVerdicts *self, GwRowVerdict verdict)
{
  return self->counts[verdict];
}

GwRowVerdict
gw_verdicts_get (const GwVerdicts *self, guint64 i)
{
  return (GwRowVerdict)self->verdicts[i];
}

guint64
gw_verdicts_get_twin (const GwVerdicts *self, guint64 i)
{
  return self->twins != NULL && self->twins[i] != 0 ? self->twins[i] - 1 : GW_VERDICTS_NONE;
}

const char *
gw_verdicts_get_known (const GwVerdicts *self, guint64 i)
{
  return g_hash_table_lookup (self->known, &i);
}

guint64
gw_verdicts_n_known (const GwVerdicts *self)
{
  return g_hash_table_size (self->known);
}

guint64
gw_verdicts_next (const GwVerdicts *self, guint64 from, GwRowVerdict verdict)
{
  for (guint64 i = from; i < self->n_rows; i++)
    if (self->verdicts[i] == (guint8)verdict)
      return i;
  return GW_VERDICTS_NONE;
}
