/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Text as people type it: folding for comparison, width, scanning for personal data, masking. */

#include <glib.h>

G_BEGIN_DECLS

/* Trim, collapse white space, full-width to half-width (NFKC), lower case: for matching, not for
 * showing. */
char *gw_text_fold (const char *text);
/* Trim and collapse only; keeps what people will read. */
char *gw_text_tidy (const char *text);
gsize gw_text_length (const char *text); /* Unicode characters */
gboolean gw_text_is_blank (const char *text);
/* First @n characters, with an ellipsis when cut. */
char *gw_text_ellipsize (const char *text, gsize n);

typedef enum
{
  GW_PERSONAL_NONE = 0,
  GW_PERSONAL_ID_NUMBER = 1 << 0, /* 18 digits with a valid GB 11643 check digit */
  GW_PERSONAL_MOBILE = 1 << 1,    /* 11 digits 1[3-9]… not inside a longer number */
} GwPersonal;
/* What free text holds that belongs into the vault only; @offset (nullable) is the byte of the
 * first find. */
GwPersonal gw_text_find_personal (const char *text, gsize *offset);

/* The same text with every such number covered by dots. */
char *gw_text_mask_personal (const char *text);

/* Pinyin initials of a text, one lower-case letter per Han character (most frequent reading), ASCII
 * letters and digits kept: "物业纠纷" -> "wyjf". Table derived from Unihan. */
char *gw_text_initials (const char *text);
/* TRUE when @initials occurs in some reading of @text (polyphones: every reading of Unihan counts).
 */
gboolean gw_text_matches_initials (const char *text, const char *initials);

G_END_DECLS
