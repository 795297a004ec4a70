/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures and documents: content by its SHA-256, kept once. */
#include "gw-tx-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

static gboolean
check_attachment (const GwAttachment *attachment, GBytes *content, GError **error)
{
  if (g_bytes_get_size (content) > GW_ATTACHMENT_MAX_BYTES)
    return gw_throw (error, GW_ERROR_LIMIT,
                     _ ("%s is larger than 20 MiB. Make the picture smaller or split the document"),
                     attachment->name);
  if (g_str_has_prefix (attachment->mime, "image/") && !attachment->exif_removed)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("%s still carries place and camera data. Remove them first"),
                     attachment->name);
  return TRUE;
}

static gboolean
write_body (GwTx *tx, const guint8 *digest, gconstpointer bytes, gsize length, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare (tx->db,
                                 "INSERT INTO attachment_body (sha256, content)"
                                 " VALUES (:sha256, :content) ON CONFLICT (sha256) DO NOTHING",
                                 error);
  if (insert == NULL)
    return FALSE;
  gw_statement_bind_blob (insert, ":sha256", digest, crypto_hash_sha256_BYTES);
  gw_statement_bind_blob (insert, ":content", bytes != NULL ? bytes : "", length);
  return gw_statement_run (insert, error);
}

static gboolean
write_row (GwTx *tx, GwAttachment *attachment, const guint8 *digest, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare (
      tx->db,
      "INSERT INTO attachment (matter, sha256, name, mime, size, kind, redacted, exif_removed,"
      " sensitivity, at, account) VALUES (:matter, :sha256, :name, :mime, :size, :kind,"
      " :redacted, :exif, :sensitivity, :at, :account)",
      error);
  if (insert == NULL)
    return FALSE;
  gw_statement_bind_int64 (insert, ":matter", attachment->matter);
  gw_statement_bind_blob (insert, ":sha256", digest, crypto_hash_sha256_BYTES);
  gw_statement_bind_text (insert, ":name", attachment->name);
  gw_statement_bind_text (insert, ":mime", attachment->mime);
  gw_statement_bind_int64 (insert, ":size", attachment->size);
  gw_statement_bind_text (insert, ":kind", attachment->kind);
  gw_statement_bind_int64 (insert, ":redacted", attachment->redacted ? 1 : 0);
  gw_statement_bind_int64 (insert, ":exif", attachment->exif_removed ? 1 : 0);
  gw_statement_bind_int64 (insert, ":sensitivity",
                           attachment->restricted ? GW_SENSITIVITY_RESTRICTED
                                                  : GW_SENSITIVITY_INTERNAL);
  gw_statement_bind_int64 (insert, ":at", attachment->at);
  gw_statement_bind_int64 (insert, ":account", attachment->account);
  if (!gw_statement_run (insert, error))
    return FALSE;
  attachment->id = sqlite3_last_insert_rowid (gw_db_handle (tx->db));
  return TRUE;
}

gboolean
gw_tx_add_attachment (GwTx *tx, GwAttachment *attachment, GBytes *content, GError **error)
{
  guint8 digest[crypto_hash_sha256_BYTES];
  char hex[2 * crypto_hash_sha256_BYTES + 1];
  gsize length = 0;
  gconstpointer bytes = g_bytes_get_data (content, &length);

  if (!check_attachment (attachment, content, error))
    return FALSE;
  crypto_hash_sha256 (digest, bytes, length);
  sodium_bin2hex (hex, sizeof hex, digest, sizeof digest);
  g_free (attachment->sha256);
  attachment->sha256 = g_strdup (hex);
  attachment->size = (gint64)length;
  attachment->at = tx->now;
  attachment->account = tx->actor->account;
  return write_body (tx, digest, bytes, length, error) && write_row (tx, attachment, digest, error);
}
