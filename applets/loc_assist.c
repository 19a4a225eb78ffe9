/* loc_assist.c - assistance data: deleted, injected. */
#include "applets/loc.h"

#include "applets/session.h"
#include "qmux/format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define FILE_MAX 1048576	/* bytes; those that are offered have 50 to 200 thousand */
#define PART_MAX 1024		/* where the modem does not tell; more is refused by some */
#define CLOCK_UNCERTAINTY "1000"	/* ms: what a clock that is set by network is surely within */

int loc_assist_delete(struct command *cmd)
{
	struct qmux_message m = session_message(QMUX_SERVICE_LOC, LOC_DELETE_ASSISTANCE_DATA);
	struct qmux_frame answer;
	bool some = cmd->option[DELETE_CLOCK] || cmd->option[DELETE_CELLS] ||
		cmd->option[DELETE_GNSS];
	int ret = session_ask(cmd, &m, some ? cmd->verb->set : SET("delete_all=true"), &answer);

	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

int loc_assist_time(struct command *cmd)
{
	char now[40];
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	qmux_format(now, sizeof now, "utc_time=%llu",
		(unsigned long long)t.tv_sec * 1000 + (unsigned long long)t.tv_nsec / 1000000);
	return session_set(cmd, LOC_INJECT_UTC_TIME, SET(now, "time_uncertainty=" CLOCK_UNCERTAINTY));
}

/* ---- servers ---- */

/* A port of 0 goes with an address that is not set. */
static const struct view_row server[] = {
	ROW("type", "server_type"),
	ROW("url", "url"),
	ROW("ipv4.address", "ipv4.ipv4_address", .valid = "ipv4.ipv4_port"),
	ROW("ipv4.port", "ipv4.ipv4_port", .valid = "ipv4.ipv4_port"),
	ROW("ipv6.address", "ipv6.ipv6_address", .valid = "ipv6.ipv6_port"),
	ROW("ipv6.port", "ipv6.ipv6_port", .valid = "ipv6.ipv6_port"),
	ROW_END
};

const struct query loc_server_queries[] = {
	QUERY(LOC_GET_SERVER, server,
		.ask = SET("server_type=$1", "server_address_type=ipv4,ipv6,url")),
	{ 0 }
};

int loc_server(struct command *cmd)
{
	static char usual[] = "umts-slp";
	const char *address = cmd->option[SERVER_ADDRESS];

	if (!cmd->n_args)
		cmd->args[cmd->n_args++] = usual;
	if (!address != !cmd->option[SERVER_PORT])
		return say(cmd, EXIT_USAGE, "--address and --port go together");
	if (!address && !cmd->option[SERVER_URL])
		return session_queries(cmd, cmd->verb->queries);
	return session_set(cmd, LOC_SET_SERVER, address && strchr(address, ':') ?
		SET("server_type=$1", "ipv6.ipv6_address=--address", "ipv6.ipv6_port=--port",
			"url=--url") :
		SET("server_type=$1", "ipv4.ipv4_address=--address", "ipv4.ipv4_port=--port",
			"url=--url"));
}

/* ---- predicted orbits ---- */

struct orbits {
	uint8_t *p;
	size_t n;
	size_t file_max, part_max;
	uint16_t message;
};

static int read_file(const struct command *cmd, struct orbits *o)
{
	const char *name = cmd->args[0];
	int fd = strcmp(name, "-") ? open(name, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	int ret = EXIT_DONE;
	ssize_t got = 1;

	if (fd < 0)
		return say(cmd, EXIT_DEVICE, "%s: %s", name, strerror(errno));
	o->p = malloc(FILE_MAX + 1);
	while (o->p && got > 0 && o->n <= FILE_MAX) {
		got = read(fd, o->p + o->n, FILE_MAX + 1 - o->n);
		o->n += got > 0 ? (size_t)got : 0;
	}
	if (!o->p)
		ret = say(cmd, EXIT_DEVICE, "out of memory");
	else if (got < 0)
		ret = say(cmd, EXIT_DEVICE, "%s: %s", name, strerror(errno));
	else if (!o->n)
		ret = say(cmd, EXIT_USAGE, "%s: is empty", name);
	else if (o->n > FILE_MAX)
		ret = say(cmd, EXIT_USAGE, "%s: has more than %d bytes", name, FILE_MAX);
	if (fd != STDIN_FILENO)
		close(fd);
	return ret;
}

/* What the modem can take; where it does not tell, a guess does. */
static int ask_sizes(struct command *cmd, struct orbits *o)
{
	struct qmux_message m =
		session_message(QMUX_SERVICE_LOC, LOC_GET_PREDICTED_ORBITS_DATA_SOURCE), told = m;
	struct qmux_frame answer;
	struct qmux_node node;
	int ret = session_ask(cmd, &m, NULL, &answer);

	o->file_max = FILE_MAX;
	o->part_max = PART_MAX;
	if (ret)
		return ret < 0 ? -1 - ret : EXIT_DONE;
	qmux_message_by_id(m.service, m.id, true, 0, &told);
	if (!qmux_get(&answer, &told, "allowed_sizes.max_file_size", &node) && node.u)
		o->file_max = (size_t)node.u;
	if (!qmux_get(&answer, &told, "allowed_sizes.max_part_size", &node) && node.u &&
	    node.u < PART_MAX)
		o->part_max = (size_t)node.u;
	return EXIT_DONE;
}

/* Part number i, from 1.  0, the modem's QMI error, or -1 - exit code. */
static int inject_part(struct command *cmd, const struct orbits *o, size_t i, size_t parts)
{
	struct qmux_message m = session_message(QMUX_SERVICE_LOC, o->message);
	size_t at = (i - 1) * o->part_max, n = o->n - at < o->part_max ? o->n - at : o->part_max;
	uint8_t memory[PART_MAX + 64], number[4], data[PART_MAX + 2];
	struct qmux_buf b = qmux_buf(memory, sizeof memory);
	struct qmux_frame answer;

	qmux_put32(number, (uint32_t)o->n);
	qmux_add_tlv(&b, 0x01, number, 4);
	qmux_put16(number, (uint16_t)parts);
	qmux_add_tlv(&b, 0x02, number, 2);
	qmux_put16(number, (uint16_t)i);
	qmux_add_tlv(&b, 0x03, number, 2);
	qmux_put16(data, (uint16_t)n);
	memcpy(data + 2, o->p + at, n);
	qmux_add_tlv(&b, 0x04, data, n + 2);
	return session_outcome(cmd, &m, b.p, b.len, &answer);
}

static int inject(struct command *cmd, struct orbits *o)
{
	size_t parts = (o->n + o->part_max - 1) / o->part_max;
	int ret = 0;

	for (size_t i = 1; !ret && i <= parts; i++) {
		ret = inject_part(cmd, o, i, parts);
		/* Older receivers know only the general message, with the same fields. */
		if (i == 1 && ret > 0 && refusal_exit(ret) == EXIT_UNSUPPORTED) {
			o->message = LOC_INJECT_PREDICTED_ORBITS_DATA;
			ret = inject_part(cmd, o, i, parts);
		}
	}
	return ret < 0 ? -1 - ret : ret ? say_refused(cmd, ret) : EXIT_DONE;
}

int loc_assist_inject(struct command *cmd)
{
	struct orbits o = { .message = LOC_INJECT_XTRA_DATA };
	int ret = read_file(cmd, &o);

	if (!ret)
		ret = ask_sizes(cmd, &o);
	if (!ret && o.n > o.file_max)
		ret = say(cmd, EXIT_USAGE, "%s: has %zu bytes, and the modem takes %zu", cmd->args[0],
			o.n, o.file_max);
	if (!ret)
		ret = inject(cmd, &o);
	free(o.p);
	return ret;
}
