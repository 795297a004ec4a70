/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What each fuzz target defines: one input, no state kept, an abort when a promise is broken.
 * libFuzzer calls it when built with clang and -Dfuzz=true; replay.c calls it in every build. */

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
