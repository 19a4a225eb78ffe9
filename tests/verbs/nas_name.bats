# Names of networks: some modems send the SIM's bytes where text belongs.  One in Italy said
# "Iv:L\u0006" for Iliad.
load ../lib.bash

setup() {
	setup_common
	modem_start
}

teardown() {
	teardown_common
}

# name HEX NAME: what the modem sends, and what is shown.
name() {
	modem set plmn_name "hex:$1"
	exits 0 nas status -f plmn.name
	same "$output" "$2"
}

@test "nas status: a name in packed 7-bit characters" {
	name 49763a4c06 Iliad
	modem answer nas get_home_network 0 010a00de003200"0549763a4c06"
	exits 0 nas home -f plmn.name
	same "$output" Iliad
	name d456f32d4eb3cb "T-Mobile"
	name 4f79d87d2e03 "Orange"
	name d432bbbc7eb75de432 "Telekom.de"
	name cdb73d3da787e5 "Movistar"
	name f637396c7ebbcba0e214 "vodafone ES"
}

@test "nas status: a name in UCS-2, padded or not" {
	name 540065007300740031 "T"		# an odd byte: it is none
	name 5400650073007400 Test
	name 54006500730074000000 Test
	name 1c0422042104 МТС
	name 2d4efd56fb79a852 中国移动
	name 00ac00ac 가가
}

@test "nas status: text stays what it is" {
	name 5465737400000000 Test		# NULs behind it
	name 09542d4d6f62696c650d0a T-Mobile	# white space around it
	name 4f2f "O/"
	name c387656c6c Çell
	name 0102 '\u0001\u0002'
	name 1b1b '\u001b\u001b'
	name 41ff42 AÿB
}

@test "nas scan: the names, too" {
	modem answer nas network_scan 0 100d000100de003200"010549763a4c06"
	exits 0 nas scan -f 'networks[0].name'
	same "$output" Iliad
}
