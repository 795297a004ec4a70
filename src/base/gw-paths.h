/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where the program finds its own parts. In this order: an environment variable, the source and
 * build folders when the running program lies in the build folder, the installed place. Nothing is
 * remembered: every call looks, so a test may change the environment. */

#include <glib.h>

G_BEGIN_DECLS

/* Whether the running program was not installed. */
gboolean gw_path_is_uninstalled (void);
/* A file of data/: GW_DATA_DIR, source data/ (then build data/), pkgdatadir. NULL for the folder.
 */
char *gw_path_data (const char *relative);
/* A helper program: GW_LIBEXEC_DIR, build src/cmd/ and src/, libexecdir. */
char *gw_path_helper (const char *name);
/* Folders with modules: GW_PLUGIN_PATH (parted by colons), build plugins/ and its folders,
 * plugindir. */
GStrv gw_path_plugins (void);
/* Message catalogues: GW_LOCALE_DIR, build po/, localedir. */
char *gw_path_locale (void);

G_END_DECLS
