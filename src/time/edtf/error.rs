//! Why a text is no EDTF date. Knows where and what; `nearest` adds the right writing where it finds one.

use std::ops::Range;

use thiserror::Error;

/// Why a text is no EDTF date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct EdtfError {
    /// The bytes of the text that are at fault; empty at its end where something is missing. Always between
    /// characters.
    pub span: Range<usize>,
    /// What was expected, in lower case without a full stop.
    pub message: String,
    /// What to write instead, in the imperative.
    pub hint: Option<String>,
}

impl EdtfError {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), hint: None }
    }

    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

#[cfg(test)]
mod tests {
    use crate::time::Edtf;

    /// The fault under its place in the text, as people see it.
    fn show(text: &str) -> String {
        let error = Edtf::parse(text).expect_err(text);
        let hint = error.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        format!("{} at `{}`: {error}{hint}", text, &text[error.span.clone()])
    }

    #[test]
    fn faults_say_where_and_what() {
        let faults = [
            "2012-13",
            "2012-02-30",
            "2012-07-00",
            "2012-42",
            "2012-07-3X",
            "2012-",
            "12",
            "12345",
            "199X-07",
            "XXXX-07",
            "2012?~",
            "2014/2012",
            "[2014..2012]",
            "[2012",
            "[2012;2014]",
            "../..",
            "2012-~07",
            "Y1234567",
            "le 3",
        ];
        let shown: Vec<String> = faults.into_iter().map(show).collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        2012-13 at `13`: there is no month 13; write a month from 01 to 12, a season from 21 to 24, or a quarter from 33 to 36
        2012-02-30 at `30`: 2012-02 has no day 30; write a day from 01 to 29
        2012-07-00 at `00`: 2012-07 has no day 00; write `2012-07` where the day is not known
        2012-42 at `42`: there is no month 42; write a month from 01 to 12, a season from 21 to 24, or a quarter from 33 to 36
        2012-07-3X at `3`: a day has two digits; write `XX` for a day that is not known
        2012- at ``: expected a month of two digits, but the date ends here; write `2012`
        12 at `12`: a year has four digits
        12345 at `12345`: a year has four digits; write a longer year as `Y12345`
        199X-07 at `199X`: a year with masked digits stands alone, without a month
        XXXX-07 at `XXXX`: a year needs at least one digit that is known
        2012?~ at `?~`: a date bears one mark; write `2012%`
        2014/2012 at `2014/2012`: the span ends before it starts; write the earlier date first
        [2014..2012] at `2014..2012`: the span ends before it starts; write the earlier date first
        [2012 at ``: expected `,`, `..` or `]`, but the date ends here
        [2012;2014] at `;`: expected `,`, `..` or `]`, found `;`
        ../.. at `../..`: an interval without a date says nothing
        2012-~07 at `~`: expected a month of two digits, found `~`; write `2012-07~`
        Y1234567 at `Y1234567`: years go up to 999999, before and after the year 0
        le 3 at `l`: expected a year, found `l`
        ");
    }
}
