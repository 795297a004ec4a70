/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-correction.h"

#include "gw-field-editor.h"
#include "gw-text.h"
#include "gw-words.h"

GwIntake *
gw_correction_dup_intake (const GwMatterView *view)
{
  const GwMatter *matter = view->matter;
  GwIntake *intake = gw_intake_new (view->type != NULL ? view->type->key : NULL);

  intake->title = g_strdup (matter->title);
  intake->summary = g_strdup (matter->summary);
  g_free (intake->source);
  intake->source = g_strdup (matter->source);
  intake->address = g_strdup (matter->address);
  intake->level = matter->level;
  intake->urgency = matter->urgency;
  intake->severity = matter->severity;
  intake->sensitivity = matter->sensitivity;
  intake->area = matter->area;
  intake->has_point = matter->has_point;
  intake->x = matter->x;
  intake->y = matter->y;
  intake->occurred = matter->occurred;
  if (matter->values != NULL)
    {
      g_clear_pointer (&intake->values, g_hash_table_unref);
      intake->values = gw_values_copy (matter->values);
    }
  return intake;
}

GStrv
gw_correction_dup_fields (GwSession *session, const GwMatterView *view)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; view->type != NULL && i < view->type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (view->type->fields, i);

      if (gw_field_editor_can_edit (field) && !gw_words_is_masked (session, view, field))
        g_ptr_array_add (ids, g_strdup (field->id));
    }
  g_ptr_array_add (ids, NULL);
  return (GStrv)g_ptr_array_free (ids, FALSE);
}

/* ---- differences ---- */

/* @after NULL or blank: the value is taken away. */
static void
compare (GHashTable *changes, const char *key, const char *before, const char *after)
{
  const char *old = before != NULL && !gw_text_is_blank (before) ? before : NULL;
  const char *new = after != NULL && !gw_text_is_blank (after) ? after : NULL;

  if (g_strcmp0 (old, new) != 0)
    g_hash_table_insert (changes, g_strdup (key), g_strdup (new));
}

static void
compare_number (GHashTable *changes, const char *key, gint64 before, gint64 after, gboolean is_set)
{
  if (before != after)
    g_hash_table_insert (changes, g_strdup (key),
                         is_set ? g_strdup_printf ("%" G_GINT64_FORMAT, after) : NULL);
}

static void
compare_place (GwSession *session,
               GHashTable *changes,
               const GwIntake *before,
               const GwIntake *after)
{
  const GwArea *area = gw_area_tree_get (gw_session_get_areas (session), after->area);

  compare (changes, "address", before->address, after->address);
  if (after->area != before->area && area != NULL)
    g_hash_table_insert (changes, g_strdup ("area"), g_strdup (area->code));
  if (before->has_point == after->has_point && before->x == after->x && before->y == after->y)
    return;
  g_hash_table_insert (changes, g_strdup ("x"),
                       after->has_point ? g_strdup_printf ("%d", after->x) : NULL);
  g_hash_table_insert (changes, g_strdup ("y"),
                       after->has_point ? g_strdup_printf ("%d", after->y) : NULL);
}

static void
compare_fields (GHashTable *changes,
                const GwTypeSpec *type,
                const GwIntake *before,
                const GwIntake *after)
{
  for (guint i = 0; type != NULL && i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);
      const char *text = g_hash_table_lookup (after->values, field->id);
      g_autofree char *canonical = NULL;

      if (gw_field_spec_check (field, type, text, &canonical, NULL))
        compare (changes, field->id, g_hash_table_lookup (before->values, field->id), canonical);
      else
        compare (changes, field->id, g_hash_table_lookup (before->values, field->id), text);
    }
}

GHashTable *
gw_correction_changes (GwSession *session, const GwIntake *before, const GwIntake *after)
{
  g_autoptr (GHashTable) changes = gw_values_new ();

  compare (changes, "title", before->title, after->title);
  compare (changes, "summary", before->summary, after->summary);
  compare (changes, "source", before->source, after->source);
  compare_number (changes, "level", before->level, after->level, TRUE);
  if (before->urgency != after->urgency)
    g_hash_table_insert (changes, g_strdup ("urgency"), g_strdup (gw_urgency_id (after->urgency)));
  compare_number (changes, "occurred", before->occurred, after->occurred, after->occurred != 0);
  compare_place (session, changes, before, after);
  if (after->type != NULL)
    compare_fields (changes, gw_session_find_type (session, after->type), before, after);
  return g_hash_table_size (changes) > 0 ? g_steal_pointer (&changes) : NULL;
}
