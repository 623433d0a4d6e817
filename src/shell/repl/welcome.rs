//! The first screen: what this is, how much it holds and as of when, three things to type.

use super::state::Prompt;
use crate::answer::{Meaning, Piece};
use crate::shell::failure::Failure;
use crate::shell::library::counted;

/// Three things to type, with what they show.
const THREE: [(&str, &str); 3] = [
    ("lineage from MUJAO to ISGS", "who came from whom, step by step, with the sources"),
    ("groups sharing network of Iyad Ag Ghali", "the organisations that a leader's network joins"),
    (".help", "everything that can be asked; Tab completes words and names"),
];

/// Shows it, unless the settings say otherwise.
pub fn show(prompt: &mut Prompt<'_>) -> Result<(), Failure> {
    if !prompt.settings.welcome {
        return Ok(());
    }
    let paint = prompt.terminal.paint;
    let painted = |text: &str, meaning: Meaning| paint.piece(&Piece { text: text.to_owned(), meaning });
    let name = painted(&format!("griot {}", env!("CARGO_PKG_VERSION")), Meaning::Name);
    let mut text = format!("{name}: what sources say about armed actors, every answer with its evidence\n");
    text.push_str(&paint.dim(&holdings(prompt)));
    text.push_str("\n\nType a question, or\n");
    let width = THREE.iter().map(|(typed, _)| typed.len()).max().unwrap_or(0);
    for (typed, meaning) in THREE {
        let gap = " ".repeat(width - typed.len());
        let (typed, meaning) = (painted(typed, Meaning::Kind), paint.dim(meaning));
        text.push_str(&["  ", &typed, &gap, "  ", &meaning, "\n"].concat());
    }
    text.push('\n');
    prompt.terminal.out().write_all(text.as_bytes())?;
    prompt.terminal.flush()
}

/// How much the graph holds, and as of when.
fn holdings(prompt: &Prompt<'_>) -> String {
    let graph = prompt.library.graph();
    let mut parts = vec![counted(graph.node_count(), "node"), counted(graph.edge_count(), "relation")];
    if graph.claim_count() > 0 {
        let sources = counted(graph.source_count(), "source");
        parts.push(format!("{} from {sources}", counted(graph.claim_count(), "claim")));
    }
    let dates = graph.sources().map(|source| graph.source_record(source).date.to_owned());
    let newest = dates.filter(|date| date.starts_with(|c: char| c.is_ascii_digit())).max();
    let newest = newest.map(|date| format!(", the newest of {date}")).unwrap_or_default();
    let version = Some(graph.meta().version_name()).filter(|version| !version.is_empty());
    let version = version.map(|version| format!("; knowledge base {version}")).unwrap_or_default();
    format!("{}{newest}{version}", parts.join(", "))
}
