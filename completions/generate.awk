# generate.awk - fill the tables into a template.
#
#	awk -v shell=bash|zsh|fish -f generate.awk TABLES TEMPLATE
#
# A line of the template that holds @NAME@ alone becomes that table, any other is kept;
# @COMMANDS@, @APPLETS@, @VALUED@ and @LETTERS@ also stand within lines.

BEGIN { FS = "\t" }

function append(list, word)
{
	return list == "" ? word : list " " word
}

function quote(s,	out, i)		# for any of the shells, in single quotes
{
	while ((i = index(s, "'"))) {
		out = out substr(s, 1, i - 1) (shell == "fish" ? "\\'" : "'\\''")
		s = substr(s, i + 1)
	}
	return "'" out s "'"
}

function note_valued(letter, name)	# options that take a value: the same with all verbs
{
	if (("--" name) in valued_seen)
		return
	valued_seen["--" name] = 1
	valued = append(valued, "--" name)
	if (letter != "-") {
		valued = append(valued, "-" letter)
		letters = letters letter
	}
}

# An option, under the verb it belongs to ("" for all).
function note_option(key, letter, name, arg, values, help)
{
	n_options++
	o_key[n_options] = key
	o_letter[n_options] = letter
	o_name[n_options] = name
	o_arg[n_options] = arg
	o_values[n_options] = values
	o_help[n_options] = help
	if (arg != "-")
		note_valued(letter, name)
}

$1 == "global" && FILENAME == ARGV[1] { note_option("", $2, $3, $4, $5, $6); next }
$1 == "option" && FILENAME == ARGV[1] {
	sub(/ .*/, "", $3)		# those of an action stand with its verb, once
	if (!(($2, $3, $5) in options_seen))
		note_option($2 " " $3, $4, $5, $6, $7, $8)
	options_seen[$2, $3, $5] = 1
	next
}
$1 == "applet" && FILENAME == ARGV[1] {
	applet[++n_applets] = $2
	applet_help[$2] = $3
	applets = append(applets, $2)
	commands = append(commands, "qmi-" $2)
	next
}
$1 == "verb" && FILENAME == ARGV[1] {
	verb[++n_verbs] = $2 " " $3
	verb_applet[n_verbs] = $2
	verb_name[n_verbs] = $3
	verb_args[n_verbs] = $4
	verb_values[n_verbs] = $9
	verb_help[n_verbs] = $10
	if ($3 != "-") {
		verbs[$2] = append(verbs[$2], $3)
		commands = append(commands, "qmi-" $2 "-" $3)
	}
	next
}
$1 == "action" && FILENAME == ARGV[1] {
	action[++n_actions] = $2 " " $3
	next
}
$1 == "keys" && FILENAME == ARGV[1] {
	note_keys($2 ($3 == "-" ? "" : " " $3), $4)
	next
}
FILENAME == ARGV[1] { next }

# ---- keys: verbs that have the same share a row ----

function note_keys(name, list)
{
	has_keys[name] = 1
	if (!(list in keys_row)) {
		keys_row[list] = ++n_keys
		keys[n_keys] = list
	}
	keys_names[keys_row[list]] = keys_names[keys_row[list]] "\t" name
}

# An action without keys has not those of its verb.
function note_actions(	i, name)
{
	for (i = 1; i <= n_actions; i++) {
		name = action[i]
		sub(/ [^ ]*$/, "", name)
		if ((name in has_keys) && !(action[i] in has_keys))
			note_keys(action[i], "")
	}
	n_actions = 0
}

function quoted_names(row, joint,	i, n, name, out)
{
	n = split(substr(keys_names[row], 2), name, "\t")
	for (i = 1; i <= n; i++)
		out = out (i > 1 ? joint : "") quote(name[i])
	return out
}

function case_keys(	i)		# of bash and zsh
{
	note_actions()
	for (i = 1; i <= n_keys; i++)
		print "\t" quoted_names(i, "|") ") REPLY=" quote(keys[i]) " ;;"
}

function fish_keys(	i)
{
	note_actions()
	for (i = 1; i <= n_keys; i++)
		print "\t\tcase " quoted_names(i, " ") "\n\t\t\tstring split -n ' ' -- " \
			quote(keys[i]) "; or true"
}

