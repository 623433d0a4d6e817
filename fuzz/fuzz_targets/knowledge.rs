//! No file makes the loader of knowledge bases panic, and what it finds wrong can be shown. The input is one file; it
//! stands beside a small base that is in order, so that it can speak of what is there.

#![cfg_attr(feature = "libfuzzer", no_main)]

use griot::diagnostics::{Format, render};
use griot::kb;

const BESIDE: &str = include_str!("beside.toml");

fn one(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let files = vec![("beside.toml".to_owned(), BESIDE.to_owned()), ("input.toml".to_owned(), text.to_owned())];
    let loaded = kb::load(files);
    for format in [Format::Full { colour: false }, Format::Concise, Format::Json] {
        let _ = render(&loaded.diagnostics, &loaded.sources, format);
    }
    assert_eq!(loaded.store.is_none(), loaded.report.errors > 0, "errors block, and nothing else does");
}

griot_fuzz::target!("knowledge", one);
