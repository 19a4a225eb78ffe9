/* test_wds.c - data connections, profiles, link format, packets.  Prints TAP. */
#include "host.h"
#include "service.h"

enum { FUZZ_ROUNDS = 20000, CLIENTS = 9, WDS = 1, CTL = 0, WDA = 0x1a, TEXT_MAX = 1024 };

#define OK "02040000000000"
#define ERROR(n) "0204000100" n "00"
#define INTERNET "140800696e7465726e6574"
#define IMS "140300696d73"

/* ---- requests by their TLVs ---- */

static void ask(unsigned service, unsigned cid, unsigned id, const char *tlvs)
{
	char hex[TEXT_MAX];
	unsigned n = (unsigned)strlen(tlvs) / 2;

	if (service == CTL)
		snprintf(hex, sizeof hex, "01%02x000000000001%02x00%02x00%s", 11 + n, id, n, tlvs);
	else
		snprintf(hex, sizeof hex, "01%02x0000%02x%02x000100%02x%02x%02x00%s", 12 + n, service,
			cid, id & 0xff, id >> 8, n, tlvs);
	send_hex(hex);
}

static char *frame(char *at, unsigned service, unsigned cid, unsigned kind, unsigned transaction,
	unsigned id, const char *tlvs)
{
	unsigned n = (unsigned)strlen(tlvs) / 2, len = 12 + n;

	return at + sprintf(at, "01%02x%02x80%02x%02x%02x%02x%02x%02x%02x%02x%02x%s", len & 0xff,
		len >> 8, service, cid, kind, transaction & 0xff, transaction >> 8, id & 0xff,
		id >> 8, n & 0xff, n >> 8, tlvs);
}

/* Just this answer; and with an indication of that client id after it. */
static bool answered(unsigned service, unsigned cid, unsigned id, const char *tlvs)
{
	char hex[HEX_MAX];

	frame(hex, service, cid, 2, 1, id, tlvs);
	return came(hex);
}

struct told {
	unsigned cid, id;
	const char *tlvs;
};

/* Indications alone; each test counts them from 1 on. */
static bool told(const struct told *t, size_t n)
{
	char hex[HEX_MAX] = "", *at = hex;
	unsigned first = (unsigned)atoi(command("get indication_transaction")) - (unsigned)n;

	for (size_t i = 0; i < n; i++)
		at = frame(at, WDS, t[i].cid, 4, first + (unsigned)i, t[i].id, t[i].tlvs);
	return came(hex);
}

#define TOLD(...)                                                                                  \
	told((const struct told[]){ __VA_ARGS__ },                                                 \
		sizeof((const struct told[]){ __VA_ARGS__ }) / sizeof(struct told))

static bool said(const char *line, const char *reply)
{
	const char *got = command(line);

	if (!strcmp(got, reply))
		return true;
	printf("# got  %s# want %s", got, reply);
	return false;
}

/* A call that has to succeed; what it says is of no interest. */
static void start(unsigned cid, const char *tlvs)
{
	ask(WDS, cid, 0x20, tlvs);
	collect();
	if (out_len < 20 || out[16])
		printf("Bail out! start of client %u\n", cid), exit(1);
}

/* ---- what modems were seen to say ---- */

static const struct golden goldens[] = {
	{ "start network (real), and that it is connected",
		"set max_clients 254", WDS, 20, "01170000011400030c20000b00140800696e7465726e6574",
		"011a0080011402030c20000e000204000000000001040080cdad81"
		"01150080011404010022000900010200020012010004" },
	{ "get autoconnect settings (real)",
		"set max_clients 254", WDS, 77, "010c0000014d00010034000000",
		"01170080014d02010034000b000204000000000001010000" },
	{ "get packet statistics without a call (real)",
		"set tlv_descending 1;set wds_last_tx_bytes 10375;set wds_last_rx_bytes 5931", WDS, 8,
		"011300000108000d0024000700010400ff030000",
		"012900800108020d0024001d0002040001000f001c08002b170000000000001b08008728000000000000" },
};

