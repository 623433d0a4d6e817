//! The syntax tree: what was written, with spans, and nothing that needs a graph to know.
//!
//! Names are unresolved, statements are runs of words, dates are text. Which clause may follow which, and what a
//! word means, is [`bind`](crate::query::bind)'s business. `print(tree)` parses to the same tree again, spans apart.

use crate::source::{Span, Spanned};

/// A name as written (without backticks), with its place.
pub type Ident = Spanned<String>;

/// A text of one or more queries, separated by `;`.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// In the order written.
    pub queries: Vec<Query>,
}

/// One query: parts joined by UNION.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The whole query.
    pub span: Span,
    /// Run it, or explain it.
    pub mode: Mode,
    /// The first part.
    pub first: Part,
    /// Further parts, each with how it is joined.
    pub unions: Vec<(Union, Part)>,
    /// `EXPORT dot TO 'file'` at the very end.
    pub export: Option<Export>,
}

/// What to do with a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Run it.
    Run,
    /// `EXPLAIN`: the core query and the plan.
    Explain,
    /// `EXPLAIN PORTABLE`: plain openCypher for other engines.
    ExplainPortable,
    /// `PROFILE`: run it, and say what each operator did.
    Profile,
}

/// How a part joins those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Union {
    /// `UNION`: duplicates removed.
    Distinct,
    /// `UNION ALL`.
    All,
}

/// A flat run of clauses.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// From the first clause to the last.
    pub span: Span,
    /// In the order written.
    pub clauses: Vec<Clause>,
}

/// `EXPORT format [TO 'file']`.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The format's name.
    pub format: Ident,
    /// The file, if one is named.
    pub file: Option<Spanned<String>>,
}

/// One clause and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// From the first keyword to the end.
    pub span: Span,
    /// Which clause.
    pub kind: ClauseKind,
}

/// The clauses.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseKind {
    /// `[OPTIONAL] MATCH patterns [modifiers] [WHERE …]`.
    Match(Match),
    /// `UNWIND list AS x` (and `FOR x IN list`).
    Unwind {
        /// The list.
        list: Expr,
        /// The variable of each element.
        alias: Ident,
    },
    /// `WITH …`.
    With(Projection),
    /// `RETURN …`.
    Return(Projection),
    /// `LET x = …, …`: sugar for `WITH *, … AS x`.
    Let(Vec<(Ident, Expr)>),
    /// `FILTER [WHERE] …`: sugar for `WITH * WHERE …`.
    Filter(Expr),
    /// `ORDER BY … SKIP … LIMIT …` standing alone: sugar for `WITH * ORDER BY …`.
    OrderAndPage(OrderAndPage),
    /// `CREATE patterns`.
    Create(Vec<PathPattern>),
    /// `MERGE pattern ON CREATE SET … ON MATCH SET …`.
    Merge {
        /// The pattern.
        pattern: PathPattern,
        /// Run when it was created.
        on_create: Vec<SetItem>,
        /// Run when it was found.
        on_match: Vec<SetItem>,
    },
    /// `SET …`.
    Set(Vec<SetItem>),
    /// `REMOVE …`.
    Remove(Vec<RemoveItem>),
    /// `[DETACH] DELETE …`.
    Delete {
        /// Whether relations of deleted nodes go too.
        detach: bool,
        /// What to delete.
        targets: Vec<Expr>,
    },
    /// `FOREACH (x IN list | updates)`.
    Foreach {
        /// The variable of each element.
        variable: Ident,
        /// The list.
        list: Expr,
        /// Updating clauses.
        body: Vec<Clause>,
    },
    /// `[OPTIONAL] CALL name(args) [YIELD …]`.
    Call(Call),
    /// `[OPTIONAL] CALL (x, y) { … }`.
    Subquery(Subquery),
    /// `LOAD CSV [WITH HEADERS] FROM file AS row [FIELDTERMINATOR c]`.
    LoadCsv {
        /// Whether the first line names the columns.
        headers: bool,
        /// The file.
        file: Expr,
        /// The variable of each row.
        alias: Ident,
        /// The separator, if not a comma.
        separator: Option<Spanned<String>>,
    },
    /// A domain statement.
    Statement(Statement),
}

