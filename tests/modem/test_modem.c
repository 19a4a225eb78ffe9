/*
 * test_modem.c - the model and its faults against frames written out by hand.  Prints TAP.
 *
 * Those marked "real" came from modems: state is set so that the model has to say the same, byte
 * for byte.
 */
#include "host.h"
#include "stream.h"

enum { FUZZ_ROUNDS = 20000 };

/* ---- a frame in, a frame out ---- */

static const struct golden goldens[] = {
	{ "ctl set instance id", "", 0, 0, "010f0000000000012000040001010000",
		"011700800000010120000c00020400000000000102000000" },
	{ "ctl allocate (request real)", "", 0, 0, "010f0000000000ff2200040001010001",
		"01170080000001ff22000c00020400000000000102000101" },
	{ "ctl release (request real)", "", 2, 10, "011000000000000c23000500010200020a",
		"011700800000010c23000c0002040000000000010200020a" },
	{ "ctl release of an id that is not there", "", 2, 1, "011000000000000c23000500010200020a",
		"011200800000010c2300070002040001000700" },
	{ "ctl allocate of an unknown service", "", 0, 0, "010f00000000000222000400010100ee",
		"01120080000001022200070002040001001f00" },
	{ "ctl set data format", "", 0, 0, "011400000000000326000900100200020001010000",
		"011700800000010326000c00020400000000001002000200" },
	{ "ctl set data format refused (real)", "answer ctl 0x26 45", 0, 0,
		"011400000000000326000900100200020001010000",
		"01120080000001032600070002040001002d00" },
	{ "ctl sync", "", 2, 1, "010b00000000000427000000",
		"01120080000001042700070002040000000000" },
	{ "ctl unknown message", "", 0, 0, "010b0000000000050fff0000",
		"01120080000001050fff070002040001004700" },
	{ "dms get ids (real)",
		"set imei_software_version B;set meid 01010101010101;set esn 01010101;"
		"set imei 010101010101010",
		2, 1, "010c0000020100ffff25000000",
		"01450080020102ffff250039000204000000000013010042120e003031303130313031303130313031"
		"1008003031303130313031110f00303130313031303130313031303130" },
	{ "dms get ids, some absent (real)",
		"set imei_software_version B;set meid none;set esn 0;set imei 010101010101010", 2, 2,
		"010c0000020200060025000000",
		"012d0080020202060025002100020400000000001301004210010030110f0030313031303130313031"
		"3031303130" },
	{ "dms get ids with garbage after the imei (real)",
		"set imei_software_version none;set meid none;set esn none;"
		"set imei hex:30313031303130313031303130313002b01c0e0284e3a6013d",
		2, 3, "010c0000020300060025000000",
		"012f00800203020600250023000204000000000011190030313031303130313031303130313002"
		"b01c0e0284e3a6013d" },
	{ "dms get capabilities (real)",
		"set max_tx_rate 5742000;set max_rx_rate 7200000;set data_service 3;"
		"set radios 1,2,4,5,8",
		2, 1, "010c0000020100010020000000",
		"01260080020102010020001a0002040000000000011000b09d570000dd6d000302050102040508" },
	{ "dms get model with a tab (real)", "set model hex:454d31322d415709", 2, 5,
		"010c0000020500010022000000",
		"011e008002050201002200120002040000000000010800454d31322d415709" },
	{ "wms raw send (request real)", "set max_clients 16", 5, 16,
		"012f0000051000100020002300012000061d00000100098101010101f0000012c8373b0c42bed961"
		"d0302c0f8fdfec30",
		"01180080051002100020000c00020400000000000102000100" },
	{ "wms list messages of nothing (request real)", "set wms_nv_0 none;set wms_nv_1 none",
		5, 2, "0110000005020003003100040001010001",
		"011a0080050202030031000e000204000000000001040000000000" },
	{ "uim verify pin where it is disabled (real)", "set pin1_status 3", 11, 2,
		"011a00000b0200090026000e000206000104303130310102000600",
		"011d00800b0202090026001100020400010052001302006984100200030a" },
	{ "uim get card status", "set pin1_status 1", 11, 1, "010c00000b010001002f000000",
		"014300800b010201002f00370002040000000000102d000000ffffffffffff01010000000001020202"
		"0b0a0a10a0000000871002ffffffff89070900000001030a01030a" },
	{ "dms get pin status (real)", "set pin1_status 1;set pin2_retries 2", 2, 1,
		"010c0000020100ffff2b000000",
		"011f0080020102ffff2b0013000204000000000012030001020a11030001030a" },
	{ "dms get time (real)",
		"set time_count 884789480513;set time_source 2;set system_time 1105986850641;"
		"set user_time 11774664",
		2, 1, "010c000002010001002f000000",
		"0134008002010201002f00280002040000000000010800410c9001ce000200100800510ff4810101"
		"0000110800c8aab30000000000" },
	{ "dms get band capabilities (real)",
		"set lte_band_capability 0x000001a03b0918df;set tds_band_capability 0;"
		"set lte_bands 1,2,3,4,5,7,8,12,13,17,20,25,26,28,29,30,38,40,41,66",
		2, 1, "010c0000020100010045000000",
		"01610080020102010045005500020400000000000108000000c00700000200100800df18093ba0010000"
		"1108000000000000000000122a00140001000200030004000500070008000c000d0011001400"
		"19001a001c001d001e002600280029004200" },
	{ "dms set operating mode", "", 2, 1, "0110000002010002002e00040001010001",
		"0113008002010202002e00070002040000000000" },
	{ "dms set operating mode, no such mode", "", 2, 1, "0110000002010002002e00040001010063",
		"0113008002010202002e00070002040001003000" },
	{ "dms set operating mode, no mode", "", 2, 1, "010c000002010002002e000000",
		"0113008002010202002e00070002040001001100" },
	{ "dms set operating mode, empty TLV", "", 2, 1, "010f000002010002002e000300010000",
		"0113008002010202002e00070002040001000100" },
	{ "nas get signal strength, umts, io, sinr (real)",
		"signal umts -88 252;set io -106;set sinr 8;set radio_interfaces 5", 3, 6,
		"01110000030600010020000500100200ff00",
		"0131008003060201002000250002040000000000010200a805110400010058051204000100fc0513"
		"040096ffffff14010008" },
	{ "nas get signal strength, umts (real)", "signal umts -101 17;set radio_interfaces 5", 3, 1,
		"01110000030100010020000500100200ff00",
		"01260080030102010020001a00020400000000000102009b051104000100650512040001001105" },
	{ "nas get signal strength, nothing asked for", "", 3, 1, "010c0000030100010020000000",
		"01180080030102010020000c0002040000000000010200bf08" },
	{ "nas get signal info, lte", "", 3, 1, "010c000003010001004f000000",
		"011c008003010201004f00100002040000000000140600bff59fff7800" },
	{ "nas get signal info, no radio", "signal lte off", 3, 1, "010c000003010001004f000000",
		"0113008003010201004f00070002040000000000" },
	{ "nas get signal info, 5g not available", "signal nr5g -32768 -32768 -32768", 3, 1,
		"010c000003010001004f000000",
		"0128008003010201004f001c0002040000000000140600bff59fff780017040000800080"
		"1802000080" },
	{ "nas set event report without thresholds (real)", "", 3, 3,
		"011100000303000700020005001002000000", "0113008003030207000200070002040001000800" },
	{ "nas get serving system, umts (real)",
		"set radio_interfaces 5;set data_capabilities 3,4,5;set mcc 222;set mnc 50;"
		"set plmn_name hex:49763a4c06;set lac 24500;set cid 18045647;set cs_barring 3;"
		"set ps_barring 3;set scrambling_code 290;answer nas 0x24 append 28010000",
		3, 1, "010c0000030100010024000000",
		"016e008003010201002400620002040000000000010600010101020105100100011104000303"
		"0405120a00de0032000549763a4c061503000105011b0100001c0200b45f1d0400cf5a13012105000203"
		"00000025080003000000030000002602002201270500de0032000028010000" },
	{ "nas get serving system, last TLV first, one short (real)",
		"answer nas get_serving_system 0 210400020300001d0400000000001c020000001503000105"
		"01120e00360104010920542d4d6f62696c65110200010510010001010600010101020105",
		3, 3, "010c0000030300010024000000",
		"014f008003030201002400430002040000000000210400020300001d0400000000001c0200000015"
		"0300010501120e00360104010920542d4d6f62696c65110200010510010001010600010101020105" },
	{ "nas get system info (real)",
		"set cid 1616133;set lac none;set mcc 530;set mnc 24;set tac 63001;"
		"answer nas 4d append 38040003000000390400010000003e0400000000004404000300000046040004"
		"000000",
		3, 1, "010c000003010001004d000000",
		"019a008003010201004d008e0002040000000000120300000000130300000000140300020200191d0001"
		"0301030100010000ffff0105a91800000000013533303234ff0119f61e0200ffff2101000126010000"
		"27040001000000290100002a0400030000002f04000000000031040000000000340200ffff3804000300"
		"0000390400010000003e0400000000004404000300000046040004000000" },
	{ "nas get system selection preference (real)",
		"set mode_preference none;set band_preference 7;set prl_preference 0x3fff;"
		"set lte_band_preference 0",
		3, 1, "010c0000030100010034000000",
		"01370080030102010034002b0002040000000000100100001208000700000000000000130200ff3f1402"
		"00ff001508000000000000000000" },
	{ "nas get system selection preference, old modem (real)",
		"set mode_preference 15;set band_preference 0xffffffff3fffffff;"
		"set lte_band_preference none",
		3, 2, "010c0000030200010034000000",
		"012c008003020201003400200002040000000000100100001102000f00120800ffffff3fffffffff"
		"140200ff00" },
	{ "nas get operator name (real)",
		"set spn_display none;set plmn_name none;"
		"set operator_plmns hex:01003533ff3234ff3412785605",
		3, 1, "010c0000030100010039000000",
		"0123008003010201003900170002040000000000110d0001003533ff3234ff3412785605" },
	{ "nas get cell location info, lte (real)",
		"set cells_lte hex:0199f904990001c201007ea90000013e283e010000bdff19fc23fd1e00;"
		"answer nas 43 append 26020046002704007ea90000280100002a0400030000002c0400000000"
		"00",
		3, 1, "010c0000030100010043000000",
		"01670080030102010043005b0002040000000000131d000199f904990001c201007ea90000013e283e01"
		"0000bdff19fc23fd1e001402000100150200010016020001001e0400ffffffff26020046002704007e"
		"a90000280100002a0400030000002c040000000000" },
	{ "nas get cell location info, gsm (real)",
		"set cells_lte none;set cells_lte_inter none;set cells_lte_gsm none;"
		"set cells_lte_wcdma none;set timing_advance none;"
		"set cells_geran hex:00000000000000000000"
		"0000ffffffff2800037d6f000032f451b3004d00112a008a3c000032f451b3006300301400893c0000"
		"32f451b3005900110d00",
		3, 1, "010c0000030100010043000000",
		"0153008003010201004300470002040000000000103d00000000000000000000000000ffffffff280003"
		"7d6f000032f451b3004d00112a008a3c000032f451b3006300301400893c000032f451b3005900110d"
		"00" },
	{ "loc get operation mode: the answer, then its outcome", "set loc_mode 4", 0x10, 1,
		"010c000010010001004b000000",
		"0113008010010201004b00070002040000000000"
		"011a008010010401004b000e000104000000000010040004000000" },
	{ "loc get operation mode, the outcome first", "set loc_early 1", 0x10, 1,
		"010c000010010001004b000000",
		"011a008010010401004b000e000104000000000010040001000000"
		"0113008010010201004b00070002040000000000" },
	{ "loc get operation mode without an outcome", "set loc_status none", 0x10, 1,
		"010c000010010001004b000000", "0113008010010201004b00070002040000000000" },
	{ "wds get current settings without a connection", "", 1, 1,
		"0113000001010001002d00070010040000230000",
		"0113008001010201002d00070002040001000f00" },
	{ "unknown message", "", 3, 1, "010c0000030100010055550000",
		"0113008003010201005555070002040001004700" },
	{ "a service without messages", "", 0x11, 1, "010c000011010001002f000000",
		"0113008011010201002f00070002040001004700" },
	{ "a client id that nobody has", "", 3, 1, "010c000003020001004f000000",
		"0113008003020201004f00070002040001000700" },
	{ "a service that nobody knows", "", 0, 0, "010c0000ee010001004f000000",
		"01130080ee010201004f00070002040001000700" },
	{ "a TLV past the end", "", 3, 1, "010f000003010001004f000300100900",
		"0113008003010201004f00070002040001000100" },
	{ "a TLV length that is not that of the frame", "", 3, 1, "010c000003010001004f000500",
		"0113008003010201004f00070002040001000100" },
	{ "nas network scan (real)",
		"set scan_networks hex:0800d6000100aa07766f6461204553d6000300aa064f72616e6765d6000400aa0559"
		"4f49474fd6000100aa07766f6461204553d6000400aa05594f49474fd6000700aa084d6f766973746172d60007"
		"00aa084d6f766973746172d6000300a900;set scan_radios hex:0800d600010004d600030004d600040005d"
		"600010005d600040004d600070004d600070005d600030005;set scan_digits hex:0800d600010000d60003"
		"0000d600040000d600010000d600040000d600070000d600070000d600030000;answer nas 21 append 1469"
		"0008d6000100000000000000000000d60003000000000000000000000000000000000000000000000000000000"
		"000000000000000000d6000400000000000000000000d600070000000000000000000000000000000000000000"
		"00000000000000000000000000000000",
		3, 1, "010c0000030100ffff21000000",
		"01430180030102ffff21003701020400000000001060000800d6000100aa07766f6461204553d6000300aa064f"
		"72616e6765d6000400aa05594f49474fd6000100aa07766f6461204553d6000400aa05594f49474fd6000700aa"
		"084d6f766973746172d6000700aa084d6f766973746172d6000300a900112a000800d600010004d600030004d6"
		"00040005d600010005d600040004d600070004d600070005d600030005122a000800d600010000d600030000d6"
		"00040000d600010000d600040000d600070000d600070000d6000300001304000000000014690008d600010000"
		"0000000000000000d6000300000000000000000000000000000000000000000000000000000000000000000000"
		"0000d6000400000000000000000000d60007000000000000000000000000000000000000000000000000000000"
		"000000000000000000" },
	{ "nas get lte cphy ca info (real, without a TLV that nobody knows)",
		"set ca_bandwidth 5;set ca_scell hex:0400860b050000007f0002000000;set ca_pcell hex:05004c0c"
		"050000007f00;set ca_scell_index 1;set ca_scells hex:010400860b050000007f000200000001",
		3, 1, "010c00000301000100ac000000",
		"014f00800301020100ac0043000204000000000011040005000000120e000400860b050000007f000200000013"
		"0a0005004c0c050000007f0014010001151000010400860b050000007f000200000001" },
	{ "nas swi get status (real)",
		"set swi_lte hex:0801fc0dffff020000;set swi_common hex:fb05090000",
		3, 5, "010c0000030500010056550000",
		"01270080030502010056551b00020400000000001009000801fc0dffff020000010500fb05090000" },
	{ "dms swi get current firmware (real)",
		"set swi_config hex:3030322e3037325f30303000;set swi_carrier hex:47454e4552494300;set swi_p"
		"ri hex:3030302e30303500;set swi_carrier_id hex:3100;set swi_sku hex:3131303234373600;set s"
		"wi_amss hex:53574939583330435f30322e33332e30332e303000;set swi_boot hex:53574939583330435f"
		"30322e33332e30332e303000;set swi_model hex:4d433734353500",
		2, 3, "010c0000020300010056550000",
		"0182008002030201005655760002040000000000180c003030322e3037325f3030300017080047454e45524943"
		"001608003030302e303035001502003100130800313130323437360012150053574939583330435f30322e3333"
		"2e30332e30300011150053574939583330435f30322e33332e30332e3030001007004d433734353500" },
	{ "an error with TLVs", "answer nas get_signal_info 74 10020001ff", 3, 1,
		"010c000003010001004f000000",
		"0118008003010201004f000c0002040001004a0010020001ff" },
	{ "no answer", "answer nas 4f silent", 3, 1, "010c000003010001004f000000", "" },
	{ "too short for a request", "", 3, 1, "010a000003010001004f00", "" },
	{ "an answer from the host", "", 3, 1, "010c000003010201004f000000", "" },
};

