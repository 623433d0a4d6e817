//! From pest's error to ours: what stands there, what was expected in words, and help with the usual slips.
//!
//! Pest knows how far it came and which rules it tried there. The slips are told by what stands around that place;
//! each is one function of [`SLIPS`], and the first that knows the place says what is wrong.

use super::errors::{SyntaxError, SyntaxErrorKind};
use super::grammar::{Rule, is_whole};
use super::scan::{Scan, Segment, innermost_bracket, is_name_part, is_space};
use super::words::{CLAUSES, expected, wants_expression};
use crate::source::Span;
use pest::error::{Error, ErrorVariant, InputLocation};

/// Our error for pest's; `None` if pest ran out of stack and should be given more.
pub(super) fn explain(text: &str, scan: &Scan, segment: &Segment, error: &Error<Rule>) -> Option<SyntaxError> {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => segment.range.start + at,
    };
    match &error.variant {
        ErrorVariant::CustomError { message } if message.contains("stack") => None,
        ErrorVariant::CustomError { .. } => {
            let fault =
                SyntaxError::new(SyntaxErrorKind::TooDeep, Span::new(at, at), "this query takes too long to parse");
            Some(fault.hint("split it into several queries"))
        }
        ErrorVariant::ParsingError { positives, .. } => {
            let place = Place::new(text, scan, segment, at, positives);
            let slip = SLIPS.iter().find_map(|slip| slip(&place));
            Some(slip.unwrap_or_else(|| place.unexpected()))
        }
    }
}

/// The place where pest could go no further.
struct Place<'t> {
    /// The text up to the end of the segment.
    text: &'t str,
    /// Where the segment begins.
    start: usize,
    /// Where the offending token begins.
    at: usize,
    /// The token; empty at the end of the query.
    token: &'t str,
    /// What stands before it, from the segment's start, without trailing space and comments.
    before: &'t str,
    /// The innermost bracket that is open here.
    bracket: Option<char>,
    /// The rules that could have begun here.
    rules: &'t [Rule],
}

/// The usual slips.
const SLIPS: [fn(&Place<'_>) -> Option<SyntaxError>; 16] = [
    look_alike,
    foreign_sign,
    trailing_comma,
    equals_in_map,
    bare_label_or,
    nameless_parameter,
    broken_arrow,
    node_without_parentheses,
    misplaced_filter,
    modifier_after_filter,
    bare_date,
    misspelt_clause,
    sign_in_name,
    reserved_word,
    missing_expression,
    missing_comma,
];

impl<'t> Place<'t> {
    fn new(text: &'t str, scan: &Scan, segment: &Segment, at: usize, rules: &'t [Rule]) -> Self {
        let (start, end) = (segment.range.start, segment.range.end);
        let at = scan.skip_trivia(text, at, end);
        let before = &text[start..scan.trim_end(text, start, at)];
        let token = token_at(&text[at..scan.trim_end(text, at, end)]);
        let bracket = innermost_bracket(&text[start..at]);
        Self { text: &text[..end], start, at, token, before, bracket, rules }
    }

    fn span(&self) -> Span {
        Span::new(self.at, self.at + self.token.len())
    }

    /// What stands behind the token.
    fn after(&self) -> &str {
        self.text[self.at + self.token.len()..].trim_start_matches(is_space)
    }

    fn last_char(&self) -> Option<char> {
        self.before.chars().next_back()
    }

    /// The word before the token, if it is one.
    fn last_word(&self) -> &str {
        let length: usize = self.before.chars().rev().take_while(|c| is_name_part(*c)).map(char::len_utf8).sum();
        &self.before[self.before.len() - length..]
    }

    fn is_word(&self) -> bool {
        self.token.starts_with(is_name_part)
    }

    fn token_is(&self, word: &str) -> bool {
        self.token.eq_ignore_ascii_case(word)
    }

    /// Whether an operand was read and an operator could have followed.
    fn after_operand(&self) -> bool {
        self.rules.contains(&Rule::operator)
    }

    fn wants_expression(&self) -> bool {
        wants_expression(self.rules)
    }

    /// Whether the token is a word that may not be a variable.
    fn is_reserved(&self) -> bool {
        is_whole(Rule::reserved, self.token)
    }

    fn fault(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError::new(SyntaxErrorKind::Unexpected, self.span(), message)
    }

    /// What to say where no slip is known.
    fn unexpected(&self) -> SyntaxError {
        let message = match self.token {
            "" => "the query ends too early".to_owned(),
            token => format!("unexpected `{}`", shortened(token)),
        };
        let mut fault = self.fault(message);
        fault.expected = expected(self.rules);
        if self.after_operand()
            && let Some(bracket) = self.bracket
        {
            fault.expected.retain(|what| what != "a clause" && what != "the end of the query");
            if !self.token.starts_with(closing(bracket)) {
                fault.expected.push(format!("`{}`", closing(bracket)));
            }
        }
        if fault.expected.is_empty()
            && let Some(bracket) = self.bracket
            && !self.token.starts_with(closing(bracket))
        {
            fault.expected.push(format!("`{}`", closing(bracket)));
        }
        fault
    }
}

/// The word, the string, or the run of signs that a text begins with.
fn token_at(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return text };
    let length = if is_name_part(first) {
        text.find(|c| !is_name_part(c))
    } else if matches!(first, '\'' | '"' | '`') {
        text[1..].find(first).map(|end| end + 2)
    } else if "=<>!&|.+-*/:".contains(first) {
        text.find(|c| !"=<>!&|.+-*/:".contains(c))
    } else {
        Some(first.len_utf8())
    };
    &text[..length.unwrap_or(text.len())]
}