static void test_goldens(void)
{
	for (size_t i = 0; i < sizeof goldens / sizeof goldens[0]; i++)
		golden(&goldens[i]);
	begin("set max_clients 254");
	allocate(WDS, 20);
	start(20, INTERNET);
	send_hex("01170000011400080c20000b00140800696e7465726e6574");
	ok(came("011a0080011402080c20000e0002040001001a0001040000000000"),
		"start network again (real)");
	begin("set wds_data_system 1");
	allocate(WDS, 9);
	ask(WDS, 9, 0x01, "18010001");
	collect();
	commands("set indication_transaction 0;set wds_data_system 5");
	ok(came("0113008001090400000100070020040005000000"), "event report (real)");
}

/* ---- calls ---- */

#define CONNECTED(family) "0102000200" "120100" family
#define DISCONNECTED "0102000100"
#define NETWORK_END "1002000100" "11040006002400"

static void test_calls(void)
{
	begin("");
	allocate(WDS, 3);
	ask(WDS, 1, 0x22, "");
	ok(answered(WDS, 1, 0x22, OK "01010001"), "not connected");
	start(1, INTERNET);
	start(2, INTERNET);
	start(3, IMS "19010006");
	ok(said("calls",
		"4 internet 10.0.0.2 tx 0 rx 0 1/0x81adcd80/0 2/0x81adcde0/0\n"
		"6 ims 2001:db8:1:2::10 tx 0 rx 0 3/0x81adce40/0\n"),
		"the same APN is shared, each has a handle");
	ask(WDS, 1, 0x21, "010400e0cdad81");
	ok(answered(WDS, 1, 0x21, ERROR("09")), "somebody else's handle");
	ask(WDS, 1, 0x21, "01040080cdad81");
	collect();
	ask(WDS, 1, 0x22, "");
	ok(answered(WDS, 1, 0x22, OK "01010001"), "stopped");
	ask(WDS, 2, 0x22, "");
	ok(answered(WDS, 2, 0x22, OK "01010002"), "but not for who shares it");
	ask(WDS, 1, 0x21, "01040080cdad81");
	ok(answered(WDS, 1, 0x21, ERROR("1a")), "stopping again has no effect");
	ask(CTL, 0, 0x23, "0102000102");
	ok(said("calls all", "1\n"), "it ends with the client id");
	ask(CTL, 0, 0x27, "");
	ok(said("calls all", "0\n"), "and all with a sync");
	commands("sync;set wds_max_calls 1");
	allocate(WDS, 2);
	start(1, INTERNET);
	ask(WDS, 2, 0x20, IMS);
	ok(answered(WDS, 2, 0x20, ERROR("0e") "1002000100" "11040002000601"), "one call too many");
}

static void test_two_apns(void)
{
	begin("");
	allocate(WDS, 4);
	start(1, INTERNET);
	start(2, IMS);
	ask(WDS, 2, 0x2d, "10040008830000");
	ok(answered(WDS, 2, 0x2d, OK IMS "1e04000600000a" "20040005" "00000a" "210400fcffffff"
		"2b010004"), "each APN has its address; only what was asked for is said");
	ask(WDS, 3, 0x4d, "01010006");
	collect();
	start(3, "");
	ask(WDS, 3, 0x2d, "10040010210000");
	ok(answered(WDS, 3, 0x2d, OK "25110020010db8000100020000000000000010" "40"
		"27100020010db8000000000000000000000053" "29040096050000"), "of IPv6");
	commands("drop-call apn=ims");
	ok(TOLD({ 2, 0x22, DISCONNECTED NETWORK_END "12010004" }), "one of them is dropped");
	start(4, "14010078");
	ok(said("calls",
		"4 internet 10.0.0.2 tx 0 rx 0 1/0x81adcd80/0\n"
		"4 x 10.0.0.6 tx 0 rx 0 4/0x81adcea0/0\n"
		"6 internet 2001:db8:1:2::10 tx 0 rx 0 3/0x81adce40/0\n"),
		"another takes its place");
}

