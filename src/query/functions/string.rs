//! Functions on strings. Positions and lengths count characters (Unicode scalar values), from 0.

use unicode_normalization::UnicodeNormalization;

use super::{Function, FunctionError, Outcome, PLAIN, ValueKind, items, optional, required, text, whole};
use crate::model::Value;

const TEXT: super::Parameter = required("text", ValueKind::String);
const CHARACTERS: super::Parameter = optional("characters", ValueKind::String);

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "left",
        parameters: &[TEXT, required("length", ValueKind::Integer)],
        returns: ValueKind::String,
        meaning: "the first characters",
        examples: &[("left('Kidal', 3)", "'Kid'"), ("left('Kidal', 9)", "'Kidal'")],
        body: |_, args| Ok(text(&args[0]).chars().take(length("left", &args[1])?).collect::<String>().into()),
        ..PLAIN
    },
    Function {
        name: "right",
        parameters: &[TEXT, required("length", ValueKind::Integer)],
        returns: ValueKind::String,
        meaning: "the last characters",
        examples: &[("right('Kidal', 2)", "'al'"), ("right('Kidal', 9)", "'Kidal'")],
        body: |_, args| {
            let (text, wanted) = (text(&args[0]), length("right", &args[1])?);
            let skipped = text.chars().count().saturating_sub(wanted);
            Ok(text.chars().skip(skipped).collect::<String>().into())
        },
        ..PLAIN
    },
    Function {
        name: "substring",
        parameters: &[TEXT, required("start", ValueKind::Integer), optional("length", ValueKind::Integer)],
        returns: ValueKind::String,
        meaning: "the characters from start on, or so many of them",
        examples: &[("substring('0123456789', 1)", "'123456789'"), ("substring('hello', 1, 3)", "'ell'")],
        body: |_, args| {
            let rest = text(&args[0]).chars().skip(length("substring", &args[1])?);
            let wanted = args.get(2).map_or(Ok(usize::MAX), |value| length("substring", value))?;
            Ok(rest.take(wanted).collect::<String>().into())
        },
        ..PLAIN
    },
    Function {
        name: "replace",
        parameters: &[TEXT, required("search", ValueKind::String), required("by", ValueKind::String)],
        returns: ValueKind::String,
        meaning: "the string with each occurrence of search replaced",
        examples: &[("replace('hello', 'l', 'w')", "'hewwo'"), ("replace('a', '', 'b')", "'a'")],
        body: |_, args| {
            let (within, search) = (text(&args[0]), text(&args[1]));
            Ok(if search.is_empty() { args[0].clone() } else { within.replace(search, text(&args[2])).into() })
        },
        ..PLAIN
    },
    Function {
        name: "split",
        parameters: &[TEXT, required("separator", ValueKind::STRING_OR_LIST)],
        returns: ValueKind::List,
        meaning: "the pieces between the separators (one, or a list of them); an empty one splits between characters",
        examples: &[
            ("split('one1two', '1')", "['one', 'two']"),
            ("split('abc', '')", "['a', 'b', 'c']"),
            ("split('a,b;c', [',', ';'])", "['a', 'b', 'c']"),
        ],
        body: |_, args| split(text(&args[0]), &args[1]),
        ..PLAIN
    },
    Function {
        name: "trim",
        aliases: &["btrim"],
        parameters: &[TEXT, CHARACTERS],
        returns: ValueKind::String,
        meaning: "the string without white space, or the characters named, at both ends",
        examples: &[("trim('  a ')", "'a'"), ("btrim('xxaxx', 'x')", "'a'")],
        body: |_, args| Ok(text(&args[0]).trim_matches(|c| is_trimmed(c, args)).into()),
        ..PLAIN
    },
    Function {
        name: "ltrim",
        parameters: &[TEXT, CHARACTERS],
        returns: ValueKind::String,
        meaning: "the string without white space, or the characters named, at its start",
        examples: &[("ltrim('  a ')", "'a '")],
        body: |_, args| Ok(text(&args[0]).trim_start_matches(|c| is_trimmed(c, args)).into()),
        ..PLAIN
    },
    Function {
        name: "rtrim",
        parameters: &[TEXT, CHARACTERS],
        returns: ValueKind::String,
        meaning: "the string without white space, or the characters named, at its end",
        examples: &[("rtrim('  a ')", "'  a'")],
        body: |_, args| Ok(text(&args[0]).trim_end_matches(|c| is_trimmed(c, args)).into()),
        ..PLAIN
    },
    Function {
        name: "toLower",
        aliases: &["lower"],
        parameters: &[TEXT],
        returns: ValueKind::String,
        meaning: "the string in lower case",
        examples: &[("toLower('MUJAO')", "'mujao'")],
        body: |_, args| Ok(text(&args[0]).to_lowercase().into()),
        ..PLAIN
    },
    Function {
        name: "toUpper",
        aliases: &["upper"],
        parameters: &[TEXT],
        returns: ValueKind::String,
        meaning: "the string in upper case",
        examples: &[("toUpper('Mali')", "'MALI'")],
        body: |_, args| Ok(text(&args[0]).to_uppercase().into()),
        ..PLAIN
    },
    Function {
        name: "normalize",
        parameters: &[TEXT, optional("form", ValueKind::String)],
        returns: ValueKind::String,
        meaning: "the string in a Unicode normal form: NFC, or NFD, NFKC, NFKD",
        examples: &[("size(normalize('e\u{301}'))", "1"), ("size(normalize('é', 'NFD'))", "2")],
        body: |_, args| normalize(text(&args[0]), args.get(1).map_or("NFC", text)),
        ..PLAIN
    },
];

