/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The reader without its cage: finds out what the input is and has it read. The program and the
 * fuzz targets both drive it through here. */

#include "gw-frames.h"
#include "gw-input.h"
#include "gw-sink.h"

G_BEGIN_DECLS

/* Reads points and shapes; lives in a module of its own because GDAL does. */
typedef gboolean (*GwReaderGeoRead) (const GwInput *input,
                                     GwReaderFormat format,
                                     const char *layer,
                                     GwSink *sink);
/* Opens what GDAL needs from disk, before the disk is out of reach. */
typedef void (*GwReaderGeoPrepare) (void);

typedef struct
{
  GwReaderFormat format;     /* AUTO, or what the user insists on */
  GwReaderEncoding encoding; /* AUTO: found */
  char separator;            /* 0: found */
  const char *ending;        /* nullable: of the file's name, without the dot */
  const char *sheet;         /* nullable */
  GwReaderGeoRead read_geo;  /* nullable */
} GwReaderRequest;

/* Whether a file of this ending or format needs the module with GDAL. */
gboolean gw_reader_wants_geo (GwReaderFormat format, const char *ending);

/* Reads all of @input into @sink and ends it. FALSE only when the pipe is gone. */
gboolean gw_reader_read (const GwInput *input, const GwReaderRequest *request, GwSink *sink);

G_END_DECLS
