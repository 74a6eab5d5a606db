
# Puts the words that begin with $2 into COMPREPLY, each behind $1.
_shawk_offer() {
    local before=$1 value=$2 word
    shift 2
    for word; do
        [[ $word == "$value"* ]] && COMPREPLY+=("$before$word")
    done
}

_shawk() {
    local -a words=() table=() chosen=()
    local command=top pending='' option before value kind cur word i letter operands=0
    COMPREPLY=()
    # COMP_WORDBREAKS takes words apart at = and :
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((${#words[@]})) && [[ $word == [=:]* || ${words[${#words[@]} - 1]} == *[=:] ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
    done
    cur=${words[${#words[@]} - 1]}
    i=0
    if ((${#words[@]} == 1)) && [[ $cur != -* ]]; then
        mapfile -t table < <(_shawk_commands)
        # Of two words the first, once.
        mapfile -t table < <(printf '%s\n' "${table[@]%%[ :]*}" | uniq)
        _shawk_offer '' "$cur" "${table[@]}"
        return
    elif [[ ${words[0]} == zk ]] && ((${#words[@]} == 2)); then
        mapfile -t table < <(_shawk_commands)
        for word in "${table[@]%%:*}"; do
            [[ $word == 'zk '* ]] && _shawk_offer '' "$cur" "${word#zk }"
        done
        return
    elif [[ ${words[0]} == zk ]]; then
        command="zk ${words[1]}"
        i=2
    elif [[ ${words[0]} != -* ]]; then
        command=${words[0]}
        i=1
    fi
    for (( ; i < ${#words[@]} - 1; i++)); do
        word=${words[i]}
        if [[ -n $pending ]]; then
            pending=''
            continue
        fi
        case $word in
        --*=*) ;;
        --?*) _shawk_values "$command" "$word" >/dev/null && pending=$word ;;
        -?*)
            for ((letter = 1; letter < ${#word}; letter++)); do
                if _shawk_values "$command" "-${word:letter:1}" >/dev/null; then
                    ((letter == ${#word} - 1)) && pending=-${word:letter:1}
                    break
                fi
            done
            ;;
        *) operands=$((operands + 1)) ;;
        esac
    done
    before=''
    value=$cur
    if [[ -n $pending ]]; then
        option=$pending
    elif [[ $cur == --*=* ]]; then
        option=${cur%%=*}
        before=$option=
        value=${cur#*=}
    elif [[ $cur == -* ]]; then
        mapfile -t table < <(_shawk_options "$command")
        _shawk_offer '' "$cur" "${table[@]%%:*}"
        return
    elif ((operands)); then
        return
    else
        option=operand
    fi
    read -r -a table < <(_shawk_values "$command" "$option") || return
    kind=${table[0]}
    table=("${table[@]:1}")
    case $kind in
    words) _shawk_offer "$before" "$value" "${table[@]}" ;;
    netns)
        _shawk_offer "$before" "$value" "${table[@]}"
        for word in /run/netns/*; do
            word=${word##*/}
            [[ -e /run/netns/$word && $word == "$value"* ]] && COMPREPLY+=("$before$(printf %q "$word")")
        done
        ;;
    list | fields)
        if [[ $value == *,* ]]; then
            before+=${value%,*},
            IFS=, read -r -a chosen <<<"${value%,*}"
            value=${value##*,}
        fi
        if [[ $kind == fields && $value == [+-]* ]]; then
            before+=${value:0:1}
            value=${value:1}
        fi
        for word in "${table[@]}"; do
            [[ " ${chosen[*]#[+-]} " == *" $word "* ]] || _shawk_offer "$before" "$value" "$word"
        done
        compopt -o nospace 2>/dev/null
        ;;
    sort)
        if [[ $value == *:* ]]; then
            _shawk_offer "$before${value%:*}:" "${value##*:}" asc desc
        else
            _shawk_offer "$before" "$value" "${table[@]}"
            compopt -o nospace 2>/dev/null
        fi
        ;;
    expr)
        _shawk_offer "$before" "$value" "${table[@]}"
        compopt -o nospace 2>/dev/null
        ;;
    replay)
        if [[ $value == replay:* ]]; then
            mapfile -t COMPREPLY < <(compgen -P "${before}replay:" -f -- "${value#replay:}")
            compopt -o filenames 2>/dev/null
        else
            _shawk_offer "$before" "$value" "${table[@]}" replay:
            [[ ${COMPREPLY[*]} == *replay: ]] && compopt -o nospace 2>/dev/null
        fi
        ;;
    files)
        mapfile -t COMPREPLY < <(compgen -P "$before" -f -- "$value")
        compopt -o filenames 2>/dev/null
        ;;
    esac
    # What stands before the last = or : is on the line already.
    before=''
    [[ $COMP_WORDBREAKS == *=* && $cur == *=* ]] && before=${cur%"${cur##*=}"}
    [[ $COMP_WORDBREAKS == *:* && ${cur#"$before"} == *:* ]] && before=${cur%"${cur##*:}"}
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
}

complete -F _shawk shawk
