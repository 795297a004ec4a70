/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The bytes of the foreign file: a descriptor that was opened by somebody else, or memory. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int fd;               /* -1: memory */
  const guint8 *memory; /* borrowed */
  guint64 size;
} GwInput;

/* FALSE when the descriptor is no regular file. */
gboolean gw_input_init_fd (GwInput *self, int fd);
void gw_input_init_memory (GwInput *self, const guint8 *memory, gsize size);
/* Reads up to @length bytes at @offset; fewer only at the end. -1 with errno on failure. Does not
 * move the descriptor, which the program shares with us. */
gssize gw_input_read_at (const GwInput *self, guint64 offset, guint8 *bytes, gsize length);

G_END_DECLS