/* ---- refusals ---- */

static const struct refusal {
	const char *name, *commands, *start, *tlvs;
} refusals[] = {
	{ "wrong APN", "set wds_allowed_apns web,internet", IMS,
		ERROR("0e") "1002000100" "11040006001b00" },
	{ "no user", "set wds_user u;set wds_password p", INTERNET,
		ERROR("0e") "1002000100" "11040006001d00" },
	{ "wrong password", "set wds_user u;set wds_password p", "16010003" "17010075" "18010071",
		ERROR("0e") "1002000100" "11040006001d00" },
	{ "an authentication that the network does not have",
		"set wds_user u;set wds_password p;set wds_auth 2", "16010001" "17010075" "18010070",
		ERROR("0e") "1002000100" "11040006001d00" },
	{ "IPv4 alone", "set wds_families 4", "19010006",
		ERROR("0e") "1002000100" "11040006003200" },
	{ "IPv6 alone", "set wds_families 6", "", ERROR("0e") "1002000100" "11040006003300" },
	{ "not registered", "set registration 2", "", ERROR("0e") "1002000300" "1104000300d107" },
	{ "not attached", "set ps_attach 2", "", ERROR("0e") "1002000300" "1104000300d107" },
	{ "offline", "set operating_mode 1", "", ERROR("0e") "1002000100" "1104000300c409" },
	{ "the PIN is wanted", "set pin1_status 1", "", ERROR("0e") "1002000100" "1104000300c809" },
	{ "no card", "set uim_card 0", "", ERROR("0e") "1002000100" "1104000300c809" },
	{ "as wished", "set wds_refuse4 14,1013,2,-5", "", ERROR("0e") "100200f503" "11040002" "00fbff" },
	{ "as wished, without a reason", "set wds_refuse4 71", "", ERROR("47") },
	{ "as wished, of the other family", "set wds_refuse4 71;set wds_refuse6 14,3", "19010006",
		ERROR("0e") "1002000300" },
	{ "a profile that there is not", "", "31010009", ERROR("0a") },
};

static void test_refusals(void)
{
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		const struct refusal *r = &refusals[i];

		begin("");
		allocate(WDS, 1);
		commands(r->commands);
		collect();
		ask(WDS, 1, 0x20, r->start);
		ok(answered(WDS, 1, 0x20, r->tlvs) && said("calls all", "0\n"), "%s", r->name);
	}
	begin("set wds_user u;set wds_password p;set wds_allowed_apns web,ims");
	allocate(WDS, 2);
	start(1, IMS "16010002" "17010075" "18010070");
	ok(said("calls all", "1\n"), "who says who he is, is let in");
	ask(WDS, 2, 0x28, "010200" "0001" "14030077" "6562" "1b010075" "1c010070" "1d010001");
	start(2, "31010001");
	ok(said("calls",
		"4 ims 10.0.0.2 tx 0 rx 0 1/0x81adcd80/0\n"
		"4 web 10.0.0.6 tx 0 rx 0 2/0x81adcde0/0\n"), "a profile says it too");
	ask(WDS, 2, 0x2d, "10040001000000");
	ok(answered(WDS, 2, 0x2d, OK "1f02000001"), "and is named in the settings");
}

/* ---- what happens to calls ---- */