static void test_goldens(void)
{
	for (size_t i = 0; i < sizeof goldens / sizeof goldens[0]; i++)
		golden(&goldens[i]);
}

/* ---- client ids ---- */

static void test_clients(void)
{
	static const char allocate_nas[] = "010f0000000000012200040001010003";

	begin("set max_clients 2");
	allocate(3, 2);
	send_hex(allocate_nas);
	ok(came("01120080000001012200070002040001000500"), "client ids run out");
	ok(!strcmp(command("clients"), "nas 1\nnas 2\n"), "clients lists them");
	send_hex("0110000000000002230005000102000302");
	collect();
	send_hex(allocate_nas);
	ok(came("011700800000010122000c00020400000000000102000303"), "an id is not used again at once");
	send_hex("010b00000000000427000000");
	ok(!strcmp(command("clients all"), "0\n"), "sync drops all");
	allocate(3, 1);
	collect();
	commands("sync");
	ok(came("010b00800000020027000000"), "the modem says that it restarted");
	ok(!strcmp(command("clients nas"), "0\n"), "and has forgotten all");
	begin("set max_clients 254");
	allocate(3, 254);
	send_hex("0110000000000002230005000102000307");
	collect();
	send_hex(allocate_nas);
	ok(came("011700800000010122000c00020400000000000102000307"), "ids go round");
}

