/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-field-rules.h"

#include "gw-matter.h"
#include "gw-type-rules.h"

/* What the fields hold and can be read as; a field that is hidden holds nothing. */
static GHashTable *
dup_values (const GwTypeSpec *type, GPtrArray *editors)
{
  GHashTable *values = gw_values_new ();

  for (guint i = 0; i < editors->len; i++)
    {
      GwFieldEditor *editor = g_ptr_array_index (editors, i);
      const GwFieldSpec *field = gw_type_spec_find_field (type, gw_field_editor_get_id (editor));
      g_autofree char *text = gw_field_editor_dup_text (editor);
      char *canonical = NULL;

      if (field != NULL && text != NULL && gtk_widget_get_visible (GTK_WIDGET (editor)) &&
          gw_field_spec_check (field, type, text, &canonical, NULL) && canonical != NULL)
        g_hash_table_insert (values, g_strdup (field->id), canonical);
    }
  return values;
}

/* A field may depend on one that depends on another, so showing one can show the next: as often as
 * there are fields is always enough, also for rules that contradict each other. */
static GHashTable *
show_fields (const GwTypeSpec *type, GPtrArray *editors)
{
  GHashTable *values = dup_values (type, editors);
  gboolean changed = TRUE;

  for (guint round = 0; changed && round < editors->len; round++)
    {
      changed = FALSE;
      for (guint i = 0; i < editors->len; i++)
        {
          GwFieldEditor *editor = g_ptr_array_index (editors, i);
          gboolean shown = gw_type_spec_shows (type, gw_field_editor_get_id (editor), values);

          changed |= shown != gtk_widget_get_visible (GTK_WIDGET (editor));
          gtk_widget_set_visible (GTK_WIDGET (editor), shown);
        }
      g_hash_table_unref (values);
      values = dup_values (type, editors);
    }
  return values;
}

GwFieldEditor *
gw_field_rules_judge (const GwTypeSpec *type, GPtrArray *editors, gboolean strict)
{
  g_autoptr (GHashTable) values = NULL;
  g_autoptr (GError) error = NULL;
  const char *failed = NULL;

  if (type->rules == NULL)
    return NULL;
  values = show_fields (type, editors);
  if (gw_type_spec_check_values (type, values, &failed, &error))
    return NULL;
  for (guint i = 0; failed != NULL && i < editors->len; i++)
    {
      GwFieldEditor *editor = g_ptr_array_index (editors, i);

      if (!g_str_equal (gw_field_editor_get_id (editor), failed))
        continue;
      if (strict || g_hash_table_contains (values, failed))
        gw_field_editor_set_problem (editor, error->message);
      return editor;
    }
  return NULL;
}