static void test_events(void)
{
	begin("");
	allocate(WDS, 4);
	ask(WDS, 2, 0x03, "12010001");
	ask(WDS, 3, 0x4d, "01010006");
	start(1, INTERNET);
	start(2, INTERNET);
	start(3, "");
	commands("readdress 4");
	ok(TOLD({ 1, 0x22, "0102000201" "12010004" }, { 2, 0x22, "0102000201" "12010004" },
		{ 2, 0x8c, "10040010030000" }), "another address is told to who has the call");
	ask(WDS, 1, 0x2d, "10040000010000");
	ok(answered(WDS, 1, 0x2d, OK "1e04000201000a"), "and is in the settings");
	commands("drop-call 6 3");
	ok(TOLD({ 3, 0x22, DISCONNECTED "1002000300" "12010006" }), "dropped, for a reason");
	commands("drop-call 4 1003 2/206");
	ok(TOLD({ 1, 0x22, DISCONNECTED "100200eb03" "1104000200ce00" "12010004" },
		{ 2, 0x22, DISCONNECTED "100200eb03" "1104000200ce00" "12010004" }),
		"and for a verbose one");
	ok(said("drop-call", "error: there is no such connection\n"), "nothing is left to drop");
	ok(said("drop-call 5 x", "error: not 4, 6, apn=NAME or a reason: x\n"), "no reason");
	start(1, INTERNET);
	commands("set operating_mode 1");
	ok(TOLD({ 1, 0x22, DISCONNECTED "1002000100" "1104000300c409" "12010004" }),
		"who goes offline has no call");
	commands("set operating_mode 0");
}

/* ---- the modem's own connection ---- */

static void test_own(void)
{
	begin("");
	allocate(WDS, 3);
	ask(WDS, 3, 0x4d, "01010006");
	collect();
	commands("set wds_status 2");
	ok(TOLD({ 1, 0x22, CONNECTED("04") }, { 2, 0x22, CONNECTED("04") }),
		"told to all of its family");
	ask(WDS, 1, 0x20, INTERNET);
	ok(answered(WDS, 1, 0x20, ERROR("1a") "01040000000000"), "there is nothing to start");
	start(2, IMS);
	ok(said("calls",
		"4 internet 10.0.0.2 tx 0 rx 0 own\n4 ims 10.0.0.6 tx 0 rx 0 2/0x81adcd80/0\n"),
		"but for another APN");
	ask(WDS, 1, 0x21, "010400ffffffff");
	ok(answered(WDS, 1, 0x21, ERROR("09")), "no client id has it");
	ask(WDS, 1, 0x21, "010400ffffffff" "10010001");
	collect();
	ok(said("calls all", "1\n"), "unless that is what is asked for");
	ask(WDS, 1, 0x21, "010400ffffffff" "10010001");
	ok(answered(WDS, 1, 0x21, ERROR("1a")), "once");
}

static void test_autoconnect(void)
{
	begin("");
	allocate(WDS, 2);
	start(1, INTERNET "33010001");
	ask(WDS, 2, 0x34, "");
	ok(answered(WDS, 2, 0x34, OK "01010001"), "a start can switch autoconnect on");
	ask(CTL, 0, 0x23, "0102000101");
	collect();
	ok(said("calls", "4 internet 10.0.0.2 tx 0 rx 0 own\n"),
		"the call then goes on without its client id");
	commands("sync");
	ok(said("calls all", "1\n"), "and comes back after a restart");
	commands("drop-call");
	allocate(WDS, 1);
	ask(WDS, 1, 0x51, "01010001" "10010001");
	collect();
	ok(said("calls all", "1\n"), "autoconnect dials at once");
	ask(WDS, 1, 0x51, "01010000");
	commands("sync");
	ok(said("calls all", "0\n"), "a restart ends it where it is off");
}

/* ---- numbers ---- */

static void test_numbers(void)
{
	begin("set wds_tx_errors 7;set wds_rx_bytes 0x100000000");
	allocate(WDS, 1);
	ask(WDS, 1, 0x23, "");
	ok(answered(WDS, 1, 0x23, ERROR("0f")), "no rates without a call");
	start(1, INTERNET);
	ask(WDS, 1, 0x24, "01040084000000");
	ok(answered(WDS, 1, 0x24, OK "12040007000000" "1a08000000000001000000"),
		"statistics that were asked for");
	ask(WDS, 1, 0x23, "");
	ok(answered(WDS, 1, 0x23, OK "011000" "80f0fa02" "80d1f008" "80f0fa02" "80d1f008"), "rates");
	ask(WDS, 1, 0x37, "");
	ok(answered(WDS, 1, 0x37, OK "0101000a"), "bearer");
	ask(WDS, 1, 0x44, "");
	ok(answered(WDS, 1, 0x44, OK "010900" "02" "20000000" "00000000"), "bearer by masks");
	ask(WDS, 1, 0x01, "10010001" "13010001");
	ask(WDS, 1, 0x25, "");
	collect();
	ask(WDS, 1, 0x30, "");
	ok(answered(WDS, 1, 0x30, OK "01010001"), "dormant");
	commands("set wds_channel_tx 1;set wds_bearer 4");
	ok(TOLD({ 1, 0x01, "160800" "01000000" "80d1f008" }), "event report of what was asked for");
	ask(WDS, 1, 0x01, "1105000a" "ffffffff");
	collect();
	commands("set wds_rx_bytes 5");
	ok(TOLD({ 1, 0x01, "1a08000500000000000000" }), "transfer statistics");
}

