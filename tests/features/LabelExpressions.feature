Feature: Label and type expressions

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:A {n: 1}), (ab:A:B {n: 2}), (b:B {n: 3}), (c:C {n: 4}), (o {n: 5}),
             (a)-[:S {w: 1}]->(ab), (ab)-[:T {w: 2}]->(b), (b)-[:U {w: 3}]->(c), (c)-[:S {w: 4}]->(o)
      """

  Scenario: [1] Either label
    When executing query:
      """
      MATCH (x:A|C)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
      | 4 |
    And no side effects

  Scenario: [2] Both labels
    When executing query:
      """
      MATCH (x:A&B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [3] Both labels in the old form
    When executing query:
      """
      MATCH (x:A:B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [4] Not a label
    When executing query:
      """
      MATCH (x:!A)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 4 |
      | 5 |
    And no side effects

  Scenario: [5] Any label
    When executing query:
      """
      MATCH (x:%)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 2 |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [6] No label at all
    When executing query:
      """
      MATCH (x:!%)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 5 |
    And no side effects

  Scenario: [7] And binds tighter than or
    When executing query:
      """
      MATCH (x:C|A&B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 4 |
    And no side effects

  Scenario: [8] Parentheses bind tightest
    When executing query:
      """
      MATCH (x:(C|A)&!B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
      | 4 |
    And no side effects

  Scenario: [9] Not of a group
    When executing query:
      """
      MATCH (x:!(A|B))
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 4 |
      | 5 |
    And no side effects

  Scenario: [10] Double negation
    When executing query:
      """
      MATCH (x:!!B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [11] A label expression in WHERE
    When executing query:
      """
      MATCH (x) WHERE x:A&!B
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And no side effects

  Scenario: [12] A label expression in brackets in a value
    When executing query:
      """
      MATCH (x)
      RETURN x.n AS n, x:(B|C) AS yes
      """
    Then the result should be, in any order:
      | n | yes   |
      | 1 | false |
      | 2 | true  |
      | 3 | true  |
      | 4 | true  |
      | 5 | false |
    And no side effects

  Scenario: [13] Either type
    When executing query:
      """
      MATCH ()-[r:S|T]->()
      RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 1 |
      | 2 |
      | 4 |
    And no side effects

  Scenario: [14] Not a type
    When executing query:
      """
      MATCH ()-[r:!S]->()
      RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [15] Neither of two types
    When executing query:
      """
      MATCH ()-[r:!S&!T]->()
      RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 3 |
    And no side effects

  Scenario: [16] Any type
    When executing query:
      """
      MATCH ()-[r:%]->()
      RETURN count(r) AS n
      """
    Then the result should be, in any order:
      | n |
      | 4 |
    And no side effects

  Scenario: [17] No relationship has two types
    When executing query:
      """
      MATCH ()-[r:S&T]->()
      RETURN r
      """
    Then the result should be, in any order:
      | r |
    And no side effects

  Scenario: [18] A type expression along a walk
    When executing query:
      """
      MATCH (x:A&!B)-[r:!U*1..]->(y)
      RETURN y.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
      | 3 |
    And no side effects

  Scenario: [19] A type expression in a quantified relationship
    When executing query:
      """
      MATCH (x {n: 2})-[:!S]->+(y)
      RETURN y.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [20] A label nobody bears
    When executing query:
      """
      MATCH (x:Nobody)
      RETURN x
      """
    Then the result should be, in any order:
      | x |
    And no side effects

  Scenario: [21] Not a label nobody bears
    When executing query:
      """
      MATCH (x:!Nobody)
      RETURN count(x) AS n
      """
    Then the result should be, in any order:
      | n |
      | 5 |
    And no side effects

  Scenario: [22] Labels of a node that is bound
    When executing query:
      """
      MATCH (x:A)
      MATCH (x:!B)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And no side effects

  Scenario: [23] WHERE inside a node
    When executing query:
      """
      MATCH (x WHERE x.n > 3)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 4 |
      | 5 |
    And no side effects

  Scenario: [24] WHERE inside a node behind labels
    When executing query:
      """
      MATCH (x:A WHERE x.n > 1)
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And no side effects

  Scenario: [25] WHERE inside a relationship
    When executing query:
      """
      MATCH (x)-[r WHERE r.w > 2]->(y)
      RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 3 |
      | 4 |
    And no side effects

  Scenario: [26] WHERE inside a relationship behind a type
    When executing query:
      """
      MATCH (x)-[r:S WHERE r.w > 2]->(y)
      RETURN y.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 5 |
    And no side effects

  Scenario: [27] WHERE inside sees other variables of the pattern
    When executing query:
      """
      MATCH (x)-[r]->(y WHERE y.n = x.n + 1)
      RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 4 |
    And no side effects

  Scenario: [28] WHERE inside several elements and behind them
    When executing query:
      """
      MATCH (x WHERE x.n < 4)-[r WHERE r.w <> 2]->(y WHERE y.n > 1)
      WHERE x.n + y.n > 3
      RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 3 |
    And no side effects

  Scenario: [29] WHERE inside a subquery's pattern
    When executing query:
      """
      MATCH (x) WHERE EXISTS { (x)-->(y WHERE y.n = 4) }
      RETURN x.n AS n
      """
    Then the result should be, in any order:
      | n |
      | 3 |
    And no side effects

  Scenario: [30] WHERE inside a pattern comprehension
    When executing query:
      """
      MATCH (x:A)
      RETURN x.n AS n, [(x)-[r WHERE r.w < 2]->(y) | y.n] AS ys
      """
    Then the result should be, in any order:
      | n | ys  |
      | 1 | [2] |
      | 2 | []  |
    And no side effects

  Scenario: [31] Null inside WHERE is not true
    When executing query:
      """
      MATCH (x WHERE x.missing > 1)
      RETURN x
      """
    Then the result should be, in any order:
      | x |
    And no side effects
