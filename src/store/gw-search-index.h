/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The derived file "<store>.search".
 *
 * "words" and "initials" are contentless FTS5 tables with positions, so that a phrase is exact; the
 * title is a column of its own, for roles that see no more. Their rowids are dense numbers of texts
 * ("doc"). A changed text gets a new number and the old one goes to "dead", since a contentless
 * table could only delete what it is told word by word. Which matter a text belongs to is kept in
 * memory (4 bytes each) and in the table "doc". */

#include "gw-db-private.h"
#include "gw-search-set.h"
#include "gw-search-text.h"

G_BEGIN_DECLS

typedef struct _GwSearchIndex GwSearchIndex; /* any thread */

/* Of the file at @path, which need not exist; nothing is opened yet. */
GwSearchIndex *gw_search_index_new (const char *path);
void gw_search_index_free (GwSearchIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSearchIndex, gw_search_index_free)

/* ---- reading ---- */
typedef struct
{
  GwSearchIndex *index;
  GwDb *db;
  gint64 life;      /* which file it is */
  gint64 watermark; /* journal position up to which the index answers */
  guint8 hash[32];  /* of the journal there */
} GwSearchReader;

/* Takes a connection and a snapshot of the index; FALSE with @error when there is no usable one. */
gboolean gw_search_reader_begin (GwSearchReader *self, GwSearchIndex *index, GError **error);
void gw_search_reader_end (GwSearchReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GwSearchReader, gw_search_reader_end)

typedef enum
{
  GW_SEARCH_WORDS,
  GW_SEARCH_INITIALS
} GwSearchTable;
/* Adds to @set the matters whose current text fits @expression (FTS5 query language). @phrase: it
 * is a single phrase. */
gboolean gw_search_reader_match (GwSearchReader *self,
                                 GwSearchTable table,
                                 const char *expression,
                                 gboolean phrase,
                                 GwSearchSet *set,
                                 GCancellable *cancellable,
                                 GError **error);
/* The same for the texts from @from up to and without @to only. */
gboolean gw_search_reader_match_range (GwSearchReader *self,
                                       GwSearchTable table,
                                       const char *expression,
                                       gint64 from,
                                       gint64 to,
                                       GwSearchSet *set,
                                       GCancellable *cancellable,
                                       GError **error);
/* Texts have numbers below this. */
gint64 gw_search_reader_n_docs (GwSearchReader *self);
/* A matter that is at least as high as every matter of the texts below @doc, which is a multiple of
 * GW_SEARCH_BLOCK. */
guint32 gw_search_reader_highest (GwSearchReader *self, gint64 doc);
#define GW_SEARCH_BLOCK 512

/* ---- writing: one thread ---- */
/* Opens the file for writing, making or replacing it when it is missing, of another version or
 * damaged. *watermark: where to go on. */
gboolean gw_search_index_open_writer (GwSearchIndex *self,
                                      gint64 *watermark,
                                      guint8 hash[32],
                                      GError **error);
void gw_search_index_close_writer (GwSearchIndex *self);
/* Throws the file away and makes an empty one. */
gboolean gw_search_index_reset (GwSearchIndex *self, GError **error);

/* One transaction of puts; until commit readers see what was there before. */
gboolean gw_search_index_begin (GwSearchIndex *self, GError **error);
/* The text of a matter as it is now; nothing happens when it is the one that is indexed. */
gboolean gw_search_index_put (GwSearchIndex *self, const GwSearchText *text, GError **error);
gboolean gw_search_index_commit (GwSearchIndex *self,
                                 gint64 watermark,
                                 const guint8 hash[32],
                                 GError **error);
void gw_search_index_rollback (GwSearchIndex *self);
/* A little of the work of joining segments; *more FALSE when nothing is left. */
gboolean gw_search_index_tidy (GwSearchIndex *self, gboolean *more, GError **error);
/* More than a tenth of the texts are dead: worth a rebuild. */
gboolean gw_search_index_is_worn (GwSearchIndex *self);
/* Texts put since begin. */
guint gw_search_index_n_put (GwSearchIndex *self);

G_END_DECLS