/* ---- packets ---- */

static size_t packet(unsigned mux, const char *hex)
{
	static uint8_t in[HEX_MAX], answer[HEX_MAX];
	long n = hex_bytes(hex, in, sizeof in);

	return wds_packet(modem, mux, in, n < 0 ? 0 : (size_t)n, answer, sizeof answer);
}

static void test_packets(void)
{
	static const char ours[] = "4500001c0000000040015ece0a00000209090909" "0800f7ff00000000";
	static const char theirs[] = "4500001c0000000040015eca0a00000609090909" "0800f7ff00000000";
	static const char six[] = "6000000000083a40" "20010db8000100020000000000000010"
		"20014860000000000000000000000001" "8000e98e00000000";

	begin("");
	allocate(WDS, 3);
	ok(!packet(0, ours), "no call, no answer");
	start(1, INTERNET);
	ok(packet(0, ours) == 28 && !packet(0, theirs) && !packet(0, six), "of its address alone");
	start(2, "19010006");
	ok(packet(0, six) == 48, "IPv6");
	ask(WDS, 3, 0xa2, "1008000200000004000000" "11010002");
	collect();
	start(3, IMS);
	ok(!packet(0, theirs) && packet(2, theirs) == 28 && !packet(2, ours), "by its mux id");
	ok(said("packets", "answered 3\ndropped 5\n") && said("packets dropped", "5\n"), "counted");
	ask(WDS, 1, 0x24, "010400c3000000");
	ok(answered(WDS, 1, 0x24, OK "10040001000000" "11040001000000" "1908001c00000000000000"
		"1a08001c00000000000000"), "and in the statistics");
	commands("readdress 4");
	ok(!packet(0, ours), "the old address is nobody's");
	commands("drop-call");
	ok(!packet(0, six) && !packet(0, ours), "after the call there is no answer");
	ask(WDS, 1, 0x24, "01040001000000");
	collect();
	ok(said("get wds_last_tx_bytes", "28\n"), "what the last call had is remembered");
	start(1, INTERNET);
	ok(packet(0, ours) == 28, "a new call");
	commands("sync");
	ok(!packet(0, ours), "a restart ends it");
}

/* ---- profiles ---- */

#define PLAIN_TAIL                                                                                 \
	"15040000000000" "16040000000000" "1b0000" "1d010000" "1e040000000000" "1f010000"          \
	"20010000" "21010000" "22010000"

