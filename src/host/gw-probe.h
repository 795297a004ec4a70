/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The client of gridwork-probe. The helper starts with the first question and ends with the probe.
 * One thread at a time. */

#include "gw-error.h"
#include "gw-verdict.h"

G_BEGIN_DECLS

typedef struct _GwProbe GwProbe;

GwProbe *gw_probe_new (void);
void gw_probe_free (GwProbe *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwProbe, gw_probe_free)

/* (transfer full): what came of it. NULL with @error when the helper could not be asked at all, and
 * then no module may be loaded. Blocking, up to some five seconds: worker. */
GwVerdict *gw_probe_examine (GwProbe *self, const char *path, GError **error);

G_END_DECLS
