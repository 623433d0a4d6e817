//! The clock's time. A query sees one moment, so the transaction's, the statement's and the present time are the same.

use super::instant::{Kind, Parts, beyond};
use super::zones::Zone;
use crate::model::Value;
use crate::query::functions::{Context, Outcome};
use crate::time::calendar::{DateTime, Offset};

/// Now, as calendar and clock in a zone show it.
pub(super) fn now(kind: Kind, context: &Context<'_>, zone: &Zone) -> Outcome {
    let moment = moment(context, zone).ok_or_else(beyond)?;
    let zone = Some((zone.clone(), moment.offset));
    let parts = Parts { date: Some(moment.local.date), time: Some(moment.local.time), zone };
    parts.instant(kind).map(Value::from).ok_or_else(beyond)
}

/// The offset of a zone now: what a time of day, which has no date, takes from a named zone.
pub(super) fn offset(context: &Context<'_>, zone: &Zone) -> Offset {
    match zone {
        Zone::Fixed(offset) => *offset,
        Zone::Named(..) => moment(context, zone).map_or(Offset::UTC, |moment| moment.offset),
    }
}

fn moment(context: &Context<'_>, zone: &Zone) -> Option<DateTime> {
    let milliseconds = context.clock.milliseconds();
    zone.at(milliseconds.div_euclid(1_000), milliseconds.rem_euclid(1_000) * 1_000_000)
}