static void test_profiles(void)
{
	begin("");
	allocate(WDS, 2);
	ask(WDS, 1, 0x2a, "10010000");
	ok(answered(WDS, 1, 0x2a, OK "011700" "02" "000108" "70726f66696c6531" "000208"
		"70726f66696c6532"), "profiles of 3GPP");
	ask(WDS, 2, 0x03, "19010001");
	collect();
	ask(WDS, 1, 0x27, "01010000" "10010061" "14010062" "e002000100");
	ok(came("011800800101020100" "27000c00" OK "0102000003"
		"011200800102040100" "a8000600" "100300000301"), "a new one, and who is told");
	ask(WDS, 1, 0x28, "0102000003" "11010002" "140200" "6363" "dd08000100000000000000");
	collect();
	ask(WDS, 1, 0x2b, "0102000003");
	ok(answered(WDS, 1, 0x2b, OK "10010061" "11010002" "12010000" "13010000" "1402006363"
		PLAIN_TAIL "dd08000100000000000000"), "all that was said of it is kept");
	ask(WDS, 1, 0x29, "0102000003");
	collect();
	ask(WDS, 1, 0x29, "0102000003");
	ok(answered(WDS, 1, 0x29, ERROR("51") "e002000500"), "deleted");
	ask(WDS, 1, 0x5558, "0102000007" "140000");
	ok(came("011800800101020100" "58550c00" OK "0102000007"
		"011200800102040400" "a8000600" "100300000701"), "one of that index");
	ask(WDS, 1, 0x49, "0102000000");
	ok(answered(WDS, 1, 0x49, OK "01010001"), "the default");
	ask(WDS, 1, 0x4a, "010300000007");
	collect();
	ask(WDS, 1, 0x49, "0102000000");
	ok(answered(WDS, 1, 0x49, OK "01010007"), "can be set");
	ask(WDS, 1, 0x4a, "010300000008");
	ok(answered(WDS, 1, 0x4a, ERROR("51") "e002000500"), "to one that there is");
	ask(WDS, 1, 0x2c, "01010000");
	ok(answered(WDS, 1, 0x2c, OK "100000" "11010000" "12010000" "13010000" "140000" PLAIN_TAIL),
		"what a profile is at first");
	commands("set wds_profile_last 2");
	ask(WDS, 1, 0x27, "01010000");
	ok(answered(WDS, 1, 0x27, ERROR("51") "e00200ee03"), "no room for another");
}

static void test_attach(void)
{
	begin("");
	allocate(WDS, 1);
	ask(WDS, 1, 0x93, "0105000201000200");
	ok(came("0113008001010201009300070002040000000000" "01100080010104010093000400" "01010001"),
		"the attach list, and its outcome");
	ask(WDS, 1, 0x94, "");
	ok(answered(WDS, 1, 0x94, OK "100300010100" "1105000201000200"), "pending");
	ask(WDS, 1, 0x93, "01030001" "0200" "10040002000000");
	collect();
	ask(WDS, 1, 0x94, "");
	ok(answered(WDS, 1, 0x94, OK "100300010200"), "or at once");
	ask(WDS, 1, 0x93, "01030001" "0900");
	ok(answered(WDS, 1, 0x93, ERROR("0a")), "of profiles that there are");
}

/* ---- link format ---- */

#define FORMAT(link, ul, dl, datagrams, size)                                                      \
	"10010000" "110400" link "000000" "120400" ul "000000" "130400" dl "000000"                \
	"14040000000000" "150400" datagrams "000000" "160400" size "0000" "17040000000000"         \
	"18040000000000"

static void test_format(void)
{
	begin("");
	allocate(WDA, 1);
	ask(WDA, 1, 0x21, "");
	ok(answered(WDA, 1, 0x21, OK FORMAT("01", "00", "00", "00", "0000")), "802.3 at first");
	ask(WDA, 1, 0x20, "11040002000000" "12040005000000" "13040009000000" "15040040000000"
		"16040000400000");
	ok(answered(WDA, 1, 0x20, OK FORMAT("02", "05", "09", "20", "0040")), "what can be had");
	commands("set wda_max_protocol 8");
	ask(WDA, 1, 0x20, "13040009000000");
	ok(answered(WDA, 1, 0x20, OK FORMAT("02", "05", "08", "20", "0040")), "an older one");
	ask(CTL, 0, 0x26, "01010000" "10020001" "00");
	ok(came("01170080000001012600" "0c00" OK "1002000100"), "set by CTL");
	ask(WDA, 1, 0x21, "");
	ok(answered(WDA, 1, 0x21, OK FORMAT("01", "05", "08", "20", "0040")), "it is the same");
	commands("set wda_endpoint 1");
	ask(WDA, 1, 0x21, "");
	ok(answered(WDA, 1, 0x21, ERROR("11")), "a modem that wants its endpoint");
	ask(WDA, 1, 0x20, "11040002000000" "1708000200000005000000");
	ok(answered(WDA, 1, 0x20, ERROR("30")), "the right one");
	ask(WDA, 1, 0x21, "1008000200000004000000");
	ok(answered(WDA, 1, 0x21, OK FORMAT("01", "05", "08", "20", "0040")), "nothing was changed");
	ask(WDA, 1, 0x20, "11040009000000" "1708000200000004000000");
	ok(answered(WDA, 1, 0x20, ERROR("30")), "no such link");
	commands("set absent_services 26,5");
	ask(CTL, 0, 0x22, "0101001a");
	ok(came("01120080000001012200" "0700" "0204000100" "1f00"), "a modem without WDA");
}

