/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-import-plan-private.h"

#include "gw-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Rows that the guess of the coordinate system looks at. */
#define SAMPLE_ROWS 4000u
/* Below this size the digest is waited for, to tell that the file was taken in before. */
#define SMALL_ROWS 100000u
/* Reading takes about half of the time, checking the rest. */
#define READING_PART 0.5
/* A file counts as swapped when so many of its points fit the other way round, and none as it is.
 */
#define SWAPPED_SHARE 0.5

struct _GwImportPlan
{
  GObject parent_instance;
  GwReference *facts; /* owned */
  GwActor actor;
  gint64 now;
  const GwTypeSpec *type; /* borrowed from facts */
  guint32 type_number;
  GwMatcher *matcher;  /* owned */
  GwForeignFile *file; /* owned */
  GwMapping *mapping;  /* owned */
  gboolean swapped;
  char *crs_reason;                    /* owned */
  GPtrArray *columns;                  /* owned, GwPlanColumn */
  GPtrArray *problems;                 /* owned, GwRowProblem of the whole file */
  GPtrArray *field_ids, *field_labels; /* owned containers of lent texts, ended by NULL */
  guint generation;

  /* The row that is being looked at. */
  GwRowCheck *check; /* owned */
  GwStageRow row;
  GPtrArray *row_problems; /* owned, GwRowProblem */
  const char **cells;      /* owned container */
  char *place;             /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (GwImportPlan, gw_import_plan, G_TYPE_OBJECT)

enum
{
  PROP_GENERATION = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* ---- mapping ---- */

GwMapping *
gw_mapping_ref (GwMapping *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_mapping_unref (GwMapping *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->verdicts, gw_verdicts_unref);
  g_free (self->targets);
  g_free (self->guessed);
  g_free (self);
}

static GwMapping *
mapping_new (guint n_columns)
{
  GwMapping *self = g_new0 (GwMapping, 1);

  g_atomic_ref_count_init (&self->refs);
  self->targets = g_new0 (int, n_columns + 1);
  self->guessed = g_new0 (gboolean, n_columns + 1);
  return self;
}

/* ---- object ---- */

static void
gw_import_plan_finalize (GObject *object)
{
  GwImportPlan *self = GW_IMPORT_PLAN (object);

  g_clear_pointer (&self->check, gw_row_check_free);
  g_clear_pointer (&self->mapping, gw_mapping_unref);
  g_clear_pointer (&self->file, gw_foreign_file_unref);
  g_clear_pointer (&self->matcher, gw_matcher_free);
  g_clear_pointer (&self->facts, gw_reference_unref);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->row_problems);
  g_ptr_array_unref (self->field_ids);
  g_ptr_array_unref (self->field_labels);
  g_free (self->crs_reason);
  g_free (self->cells);
  g_free (self->place);
  G_OBJECT_CLASS (gw_import_plan_parent_class)->finalize (object);
}

static void
gw_import_plan_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_GENERATION)
    g_value_set_uint (value, GW_IMPORT_PLAN (object)->generation);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gw_import_plan_class_init (GwImportPlanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = gw_import_plan_finalize;
  object_class->get_property = gw_import_plan_get_property;
  props[PROP_GENERATION] = g_param_spec_uint ("generation", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static GPtrArray *
problem_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)gw_row_problem_free);
}

static void
gw_import_plan_init (GwImportPlan *self)
{
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_plan_column_free);
  self->problems = problem_list ();
  self->row_problems = problem_list ();
  self->field_ids = g_ptr_array_new ();
  self->field_labels = g_ptr_array_new ();
}

/* ---- what checks need ---- */

void
gw_import_plan_fill_world (GwImportPlan *self, const GwMapping *mapping, GwCheckWorld *world)
{
  memset (world, 0, sizeof *world);
  world->matcher = self->matcher;
  world->type = self->type;
  world->tree = self->facts->tree;
  world->locate = self->facts->locate;
  world->locate_ids = (const guint32 *)(gconstpointer)self->facts->locate_ids->data;
  world->headers = gw_foreign_file_get_headers (self->file, &world->n_columns);
  world->targets = mapping->targets;
  world->crs = mapping->crs;
  world->swapped = self->swapped;
  world->now = self->now;
  world->default_day = self->now;
  world->scope_area = self->actor.scope_area;
}

