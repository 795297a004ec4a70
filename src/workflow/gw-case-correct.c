/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-case-correct.h"

#include "gw-error.h"
#include "gw-free-text.h"
#include "gw-text.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  GwMatter *draft; /* the matter with the changes so far */
  const GwCaseWorld *world;
  GVariantDict delta;
  GString *words;
} Correction;

typedef gboolean (*SetFunc) (Correction *self, const char *value, GError **error);

static void
note_text (Correction *self, const char *label, const char *before, const char *after)
{
  g_string_append_printf (self->words, "%s%s: %s → %s", self->words->len > 0 ? "\n" : "", label,
                          before != NULL ? before : "", after != NULL ? after : "");
}

static gboolean
set_text (Correction *self,
          const char *label,
          char **slot,
          const char *value,
          gboolean required,
          gsize max_length,
          GError **error)
{
  if (required && gw_text_is_blank (value))
    return gw_throw (error, GW_ERROR_INVALID, _ ("“%s” may not be empty"), label);
  if (value != NULL && !gw_free_text_check (label, value, max_length, FALSE, error))
    return FALSE;
  note_text (self, label, *slot, value);
  g_free (*slot);
  *slot = g_strdup (value);
  return TRUE;
}

static gboolean
set_title (Correction *self, const char *value, GError **error)
{
  return set_text (self, _ ("Title"), &self->draft->title, value, TRUE, 200, error);
}

static gboolean
set_summary (Correction *self, const char *value, GError **error)
{
  return set_text (self, _ ("Summary"), &self->draft->summary, value != NULL ? value : "", FALSE,
                   4000, error);
}

static gboolean
set_address (Correction *self, const char *value, GError **error)
{
  return set_text (self, _ ("Address"), &self->draft->address, value, FALSE, 200, error);
}

static gboolean
set_number (const char *label, int *slot, const char *value, gint64 min, gint64 max, GError **error)
{
  gint64 number;

  if (value == NULL || !g_ascii_string_to_signed (value, 10, min, max, &number, NULL))
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("“%s” is “%s”: give a whole number from %ld to %ld"), label,
                     value != NULL ? value : "", (long)min, (long)max);
  *slot = (int)number;
  return TRUE;
}

static gboolean
set_level (Correction *self, const char *value, GError **error)
{
  return set_number (_ ("Level"), &self->draft->level, value, 1, 3, error);
}

static gboolean
set_severity (Correction *self, const char *value, GError **error)
{
  int severity = 0;

  if (!set_number (_ ("Severity"), &severity, value, GW_SEVERITY_GENERAL, GW_SEVERITY_VERY_SERIOUS,
                   error))
    return FALSE;
  self->draft->severity = (GwSeverity)severity;
  return TRUE;
}

static gboolean
set_urgency (Correction *self, const char *value, GError **error)
{
  if (value == NULL || !gw_urgency_from_id (value, &self->draft->urgency))
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("“%s” is no urgency: give normal, urgent or emergency"),
                     value != NULL ? value : "");
  return TRUE;
}

static gboolean
set_source (Correction *self, const char *value, GError **error)
{
  const char *id = NULL;

  if (value == NULL || !gw_source_match (value, &id))
    return gw_throw (error, GW_ERROR_INVALID, _ ("“%s” is no source of matters"),
                     value != NULL ? value : "");
  g_free (self->draft->source);
  self->draft->source = g_strdup (id);
  return TRUE;
}

static gboolean
set_area (Correction *self, const char *value, GError **error)
{
  const GwArea *area = value != NULL ? gw_area_tree_find_code (self->world->tree, value) : NULL;
  guint32 current =
      area != NULL ? gw_area_tree_current (self->world->tree, area->id) : GW_AREA_NONE;

  if (current == GW_AREA_NONE)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("There is no area with the code “%s” today: choose one from the list"),
                     value != NULL ? value : "");
  self->draft->area = current;
  return TRUE;
}

