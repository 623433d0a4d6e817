//! Random queries on random graphs: the optimised plan has the answer of the naive matcher. The bytes are the chance
//! from which graph and query are drawn. Batches are of three rows in this build, so that small graphs fill several.

#![cfg_attr(feature = "libfuzzer", no_main)]

use griot_fuzz::{case, chance};

fn one(bytes: &[u8]) {
    let case = chance::case(bytes);
    if let Err(difference) = case::compared(&case) {
        panic!("{difference}\n{case:?}");
    }
}

griot_fuzz::target!("ask", one);
