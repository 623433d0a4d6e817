//! Files that a query reads: behind a trait, so that only the shell touches the disk.

use std::io::{self, Read};

/// Opens local files.
pub trait Files {
    /// The bytes of a file, from its start.
    ///
    /// # Errors
    /// If it cannot be opened.
    fn open(&self, path: &str) -> io::Result<Box<dyn Read>>;
}

/// The path that a `file://` address or a plain path stands for; `None` for an address elsewhere.
#[must_use]
pub fn local_path(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("file:") {
        let rest = &address["file:".len()..];
        // `file:///path`, `file://localhost/path` and `file:/path` are one.
        let path = match rest.strip_prefix("//") {
            Some(rest) => &rest[rest.find('/')?..],
            None => rest,
        };
        return Some(unescaped(path));
    }
    let scheme = lower.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_none_or(|scheme| !scheme.chars().all(|c| c.is_ascii_alphanumeric())).then(|| address.to_owned())
}

/// `%20` and its like as what they stand for; what is no escape stays.
fn unescaped(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut found = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                found.push(byte);
                at += 3;
            }
            None => {
                found.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&found).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_files_are_paths() {
        let check = |address: &str, path: Option<&str>| assert_eq!(local_path(address).as_deref(), path, "{address}");
        check("/tmp/a.csv", Some("/tmp/a.csv"));
        check("a b.csv", Some("a b.csv"));
        check("file:///tmp/a%20b.csv", Some("/tmp/a b.csv"));
        check("FILE://localhost/tmp/50%.csv", Some("/tmp/50%.csv"));
        check("file:/tmp/a.csv", Some("/tmp/a.csv"));
        check("https://example.org/a.csv", None);
    }
}
