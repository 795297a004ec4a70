/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The chain: how an entry becomes 32 bytes. Suite "blake2b-256" (security.md 3.2); its name is in
 * meta under "chain.suite", so that a file says how to check it. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_JOURNAL_HASH_BYTES 32
#define GW_JOURNAL_SALT_BYTES 16
#define GW_JOURNAL_SUITE "blake2b-256"

typedef struct
{
  gint64 seq, matter, at;
  guint32 account, org;
  guint8 verb, from, to, role;
  const char *delta;        /* nullable */
  const guint8 *commitment; /* nullable */
} GwJournalEntry;

/* What stands before the first entry of the file with this uid. */
void gw_journal_genesis (const char *file_uid, guint8 out[GW_JOURNAL_HASH_BYTES]);
/* Hash over @previous and a fixed little-endian encoding of every field. */
void gw_journal_hash (const guint8 previous[GW_JOURNAL_HASH_BYTES],
                      const GwJournalEntry *entry,
                      guint8 out[GW_JOURNAL_HASH_BYTES]);
/* What the chain knows of a text that may be erased one day. */
void gw_journal_commit_text (const guint8 salt[GW_JOURNAL_SALT_BYTES],
                             const char *text,
                             guint8 out[GW_JOURNAL_HASH_BYTES]);
void gw_journal_format (const guint8 hash[GW_JOURNAL_HASH_BYTES], char hex[65]);

G_END_DECLS
