/*
 * port.h - modem control ports: what they are called, and opening one.
 *
 * A port is a character device of cdc-wdm or the WWAN subsystem, a terminal
 * (an emulated modem's pty), or a Unix stream socket.  Facts about the kernel's
 * ports: drivers/usb/class/cdc-wdm.c, and experiments on Linux 6.1 and 6.12.
 */
#ifndef QMUX_PORT_H
#define QMUX_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define QMUX_PATH_MAX 256	/* a device path, with its NUL */
#define QMUX_PORTS_MAX 32	/* ports that a listing shows */

/* What names one device whatever path leads to it. */
struct qmux_port_id {
	dev_t dev;		/* st_rdev of a device, st_dev of a socket */
	ino_t ino;		/* 0 for a device, st_ino of a socket */
};

struct qmux_port {
	int fd;			/* non-blocking, close-on-exec; the caller closes it */
	struct qmux_port_id id;
	size_t max_message;	/* the longest frame that one write() may carry; cdc-wdm
				   cuts longer ones silently (IOCTL_WDM_MAX_COMMAND) */
	bool stream;		/* a terminal or socket: writes may be split and joined */
};

/*
 * The path of the device that a user means: a path, a symlink, or the name of a
 * netdev (wwan0) whose control port sysfs knows.  Where nothing fits, the name
 * is copied as it is and opening it tells why.  -ENAMETOOLONG.
 */
int qmux_port_resolve(const char *name, char path[QMUX_PATH_MAX]);

/* Who is behind a path?  -errno of stat(), or -ENOTTY: not a thing that can be a port. */
int qmux_port_identify(const char *path, struct qmux_port_id *id);

/*
 * Open it.  -errno: ENOENT, EACCES, EBUSY, ENODEV …; ENOTTY: neither a character
 * device nor a socket; ECONNREFUSED: a socket that nobody listens on; EAGAIN: one whose
 * backlog is full.
 */
int qmux_port_open(struct qmux_port *port, const char *path);

/*
 * The same for one who does not share: -EBUSY where another process is seen to hold
 * it, by its lock (flock) or, where /proc can be read, by its descriptors.
 */
int qmux_port_open_alone(struct qmux_port *port, const char *path);

/*
 * Close it.  close() of a cdc-wdm port waits for a command that the modem does not take, up to
 * 30 s, but interruptibly (drivers/usb/class/cdc-wdm.c, wdm_flush): a timer interrupts it.  The
 * descriptor is closed all the same.  Uses SIGALRM and ITIMER_REAL meanwhile.
 */
void qmux_port_close(int fd);

#define QMUX_CLOSE_MS 1		/* close() may wait so long, then the signal comes */

/*
 * A process other than ours that has the device open: its pid, or 0 where there is none or
 * /proc does not tell (it shows other users' descriptors to root only).
 */
pid_t qmux_port_holder(const struct qmux_port_id *id);

/* The USB vendor id of what is behind a path; 0: not USB, or sysfs does not tell. */
uint16_t qmux_port_usb_vendor(const char *path);

struct qmux_port_info {
	char path[QMUX_PATH_MAX];	/* /dev/cdc-wdm0 */
	char driver[32];		/* qmi_wwan; empty where sysfs does not tell */
	char netdev[32];		/* wwan0; empty where there is none */
	uint16_t usb_vendor, usb_product;	/* 0: not USB, or unknown */
};

/*
 * The QMI control ports of this machine, sorted by path: from sysfs where it is
 * mounted, otherwise the device nodes that are there.  Returns how many.
 */
size_t qmux_port_list(struct qmux_port_info *list, size_t max);

#endif