/* ---- the guess of the coordinate system ---- */

typedef struct
{
  GArray *points;  /* GwPoint */
  GArray *claimed; /* guint32: area id or NONE */
} Sample;

static void
take_sample (GwImportPlan *self, Sample *sample)
{
  const GwStage *stage = gw_foreign_file_get_stage (self->file);
  guint64 n_rows = gw_stage_n_rows (stage);
  guint64 n = MIN (n_rows, SAMPLE_ROWS);
  GwCheckWorld world;
  g_autoptr (GwRowCheck) check = NULL;
  GwStageRow row;

  gw_import_plan_fill_world (self, self->mapping, &world);
  check = gw_row_check_new (&world);
  for (guint64 i = 0; i < n; i++)
    {
      GwPoint point;
      guint32 claimed;

      gw_stage_read (stage, i * n_rows / n, &row);
      if (!gw_row_check_sample (check, &row, &point, &claimed))
        continue;
      g_array_append_val (sample->points, point);
      g_array_append_val (sample->claimed, claimed);
    }
}

/* Files name communities: the communities with borders, and where each area lies among them. */
static GwLocate *
locate_communities (const GwReference *facts, GHashTable *index_of)
{
  g_autoptr (GPtrArray) shapes = g_ptr_array_new ();

  for (guint32 id = 1; id <= gw_area_tree_size (facts->tree); id++)
    {
      const GwArea *area = gw_area_tree_get (facts->tree, id);

      if (area->level != GW_LEVEL_COMMUNITY || !gw_area_is_current (area) ||
          facts->rings->pdata[id] == NULL)
        continue;
      g_hash_table_insert (index_of, GUINT_TO_POINTER (id), GUINT_TO_POINTER (shapes->len + 1));
      g_ptr_array_add (shapes, facts->rings->pdata[id]);
    }
  return shapes->len > 0 ? gw_locate_new ((const GwRings *const *)shapes->pdata, shapes->len)
                         : NULL;
}

static guint16 *
claimed_indexes (const GwReference *facts, GHashTable *index_of, const GArray *claimed)
{
  guint16 *indexes = g_new (guint16, claimed->len + 1);

  for (guint i = 0; i < claimed->len; i++)
    {
      guint32 community = gw_area_tree_ancestor (facts->tree, g_array_index (claimed, guint32, i),
                                                 GW_LEVEL_COMMUNITY);
      guint found = GPOINTER_TO_UINT (g_hash_table_lookup (index_of, GUINT_TO_POINTER (community)));

      indexes[i] = found != 0 ? (guint16)(found - 1) : GW_LOCATE_NONE;
    }
  return indexes;
}

static gboolean
is_surely_swapped (const GwCrsGuess *guess)
{
  const GwCrsScore *turned = &guess->scores[guess->crs][1], *plain = &guess->scores[guess->crs][0];

  return guess->is_swapped && plain->n_inside == 0 &&
         turned->n_inside > SWAPPED_SHARE * guess->n_points;
}

static void
guess_crs (GwImportPlan *self)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (GwPoint));
  g_autoptr (GArray) claimed = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) index_of = g_hash_table_new (NULL, NULL);
  g_autoptr (GwLocate) communities = NULL;
  g_autofree guint16 *indexes = NULL;
  Sample sample = { points, claimed };
  const GwLocate *locate;
  GwCrsGuess guess;

  self->mapping->crs = GW_CRS_CGCS2000;
  take_sample (self, &sample);
  communities = locate_communities (self->facts, index_of);
  locate = communities != NULL ? communities : self->facts->locate;
  if (locate == NULL || points->len == 0)
    {
      self->crs_reason = g_strdup (_ ("The file has no coordinates to judge by"));
      return;
    }
  indexes = claimed_indexes (self->facts, index_of, claimed);
  guess = gw_crs_guess ((const GwPoint *)(gconstpointer)points->data,
                        communities != NULL ? indexes : NULL, points->len, locate);
  self->mapping->crs = guess.crs;
  self->swapped = is_surely_swapped (&guess);
  self->crs_reason = gw_crs_guess_dup_reason (&guess);
}