fn shortened(token: &str) -> String {
    if token.chars().count() <= 40 { token.to_owned() } else { token.chars().take(39).chain(['…']).collect() }
}

fn closing(bracket: char) -> char {
    match bracket {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

// ---- slips ----

fn look_alike(place: &Place<'_>) -> Option<SyntaxError> {
    let (what, write) = match place.token.chars().next()? {
        '→' | '⟶' | '⇒' | '➔' => ("arrow", "->"),
        '←' | '⟵' | '⇐' => ("arrow", "<-"),
        '—' | '–' | '−' | '‐' | '‑' | '―' => ("dash", "-"),
        '‘' | '’' | '‚' | '´' => ("quote", "'"),
        '“' | '”' | '„' | '«' | '»' => ("quote", "\""),
        '≠' => ("sign", "<>"),
        '≤' => ("sign", "<="),
        '≥' => ("sign", ">="),
        '×' | '·' => ("sign", "*"),
        '÷' => ("sign", "/"),
        '，' | '、' => ("comma", ","),
        '；' => ("semicolon", ";"),
        '（' | '）' => ("parenthesis", "( and )"),
        _ => return None,
    };
    let first = place.token.chars().next().map_or(0, char::len_utf8);
    let mut fault = place.fault(format!("`{}` is no {what} of the language", &place.token[..first]));
    fault.span = Span::new(place.at, place.at + first);
    fault.kind = SyntaxErrorKind::LookAlike;
    Some(fault.hint(format!("write {write}")))
}

fn foreign_sign(place: &Place<'_>) -> Option<SyntaxError> {
    let rest = &place.text[place.at..];
    // An operator may have been read in part: `=` of `=>`.
    let joined = place.before.len() - place.before.trim_end_matches(['=', '*', ':', '<', '>', '!']).len();
    let glued = place.start + place.before.len() == place.at;
    let from = if glued { place.at - joined } else { place.at };
    let sign = token_at(&place.text[from..]);
    let (sign, write) = match sign {
        "=>" => ("=>", ">="),
        "=<" => ("=<", "<="),
        "**" => ("**", "^"),
        ":=" => (":=", "="),
        "===" => ("===", "="),
        "->" if place.after_operand() => ("->", "-->, between nodes in parentheses"),
        _ if rest.starts_with('#') => ("#", "// before a comment"),
        _ if rest.starts_with('?') => ("?", "$name for a parameter"),
        _ if rest.starts_with('!') => ("!", "NOT for a negation, <> for `is not equal`"),
        _ => return None,
    };
    let mut fault = place.fault(format!("`{sign}` is no operator here"));
    fault.kind = SyntaxErrorKind::ForeignOperator;
    fault.span = Span::new(from, from + sign.len());
    Some(fault.hint(format!("write {write}")))
}

fn trailing_comma(place: &Place<'_>) -> Option<SyntaxError> {
    let ends = place.token.is_empty() || place.token.starts_with([')', ']', '}', '|', ',']) || is_clause(place.token);
    if place.last_char() != Some(',') || !ends {
        return None;
    }
    let comma = place.start + place.before.len() - 1;
    let mut fault = place.fault("there is nothing behind this comma");
    fault.span = Span::new(comma, comma + 1);
    Some(fault.hint("remove it, or write what is missing"))
}

fn equals_in_map(place: &Place<'_>) -> Option<SyntaxError> {
    // Pest may stop before the key, since the entry as a whole is what fails.
    let stopped_late = place.token == "=";
    let at = if stopped_late { place.at } else { place.text.len() - place.after().len() };
    let key = if stopped_late { !place.last_word().is_empty() } else { place.is_word() };
    (place.bracket == Some('{') && key && token_at(&place.text[at..]) == "=").then(|| {
        let mut fault = place.fault("`=` sets no property here");
        fault.span = Span::new(at, at + 1);
        fault.hint("in a map, write `key: value`")
    })
}

fn bare_label_or(place: &Place<'_>) -> Option<SyntaxError> {
    let labels = place.before.len() - place.last_word().len();
    (place.token == "|" && place.after_operand() && place.before[..labels].ends_with(':')).then(|| {
        place
            .fault("`|` can't stand here")
            .hint("in an expression, labels that may stand for each other need parentheses: n:(A|B)")
    })
}

fn nameless_parameter(place: &Place<'_>) -> Option<SyntaxError> {
    (place.token == "$").then(|| place.fault("this parameter has no name").hint("write $name, or $0"))
}

fn broken_arrow(place: &Place<'_>) -> Option<SyntaxError> {
    let (last, first) = (place.last_char()?, place.token.chars().next()?);
    let hint = match (last, first) {
        ('-', '>') => "write -->, or -[…]-> with a type",
        (']', '>') => "write ]->",
        (']', '(') if place.rules.contains(&Rule::right_arrow) => "write ]-> or ]- before the next node",
        ('-', '(') if place.rules.contains(&Rule::detail) => "write -- or -->, or -[…]-> with a type",
        ('>', '[') => "write -[…]->",
        _ => return None,
    };
    Some(place.fault("this arrow is not whole").hint(hint))
}

fn node_without_parentheses(place: &Place<'_>) -> Option<SyntaxError> {
    let patterns = [Rule::node, Rule::path_pattern, Rule::group];
    let wanted = patterns.iter().any(|rule| place.rules.contains(rule));
    let wanted = wanted && !place.wants_expression() && !place.after_operand();
    let pattern = wanted && place.is_word() && !place.is_reserved() && !place.rules.contains(&Rule::word);
    pattern.then(|| {
        let hint = format!("write ({}) for a node", place.token);
        place.fault(format!("a pattern begins with `(`, not with `{}`", place.token)).hint(hint)
    })
}

fn misplaced_filter(place: &Place<'_>) -> Option<SyntaxError> {
    place.token_is("where").then(|| {
        place.fault("WHERE can't stand here").hint(
            "it follows MATCH, WITH, YIELD or a statement; to filter what is returned, put WITH … WHERE before RETURN",
        )
    })
}

fn modifier_after_filter(place: &Place<'_>) -> Option<SyntaxError> {
    const ALONE: [&str; 9] =
        ["during", "throughout", "certainly", "within", "via", "through", "avoiding", "rated", "worded"];
    const PAIRS: [(&str, &str); 4] = [("as", "of"), ("known", "by"), ("according", "to"), ("without", "source")];
    // Pest may have come behind the first of two words, looking for the end of a statement.
    let first = place.last_word();
    let paired = PAIRS.iter().find(|pair| first.eq_ignore_ascii_case(pair.0) && place.token_is(pair.1));
    let name = match paired {
        Some((first, second)) => format!("{first} {second}").to_uppercase(),
        None if ALONE.iter().any(|word| place.token_is(word)) => place.token.to_uppercase(),
        None => return None,
    };
    let hint = "time and evidence stand right behind the pattern or the statement's words, before YIELD and WHERE";
    Some(place.fault(format!("{name} stands too late")).hint(hint))
}

fn bare_date(place: &Place<'_>) -> Option<SyntaxError> {
    let date = place.token.starts_with("..") || matches!(place.token, "~" | "?");
    (date && place.rules.contains(&Rule::word)).then(|| {
        place
            .fault(format!("unexpected `{}`", place.token))
            .hint("such dates are written bare only after AS OF, DURING, THROUGHOUT and KNOWN BY; elsewhere put them in quotes")
    })
}

/// A word that is no clause's begins a statement, so `MTCH (n)-->(m)` fails behind `(n)`. The fault is the word's.
fn misspelt_clause(place: &Place<'_>) -> Option<SyntaxError> {
    const KNOWN: [&str; 20] = [
        "MATCH", "OPTIONAL", "RETURN", "WHERE", "WITH", "UNWIND", "CREATE", "MERGE", "REMOVE", "DELETE", "DETACH",
        "FOREACH", "CALL", "YIELD", "UNION", "ORDER", "LIMIT", "AND", "CONTAINS", "DISTINCT",
    ];
    if !place.rules.contains(&Rule::word) {
        return None;
    }
    let words = place.before.split(|c| !is_name_part(c)).filter(|word| word.len() > 2);
    let slip = words.rev().find_map(|word| {
        let upper = word.to_uppercase();
        let most = if word.len() > 5 { 2 } else { 1 };
        let near = KNOWN.iter().find(|known| (1..=most).contains(&strsim::osa_distance(&upper, known)));
        near.map(|known| (word, *known))
    });
    let first = token_at(place.before.trim_start_matches(is_space));
    if ["select", "insert", "update"].iter().any(|word| first.eq_ignore_ascii_case(word)) {
        let fault = place.fault(format!("unexpected `{}`", place.token));
        return Some(fault.hint("a query reads like MATCH (n:ArmedGroup) WHERE … RETURN n.name"));
    }
    if let Some((word, known)) = slip {
        let at = word.as_ptr() as usize - place.text.as_ptr() as usize;
        let span = Span::new(at, at + word.len());
        let fault = SyntaxError::new(SyntaxErrorKind::Unexpected, span, format!("`{word}` is no clause"));
        let note = format!("read as a statement, it can't go on with `{}`", place.token);
        return Some(fault.hint(format!("did you mean {known}?")).note(place.span(), note));
    }
    None
}

fn sign_in_name(place: &Place<'_>) -> Option<SyntaxError> {
    let sign = place.token.starts_with(['&', '/', '+', '*', '@', '%', '.', ':', '_']) && place.bracket.is_none();
    (sign && place.rules.contains(&Rule::word)).then(|| {
        place
            .fault(format!("unexpected `{}`", place.token))
            .hint("a name that holds more than letters, digits, hyphens and apostrophes stands in quotes")
    })
}

fn reserved_word(place: &Place<'_>) -> Option<SyntaxError> {
    let wanted = place.rules.contains(&Rule::variable) || place.wants_expression();
    let wanted = wanted && !place.after_operand();
    // `RETURN order.x` means a variable; `WHERE RETURN n` lacks an expression.
    let alone =
        place.after().is_empty() || place.after().starts_with(['.', ',', ')', ']', ':', '{', '=', '<', '>', '+']);
    (wanted && place.is_reserved() && alone).then(|| {
        place
            .fault(format!("`{}` is a word of the language and no variable", place.token))
            .hint(format!("put it in backticks: `{}`", place.token))
    })
}

fn missing_expression(place: &Place<'_>) -> Option<SyntaxError> {
    let closes = place.token.starts_with([')', ']', '}']);
    (place.wants_expression() && (place.is_reserved() || closes) && !place.after_operand()).then(|| {
        let before = if place.last_word().is_empty() { shortened_tail(place.before) } else { place.last_word() };
        place.fault(format!("an expression is missing between `{before}` and `{}`", place.token))
    })
}

fn shortened_tail(before: &str) -> &str {
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    &before[before.len() - last..]
}

fn missing_comma(place: &Place<'_>) -> Option<SyntaxError> {
    let begins = place.is_word() || place.token.starts_with(['\'', '"', '`', '$', '{']);
    let inside = matches!(place.bracket, Some('[' | '{' | '('));
    (place.after_operand() && begins && inside && !place.is_reserved()).then(|| {
        let mut fault = place.fault(format!("unexpected `{}`", shortened(place.token)));
        fault.expected = vec!["an operator".to_owned(), "a comma".to_owned()];
        if let Some(bracket) = place.bracket {
            fault.expected.push(format!("`{}`", closing(bracket)));
        }
        fault.hint("is there a comma missing before it?")
    })
}

fn is_clause(word: &str) -> bool {
    CLAUSES.iter().any(|clause| clause.eq_ignore_ascii_case(word))
}