/// `[OPTIONAL] MATCH`.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// `OPTIONAL`.
    pub optional: bool,
    /// `REPEATABLE ELEMENTS`; else each relationship serves once (`DIFFERENT RELATIONSHIPS`, the default).
    pub repeatable: bool,
    /// At least one.
    pub patterns: Vec<PathPattern>,
    /// Time and evidence: `AS OF …`, `ACCORDING TO …`.
    pub modifiers: Vec<Modifier>,
    /// `WHERE`.
    pub filter: Option<Expr>,
}

/// The body of WITH and RETURN.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// `DISTINCT`.
    pub distinct: bool,
    /// `*` stands first.
    pub star: bool,
    /// The items after it.
    pub items: Vec<ProjectionItem>,
    /// Order and page.
    pub page: OrderAndPage,
    /// `WHERE` (after WITH only).
    pub filter: Option<Expr>,
}

/// `expression [AS alias]`.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionItem {
    /// What is computed.
    pub expr: Expr,
    /// Its name, if one is given; else the text under [`Expr::span`] is the column's name.
    pub alias: Option<Ident>,
    /// The expression's own text, which names the column of an item without alias; empty where an alias is given.
    pub text: String,
}

/// `ORDER BY … SKIP … LIMIT …`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct OrderAndPage {
    /// Sort keys.
    pub order: Vec<SortItem>,
    /// `SKIP` or `OFFSET`.
    pub skip: Option<Expr>,
    /// `LIMIT`.
    pub limit: Option<Expr>,
}

/// One sort key.
#[derive(Clone, Debug, PartialEq)]
pub struct SortItem {
    /// What to sort by.
    pub expr: Expr,
    /// `DESC`.
    pub descending: bool,
}

/// One item of SET.
#[derive(Clone, Debug, PartialEq)]
pub enum SetItem {
    /// `n.key = value` (the target is a [`ExprKind::Property`]).
    Property {
        /// The property.
        target: Expr,
        /// Its new value.
        value: Expr,
    },
    /// `n = map`.
    Replace {
        /// The variable.
        target: Ident,
        /// Its new properties.
        value: Expr,
    },
    /// `n += map`.
    Merge {
        /// The variable.
        target: Ident,
        /// Properties to add or overwrite.
        value: Expr,
    },
    /// `n:Label:Other`.
    Labels {
        /// The variable.
        target: Ident,
        /// The labels.
        labels: Vec<Ident>,
    },
}

/// One item of REMOVE.
#[derive(Clone, Debug, PartialEq)]
pub enum RemoveItem {
    /// `n.key`.
    Property(Expr),
    /// `n:Label`.
    Labels {
        /// The variable.
        target: Ident,
        /// The labels.
        labels: Vec<Ident>,
    },
}

/// `[OPTIONAL] CALL name(args) [YIELD …]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// `OPTIONAL`.
    pub optional: bool,
    /// The dotted name.
    pub name: Ident,
    /// The arguments; `None` where no parentheses were written.
    pub args: Option<Vec<Expr>>,
    /// `YIELD *`.
    pub yield_star: bool,
    /// `YIELD col [AS x], …`; `None` without YIELD, and `YIELD -` is an empty list.
    pub yields: Option<Vec<YieldItem>>,
    /// `WHERE` after YIELD.
    pub filter: Option<Expr>,
}

/// `column [AS alias]`.
#[derive(Clone, Debug, PartialEq)]
pub struct YieldItem {
    /// The column.
    pub column: Ident,
    /// Its new name.
    pub alias: Option<Ident>,
}

/// `[OPTIONAL] CALL (imports) { query }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Subquery {
    /// `OPTIONAL`.
    pub optional: bool,
    /// The variables that it may see; `None` without parentheses (all by a leading WITH).
    pub imports: Option<Vec<Ident>>,
    /// `CALL (*)`.
    pub import_all: bool,
    /// The query.
    pub query: Box<Query>,
}

