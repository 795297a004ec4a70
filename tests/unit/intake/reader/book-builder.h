/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Archives and workbooks for tests, honest ones and such as no program writes. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ZipBuilder ZipBuilder;

ZipBuilder *zip_builder_new (void);
/* Adds a deflated part. */
void zip_builder_add (ZipBuilder *self, const char *name, const void *bytes, gsize length);
void zip_builder_add_text (ZipBuilder *self, const char *name, const char *text);
/* Adds a part of @length zero bytes without holding them in memory. */
void zip_builder_add_zeros (ZipBuilder *self, const char *name, guint64 length);
/* Lies: the table of contents will give this size, method or flags for the last part. */
void zip_builder_lie_size (ZipBuilder *self, guint32 inflated_bytes);
void zip_builder_lie_method (ZipBuilder *self, guint16 method, guint16 flags);
/* The last part points at the bytes of the first one. */
void zip_builder_overlap (ZipBuilder *self);
/* Gives the archive and frees @self. */
GBytes *zip_builder_finish (ZipBuilder *self);

/* The parts of a workbook with one sheet "台账". All nullable but @rows, which is the inside of
 * <sheetData>; @behind comes after it, as merged ranges do. */
typedef struct
{
  const char *rows;
  const char *behind;
  const char *strings; /* the inside of <sst> */
  const char *formats; /* the inside of <cellXfs> */
  const char *prolog;  /* before the root of the sheet */
} BookParts;

/* The builder of such a workbook, to add more parts to. */
ZipBuilder *book_builder_new (const BookParts *parts);
GBytes *book_build (const BookParts *parts);

G_END_DECLS
