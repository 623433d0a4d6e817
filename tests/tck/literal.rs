//! Reads the literals of result tables and parameters: `(:A {p: 1})`, `[:T]`, `<(:A)-[:T]->(:B)>`, `[1, 'x', null]`.

use std::collections::BTreeSet;

use super::value::{Properties, TckHop, TckNode, TckRel, TckValue};

/// Reads one value; the error says what stood where.
pub fn parse(text: &str) -> Result<TckValue, String> {
    let mut cursor = Cursor { text, at: 0 };
    let value = cursor.value().map_err(|reason| format!("{reason} at {} of `{text}`", cursor.at))?;
    cursor.blanks();
    if cursor.at < text.len() { Err(format!("`{}` is left of `{text}`", &text[cursor.at..])) } else { Ok(value) }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn looking_at(&mut self, text: &str) -> bool {
        self.blanks();
        self.rest().starts_with(text)
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.looking_at(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    fn want(&mut self, text: &str) -> Result<(), String> {
        if self.take(text) { Ok(()) } else { Err(format!("`{text}` is wanted")) }
    }

    fn value(&mut self) -> Result<TckValue, String> {
        self.blanks();
        match self.rest().chars().next() {
            Some('\'') => self.quoted().map(TckValue::Text),
            Some('(') => self.node().map(TckValue::Node),
            Some('<') => self.path(),
            Some('{') => self.properties().map(TckValue::Map),
            Some('[') if self.rest()[1..].trim_start().starts_with(':') => self.rel().map(TckValue::Rel),
            Some('[') => self.list(),
            Some(_) => self.word(),
            None => Err("a value is wanted".to_owned()),
        }
    }

    fn list(&mut self) -> Result<TckValue, String> {
        self.want("[")?;
        let mut items = Vec::new();
        while !self.take("]") {
            if !items.is_empty() {
                self.want(",")?;
            }
            items.push(self.value()?);
        }
        Ok(TckValue::List(items))
    }

    fn properties(&mut self) -> Result<Properties, String> {
        self.want("{")?;
        let mut entries = Properties::new();
        while !self.take("}") {
            if !entries.is_empty() {
                self.want(",")?;
            }
            let key = self.name()?;
            self.want(":")?;
            entries.insert(key, self.value()?);
        }
        Ok(entries)
    }

    fn properties_if_any(&mut self) -> Result<Properties, String> {
        if self.looking_at("{") { self.properties() } else { Ok(Properties::new()) }
    }

    fn node(&mut self) -> Result<TckNode, String> {
        self.want("(")?;
        let mut labels = BTreeSet::new();
        while self.take(":") {
            labels.insert(self.name()?);
        }
        let properties = self.properties_if_any()?;
        self.want(")")?;
        Ok(TckNode { labels, properties })
    }

    fn rel(&mut self) -> Result<TckRel, String> {
        self.want("[")?;
        self.want(":")?;
        let kind = self.name()?;
        let properties = self.properties_if_any()?;
        self.want("]")?;
        Ok(TckRel { kind, properties })
    }

    fn path(&mut self) -> Result<TckValue, String> {
        self.want("<")?;
        let start = self.node()?;
        let mut hops = Vec::new();
        while !self.take(">") {
            let backward = self.take("<-");
            if !backward {
                self.want("-")?;
            }
            let rel = self.rel()?;
            self.want(if backward { "-" } else { "->" })?;
            hops.push(TckHop { forward: !backward, rel, node: self.node()? });
        }
        Ok(TckValue::Path(start, hops))
    }

    /// A name: anything up to a blank or a mark of the notation, or anything in backticks.
    fn name(&mut self) -> Result<String, String> {
        if self.take("`") {
            let end = self.rest().find('`').ok_or("a backtick is not closed")?;
            let name = self.rest()[..end].to_owned();
            self.at += end + 1;
            return Ok(name);
        }
        self.blanks();
        let end = self.rest().find(|c: char| c.is_whitespace() || ":{}()[]<>,|'".contains(c));
        let name = self.rest()[..end.unwrap_or(self.rest().len())].to_owned();
        self.at += name.len();
        if name.is_empty() { Err("a name is wanted".to_owned()) } else { Ok(name) }
    }

    fn quoted(&mut self) -> Result<String, String> {
        self.want("'")?;
        let mut text = String::new();
        let mut chars = self.rest().char_indices();
        while let Some((at, char)) = chars.next() {
            match char {
                '\'' => {
                    self.at += at + 1;
                    return Ok(text);
                }
                '\\' => match chars.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, 't')) => text.push('\t'),
                    Some((_, 'r')) => text.push('\r'),
                    Some((_, other @ ('\'' | '"' | '\\'))) => text.push(other),
                    Some((_, other)) => text.extend(['\\', other]),
                    None => break,
                },
                _ => text.push(char),
            }
        }
        Err("a string is not closed".to_owned())
    }

    fn word(&mut self) -> Result<TckValue, String> {
        let word = self.name()?;
        Ok(match word.as_str() {
            "null" => TckValue::Null,
            "true" => TckValue::Bool(true),
            "false" => TckValue::Bool(false),
            "NaN" => TckValue::Float(f64::NAN),
            "Inf" | "+Inf" => TckValue::Float(f64::INFINITY),
            "-Inf" => TckValue::Float(f64::NEG_INFINITY),
            number => {
                let int = number.parse().map(TckValue::Int);
                let starts_as_number = number.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
                int.or_else(|_| number.parse().map(TckValue::Float))
                    .ok()
                    .filter(|_| starts_as_number)
                    .ok_or_else(|| format!("`{number}` is no value"))?
            }
        })
    }
}