/* ---- anything at all ---- */

static size_t random_request(struct rng *r, uint8_t f[64])
{
	static const uint8_t ids[] = { 0x20, 0x20, 0x20, 0x21, 0x22, 0x24, 0x27, 0x28, 0x29, 0x2a,
		0x2b, 0x2c, 0x2d, 0x49, 0x4a, 0x4d, 0x51, 0x93, 0xa2 };
	size_t n = 13;

	memset(f, 0, 64);
	f[0] = 1;
	f[4] = WDS;
	f[5] = (uint8_t)(1 + rng_below(r, CLIENTS));
	f[7] = 1;
	f[9] = ids[rng_below(r, sizeof ids)];
	while (n < 64 - 16 && rng_below(r, 4)) {
		uint32_t len = rng_below(r, 12);

		f[n] = (uint8_t)(rng_below(r, 2) ? 1 : 0x10 + rng_below(r, 0x25));
		f[n + 1] = (uint8_t)len;
		for (n += 3; len; len--)
			f[n++] = (uint8_t)rng_below(r, rng_below(r, 2) ? 3 : 256);
	}
	f[1] = (uint8_t)(n - 1);
	f[11] = (uint8_t)(n - 13);
	return n;
}

/* Each call has as many client ids as it thinks, and each client id a call that there is. */
static bool adds_up(void)
{
	unsigned holders[WDS_PDNS] = { 0 };

	for (unsigned cid = 1; cid <= CLIENTS; cid++)
		holders[modem->wds.clients[cid].pdn]++;
	for (size_t i = WDS_OWN; i < WDS_PDNS; i++)
		if (modem->wds.pdns[i].holders != holders[i] ||
			!holders[i] != !modem->wds.pdns[i].family)
			return false;
	return true;
}

static void test_fuzz(void)
{
	static const char *const events[] = { "drop-call 4", "readdress", "drop-call apn=internet",
		"set wds_status 2", "set wds_status 1", "set wds_refuse4 14,1", "set wds_refuse4 none" };
	struct rng r = { 1 };
	unsigned bad = 0;
	uint8_t f[64];
	size_t len;

	begin("");
	allocate(WDS, CLIENTS);
	for (int i = 0; i < FUZZ_ROUNDS; i++) {
		const uint8_t *p;

		fault_request(fault, f, random_request(&r, f));
		if (!rng_below(&r, 20))
			command(events[rng_below(&r, sizeof events / sizeof events[0])]);
		while ((p = fault_output(fault, &len))) {
			bad += len < MODEM_FRAME_MIN || (size_t)(p[1] | p[2] << 8) + 1 != len;
			fault_written(fault, len);
		}
		bad += !adds_up();
	}
	ok(!bad, "whole answers to anything, and calls that add up");
	ask(CTL, 0, 0x27, "");
	collect();
	commands("set wds_status 1;set wds_status6 1");
	ok(said("calls all", "0\n"), "no call is left without its client ids");
}

int main(void)
{
	host_start();
	test_goldens();
	test_calls();
	test_two_apns();
	test_refusals();
	test_events();
	test_own();
	test_autoconnect();
	test_numbers();
	test_packets();
	test_profiles();
	test_attach();
	test_format();
	test_fuzz();
	return host_end();
}