/* ---- what is told about the whole file ---- */

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

static void
note_matches (GwImportPlan *self, const GwMatch *matches, guint n)
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

static gboolean
is_mapped (const GwImportPlan *self, int target)
{
  guint n;

  (void)gw_foreign_file_get_headers (self->file, &n);
  for (guint i = 0; i < n; i++)
    if (self->mapping->targets[i] == target)
      return TRUE;
  return FALSE;
}

static void
note_missing (GwImportPlan *self)
{
  if (!is_mapped (self, GW_TARGET_REPORTED))
    note (self, 0, -1,
          _ ("No column gives the time of the report; the time of this import is used"));
  if (!is_mapped (self, GW_TARGET_TITLE) && is_mapped (self, GW_TARGET_SUMMARY))
    note (self, 0, -1, _ ("No column gives a title; the beginning of the summary is used"));
  if (self->swapped)
    note (self, 0, -1,
          _ ("Longitude and latitude have changed places in this file; they are exchanged"));
  for (guint i = 0; i < self->type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (self->type->fields, i);

      if (field->privacy == GW_CLASS_VAULT && is_mapped (self, GW_N_OWN_TARGETS + (int)i))
        note (self, 0, -1, _ ("“%s” belongs into the vault and is not taken from files"),
              field->label);
    }
}

/* The same bytes once more would double every matter. */
static void
note_known (GwImportPlan *self, GPtrArray *known)
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

/* ---- making a plan ---- */

static GPtrArray *
declared_columns (const GwReference *facts, const char *type)
{
  for (guint i = 0; i < facts->modules->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (facts->modules, i);

      for (guint j = 0; j < module->imports->len; j++)
        {
          const GwImportSpec *import = g_ptr_array_index (module->imports, j);

          if (g_strcmp0 (import->type, type) == 0)
            return import->columns;
        }
    }
  return NULL;
}

static gboolean
find_type (GwImportPlan *self, const char *type, GError **error)
{
  for (guint32 i = 1; i < self->facts->types->len; i++)
    {
      const GwTypeSpec *found = g_ptr_array_index (self->facts->types, i);

      if (found == NULL || !g_str_equal (found->key, type))
        continue;
      self->type = found;
      self->type_number = i;
      return found->loaded ||
             gw_throw (error, GW_ERROR_UNSUPPORTED,
                       _ ("The module of “%s” is not loaded, so its rows cannot be checked; "
                          "install it and try again"),
                       found->label);
    }
  return gw_throw (error, GW_ERROR_NOT_FOUND,
                   _ ("There is no kind of matter “%s” here: is its module loaded?"), type);
}

static void
list_fields (GwImportPlan *self)
{
  for (int i = 0; i < (int)gw_matcher_n_targets (self->matcher); i++)
    {
      g_ptr_array_add (self->field_ids, (gpointer)gw_matcher_get_id (self->matcher, i));
      g_ptr_array_add (self->field_labels, (gpointer)gw_matcher_get_label (self->matcher, i));
    }
  g_ptr_array_add (self->field_ids, NULL);
  g_ptr_array_add (self->field_labels, NULL);
}

static void
match_columns (GwImportPlan *self)
{
  guint n;
  const char *const *headers = gw_foreign_file_get_headers (self->file, &n);
  g_autofree GwMatch *matches = g_new0 (GwMatch, n + 1);

  gw_matcher_match (self->matcher, headers, n, matches);
  self->mapping = mapping_new (n);
  for (guint i = 0; i < n; i++)
    {
      self->mapping->targets[i] = matches[i].target;
      self->mapping->guessed[i] = matches[i].guessed;
    }
  note_matches (self, matches, n);
}

/* The screen's columns and the check of the row that is looked at. Main thread once the plan is
 * shown. */
