//! Changing a tree in place: a walk that enters everything, with hooks for what a rewriter wants to see.

use super::ast::{
    Clause, ClauseKind, Expr, ExprKind, Ident, MapProjectionItem, Match, NodePattern, OrderAndPage, Part, PathPattern,
    PathSearch, PatternElement, Projection, Query, RelPattern, RemoveItem, SetItem, Statement, SubqueryBody,
};

/// What is done on the way. Every hook is called before the walk enters the thing, save [`Rewriter::leave`].
pub trait Rewriter {
    /// A variable where it is brought in or named outside an expression.
    fn variable(&mut self, _: &mut Ident) {}
    /// A node pattern.
    fn node(&mut self, _: &mut NodePattern) {}
    /// A relationship pattern.
    fn rel(&mut self, _: &mut RelPattern) {}
    /// A MATCH, or the pattern of a subquery.
    fn matched(&mut self, _: &mut Match) {}
    /// An expression.
    fn expr(&mut self, _: &mut Expr) {}
    /// A domain statement.
    fn statement(&mut self, _: &mut Statement) {}
    /// A part of a query, or of one inside an expression or a clause.
    fn enter(&mut self, _: &mut Part) {}
    /// The part is done.
    fn leave(&mut self, _: &mut Part) {}
}

/// Walks a query.
pub fn query(query: &mut Query, rewriter: &mut dyn Rewriter) {
    part(&mut query.first, rewriter);
    query.unions.iter_mut().for_each(|(_, each)| part(each, rewriter));
}

/// Walks a part.
pub fn part(part: &mut Part, rewriter: &mut dyn Rewriter) {
    rewriter.enter(part);
    part.clauses.iter_mut().for_each(|each| clause(each, rewriter));
    rewriter.leave(part);
}

/// Walks a clause. A statement's words are left alone.
pub fn clause(clause: &mut Clause, rewriter: &mut dyn Rewriter) {
    match &mut clause.kind {
        ClauseKind::Match(each) => matched(each, rewriter),
        ClauseKind::Unwind { list, alias } => {
            expr(list, rewriter);
            rewriter.variable(alias);
        }
        ClauseKind::With(each) | ClauseKind::Return(each) => projection(each, rewriter),
        ClauseKind::Let(items) => items.iter_mut().for_each(|(name, value)| {
            rewriter.variable(name);
            expr(value, rewriter);
        }),
        ClauseKind::Filter(each) => expr(each, rewriter),
        ClauseKind::OrderAndPage(each) => page(each, rewriter),
        ClauseKind::Create(patterns) => patterns.iter_mut().for_each(|each| path(each, rewriter)),
        ClauseKind::Merge { pattern, on_create, on_match } => {
            path(pattern, rewriter);
            on_create.iter_mut().chain(on_match).for_each(|each| set_item(each, rewriter));
        }
        ClauseKind::Set(items) => items.iter_mut().for_each(|each| set_item(each, rewriter)),
        ClauseKind::Remove(items) => items.iter_mut().for_each(|each| match each {
            RemoveItem::Property(property) => expr(property, rewriter),
            RemoveItem::Labels { target, .. } => rewriter.variable(target),
        }),
        ClauseKind::Delete { targets, .. } => targets.iter_mut().for_each(|each| expr(each, rewriter)),
        ClauseKind::Foreach { variable, list, body } => {
            expr(list, rewriter);
            rewriter.variable(variable);
            body.iter_mut().for_each(|each| self::clause(each, rewriter));
        }
        ClauseKind::Call(call) => {
            call.args.iter_mut().flatten().for_each(|each| expr(each, rewriter));
            for item in call.yields.iter_mut().flatten() {
                rewriter.variable(item.alias.as_mut().unwrap_or(&mut item.column));
            }
            call.filter.iter_mut().for_each(|each| expr(each, rewriter));
        }
        ClauseKind::Subquery(call) => {
            call.imports.iter_mut().flatten().for_each(|each| rewriter.variable(each));
            query(&mut call.query, rewriter);
        }
        ClauseKind::LoadCsv { file, alias, .. } => {
            expr(file, rewriter);
            rewriter.variable(alias);
        }
        ClauseKind::Statement(statement) => {
            rewriter.statement(statement);
            statement.filter.iter_mut().for_each(|each| expr(each, rewriter));
            page(&mut statement.page, rewriter);
        }
    }
}

fn set_item(item: &mut SetItem, rewriter: &mut dyn Rewriter) {
    match item {
        SetItem::Property { target, value } => {
            expr(target, rewriter);
            expr(value, rewriter);
        }
        SetItem::Replace { target, value } | SetItem::Merge { target, value } => {
            rewriter.variable(target);
            expr(value, rewriter);
        }
        SetItem::Labels { target, .. } => rewriter.variable(target),
    }
}

/// Walks the body of WITH or RETURN.
pub fn projection(projection: &mut Projection, rewriter: &mut dyn Rewriter) {
    for item in &mut projection.items {
        expr(&mut item.expr, rewriter);
        item.alias.iter_mut().for_each(|alias| rewriter.variable(alias));
    }
    page(&mut projection.page, rewriter);
    projection.filter.iter_mut().for_each(|each| expr(each, rewriter));
}

