# Prints what zsh proposes for a line: zsh -f completion-zsh.zsh SCRIPT FOLDER LINE. A shell of its own completes it.
if [[ -n $FUNNELINT_COMPLETES ]]; then
  PROMPT=
  unsetopt prompt_cr prompt_sp
  autoload -Uz compinit
  compinit -D -u
  source $FUNNELINT_COMPLETES
  bindkey '^I' complete-word
  begin-mark() { print -r -- '<begin>' }
  end-mark() { print -r -- '<end>' }
  compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
    local -a hits
    builtin compadd -A hits "$@"
    local hit
    for hit in "$hits[@]"; do print -r -- "<hit>$hit</hit>"; done
    builtin compadd "$@"
  }
  compprefuncs=(begin-mark)
  comppostfuncs=(end-mark)
  print -r -- '<ready>'
  return
fi
zmodload zsh/zpty
cd $2
export FUNNELINT_COMPLETES=$1
zpty shell zsh -f -i
zpty -w shell "source ${(q)0}"
while zpty -r shell line; do [[ $line == *'<ready>'* ]] && break; done
zpty -w -n shell "$3"$'\t'
while zpty -r shell line; do
  print -rn -- "$line"
  [[ $line == *'<end>'* ]] && break
done
zpty -d shell
