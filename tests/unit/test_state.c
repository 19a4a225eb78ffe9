/* State files: what is written is read back, and what is no such file is taken for none. */
#include "tap.h"
#include "applets/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char base[] = "/tmp/qmitool-state.XXXXXX", device[64], file[256];
static struct command cmd = { .deadline = QMUX_NEVER };
static struct state s;		/* the one under test */

static void shell(const char *command, const char *path)
{
	char text[512];

	snprintf(text, sizeof text, command, path);
	if (system(text))
		abort();
}

static void begin(void)
{
	char real[200];

	if (!mkdtemp(base))
		abort();
	snprintf(device, sizeof device, "%s/dev", base);
	close(open(device, O_CREAT | O_WRONLY, 0600));
	snprintf(real, sizeof real, "%s/state", base);
	setenv(STATE_ENV, real, 1);
	/* "/tmp/x/dev" is "_tmp_x_dev" */
	snprintf(file, sizeof file, "%s/state/%s/wan", base, device);
	for (char *p = strchr(file, 0) - strlen(device) - 4; *p && strncmp(p, "/wan", 4); p++)
		if (*p == '/')
			*p = '_';
}

static void write_file(const void *data, size_t n)
{
	int fd;

	unlink(file);
	fd = open(file, O_CREAT | O_WRONLY | O_TRUNC, 0600);
	if (fd < 0 || write(fd, data, n) != (ssize_t)n)
		abort();
	close(fd);
}

static int look(void)
{
	int ret = state_open(&cmd, &s, device, "wan", false);

	state_close(&s);
	return ret;
}

static void test_names(void)
{
	ok(state_name_valid("wan") && state_name_valid("a.b-C_9"), "names");
	ok(!state_name_valid("") && !state_name_valid(".") && !state_name_valid("..") &&
		!state_name_valid(".a"), "none that a directory has, or that hides");
	ok(!state_name_valid("a/b") && !state_name_valid("a b") && !state_name_valid("a\n") &&
		!state_name_valid("\xc3\xa4"), "nor other characters");
	ok(state_name_valid("123456789012345678901234") &&
		!state_name_valid("1234567890123456789012345"), "24 bytes at most");
}

static void test_keys(void)
{
	uint64_t v;

	is_int(look(), -ENOENT, "nothing is there, and looking makes nothing");
	ok(access(file, F_OK), "no file");
	is_int(state_open(&cmd, &s, device, "wan", true), -ENOENT, "to be written");
	is_str(state_get(&s, "a"), NULL, "no key");
	is_int(state_set(&s, "net.iface", "wwan0"), 0, "a text");
	is_int(state_set_number(&s, "v4.client", UINT64_MAX), 0, "a number");
	is_int(state_set(&s, "net.dns", ""), 0, "an empty one");
	is_int(state_set(&s, "net", "x"), 0, "a key that others begin with");
	is_str(state_get(&s, "net.iface"), "wwan0", "read at once");
	is_int(state_set(&s, "net.iface", "wwan1"), 0, "changed");
	is_str(state_get(&s, "net.iface"), "wwan1", "to this");
	is_int(state_save(&s), 0, "saved");
	state_close(&s);

	is_int(state_open(&cmd, &s, device, "wan", false), 0, "it is there");
	ok(!s.stale, "of this device");
	is_str(state_get(&s, "net.iface"), "wwan1", "text");
	ok(state_number(&s, "v4.client", &v) && v == UINT64_MAX, "number");
	ok(!state_number(&s, "net.iface", &v) && !state_number(&s, "none", &v), "no number");
	is_str(state_get(&s, "net.dns"), "", "empty");
	is_str(state_get(&s, "net"), "x", "short");
	is_str(state_get(&s, "node"), NULL, "what state.c writes for itself is not seen");
	is_int(state_save(&s), -ENOLCK, "who only looks cannot save");
	state_drop(&s, "net.");
	ok(!state_get(&s, "net.iface") && state_get(&s, "net"), "a group of keys is dropped");
	state_drop(&s, "");
	is_int((long long)s.n, 0, "all of them");
	state_close(&s);
}

