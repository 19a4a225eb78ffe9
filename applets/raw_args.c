/* raw_args.c - SERVICE, MESSAGE, PATH=VALUE and --vendor, by name and by number. */
#include "applets/raw.h"

#include "qmux/format.h"
#include "qmux/nearest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- whose messages ---- */

static uint16_t vendor_of_device(const struct command *cmd)
{
	const char *name = cmd->g.device ? cmd->g.device : getenv("QMI_DEVICE");
	struct qmux_port_info list[2];
	char path[QMUX_PATH_MAX];

	if (!name || !*name)
		return qmux_port_list(list, 2) == 1 ? list[0].usb_vendor : 0;
	return qmux_port_resolve(name, path) ? 0 : qmux_port_usb_vendor(path);
}

int raw_vendor(struct command *cmd, bool device)
{
	const char *text = cmd->option[RAW_VENDOR];
	uint64_t id;
	size_t skip;

	if (!text) {
		cmd->vendor = device ? vendor_of_device(cmd) : 0;
		return EXIT_DONE;
	}
	skip = text[0] == '0' && (text[1] | 0x20) == 'x' ? 2 : 0;
	if (!qmux_parse_digits(text + skip, strlen(text + skip), 16, &id) || !id || id > UINT16_MAX)
		return say(cmd, EXIT_USAGE, "--vendor: '%s' is not a USB vendor id in hex, "
			"like 1199", text);
	cmd->vendor = (uint16_t)id;
	return EXIT_DONE;
}

/* ---- services and messages ---- */

static int no_such_service(const struct command *cmd, const char *text)
{
	struct qmux_nearest near;
	struct qmux_service s;
	char name[QMUX_NAME_MAX];

	qmux_nearest_begin(&near, text, strlen(text));
	for (unsigned i = 0; qmux_service_at(i, &s); i++)
		qmux_nearest_offer(&near, qmux_name(s.name, QMUX_FIELD_NAME, name));
	if (near.best[0])
		return say(cmd, EXIT_USAGE, "no service '%s'; did you mean '%s'?", text, near.best);
	return say(cmd, EXIT_USAGE, "no service '%s'; give a name (nas) or a number (0x03)", text);
}

static int no_such_message(const struct command *cmd, const struct qmux_service *s, bool indication)
{
	const char *service = cmd->args[0], *text = cmd->args[1];
	const char *kind = indication ? "indication" : "message";
	struct qmux_nearest near;
	struct qmux_message m;
	char name[QMUX_NAME_MAX];

	qmux_nearest_begin(&near, text, strlen(text));
	for (unsigned i = 0; qmux_message_at(s, i, &m); i++)
		if (m.indication == indication)
			qmux_nearest_offer(&near, qmux_name(m.name, QMUX_FIELD_NAME, name));
	if (near.best[0])
		return say(cmd, EXIT_USAGE, "no %s '%s' in %s; did you mean '%s'?", kind, text,
			service, near.best);
	return say(cmd, EXIT_USAGE, "no %s '%s' in %s; give a name or a number (0x004f)", kind,
		text, service);
}

int raw_find_service(const struct command *cmd, const char *text, struct qmux_service *service)
{
	uint16_t id;

	if (qmux_service_parse(text, &id))
		return no_such_service(cmd, text);
	if (!qmux_service_by_id(id, service))
		*service = (struct qmux_service){ .id = id, .name = QMUX_NO_NAME };
	return EXIT_DONE;
}

/* The vendor's own before one of the same name that is nobody's or another's. */
static bool by_name(const struct qmux_service *s, const char *name, bool indication,
	uint16_t vendor, struct qmux_message *m)
{
	struct qmux_message own;

	if (!qmux_message_by_name(s, name, indication, m))
		return false;
	if (vendor && qmux_message_by_id(s->id, m->id, indication, vendor, &own) &&
	    qmux_name_is(own.name, QMUX_FIELD_NAME, name, strlen(name)))
		*m = own;
	return true;
}

int raw_find_message(struct command *cmd, bool indication, struct qmux_message *m)
{
	const char *text = cmd->args[1];
	struct qmux_service s;
	uint64_t id;
	int ret = raw_find_service(cmd, cmd->args[0], &s);

	if (ret)
		return ret;
	if (by_name(&s, text, indication, cmd->vendor, m)) {
		cmd->vendor = m->vendor ? m->vendor : cmd->vendor;
		return EXIT_DONE;
	}
	if (!qmux_parse_uint(text, strlen(text), &id) || id > UINT16_MAX)
		return no_such_message(cmd, &s, indication);
	if (!qmux_message_by_id(s.id, (uint16_t)id, indication, cmd->vendor, m))
		*m = (struct qmux_message){ .service = s.id, .id = (uint16_t)id,
			.name = QMUX_NO_NAME };
	return EXIT_DONE;
}

/* ---- fields ---- */

/*
 * PATH=@FILE: what the file holds; for all but bytes as text, less the newline at its end.
 * *memory holds it, twice, until the caller frees it.
 */
static int read_file(const struct command *cmd, struct qmux_assign *a, uint8_t **memory)
{
	const char *path = a->value + 1;
	size_t n = 0;
	ssize_t got = 1;
	int fd = open(path, O_RDONLY | O_CLOEXEC), error = errno;
	char *text;

	*memory = malloc(2 * (QMUX_FRAME_MAX + 1));
	while (fd >= 0 && *memory && got > 0 && n <= QMUX_FRAME_MAX) {
		got = read(fd, *memory + n, QMUX_FRAME_MAX + 1 - n);
		error = errno;
		n += got > 0 ? (size_t)got : 0;
	}
	if (fd >= 0)
		close(fd);
	if (!*memory)
		return say(cmd, EXIT_DEVICE, "out of memory");
	if (fd < 0 || got < 0)
		return say(cmd, EXIT_DEVICE, "%.*s: %s: %s", (int)a->path_len, a->path, path,
			strerror(error));
	if (n > QMUX_FRAME_MAX)
		return say(cmd, EXIT_USAGE, "%.*s: %s is longer than a message can be",
			(int)a->path_len, a->path, path);
	a->content = *memory;
	a->content_len = n;
	text = (char *)*memory + n;
	memcpy(text, *memory, n);
	text[n - (n && text[n - 1] == '\n')] = '\0';
	a->value = text;
	return EXIT_DONE;
}

int raw_tlvs(const struct command *cmd, const struct qmux_message *m, bool request,
	struct qmux_buf *b)
{
	struct qmux_assign assign[ARGS_MAX];
	uint8_t *memory[ARGS_MAX] = { NULL };
	struct qmux_complaint complaint;
	size_t n = 0;
	int ret = EXIT_DONE;

	for (int i = 2; !ret && i < cmd->n_args; i++, n++) {
		struct qmux_assign *a = &assign[n];

		if (qmux_assign_parse(a, cmd->args[i], &complaint))
			ret = say(cmd, EXIT_USAGE, "%s", complaint.text);
		else if (!raw_is_known(m) && qmux_assign_number(a) < 0)
			ret = say(cmd, EXIT_USAGE, "the fields of message 0x%04x are not known; "
				"give its TLVs by number, in hex: 0x01=00ff", m->id);
		else if (a->value[0] == '@' && a->value[1] == '@')
			a->value++;
		else if (a->value[0] == '@')
			ret = read_file(cmd, a, &memory[n]);
	}
	if (!ret && qmux_encode(b, m, request, assign, n, &complaint))
		ret = say(cmd, EXIT_USAGE, "%s", complaint.text);
	for (size_t i = 0; i < n; i++)
		free(memory[i]);
	return ret;
}
