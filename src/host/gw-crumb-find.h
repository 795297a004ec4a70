/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What earlier runs left behind. */

#include "gw-crumb.h"

G_BEGIN_DECLS

typedef struct
{
  char *digest, *id; /* owned */
  GwCrumbPlace place;
  int signal;      /* 0: none was caught */
  gboolean strong; /* a signal of its own thread, or an end from inside; else the run was killed */
} GwCrumbFinding;

void gw_crumb_finding_free (GwCrumbFinding *self);

/* Reads and removes the pages of dead runs in @folder; what is damaged is removed unread. (transfer
 * full): GwCrumbFinding, the innermost call of each thread that was inside a module. Blocking. */
GPtrArray *gw_crumb_find (const char *folder);

G_END_DECLS
