/*
 * secret.h - PINs, PUKs and keys, from where nobody reads along.
 *
 * An argument (which is overwritten, so that ps shows it no longer), the lines of a
 * file, the environment, or the terminal without echo.
 */
#ifndef APPLETS_SECRET_H
#define APPLETS_SECRET_H

#include "applets/applet.h"

#define SECRET_MAX 64		/* bytes with NUL: the longest control keys have 32 digits */

struct secret {
	const char *name;	/* "PIN", as it is asked for */
	const char *env;
	unsigned min, max;	/* digits: what cannot be right costs no try */
	char text[SECRET_MAX];
};

/*
 * The n secrets of a command, the i-th from argument first + i or line i + 1 of file (NULL: no file;
 * "-": stdin).  secret_hide takes the arguments out of sight and belongs at the very start;
 * secret_read gets the rest, and returns an exit code.
 */
void secret_hide(struct command *cmd, int first, struct secret *secrets, int n);
int secret_read(struct command *cmd, const char *file, struct secret *secrets, int n);

#endif
