/*
 * tun.h - the data plane: tun devices that stand for the modem's network interfaces.
 *
 * Raw IP, in the network namespace that the program runs in.  They are left down and without an
 * address, and go when they are closed.
 */
#ifndef TUN_H
#define TUN_H

#include "modem.h"

#include <poll.h>

enum { TUN_LINKS_MAX = 4, TUN_POLL = TUN_LINKS_MAX };

struct tun;

/* Specs: "IFNAME" or "IFNAME=MUXID" for the link of a mux id; they must outlive it.  NULL and a
   message on stderr if it fails. */
struct tun *tun_new(struct modem *m, const char *const *specs, int n);
void tun_free(struct tun *t);

/* An unplugged modem has no interfaces.  Where they cannot come back they stay away. */
void tun_plugged(struct tun *t, bool plugged);

void tun_poll(const struct tun *t, struct pollfd fds[TUN_POLL]);
void tun_run(struct tun *t, const struct pollfd fds[TUN_POLL]);

#endif
