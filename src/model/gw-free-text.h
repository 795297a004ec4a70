/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Free text that goes into a record: tidy, of bounded length, without personal data. */

#include <glib.h>

G_BEGIN_DECLS

/* Trims every line end and the whole, makes line ends LF; keeps paragraphs. Transfer full. */
char *gw_free_text_tidy (const char *text);
/* Length in characters, UTF-8, no control characters, and unless @personal_allowed no ID number and
 * no mobile number (domain.md 4c.2). Errors are GW_ERROR_INVALID, begin with @label and do not
 * repeat what was found. */
gboolean gw_free_text_check (const char *label,
                             const char *text,
                             gsize max_length,
                             gboolean personal_allowed,
                             GError **error);

G_END_DECLS