static void
adopt (GwImportPlan *self)
{
  GwCheckWorld world;

  gw_import_plan_fill_world (self, self->mapping, &world);
  g_clear_pointer (&self->check, gw_row_check_free);
  self->check = gw_row_check_new (&world);
  g_ptr_array_set_size (self->columns, 0);
  for (guint i = 0; i < world.n_columns; i++)
    {
      GwPlanColumn *column = g_new0 (GwPlanColumn, 1);
      int target = self->mapping->targets[i];

      column->header = g_strdup (world.headers[i]);
      column->guessed = self->mapping->guessed[i];
      if (target != GW_TARGET_NONE)
        {
          column->field = g_strdup (gw_matcher_get_id (self->matcher, target));
          column->label = g_strdup (gw_matcher_get_label (self->matcher, target));
        }
      g_ptr_array_add (self->columns, column);
    }
  g_free (self->cells);
  self->cells = g_new0 (const char *, GW_STAGE_MAX_CELLS + 1);
}

typedef struct
{
  GwProgressFunc func;
  gpointer data;
  double from, part;
} Part;

static void
part_cb (double fraction, gpointer data)
{
  Part *part = data;

  if (part->func != NULL)
    part->func (part->from + fraction * part->part, part->data);
}

static GwVerdicts *
check_all (GwImportPlan *self,
           const GwMapping *mapping,
           Part *part,
           GCancellable *cancellable,
           GError **error)
{
  GwCheckWorld world;

  gw_import_plan_fill_world (self, mapping, &world);
  return gw_verdicts_new (self->file, &world, part_cb, part, cancellable, error);
}

static void
take_reader_problems (GwImportPlan *self)
{
  GPtrArray *told = gw_foreign_file_get_problems (self->file);

  for (guint i = 0; i < told->len; i++)
    {
      const GwRowProblem *problem = g_ptr_array_index (told, i);

      g_ptr_array_add (self->problems,
                       gw_row_problem_new (problem->row, problem->column, problem->fatal,
                                           g_strdup (problem->message)));
    }
}

GwImportPlan *
gw_import_plan_make (const GwCall *call,
                     const char *path,
                     const char *type,
                     GPtrArray *known,
                     GwProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GwImportPlan) self = g_object_new (GW_TYPE_IMPORT_PLAN, NULL);
  Part reading = { progress, progress_data, 0, READING_PART };
  Part checking = { progress, progress_data, READING_PART, 1 - READING_PART };

  self->facts = gw_reference_ref (call->facts);
  self->actor = call->actor;
  self->now = gw_clock_now (gw_store_clock (call->store));
  if (!find_type (self, type, error))
    return NULL;
  self->matcher = gw_matcher_new (self->type, declared_columns (self->facts, type));
  list_fields (self);
  self->file =
      gw_foreign_file_read (path, self->matcher, NULL, part_cb, &reading, cancellable, error);
  if (self->file == NULL)
    return NULL;
  take_reader_problems (self);
  match_columns (self);
  guess_crs (self);
  self->mapping->verdicts = check_all (self, self->mapping, &checking, cancellable, error);
  if (self->mapping->verdicts == NULL)
    return NULL;
  note_missing (self);
  note_known (self, known);
  adopt (self);
  return g_steal_pointer (&self);
}

/* ---- another mapping or coordinate system ---- */

static GwMapping *
changed_mapping (GwImportPlan *self, int column, const char *field, GwCrs crs, GError **error)
{
  guint n;
  g_autoptr (GwMapping) mapping = NULL;
  int target = gw_matcher_find (self->matcher, field);

  (void)gw_foreign_file_get_headers (self->file, &n);
  if (column >= (int)n || (field != NULL && target == GW_TARGET_NONE))
    return gw_throw_null (error, GW_ERROR_NOT_FOUND, _ ("There is no such column or field"));
  mapping = mapping_new (n);
  memcpy (mapping->targets, self->mapping->targets, n * sizeof *mapping->targets);
  memcpy (mapping->guessed, self->mapping->guessed, n * sizeof *mapping->guessed);
  mapping->crs = crs;
  if (column < 0)
    return g_steal_pointer (&mapping);
  /* Two columns cannot fill one field: the older one gives way. */
  for (guint i = 0; target != GW_TARGET_NONE && i < n; i++)
    if (mapping->targets[i] == target)
      mapping->targets[i] = GW_TARGET_NONE;
  mapping->targets[column] = target;
  mapping->guessed[column] = FALSE;
  return g_steal_pointer (&mapping);
}

