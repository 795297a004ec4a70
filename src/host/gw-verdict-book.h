/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is remembered of modules, by the SHA-256 of their file: what the examination said, and
 * whether a run of the program died in them. A mended build is another file and free at once.
 *
 * Strong evidence counts at once; weak evidence (a busy machine, a killed program) the second time
 * in a row. A damaged book is an empty one. One thread at a time. */

#include "gw-crumb-find.h"
#include "gw-verdict.h"

G_BEGIN_DECLS

typedef struct _GwVerdictBook GwVerdictBook;

/* Never fails. @examiner: the helper program; verdicts of another build of it are not believed, nor
 * messages in another language. Blocking. */
GwVerdictBook *gw_verdict_book_open (const char *path, const char *examiner);
/* Writes what changed; what cannot be written is asked again next time. Blocking. */
void gw_verdict_book_close (GwVerdictBook *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwVerdictBook, gw_verdict_book_close)

/* (transfer full): NULL when the module has to be examined (again). */
GwVerdict *gw_verdict_book_find (GwVerdictBook *self, const char *digest);
void gw_verdict_book_note (GwVerdictBook *self, const char *digest, const GwVerdict *verdict);

/* A run died inside the module. */
void gw_verdict_book_accuse (GwVerdictBook *self, const GwCrumbFinding *finding);
/* A run that had the module loaded ended well: what was weak is forgotten. */
void gw_verdict_book_acquit (GwVerdictBook *self, const char *digest);
/* (transfer full): why the module is quarantined; NULL when it is not. */
char *gw_verdict_book_dup_quarantine (GwVerdictBook *self, const char *digest);
/* Forgets the module: it is examined and loaded as if it were new. */
void gw_verdict_book_pardon (GwVerdictBook *self, const char *digest);

G_END_DECLS