/// A domain statement as written: words, names and modifiers. Its meaning is the registry's business.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// `OPTIONAL`.
    pub optional: bool,
    /// Words, names, parameters, node patterns and commas up to the first modifier or clause word.
    pub items: Vec<StatementItem>,
    /// Modifiers in the order written.
    pub modifiers: Vec<Modifier>,
    /// `YIELD …`.
    pub yields: Option<Vec<YieldItem>>,
    /// `WHERE`.
    pub filter: Option<Expr>,
    /// Order and page.
    pub page: OrderAndPage,
}

/// One piece of a statement before its modifiers.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementItem {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: StatementItemKind,
}

/// The pieces of a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementItemKind {
    /// A bare word in any script, with inner hyphens, apostrophes and full stops.
    Word(String),
    /// `'a name'`.
    Quoted(String),
    /// `~'about this name'`.
    Fuzzy(String),
    /// `$name`.
    Parameter(String),
    /// `(g:ArmedGroup 'Katiba Serma')`.
    Node(Box<NodePattern>),
    /// `,`.
    Comma,
}

/// A modifier of a statement or of MATCH.
#[derive(Clone, Debug, PartialEq)]
pub struct Modifier {
    /// Where it stands.
    pub span: Span,
    /// What it asks.
    pub kind: ModifierKind,
}

/// The modifiers.
#[derive(Clone, Debug, PartialEq)]
pub enum ModifierKind {
    /// `AS OF t`.
    AsOf(TimePoint),
    /// `DURING a..b`, either side open, or `DURING t`.
    During(TimeSpan),
    /// `THROUGHOUT …`.
    Throughout(TimeSpan),
    /// `CERTAINLY`.
    Certainly,
    /// `KNOWN BY t`.
    KnownBy(TimePoint),
    /// `WITHIN 2 HOPS`, `WITHIN 1..3 HOPS`.
    Within {
        /// Least number of hops; 1 where none is written.
        min: Option<u64>,
        /// Greatest number of hops.
        max: u64,
    },
    /// `VIA types or roles`.
    Via(LabelExpr),
    /// `THROUGH x, y`: words and names, split by the binder.
    Through(Vec<StatementItem>),
    /// `AVOIDING x`.
    Avoiding(Vec<StatementItem>),
    /// `ACCORDING TO source, …`.
    AccordingTo(Vec<StatementItem>),
    /// `WITHOUT SOURCE source, …`.
    WithoutSource(Vec<StatementItem>),
    /// `RATED B2`.
    Rated(String),
    /// `WORDED asserted|assessed`.
    Worded(Vec<Ident>),
}

/// A point in time: its precision is its period.
#[derive(Clone, Debug, PartialEq)]
pub enum TimePoint {
    /// `2012-07`, as written.
    Literal(Spanned<String>),
    /// `TODAY`.
    Today(Span),
    /// `$t` or `(expression)`.
    Expr(Box<Expr>),
}

/// A span of time.
#[derive(Clone, Debug, PartialEq)]
pub enum TimeSpan {
    /// One point, taken with its precision.
    Point(TimePoint),
    /// `a..b`; `None` is open.
    Between(Option<TimePoint>, Option<TimePoint>),
}

/// A path pattern, with its name, its search and its elements.
#[derive(Clone, Debug, PartialEq)]
pub struct PathPattern {
    /// Where it stands.
    pub span: Span,
    /// `p = …`.
    pub variable: Option<Ident>,
    /// Which of the matching paths.
    pub search: PathSearch,
    /// `WALK`, `TRAIL`, `ACYCLIC`, `SIMPLE`; trail where none is written.
    pub mode: Option<PathMode>,
    /// Nodes and what joins them, alternating; starts and ends with a node (or a group).
    pub elements: Vec<PatternElement>,
}

/// Which of the matching paths are wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum PathSearch {
    /// Every one.
    All,
    /// `shortestPath(…)`.
    ShortestPath,
    /// `allShortestPaths(…)`.
    AllShortestPaths,
    /// `ANY [k]`.
    Any(Option<Box<Expr>>),
    /// `SHORTEST k`.
    Shortest(Box<Expr>),
    /// `ALL SHORTEST`.
    AllShortest,
    /// `SHORTEST k GROUPS`.
    ShortestGroups(Box<Expr>),
}

