/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The archive around a workbook or a shapefile, read without trust: the table of contents is
 * checked as a whole before anything is unpacked, and nothing is ever written out. */

#include "gw-input.h"
#include "gw-sink.h"

G_BEGIN_DECLS

#define GW_ZIP_MAX_PARTS 200u
#define GW_ZIP_MAX_INFLATED (512u << 20)
#define GW_ZIP_MAX_RATIO 100u
#define GW_ZIP_FREE_BYTES (1u << 20) /* parts up to here may have any ratio */

typedef struct _GwZip GwZip;

typedef struct
{
  char *name; /* with "/" between folders */
  guint64 offset;
  guint64 packed_bytes;
  guint64 inflated_bytes;
  guint32 checksum;
  guint16 method;
} GwZipPart;

/* Reads and checks the table of contents. NULL after a fatal problem was told to @sink, which is
 * borrowed for the life of the archive, as is @input. */
GwZip *gw_zip_open (const GwInput *input, GwSink *sink);
void gw_zip_free (GwZip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwZip, gw_zip_free)

/* The parts in the order of the central directory, checked when the file was opened; lent as
 * long as @self lives. */
guint gw_zip_get_n_parts (const GwZip *self);
const GwZipPart *gw_zip_get_part (const GwZip *self, guint index);
/* Names of parts are the same in capitals and small letters. NULL when there is none. */
const GwZipPart *gw_zip_find (const GwZip *self, const char *name);
/* The first part whose name begins, or ends, so. */
const GwZipPart *gw_zip_find_under (const GwZip *self, const char *folder);
const GwZipPart *gw_zip_find_ending (const GwZip *self, const char *ending);

typedef struct _GwZipStream GwZipStream;

/* NULL after a fatal problem was told. */
GwZipStream *gw_zip_stream_open (GwZip *zip, const GwZipPart *part);
void gw_zip_stream_free (GwZipStream *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwZipStream, gw_zip_stream_free)

/* 0 at the end, -1 after a fatal problem was told. */
gssize gw_zip_stream_read (GwZipStream *self, guint8 *bytes, gsize room);
/* Packed bytes consumed so far, for progress. */
guint64 gw_zip_stream_get_packed (const GwZipStream *self);

G_END_DECLS
