/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A set of matters as bits over the dense ids 0 … size - 1. Plain value on the heap. */

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef struct
{
  guint size;
  guint n_words;
  guint64 *words; /* owned */
} GwSearchSet;

/* An empty set of ids below @size. */
GwSearchSet *gw_search_set_new (guint size);
GwSearchSet *gw_search_set_copy (const GwSearchSet *self);
void gw_search_set_free (GwSearchSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSearchSet, gw_search_set_free)

/* Ids outside of the size are ignored by add and remove, and are in no set. */
static inline void
gw_search_set_add (GwSearchSet *self, gint64 id)
{
  if (id >= 0 && id < self->size)
    self->words[id >> 6] |= G_GUINT64_CONSTANT (1) << (id & 63);
}

static inline void
gw_search_set_remove (GwSearchSet *self, gint64 id)
{
  if (id >= 0 && id < self->size)
    self->words[id >> 6] &= ~(G_GUINT64_CONSTANT (1) << (id & 63));
}

static inline gboolean
gw_search_set_has (const GwSearchSet *self, gint64 id)
{
  return id >= 0 && id < self->size && (self->words[id >> 6] >> (id & 63) & 1) != 0;
}

/* Sizes equal. */
void gw_search_set_and (GwSearchSet *self, const GwSearchSet *other);
void gw_search_set_or (GwSearchSet *self, const GwSearchSet *other);
void gw_search_set_and_not (GwSearchSet *self, const GwSearchSet *other);
guint gw_search_set_count (const GwSearchSet *self);
/* The first member at or behind @from; -1 when there is none. */
gint64 gw_search_set_next (const GwSearchSet *self, gint64 from);

G_END_DECLS