# ---- bash ----

function bash_verbs(	i)
{
	for (i = 1; i <= n_applets; i++)
		print "\t" applet[i] ") REPLY=" quote(verbs[applet[i]]) " ;;"
}

function long_options(key,	i, list)
{
	for (i = 1; i <= n_options; i++)
		if (o_key[i] == key)
			list = append(list, "--" o_name[i])
	return list
}

function bash_options(	i, list)
{
	for (i = 1; i <= n_verbs; i++) {
		list = long_options(verb[i])
		if (list != "")
			print "\t" quote(verb[i]) ") REPLY=" quote(list) " ;;"
	}
}

function bash_option_values(	i, names)
{
	for (i = 1; i <= n_options; i++) {
		if (o_values[i] == "-")
			continue
		names = quote((o_key[i] == "" ? "" : o_key[i] " ") "--" o_name[i])
		if (o_letter[i] != "-")
			names = names "|" quote((o_key[i] == "" ? "" : o_key[i] " ") "-" o_letter[i])
		print "\t" names ") REPLY=" quote(o_values[i]) " ;;"
	}
}

function bash_values(	i)
{
	for (i = 1; i <= n_verbs; i++)
		if (verb_values[i] != "-")
			print "\t" quote(verb[i]) ") REPLY=" quote(verb_values[i]) " ;;"
}

# ---- zsh ----

function zsh_action(values)
{
	if (values == "@device")
		return "_qmitool_device"
	if (values == "@file")
		return "_files"
	if (values == "@dir")
		return "_files -/"
	if (values == "@key")
		return "_qmitool_key"
	if (values ~ /^@complete /)
		return "_qmitool_ask " substr(values, 11)
	return values == "-" ? " " : "(" values ")"
}

function zsh_text(s)		# within a specification: no brackets, no colons
{
	gsub(/\[/, "\\[", s)
	gsub(/\]/, "\\]", s)
	gsub(/:/, "\\:", s)
	return s
}

function zsh_option(i, indent,	names, rest)
{
	rest = "[" zsh_text(o_help[i]) "]"
	if (o_arg[i] == "-") {
		names = o_letter[i] == "-" ? "--" o_name[i] : "{-" o_letter[i] ",--" o_name[i] "}"
	} else {
		names = o_letter[i] == "-" ? "--" o_name[i] "=" : \
			"{-" o_letter[i] "+,--" o_name[i] "=}"
		rest = rest ":" zsh_text(o_arg[i]) ":" zsh_action(o_values[i])
	}
	print indent "'*'" names quote(rest)
}

function zsh_globals(	i)
{
	for (i = 1; i <= n_options; i++)
		if (o_key[i] == "")
			zsh_option(i, "\t\t")
}

function zsh_options(	i, k, any)
{
	for (k = 1; k <= n_verbs; k++) {
		any = 0
		for (i = 1; i <= n_options; i++) {
			if (o_key[i] != verb[k])
				continue
			if (!any++)
				print "\t" quote(verb[k]) ")\n\t\toptions=("
			zsh_option(i, "\t\t\t")
		}
		if (any)
			print "\t\t)\n\t\t;;"
	}
}

function zsh_applets(	i)
{
	for (i = 1; i <= n_applets; i++)
		print "\t\t" quote(applet[i] ":" zsh_text(applet_help[applet[i]]))
}

function zsh_verbs(	i, k)
{
	for (i = 1; i <= n_applets; i++) {
		if (verbs[applet[i]] == "")
			continue
		print "\t" applet[i] ")\n\t\tverbs=("
		for (k = 1; k <= n_verbs; k++)
			if (verb_applet[k] == applet[i] && verb_name[k] != "-")
				print "\t\t\t" quote(verb_name[k] ":" zsh_text(verb_help[k]))
		print "\t\t)\n\t\t;;"
	}
}

function zsh_values(	i, word)
{
	for (i = 1; i <= n_verbs; i++) {
		if (verb_values[i] == "-")
			continue
		word = verb_args[i]
		gsub(/[][]/, "", word)
		sub(/ .*/, "", word)
		word = zsh_text(word) ":" zsh_action(verb_values[i])
		print "\t" quote(verb[i]) ") argument=" quote(word) \
			(verb_values[i] ~ /^@complete/ ? " more=" quote(word) : "") " ;;"
	}
}