/* ---- positioning ---- */

/* The sentence is that of libqmi's tests. */
static void test_loc(void)
{
	begin("");
	allocate(0x10, 1);
	send_hex("01170000100100010021000b00010800ffffffffffffffff");
	collect();
	commands("set loc_nmea $GPRMC");
	ok(came(""), "nothing is told before there is a session");
	send_hex("01170000100100020021000b000108000400000000000000");
	send_hex("0110000010010003002200040001010001");
	collect();
	commands("set indication_transaction 180;"
		 "set loc_nmea hex:2447504753412c412c312c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2a31450d0a");
	ok(came("012d0080100104b40026002100011e002447504753412c412c312c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2a"
		"31450d0a"), "what is registered for is told in a session");
	commands("set loc_confidence 5");
	ok(came(""), "and nothing else");
	send_hex("0110000010010004002300040001010001");
	collect();
	commands("set loc_nmea $GPRMC");
	ok(came(""), "nothing is told after it");
}

/* ---- indications ---- */

static void test_indications(void)
{
	begin("set mcc none;set roaming none;set lac none;set service_status none;set tac none;"
	      "set daylight_saving none;set cid none;set indication_transaction 0x11a0");
	allocate(3, 4);
	send_hex("0110000003040001000300040013010001");
	collect();
	commands("set cid 11059732");
	ok(came("01210080030404a01124001500010600010101020108110200010b1e040014c2a800"),
		"serving system (real but for the client id)");
	begin("set tlv_descending 1;set mcc 214;set mnc 1;set plmn_name hex:;set roaming none;"
	      "set cid 72196353;set hdr_hybrid 1;set tac 1;set indication_transaction 0");
	allocate(3, 1);
	send_hex("0110000003010001000300040013010001");
	collect();
	commands("set tac 264");
	ok(came("01430080030104000024003700290500d600010000250200080122050002030001001e040001a14d04"
		"1d0200feff120500d600010000110200010b010600010101020108"),
		"serving system, last TLV first (real)");
	begin("");
	allocate(3, 2);
	commands("signal lte -70 -12 -100 50");
	ok(came(""), "who did not register hears nothing");
	send_hex("0110000003020001000300040019010001");
	collect();
	commands("signal lte -65 -11 -97 120");
	ok(came("01150080030204010051000900140600bff59fff7800"), "signal info to who registered");
	commands("signal lte -65 -11 -97 120");
	ok(came(""), "no change, no indication");
	send_hex("0110000003020001000300040019010000");
	collect();
	commands("signal lte -70 -12 -100 50");
	ok(came(""), "nor after it took that back");
	begin("");
	allocate(2, 1);
	send_hex("0110000002010001000100040014010001");
	collect();
	send_hex("0110000002010002002e00040001010001");
	ok(came("0113008002010202002e00070002040000000000"
		"0110008002010401000100040014010001"),
		"event report after the mode has changed");
	begin("");
	allocate(3, 1);
	send_hex("011200000301000100020006001003000101a0");
	collect();
	commands("set lte_rsrp -80;set lte_rssi -60");
	ok(came("01110080030104010002000500100200c408"), "event report: only what was asked for");
	commands("ind nas 255 signal_info 14060001");
	ok(came("0110008003ff0402005100040014060001"), "any indication, to all");
}

