//! A query as it comes from the shell.

/// The query of these arguments. One argument is the query as it stands. Where there are several, the shell has taken the
/// quotation marks away: an argument with blanks in it was between some, so its words, or those behind its field, are a phrase.
pub(super) fn query(arguments: &[String]) -> String {
    match arguments {
        [one] => one.clone(),
        several => several.iter().map(|argument| part(argument)).collect::<Vec<_>>().join(" "),
    }
}

fn part(argument: &str) -> String {
    let has_marks = argument.contains(['"', '“', '”', '(', ')']);
    if has_marks || !argument.contains(char::is_whitespace) {
        return argument.to_owned();
    }
    let (minus, rest) = match argument.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", argument),
    };
    match rest.split_once(':') {
        Some((field, value)) if !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            format!("{minus}{field}:\"{value}\"")
        }
        _ => format!("{minus}\"{rest}\""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str]) -> String {
        query(&arguments.iter().map(|&argument| argument.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn what_the_shell_took_away_is_put_back() {
        assert_eq!(of(&["said:\"a b\" by:Zarif"]), "said:\"a b\" by:Zarif");
        assert_eq!(of(&["climate", "OR", "storm"]), "climate OR storm");
        assert_eq!(of(&["said:against terrorism", "by:Zarif"]), "said:\"against terrorism\" by:Zarif");
        assert_eq!(of(&["prime minister", "-said:no way"]), "\"prime minister\" -said:\"no way\"");
        assert_eq!(of(&["(a OR b)", "unread"]), "(a OR b) unread");
        assert_eq!(of(&["storm country:IR"]), "storm country:IR");
    }
}