/// GQL's path modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathMode {
    /// Anything may repeat.
    Walk,
    /// No relationship twice.
    Trail,
    /// No node twice.
    Acyclic,
    /// No node twice, save that the first may be the last.
    Simple,
}

/// One element of a path pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum PatternElement {
    /// `(n:Label {…})`.
    Node(NodePattern),
    /// `-[r:TYPE]->`.
    Rel(RelPattern),
    /// `((a)-[r]->(b) WHERE …){1,3}`.
    Group(Box<GroupPattern>),
}

/// A quantified path pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupPattern {
    /// Where it stands.
    pub span: Span,
    /// The repeated pattern.
    pub pattern: PathPattern,
    /// `WHERE` inside.
    pub filter: Option<Expr>,
    /// How often; `None` for a plain parenthesised pattern.
    pub quantifier: Option<Range>,
}

/// `(n:Label 'Name' {…} WHERE …)`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct NodePattern {
    /// Where it stands.
    pub span: Span,
    /// Its variable.
    pub variable: Option<Ident>,
    /// Its labels.
    pub labels: Option<LabelExpr>,
    /// A name that is resolved as a subject is.
    pub name: Option<Spanned<String>>,
    /// A map or a parameter.
    pub properties: Option<Box<Expr>>,
    /// `WHERE` inside.
    pub filter: Option<Box<Expr>>,
}

/// `-[r:TYPE*1..3 {…} WHERE …]->`.
#[derive(Clone, Debug, PartialEq)]
pub struct RelPattern {
    /// Where it stands.
    pub span: Span,
    /// Its variable.
    pub variable: Option<Ident>,
    /// Types and roles.
    pub types: Option<LabelExpr>,
    /// Which way its arrow points.
    pub direction: Direction,
    /// `*1..3` (old style), or a quantifier `{1,3}`, `+`, `*` behind the arrow.
    pub length: Option<Range>,
    /// A map or a parameter.
    pub properties: Option<Box<Expr>>,
    /// `WHERE` inside.
    pub filter: Option<Box<Expr>>,
}

/// Which way an arrow points, as written from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `-->`.
    Right,
    /// `<--`.
    Left,
    /// `--` or `<-->`.
    Both,
}

/// Bounds of a repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// At least so often; `None` is 1 for `*`, 0 for `{,n}`.
    pub min: Option<u64>,
    /// At most so often; `None` is unbounded.
    pub max: Option<u64>,
    /// Written as `{…}`, `+` or `*` behind the element (GQL), not as `*1..3` inside the brackets.
    pub quantifier: bool,
}

/// A label or type expression.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelExpr {
    /// `Label`.
    Name(Ident),
    /// `%`: any.
    Any(Span),
    /// `!a`.
    Not(Box<LabelExpr>),
    /// `a & b`; also `:a:b`.
    And(Box<LabelExpr>, Box<LabelExpr>),
    /// `a | b`; also `|:b`.
    Or(Box<LabelExpr>, Box<LabelExpr>),
}

