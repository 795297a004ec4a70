/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One thread that paints tiles. What was asked last is all that counts: a new request replaces the
 * one in hand between two tiles. */

#include "gw-map-paint.h"

G_BEGIN_DECLS

typedef struct _GwMapWorker GwMapWorker;

/* On the thread that made the worker. @surface is lent; @serial is that of the request. */
typedef void (*GwMapTileFunc) (gpointer data,
                               const GwMapTileKey *key,
                               guint serial,
                               cairo_surface_t *surface);

/* @ready is called from the main context that is the thread's default now. */
GwMapWorker *gw_map_worker_new (GwMapTileFunc ready, gpointer data) G_GNUC_WARN_UNUSED_RESULT;
/* Waits for the tile in hand; afterwards @ready is not called any more. */
void gw_map_worker_free (GwMapWorker *self);

/* @keys: in the order in which they are wanted; copied. None stops the work. */
void gw_map_worker_ask (
    GwMapWorker *self, GwMapPaint *paint, guint serial, const GwMapTileKey *keys, guint n_keys);

G_END_DECLS
