/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A set of matters over the dense ids 0 … size - 1, as blocks of bits that are there only where
 * something was added: a handful of matters among millions costs a handful of blocks. A block
 * covers the ids of one chunk of a snapshot. Plain value on the heap. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_SEARCH_SET_BLOCK_BITS 12
#define GW_SEARCH_SET_WORDS (1u << (GW_SEARCH_SET_BLOCK_BITS - 6))

typedef struct
{
  guint size;
  guint n_blocks;
  guint64 **blocks; /* owned: GW_SEARCH_SET_WORDS each, NULL = nothing there */
} GwSearchSet;

/* An empty set of ids below @size. */
GwSearchSet *gw_search_set_new (guint size);
GwSearchSet *gw_search_set_copy (const GwSearchSet *self);
void gw_search_set_free (GwSearchSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSearchSet, gw_search_set_free)

/* The block of bits, made when it is not there. */
guint64 *gw_search_set_need_block (GwSearchSet *self, guint block);

/* Ids outside of the size are ignored by add and remove, and are in no set. */
static inline void
gw_search_set_add (GwSearchSet *self, gint64 id)
{
  guint64 *words;
  guint block = (guint)(id >> GW_SEARCH_SET_BLOCK_BITS);

  if (id < 0 || id >= self->size)
    return;
  words = self->blocks[block];
  if (words == NULL)
    words = gw_search_set_need_block (self, block);
  words[id >> 6 & (GW_SEARCH_SET_WORDS - 1)] |= G_GUINT64_CONSTANT (1) << (id & 63);
}

static inline gboolean
gw_search_set_has (const GwSearchSet *self, gint64 id)
{
  const guint64 *words =
      id >= 0 && id < self->size ? self->blocks[id >> GW_SEARCH_SET_BLOCK_BITS] : NULL;

  return words != NULL && (words[id >> 6 & (GW_SEARCH_SET_WORDS - 1)] >> (id & 63) & 1) != 0;
}

static inline void
gw_search_set_remove (GwSearchSet *self, gint64 id)
{
  if (gw_search_set_has (self, id))
    self->blocks[id >> GW_SEARCH_SET_BLOCK_BITS][id >> 6 & (GW_SEARCH_SET_WORDS - 1)] &=
        ~(G_GUINT64_CONSTANT (1) << (id & 63));
}

void gw_search_set_clear (GwSearchSet *self);
/* Sizes equal. */
void gw_search_set_and (GwSearchSet *self, const GwSearchSet *other);
void gw_search_set_or (GwSearchSet *self, const GwSearchSet *other);
void gw_search_set_and_not (GwSearchSet *self, const GwSearchSet *other);
guint gw_search_set_count (const GwSearchSet *self);
/* The first member at or behind @from; -1 when there is none. */
gint64 gw_search_set_next (const GwSearchSet *self, gint64 from);

G_END_DECLS
