/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-text.h"
#include "gw-type.h"

#include <glib/gi18n-lib.h>
#include <string.h>

GwCodeSpec *
gw_code_spec_new (void)
{
  return g_new0 (GwCodeSpec, 1);
}

void
gw_code_spec_free (GwCodeSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->label);
  g_free (self->parent);
  g_free (self);
}

GwCodeListSpec *
gw_code_list_spec_new (void)
{
  GwCodeListSpec *self = g_new0 (GwCodeListSpec, 1);

  self->codes = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_code_spec_free);
  return self;
}

void
gw_code_list_spec_free (GwCodeListSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->label);
  g_ptr_array_unref (self->codes);
  g_free (self);
}

GwCodeListSpec *
gw_code_list_spec_copy (const GwCodeListSpec *self)
{
  GwCodeListSpec *copy = gw_code_list_spec_new ();

  copy->id = g_strdup (self->id);
  copy->label = g_strdup (self->label);
  for (guint i = 0; i < self->codes->len; i++)
    {
      const GwCodeSpec *from = g_ptr_array_index (self->codes, i);
      GwCodeSpec *to = gw_code_spec_new ();

      to->code = g_strdup (from->code);
      to->label = g_strdup (from->label);
      to->parent = g_strdup (from->parent);
      to->rank = from->rank;
      to->retired = from->retired;
      g_ptr_array_add (copy->codes, to);
    }
  return copy;
}

const GwCodeSpec *
gw_code_list_spec_find (const GwCodeListSpec *self, const char *code)
{
  for (guint i = 0; code != NULL && i < self->codes->len; i++)
    {
      const GwCodeSpec *spec = g_ptr_array_index (self->codes, i);

      if (g_strcmp0 (spec->code, code) == 0)
        return spec;
    }
  return NULL;
}

static gboolean
folds_to (const char *text, const char *folded)
{
  g_autofree char *other = text == NULL ? NULL : gw_text_fold (text);

  return other != NULL && g_str_equal (other, folded);
}

/* "Property management|物业|物业服务": a label may carry aliases behind bars; any of them matches,
 * as does their translation. */
static gboolean
label_matches (const char *label, const char *folded)
{
  g_auto (GStrv) aliases = NULL;

  if (label == NULL || label[0] == '\0')
    return FALSE;
  if (folds_to (label, folded) || folds_to (_ (label), folded))
    return TRUE;
  aliases = g_strsplit (label, "|", -1);
  for (guint i = 0; aliases[i] != NULL; i++)
    if (folds_to (aliases[i], folded))
      return TRUE;
  return FALSE;
}

/* The label or one of its aliases, letter by letter. */
static gboolean
label_equals (const char *label, const char *text)
{
  gsize length = strlen (text);

  while (label != NULL && label[0] != '\0')
    {
      gsize part = strcspn (label, "|");

      if (part == length && memcmp (label, text, part) == 0)
        return TRUE;
      label += part + (label[part] == '|');
    }
  return FALSE;
}

/* Files say the same few words a million times and nearly always as we do: no folding for those. */
static const GwCodeSpec *
match_exactly (const GwCodeListSpec *self, const char *text)
{
  const GwCodeSpec *found = gw_code_list_spec_find (self, text);

  for (guint i = 0; found == NULL && i < self->codes->len; i++)
    {
      const GwCodeSpec *code = g_ptr_array_index (self->codes, i);

      if (label_equals (code->label, text))
        found = code;
    }
  return found;
}

static const GwCodeSpec *
match_folded (const GwCodeListSpec *self, const char *folded)
{
  /* A code wins over a label that happens to read the same. */
  for (guint i = 0; i < self->codes->len; i++)
    if (folds_to (((const GwCodeSpec *)g_ptr_array_index (self->codes, i))->code, folded))
      return g_ptr_array_index (self->codes, i);
  for (guint i = 0; i < self->codes->len; i++)
    if (label_matches (((const GwCodeSpec *)g_ptr_array_index (self->codes, i))->label, folded))
      return g_ptr_array_index (self->codes, i);
  return NULL;
}

const GwCodeSpec *
gw_code_list_spec_match (const GwCodeListSpec *self, const char *text)
{
  const GwCodeSpec *found;
  g_autofree char *folded = NULL;

  if (text == NULL || text[0] == '\0')
    return NULL;
  found = match_exactly (self, text);
  if (found != NULL)
    return found;
  folded = gw_text_fold (text);
  return folded[0] == '\0' ? NULL : match_folded (self, folded);
}
