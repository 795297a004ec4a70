/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Crumbs: who of the modules has the floor right now, in a page of memory that is shared with a
 * file. When the program dies the file stays, and the next start reads there who it was.
 *
 * There is one trail for each process, because a library stays mapped for the life of the process.
 * Entering and leaving are a few stores and may be done by any thread. */

#include "gw-error.h"

G_BEGIN_DECLS

/* Where in a module the program is. */
typedef enum
{
  GW_CRUMB_LOAD,
  GW_CRUMB_ACTIVATE,
  GW_CRUMB_DEACTIVATE,
  GW_CRUMB_GET_EXTENSION,
  GW_CRUMB_VALIDATE,
  GW_CRUMB_COMMITTED,
  GW_CRUMB_COMPUTE,
  GW_CRUMB_ACTION,
  GW_CRUMB_IMPORT,
  GW_CRUMB_REPORT,
  GW_CRUMB_PAGE,
  GW_N_CRUMBS
} GwCrumbPlace;

/* "activate", as a module's author writes it. */
const char *gw_crumb_place_get_name (GwCrumbPlace place);

typedef struct _GwCrumbTrail GwCrumbTrail;

/* The trail of this process, made in @folder by the first call and kept. NULL when the page cannot
 * be had: then the program works without one, and so do all functions below. Any thread. */
GwCrumbTrail *gw_crumb_trail_get (const char *folder);
/* The number of a module on the trail; the same digest has the same number. Any thread. */
guint gw_crumb_trail_add_module (GwCrumbTrail *self, const char *digest, const char *id);
/* A stack of its own for fatal signals of the calling thread, so that endless recursion is told,
 * too. */
void gw_crumb_trail_shield_thread (GwCrumbTrail *self);

/* Brackets a call into a module; calls may nest. @slot is what enter gave. */
guint gw_crumb_enter (GwCrumbTrail *self, guint module, GwCrumbPlace place);
void gw_crumb_leave (GwCrumbTrail *self, guint slot);

G_END_DECLS
