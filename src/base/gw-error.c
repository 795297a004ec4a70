/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"

/* Not "gw-error-quark" as an identifier list: clang-format would turn the dashes into minuses. */
G_DEFINE_QUARK (GwError, gw_error)

static void
set_error (GError **error, GwError code, const char *format, va_list args)
{
  if (error == NULL)
    return;
  g_assert (*error == NULL);
  *error = g_error_new_valist (GW_ERROR, code, format, args);
}

gboolean
gw_throw (GError **error, GwError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  set_error (error, code, format, args);
  va_end (args);
  return FALSE;
}

gpointer
gw_throw_null (GError **error, GwError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  set_error (error, code, format, args);
  va_end (args);
  return NULL;
}

gboolean
gw_prefix (GError **error, const char *format, ...)
{
  g_autofree char *prefix = NULL;
  va_list args;

  va_start (args, format);
  prefix = g_strdup_vprintf (format, args);
  va_end (args);
  g_prefix_error (error, "%s: ", prefix);
  return FALSE;
}
