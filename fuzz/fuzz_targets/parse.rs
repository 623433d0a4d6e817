//! No text makes the parser panic; its faults lie within the text; and what is printed of what it reads is read again,
//! and printed the same.

#![cfg_attr(feature = "libfuzzer", no_main)]

use griot::query::syntax::{parse, print};

fn one(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match parse(text) {
        Ok(script) => {
            let printed = print(&script);
            let again = parse(&printed).unwrap_or_else(|faults| panic!("{text}\nis printed as\n{printed}\n{faults:?}"));
            assert_eq!(print(&again), printed, "{text}");
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "{text} is refused without a reason");
            for fault in faults {
                let (start, end) = (fault.span.start as usize, fault.span.end as usize);
                assert!(text.get(start..end).is_some(), "{fault:?} lies not in {text}");
            }
        }
    }
}

griot_fuzz::target!("parse", one);
