/*
 * echo_modem.h - a modem for load: as many client ids as there are, and every
 * request is answered with the TLV 0x7e that it carried.
 *
 * It is one process behind a Unix stream socket, or a pty.  Commands come on a
 * socket pair, one byte each; each is answered by a u32.
 */
#ifndef TESTS_LOAD_ECHO_MODEM_H
#define TESTS_LOAD_ECHO_MODEM_H

#include <stdbool.h>
#include <stdint.h>

#define ECHO_TAG 0x7e

enum echo_command {
	ECHO_IDS = 'i',		/* how many client ids are in use? */
	ECHO_UNPLUG = 'u',	/* the device goes; its ids are forgotten */
	ECHO_PLUG = 'p',
	ECHO_COUNT = 'c',	/* how many requests came? */
};

/*
 * Serves until the control socket is closed; never returns.  path: the socket,
 * or a symlink to the pty.  ready: closed when the device is there.
 */
_Noreturn void echo_modem(const char *path, bool pty, int control, int ready);

/* Asks it; returns its answer. */
uint32_t echo_ask(int control, enum echo_command command);

#endif
