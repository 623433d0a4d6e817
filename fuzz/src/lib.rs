//! What the fuzz targets share: [`target!`] makes a program of a function over bytes. With the feature `libfuzzer` it is
//! libFuzzer's; without, it is the [`driver`]'s, which mutates a corpus by itself until its time is up.

#![allow(clippy::unwrap_used)]

pub mod chance;
pub mod driver;

// The generator of tests/properties_engine, the naive matcher, and their comparison with the engine.
#[path = "../../tests/properties_engine/answers.rs"]
mod answers;
#[path = "../../tests/properties_engine/case.rs"]
pub mod case;
#[path = "../../tests/properties_engine/draws.rs"]
mod draws;
#[path = "../../tests/properties_engine/engine.rs"]
mod engine;
#[path = "../../tests/properties_engine/expressions.rs"]
mod expressions;
#[path = "../../tests/properties_engine/graphs.rs"]
mod graphs;
#[path = "../../tests/naive/mod.rs"]
mod naive;
#[path = "../../tests/properties_engine/patterns.rs"]
mod patterns;
#[path = "../../tests/properties_engine/queries.rs"]
mod queries;
#[path = "../../tests/properties_engine/routes.rs"]
mod routes;
#[path = "../../tests/properties_engine/shapes.rs"]
mod shapes;
#[path = "../../tests/properties_engine/tree.rs"]
mod tree;
#[path = "../../tests/properties_engine/writes.rs"]
mod writes;

#[cfg(feature = "libfuzzer")]
pub use libfuzzer_sys;

/// The program of a fuzz target: `target!("name", function)`.
#[macro_export]
macro_rules! target {
    ($name:literal, $one:path) => {
        #[cfg(feature = "libfuzzer")]
        $crate::libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $one(bytes));

        #[cfg(not(feature = "libfuzzer"))]
        fn main() -> std::process::ExitCode {
            $crate::driver::main($name, $one)
        }
    };
}
