
_shawk() {
    local command=top pending= option kind word letter
    local -a table
    local -i i=2 operands=0
    if ((CURRENT == 2)) && [[ $PREFIX != -* ]]; then
        table=("${(@f)$(_shawk_commands)}")
        table=("${(@)table:#zk *}" 'zk:tools for ZooKeeper')
        _describe command table
        return
    elif [[ $words[2] == zk ]] && ((CURRENT == 3)); then
        table=("${(@f)$(_shawk_commands)}")
        table=("${(@)${(@M)table:#zk *}#zk }")
        _describe tool table
        return
    elif [[ $words[2] == zk ]]; then
        command="zk $words[3]"
        i=4
    elif [[ $words[2] != -* ]]; then
        command=$words[2]
        i=3
    fi
    for ((; i < CURRENT; i++)); do
        word=$words[i]
        if [[ -n $pending ]]; then
            pending=
            continue
        fi
        case $word in
        --*=*) ;;
        --?*) _shawk_values "$command" $word >/dev/null && pending=$word ;;
        -?*)
            for ((letter = 2; letter <= $#word; letter++)); do
                if _shawk_values "$command" -$word[letter] >/dev/null; then
                    ((letter == $#word)) && pending=-$word[letter]
                    break
                fi
            done
            ;;
        *) operands+=1 ;;
        esac
    done
    if [[ -n $pending ]]; then
        option=$pending
    elif [[ $PREFIX == --*=* ]]; then
        option=${PREFIX%%=*}
        compset -P '*='
    elif [[ $PREFIX == -* ]]; then
        table=("${(@f)$(_shawk_options "$command")}")
        _describe -o option table
        return
    elif ((operands)); then
        return 1
    else
        option=operand
    fi
    table=(${(s: :)"$(_shawk_values "$command" $option)"})
    kind=$table[1]
    shift table
    case $kind in
    words) compadd -a table ;;
    netns)
        table+=(/run/netns/*(N:t))
        compadd -a table
        ;;
    list | fields)
        compset -P '*,'
        [[ $kind == fields ]] && compset -P '[+-]'
        compadd -q -S , -a table
        ;;
    sort)
        if compset -P '*:'; then
            compadd asc desc
        else
            compadd -q -S : -a table
        fi
        ;;
    expr) compadd -S '' -a table ;;
    replay)
        if compset -P 'replay:'; then
            _files
        else
            compadd -a table
            compadd -S '' replay:
        fi
        ;;
    files) _files ;;
    *) return 1 ;;
    esac
}

if [[ $funcstack[1] == _shawk ]]; then
    _shawk "$@"
else
    compdef _shawk shawk
fi