static void test_limits(void)
{
	char value[STATE_VALUE_MAX + 2];
	int ret = 0, n = 0;

	memset(value, 'x', sizeof value - 1);
	value[sizeof value - 1] = 0;
	state_open(&cmd, &s, device, "other", true);
	is_int(state_set(&s, "a", value), -E2BIG, "a value that is too long");
	is_int(state_save(&s), -E2BIG, "is remembered");
	state_close(&s);
	state_open(&cmd, &s, device, "other", true);
	is_int(state_set(&s, "A", "x"), -EINVAL, "a key in capitals");
	state_close(&s);
	state_open(&cmd, &s, device, "other", true);
	is_int(state_set(&s, "a", "x\ny"), -EINVAL, "a value of two lines");
	state_close(&s);
	state_open(&cmd, &s, device, "other", true);
	value[STATE_VALUE_MAX] = 0;
	for (char key[2] = "a"; !ret && n < 26; key[0]++, n++)
		ret = state_set(&s, key, value);
	is_int(ret, -E2BIG, "too much of it");
	ok(s.n <= STATE_MAX && n == STATE_MAX / (STATE_VALUE_MAX + 3) + 1, "stays within its place");
	is_int(state_save(&s), -E2BIG, "and is not saved");
	state_close(&s);
	/* What fits the place may leave none for state.c's own lines. */
	state_open(&cmd, &s, device, "other", true);
	state_set(&s, "a", value);
	state_set(&s, "b", value);
	state_set(&s, "c", value);
	value[STATE_MAX - s.n - 3] = 0;
	is_int(state_set(&s, "d", value), 0, "full to the last byte");
	is_int(state_save(&s), -E2BIG, "with the head too long");
	state_close(&s);
	is_int(state_open(&cmd, &s, device, "other", false), -ENOENT, "nothing was written");
	state_close(&s);
}

static void test_garbage(void)
{
	static const char *const bad[] = {
		"", "\n", "x", "x\n", "=\n", "=x\n", "a=b", "a=b\n", "node=1:1\n", "written=1\n",
		"node=1:1\nwritten=x\n", "node=1:1\nwritten=18446744073709551616\n",
		"node=1:1\nwritten=1\nno line end", "node=1:1\nwritten=1\nB=x\n",
		"node=1:1\nwritten=1\n\n", "node=1:1\nwritten=1\na=\x1b[2J\n",
	};
	char zeros[] = "node=1:1\nwritten=1\na=\0b\n", big[STATE_MAX + 1];
	struct rng r = { 4711 };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		write_file(bad[i], strlen(bad[i]));
		is_int(look(), -EBADMSG, "garbage");
	}
	write_file(zeros, sizeof zeros - 1);
	is_int(look(), -EBADMSG, "a NUL in it");
	memset(big, 'a', sizeof big);
	memcpy(big, "node=1:1\nwritten=1\nlong=", 24);
	big[STATE_MAX] = '\n';
	write_file(big, STATE_MAX + 1);
	is_int(look(), -EBADMSG, "too long by one");
	big[STATE_MAX - 1] = '\n';
	write_file(big, STATE_MAX);
	is_int(look(), 0, "as long as it may be");
	ok(s.stale, "but of another device");
	for (int i = 0; i < 2000; i++) {
		size_t n = rng_below(&r, 64);

		for (size_t k = 0; k < n; k++)
			big[19 + k] = "=\na.\0z"[rng_below(&r, 6)];
		write_file(big, 19 + n);
		look();
		for (size_t k = 0; k < s.n; k += strlen(s.text + k) + 1)
			if (!strchr(s.text + k, '='))
				ok(false, "an entry without '='");
	}
	ok(true, "random lines are read or refused");
}