/* ---- counters ---- */

static void test_counters(void)
{
	begin("");
	allocate(3, 1);
	send_hex("010c000003010001004f000000");
	send_hex("010c000003010001004f000000");
	send_hex("010c00000301000100bbbb0000");
	ok(!strcmp(command("count nas get_signal_info"), "2\n"), "requests are counted");
	ok(!strcmp(command("count nas 0xbbbb"), "1\n"), "unknown ones too");
	ok(!strcmp(command("count"), "ctl 0x0022 1\nnas 0x004f 2\nnas 0xbbbb 1\n"), "all of them");
	commands("count reset");
	ok(!strcmp(command("count all"), "0\n"), "and forgotten");
	ok(!strncmp(command("set imei_ 1"), "error: ", 7), "an unknown key");
	ok(!strncmp(command("set lte_rssi 200"), "error: ", 7), "a value out of range");
	ok(!strncmp(command("answer nas 4f 5 1"), "error: ", 7), "half a byte");
	ok(!strncmp(command("count nas"), "error: ", 7), "half a question");
}

/* ---- faults; time is ours ---- */

static const char ask[] = "010b00000000000427000000";
static const char said[] = "01120080000001042700070002040000000000";

static char *times(const char *hex, int n)
{
	static char all[HEX_MAX];

	all[0] = 0;
	while (n--)
		strcat(all, hex);
	return all;
}

