//! A quote has 25 words at most: more is the source's text, not evidence.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::kb::knowledge::Knowledge;

const MOST_WORDS: usize = 25;

pub(super) fn check(knowledge: &Knowledge<'_>, faults: &mut Diagnostics) {
    for claim in &knowledge.records.claims {
        let Some(quote) = &claim.evidence.quote else { continue };
        let words = quote.value.split_whitespace().count();
        if words > MOST_WORDS {
            faults.push(
                Diagnostic::error(codes::LONG_QUOTE, format!("a quote of {words} words"))
                    .at(quote.place, format!("at most {MOST_WORDS} words"))
                    .with_help("say it in your own words in `note`, and quote what matters"),
            );
        }
    }
}
