//! temporary
use super::ast::*;
pub fn expression(expr: &Expr) -> String {
    let t = format!("{expr:?}");
    let mut out = String::new();
    let mut rest = t.as_str();
    while let Some(at) = rest.find("span: ") {
        out.push_str(&rest[..at]);
        rest = rest[at + 6..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    }
    out.push_str(rest);
    out
}
pub fn node(node: &NodePattern) -> String {
    format!("{node:?}")
}
pub fn query(q: &Query) -> String {
    format!("{q:?}")
}
