# completion.bash - the completions, as real shells work with them; loaded beside lib.bash.
# shellcheck shell=bash disable=SC2016,SC2154

COMPLETIONS=${COMPLETIONS:-$LIB_DIR/../completions}

# Each of these prints what is offered where the line ends, sorted, on one line.

# complete_bash WORD...: the last is the one at the cursor
complete_bash() {
	bash --norc -c '
		. "$0/qmitool.bash"
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		$(complete -p "${1##*/}" | sed "s/.*-F \([^ ]*\).*/\1/") 2>&1
		printf "%s\n" "${COMPREPLY[@]}"' "$COMPLETIONS" "$@" | tidy
}

# complete_zsh LINE: in a real line editor, with what compadd is given written down
complete_zsh() {
	mkdir -p "$DIR/zsh"
	cat >"$DIR/zsh/.zshrc" <<-'END'
		autoload -U compinit
		fpath=($COMPLETIONS $fpath)
		compinit -u -D
		compadd() {
			local -a hits
			if ((${@[(I)-[OAD]]})); then
				builtin compadd "$@"
				return
			fi
			builtin compadd -A hits "$@"
			print -rl -- $hits >>$HITS
			builtin compadd "$@"
		}
		zle-line-init() {
			BUFFER=$LINE CURSOR=$#LINE
			zle complete-word
			exit
		}
		zle -N zle-line-init
	END
	: >"$DIR/hits"
	HITS=$DIR/hits LINE=$1 COMPLETIONS=$COMPLETIONS ZDOTDIR=$DIR/zsh TERM=dumb \
		timeout 20 zsh -f -c 'zmodload zsh/zpty
			zpty shell zsh -d -i; while zpty -r shell; do :; done' >/dev/null 3>&-
	tidy <"$DIR/hits"
}

# complete_fish LINE
complete_fish() {
	HOME=$DIR fish --no-config -c 'source $argv[1]; complete -C $argv[2]' \
		"$COMPLETIONS/qmitool.fish" "$1" | cut -f 1 | tidy
}

tidy() {
	LC_ALL=C sort -u | tr '\n' ' ' | sed 's/^ *//; s/ *$//'
}
