//! What is written of the command line itself: completions for shells, and the man page. Both come from the definition
//! of the arguments, so that they cannot say anything else.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions};
use super::failure::Failure;
use super::help::{CHAPTERS, TOPICS};
use super::terminal::Terminal;

/// Writes a shell's completions.
pub fn completions(arguments: &Completions, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    // Gathered first: the generator does not expect a pipe that closes.
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut text);
    Ok(terminal.out().write_all(&text)?)
}

/// Writes the man page, the commands included.
pub fn man(terminal: &mut Terminal) -> Result<(), Failure> {
    let mut command = Arguments::command();
    command.build();
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    for each in command.get_subcommands().filter(|each| !each.is_hide_set()) {
        let heading = format!("griot {}", each.get_name()).to_uppercase();
        text.extend(format!(".SH {heading}\n").bytes());
        if let Some(about) = each.get_about() {
            text.extend(format!("{about}\n").bytes());
        }
        clap_mangen::Man::new(each.clone()).render_options_section(&mut text)?;
    }
    text.extend(topics().bytes());
    Ok(terminal.out().write_all(&text)?)
}

/// The section that names the topics of `griot help`.
fn topics() -> String {
    let chapters = CHAPTERS.iter().map(|chapter| (chapter.name, chapter.meaning));
    let topics = chapters.chain(TOPICS.iter().map(|topic| (topic.name, topic.meaning)));
    let rows: Vec<String> =
        topics.map(|(name, meaning)| format!(".TP\n\\fB{}\\fR\n{meaning}\n", name.replace('-', "\\-"))).collect();
    format!(
        ".SH TOPICS\nThe manual is read by \\fBgriot help\\fR \\fITOPIC\\fR. The topics:\n{}.PP\nEvery statement, \
         clause, function, command of the prompt and message code is a topic too.\n",
        rows.concat()
    )
}
