//! Slips of the pen: the nearest right thing.

use super::refused;

#[test]
fn words_in_another_order() {
    refused("lineage to New from Old", &["stand in another order", "write lineage from Old to New"]);
    refused("New allies", &["write ALLIES OF New"]);
}

#[test]
fn times_said_otherwise() {
    refused("allies of New in 2012", &["AS OF 2012"]);
    refused("allies of New as at 2012", &["AS OF 2012"]);
    refused("allies of New since 2012", &["DURING 2012.."]);
    refused("allies of New until 2012", &["DURING ..2012"]);
    refused("allies of New now", &["AS OF TODAY"]);
    refused("allies of New duering 2012", &["DURING"]);
}

#[test]
fn modifiers_said_otherwise() {
    refused("allies of New certain", &["CERTAINLY"]);
    refused("allies of New said by Witness", &["ACCORDING TO x"]);
    refused("lineage of New excluding Side", &["AVOIDING x"]);
    refused("allies of New acording to Witness", &["ACCORDING TO"]);
    refused("lineage of New avoidng Side", &["AVOIDING"]);
}

#[test]
fn statements_that_are_nearly_right() {
    refused("alies of New", &["ALLIES OF a"]);
    refused("lineage New", &["LINEAGE OF a"]);
    refused("lineage between Old and New", &["LINEAGE FROM a TO b"]);
}