/// An expression and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number (decimal, 0x, 0o) within 64 bits; the sign is a unary operator, so 2^63 may stand behind one.
    Int(u64),
    /// A floating-point number; a literal too large for one is infinite, which the binder refuses.
    Float(f64),
    /// A string, escapes resolved.
    Text(String),
    /// `$name` or `$0`.
    Parameter(String),
    /// A variable.
    Variable(String),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `{key: value}`.
    Map(Vec<(Ident, Expr)>),
    /// `x.key`.
    Property(Box<Expr>, Ident),
    /// `x[i]`.
    Index(Box<Expr>, Box<Expr>),
    /// `x[a..b]`.
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `NOT x`, `-x`, `+x`.
    Unary(UnaryOp, Box<Expr>),
    /// `a op b`.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a < b <= c`: one conjunction; each operand is computed once.
    Comparison(Box<Expr>, Vec<(ComparisonOp, Expr)>),
    /// `x IS NULL` and, negated, `x IS NOT NULL`.
    IsNull {
        /// The operand.
        operand: Box<Expr>,
        /// `IS NOT NULL`.
        negated: bool,
    },
    /// `n:Label`, `n:(A|B)`, `r:TYPE`.
    HasLabels(Box<Expr>, LabelExpr),
    /// `f(x, …)`; the name may be dotted.
    Call {
        /// The function's name as written.
        name: Ident,
        /// `DISTINCT` before the arguments.
        distinct: bool,
        /// The arguments.
        args: Vec<Expr>,
    },
    /// `count(*)`.
    CountStar,
    /// `CASE [x] WHEN … THEN … ELSE … END`.
    Case {
        /// The operand of a simple CASE.
        operand: Option<Box<Expr>>,
        /// WHEN and THEN.
        branches: Vec<(Expr, Expr)>,
        /// ELSE.
        otherwise: Option<Box<Expr>>,
    },
    /// `[x IN list WHERE p | e]`.
    ListComprehension {
        /// x.
        variable: Ident,
        /// list.
        list: Box<Expr>,
        /// p.
        filter: Option<Box<Expr>>,
        /// e; x itself where none is written.
        body: Option<Box<Expr>>,
    },
    /// `[p = (a)-->(b) WHERE c | e]`.
    PatternComprehension {
        /// The pattern (with its variable p, if any).
        pattern: Box<PathPattern>,
        /// c.
        filter: Option<Box<Expr>>,
        /// e.
        body: Box<Expr>,
    },
    /// `all(x IN list WHERE p)` and its kin.
    Quantifier {
        /// Which one.
        kind: QuantifierKind,
        /// x.
        variable: Ident,
        /// list.
        list: Box<Expr>,
        /// p; without one the elements themselves are tested.
        filter: Option<Box<Expr>>,
    },
    /// `reduce(acc = init, x IN list | e)`.
    Reduce {
        /// acc.
        accumulator: Ident,
        /// init.
        init: Box<Expr>,
        /// x.
        variable: Ident,
        /// list.
        list: Box<Expr>,
        /// e.
        body: Box<Expr>,
    },
    /// `(a)-->(b)` as a predicate.
    Pattern(Box<PathPattern>),
    /// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`.
    Subquery(SubqueryKind, Box<SubqueryBody>),
    /// `n {.a, .*, b: x, c}`.
    MapProjection(Box<Expr>, Vec<MapProjectionItem>),
    /// `(x)`: kept, since it decides the name of a column and nothing else.
    Parenthesised(Box<Expr>),
}

/// The body of a subquery expression.
#[derive(Clone, Debug, PartialEq)]
pub enum SubqueryBody {
    /// `EXISTS { (a)-->(b) AS OF t WHERE … }`: patterns without MATCH.
    Pattern(Match),
    /// A whole query.
    Query(Query),
}

/// The subquery expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubqueryKind {
    /// Is there a row?
    Exists,
    /// How many rows?
    Count,
    /// The values of its one column.
    Collect,
}

/// One item of a map projection.
#[derive(Clone, Debug, PartialEq)]
pub enum MapProjectionItem {
    /// `.key`.
    Property(Ident),
    /// `.*`.
    AllProperties,
    /// `key: expression`.
    Literal(Ident, Expr),
    /// `variable`.
    Variable(Ident),
}

/// The quantifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantifierKind {
    /// `all`.
    All,
    /// `any`.
    Any,
    /// `none`.
    None,
    /// `single`.
    Single,
}

/// Unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `NOT`.
    Not,
    /// `-`.
    Minus,
    /// `+`.
    Plus,
}

/// Binary operators, comparisons apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `OR`.
    Or,
    /// `XOR`.
    Xor,
    /// `AND`.
    And,
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
    /// `%`.
    Modulo,
    /// `^`.
    Power,
    /// `IN`.
    In,
    /// `STARTS WITH`.
    StartsWith,
    /// `ENDS WITH`.
    EndsWith,
    /// `CONTAINS`.
    Contains,
    /// `=~`.
    Matches,
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonOp {
    /// `=`.
    Equal,
    /// `<>`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
}
