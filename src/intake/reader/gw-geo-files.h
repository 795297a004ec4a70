/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Lets GDAL read the one open input under a name of its own, so that it never opens a file. */

#include "gw-input.h"

G_BEGIN_DECLS

#define GW_GEO_FOLDER "/vsigridwork/"

/* Makes @input readable as GW_GEO_FOLDER + @name, and nothing else below that folder. Both are
 * borrowed for the life of the process. Once a process. */
gboolean gw_geo_files_install (const GwInput *input, const char *name);

G_END_DECLS
