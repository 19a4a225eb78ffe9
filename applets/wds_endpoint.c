/* wds_endpoint.c - which network interface a command's port has, and which data port that is. */
#include "applets/wds_link.h"

#include "applets/netdev.h"
#include "applets/session.h"

#include <string.h>

#define ARPHRD_LOOPBACK 772	/* include/uapi/linux/if_arp.h */

/* Data ports that are not USB are one each: of PCIe modems (MHI), of the SoC's own (IPA). */
static const struct {
	const char *driver;
	uint8_t type, number;
} fixed_endpoints[] = {
	{ "mhi_net", DATA_ENDPOINT_TYPE_PCIE, 4 },
	{ "mhi-pci-generic", DATA_ENDPOINT_TYPE_PCIE, 4 },
	{ "ipa", DATA_ENDPOINT_TYPE_EMBEDDED, 1 },
};

static bool is_loopback(const char *name)
{
	struct netlink_link link = { 0 };
	struct netlink n;

	if (netlink_open(&n))
		return false;
	if (netlink_link(&n, name, &link))
		link.type = 0;
	netlink_close(&n);
	return link.type == ARPHRD_LOOPBACK;
}

int wds_link_check(struct command *cmd, const char *name)
{
	char path[QMUX_PATH_MAX], port[NETLINK_NAME_MAX];

	if (is_loopback(name))
		return say(cmd, EXIT_DEVICE, "%s is the loopback interface, and no modem's", name);
	if (session_device(cmd, path))
		return EXIT_DEVICE;
	if (!netdev_of_port(path, port) || !netdev_is_elsewhere(name, port))
		return EXIT_DONE;
	return say(cmd, EXIT_DEVICE, "%s is another device's interface; the modem's is %s", name,
		port);
}

int wds_link_iface(struct command *cmd, const char *chosen, char name[NETLINK_NAME_MAX])
{
	char path[QMUX_PATH_MAX];
	int ret;

	if (chosen && (!*chosen || strlen(chosen) >= NETLINK_NAME_MAX || strchr(chosen, '/')))
		return say(cmd, EXIT_USAGE, "'%s' is no name of a network interface", chosen);
	if (chosen) {
		strcpy(name, chosen);
		return EXIT_DONE;
	}
	ret = session_device(cmd, path);
	if (ret)
		return ret;
	if (!netdev_of_port(path, name))
		return say(cmd, EXIT_DEVICE, "no network interface is known for %s: name it with "
			"--interface", path);
	return EXIT_DONE;
}

struct wds_endpoint wds_endpoint_of(const char *name, const char *driver)
{
	int number = netdev_usb_interface(name);

	if (number >= 0)
		return (struct wds_endpoint){ DATA_ENDPOINT_TYPE_HSUSB, (unsigned)number };
	for (size_t i = 0; i < sizeof fixed_endpoints / sizeof *fixed_endpoints; i++)
		if (!strcmp(driver, fixed_endpoints[i].driver))
			return (struct wds_endpoint){ fixed_endpoints[i].type,
				fixed_endpoints[i].number };
	return (struct wds_endpoint){ 0 };
}

struct wds_endpoint wds_link_endpoint(const struct command *cmd)
{
	char path[QMUX_PATH_MAX], name[NETLINK_NAME_MAX], driver[NETDEV_DRIVER_MAX];

	if (session_device(cmd, path) || !netdev_of_port(path, name))
		return (struct wds_endpoint){ 0 };
	netdev_driver(name, driver);
	return wds_endpoint_of(name, driver);
}