static void test_time(void)
{
	int64_t now = 1000;

	begin("delay 50");
	fault_step(fault, now);
	send_hex(ask);
	ok(fault_wait(fault) == 50 && came(""), "delayed");
	fault_step(fault, now += 50);
	ok(came(said) && fault_wait(fault) < 0, "then there");
	begin("late 100");
	fault_step(fault, now += 10);
	send_hex(ask);
	send_hex("010b00000000000527000000");
	ok(came("01120080000001052700070002040000000000"), "overtaken by the next");
	fault_step(fault, now += 100);
	ok(came(said), "and late");
	begin("split 8");
	send_hex(ask);
	ok(came("0112008000000104") && fault_wait(fault) == FAULT_SPLIT_MS, "a piece");
	fault_step(fault, now += 1);
	ok(came("2700070002040000"), "another");
	fault_step(fault, now += 1);
	ok(came("000000"), "the rest");
	begin("join 3");
	send_hex(ask);
	send_hex(ask);
	ok(came("") && fault_wait(fault) == FAULT_JOIN_MS, "held back");
	send_hex(ask);
	ok(came(times(said, 3)) && writes == 1, "joined in one write");
	send_hex(ask);
	fault_step(fault, now += FAULT_JOIN_MS);
	ok(came(said), "but not for ever");
}

