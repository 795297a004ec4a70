/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-journal-private.h"

#include <sodium.h>
#include <string.h>

#define GENESIS "gridwork journal 1"
#define FIXED_BYTES 101 /* what encode writes before the delta */

void
gw_journal_genesis (const char *file_uid, guint8 out[GW_JOURNAL_HASH_BYTES])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, GW_JOURNAL_HASH_BYTES);
  crypto_generichash_update (&state, (const guint8 *)GENESIS, sizeof GENESIS);
  crypto_generichash_update (&state, (const guint8 *)file_uid, strlen (file_uid));
  crypto_generichash_final (&state, out, GW_JOURNAL_HASH_BYTES);
}

static guint8 *
put (guint8 *p, guint64 value, int bytes)
{
  for (int i = 0; i < bytes; ++i, value >>= 8)
    *p++ = (guint8)value;
  return p;
}

static gsize
encode (guint8 *buffer, const guint8 *previous, const GwJournalEntry *entry)
{
  guint8 *p = buffer;

  memcpy (p, previous, GW_JOURNAL_HASH_BYTES);
  p += GW_JOURNAL_HASH_BYTES;
  p = put (p, (guint64)entry->seq, 8);
  p = put (p, (guint64)entry->matter, 8);
  p = put (p, (guint64)entry->at, 8);
  p = put (p, entry->account, 4);
  p = put (p, entry->org, 4);
  *p++ = entry->verb;
  *p++ = entry->from;
  *p++ = entry->to;
  *p++ = entry->role;
  *p++ = (guint8)((entry->commitment != NULL ? 1 : 0) | (entry->delta != NULL ? 2 : 0));
  if (entry->commitment != NULL)
    memcpy (p, entry->commitment, GW_JOURNAL_HASH_BYTES);
  else
    memset (p, 0, GW_JOURNAL_HASH_BYTES);
  p += GW_JOURNAL_HASH_BYTES;
  /* The length of the delta is what is left, so no two entries encode alike. */
  return (gsize)(p - buffer);
}

void
gw_journal_hash (const guint8 previous[GW_JOURNAL_HASH_BYTES],
                 const GwJournalEntry *entry,
                 guint8 out[GW_JOURNAL_HASH_BYTES])
{
  gsize delta_length = entry->delta != NULL ? strlen (entry->delta) : 0;
  guint8 buffer[FIXED_BYTES + 256];
  gsize length = encode (buffer, previous, entry);
  crypto_generichash_state state;

  if (delta_length <= sizeof buffer - length)
    {
      if (delta_length > 0)
        memcpy (buffer + length, entry->delta, delta_length);
      crypto_generichash (out, GW_JOURNAL_HASH_BYTES, buffer, length + delta_length, NULL, 0);
      return;
    }
  crypto_generichash_init (&state, NULL, 0, GW_JOURNAL_HASH_BYTES);
  crypto_generichash_update (&state, buffer, length);
  crypto_generichash_update (&state, (const guint8 *)entry->delta, delta_length);
  crypto_generichash_final (&state, out, GW_JOURNAL_HASH_BYTES);
}

void
gw_journal_commit_text (const guint8 salt[GW_JOURNAL_SALT_BYTES],
                        const char *text,
                        guint8 out[GW_JOURNAL_HASH_BYTES])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, GW_JOURNAL_HASH_BYTES);
  crypto_generichash_update (&state, salt, GW_JOURNAL_SALT_BYTES);
  crypto_generichash_update (&state, (const guint8 *)text, strlen (text));
  crypto_generichash_final (&state, out, GW_JOURNAL_HASH_BYTES);
}

void
gw_journal_format (const guint8 hash[GW_JOURNAL_HASH_BYTES], char hex[65])
{
  sodium_bin2hex (hex, 65, hash, GW_JOURNAL_HASH_BYTES);
}
