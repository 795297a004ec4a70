/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-import-plan-private.h"

#include "gw-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reading takes about half of the time, checking the rest. */
#define READING_PART 0.5

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
  g_clear_pointer (&self->store, gw_store_unref);
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
  world->store = self->store;
  world->type_number = self->type_number;
  world->tree = self->facts->tree;
  world->locate = gw_reference_get_locate (self->facts);
  world->locate_ids = (const guint32 *)(gconstpointer)self->facts->locate_ids->data;
  world->headers = gw_foreign_file_get_headers (self->file, &world->n_columns);
  world->targets = mapping->targets;
  world->crs = mapping->crs;
  world->swapped = self->swapped;
  world->now = self->now;
  world->default_day = self->now;
  world->scope_area = self->actor.scope_area;
}

gboolean
gw_import_plan_is_mapped (const GwImportPlan *self, int target)
{
  guint n;

  (void)gw_foreign_file_get_headers (self->file, &n);
  for (guint i = 0; i < n; i++)
    if (self->mapping->targets[i] == target)
      return TRUE;
  return FALSE;
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
  gw_import_plan_note_matches (self, matches, n);
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

static gboolean
take_choice (const GwImportChoice *choice, GwReaderOptions *options, GError **error)
{
  if (choice == NULL)
    return TRUE;
  options->sheet = choice->sheet;
  return choice->encoding == NULL ||
         gw_reader_encoding_from_id (choice->encoding, &options->encoding) ||
         gw_throw (error, GW_ERROR_INVALID,
                   _ ("“%s” is no encoding; choose one of utf-8, gb18030, utf-16le, utf-16be"),
                   choice->encoding);
}

GwImportPlan *
gw_import_plan_make (const GwCall *call,
                     const char *path,
                     const char *type,
                     const GwImportChoice *choice,
                     GPtrArray *known,
                     GwProgressFunc progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GwImportPlan) self = g_object_new (GW_TYPE_IMPORT_PLAN, NULL);
  Part reading = { progress, progress_data, 0, READING_PART };
  GwReaderOptions options = { 0 };
  Part checking = { progress, progress_data, READING_PART, 1 - READING_PART };

  self->facts = gw_reference_ref (call->facts);
  self->store = gw_store_ref (call->store);
  self->actor = call->actor;
  self->now = gw_clock_now (gw_store_clock (call->store));
  if (!find_type (self, type, error))
    return NULL;
  self->matcher = gw_matcher_new (self->type, declared_columns (self->facts, type));
  list_fields (self);
  if (!take_choice (choice, &options, error))
    return NULL;
  self->file = gw_foreign_file_read (path, self->matcher, &options, NULL, part_cb, &reading,
                                     cancellable, error);
  if (self->file == NULL)
    return NULL;
  take_reader_problems (self);
  match_columns (self);
  gw_import_plan_guess_crs (self);
  self->mapping->verdicts = check_all (self, self->mapping, &checking, cancellable, error);
  if (self->mapping->verdicts == NULL)
    return NULL;
  gw_import_plan_note_known (self, known);
  self->n_lasting = self->problems->len;
  gw_import_plan_note_missing (self);
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
  g_ptr_array_set_size (self->problems, (int)self->n_lasting);
  gw_import_plan_note_missing (self);
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

const char *
gw_import_plan_get_encoding (GwImportPlan *self)
{
  return gw_reader_encoding_to_id (gw_foreign_file_get_encoding (self->file));
}

const char *const *
gw_import_plan_get_sheets (GwImportPlan *self, guint *sheet)
{
  return gw_foreign_file_get_sheets (self->file, sheet);
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
  return gw_import_plan_is_mapped (self, GW_TARGET_LON);
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
