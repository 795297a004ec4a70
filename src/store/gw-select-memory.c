/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-select-memory.h"

#include <stdlib.h>
#include <sys/mman.h>

#define LARGE_PAGE ((gsize)2 << 20)

/* g_malloc is malloc since GLib 2.46, so g_free takes what posix_memalign gave. */
gpointer
gw_select_alloc (gsize n, gsize size)
{
  gsize bytes = (n * size + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
  gpointer memory = NULL;

  if (n * size < LARGE_PAGE || posix_memalign (&memory, LARGE_PAGE, bytes) != 0)
    return g_malloc_n (MAX (1, n), size);
  (void)madvise (memory, bytes, MADV_HUGEPAGE); /* a wish: small pages do as well */
  return memory;
}
