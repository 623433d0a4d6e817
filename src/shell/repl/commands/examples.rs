//! `.examples`: what can be asked, by number.

use super::{Argument, Command, GO, Next};
use crate::language::STATEMENTS;
use crate::shell::failure::Failure;
use crate::shell::repl::state::Prompt;

/// Questions that are no single statement.
const MIXED: &[&str] = &[
    "match (g:ArmedGroup)-[:COMPONENT_OF]->(:Coalition 'JNIM') as of 2018\nrivals of g as of 2020 return g.name, collect(actor.name) order by g.name",
    "match (l:Person)-[r:LED]->(g) return l.name, count(distinct g) as groups, collect(sources(r)) order by groups desc limit 5",
    "match (a:ArmedGroup)-[r:alliance]-(b:ArmedGroup) during 2012..2013 return distinct name(a), name(b), certainty(r) limit 20",
    "explain lineage from MUJAO to ISGS",
];

pub(super) const EXAMPLES: Command = Command {
    name: "examples",
    aliases: &["example"],
    takes: "[N]",
    argument: Argument::Nothing,
    meaning: "questions to try; with a number, run one",
    about: "",
    run: examples,
};

/// Every example: those of the statements, then the others.
fn all() -> Vec<&'static str> {
    STATEMENTS.iter().flat_map(|statement| statement.examples).copied().chain(MIXED.iter().copied()).collect()
}

fn examples(prompt: &mut Prompt<'_>, rest: &str) -> Result<Next, Failure> {
    let all = all();
    if rest.is_empty() {
        prompt.page(list)?;
        return GO;
    }
    let number = rest.parse().ok().filter(|number| (1..=all.len()).contains(number));
    let Some(number) = number else {
        return Err(Failure::Usage(format!("the examples are numbered 1 to {}, not `{rest}`", all.len())));
    };
    let text: &str = all[number - 1];
    prompt.echo(text)?;
    prompt.line(text)?;
    GO
}

fn list(page: &mut crate::shell::help::Page) {
    let mut number = 0;
    let mut meaning = "";
    let mut numbered = |page: &mut crate::shell::help::Page, text: &str| {
        number += 1;
        let mut lines = text.lines();
        page.sample(&format!("{number:>2}  {}", lines.next().unwrap_or("")));
        lines.for_each(|line| page.sample(&format!("    {line}")));
    };
    for statement in STATEMENTS.iter().filter(|statement| !statement.examples.is_empty()) {
        if statement.meaning != meaning {
            page.heading(statement.meaning);
            meaning = statement.meaning;
        }
        statement.examples.iter().for_each(|text| numbered(page, text));
    }
    page.heading("questions in openCypher, alone and with statements");
    MIXED.iter().for_each(|text| numbered(page, text));
    page.paragraph("");
    page.paragraph(".examples 3 runs the third.");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Parameters, Session};

    #[test]
    fn every_example_answers() {
        let mut session = Session::new(crate::built_in().expect("the built-in graph"));
        for text in MIXED {
            let answers = session.run(text, &Parameters::default()).unwrap_or_else(|fault| panic!("{text}: {fault}"));
            assert!(answers.iter().all(|answer| !answer.rows.is_empty() || answer.explanation.is_some()), "{text}");
        }
    }
}
