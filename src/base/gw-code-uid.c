/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-code.h"

#include <string.h>

/**
 * gw_uid_make:
 * @uid: (out caller-allocates): the new uid
 * @unix_ms: milliseconds since 1970, 48 bits
 * @random: ten bytes, of which six bits give way to version and variant
 *
 * UUID version 7 (RFC 9562, 5.7): sorts by time. Time and chance come from outside, so that demo
 * data can be made again. Any thread.
 */
void
gw_uid_make (GwUid *uid, gint64 unix_ms, const guint8 random[10])
{
  g_return_if_fail (uid != NULL);

  for (int i = 0; i < 6; ++i)
    uid->bytes[i] = (guint8)((guint64)unix_ms >> (40 - 8 * i));
  memcpy (uid->bytes + 6, random, 10);
  uid->bytes[6] = 0x70 | (uid->bytes[6] & 0x0f);
  uid->bytes[8] = 0x80 | (uid->bytes[8] & 0x3f);
}

static gboolean
hyphen_before (guint byte)
{
  return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

/**
 * gw_uid_format:
 *
 * Returns: (transfer full): 36 characters, lower case
 */
char *
gw_uid_format (const GwUid *uid)
{
  GString *text;

  g_return_val_if_fail (uid != NULL, NULL);

  text = g_string_sized_new (37);
  for (guint i = 0; i < sizeof uid->bytes; ++i)
    {
      if (hyphen_before (i))
        g_string_append_c (text, '-');
      g_string_append_printf (text, "%02x", uid->bytes[i]);
    }
  return g_string_free (text, FALSE);
}

/**
 * gw_uid_parse:
 * @text: (nullable): 8-4-4-4-12 hex digits in either case, of any version
 * @uid: (out caller-allocates): left alone on failure
 *
 * Returns: %FALSE when @text has another form
 */
gboolean
gw_uid_parse (const char *text, GwUid *uid)
{
  GwUid read;
  const char *p = text;

  g_return_val_if_fail (uid != NULL, FALSE);

  if (text == NULL || strlen (text) != 36)
    return FALSE;
  for (guint i = 0; i < sizeof read.bytes; ++i)
    {
      if (hyphen_before (i) && *p++ != '-')
        return FALSE;
      if (!g_ascii_isxdigit (p[0]) || !g_ascii_isxdigit (p[1]))
        return FALSE;
      read.bytes[i] = (guint8)(g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));
      p += 2;
    }
  *uid = read;
  return TRUE;
}
