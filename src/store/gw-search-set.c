/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-set.h"

GwSearchSet *
gw_search_set_new (guint size)
{
  GwSearchSet *self = g_new0 (GwSearchSet, 1);

  self->size = size;
  self->n_words = size / 64 + 1;
  self->words = g_new0 (guint64, self->n_words);
  return self;
}

GwSearchSet *
gw_search_set_copy (const GwSearchSet *self)
{
  GwSearchSet *copy = g_memdup2 (self, sizeof *self);

  copy->words = g_memdup2 (self->words, self->n_words * sizeof *self->words);
  return copy;
}

void
gw_search_set_free (GwSearchSet *self)
{
  if (self == NULL)
    return;
  g_free (self->words);
  g_free (self);
}

void
gw_search_set_and (GwSearchSet *self, const GwSearchSet *other)
{
  g_assert (self->size == other->size);
  for (guint i = 0; i < self->n_words; i++)
    self->words[i] &= other->words[i];
}

void
gw_search_set_or (GwSearchSet *self, const GwSearchSet *other)
{
  g_assert (self->size == other->size);
  for (guint i = 0; i < self->n_words; i++)
    self->words[i] |= other->words[i];
}

void
gw_search_set_and_not (GwSearchSet *self, const GwSearchSet *other)
{
  g_assert (self->size == other->size);
  for (guint i = 0; i < self->n_words; i++)
    self->words[i] &= ~other->words[i];
}

guint
gw_search_set_count (const GwSearchSet *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_words; i++)
    n += (guint)__builtin_popcountll (self->words[i]);
  return n;
}

gint64
gw_search_set_next (const GwSearchSet *self, gint64 from)
{
  guint i = (guint)(from >> 6);
  guint64 word;

  if (from < 0 || from >= self->size)
    return -1;
  word = self->words[i] & ~G_GUINT64_CONSTANT (0) << (from & 63);
  while (word == 0)
    {
      if (++i == self->n_words)
        return -1;
      word = self->words[i];
    }
  return (gint64)i * 64 + __builtin_ctzll (word);
}
