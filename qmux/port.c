#include "port.h"

#include "format.h"
#include "frame.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

/* include/uapi/linux/usb/cdc-wdm.h: the longest command that the device takes */
#define IOCTL_WDM_MAX_COMMAND _IOR('H', 0xA0, uint16_t)

#define USB_PARENTS_MAX 4	/* from a port up to its USB device */

/* ---- opening ---- */

int qmux_port_identify(const char *path, struct qmux_port_id *id)
{
	struct stat st;

	if (stat(path, &st))
		return -errno;
	if (S_ISCHR(st.st_mode))
		*id = (struct qmux_port_id){ st.st_rdev, 0 };
	else if (S_ISSOCK(st.st_mode))
		*id = (struct qmux_port_id){ st.st_dev, st.st_ino };
	else
		return -ENOTTY;
	return 0;
}

static int open_socket(const char *path)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	int fd, ret;

	if (strlen(path) >= sizeof sun.sun_path)
		return -ENAMETOOLONG;
	strcpy(sun.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (!connect(fd, (struct sockaddr *)&sun, sizeof sun))
		return fd;
	ret = -errno;
	close(fd);
	return ret;
}

/* A terminal would edit and echo; frames are bytes. */
static void make_raw(int fd)
{
	struct termios t;

	if (tcgetattr(fd, &t))
		return;
	t.c_iflag = 0;
	t.c_oflag = 0;
	t.c_lflag = 0;
	t.c_cflag = (t.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8 | CREAD | CLOCAL;
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	tcsetattr(fd, TCSANOW, &t);
}

int qmux_port_open(struct qmux_port *port, const char *path)
{
	uint16_t longest;
	int ret = qmux_port_identify(path, &port->id);

	if (ret)
		return ret;
	port->max_message = QMUX_FRAME_MAX;
	port->stream = true;
	if (port->id.ino) {
		port->fd = open_socket(path);
		return port->fd < 0 ? port->fd : 0;
	}
	port->fd = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (port->fd < 0)
		return -errno;
	if (isatty(port->fd)) {
		make_raw(port->fd);
		return 0;
	}
	port->stream = false;
	if (!ioctl(port->fd, IOCTL_WDM_MAX_COMMAND, &longest) && longest >= QMUX_FRAME_MIN)
		port->max_message = longest;
	return 0;
}

static void on_alarm(int number)
{
	(void)number;
}

void qmux_port_close(int fd)
{
	const struct itimerval never = { 0 }, soon = {
		{ 0, QMUX_CLOSE_MS * 1000 }, { 0, QMUX_CLOSE_MS * 1000 }
	};
	struct sigaction sa = { .sa_handler = on_alarm }, before;
	sigset_t alarm, mask;

	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	sigaction(SIGALRM, &sa, &before);
	sigprocmask(SIG_UNBLOCK, &alarm, &mask);
	setitimer(ITIMER_REAL, &soon, NULL);
	close(fd);
	setitimer(ITIMER_REAL, &never, NULL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGALRM, &before, NULL);
}

/* ---- names ---- */

/* The name of the first directory entry under dir that starts with a prefix. */
static bool first_entry(const char *dir, const char *prefix, char *name, size_t n)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	bool found = false;

	while (d && !found && (e = readdir(d)))
		if (e->d_name[0] != '.' && !strncmp(e->d_name, prefix, strlen(prefix)) &&
		    strlen(e->d_name) < n) {
			strcpy(name, e->d_name);
			found = true;
		}
	if (d)
		closedir(d);
	return found;
}

/*
 * The control port beside a netdev: drivers/net/usb/qmi_wwan.c registers both on one
 * USB interface, drivers/net/wwan puts both under one wwanN.
 */
static bool port_of_netdev(const char *netdev, char *name, size_t n)
{
	static const char *const places[][2] = {
		{ "device/usbmisc", "cdc-wdm" }, { "device/wwan", "wwan" }, { "device", "wwan" },
	};
	char dir[QMUX_PATH_MAX];

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		qmux_format(dir, sizeof dir, "/sys/class/net/%s/%s", netdev, places[i][0]);
		if (!first_entry(dir, places[i][1], name, n))
			continue;
		if (strncmp(name, "wwan", 4) || qmux_find(name, "qmi"))
			return true;
		qmux_format(dir, sizeof dir, "/sys/class/wwan/%.32s", name);
		if (first_entry(dir, "wwan", name, n) && qmux_find(name, "qmi"))
			return true;
	}
	return false;
}

int qmux_port_resolve(const char *name, char path[QMUX_PATH_MAX])
{
	char port[64];

	if (strlen(name) >= QMUX_PATH_MAX - sizeof "/dev/")
		return -ENAMETOOLONG;
	strcpy(path, name);
	if (strchr(name, '/'))
		return 0;
	qmux_format(path, QMUX_PATH_MAX, "/dev/%s", name);
	if (!access(path, F_OK))
		return 0;
	if (port_of_netdev(name, port, sizeof port))
		qmux_format(path, QMUX_PATH_MAX, "/dev/%s", port);
	else
		strcpy(path, name);
	return 0;
}

