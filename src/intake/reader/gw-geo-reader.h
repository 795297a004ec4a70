/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Points and shapes through GDAL: the inside of the module gridwork-reader-geo, which
 * gridwork-reader loads only when a file's name asks for it. Signatures of gw-reader.h. */

#include <gmodule.h>

#include "gw-reader.h"

G_BEGIN_DECLS

#define GW_GEO_MAX_LAYERS 50
#define GW_GEO_MAX_ROWS 200000u

/* Once, before the sandbox closes: registers the few drivers that are allowed, with nothing that
 * looks beyond the file, and loads what projections need. */
G_MODULE_EXPORT void gw_reader_geo_prepare (void);
/* Reads one layer (@layer nullable: the first that has places) of @input into @sink. FALSE when
 * the sink was told why not. */
G_MODULE_EXPORT gboolean gw_reader_geo_read (const GwInput *input,
                                             GwReaderFormat format,
                                             const char *layer,
                                             GwSink *sink);

G_END_DECLS
