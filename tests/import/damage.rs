//! Files that are no graph files any more.

use std::fs;

use crate::support::Folder;

fn check(change: impl FnOnce(&mut Vec<u8>), expected: &str) {
    let folder = Folder::imported();
    let mut bytes = fs::read(folder.path("graph.griot")).expect("a file");
    change(&mut bytes);
    fs::write(folder.path("graph.griot"), bytes).expect("written");
    for command in [&["ask", "match (a)-[r]->(b) return a, r, b"][..], &["export", "--format", "json"], &["check"]] {
        let run = folder.griot(&[command, &["--db", "graph.griot"]].concat());
        assert_eq!(run.code, Some(3), "{command:?}: {}{}", run.out, run.err);
        assert!(run.err.contains(expected), "{command:?}: {}", run.err);
    }
}

#[test]
fn a_file_of_another_kind_or_version_is_refused() {
    check(|bytes| bytes[0] = b'G', "this is not a griot graph file");
    check(|bytes| bytes[8] = 1, "the graph file has format version 1, this griot reads version 3: import it anew");
}

#[test]
fn a_file_that_is_cut_or_damaged_is_refused() {
    check(|bytes| bytes.truncate(bytes.len() - 100), "the graph file is cut off");
    check(|bytes| bytes[70] ^= 1, "the graph file is damaged: the table does not fit its checksum");
    check(|bytes| bytes.push(0), "the graph file is damaged");
    let of_targets = |bytes: &mut Vec<u8>| {
        let entries = u32::from_le_bytes(bytes[12..16].try_into().expect("four bytes")) as usize;
        let entry = (0..entries).map(|number| 64 + number * 32).find(|at| bytes[*at] == 19).expect("targets");
        let offset = u64::from_le_bytes(bytes[entry + 16..entry + 24].try_into().expect("eight bytes"));
        bytes[usize::try_from(offset).expect("a place in memory")] ^= 1;
    };
    check(of_targets, "the graph file is damaged: where edges point, type 0 does not fit its checksum");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let run = Folder::of(&[]).griot(&["ask", "--db", "none.griot", "return 1"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.starts_with("error: cannot read none.griot: "), "{}", run.err);
}