static gboolean
set_x (Correction *self, const char *value, GError **error)
{
  self->draft->has_point = value != NULL;
  return value == NULL ||
         set_number (_ ("Longitude"), &self->draft->x, value, -1800000000, 1800000000, error);
}

static gboolean
set_y (Correction *self, const char *value, GError **error)
{
  self->draft->has_point = value != NULL;
  return value == NULL ||
         set_number (_ ("Latitude"), &self->draft->y, value, -900000000, 900000000, error);
}

static gboolean
set_occurred (Correction *self, const char *value, GError **error)
{
  gint64 at = 0;

  if (value != NULL && !g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &at, NULL))
    return gw_throw (error, GW_ERROR_INVALID, _ ("“%s” is no time"), value);
  self->draft->occurred = at;
  return TRUE;
}

static const struct
{
  const char *key;
  SetFunc set;
  gboolean text; /* free text: into the event's words, not its delta */
} columns[] = {
  { "title", set_title, TRUE },
  { "summary", set_summary, TRUE },
  { "address", set_address, TRUE },
  { "level", set_level, FALSE },
  { "severity", set_severity, FALSE },
  { "urgency", set_urgency, FALSE },
  { "source", set_source, FALSE },
  { "area", set_area, FALSE },
  { "x", set_x, FALSE },
  { "y", set_y, FALSE },
  { "occurred", set_occurred, FALSE },
};

/* A field's value may be restricted text, so the journal says only that it changed. */
static void
set_field (Correction *self, const char *field, const char *value)
{
  if (self->draft->values == NULL)
    self->draft->values = gw_values_new ();
  if (value == NULL)
    g_hash_table_remove (self->draft->values, field);
  else
    g_hash_table_insert (self->draft->values, g_strdup (field), g_strdup (value));
  g_variant_dict_insert (&self->delta, field, "s", "changed");
}

static gboolean
set_one (Correction *self, const char *key, const char *value, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_str_equal (columns[i].key, key))
      {
        if (!columns[i].set (self, value, error))
          return FALSE;
        g_variant_dict_insert (&self->delta, key, "s",
                               columns[i].text || value == NULL ? "changed" : value);
        return TRUE;
      }
  set_field (self, key, value);
  return TRUE;
}

static gboolean
set_all (Correction *self, GHashTable *changes, GError **error)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (changes), (GCompareFunc)g_strcmp0);

  for (GList *key = keys; key != NULL; key = key->next)
    if (!set_one (self, key->data, g_hash_table_lookup (changes, key->data), error))
      return FALSE;
  return TRUE;
}

static void
finish_event (Correction *self, GwEvent *event)
{
  g_autoptr (GVariant) delta = g_variant_ref_sink (g_variant_dict_end (&self->delta));

  event->delta = g_variant_print (delta, FALSE);
  if (self->words->len == 0)
    return;
  if (event->reason != NULL)
    g_string_prepend (self->words, "\n");
  g_string_prepend (self->words, event->reason != NULL ? event->reason : "");
  g_free (event->reason);
  event->reason = g_strdup (self->words->str);
}

gboolean
gw_case_correct (GwCase *self,
                 const GwCaseWorld *world,
                 const GwVerbRequest *request,
                 GwEvent *event,
                 GError **error)
{
  g_autoptr (GwMatter) draft = gw_matter_copy (self->matter);
  g_autoptr (GString) words = g_string_new (NULL);
  Correction correction = { .draft = draft, .world = world, .words = words };
  GwMatter *old;

  if (request->changes == NULL || g_hash_table_size (request->changes) == 0)
    return gw_throw (error, GW_ERROR_INVALID, _ ("Nothing was changed"));
  g_variant_dict_init (&correction.delta, NULL);
  if (!set_all (&correction, request->changes, error))
    {
      g_variant_dict_clear (&correction.delta);
      return FALSE;
    }
  finish_event (&correction, event);
  old = self->matter;
  self->matter = g_steal_pointer (&draft);
  gw_matter_free (old);
  return TRUE;
}
