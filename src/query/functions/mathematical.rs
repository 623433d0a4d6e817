//! Mathematical functions. Floats follow IEEE 754: no error, but NaN and infinities; whole numbers overflow loudly.

use super::{Function, FunctionError, Outcome, PLAIN, ValueKind, number, optional, required, text, whole};
use crate::model::Value;

mod rounding;

use rounding::{Mode, round_decimal};

const VALUE: super::Parameter = required("value", ValueKind::Number);
const ANGLE: super::Parameter = required("radians", ValueKind::Number);

/// A function from float to float.
const fn real(
    name: &'static str,
    meaning: &'static str,
    body: fn(&super::Context<'_>, &[Value]) -> Outcome,
) -> Function {
    Function { name, meaning, parameters: &[VALUE], returns: ValueKind::Float, body, ..PLAIN }
}

/// A function of an angle.
const fn of_angle(
    name: &'static str,
    meaning: &'static str,
    body: fn(&super::Context<'_>, &[Value]) -> Outcome,
) -> Function {
    Function { name, meaning, parameters: &[ANGLE], returns: ValueKind::Float, body, ..PLAIN }
}

/// In reading order.
pub(super) static FUNCTIONS: &[Function] = &[
    Function {
        name: "abs",
        parameters: &[VALUE],
        returns: ValueKind::Number,
        meaning: "the number without its sign",
        examples: &[("abs(-5)", "5"), ("abs(-0.5)", "0.5")],
        body: |_, args| match &args[0] {
            Value::Int(int) => {
                int.checked_abs().map(Value::Int).ok_or_else(|| FunctionError::overflow("abs() of the least integer"))
            }
            float => Ok(Value::Float(number(float).abs())),
        },
        ..PLAIN
    },
    Function {
        examples: &[("ceil(0.1)", "1.0")],
        ..real("ceil", "the least whole number that is not less, as a float", |_, args| {
            Ok(number(&args[0]).ceil().into())
        })
    },
    Function {
        examples: &[("floor(0.9)", "0.0")],
        ..real("floor", "the greatest whole number that is not more, as a float", |_, args| {
            Ok(number(&args[0]).floor().into())
        })
    },
    Function {
        name: "round",
        parameters: &[VALUE, optional("precision", ValueKind::Integer), optional("mode", ValueKind::String)],
        returns: ValueKind::Float,
        meaning: "the nearest whole number (of two, the greater), or so many decimals by a mode, HALF_UP where none is named",
        examples: &[
            ("round(3.141592)", "3.0"),
            ("round(-1.5)", "-1.0"),
            ("round(3.141592, 3)", "3.142"),
            ("round(1.249, 1, 'UP')", "1.3"),
            ("round(1.25, 1, 'HALF_EVEN')", "1.2"),
        ],
        body: |_, args| round(number(&args[0]), args.get(1).map(whole), args.get(2).map(text)),
        ..PLAIN
    },
    Function {
        name: "sign",
        parameters: &[VALUE],
        returns: ValueKind::Integer,
        meaning: "-1, 0 or 1",
        examples: &[("sign(-17)", "-1"), ("sign(0.1)", "1"), ("sign(0)", "0")],
        body: |_, args| {
            let value = number(&args[0]);
            Ok(Value::Int(i64::from(value > 0.0) - i64::from(value < 0.0)))
        },
        ..PLAIN
    },
    Function {
        name: "isNaN",
        parameters: &[VALUE],
        returns: ValueKind::Boolean,
        meaning: "whether the number is not a number",
        examples: &[("isNaN(0.0 / 0.0)", "true"), ("isNaN(1)", "false")],
        body: |_, args| Ok(number(&args[0]).is_nan().into()),
        ..PLAIN
    },
    Function {
        name: "rand",
        returns: ValueKind::Float,
        meaning: "a random number from 0 up to, and not, 1",
        is_deterministic: false,
        body: |context, _| Ok(context.random.borrow_mut().next_fraction().into()),
        ..PLAIN
    },
    Function {
        name: "e",
        returns: ValueKind::Float,
        meaning: "the base of the natural logarithm",
        examples: &[("e()", "2.718281828459045")],
        body: |_, _| Ok(std::f64::consts::E.into()),
        ..PLAIN
    },
    Function {
        examples: &[("exp(0)", "1.0")],
        ..real("exp", "e to the power of the number", |_, args| Ok(number(&args[0]).exp().into()))
    },
    Function {
        examples: &[("log(1)", "0.0")],
        ..real("log", "the natural logarithm", |_, args| Ok(number(&args[0]).ln().into()))
    },
    Function {
        examples: &[("log10(1000)", "3.0")],
        ..real("log10", "the common logarithm", |_, args| Ok(number(&args[0]).log10().into()))
    },
    Function {
        examples: &[("sqrt(12.96)", "3.6")],
        ..real("sqrt", "the square root", |_, args| Ok(number(&args[0]).sqrt().into()))
    },
    Function {
        name: "pi",
        returns: ValueKind::Float,
        meaning: "the ratio of a circle's circumference to its diameter",
        examples: &[("pi()", "3.141592653589793")],
        body: |_, _| Ok(std::f64::consts::PI.into()),
        ..PLAIN
    },
    Function {
        examples: &[("degrees(pi())", "180.0")],
        ..of_angle("degrees", "an angle in degrees", |_, args| Ok(number(&args[0]).to_degrees().into()))
    },
    Function {
        name: "radians",
        parameters: &[required("degrees", ValueKind::Number)],
        returns: ValueKind::Float,
        meaning: "an angle of degrees in radians",
        examples: &[("radians(180)", "3.141592653589793")],
        body: |_, args| Ok(number(&args[0]).to_radians().into()),
        ..PLAIN
    },
    Function {
        examples: &[("sin(0)", "0.0")],
        ..of_angle("sin", "the sine", |_, args| Ok(number(&args[0]).sin().into()))
    },
    Function {
        examples: &[("cos(0)", "1.0")],
        ..of_angle("cos", "the cosine", |_, args| Ok(number(&args[0]).cos().into()))
    },
    Function {
        examples: &[("tan(0)", "0.0")],
        ..of_angle("tan", "the tangent", |_, args| Ok(number(&args[0]).tan().into()))
    },
    Function {
        examples: &[("round(cot(pi() / 4), 9)", "1.0")],
        ..of_angle("cot", "the cotangent", |_, args| Ok(number(&args[0]).tan().recip().into()))
    },
    Function {
        examples: &[("asin(0)", "0.0"), ("isNaN(asin(2))", "true")],
        ..real("asin", "the angle of a sine", |_, args| Ok(number(&args[0]).asin().into()))
    },
    Function {
        examples: &[("acos(1)", "0.0")],
        ..real("acos", "the angle of a cosine", |_, args| Ok(number(&args[0]).acos().into()))
    },
    Function {
        examples: &[("atan(0)", "0.0")],
        ..real("atan", "the angle of a tangent", |_, args| Ok(number(&args[0]).atan().into()))
    },
    Function {
        name: "atan2",
        parameters: &[required("y", ValueKind::Number), required("x", ValueKind::Number)],
        returns: ValueKind::Float,
        meaning: "the angle of the point (x, y)",
        examples: &[("atan2(0, 1)", "0.0")],
        body: |_, args| Ok(number(&args[0]).atan2(number(&args[1])).into()),
        ..PLAIN
    },
    Function {
        examples: &[("haversin(0)", "0.0")],
        ..of_angle("haversin", "half the versine: (1 - cos(x)) / 2", |_, args| {
            Ok((f64::midpoint(1.0, -number(&args[0]).cos())).into())
        })
    },
];

fn round(value: f64, precision: Option<i64>, mode: Option<&str>) -> Outcome {
    let Some(precision) = precision else {
        // openCypher's bare round() breaks ties upwards; the spelling with floor() would err just below a half.
        let below = value.floor();
        return Ok(Value::Float(if value - below >= 0.5 { below + 1.0 } else { below }));
    };
    let mode = match mode {
        None => Mode::HalfUp,
        Some(word) => Mode::from_word(word).ok_or_else(|| {
            let error = FunctionError::bad_argument(format!("round() knows no mode '{word}'"));
            error.with_hint(format!("write one of {}", Mode::words()))
        })?,
    };
    match usize::try_from(precision) {
        Ok(precision) => Ok(Value::Float(round_decimal(value, precision, mode))),
        Err(_) => Err(FunctionError::out_of_range(format!("round() takes no negative precision: {precision}"))),
    }
}
