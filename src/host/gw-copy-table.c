/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-copy-table.h"

#include "gw-error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ID_LENGTH 32u

static gboolean
is_zero (const guint8 *bytes, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (bytes[i] != 0)
      return FALSE;
  return TRUE;
}

gboolean
gw_copy_check_table (const GwTable *table, const char *name, GError **error)
{
  if (table->n_items > GW_COPY_MAX_ROWS)
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: %u rows, at most %u are allowed"), name,
                     table->n_items, GW_COPY_MAX_ROWS);
  if (table->n_items > 0 && (table->items == NULL || table->item_size == 0))
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: %u rows without content; use GW_TABLE"), name,
                     table->n_items);
  return TRUE;
}

static gboolean
copy_bytes (const guint8 *source,
            gsize source_size,
            gpointer target,
            gsize size,
            const char *what,
            GError **error)
{
  if (source_size > size && !is_zero (source + size, source_size - size))
    return gw_throw (error, GW_ERROR_TOO_NEW,
                     _ ("%s uses a member that is newer than this program (interface %u.%u)"), what,
                     GW_ABI_MAJOR, GW_ABI_MINOR);
  memset (target, 0, size);
  memcpy (target, source, MIN (source_size, size));
  return TRUE;
}

gboolean
gw_copy_row (
    const GwTable *table, guint i, gpointer row, gsize size, const char *name, GError **error)
{
  g_autofree char *what = g_strdup_printf ("%s[%u]", name, i);

  return copy_bytes ((const guint8 *)table->items + (gsize)i * table->item_size, table->item_size,
                     row, size, what, error);
}

gboolean
gw_copy_struct (const void *source, gpointer target, gsize size, const char *name, GError **error)
{
  guint32 source_size;

  if (source == NULL)
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s is missing"), name);
  memcpy (&source_size, source, sizeof source_size);
  if (source_size < sizeof source_size || source_size > 65536)
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: its struct_size is %u"), name, source_size);
  return copy_bytes (source, source_size, target, size, name, error);
}

gboolean
gw_copy_check_id (const char *id, const char *name, guint row, GError **error)
{
  gsize length = id != NULL ? strlen (id) : 0;
  gboolean good = length > 0 && length <= MAX_ID_LENGTH && g_ascii_islower (id[0]);

  for (gsize i = 0; good && i < length; i++)
    good = g_ascii_islower (id[i]) || g_ascii_isdigit (id[i]) || id[i] == '_';
  if (good)
    return TRUE;
  return gw_throw (
      error, GW_ERROR_INVALID,
      _ ("%s[%u]: the id “%s” must be a small letter and then small letters, digits or _"), name,
      row, id != NULL ? id : "");
}

gboolean
gw_copy_check_text (
    const char *text, const char *name, guint row, const char *member, GError **error)
{
  if (text != NULL && text[0] != '\0' && g_utf8_validate (text, -1, NULL))
    return TRUE;
  return gw_throw (error, GW_ERROR_INVALID, _ ("%s[%u]: “%s” is missing or not UTF-8"), name, row,
                   member);
}
