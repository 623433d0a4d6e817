//! What tables become.

use std::fs;

use crate::support::{DATES, EDGES, Folder, NODES};

#[test]
fn columns_become_properties_of_the_types_that_they_show() {
    let folder = Folder::imported();
    let rows = folder.ask("match (a:Actor) return a.id, a.name, a.founded + 1, a.strength order by a.id");
    let expected = "1,Ansar Dine,2013,1500.0\n2,MUJAO,2012,\n3,AQIM,2008,1000.5\n4,Al-Mourabitoun,2014,200.0\n";
    assert_eq!(rows.split_once('\n').expect("a head").1, expected);
    let rows = folder.ask("match ()-[r:SUCCEEDED]->() return r.note, r.since / 10000");
    assert_eq!(rows.lines().nth(1), Some("\"a merger, \"\"al-Murabitun\"\"\",2013"));
}

#[test]
fn date_columns_say_when_a_relation_holds_and_stay_properties() {
    let folder = Folder::imported();
    let allies = |day: &str| {
        let query =
            format!("match (a {{name: 'Ansar Dine'}})-[r:ALLIED_WITH]->(b) as of {day} return b.name order by b.name");
        folder.ask(&query).lines().skip(1).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(allies("2012-06-26"), "AQIM MUJAO");
    assert_eq!(allies("2012-06-27"), "AQIM", "the second date is the first day on which it does not hold");
    assert_eq!(allies("2013-02-01"), "");
    let rows = folder.ask("match ()-[r:ALLIED_WITH]->() where r.until > 20120627 return r.until");
    assert_eq!(rows, "r.until\n20130201\n");
    let inclusive = [DATES, &["--until-inclusive"]].concat();
    folder.import(&["--nodes", "Actor=nodes.csv", "--edges", "edges.csv"], &inclusive);
    assert!(folder.ask("match ()-[r:ALLIED_WITH]->(b) as of 2012-06-27 return b.name").contains("MUJAO"));
}

#[test]
fn dates_may_be_written_as_iso_has_them() {
    let edges = "from,to,type,begin,end\n1,2,ALLIED_WITH,2012,2012-06\n1,3,ALLIED_WITH,2012-03-04,\n";
    let folder = Folder::of(&[("nodes.csv", NODES), ("edges.csv", edges)]);
    let tables = ["--nodes", "nodes.csv", "--edges", "edges.csv", "--since", "begin", "--until", "end"];
    assert_eq!(folder.import(&tables, &[]).code, Some(0));
    let allies = |day: &str| folder.ask(&format!("match ()-[:ALLIED_WITH]->(b) as of {day} return b.id order by b.id"));
    assert_eq!(allies("2012-01-01"), "b.id\n2\n");
    assert_eq!(allies("2012-05-31"), "b.id\n2\n3\n");
    assert_eq!(allies("2012-06-01"), "b.id\n3\n");
    assert_eq!(folder.ask("match ()-[r]->(b {id: 2}) return r.begin"), "r.begin\n2012\n");
}

#[test]
fn a_column_is_as_wide_as_its_widest_value() {
    let mut nodes = String::from("id,code\n");
    nodes.extend((0..200_000).map(|number| format!("{number},{number}\n")));
    nodes.push_str("200000,007\n");
    let folder = Folder::of(&[("nodes.csv", &nodes)]);
    assert_eq!(folder.import(&["--nodes", "Thing=nodes.csv"], &[]).code, Some(0));
    assert_eq!(folder.ask("match (t) where t.id in [7, 200000] return t.code order by t.id"), "t.code\n7\n007\n");
    assert_eq!(folder.ask("match (t {id: 7}) return t.code = '7' as is_text"), "is_text\ntrue\n");
    let run = folder.import(&["--nodes", "Thing=nodes.csv", "--types", "code=int"], &[]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("nodes.csv:200002:8"), "{}", run.err);
}

#[test]
fn several_tables_have_keys_of_their_own() {
    let people = "id,name\n1,Abou Zeid\n2,Belmokhtar\n";
    let cities = "id,name\n1,Gao\n2,Kidal\n";
    let lives = "from,to\n1,2\n2,1\n";
    let folder = Folder::of(&[("people.csv", people), ("cities.csv", cities), ("lives.csv", lives)]);
    let tables = ["--nodes", "Person=people.csv", "--nodes", "City=cities.csv", "--edges"];
    let run = folder.import(&[&tables[..], &["Person-LIVES_IN-City=lives.csv"]].concat(), &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let rows = folder.ask("match (p:Person)-[:LIVES_IN]->(c:City) return p.name, c.name order by p.name");
    assert_eq!(rows, "p.name,c.name\nAbou Zeid,Kidal\nBelmokhtar,Gao\n");
    let run = folder.import(&[&tables[..], &["LIVES_IN=lives.csv"]].concat(), &[]);
    assert!(run.err.contains("nodes of several tables have the key `1`"), "{}", run.err);
}

#[test]
fn labels_come_from_a_column_and_from_a_schema() {
    let nodes = "key\tsort\tname\na\tArmedGroup;Coalition\tCMA\nb\tPerson\tAbou Zeid\n";
    let folder = Folder::of(&[("nodes.tsv", nodes)]);
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/kb/schema");
    let run = folder.import(&["--nodes", "nodes.tsv"], &["--label-column", "sort", "--schema", schema]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(folder.ask("match (a:Actor:Coalition) return a.name"), "a.name\nCMA\n");
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let folder = Folder::imported();
    let first = fs::read(folder.path("graph.griot")).expect("a file");
    folder.import(&["--nodes", "Actor=nodes.csv", "--edges", "edges.csv", "--index", "name"], DATES);
    assert!(fs::read(folder.path("graph.griot")).expect("a file") == first);
}

#[test]
fn other_spellings_of_csv_are_read_alike() {
    let expected = Folder::imported().ask("match (a)-[r]->(b) return a.name, b.name, r.note order by a.name, b.name");
    let spelled = |text: &str| text.replace('\n', "\r\n").replace(',', ";").replace("merger;", "merger,");
    let folder = Folder::of(&[
        ("nodes.csv", &format!("\u{feff}{}", spelled(NODES))),
        ("edges.csv", &format!("\n{}\n", spelled(EDGES))),
    ]);
    let run = folder
        .import(&["--nodes", "Actor=nodes.csv", "--edges", "edges.csv"], &[DATES, &["--delimiter", ";"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(folder.ask("match (a)-[r]->(b) return a.name, b.name, r.note order by a.name, b.name"), expected);
}
