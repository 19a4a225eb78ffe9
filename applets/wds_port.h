/*
 * wds_port.h - a data port with both of its sides, for the verbs that set them: what the modem
 * sends and takes (WDA; CTL where there is no WDA), and the kernel's interface (netdev.h).
 */
#ifndef APPLETS_WDS_PORT_H
#define APPLETS_WDS_PORT_H

#include "applets/netdev.h"
#include "applets/wds_link.h"

#define WDS_KEEP UINT32_MAX	/* in a wish: whatever the modem has */

/* The modem's format, or a wish for one. */
struct wds_format {
	uint32_t link;		/* enum wda_link_layer_protocol */
	uint32_t ul, dl;	/* enum wda_data_aggregation_protocol */
	uint32_t ul_size, ul_datagrams, dl_size, dl_datagrams;
};

#define WDS_FORMAT_KEEP (struct wds_format){ \
	WDS_KEEP, WDS_KEEP, WDS_KEEP, WDS_KEEP, WDS_KEEP, WDS_KEEP, WDS_KEEP }

struct wds_port {
	struct command *cmd;
	bool has_dev;
	struct netdev dev;
	struct wds_endpoint at;
	bool tell_endpoint;	/* the modem wants it, or the user */
	/* The modem's side, once it was asked; fields that it does not tell are WDS_KEEP. */
	bool known;		/* and said something */
	bool mute;		/* it cannot be asked: it has no WDA, or less of it */
	struct wds_format now;
	struct qmux_frame answer;	/* its last one, until the next request */
	struct qmux_message message;
};

/*
 * The command's port and its interface; interface is the value of --interface, or NULL.  needed:
 * that there is none is a failure.  *p must be closed, whatever is returned.  Exit code.
 */
int wds_port_open(struct command *cmd, const char *interface, bool needed, struct wds_port *p);
void wds_port_close(struct wds_port *p);

/* Says why the kernel did not do what ("switch it to raw-ip"); returns the exit code. */
int wds_port_failed(const struct wds_port *p, const char *what, int error);

/* Asks the modem.  One that cannot be asked is no failure: known is false then. */
int wds_port_ask(struct wds_port *p);

/*
 * Tells the modem, and reads back what it does now.  0, the positive QMI error, or
 * -1 - exit code.  That it does something else is seen in p->now only.
 */
int wds_port_tell(struct wds_port *p, const struct wds_format *wish);

/* Is what the modem does all that is wished for, sizes too? */
bool wds_port_does(const struct wds_port *p, const struct wds_format *wish);

/* A session is up on it, as far as can be seen: somebody's data would stop.  Exit code. */
int wds_port_check_idle(struct wds_port *p);

/*
 * Both sides: the modem first, then the kernel; where that fails the modem gets its old format
 * back.  Of sizes the modem may have taken smaller ones.  Exit code.
 */
int wds_port_set(struct wds_port *p, const struct wds_format *wish);

/* An option's value; *v stays where it is not given.  Exit code. */
int wds_option_number(const struct command *cmd, int option, uint32_t least, uint32_t most,
	uint32_t *v);

/* The keys driver, format, pass_through, up and mtu into the open object. */
void wds_show_netdev(struct sink *s, const struct netdev *d);

/* Names of values, or the numbers. */
const char *wds_format_name(uint32_t link, char text[QMUX_NAME_MAX]);
const char *wds_aggregation_name(uint32_t protocol, char text[QMUX_NAME_MAX]);

#endif