static void test_trust(void)
{
	const char good[] = "node=1:1\nwritten=1\na=b\n";

	write_file(good, sizeof good - 1);
	is_int(look(), 0, "a file of ours");
	chmod(file, 0620);
	is_int(look(), -EBADMSG, "the group could have written it");
	unlink(file);
	shell("ln -s /dev/zero %s", file);
	is_int(look(), -EBADMSG, "a symlink");
	unlink(file);
	shell("mkfifo %s", file);
	is_int(look(), -EBADMSG, "a fifo, and nobody waits");
	unlink(file);
	shell("mkdir %s", file);
	is_int(look(), -EBADMSG, "a directory");
	rmdir(file);
	write_file(good, sizeof good - 1);
	if (geteuid()) {
		skip("a file of another user", "not root");
	} else {
		if (chown(file, 65534, 65534))
			abort();
		is_int(look(), -EBADMSG, "a file of another user");
	}
	*strrchr(file, '/') = 0;
	chmod(file, 0777);
	is_int(look(), -EPERM, "a directory that all can write to");
	is_int(state_open(&cmd, &s, device, "wan", true), -EPERM, "nor is anything put there");
	is_int(state_save(&s), -EPERM, "which saving says");
	state_close(&s);
	chmod(file, 0700);
	file[strlen(file)] = '/';
	unlink(file);
}

static void test_stale(void)
{
	char text[128];

	state_open(&cmd, &s, device, "wan", true);
	state_set(&s, "a", "b");
	is_int(state_save(&s), 0, "written of this node");
	state_close(&s);
	ok(!look() && !s.stale, "it is fresh");
	/* The old one is still there while the new one is made: it gets another number. */
	snprintf(text, sizeof text, "%s.new", device);
	shell("touch %s", text);
	if (rename(text, device))
		abort();
	ok(!look() && s.stale, "not of the next node with that name");
	snprintf(text, sizeof text, "node=1:1\nwritten=%llu\n",
		(unsigned long long)qmux_now() + 100000);
	write_file(text, strlen(text));
	ok(!look() && s.stale, "nor of another boot");
}

static void test_lock(void)
{
	struct state other;

	state_open(&cmd, &s, device, "wan", true);
	cmd.deadline = qmux_now() + 50;
	is_int(state_open(&cmd, &other, device, "wan", true), -ETIMEDOUT, "it is taken");
	is_int(state_save(&other), -ETIMEDOUT, "which saving says");
	state_close(&other);
	cmd.deadline = QMUX_NEVER;
	is_int(state_open(&cmd, &other, device, "wan2", true), -ENOENT, "another name is not");
	state_close(&other);
	state_set(&s, "a", "1");
	state_save(&s);
	state_unlock(&s);
	is_int(state_open(&cmd, &other, device, "wan", true), 0, "it was given back");
	state_set(&other, "a", "2");
	is_int(state_save(&other), 0, "and can be written");
	state_close(&other);
	is_int(state_lock(&cmd, &s), 0, "taken again");
	is_str(state_get(&s, "a"), "2", "it is read again");
	state_remove(&s);
	state_close(&s);
	is_int(look(), -ENOENT, "removed");
}

static int count(void *ctx, const char *name)
{
	char *all = ctx;

	strcat(all, name);
	return !strcmp(name, "stop");
}

static void test_each(void)
{
	char all[64] = "", path[300];

	is_int(state_each(device, count, all), 0, "none");
	is_str(all, "", "not even lock files");
	for (int i = 0; i < 2; i++) {
		state_open(&cmd, &s, device, i ? "two" : "one", true);
		state_save(&s);
		state_close(&s);
	}
	snprintf(path, sizeof path, "touch %.*s/.hidden", (int)(strrchr(file, '/') - file), file);
	shell("%s", path);
	state_each(device, count, all);
	ok(strlen(all) == 6 && strstr(all, "one") && strstr(all, "two"), "two names");
	state_open(&cmd, &s, device, "stop", true);
	state_save(&s);
	state_close(&s);
	is_int(state_each(device, count, all), 1, "until one has enough");
	is_int(state_each("/none/such", count, all), 0, "of a device that is not there");
}

int main(void)
{
	begin();
	test_names();
	test_keys();
	test_limits();
	test_garbage();
	test_trust();
	test_stale();
	test_lock();
	test_each();
	shell("rm -rf %s", base);
	return tap_done();
}
