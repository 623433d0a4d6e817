//! The disk: files that queries read, and files that are written whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::Files;

/// The files of this machine, for queries that read one.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl Files for Disk {
    fn open(&self, path: &str) -> io::Result<Box<dyn Read>> {
        Ok(Box::new(File::open(path)?))
    }
}

/// Writes a file through a neighbour that takes its place when all is written, so that nobody ever reads half a file.
/// What cannot be replaced (a device, a pipe) is written to directly.
pub fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::File { doing: "write", path: path.to_owned(), source },
    };
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let mut out = BufWriter::new(File::options().write(true).open(path).map_err(failed)?);
        return content(&mut out).and_then(|()| out.flush()).map_err(failed);
    }
    let neighbour = neighbour_of(path);
    let written = write_and_rename(path, &neighbour, |out| content(out));
    if written.is_err() {
        // The fault that is reported is the first one; a neighbour that cannot be removed either is not worth a word.
        let _ = fs::remove_file(&neighbour);
    }
    written.map_err(failed)
}

/// The same for what is written in more than one place.
pub fn write_seekable(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), Failure> {
    let neighbour = neighbour_of(path);
    let written = write_and_rename(path, &neighbour, content);
    if written.is_err() {
        let _ = fs::remove_file(&neighbour);
    }
    written.map_err(|source| Failure::File { doing: "write", path: path.to_owned(), source })
}

fn write_and_rename(
    path: &Path,
    neighbour: &Path,
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    let mut out = BufWriter::new(File::create(neighbour)?);
    content(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    fs::rename(neighbour, path)
}

/// A name in the same folder, since only there renaming is atomic; with our process in it, so that two runs do not
/// write into each other's.
fn neighbour_of(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_when_all_is_written() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("answer.json");
        write(&path, |out| out.write_all(b"first")).expect("written");
        let failed = write(&path, |out| {
            out.write_all(b"second")?;
            Err(io::Error::other("no more room"))
        });
        assert!(matches!(failed, Err(Failure::File { .. })));
        assert_eq!(fs::read_to_string(&path).expect("still there"), "first");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no neighbour is left behind");
    }

    #[test]
    fn a_folder_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        assert!(matches!(write(folder.path(), |_| Ok(())), Err(Failure::File { .. })));
    }
}