static void
take_mapping (GwImportPlan *self, GwMapping *mapping)
{
  gw_mapping_unref (self->mapping);
  self->mapping = mapping;
  self->generation++;
  adopt (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_GENERATION]);
}

static void
recheck_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GwMapping *mapping = data;
  g_autoptr (GError) error = NULL;
  Part part = { NULL, NULL, 0, 1 };

  mapping->verdicts = check_all (source, mapping, &part, cancellable, &error);
  if (mapping->verdicts == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, gw_mapping_ref (mapping), (GDestroyNotify)gw_mapping_unref);
}

void
gw_import_plan_recheck_async (GwImportPlan *self,
                              int column,
                              const char *field,
                              GwCrs crs,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GError) error = NULL;
  GwMapping *mapping = changed_mapping (self, column, field, crs, &error);

  if (mapping == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, mapping, (GDestroyNotify)gw_mapping_unref);
  g_task_run_in_thread (task, recheck_thread);
}

gboolean
gw_import_plan_recheck_finish (GwImportPlan *self, GAsyncResult *result, GError **error)
{
  GwMapping *mapping = g_task_propagate_pointer (G_TASK (result), error);

  if (mapping == NULL)
    return FALSE;
  take_mapping (self, mapping);
  return TRUE;
}

gboolean
gw_import_plan_recheck_sync (
    GwImportPlan *self, int column, const char *field, GwCrs crs, GError **error)
{
  g_autoptr (GwMapping) mapping = changed_mapping (self, column, field, crs, error);
  Part part = { NULL, NULL, 0, 1 };

  if (mapping == NULL)
    return FALSE;
  mapping->verdicts = check_all (self, mapping, &part, NULL, error);
  if (mapping->verdicts == NULL)
    return FALSE;
  take_mapping (self, g_steal_pointer (&mapping));
  return TRUE;
}

/* ---- facts ---- */

const char *
gw_import_plan_get_type_key (GwImportPlan *self)
{
  return self->type->key;
}

const char *
gw_import_plan_get_file_name (GwImportPlan *self)
{
  return gw_foreign_file_get_name (self->file);
}

const char *
gw_import_plan_get_format (GwImportPlan *self)
{
  return gw_foreign_file_get_format (self->file);
}

GPtrArray *
gw_import_plan_get_columns (GwImportPlan *self)
{
  return self->columns;
}

guint64
gw_import_plan_n_rows (GwImportPlan *self)
{
  return gw_stage_n_rows (gw_foreign_file_get_stage (self->file));
}

guint64
gw_import_plan_n_verdict (GwImportPlan *self, GwRowVerdict verdict)
{
  return gw_verdicts_count (self->mapping->verdicts, verdict);
}

GwCrs
gw_import_plan_get_crs (GwImportPlan *self)
{
  return self->mapping->crs;
}

const char *
gw_import_plan_get_crs_reason (GwImportPlan *self)
{
  return self->crs_reason;
}

gboolean
gw_import_plan_has_points (GwImportPlan *self)
{
  return is_mapped (self, GW_TARGET_LON);
}

gboolean
gw_import_plan_is_swapped (GwImportPlan *self)
{
  return self->swapped;
}

GPtrArray *
gw_import_plan_get_file_problems (GwImportPlan *self)
{
  return self->problems;
}

guint
gw_import_plan_get_generation (GwImportPlan *self)
{
  return self->generation;
}

const char *const *
gw_import_plan_get_field_ids (GwImportPlan *self)
{
  return (const char *const *)self->field_ids->pdata;
}

const char *const *
gw_import_plan_get_field_labels (GwImportPlan *self)
{
  return (const char *const *)self->field_labels->pdata;
}

