set -eu
LC_ALL=C
export LC_ALL

fail() {
    printf 'keepone: %s\n' "$1" >&2
    exit "$2"
}

usage() {
    cat <<'END'
usage: sh SCRIPT [--apply] [--undo] [--journal FOLDER] TREE

Shows what the plan does to the unpacked firmware tree TREE, and checks that it can be done.
  --apply           do it; every step is written to the journal before it runs
  --undo            undo what the journal says was done (with --apply; else show it)
  --journal FOLDER  where the journal is; by default beside the tree, TREE.keepone-journal
Exit status: 0 done or possible, 1 a condition does not hold, 3 wrong use.
END
}

apply=no
undo=no
tree=
journal=
while [ $# -gt 0 ]; do
    case $1 in
        --apply) apply=yes ;;
        --undo) undo=yes ;;
        --journal)
            [ $# -gt 1 ] || fail '--journal needs a folder' 3
            journal=$2
            shift
            ;;
        --help) usage; exit 0 ;;
        -*) usage >&2; fail "no such option: $1" 3 ;;
        *)
            [ -z "$tree" ] || fail 'one tree at a time' 3
            tree=$1
            ;;
    esac
    shift
done
[ -n "$tree" ] || { usage >&2; exit 3; }
[ -d "$tree" ] || fail "no such folder: $tree" 3
# The dot keeps a line break at the end of the name.
tree=$(cd -P -- "$tree" && pwd -P && printf .)
tree=${tree%?.}
[ "$tree" != / ] || fail 'the tree is the root of this machine' 3
[ -n "$journal" ] || journal=$tree.keepone-journal
case $journal in
    /*) ;;
    *) journal=$PWD/$journal ;;
esac
log=$journal/log

say() {
    printf '%s\n' "$1"
}

note() {
    printf '%s\n' "$1" >>"$log"
    sync
}

# The folder that holds $1, or that its first missing ancestor would lie in, must be inside the tree: a link may lead out.
inside() {
    place=$1
    while :; do
        place=${place%/*}
        if [ -d "$place" ]; then
            real=$(cd -P -- "$place" && pwd -P && printf .)
            real=${real%?.}
            case $real/ in
                "$tree"/*) return 0 ;;
                *) fail "leads out of the tree: $1" 1 ;;
            esac
        fi
        if [ -L "$place" ] || [ -e "$place" ]; then
            fail "no folder: $place" 1
        fi
    done
}

# How many folders above $1 are missing.
missing() {
    count=0
    place=${1%/*}
    while [ ! -d "$place" ]; do
        count=$((count + 1))
        place=${place%/*}
    done
    printf '%s' "$count"
}

# Removes $2 folders above $1, if they are empty.
prune() {
    place=${1%/*}
    left=$2
    while [ "$left" -gt 0 ]; do
        rmdir -- "$place" 2>/dev/null || return 0
        place=${place%/*}
        left=$((left - 1))
    done
}

# move NUMBER FROM TO
move() {
    from=$tree$2
    to=$tree$3
    inside "$from"
    inside "$to"
    if [ "$undo" = yes ]; then
        say "$1: move $3 back to $2"
        [ "$apply" = yes ] || return 0
        if [ ! -e "$from" ] && [ ! -L "$from" ]; then
            [ -e "$to" ] || fail "$1: neither $2 nor $3 is there" 1
            mv -- "$to" "$from"
        elif [ -e "$to" ]; then
            fail "$1: both $2 and $3 are there" 1
        fi
        prune "$to" "$made"
        return 0
    fi
    [ -e "$from" ] && [ ! -L "$from" ] || fail "$1: not there: $2" 1
    if [ -e "$to" ] || [ -L "$to" ]; then
        fail "$1: something lies there already: $3" 1
    fi
    say "$1: move $2 to $3"
    [ "$apply" = yes ] || return 0
    note "begin $1 $(missing "$to")"
    mkdir -p -- "${to%/*}"
    mv -- "$from" "$to"
    note "done $1"
}

# Saves the file of step $1 before it changes.
save() {
    if [ -e "$2" ]; then
        cp -p -- "$2" "$journal/$1.before.part"
        mv -- "$journal/$1.before.part" "$journal/$1.before"
    else
        : >"$journal/$1.absent"
    fi
    note "begin $1 $(missing "$2")"
}

# Puts the file of step $1 back.
restore() {
    if [ -e "$journal/$1.before" ]; then
        cp -p -- "$journal/$1.before" "$2"
    elif [ -e "$journal/$1.absent" ]; then
        rm -f -- "$2"
        prune "$2" "$made"
    fi
}

# Writes standard input over $1, keeping its owner and mode.
replace() {
    cat >"$journal/new"
    cat "$journal/new" >"$1"
    rm -f -- "$journal/new"
}

# has FILE LINE: whether FILE holds LINE as a whole line, whatever ends it.
has() {
    [ -e "$1" ] && tr -d '\r' <"$1" | grep -qxF -e "$2"
}

# Writes FILE to standard output, with a line break at its end.
lines() {
    [ -e "$1" ] || return 0
    cat "$1"
    [ -z "$(tail -c1 "$1")" ] || printf '\n'
}

# edit NUMBER add|take|set FILE LINE
edit() {
    file=$tree$3
    inside "$file"
    [ ! -L "$file" ] || fail "$1: is a link: $3" 1
    if [ "$undo" = yes ]; then
        say "$1: put $3 back as it was"
        [ "$apply" = no ] || restore "$1" "$file"
        return 0
    fi
    case $2 in
        add)
            ! has "$file" "$4" || fail "$1: $3 holds the line already: $4" 1
            say "$1: add to $3: $4"
            ;;
        take)
            has "$file" "$4" || fail "$1: $3 does not hold the line: $4" 1
            say "$1: take out of $3: $4"
            ;;
        set) say "$1: set in $3: $4" ;;
    esac
    [ "$apply" = yes ] || return 0
    save "$1" "$file"
    mkdir -p -- "${file%/*}"
    [ -e "$file" ] || : >"$file"
    case $2 in
        add) { lines "$file"; printf '%s\n' "$4"; } | replace "$file" ;;
        take) LINE=$4 awk '{ bare = $0; sub(/\r$/, "", bare) } bare != ENVIRON["LINE"]' "$file" | replace "$file" ;;
        set)
            {
                NAME=${4%%=*}= awk 'index($0, ENVIRON["NAME"]) != 1' "$file"
                printf '%s\n' "$4"
            } | replace "$file"
            ;;
    esac
    note "done $1"
}

# The numbers of all steps.
count() {
    number=1
    while [ "$number" -le "$last_step" ]; do
        printf '%s\n' "$number"
        number=$((number + 1))
    done
}

steps() {
    for number in $(count); do
        step "$number"
    done
}

run() {
    if [ "$undo" = no ]; then
        if [ "$apply" = yes ]; then
            [ ! -e "$log" ] || fail "there is a journal already: $journal" 1
            apply=no
            steps >/dev/null
            apply=yes
            mkdir -p -- "$journal"
            note "plan $plan"
        fi
        steps
        by_hand
        [ "$apply" = yes ] || say 'Nothing was changed; --apply does it.'
        return 0
    fi
    [ -e "$log" ] || fail "no journal: $journal" 1
    grep -qxF -e "plan $plan" "$log" || fail 'the journal is that of another plan' 1
    # The last step that began is undone first.
    undone=no
    for number in $(awk '$1 == "begin" { n[++k] = $2 } END { while (k) print n[k--] }' "$log"); do
        made=$(WANTED=$number awk '$1 == "begin" && $2 == ENVIRON["WANTED"] { print $3 }' "$log")
        undone=yes
        step "$number"
    done
    [ "$undone" = yes ] || say 'The journal says that nothing was done.'
    if [ "$apply" = yes ]; then
        # Only what this script wrote: the folder may hold other things.
        rm -f -- "$log" "$journal/new"
        for number in $(count); do
            rm -f -- "$journal/$number.before" "$journal/$number.before.part" "$journal/$number.absent"
        done
        rmdir -- "$journal" 2>/dev/null || :
    else
        say 'Nothing was changed; --apply does it.'
    fi
}
