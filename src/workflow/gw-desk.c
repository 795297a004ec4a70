/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-desk.h"

#include "gw-error.h"
#include "gw-type-rules.h"
#include <glib/gi18n-lib.h>

struct _GwDesk
{
  gatomicrefcount refs;
  GwAreaTree *tree;     /* owned */
  GwCalendar *calendar; /* owned */
  GPtrArray *orgs;      /* owned, GwOrg */
  GPtrArray *types;     /* owned, GwTypeSpec */
  GHashTable *by_key;   /* owned: type key -> local number */
  GwCaseWorld world;
};

GwDesk *
gw_desk_new (GwAreaTree *tree, GwCalendar *calendar, GPtrArray *orgs, GPtrArray *types)
{
  GwDesk *self = g_new0 (GwDesk, 1);

  g_atomic_ref_count_init (&self->refs);
  self->tree = gw_area_tree_ref (tree);
  self->calendar = gw_calendar_ref (calendar);
  self->orgs = g_ptr_array_ref (orgs);
  self->types = g_ptr_array_ref (types);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 1; i < types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (types, i);

      if (type != NULL)
        g_hash_table_insert (self->by_key, type->key, GUINT_TO_POINTER (i));
    }
  self->world = (GwCaseWorld){ self->tree, self->calendar, self->orgs, self->types };
  return self;
}

