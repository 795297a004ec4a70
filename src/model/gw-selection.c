/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-selection.h"

/* The public struct is the head of this one: readers see plain arrays, only this file counts. */
typedef struct
{
  GwSelection facts;
  gatomicrefcount refs;
  gsize ready;           /* g_once_init_enter guard of @positions */
  GHashTable *positions; /* owned, nullable: id -> position, built at the first gw_selection_find */
} Holder;

GwSelection *
gw_selection_new (guint n, guint n_areas, guint n_types)
{
  Holder *self = g_new0 (Holder, 1);

  g_atomic_ref_count_init (&self->refs);
  self->facts.n = n;
  self->facts.n_areas = n_areas;
  self->facts.n_types = n_types;
  self->facts.by_area = g_new0 (GwAreaCount, n_areas + 1);
  self->facts.by_type = g_new0 (GwAreaCount, n_types + 1);
  return &self->facts;
}

GwSelection *
gw_selection_ref (GwSelection *self)
{
  g_atomic_ref_count_inc (&((Holder *)self)->refs);
  return self;
}

void
gw_selection_unref (GwSelection *self)
{
  Holder *holder = (Holder *)self;

  if (self == NULL || !g_atomic_ref_count_dec (&holder->refs))
    return;
  g_free ((gpointer)self->ids);
  g_free ((gpointer)self->x);
  g_free ((gpointer)self->y);
  g_free ((gpointer)self->states);
  g_free ((gpointer)self->lamps);
  g_free ((gpointer)self->areas);
  g_free ((gpointer)self->types);
  g_free ((gpointer)self->by_area);
  g_free ((gpointer)self->by_type);
  g_clear_pointer (&holder->positions, g_hash_table_unref);
  g_free (holder);
}

static void
index_positions (Holder *self)
{
  GHashTable *positions = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->facts.n; i++)
    g_hash_table_insert (positions, GSIZE_TO_POINTER ((gsize)self->facts.ids[i]),
                         GUINT_TO_POINTER (i));
  self->positions = positions;
}

gint
gw_selection_find (const GwSelection *self, gint64 id)
{
  Holder *holder = (Holder *)self;
  gpointer position;

  if (g_once_init_enter (&holder->ready))
    {
      index_positions (holder);
      g_once_init_leave (&holder->ready, 1);
    }
  if (!g_hash_table_lookup_extended (holder->positions, GSIZE_TO_POINTER ((gsize)id), NULL,
                                     &position))
    return -1;
  return (gint)GPOINTER_TO_UINT (position);
}
