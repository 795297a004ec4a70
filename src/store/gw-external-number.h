/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Numbers that senders of lists gave to matters: is a row of a new list one that was taken in
 * before? One object looks up many numbers on one snapshot of the file; not for two threads at
 * once. */

#include "gw-store.h"

G_BEGIN_DECLS

typedef struct _GwExternalNumbers GwExternalNumbers;

/* @type: local number of the record type. Keeps a reader's connection until it is freed: short
 * lived. Blocking, for workers. NULL with @error. */
GwExternalNumbers *gw_external_numbers_open (GwStore *store, guint32 type, GError **error);
void gw_external_numbers_free (GwExternalNumbers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwExternalNumbers, gw_external_numbers_free)

/* FALSE when no number of the type is kept, so that nobody needs to look. */
gboolean gw_external_numbers_has_any (const GwExternalNumbers *self);
/* @number: (out): of the matter (510903-DIS-2026-000001) that came from @source with this number
 * and was not withdrawn; NULL when there is none. Transfer full. FALSE with @error. */
gboolean gw_external_numbers_find (GwExternalNumbers *self,
                                   const char *source,
                                   const char *external,
                                   char **number,
                                   GError **error);

G_END_DECLS
