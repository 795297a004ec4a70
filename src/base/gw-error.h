/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one error domain of the program and the idiom to raise it.
 * A code exists only where some caller acts on it; everything else is GW_ERROR_FAILED with a text
 * that says what was being done and what was found. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_ERROR (gw_error_quark ())
/* The domain of every error of the program; use GW_ERROR. */
GQuark gw_error_quark (void);

typedef enum
{
  GW_ERROR_FAILED,       /* nothing to do about it but read the text */
  GW_ERROR_NOT_FOUND,    /* no such matter, area, type, file */
  GW_ERROR_EXISTS,       /* would overwrite */
  GW_ERROR_INVALID,      /* a value, a row or a request that breaks a rule */
  GW_ERROR_REFUSED,      /* the role, the scope or the state does not allow it */
  GW_ERROR_STALE,        /* somebody else changed the record first */
  GW_ERROR_BUSY,         /* another program holds the file */
  GW_ERROR_READ_ONLY,    /* file, folder or file system cannot be written */
  GW_ERROR_FULL,         /* no space left */
  GW_ERROR_CORRUPT,      /* damaged file, broken chain */
  GW_ERROR_TOO_NEW,      /* written by a newer version */
  GW_ERROR_NETWORK_FILE, /* the file lies on a network share */
  GW_ERROR_FORMAT,       /* an input file cannot be read as what it claims to be */
  GW_ERROR_LIMIT,        /* over a stated limit of size, rows, time */
  GW_ERROR_UNSUPPORTED,
} GwError;

/* Sets @error and returns FALSE, so that a failing function is one return statement. */
gboolean gw_throw (GError **error, GwError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* The same for functions that return a pointer. */
gpointer gw_throw_null (GError **error, GwError code, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* Puts "what was being done: " before the message of an error that came from below. */
gboolean gw_prefix (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