fn page(page: &mut OrderAndPage, rewriter: &mut dyn Rewriter) {
    page.order.iter_mut().for_each(|each| expr(&mut each.expr, rewriter));
    page.skip.iter_mut().chain(&mut page.limit).for_each(|each| expr(each, rewriter));
}

fn matched(each: &mut Match, rewriter: &mut dyn Rewriter) {
    rewriter.matched(each);
    each.patterns.iter_mut().for_each(|pattern| path(pattern, rewriter));
    each.filter.iter_mut().for_each(|filter| expr(filter, rewriter));
}

/// Walks a path pattern.
pub fn path(pattern: &mut PathPattern, rewriter: &mut dyn Rewriter) {
    pattern.variable.iter_mut().for_each(|variable| rewriter.variable(variable));
    match &mut pattern.search {
        PathSearch::Any(Some(count)) | PathSearch::Shortest(count) | PathSearch::ShortestGroups(count) => {
            expr(count, rewriter);
        }
        _ => {}
    }
    for element in &mut pattern.elements {
        match element {
            PatternElement::Node(node) => {
                rewriter.node(node);
                node.variable.iter_mut().for_each(|variable| rewriter.variable(variable));
                node.properties.iter_mut().chain(&mut node.filter).for_each(|each| expr(each, rewriter));
            }
            PatternElement::Rel(rel) => {
                rewriter.rel(rel);
                rel.variable.iter_mut().for_each(|variable| rewriter.variable(variable));
                rel.properties.iter_mut().chain(&mut rel.filter).for_each(|each| expr(each, rewriter));
            }
            PatternElement::Group(group) => {
                path(&mut group.pattern, rewriter);
                group.filter.iter_mut().for_each(|each| expr(each, rewriter));
            }
        }
    }
}

/// Walks an expression.
pub fn expr(each: &mut Expr, rewriter: &mut dyn Rewriter) {
    rewriter.expr(each);
    match &mut each.kind {
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Int(_)
        | ExprKind::Float(_)
        | ExprKind::Text(_)
        | ExprKind::Parameter(_)
        | ExprKind::Variable(_)
        | ExprKind::CountStar => {}
        ExprKind::List(items) => items.iter_mut().for_each(|item| expr(item, rewriter)),
        ExprKind::Map(entries) => entries.iter_mut().for_each(|(_, value)| expr(value, rewriter)),
        ExprKind::Property(inner, _)
        | ExprKind::HasLabels(inner, _)
        | ExprKind::Unary(_, inner)
        | ExprKind::IsNull { operand: inner, .. }
        | ExprKind::Parenthesised(inner) => expr(inner, rewriter),
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => {
            expr(a, rewriter);
            expr(b, rewriter);
        }
        ExprKind::Slice(list, from, to) => {
            expr(list, rewriter);
            from.iter_mut().chain(to).for_each(|bound| expr(bound, rewriter));
        }
        ExprKind::Comparison(first, rest) => {
            expr(first, rewriter);
            rest.iter_mut().for_each(|(_, operand)| expr(operand, rewriter));
        }
        ExprKind::Call { args, .. } => args.iter_mut().for_each(|arg| expr(arg, rewriter)),
        ExprKind::Case { operand, branches, otherwise } => {
            operand.iter_mut().for_each(|operand| expr(operand, rewriter));
            for (when, then) in branches {
                expr(when, rewriter);
                expr(then, rewriter);
            }
            otherwise.iter_mut().for_each(|otherwise| expr(otherwise, rewriter));
        }
        ExprKind::ListComprehension { variable, list, filter, body } => {
            rewriter.variable(variable);
            expr(list, rewriter);
            filter.iter_mut().chain(body).for_each(|inner| expr(inner, rewriter));
        }
        ExprKind::PatternComprehension { pattern, filter, body } => {
            path(pattern, rewriter);
            filter.iter_mut().for_each(|filter| expr(filter, rewriter));
            expr(body, rewriter);
        }
        ExprKind::Quantifier { variable, list, filter, .. } => {
            rewriter.variable(variable);
            expr(list, rewriter);
            filter.iter_mut().for_each(|filter| expr(filter, rewriter));
        }
        ExprKind::Reduce { accumulator, init, variable, list, body } => {
            rewriter.variable(accumulator);
            rewriter.variable(variable);
            for inner in [init, list, body] {
                expr(inner, rewriter);
            }
        }
        ExprKind::Pattern(pattern) => path(pattern, rewriter),
        ExprKind::Subquery(_, body) => match &mut **body {
            SubqueryBody::Pattern(inner) => matched(inner, rewriter),
            SubqueryBody::Query(inner) => query(inner, rewriter),
        },
        ExprKind::MapProjection(subject, items) => {
            expr(subject, rewriter);
            for item in items {
                match item {
                    MapProjectionItem::Literal(_, value) => expr(value, rewriter),
                    MapProjectionItem::Variable(name) => rewriter.variable(name),
                    MapProjectionItem::Property(_) | MapProjectionItem::AllProperties => {}
                }
            }
        }
    }
}
