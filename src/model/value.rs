//! The values that expressions yield and rows hold.
//!
//! Equality is three-valued ([`Value::equals`]), grouping has an equivalence of its own ([`Value::is_equivalent`],
//! in which null is null and NaN is NaN), and sorting a total order ([`Value::sort_order`]); all three follow
//! openCypher 9. Nodes and relations are handles into the graph of the query.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use indexmap::IndexMap;

use super::ids::{ClaimId, EdgeId, NodeId};
use crate::time::Edtf;
use crate::time::calendar::Temporal;

/// A map value: keys in the order in which they were said.
pub type Map = IndexMap<Arc<str>, Value>;

/// A value.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// Nothing known.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// A string.
    Text(Arc<str>),
    /// A list.
    List(Arc<Vec<Value>>),
    /// A map.
    Map(Arc<Map>),
    /// A node.
    Node(NodeId),
    /// A relation.
    Rel(EdgeId),
    /// A path.
    Path(Arc<Path>),
    /// A claim behind a relation or a node.
    Claim(ClaimId),
    /// An uncertain date.
    Edtf(Arc<Edtf>),
    /// A date, a time of day, a moment or a duration.
    Temporal(Temporal),
}

/// An alternating walk: one node more than relations. A relation may be walked against its direction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// The nodes, in walking order.
    pub nodes: Vec<NodeId>,
    /// The relations between them.
    pub rels: Vec<EdgeId>,
}

impl Value {
    /// A string value.
    #[must_use]
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// A list value.
    #[must_use]
    pub fn list(items: Vec<Value>) -> Self {
        Self::List(Arc::new(items))
    }

    /// A map value.
    #[must_use]
    pub fn map<K: Into<Arc<str>>>(entries: impl IntoIterator<Item = (K, Value)>) -> Self {
        Self::Map(Arc::new(entries.into_iter().map(|(key, value)| (key.into(), value)).collect()))
    }

