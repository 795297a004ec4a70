/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-reader-client.h"
#include "gw-row-check-private.h"
#include "gw-text.h"

#include <string.h>

/* Spreadsheets keep 15 digits. */
#define SPREADSHEET_DIGITS 15u
#define MAX_NAMED 50000u

void
gw_named_free (gpointer data)
{
  GwNamed *named = data;

  g_clear_pointer (&named->several, g_array_unref);
  g_free (named);
}

/* ---- codes ---- */

/* "5.10903E+11" */
static gboolean
is_scientific (const char *text)
{
  gsize mantissa = strspn (text, "0123456789.");

  return mantissa > 0 && (text[mantissa] == 'E' || text[mantissa] == 'e') &&
         strspn (text + mantissa + 1, "+0123456789") == strlen (text + mantissa + 1) &&
         text[mantissa + 1] != '\0';
}

static gboolean
lost_its_tail (const char *digits)
{
  gsize length = strlen (digits);

  return length > SPREADSHEET_DIGITS &&
         strspn (digits + SPREADSHEET_DIGITS, "0") == length - SPREADSHEET_DIGITS;
}

/* Takes off what spreadsheets put around a code to keep it a text: ="510903", '510903, 510903.0 */
static char *
bare_code (const char *text)
{
  g_autofree char *folded = gw_text_fold (text);
  const char *start = folded + strspn (folded, "='\"` ");
  gsize length = strcspn (start, "'\"` ");

  if (length > 2 && strncmp (start + length - 2, ".0", 2) == 0)
    length -= 2;
  return g_strndup (start, length);
}

/* Published lists write a township as 510903001000, with the places of the levels below empty.
 * Beyond the digits that a spreadsheet keeps, zeros say nothing of the kind. */
static const GwArea *
find_padded (GwAreaTree *tree, const char *code)
{
  g_autofree char *copy = g_strdup (code);
  gsize length = strlen (copy);
  const GwArea *area = gw_area_tree_find_code (tree, copy);

  while (area == NULL && length > 6 && length <= SPREADSHEET_DIGITS && strlen (copy) >= 9 &&
         g_str_has_suffix (copy, "000"))
    {
      length -= 3;
      copy[length] = '\0';
      area = gw_area_tree_find_code (tree, copy);
    }
  return area;
}

static void
set_area (GwRowCheck *self, GwNamed *named, const GwArea *area)
{
  named->id = gw_area_tree_current (self->world.tree, area->id);
  named->old = named->id != area->id ? area->id : GW_AREA_NONE;
  named->kind = named->id != GW_AREA_NONE ? GW_NAMED_ONE : GW_NAMED_SPLIT;
}

static GwNamed *read_name (GwRowCheck *self, const char *text);

static GwNamed *
read_code (GwRowCheck *self, const char *text)
{
  g_autofree char *code = bare_code (text);
  const GwArea *area;
  GwNamed *named;

  if (code[0] == '\0')
    return g_new0 (GwNamed, 1);
  area = find_padded (self->world.tree, code);
  if (area == NULL && !g_ascii_isdigit (code[0]))
    return read_name (self, text);
  named = g_new0 (GwNamed, 1);
  named->kind = GW_NAMED_UNKNOWN;
  if (area != NULL)
    set_area (self, named, area);
  else if (is_scientific (code) || lost_its_tail (code))
    named->kind = GW_NAMED_DESTROYED;
  return named;
}

/* ---- names ---- */

static gboolean
contains_id (const GArray *ids, guint32 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, guint32, i) == id)
      return TRUE;
  return FALSE;
}

/* Each candidate as it is valid now, once. */
static GArray *
current_ids (GwAreaTree *tree, GPtrArray *found, gboolean only_current)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < found->len; i++)
    {
      const GwArea *area = g_ptr_array_index (found, i);
      guint32 id = gw_area_tree_current (tree, area->id);

      if (id != GW_AREA_NONE && (!only_current || id == area->id) && !contains_id (ids, id))
        g_array_append_val (ids, id);
    }
  return ids;
}

static gboolean
is_any_current (GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    if (gw_area_is_current (g_ptr_array_index (found, i)))
      return TRUE;
  return FALSE;
}

/* Who writes a name today means the area that has it today; only when none has, one that had it. */
static GwNamed *
read_name (GwRowCheck *self, const char *text)
{
  g_autoptr (GPtrArray) found = gw_area_tree_find_name (self->world.tree, text);
  GwNamed *named = g_new0 (GwNamed, 1);
  g_autoptr (GArray) ids = NULL;

  named->kind = gw_text_is_blank (text) ? GW_NAMED_NOTHING : GW_NAMED_UNKNOWN;
  if (found->len == 0)
    return named;
  ids = current_ids (self->world.tree, found, is_any_current (found));
  named->kind = ids->len == 0 ? GW_NAMED_SPLIT : ids->len == 1 ? GW_NAMED_ONE : GW_NAMED_SEVERAL;
  if (ids->len == 1)
    named->id = g_array_index (ids, guint32, 0);
  if (!is_any_current (found))
    named->old = ((const GwArea *)g_ptr_array_index (found, 0))->id;
  if (ids->len > 1)
    named->several = g_steal_pointer (&ids);
  return named;
}

/* ---- remembered ---- */

static const GwNamed *
remember (GHashTable *table, const char *text, GwNamed *named)
{
  if (g_hash_table_size (table) >= MAX_NAMED)
    g_hash_table_remove_all (table);
  g_hash_table_insert (table, g_strdup (text), named);
  return named;
}

const GwNamed *
gw_check_code (GwRowCheck *self, const char *text, guint flags)
{
  const GwNamed *named = g_hash_table_lookup (self->codes, text);

  return named != NULL ? named : remember (self->codes, text, read_code (self, text));
}

const GwNamed *
gw_check_name (GwRowCheck *self, const char *text)
{
  const GwNamed *named = g_hash_table_lookup (self->names, text);

  return named != NULL ? named : remember (self->names, text, read_name (self, text));
}