GwDesk *
gw_desk_ref (GwDesk *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_desk_unref (GwDesk *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  gw_area_tree_unref (self->tree);
  gw_calendar_unref (self->calendar);
  g_ptr_array_unref (self->orgs);
  g_ptr_array_unref (self->types);
  g_hash_table_unref (self->by_key);
  g_free (self);
}

const GwCalendar *
gw_desk_calendar (const GwDesk *self)
{
  return self->calendar;
}

const GwCaseWorld *
gw_desk_world (const GwDesk *self)
{
  return &self->world;
}

static const GwTypeSpec *
type_of (const GwDesk *self, guint32 number)
{
  return number < self->types->len ? g_ptr_array_index (self->types, number) : NULL;
}

/* ---- load and save ---- */

/* Every closing came from a call-back that was not counted as failed, so what is left of the
 * call-backs since the last closing are the failed ones. */
static gboolean
count_failed_visits (GwTx *tx, GwCase *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  guint n;

  if (self->matter->state != GW_STATE_EVALUATING)
    return TRUE;
  n = gw_tx_count_events (tx, self->matter->id, GW_VERB_RECORD, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->failed_visits = n > self->matter->reopened ? n - self->matter->reopened : 0;
  return TRUE;
}

static GwCase *
load_case (GwTx *tx, gint64 id, GError **error)
{
  g_autoptr (GwMatter) matter = gw_tx_get_matter (tx, id, error);
  g_autoptr (GwCase) self = NULL;
  GPtrArray *assignments;
  GArray *clocks;

  if (matter == NULL)
    return NULL;
  self = gw_case_new_take (g_steal_pointer (&matter), TRUE);
  assignments = gw_tx_list_assignments (tx, id, error);
  if (assignments == NULL)
    return NULL;
  g_ptr_array_unref (self->assignments);
  self->assignments = assignments;
  clocks = gw_tx_list_clocks (tx, id, error);
  if (clocks == NULL)
    return NULL;
  g_array_unref (self->clocks);
  self->clocks = clocks;
  return count_failed_visits (tx, self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
save_matter (GwTx *tx, GwCase *self, GError **error)
{
  return self->before == NULL ? gw_tx_insert_matter (tx, self->matter, error)
                              : gw_tx_update_matter (tx, self->before, self->matter, error);
}

static gboolean
save_assignments (GwTx *tx, GwCase *self, GError **error)
{
  for (guint i = 0; i < self->assignments->len; i++)
    {
      GwAssignment *assignment = g_ptr_array_index (self->assignments, i);

      if (!gw_case_assignment_touched (self, assignment))
        continue;
      assignment->matter = self->matter->id;
      if (!gw_tx_put_assignment (tx, assignment, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_clocks (GwTx *tx, GwCase *self, GError **error)
{
  for (guint i = 0; i < self->clocks->len; i++)
    {
      GwClockRow *clock = &g_array_index (self->clocks, GwClockRow, i);

      if (!gw_case_clock_touched (self, i))
        continue;
      clock->matter = self->matter->id;
      if (!gw_tx_put_clock (tx, clock, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_events (GwTx *tx, GwCase *self, GError **error)
{
  for (guint i = 0; i < self->events->len; i++)
    {
      GwEvent *event = g_ptr_array_index (self->events, i);

      event->matter = self->matter->id;
      if (!gw_tx_append_event (tx, event, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_visits (GwTx *tx, GwCase *self, GError **error)
{
  for (guint i = 0; i < self->visits->len; i++)
    {
      const GwCaseVisit *visit = g_ptr_array_index (self->visits, i);

      if (!gw_tx_add_visit (tx, self->matter->id, visit->channel, visit->answer, visit->solved,
                            visit->note, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
gw_desk_save (GwDesk *self, GwTx *tx, GwCase *matter_case, GError **error)
{
  return save_matter (tx, matter_case, error) && save_assignments (tx, matter_case, error) &&
         save_clocks (tx, matter_case, error) && save_events (tx, matter_case, error) &&
         save_visits (tx, matter_case, error);
}

/* ---- taking in ---- */

GwMatter *
gw_desk_matter_of_intake (GwDesk *self, const GwIntake *intake, GError **error)
{
  guint32 type = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, intake->type));
  g_autoptr (GwMatter) matter = NULL;

  if (type == 0)
    return gw_throw_null (error, GW_ERROR_NOT_FOUND,
                          _ ("There is no kind of matter “%s” here: is its module loaded?"),
                          intake->type);
  matter = gw_matter_new ();
  matter->type = type;
  matter->urgency = intake->urgency;
  matter->severity = intake->severity;
  matter->sensitivity = intake->sensitivity;
  matter->precision = intake->precision;
  matter->level = intake->level;
  matter->has_point = intake->has_point;
  matter->x = intake->x;
  matter->y = intake->y;
  matter->area = intake->area;
  matter->occurred = intake->occurred;
  matter->source = g_strdup (intake->source);
  matter->title = g_strdup (intake->title);
  matter->summary = g_strdup (intake->summary != NULL ? intake->summary : "");
  matter->address = g_strdup (intake->address);
  matter->values = gw_values_copy (intake->values);
  return g_steal_pointer (&matter);
}

static gboolean
check_place (GwDesk *self, GwMatter *matter, const GwActor *actor, GError **error)
{
  guint32 current = gw_area_tree_current (self->tree, matter->area);

  if (current == GW_AREA_NONE)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("The place is missing: choose an area or a point inside the district"));
  matter->area = current;
  if (actor->scope_area != GW_AREA_NONE &&
      !gw_area_tree_contains (self->tree, actor->scope_area, current))
    return gw_throw (error, GW_ERROR_REFUSED, _ ("“%s” lies outside the area you work for"),
                     gw_area_tree_get (self->tree, current)->name);
  return TRUE;
}

GwCase *
gw_desk_new_case (GwDesk *self, GwMatter *matter, const GwActor *actor, gint64 at, GError **error)
{
  g_autoptr (GwCase) matter_case = gw_case_new_take (matter, FALSE);

  if (!check_place (self, matter, actor, error))
    return NULL;
  matter->reported = at;
  gw_case_submit (matter_case, &self->world, actor, at);
  return g_steal_pointer (&matter_case);
}

static gboolean
check_reporter (const GwActor *actor, gint64 batch, GError **error)
{
  guint32 may = gw_role_may (actor->role);

  if ((may & (batch != 0 ? GW_MAY_IMPORT : GW_MAY_REPORT)) != 0)
    return TRUE;
  return gw_throw (error, GW_ERROR_REFUSED,
                   batch != 0 ? _ ("The role “%s” may not import matters")
                              : _ ("The role “%s” may not take in matters"),
                   gw_role_label (actor->role));
}

GwMatter *
gw_desk_submit (
    GwDesk *self, GwTx *tx, const GwIntake *intake, gint64 at, gint64 batch, GError **error)
{
  const GwActor *actor = gw_tx_actor (tx);
  g_autoptr (GwIntake) canonical = gw_intake_copy (intake);
  g_autoptr (GwMatter) matter = NULL;
  g_autoptr (GwCase) matter_case = NULL;

  if (!check_reporter (actor, batch, error))
    return NULL;
  matter = gw_desk_matter_of_intake (self, intake, error);
  if (matter == NULL || !gw_intake_canonicalise (canonical, type_of (self, matter->type), error))
    return NULL;
  g_clear_pointer (&matter, gw_matter_free);
  matter = gw_desk_matter_of_intake (self, canonical, error);
  matter->batch = batch;
  matter_case = gw_desk_new_case (self, g_steal_pointer (&matter), actor,
                                  at != 0 ? at : gw_tx_now (tx), error);
  if (matter_case == NULL || !gw_desk_save (self, tx, matter_case, error))
    return NULL;
  return g_steal_pointer (&matter_case->matter);
}

/* ---- verbs ---- */

static gboolean
check_revision (const GwCase *self, const GwVerbRequest *request, GError **error)
{
  if (request->rev == 0 || request->rev == self->matter->rev)
    return TRUE;
  return gw_throw (error, GW_ERROR_STALE,
                   _ ("%s was changed by somebody else in the meantime and is now “%s”: look at it "
                      "again before you go on"),
                   self->matter->number, gw_state_label (self->matter->state));
}

static gboolean
check_master (GwTx *tx, const GwVerbRequest *request, GError **error)
{
  g_autoptr (GwMatter) master = NULL;

  if (request->verb != GW_VERB_MERGE || request->master == 0)
    return TRUE;
  master = gw_tx_get_matter (tx, request->master, error);
  if (master == NULL)
    return FALSE;
  if (gw_state_is_open (master->state))
    return TRUE;
  return gw_throw (error, GW_ERROR_INVALID, _ ("%s is “%s”: choose an open matter to merge into"),
                   master->number, gw_state_label (master->state));
}

static gboolean
is_own_column (const char *key)
{
  static const char *const columns[] = { "title", "summary", "address",  "source",
                                         "level", "urgency", "severity", "area",
                                         "x",     "y",       "occurred", NULL };

  return g_strv_contains (columns, key);
}

/* The rules are those of the whole record, so that a correction of one field cannot break one that
 * stands at another. */
static gboolean
check_rules (const GwTypeSpec *type, const GwMatter *matter, GHashTable *changes, GError **error)
{
  g_autoptr (GHashTable) values = gw_values_copy (matter->values);
  GHashTableIter iter;
  gpointer key, value;

  if (values == NULL)
    values = gw_values_new ();
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (gw_type_spec_find_field (type, key) != NULL)
      {
        if (value != NULL)
          g_hash_table_insert (values, g_strdup (key), g_strdup (value));
        else
          g_hash_table_remove (values, key);
      }
  return gw_type_spec_check_values (type, values, NULL, error);
}

/* Brings the values of a correction into canonical form; the record's own columns check themselves.
 */
static gboolean
check_changes (const GwDesk *self,
               const GwMatter *matter,
               const GwVerbRequest *request,
               GError **error)
{
  const GwTypeSpec *type = type_of (self, matter->type);
  GHashTableIter iter;
  gpointer key, value;

  if (request->changes == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, request->changes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const GwFieldSpec *field;
      g_autofree char *canonical = NULL;

      if (is_own_column (key))
        continue;
      field = type != NULL ? gw_type_spec_find_field (type, key) : NULL;
      if (field == NULL)
        return gw_throw (error, GW_ERROR_INVALID,
                         _ ("There is no field “%s” in this kind of matter"), (const char *)key);
      if (!gw_field_spec_check (field, type, value, &canonical, error))
        return FALSE;
      g_hash_table_iter_replace (&iter, g_steal_pointer (&canonical));
    }
  return type == NULL || check_rules (type, matter, request->changes, error);
}

GwMatter *
gw_desk_apply (GwDesk *self, GwTx *tx, const GwVerbRequest *request, GError **error)
{
  g_autoptr (GwCase) matter_case = load_case (tx, request->matter, error);

  if (matter_case == NULL || !check_revision (matter_case, request, error) ||
      !check_master (tx, request, error) ||
      !check_changes (self, matter_case->matter, request, error) ||
      !gw_case_apply (matter_case, &self->world, gw_tx_actor (tx), request, gw_tx_now (tx),
                      error) ||
      !gw_desk_save (self, tx, matter_case, error))
    return NULL;
  return g_steal_pointer (&matter_case->matter);
}

GArray *
gw_desk_offers (
    GwDesk *self, const GwActor *actor, const GwMatter *matter, GPtrArray *assignments, gint64 now)
{
  g_autoptr (GwCase) matter_case = gw_case_new_take (gw_matter_copy (matter), TRUE);
  GArray *offers = g_array_new (FALSE, FALSE, sizeof (GwMove));
  guint n;
  const GwMove *moves = gw_moves (&n);
  GwVerb last = 0;

  g_ptr_array_unref (matter_case->assignments);
  matter_case->assignments = g_ptr_array_ref (assignments);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *refusal = NULL;

      if (moves[i].from != matter->state || moves[i].verb == last)
        continue;
      last = moves[i].verb;
      refusal = gw_case_refusal (matter_case, &self->world, actor, last, now);
      if (refusal == NULL)
        g_array_append_val (offers, moves[i]);
    }
  return offers;
}

/* ---- taking a batch back ---- */

static gboolean
withdraw (GwTx *tx, gint64 id, GError **error)
{
  g_autoptr (GwMatter) matter = gw_tx_get_matter (tx, id, error);
  GwEvent event = { .matter = id, .verb = GW_VERB_WITHDRAW };

  if (matter == NULL)
    return FALSE;
  event.from = matter->state;
  event.to = matter->state;
  return gw_tx_withdraw_matter (tx, matter, error) && gw_tx_append_event (tx, &event, error);
}

static gboolean
finish_undo (GwTx *tx, gint64 batch, GError **error)
{
  g_autofree char *delta = g_strdup_printf ("{'batch': <int64 %" G_GINT64_FORMAT ">}", batch);
  GwEvent event = { .verb = GW_VERB_UNDO_BATCH, .delta = delta };

  return gw_tx_append_event (tx, &event, error) && gw_tx_mark_batch_undone (tx, batch, error);
}

gboolean
gw_desk_undo_batch (GwDesk *self,
                    GwTx *tx,
                    gint64 batch,
                    guint max,
                    gint64 *after,
                    gboolean *more,
                    guint *n_withdrawn,
                    guint *n_touched,
                    GError **error)
{
  g_autoptr (GArray) ids = NULL;

  if ((gw_role_may (gw_tx_actor (tx)->role) & GW_MAY_IMPORT) == 0)
    return gw_throw (error, GW_ERROR_REFUSED, _ ("The role “%s” may not undo an import"),
                     gw_role_label (gw_tx_actor (tx)->role));
  ids = gw_tx_batch_matters (tx, batch, *after, max, n_touched, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!withdraw (tx, g_array_index (ids, gint64, i), error))
      return FALSE;
  *n_withdrawn = ids->len;
  *more = ids->len == max;
  if (ids->len > 0)
    *after = g_array_index (ids, gint64, ids->len - 1);
  return *more || finish_undo (tx, batch, error);
}