GwMapping *
gw_import_plan_dup_mapping (GwImportPlan *self)
{
  return gw_mapping_ref (self->mapping);
}

GwForeignFile *
gw_import_plan_get_file (GwImportPlan *self)
{
  return self->file;
}

GwReference *
gw_import_plan_get_facts (GwImportPlan *self)
{
  return self->facts;
}

guint32
gw_import_plan_get_type_number (GwImportPlan *self)
{
  return self->type_number;
}

/* ---- rows ---- */

gboolean
gw_import_plan_get_row (GwImportPlan *self,
                        guint64 i,
                        guint64 *source_row,
                        GwRowVerdict *verdict,
                        const char *const **cells,
                        guint *n_cells,
                        const char **place)
{
  guint32 area;

  if (i >= gw_import_plan_n_rows (self))
    return FALSE;
  gw_stage_read (gw_foreign_file_get_stage (self->file), i, &self->row);
  (void)gw_row_check_run (self->check, &self->row, NULL);
  area = gw_row_check_get (self->check)->area;
  g_clear_pointer (&self->place, g_free);
  if (area != GW_AREA_NONE)
    self->place = gw_area_tree_path (self->facts->tree, area, " › ");
  for (guint cell = 0; cell < self->row.n_cells; cell++)
    self->cells[cell] = self->row.cells[cell];
  self->cells[self->row.n_cells] = NULL;
  *source_row = self->row.row;
  *verdict = gw_verdicts_get (self->mapping->verdicts, i);
  *cells = self->cells;
  *n_cells = self->row.n_cells;
  *place = self->place;
  return TRUE;
}

static void
add_reader_problems (GwImportPlan *self, const GwCheckWorld *world)
{
  GPtrArray *told = gw_foreign_file_get_row_problems (self->file, self->row.row);

  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      const GwRowProblem *problem = g_ptr_array_index (told, i);

      g_ptr_array_add (self->row_problems,
                       gw_row_problem_new (problem->row, problem->column,
                                           gw_verdicts_is_fatal (world, problem),
                                           g_strdup (problem->message)));
    }
  /* What the reader says of the form of the row is more exact than what its flags say. */
  if (told != NULL)
    self->row.flags = 0;
}

static void
add_twin (GwImportPlan *self, guint64 twin)
{
  GwStageRow first;
  gboolean fatal = gw_row_check_has_numbers (self->check);
  g_autofree char *text = NULL;

  gw_stage_read (gw_foreign_file_get_stage (self->file), twin, &first);
  if (fatal)
    text = g_strdup_printf (
        _ ("row %lu has the same number already; remove one of the two, or correct the number"),
        (gulong)first.row);
  else
    text = g_strdup_printf (_ ("row %lu has the same title, address and time; remove one of the "
                               "two if they are the same matter"),
                            (gulong)first.row);
  g_ptr_array_add (self->row_problems,
                   gw_row_problem_new (self->row.row, -1, fatal,
                                       gw_row_check_dup_message (self->check, self->row.row, -1,
                                                                 text)));
}

GPtrArray *
gw_import_plan_get_problems (GwImportPlan *self, guint64 i)
{
  GwCheckWorld world;
  guint64 twin;

  g_ptr_array_set_size (self->row_problems, 0);
  if (i >= gw_import_plan_n_rows (self) ||
      gw_verdicts_get (self->mapping->verdicts, i) == GW_ROW_GOOD)
    return self->row_problems;
  gw_stage_read (gw_foreign_file_get_stage (self->file), i, &self->row);
  gw_import_plan_fill_world (self, self->mapping, &world);
  add_reader_problems (self, &world);
  (void)gw_row_check_run (self->check, &self->row, self->row_problems);
  twin = gw_verdicts_get_twin (self->mapping->verdicts, i);
  if (twin != GW_VERDICTS_NONE)
    add_twin (self, twin);
  return self->row_problems;
}

guint64
gw_import_plan_next (GwImportPlan *self, guint64 from, GwRowVerdict verdict)
{
  return gw_verdicts_next (self->mapping->verdicts, from, verdict);
}
