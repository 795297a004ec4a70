/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-free-text.h"

#include "gw-error.h"
#include "gw-text.h"

#include <glib/gi18n-lib.h>

static gboolean
has_control (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c != '\n' && c != '\r' && c != '\t' && g_unichar_iscntrl (c))
        return TRUE;
    }
  return FALSE;
}

char *
gw_free_text_tidy (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]); /* takes the carriage return of CRLF along */
      g_string_append (out, lines[i]);
      g_string_append_c (out, '\n');
    }
  return g_strstrip (g_string_free (out, FALSE));
}

gboolean
gw_free_text_check (const char *label,
                    const char *text,
                    gsize max_length,
                    gboolean personal_allowed,
                    GError **error)
{
  gsize length;
  GwPersonal personal;

  if (!g_utf8_validate (text, -1, NULL))
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: the text is not UTF-8"), label);
  if (has_control (text))
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("%s: the text holds control characters; type it anew"), label);
  length = gw_text_length (text);
  if (length > max_length)
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: %zu characters are too long; shorten to %zu"),
                     label, length, max_length);
  personal = personal_allowed ? GW_PERSONAL_NONE : gw_text_find_personal (text, NULL);
  if (personal & GW_PERSONAL_ID_NUMBER)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("%s: the text holds an ID number, which is not kept here; remove it"),
                     label);
  if (personal & GW_PERSONAL_MOBILE)
    return gw_throw (
        error, GW_ERROR_INVALID,
        _ ("%s: the text holds a mobile number; remove it, contacts belong into the vault"), label);
  return TRUE;
}