    /// Whether this is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The string, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The type's name as openCypher says it.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "Null",
            Self::Bool(_) => "Boolean",
            Self::Int(_) => "Integer",
            Self::Float(_) => "Float",
            Self::Text(_) => "String",
            Self::List(_) => "List",
            Self::Map(_) => "Map",
            Self::Node(_) => "Node",
            Self::Rel(_) => "Relationship",
            Self::Path(_) => "Path",
            Self::Claim(_) => "Claim",
            Self::Edtf(_) => "Date (EDTF)",
            Self::Temporal(value) => value.type_name(),
        }
    }

    /// `a = b` in three values: `None` is null.
    #[must_use]
    pub fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Null, _) | (_, Self::Null) => None,
            (Self::Int(_) | Self::Float(_), Self::Int(_) | Self::Float(_)) => {
                Some(compare_numbers(self, other) == Some(Ordering::Equal))
            }
            (Self::List(a), Self::List(b)) if a.len() == b.len() => all_equal(a.iter().zip(b.iter())),
            (Self::Map(a), Self::Map(b)) if a.len() == b.len() => {
                if a.keys().all(|key| b.contains_key(key)) {
                    all_equal(a.iter().map(|(key, value)| (value, &b[key])))
                } else {
                    Some(false)
                }
            }
            (Self::Edtf(a), Self::Edtf(b)) => a.equals(b),
            (Self::Edtf(a), Self::Text(b)) | (Self::Text(b), Self::Edtf(a)) => {
                Edtf::parse(b).ok().map_or(Some(false), |b| a.equals(&b))
            }
            (Self::Edtf(a), Self::Temporal(Temporal::Date(b))) | (Self::Temporal(Temporal::Date(b)), Self::Edtf(a)) => {
                a.equals(&Edtf::of_date(*b))
            }
            _ => Some(self.is_equivalent(other)),
        }
    }

    /// `a < b`, `a = b`, `a > b` in three values: `None` where the two cannot be compared.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(_) | Self::Float(_), Self::Int(_) | Self::Float(_)) => compare_numbers(self, other),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Edtf(a), Self::Edtf(b)) => a.compare(b),
            (Self::Edtf(a), Self::Text(b)) => Edtf::parse(b).ok().and_then(|b| a.compare(&b)),
            (Self::Text(a), Self::Edtf(b)) => Edtf::parse(a).ok().and_then(|a| a.compare(b)),
            (Self::Edtf(a), Self::Temporal(Temporal::Date(b))) => a.compare(&Edtf::of_date(*b)),
            (Self::Temporal(Temporal::Date(a)), Self::Edtf(b)) => Edtf::of_date(*a).compare(b),
            (Self::Temporal(a), Self::Temporal(b)) => a.compare(b),
            (Self::List(a), Self::List(b)) => {
                for (x, y) in a.iter().zip(b.iter()) {
                    match x.compare(y) {
                        Some(Ordering::Equal) => {}
                        found => return found,
                    }
                }
                Some(a.len().cmp(&b.len()))
            }
            _ => None,
        }
    }

    /// Whether grouping, DISTINCT and UNION take the two for the same.
    #[must_use]
    pub fn is_equivalent(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(_) | Self::Float(_), Self::Int(_) | Self::Float(_)) => {
                order_numbers(self, other) == Ordering::Equal
            }
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::List(a), Self::List(b)) => {
                a.len() == b.len() && a.iter().zip(b.iter()).all(|(x, y)| x.is_equivalent(y))
            }
            (Self::Map(a), Self::Map(b)) => {
                a.len() == b.len()
                    && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| value.is_equivalent(other)))
            }
            (Self::Node(a), Self::Node(b)) => a == b,
            (Self::Rel(a), Self::Rel(b)) => a == b,
            (Self::Path(a), Self::Path(b)) => a == b,
            (Self::Claim(a), Self::Claim(b)) => a == b,
            (Self::Edtf(a), Self::Edtf(b)) => a == b,
            (Self::Temporal(a), Self::Temporal(b)) => a == b,
            _ => false,
        }
    }

    /// The total order of ORDER BY: maps, nodes, relations, lists, paths, claims, moments, local moments, dates (uncertain
    /// ones among them), times, local times, durations, strings, booleans, numbers, NaN, null.
    #[must_use]
    pub fn sort_order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => a.cmp(b),
            (Self::Int(_) | Self::Float(_), Self::Int(_) | Self::Float(_)) => order_numbers(self, other),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::List(a), Self::List(b)) => {
                let first_difference = a.iter().zip(b.iter()).map(|(x, y)| x.sort_order(y)).find(|order| order.is_ne());
                first_difference.unwrap_or_else(|| a.len().cmp(&b.len()))
            }
            (Self::Map(a), Self::Map(b)) => order_maps(a, b),
            (Self::Node(a), Self::Node(b)) => a.cmp(b),
            (Self::Rel(a), Self::Rel(b)) => a.cmp(b),
            (Self::Path(a), Self::Path(b)) => (&a.nodes, &a.rels).cmp(&(&b.nodes, &b.rels)),
            (Self::Claim(a), Self::Claim(b)) => a.cmp(b),
            (Self::Edtf(a), Self::Edtf(b)) => a.sort_order(b),
            (Self::Temporal(a), Self::Temporal(b)) => a.sort_order(b),
            (Self::Edtf(a), Self::Temporal(Temporal::Date(b))) => a.sort_order(&Edtf::of_date(*b)).then(Ordering::Less),
            (Self::Temporal(Temporal::Date(a)), Self::Edtf(b)) => {
                Edtf::of_date(*a).sort_order(b).then(Ordering::Greater)
            }
            _ => self.sort_rank().cmp(&other.sort_rank()),
        }
    }

    fn sort_rank(&self) -> u8 {
        match self {
            Self::Map(_) => 0,
            Self::Node(_) => 1,
            Self::Rel(_) => 2,
            Self::List(_) => 3,
            Self::Path(_) => 4,
            Self::Claim(_) => 5,
            Self::Temporal(Temporal::DateTime(_)) => 6,
            Self::Temporal(Temporal::LocalDateTime(_)) => 7,
            Self::Edtf(_) | Self::Temporal(Temporal::Date(_)) => 8,
            Self::Temporal(Temporal::Time(_)) => 9,
            Self::Temporal(Temporal::LocalTime(_)) => 10,
            Self::Temporal(Temporal::Duration(_)) => 11,
            Self::Text(_) => 12,
            Self::Bool(_) => 13,
            Self::Int(_) | Self::Float(_) => 14,
            Self::Null => 15,
        }
    }
}

