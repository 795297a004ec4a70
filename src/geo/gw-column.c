/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-column-private.h"

#include <stdlib.h>
#include <sys/mman.h>

#define HUGE_PAGE (2u << 20)

gpointer
gw_column_alloc (gsize n, gsize size)
{
  gsize n_bytes = MAX (n * size, 1);
  gpointer memory = NULL;

  if (n_bytes < HUGE_PAGE || posix_memalign (&memory, HUGE_PAGE, n_bytes) != 0)
    return g_malloc (n_bytes);
  /* Only a wish; without it everything works, slower. */
  (void)madvise (memory, n_bytes, MADV_HUGEPAGE);
  return memory;
}
