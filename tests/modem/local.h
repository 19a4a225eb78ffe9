/* local.h - Unix stream sockets at a path. */
#ifndef LOCAL_H
#define LOCAL_H

#include <sys/types.h>

/* Removes what an earlier one of us may have left at path: a file of that type (S_IFSOCK, S_IFLNK)
   and no other.  0 or -errno; -EEXIST where something else is there. */
int local_make_way(const char *path, mode_t type);

/* Non-blocking, close-on-exec; the descriptor or -errno. */
int local_listen(const char *path);

/* Blocking, close-on-exec; the descriptor or -errno. */
int local_connect(const char *path);

#endif