static void test_faults(void)
{
	begin("drop 2");
	send_hex(ask);
	send_hex(ask);
	ok(came("") && !strcmp(command("count ctl sync"), "0\n"), "the first two never arrive");
	send_hex(ask);
	ok(came(said), "the third does");
	begin("mute on");
	send_hex(ask);
	commands("sync");
	ok(came(""), "mute");
	commands("mute off");
	send_hex(ask);
	ok(came(said), "not mute any more");
	begin("lose 1");
	send_hex(ask);
	ok(came("") && !strcmp(command("count ctl sync"), "1\n"), "done, but the answer is lost");
	begin("dup 1");
	send_hex(ask);
	send_hex(ask);
	ok(came(times(said, 3)), "twice, then once");
	begin("junk 0102ff");
	send_hex(ask);
	ok(came("0102ff01120080000001042700070002040000000000"), "junk before a frame");
	begin("inject 0100");
	ok(came("0100"), "injected bytes");
	begin("delay 10;drop 1;mute on;junk 00;set imei 1");
	fault_reset(fault);
	send_hex(ask);
	ok(came(said) && !strcmp(command("get imei"), "490154203237518\n"), "reset");
}

/* ---- a stream of bytes ---- */

static size_t frames_of(struct stream *s, const char *hex, size_t piece)
{
	uint8_t bytes[HEX_MAX];
	long n = hex_bytes(hex, bytes, sizeof bytes);
	size_t frames = 0, len, room;

	for (size_t at = 0; at < (size_t)n; at += piece) {
		size_t part = (size_t)n - at < piece ? (size_t)n - at : piece;

		memcpy(stream_room(s, &room), bytes + at, part);
		stream_came(s, part, 0);
		while (stream_frame(s, &len))
			frames++;
	}
	return frames;
}

