/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What became of each file of a module that was found; for the page that shows it. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_MODULE_LOADED,
  GW_MODULE_REFUSED,
  GW_MODULE_QUARANTINED, /* a run died in it */
  GW_MODULE_DISABLED,    /* the administrator wants it so */
} GwModuleState;

typedef struct
{
  char *path;         /* owned */
  char *id, *version; /* owned, NULL while the note could not be read */
  guint abi_major, abi_minor;
  char *digest; /* owned, nullable: SHA-256, the name for what is remembered of it */
  char *reason; /* owned: why it is not loaded, or does not start; else NULL */
  GwModuleState state;
} GwModuleFile;

G_END_DECLS
