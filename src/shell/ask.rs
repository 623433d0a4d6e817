//! `griot ask`: questions in, answers out.

use super::arguments::{Access, Ask, Base};
use super::failure::Failure;
use super::interrupt;
use super::library::{self, Library, Piece};
use super::show::Showing;
use super::terminal::Terminal;
use crate::query::syntax::statement_end;
use crate::source::{Source, Span};

/// Runs the queries in order, and stops at the first that fails.
pub fn run(ask: &Ask, base: Base<'_>, access: Access, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut library = Library::open(base, terminal)?.under(access);
    let cancel = library.cancel_token();
    interrupt::on_interrupt(1, move || cancel.cancel())?;
    let parameters = library::parameters(&ask.parameters);
    let mut showing = Showing::new(&ask.format);
    for text in &ask.queries {
        let whole = Source::new("<query>", text.as_str());
        let mut start = 0;
        while start == 0 || !text[start..].trim().is_empty() {
            let end = start + statement_end(&text[start..]);
            showing.query(&mut library, Piece { whole: &whole, span: Span::new(start, end) }, &parameters, terminal)?;
            start = end.max(1);
        }
    }
    Ok(())
}
