/* user_id.h - users and groups by name or number, without NSS: the binary is static. */
#ifndef APPLETS_USER_ID_H
#define APPLETS_USER_ID_H

#include <stdint.h>

#define USERS_FILE "/etc/passwd"
#define GROUPS_FILE "/etc/group"

/*
 * The uid or gid that a name or number means; file: USERS_FILE or GROUPS_FILE, whose lines
 * begin NAME:PASSWORD:ID (passwd(5), group(5)).  A number needs no file.  0; -ENOENT: nobody
 * has that name; -errno of reading the file.
 */
int user_id(const char *file, const char *name, int64_t *id);

#endif
