/*
 * wds_link.h - the link between the modem's data port and the kernel's network interface.
 *
 * Both sides have to agree on what a packet looks like: the modem's data format (WDA, or CTL
 * of old modems) and the kernel's (sysfs of qmi_wwan).  sysfs is read as the kernel has it; where
 * it is not mounted, there is nothing that can be set and nothing to do.
 *
 * Functions return an exit code, and have said what went wrong.
 */
#ifndef APPLETS_WDS_LINK_H
#define APPLETS_WDS_LINK_H

#include "applets/applet.h"
#include "applets/netlink.h"

#define WDS_MUX_MAX 254		/* mux ids are 1 to this */

/* ---- wds_endpoint.c ---- */

/*
 * The network interface of the command's port.  chosen: the value of --interface, which is
 * taken as it is, or NULL.
 */
int wds_link_iface(struct command *cmd, const char *chosen, char name[NETLINK_NAME_MAX]);

/* Before it is changed: is it clearly none of the modem's?  Then that is told.  Exit code. */
int wds_link_check(struct command *cmd, const char *name);

/* Which data port of the modem it is, as endpoint_info of WDA and bind_mux_data_port tells. */
struct wds_endpoint {
	unsigned type;		/* enum data_endpoint_type; 0: not known */
	unsigned number;
};

/* Of the command's port, by sysfs; type 0 where that does not tell.  Says nothing. */
struct wds_endpoint wds_link_endpoint(const struct command *cmd);

/* The same of an interface with that driver. */
struct wds_endpoint wds_endpoint_of(const char *name, const char *driver);

/* ---- wds_format.c, wds_link.c ---- */

/*
 * Make the modem's format and the kernel's agree, raw-ip where both can; what agrees already is
 * left alone.  The interface is taken down for the switch and up again afterwards if it was up.
 * An interface that is not qmi_wwan's is left alone: its format is fixed.  One with mux links
 * carries no session of its own, which is a failure.
 */
int wds_link_prepare(struct command *cmd, const char *iface);

/*
 * The mux link with this id on top of iface (qmimux0, or rmnet's): its name.  Exit code 3
 * where there is none.
 */
int wds_link_mux(struct command *cmd, const char *iface, unsigned mux_id,
	char name[NETLINK_NAME_MAX]);

/* ---- the verbs; rows of the table in wds.c ---- */

extern const struct option_row wds_format_options[];
extern const struct query wds_format_queries[];
int wds_format(struct command *cmd);

extern const struct option_row wds_link_options[];
extern const struct query wds_link_queries[];
extern const struct verb wds_link_actions[];	/* add, delete */
int wds_link_list(struct command *cmd);

extern const struct option_row wds_iface_options[];
extern const struct query wds_iface_queries[];
int wds_iface(struct command *cmd);

#endif
