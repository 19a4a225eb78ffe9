/* netdev.c - the network interface of a modem, in sysfs and netlink. */
#include "applets/netdev.h"

#include "qmux/format.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define SYS_PATH_MAX 128
#define PARENTS_MAX 4		/* from an interface up to what has a driver */
#define SYS_TEXT_MAX 4096	/* what an attribute holds at most */
#define ARPHRD_ETHER 1		/* include/uapi/linux/if_arp.h */
#define ARPHRD_NONE 0xfffe
#define ARPHRD_RAWIP 519
#define SCOPE_GLOBAL 0		/* RT_SCOPE_UNIVERSE */

/* ---- sysfs ---- */

static void sys_path(char path[SYS_PATH_MAX], const char *name, const char *what)
{
	qmux_format(path, SYS_PATH_MAX, "/sys/class/net/%s/%s", name, what);
}

static int sys_open(const char *name, const char *what, int flags)
{
	char path[SYS_PATH_MAX];
	int fd;

	sys_path(path, name, what);
	fd = open(path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* What an attribute says, without its last newline: the length, or -errno. */
static int sys_read(const char *name, const char *what, char *text, size_t n)
{
	int fd = sys_open(name, what, O_RDONLY), error;
	ssize_t len;

	if (fd < 0)
		return fd;
	len = read(fd, text, n - 1);
	error = errno;
	close(fd);
	if (len < 0)
		return -error;
	if (len && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
	return (int)len;
}

static int sys_write(const char *name, const char *what, const char *text)
{
	int fd = sys_open(name, what, O_WRONLY), error;
	ssize_t len;

	if (fd < 0)
		return fd;
	len = write(fd, text, strlen(text));
	error = errno;
	close(fd);
	return len < 0 ? -error : 0;
}

/* 1 or 0 of a boolean attribute; negative: it is not there, or says neither. */
static int sys_bool(const char *name, const char *what)
{
	char text[8];
	int ret = sys_read(name, what, text, sizeof text);

	if (ret < 0)
		return ret;
	return !strcmp(text, "Y") ? 1 : !strcmp(text, "N") ? 0 : -EINVAL;
}

/* The nearest of its parents that has a driver: with the WWAN subsystem some stand between. */
void netdev_driver(const char *name, char driver[NETDEV_DRIVER_MAX])
{
	char path[SYS_PATH_MAX], target[QMUX_PATH_MAX], *slash;
	char up[SYS_PATH_MAX / 2] = "device";
	ssize_t len = -1;

	for (int i = 0; i < PARENTS_MAX && len < 0; i++) {
		strcat(up, i ? "/.." : "");
		sys_path(path, name, up);
		strcat(path, "/driver");
		len = readlink(path, target, sizeof target - 1);
	}
	target[len < 0 ? 0 : len] = '\0';
	slash = strrchr(target, '/');
	qmux_format(driver, NETDEV_DRIVER_MAX, "%s", slash ? slash + 1 : target);
}

bool netdev_of_port(const char *path, char name[NETLINK_NAME_MAX])
{
	struct qmux_port_info list[QMUX_PORTS_MAX];
	size_t n = qmux_port_list(list, QMUX_PORTS_MAX);
	struct qmux_port_id id, other;

	if (qmux_port_identify(path, &id))
		return false;
	for (size_t i = 0; i < n; i++)
		if (list[i].netdev[0] && strlen(list[i].netdev) < NETLINK_NAME_MAX &&
		    !qmux_port_identify(list[i].path, &other) &&
		    other.dev == id.dev && other.ino == id.ino) {
			strcpy(name, list[i].netdev);
			return true;
		}
	return false;
}

int netdev_usb_interface(const char *name)
{
	char text[8] = "0x";
	uint64_t v;
	int n = sys_read(name, "device/bInterfaceNumber", text + 2, sizeof text - 2);

	return n > 0 && qmux_parse_uint(text, (size_t)n + 2, &v) ? (int)v : -1;
}

/* "1-1" of the USB interface 1-1:1.4, "0000:00" of a PCI function; "": no such hardware. */
static void device_of(const char *name, char text[SYS_PATH_MAX])
{
	char path[SYS_PATH_MAX], target[QMUX_PATH_MAX], *last, *colon;
	ssize_t len;

	sys_path(path, name, "device");
	len = readlink(path, target, sizeof target - 1);
	target[len < 0 ? 0 : len] = '\0';
	last = strrchr(target, '/');
	last = last ? last + 1 : target;
	colon = strrchr(last, ':');
	qmux_format(text, SYS_PATH_MAX, "%.*s", colon ? (int)(colon - last) : 0, last);
}

bool netdev_is_elsewhere(const char *name, const char *usb)
{
	char ours[SYS_PATH_MAX], its[SYS_PATH_MAX];

	if (netdev_usb_interface(usb) < 0)
		return false;
	device_of(usb, its);
	device_of(name, ours);
	return ours[0] && its[0] && strcmp(ours, its);
}

/* ---- mux links ---- */

/* Where its index belongs: in the order in which they were made. */
static void add_link(struct netdev *d, const struct netlink_link *l, unsigned id, bool rmnet)
{
	struct netdev_mux *mux = &d->mux[d->n_mux];

	if (d->n_mux == NETDEV_MUX_MAX)
		return;
	d->n_mux++;
	for (; mux > d->mux && mux[-1].index > l->index; mux--)
		*mux = mux[-1];
	*mux = (struct netdev_mux){
		.index = l->index, .id = id, .rmnet = rmnet, .up = l->up, .mtu = l->mtu,
	};
	strcpy(mux->name, l->name);
}

static int find_rmnet(void *ctx, const struct netlink_link *l)
{
	struct netdev *d = ctx;

	if (l->parent == d->link.index && !strcmp(l->kind, "rmnet") && l->mux_id > 0)
		add_link(d, l, (unsigned)l->mux_id, true);
	return 0;
}

/* qmi_wwan's links are no kind of link to netlink: sysfs has "upper_NAME" for what is on top. */
static void find_qmimux(struct netdev *d)
{
	char path[SYS_PATH_MAX], text[16];
	struct dirent *e;
	DIR *dir;

	sys_path(path, d->link.name, "");
	dir = opendir(path);
	while (dir && (e = readdir(dir))) {
		struct netlink_link l;
		uint64_t id = 0;
		int n;

		if (strncmp(e->d_name, "upper_", 6) || netlink_link(&d->nl, e->d_name + 6, &l))
			continue;
		n = sys_read(l.name, "qmap/mux_id", text, sizeof text);
		if (n < 0 && l.kind[0])
			continue;	/* a VLAN, a bridge */
		if (n > 0)
			qmux_parse_uint(text, (size_t)n, &id);
		add_link(d, &l, (unsigned)id, false);
	}
	if (dir)
		closedir(dir);
}

/* qmi/add_mux tells the ids of all links, in the order in which they were made: the nth, or 0. */
static unsigned nth_id(const char *text, unsigned nth)
{
	uint64_t id;

	for (; *text; text += text[strcspn(text, "\n")] ? strcspn(text, "\n") + 1 : strlen(text))
		if (qmux_parse_uint(text, strcspn(text, "\n"), &id) && !nth--)
			return (unsigned)id;
	return 0;
}

/* Before Linux 5.12 a link does not tell its id; indexes have that order, too. */
static void guess_ids(struct netdev *d)
{
	char text[SYS_TEXT_MAX];

	if (sys_read(d->link.name, "qmi/add_mux", text, sizeof text) < 0)
		return;
	for (unsigned i = 0; i < d->n_mux; i++)
		if (!d->mux[i].rmnet && !d->mux[i].id)
			d->mux[i].id = nth_id(text, i);
}

static int find_links(struct netdev *d)
{
	bool known = true;
	int ret;

	d->n_mux = 0;
	ret = netlink_links(&d->nl, find_rmnet, d);
	if (ret)
		return ret;
	if (d->can_mux)
		find_qmimux(d);
	for (unsigned i = 0; i < d->n_mux; i++)
		known &= d->mux[i].id != 0;
	if (!known)
		guess_ids(d);
	return 0;
}

const struct netdev_mux *netdev_mux(const struct netdev *d, unsigned id, const char *name)
{
	for (unsigned i = 0; i < d->n_mux; i++)
		if (name ? !strcmp(d->mux[i].name, name) : d->mux[i].id == id)
			return &d->mux[i];
	return NULL;
}

/* ---- what there is ---- */

static enum netdev_format format_of_type(unsigned type)
{
	return type == ARPHRD_ETHER ? NETDEV_802_3 :
		type == ARPHRD_NONE || type == ARPHRD_RAWIP ? NETDEV_RAW_IP : NETDEV_UNKNOWN;
}

static bool sys_has(const char *name, const char *what)
{
	char path[SYS_PATH_MAX];

	sys_path(path, name, what);
	return !access(path, F_OK);
}

/* The version of IP in the first four bits: 4a:2f:56:2d:0e:49.  In raw-ip mode there is no address. */
static bool is_mistaken(const char *name)
{
	char text[sizeof "00:00:00:00:00:00\n"];

	return sys_read(name, "address", text, sizeof text) > 0 && (text[0] == '4' || text[0] == '6');
}

int netdev_open(struct netdev *d, const char *name)
{
	int ret;

	d->n_mux = 0;
	ret = netlink_open(&d->nl);
	if (!ret)
		ret = netlink_link(&d->nl, name, &d->link);
	if (ret)
		return ret;
	netdev_driver(name, d->driver);
	d->can_mux = sys_has(name, "qmi/add_mux");
	ret = sys_bool(name, "qmi/pass_through");
	d->can_pass_through = ret >= 0;
	d->pass_through = ret > 0;
	ret = sys_bool(name, "qmi/raw_ip");
	d->can_raw_ip = ret >= 0;
	d->mistaken = d->can_raw_ip && is_mistaken(name);
	d->format = ret < 0 ? format_of_type(d->link.type) : ret ? NETDEV_RAW_IP : NETDEV_802_3;
	return find_links(d);
}

void netdev_close(struct netdev *d)
{
	netlink_close(&d->nl);
}

struct search {
	const struct netdev *d;
	bool found;
};

static int is_ours(void *ctx, const struct netlink_addr *a)
{
	struct search *s = ctx;

	if (a->scope == SCOPE_GLOBAL && a->index == s->d->link.index)
		s->found = true;
	for (unsigned i = 0; i < s->d->n_mux; i++)
		if (a->scope == SCOPE_GLOBAL && a->index == s->d->mux[i].index)
			s->found = true;
	return 0;
}

bool netdev_in_use(struct netdev *d)
{
	struct search s = { .d = d };

	return d->link.up && !netlink_addresses(&d->nl, 0, is_ours, &s) && s.found;
}

/* ---- switching ---- */

int netdev_may_set(const struct netdev *d)
{
	char path[SYS_PATH_MAX];

	sys_path(path, d->link.name, "qmi/raw_ip");
	return access(path, W_OK) ? -errno : 0;
}

/* Write, and see that it is so. */
static int set_bool(const char *name, const char *what, bool on)
{
	int ret = sys_write(name, what, on ? "Y\n" : "N\n");

	if (ret)
		return ret;
	ret = sys_bool(name, what);
	return ret < 0 ? ret : ret == on ? 0 : -EIO;
}

int netdev_set_format(struct netdev *d, enum netdev_format format)
{
	int ret = 0, back = 0;

	if (d->format == format)
		return 0;
	/* raw_ip_store() refuses an interface that is up. */
	if (d->link.up)
		ret = netlink_set_up(&d->nl, d->link.index, false);
	if (ret)
		return ret;
	ret = set_bool(d->link.name, "qmi/raw_ip", format == NETDEV_RAW_IP);
	if (d->link.up)
		back = netlink_set_up(&d->nl, d->link.index, true);
	if (!ret)
		d->format = format;
	return ret ? ret : back;
}

int netdev_set_pass_through(struct netdev *d, bool on)
{
	int ret;

	if (d->pass_through == on)
		return 0;
	ret = set_bool(d->link.name, "qmi/pass_through", on);
	if (!ret)
		d->pass_through = on;
	return ret;
}

static int set_mtu(struct netdev *d, unsigned size)
{
	int ret = netlink_set_mtu(&d->nl, d->link.index, size);

	/* usbnet_change_mtu() refuses multiples of the endpoint's packet size. */
	if (ret == -EDOM)
		ret = netlink_set_mtu(&d->nl, d->link.index, ++size);
	if (!ret)
		d->link.mtu = size;
	return ret;
}

/*
 * Some kernels (Linux 6.1.192 is one) have a limit of 1500 from usbnet_probe(), which commit
 * 55f854dd5bdd took away again; qmi_wwan_netdev_setup() lifts it whenever raw-ip is left.
 */
int netdev_receive(struct netdev *d, unsigned size)
{
	int ret = d->link.mtu >= size ? 0 : set_mtu(d, size);

	if (ret != -EINVAL || d->format != NETDEV_RAW_IP || d->pass_through || d->n_mux ||
	    (netdev_in_use(d) && !d->force) || netdev_set_format(d, NETDEV_802_3))
		return ret;
	ret = netdev_set_format(d, NETDEV_RAW_IP);
	return ret ? ret : set_mtu(d, size);
}

/* ---- making and deleting mux links ---- */

/* Write, and see that it is so. */
static int write_mux(const struct netdev *d, const char *what, unsigned id, bool wanted)
{
	char text[SYS_TEXT_MAX];
	unsigned n = 0, other;
	int ret;

	qmux_format(text, sizeof text, "0x%02x\n", id);
	ret = sys_write(d->link.name, what, text);
	if (ret)
		return ret;
	ret = sys_read(d->link.name, "qmi/add_mux", text, sizeof text);
	if (ret < 0)
		return ret;
	while ((other = nth_id(text, n)) && other != id)
		n++;
	return wanted == (other == id) ? 0 : -EIO;
}

static int set_qmimux(struct netdev *d, unsigned id, bool wanted)
{
	const char *what = wanted ? "qmi/add_mux" : "qmi/del_mux";
	int ret = write_mux(d, what, id, wanted), back;

	if (ret != -EBUSY || !d->link.up || (netdev_in_use(d) && !d->force))
		return ret;
	ret = netlink_set_up(&d->nl, d->link.index, false);
	if (ret)
		return ret;
	ret = write_mux(d, what, id, wanted);
	back = netlink_set_up(&d->nl, d->link.index, true);
	return ret ? ret : back;
}

int netdev_add_mux(struct netdev *d, unsigned id, const char *name, bool rmnet, uint32_t flags,
	const struct netdev_mux **mux)
{
	int ret = rmnet ? netlink_add_rmnet(&d->nl, d->link.index, name, id, flags) :
		set_qmimux(d, id, true);

	if (!ret)
		ret = find_links(d);
	if (ret)
		return ret;
	*mux = netdev_mux(d, id, NULL);
	if (!*mux)
		return -EIO;
	if (rmnet || !*name)
		return 0;
	ret = netlink_rename(&d->nl, (*mux)->index, name);
	if (ret) {
		set_qmimux(d, id, false);
		return ret;
	}
	strcpy(d->mux[*mux - d->mux].name, name);
	return 0;
}

int netdev_delete_mux(struct netdev *d, const struct netdev_mux *mux)
{
	unsigned id = mux->id;
	int ret = mux->rmnet ? netlink_delete_link(&d->nl, mux->index) :
		set_qmimux(d, id, false);

	if (!ret)
		ret = find_links(d);
	return ret ? ret : netdev_mux(d, id, NULL) ? -EIO : 0;
}
