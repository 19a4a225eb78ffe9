# commands.awk - are the qmitool commands in a text such as there are?
#
#	awk -f commands.awk TABLES KEYS FILE…
#
# TABLES is --dump-cli's, KEYS the list of the keys that verbs print, FILE a shell script or the
# manual (of which the literal parts of EXAMPLES count).  A line is printed for each mistake,
# and at the end how many commands there were.

BEGIN { FS = "\t" }

# ---- the tables ----

FILENAME == ARGV[1] {
	if ($1 == "global") {
		takes["-" $2] = takes["--" $3] = $4 != "-"
		known["-" $2] = known["--" $3] = 1
	} else if ($1 == "applet") {
		applet[$2] = 1
	} else if ($1 == "verb" || $1 == "action") {
		name = $2 ($3 == "-" ? "" : " " $3)
		least[name] = $5
		most[name] = $6
		if ($1 == "action")
			acts[$2 " " substr($3, 1, index($3, " ") - 1)] = 1
	} else if ($1 == "option") {
		name = $2 ($3 == "-" ? "" : " " $3)
		takes[name " -" $4] = takes[name " --" $5] = $6 != "-"
		known[name " -" $4] = known[name " --" $5] = 1
	}
	next
}

FILENAME == ARGV[2] {
	sub(/\?$/, "", $2)
	gsub(/\[\]/, "", $2)
	if (!/^#/)
		key[$2] = 1
	next
}

# ---- the commands ----

FNR == 1 { manual = $0 ~ /mdoc|\.Dd/ || FILENAME ~ /\.1$/; whole = ""; examples = literal = 0 }
manual && /^\.Sh / { examples = $0 == ".Sh EXAMPLES" }
manual && /^\.Bd -literal/ { literal = 1; next }
manual && /^\.Ed/ { literal = 0 }
manual && !(examples && literal) { next }
/^[ \t]*#/ { next }
{
	whole = whole $0
	if (sub(/\\$/, " ", whole))
		next
	take_apart(whole)
	whole = ""
}

END {
	print n + 0, "commands"
}

# Words by the shell's rules, as far as examples go; what ends a command ends it.
function take_apart(text,	c, i, quote, word, open) {
	n_words = 0
	for (i = 1; i <= length(text) + 1; i++) {
		c = substr(text, i, 1)
		if (quote == "" && word == "" && c == "#")	# a comment
			i = length(text) + 1
		c = i > length(text) ? "\n" : c
		if (quote == "'" && c == "'" || quote == "\"" && c == "\"") {
			quote = ""
		} else if (quote != "'" && substr(text, i, 2) == "$(") {
			i++
			end_word(word); end_command()
			word = ""
			open++
			outer[open] = quote
			quote = ""
		} else if (quote == "" && (c == "'" || c == "\"")) {
			quote = c
			word = word "\001"	# empty, or with spaces: a word all the same
		} else if (quote != "") {
			word = word c
		} else if (c == ")" && open) {
			end_word(word); end_command()
			word = ""
			quote = outer[open--]
		} else if (c ~ /[ \t]/) {
			end_word(word)
			word = ""
		} else if (c ~ /[|&;<>\n()]/) {
			end_word(word); end_command()
			word = ""
		} else {
			word = word c
		}
	}
}

function end_word(word) {
	if (word == "")
		return
	gsub(/\001/, "", word)
	words[n_words++] = word
}

function end_command(	i) {
	for (i = 0; i < n_words; i++)
		if (words[i] == "qmitool" || words[i] ~ /^qmi-[a-z]/)
			break
	if (i < n_words)
		check(i)
	n_words = 0
}

function wrong(what,	i, text) {
	for (i = 0; i < n_words; i++)
		text = text " " words[i]
	print FILENAME ":" FNR ": " what " in:" text
}

function check(at,	i, w, verb, n_args, value, name) {
	n++
	n_args = 0
	verb = words[at] == "qmitool" ? "" : substr(words[at], 5)
	if (verb != "" && !(verb in applet))
		return wrong("no applet " verb)
	for (i = at + 1; i < n_words; i++) {
		w = words[i]
		if (w ~ /^-[^0-9]/) {
			value = index(w, "=") > 0
			name = value ? substr(w, 1, index(w, "=") - 1) : w
			if (name in known)
				value = value || !takes[name]
			else if ((verb " " name) in known)
				value = value || !takes[verb " " name]
			else
				return wrong("no option " name)
			if ((name == "-f" || name == "--field") && words[i + 1] !~ /\$/)
				check_key(words[i + 1])
			i += !value
			if (name == "--install" || name == "--version" || name == "--help")
				return
		} else if (verb == "" && !(w in applet)) {
			return wrong("no applet " w)
		} else if (verb == "" || verb in applet && (verb " " w) in least || verb in acts) {
			verb = verb == "" ? w : verb " " w
		} else {
			n_args++
		}
	}
	if (!(verb in least))
		wrong("no verb " verb)
	else if (n_args < least[verb] || most[verb] >= 0 && n_args > most[verb])
		wrong(n_args " arguments")
}

function check_key(path) {
	gsub(/\[[0-9]+\]/, "", path)
	if (!(path in key))
		wrong("no key " path)
}
