/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Small facts that travel from the store to the screen: who asks, drafts, import batches, the
 * result of a verification. */

#include "gw-role.h"

G_BEGIN_DECLS

/* Who asks, for what. A value: copied freely; purpose is a static or interned string. */
typedef struct
{
  guint32 account; /* 0 = the program itself (migration, demo) */
  guint32 org;
  GwRole role;
  guint32 scope_area;  /* GW_AREA_NONE = the whole district */
  const char *purpose; /* interned: "daily-work", "export: ..." */
} GwActor;

/* An unfinished form: one row each; survives a crash. */
typedef struct
{
  gint64 id, saved;
  guint32 account;
  char *kind, *payload;
} GwDraft;
void gw_draft_free (GwDraft *self);
typedef struct
{
  gint64 id, at, undone_at;
  guint32 account;
  guint32 n_rows, n_refused;
  char *file_name, *type, *sha256;
} GwBatch;
void gw_batch_free (GwBatch *self);

/* A picture or document of a matter; the content is kept by its digest. */
typedef struct
{
  gint64 id, matter, at, size;
  guint32 account;
  char *name, *mime;
  char *kind;   /* before after document map other */
  char *sha256; /* hex */
  gboolean redacted, exif_removed, restricted;
} GwAttachment;
#define GW_ATTACHMENT_MAX_BYTES (20 * 1024 * 1024)
void gw_attachment_free (GwAttachment *self);

typedef struct
{
  gint64 events, matters;
  char head[65];
  gint64 first_bad;
  char *problem;
} GwVerifyReport; /* first_bad 0 = accepted */
void gw_verify_report_clear (GwVerifyReport *self);
typedef void (*GwProgressFunc) (double fraction, gpointer data);
G_END_DECLS
