/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-input.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
gw_input_init_fd (GwInput *self, int fd)
{
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    return FALSE;
  *self = (GwInput){ .fd = fd, .size = (guint64)status.st_size };
  return TRUE;
}

void
gw_input_init_memory (GwInput *self, const guint8 *memory, gsize size)
{
  *self = (GwInput){ .fd = -1, .memory = memory, .size = size };
}

static gssize
read_file (const GwInput *self, guint64 offset, guint8 *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = pread (self->fd, bytes + done, length - done, (off_t)(offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break; /* the file became shorter under our hands */
      done += (gsize)n;
    }
  return (gssize)done;
}

gssize
gw_input_read_at (const GwInput *self, guint64 offset, guint8 *bytes, gsize length)
{
  if (offset >= self->size)
    return 0;
  length = MIN (length, self->size - offset);
  if (self->fd >= 0)
    return read_file (self, offset, bytes, length);
  memcpy (bytes, self->memory + offset, length);
  return (gssize)length;
}