fn length(function: &str, value: &Value) -> Result<usize, FunctionError> {
    let refused = |int| FunctionError::out_of_range(format!("{function}() takes no negative number: {int}"));
    usize::try_from(whole(value)).map_err(|_| refused(whole(value)))
}

/// Whether the trim functions take this character away: one of those named, else white space.
fn is_trimmed(character: char, args: &[Value]) -> bool {
    args.get(1).map_or(character.is_whitespace(), |named| text(named).contains(character))
}

fn split(within: &str, separator: &Value) -> Outcome {
    let separators: Vec<&str> = match separator {
        Value::Text(one) => vec![one],
        list => {
            let each = items(list).iter().map(|item| {
                item.as_text().ok_or_else(|| FunctionError::wrong_value("split() takes strings as separators"))
            });
            each.collect::<Result<_, _>>()?
        }
    };
    if separators.iter().any(|each| each.is_empty()) {
        return Ok(Value::list(within.chars().map(|c| c.to_string().into()).collect()));
    }
    let mut pieces = Vec::new();
    let mut rest = within;
    // The leftmost separator splits; of several at one place the longest.
    while let Some((at, found)) = separators
        .iter()
        .filter_map(|each| rest.find(each).map(|at| (at, *each)))
        .min_by_key(|(at, found)| (*at, std::cmp::Reverse(found.len())))
    {
        pieces.push(Value::from(&rest[..at]));
        rest = &rest[at + found.len()..];
    }
    pieces.push(rest.into());
    Ok(Value::list(pieces))
}

fn normalize(text: &str, form: &str) -> Outcome {
    let normal: String = match form.to_ascii_uppercase().as_str() {
        "NFC" => text.nfc().collect(),
        "NFD" => text.nfd().collect(),
        "NFKC" => text.nfkc().collect(),
        "NFKD" => text.nfkd().collect(),
        _ => {
            let error = FunctionError::bad_argument(format!("normalize() knows no form '{form}'"));
            return Err(error.with_hint("write 'NFC', 'NFD', 'NFKC' or 'NFKD'"));
        }
    };
    Ok(normal.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_split(within: &str, separator: impl Into<Value>, expected: &[&str]) {
        let found = split(within, &separator.into()).expect("pieces");
        let expected = Value::list(expected.iter().map(|piece| Value::from(*piece)).collect());
        assert!(found.is_equivalent(&expected), "{found:?}");
    }

    #[test]
    fn split_keeps_empty_pieces() {
        check_split("a,,b,", ",", &["a", "", "b", ""]);
        check_split("", ",", &[""]);
        check_split("", "", &[]);
    }

    #[test]
    fn split_takes_the_leftmost_of_several_separators() {
        check_split("a--b-c", Value::list(vec!["-".into(), "--".into()]), &["a", "b", "c"]);
    }

    #[test]
    fn negative_lengths_are_out_of_range() {
        assert_eq!(length("left", &Value::Int(-1)).expect_err("negative").detail, "NumberOutOfRange");
    }
}
