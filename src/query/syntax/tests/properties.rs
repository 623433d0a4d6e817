//! Printing and parsing are inverse on trees made by chance, and nothing makes the parser panic.

use super::super::generate;
use super::super::{parse, parse_expression, without_spans};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_of_an_expression_parses_to_it(expr in generate::expr(3)) {
        let printed = expr.to_string();
        let parsed = parse_expression(&printed);
        prop_assert!(parsed.is_ok(), "{}\n{:?}", printed, parsed);
        prop_assert_eq!(without_spans(parsed.expect("it was just seen to be")), expr, "{}", printed);
    }

    #[test]
    fn what_is_printed_of_a_script_parses_to_it(script in generate::script()) {
        let printed = script.to_string();
        let parsed = parse(&printed);
        prop_assert!(parsed.is_ok(), "{}\n{:?}", printed, parsed);
        prop_assert_eq!(without_spans(parsed.expect("it was just seen to be")), script, "{}", printed);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
        let _ = parse(&text);
    }

    #[test]
    fn no_cut_or_shuffled_query_makes_the_parser_panic(script in generate::script(), from in 0..200usize, to in 0..200usize) {
        let printed: Vec<char> = script.to_string().chars().collect();
        let (from, to) = (from.min(printed.len()), to.min(printed.len()));
        let cut: String = printed[from.min(to)..from.max(to)].iter().collect();
        if let Err(faults) = parse(&cut) {
            for fault in faults {
                prop_assert!(fault.span.end as usize <= cut.len() && fault.span.start <= fault.span.end, "{:?}", fault);
                prop_assert!(cut.is_char_boundary(fault.span.start as usize), "{:?}", fault);
                prop_assert!(cut.is_char_boundary(fault.span.end as usize), "{:?}", fault);
            }
        }
    }
}
