/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-set.h"

#include <string.h>

#define BLOCK_BYTES (GW_SEARCH_SET_WORDS * sizeof (guint64))
#define BLOCK_MASK ((1u << GW_SEARCH_SET_BLOCK_BITS) - 1)

GwSearchSet *
gw_search_set_new (guint size)
{
  GwSearchSet *self = g_new0 (GwSearchSet, 1);

  self->size = size;
  self->n_blocks = (size >> GW_SEARCH_SET_BLOCK_BITS) + 1;
  self->blocks = g_new0 (guint64 *, self->n_blocks);
  return self;
}

GwSearchSet *
gw_search_set_copy (const GwSearchSet *self)
{
  GwSearchSet *copy = gw_search_set_new (self->size);

  for (guint i = 0; i < self->n_blocks; i++)
    copy->blocks[i] = g_memdup2 (self->blocks[i], self->blocks[i] != NULL ? BLOCK_BYTES : 0);
  return copy;
}

void
gw_search_set_clear (GwSearchSet *self)
{
  for (guint i = 0; i < self->n_blocks; i++)
    g_clear_pointer (&self->blocks[i], g_free);
}

void
gw_search_set_free (GwSearchSet *self)
{
  if (self == NULL)
    return;
  gw_search_set_clear (self);
  g_free (self->blocks);
  g_free (self);
}

guint64 *
gw_search_set_need_block (GwSearchSet *self, guint block)
{
  if (self->blocks[block] == NULL)
    self->blocks[block] = g_malloc0 (BLOCK_BYTES);
  return self->blocks[block];
}

void
gw_search_set_and (GwSearchSet *self, const GwSearchSet *other)
{
  g_assert (self->size == other->size);
  for (guint i = 0; i < self->n_blocks; i++)
    {
      guint64 *mine = self->blocks[i];
      const guint64 *theirs = other->blocks[i];

      if (theirs == NULL)
        g_clear_pointer (&self->blocks[i], g_free);
      for (guint w = 0; mine != NULL && theirs != NULL && w < GW_SEARCH_SET_WORDS; w++)
        mine[w] &= theirs[w];
    }
}

void
gw_search_set_or (GwSearchSet *self, const GwSearchSet *other)
{
  g_assert (self->size == other->size);
  for (guint i = 0; i < self->n_blocks; i++)
    {
      guint64 *mine = self->blocks[i];
      const guint64 *theirs = other->blocks[i];

      if (mine == NULL && theirs != NULL)
        self->blocks[i] = g_memdup2 (theirs, BLOCK_BYTES);
      for (guint w = 0; mine != NULL && theirs != NULL && w < GW_SEARCH_SET_WORDS; w++)
        mine[w] |= theirs[w];
    }
}

void
gw_search_set_and_not (GwSearchSet *self, const GwSearchSet *other)
{
  g_assert (self->size == other->size);
  for (guint i = 0; i < self->n_blocks; i++)
    {
      guint64 *mine = self->blocks[i];
      const guint64 *theirs = other->blocks[i];

      for (guint w = 0; mine != NULL && theirs != NULL && w < GW_SEARCH_SET_WORDS; w++)
        mine[w] &= ~theirs[w];
    }
}

guint
gw_search_set_count (const GwSearchSet *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_blocks; i++)
    for (guint w = 0; self->blocks[i] != NULL && w < GW_SEARCH_SET_WORDS; w++)
      n += (guint)__builtin_popcountll (self->blocks[i][w]);
  return n;
}

/* The first member of one block at or behind the bit @from; -1 when there is none. */
static gint
next_in_block (const guint64 *words, guint from)
{
  guint w = from >> 6;
  guint64 word = words[w] & ~G_GUINT64_CONSTANT (0) << (from & 63);

  while (word == 0 && ++w < GW_SEARCH_SET_WORDS)
    word = words[w];
  return word != 0 ? (gint)(w * 64) + __builtin_ctzll (word) : -1;
}

gint64
gw_search_set_next (const GwSearchSet *self, gint64 from)
{
  if (from < 0 || from >= self->size)
    return -1;
  for (guint block = (guint)(from >> GW_SEARCH_SET_BLOCK_BITS); block < self->n_blocks; block++)
    {
      gint64 start = (gint64)block << GW_SEARCH_SET_BLOCK_BITS;
      gint at =
          self->blocks[block] != NULL
              ? next_in_block (self->blocks[block], from > start ? (guint)(from & BLOCK_MASK) : 0)
              : -1;

      if (at >= 0)
        return start + at;
    }
  return -1;
}