static void test_stream(void)
{
	static struct stream s;
	size_t len, room;

	ok(frames_of(&s, times(ask, 5), 1) == 5 && !s.junk, "byte by byte");
	ok(frames_of(&s, times(ask, 5), 1000) == 5 && !s.junk, "all at once");
	ok(frames_of(&s, times(ask, 5), 7) == 5 && !s.junk, "across frames");
	ok(frames_of(&s, "00ff01000002010b00000000000427000000ffff", 3) == 1, "junk is skipped");
	ok(s.junk == 8, "and counted");
	s = (struct stream){ 0 };
	ok(frames_of(&s, "01ffff00", 4) == 0, "a frame that never ends");
	memcpy(stream_room(&s, &room), "\x01\x0b\0\0\0\0\0\x04\x27\0\0\0", 12);
	stream_came(&s, 12, STREAM_STALE_MS + 1);
	ok(stream_frame(&s, &len) && len == 12, "is given up");
}

/* ---- anything at all ---- */

static uint32_t seed = 1;

static uint32_t random_number(uint32_t below)
{
	seed = seed * UINT32_C(1664525) + UINT32_C(1013904223);
	return (seed >> 8) % below;
}

/* Real requests with a few bytes changed: nothing may break, and every answer is one frame. */
static void test_fuzz(void)
{
	size_t n = sizeof goldens / sizeof goldens[0], len, bad = 0;
	uint8_t frame[HEX_MAX];
	const uint8_t *p;

	begin("");
	allocate(2, 5);
	allocate(3, 5);
	allocate(11, 2);
	for (int i = 0; i < FUZZ_ROUNDS; i++) {
		const char *hex = goldens[random_number((uint32_t)n)].request;
		size_t size = (size_t)hex_bytes(hex, frame, sizeof frame);

		for (uint32_t k = random_number(4); k > 0; k--)
			frame[3 + random_number((uint32_t)size - 3)] = (uint8_t)random_number(256);
		fault_request(fault, frame, size);
		while ((p = fault_output(fault, &len))) {
			bad += len < MODEM_FRAME_MIN || (size_t)(p[1] | p[2] << 8) + 1 != len;
			fault_written(fault, len);
		}
	}
	ok(!bad, "changed requests, whole answers");
	begin("set model @60000;set imei @60000");
	allocate(2, 1);
	send_hex("010c0000020100010022000000");
	collect();
	ok(out_len == 6 + 7 + 7 + 3 + 60000, "a very long answer");
	commands("set meid @60000");
	send_hex("010c0000020100010025000000");
	ok(came("0113008002010201002500070002040001000300"), "one that is too long");
}

int main(void)
{
	host_start();
	test_goldens();
	test_clients();
	test_indications();
	test_loc();
	test_counters();
	test_time();
	test_faults();
	test_stream();
	test_fuzz();
	return host_end();
}
