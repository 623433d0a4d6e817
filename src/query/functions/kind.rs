//! Kinds of values, for signatures: what a parameter takes, what a function yields, what an expression may be.
//!
//! The binder asks [`ValueKind::may_be`] of an argument and its parameter: if nothing fits both, the text is at fault
//! (`labels(p)` of a path). What only the run can know is tested by [`ValueKind::holds`]. Null is of every kind.

use std::fmt;

use crate::model::Value;
use crate::time::calendar::Temporal;

/// A kind of values, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// Anything.
    Any,
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A floating-point number.
    Float,
    /// Either number.
    Number,
    /// A string.
    String,
    /// A list.
    List,
    /// A map.
    Map,
    /// A node.
    Node,
    /// A relation.
    Relationship,
    /// A path.
    Path,
    /// A claim.
    Claim,
    /// An uncertain date (EDTF).
    Edtf,
    /// A date and a time of day in a zone.
    DateTime,
    /// A date and a time of day.
    LocalDateTime,
    /// A date.
    Date,
    /// A time of day with an offset.
    Time,
    /// A time of day.
    LocalTime,
    /// A duration.
    Duration,
    /// One of these.
    OneOf(&'static [ValueKind]),
}

impl ValueKind {
    /// A string or a list.
    pub const STRING_OR_LIST: Self = Self::OneOf(&[Self::String, Self::List]);
    /// A node or a relation.
    pub const ENTITY: Self = Self::OneOf(&[Self::Node, Self::Relationship]);
    /// What has keys and values.
    pub const PROPERTIED: Self = Self::OneOf(&[Self::Node, Self::Relationship, Self::Map, Self::Claim]);
    /// What can be multiplied and divided.
    pub const SCALED: Self = Self::OneOf(&[Self::Number, Self::Duration]);
    /// Any of openCypher's temporal types but the duration.
    pub const INSTANT: Self =
        Self::OneOf(&[Self::DateTime, Self::LocalDateTime, Self::Date, Self::Time, Self::LocalTime]);
    /// What stands on relations and their claims.
    pub const TIE: Self = Self::OneOf(&[Self::Relationship, Self::Path, Self::List]);
    /// Whatever stands on claims.
    pub const BACKED: Self = Self::OneOf(&[Self::Node, Self::Relationship, Self::Path, Self::Claim, Self::List]);

    /// The kind of a value; `Any` of null.
    #[must_use]
    pub const fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Any,
            Value::Bool(_) => Self::Boolean,
            Value::Int(_) => Self::Integer,
            Value::Float(_) => Self::Float,
            Value::Text(_) => Self::String,
            Value::List(_) => Self::List,
            Value::Map(_) => Self::Map,
            Value::Node(_) => Self::Node,
            Value::Rel(_) => Self::Relationship,
            Value::Path(_) => Self::Path,
            Value::Claim(_) => Self::Claim,
            Value::Edtf(_) => Self::Edtf,
            Value::Temporal(value) => Self::of_temporal(value),
        }
    }

    const fn of_temporal(value: &Temporal) -> Self {
        match value {
            Temporal::DateTime(_) => Self::DateTime,
            Temporal::LocalDateTime(_) => Self::LocalDateTime,
            Temporal::Date(_) => Self::Date,
            Temporal::Time(_) => Self::Time,
            Temporal::LocalTime(_) => Self::LocalTime,
            Temporal::Duration(_) => Self::Duration,
        }
    }

    /// Whether a value of this kind may be one of the wanted kind: some value is of both, or it is a whole number
    /// where a float is asked for.
    #[must_use]
    pub fn may_be(self, wanted: Self) -> bool {
        match (self, wanted) {
            (Self::OneOf(kinds), _) => kinds.iter().any(|kind| kind.may_be(wanted)),
            (_, Self::OneOf(kinds)) => kinds.iter().any(|kind| self.may_be(*kind)),
            (Self::Any, _)
            | (_, Self::Any)
            | (Self::Integer | Self::Float, Self::Number)
            | (Self::Number, Self::Integer | Self::Float)
            | (Self::Integer, Self::Float) => true,
            _ => self == wanted,
        }
    }

    /// Whether the value is of this kind. Null is.
    #[must_use]
    pub fn holds(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            // The common cases without a detour.
            Self::String => matches!(value, Value::Text(_) | Value::Null),
            Self::List => matches!(value, Value::List(_) | Value::Null),
            Self::Float => matches!(value, Value::Float(_) | Value::Null),
            _ => Self::of(value).may_be(self),
        }
    }

    /// In words: "a string or a list".
    #[must_use]
    pub fn name(self) -> String {
        let plain = match self {
            Self::Any => "anything",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Number => "a number",
            Self::String => "a string",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Node => "a node",
            Self::Relationship => "a relationship",
            Self::Path => "a path",
            Self::Claim => "a claim",
            Self::Edtf => "an uncertain date",
            Self::DateTime => "a datetime",
            Self::LocalDateTime => "a local datetime",
            Self::Date => "a date",
            Self::Time => "a time",
            Self::LocalTime => "a local time",
            Self::Duration => "a duration",
            Self::OneOf(kinds) => {
                let names: Vec<String> = kinds.iter().map(|kind| kind.name()).collect();
                return match names.split_last() {
                    Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
                    _ => names.concat(),
                };
            }
        };
        plain.to_owned()
    }
}

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_as_words() {
        assert_eq!(ValueKind::Number.name(), "a number");
        assert_eq!(ValueKind::STRING_OR_LIST.name(), "a string or a list");
        assert_eq!(ValueKind::PROPERTIED.name(), "a node, a relationship, a map or a claim");
    }

    #[test]
    fn null_is_of_every_kind() {
        assert!(ValueKind::Node.holds(&Value::Null));
        assert!(ValueKind::STRING_OR_LIST.holds(&Value::Null));
    }

    #[test]
    fn a_value_is_of_its_own_kinds_only() {
        assert!(ValueKind::Number.holds(&Value::Int(1)));
        assert!(!ValueKind::Float.holds(&Value::Int(1)));
        assert!(ValueKind::STRING_OR_LIST.holds(&"a".into()));
        assert!(!ValueKind::STRING_OR_LIST.holds(&Value::Int(1)));
    }

    #[test]
    fn several_kinds_may_meet() {
        assert!(ValueKind::ENTITY.may_be(ValueKind::Node));
        assert!(ValueKind::ENTITY.may_be(ValueKind::TIE));
        assert!(!ValueKind::ENTITY.may_be(ValueKind::Path));
        assert!(ValueKind::Integer.may_be(ValueKind::Float) && !ValueKind::Float.may_be(ValueKind::Integer));
        assert!(ValueKind::Any.may_be(ValueKind::ENTITY));
    }
}
