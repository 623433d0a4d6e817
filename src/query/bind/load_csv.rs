//! LOAD CSV.

use super::Binder;
use super::fault::{Detail, Fault};
use super::pattern::already_bound;
use super::scope::{Scope, Variable};
use super::writing::BoundLoad;
use crate::query::functions::ValueKind;
use crate::query::syntax::ast::{Expr, Ident};
use crate::source::Spanned;

impl Binder<'_> {
    /// Binds LOAD CSV: the scope gains the record.
    pub(super) fn load_csv(
        &mut self,
        scope: &mut Scope,
        headers: bool,
        file: &Expr,
        alias: &Ident,
        separator: Option<&Spanned<String>>,
    ) -> BoundLoad {
        let file = self.typed(scope, file);
        self.expect_kind(&file, ValueKind::String, "a file is named by its path");
        let separator = match separator.map(|text| (text.value.as_bytes(), text.span)) {
            None => b',',
            Some(([byte], _)) if byte.is_ascii() => *byte,
            Some((_, span)) => {
                let message = "fields are parted by one ASCII character";
                self.faults.push(Fault::new(Detail::InvalidArgumentValue, span, message));
                b','
            }
        };
        if scope.get(&alias.value).is_some() || self.is_local(&alias.value) {
            self.faults.push(already_bound(alias));
        }
        let slot = self.new_slot();
        let kind = if headers { ValueKind::Map } else { ValueKind::List };
        scope.insert(alias.value.as_str(), Variable { slot, kind });
        BoundLoad { file: file.expr, headers, separator, slot }
    }
}
