//! Writing an answer: in a format, to whatever takes text; or where the query itself says. Shared by `ask`, the prompt
//! and batch files.

use std::io::Write;
use std::path::Path;

use super::arguments::TABLE;
use super::failure::Failure;
use super::paint::Paint;
use super::{file, table};
use crate::answer::{Answer, Drawing, Message};
use crate::export;

/// How answers are written.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    /// `table`, or a format of the registry of exports.
    pub format: &'a str,
    /// How many columns a table may take.
    pub width: usize,
    /// How a table is painted.
    pub paint: Paint,
    /// Where rows are to be had that a table only counts.
    pub rest: &'static str,
    /// Whether files may be written.
    pub writes_files: bool,
}

/// Writes an answer where its query asks it to go, else to `out`. Gives what is to be said of it besides its own
/// messages.
pub fn show(answer: &Answer, manner: Manner<'_>, out: &mut dyn Write) -> Result<Option<Message>, Failure> {
    match &answer.drawing {
        Some(drawing) => draw(answer, drawing, manner, out),
        None => write(answer, manner, out).map(|()| None),
    }
}

/// Writes an answer in a format, whatever its query asks.
pub fn write(answer: &Answer, manner: Manner<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    if manner.format == TABLE {
        let text = table::render(answer, manner.width, manner.paint, manner.rest);
        return Ok(out.write_all(text.as_bytes())?);
    }
    Ok((format(manner.format)?.answer)(answer, out)?)
}

/// `EXPORT format [TO 'file']`.
fn draw(
    answer: &Answer,
    drawing: &Drawing,
    manner: Manner<'_>,
    out: &mut dyn Write,
) -> Result<Option<Message>, Failure> {
    let format = format(&drawing.format)?;
    let Some(path) = &drawing.file else {
        (format.answer)(answer, out)?;
        return Ok(None);
    };
    if !manner.writes_files {
        return Err(Failure::Usage(format!("cannot write '{path}': griot was started with --no-files")));
    }
    file::write(Path::new(path), |out| (format.answer)(answer, out))?;
    Ok(Some(Message::note(format!("wrote {path}"))))
}

/// The export format of a name.
pub fn format(name: &str) -> Result<&'static export::Format, Failure> {
    export::format(name).ok_or_else(|| {
        let known: Vec<&str> = export::FORMATS.iter().map(|format| format.name).collect();
        Failure::Usage(format!("there is no export format `{name}`; there are {}", known.join(", ")))
    })
}