/* ---- what is there ---- */

static void link_name(const char *link, char *name, size_t n)
{
	char target[PATH_MAX], *slash;
	ssize_t len = readlink(link, target, sizeof target - 1);

	if (len <= 0)
		return;
	target[len] = '\0';
	slash = strrchr(target, '/');
	qmux_format(name, n, "%.*s", (int)n - 1, slash ? slash + 1 : target);
}

static uint16_t hex_file(const char *path)
{
	char text[8];
	uint64_t v;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return 0;
	if (read(fd, text + 2, 4) != 4)
		text[2] = '\0';
	close(fd);
	memcpy(text, "0x", 2);
	return qmux_parse_uint(text, 6, &v) ? (uint16_t)v : 0;
}

/* What sysfs knows: class/NAME/device is the USB interface, its parent the device. */
static void look_up(struct qmux_port_info *info, const char *class, const char *name)
{
	char at[QMUX_PATH_MAX], path[QMUX_PATH_MAX + 32];

	qmux_format(info->path, sizeof info->path, "/dev/%.64s", name);
	qmux_format(at, sizeof at, "/sys/class/%s/%.64s/device", class, name);
	qmux_format(path, sizeof path, "%s/driver", at);
	link_name(path, info->driver, sizeof info->driver);
	/* Of a port of the WWAN subsystem the device is wwanN; a USB netdev is its parent's. */
	qmux_format(path, sizeof path, "%s/net", at);
	if (!first_entry(path, "", info->netdev, sizeof info->netdev)) {
		qmux_format(path, sizeof path, "%s/device/net", at);
		first_entry(path, "", info->netdev, sizeof info->netdev);
	}
	qmux_format(path, sizeof path, "%s/../idVendor", at);
	info->usb_vendor = hex_file(path);
	qmux_format(path, sizeof path, "%s/../idProduct", at);
	info->usb_product = hex_file(path);
}

uint16_t qmux_port_usb_vendor(const char *path)
{
	char at[QMUX_PATH_MAX], file[QMUX_PATH_MAX + 16];
	struct qmux_port_id id;
	uint16_t vendor = 0;

	if (qmux_port_identify(path, &id) || id.ino)
		return 0;
	qmux_format(at, sizeof at, "/sys/dev/char/%u:%u/device", major(id.dev), minor(id.dev));
	/* The interface is the device of a cdc-wdm; with the WWAN subsystem two more stand between. */
	for (int up = 0; up < USB_PARENTS_MAX && !vendor; up++) {
		strcat(at, "/..");
		qmux_format(file, sizeof file, "%s/idVendor", at);
		vendor = hex_file(file);
	}
	return vendor;
}

static bool is_qmi(const char *name, const struct qmux_port_info *info)
{
	if (!strncmp(name, "wwan", 4))
		return qmux_find(name, "qmi");
	/* cdc-wdm serves MBIM, Huawei NCM and others, too. */
	return !strncmp(name, "cdc-wdm", 7) &&
		(!info->driver[0] || !strcmp(info->driver, "qmi_wwan"));
}

static size_t add_from(const char *dir, const char *class, struct qmux_port_info *list, size_t n,
	size_t max)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d && n < max && (e = readdir(d))) {
		struct qmux_port_info info = { .path = "" };
		size_t i;

		if (strncmp(e->d_name, "cdc-wdm", 7) && strncmp(e->d_name, "wwan", 4))
			continue;
		look_up(&info, class, e->d_name);
		for (i = 0; i < n && strcmp(list[i].path, info.path); i++)
			;
		if (i == n && is_qmi(e->d_name, &info))
			list[n++] = info;
	}
	if (d)
		closedir(d);
	return n;
}

/* cdc-wdm10 after cdc-wdm9. */
static bool stands_after(const char *x, const char *y)
{
	return strlen(x) != strlen(y) ? strlen(x) > strlen(y) : strcmp(x, y) > 0;
}

static void sort_by_path(struct qmux_port_info *list, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j && stands_after(list[j - 1].path, list[j].path); j--) {
			struct qmux_port_info other = list[j];

			list[j] = list[j - 1];
			list[j - 1] = other;
		}
}

size_t qmux_port_list(struct qmux_port_info *list, size_t max)
{
	size_t n = 0;

	n = add_from("/sys/class/usbmisc", "usbmisc", list, n, max);
	n = add_from("/sys/class/wwan", "wwan", list, n, max);
	if (!n)		/* no sysfs: an early initramfs */
		n = add_from("/dev", "usbmisc", list, n, max);
	sort_by_path(list, n);
	return n;
}
