/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The closed language of figures: count(FILTER), or count(FILTER) / count(FILTER), or
 * 100 * count(FILTER) / count(FILTER). FILTER is the text of a GwFilter without area and period:
 * those come from whoever asks. What it cannot say, it cannot leak: it sees counts only. */

#include "gw-filter.h"
#include "gw-selection.h"
#include "gw-store.h"

G_BEGIN_DECLS

typedef struct _GwExpression GwExpression; /* immutable */

/* @tree turns area codes of a filter into ids. Errors name the place in the text. */
GwExpression *gw_expression_parse (const char *text, GwAreaTree *tree, GError **error);
void gw_expression_free (GwExpression *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwExpression, gw_expression_free)

/* Whether it has a denominator, so that there may be no answer. */
gboolean gw_expression_is_ratio (const GwExpression *self);
/* (transfer full): the filter that lists exactly the matters of the numerator under @base. */
GwFilter *gw_expression_narrow (const GwExpression *self, const GwFilter *base);

/* One number under @base: its area, period, box, unit, batch and words hold; its type, state and
 * clock are replaced by the expression's. NAN when the denominator is 0. Blocking: worker. */
gboolean gw_expression_compute (const GwExpression *self,
                                GwStore *store,
                                const GwActor *actor,
                                const GwFilter *base,
                                double *value,
                                GCancellable *cancellable,
                                GError **error);
/* The same for every area: GArray of double indexed by area id, NAN = no data. */
GArray *gw_expression_compute_areas (const GwExpression *self,
                                     GwStore *store,
                                     const GwActor *actor,
                                     const GwFilter *base,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