# ---- fish ----

function fish_action(values)
{
	if (values == "@device")
		return " -a '(__qmitool_devices)'"
	if (values == "@file")
		return " -F"
	if (values == "@dir")
		return " -a '(__fish_complete_directories)'"
	if (values == "@key")
		return " -a '(__qmitool_keys)'"
	if (values ~ /^@complete /)
		return " -a " quote("(__qmitool_ask " substr(values, 11) ")")
	return values == "-" ? "" : " -a " quote(values)
}

function fish_option(i,	line)
{
	line = "complete -c qmitool"
	if (o_key[i] != "")
		line = line " -n " quote("__qmitool_verb " o_key[i])
	if (o_letter[i] != "-")
		line = line " -s " o_letter[i]
	line = line " -l " o_name[i]
	if (o_arg[i] != "-")
		line = line (o_values[i] == "@file" ? " -r" : " -x") fish_action(o_values[i])
	print line " -d " quote(o_help[i])
}

function fish_options(	i)
{
	for (i = 1; i <= n_options; i++)
		fish_option(i)
}

function fish_words(	i)
{
	for (i = 1; i <= n_applets; i++)
		print "complete -c qmitool -n '__qmitool_no_applet' -a " applet[i] " -d " \
			quote(applet_help[applet[i]])
	for (i = 1; i <= n_verbs; i++)
		if (verb_name[i] != "-")
			print "complete -c qmitool -n " quote("__qmitool_no_verb " verb_applet[i]) \
				" -a " verb_name[i] " -d " quote(verb_help[i])
}

function fish_values(	i)
{
	for (i = 1; i <= n_verbs; i++)
		if (verb_values[i] != "-")
			print "complete -c qmitool -n " quote((verb_values[i] ~ /^@complete/ ? \
				"__qmitool_verb " : "__qmitool_no_argument ") verb[i]) \
				fish_action(verb_values[i])
}

function fish_links(	i)
{
	for (i = 1; i <= n_applets; i++)
		print "complete -c qmi-" applet[i] " -f -w " quote("qmitool " applet[i])
	for (i = 1; i <= n_verbs; i++)
		if (verb_name[i] != "-")
			print "complete -c qmi-" verb_applet[i] "-" verb_name[i] " -f -w " \
				quote("qmitool " verb[i])
}

# ---- the template ----

function fill(line, name, value,	i)
{
	while ((i = index(line, name)))
		line = substr(line, 1, i - 1) value substr(line, i + length(name))
	return line
}

function pattern(list)		# a b c as a|b|c
{
	gsub(/ /, "|", list)
	return list
}

$0 == "@BASH_VERBS@" { bash_verbs(); next }
$0 == "@BASH_OPTIONS@" { bash_options(); next }
$0 == "@BASH_OPTION_VALUES@" { bash_option_values(); next }
$0 == "@BASH_VALUES@" { bash_values(); next }
$0 == "@CASE_KEYS@" { case_keys(); next }
$0 == "@FISH_KEYS@" { fish_keys(); next }
$0 == "@ZSH_GLOBALS@" { zsh_globals(); next }
$0 == "@ZSH_OPTIONS@" { zsh_options(); next }
$0 == "@ZSH_APPLETS@" { zsh_applets(); next }
$0 == "@ZSH_VERBS@" { zsh_verbs(); next }
$0 == "@ZSH_VALUES@" { zsh_values(); next }
$0 == "@FISH_OPTIONS@" { fish_options(); next }
$0 == "@FISH_WORDS@" { fish_words(); next }
$0 == "@FISH_VALUES@" { fish_values(); next }
$0 == "@FISH_LINKS@" { fish_links(); next }
{
	line = fill($0, "@COMMANDS@", commands)
	line = fill(line, "@APPLETS@", applets)
	line = fill(line, "@GLOBALS@", long_options(""))
	line = fill(line, "@VALUED@", shell == "fish" ? valued : pattern(valued))
	print fill(line, "@LETTERS@", letters)
}