/// Equality of containers: false if any pair differs, else null if any pair is unknown, else true.
fn all_equal<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Option<bool> {
    let mut known = true;
    for (a, b) in pairs {
        match a.equals(b) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = false,
        }
    }
    known.then_some(true)
}

/// Compares a whole and a floating-point number without rounding the former. NaN compares with nothing.
fn compare_numbers(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
        (Value::Int(a), Value::Float(b)) => compare_int_float(*a, *b),
        (Value::Float(a), Value::Int(b)) => compare_int_float(*b, *a).map(Ordering::reverse),
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked first, and the fraction is compared after")]
fn compare_int_float(int: i64, float: f64) -> Option<Ordering> {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    if float.is_nan() {
        None
    } else if float >= TWO_63 {
        Some(Ordering::Less)
    } else if float < -TWO_63 {
        Some(Ordering::Greater)
    } else {
        let whole = float.trunc();
        let by_whole = int.cmp(&(whole as i64));
        Some(by_whole.then_with(|| 0.0.partial_cmp(&(float - whole)).unwrap_or(Ordering::Equal)))
    }
}

/// The total order of numbers: NaN is greater than all others and equal to itself.
fn order_numbers(a: &Value, b: &Value) -> Ordering {
    let is_nan = |value: &Value| matches!(value, Value::Float(float) if float.is_nan());
    compare_numbers(a, b).unwrap_or_else(|| is_nan(a).cmp(&is_nan(b)))
}

fn order_maps(a: &Map, b: &Map) -> Ordering {
    fn sorted(map: &Map) -> Vec<(&Arc<str>, &Value)> {
        let mut entries: Vec<_> = map.iter().collect();
        entries.sort_by(|x, y| x.0.cmp(y.0));
        entries
    }
    let (a, b) = (sorted(a), sorted(b));
    let keys = a.iter().map(|entry| entry.0).cmp(b.iter().map(|entry| entry.0));
    keys.then_with(|| {
        let mut values = a.iter().zip(&b).map(|(x, y)| x.1.sort_order(y.1));
        values.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    })
}

/// A value as a key of a hash map: equivalent values are equal, and hash alike.
#[derive(Clone, Debug)]
pub struct GroupKey(pub Value);

impl PartialEq for GroupKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_equivalent(&other.0)
    }
}

impl Eq for GroupKey {}

impl Hash for GroupKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_value(&self.0, state);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a float that equals a whole number hashes as that number")]
fn hash_value<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::Null => state.write_u8(0),
        Value::Bool(bool) => (1u8, bool).hash(state),
        Value::Int(int) => (2u8, int).hash(state),
        Value::Float(float) if compare_int_float(*float as i64, *float) == Some(Ordering::Equal) => {
            (2u8, *float as i64).hash(state);
        }
        Value::Float(float) => (3u8, if float.is_nan() { 0 } else { float.to_bits() }).hash(state),
        Value::Text(text) => (4u8, text).hash(state),
        Value::List(items) => {
            (5u8, items.len()).hash(state);
            items.iter().for_each(|item| hash_value(item, state));
        }
        Value::Map(map) => {
            (6u8, map.len()).hash(state);
            let mut keys: Vec<_> = map.keys().collect();
            keys.sort();
            for key in keys {
                key.hash(state);
                hash_value(&map[key], state);
            }
        }
        Value::Node(node) => (7u8, node).hash(state),
        Value::Rel(edge) => (8u8, edge).hash(state),
        Value::Path(path) => (9u8, path).hash(state),
        Value::Claim(claim) => (10u8, claim).hash(state),
        Value::Edtf(date) => (11u8, date).hash(state),
        Value::Temporal(value) => (12u8, value).hash(state),
    }
}

