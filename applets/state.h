/*
 * state.h - small files of key=value that outlive a command: what a session has.
 *
 * One file for a device and a name, DIR/DEVICE/NAME: DIR is STATE_DIR, or what STATE_ENV
 * says; it must be empty after a boot, as /run is.  DEVICE is the path without symlinks,
 * each '/' as '_'.  A file is written anew and renamed, so a reader sees all of it or
 * nothing.  What stands in one is trusted only where root or our own user wrote it and
 * nobody else could; what cannot be read as such a file is taken for none.
 */
#ifndef APPLETS_STATE_H
#define APPLETS_STATE_H

#include "applets/applet.h"

#define STATE_PARENT "/run"	/* made where there is none */
#define STATE_DIR STATE_PARENT "/qmitool"
#define STATE_ENV "QMITOOL_STATE"
#define STATE_MAX 2048		/* bytes of a file */
#define STATE_NAME_MAX 24	/* of [A-Za-z0-9_.-], not '.' first */
#define STATE_VALUE_MAX 512	/* bytes of a value; longer ones are refused (-E2BIG) */

struct state {
	int dir;		/* negative: there is none that can be used */
	int lock;		/* -1: not held */
	int error;		/* -errno that every save ends with; 0 */
	bool stale;		/* read, but of a device node that is no more: the modem has
				   been away since, or it is another one */
	char device[QMUX_PATH_MAX];
	char name[STATE_NAME_MAX + 1];
	size_t n;		/* bytes in use */
	char text[STATE_MAX];	/* "key=value" one after the other, each with its NUL */
};

bool state_name_valid(const char *name);

/*
 * Reads the file.  lock: waits until no other command has it open with lock, up to the
 * command's deadline, and keeps them out until state_close or state_unlock.
 *
 *	0		it is there (see stale)
 *	-ENOENT		there is none: fine, and empty
 *	-EBADMSG	what is there is none of ours, or nothing to rely on: the same, empty;
 *			state_save replaces it
 *	others		it cannot be kept (-EACCES, -EROFS …) or locked (-ETIMEDOUT, -EINTR)
 *
 * In all cases the state can be used and must be closed.  With the last kind, and without
 * lock, state_save fails.
 */
int state_open(const struct command *cmd, struct state *s, const char *device, const char *name,
	bool lock);

/* For who works on it for long: let others in, and later read it again.  As state_open. */
void state_unlock(struct state *s);
int state_lock(const struct command *cmd, struct state *s);

/* The value, until the next change; NULL: there is none. */
const char *state_get(const struct state *s, const char *key);
bool state_number(const struct state *s, const char *key, uint64_t *v);

/*
 * value NULL takes the key away.  A key is of [a-z0-9_.]; a value one line.  -EINVAL, -E2BIG: not
 * done, and state_save will fail so.  state_drop: all keys that start with prefix ("": all).
 */
int state_set(struct state *s, const char *key, const char *value);
int state_set_number(struct state *s, const char *key, uint64_t v);
void state_drop(struct state *s, const char *prefix);

int state_save(struct state *s);	/* 0 or -errno */
void state_remove(struct state *s);	/* the file; the keys stay until state_close */
void state_close(struct state *s);

/* The names that a device has files of; fn returns 0 to go on.  Returns what fn returned last, or 0. */
int state_each(const char *device, int (*fn)(void *ctx, const char *name), void *ctx);

#endif
