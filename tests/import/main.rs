//! Graph files: tables and folders of knowledge become one with `griot import`, and `--db` asks it.

mod asking;
mod damage;
mod faults;
mod support;
mod tables;