impl From<bool> for Value {
    fn from(bool: bool) -> Self {
        Self::Bool(bool)
    }
}

impl From<i64> for Value {
    fn from(int: i64) -> Self {
        Self::Int(int)
    }
}

impl From<f64> for Value {
    fn from(float: f64) -> Self {
        Self::Float(float)
    }
}

impl From<Temporal> for Value {
    fn from(value: Temporal) -> Self {
        Self::Temporal(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(option: Option<T>) -> Self {
        option.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::calendar::{Date, Duration, LocalDateTime};

    fn edtf(text: &str) -> Value {
        Value::Edtf(Arc::new(Edtf::parse(text).expect("an uncertain date")))
    }

    fn date(text: &str) -> Value {
        Value::Temporal(Date::parse(text).expect("a date").into())
    }

    #[test]
    fn a_value_takes_three_words() {
        assert_eq!(size_of::<Value>(), 24);
    }

    #[test]
    fn uncertain_dates_compare_with_dates_in_three_values() {
        for (uncertain, certain, equal, order) in [
            ("2012-07-03", "2012-07-03", Some(true), Some(Ordering::Equal)),
            ("2012-07", "2012-07-03", None, None),
            ("2012-07", "2012-08-01", Some(false), Some(Ordering::Less)),
            ("../2012", "-999999999-01-01", None, None),
            ("[2012..]", "+999999999-12-31", None, None),
            ("2012", "+999999999-12-31", Some(false), Some(Ordering::Less)),
            ("2012", "-999999999-01-01", Some(false), Some(Ordering::Greater)),
        ] {
            let (a, b) = (edtf(uncertain), date(certain));
            assert_eq!((a.equals(&b), b.equals(&a)), (equal, equal), "{uncertain} = {certain}");
            assert_eq!(a.compare(&b), order, "{uncertain} against {certain}");
            assert_eq!(b.compare(&a), order.map(Ordering::reverse), "{certain} against {uncertain}");
        }
    }

    #[test]
    fn dates_of_both_kinds_sort_together() {
        let mut values = [date("2012-07-03"), edtf("2012"), date("2011-12-31"), edtf("2012-07-03"), edtf("2010")];
        values.sort_by(Value::sort_order);
        let sorted = values.map(|value| match value {
            Value::Edtf(date) => format!("{date} (EDTF)"),
            Value::Temporal(date) => date.to_string(),
            _ => unreachable!("only dates were given"),
        });
        assert_eq!(sorted, ["2010 (EDTF)", "2011-12-31", "2012 (EDTF)", "2012-07-03 (EDTF)", "2012-07-03"]);
    }

    #[test]
    fn temporal_values_of_different_types_are_unequal_and_have_no_order() {
        let midnight = LocalDateTime::parse("2012-07-03").expect("a moment");
        let moment = Value::Temporal(midnight.into());
        assert_eq!(date("2012-07-03").equals(&moment), Some(false));
        assert_eq!(date("2012-07-03").compare(&moment), None);
    }

    #[test]
    fn durations_are_equal_part_by_part_and_have_no_order_but_in_sorting() {
        let duration = |text: &str| Value::Temporal(Duration::parse(text).expect("a duration").into());
        assert_eq!(duration("PT1M").equals(&duration("PT60S")), Some(true));
        assert_eq!(duration("P1D").equals(&duration("PT24H")), Some(false));
        assert_eq!(duration("P1D").compare(&duration("P2D")), None);
        assert_eq!(duration("P31D").sort_order(&duration("P1M")), Ordering::Greater);
        assert_eq!(duration("P30D").sort_order(&duration("P1M")), Ordering::Less);
    }
}
